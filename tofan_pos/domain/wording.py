"""How a text from outside is put right before it is kept: one spelling, nothing that hides."""

import re
import unicodedata
from typing import Final

from tofan_pos.domain.guard import holds_card_number

# Characters without width or meaning of their own: soft hyphen, joiners, directions, tags, private
# ones and those that are no characters. `str.isprintable` is false of each, and quicker to ask.
_DROPPED: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_BUT_NEWLINE: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_NEWLINE: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_DIGIT: Final = re.compile(r"\d")  # of any script
_FEWEST_OF_A_CARD: Final = 13


def one_line(text: str) -> str:
    """Return a text on one line, without control and invisible characters and spare spaces."""
    if not text.isprintable():
        text = _CONTROL.sub(" ", _DROPPED.sub("", text))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def paragraphs(text: str) -> str:
    """Return a text that may have paragraphs: cleaned as one line is, its lines kept apart."""
    if not text.isprintable():
        text = _NEWLINE.sub("\n", _DROPPED.sub("", text))
        text = _CONTROL_BUT_NEWLINE.sub(" ", text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    whole = re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()
    return unicodedata.normalize("NFC", whole)


def reads_as_card(text: str) -> bool:
    """Tell whether a text holds what reads as the number of a payment card."""
    # Counted first, which is quick: a long story with few digits need not be looked into.
    return len(_DIGIT.findall(text)) >= _FEWEST_OF_A_CARD and holds_card_number(text)
