"""Tasks that people have dealt with: who, when, with what note, and what each was about then."""

import json
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tofan_pos.store import office_tables as schema

_SETTLED = schema.settled


@dataclass(frozen=True, slots=True)
class Settlement:
    """That a person has dealt with a task; `extent` names all that it was about."""

    task: str
    at: str
    by: str
    note: str
    extent: tuple[str, ...]


def settlements_on(connection: Connection) -> dict[str, Settlement]:
    """Return the newest settlement of each task."""
    rows = connection.execute(
        sa.select(
            _SETTLED.c.task, _SETTLED.c.at, _SETTLED.c.by, _SETTLED.c.note, _SETTLED.c.extent
        ).order_by(_SETTLED.c.task, _SETTLED.c.n)
    )
    return {
        task: Settlement(task, at, by, note, tuple(json.loads(extent)))
        for task, at, by, note, extent in rows
    }


def settle_on(connection: Connection, one: Settlement) -> None:
    """Add a settlement to those before it."""
    before = sa.select(sa.func.coalesce(sa.func.max(_SETTLED.c.n), 0) + 1).where(
        _SETTLED.c.task == one.task
    )
    connection.execute(
        _SETTLED.insert().values(
            task=one.task,
            n=before.scalar_subquery(),
            at=one.at,
            by=one.by,
            note=one.note,
            extent=json.dumps(one.extent),
        )
    )
