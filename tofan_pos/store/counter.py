"""The till's SQLite file: one transaction per fact, and short reads in between.

A `CounterStore` may be used from several threads; each block has a connection of its own. What
`writing()` yields is valid inside its block only.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tofan_pos.domain.catalogue import Catalogue, Product
from tofan_pos.domain.sale import Sale
from tofan_pos.store import rows, schema
from tofan_pos.store.engine import open_sqlite, reading, writing_directly
from tofan_pos.store.migrate import COUNTER, check, upgrade

FILE_NAME = "till.sqlite3"
_CHUNK = 500

_ADD_ENTRY = rows.inserter(schema.journal)
_ADD_SALE = rows.inserter(schema.sale)
_ADD_LINE = rows.inserter(schema.sale_line)
_ADD_TENDER = rows.inserter(schema.tender)
_ADD_JOB = rows.inserter(schema.print_job)
_HEAD = "SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1"
_LAST_N = "SELECT n FROM sale WHERE series = ? ORDER BY n DESC LIMIT 1"
_SET_JOB = "UPDATE print_job SET state = ?, problem = ?, attempts = attempts + ? WHERE sale = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a till is, as its file says: `settings` are the profile's, as JSON-ready values."""

    till: str
    epoch: int
    install_id: str
    public_key: bytes
    key_guarded: bool
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A journal entry as stored. `at` is UTC to the second, as in its line."""

    seq: int
    kind: str
    at: str
    line: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class StoredSale:
    """A sale with its place in the journal and what became of its paper (empty: no printer)."""

    sale: Sale
    seq: int
    hash: bytes
    printed: str
    problem: str


@dataclass(frozen=True, slots=True)
class SearchRow:
    """What a product is found by."""

    code: str
    exact: str
    loose: str
    sort_th: str


@dataclass(frozen=True, slots=True)
class Writing:
    """One open transaction on the till's file."""

    _connection: sqlite3.Connection

    def head(self) -> EntryRow | None:
        """Return the last entry, without its line and kind, or None before the first."""
        found = self._connection.execute(_HEAD).fetchone()
        return EntryRow(found[0], "", found[1], b"", found[2]) if found else None

    def append(self, entry: EntryRow) -> None:
        """Add an entry to the journal."""
        values = (entry.seq, entry.kind, entry.at, entry.line, entry.hash)
        self._connection.execute(_ADD_ENTRY, values)

    def next_n(self, series: str) -> int:
        """Return the number the next document of a series gets."""
        found = self._connection.execute(_LAST_N, (series,)).fetchone()
        return int(found[0]) + 1 if found else 1

    def add_sale(self, sale: Sale, seq: int, *, print_it: bool) -> None:
        """Add a sale, its lines and tenders, and the job of printing its receipt."""
        run = self._connection
        run.execute(_ADD_SALE, rows.sale_row(sale, seq))
        run.executemany(_ADD_LINE, rows.line_rows(sale, seq))
        run.executemany(_ADD_TENDER, rows.tender_rows(sale, seq))
        if print_it:
            run.execute(_ADD_JOB, (seq, "waiting", 0, ""))

    def set_identity(self, identity: Identity) -> None:
        """Write the till's one row of identity and settings, over any before."""
        settings = json.dumps(identity.settings, ensure_ascii=False, sort_keys=True)
        self._connection.execute("DELETE FROM profile")
        self._connection.execute(
            rows.inserter(schema.profile),
            (
                1,
                identity.till,
                identity.epoch,
                identity.install_id,
                identity.public_key,
                identity.key_guarded,
                settings,
            ),
        )

    def replace_catalogue(self, catalogue: Catalogue, found_by: Sequence[SearchRow]) -> None:
        """Put a whole catalogue in the place of the one before."""
        laid_out: dict[sa.Table, Iterator[rows.Values]] = {
            schema.picture: ((p.sha256, p.content) for p in catalogue.pictures),
            schema.producer_group: ((g.code, g.label.th, g.label.en) for g in catalogue.groups),
            schema.product: (rows.product_row(product) for product in catalogue.products),
            schema.product_search: ((f.code, f.exact, f.loose, f.sort_th) for f in found_by),
        }
        for table in reversed(laid_out):
            self._connection.execute(f"DELETE FROM {table.name}")  # noqa: S608 - our own names
        for table, values in laid_out.items():
            self._connection.executemany(rows.inserter(table), values)

    def set_print_state(self, seq: int, state: str, *, problem: str = "") -> None:
        """Note what became of a receipt: `waiting`, `sending`, `printed` or `unknown`."""
        tried = 1 if state == "sending" else 0
        self._connection.execute(_SET_JOB, (state, problem, tried, seq))


class CounterStore:
    """The till's file, opened and at today's schema."""

    def __init__(self, path: Path) -> None:
        """Open an existing file. Raises `Trouble` where it is missing, damaged or too new."""
        self.path = path
        self._engine = open_sqlite(path)
        check(self._engine, COUNTER)

    @classmethod
    def create(cls, path: Path) -> "CounterStore":
        """Make a new, empty file."""
        engine = open_sqlite(path, create=True)
        upgrade(engine, COUNTER)
        engine.dispose()
        return cls(path)

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Open the one write transaction: committed at the end, rolled back on any error."""
        with writing_directly(self._engine) as connection:
            yield Writing(connection)

    # --- identity and journal -------------------------------------------------------------------

    def identity(self) -> Identity | None:
        """Return who this till is, or None for a file whose set-up was cut short."""
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(schema.profile)).first()
        if row is None:
            return None
        return Identity(
            till=row.till,
            epoch=row.epoch,
            install_id=row.install_id,
            public_key=row.public_key,
            key_guarded=row.key_guarded,
            settings=json.loads(row.settings),
        )

    def journal_size(self) -> tuple[int, str]:
        """Return the last entry's number and the first one's moment (0 and "" when empty)."""
        with reading(self._engine) as connection:
            last = connection.exec_driver_sql(_HEAD).first()
            first = connection.exec_driver_sql("SELECT at FROM journal WHERE seq = 1").first()
        return (last[0] if last else 0), (first[0] if first else "")

    def entries(self, after: int = 0, *, until: int | None = None) -> Iterator[EntryRow]:
        """Yield entries in order, read in pieces so that no commit waits for a long reader."""
        table = schema.journal
        while True:
            wanted = sa.select(table).where(table.c.seq > after).order_by(table.c.seq)
            if until is not None:
                wanted = wanted.where(table.c.seq <= until)
            with reading(self._engine) as connection:
                piece = connection.execute(wanted.limit(_CHUNK)).all()
            for row in piece:
                yield EntryRow(row.seq, row.kind, row.at, row.line, row.hash)
            if len(piece) < _CHUNK:
                return
            after = piece[-1].seq

    # --- sales ----------------------------------------------------------------------------------

    def sale_numbered(self, series: str, n: int) -> StoredSale | None:
        """Return the sale with a document number of this till."""
        return self._sale(schema.sale.c.series == series, schema.sale.c.n == n)

    def sale_with_id(self, sale_id: str) -> StoredSale | None:
        """Return the sale with an id."""
        return self._sale(schema.sale.c.id == sale_id)

    def sale_at(self, seq: int) -> StoredSale | None:
        """Return the sale that the entry `seq` tells of."""
        return self._sale(schema.sale.c.seq == seq)

    def last_sale(self) -> StoredSale | None:
        """Return the newest sale."""
        return self._sale()

    def _sale(self, *conditions: sa.ColumnElement[bool]) -> StoredSale | None:
        wanted = (
            sa.select(
                schema.sale,
                schema.journal.c.hash,
                schema.print_job.c.state,
                schema.print_job.c.problem,
                schema.profile.c.till,
                schema.profile.c.epoch,
            )
            .join(schema.journal, schema.journal.c.seq == schema.sale.c.seq)
            .join(schema.print_job, schema.print_job.c.sale == schema.sale.c.seq, isouter=True)
            .join(schema.profile, schema.profile.c.id == 1)
            .where(*conditions)
            .order_by(schema.sale.c.seq.desc())
            .limit(1)
        )
        with reading(self._engine) as connection:
            row = connection.execute(wanted).first()
            if row is None:
                return None
            lines, tenders = _parts(connection, row.seq, row.seq)
        sale = rows.sale_of(row, lines, tenders, till=row.till, epoch=row.epoch)
        return StoredSale(sale, row.seq, row.hash, row.state or "", row.problem or "")

    def sale_tables(self, first: int, last: int) -> dict[int, list[rows.Values]]:
        """Return all rows of the sales in a run of the journal: sale, lines, then tenders."""
        table = schema.sale
        with reading(self._engine) as connection:
            sales = connection.execute(sa.select(table).where(table.c.seq.between(first, last)))
            found: dict[int, list[rows.Values]] = {row.seq: [tuple(row)] for row in sales}
            for part in _parts(connection, first, last):
                for row in part:
                    found.setdefault(row.sale, []).append(tuple(row))
        return found

    def sale_counts(self) -> tuple[int, int, int]:
        """Return how many rows the tables of sales, lines and tenders hold."""
        with reading(self._engine) as connection:
            counts = [
                connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                for table in (schema.sale, schema.sale_line, schema.tender)
            ]
        return counts[0], counts[1], counts[2]

    def is_sound(self) -> bool:
        """Tell whether SQLite finds its own file sound (`integrity_check`, indexes included)."""
        with reading(self._engine) as connection:
            return bool(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok")

    def next_job(self) -> int | None:
        """Return the oldest sale whose receipt waits for the printer."""
        jobs = schema.print_job
        with reading(self._engine) as connection:
            return connection.scalar(
                sa.select(jobs.c.sale)
                .where(jobs.c.state == "waiting")
                .order_by(jobs.c.sale)
                .limit(1)
            )

    def jobs_in(self, state: str) -> list[int]:
        """Return the sales whose receipts are in a state, oldest first."""
        jobs = schema.print_job
        with reading(self._engine) as connection:
            found = connection.scalars(
                sa.select(jobs.c.sale).where(jobs.c.state == state).order_by(jobs.c.sale)
            )
            return list(found)

    # --- the shelf ------------------------------------------------------------------------------

    def product_by_code(self, *codes: str) -> Product | None:
        """Return the product that has one of these as its barcode or its code."""
        table = schema.product
        with reading(self._engine) as connection:
            row = connection.execute(
                sa.select(table)
                .where(sa.or_(table.c.barcode.in_(codes), table.c.code.in_(codes)))
                .limit(1)
            ).first()
        return rows.product_of(row) if row else None

    def products_with(self, codes: Sequence[str]) -> dict[str, Product]:
        """Return products by code; codes no longer in the catalogue are left out."""
        table = schema.product
        with reading(self._engine) as connection:
            found = connection.execute(sa.select(table).where(table.c.code.in_(codes)))
            return {row.code: rows.product_of(row) for row in found}

    def search(self, exact: str, loose: Sequence[str], *, limit: int) -> list[Product]:
        """Return active products whose folded names or codes hold every loose word.

        Those that begin with, then hold, the `exact` text come first; then in Thai order.
        """
        product, found_by = schema.product, schema.product_search
        place = sa.func.instr(found_by.c.exact, exact)
        rank = sa.case((place == 1, 0), (place > 1, 1), else_=2)
        wanted = (
            sa.select(found_by.c.code)
            .where(*(sa.func.instr(found_by.c.loose, word) > 0 for word in loose))
            .order_by(rank, found_by.c.sort_th)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            codes = connection.scalars(wanted).all()
            found = connection.execute(sa.select(product).where(product.c.code.in_(codes)))
            by_code = {row.code: rows.product_of(row) for row in found}
        return [by_code[code] for code in codes]

    def favourites(self) -> list[Product]:
        """Return the active favourites in Thai order."""
        product, found_by = schema.product, schema.product_search
        with reading(self._engine) as connection:
            found = connection.execute(
                sa.select(product)
                .join(found_by, found_by.c.code == product.c.code)
                .where(product.c.favourite == 1)
                .order_by(found_by.c.sort_th)
            )
            return [rows.product_of(row) for row in found]

    def categories(self) -> list[tuple[str, str, int]]:
        """Return each category of active products, Thai and English, and how many it holds."""
        product = schema.product
        with reading(self._engine) as connection:
            found = connection.execute(
                sa.select(product.c.category_th, product.c.category_en, sa.func.count())
                .where(product.c.active == 1)
                .group_by(product.c.category_th, product.c.category_en)
            )
            return [(row[0], row[1], row[2]) for row in found]

    def in_category(self, category_th: str, category_en: str, *, limit: int) -> list[Product]:
        """Return a category's active products in Thai order."""
        product, found_by = schema.product, schema.product_search
        with reading(self._engine) as connection:
            found = connection.execute(
                sa.select(product)
                .join(found_by, found_by.c.code == product.c.code)
                .where(product.c.category_th == category_th, product.c.category_en == category_en)
                .order_by(found_by.c.sort_th)
                .limit(limit)
            )
            return [rows.product_of(row) for row in found]

    def picture(self, sha256: str) -> bytes | None:
        """Return a picture's bytes."""
        table = schema.picture
        with reading(self._engine) as connection:
            return connection.scalar(sa.select(table.c.content).where(table.c.sha256 == sha256))


def _parts(
    connection: Connection, first: int, last: int
) -> tuple[Sequence[sa.Row[Any]], Sequence[sa.Row[Any]]]:
    """Return the lines and the tenders of the sales in a run, in order."""
    line, tender = schema.sale_line, schema.tender
    lines = connection.execute(
        sa.select(line)
        .where(line.c.sale.between(first, last))
        .order_by(line.c.sale, line.c.position)
    ).all()
    tenders = connection.execute(
        sa.select(tender)
        .where(tender.c.sale.between(first, last))
        .order_by(tender.c.sale, tender.c.position)
    ).all()
    return lines, tenders
