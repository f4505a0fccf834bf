"""Hides the many ways one Thai word is typed: two strings that look alike fold to the same text.

Folded text is for comparing and searching only; it is never shown. NFKC is not used: it would
split ำ and change the letters of Thai names.
"""

import re
import unicodedata
from typing import Final

from tofan_pos.thai.numerals import ARABIC_DIGITS, THAI_DIGITS

_SARA_AM: Final = "ำ"
_NIKHAHIT: Final = "\u0e4d"

# Above, below and tone marks, in an order that NFC leaves alone: phinthu, lower vowels, upper
# vowels, tones, then the silencing marks; ำ closes the group.
_RANKED_MARKS: Final = (
    "\u0e3a",
    "\u0e38\u0e39",
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d",
    "\u0e48\u0e49\u0e4a\u0e4b",
    "\u0e4c\u0e4e",
    _SARA_AM,
)
_MARK_ORDER: Final = {mark: rank for rank, marks in enumerate(_RANKED_MARKS) for mark in marks}
_MARKS: Final = "\u0e31\u0e33-\u0e3a\u0e47-\u0e4e"
_MARKS_AND_AA: Final = re.compile(f"(?<![{_MARKS}])([{_MARKS}]++)\u0e32")
_MARK_RUN: Final = re.compile(f"[{_MARKS}]{{2,}}")
_ASCII_OR_THAI: Final = re.compile("[\x00-\x7f\u0e00-\u0e7f]*")

_LOOSE_MARKS: Final = frozenset("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e46\u0e2f")


class _Cleaning(dict[int, int | None]):
    """A translation table filled as characters are met: drops what has no width, turns ๐–๙."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        invisible = unicodedata.category(character) in {"Cc", "Cf"} or code == 0x034F
        self[code] = None if invisible and not character.isspace() else code
        return self[code]


class _Loosening(dict[int, int | None]):
    """A translation table filled as characters are met: drops punctuation and light marks."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        light = character in _LOOSE_MARKS or unicodedata.category(character).startswith("P")
        self[code] = None if light else code
        return self[code]


_CLEANING: Final = _Cleaning(
    {ord(thai): ord(arabic) for thai, arabic in zip(THAI_DIGITS, ARABIC_DIGITS, strict=True)}
)
_LOOSENING: Final = _Loosening()


def tidy(text: str) -> str:
    """Return the text spelled one way, its capitals kept: see ``fold`` for what is made alike."""
    text = unicodedata.normalize("NFC", text.translate(_CLEANING))
    return _tidy_marks(" ".join(text.split()))


def fold(text: str) -> str:
    """Return the text for exact search: the same for all spellings that look the same.

    NFC; no zero-width or control characters; ๐–๙ as 0–9; เเ as แ; ํ and า as ำ after the tone;
    marks in one order and once each; no capitals; single spaces, none outside. Idempotent.

    >>> fold("เเม่นํ้า  ๑๒ TF") == "แม่น้ำ 12 tf"
    True
    """
    text = tidy(text)
    if _ASCII_OR_THAI.fullmatch(text):
        return text.lower()
    # Elsewhere casefolding can undo NFC and the other way round: repeat until nothing moves.
    while (folded := tidy(text.casefold())) != text:
        text = folded
    return text


def fold_loose(text: str) -> str:
    """Return the text for forgiving search: folded, without ่ ้ ๊ ๋ ็ ์ ๆ ฯ and punctuation.

    Idempotent, and no finer than ``fold``: texts that fold alike fold loosely alike. May be empty.
    """
    # What stood apart may now touch (เ.เ), so fold once more.
    return fold(fold(text).translate(_LOOSENING))


def _tidy_marks(text: str) -> str:
    text = text.replace("เเ", "แ")
    if _NIKHAHIT in text:
        text = _MARKS_AND_AA.sub(_with_am, text)
    return _MARK_RUN.sub(_in_order, text)


def _with_am(match: re.Match[str]) -> str:
    return match[1] + _SARA_AM if _NIKHAHIT in match[1] else match[0]


def _in_order(match: re.Match[str]) -> str:
    marks = sorted(dict.fromkeys(match[0]), key=_MARK_ORDER.__getitem__)
    if marks[-1] == _SARA_AM and _NIKHAHIT in marks:
        marks.remove(_NIKHAHIT)
    return "".join(marks)
