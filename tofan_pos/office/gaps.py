"""What is missing of each till's journal, by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tofan_pos.office.reach import Held, between, cut_off, holds_apart
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_chain import Lost
from tofan_pos.sync.chain import Head

Run = tuple[int, int]
"""The first entry and the last."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A run of entries that a till wrote and head office does not hold.

    `lost` tells that it went with the till's file, so that the till cannot send it any more.
    """

    till: str
    epoch: int
    first: int
    last: int
    lost: bool = False

    @property
    def count(self) -> int:
        """How many entries it is."""
        return self.last - self.first + 1


def gaps_of(store: OfficeStore, till: str, *epochs: int) -> tuple[Gap, ...]:
    """Return what is missing of epochs of a till.

    That is what lies below the newest entry that has come in, or below where the next epoch began,
    and what was lost; with the newest epoch, what was lost of those that nobody ever heard of.
    """
    with store.chain(till) as chain:
        held = Held.of(chain)
        known = sorted(held.epochs.keys() & set(epochs))
        return tuple(gap for epoch in known for gap in missing(held, epoch))


def all_gaps(store: OfficeStore) -> tuple[Gap, ...]:
    """Return every till's gaps."""
    found: list[Gap] = []
    for till in dict.fromkeys(row.till for row in store.tills()):
        with store.chain(till) as chain:
            held = Held.of(chain)
            found += (gap for epoch in held.epochs for gap in missing(held, epoch))
    return tuple(found)


def missing(held: Held, epoch: int) -> Iterator[Gap]:
    """Yield what is missing of an epoch's own entries, lowest first; what was lost comes last.

    Lost entries of epochs that head office never heard of count to the newest that it knows.
    """
    till = held.epochs[epoch].till
    known = [(span.first, span.last) for span in held.spans.get(epoch, ())]
    known += cut_off(held, epoch)
    last = _left_at(held, epoch)
    if last > max((high for _, high in known), default=0):
        known.append((last + 1, last))
    lost = _lost(held, epoch)
    for run in between(known, held.epochs[epoch].after + 1):
        yield from (Gap(till, epoch, *part) for part in without(run, lost))
    yield from (Gap(till, epoch, *run, lost=True) for run in lost)
    unheard = {run.epoch for run in held.lost} - held.epochs.keys()
    for one in sorted(unheard) if epoch == max(held.epochs) else ():
        yield from (Gap(till, one, *run, lost=True) for run in _lost(held, one))


def _left_at(held: Held, epoch: int) -> int:
    """Return the entry at which the epochs after one left it; nought where none tells of it.

    Where the next one began on a branch that was kept apart, this one's own is not told of.
    """
    last = 0
    for row in held.epochs.values():
        if row.after and held.before(row.epoch) == epoch:
            end = Head(row.after, bytes.fromhex(row.after_hash))
            if not holds_apart(held, end):
                last = max(last, row.after)
    return last


def _lost(held: Held, epoch: int) -> list[Run]:
    """Return the runs of an epoch that went with a till's file and did not come in, lowest first.

    Of a run whose last is not held, what is held is told from what is not by the numbers alone: an
    epoch that two tills wrote has some twice. That last one is named at least.
    """
    found: list[Run] = []
    lost = [run for run in held.lost if run.epoch == epoch]
    if lost:
        held_at = [(span.first, span.last) for span in held.spans.get(epoch, ())]
        held_at += [(run.first, run.last) for run in held.apart if run.epoch == epoch]
        for run in lost:
            gone = list(without((run.first, run.last), held_at))
            if not gone and not _came_in(held, run):
                gone = [(run.last, run.last)]
            found += [part for one in gone for part in without(one, found)]
    return sorted(found)


def without(run: Run, taken: Iterable[Run]) -> Iterator[Run]:
    """Yield what is left of a run where others are taken out of it."""
    first, last = run
    within = [one for one in taken if one[0] <= last]
    return between([*within, (last + 1, last + 1)], first)


def _came_in(held: Held, lost: Lost) -> bool:
    """Tell whether the last entry of a run is held, kept apart or not."""
    return held.entry(lost.epoch, lost.last) == lost.hash or any(
        run.epoch == lost.epoch for run in held.apart_with(Head(lost.last, lost.hash))
    )
