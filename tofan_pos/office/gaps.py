"""What is missing of each till's journal, by name."""

from dataclasses import dataclass

from tofan_pos.store.office import OfficeStore


@dataclass(frozen=True, slots=True)
class Gap:
    """A run of entries that a till wrote and head office does not hold."""

    till: str
    epoch: int
    first: int
    last: int


def gaps_of(store: OfficeStore, till: str, epoch: int) -> tuple[Gap, ...]:
    """Return a till's gaps below the newest entry that has come in."""
    found: list[Gap] = []
    expected = 1
    for span in store.spans(till, epoch):
        if span.first > expected:
            found.append(Gap(till, epoch, expected, span.first - 1))
        expected = span.last + 1
    return tuple(found)


def all_gaps(store: OfficeStore) -> tuple[Gap, ...]:
    """Return every till's gaps."""
    return tuple(gap for t in store.tills() for gap in gaps_of(store, t.till, t.epoch))
