"""What is missing of each till's journal, by name."""

from collections.abc import Iterator
from dataclasses import dataclass

from tofan_pos.office.reach import Held, between, cut_off, holds_apart
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.chain import Head


@dataclass(frozen=True, slots=True)
class Gap:
    """A run of entries that a till wrote and head office does not hold."""

    till: str
    epoch: int
    first: int
    last: int


def gaps_of(store: OfficeStore, till: str, epoch: int) -> tuple[Gap, ...]:
    """Return what is missing of an epoch of a till.

    That is what lies below the newest entry that has come in, or below what the epoch after it
    says was written.
    """
    with store.chain(till) as chain:
        held = Held.of(chain)
        if epoch not in held.epochs:
            return ()
        return tuple(Gap(till, epoch, *run) for run in missing(held, epoch))


def all_gaps(store: OfficeStore) -> tuple[Gap, ...]:
    """Return every till's gaps."""
    found: list[Gap] = []
    for till in dict.fromkeys(row.till for row in store.tills()):
        with store.chain(till) as chain:
            held = Held.of(chain)
            found += (
                Gap(till, epoch, *run) for epoch in held.epochs for run in missing(held, epoch)
            )
    return tuple(found)


def missing(held: Held, epoch: int) -> Iterator[tuple[int, int]]:
    """Return the runs that are missing of an epoch's own entries, lowest first."""
    known = [(span.first, span.last) for span in held.spans.get(epoch, ())]
    known += cut_off(held, epoch)
    last = written_to(held, epoch)
    if last > max((high for _, high in known), default=0):
        known.append((last + 1, last))
    return between(known, held.epochs[epoch].after + 1)


def written_to(held: Held, epoch: int) -> int:
    """Return up to which entry the epochs after one say that it was written; nought: they do not.

    Where the next one began on a branch that was kept apart, this one's own is not told of.
    """
    last = 0
    for row in held.epochs.values():
        if row.after and held.before(row.epoch) == epoch:
            end = Head(row.after, bytes.fromhex(row.after_hash))
            if not holds_apart(held, end):
                last = max(last, row.after, row.seen)
    return last
