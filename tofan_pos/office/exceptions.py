"""What an auditor looks at: everything at a till that was no plain sale.

First what tells whether a journal can be believed, of every till: epochs begun, keys changed, and
what was kept apart. Then the rest, till by till, in its order.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import chain

from tofan_pos.domain.sale import TenderKind
from tofan_pos.office.ledger import month_of
from tofan_pos.office.line import line_of
from tofan_pos.store.office import EnrolledTill, OfficeStore
from tofan_pos.store.office_chain import Apart, Piece
from tofan_pos.store.office_exceptions import PaidWith
from tofan_pos.sync.days import count_of
from tofan_pos.sync.entries import Opaque, read_entry
from tofan_pos.sync.kinds import (
    Counted,
    DateRolled,
    EpochOpened,
    KeyRotated,
    Known,
    Moved,
    NoSale,
    Overridden,
    Refunded,
    SessionClosed,
    SessionOpened,
    Sold,
    StaffNamed,
    Voided,
)
from tofan_pos.sync.sales import read_moment
from tofan_pos.thai.dates import business_day

KINDS = (
    *("counted", "date_rolled", "movement", "no_sale", "override", "refund"),
    *("session_closed", "session_opened", "staff", "void"),
)
"""The kinds of entry that are told here, or tell on which day something was."""
FIRST_KINDS = ("epoch_opened", "key_rotated")
"""Those that are told before all others."""


class What(StrEnum):
    """What was out of the usual. A movement is called by its own kind, as in `paid_out`."""

    EPOCH = "epoch"
    """A new epoch began; the reason is why, as its entry says."""
    KEY_CHANGED = "key_changed"
    FORK = "fork"
    """A file was kept apart: another branch of the till; the amount is what its sales come to."""
    VOID = "void"
    REFUND = "refund"
    OVERRIDE = "override"
    PRICE_CHANGE = "price_change"
    GIVEN_AWAY = "given_away"
    """A sale that came to nothing; the amount is what it would have cost."""
    NO_SALE = "no_sale"
    RECOUNT = "recount"
    PIN_CHANGE = "pin_change"
    DIFFERENCE = "difference"


class Mark(StrEnum):
    """What makes a refund worth a look."""

    WITHOUT_RECEIPT = "without_receipt"
    OTHER_TILL = "other_till"
    OTHER_TENDER = "other_tender"
    """More of it went back in cash, or by another tender, than had come that way."""
    APPROVED = "approved"
    """A supervisor had to approve it: above the limit, where nothing else is marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notable:
    """One thing an auditor looks at; the amount in satang, None where there is none."""

    till: str
    epoch: int
    seq: int
    business_date: date
    what: str
    """A `What`, or the kind of a movement."""
    number: str = ""
    """Of the document or slip."""
    amount: int | None = None
    """Of a price: what it took off; of a Z's tender: over, or below nought short."""
    by: str = ""
    approved_by: str = ""
    reason: str = ""
    about: str = ""
    """A product, a bag, a drawer, a tender, the how-manieth count, or whose PIN it was.

    Of a fork how many sales were kept apart.
    """
    marks: tuple[str, ...] = ()
    """Of a refund its `Mark`s, of an override the right it took."""


def exceptions(store: OfficeStore, *, till: str = "", month: str = "") -> Iterator[Notable]:
    """Return what was out of the usual, of one till or all, in a month or ever.

    Raises `Refusal(MONTH_UNREADABLE)` at once, before anything is yielded.
    """
    first, last = month_of(month) if month else (date.min, date.max)
    tills = [one for one in store.tills() if till in {"", one.till}]
    found = chain(_of_journals(store, tills), *(_of_till(store, one) for one in tills))
    return (notable for notable in found if first <= notable.business_date <= last)


@dataclass(slots=True)
class _Watch:
    """Where in a till's journal the reading stands."""

    paid: dict[str, PaidWith]
    day: date = date.min
    """Of the open session, or of what was told last."""
    open: bool = False
    counts: int = 0
    cash_back: dict[str, int] = field(default_factory=dict)
    """What went back in cash so far, by the sale's number."""


def _of_journals(store: OfficeStore, tills: Sequence[EnrolledTill]) -> Iterator[Notable]:
    """Yield what tells whether journals can be believed, by till, epoch and entry."""
    apart = store.apart()
    for one in tills:
        forks = [_fork(run) for run in apart if (run.till, run.epoch) == (one.till, one.epoch)]
        entries = (
            read_entry(event.line) for event in store.events(one.till, one.epoch, *FIRST_KINDS)
        )
        found = [_begun(entry) for entry in entries if isinstance(entry, EpochOpened | KeyRotated)]
        yield from sorted((*found, *forks), key=lambda notable: notable.seq)


def _begun(entry: EpochOpened | KeyRotated) -> Notable:
    plain = Notable(
        till=entry.till,
        epoch=entry.epoch,
        seq=entry.seq,
        business_date=_written_on(entry.at),
        what=What.KEY_CHANGED,
    )
    if isinstance(entry, EpochOpened):
        return replace(plain, what=What.EPOCH, reason=entry.body.why)
    return replace(plain, by=entry.body.by, approved_by=entry.body.approved_by)


def _fork(run: Apart) -> Notable:
    return Notable(
        till=run.till,
        epoch=run.epoch,
        seq=run.seq,
        business_date=date.fromisoformat(run.since) if run.since else _written_on(run.at),
        what=What.FORK,
        amount=run.total,
        about=str(run.sales),
    )


def _of_till(store: OfficeStore, one: EnrolledTill) -> Iterator[Notable]:
    line = line_of(store, one.till, one.epoch)
    watch = _Watch(store.paid_with(one.till, one.epoch))
    for piece in line.behind:
        # It is told with its own epoch; what comes after is told by it.
        for entry in _odd(store, one.till, piece):
            tuple(_told(watch, entry))
    for entry in _odd(store, one.till, line.own):
        yield from _told(watch, entry)


def _odd(store: OfficeStore, till: str, piece: Piece) -> Iterator[Known]:
    with closing(store.odd_entries(till, piece, KINDS)) as events:
        for event in events:
            entry = read_entry(event.line)
            if not isinstance(entry, Opaque):
                yield entry


def _told(watch: _Watch, entry: Known) -> Iterable[Notable]:  # noqa: PLR0911 - one for each kind
    """Return what an entry tells, and remember what later ones are told by."""
    match entry:
        case SessionOpened():
            watch.open, watch.counts = True, 0
            watch.day = date.fromisoformat(entry.body.business_date)
        case DateRolled():
            watch.day = date.fromisoformat(entry.body.business_date)
        case SessionClosed():
            watch.open = False
            return _z(entry)
        case Counted():
            watch.counts += 1
            return _recount(watch, entry) if watch.counts > 1 else ()
        case Voided() | Refunded():
            return _reversal(watch, entry)
        case Sold():
            return _sale(entry)
        case Moved():
            return (_movement(entry),)
        case StaffNamed():
            return _pin(watch, entry)
        case NoSale() | Overridden():
            return (_act(watch, entry),)
        case _:
            pass
    return ()


def _reversal(watch: _Watch, entry: Refunded | Voided) -> Iterator[Notable]:
    body = entry.body
    marks = () if isinstance(entry, Voided) else tuple(_marks(watch, entry))
    if isinstance(entry, Refunded) and not marks:
        return
    yield Notable(
        till=entry.till,
        epoch=entry.epoch,
        seq=entry.seq,
        business_date=date.fromisoformat(body.business_date),
        what=What.VOID if isinstance(entry, Voided) else What.REFUND,
        number=body.number,
        amount=body.total,
        by=body.by,
        approved_by=body.approved_by,
        reason=body.reason,
        about=body.of,
        marks=marks,
    )


def _marks(watch: _Watch, entry: Refunded) -> Iterator[Mark]:
    body = entry.body
    keys = {tender.code or tender.kind for tender in body.tenders}
    cash = sum(tender.amount for tender in body.tenders if tender.kind == TenderKind.CASH)
    before = watch.cash_back.get(body.of, 0)
    watch.cash_back[body.of] = before + cash
    paid = watch.paid.get(body.of)
    if not body.of:
        yield Mark.WITHOUT_RECEIPT
    elif _till_of(body.of) != entry.till:
        yield Mark.OTHER_TILL
    # What was set against a sale of today went back as goods; how the rest came is known only of
    # sales that have come in.
    usual = {TenderKind.CASH.value, TenderKind.EXCHANGE.value}
    if paid and (keys - usual - paid.keys or (cash and before + cash > paid.cash)):
        yield Mark.OTHER_TENDER
    if body.approved_by:
        yield Mark.APPROVED


def _till_of(number: str) -> str:
    """Return the code of the till that gave a document its number, in whichever epoch."""
    return number.rpartition("-")[0].partition(".")[0]


def _sale(entry: Sold) -> Iterator[Notable]:
    body = entry.body
    day = date.fromisoformat(body.business_date)
    if not body.total:
        worth = sum((line.listed or line.price) * line.quantity for line in body.lines)
        given = [body.discount, *(line.discount for line in body.lines)]
        yield Notable(
            till=entry.till,
            epoch=entry.epoch,
            seq=entry.seq,
            business_date=day,
            what=What.GIVEN_AWAY,
            number=body.number,
            amount=worth,
            by=body.by,
            reason=", ".join(dict.fromkeys(one.reason for one in given if one)),
        )
    for line in body.lines:
        if line.price_reason:
            yield Notable(
                till=entry.till,
                epoch=entry.epoch,
                seq=entry.seq,
                business_date=day,
                what=What.PRICE_CHANGE,
                number=body.number,
                amount=(line.listed - line.price) * line.quantity,
                by=body.by,
                reason=line.price_reason,
                about=line.code,
            )


def _movement(entry: Moved) -> Notable:
    body = entry.body
    return Notable(
        till=entry.till,
        epoch=entry.epoch,
        seq=entry.seq,
        business_date=date.fromisoformat(body.business_date),
        what=body.movement,
        number=body.number,
        amount=body.amount,
        by=body.by,
        approved_by=body.approved_by,
        reason=body.reason,
        about=body.bag or body.drawer,
    )


def _act(watch: _Watch, entry: NoSale | Overridden) -> Notable:
    plain = Notable(
        till=entry.till,
        epoch=entry.epoch,
        seq=entry.seq,
        business_date=_day_of(watch, entry),
        what=What.NO_SALE,
        by=entry.body.by,
        approved_by=entry.body.approved_by,
    )
    if isinstance(entry, NoSale):
        return replace(plain, reason=entry.body.reason)
    body = entry.body
    return replace(plain, what=What.OVERRIDE, about=body.about, marks=(body.right,))


def _recount(watch: _Watch, entry: Counted) -> Iterator[Notable]:
    yield Notable(
        till=entry.till,
        epoch=entry.epoch,
        seq=entry.seq,
        business_date=_day_of(watch, entry),
        what=What.RECOUNT,
        amount=count_of(entry.body.cash).total,
        by=entry.body.by,
        about=str(watch.counts),
    )


def _pin(watch: _Watch, entry: StaffNamed) -> Iterator[Notable]:
    if entry.body.pin_of:
        yield Notable(
            till=entry.till,
            epoch=entry.epoch,
            seq=entry.seq,
            business_date=_day_of(watch, entry),
            what=What.PIN_CHANGE,
            by=entry.body.by,
            about=entry.body.pin_of,
        )


def _z(entry: SessionClosed) -> Iterator[Notable]:
    body = entry.body
    holder = entry.till if entry.epoch == 1 else f"{entry.till}.{entry.epoch}"
    for one in body.figures.settled:
        if off := one.counted - one.expected:
            yield Notable(
                till=entry.till,
                epoch=entry.epoch,
                seq=entry.seq,
                business_date=date.fromisoformat(body.figures.business_date),
                what=What.DIFFERENCE,
                number=f"{holder}-Z{body.figures.n:06d}",
                amount=off,
                by=body.counted_by,
                approved_by=body.approved_by,
                reason=body.reason,
                about=one.key,
            )


def _day_of(watch: _Watch, entry: Known) -> date:
    """Return the business date of what bears none: its session's, or the day it was written."""
    if not watch.open:
        watch.day = _written_on(entry.at, watch.day)
    return watch.day


def _written_on(at: str, otherwise: date = date.min) -> date:
    """Return the day in Bangkok of a moment, or another where it has none."""
    try:
        return business_day(read_moment(at))
    except (ValueError, OverflowError):
        return otherwise
