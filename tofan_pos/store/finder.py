"""Finds products by part of a name: all folded names in memory, as two long texts in Thai order.

Searching a long text runs at the speed of memory, where a table would be read row by row for
every letter typed. Two million characters take about a millisecond.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice

_APART = "\n"
"""Folded text has single spaces only, so nothing that is searched for holds this."""

_PIECE = 1000
_FEW = 2000
"""So many hits are ranked one by one; of more, the best are looked for where they stand."""


@dataclass(frozen=True, slots=True)
class _Column:
    """One text of every product, each on a line of its own."""

    text: str = field(repr=False)
    starts: "array[int]" = field(repr=False)

    @classmethod
    def of(cls, pieces: Sequence[str], lengths: Iterable[int]) -> "_Column":
        """Take the texts, many joined in each piece, and the length of every one."""
        starts = array("L", accumulate((length + 1 for length in lengths), initial=1))
        return cls("".join((_APART, *pieces)), starts)

    def __getitem__(self, line: int) -> str:
        return self.text[self.starts[line] : self.starts[line + 1] - 1]

    def lines_with(self, part: str) -> Iterator[int]:
        """Yield the lines that hold a text, from the first, each once."""
        place = self.text.find(part, 1 - part.startswith(_APART))
        while place >= 0:
            line = bisect_right(self.starts, place + part.startswith(_APART)) - 1
            yield line
            place = self.text.find(part, self.starts[line + 1] - part.startswith(_APART))


@dataclass(frozen=True, slots=True)
class Finder:
    """The names of one catalogue; `version` tells which."""

    version: int
    _codes: _Column
    _exact: _Column
    _loose: _Column

    @classmethod
    def of(cls, named: Iterable[tuple[str, str, str]], *, version: int) -> "Finder":
        """Take (code, exact, loose) of every product that can be found, in Thai order."""
        pieces: tuple[list[str], ...] = ([], [], [])
        lengths = (array("L"), array("L"), array("L"))
        rows = iter(named)
        # Piece by piece: the single texts of a whole catalogue would take twice the memory.
        while some := list(islice(rows, _PIECE)):
            for texts, piece, long in zip(zip(*some, strict=True), pieces, lengths, strict=True):
                # A line break cannot come out of folding; were one there, it would shift all.
                flat = [text.replace(_APART, " ") for text in texts]
                long.extend(map(len, flat))
                piece.append(_APART.join((*flat, "")))
        codes, exact, loose = map(_Column.of, pieces, lengths)
        return cls(version, codes, exact, loose)

    def find(self, exact: str, loose: Sequence[str], *, limit: int) -> list[str]:
        """Return the codes of products that hold every loose word.

        Those that begin with, then hold, the `exact` text come first; then in Thai order.
        """
        words = list(loose)
        if not words or any(_APART in word for word in (exact, *words)):
            return []
        holding = self._holding(words)
        some = list(islice(holding, _FEW + 1))
        if len(some) <= _FEW:
            best = sorted(some, key=lambda line: (self._rank(exact, line), line))[:limit]
        else:
            best = self._best_of_many(exact, words, limit, some)
        return [self._codes[line] for line in best]

    def _holding(self, words: Sequence[str]) -> Iterator[int]:
        if len(words) == 1:
            return self._loose.lines_with(words[0])
        # By the rarest: a word that is in every name would have every name looked at.
        rarest, *others = sorted(words, key=self._loose.text.count)
        lines = self._loose.lines_with(rarest)
        return (line for line in lines if self._has_all(others, line))

    def _has_all(self, words: Sequence[str], line: int) -> bool:
        text = self._loose[line]
        return all(word in text for word in words)

    def _rank(self, exact: str, line: int) -> int:
        place = self._exact[line].find(exact)
        return 2 if place < 0 else min(place, 1)

    def _best_of_many(
        self, exact: str, words: Sequence[str], limit: int, first: Sequence[int]
    ) -> list[int]:
        """Return the best lines: each rank is read only until there are enough."""
        best: dict[int, None] = {}
        for part in (_APART + exact, exact):
            lines = (
                line
                for line in self._exact.lines_with(part)
                if line not in best and self._has_all(words, line)
            )
            best.update(dict.fromkeys(islice(lines, limit - len(best))))
        rest = (line for line in first if line not in best)
        best.update(dict.fromkeys(islice(rest, limit - len(best))))
        return list(best)
