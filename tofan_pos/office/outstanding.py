"""What is still to come of each till: which epochs were left, and what people have settled.

An epoch that was left sends no more than it is known to have written, and its open session goes on
in the next one. A copy is different: the till that it was made of goes on too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tofan_pos.office.gaps import Gap, missing
from tofan_pos.office.reach import Held, holds_apart
from tofan_pos.office.standing import TillStanding
from tofan_pos.office.tasks import Kind, Task, is_settled, task_of_turned_away, tasks_of
from tofan_pos.store.month import Key, MonthHeld, TillHeld
from tofan_pos.store.office_chain import Apart, Journals
from tofan_pos.store.office_settled import Settlement
from tofan_pos.store.office_tills import EnrolledTill
from tofan_pos.sync.chain import Head
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.kinds import SessionOpened
from tofan_pos.sync.sales import read_moment
from tofan_pos.thai.dates import business_day

_ENDS = {Beginning.RESTORED, Beginning.MOVED, Beginning.KEY_LOST}
"""Why an epoch begins in whose place the one before is not gone on with."""


def standings(month: MonthHeld, days: tuple[date, date], latest: date) -> list[TillStanding]:
    """Return how each epoch of each till stands with a month, by code and number.

    `days` are the month's first and last; what is dated after `latest` tells nothing.
    """
    tills: dict[str, dict[int, TillHeld]] = {}
    for one in month.tills:
        tills.setdefault(one.till, {})[one.epoch] = one
    return [
        _Till(_held(month.journals, code), epochs, month.settled, latest).standing(epoch, days)
        for code, epochs in tills.items()
        for epoch in epochs
    ]


def turned_away(month: MonthHeld) -> tuple[str, ...]:
    """Return the tills whose files were not taken in, and which nobody has dealt with."""
    tasks = map(task_of_turned_away, month.turned_away)
    return _names((one.tills[0], one.epoch) for one in tasks if not is_settled(one, month.settled))


def asking(month: MonthHeld) -> tuple[str, ...]:
    """Return the tills that ask to be enrolled: what they sold, nobody has seen."""
    return _names(month.requests)


def _names(epochs: Iterable[Key]) -> tuple[str, ...]:
    named = (till if epoch == 1 else f"{till}.{epoch}" for till, epoch in epochs)
    return tuple(dict.fromkeys(named))


def _held(journals: Journals, till: str) -> Held:
    return Held(
        epochs={row.epoch: row for row in journals.rows if row.till == till},
        spans={epoch: spans for (code, epoch), spans in journals.spans.items() if code == till},
        apart=[run for run in journals.apart if run.till == till],
        lost=journals.lost.get(till, []),
        hash_at=lambda epoch, seq: journals.hash_at(till, epoch, seq),
        apart_holding=lambda seq, digest: journals.apart_holding(till, seq, digest),
    )


@dataclass(frozen=True, slots=True)
class _Till:
    """One till, with all its epochs."""

    held: Held
    epochs: dict[int, TillHeld]
    settled: dict[str, Settlement]
    latest: date

    def standing(self, epoch: int, days: tuple[date, date]) -> TillStanding:
        here = self.epochs[epoch]
        gaps = tuple(missing(self.held, epoch))
        was_left = self._was_left(epoch)
        retired = bool(self.held.epochs[epoch].retired_at)
        sold = here.last_business_date
        return TillStanding(
            till=here.till,
            epoch=epoch,
            series=here.series,
            last=self._last(epoch),
            missing=sum(gap.count for gap in gaps),
            owed=0 if retired else self._owed(epoch, gaps, was_left=was_left),
            expected=not (retired or was_left),
            newest_day=_day_of(here.newest, self.latest),
            last_business_date=date.fromisoformat(sold) if sold else None,
            misdated=here.misdated,
            open_since=self._open_since(epoch),
            apart=self._apart(epoch, days, is_open=True),
            set_aside=self._apart(epoch, days, is_open=False),
        )

    def _last(self, epoch: int) -> int:
        return max((span.last for span in self.held.spans.get(epoch, ())), default=0)

    # --- left for another epoch -----------------------------------------------------------------

    def _was_left(self, epoch: int) -> bool:
        """Tell whether a later epoch began in the place of one, and it was not gone on with."""
        newest = _day_of(self.epochs[epoch].newest, self.latest)
        for row in self._left_for(epoch):
            began = _day_of(self.epochs[row.epoch].first, self.latest)
            goes_on = newest and began and newest > began and self._last(epoch) > row.after
            if row.why in _ENDS and not goes_on:
                return True
        return False

    def _left_for(self, epoch: int) -> Iterator[EnrolledTill]:
        """Yield the epochs that began where one was left, on the branch of it that is held."""
        for row in self.held.epochs.values():
            if row.after and self.held.before(row.epoch) == epoch and not self._elsewhere(row):
                yield row

    def _elsewhere(self, row: EnrolledTill) -> bool:
        """Tell whether what an epoch follows is known to be another branch than the one held."""
        end = Head(row.after, bytes.fromhex(row.after_hash))
        here = self.held.entry(self.held.before(row.epoch), end.seq)
        return here not in {None, end.hash} or (here is None and holds_apart(self.held, end))

    # --- the session that is open ---------------------------------------------------------------

    def _open_since(self, epoch: int) -> date | None:
        """Return the first day of the session that is open where an epoch's line ends."""
        here, row = self.epochs[epoch], self.held.epochs[epoch]
        opened, closed = here.opened, here.closed
        while not (opened or closed) and row.before in self.epochs:
            if self._elsewhere(row):
                # What was kept apart is not read: a session may well be open there.
                return date.min
            here, row = self.epochs[row.epoch], self.held.epochs[row.before]
            opened, closed = here.opened_before, here.closed_before
        if opened is None:
            return None
        entry = read_entry(opened)
        if closed is not None and read_entry(closed).seq > entry.seq:
            return None
        if isinstance(entry, SessionOpened):
            return date.fromisoformat(entry.body.business_date)
        # Written by a newer program: which day it sells for cannot be told, so it may be any.
        return date.min

    # --- what people decide ---------------------------------------------------------------------

    def _tasks(self, epoch: int, kind: Kind) -> list[Task]:
        return [task for task in tasks_of(self.held, epoch) if task.kind is kind]

    def _owed(self, epoch: int, gaps: Sequence[Gap], *, was_left: bool) -> int:
        """Return how many entries are waited for.

        Nobody waits for what people settled, where it was lost or the epoch was left.
        """
        settled = {
            task.epoch for task in self._tasks(epoch, Kind.GAP) if is_settled(task, self.settled)
        }
        return sum(
            gap.count for gap in gaps if gap.epoch not in settled or not (gap.lost or was_left)
        )

    def _apart(self, epoch: int, days: tuple[date, date], *, is_open: bool) -> tuple[Apart, ...]:
        """Return the files kept apart that have documents of a month, settled by people or not."""
        first, last = (day.isoformat() for day in days)
        return tuple(
            run
            for task in self._tasks(epoch, Kind.FORK)
            if is_settled(task, self.settled) is not is_open
            for run in task.runs
            if run.since and run.since <= last and run.until >= first
        )


def _day_of(line: bytes | None, latest: date) -> date | None:
    """Return on which day in Bangkok an entry was written, None where that cannot be true."""
    if line is None:
        return None
    try:
        day = business_day(read_moment(read_entry(line).at))
    except (ValueError, OverflowError):
        # Of a kind that is new here, whose moment may be written in another way.
        return None
    return day if day <= latest else None
