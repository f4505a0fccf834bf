"""Hides the two sets of digits Thai text is written with."""

from typing import Final

ARABIC_DIGITS: Final = "0123456789"
THAI_DIGITS: Final = "๐๑๒๓๔๕๖๗๘๙"

_TO_ARABIC: Final = str.maketrans(THAI_DIGITS, ARABIC_DIGITS)
_TO_THAI: Final = str.maketrans(ARABIC_DIGITS, THAI_DIGITS)


def to_arabic(text: str) -> str:
    """Return the text with ๐–๙ written as 0–9; everything else is kept.

    >>> to_arabic("๒๕๖๙")
    '2569'
    """
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """Return the text with 0–9 written as ๐–๙; everything else is kept.

    >>> to_thai("2569")
    '๒๕๖๙'
    """
    return text.translate(_TO_THAI)
