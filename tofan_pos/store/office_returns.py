"""What only head office can see, over all tills: too much taken back, or the only piece sold twice.

What tills did apart stands: it was sold, paid and shared out. Here it is named, for people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tofan_pos.domain.sale import TenderKind
from tofan_pos.store import office_tables as schema
from tofan_pos.store.engine import reading

_REVERSALS = (schema.REFUND, schema.VOID)
_NONE: sa.ColumnElement[str] = sa.literal_column("''")
_KEY = ("till", "epoch", "seq")
_SALE = schema.office_sale

# Columns' names, apart from the words of the program that are gathered as `label(…)`.
_LEAST = "least"
_LINE = "line"
_LOOSE = "loose"
_MOST = "most"
_NAME_EN = "name_en"
_NAME_TH = "name_th"
_NUMBER = "number"
_PAID = "paid"
_PAID_BACK = "paid_back"
_PIECES = "pieces"
_RETURNED = "returned"
_SOLD = "sold"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLine:
    """A line of a sale and what came back of it, over all tills; amounts in satang, positive."""

    number: str
    line: int
    code: str
    """The line's product, or what was given back as it where the sale has no such line."""
    returned_code: str
    """What was given back as it: another product than `code` where they differ."""
    name_th: str
    name_en: str
    bought: int
    paid: int
    returned: int
    paid_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Involved:
    """A document that a conflict is about; the total in satang, positive."""

    till: str
    epoch: int
    seq: int
    document: str
    number: str
    business_date: str
    by: str
    total: int


@dataclass(frozen=True, slots=True)
class Overdrawn:
    """A sale of which too much came back: the lines it shows on, and all that took it back."""

    lines: tuple[ReturnedLine, ...]
    documents: tuple[Involved, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Oversold:
    """A piece that is one of a kind, sold again without having come back."""

    code: str
    name_th: str
    name_en: str
    sold: int
    returned: int
    """How often it came back: of the sales held, and without a receipt."""
    paid: int
    """What was paid for it over all of its sales, in satang."""
    documents: tuple[Involved, ...]
    """All that sold it or took it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reused:
    """A voucher that was taken more than once: its type, its reference, and the sales it paid.

    `amount` is what it paid in all, in satang.
    """

    code: str
    reference: str
    times: int
    amount: int
    documents: tuple[Involved, ...]


def overdrawn_held(engine: Engine) -> tuple[Overdrawn, ...]:
    """Return every sale held with a line of which more came back than was bought or paid."""
    with reading(engine) as connection:
        lines = _lines(connection)
        numbers = dict.fromkeys(line.number for line in lines)
        return tuple(
            Overdrawn(
                tuple(line for line in lines if line.number == number),
                _documents(connection, _SALE.c.of == number, _SALE.c.of != _NONE),
            )
            for number in numbers
        )


def oversold_held(engine: Engine) -> tuple[Oversold, ...]:
    """Return every one-of-a-kind piece sold more than once oftener than it came back."""
    with reading(engine) as connection:
        return tuple(
            Oversold(
                code=row.code,
                name_th=row.name_th,
                name_en=row.name_en,
                sold=row.sold,
                returned=int(row.returned + row.loose),
                paid=int(row.paid),
                documents=_documents(connection, _about(row.code)),
            )
            for row in connection.execute(oversold_pieces()).all()
        )


def reused_held(engine: Engine) -> tuple[Reused, ...]:
    """Return every voucher taken more than once by sales that were not voided."""
    tender = schema.office_tender
    paid = _SALE.join(tender, sa.and_(*(_SALE.c[n] == tender.c[n] for n in _KEY)))
    void = _SALE.alias("void")
    voids = sa.select(void.c.of).where(void.c.document == schema.VOID, void.c.of != _NONE)
    taken = sa.and_(
        _SALE.c.document.not_in(_REVERSALS),
        tender.c.kind == TenderKind.VOUCHER.value,
        tender.c.reference != _NONE,
    )
    names = (tender.c.code, tender.c.reference)
    again = (
        sa.select(*names, sa.func.count(), sa.func.sum(tender.c.amount))
        .select_from(paid)
        .where(taken, _SALE.c.number.not_in(voids))
        .group_by(*names)
        .having(sa.func.count() > 1)
        .order_by(*names)
    )
    key = sa.tuple_(*(_SALE.c[n] for n in _KEY))
    with reading(engine) as connection:
        return tuple(
            Reused(
                code=code,
                reference=reference,
                times=times,
                amount=int(amount),
                documents=_documents(
                    connection,
                    _SALE.c.number.not_in(voids),
                    key.in_(
                        sa.select(*(tender.c[n] for n in _KEY)).where(
                            tender.c.kind == TenderKind.VOUCHER.value,
                            tender.c.code == code,
                            tender.c.reference == reference,
                        )
                    ),
                    _SALE.c.document.not_in(_REVERSALS),
                ),
            )
            for code, reference, times, amount in connection.execute(again).all()
        )


def overdrawn_lines() -> sa.Select[Any]:
    """Return what asks for the lines of sales held of which more came back than there was."""
    taken, part = schema.office_sale.alias("taken"), schema.office_line.alias("part")
    sold, line = schema.office_sale.alias("sold"), schema.office_line.alias("line")
    back = (
        sa.select(
            taken.c.of.label(_NUMBER),
            part.c.line.label(_LINE),
            sa.func.min(part.c.code).label(_LEAST),
            sa.func.max(part.c.code).label(_MOST),
            sa.func.min(part.c.name_th).label(_NAME_TH),
            sa.func.min(part.c.name_en).label(_NAME_EN),
            (-sa.func.sum(part.c.quantity)).label(_RETURNED),
            (-sa.func.sum(part.c.paid)).label(_PAID_BACK),
        )
        .select_from(taken.join(part, sa.and_(*(taken.c[n] == part.c[n] for n in _KEY))))
        .where(taken.c.of != _NONE)
        .group_by(taken.c.of, part.c.line)
        .subquery()
    )
    return (
        sa.select(
            back, *(line.c[name] for name in ("code", "quantity", "paid", "share", "maker_group"))
        )
        .join(
            sold,
            sa.and_(sold.c.number == back.c.number, sold.c.document.not_in(_REVERSALS)),
        )
        .outerjoin(
            line,
            sa.and_(*(line.c[n] == sold.c[n] for n in _KEY), line.c.position == back.c.line),
        )
        .where(
            sa.or_(
                line.c.code.is_(None),
                back.c.returned > line.c.quantity,
                back.c.paid_back > line.c.paid,
                back.c.least != line.c.code,
                back.c.most != line.c.code,
            )
        )
        .order_by(back.c.number, back.c.line)
    )


def _lines(connection: Connection) -> Sequence[ReturnedLine]:
    return [
        ReturnedLine(
            number=row.number,
            line=row.line,
            code=row.code or row.least,
            returned_code=row.least if row.least != row.code else row.most,
            name_th=row.name_th,
            name_en=row.name_en,
            bought=int(row.quantity or 0),
            paid=int(row.paid or 0),
            returned=int(row.returned),
            paid_back=int(row.paid_back),
        )
        for row in connection.execute(overdrawn_lines())
    ]


def oversold_pieces() -> sa.Select[Any]:
    """Return what asks for the pieces sold too often: how often, and how often they came back."""
    sold, line = _SALE.alias("sold"), schema.office_line.alias("line")
    taken, part = _SALE.alias("taken"), schema.office_line.alias("part")
    parts = taken.join(part, sa.and_(*(taken.c[n] == part.c[n] for n in _KEY)))
    # By receipt it counts against that one sale, once: taken back twice, it is still one piece.
    back = (
        sa.select(taken.c.of, part.c.line, part.c.code)
        .select_from(parts)
        .where(taken.c.of != _NONE)
        .distinct()
        .subquery()
    )
    loose = (
        sa.select(part.c.code, (-sa.func.sum(part.c.quantity)).label(_PIECES))
        .select_from(parts)
        .where(taken.c.document.in_(_REVERSALS), taken.c.of == _NONE)
        .group_by(part.c.code)
        .subquery()
    )
    pieces = (
        sa.select(
            line.c.code,
            sa.func.min(line.c.name_th).label(_NAME_TH),
            sa.func.min(line.c.name_en).label(_NAME_EN),
            sa.func.count().label(_SOLD),
            sa.func.sum(line.c.paid).label(_PAID),
            sa.func.count(back.c.code).label(_RETURNED),
        )
        .select_from(line)
        .join(sold, sa.and_(*(line.c[n] == sold.c[n] for n in _KEY)))
        .outerjoin(
            back,
            sa.and_(
                back.c.of == sold.c.number,
                back.c.line == line.c.position,
                back.c.code == line.c.code,
            ),
        )
        .where(line.c.is_unique)
        .group_by(line.c.code)
        .having(sa.func.count() - sa.func.count(back.c.code) > 1)
        .subquery()
    )
    without = sa.func.coalesce(loose.c.pieces, 0)
    return (
        sa.select(pieces, without.label(_LOOSE))
        .select_from(pieces)
        .outerjoin(loose, loose.c.code == pieces.c.code)
        .where(pieces.c.sold - pieces.c.returned - without > 1)
        .order_by(pieces.c.code)
    )


def _about(code: str) -> sa.ColumnElement[bool]:
    """Return what holds of documents that sold a piece as the only one, or took it back."""
    line = schema.office_line
    selling = sa.select(*(line.c[n] for n in _KEY)).where(line.c.code == code, line.c.is_unique)
    taking = sa.select(*(line.c[n] for n in _KEY)).where(line.c.code == code)
    key = sa.tuple_(*(_SALE.c[n] for n in _KEY))
    return sa.or_(key.in_(selling), sa.and_(_SALE.c.document.in_(_REVERSALS), key.in_(taking)))


def _documents(connection: Connection, *wanted: sa.ColumnElement[bool]) -> tuple[Involved, ...]:
    names = (*_KEY, "document", "number", "business_date", "by", "total")
    found = connection.execute(
        sa.select(*(_SALE.c[name] for name in names))
        .where(*wanted)
        .order_by(_SALE.c.at, *(_SALE.c[name] for name in _KEY))
    )
    return tuple(
        Involved(**(dict(zip(names, row, strict=True)) | {"total": abs(row.total)}))
        for row in found
    )
