"""Head office's own row: its key's public half, its name, and where its receiver is."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tofan_pos.store import office_tables as schema

_DESK = schema.desk


@dataclass(frozen=True, slots=True)
class DeskRow:
    """Who head office is. `office_id` names its secret; `key_guarded`: in the OS keyring."""

    office_id: str
    public_key: bytes
    key_guarded: bool
    name: str = ""
    server: str = ""


def desk_on(connection: Connection) -> DeskRow | None:
    """Return head office's row, None before it has a key."""
    row = connection.execute(sa.select(*(_DESK.c[name] for name in DeskRow.__slots__))).first()
    if row is None:
        return None
    return DeskRow(
        row.office_id, bytes(row.public_key), bool(row.key_guarded), row.name, row.server
    )


def open_desk(connection: Connection, desk: DeskRow) -> None:
    """Add head office's row, which there is not yet."""
    values = {name: getattr(desk, name) for name in DeskRow.__slots__}
    connection.execute(_DESK.insert().values(id=1, **values))


def name_desk(connection: Connection, *, name: str | None, server: str | None) -> None:
    """Set what people know head office by, and where its receiver is; None leaves it."""
    values = {
        column: value for column, value in (("name", name), ("server", server)) if value is not None
    }
    if values:
        connection.execute(_DESK.update().values(**values))
