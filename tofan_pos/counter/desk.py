"""Everything one counter works with, as its window and its command line are handed it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tofan_pos.counter.access import Access
from tofan_pos.counter.backup import Backups
from tofan_pos.counter.day import Day
from tofan_pos.counter.dealings import Dealings
from tofan_pos.counter.drawer import Drawer
from tofan_pos.counter.epochs import Epochs
from tofan_pos.counter.incoming import Incoming
from tofan_pos.counter.journal import Clock, Journal
from tofan_pos.counter.outbox import Outbox
from tofan_pos.counter.pack import Pack
from tofan_pos.counter.papers import Papers
from tofan_pos.counter.parking import Parking
from tofan_pos.counter.refunds import Refunds
from tofan_pos.counter.register import Register
from tofan_pos.counter.reprints import Reprints
from tofan_pos.counter.setup import identity_in
from tofan_pos.counter.shelf import Shelf
from tofan_pos.counter.spool import Spool
from tofan_pos.domain.till import TillProfile
from tofan_pos.store.counter import CounterStore
from tofan_pos.store.facts import Identity
from tofan_pos.sync.enrolment import Beginning


def free_bytes(folder: Path) -> int | None:
    """Return how many bytes the disk of a folder has left, or None where nobody can tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One open till."""

    store: CounterStore
    profile: TillProfile
    clock: Clock
    journal: Journal
    access: Access
    register: Register
    parking: Parking
    refunds: Refunds
    reprints: Reprints
    drawer: Drawer
    day: Day
    shelf: Shelf
    papers: Papers
    spool: Spool
    outbox: Outbox
    backups: Backups
    pack: Pack
    incoming: Incoming
    epochs: Epochs
    dealings: Dealings
    beginning: Beginning | None = None
    """Why a new epoch was begun at this start; None usually."""
    free: Callable[[Path], int | None] = free_bytes

    @property
    def identity(self) -> Identity:
        """Who the till is, as its file says now."""
        return identity_in(self.store)

    def disk_free(self) -> int | None:
        """Return how many bytes are left where the till's file is, or None where none can tell."""
        return self.free(self.store.path.parent)

    def close(self) -> None:
        """Give back the till's file."""
        self.store.close()
