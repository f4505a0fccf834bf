"""Writing facts: one transaction that holds a fact's rows and its journal entry together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from tofan_pos.domain.till import TillProfile
from tofan_pos.store.counter import CounterStore
from tofan_pos.store.facts import EntryRow, Writing
from tofan_pos.sync.chain import Head, Link
from tofan_pos.sync.entries import Body, ClockStepBody, entry_line, kind_of
from tofan_pos.sync.sales import read_moment, write_moment

Clock = Callable[[], datetime]
"""Returns the present moment in UTC."""

_STEP = timedelta(seconds=120)


class Fact:
    """An open transaction in which entries are chained to the journal one after another."""

    def __init__(self, tx: Writing, profile: TillProfile, at: datetime) -> None:
        """Take the journal's head, and note a clock that stands behind it."""
        self.tx = tx
        self.at = at
        self._till, self._epoch = profile.till, profile.epoch
        last = tx.head()
        self._head = Head(last.seq, last.hash) if last else Head()
        if last:
            behind = read_moment(last.at) - at
            if behind > _STEP:
                self.write(ClockStepBody(seconds=int(behind.total_seconds())))

    @property
    def next_seq(self) -> int:
        """The number the next entry gets."""
        return self._head.seq + 1

    def write(self, body: Body) -> Link:
        """Chain an entry to the journal and return it."""
        at = write_moment(self.at)
        line = entry_line(body, till=self._till, epoch=self._epoch, seq=self.next_seq, at=at)
        link = self._head.then(line)
        self.tx.append(EntryRow(link.seq, kind_of(body), at, link.line, link.hash))
        self._head = Head(link.seq, link.hash)
        return link


@dataclass(frozen=True, slots=True)
class Journal:
    """One till's journal: the only way to write a fact."""

    store: CounterStore
    profile: TillProfile
    clock: Clock

    @contextmanager
    def fact(self) -> Iterator[Fact]:
        """Open a transaction for a fact; it is there whole when the block ends, or not at all."""
        at = self.clock().replace(microsecond=0)
        with self.store.writing() as tx:
            yield Fact(tx, self.profile, at)
