"""What it costs to hand ten thousand sales over: sealing them at the till, taking them in."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
import sqlalchemy as sa
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import sql

from tests.bench.cluster import cluster
from tests.bench.commit import PRAGMAS
from tests.bench.measure import MS, Figure, Times, compared, in_turns, tell, timed
from tests.bench.world import FOLDER, add_sales, new_till, past_sales
from tofan_pos import app
from tofan_pos.office.enrolment import enrol
from tofan_pos.office.intake import Intake, Outcome
from tofan_pos.store import schema
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.chain import GENESIS, chain
from tofan_pos.sync.enrolment import FILE_NAME as REQUEST
from tofan_pos.sync.enrolment import read_request

SALES = 10_000
MOST_LINES = 5
LEVEL = 3
BYTES_A_SALE = 160
TABLES = (schema.entry, schema.office_sale, schema.office_line, schema.office_tender)

Rows = list[tuple[sa.Table, list[tuple[Any, ...]]]]


def export(rounds: int) -> Iterator[Figure]:
    """Seal a journal of sales; the floor reads, chains, packs, signs and writes by hand."""
    folder, target = _till_with_sales(), _fresh("exported")
    desk = app.build_counter(folder)
    key = Ed25519PrivateKey.generate()
    sizes: list[int] = []

    def ours() -> float:
        shutil.rmtree(target, ignore_errors=True)
        seconds = timed(lambda: desk.outbox.export(target))
        sizes.append(sum(path.stat().st_size for path in target.iterdir()))
        return seconds

    def floor() -> float:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        return timed(lambda: _bare_export(folder / FILE_NAME, target / "bare", key))

    times = in_turns(ours, floor, rounds=max(rounds, 7))
    desk.close()
    note = f"{SALES:,} sales of 1 to {MOST_LINES} lines"
    yield compared("export", times, goal=1.8, rounds=max(rounds, 7), note=note)
    yield Figure(
        name="export_bytes",
        ours=sizes[0] / SALES,
        floor=None,
        unit="bytes a sale",
        goal=BYTES_A_SALE,
        rounds=1,
        note=note,
    )


def _bare_export(till: Path, target: Path, key: Ed25519PrivateKey) -> None:
    file = sqlite3.connect(till)
    lines = [line for (line,) in file.execute("SELECT line FROM journal ORDER BY seq")]
    file.close()
    last = chain(GENESIS, lines)[-1]
    packed = zstandard.ZstdCompressor(level=LEVEL).compress(b"\n".join(lines))
    with target.open("wb") as out:
        out.write(key.sign(last) + packed)
        out.flush()
        os.fsync(out.fileno())


@dataclass(frozen=True, slots=True)
class _Databases:
    """Makes empty head-office databases of one kind, and opens their drivers for the floor."""

    fresh: Callable[[], str]
    write: Callable[[str, Rows], None]


def import_sqlite(rounds: int) -> Iterator[Figure]:
    """Take a file into SQLite; the floor is `executemany` of the same rows."""
    folder, numbers = _fresh("office"), count(1)
    folder.mkdir(parents=True)

    def fresh() -> str:
        return f"sqlite:///{folder / f'{next(numbers)}.db'}"

    yield from _imports("sqlite", _Databases(fresh, _executemany), goal=2.0, rounds=rounds)


def import_postgresql(rounds: int) -> Iterator[Figure]:
    """Take a file into PostgreSQL; the floor is COPY of the same rows."""
    numbers = count(1)
    with cluster() as url:

        def fresh() -> str:
            name = f"office_{next(numbers)}"
            with psycopg.connect(_plain(url), autocommit=True) as server:
                server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            return url.replace("/postgres?", f"/{name}?")

        yield from _imports("postgresql", _Databases(fresh, _copy), goal=2.5, rounds=rounds)


def _imports(kind: str, databases: _Databases, *, goal: float, rounds: int) -> Iterator[Figure]:
    till, target = _till_with_sales(), _fresh("imported")
    desk = app.build_counter(till)
    file = desk.outbox.export(target).files[0]
    desk.close()
    request = read_request(till / REQUEST)
    again: list[float] = []
    laid_out: Rows = []

    def ours() -> float:
        store = OfficeStore.create(databases.fresh())
        enrol(store, request, clock=app.utc_now)
        intake = Intake(store, app.utc_now)
        results = []
        seconds = timed(lambda: results.append(intake.take(file)))
        again.append(timed(lambda: results.append(intake.take(file))))
        if [result.outcome for result in results] != [Outcome.IMPORTED, Outcome.ALREADY_THERE]:
            message = f"the file was not taken: {results}"
            raise RuntimeError(message)
        if not laid_out:
            laid_out.extend(_rows_in(store.url))
        store.close()
        return seconds

    def floor() -> float:
        url = databases.fresh()
        store = OfficeStore.create(url)
        enrol(store, request, clock=app.utc_now)
        store.close()
        return timed(lambda: databases.write(url, laid_out))

    turns = max(rounds, 5)
    times = in_turns(ours, floor, rounds=turns)
    note = f"{SALES:,} sales of 1 to {MOST_LINES} lines"
    yield compared(f"import_{kind}", times, goal=goal, rounds=turns, note=note)
    # The first, warm-up round is left out on both sides.
    second = Times(again[1:], times.ours)
    yield compared(f"import_again_{kind}", second, goal=0.5, rounds=turns, note="all duplicates")
    tell(f"  {SALES / median(times.ours):,.0f} sales a second, {median(again) * MS:.1f} ms again")


def _rows_in(url: str) -> Rows:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = [(t, [tuple(row) for row in connection.execute(sa.select(t))]) for t in TABLES]
    engine.dispose()
    return found


def _executemany(url: str, laid_out: Rows) -> None:
    file = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in PRAGMAS:
        file.execute(f"PRAGMA {pragma}")
    file.execute("BEGIN IMMEDIATE")
    for table, values in laid_out:
        places = ", ".join("?" * len(table.columns))
        file.executemany(f"INSERT INTO {table.name} VALUES ({places})", values)  # noqa: S608
    file.execute("COMMIT")
    file.close()


def _copy(url: str, laid_out: Rows) -> None:
    with psycopg.connect(_plain(url)) as server, server.cursor() as cursor:
        for table, values in laid_out:
            into = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table.name))
            with cursor.copy(into) as copy:
                for row in values:
                    copy.write_row(row)


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def _till_with_sales() -> Path:
    folder = _fresh("sealing")
    checked, _ = app.read_workbook(None)
    new_till(folder, checked.catalogue)
    on_sale = tuple(product for product in checked.catalogue.products if product.active)
    add_sales(folder, past_sales(on_sale, SALES, templates=SALES, most_lines=MOST_LINES))
    return folder


def _fresh(name: str) -> Path:
    folder = FOLDER / "work" / name
    shutil.rmtree(folder, ignore_errors=True)
    return folder
