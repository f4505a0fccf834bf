"""What each epoch of a till sold since it last opened or closed a session, all tills in one query.

It is cut where later epochs began: what lies before such a place may be gone on with in them.
"""

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tofan_pos.store import office_tables as schema

_SALE, _TILL, _ENTRY = schema.office_sale, schema.office_till, schema.entry
_REVERSALS = (schema.REFUND, schema.VOID)
_SINCE, _START = "since", "start"


@dataclass(frozen=True, slots=True)
class Tail:
    """A stretch of such documents, in satang, what came back taken off.

    It begins right after entry `start`, at which a later epoch began; nought where none did.
    """

    start: int
    sales: int
    total: int
    share: int


def tails_on(
    connection: Connection, days: sa.ColumnElement[bool]
) -> dict[tuple[str, int], tuple[Tail, ...]]:
    """Return the tails of every epoch, as far as their business dates are wanted."""
    newest = (
        sa.select(sa.func.max(_ENTRY.c.seq))
        .where(
            _ENTRY.c.till == _TILL.c.till,
            _ENTRY.c.epoch == _TILL.c.epoch,
            # Spelled as the index on what is no sale has it.
            _ENTRY.c.kind != sa.literal_column("'sale'"),
            _ENTRY.c.kind.in_(("session_opened", "session_closed")),
        )
        .scalar_subquery()
    )
    # Where the session was opened in an epoch before, all of this one's own is its tail.
    since = sa.func.coalesce(newest, _TILL.c.after)
    ends = sa.select(_TILL.c.till, _TILL.c.epoch, since.label(_SINCE)).subquery()
    later = _TILL.alias("later")
    start = (
        sa.select(sa.func.max(later.c.after))
        .where(
            later.c.till == _SALE.c.till,
            later.c.epoch > _SALE.c.epoch,
            later.c.after < _SALE.c.seq,
        )
        .scalar_subquery()
    )
    documents = (
        sa.select(
            *(_SALE.c[name] for name in ("till", "epoch", "document", "total", "share")),
            sa.func.coalesce(start, 0).label(_START),
        )
        .join(ends, sa.and_(ends.c.till == _SALE.c.till, ends.c.epoch == _SALE.c.epoch))
        .where(_SALE.c.seq > ends.c.since, days)
        .subquery()
    )
    keys = (documents.c.till, documents.c.epoch, documents.c.start)
    sold = sa.case((documents.c.document.in_(_REVERSALS), 0), else_=1)
    wanted = sa.select(
        *keys,
        sa.func.sum(sold),
        sa.func.sum(documents.c.total),
        sa.func.sum(documents.c.share),
    ).group_by(*keys)
    found: dict[tuple[str, int], list[Tail]] = defaultdict(list)
    for till, epoch, *facts in connection.execute(wanted.order_by(*keys)):
        found[till, epoch].append(Tail(*map(int, facts)))
    return {key: tuple(tails) for key, tails in found.items()}
