"""Catalogues as they were sealed for the tills, by version."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tofan_pos.store import office_tables as schema

_PUBLICATION = schema.publication


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
