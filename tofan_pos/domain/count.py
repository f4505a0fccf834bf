"""Money counted by note and coin."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import COINS, MOST, NOTES, parse_baht

PIECES = (*NOTES, *COINS)
"""Every note and coin, in satang, the largest first."""

MOST_PIECES = 99_999
_PART = re.compile(r"(?P<piece>[\d.]+)\s*[x×]\s*(?P<count>\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of each note and coin, the largest first and none nought times; values in satang.

    `loose` is money that was counted as a sum, not piece by piece.
    """

    pieces: tuple[tuple[int, int], ...] = ()
    loose: int = 0

    @classmethod
    def of(cls, counted: Mapping[int, int], *, loose: int = 0) -> "Count":
        """Make a count of pieces in satang. Raises `Refusal(COUNT_UNREADABLE)`."""
        for piece, count in counted.items():
            if piece not in PIECES or not 0 <= count <= MOST_PIECES:
                raise Refusal(Why.COUNT_UNREADABLE, text=f"{piece / 100:g}x{count}")
        if not 0 <= loose <= MOST:
            raise Refusal(Why.AMOUNT_OUT_OF_RANGE, most=MOST)
        made = cls(tuple((p, counted[p]) for p in PIECES if counted.get(p)), loose)
        if made.total > MOST:
            raise Refusal(Why.AMOUNT_OUT_OF_RANGE, most=MOST)
        return made

    @property
    def total(self) -> int:
        """The whole sum, in satang."""
        return sum(piece * count for piece, count in self.pieces) + self.loose


def parse_count(text: str) -> Count:
    """Read a count as typed: a sum (`2000`), or pieces (`1000x1,500x2`), or nothing.

    Raises `Refusal(COUNT_UNREADABLE | AMOUNT_OUT_OF_RANGE)`.
    """
    said = text.strip()
    if not said:
        return Count()
    if "x" not in said and "×" not in said:
        return Count.of({}, loose=parse_baht(said))
    counted: dict[int, int] = {}
    for part in said.split(","):
        match = _PART.fullmatch(part.strip())
        if match is None:
            raise Refusal(Why.COUNT_UNREADABLE, text=part[:40])
        piece = parse_baht(match["piece"])
        counted[piece] = counted.get(piece, 0) + int(match["count"])
    return Count.of(counted)
