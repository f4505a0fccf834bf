"""Everything one counter works with, as its window and its command line are handed it."""

from dataclasses import dataclass

from tofan_pos.counter.journal import Clock, Journal
from tofan_pos.counter.outbox import Outbox
from tofan_pos.counter.papers import Papers
from tofan_pos.counter.register import Register
from tofan_pos.counter.shelf import Shelf
from tofan_pos.counter.spool import Spool
from tofan_pos.domain.till import TillProfile
from tofan_pos.store.counter import CounterStore
from tofan_pos.store.facts import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One open till."""

    store: CounterStore
    identity: Identity
    profile: TillProfile
    clock: Clock
    journal: Journal
    register: Register
    shelf: Shelf
    papers: Papers
    spool: Spool
    outbox: Outbox

    def close(self) -> None:
        """Give back the till's file."""
        self.store.close()
