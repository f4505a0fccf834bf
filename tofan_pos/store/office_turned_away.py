"""Files that were not taken in for whose key they bore: one row for each key, so none is forgotten.

What speaks against a key is not kept but asked anew: people may have enrolled it meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from tofan_pos.domain.errors import Why
from tofan_pos.store import office_tables as schema
from tofan_pos.store.office_chain import stands
from tofan_pos.store.office_tills import Signer, distrust, lock_till

_AWAY, _TILL, _KEY = schema.turned_away, schema.office_till, schema.till_key
_ENTRY, _APART = schema.entry, schema.quarantine
_NAMES = ("public_key", "till", "epoch", "last", "hash", "at")
_PLACE = (_AWAY.c.public_key, _AWAY.c.till, _AWAY.c.epoch)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedAway:
    """How far the files go that a key has signed of a till's epoch, and that were not taken in.

    `hash` is that of the entry `last`, `at` when such a file was seen last. `why` is what speaks
    against the key as things stand: None where it is trusted by now.
    """

    public_key: bytes
    till: str
    epoch: int
    last: int
    hash: bytes
    at: str
    why: Why | None = None


def turned_away_on(connection: Connection) -> list[TurnedAway]:
    """Return what was turned away and has not come in since, by till, epoch and key."""
    own, first, taker = (_TILL.alias(name) for name in ("own", "first", "taker"))
    wanted = (
        sa.select(
            *(_AWAY.c[name] for name in _NAMES),
            own.c.standing,
            sa.func.coalesce(first.c.till, taker.c.till),
            sa.func.coalesce(first.c.epoch, taker.c.epoch),
            sa.func.coalesce(first.c.standing, taker.c.standing),
        )
        .select_from(_AWAY)
        .outerjoin(own, sa.and_(own.c.till == _AWAY.c.till, own.c.epoch == _AWAY.c.epoch))
        .outerjoin(first, first.c.public_key == _AWAY.c.public_key)
        .outerjoin(_KEY, _KEY.c.public_key == _AWAY.c.public_key)
        .outerjoin(taker, sa.and_(taker.c.till == _KEY.c.till, taker.c.epoch == _KEY.c.epoch))
        .where(sa.not_(_came_in()))
        .order_by(_AWAY.c.till, _AWAY.c.epoch, _AWAY.c.public_key)
    )
    found = []
    for key, till, epoch, last, digest, at, known, *whose in connection.execute(wanted):
        signer = Signer(whose[0], whose[1], 0, whose[2]) if whose[0] is not None else None
        found.append(
            TurnedAway(
                public_key=bytes(key),
                till=till,
                epoch=epoch,
                last=last,
                hash=bytes(digest),
                at=at,
                why=distrust(signer, till, epoch, known=known),
            )
        )
    return found


def turn_away_on(connection: Connection, rows: Sequence[TurnedAway], *, keep: int) -> None:
    """Keep that files were turned away, over what their keys have signed before.

    Of what has not come in since, so many stay, those seen last; the rest makes room.
    """
    lock_till(connection, "turned away")
    made = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    for row in rows[-keep:]:
        insert = made(_AWAY).values(**{name: getattr(row, name) for name in _NAMES})
        new = insert.excluded
        further = new.last > _AWAY.c.last
        connection.execute(
            insert.on_conflict_do_update(
                index_elements=list(_PLACE),
                set_={
                    "at": new.at,
                    "last": sa.case((further, new.last), else_=_AWAY.c.last),
                    "hash": sa.case((further, new.hash), else_=_AWAY.c.hash),
                },
            )
        )
    newest = (
        sa.select(*_PLACE)
        .where(sa.not_(_came_in()))
        .order_by(_AWAY.c.at.desc(), *(column.desc() for column in _PLACE))
    )
    stay = set(connection.execute(newest.limit(keep)).all())
    for place in set(connection.execute(sa.select(*_PLACE)).all()) - stay:
        here = (column == value for column, value in zip(_PLACE, place, strict=True))
        connection.execute(_AWAY.delete().where(*here))


def _came_in() -> sa.ColumnElement[bool]:
    """Tell whether that entry is held by now, kept apart or not, whoever's key brought it."""
    held = sa.exists().where(
        _ENTRY.c.till == _AWAY.c.till,
        _ENTRY.c.epoch == _AWAY.c.epoch,
        _ENTRY.c.seq == _AWAY.c.last,
        _ENTRY.c.hash == _AWAY.c.hash,
    )
    apart = sa.exists().where(
        _APART.c.till == _AWAY.c.till,
        _APART.c.epoch == _AWAY.c.epoch,
        stands(_AWAY.c.last, _AWAY.c.hash),
    )
    return sa.or_(held, apart)
