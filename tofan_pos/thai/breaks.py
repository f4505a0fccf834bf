"""Hides where a line of Thai, Latin and numbers may end; all renderers get the same lines."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from tofan_pos.thai.clusters import ZERO_WIDTH, cell_flags, grapheme_flags
from tofan_pos.thai.dates import THAI_MONTHS, THAI_MONTHS_SHORT
from tofan_pos.thai.dictionary import warm, word_starts
from tofan_pos.thai.words_brand import BRAND_WORDS

__all__ = ["break_points", "warm", "wrap"]

# The spaces a line may end at: not the no-break ones.
_SPACES: Final = " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
_SPACE_RUN: Final = re.compile(f"[{_SPACES}]*")
_NEWLINE: Final = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_ZERO_WIDTH: Final = re.compile(f"[{ZERO_WIDTH}]+")
# ำ typed as its two parts, the tone after the ring or missing.
_SPLIT_AM: Final = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")

_THAI: Final = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
_LATIN: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_OPENING: Final = r"(\[{<\u0e3f$€£¥#@“‘«‹「『（"
_CLOSING: Final = r")\]}>,.;:!?%…”’»›」』）、。\u0e2f\u0e46\u0e5a\u0e5b"

_THAI_RUN: Final = re.compile(f"[{_THAI}]+")
_BREAK_AFTER: Final = (
    re.compile(f"(?<=[^{_SPACES}])[{_SPACES}]+"),
    # A hyphen, dash or slash between words of two letters or more.
    re.compile(f"(?<=[{_THAI}{_LATIN}]{{2}})[-\u2010\u2013\u2014/](?=[{_THAI}{_LATIN}]{{2}})"),
    # Where Thai meets something else without a space; a digit keeps the unit after it.
    re.compile(f"[{_THAI}ๆฯ](?=[{_LATIN}0-9๐-๙{_OPENING}])"),
    re.compile(f"[{_LATIN}ๆฯ)\\]}}”»,;!?%](?=[{_THAI}])"),
)
# Where no line may end, whatever stands there: between these and after or before the spaces there.
_NO_START: Final = re.compile(f"(?<![{_SPACES}])[{_SPACES}]*+(?=[{_CLOSING}])")
_NO_END: Final = re.compile(f"[{_OPENING}][{_SPACES}]*")

_DIGIT: Final = "[0-9๐-๙]"
_UNITS: Final = (
    *("น.", "บาท", "สตางค์", "ชิ้น", "ผืน", "ใบ", "ตัว", "คู่", "ชุด"),
    *(
        "เส้น",
        "วง",
        "อัน",
        "กล่อง",
        "ห่อ",
        "ถุง",
        "ขวด",
        "ก้อน",
        "รายการ",
        "ซม.",
        "มม.",
        "ม.",
        "ซม",
        "มม",
    ),
    *("เมตร", "เซนติเมตร", "นิ้ว", "หลา", "กก.", "กรัม", "ก.", "กิโลกรัม", "มล.", "ลิตร", "ปี", "วัน", "คน"),
    *("cm", "mm", "m", "kg", "g", "ml", "THB", "pcs"),
)


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest that fits."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


# Spans that stay whole; each pattern is tried apart.
_WHOLE: Final = (
    re.compile(
        rf"(?:[\u0e3f$€£¥] ?)?[-+\u2212]?{_DIGIT}+(?:[.,:/×x*\u2013-]{_DIGIT}+)*"
        rf"(?: ?(?:%|(?:{_any_of(THAI_MONTHS + THAI_MONTHS_SHORT)})(?: ?{_DIGIT}{{4}}(?!{_DIGIT}))?"
        rf"|(?:{_any_of(_UNITS)})(?![A-Za-z])))?"
    ),
    re.compile(r"ฯลฯ"),
)
_BRAND: Final = re.compile(f"(?=({_any_of(BRAND_WORDS)}))", re.IGNORECASE)

_SHORT: Final = 512  # characters; longer texts are rarer and share a smaller cache


def break_points(text: str) -> tuple[int, ...]:
    """Return the indices before which a line may begin, ascending, without 0 and len(text).

    After white space and newlines, after hyphens, dashes and slashes between words, and between
    Thai words by dictionary. Never inside a character with its marks, a word of the brand's list or
    a number with its unit; never before ๆ ฯ or closing punctuation or after opening punctuation,
    with or without a space there. Zero-width characters have no say and stay with what is before
    them. Thread-safe; the first call reads the word list (see ``warm``).
    """
    if not (_ZERO_WIDTH.search(text) or _SPLIT_AM.search(text)):
        return _points(text)
    kept = [index for index, character in enumerate(text) if not _ZERO_WIDTH.match(character)]
    seen = "".join(text[index] for index in kept)
    # The dictionary spells ำ as one: leave the ring out and let the า after it stand for both.
    rings = {match.start() for match in _SPLIT_AM.finditer(seen)}
    kept = [place for index, place in enumerate(kept) if index not in rings]
    return tuple(kept[point] for point in _points(_SPLIT_AM.sub(r"\1ำ", seen)))


def wrap(text: str, *, width: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    """Return the text in lines no wider than ``width`` by ``measure``, as full as may be.

    ``width`` is in the unit ``measure`` answers in; ``measure`` must not shrink as text grows.
    Newlines are kept (a blank line is ""), spaces at the end of lines and zero-width characters
    are not. A piece wider than a line is cut between characters; a single character wider than a
    line still gets a line of its own. Raises ValueError unless ``width`` is above zero.
    """
    if not width > 0:
        raise ValueError("a line needs a width")
    lines: list[str] = []
    for paragraph in _NEWLINE.split(_ZERO_WIDTH.sub("", text)):
        lines.extend(_fill(paragraph.rstrip(_SPACES), width, measure))
    return tuple(lines)


def _fill(paragraph: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return a paragraph's lines; it has neither newlines nor zero-width characters."""
    if measure(paragraph) <= width:
        return [paragraph]  # what fits needs no word list: at the start, it is not there yet
    ends = [*break_points(paragraph), len(paragraph)]
    cuts: tuple[list[int], list[int]] | None = None
    start = 0

    def fits(end: int) -> bool:
        return measure(paragraph[start:end].rstrip(_SPACES)) <= width

    lines: list[str] = []
    wide_until = 0  # the end of a piece too wide for a line, while inside it
    while start < len(paragraph):
        first = bisect_right(ends, start)
        end = None if start < wide_until else _last_fitting(ends, (first, len(ends)), fits)
        if end is None:
            bare = _after_spaces(paragraph, start)
            if bare > start:  # an indent that leaves no room
                start = bare
                continue
            cuts = cuts or _cuts(paragraph)
            # Measure from the near end: the rest of the piece may be most of a long text.
            wide_until = ends[first]
            end = _cut(cuts, (start, wide_until), fits)
            if end == wide_until:
                end = _last_fitting(ends, (first, len(ends)), fits) or end
        lines.append(paragraph[start:end].rstrip(_SPACES))
        start = _after_spaces(paragraph, end)
    return lines or [""]


def _last_fitting(
    ends: list[int], between: tuple[int, int], fits: Callable[[int], bool]
) -> int | None:
    """Return the last of ascending ``ends``, in a half-open range of places, that fits, or None.

    Gallops, then halves: a line costs a few measurements of about its own length, however long
    the paragraph is.
    """
    good, bad = between
    if good >= bad or not fits(ends[good]):
        return None
    step = 1
    while good + step < bad:
        if fits(ends[good + step]):
            good += step
            step *= 2
        else:
            bad = good + step
    while bad - good > 1:
        middle = (good + bad) // 2
        if fits(ends[middle]):
            good = middle
        else:
            bad = middle
    return ends[good]


def _cut(
    cuts: tuple[list[int], list[int]], piece: tuple[int, int], fits: Callable[[int], bool]
) -> int:
    """Return where to cut a piece too wide for a line: between syllable parts, or characters."""
    cells, graphemes = cuts
    start, end = piece
    first = bisect_right(graphemes, start)
    full = _last_fitting(graphemes, (first, bisect_right(graphemes, end)), fits)
    if full is None:
        return graphemes[first]
    cell = cells[bisect_right(cells, full) - 1]
    return cell if cell > start else full


def _cuts(paragraph: str) -> tuple[list[int], list[int]]:
    cells, graphemes = (
        [index for index, flag in enumerate(flags) if flag]
        for flags in (cell_flags(paragraph), grapheme_flags(paragraph))
    )
    return cells, graphemes


def _after_spaces(text: str, index: int) -> int:
    match = _SPACE_RUN.match(text, index)
    return match.end() if match else index


def _points(text: str) -> tuple[int, ...]:
    return _short_points(text) if len(text) <= _SHORT else _long_points(text)


def _find_points(text: str) -> tuple[int, ...]:
    length = len(text)
    allowed = grapheme_flags(text)
    for first, last in _kept_whole(text):
        allowed[first:last] = bytes(last - first)
    wanted = bytearray(length + 1)
    for pattern in _BREAK_AFTER:
        for match in pattern.finditer(text):
            wanted[match.end()] = 1
    for match in _THAI_RUN.finditer(text):
        begin, end = match.span()
        for index in word_starts(match[0], allowed[begin : end + 1]):
            wanted[begin + index] = 1
    for match in _NEWLINE.finditer(text):
        wanted[match.end()] = allowed[match.end()] = 1
    return tuple(i for i in range(1, length) if wanted[i] and allowed[i])


def _kept_whole(text: str) -> list[tuple[int, int]]:
    """Return the half-open ranges of indices where no line may begin."""
    spans = [(m.start() + 1, m.end()) for pattern in _WHOLE for m in pattern.finditer(text)]
    spans += [(m.start() + 1, m.end(1)) for m in _BRAND.finditer(text)]
    spans += [(m.start(), m.end() + 1) for m in _NO_START.finditer(text)]
    spans += [(m.start() + 1, m.end() + 1) for m in _NO_END.finditer(text)]
    return [(first, min(last, len(text))) for first, last in spans if first < last]


_short_points = lru_cache(maxsize=4096)(_find_points)
_long_points = lru_cache(maxsize=32)(_find_points)
