"""Hides the order of a Thai dictionary: a key that sorts right by plain string comparison."""

import re
from typing import Final

from tofan_pos.thai.folding import tidy

# เ แ โ ใ ไ are written before the consonant they follow in the order of the dictionary.
_LEADING_VOWEL: Final = re.compile("([เ-ไ])([ก-ฮ])")
_NUMBER: Final = re.compile("[0-9]+")
# Marks that count only between words otherwise alike; their code points are in dictionary order.
_LIGHT: Final = "\u0e3a\u0e47-\u0e4e"
_LETTER_WITH_MARKS: Final = re.compile(f"([^{_LIGHT}])([{_LIGHT}]*)|([{_LIGHT}]+)")
_LIGHT_MARKS: Final = re.compile(f"[{_LIGHT}]+")
# ๅ follows only ฤ and ฦ, as a long า; its code point would put it after ไ.
_PRIMARY: Final = str.maketrans({"ๅ": "า"})

_LEVEL: Final = "\x01"
_NO_MARK: Final = "\x02"


def sort_key(text: str) -> str:
    """Return a key whose plain comparison is the order of the Royal Institute's dictionary.

    Letters first, one by one, with เ แ โ ใ ไ after their consonant; then, for words of the same
    letters, ็ ่ ้ ๊ ๋ ์ in this order at the first place they differ; then capitals. Spaces come
    before everything, then digits (2 before 10), Latin, Thai. Spellings that look alike
    (see ``folding``) get the same key.

    >>> sorted(["ไก่", "เกิด", "กาล"], key=sort_key)
    ['กาล', 'เกิด', 'ไก่']
    """
    spelled = tidy(text)
    letters = spelled.casefold().translate(_PRIMARY)
    letters = _NUMBER.sub(_by_size, letters)
    # A mark then stands after the vowel that moved; it does so in every word it is compared with.
    letters = _LEADING_VOWEL.sub(r"\2\1", letters)
    primary = _LIGHT_MARKS.sub("", letters)
    secondary = "".join(
        (match[2] or match[3] or "") + _NO_MARK for match in _LETTER_WITH_MARKS.finditer(letters)
    ).rstrip(_NO_MARK)
    return _LEVEL.join((primary, secondary, spelled))


def _by_size(match: re.Match[str]) -> str:
    """Put the number of digits before the digits, so that shorter numbers come first."""
    digits = match[0].lstrip("0") or "0"
    nines, rest = divmod(len(digits), 9)
    return "9" * nines + str(rest) + digits
