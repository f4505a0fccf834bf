"""What a person has to look into, as nobody else can.

Forks, gaps, silence, tills at odds, and files that were not taken in for whose key they bore.

A task has the same id for as long as it is about the same thing. Somebody who has dealt with it
settles it with a note; it comes back only where it has grown since.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.conflicts import Conflict, conflicts
from tofan_pos.office.gaps import Gap, missing, without
from tofan_pos.office.reach import Held
from tofan_pos.office.tills import is_silent, moment
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_chain import Apart
from tofan_pos.store.office_returns import Oversold, Reused
from tofan_pos.store.office_settled import Settlement
from tofan_pos.store.office_turned_away import TurnedAway
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.sales import write_moment


class Kind(StrEnum):
    """What a task is about."""

    FORK = "fork"
    """A till was copied or restored: one branch of its journal is held, another was kept apart."""
    GAP = "gap"
    SOLD_TWICE = "sold_twice"
    RETURNED_TWICE = "returned_twice"
    VOUCHER_TWICE = "voucher_twice"
    SILENT = "silent"
    TURNED_AWAY = "turned_away"
    """A stick held files that were not taken in, as nobody trusts their key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing for a person. Which facts it has, its kind tells.

    `extent` names all that it is about: it has grown when that has more in it.
    """

    id: str
    kind: Kind
    tills: tuple[str, ...]
    """The codes of the tills it is about."""
    extent: tuple[str, ...]
    epoch: int = 0
    runs: tuple[Apart, ...] = ()
    """Of a fork: what was kept apart."""
    gaps: tuple[Gap, ...] = ()
    conflict: Conflict | None = None
    heard: datetime | None = None
    """Of a silent till: when it was heard last, None where it never was."""
    away: TurnedAway | None = None
    """Of files that were not taken in: how far they go, and why."""
    before: Settlement | None = None
    """How it was settled before it grew."""

    @property
    def sales(self) -> int:
        """How many sales were kept apart."""
        return sum(run.sales for run in self.runs)

    @property
    def total(self) -> int:
        """What they come to, in satang."""
        return sum(run.total for run in self.runs)

    @property
    def missing(self) -> int:
        """How many entries are missing."""
        return sum(gap.count for gap in self.gaps)


def tasks(store: OfficeStore, *, now: datetime | None = None) -> tuple[Task, ...]:
    """Return what is open. Tills can only be silent to somebody who knows what time it is."""
    settled = store.settlements()
    return tuple(
        replace(task, before=settled.get(task.id))
        for task in _found(store, now)
        if not is_settled(task, settled)
    )


@dataclass(frozen=True, slots=True)
class Settled:
    """How somebody has dealt with a task, and the task as it is now: None where it is gone."""

    settlement: Settlement
    task: Task | None

    @property
    def has_grown(self) -> bool:
        """Whether it is open again, as there is more in it now."""
        return self.task is not None and has_grown(self.task, self.settlement)


def settled_tasks(store: OfficeStore, *, now: datetime | None = None) -> tuple[Settled, ...]:
    """Return what people have dealt with, the newest first."""
    found = {task.id: task for task in _found(store, now)}
    settled = sorted(store.settlements().values(), key=lambda one: (one.at, one.task), reverse=True)
    return tuple(Settled(one, found.get(one.task)) for one in settled)


def settle(
    store: OfficeStore, task: str, *, by: str, note: str, clock: Callable[[], datetime]
) -> None:
    """Keep that somebody has dealt with a task, and how.

    Raises `Refusal(NO_SUCH_TASK)` for what is not open, and `Refusal(REASON_MISSING)` without a
    name or a note.
    """
    if not by.strip() or not note.strip():
        raise Refusal(Why.REASON_MISSING)
    now = clock()
    found = next((one for one in tasks(store, now=now) if one.id == task), None)
    if found is None:
        raise Refusal(Why.NO_SUCH_TASK, task=task[:80])
    store.settle(Settlement(task, write_moment(now), by.strip(), note.strip(), found.extent))


def is_settled(task: Task, settled: Mapping[str, Settlement]) -> bool:
    """Tell whether somebody has dealt with a task, all that it is about now."""
    return task.id in settled and not has_grown(task, settled[task.id])


def has_grown(task: Task, settled: Settlement) -> bool:
    """Tell whether a task is about more than when it was settled."""
    if task.kind is Kind.TURNED_AWAY:
        return max(map(int, task.extent)) > max(map(int, settled.extent))
    if task.kind is not Kind.GAP:
        return not set(task.extent) <= set(settled.extent)
    known = [(int(first), int(last)) for first, last in (run.split("-") for run in settled.extent)]
    return any(next(without((gap.first, gap.last), known), None) for gap in task.gaps)


def _found(store: OfficeStore, now: datetime | None) -> tuple[Task, ...]:
    """Return every task there is, settled or not."""
    return (
        *_of_tills(store, now),
        *map(task_of_turned_away, store.turned_away()),
        *map(task_of_conflict, conflicts(store)),
    )


def _of_tills(store: OfficeStore, now: datetime | None) -> Iterator[Task]:
    for code in dict.fromkeys(row.till for row in store.tills()):
        with store.chain(code) as chain:
            held = Held.of(chain)
            found = [task for epoch in held.epochs for task in tasks_of(held, epoch, now)]
        yield from found


def tasks_of(held: Held, epoch: int, now: datetime | None = None) -> Iterator[Task]:
    """Yield what there is to look into of one epoch of a till, settled or not."""
    row = held.epochs[epoch]
    name = f"{row.till}-{epoch}"
    runs = [run for run in held.apart if run.epoch == epoch]
    for parting in sorted({run.seq for run in runs}):
        mine = tuple(run for run in runs if run.seq == parting)
        yield Task(
            id=f"fork-{name}-{parting}",
            kind=Kind.FORK,
            tills=(row.till,),
            extent=tuple(run.sha256 for run in mine),
            epoch=epoch,
            runs=mine,
        )
    if row.retired_at:
        return
    by_epoch: dict[int, list[Gap]] = {}
    for gap in missing(held, epoch):
        by_epoch.setdefault(gap.epoch, []).append(gap)
    for one, gaps in by_epoch.items():
        yield Task(
            id=f"gap-{row.till}-{one}",
            kind=Kind.GAP,
            tills=(row.till,),
            extent=tuple(f"{gap.first}-{gap.last}" for gap in gaps),
            epoch=one,
            gaps=tuple(gaps),
        )
    if now is not None and is_silent(row, newest=epoch == max(held.epochs), now=now):
        yield Task(
            id=f"silent-{name}",
            kind=Kind.SILENT,
            tills=(row.till,),
            extent=(row.heard_at or row.enrolled_at,),
            epoch=epoch,
            heard=moment(row.heard_at),
        )


def task_of_turned_away(one: TurnedAway) -> Task:
    """Return what there is to look into of files that were not taken in, settled or not."""
    return Task(
        id=f"turned-away-{one.till}-{one.epoch}-{fingerprint(one.public_key)}",
        kind=Kind.TURNED_AWAY,
        tills=(one.till,),
        extent=(str(one.last),),
        epoch=one.epoch,
        away=one,
    )


def task_of_conflict(one: Conflict) -> Task:
    """Return what there is to look into of what tills did, settled or not."""
    if isinstance(one, Oversold):
        kind, name = Kind.SOLD_TWICE, f"sold-twice-{one.code}"
    elif isinstance(one, Reused):
        kind, name = Kind.VOUCHER_TWICE, f"voucher-twice-{one.code}-{one.reference}"
    else:
        kind, name = Kind.RETURNED_TWICE, f"returned-twice-{one.lines[0].number}"
    documents = one.documents
    return Task(
        id=name,
        kind=kind,
        tills=tuple(dict.fromkeys(document.till for document in documents)),
        extent=tuple(f"{doc.till}.{doc.epoch}.{doc.seq}" for doc in documents),
        conflict=one,
    )
