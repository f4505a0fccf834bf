"""Writing facts: one transaction that holds a fact's rows and its journal entry together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.session import Session
from tofan_pos.domain.till import TillProfile
from tofan_pos.store.counter import CounterStore
from tofan_pos.store.facts import EntryRow
from tofan_pos.store.rows import readable
from tofan_pos.store.writing import Writing
from tofan_pos.sync.chain import Head, Link
from tofan_pos.sync.entries import Opaque, entry_line, kind_of, read_entry
from tofan_pos.sync.events import ClockStepBody
from tofan_pos.sync.kinds import Body, Refunded, Sold, Voided
from tofan_pos.sync.reversals import reversal_holds
from tofan_pos.sync.sales import holds_together, read_moment, write_moment

Clock = Callable[[], datetime]
"""Returns the present moment in UTC."""

_STEP = timedelta(seconds=120)


class Fact:
    """An open transaction in which entries are chained to the journal one after another."""

    def __init__(self, tx: Writing, profile: TillProfile, at: datetime, epoch: int = 0) -> None:
        """Take the journal's head, and note a clock that stands behind it.

        The epoch is the one that the till's file is in now, whoever began it: another program
        may have. Only the fact that begins one names it.
        """
        self.tx = tx
        self.at = at
        self._profile = profile
        self._till = profile.till
        self.epoch = epoch or tx.epoch()
        self._session: Session | None = None
        self.done = False
        """Whether everything was said, and only the commit is left."""
        last = tx.head()
        self._head = Head(last.seq, last.hash) if last else Head()
        if last:
            with readable():
                behind = read_moment(last.at) - at
            if behind > _STEP:
                self.write(ClockStepBody(seconds=int(behind.total_seconds())))

    @property
    def next_seq(self) -> int:
        """The number the next entry gets."""
        return self._head.seq + 1

    @property
    def head(self) -> Head:
        """The journal's last entry so far."""
        return self._head

    @property
    def session(self) -> Session:
        """The open till session. Raises `Refusal(NO_SESSION)`."""
        if self._session is None:
            self._session = self.tx.session()[0]
        if self._session is None:
            raise Refusal(Why.NO_SESSION)
        return self._session

    def write(self, body: Body, *, paper: bool = False) -> Link:
        """Chain an entry to the journal and return it; with `paper`, have its paper printed."""
        at = write_moment(self.at)
        line = entry_line(body, till=self._till, epoch=self.epoch, seq=self.next_seq, at=at)
        if not _reads_well(line):
            # Nothing is kept that head office would refuse, and the till itself could not read.
            raise Refusal(Why.ENTRY_CONTRADICTS, seq=self.next_seq, till=self._till)
        link = self._head.then(line)
        self.tx.append(EntryRow(link.seq, kind_of(body), at, link.line, link.hash))
        if paper and self._profile.printer:
            self.tx.add_job(link.seq)
        self._head = Head(link.seq, link.hash)
        return link


def _reads_well(line: bytes) -> bool:
    """Tell whether a line is an entry of ours that agrees with itself."""
    match read_entry(line):
        case Sold() as entry:
            return holds_together(entry)
        case Refunded() | Voided() as entry:
            return reversal_holds(entry)
        case Opaque():
            return False
        case _:
            return True


def _nowhere(_epoch: int, _head: Head) -> None:
    """Remember nothing: a till to learn on, and one that is being set up."""


@dataclass(frozen=True, slots=True)
class Journal:
    """One till's journal: the only way to write a fact."""

    store: CounterStore
    profile: TillProfile
    clock: Clock
    mark: Callable[[int, Head], None] = _nowhere
    """Told the epoch and the journal's head after each fact, to remember outside the file."""

    @contextmanager
    def fact(self, *, epoch: int = 0) -> Iterator[Fact]:
        """Open a transaction for a fact; it is there whole when the block ends, or not at all.

        `epoch` is named by the fact that begins one.

        A commit that raised may have happened all the same. The journal itself knows: where the
        fact's last entry stands there with its hash, the block ends well, and nobody does again
        what was done.
        """
        at = self.clock().replace(microsecond=0)
        fact: Fact | None = None
        try:
            with self.store.writing() as tx:
                fact = Fact(tx, self.profile, at, epoch)
                yield fact
                fact.done = True
        except Trouble:
            if fact is None or not fact.done or not self._holds(fact.head):
                raise
        if fact is not None:
            self.mark(fact.epoch, fact.head)

    def _holds(self, head: Head) -> bool:
        """Tell whether an entry was committed after all; no where nobody can tell."""
        try:
            with self.store.reading() as look:
                found = look.entry_at(head.seq)
        except Trouble:
            return False
        return found is not None and found.hash == head.hash
