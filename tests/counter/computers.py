"""Tills on computers that remember them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tofan_pos import app
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.count import Count
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.kinds import EpochOpened
from tofan_pos.sync.marks import Marks


@contextmanager
def at(folder: Path, marks: Path, *, session: bool = True) -> Iterator[Desk]:
    """Open a till on a computer that remembers its tills in `marks`."""
    desk = app.build_counter(folder, marks=Marks(marks))
    try:
        if session and desk.day.session is None:
            desk.day.open(Count())
        yield desk
    finally:
        desk.close()


def opened_by(desk: Desk) -> EpochOpened:
    """Return the entry that began the epoch a till is in."""
    (*_, row) = desk.store.epochs()
    with desk.store.reading() as look:
        found = look.entry_at(row.first)
    assert found is not None
    entry = read_entry(found.line)
    assert isinstance(entry, EpochOpened)
    return entry
