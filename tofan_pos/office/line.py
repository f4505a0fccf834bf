"""The line of an epoch: what is held right behind it, up to where each epoch before was left.

A till's entry numbers, its session and its grand total go on when it begins a new epoch. What an
earlier epoch holds beyond where it was left is of another line: what was sold after a backup was
made, say, that was later put in the till's place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tofan_pos.office.reach import Held
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_chain import Piece, Span
from tofan_pos.store.office_days import Event
from tofan_pos.sync.chain import Head

_NO_END = 2**62


@dataclass(frozen=True, slots=True)
class Line:
    """One epoch's entries, and those before it that are known, by their hashes, to lead to it."""

    till: str
    epoch: int
    after: int = 0
    """The entry before the epoch's first."""
    behind: tuple[Piece, ...] = ()
    """What is held in one piece up to that entry, oldest first; none where it is not held."""
    spans: tuple[Span, ...] = ()
    """What is held of the epoch itself."""

    def pieces(self, first: int, last: int) -> tuple[Piece, ...]:
        """Return a stretch of the line by the epochs it leads through, oldest first."""
        own = Piece(self.epoch, first, last)
        if first > self.after:
            return (own,)
        cut = (
            Piece(one.epoch, max(one.first, first), min(one.last, last))
            for one in (*self.behind, self.own)
        )
        return tuple(one for one in cut if one.first <= one.last) or (own,)

    @property
    def own(self) -> Piece:
        """The epoch's own entries, however many come."""
        return Piece(self.epoch, self.after + 1, _NO_END)

    def start(self, seq: int) -> int:
        """Return the first entry that is held in one piece with an entry of the epoch."""
        (span,) = (span for span in self.spans if span.first <= seq <= span.last)
        joins = span.first == self.after + 1 and self.behind
        return self.behind[0].first if joins else span.first


def line_of(store: OfficeStore, till: str, epoch: int) -> Line:
    """Return the line of an epoch, as it is held now."""
    row = store.till(till, epoch)
    if row is None or not row.after:
        return Line(till, epoch, spans=tuple(store.spans(till, epoch)))
    with store.chain(till) as chain:
        held = Held.of(chain)
        return Line(till, epoch, row.after, behind(held, epoch), tuple(held.spans.get(epoch, ())))


def behind(held: Held, epoch: int) -> tuple[Piece, ...]:
    """Return what is held in one piece right before an epoch's first entry, oldest first."""
    row = held.epochs[epoch]
    end, found = Head(row.after, bytes.fromhex(row.after_hash)), list[Piece]()
    while end.seq:
        place = _place(held, end, epoch)
        if place is None:
            break
        one, span = place
        found.append(Piece(one, span.first, end.seq))
        end = Head(span.first - 1, span.prev)
    return tuple(reversed(found))


def newest_behind(store: OfficeStore, line: Line, kind: str) -> Event | None:
    """Return the newest entry of a kind (never `sale`) before an epoch began."""
    for piece in reversed(line.behind):
        event = store.newest(line.till, piece, kind)
        if event is not None:
            return event
    return None


def _place(held: Held, end: Head, epoch: int) -> tuple[int, Span] | None:
    """Return where an entry stands in what is held of the epochs before one."""
    for one in sorted(held.spans, reverse=True):
        if one < epoch and held.entry(one, end.seq) == end.hash:
            return one, _span_at(held.spans[one], end.seq)
    return None


def _span_at(spans: Sequence[Span], seq: int) -> Span:
    return next(span for span in spans if span.first <= seq <= span.last)
