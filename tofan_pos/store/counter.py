"""The till's SQLite file: one transaction per fact, and short reads in between.

A `CounterStore` may be used from several threads; each block has a connection of its own. What
`writing()` yields is valid inside its block only.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.errors import Trouble
from tofan_pos.store import rows
from tofan_pos.store.columns import COLUMNS, select
from tofan_pos.store.facts import HEAD, EntryRow, Identity, StoredSale, Writing
from tofan_pos.store.finder import Finder
from tofan_pos.store.till_file import GUARDS, NEWEST, TillFile, named

FILE_NAME = "till.sqlite3"
_CHUNK = 2000
_ENDLESS = 2**62

_SALE = f"""
SELECT {", ".join(f'sale."{column}"' for column in COLUMNS["sale"])},
    journal.hash, print_job.state, print_job.problem, profile.till, profile.epoch
FROM sale
JOIN journal ON journal.seq = sale.seq
JOIN profile ON profile.id = 1
LEFT JOIN print_job ON print_job.sale = sale.seq
"""  # noqa: S608 - our own names
_SALES = select("sale", "WHERE seq BETWEEN ? AND ?")
_LINES = select("sale_line", "WHERE sale BETWEEN ? AND ? ORDER BY sale, position")
_TENDERS = select("tender", "WHERE sale BETWEEN ? AND ? ORDER BY sale, position")
_ENTRIES = select("journal", "WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?")
_CHAINED = "SELECT seq, line, hash FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq"
_PROFILE = select("profile")
_PRODUCT = select("product")
_IN_THAI_ORDER = "JOIN product_search USING (code)"
_VERSION = "SELECT version_num FROM alembic_version"


class CounterStore:
    """The till's file, opened and at today's schema."""

    def __init__(self, path: Path) -> None:
        """Open an existing file. Raises `Trouble` where it is missing, damaged or too new."""
        self.path = path
        self._file = TillFile(path)
        self._finder: Finder | None = None
        self._finding = Lock()
        self._check()

    @classmethod
    def create(cls, path: Path) -> "CounterStore":
        """Make a new, empty file."""
        from tofan_pos.store.migrate import make_till_file  # noqa: PLC0415 - see `till_file`

        # For its owner alone, and so is what SQLite writes beside it.
        path.touch(mode=0o600)
        make_till_file(path)
        return cls(path)

    def _check(self) -> None:
        """Refuse a file this program is too old for; bring an older one to today's schema."""
        try:
            with self._file.reading() as connection:
                found = connection.execute(_VERSION).fetchone()
        except (Trouble, sqlite3.Error):
            found = None  # whatever it is, `migrate` has the word for it
        if found == (NEWEST,):
            return
        from tofan_pos.store.migrate import check_till_file  # noqa: PLC0415 - see `till_file`

        self._file.close()
        check_till_file(self.path)
        self._file = TillFile(self.path)

    def close(self) -> None:
        """Give back every connection."""
        self._file.close()

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Open the one write transaction: committed at the end, rolled back on any error."""
        with self._file.writing() as connection:
            yield Writing(connection)

    # --- identity and journal -------------------------------------------------------------------

    def identity(self) -> Identity | None:
        """Return who this till is, or None where its set-up was cut short. Raises `Trouble`."""
        with self._file.reading() as connection:
            found = named(connection.execute(_PROFILE))
        if not found:
            return None
        row = found[0]
        return Identity(
            till=row.till,
            epoch=row.epoch,
            install_id=row.install_id,
            public_key=rows.key_of(row.public_key),
            key_guarded=bool(row.key_guarded),
            settings=rows.settings_of(row.settings),
        )

    def journal_size(self) -> tuple[int, str]:
        """Return the last entry's number and the first one's moment (0 and "" when empty)."""
        with self._file.reading() as connection:
            last = connection.execute(HEAD).fetchone()
            first = connection.execute("SELECT at FROM journal WHERE seq = 1").fetchone()
        return (last[0] if last else 0), (first[0] if first else "")

    def entries(self, after: int = 0, *, until: int | None = None) -> Iterator[EntryRow]:
        """Yield entries in order, read in pieces so that no commit waits for a long reader."""
        while True:
            with self._file.reading() as connection:
                piece = connection.execute(_ENTRIES, (after, until or _ENDLESS, _CHUNK)).fetchall()
            for values in piece:
                yield EntryRow(*values)
            if len(piece) < _CHUNK:
                return
            after = piece[-1][0]

    def lines(self, until: int) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield number, line and hash of the entries up to one, read in pieces as `entries` are."""
        for after in range(0, until, _CHUNK):
            span = (after, min(after + _CHUNK, until))
            with self._file.reading() as connection:
                piece = connection.execute(_CHAINED, span).fetchall()
            yield from piece

    # --- sales ----------------------------------------------------------------------------------

    def sale_numbered(self, series: str, n: int) -> StoredSale | None:
        """Return the sale with a document number of this till."""
        return self._sale("WHERE sale.series = ? AND sale.n = ?", series, n)

    def sale_with_id(self, sale_id: str) -> StoredSale | None:
        """Return the sale with an id."""
        return self._sale("WHERE sale.id = ?", sale_id)

    def sale_at(self, seq: int) -> StoredSale | None:
        """Return the sale that the entry `seq` tells of."""
        return self._sale("WHERE sale.seq = ?", seq)

    def last_sale(self) -> StoredSale | None:
        """Return the newest sale."""
        return self._sale("ORDER BY sale.seq DESC LIMIT 1")

    def _sale(self, which: str, *values: str | int) -> StoredSale | None:
        with self._file.reading() as connection:
            found = named(connection.execute(f"{_SALE} {which}", values))
            if not found:
                return None
            row = found[0]
            lines = named(connection.execute(_LINES, (row.seq, row.seq)))
            tenders = named(connection.execute(_TENDERS, (row.seq, row.seq)))
        sale = rows.sale_of(row, lines, tenders, till=row.till, epoch=row.epoch)
        return StoredSale(sale, row.seq, row.hash, row.state or "", row.problem or "")

    def sale_tables(self, first: int, last: int) -> dict[int, list[rows.Values]]:
        """Return all rows of the sales in a run of the journal: sale, lines, then tenders."""
        with self._file.reading() as connection:
            sales = connection.execute(_SALES, (first, last))
            found: dict[int, list[rows.Values]] = {row[0]: [row] for row in sales}
            for part in (_LINES, _TENDERS):
                for row in connection.execute(part, (first, last)):
                    found.setdefault(row[0], []).append(row)
        return found

    def sale_counts(self) -> tuple[int, int, int]:
        """Return how many rows the tables of sales, lines and tenders hold."""
        with self._file.reading() as connection:
            counts = [
                int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
                for table in ("sale", "sale_line", "tender")
            ]
        return counts[0], counts[1], counts[2]

    def is_guarded(self) -> bool:
        """Tell whether the triggers that keep facts are there as they were made, and no others."""
        with self._file.reading() as connection:
            found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return set(found) == GUARDS

    def is_sound(self) -> bool:
        """Tell whether SQLite finds its own file sound (`integrity_check`, indexes included)."""
        with self._file.reading() as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))

    def next_job(self) -> int | None:
        """Return the oldest sale whose receipt waits for the printer."""
        with self._file.reading() as connection:
            # Named in full, the condition lets SQLite use the index of those that wait.
            found = connection.execute(
                "SELECT min(sale) FROM print_job WHERE state = 'waiting'"
            ).fetchone()
        return None if found[0] is None else int(found[0])

    def jobs_in(self, state: str) -> list[int]:
        """Return the sales whose receipts are in a state, oldest first."""
        wanted = "SELECT sale FROM print_job WHERE state = ? ORDER BY sale"
        with self._file.reading() as connection:
            return [seq for (seq,) in connection.execute(wanted, (state,))]

    # --- the shelf ------------------------------------------------------------------------------

    def product_by_code(self, *codes: str) -> Product | None:
        """Return the product that has one of these, in their order, as its barcode or its code."""
        with self._file.reading() as connection:
            for code in codes:
                for column in ("barcode", "code"):
                    wanted = f"{_PRODUCT} WHERE {column} = ? LIMIT 1"
                    found = connection.execute(wanted, (code,)).fetchone()
                    if found is not None:
                        return rows.product_of(found)
        return None

    def products_with(self, codes: Sequence[str]) -> dict[str, Product]:
        """Return products by code; codes no longer in the catalogue are left out."""
        wanted = f"{_PRODUCT} WHERE code = ?"
        with self._file.reading() as connection:
            found = [connection.execute(wanted, (code,)).fetchone() for code in codes]
        return {row[0]: rows.product_of(row) for row in found if row is not None}

    def search(self, exact: str, loose: Sequence[str], *, limit: int) -> list[Product]:
        """Return active products whose folded names or codes hold every loose word.

        Those that begin with, then hold, the `exact` text come first; then in Thai order. The
        first search reads all names into memory; `prepare_search` does so ahead of it.
        """
        codes = self._finder_of_today().find(exact, loose, limit=limit)
        found = self.products_with(codes)
        return [found[code] for code in codes if code in found]

    def prepare_search(self) -> None:
        """Read what a search looks through, on whatever thread, unless it is there already."""
        self._finder_of_today()

    def _finder_of_today(self) -> Finder:
        """Return the names of the catalogue that is loaded now, whichever process loaded it."""
        with self._finding, self._file.reading() as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if self._finder is None or self._finder.version != version:
                self._finder = None  # two at a time would be too much memory
                named_so = connection.execute(
                    "SELECT code, exact, loose FROM product_search ORDER BY sort_th"
                )
                self._finder = Finder.of(named_so, version=version)
            return self._finder

    def favourites(self) -> list[Product]:
        """Return the active favourites in Thai order."""
        return self._products(f"{_IN_THAI_ORDER} WHERE favourite = 1 ORDER BY sort_th")

    def categories(self) -> list[tuple[str, str, int]]:
        """Return each category of active products, Thai and English, and how many it holds."""
        with self._file.reading() as connection:
            return connection.execute(
                "SELECT category_th, category_en, count(*) FROM product "
                "WHERE active = 1 GROUP BY category_th, category_en"
            ).fetchall()

    def in_category(self, category_th: str, category_en: str, *, limit: int) -> list[Product]:
        """Return a category's active products in Thai order."""
        which = "WHERE active = 1 AND category_th = ? AND category_en = ?"
        ordered = f"{_IN_THAI_ORDER} {which} ORDER BY sort_th LIMIT ?"
        return self._products(ordered, category_th, category_en, limit)

    def picture(self, sha256: str) -> bytes | None:
        """Return a picture's bytes."""
        with self._file.reading() as connection:
            found = connection.execute("SELECT content FROM picture WHERE sha256 = ?", (sha256,))
            row = found.fetchone()
        return bytes(row[0]) if row else None

    def _products(self, which: str, *values: str | int) -> list[Product]:
        with self._file.reading() as connection:
            found = connection.execute(f"{_PRODUCT} {which}", values).fetchall()
        return [rows.product_of(row) for row in found]
