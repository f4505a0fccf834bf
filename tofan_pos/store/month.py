"""What head office holds of a stretch of business dates, all of it seen at one moment.

However much was sold and however many tills there are, it is the same few queries.
"""

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tofan_pos.store import office_tables as schema
from tofan_pos.store.engine import steady
from tofan_pos.store.office_chain import Journals, journals_on
from tofan_pos.store.office_published import Publication, newest_on
from tofan_pos.store.office_settled import Settlement, settlements_on

Key = tuple[str, int]
"""A till's code and epoch."""

_SALE, _LINE, _TILL = schema.office_sale, schema.office_line, schema.office_till
# A void has the number of the sale it takes back: no document, and no number, of its own.
_ISSUED = _SALE.c.document != schema.VOID
_LINES = ("first", "newest", "opened", "closed", "opened_before", "closed_before")
# In the epoch that a till left, up to where it did.
_BEFORE = sa.and_(
    schema.entry.c.till == _TILL.c.till,
    schema.entry.c.epoch == _TILL.c.before,
    schema.entry.c.seq <= _TILL.c.after,
)


@dataclass(frozen=True, slots=True)
class GroupTotals:
    """A producer group's month, in satang; refunds, voids among them, are positive."""

    group: str
    label_th: str
    label_en: str
    pieces: int
    sales: int
    refunds: int
    vat: int
    share: int


@dataclass(frozen=True, slots=True)
class Series:
    """A till's documents of one kind within the dates: how many, and the first and last number."""

    kind: str
    documents: int
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TillHeld:
    """What is held of one epoch of a till, within the dates and at all. Entries are their lines."""

    till: str
    epoch: int
    series: tuple[Series, ...]
    first: bytes | None
    """The entry that the epoch begins with, None where it is not held."""
    newest: bytes | None
    """The newest entry held."""
    opened: bytes | None
    """The newest opening of a session, None where there is none."""
    closed: bytes | None
    """The newest closing."""
    opened_before: bytes | None
    """The newest opening in the epoch that was left for this one, up to there."""
    closed_before: bytes | None
    last_business_date: str
    """Of the till's newest document that is dated no later than the horizon; empty without one."""
    misdated: int
    """How many of its documents are dated after the horizon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthHeld:
    """What was sold on the dates, by group, and how each epoch of each till stands."""

    groups: tuple[GroupTotals, ...]
    documents: int
    tills: tuple[TillHeld, ...]
    journals: Journals
    settled: dict[str, Settlement]
    """The newest settlement of each task that a person has dealt with."""
    published: Publication | None
    """The newest catalogue, with its file; None before the first."""


def month_held(
    engine: Engine, first_day: str, last_day: str, *, horizon: str, group: str = ""
) -> MonthHeld:
    """Return what is held of business dates (ISO, both included), of every group or of one.

    `horizon` is the last date (ISO) that a sale can bear in truth.
    """
    with steady(engine) as connection:
        days = _SALE.c.business_date.between(first_day, last_day)
        return MonthHeld(
            groups=_groups(connection, days, group),
            documents=_documents(connection, days, group),
            tills=_tills(connection, days, horizon),
            journals=journals_on(connection),
            settled=settlements_on(connection),
            published=newest_on(connection, with_content=True),
        )


def _groups(
    connection: Connection, days: sa.ColumnElement[bool], group: str
) -> tuple[GroupTotals, ...]:
    labels = {row.code: row for row in connection.execute(sa.select(schema.office_group))}
    wanted = (
        sa.select(
            _LINE.c.maker_group,
            sa.func.sum(_LINE.c.quantity),
            _total(_LINE.c.paid, _LINE.c.paid >= 0),
            _total(-_LINE.c.paid, _LINE.c.paid < 0),
            sa.func.sum(_LINE.c.vat),
            sa.func.sum(_LINE.c.share),
        )
        .select_from(_SALE.join(_LINE, _same(_SALE, _LINE)))
        .where(days)
        .group_by(_LINE.c.maker_group)
        .order_by(_LINE.c.maker_group)
    )
    if group:
        wanted = wanted.where(_LINE.c.maker_group == group)
    return tuple(
        GroupTotals(
            row[0],
            labels[row[0]].label_th if row[0] in labels else "",
            labels[row[0]].label_en if row[0] in labels else "",
            *(int(value) for value in row[1:]),
        )
        for row in connection.execute(wanted)
    )


def _documents(connection: Connection, days: sa.ColumnElement[bool], group: str) -> int:
    """Count the documents issued, or those with a group in."""
    wanted = sa.select(sa.func.count()).select_from(_SALE).where(days, _ISSUED)
    if group:
        in_it = sa.and_(_same(_SALE, _LINE), _LINE.c.maker_group == group)
        wanted = wanted.where(sa.exists().where(in_it))
    return connection.scalar(wanted) or 0


def _tills(
    connection: Connection, days: sa.ColumnElement[bool], horizon: str
) -> tuple[TillHeld, ...]:
    series = _series(connection, days)
    late = _SALE.c.business_date > horizon
    misdated = {
        (row[0], row[1]): int(row[2])
        for row in connection.execute(
            sa.select(_SALE.c.till, _SALE.c.epoch, sa.func.count())
            .where(late)
            .group_by(_SALE.c.till, _SALE.c.epoch)
        )
    }
    # One step down each till's own entries and sales, whose keys end in the number.
    entry = schema.entry
    first = sa.select(entry.c.line).where(_of_till(entry), entry.c.seq == _TILL.c.after + 1)
    newest = sa.select(entry.c.line).where(_of_till(entry)).order_by(entry.c.seq.desc()).limit(1)
    dated = (
        sa.select(_SALE.c.business_date)
        .where(_of_till(_SALE), sa.not_(late))
        .order_by(_SALE.c.seq.desc())
        .limit(1)
    )
    wanted = sa.select(
        _TILL.c.till,
        _TILL.c.epoch,
        dated.scalar_subquery(),
        first.scalar_subquery(),
        newest.scalar_subquery(),
        *(
            _newest_of(kind, where)
            for where in (_of_till(entry), _BEFORE)
            for kind in ("session_opened", "session_closed")
        ),
    ).order_by(_TILL.c.till, _TILL.c.epoch)
    return tuple(
        TillHeld(
            till=code,
            epoch=epoch,
            series=tuple(series[code, epoch]),
            last_business_date=day or "",
            misdated=misdated.get((code, epoch), 0),
            **{
                name: None if line is None else bytes(line)
                for name, line in zip(_LINES, lines, strict=True)
            },
        )
        for code, epoch, day, *lines in connection.execute(wanted)
    )


def _newest_of(kind: str, where: sa.ColumnElement[bool]) -> sa.ScalarSelect[bytes]:
    """Return a till's newest entry of a kind, which the index on what is no sale leads to."""
    entry = schema.entry
    return (
        sa.select(entry.c.line)
        .where(where, entry.c.kind != sa.literal_column("'sale'"), entry.c.kind == kind)
        .order_by(entry.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )


def _series(connection: Connection, days: sa.ColumnElement[bool]) -> dict[Key, list[Series]]:
    """Return each till's documents by kind. Their numbers grow as the entries' do."""
    ends = (
        sa.select(
            _SALE.c.till,
            _SALE.c.epoch,
            _SALE.c.document,
            sa.func.count(),
            sa.func.min(_SALE.c.seq),
            sa.func.max(_SALE.c.seq),
        )
        .where(days, _ISSUED)
        .group_by(_SALE.c.till, _SALE.c.epoch, _SALE.c.document)
        .subquery()
    )
    till, epoch, document, documents, lowest, highest = ends.c
    first, last = _SALE.alias(), _SALE.alias()
    wanted = (
        sa.select(till, epoch, document, documents, first.c.number, last.c.number)
        .join(first, sa.and_(_same(ends, first, but="seq"), first.c.seq == lowest))
        .join(last, sa.and_(_same(ends, last, but="seq"), last.c.seq == highest))
        .order_by(lowest)
    )
    found: dict[Key, list[Series]] = defaultdict(list)
    for row in connection.execute(wanted):
        found[row[0], row[1]].append(Series(*row[2:]))
    return found


def _same(one: sa.FromClause, other: sa.FromClause, *, but: str = "") -> sa.ColumnElement[bool]:
    names = (name for name in ("till", "epoch", "seq") if name != but)
    return sa.and_(*(one.c[name] == other.c[name] for name in names))


def _of_till(table: sa.FromClause) -> sa.ColumnElement[bool]:
    return _same(table, _TILL, but="seq")


def _total(amount: sa.ColumnElement[int], where: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((where, amount), else_=0))
