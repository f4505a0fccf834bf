"""A till's file on SQLite's own driver: its connections, transactions, and errors as troubles.

The counter never loads SQLAlchemy to sell: importing it takes longer than everything else at the
start, and its execution longer than what it executes. The tables stand in `schema` all the same.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from tofan_pos.domain.errors import Ailment, Trouble

NEWEST = "0003"
"""The revision that today's program works with: the newest migration's."""

FACTS = (
    "journal",
    "sale",
    "sale_line",
    "tender",
    "reversal",
    "reversal_line",
    "reversal_tender",
)
GUARDS = {
    (
        f"{table}_no_{verb.lower()}",
        (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ),
    )
    for table in FACTS
    for verb in ("UPDATE", "DELETE")
}
"""The triggers by which a till's file keeps its facts, as the migrations make them."""

BUSY_SECONDS = 10

# DELETE with FULL, Python's default, loses acknowledged sales on power loss: nothing makes the
# journal's removal durable. TRUNCATE under EXTRA syncs it. See docs/decisions/0003-sqlite.md.
PRAGMAS: tuple[str, ...] = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-4000",
    "PRAGMA trusted_schema=OFF",
    # Without it, INSERT OR REPLACE deletes past the triggers that keep facts.
    "PRAGMA recursive_triggers=ON",
)
_GONE = ("no such table", "no such column", "no such index")


class TillFile:
    """The connections to one file; any thread may take one, each for itself until it is done."""

    def __init__(self, path: Path) -> None:
        """Open nothing yet. Raises `Trouble(FILE_UNREADABLE)` where there is no such file."""
        if not path.is_file():
            raise Trouble(Ailment.FILE_UNREADABLE, path=str(path))
        self._path = path
        self._free: list[sqlite3.Connection] = []
        self._closed = False

    def close(self) -> None:
        """Close every connection, those in use when they are given back."""
        self._closed = True
        while self._free:
            self._free.pop().close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a write transaction: committed when the block ends well, rolled back otherwise."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open a short read transaction: one steady view, always given back."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with troubles():
            connection = self._taken()
            try:
                connection.execute(begin)
                yield connection
                connection.execute("COMMIT")
            finally:
                self._give_back(connection)

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection outside any transaction, for what must be so."""
        with troubles():
            connection = self._taken()
            try:
                yield connection
            finally:
                self._give_back(connection)

    def _taken(self) -> sqlite3.Connection:
        try:
            return self._free.pop()
        except IndexError:
            return self._connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        try:
            # A COMMIT that failed may have ended the transaction already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        finally:
            if self._closed:
                connection.close()
            else:
                self._free.append(connection)

    def _connect(self) -> sqlite3.Connection:
        # mode=rw: a file that has gone is not made anew, empty. None: the driver must not begin
        # transactions of its own, which take the lock too late and are wrong for DDL.
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
        )
        try:
            for pragma in PRAGMAS:
                connection.execute(pragma)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock that no other process holds meanwhile; a crash gives it up by itself.

    Raises `Trouble(STORE_BUSY)` at once where another has it.
    """
    with troubles():
        connection = sqlite3.connect(path, isolation_level=None, timeout=0)
        try:
            connection.execute("BEGIN EXCLUSIVE")
            yield
        finally:
            connection.close()
    path.unlink(missing_ok=True)


@contextmanager
def troubles() -> Iterator[None]:
    """Turn SQLite's errors into `Trouble`; what is a bug of ours stays what it is."""
    try:
        yield
    except sqlite3.Error as error:
        ailment = ailment_of(error)
        if ailment is None:
            raise
        raise Trouble(ailment, detail=str(error)) from error
    except UnicodeDecodeError as error:
        # The driver cannot even read SQLite's own message about a damaged schema.
        raise Trouble(Ailment.STORE_DAMAGED, detail=str(error)) from error


def ailment_of(error: sqlite3.Error) -> Ailment | None:
    """Return what is wrong with the file or its disk, or None where the fault is the program's."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # The driver's own: a text in the file is no UTF-8. Its other errors are of other types.
        return Ailment.STORE_DAMAGED if type(error) is sqlite3.OperationalError else None
    if code == sqlite3.SQLITE_ERROR and str(error).startswith(_GONE):
        # Statements are made from the tables of `schema`, which the file was found to have.
        return Ailment.STORE_DAMAGED
    return {
        sqlite3.SQLITE_FULL: Ailment.DISK_FULL,
        sqlite3.SQLITE_IOERR: Ailment.DISK_FAILED,
        sqlite3.SQLITE_CANTOPEN: Ailment.DISK_FAILED,
        sqlite3.SQLITE_READONLY: Ailment.DISK_FAILED,
        sqlite3.SQLITE_BUSY: Ailment.STORE_BUSY,
        sqlite3.SQLITE_LOCKED: Ailment.STORE_BUSY,
        sqlite3.SQLITE_CORRUPT: Ailment.STORE_DAMAGED,
        sqlite3.SQLITE_NOTADB: Ailment.STORE_DAMAGED,
    }.get(code & 0xFF)


def named(cursor: sqlite3.Cursor) -> list[Any]:
    """Return a cursor's rows as tuples whose values also go by their columns' names."""
    row = _row_type(tuple(map(itemgetter(0), cursor.description)))
    return [row(values) for values in cursor]


@cache
def _row_type(columns: tuple[str, ...]) -> Callable[[Iterable[Any]], Any]:
    made: Any = namedtuple("Row", columns)  # type: ignore[misc]  # noqa: PYI024 - what they are is known only now
    make: Callable[[Iterable[Any]], Any] = made._make
    return make
