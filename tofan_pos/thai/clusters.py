"""Hides where a character, as a reader sees it, begins and ends."""

import unicodedata
from functools import lru_cache
from typing import Final

ZERO_WIDTH: Final = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
)
"""Characters without any width, as the inside of a regular expression's brackets."""

_SARA_AM: Final = "\u0e33"
_LAO_AM: Final = "\u0eb3"
_ZERO_WIDTH_JOINER: Final = "\u200d"
_LEADING_VOWELS: Final = frozenset("เแโใไ")
# Marks, and vowels and signs that cannot begin a written syllable.
_FOLLOWS_CONSONANT: Final = frozenset(
    "\u0e2f\u0e30\u0e31\u0e32\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a"
    "\u0e45\u0e46\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
)
_MAI_HAN_AKAT: Final = "\u0e31"
_THANTHAKHAT: Final = "\u0e4c"
_LOWERED: Final = frozenset("\u0e34\u0e38")


def grapheme_flags(text: str) -> bytearray:
    """Return len(text) + 1 flags: 1 where the text may be cut without parting a character.

    Follows UAX 29's extended grapheme clusters for marks, ำ, emoji sequences, flags and CR LF.
    Both ends are 1.
    """
    flags = bytearray(b"\x01") * (len(text) + 1)
    flag_letters = 0
    before = ""
    for index, character in enumerate(text):
        kind = _kind(character)
        if kind == "plain":
            if before == _ZERO_WIDTH_JOINER or (character == "\n" and before == "\r"):
                flags[index] = 0
            flag_letters = 0
        elif kind == "extends":
            # A newline or another control character takes no marks.
            flags[index] = unicodedata.category(before or "\n") == "Cc"
        else:
            flags[index] = flag_letters % 2 == 0
            flag_letters += 1
        before = character
    flags[0] = 1
    return flags


def cell_flags(text: str) -> bytearray:
    """Return len(text) + 1 flags: 1 where a Thai word might begin, seen by spelling alone.

    A subset of ``grapheme_flags``: not after เ แ โ ใ ไ or ั, not before a vowel written after its
    consonant, ๆ or ฯ, and not before a silenced consonant.
    """
    flags = grapheme_flags(text)
    for index in range(1, len(text)):
        before, character = text[index - 1], text[index]
        if (
            character in _FOLLOWS_CONSONANT
            or before in _LEADING_VOWELS
            or before == _MAI_HAN_AKAT
            or _is_silenced(text, index)
        ):
            flags[index] = 0
    return flags


def _is_silenced(text: str, index: int) -> bool:
    following = text[index + 1 : index + 3]
    return following[:1] == _THANTHAKHAT or (
        following[:1] in _LOWERED and following[1:] == _THANTHAKHAT
    )


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    code = ord(character)
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "flag"
    extends = (
        unicodedata.category(character) in {"Mn", "Mc", "Me"}
        or character in {_SARA_AM, _LAO_AM, _ZERO_WIDTH_JOINER, "\u200c"}
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    )
    return "extends" if extends else "plain"
