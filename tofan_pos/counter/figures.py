"""A session's figures from the till's own tables and journal: what X shows and Z states."""

from collections.abc import Sequence
from datetime import date, datetime

from tofan_pos.domain.numbering import document_number
from tofan_pos.domain.report import DocumentRun, Tally, TenderTotal, TillReport
from tofan_pos.domain.sale import TenderKind
from tofan_pos.domain.session import MovementKind, Session
from tofan_pos.domain.till import TillProfile
from tofan_pos.store.day import DaySums
from tofan_pos.store.reading import Reading
from tofan_pos.sync import kinds
from tofan_pos.sync.chain import Head, anchor
from tofan_pos.sync.entries import Opaque, read_entry

_APPROVABLE = {
    str(entry.__struct_config__.tag)
    for body, entry in kinds.ENTRY_OF.items()
    if "approved_by" in body.__struct_fields__
}
"""The kinds of entry that can hold who approved them, whichever there are."""
_TOLD = {"basket_voided", "movement", "no_sale", "reprinted", "session_opened"}
_EVENTS = tuple(sorted(_TOLD | _APPROVABLE))


def till_report(  # noqa: PLR0913 - what a report is made from
    look: Reading, session: Session, *, profile: TillProfile, head: Head, at: datetime, by: str
) -> TillReport:
    """Add up an open session up to the journal's `head`; nothing is written."""
    sums = look.sums(session.seq, head.seq)
    entries = [
        read_entry(event.line)
        for event in look.events(*_EVENTS, after=session.seq - 1, until=head.seq)
    ]
    voided = [e.body for e in entries if isinstance(e, kinds.BasketVoided)]
    approved = [e for e in entries if e.seq > session.seq and _is_override(e)]
    return TillReport(
        till=profile.till,
        epoch=look.epoch(),
        n=session.n,
        opened_at=session.opened_at,
        opened_by=session.by,
        at=at,
        by=by,
        business_date=session.business_date,
        first_business_date=_first_date(entries, session),
        opening=session.opening.total,
        runs=(
            *(
                DocumentRun(
                    series,
                    count,
                    document_number(till=profile.till, epoch=low_epoch, series=series, n=low),
                    document_number(till=profile.till, epoch=high_epoch, series=series, n=high),
                )
                for series, count, low, low_epoch, high, high_epoch in sums.runs
            ),
            *_slips(entries),
        ),
        sales=sums.sales,
        refunds=sums.refunds,
        voids=sums.voids,
        discounts=tuple(sorted(sums.discounts.items())),
        price_changes=Tally(*sums.price_changes),
        no_receipt=Tally(*sums.no_receipt),
        exchanges=Tally(*sums.exchanges),
        tenders=_tenders(sums),
        paid_in=_movements(entries, MovementKind.PAID_IN),
        paid_out=_movements(entries, MovementKind.PAID_OUT),
        pickups=_movements(entries, MovementKind.PICKUP),
        no_sales=sum(isinstance(e, kinds.NoSale) for e in entries),
        reprints=sum(isinstance(e, kinds.Reprinted) for e in entries),
        overrides=len(approved),
        voided_lines=Tally(*sums.voided_lines),
        voided_baskets=Tally(
            len(voided), sum(line.amount for body in voided for line in body.lines)
        ),
        parked=len(look.parked()),
        grand_total_before=look.session()[2],
        seq=head.seq,
        anchor=anchor(head.hash),
    )


def cash_expected(look: Reading, session: Session, *, head: Head) -> int:
    """Return what should lie in the drawer up to the journal's `head`, in satang."""
    sums = look.sums(session.seq, head.seq)
    moved = (read_entry(event.line) for event in look.events("movement", after=session.seq))
    flow = sum(
        MovementKind(e.body.movement).sign * e.body.amount
        for e in moved
        if isinstance(e, kinds.Moved)
    )
    cash = TenderKind.CASH.value
    back = sums.refunded.get(cash, 0) + sums.voided.get(cash, 0)
    return session.opening.total + sums.taken.get(cash, 0) - back + flow


def _is_override(entry: kinds.Known | Opaque) -> bool:
    """Tell whether an entry bears a second name, or tells of an act by somebody's own right."""
    if isinstance(entry, Opaque):
        return False
    return isinstance(entry, kinds.Overridden) or bool(getattr(entry.body, "approved_by", ""))


def _slips(entries: Sequence[object]) -> tuple[DocumentRun, ...]:
    """Return the run of the slips of cash in and out, which have numbers of their own."""
    numbers = [e.body.number for e in entries if isinstance(e, kinds.Moved)]
    return (DocumentRun("M", len(numbers), numbers[0], numbers[-1]),) if numbers else ()


def _tenders(sums: DaySums) -> tuple[TenderTotal, ...]:
    cash = TenderKind.CASH.value
    found = {cash, *sums.taken, *sums.refunded, *sums.voided}
    keys = sorted(found, key=lambda key: (key != cash, key))
    return tuple(
        TenderTotal(
            key,
            sums.taken.get(key, 0),
            sums.refunded.get(key, 0) + sums.voided.get(key, 0),
            sums.voided.get(key, 0),
        )
        for key in keys
    )


def _movements(entries: Sequence[object], kind: MovementKind) -> Tally:
    amounts = [
        e.body.amount
        for e in entries
        if isinstance(e, kinds.Moved) and e.body.movement == kind.value
    ]
    return Tally(len(amounts), sum(amounts))


def _first_date(entries: Sequence[object], session: Session) -> date:
    opened = next((e for e in entries if isinstance(e, kinds.SessionOpened)), None)
    return date.fromisoformat(opened.body.business_date) if opened else session.business_date
