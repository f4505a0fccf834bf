"""Document numbers: one gap-free series per till and kind of document, never reset or reused."""

import re
from enum import StrEnum

from tofan_pos.domain.errors import Refusal, Why

_TILL = re.compile(r"[A-Z][A-Z0-9]{1,7}", re.ASCII)
_LATER = re.compile(r"[1-9][0-9]{0,9}", re.ASCII)


class DocumentKind(StrEnum):
    """What a counter prints for a sale: a setting, because the law differs by seller."""

    NON_VAT = "NON_VAT"
    VAT_RECEIPT = "VAT_RECEIPT"

    @property
    def series(self) -> str:
        """The letter that names this kind's series of numbers."""
        return {"NON_VAT": "R", "VAT_RECEIPT": "V"}[self.value]


def till_code(text: str) -> str:
    """Return a till's code, checked: two to eight of A-Z and 0-9, a letter first."""
    if _TILL.fullmatch(text) is None:
        raise Refusal(Why.TILL_CODE, text=text[:40])
    return text


def document_number(*, till: str, epoch: int, series: str, n: int) -> str:
    """Write a document's number, as in `CTW1-R000042`.

    From a till's second epoch on it is named too (`CTW1.2-R000001`), so that a till restored
    from a backup can never print a number that stands on paper already.
    """
    holder = till if epoch == 1 else f"{till}.{epoch}"
    return f"{holder}-{series}{n:06d}"


def epoch_of_number(number: str, *, till: str) -> int:
    """Return in which epoch a till gave a document its number; nought: another till did."""
    holder, _, epoch = number.rpartition("-")[0].partition(".")
    if holder != till:
        return 0
    if not epoch:
        return 1
    later = _LATER.fullmatch(epoch) is not None
    return int(epoch) if later and epoch != "1" else 0
