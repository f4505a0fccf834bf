"""How a database is opened: pragmas, transactions, and its errors as troubles people can mend."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.engine import URL, Connection, Engine

from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.store.till_file import BUSY_SECONDS, PRAGMAS, ailment_of

_WRITES = "tofan_writes"
_OF_THE_MOMENT = {"40001", "40P01"}
"""PostgreSQL's codes for transactions that could not all go on: one was undone, to begin again."""


def open_sqlite(path: Path, *, create: bool = False) -> Engine:
    """Return an engine on a SQLite file, every connection with the store's pragmas.

    Raises `Trouble(FILE_UNREADABLE)` where the file is not there and is not to be made.
    """
    if not create and not path.is_file():
        raise Trouble(Ailment.FILE_UNREADABLE, path=str(path))
    engine = sa.create_engine(
        URL.create("sqlite", database=str(path)),
        # None: the driver must not begin transactions of its own, which are wrong for DDL.
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
        pool_size=4,
        hide_parameters=True,
    )
    _prepare(engine)
    return engine


def open_url(url: str | URL) -> Engine:
    """Return an engine on any SQLAlchemy URL of SQLite or PostgreSQL."""
    target = sa.make_url(url)
    if target.get_backend_name() == "sqlite":
        target = target.set(drivername="sqlite")
        engine = sa.create_engine(
            target,
            connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
            hide_parameters=True,
        )
        _prepare(engine)
        return engine
    return sa.create_engine(
        target.set(drivername="postgresql+psycopg"), pool_size=4, hide_parameters=True
    )


def _prepare(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in PRAGMAS:
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
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a short read transaction: one steady view, always given back."""
    with troubles(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def steady(engine: Engine) -> Iterator[Connection]:
    """Open a read transaction in which every query sees the same moment."""
    with troubles(), engine.connect() as plain:
        connection = plain
        if engine.dialect.name == "postgresql":
            # By itself each query would see what was committed when it began.
            connection = plain.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def troubles() -> Iterator[None]:
    """Turn a database's errors into `Trouble`; what is a bug of ours stays what it is."""
    try:
        yield
    except exc.DBAPIError as error:
        if is_of_the_moment(error.orig):
            raise Trouble(Ailment.STORE_BUSY, detail=str(error.orig), again=True) from error
        ailment = _ailment(error)
        if ailment is None:
            raise
        raise Trouble(ailment, detail=str(error.orig)) from error
    except sqlite3.Error as error:
        ailment = ailment_of(error)
        if ailment is None:
            raise
        raise Trouble(ailment, detail=str(error)) from error
    except UnicodeDecodeError as error:
        # The driver cannot even read SQLite's own message about a damaged schema.
        raise Trouble(Ailment.STORE_DAMAGED, detail=str(error)) from error


def is_of_the_moment(error: object) -> bool:
    """Tell of PostgreSQL's error that two waited for each other, and one had to give way."""
    return getattr(error, "sqlstate", None) in _OF_THE_MOMENT


def _ailment(error: exc.DBAPIError) -> Ailment | None:
    if isinstance(error.orig, sqlite3.Error):
        return ailment_of(error.orig)
    if isinstance(error, exc.OperationalError):
        return Ailment.OFFICE_UNREACHABLE
    return None
