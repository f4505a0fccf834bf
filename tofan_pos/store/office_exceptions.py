"""What head office holds of what is out of the usual: whole entries, one after the other."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tofan_pos.domain.sale import TenderKind
from tofan_pos.store import office_tables as schema
from tofan_pos.store.engine import reading
from tofan_pos.store.office_chain import Piece
from tofan_pos.store.office_days import Event

_ENTRY, _SALE, _LINE = schema.entry, schema.office_sale, schema.office_line
_TENDER = schema.office_tender
_SOLD = _SALE.c.document.not_in((schema.REFUND, schema.VOID))
_AT_ONCE = 500
_AS_CASH = frozenset({TenderKind.CASH.value, TenderKind.EXCHANGE.value})
"""What goes back in cash: an exchange paid with nothing that could be given back."""


@dataclass(frozen=True, slots=True)
class PaidWith:
    """How a sale was paid: what of it in cash (change off, exchanges with it), and all its keys."""

    cash: int
    keys: frozenset[str]


def odd_entries(engine: Engine, till: str, piece: Piece, kinds: Sequence[str]) -> Generator[Event]:
    """Yield entries of kinds (never `sale`) within a stretch, and odd sales, oldest first.

    Odd is a sale that came to nothing, or one with a line at another price than the catalogue's.
    The database is read meanwhile: take them all, or close the iterator.
    """
    told, epoch = _ENTRY.alias("told"), piece.epoch
    first, last = piece.first, piece.last
    places = sa.union(
        # Spelled as the index on what is no sale has it.
        sa.select(told.c.seq).where(
            told.c.till == till,
            told.c.epoch == epoch,
            told.c.kind != sa.literal_column("'sale'"),
            told.c.kind.in_(kinds),
            told.c.seq.between(first, last),
        ),
        sa.select(_SALE.c.seq).where(
            _SALE.c.till == till,
            _SALE.c.epoch == epoch,
            _SALE.c.seq.between(first, last),
            _SOLD,
            _SALE.c.total == 0,
        ),
        sa.select(_LINE.c.seq).where(
            _LINE.c.till == till,
            _LINE.c.epoch == epoch,
            _LINE.c.seq.between(first, last),
            _LINE.c.price_off.is_not(None),
        ),
    )
    wanted = (
        sa.select(_ENTRY.c.seq, _ENTRY.c.line)
        .where(_ENTRY.c.till == till, _ENTRY.c.epoch == epoch, _ENTRY.c.seq.in_(places))
        .order_by(_ENTRY.c.seq)
        .execution_options(yield_per=_AT_ONCE)
    )
    with reading(engine) as connection:
        for seq, line in connection.execute(wanted):
            yield Event(seq, bytes(line))


def paid_with(engine: Engine, till: str, epoch: int) -> dict[str, PaidWith]:
    """Return how the sales were paid that a till refunded, by their numbers, of any till."""
    back = _SALE.alias("back")
    numbers = sa.select(back.c.of).where(
        back.c.till == till, back.c.epoch == epoch, back.c.document == schema.REFUND
    )
    wanted = (
        sa.select(_SALE.c.number, _SALE.c.total, _TENDER.c.kind, _TENDER.c.code, _TENDER.c.amount)
        .join(
            _TENDER,
            sa.and_(*(_SALE.c[name] == _TENDER.c[name] for name in ("till", "epoch", "seq"))),
        )
        .where(_SALE.c.number.in_(numbers), _SOLD)
    )
    found: dict[str, PaidWith] = {}
    with reading(engine) as connection:
        for number, total, kind, code, amount in connection.execute(wanted):
            # What was not paid otherwise was paid in cash, change off.
            before = found.get(number, PaidWith(total, frozenset()))
            cash = before.cash - (0 if kind in _AS_CASH else amount)
            found[number] = PaidWith(cash, before.keys | {code or kind})
    return found
