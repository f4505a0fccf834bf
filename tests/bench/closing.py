"""What a session's report and its closing cost, against bare SQL aggregates over the same sales."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from tests.bench.commit import open_desk
from tests.bench.measure import Figure, compared, in_turns, timed
from tests.bench.world import World, add_sales, copied, large_catalogue, past_sales
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.count import Count
from tofan_pos.domain.sale import Sale
from tofan_pos.store.counter import FILE_NAME

SALES, QUICK_SALES = 10_000, 1_000

_AGGREGATES = (
    (
        "SELECT count(*), sum(total), sum(vat), sum(share), sum(voided_lines) FROM sale "
        "WHERE seq > ? AND seq <= ?"
    ),
    "SELECT series, count(*), min(n), max(n) FROM sale WHERE seq > ? AND seq <= ? GROUP BY series",
    "SELECT kind, code, sum(amount) FROM tender WHERE sale > ? AND sale <= ? GROUP BY kind, code",
    (
        "SELECT discount_bearer, sum(discounted), sum(basket_discount) FROM sale_line "
        "WHERE sale > ? AND sale <= ? GROUP BY discount_bearer"
    ),
    (
        "SELECT kind, count(*), sum(total), sum(vat), sum(share) FROM reversal "
        "WHERE seq > ? AND seq <= ? GROUP BY kind"
    ),
    (
        "SELECT kind, count(*) FROM journal WHERE kind != 'sale' AND seq > ? AND seq <= ? "
        "GROUP BY kind"
    ),
)
"""What a Z states, asked for by hand."""


def till_reports(world: World, rounds: int, *, quick: bool) -> Iterator[Figure]:
    """Read X and close a Z over the same session again and again."""
    many = QUICK_SALES if quick else SALES
    folder = copied(world.past, "closing")
    desk = _in_session(folder, world, many)
    session = desk.day.session
    if session is None:
        raise RuntimeError
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as bare:
        bare.execute("PRAGMA cache_size=-4000")
        last = desk.store.journal_size()[0]

        def floor() -> float:
            span = (session.seq, last)
            return timed(lambda: [bare.execute(asked, span).fetchall() for asked in _AGGREGATES])

        def x() -> float:
            return timed(desk.day.x)

        def z() -> float:
            desk.day.count(Count())
            seconds = timed(lambda: desk.day.close(reason="bench"))
            _reopen(bare, last)
            return seconds

        turns = max(rounds, 9)
        note = f"{many:,} sales among {world.sales + many:,}"
        read = in_turns(x, floor, rounds=turns, warm=2)
        yield compared("x_report", read, goal=2.5, rounds=turns, note=note)
        _let_undo(bare)
        ended = in_turns(z, floor, rounds=turns, warm=2)
        yield compared("z_report", ended, goal=2.5, rounds=turns, note=f"{note}, signed and synced")
    desk.close()


def _in_session(folder: Path, world: World, many: int) -> Desk:
    """Open a session in a till with past sales, and put the session's own behind it."""
    open_desk(folder).close()
    products = large_catalogue(world.products).products
    add_sales(folder, _numbered(past_sales(products, many), after=world.sales))
    return open_desk(folder)


def _numbered(sales: Iterator[Sale], *, after: int) -> Iterator[Sale]:
    for sale in sales:
        n = after + sale.n
        yield replace(sale, n=n, id=f"{n:012x}{sale.id[12:]}")


def _let_undo(bare: sqlite3.Connection) -> None:
    bare.execute("DROP TRIGGER journal_no_delete")


def _reopen(bare: sqlite3.Connection, last: int) -> None:
    """Take back all that the journal tells after an entry: the count, and the closing."""
    bare.execute("BEGIN IMMEDIATE")
    bare.execute("DELETE FROM print_job WHERE seq > ?", (last,))
    bare.execute("UPDATE session SET closed = NULL, grand_total = 0")
    bare.execute("DELETE FROM journal WHERE seq > ?", (last,))
    bare.execute("COMMIT")
