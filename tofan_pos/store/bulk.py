"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.store.engine import is_of_the_moment


class Taken(Exception):  # noqa: N818 - a finding, worded by who knows the rows
    """A row's key, or another value that may stand once only, is there already."""


@cache
def _insert(table: Table) -> str:
    return str(table.insert().compile(dialect=sqlite.dialect()))


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of all columns in order, none of which is there yet.

    Raises `Taken` where one is, and `Trouble`.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        try:
            connection.exec_driver_sql(_insert(table), list(rows))
        except IntegrityError as error:
            raise Taken from error
        return
    preparer = connection.dialect.identifier_preparer
    columns = ", ".join(preparer.format_column(column) for column in table.columns)
    cursor = connection.connection.cursor()
    driver = connection.dialect.loaded_dbapi
    lost: type[Exception] = driver.OperationalError
    taken: type[Exception] = driver.IntegrityError
    try:
        with cursor.copy(f"COPY {preparer.format_table(table)} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    except taken as error:
        raise Taken from error
    except lost as error:
        if is_of_the_moment(error):
            raise Trouble(Ailment.STORE_BUSY, detail=str(error), again=True) from error
        # Past SQLAlchemy, so not worded by `troubles` either.
        raise Trouble(Ailment.OFFICE_UNREACHABLE, detail=str(error)) from error
    finally:
        cursor.close()
