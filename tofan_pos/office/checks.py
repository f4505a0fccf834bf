"""Every Z held against what head office finds itself, figure by figure, and against its key."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from msgspec import structs

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.report import CASH, ZReport, settle
from tofan_pos.office.days import CLOSED, Before, Day, closed_before, days_of, find_day
from tofan_pos.office.line import line_of
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.days import count_of, figures_body, figures_hold, read_code, z_of
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.events import (
    BearerBody,
    CountBody,
    CountedBody,
    FiguresBody,
    RunBody,
    SessionClosedBody,
    SettledBody,
)
from tofan_pos.sync.kinds import SessionClosed

FROM_THE_START = ("grand_total_before", "parked")
"""The figures that take the whole journal before."""

Figure = str | int


class Finding(StrEnum):
    """How a Z stands against head office's own figures."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_YET = "not_yet"
    """Entries of its session are missing."""


class Seal(StrEnum):
    """What a Z's signature is worth."""

    HOLDS = "holds"
    WRONG = "wrong"
    UNSIGNED = "unsigned"
    """The till's key was missing when it was closed."""
    STRANGER = "stranger"
    """No such till is enrolled."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not what head office finds; None where one side does not have it."""

    name: str
    """As in the Z's figures, with points between: `sales.total`, `settled.cash.taken`."""
    says: Figure | None
    finds: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCheck:
    """A Z that has come in, and how it stands."""

    seq: int
    z: ZReport
    finding: Finding
    seal: Seal
    differences: tuple[Difference, ...] = ()
    unchecked: tuple[str, ...] = ()
    """Figures that cannot be checked yet, as entries from before the session are missing."""

    @property
    def wrong(self) -> bool:
        """Tell whether a person must look into it."""
        return self.finding is Finding.DIFFERS or self.seal is Seal.WRONG


class Arrival(StrEnum):
    """Whether the Z of a code has come in as a file too."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class ReadZ:
    """A Z as its code tells it, whether its till signed that, and whether it has come in."""

    figures: FiguresBody
    seal: Seal
    arrival: Arrival

    @property
    def wrong(self) -> bool:
        """Tell whether it is not to be believed."""
        return self.seal is not Seal.HOLDS or self.arrival is Arrival.DIFFERS


def check_days(store: OfficeStore, till: str = "") -> list[DayCheck]:
    """Hold every Z that has come in, of one till or of all, against head office's own figures."""
    return [
        check
        for enrolled in store.tills()
        if till in {"", enrolled.till}
        for check in _of_till(store, enrolled.till, enrolled.epoch)
    ]


def read_z(store: OfficeStore, text: str) -> ReadZ:
    """Read the text of a Z's QR code, and hold it against the till's key and what has come in.

    Raises `Refusal(ENTRY_MALFORMED)`.
    """
    if not text.isascii():
        # A code has letters and digits of base 32 alone.
        raise Refusal(Why.ENTRY_MALFORMED)
    figures, signature = read_code(text)
    enrolled = store.till(figures.till, figures.epoch)
    if enrolled is None:
        return ReadZ(figures, Seal.STRANGER, Arrival.NOT_YET)
    # It was written right after the entry that it names.
    key = _key_at(store.keys(figures.till, figures.epoch), figures.seq + 1)
    seal = _seal(figures, signature, key)
    return ReadZ(figures, seal, _arrival(store, figures))


def _arrival(store: OfficeStore, figures: FiguresBody) -> Arrival:
    for event in store.events(figures.till, figures.epoch, CLOSED):
        entry = read_entry(event.line)
        if isinstance(entry, SessionClosed) and entry.body.figures.n == figures.n:
            return Arrival.AGREES if entry.body.figures == figures else Arrival.DIFFERS
    return Arrival.NOT_YET


def _seal(figures: FiguresBody, signature: str, public: bytes) -> Seal:
    if not signature:
        return Seal.UNSIGNED
    return Seal.HOLDS if figures_hold(figures, signature, public) else Seal.WRONG


def _of_till(store: OfficeStore, till: str, epoch: int) -> Iterator[DayCheck]:
    line, keys = line_of(store, till, epoch), store.keys(till, epoch)
    earlier = closed_before(store, line)
    before = Before()
    last = (earlier.seq, earlier.body.figures.n) if earlier else (0, 0)
    for day in days_of(store, line):
        closed, opened = day.closed, day.opened
        start = line.start(closed.seq)
        # After a gap it is not known how many sessions there were: numbers go on from this one.
        expected = last[1] + 1 if last[0] >= start or start == 1 else None
        last = (closed.seq, closed.body.figures.n)
        found: tuple[Difference, ...] = ()
        unchecked: tuple[str, ...] = ()
        if opened is None or opened.seq < start:
            # A journal that is held from its start or from the Z before lacks nothing here.
            finding = Finding.NOT_YET
            if expected is not None:
                finding, found = Finding.DIFFERS, (Difference("opened_at", _opened(day), None),)
        else:
            day_found = find_day(store, line, opened, closed, before)
            report, before, counts = day_found.report, day_found.before, day_found.counts
            unchecked = FROM_THE_START if start > 1 else ()
            ours = figures_body(report, settle(report, _counted(closed, counts)))
            found = (
                *_differences(_flat(closed.body.figures), _flat(ours), skip=unchecked),
                *_differences(_count_said(closed.body), _count_found(counts)),
            )
            if expected is not None and expected != opened.body.n:
                found = (*found, Difference("session", opened.body.n, expected))
            finding = Finding.DIFFERS if found else Finding.AGREES
        yield DayCheck(
            seq=closed.seq,
            z=z_of(closed),
            finding=finding,
            seal=_seal(closed.body.figures, closed.body.signature, _key_at(keys, closed.seq)),
            differences=found,
            unchecked=unchecked,
        )


def _opened(day: Day) -> str:
    return day.closed.body.figures.opened_at


def _key_at(keys: Sequence[tuple[int, bytes]], seq: int) -> bytes:
    """Return the key of an epoch that was in force when an entry was written."""
    return [key for since, key in keys if since < seq][-1]


def _counted(closed: SessionClosed, counts: Sequence[CountedBody]) -> dict[str, int]:
    """Return what the last count came to by tender; without any, what the Z says of it."""
    if not counts:
        said = {one.key: one.counted for one in closed.body.figures.settled}
        return said | {CASH: count_of(closed.body.cash).total}
    last = counts[-1]
    return {one.key: one.amount for one in last.tenders} | {CASH: count_of(last.cash).total}


def _count_said(body: SessionClosedBody) -> Iterator[tuple[str, Figure]]:
    """Yield what a Z says of how the drawer was counted."""
    yield "counts", body.counts
    yield "counted_by", body.counted_by
    yield from _pieces("cash", body.cash)
    if body.first_cash is not None:
        yield from _pieces("first_cash", body.first_cash)


def _count_found(counts: Sequence[CountedBody]) -> Iterator[tuple[str, Figure]]:
    """Yield the same from the counts' own entries."""
    yield "counts", len(counts)
    if counts:
        yield "counted_by", counts[-1].by
        yield from _pieces("cash", counts[-1].cash)
    if len(counts) > 1:
        yield from _pieces("first_cash", counts[0].cash)


def _pieces(name: str, count: CountBody) -> Iterator[tuple[str, Figure]]:
    yield f"{name}.loose", count.loose
    found: dict[int, int] = {}
    for one in count.pieces:
        found[one.piece] = found.get(one.piece, 0) + one.count
    yield from ((f"{name}.pieces.{piece}", many) for piece, many in found.items() if many)


def _differences(
    said: Iterable[tuple[str, Figure]],
    ours: Iterable[tuple[str, Figure]],
    *,
    skip: Sequence[str] = (),
) -> tuple[Difference, ...]:
    says, finds = dict(said), dict(ours)
    return tuple(
        Difference(name, says.get(name), finds.get(name))
        for name in dict.fromkeys((*says, *finds))
        if says.get(name) != finds.get(name) and name not in skip
    )


_KEYED = {"runs": "series", "discounts": "bearer", "settled": "key"}
"""Figures of which there are several, and what tells them apart."""


def _flat(figures: FiguresBody) -> Iterator[tuple[str, Figure]]:
    """Yield each figure under its own name, whatever order they stand in."""
    for name, value in structs.asdict(figures).items():
        if name in _KEYED:
            yield from _rows(name, value)
        elif isinstance(value, str | int):
            yield name, value
        else:
            yield from ((f"{name}.{part}", each) for part, each in structs.asdict(value).items())


def _rows(
    name: str, rows: Iterable[RunBody | BearerBody | SettledBody]
) -> Iterator[tuple[str, Figure]]:
    seen: dict[str, int] = {}
    for row in rows:
        facts: dict[str, Any] = structs.asdict(row)
        key = facts.pop(_KEYED[name])
        if not any(facts.values()):
            continue  # nothing, said or left unsaid
        seen[key] = seen.get(key, 0) + 1
        again = f"#{seen[key]}" if seen[key] > 1 else ""
        yield from ((f"{name}.{key}{again}.{part}", each) for part, each in facts.items())
