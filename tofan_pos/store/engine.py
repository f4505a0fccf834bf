"""How a database is opened: pragmas, transactions, and its errors as troubles people can mend."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.engine import URL, Connection, Engine

from tofan_pos.domain.errors import Ailment, Trouble

_BUSY_SECONDS = 10

# DELETE with FULL, Python's default, loses acknowledged sales on power loss: nothing makes the
# journal's removal durable. TRUNCATE under EXTRA syncs it. See docs/decisions/0003-sqlite.md.
_TILL_PRAGMAS = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-16000",
    "PRAGMA trusted_schema=OFF",
)
_WRITES = "tofan_writes"


def open_sqlite(path: Path, *, create: bool = False) -> Engine:
    """Return an engine on a SQLite file, every connection with the store's pragmas.

    Raises `Trouble(FILE_UNREADABLE)` where the file is not there and is not to be made.
    """
    if not create and not path.is_file():
        raise Trouble(Ailment.FILE_UNREADABLE, path=str(path))
    engine = sa.create_engine(
        URL.create("sqlite", database=str(path)),
        # None: the driver must not begin transactions of its own, which are wrong for DDL.
        connect_args={"isolation_level": None, "timeout": _BUSY_SECONDS},
        pool_size=4,
    )
    _prepare(engine)
    return engine


def open_url(url: str | URL) -> Engine:
    """Return an engine on any SQLAlchemy URL of SQLite or PostgreSQL."""
    target = sa.make_url(url)
    if target.get_backend_name() == "sqlite":
        target = target.set(drivername="sqlite")
        engine = sa.create_engine(
            target, connect_args={"isolation_level": None, "timeout": _BUSY_SECONDS}
        )
        _prepare(engine)
        return engine
    return sa.create_engine(target.set(drivername="postgresql+psycopg"), pool_size=4)


def _prepare(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in _TILL_PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a write transaction: committed when the block ends well, rolled back otherwise."""
    with troubles(), engine.connect() as plain:
        connection = plain.execution_options(**{_WRITES: True})
        with connection.begin():
            yield connection


@contextmanager
def writing_directly(engine: Engine) -> Iterator[sqlite3.Connection]:
    """Open a write transaction on SQLite's own driver: what a sale's commit can afford.

    SQLAlchemy's execution adds some 40 microseconds a statement, together half as much again as
    the whole commit; its pool, pragmas and tables serve here all the same.
    """
    with troubles():
        pooled = engine.raw_connection()
        try:
            connection = pooled.driver_connection
            if not isinstance(connection, sqlite3.Connection):
                message = "only SQLite is written to directly"
                raise TypeError(message)
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A COMMIT that failed may have ended the transaction already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        finally:
            pooled.close()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a short read transaction: one steady view, always given back."""
    with troubles(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def troubles() -> Iterator[None]:
    """Turn a database's errors into `Trouble`; what is a bug of ours stays what it is."""
    try:
        yield
    except exc.DBAPIError as error:
        ailment = _ailment(error)
        if ailment is None:
            raise
        raise Trouble(ailment, detail=str(error.orig)) from error
    except sqlite3.Error as error:
        ailment = _sqlite_ailment(error)
        if ailment is None:
            raise
        raise Trouble(ailment, detail=str(error)) from error


def _ailment(error: exc.DBAPIError) -> Ailment | None:
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_ailment(error.orig)
    if isinstance(error, exc.OperationalError):
        return Ailment.OFFICE_UNREACHABLE
    return None


def _sqlite_ailment(error: sqlite3.Error) -> Ailment | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
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
