"""Hides the Thai word list and how a run of Thai letters is divided into words.

The list is PyThaiNLP's (CC0). It is read as a data file, without importing that library: the import
takes longer than reading, and leaves a folder in the user's home. Matching is our own, in time
proportional to the text, so that no text can hold up the till.
"""

import importlib.util
import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from tofan_pos.thai.clusters import cell_flags
from tofan_pos.thai.words_brand import BRAND_WORDS

_PACKAGE: Final = "pythainlp"
_LIST: Final = ("corpus", "words_th.txt")

# Longer entries are titles and sayings; as one word they would leave lines half empty.
_LONGEST_WORD: Final = 18
_LETTERS: Final = "[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]"
_THAI_WORDS: Final = re.compile(f"^{_LETTERS}{{2,{_LONGEST_WORD}}}$", re.MULTILINE)
_THAI_WORD: Final = re.compile(f"{_LETTERS}{{2,}}")
_TWO_CONSONANTS: Final = re.compile("^[\u0e01-\u0e2e]{2}$", re.MULTILINE)
_KEY: Final = 3

# What a division costs; the cheapest wins: few words, little left unknown.
_COST_WORD: Final = 10
_COST_BRAND_WORD: Final = 9
_COST_EVERYDAY_WORD: Final = 9
_COST_TWO_CONSONANTS: Final = 18  # many are abbreviations (กม กท) that cut names to pieces
_COST_UNKNOWN_CELL: Final = 40
_UNREACHED: Final = 1 << 60


_EVERYDAY: Final = (
    *("แล้ว", "จาก", "ถูก", "สำรอง", "ชำระ", "มูลค่า"),
    *("แฟลชไดรฟ์", "แคตตาล็อก", "สคีมา", "เคาน์เตอร์", "เครื่องขาย"),
)
"""Words of every day which the list lacks, or which rare ones (วจะ, กบิล, กรับ) would cut apart."""


class _Lexicon(NamedTuple):
    cost: dict[str, int]
    lengths: dict[str, tuple[int, ...]]  # by the first three characters (or fewer: a whole word)


def warm() -> None:
    """Read the word list now (about a tenth of a second), on whatever thread; idempotent.

    Raises FileNotFoundError when the installation lacks the list.
    """
    _lexicon()


def word_starts(run: str, allowed: bytearray) -> list[int]:
    """Return the indices inside a run of Thai letters where a word begins, in order.

    ``allowed`` has len(run) + 1 flags; a 0 forbids a boundary there. Letters that make no word
    stay in one piece. 0 and len(run) are not among the answers.
    """
    cells = cell_flags(run)
    length = len(run)
    may = bytearray(a & b for a, b in zip(cells, allowed, strict=True))
    may[length] = 1
    following = _following(may)
    cost_of, lengths_of = _lexicon()
    best = [_UNREACHED] * (length + 1)
    came_from = [0] * (length + 1)
    unknown = bytearray(length + 1)
    best[0] = 0
    for start in range(length):
        here = best[start]
        if here == _UNREACHED:
            continue
        skip = following[start]
        if here + _COST_UNKNOWN_CELL < best[skip]:
            best[skip], came_from[skip], unknown[skip] = here + _COST_UNKNOWN_CELL, start, 1
        for key in (run[start : start + 2], run[start : start + _KEY]):
            for size in lengths_of.get(key, ()):
                end = start + size
                if end > length:
                    break
                if not may[end]:
                    continue
                cost = cost_of.get(run[start:end])
                if cost is not None and here + cost < best[end]:
                    best[end], came_from[end], unknown[end] = here + cost, start, 0
    return _walk_back(came_from, unknown)


def _following(may: bytearray) -> list[int]:
    """Return, for each index, the next allowed index after it."""
    following = [0] * len(may)
    ahead = len(may) - 1
    for index in range(len(may) - 2, -1, -1):
        following[index] = ahead
        if may[index]:
            ahead = index
    return following


def _walk_back(came_from: list[int], unknown: bytearray) -> list[int]:
    starts: list[int] = []
    end = len(came_from) - 1
    while (start := came_from[end]) > 0:
        if not (unknown[end] and unknown[start]):
            starts.append(start)
        end = start
    starts.reverse()
    return starts


@cache
def _lexicon() -> _Lexicon:
    # Matched over the whole list at once: word by word takes three times as long.
    listed = _listed_words()
    cost = dict.fromkeys(_THAI_WORDS.findall(listed), _COST_WORD)
    cost |= dict.fromkeys(_TWO_CONSONANTS.findall(listed), _COST_TWO_CONSONANTS)
    cost |= dict.fromkeys(_EVERYDAY, _COST_EVERYDAY_WORD)
    cost |= {word: _COST_BRAND_WORD for word in BRAND_WORDS if _THAI_WORD.fullmatch(word)}
    lengths: dict[str, set[int]] = {}
    for word in cost:
        lengths.setdefault(word[:_KEY], set()).add(len(word))
    return _Lexicon(cost, {key: tuple(sorted(sizes)) for key, sizes in lengths.items()})


def _listed_words() -> str:
    spec = importlib.util.find_spec(_PACKAGE)  # finds, does not import
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder, *_LIST)
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise FileNotFoundError(f"the Thai word list of {_PACKAGE} is not installed")
