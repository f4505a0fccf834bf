"""What is still to come of each till: which epochs were left, and what people have settled.

An epoch that was left sends no more than it is known to have written, and its open session goes on
in the next one. A copy is different: the till that it was made of goes on too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tofan_pos.office.gaps import Gap, missing
from tofan_pos.office.reach import Held, holds_apart
from tofan_pos.office.standing import TillStanding, Unclosed, horizon
from tofan_pos.office.tasks import Kind, Task, is_settled, task_of_turned_away, tasks_of
from tofan_pos.store.month import Key, TillHeld, TillsHeld
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_chain import Apart, Journals
from tofan_pos.store.office_settled import Settlement
from tofan_pos.store.office_tills import REVOKED, EnrolledTill
from tofan_pos.sync.chain import Head
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.entries import Opaque, read_entry
from tofan_pos.sync.kinds import Known, SessionOpened
from tofan_pos.sync.sales import read_moment
from tofan_pos.thai.dates import business_day

_ENDS = {Beginning.RESTORED, Beginning.MOVED, Beginning.KEY_LOST}
"""Why an epoch begins in whose place the one before is not gone on with."""


def standings(month: TillsHeld, days: tuple[date, date], latest: date) -> list[TillStanding]:
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


def turned_away(month: TillsHeld) -> tuple[str, ...]:
    """Return the tills whose files were not taken in, and which nobody has dealt with."""
    tasks = map(task_of_turned_away, month.turned_away)
    return _names((one.tills[0], one.epoch) for one in tasks if not is_settled(one, month.settled))


def asking(month: TillsHeld) -> tuple[str, ...]:
    """Return the tills that ask to be enrolled: what they sold, nobody has seen."""
    return _names(month.requests)


def _names(epochs: Iterable[Key]) -> tuple[str, ...]:
    named = (till if epoch == 1 else f"{till}.{epoch}" for till, epoch in epochs)
    return tuple(dict.fromkeys(named))


def never_closed(store: OfficeStore, *, as_of: date, till: str = "") -> tuple[Unclosed, ...]:
    """Return the sessions that no Z will close, of one till or of all, as held on a day.

    `as_of` is today in Bangkok.
    """
    latest = horizon(as_of)
    held = store.standing(horizon=latest.isoformat())
    found = (one.unclosed for one in standings(held, (date.min, date.max), latest))
    return tuple(one for one in found if one and till in {"", one.till})


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
        row, session = self.held.epochs[epoch], self._session(epoch)
        retired = bool(row.retired_at)
        is_over = retired or was_left or row.standing == REVOKED
        sold = here.last_business_date
        return TillStanding(
            till=here.till,
            epoch=epoch,
            series=here.series,
            last=self._last(epoch),
            missing=sum(gap.count for gap in gaps),
            owed=0 if retired else self._owed(epoch, gaps, was_left=was_left),
            expected=not (retired or was_left),
            followed=epoch < max(self.held.epochs),
            newest_day=_day_of(here.newest, self.latest),
            last_business_date=date.fromisoformat(sold) if sold else None,
            misdated=here.misdated,
            open_since=session.since if session else None,
            unclosed=self._unclosed(epoch, session) if is_over else None,
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

    def _session(self, epoch: int) -> "_Session | None":
        """Return the session that is open where an epoch's line ends."""
        here, row, path = self.epochs[epoch], self.held.epochs[epoch], [epoch]
        opened, closed = here.opened, here.closed
        while not (opened or closed) and row.before in self.epochs:
            path.append(row.before)
            if self._elsewhere(row):
                # What was kept apart is not read: a session may well be open there.
                return _Session(None, tuple(path))
            here, row = self.epochs[row.epoch], self.held.epochs[row.before]
            opened, closed = here.opened_before, here.closed_before
        if opened is None:
            return None
        entry = read_entry(opened)
        if closed is not None and read_entry(closed).seq > entry.seq:
            return None
        return _Session(entry, tuple(path))

    def _unclosed(self, epoch: int, session: "_Session | None") -> Unclosed | None:
        """Return what of a session no Z will tell of, as its epoch is gone on with no more."""
        if session is None or session.opened is None:
            return None
        opened = session.opened.seq
        left_at = max((row.after for row in self._left_for(epoch)), default=0)
        parts = [tail for tail in self.epochs[epoch].tails if tail.start >= left_at]
        if not left_at:
            for one, later in pairwise(reversed(session.path)):
                end = self.held.epochs[later].after
                parts += [tail for tail in self.epochs[one].tails if tail.start < end]
        goes_on = left_at >= opened
        if goes_on and not parts:
            return None
        gaps = (gap for one in session.path for gap in missing(self.held, one))
        return Unclosed(
            till=self.epochs[epoch].till,
            epoch=epoch,
            n=session.opened.body.n if isinstance(session.opened, SessionOpened) else 0,
            since=session.since,
            sales=sum(part.sales for part in parts),
            total=sum(part.total for part in parts),
            share=sum(part.share for part in parts),
            goes_on=goes_on,
            whole=not any(gap.last > opened for gap in gaps),
        )

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


@dataclass(frozen=True, slots=True)
class _Session:
    """A session that is open; `path` are the epochs it leads through, the newest first.

    `opened` is None where only what was kept apart could tell.
    """

    opened: Known | Opaque | None
    path: tuple[int, ...]

    @property
    def since(self) -> date:
        """Its first business date; any day at all where that cannot be told."""
        if isinstance(self.opened, SessionOpened):
            return date.fromisoformat(self.opened.body.business_date)
        # Kept apart, or written by a newer program.
        return date.min


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
