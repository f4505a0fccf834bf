"""Catalogues as they were sealed for the tills, by version."""

from dataclasses import dataclass
from operator import attrgetter

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tofan_pos.domain.catalogue import MOST_ROTATIONS, KnownTill
from tofan_pos.store import office_tables as schema
from tofan_pos.store.office_tills import TRUSTED

_PUBLICATION, _TILL, _KEY = schema.publication, schema.office_till, schema.till_key
# A column's name, apart from the words of the program that are gathered as `label(…)`.
_PLACE = "place"
_FURTHEST = 10_000
"""How far beyond the newest version here a till's word is believed: no database that is put back
lacks more, and one lying till must not use the numbers up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A catalogue that was published; `content` is its file, empty where it was not asked for."""

    version: int
    at: str
    sha256: str
    products: int
    content: bytes = b""


def newest_on(connection: Connection, *, with_content: bool) -> Publication | None:
    """Return the newest catalogue that was published, None before the first."""
    return _one(connection, sa.true(), with_content=with_content)


def version_on(connection: Connection, version: int) -> Publication | None:
    """Return one catalogue that was published, with its file."""
    return _one(connection, _PUBLICATION.c.version == version, with_content=True)


def before_on(connection: Connection, version: int) -> Publication | None:
    """Return the catalogue published before a version, with its file; None before the first."""
    return _one(connection, _PUBLICATION.c.version < version, with_content=True)


def add_on(connection: Connection, publication: Publication) -> None:
    """Add a catalogue that was published."""
    values = {name: getattr(publication, name) for name in Publication.__slots__}
    connection.execute(_PUBLICATION.insert().values(**values))


def _one(
    connection: Connection, wanted: sa.ColumnElement[bool], *, with_content: bool
) -> Publication | None:
    names = ["version", "at", "sha256", "products", *(["content"] if with_content else [])]
    row = connection.execute(
        sa.select(*(_PUBLICATION.c[name] for name in names))
        .where(wanted)
        .order_by(_PUBLICATION.c.version.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return Publication(
        version=row.version,
        at=row.at,
        sha256=row.sha256,
        products=row.products,
        content=bytes(row.content) if with_content else b"",
    )


def next_version_on(connection: Connection) -> int:
    """Return the version that the next catalogue gets; nobody else gets it meanwhile.

    Beyond what any till has told of as well: a database that was put back must not give a number
    out a second time.
    """
    if connection.dialect.name == "postgresql":
        # SQLite's write transactions exclude one another by themselves.
        connection.execute(sa.text("LOCK TABLE publication IN SHARE ROW EXCLUSIVE MODE"))
    newest = connection.scalar(sa.select(sa.func.max(_PUBLICATION.c.version))) or 0
    told = connection.scalar(
        sa.select(sa.func.max(_TILL.c.catalogue)).where(_TILL.c.catalogue <= newest + _FURTHEST)
    )
    return max(newest, told or 0) + 1


def known_tills_on(connection: Connection) -> list[KnownTill]:
    """Return every key that a receipt of a trusted epoch may be signed with.

    Of the keys that it changed to since it began, the newest: no till changes more often than
    `MOST_ROTATIONS`, and one that says so must not fill every till's catalogue.
    """
    began = sa.select(_TILL.c.till, _TILL.c.epoch, _TILL.c.public_key).where(
        _TILL.c.standing == TRUSTED
    )
    newest = sa.func.row_number().over(
        partition_by=(_KEY.c.till, _KEY.c.epoch), order_by=_KEY.c.since.desc()
    )
    taken = (
        sa.select(_KEY.c.till, _KEY.c.epoch, _KEY.c.public_key, newest.label(_PLACE))
        .join(_TILL, sa.and_(_TILL.c.till == _KEY.c.till, _TILL.c.epoch == _KEY.c.epoch))
        .where(_TILL.c.standing == TRUSTED, _KEY.c.standing == TRUSTED)
        .subquery()
    )
    took = sa.select(taken.c.till, taken.c.epoch, taken.c.public_key).where(
        taken.c.place <= MOST_ROTATIONS
    )
    found = connection.execute(sa.union_all(began, took))
    return sorted(
        (KnownTill(till, epoch, bytes(key)) for till, epoch, key in found),
        key=attrgetter("till", "epoch", "public_key"),
    )
