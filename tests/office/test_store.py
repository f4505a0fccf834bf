"""What head office's database refuses by itself, and that rows are the same however they go in."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.office.forge import Part, Rows, Till, all_rows, groups, key_of, sale
from tofan_pos.app import Office
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.store import schema
from tofan_pos.store.bulk import Taken, insert_rows
from tofan_pos.store.engine import open_url, reading, writing
from tofan_pos.store.office import OfficeStore

AWKWARD = "ก\\ \t \\N \\. 'x' \"y\" % {} \x7f \u200b 😀 น้ำผึ้ง"


def append_only() -> tuple[sa.Table, ...]:
    return schema.APPEND_ONLY[schema.office]


@pytest.mark.parametrize("table", append_only(), ids=lambda table: table.name)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_facts_are_neither_changed_nor_deleted(  # noqa: PLR0913, PLR0917 - fixtures and a case
    office: Office, office_url: str, till: Till, tmp_path: Path, table: sa.Table, verb: str
) -> None:
    office.intake.take(till.save(tmp_path))
    before = all_rows(office_url)
    change: sa.Update | sa.Delete = sa.delete(table)
    if verb == "update":
        change = sa.update(table).values(seq=table.c.seq)
    engine = open_url(office_url)
    try:
        with (
            pytest.raises(sa.exc.DBAPIError, match="append-only"),
            engine.connect() as connection,
            connection.begin(),
        ):
            connection.execute(change)
    finally:
        engine.dispose()
    assert all_rows(office_url) == before
    assert before[table.name]


def test_many_rows_at_once_are_the_rows_one_by_one(office: Office, office_url: str) -> None:
    Till().enrolled(office.store)
    Till("MBK2", key=key_of("other")).enrolled(office.store)
    # A number stands once only, whatever the till.
    sales = [
        (seq, f"id{seq}", f"{AWKWARD}{seq}", "", "2026-11-22T00:00:00Z", "2026-11-22", AWKWARD)
        for seq in range(1, 40)
    ]
    amounts = (2**53 - 1, 0, -(2**53) + 1, AWKWARD, 3, 2**53 - 1, "mall", 7)
    engine = open_url(office_url)
    try:
        with writing(engine) as connection:
            insert_rows(connection, schema.office_sale, [("CTW1", 1, *s, *amounts) for s in sales])
            insert_rows(connection, schema.entry, [("CTW1", 1, 1, "k", bytes(range(256)), b"")])
            insert_rows(connection, schema.entry, [])
        with writing(engine) as connection:
            names = schema.office_sale.columns.keys()
            connection.execute(
                schema.office_sale.insert(),
                [
                    dict(
                        zip(
                            names,
                            ("MBK2", 1, s[0], *map("o{}".format, s[1:3]), *s[3:], *amounts),
                            strict=True,
                        )
                    )
                    for s in sales
                ],
            )
            connection.execute(
                schema.entry.insert().values(
                    till="MBK2", epoch=1, seq=1, kind="k", line=bytes(range(256)), hash=b""
                )
            )
    finally:
        engine.dispose()
    rows = all_rows(office_url)
    for table, count in (("sale", 39), ("entry", 1)):
        told = 5 if table == "sale" else 1
        copied = [row[told:] for row in rows[table] if row[0] == "CTW1"]
        assert copied == [row[told:] for row in rows[table] if row[0] == "MBK2"]
        assert len(copied) == count


def test_rows_that_are_there_already_are_not_put_in_twice(office: Office, office_url: str) -> None:
    Till().enrolled(office.store)
    row = ("CTW1", 1, 1, "k", b"line", b"hash")
    engine = open_url(office_url)
    try:
        with writing(engine) as connection:
            insert_rows(connection, schema.entry, [row])
        before = all_rows(office_url)
        other = ("CTW1", 1, 2, "k", b"line", b"hash")
        with pytest.raises(Taken), writing(engine) as connection:
            insert_rows(connection, schema.entry, [other, row])
    finally:
        engine.dispose()
    assert all_rows(office_url) == before


def test_both_databases_hold_the_same_rows(
    office_url: str, office: Office, tmp_path: Path, canon: dict[str, Rows]
) -> None:
    """The rows of one kind are kept and compared when the other kind's turn comes."""
    till = Till().enrolled(office.store)
    till.write(groups(G1=AWKWARD.replace("\x7f", "")))
    for n in range(1, 8):
        till.write(sale(n, Part(), Part(group="G2", paid=9_000_000_00), name=AWKWARD))
    till.tell(kind=AWKWARD)
    office.intake.take(till.save(tmp_path))
    rows = {
        table: [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in found]
        for table, found in all_rows(office_url).items()
    }
    assert len(rows["sale_line"]) == 14
    for other in canon.values():
        assert rows == other
    canon[office_url.partition(":")[0]] = rows


@pytest.fixture(scope="module")
def canon() -> dict[str, Rows]:
    return {}


def test_a_database_that_was_never_made_is_refused_and_stays_unmade(
    office_url: str, tmp_path: Path
) -> None:
    store = OfficeStore(office_url)
    with pytest.raises(Refusal) as refused:
        store.check()
    store.close()
    assert refused.value.why is Why.OFFICE_MISSING
    assert not (tmp_path / "office.db").exists()


def test_making_it_again_changes_nothing(
    office: Office, office_url: str, till: Till, tmp_path: Path
) -> None:
    office.intake.take(till.save(tmp_path))
    before = all_rows(office_url)
    OfficeStore.create(office_url).close()
    assert all_rows(office_url) == before


def test_a_database_of_a_newer_program_is_left_alone(office_url: str) -> None:
    OfficeStore.create(office_url).close()
    engine = open_url(office_url)
    try:
        with writing(engine) as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        store = OfficeStore(office_url)
        with pytest.raises(Trouble) as trouble:
            store.check()
        store.close()
        assert trouble.value.ailment is Ailment.STORE_NEWER
        with reading(engine) as connection:
            found = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        assert found == "9999"
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://u:secret@h/db", "sqlite", "://", "http://x"]
)
def test_what_is_no_database_is_refused(url: str) -> None:
    with pytest.raises(Refusal) as refused:
        OfficeStore(url)
    assert refused.value.why is Why.DATABASE_URL
    assert "secret" not in str(refused.value.facts["url"])


def test_a_password_is_never_shown() -> None:
    store = OfficeStore("postgresql://clerk:secret@localhost/office")
    store.close()
    assert "secret" not in store.url


def test_a_file_that_is_no_database_is_a_trouble(tmp_path: Path) -> None:
    (tmp_path / "office.db").write_bytes(b"not a database, just words " * 100)
    store = OfficeStore(f"sqlite:///{tmp_path / 'office.db'}")
    with pytest.raises(Trouble) as trouble:
        store.check()
    store.close()
    assert trouble.value.ailment is Ailment.STORE_DAMAGED


def test_a_server_that_does_not_answer_is_a_trouble(tmp_path: Path) -> None:
    store = OfficeStore(f"postgresql://clerk@/office?host={tmp_path}")
    with pytest.raises(Trouble) as trouble:
        store.check()
    store.close()
    assert trouble.value.ailment is Ailment.OFFICE_UNREACHABLE


def test_a_server_that_is_lost_in_the_middle_is_a_trouble(postgres: str) -> None:
    table = sa.Table("lost", sa.MetaData(), sa.Column("n", sa.Integer), prefixes=["TEMPORARY"])
    engine, other = open_url(postgres), open_url(postgres)

    def lose_it() -> None:
        with writing(engine) as connection:
            table.create(connection)
            mine = connection.scalar(sa.text("SELECT pg_backend_pid()"))
            with other.connect() as killer:
                killer.execute(sa.text("SELECT pg_terminate_backend(:mine)"), {"mine": mine})
            insert_rows(connection, table, [(1,), (2,)])

    try:
        with pytest.raises(Trouble) as trouble:
            lose_it()
        assert trouble.value.ailment is Ailment.OFFICE_UNREACHABLE
    finally:
        engine.dispose()
        other.dispose()
