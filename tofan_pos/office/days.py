"""A till's days as head office finds them from its own rows: never from what a Z says of itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.report import (
    CASH,
    DocumentRun,
    Sums,
    Tally,
    TenderTotal,
    TillReport,
)
from tofan_pos.domain.session import MovementKind
from tofan_pos.office.line import Line, line_of, newest_behind
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_days import DocumentSums, Stretch
from tofan_pos.store.office_tables import REFUND, VOID
from tofan_pos.sync.chain import anchor
from tofan_pos.sync.days import session_of
from tofan_pos.sync.entries import Opaque, read_entry
from tofan_pos.sync.events import CountedBody
from tofan_pos.sync.kinds import (
    BasketVoided,
    Counted,
    DateRolled,
    Known,
    Moved,
    NoSale,
    Overridden,
    Reprinted,
    SessionClosed,
    SessionOpened,
)
from tofan_pos.sync.sales import read_moment

_SLIPS = "M"
OPENED, CLOSED = "session_opened", "session_closed"


@dataclass(frozen=True, slots=True)
class Day:
    """A till session by its two ends, which may stand in different epochs.

    `opened` is None where no opening stands before the Z.
    """

    opened: SessionOpened | None
    closed: SessionClosed


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of a journal up to an entry: what it came to, and the baskets still parked."""

    seq: int = 0
    net: int = 0
    parked: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A session as head office finds it: its figures, its counts, and the journal up to its Z."""

    report: TillReport
    counts: tuple[CountedBody, ...]
    """Each count of the drawer, oldest first."""
    before: Before


def days_of(store: OfficeStore, line: Line) -> list[Day]:
    """Return the sessions that were closed in an epoch, in the order of its journal."""
    found: list[Day] = []
    opened = _open_before(store, line)
    for event in store.events(line.till, line.epoch, OPENED, CLOSED):
        entry = read_entry(event.line)
        if isinstance(entry, SessionOpened):
            opened = entry
        elif isinstance(entry, SessionClosed):
            found.append(Day(opened, entry))
            opened = None
    return found


def closed_before(store: OfficeStore, line: Line) -> SessionClosed | None:
    """Return the last closing that is held in one piece before an epoch began."""
    event = newest_behind(store, line, CLOSED)
    entry = read_entry(event.line) if event else None
    return entry if isinstance(entry, SessionClosed) else None


def _open_before(store: OfficeStore, line: Line) -> SessionOpened | None:
    """Return the opening of the session that was open when an epoch began."""
    event, closed = newest_behind(store, line, OPENED), newest_behind(store, line, CLOSED)
    if event is None or (closed is not None and closed.seq > event.seq):
        return None
    entry = read_entry(event.line)
    return entry if isinstance(entry, SessionOpened) else None


def till_report(store: OfficeStore, till: str, epoch: int, n: int) -> TillReport:
    """Return the figures of a till's `n`th session, closed in an epoch, from what is held of it.

    They are right where nothing of the journal up to its closing is missing, which
    `checks.check_days` looks into. Raises `Refusal(NO_Z_YET)` where the opening or the closing of
    that session is not held.
    """
    line = line_of(store, till, epoch)
    for day in days_of(store, line):
        if day.opened is not None and day.opened.body.n == n:
            return find_day(store, line, day.opened, day.closed, Before()).report
    raise Refusal(Why.NO_Z_YET, till=till, n=n)


def find_day(
    store: OfficeStore, line: Line, opened: SessionOpened, closed: SessionClosed, before: Before
) -> Found:
    """Add a session up, and what the journal comes to up to its closing.

    `line` is that of the epoch it was closed in. `before` is that of any earlier place in it, so
    that many sessions are added up in one walk. Who closed it is the one thing that the closing
    entry alone can tell.
    """
    till, epoch = closed.till, closed.epoch
    session = session_of(opened)
    net = before.net + store.net(till, line.pieces(before.seq + 1, opened.seq - 1))
    since = line.pieces(before.seq + 1, closed.seq - 1)
    parked = before.parked + sum(
        sign * store.count(till, kind, since) for kind, sign in (("parked", 1), ("recalled", -1))
    )
    stretch = store.stretch(till, line.pieces(opened.seq + 1, closed.seq - 1))
    told = _told(_entries(stretch), session.business_date)
    # Never the epoch's first entry, as that begins it.
    last = store.hash_at(till, epoch, closed.seq - 1)
    sums = {document: _sums(stretch, document) for document in (REFUND, VOID)}
    sales = [one for one in stretch.documents if one.document not in sums]
    report = TillReport(
        till=till,
        epoch=epoch,
        n=session.n,
        opened_at=session.opened_at,
        opened_by=session.by,
        at=read_moment(closed.at),
        by=closed.body.figures.by,
        business_date=told.business_date,
        first_business_date=session.business_date,
        opening=session.opening.total,
        runs=(*_runs(stretch.documents), *told.slips),
        sales=_added(sales),
        refunds=sums[REFUND],
        voids=sums[VOID],
        discounts=tuple(sorted(stretch.discounts.items())),
        price_changes=Tally(*stretch.price_changes),
        no_receipt=Tally(*stretch.no_receipt),
        exchanges=Tally(*stretch.exchanges),
        tenders=_tenders(stretch, _added(sales).total),
        paid_in=told.moved[MovementKind.PAID_IN],
        paid_out=told.moved[MovementKind.PAID_OUT],
        pickups=told.moved[MovementKind.PICKUP],
        no_sales=told.no_sales,
        reprints=told.reprints,
        overrides=told.overrides,
        voided_lines=Tally(
            sum(one.voided_lines for one in sales), sum(one.voided_amount for one in sales)
        ),
        voided_baskets=told.voided_baskets,
        parked=parked,
        grand_total_before=net,
        seq=closed.seq - 1,
        anchor=anchor(last) if last else "",
    )
    return Found(report, tuple(told.counts), Before(closed.seq, report.grand_total, parked))


@dataclass(slots=True)
class _Told:
    """What the entries of a session that are no documents tell."""

    business_date: date
    slips: tuple[DocumentRun, ...] = ()
    """The run of the slips of cash in and out, none where there is none."""
    moved: dict[str, Tally] = field(
        default_factory=lambda: {kind.value: Tally() for kind in MovementKind}
    )
    no_sales: int = 0
    reprints: int = 0
    overrides: int = 0
    voided_baskets: Tally = field(default_factory=Tally)
    counts: list[CountedBody] = field(default_factory=list)


def _entries(stretch: Stretch) -> Iterator[Known | Opaque]:
    return (read_entry(event.line) for event in stretch.events)


def _told(entries: Iterator[Known | Opaque], first_day: date) -> _Told:
    told = _Told(first_day)
    for entry in entries:
        if isinstance(entry, Opaque):
            continue
        # Whatever it was that needed approval, what bears a second name counts; an override does
        # so too where somebody had the right to it.
        told.overrides += isinstance(entry, Overridden) or bool(
            getattr(entry.body, "approved_by", "")
        )
        if isinstance(entry, Moved):
            told.slips = (_with_slip(told.slips, entry.body.number),)
            kind = entry.body.movement
            told.moved[kind] = _and(told.moved.get(kind, Tally()), entry.body.amount)
        elif isinstance(entry, NoSale):
            told.no_sales += 1
        elif isinstance(entry, Reprinted):
            told.reprints += 1
        elif isinstance(entry, BasketVoided):
            amount = sum(line.amount for line in entry.body.lines)
            told.voided_baskets = _and(told.voided_baskets, amount)
        elif isinstance(entry, Counted):
            told.counts.append(entry.body)
        elif isinstance(entry, DateRolled):
            told.business_date = date.fromisoformat(entry.body.business_date)
    return told


def _with_slip(slips: tuple[DocumentRun, ...], number: str) -> DocumentRun:
    if not slips:
        return DocumentRun(_SLIPS, 1, number, number)
    return replace(slips[0], count=slips[0].count + 1, last=number)


def _and(tally: Tally, amount: int) -> Tally:
    return Tally(tally.count + 1, tally.amount + amount)


def _sums(stretch: Stretch, document: str) -> Sums:
    """Return what took sales back, as reports have it: above nought."""
    found = _added([one for one in stretch.documents if one.document == document])
    return Sums(found.count, -found.total, -found.vat, -found.share, -found.exempt)


def _added(documents: Sequence[DocumentSums]) -> Sums:
    return Sums(
        sum(one.count for one in documents),
        sum(one.total for one in documents),
        sum(one.vat for one in documents),
        sum(one.share for one in documents),
        sum(one.exempt for one in documents),
    )


def _runs(documents: Sequence[DocumentSums]) -> tuple[DocumentRun, ...]:
    """Return the series of numbers, by their letter; a void has its sale's number, and no series.

    `documents` are in the order of their first entries, in which numbers grow too: a later epoch's
    are the longer ones, or sort behind.
    """
    runs: dict[str, DocumentRun] = {}
    for one in documents:
        if one.document == VOID:
            continue
        letter = one.first.rpartition("-")[2][:1]
        before = runs.get(letter, DocumentRun(letter, 0, one.first, one.last))
        last = max(before.last, one.last, key=lambda number: (len(number), number))
        runs[letter] = replace(before, count=before.count + one.count, last=last)
    return tuple(runs[letter] for letter in sorted(runs))


def _tenders(stretch: Stretch, sold: int) -> tuple[TenderTotal, ...]:
    """Return the tenders, cash first; change came out of the drawer, so cash is without it."""
    taken = dict(stretch.taken)
    change = sum(taken.values()) - sold
    if change:
        taken[CASH] = taken.get(CASH, 0) - change
    found = {CASH, *taken, *stretch.refunded, *stretch.voided}
    back = {key: stretch.refunded.get(key, 0) + stretch.voided.get(key, 0) for key in found}
    return tuple(
        TenderTotal(key, taken.get(key, 0), back[key], stretch.voided.get(key, 0))
        for key in sorted(found, key=lambda key: (key != CASH, key))
    )
