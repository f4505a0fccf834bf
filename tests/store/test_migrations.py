"""Migrations: they make exactly the tables of `schema`, and leave alone what they do not know."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Engine

from tests.counter.tills import make_till, opened, proof, ring
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.store import migrate, schema
from tofan_pos.store.columns import COLUMNS, select
from tofan_pos.store.counter import FILE_NAME, CounterStore
from tofan_pos.store.engine import open_sqlite, open_url, writing
from tofan_pos.store.migrate import COUNTER, OFFICE, Lineage, check, upgrade, version

OURS = {"alembic_version"}


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Engine]:
    engine = open_sqlite(tmp_path / "migrated.sqlite3", create=True)
    upgrade(engine, COUNTER)
    yield engine
    engine.dispose()


@pytest.fixture
def office(office_url: str) -> Iterator[Engine]:
    engine = open_url(office_url)
    upgrade(engine, OFFICE)
    yield engine
    engine.dispose()


def upgrade_to(revision: str, engine: Engine, lineage: Lineage) -> None:
    """Bring an empty database to a revision of before."""
    config = Config()
    folder = Path(migrate.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    config.set_main_option("version_locations", str(folder / lineage.name))
    config.set_main_option("path_separator", "os")
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        config.attributes["lineage"] = lineage
        command.upgrade(config, revision)


def described(engine: Engine) -> dict[str, Any]:
    """Return all that a database says of its tables, but not how it spells it."""
    inspector = sa.inspect(engine)
    return {
        table: {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"], c["default"])
                for c in inspector.get_columns(table)
            ],
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(
                (
                    f["name"] or "",
                    f["constrained_columns"],
                    f["referred_table"],
                    f["referred_columns"],
                )
                for f in inspector.get_foreign_keys(table)
            ),
            "unique": sorted(
                (u["name"] or "", u["column_names"])
                for u in inspector.get_unique_constraints(table)
            ),
            "checks": sorted(
                (c["name"] or "", c["sqltext"]) for c in inspector.get_check_constraints(table)
            ),
            "indexes": sorted(
                (
                    i["name"] or "",
                    i["column_names"],
                    str(i.get("dialect_options", {}).get("sqlite_where")),
                )
                for i in inspector.get_indexes(table)
            ),
        }
        for table in inspector.get_table_names()
        if table not in OURS
    }


def test_a_tills_migrations_make_its_schema(counter: Engine, tmp_path: Path) -> None:
    plain = open_sqlite(tmp_path / "plain.sqlite3", create=True)
    with writing(plain) as connection:
        schema.till.create_all(connection)
    migrated, wanted = described(counter), described(plain)
    plain.dispose()
    assert migrated == wanted
    assert set(wanted) == set(schema.till.tables)


def test_head_offices_migrations_make_its_schema(office: Engine) -> None:
    migrated = described(office)
    with writing(office) as connection:
        for table in OURS:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        schema.office.drop_all(connection)
        schema.office.create_all(connection)
    wanted = described(office)
    assert migrated == wanted
    assert set(wanted) == set(schema.office.tables)


def without_rowid(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA table_list").all()
    return {row.name for row in found if row.wr}


def test_narrow_tables_are_kept_as_their_own_index(counter: Engine) -> None:
    wanted = {
        name
        for name, table in schema.till.tables.items()
        if table.dialect_options["sqlite"]["with_rowid"] is False
    }
    assert without_rowid(counter) == wanted


def test_facts_cannot_be_changed_at_the_till(tmp_path: Path) -> None:
    make_till(tmp_path)
    with opened(tmp_path) as desk:
        sold = ring(desk)
        desk.refunds.refund(desk.refunds.of_sale(sold), {0: 1}, "ผิดสี")
        before = proof(desk)
    engine = open_sqlite(tmp_path / FILE_NAME)
    for table in schema.APPEND_ONLY[schema.till]:
        for act in (
            table.update().values({last_column(table): sa.literal_column("0")}),
            table.delete(),
            # It would delete the row before, and deleting is what the trigger refuses.
            table.insert()
            .prefix_with("OR REPLACE")
            .from_select(list(table.columns), sa.select(table)),
        ):
            with pytest.raises(sa.exc.IntegrityError), writing(engine) as connection:
                connection.execute(act)
    engine.dispose()
    with opened(tmp_path) as desk:
        assert proof(desk) == before


def test_facts_cannot_be_changed_at_head_office(office: Engine) -> None:
    with writing(office) as connection:
        connection.execute(schema.office_till.insert().values(a_row(schema.office_till)))
        for table in schema.APPEND_ONLY[schema.office]:
            connection.execute(table.insert().values(a_row(table)))
    for table in schema.APPEND_ONLY[schema.office]:
        for act in (table.update().values({last_column(table): sa.null()}), table.delete()):
            with (
                pytest.raises(sa.exc.DBAPIError, match="append-only"),
                writing(office) as connection,
            ):
                connection.execute(act)


def last_column(table: sa.Table) -> str:
    return list(table.columns)[-1].name


def a_row(table: sa.Table) -> dict[str, Any]:
    """Return a row that a table takes."""
    row: dict[str, Any] = {}
    for column in table.columns:
        kind = column.type.python_type
        row[column.name] = {int: 1, str: "x", bytes: b"x", bool: True}[kind]
    return row | {"till": "A1", "epoch": 1}


def test_upgrading_twice_changes_nothing(counter: Engine) -> None:
    before = described(counter)
    upgrade(counter, COUNTER)
    check(counter, COUNTER)
    assert described(counter) == before
    assert version(counter) == COUNTER.newest


def test_lines_of_before_say_of_no_piece_that_it_was_the_only_one(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    engine = open_sqlite(path, create=True)
    upgrade_to("0001", engine, COUNTER)
    engine.dispose()
    at, none = "2026-11-22T03:04:05Z", (None, None, None, None)
    entry = (7, "sale", at, b"{}", bytes(32))
    terms = (10_00, 700, 0, 7_00, 1, 7000, "paid_without_vat")
    sale = (7, "id", "V", 1, at, "2026-11-22", "SETUP", "VAT_RECEIPT", *terms, *none)
    sold = (7, 0, "TF-DISH", "จาน", "Dish", "G1", 1, 10_00, 10_00, 0)
    line = (*sold, *none, 0, 10_00, "exempt", 0, 7_00)
    with closing(sqlite3.connect(path)) as raw, raw:
        for table, row in (("journal", entry), ("sale", sale), ("sale_line", line)):
            raw.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
    engine = open_sqlite(path)
    check(engine, COUNTER)
    engine.dispose()
    with closing(sqlite3.connect(path)) as raw:
        (kept,) = raw.execute(select("sale_line")).fetchall()
    assert kept == (*line, None, None, None, None, 0, "", 0)
    assert COLUMNS["sale_line"][-1] == "is_unique"


def with_version(path: Path, said: str) -> Path:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (said,))
    return path


def ailment(path: Path) -> Ailment:
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(Trouble) as trouble:
        CounterStore(path)
    assert not before or path.read_bytes() == before, "it was touched"
    return trouble.value.ailment


def test_a_newer_till_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    CounterStore.create(path).close()
    assert ailment(with_version(path, "9999")) is Ailment.STORE_NEWER


def test_a_version_nobody_made_is_damage(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    CounterStore.create(path).close()
    for said in ("0000", "", "000/"):
        assert ailment(with_version(path, said)) is Ailment.STORE_DAMAGED
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DELETE FROM alembic_version")
    assert ailment(path) is Ailment.STORE_DAMAGED


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"x" * 4000]
)
def test_what_is_no_database_is_damage(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    assert ailment(path) is Ailment.STORE_DAMAGED


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE journal (mine)")
    assert ailment(path) is Ailment.STORE_DAMAGED


def test_a_till_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert ailment(tmp_path / FILE_NAME) is Ailment.FILE_UNREADABLE
    assert list(tmp_path.iterdir()) == []


def test_set_up_takes_one_till_a_folder(tmp_path: Path) -> None:
    make_till(tmp_path / "a")
    before = (tmp_path / "a" / FILE_NAME).read_bytes()
    with pytest.raises(Refusal) as refused:
        make_till(tmp_path / "a")
    assert refused.value.why is Why.TILL_EXISTS
    assert (tmp_path / "a" / FILE_NAME).read_bytes() == before
    shutil.rmtree(tmp_path / "a")
