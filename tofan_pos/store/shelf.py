"""The catalogue in the till's file: what is for sale, found by code, by name or by its shelf."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Lock

from tofan_pos.domain.catalogue import Picture, ProducerGroup, Product, Text
from tofan_pos.domain.published import Catalogue
from tofan_pos.store import incoming, published, rows
from tofan_pos.store.columns import select
from tofan_pos.store.finder import Finder
from tofan_pos.store.till_file import TillFile

_PRODUCT = select("product")
_IN_THAI_ORDER = "JOIN product_search USING (code)"


class ShelfStore:
    """The shelf's part of a till's file."""

    def __init__(self, file: TillFile) -> None:
        """Look things up in this file."""
        self._file = file
        self._finder: Finder | None = None
        self._finding = Lock()

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

    def whole_catalogue(self) -> Catalogue:
        """Return all that is published here but the people, to sell from it elsewhere."""
        with self._file.reading() as connection:
            products = connection.execute(f"{_PRODUCT} ORDER BY code").fetchall()
            groups = connection.execute(select("producer_group", "ORDER BY code")).fetchall()
            pictures = connection.execute(select("picture")).fetchall()
            before, prices = incoming.prices_on(connection)
            return Catalogue(
                products=tuple(_undated(rows.product_of(row), before) for row in products),
                groups=tuple(ProducerGroup(row[0], Text(row[1], row[2])) for row in groups),
                pictures=tuple(Picture(row[0], bytes(row[1])) for row in pictures),
                promotions=published.promotions_on(connection),
                tender_types=published.tender_types_on(connection),
                prices=prices,
                rules=incoming.rules_on(connection),
            )

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


def _undated(product: Product, before: Mapping[str, int]) -> Product:
    """Return a product as it is published: with what it costs before any date."""
    price = before.get(product.code)
    return product if price is None else replace(product, price=price)
