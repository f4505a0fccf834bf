"""The one gate for text on its way to paper: what cannot be printed safely ends here."""

import re
import unicodedata

LONGEST = 4_000
"""Characters of one text on paper; the longest story is shorter, hostile names are not."""

MOST_MARKS = 4
"""Marks on one letter: Thai needs two (a vowel and a tone), a few more do no harm."""

_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}
_MARKS = {"Mn", "Me", "Mc"}
_PLAIN = re.compile("[ -~\u0e01-\u0e3a\u0e3f-\u0e5b\u2013\u2014\u2018-\u201d\xb7\xd7\u2212]*")
_TOWER = re.compile(f"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{{{MOST_MARKS + 1}}}")
"""What most texts are made of, and the one thing that may be wrong with those."""


def printable(text: str, *, longest: int = LONGEST) -> str:
    """Return text that draws as it reads, at most `longest` characters and an ellipsis.

    Controls (ESC and newlines among them), direction and zero-width characters, lone surrogates
    and unassigned code points become spaces or vanish; towers of marks are cut to `MOST_MARKS`.
    """
    cut = text if len(text) <= longest else text[:longest].rstrip() + "…"
    plain = _PLAIN.fullmatch(cut) and not _TOWER.search(cut)
    return " ".join((cut if plain else _cleaned(cut)).split())


def _cleaned(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        kind = unicodedata.category(character)
        if kind == "Cf":
            continue
        marks = marks + 1 if kind in _MARKS else 0
        if marks <= MOST_MARKS:
            kept.append(" " if kind in _UNPRINTABLE else character)
    return "".join(kept)
