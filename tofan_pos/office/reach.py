"""How far head office holds a till's journal, along an epoch's chain, and what is missing of it.

The chain of an epoch leads back through the epochs before it, each up to where it was left, and
through runs that were kept apart: they are held too. Entries are known to be of one chain by their
hashes alone.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tofan_pos.store.office_chain import Apart, Chain, Lost, Span
from tofan_pos.store.office_tills import EnrolledTill
from tofan_pos.sync.chain import GENESIS, Head


@dataclass(frozen=True, slots=True)
class Reach:
    """The last entry held with all before it, and the runs missing beyond it, lowest first."""

    head: Head
    missing: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held of one till.

    `lost` are runs that went with its files, of whatever epoch. `hash_at` tells the hash of an
    entry of an epoch, `apart_holding` the runs kept apart in which an entry stands under a number
    and a hash.
    """

    epochs: dict[int, EnrolledTill]
    spans: dict[int, list[Span]]
    apart: list[Apart]
    lost: list[Lost]
    hash_at: Callable[[int, int], bytes | None]
    apart_holding: Callable[[int, bytes], list[Apart]]

    @classmethod
    def of(cls, chain: Chain) -> "Held":
        """Return what a look at a till's journals shows."""
        epochs = {row.epoch: row for row in chain.epochs()}
        return cls(
            epochs,
            chain.spans(),
            chain.apart(),
            chain.lost(),
            chain.hash_at,
            chain.apart_holding,
        )

    def apart_with(self, head: Head) -> list[Apart]:
        """Return the runs kept apart that an entry stands in."""
        return self.apart_holding(head.seq, head.hash) if self.apart else []

    def entry(self, epoch: int, seq: int) -> bytes | None:
        """Return an entry's hash in one of the spans of an epoch, None where it is not held."""
        for span in self.spans.get(epoch, ()):
            if span.first <= seq <= span.last:
                return span.hash if seq == span.last else self.hash_at(epoch, seq)
        return None

    def before(self, epoch: int) -> int:
        """Return the epoch that was left for another one, nought where there is none.

        Its own first entry tells it, and until that has come in, the hash it follows, or else its
        number.
        """
        row = self.epochs[epoch]
        earlier = [one for one in self.epochs if one < epoch and self.epochs[one].after < row.after]
        if row.before in earlier:
            return row.before
        for one in reversed(earlier):
            digest = self.entry(one, row.after)
            if digest is not None and digest.hex() == row.after_hash:
                return one
        return max(earlier, default=0)


def reach(held: Held, epoch: int) -> Reach:
    """Return how far an epoch's chain is held in one piece, and what is missing beyond."""
    row = held.epochs[epoch]
    start = Head(row.after, bytes.fromhex(row.after_hash))
    low = _back(held, start, epoch)
    head = _on(held, epoch, start) if low == 0 else _from_the_first(held, epoch, low)
    return Reach(head, tuple(_missing(held, epoch, head.seq, low)))


def holds_apart(held: Held, head: Head) -> bool:
    """Tell whether an entry stands in a run that was kept apart, on the branch that parted."""
    return any(run.seq <= head.seq for run in held.apart_with(head))


def cut_off(held: Held, epoch: int) -> Iterator[tuple[int, int]]:
    """Yield what can never be held between an epoch's spans, and is kept apart instead.

    It leads to the later span, but does not follow the one before: of several branches, the
    middle of one came last. It is not missing.
    """
    row = held.epochs[epoch]
    end = Head(row.after, bytes.fromhex(row.after_hash))
    for span in held.spans.get(epoch, ()) if held.apart else ():
        if span.first > end.seq + 1 and _is_cut_off(held, epoch, end, span):
            yield end.seq + 1, span.first - 1
        end = Head(span.last, span.hash)


def _is_cut_off(held: Held, epoch: int, end: Head, span: Span) -> bool:
    """Tell whether all between an entry and a span is kept apart, and does not follow the entry."""
    head = Head(span.first - 1, span.prev)
    while head.seq > end.seq:
        runs = [run for run in held.apart_with(head) if run.epoch == epoch]
        if not runs:
            return False
        run = min(runs, key=lambda one: one.first)
        if run.first <= end.seq:
            return run not in held.apart_with(end)
        head = Head(run.first - 1, run.prev)
    return head.hash != end.hash


def between(known: Iterable[tuple[int, int]], first: int) -> Iterator[tuple[int, int]]:
    """Yield the runs from an entry on that lie between known ones, lowest first."""
    for low, high in sorted(known):
        if low > first:
            yield first, low - 1
        first = max(first, high + 1)


def _back(held: Held, head: Head, epoch: int) -> int:
    """Walk back from an entry along what is held; return the last entry that is missing, or 0."""
    while head.seq > 0:
        places = [
            (span.first, span.prev)
            for one, spans in held.spans.items()
            for span in spans
            if one <= epoch and span.first <= head.seq <= span.last
            if held.entry(one, head.seq) == head.hash
        ]
        places += [(run.first, run.prev) for run in held.apart_with(head) if run.epoch <= epoch]
        if not places:
            return head.seq
        first, prev = min(places)
        head = Head(first - 1, prev)
    return 0


def _on(held: Held, epoch: int, head: Head) -> Head:
    """Go on from an entry through what is held of an epoch, kept apart or not."""
    while True:
        ends = [
            Head(span.last, span.hash)
            for span in held.spans.get(epoch, ())
            if span.first == head.seq + 1 and span.prev == head.hash
        ]
        # What is not apart goes first: it is what the till is known by.
        ends = ends or [
            Head(run.last, run.hash)
            for run in (*held.apart_with(head), *_beginning_after(held, head))
            if run.epoch == epoch and run.last > head.seq
        ]
        if not ends:
            return head
        head = max(ends, key=lambda end: end.seq)


def _beginning_after(held: Held, head: Head) -> list[Apart]:
    return [run for run in held.apart if run.first == head.seq + 1 and run.prev == head.hash]


def _path(held: Held, epoch: int) -> list[tuple[int, int, int]]:
    """Return the epochs that led to one, oldest first: each with its first entry and its last."""
    path: list[tuple[int, int, int]] = []
    while epoch:
        row = held.epochs[epoch]
        before = held.before(epoch)
        if before:
            path.append((before, held.epochs[before].after + 1, row.after))
        epoch = before
    return path[::-1]


def _from_the_first(held: Held, epoch: int, low: int) -> Head:
    """Return how far the epochs before one are held, where the way up to it is broken at `low`."""
    head = Head(0, GENESIS)
    for one, first, last in _path(held, epoch):
        top = min(last, low)
        for span in held.spans.get(one, ()):
            goes_on = span.first <= head.seq + 1 <= span.last
            if goes_on and span.first == head.seq + 1 and span.prev != head.hash:
                return head
            if goes_on and head.seq < top:
                end = min(span.last, top)
                digest = span.hash if end == span.last else held.hash_at(one, end)
                head = Head(end, digest or b"")
        if head.seq < last or first > last:
            return head
    return head


def _missing(held: Held, epoch: int, head: int, low: int) -> Iterator[tuple[int, int]]:
    """Return the runs missing between an entry and the newest that is held, lowest first."""
    row = held.epochs[epoch]
    known = [(span.first, span.last) for span in held.spans.get(epoch, ())]
    if low < row.after:
        known.append((low + 1, row.after))
    known += [
        (span.first, min(span.last, low))
        for one, _, last in _path(held, epoch)
        for span in held.spans.get(one, ())
        if span.first <= min(low, last)
    ]
    known += cut_off(held, epoch)
    if not held.spans.get(epoch):
        # Nothing is held of the epoch yet, but what lies before it is known of.
        known.append((row.after + 1, row.after))
    return between(known, head + 1)
