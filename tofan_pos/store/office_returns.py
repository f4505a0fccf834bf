"""Sales of which more came back than was bought, over all tills: what only head office can see."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tofan_pos.store import office_tables as schema
from tofan_pos.store.engine import reading

_REVERSALS = (schema.REFUND, schema.VOID)
_NONE: sa.ColumnElement[str] = sa.literal_column("''")
_KEY = ("till", "epoch", "seq")


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
class Reversed:
    """A document that took back a sale; the total in satang, positive."""

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
    documents: tuple[Reversed, ...]


def overdrawn_held(engine: Engine) -> tuple[Overdrawn, ...]:
    """Return every sale held with a line of which more came back than was bought or paid."""
    with reading(engine) as connection:
        lines = _lines(connection)
        numbers = dict.fromkeys(line.number for line in lines)
        return tuple(
            Overdrawn(
                tuple(line for line in lines if line.number == number),
                _documents(connection, number),
            )
            for number in numbers
        )


def _lines(connection: Connection) -> Sequence[ReturnedLine]:
    taken, part = schema.office_sale.alias("taken"), schema.office_line.alias("part")
    sold, line = schema.office_sale.alias("sold"), schema.office_line.alias("line")
    back = (
        sa.select(
            taken.c.of.label("number"),
            part.c.line.label("line"),
            sa.func.min(part.c.code).label("least"),
            sa.func.max(part.c.code).label("most"),
            sa.func.min(part.c.name_th).label("name_th"),
            sa.func.min(part.c.name_en).label("name_en"),
            (-sa.func.sum(part.c.quantity)).label("returned"),
            (-sa.func.sum(part.c.paid)).label("paid_back"),
        )
        .select_from(taken.join(part, sa.and_(*(taken.c[n] == part.c[n] for n in _KEY))))
        .where(taken.c.of != _NONE)
        .group_by(taken.c.of, part.c.line)
        .subquery()
    )
    wanted = (
        sa.select(back, line.c.code, line.c.quantity, line.c.paid)
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
        for row in connection.execute(wanted)
    ]


def _documents(connection: Connection, number: str) -> tuple[Reversed, ...]:
    table = schema.office_sale
    names = (*_KEY, "document", "number", "business_date", "by", "total")
    found = connection.execute(
        sa.select(*(table.c[name] for name in names))
        .where(table.c.of == number, table.c.of != _NONE)
        .order_by(table.c.at, *(table.c[name] for name in _KEY))
    )
    return tuple(
        Reversed(**(dict(zip(names, row, strict=True)) | {"total": -row.total})) for row in found
    )
