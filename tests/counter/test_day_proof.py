"""The till's proof over a day: refunds, voids, sessions, slips; whatever is changed is found."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.counter.test_proof import flipped, guard_again, rechain, run, then, without_triggers
from tests.counter.tills import Clock, make_till, opened, proof, quick_folder, ring
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.proof import Flaw
from tofan_pos.domain.count import Count
from tofan_pos.store import schema
from tofan_pos.store.counter import FILE_NAME


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield a till's folder after two days, the second still running, with some of everything."""
    stick = tmp_path_factory.mktemp("stick")
    with quick_folder() as place:
        make_till(place / "till", printer="file:receipts")
        clock = Clock()
        with opened(place / "till", clock=clock, session=False) as desk:
            for loose in (500_00, 200_00):
                _a_day(desk, loose)
                if loose == 500_00:
                    desk.day.count(Count.of({}, loose=10_00))
                    desk.day.close(reason="ลอง")
                    desk.outbox.export(stick)
                clock.move(timedelta(hours=20))
            desk.day.roll_date()
            ring(desk)
            assert proof(desk).flaw is None
        yield place / "till"


def _a_day(desk: Desk, loose: int) -> None:
    desk.day.open(Count.of({}, loose=loose), drawer="ลิ้นชัก 1")
    sold = ring(desk, "TF-SCARF", "TF-SCARF", "TF-BASKET")
    desk.refunds.refund(desk.refunds.of_sale(sold), {0: 1, 1: 1}, "สี")
    desk.refunds.void(ring(desk, "TF-HONEY"), "ผิด")
    desk.drawer.pay_in(100_00, "ทอน")
    desk.drawer.change_drawer("ลิ้นชัก 2", amount=50_00)
    desk.drawer.no_sale("แลก")
    desk.refunds.exchange(desk.refunds.of_sale(sold), {0: 1}, "เปลี่ยน")
    desk.register.scan("TF-HONEY")
    desk.register.pay([])
    desk.reprints.reprint(sold.sale.number)


@pytest.fixture
def desk(worked: Path) -> Iterator[Desk]:
    with quick_folder() as place:
        folder = Path(shutil.copytree(worked, place / "till"))
        with closing(sqlite3.connect(folder / FILE_NAME)) as raw, raw:
            without_triggers(raw)
        with opened(folder) as desk:
            yield desk


@pytest.fixture
def raw(desk: Desk) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(desk.store.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA foreign_keys=OFF")
        yield connection


FACTS = [
    (table, column)
    for table in (schema.reversal, schema.reversal_line, schema.reversal_tender)
    for column in table.columns
]


@pytest.mark.parametrize("kind", ["refund", "void"])
@pytest.mark.parametrize(("table", "column"), FACTS, ids=str)
def test_a_change_in_any_column_of_what_came_back_is_found(
    desk: Desk, raw: sqlite3.Connection, table: sa.Table, column: sa.Column[object], kind: str
) -> None:
    guard_again(raw)
    assert proof(desk).flaw is None
    without_triggers(raw)
    key = table.primary_key.columns[0].name
    first = "" if table is schema.reversal else "AND position = 0"
    new = 7_777 if column.type.python_type is int else "x"
    changed = raw.execute(
        f"UPDATE {table.name} SET {column.name} = ? "  # noqa: S608
        f"WHERE {key} = (SELECT min(seq) FROM reversal WHERE kind = ?) {first}",
        (new, kind),
    )
    assert changed.rowcount == 1
    guard_again(raw)
    assert proof(desk).flaw in {Flaw.TABLES_DIFFER, Flaw.ROWS_WITHOUT_ENTRY, Flaw.FILE_DAMAGED}


SESSION = [(column, which) for column in schema.session.columns for which in ("open", "closed")]


@pytest.mark.parametrize(("column", "which"), SESSION, ids=str)
def test_a_change_in_any_column_of_a_session_is_found(
    desk: Desk, raw: sqlite3.Connection, column: sa.Column[object], which: str
) -> None:
    new = 7_777 if column.type.python_type is int else "x"
    condition = "closed IS NULL" if which == "open" else "closed IS NOT NULL"
    changed = raw.execute(
        f"UPDATE session SET {column.name} = ? WHERE {condition}",  # noqa: S608
        (new,),
    )
    assert changed.rowcount == 1
    guard_again(raw)
    assert proof(desk).flaw is not None


TAMPERINGS: dict[str, tuple[Callable[[sqlite3.Connection], None], set[Flaw]]] = {
    "a refund's rows deleted": (
        run(
            "DELETE FROM reversal_tender WHERE reversal = (SELECT min(seq) FROM reversal)",
            "DELETE FROM reversal_line WHERE reversal = (SELECT min(seq) FROM reversal)",
            "DELETE FROM reversal WHERE seq = (SELECT min(seq) FROM reversal)",
        ),
        {Flaw.TABLES_DIFFER},
    ),
    "a line that came back deleted": (
        run("DELETE FROM reversal_line WHERE position = 1"),
        {Flaw.TABLES_DIFFER},
    ),
    "a tender paid back added": (
        run("INSERT INTO reversal_tender SELECT min(seq), 9, 'cash', 5, '', '' FROM reversal"),
        {Flaw.TABLES_DIFFER},
    ),
    "a line of no refund": (
        run(
            "INSERT INTO reversal_line VALUES (1, 0, 0, 'X', '', '', 'G', 1, 1, 'standard', 0, 0)"
        ),
        {Flaw.ROWS_WITHOUT_ENTRY, Flaw.FILE_DAMAGED},
    ),
    "a line of a sale": (
        run(
            "INSERT INTO reversal_line SELECT min(seq), 0, 0, 'X', '', '', 'G', 1, 1, 'standard', "
            "0, 0 FROM sale"
        ),
        {Flaw.TABLES_DIFFER, Flaw.FILE_DAMAGED},
    ),
    "a refund far behind": (
        run("INSERT INTO reversal_tender VALUES (99999, 0, 'cash', 5, '', '')"),
        {Flaw.ROWS_WITHOUT_ENTRY, Flaw.FILE_DAMAGED},
    ),
    "no session open": (
        run("UPDATE session SET closed = seq WHERE closed IS NULL"),
        {Flaw.TABLES_DIFFER},
    ),
    "the last session gone": (
        run("DELETE FROM session WHERE closed IS NULL"),
        {Flaw.TABLES_DIFFER},
    ),
    "all sessions gone": (run("DELETE FROM session"), {Flaw.TABLES_DIFFER}),
    "one session more": (
        run("INSERT INTO session SELECT 3, seq, business_date, opened_at, by, opening, drawer, "
            "NULL, grand_total FROM session WHERE n = 2"),
        {Flaw.TABLES_DIFFER},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_with_a_day_is_found(desk: Desk, raw: sqlite3.Connection, name: str) -> None:
    tamper, flaws = TAMPERINGS[name]
    tamper(raw)
    guard_again(raw)
    assert proof(desk).flaw in flaws


def rewritten(kind: str, old: str, new: str) -> Callable[[sqlite3.Connection], None]:
    """Return what rewrites the last entry of a kind and makes the chain right again."""

    def tamper(raw: sqlite3.Connection) -> None:
        found = raw.execute(
            "SELECT seq, CAST(line AS TEXT) FROM journal WHERE kind = ? ORDER BY seq DESC LIMIT 1",
            (kind,),
        ).fetchone()
        assert old in found[1], found[1]
        changed = found[1].replace(old, new, 1).encode()
        raw.execute("UPDATE journal SET line = ? WHERE seq = ?", (changed, found[0]))

    return then(tamper, rechain)


LIES = {
    "a refund of less": ("refund", '"paid":59000', '"paid":49000'),
    "a refund numbered otherwise": ("refund", "C000004", "C000009"),
    "a slip that skips a number": ("movement", '"n":4', '"n":9'),
    "a session that skips a number": ("session_opened", '"n":2', '"n":4'),
    "a session on another day": ("date_rolled", "2026-11-2", "2026-11-1"),
    "a Z of another session": ("session_closed", '"n":1', '"n":2'),
}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_that_is_chained_anew_is_found(
    desk: Desk, raw: sqlite3.Connection, name: str
) -> None:
    rewritten(*LIES[name])(raw)
    guard_again(raw)
    assert proof(desk).flaw is not None


@pytest.mark.parametrize(
    "kind", ["refund", "void", "movement", "no_sale", "session_opened", "session_closed", "counted"]
)
def test_a_flip_in_each_kind_of_entry_is_found(
    desk: Desk, raw: sqlite3.Connection, kind: str
) -> None:
    rows = raw.execute("SELECT seq, line FROM journal WHERE kind = ?", (kind,)).fetchall()
    assert rows
    seq, line = rows[-1]
    for place in range(0, len(line), 41):
        raw.execute("UPDATE journal SET line = ? WHERE seq = ?", (flipped(line, place), seq))
        found = proof(desk)
        assert (found.flaw, found.at) == (Flaw.CHANGED, seq), place
    raw.execute("UPDATE journal SET line = ? WHERE seq = ?", (line, seq))
    guard_again(raw)
    assert proof(desk).flaw is None


def test_a_session_more_in_the_journal_than_may_be_is_found(
    desk: Desk, raw: sqlite3.Connection
) -> None:
    """Take the closing out of the first session, and make the chain and the numbers right."""
    (closed,) = raw.execute("SELECT seq FROM journal WHERE kind = 'session_closed'").fetchone()
    raw.execute("UPDATE journal SET kind = 'no_sale' WHERE seq = ?", (closed,))
    assert proof(desk).flaw is Flaw.ELSEWHERE
