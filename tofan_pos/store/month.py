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
from tofan_pos.store.office_tills import asking_on
from tofan_pos.store.office_turned_away import TurnedAway, turned_away_on
from tofan_pos.store.tails import Tail, tails_on
from tofan_pos.store.twice import SoldAgain, TakenBack, sold_again_on, taken_back_on

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
    tails: tuple[Tail, ...] = ()
    """What it sold within the dates since it last opened or closed a session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TillsHeld:
    """How each epoch of each till stands."""

    tills: tuple[TillHeld, ...]
    journals: Journals
    settled: dict[str, Settlement]
    """The newest settlement of each task that a person has dealt with."""
    turned_away: list[TurnedAway]
    """What was not taken in for whose key it bore, and has not come in since."""
    requests: list[Key]
    """The tills that wait to be enrolled, each with its epoch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthHeld(TillsHeld):
    """What was sold on the dates, by group, and how each epoch of each till stands."""

    groups: tuple[GroupTotals, ...]
    documents: int
    policies: tuple[int, ...] = ()
    """The share policies that lines were sold under, by their numbers."""
    taken_back: tuple[TakenBack, ...] = ()
    """Where more came back than was bought, and the share that documents of the dates took."""
    sold_again: tuple[SoldAgain, ...] = ()
    """One-of-a-kind pieces sold too often, and the share counted for them on the dates."""
    published: Publication | None = None
    """The newest catalogue, with its file; None before the first."""


def month_held(
    engine: Engine, first_day: str, last_day: str, *, horizon: str, group: str = ""
) -> MonthHeld:
    """Return what is held of business dates (ISO, both included), of every group or of one.

    `horizon` is the last date (ISO) that a sale can bear in truth.
    """
    with steady(engine) as connection:
        days = _SALE.c.business_date.between(first_day, last_day)
        groups, policies = _groups(connection, days, group)
        return MonthHeld(
            groups=groups,
            policies=policies,
            documents=_documents(connection, days, group),
            tills=_tills(connection, days, horizon, tails=days),
            journals=journals_on(connection),
            settled=settlements_on(connection),
            turned_away=turned_away_on(connection),
            requests=asking_on(connection),
            taken_back=taken_back_on(connection, first_day, last_day),
            sold_again=sold_again_on(connection, days),
            published=newest_on(connection, with_content=True),
        )


def tills_held(engine: Engine, *, horizon: str) -> TillsHeld:
    """Return how every till stands, whatever was sold when; of its documents only the tails."""
    with steady(engine) as connection:
        return TillsHeld(
            tills=_tills(connection, sa.false(), horizon, tails=sa.true()),
            journals=journals_on(connection),
            settled=settlements_on(connection),
            turned_away=turned_away_on(connection),
            requests=asking_on(connection),
        )


def _groups(
    connection: Connection, days: sa.ColumnElement[bool], group: str
) -> tuple[tuple[GroupTotals, ...], tuple[int, ...]]:
    """Return what each group sold, and the policies it was sold under."""
    labels = {row.code: row for row in connection.execute(sa.select(schema.office_group))}
    wanted = (
        sa.select(
            _LINE.c.maker_group,
            _LINE.c.policy,
            sa.func.sum(_LINE.c.quantity),
            _total(_LINE.c.paid, _LINE.c.paid >= 0),
            _total(-_LINE.c.paid, _LINE.c.paid < 0),
            sa.func.sum(_LINE.c.vat),
            sa.func.sum(_LINE.c.share),
        )
        .select_from(_SALE.join(_LINE, _same(_SALE, _LINE)))
        .where(days)
        .group_by(_LINE.c.maker_group, _LINE.c.policy)
        .order_by(_LINE.c.maker_group)
    )
    if group:
        wanted = wanted.where(_LINE.c.maker_group == group)
    sums: dict[str, list[int]] = {}
    policies: set[int] = set()
    for name, policy, *values in connection.execute(wanted):
        policies.add(policy)
        sums[name] = [
            had + int(one) for had, one in zip(sums.get(name, [0] * 5), values, strict=True)
        ]
    groups = tuple(
        GroupTotals(
            name,
            labels[name].label_th if name in labels else "",
            labels[name].label_en if name in labels else "",
            *values,
        )
        for name, values in sums.items()
    )
    return groups, tuple(sorted(policies))


def _documents(connection: Connection, days: sa.ColumnElement[bool], group: str) -> int:
    """Count the documents issued, or those with a group in."""
    wanted = sa.select(sa.func.count()).select_from(_SALE).where(days, _ISSUED)
    if group:
        in_it = sa.and_(_same(_SALE, _LINE), _LINE.c.maker_group == group)
        wanted = wanted.where(sa.exists().where(in_it))
    return connection.scalar(wanted) or 0


def _tills(
    connection: Connection,
    days: sa.ColumnElement[bool],
    horizon: str,
    *,
    tails: sa.ColumnElement[bool],
) -> tuple[TillHeld, ...]:
    series, ends = _series(connection, days), tails_on(connection, tails)
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
            tails=ends.get((code, epoch), ()),
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
