"""Receipts of stored sales: found by number, and built anew from what was sold."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.till import TillProfile
from tofan_pos.store.counter import CounterStore
from tofan_pos.store.facts import StoredSale
from tofan_pos.sync.chain import anchor
from tofan_pos.thai.keyboard import decodings
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.receipt.document import Document

_NUMBER = re.compile(r"(?P<till>[A-Z0-9.]+)-(?P<series>[A-Z])(?P<n>\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Papers:
    """The till's receipts. `words` holds every language a receipt may be printed in."""

    store: CounterStore
    profile: TillProfile
    words: dict[str, Words]

    def find(self, number: str) -> StoredSale:
        """Return the sale with a receipt number, scanned or typed, or the `last` one."""
        if number == "last":
            found = self.store.last_sale()
            if found is None:
                raise Refusal(Why.NOTHING_SOLD_YET)
            return found
        for reading in decodings(number[:80]):
            match = _NUMBER.fullmatch(reading.strip().upper())
            if match is None:
                continue
            found = self.store.sale_numbered(match["series"], int(match["n"]))
            if found is not None and found.sale.number == match.group():
                return found
        raise Refusal(Why.NO_SUCH_RECEIPT, number=number[:40])

    def receipt(self, stored: StoredSale) -> "Document":
        """Build a stored sale's receipt, with the stories that may be told on its day."""
        from tofan_pos.receipt.build import receipt  # noqa: PLC0415 - off the first paint

        sale = stored.sale
        products = self.store.products_with([line.code for line in sale.lines])
        stories = {code: p.story for code, p in products.items() if p.story is not None}
        return receipt(
            sale,
            profile=self.profile,
            anchor=anchor(stored.hash),
            stories=stories,
            words=self.words,
        )
