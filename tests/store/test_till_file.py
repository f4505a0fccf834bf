"""A till's file on its own driver: what every connection keeps to, and how errors are told."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter.tills import make_till
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.store import schema
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.store.till_file import TillFile

WANTED = {
    "journal_mode": "truncate",
    "synchronous": 3,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "recursive_triggers": 1,
}
ENTRY = "INSERT INTO journal VALUES (?, 'x', 'now', x'00', x'00')"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[TillFile]:
    make_till(tmp_path)
    file = TillFile(tmp_path / FILE_NAME)
    yield file
    file.close()


def count(file: TillFile) -> int:
    with file.reading() as connection:
        found: int = connection.execute("SELECT count(*) FROM journal").fetchone()[0]
    return found


def test_every_connection_is_safe_against_power_loss(file: TillFile) -> None:
    with file.reading() as one, file.reading() as other:
        for connection in (one, other):
            assert connection is not one or connection is not other
            found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in WANTED}
            assert found == WANTED


def test_a_block_that_ends_badly_changes_nothing(file: TillFile) -> None:
    def end_badly() -> None:
        with file.writing() as connection:
            connection.execute(ENTRY, (99,))
            raise ZeroDivisionError

    before = count(file)
    with pytest.raises(ZeroDivisionError):
        end_badly()
    assert count(file) == before


def test_facts_cannot_be_changed(file: TillFile) -> None:
    for table in schema.APPEND_ONLY[schema.till]:
        name = table.name
        with file.reading() as connection:
            verbs = connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", (name,)
            ).fetchall()
        assert {verb for (verb,) in verbs} == {f"{name}_no_update", f"{name}_no_delete"}
    for act in (
        "UPDATE journal SET kind = 'x'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), file.writing() as raw:
            raw.execute(act)


def test_writers_take_turns(file: TillFile) -> None:
    entered, free = threading.Event(), threading.Event()
    before = count(file)

    def hold() -> None:
        with file.writing() as connection:
            connection.execute(ENTRY, (99,))
            entered.set()
            free.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait(10)
    threading.Timer(0.05, free.set).start()
    with file.writing() as connection:
        # BEGIN IMMEDIATE has waited: what is read here is what will be written on.
        found = connection.execute("SELECT count(*) FROM journal").fetchone()[0]
    holder.join()
    assert found == before + 1


def test_a_file_that_has_gone_is_not_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "gone.sqlite3"
    path.write_bytes(b"")
    file = TillFile(path)
    path.unlink()
    with pytest.raises(Trouble) as trouble, file.reading():
        pass
    assert trouble.value.ailment is Ailment.DISK_FAILED
    assert not path.exists()
    with pytest.raises(Trouble):
        TillFile(path)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT CAST(x'ff' AS TEXT)",
        "SELECT * FROM what_was_here",
        "SELECT what_was_here FROM journal",
    ],
)
def test_what_cannot_be_read_is_damage(file: TillFile, statement: str) -> None:
    with pytest.raises(Trouble) as trouble, file.reading() as connection:
        connection.execute(statement).fetchall()
    assert trouble.value.ailment is Ailment.STORE_DAMAGED


def test_a_mistake_of_ours_stays_what_it_is(file: TillFile) -> None:
    with pytest.raises(sqlite3.OperationalError), file.writing() as connection:
        connection.execute("SELECT FROM WHERE")
