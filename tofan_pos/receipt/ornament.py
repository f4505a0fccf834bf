"""What is drawn rather than written: the woven band, rules, frames, stamp marks and codes."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from tofan_pos.receipt.paper import Bar, Row

THIN = 2
THREAD = 4
"""Dots of one thread in the woven band: half a millimetre."""

FINEST = 3
"""Dots of the smallest module of a square code."""

QUIET_MODULES = 4
"""White around a square code, in modules (ISO/IEC 18004)."""

# Half a repeat of the cloth, each character a thread: mirrored, it is a lozenge with a seed in
# it, between solid ones.
_CLOTH = (
    "############",
    "............",
    "#.........#.",
    "##.......##.",
    ".##.....##..",
    "..##...##..#",
    "#..##.##..##",
    "..##...##..#",
    ".##.....##..",
    "##.......##.",
    "#.........#.",
    "............",
    "############",
)


@lru_cache(maxsize=8)
def band(width: int) -> Row:
    """Return the woven band across a paper of that width, the same to the left and right."""
    half = width // THREAD // 2
    lines = []
    for line in _CLOTH:
        repeat = line + line[-2:0:-1]
        right = (repeat * (half // len(repeat) + 1))[:half]
        lines.append(right[:0:-1] + right)
    left = (width - len(lines[0]) * THREAD) // 2
    return Row(height=len(lines) * THREAD, bars=tuple(_squares(lines, left=left, side=THREAD)))


def rule(width: int, *, strong: bool) -> Row:
    """Return a line across the paper; a strong one is twice as thick."""
    thick = THIN * 2 if strong else THIN
    return Row(height=thick + 2, bars=(Bar(0, 1, width, thick),))


def stamp_marks(width: int, height: int) -> Row:
    """Return four corners around room for a stamp, centred."""
    wide, arm = min(width, 36 * 8), 16
    left, right, low = (width - wide) // 2, (width + wide) // 2, height - THIN
    bars = [
        Bar(x, y, w, h)
        for x, y, w, h in (
            (left, 0, arm, THIN),
            (left, 0, THIN, arm),
            (right - arm, 0, arm, THIN),
            (right - THIN, 0, THIN, arm),
            (left, low, arm, THIN),
            (left, height - arm, THIN, arm),
            (right - arm, low, arm, THIN),
            (right - THIN, height - arm, THIN, arm),
        )
    ]
    return Row(height=height, bars=tuple(bars))


def barcode(modules: str, *, width: int, height: int) -> Row | None:
    """Return a linear code centred with its quiet zones, or None where it would be too fine.

    A module is two or three dots: one dot does not survive thermal paper.
    """
    for dots in (3, 2):
        wide = len(modules) * dots
        if wide + 20 * dots <= width or (dots == 2 and wide <= width):
            x = (width - wide) // 2
            bars = [Bar(x + at * dots, 0, run * dots, height) for at, run in _black_runs(modules)]
            return Row(height=height, bars=tuple(bars))
    return None


def module(rows: tuple[str, ...], *, most: int = 256) -> int:
    """Return the dots of a square code's modules: as many as six and `most` in all allow.

    Three at least: less does not survive thermal paper and a telephone's camera.
    """
    return max(FINEST, min(6, most // len(rows)))


@lru_cache(maxsize=32)
def square(rows: tuple[str, ...], *, width: int, most: int = 256) -> Row:
    """Return a square code centred, its modules as large as six dots and `most` in all allow."""
    side = module(rows, most=most)
    left = (width - side * len(rows)) // 2
    return Row(height=side * len(rows), bars=tuple(_squares(rows, left=left, side=side)))


def _squares(lines: tuple[str, ...] | list[str], *, left: int, side: int) -> Iterator[Bar]:
    for y, line in enumerate(lines):
        for at, run in _black_runs(line.replace("#", "1")):
            yield Bar(left + at * side, y * side, run * side, side)


def _black_runs(modules: str) -> Iterator[tuple[int, int]]:
    at = 0
    for black, run in groupby(modules):
        length = len(tuple(run))
        if black == "1":
            yield at, length
        at += length
