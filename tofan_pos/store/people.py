"""Who works at the till, and who has mistaken their PIN, as the till's file holds it."""

import sqlite3
from collections.abc import Iterable

from tofan_pos.domain.people import Role, Staff
from tofan_pos.store.columns import select
from tofan_pos.store.rows import Values, readable

_STAFF = select("staff", "ORDER BY code")


def staff_rows(staff: Iterable[Staff]) -> list[Values]:
    """Return the rows of people; columns as in `schema.staff`."""
    return [(s.code, s.name, s.role.value, s.verifier, s.active) for s in staff]


def staff_on(connection: sqlite3.Connection) -> list[Staff]:
    """Return everybody who works at the till, by code. Raises `Trouble(STORE_DAMAGED)`."""
    found = connection.execute(_STAFF).fetchall()
    with readable():
        return [
            Staff(code=code, name=name, role=Role(role), verifier=verifier, active=bool(active))
            for code, name, role, verifier, active in found
        ]


def failures_on(connection: sqlite3.Connection, code: str) -> tuple[int, int]:
    """Return somebody's wrong PINs in a row, and the tick of the last one."""
    found = connection.execute("SELECT failures, ticks FROM lockout WHERE code = ?", (code,))
    row = found.fetchone()
    return (row[0], row[1]) if row else (0, 0)
