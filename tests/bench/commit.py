"""What a sale costs: the register's own verb against bare sqlite3 writing the very same rows."""

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path
from typing import Any

from tests.bench.codes import barcodes
from tests.bench.measure import Figure, compared, in_turns, timed
from tests.bench.world import World, copied
from tofan_pos import app
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.count import Count
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.store import schema
from tofan_pos.store.columns import insert
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.sync.marks import Marks

A_ROUND = 50
LINES = 3
PRAGMAS = (
    "journal_mode=TRUNCATE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "secure_delete=ON",
    "cache_size=-4000",
    "trusted_schema=OFF",
    "recursive_triggers=ON",
)
"""What the till's own connections are set to, set again on the bare one."""

_HEAD = "SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1"
_LAST_N = "SELECT n FROM sale WHERE series = ? ORDER BY n DESC LIMIT 1"
_TABLES = {
    "journal": (schema.journal, "seq"),
    "sale": (schema.sale, "seq"),
    "sale_line": (schema.sale_line, "sale"),
    "tender": (schema.tender, "sale"),
    "print_job": (schema.print_job, "seq"),
}

Rows = dict[str, list[tuple[Any, ...]]]


def open_desk(folder: Path) -> Desk:
    """Open a till, and a session over nothing where none is open."""
    # As the window opens it: what is remembered outside the file is written with each sale.
    desk = app.build_counter(folder, marks=Marks(folder.parent / f"{folder.name}-marks"))
    if desk.day.session is None:
        desk.day.open(Count())
    return desk


class Cashier:
    """Rings up sales of three lines on a till."""

    def __init__(self, folder: Path, *, products: int) -> None:
        """Open the till."""
        self.desk = open_desk(folder)
        self._scans = cycle(barcodes(600, seed=1, products=products))

    def sell(self) -> float:
        """Sell three things for cash; return the seconds that paying took."""
        register = self.desk.register
        for _ in range(LINES):
            register.scan(next(self._scans))
        paid = [Tender(TenderKind.CASH, register.basket.total + 45_00)]
        return timed(lambda: register.pay(paid))


def sale_commit(world: World, rounds: int) -> Iterator[Figure]:
    """Pay against the same rows by hand, in turns."""
    ours, floor = copied(world.past, "commit-ours"), copied(world.past, "commit-floor")
    cashier = Cashier(ours, products=world.products)
    sold: deque[Rows] = deque()
    bare = _open(floor)
    with closing(sqlite3.connect(ours / FILE_NAME)) as looking:

        def sell() -> float:
            seconds = cashier.sell()
            sold.append(_last_sale(looking))
            return seconds

        def write() -> float:
            found = sold.popleft()
            return timed(lambda: _write(bare, found))

        times = in_turns(sell, write, rounds=rounds, each=A_ROUND, warm=10)
    cashier.desk.close()
    bare.close()
    yield compared(
        "sale_commit",
        times,
        goal=1.5,
        rounds=rounds,
        p99_ratio_goal=5.0,
        note=f"{world.sales:,} past sales",
    )


def sale_commit_growth(world: World, rounds: int) -> Iterator[Figure]:
    """Time the same verb with all past sales and with none."""
    past = Cashier(copied(world.past, "growth-past"), products=world.products)
    empty = Cashier(copied(world.empty, "growth-empty"), products=world.products)
    times = in_turns(past.sell, empty.sell, rounds=rounds, each=A_ROUND, warm=10)
    past.desk.close()
    empty.desk.close()
    note = f"{world.sales:,} past sales against none"
    yield compared("sale_commit_growth", times, goal=1.3, rounds=rounds, note=note)


def _open(folder: Path) -> sqlite3.Connection:
    bare = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    for pragma in PRAGMAS:
        bare.execute(f"PRAGMA {pragma}")
    return bare


def _last_sale(looking: sqlite3.Connection) -> Rows:
    seq = looking.execute("SELECT max(seq) FROM sale").fetchone()[0]
    return {
        name: looking.execute(
            f"SELECT * FROM {name} WHERE {key} = ?",  # noqa: S608 - our own names
            (seq,),
        ).fetchall()
        for name, (_, key) in _TABLES.items()
    }


_INSERTS = {name: insert(table.name) for name, (table, _) in _TABLES.items()}


def _write(bare: sqlite3.Connection, found: Rows) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.execute(_HEAD).fetchone()
    bare.execute(_LAST_N, (found["sale"][0][2],)).fetchone()
    for name, values in found.items():
        if len(values) == 1:
            bare.execute(_INSERTS[name], values[0])
        else:
            bare.executemany(_INSERTS[name], values)
    bare.execute("COMMIT")
