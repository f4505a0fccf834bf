"""What tills that did not know of each other did to the makers' share within a stretch of days.

Nothing is undone by it: a share that was taken back stays taken back, and each sale's is paid. Here
is what it comes to, from the rows, for people to put right.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tofan_pos.store import office_tables as schema
from tofan_pos.store.office_returns import overdrawn_lines, oversold_pieces

_SALE, _LINE = schema.office_sale, schema.office_line
_KEY = ("till", "epoch", "seq")
_REVERSALS = (schema.REFUND, schema.VOID)
_SHARE = "counted"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A sale of which more came back than there was, and a group's share that this cost.

    `share` is what documents of the days took back beyond what the sale's lines had given, in
    satang; `bought` and `returned` count pieces of these lines, whenever they came back.
    """

    number: str
    group: str
    bought: int
    returned: int
    share: int


@dataclass(frozen=True, slots=True)
class SoldAgain:
    """A one-of-a-kind piece sold again without having come back, and the share counted for it.

    `share` is what its sales of the days gave a group less what came back, in satang; `sold` and
    `returned` count it whenever that was.
    """

    code: str
    name_th: str
    name_en: str
    group: str
    sold: int
    returned: int
    share: int


def taken_back_on(connection: Connection, first_day: str, last_day: str) -> tuple[TakenBack, ...]:
    """Return what was taken back too often by documents of the days (ISO, both included)."""
    lines = overdrawn_lines().subquery()
    taken, part = _SALE.alias("taken"), _LINE.alias("part")
    of_it = sa.and_(*(taken.c[name] == part.c[name] for name in _KEY), part.c.line == lines.c.line)
    when = ("business_date", "at", *_KEY)
    wanted = (
        sa.select(
            lines.c.number,
            lines.c.line,
            part.c.maker_group,
            sa.case((lines.c.maker_group == part.c.maker_group, lines.c.share), else_=0),
            sa.func.coalesce(lines.c.quantity, 0),
            lines.c.returned,
            -part.c.share,
            taken.c.business_date,
        )
        .select_from(lines)
        .join(taken, taken.c.of == lines.c.number)
        .join(part, of_it)
        .order_by(lines.c.number, lines.c.line, part.c.maker_group)
        .order_by(*(taken.c[name] for name in when))
    )
    pieces: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    cost: dict[tuple[str, str], int] = defaultdict(int)
    rows = connection.execute(wanted)
    for (number, line, group, gave, bought, returned), backs in groupby(rows, lambda row: row[:6]):
        pieces[number][line] = int(bought), int(returned)
        cost[number, group] += sum(
            over
            for day, over in _beyond(int(gave), ((row[7], int(row[6])) for row in backs))
            if first_day <= day <= last_day
        )
    return tuple(
        TakenBack(
            number,
            group,
            bought=sum(bought for bought, _ in pieces[number].values()),
            returned=sum(returned for _, returned in pieces[number].values()),
            share=share,
        )
        for (number, group), share in cost.items()
        if share
    )


def _beyond(gave: int, backs: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Yield what each of several takes beyond what there was, in their order."""
    taken = 0
    for day, share in backs:
        before, taken = taken, taken + share
        yield day, max(taken - gave, 0) - max(before - gave, 0)


def sold_again_on(connection: Connection, days: sa.ColumnElement[bool]) -> tuple[SoldAgain, ...]:
    """Return what documents of the days count for pieces that were sold too often."""
    pieces = oversold_pieces().subquery()
    is_back = _SALE.c.document.in_(_REVERSALS)
    names = ("code", "name_th", "name_en", "sold", "returned", "loose")
    facts = [pieces.c[name] for name in names]
    wanted = (
        sa.select(*facts, _LINE.c.maker_group, sa.func.sum(_LINE.c.share).label(_SHARE))
        .select_from(pieces)
        .join(_LINE, _LINE.c.code == pieces.c.code)
        .join(_SALE, sa.and_(*(_SALE.c[name] == _LINE.c[name] for name in _KEY)))
        .where(days, sa.or_(is_back, _LINE.c.is_unique))
        .group_by(*facts, _LINE.c.maker_group)
        .order_by(pieces.c.code, _LINE.c.maker_group)
    )
    return tuple(
        SoldAgain(
            row.code,
            row.name_th,
            row.name_en,
            row.maker_group,
            int(row.sold),
            int(row.returned + row.loose),
            int(row.counted),
        )
        for row in connection.execute(wanted)
        if row.counted
    )
