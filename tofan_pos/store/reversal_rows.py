"""Rows and facts: how a refund, a void and a session lie in the till's tables, and come back."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from tofan_pos.domain.catalogue import Basis, SharePolicy, TaxKind, Text
from tofan_pos.domain.count import Count
from tofan_pos.domain.reversal import Reversal, ReversalKind, ReversalLine
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.domain.session import Session
from tofan_pos.store.rows import Values, moment, readable


def reversal_row(reversal: Reversal, seq: int) -> Values:
    """Return a reversal's row; columns as in `schema.reversal`."""
    return (
        seq,
        reversal.kind.value,
        reversal.id,
        reversal.series,
        reversal.n,
        moment(reversal.at),
        reversal.business_date.isoformat(),
        reversal.by,
        reversal.approved_by,
        reversal.of,
        reversal.of_date.isoformat(),
        reversal.reason,
        reversal.total,
        reversal.vat_rate_bp,
        reversal.vat,
        reversal.share,
        reversal.policy.number,
        reversal.policy.rate_bp,
        reversal.policy.basis.value,
    )


def reversal_line_rows(reversal: Reversal, seq: int) -> list[Values]:
    """Return the rows of a reversal's lines; columns as in `schema.reversal_line`."""
    return [
        (
            seq,
            position,
            line.position,
            line.code,
            line.name.th,
            line.name.en,
            line.group,
            line.quantity,
            line.paid,
            line.tax.value,
            line.vat,
            line.share,
        )
        for position, line in enumerate(reversal.lines)
    ]


def reversal_tender_rows(reversal: Reversal, seq: int) -> list[Values]:
    """Return the rows of what is paid back; columns as in `schema.reversal_tender`."""
    return [
        (seq, i, tender.kind.value, tender.amount, tender.code, tender.reference)
        for i, tender in enumerate(reversal.tenders)
    ]


def reversal_of(
    row: Any, lines: Iterable[Any], tenders: Iterable[Any], *, till: str, epoch: int
) -> Reversal:
    """Return the reversal that its rows hold. Raises `Trouble(STORE_DAMAGED)`."""
    with readable():
        return Reversal(
            kind=ReversalKind(row.kind),
            id=row.id,
            till=till,
            epoch=epoch,
            n=row.n,
            series=row.series,
            at=datetime.fromisoformat(row.at),
            business_date=date.fromisoformat(row.business_date),
            by=row.by,
            approved_by=row.approved_by,
            of=row.of,
            of_date=date.fromisoformat(row.of_date),
            reason=row.reason,
            lines=tuple(map(_line_of, lines)),
            tenders=tuple(
                Tender(TenderKind(t.kind), t.amount, t.code, t.reference) for t in tenders
            ),
            vat_rate_bp=row.vat_rate_bp,
            policy=SharePolicy(
                number=row.policy, rate_bp=row.policy_rate_bp, basis=Basis(row.policy_basis)
            ),
        )


def session_row(session: Session, *, grand_total: int) -> Values:
    """Return an open session's row; columns as in `schema.session`.

    `grand_total` is what all sessions before it sold, less what was given back.
    """
    return (
        session.n,
        session.seq,
        session.business_date.isoformat(),
        moment(session.opened_at),
        session.by,
        json.dumps([session.opening.loose, *session.opening.pieces]),
        session.drawer,
        None,
        grand_total,
    )


def closed_row(row: Values, closed: int) -> Values:
    """Return an open session's row as it is once the entry `closed` has ended it."""
    return (*row[:-2], closed, row[-1])


def session_of(row: Any) -> Session:
    """Return the session a row holds. Raises `Trouble(STORE_DAMAGED)`."""
    with readable():
        loose, *pieces = json.loads(row.opening)
        return Session(
            n=row.n,
            seq=row.seq,
            business_date=date.fromisoformat(row.business_date),
            opened_at=datetime.fromisoformat(row.opened_at),
            by=row.by,
            opening=Count(tuple((int(p), int(c)) for p, c in pieces), int(loose)),
            drawer=row.drawer,
        )


def _line_of(row: Any) -> ReversalLine:
    return ReversalLine(
        position=row.line,
        code=row.code,
        name=Text(row.name_th, row.name_en),
        group=row.maker_group,
        quantity=row.quantity,
        paid=row.paid,
        tax=TaxKind(row.tax),
        vat=row.vat,
        share=row.share,
    )
