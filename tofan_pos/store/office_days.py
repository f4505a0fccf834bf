"""What head office holds of a till's days: events by kind, and sums over a stretch of its journal.

Sums come from rows, which intake made of what the entries say of themselves, never from a Z.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tofan_pos.domain.sale import TenderKind
from tofan_pos.store import office_tables as schema
from tofan_pos.store.engine import reading
from tofan_pos.store.office_chain import Piece

_ENTRY, _SALE, _LINE = schema.entry, schema.office_sale, schema.office_line
_TENDER = schema.office_tender

_LOWEST, _HIGHEST = "lowest", "highest"
_SUMMED = ("total", "vat", "share", "exempt", "voided_lines", "voided_amount")
_KEY = ("till", "epoch", "seq")
_NONE: sa.ColumnElement[str] = sa.literal_column("''")
_EXCHANGE = TenderKind.EXCHANGE.value
_SOLD = _SALE.c.document.not_in((schema.REFUND, schema.VOID))
_SALE_LINES = _SALE.join(_LINE, sa.and_(*(_SALE.c[n] == _LINE.c[n] for n in _KEY)))
_SALE_TENDERS = _SALE.join(_TENDER, sa.and_(*(_SALE.c[n] == _TENDER.c[n] for n in _KEY)))


@dataclass(frozen=True, slots=True)
class Event:
    """An entry as it was written."""

    seq: int
    line: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSums:
    """A piece's documents of one kind, in satang; what takes sales back is below nought."""

    document: str
    count: int
    total: int
    vat: int
    share: int
    exempt: int
    """What of the total is exempt from VAT."""
    voided_lines: int
    voided_amount: int
    first: str
    """The number of the first."""
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What a stretch of a till's journal comes to, in satang."""

    documents: tuple[DocumentSums, ...]
    """In the order of their first entries, for each piece that it leads through."""
    discounts: dict[str, int]
    """By bearer, of bills that were not voided within the stretch."""
    price_changes: tuple[int, int]
    """Of the same bills, the lines at another price than the catalogue's, and what that took off.
    """
    no_receipt: tuple[int, int]
    """Refunds without a receipt, and what they paid back."""
    exchanges: tuple[int, int]
    """How often something was set against a sale, and what it came to."""
    taken: dict[str, int]
    """By tender key, change and all."""
    refunded: dict[str, int]
    """By tender key, what refunds paid back."""
    voided: dict[str, int]
    """By tender key, what voids paid back."""
    events: tuple[Event, ...]
    """Every entry of it that is no sale, in order."""


def events_held(engine: Engine, till: str, epoch: int, kinds: Sequence[str]) -> list[Event]:
    """Return a till's entries of kinds (never `sale`), oldest first."""
    # The index alone tells where they stand; asked for their lines at once, SQLite would rather
    # walk the whole journal.
    told = _ENTRY.alias("told")
    places = sa.select(told.c.seq).where(
        _of(told, till, epoch), _no_sale(told), told.c.kind.in_(kinds)
    )
    with reading(engine) as connection:
        found = connection.execute(
            sa.select(_ENTRY.c.seq, _ENTRY.c.line)
            .where(_of(_ENTRY, till, epoch), _ENTRY.c.seq.in_(places))
            .order_by(_ENTRY.c.seq)
        )
        return _events(found)


def newest_held(engine: Engine, till: str, piece: Piece, kind: str) -> Event | None:
    """Return a till's newest entry of a kind (never `sale`) within a stretch."""
    wanted = (
        sa.select(_ENTRY.c.seq, _ENTRY.c.line)
        .where(_inside(_ENTRY, till, piece), _no_sale(_ENTRY), _ENTRY.c.kind == kind)
        .order_by(_ENTRY.c.seq.desc())
        .limit(1)
    )
    with reading(engine) as connection:
        found = _events(connection.execute(wanted))
        return found[0] if found else None


def count_between(  # noqa: PLR0913 - a till, a kind and a stretch
    engine: Engine, till: str, epoch: int, kind: str, *, first: int, last: int
) -> int:
    """Count a till's entries of a kind (never `sale`) within a stretch, both ends included."""
    with reading(engine) as connection:
        wanted = (
            sa.select(sa.func.count())
            .select_from(_ENTRY)
            .where(_of(_ENTRY, till, epoch), _no_sale(_ENTRY), _ENTRY.c.kind == kind)
            .where(_ENTRY.c.seq.between(first, last))
        )
        return connection.scalar(wanted) or 0


def net_between(engine: Engine, till: str, epoch: int, *, first: int, last: int) -> int:
    """Return what was sold less what was given back within a stretch, in satang."""
    with reading(engine) as connection:
        total = connection.scalar(
            sa.select(sa.func.sum(_SALE.c.total)).where(_within(_SALE, till, epoch, first, last))
        )
        return int(total or 0)


def stretch_held(engine: Engine, till: str, pieces: Sequence[Piece]) -> Stretch:
    """Add up a stretch of a till's journal, which may lead through several epochs, in order."""
    with reading(engine) as connection:
        return _joined([_piece(connection, (till, piece), pieces) for piece in pieces])


_Where = tuple[str, Piece]


def _piece(connection: Connection, where: _Where, pieces: Sequence[Piece]) -> Stretch:
    """Add up one piece of a stretch; a void may stand in a later one than its sale."""
    till, _ = where
    events = connection.execute(
        sa.select(_ENTRY.c.seq, _ENTRY.c.line)
        .where(_inside(_ENTRY, *where), _no_sale(_ENTRY))
        .order_by(_ENTRY.c.seq)
    )
    stands = _stands(till, pieces)
    return Stretch(
        documents=_documents(connection, where),
        discounts=_discounts(connection, where, stands),
        price_changes=_price_changes(connection, where, stands),
        no_receipt=_no_receipt(connection, where),
        exchanges=_exchanges(connection, where),
        taken=_tenders(connection, where, _SOLD, 1),
        refunded=_tenders(connection, where, _SALE.c.document == schema.REFUND, -1),
        voided=_tenders(connection, where, _SALE.c.document == schema.VOID, -1),
        events=tuple(_events(events)),
    )


def _joined(parts: Sequence[Stretch]) -> Stretch:
    """Return pieces of a journal as one stretch."""
    if len(parts) == 1:
        return parts[0]
    return Stretch(
        documents=tuple(one for part in parts for one in part.documents),
        discounts=_added(row for part in parts for row in part.discounts.items()),
        price_changes=_both(part.price_changes for part in parts),
        no_receipt=_both(part.no_receipt for part in parts),
        exchanges=_both(part.exchanges for part in parts),
        taken=_added(row for part in parts for row in part.taken.items()),
        refunded=_added(row for part in parts for row in part.refunded.items()),
        voided=_added(row for part in parts for row in part.voided.items()),
        events=tuple(event for part in parts for event in part.events),
    )


def _both(tallies: Iterable[tuple[int, int]]) -> tuple[int, int]:
    found = list(tallies)
    return sum(count for count, _ in found), sum(amount for _, amount in found)


def _documents(connection: Connection, where: _Where) -> tuple[DocumentSums, ...]:
    kinds = (
        sa.select(
            _SALE.c.document,
            sa.func.count(),
            *(sa.func.sum(_SALE.c[name]) for name in _SUMMED),
            sa.func.min(_SALE.c.seq).label(_LOWEST),
            sa.func.max(_SALE.c.seq).label(_HIGHEST),
        )
        .where(_inside(_SALE, *where))
        .group_by(_SALE.c.document)
        .order_by(sa.literal_column("lowest"))
    )
    found = connection.execute(kinds).all()
    ends = {seq for row in found for seq in row[-2:]}
    numbers: dict[int, str] = {
        row[0]: row[1]
        for row in connection.execute(
            sa.select(_SALE.c.seq, _SALE.c.number).where(
                _of(_SALE, where[0], where[1].epoch), _SALE.c.seq.in_(ends)
            )
        )
    }
    return tuple(
        DocumentSums(
            document=row[0],
            count=row[1],
            first=numbers[row[-2]],
            last=numbers[row[-1]],
            **{name: int(value) for name, value in zip(_SUMMED, row[2:-2], strict=True)},
        )
        for row in found
    )


def _discounts(
    connection: Connection, where: _Where, stands: sa.ColumnElement[bool]
) -> dict[str, int]:
    """Return what was given away by bearer: on lines, and on whole baskets, spread over lines."""
    lines = (
        sa.select(_LINE.c.bearer, sa.func.sum(_LINE.c.discounted))
        .select_from(_SALE_LINES)
        .where(_inside(_LINE, *where), _LINE.c.discounted > 0, stands)
        .group_by(_LINE.c.bearer)
    )
    baskets = (
        sa.select(_SALE.c.bearer, sa.func.sum(_LINE.c.basket_discount))
        .select_from(_SALE_LINES)
        .where(_inside(_LINE, *where), _LINE.c.basket_discount > 0, stands)
        .group_by(_SALE.c.bearer)
    )
    return _added(row for wanted in (lines, baskets) for row in connection.execute(wanted))


def _stands(till: str, pieces: Sequence[Piece]) -> sa.ColumnElement[bool]:
    """Tell of a sale that nothing in the stretch voided it."""
    void = _SALE.alias("void")
    voided = [
        sa.select(void.c.of).where(
            _inside(void, till, piece), void.c.document == schema.VOID, void.c.of != _NONE
        )
        for piece in pieces
    ]
    return sa.and_(_SOLD, *(_SALE.c.number.not_in(of) for of in voided))


def _price_changes(
    connection: Connection, where: _Where, stands: sa.ColumnElement[bool]
) -> tuple[int, int]:
    wanted = (
        sa.select(sa.func.count(_LINE.c.price_off), sa.func.sum(_LINE.c.price_off))
        .select_from(_SALE_LINES)
        .where(_inside(_LINE, *where), _LINE.c.price_off.is_not(None), stands)
    )
    return _tally(connection, wanted)


def _no_receipt(connection: Connection, where: _Where) -> tuple[int, int]:
    return _tally(
        connection,
        sa.select(sa.func.count(), -sa.func.sum(_SALE.c.total)).where(
            _inside(_SALE, *where), _SALE.c.document == schema.REFUND, _SALE.c.of == _NONE
        ),
    )


def _exchanges(connection: Connection, where: _Where) -> tuple[int, int]:
    wanted = (
        sa.select(sa.func.count(), sa.func.sum(_TENDER.c.amount))
        .select_from(_SALE_TENDERS)
        .where(_inside(_TENDER, *where), _SOLD, _TENDER.c.kind == _EXCHANGE)
    )
    return _tally(connection, wanted)


def _tally(connection: Connection, wanted: sa.Select[int, Any]) -> tuple[int, int]:
    count, amount = connection.execute(wanted).one()
    return int(count), int(amount or 0)


def _tenders(
    connection: Connection, where: _Where, documents: sa.ColumnElement[bool], sign: int
) -> dict[str, int]:
    """Return amounts by tender key: the type's code, or the kind where there is none."""
    wanted = (
        sa.select(_TENDER.c.kind, _TENDER.c.code, sign * sa.func.sum(_TENDER.c.amount))
        .select_from(_SALE_TENDERS)
        .where(_inside(_TENDER, *where), documents)
        .group_by(_TENDER.c.kind, _TENDER.c.code)
    )
    return _added((code or kind, amount) for kind, code, amount in connection.execute(wanted))


def _added(found: Iterable[Any]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for name, amount in found:
        sums[name] = sums.get(name, 0) + int(amount)
    return sums


def _events(found: Iterable[Any]) -> list[Event]:
    return [Event(seq, bytes(line)) for seq, line in found]


def _no_sale(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Spell it as the index on what is no sale has it, or no database would use that."""
    return table.c.kind != sa.literal_column("'sale'")


def _of(table: sa.FromClause, till: str, epoch: int) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.till == till, table.c.epoch == epoch)


def _within(
    table: sa.FromClause, till: str, epoch: int, first: int, last: int
) -> sa.ColumnElement[bool]:
    return sa.and_(_of(table, till, epoch), table.c.seq.between(first, last))


def _inside(table: sa.FromClause, till: str, piece: Piece) -> sa.ColumnElement[bool]:
    return _within(table, till, piece.epoch, piece.first, piece.last)
