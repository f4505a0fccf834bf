"""Finding products: by a scan in either keyboard layout, by part of a name, or as favourites."""

from dataclasses import dataclass

from tofan_pos.domain.catalogue import Product, has_right_check_digit, is_ean
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.store.counter import CounterStore
from tofan_pos.thai.folding import fold, fold_loose
from tofan_pos.thai.keyboard import decodings

LONGEST_SCAN = 80
_SHOWN = 40
_UPC_A = 12


@dataclass(frozen=True, slots=True)
class Category:
    """A category of the shelf, and how many products it holds."""

    th: str
    en: str
    size: int

    def name(self, language: str) -> str:
        """Return the category's name in a language."""
        return (self.en or self.th) if language == "en" else (self.th or self.en)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The catalogue as the counter looks things up in it."""

    store: CounterStore

    def scan(self, text: str) -> Product:
        """Return the product whose barcode or code was scanned or typed in full.

        Tried as typed, then as it would read had the keyboard been Thai by mistake. Raises
        `Refusal(SCAN_EMPTY | SCAN_TOO_LONG | WRONG_CHECK_DIGIT | UNKNOWN_CODE)`.
        """
        readings = _readings(text)
        product = self.store.product_by_code(*readings)
        if product is not None:
            return product
        for reading in readings:
            if is_ean(reading) and not has_right_check_digit(reading):
                raise Refusal(Why.WRONG_CHECK_DIGIT, code=reading)
        legible = next((reading for reading in readings if reading.isascii()), readings[0])
        raise Refusal(Why.UNKNOWN_CODE, code=legible)

    def search(self, text: str, *, limit: int = _SHOWN) -> list[Product]:
        """Return active products whose name (Thai or English) or code holds every word typed."""
        if len(text) > LONGEST_SCAN:
            return []
        words = fold_loose(text).split()
        if not words:
            return []
        return self.store.search(fold(text), words, limit=limit)

    def prepare_search(self) -> None:
        """Read what a search looks through: once, on whatever thread, before it is needed."""
        self.store.prepare_search()

    def favourites(self) -> list[Product]:
        """Return the favourites, in Thai order."""
        return self.store.favourites()

    def categories(self) -> list[Category]:
        """Return the categories, in Thai order."""
        from tofan_pos.thai.sorting import sort_key  # noqa: PLC0415 - only drawn after first paint

        found = [Category(*row) for row in self.store.categories()]
        return sorted(found, key=lambda category: sort_key(category.th or category.en))

    def in_category(self, category: Category, *, limit: int = 400) -> list[Product]:
        """Return a category's active products, in Thai order."""
        return self.store.in_category(category.th, category.en, limit=limit)

    def picture(self, product: Product) -> bytes | None:
        """Return the bytes of a product's picture, or None where it has none."""
        return self.store.picture(product.picture) if product.picture else None


def _readings(text: str) -> list[str]:
    """Return what a scan may mean, most likely first; codes are upper-case."""
    if len(text) > LONGEST_SCAN:
        raise Refusal(Why.SCAN_TOO_LONG, length=len(text), most=LONGEST_SCAN)
    found: list[str] = []
    for decoded in decodings(text):
        reading = decoded.strip().upper()
        for code in (reading, f"0{reading}" if _is_upc(reading) else reading):
            if code and code not in found:
                found.append(code)
    if not found:
        raise Refusal(Why.SCAN_EMPTY)
    return found


def _is_upc(code: str) -> bool:
    """Tell a UPC-A, which some scanners send without the nought that makes it an EAN-13."""
    return len(code) == _UPC_A and code.isascii() and code.isdigit()
