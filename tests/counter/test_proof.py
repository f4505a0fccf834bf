"""The till's proof: any change to its journal or its tables is found; a cut tail is not.

A cut tail leaves a shorter journal that holds: what shows it stands outside the till, as the
characters of a hash on each receipt and head office's own copy.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.counter.tills import Clock, make_till, opened, proof, quick_folder, ring
from tests.domain.baskets import SOAK, amount, percent
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.proof import Flaw, prove
from tofan_pos.store import schema
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.store.till_file import GUARDS
from tofan_pos.sync.chain import GENESIS, chained
from tofan_pos.sync.keys import SigningKey

ENTRIES = 1_000 if SOAK else 60
STRIDE = (
    {"line": 7, "hash": 1, "kind": 1, "at": 1}
    if SOAK
    else {"line": 251, "hash": 17, "kind": 3, "at": 7}
)
"""Each how many-th byte is flipped; primes, so that in the end all parts of an entry are met."""


@pytest.fixture(scope="module")
def sold() -> Iterator[Path]:
    """Yield a till's folder after a day: sales, discounts, exports, a clock set back."""
    with quick_folder() as place:
        _sell(place / "till", place / "stick")
        yield place / "till"


def _sell(folder: Path, stick: Path) -> None:
    make_till(folder, printer="file:receipts")
    clock = Clock()
    with opened(folder, clock=clock) as desk:
        while desk.store.journal_size()[0] < ENTRIES - 2:
            clock.move(timedelta(seconds=30))
            desk.register.scan("TF-HONEY")
            if desk.store.journal_size()[0] % 7 == 0:
                desk.register.discount_line(0, percent(1000))
                desk.register.discount_basket(amount(1_00))
                desk.outbox.export(stick)
            if desk.store.journal_size()[0] % 20 == 0:
                clock.move(timedelta(hours=-1))
            ring(desk, "TF-SCARF")
        assert proof(desk).flaw is None


def without_triggers(raw: sqlite3.Connection) -> None:
    """Take the triggers out, as whoever opens the file can; the rest must be found without them."""
    found = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    assert found
    for (name,) in found:
        raw.execute(f"DROP TRIGGER {name}")


@pytest.fixture
def desk(sold: Path) -> Iterator[Desk]:
    with quick_folder() as place:
        folder = Path(shutil.copytree(sold, place / "till"))
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


def guard_again(raw: sqlite3.Connection) -> None:
    """Put back the triggers that a tamperer had to drop, as a careful one would."""
    for _, made in GUARDS:
        raw.execute(made)


def test_a_journal_written_anew_does_not_pass_for_the_tills_own(
    desk: Desk, raw: sqlite3.Connection
) -> None:
    guard_again(raw)
    assert proof(desk).flaw is None
    stranger = SigningKey(bytes(32)).public
    assert prove(desk.store, desk.identity, signs_with=stranger).flaw is Flaw.KEY_DIFFERS
    own = desk.outbox.keys.load().public
    assert prove(desk.store, desk.identity, signs_with=own).flaw is None


def flipped(value: object, place: int) -> object:
    content = bytearray(value.encode() if isinstance(value, str) else value)  # type: ignore[call-overload]
    content[place] ^= 0x01
    return content.decode(errors="replace") if isinstance(value, str) else bytes(content)


@pytest.mark.parametrize("column", ["line", "hash", "kind", "at"])
def test_a_flip_of_any_byte_is_found(desk: Desk, raw: sqlite3.Connection, column: str) -> None:
    rows = raw.execute(f"SELECT seq, {column} FROM journal ORDER BY seq").fetchall()  # noqa: S608
    unseen, tried, place = [], set(), 0
    update = f"UPDATE journal SET {column} = ? WHERE seq = ?"  # noqa: S608
    for seq, value in rows:
        while place < len(value):
            raw.execute(update, (flipped(value, place), seq))
            found = proof(desk)
            tried.add(seq)
            if found.flaw is None or found.at != seq:
                unseen.append((seq, place, found))
            raw.execute(update, (value, seq))
            place += STRIDE[column]
        place -= len(value)
    assert len(tried) > len(rows) * 0.9
    assert not unseen
    assert proof(desk).flaw is Flaw.GUARDS_GONE
    guard_again(raw)
    assert proof(desk).flaw is None


def test_a_flip_of_any_byte_of_any_line_breaks_its_link(desk: Desk) -> None:
    before = GENESIS
    for row in desk.store.entries():
        line = bytearray(row.line)
        assert chained(before, bytes(line)) == row.hash
        for place in range(len(line)):
            line[place] ^= 0x80
            assert chained(before, bytes(line)) != row.hash
            line[place] ^= 0x80
        before = row.hash


def rechain(raw: sqlite3.Connection) -> None:
    """Make every hash right again, as somebody would who knows how."""
    before = GENESIS
    for seq, line in raw.execute("SELECT seq, line FROM journal ORDER BY seq").fetchall():
        before = chained(before, line)
        raw.execute("UPDATE journal SET hash = ? WHERE seq = ?", (before, seq))


def swap(raw: sqlite3.Connection, one: int, other: int) -> None:
    for old, new in ((one, -1), (other, one), (-1, other)):
        raw.execute("UPDATE journal SET seq = ? WHERE seq = ?", (new, old))


PLACES = (
    ("session", "seq"),
    ("print_job", "seq"),
    ("tender", "sale"),
    ("sale_line", "sale"),
    ("sale", "seq"),
    ("journal", "seq"),
)
"""Where an entry's number stands, children first."""


def squeeze(raw: sqlite3.Connection, gone: int) -> None:
    """Delete an entry and its rows, and move all behind it up."""
    for table, column in PLACES:
        raw.execute(f"DELETE FROM {table} WHERE {column} = ?", (gone,))  # noqa: S608
        raw.execute(f"UPDATE {table} SET {column} = -{column} WHERE {column} > ?", (gone,))  # noqa: S608
        raw.execute(f"UPDATE {table} SET {column} = -{column} - 1 WHERE {column} < 0")  # noqa: S608


def run(*statements: str) -> Callable[[sqlite3.Connection], None]:
    def tamper(raw: sqlite3.Connection) -> None:
        for statement in statements:
            raw.execute(statement)

    return tamper


def then(*acts: Callable[[sqlite3.Connection], None]) -> Callable[[sqlite3.Connection], None]:
    def tamper(raw: sqlite3.Connection) -> None:
        for act in acts:
            act(raw)

    return tamper


COPY = (
    "INSERT INTO journal SELECT (SELECT max(seq) + 1 FROM journal), kind, at, line, hash "
    "FROM journal WHERE seq = 5"
)
LIE = (
    "UPDATE journal SET line = CAST(replace(CAST(line AS TEXT), "
    "'\"price\":1000', '\"price\":2000') AS BLOB) WHERE seq = 5"
)
TAMPERINGS: dict[str, tuple[Callable[[sqlite3.Connection], None], set[Flaw]]] = {
    "an entry deleted": (run("DELETE FROM journal WHERE seq = 20"), {Flaw.MISSING}),
    "the first deleted": (run("DELETE FROM journal WHERE seq = 1"), {Flaw.MISSING}),
    "all deleted": (run("DELETE FROM journal"), {Flaw.ROWS_WITHOUT_ENTRY, Flaw.NOT_OPENED}),
    "two swapped": (lambda raw: swap(raw, 10, 11), {Flaw.CHANGED}),
    "two swapped, rechained": (
        then(lambda raw: swap(raw, 10, 12), rechain),
        {Flaw.ELSEWHERE},
    ),
    "one inserted": (run(COPY), {Flaw.CHANGED}),
    "one inserted, rechained": (then(run(COPY), rechain), {Flaw.ELSEWHERE}),
    "one deleted and the gap closed": (lambda raw: squeeze(raw, 9), {Flaw.CHANGED}),
    "the same, rechained": (then(lambda raw: squeeze(raw, 9), rechain), {Flaw.ELSEWHERE}),
    "a line of another type": (
        run("UPDATE journal SET line = 7 WHERE seq = 9"),
        {Flaw.FILE_DAMAGED},
    ),
    "a price rewritten": (run(LIE), {Flaw.CHANGED}),
    "a price rewritten, rechained": (
        then(run(LIE), rechain),
        {Flaw.TABLES_DIFFER, Flaw.MALFORMED},
    ),
    "a price rewritten everywhere, rechained": (
        then(
            run(LIE, "UPDATE sale_line SET price = 2000 WHERE sale = 5 AND price = 1000"),
            rechain,
        ),
        {Flaw.SEAL_WRONG},
    ),
    "a sale's rows deleted": (
        run(*(f"DELETE FROM {table} WHERE {column} = 6" for table, column in PLACES[:-1])),  # noqa: S608
        {Flaw.TABLES_DIFFER},
    ),
    "a line deleted": (
        run("DELETE FROM sale_line WHERE sale = 6 AND position = 1"),
        {Flaw.TABLES_DIFFER},
    ),
    "a line made the only one": (
        run("UPDATE sale_line SET is_unique = 1 WHERE sale = 6 AND position = 0"),
        {Flaw.TABLES_DIFFER},
    ),
    "a tender deleted": (run("DELETE FROM tender WHERE sale = 6"), {Flaw.TABLES_DIFFER}),
    "a tender added": (
        run("INSERT INTO tender VALUES (6, 1, 'cash', 5, '', '')"),
        {Flaw.TABLES_DIFFER},
    ),
    "a tender of no sale": (
        run("INSERT INTO tender VALUES (1, 0, 'cash', 5, '', '')"),
        {Flaw.ROWS_WITHOUT_ENTRY, Flaw.FILE_DAMAGED},
    ),
    "a tender far behind": (
        run("INSERT INTO tender VALUES (99999, 0, 'cash', 5, '', '')"),
        {Flaw.ROWS_WITHOUT_ENTRY, Flaw.FILE_DAMAGED},
    ),
    "a sale renumbered": (run("UPDATE sale SET n = 9999 WHERE seq = 6"), {Flaw.TABLES_DIFFER}),
    "lines in another order": (
        run(
            "UPDATE sale_line SET position = position + 10 WHERE sale = 6",
            "UPDATE sale_line SET position = 11 - position WHERE sale = 6",
        ),
        {Flaw.TABLES_DIFFER},
    ),
    "another till's name": (run("UPDATE profile SET till = 'OTHER'"), {Flaw.ELSEWHERE}),
    "another epoch": (run("UPDATE profile SET epoch = 2"), {Flaw.ELSEWHERE}),
    "another key": (run("UPDATE profile SET public_key = zeroblob(32)"), {Flaw.NOT_OPENED}),
    "another install": (run("UPDATE profile SET install_id = 'x'"), {Flaw.NOT_OPENED}),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found(desk: Desk, raw: sqlite3.Connection, name: str) -> None:
    tamper, flaws = TAMPERINGS[name]
    tamper(raw)
    with opened(desk.store.path.parent) as again:
        found = proof(again)
    assert found.flaw in flaws, found


FACTS = [
    (table, column)
    for table in (schema.sale, schema.sale_line, schema.tender)
    for column in table.columns
]


@pytest.mark.parametrize(("table", "column"), FACTS, ids=str)
def test_a_change_in_any_column_of_a_fact_is_found(
    desk: Desk, raw: sqlite3.Connection, table: sa.Table, column: sa.Column[object]
) -> None:
    key = table.primary_key.columns[0].name
    first = "" if table is schema.sale else "AND position = 0"
    new = 7_777 if column.type.python_type is int else "x"
    changed = raw.execute(
        f"UPDATE {table.name} SET {column.name} = ? "  # noqa: S608
        f"WHERE {key} = (SELECT max({key}) FROM {table.name}) {first}",
        (new,),
    )
    assert changed.rowcount == 1
    assert proof(desk).flaw is not None


def test_numbers_that_skip_are_found_though_all_else_agrees(sold: Path, tmp_path: Path) -> None:
    """Renumber a sale in its entry and its row alike, and make the chain right again."""
    folder = Path(shutil.copytree(sold, tmp_path / "till"))
    with closing(sqlite3.connect(folder / FILE_NAME)) as raw, raw:
        without_triggers(raw)
        raw.execute(
            "UPDATE journal SET line = CAST(replace(replace(CAST(line AS TEXT), '\"n\":2,', "
            "'\"n\":9002,'), 'V000002', 'V009002') AS BLOB) WHERE seq = 6"
        )
        raw.execute("UPDATE sale SET n = 9002 WHERE seq = 6")
        rechain(raw)
    with opened(folder) as desk:
        found = proof(desk)
    assert (found.flaw, found.at) == (Flaw.NUMBER_GAP, 6)


def test_a_cut_tail_holds_and_only_anchors_outside_show_it(
    desk: Desk, raw: sqlite3.Connection
) -> None:
    whole = proof(desk)
    last = desk.store.last_sale()
    assert last is not None
    for table, column in PLACES:
        raw.execute(f"DELETE FROM {table} WHERE {column} >= ?", (last.seq,))  # noqa: S608
    guard_again(raw)
    cut = proof(desk)
    assert cut.flaw is None
    assert cut.entries < whole.entries
    assert cut.head != whole.head
    assert last.hash not in [row.hash for row in desk.store.entries()], "its receipt shows it"


def test_the_proof_tells_what_it_walked(desk: Desk, raw: sqlite3.Connection) -> None:
    guard_again(raw)
    found = proof(desk)
    sales, _lines, _tenders = desk.store.sale_counts()
    assert found.entries == desk.store.journal_size()[0]
    assert found.sales == sales
    assert found.seals > 0
    assert found.head == list(desk.store.entries())[-1].hash
