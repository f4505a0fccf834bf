"""How a till's file is opened: what every connection keeps to, and how errors are told."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.store.engine import open_sqlite, reading, troubles, writing


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_sqlite(tmp_path / "x.sqlite3", create=True)
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE child (of INTEGER REFERENCES parent)")
    yield engine
    engine.dispose()


def test_every_connection_is_safe_against_power_loss(engine: Engine) -> None:
    wanted = {
        "journal_mode": "truncate",
        "synchronous": 3,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "recursive_triggers": 1,
    }
    connections = [engine.connect() for _ in range(4)]
    for connection in connections:
        found = {p: connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in wanted}
        assert found == wanted
    for connection in connections:
        connection.close()


def test_a_block_that_ends_badly_changes_nothing(engine: Engine) -> None:
    def end_badly() -> None:
        with writing(engine) as connection:
            connection.exec_driver_sql("INSERT INTO parent VALUES (1)")
            connection.exec_driver_sql("CREATE TABLE more (x)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        end_badly()
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM parent").scalar() == 0
        assert not sa.inspect(connection).has_table("more")


def test_a_row_without_its_parent_is_a_bug_not_a_trouble(engine: Engine) -> None:
    with pytest.raises(sa.exc.IntegrityError), writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO child VALUES (7)")


def test_writers_take_turns(engine: Engine) -> None:
    entered, free = threading.Event(), threading.Event()

    def hold() -> None:
        with writing(engine) as connection:
            connection.exec_driver_sql("INSERT INTO parent VALUES (1)")
            entered.set()
            free.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait(10)
    threading.Timer(0.05, free.set).start()
    with writing(engine) as connection:
        # BEGIN IMMEDIATE has waited: what is read here is what will be written on.
        assert connection.exec_driver_sql("SELECT count(*) FROM parent").scalar() == 1
    holder.join()


def test_a_reader_keeps_its_view(engine: Engine) -> None:
    with reading(engine) as reader:
        before = reader.exec_driver_sql("SELECT count(*) FROM parent").scalar()
        assert before == 0
    with writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO parent VALUES (1)")
    with reading(engine) as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM parent").scalar() == 1


@pytest.mark.parametrize(
    ("code", "ailment"),
    [
        (sqlite3.SQLITE_FULL, Ailment.DISK_FULL),
        (sqlite3.SQLITE_IOERR_FSYNC, Ailment.DISK_FAILED),
        (sqlite3.SQLITE_IOERR, Ailment.DISK_FAILED),
        (sqlite3.SQLITE_CANTOPEN, Ailment.DISK_FAILED),
        (sqlite3.SQLITE_READONLY_DBMOVED, Ailment.DISK_FAILED),
        (sqlite3.SQLITE_BUSY, Ailment.STORE_BUSY),
        (sqlite3.SQLITE_CORRUPT_INDEX, Ailment.STORE_DAMAGED),
        (sqlite3.SQLITE_NOTADB, Ailment.STORE_DAMAGED),
    ],
)
def test_what_sqlite_says_is_told_as_something_to_mend(code: int, ailment: Ailment) -> None:
    error = sqlite3.OperationalError("said")
    error.sqlite_errorcode = code
    for raised in (error, sa.exc.OperationalError("SQL", {}, error)):
        with pytest.raises(Trouble) as trouble, troubles():
            raise raised
        assert trouble.value.ailment is ailment


def test_a_mistake_of_ours_stays_what_it_is(engine: Engine) -> None:
    with pytest.raises(sa.exc.OperationalError), writing(engine) as connection:
        connection.exec_driver_sql("SELECT FROM WHERE")


def test_what_cannot_be_read_is_damage(engine: Engine) -> None:
    for statement in (
        "SELECT CAST(x'ff' AS TEXT)",
        "SELECT * FROM what_was_here",
        "SELECT what_was_here FROM parent",
    ):
        with pytest.raises(Trouble) as trouble, reading(engine) as connection:
            connection.exec_driver_sql(statement).all()
        assert trouble.value.ailment is Ailment.STORE_DAMAGED
