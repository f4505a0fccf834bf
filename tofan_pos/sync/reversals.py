"""A refund or a void as a journal entry's body, and back."""

from datetime import date, datetime

from tofan_pos.domain.catalogue import TaxKind, Text
from tofan_pos.domain.money import MOST
from tofan_pos.domain.numbering import document_number, epoch_of_number
from tofan_pos.domain.reversal import SERIES, Reversal, ReversalKind, ReversalLine
from tofan_pos.sync.documents import ReversalBody, ReversalLineBody, VoidBody
from tofan_pos.sync.kinds import Refunded, Voided
from tofan_pos.sync.sales import policy_body, policy_of, read_moment, tender_bodies, tenders_of


def reversal_body(reversal: Reversal) -> ReversalBody:
    """Return what an entry says of a refund or a void."""
    body = VoidBody if reversal.kind is ReversalKind.VOID else ReversalBody
    return body(
        business_date=reversal.business_date.isoformat(),
        by=reversal.by,
        id=reversal.id,
        lines=tuple(map(_line_body, reversal.lines)),
        n=reversal.n,
        number=reversal.number,
        of=reversal.of,
        of_date=reversal.of_date.isoformat(),
        policy=policy_body(reversal.policy),
        reason=reversal.reason,
        share=reversal.share,
        tenders=tender_bodies(reversal.tenders),
        total=reversal.total,
        vat=reversal.vat,
        vat_rate_bp=reversal.vat_rate_bp,
        approved_by=reversal.approved_by,
    )


def reversal_of(entry: Refunded | Voided) -> Reversal:
    """Return the refund or void an entry tells of. Raises `ValueError` for words unknown here."""
    body = entry.body
    voided = isinstance(entry, Voided)
    return Reversal(
        kind=ReversalKind.VOID if voided else ReversalKind.REFUND,
        id=body.id,
        till=entry.till,
        epoch=epoch_of_number(body.number, till=entry.till),
        n=body.n,
        series=body.number.rpartition("-")[2][:1] if voided else SERIES,
        at=read_moment(entry.at),
        business_date=date.fromisoformat(body.business_date),
        by=body.by,
        approved_by=body.approved_by,
        of=body.of,
        of_date=date.fromisoformat(body.of_date),
        reason=body.reason,
        lines=tuple(map(_line_of, body.lines)),
        tenders=tenders_of(body.tenders),
        vat_rate_bp=body.vat_rate_bp,
        policy=policy_of(body.policy),
    )


def reversal_holds(entry: Refunded | Voided) -> bool:
    """Tell whether a refund or a void agrees with itself: its number, its days, and every sum."""
    body = entry.body
    try:
        date.fromisoformat(body.business_date)
        date.fromisoformat(body.of_date)
        datetime.fromisoformat(entry.at)
    except ValueError:
        return False
    paid = vat = share = 0
    for line in body.lines:
        if not (line.quantity and line.vat <= line.paid and line.share <= line.paid):
            return False
        paid += line.paid
        vat += line.vat
        share += line.share
    return (
        bool(body.lines)
        and (paid, vat, share) == (body.total, body.vat, body.share)
        and body.total <= MOST
        and sum([tender.amount for tender in body.tenders]) == body.total
        and _number_holds(entry)
    )


def _number_holds(entry: Refunded | Voided) -> bool:
    body = entry.body
    if isinstance(entry, Voided):
        # Of a sale of its session, which may have begun some epochs before.
        sold_in = epoch_of_number(body.number, till=entry.till)
        return body.number == body.of and 1 <= sold_in <= entry.epoch
    named = document_number(till=entry.till, epoch=entry.epoch, series=SERIES, n=body.n)
    return body.number == named


def _line_body(line: ReversalLine) -> ReversalLineBody:
    return ReversalLineBody(
        code=line.code,
        group=line.group,
        line=line.position,
        name_th=line.name.th,
        paid=line.paid,
        quantity=line.quantity,
        share=line.share,
        tax=line.tax.value,
        vat=line.vat,
        name_en=line.name.en,
    )


def _line_of(body: ReversalLineBody) -> ReversalLine:
    return ReversalLine(
        position=body.line,
        code=body.code,
        name=Text(body.name_th, body.name_en),
        group=body.group,
        quantity=body.quantity,
        paid=body.paid,
        tax=TaxKind(body.tax),
        vat=body.vat,
        share=body.share,
    )
