"""Hides the sheet of products: what each column means, and what may not stand twice."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from tofan_pos.domain.catalogue import Product, Story, TaxKind, Text
from tofan_pos.workbook import cells
from tofan_pos.workbook.categories import Categories
from tofan_pos.workbook.faults import Problem, Unfit
from tofan_pos.workbook.package import MIB
from tofan_pos.workbook.pictures import Pictures
from tofan_pos.workbook.sheets import MOST_MEMORY, Cell, Kind
from tofan_pos.workbook.table import Line, Table

PRODUCTS: Final = Table(
    name="Products",
    columns=(
        "code",
        "barcode",
        "name_th",
        "name_en",
        "category_th",
        "category_en",
        "price",
        "group",
        "unique",
        "favourite",
        "vat",
        "active",
        "image",
        "story_short_th",
        "story_short_en",
        "story_th",
        "story_en",
        "story_approved_until",
    ),
    required=frozenset({"code", "name_th", "price", "group"}),
    english="name_en",
    most_rows=60_000,
)

_name = partial(cells.one_line, longest=80)
_category = partial(cells.one_line, longest=40)
_short = partial(cells.one_line, longest=400)
_long = partial(cells.paragraphs, longest=4_000)
Reader = Callable[[Cell], str | None]
_NO_PRICE: Final = -1


@dataclass(slots=True, kw_only=True)
class Shelf:
    """The products read so far, and what a next one is checked against."""

    groups: frozenset[str] | None
    """The groups' codes; None where their sheet is missing, so that not each product is faulted."""
    pictures: Pictures
    today: date
    products: list[Product] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)
    barcodes: dict[str, int] = field(default_factory=dict)
    categories: Categories = field(default_factory=Categories)
    texts: dict[str, str] = field(default_factory=dict)
    """Each text kept but once: what a group tells of itself stands at each of its products."""
    taken: int = 0
    """What these texts take up, in bytes."""

    def put(self, line: Line) -> None:
        """Read one line of the sheet, and keep its product if nothing is wrong with it."""
        code = line.require("code", cells.code, "")
        barcode = self._barcode(line)
        self._check_twice(line, code, barcode)
        category = self._text(line, "category", _category)
        self.categories.meet(category)
        product = Product(
            code=code,
            barcode=barcode,
            name=self._text(line, "name", _name, required=True),
            category=category,
            price=price_of(line),
            group=self._group(line),
            unique=line.read("unique", cells.yes_no, blank=False),
            favourite=line.read("favourite", cells.yes_no, blank=False),
            vat=line.read("vat", cells.vat, TaxKind.STANDARD),
            active=line.read("active", cells.yes_no, blank=True),
            picture=line.read("image", self.pictures.sha256_of, ""),
            story=self._story(line),
        )
        if not line.faulty:
            self.products.append(product)

    def _barcode(self, line: Line) -> str:
        barcode = line.read("barcode", cells.barcode, "")
        cell = line.cells.get("barcode")
        if barcode and cell is not None and cell.kind is Kind.NUMBER:
            typed = cells.written(cell)
            if len(typed) < len(barcode):
                line.note("barcode", Problem.BARCODE_ZEROS_RESTORED, typed, barcode=barcode)
        return barcode

    def _check_twice(self, line: Line, code: str, barcode: str) -> None:
        """Fault what a scan could not tell apart: codes and barcodes share one name space."""
        checks = (
            ("code", code, self.codes, Problem.CODE_TWICE),
            ("code", code, self.barcodes, Problem.CODE_IS_A_BARCODE),
            ("barcode", barcode, self.barcodes, Problem.BARCODE_TWICE),
            ("barcode", barcode, self.codes, Problem.BARCODE_IS_A_CODE),
        )
        for column, value, seen, problem in checks:
            if value and value in seen:
                line.note(column, problem, value, other=seen[value])
        self.codes.setdefault(code, line.row)
        self.barcodes.setdefault(barcode, line.row)

    def _group(self, line: Line) -> str:
        group = line.require("group", cells.code, "")
        if group and self.groups is not None and group not in self.groups:
            line.note("group", Problem.GROUP_UNKNOWN, group)
        return group

    def _text(self, line: Line, column: str, reader: Reader, *, required: bool = False) -> Text:
        read = line.require if required else line.read
        text = Text(
            th=self._once(read(f"{column}_th", reader, "")),
            en=self._once(line.read(f"{column}_en", reader, "")),
        )
        if required and not text.en:
            line.note_blank(f"{column}_en", Problem.ENGLISH_MISSING)
        return text

    def _story(self, line: Line) -> Story | None:
        """Return the story, or None without a word of it; warn where it will not be told."""
        short = self._text(line, "story_short", _short)
        long = self._text(line, "story", _long)
        until = line.read("story_approved_until", cells.day, None)
        told = bool(short.th or short.en or long.th or long.en)
        if not told:
            if until is not None:
                line.note(
                    "story_approved_until", Problem.STORY_MISSING, until.isoformat(), until=until
                )
            return None
        if not (short.th or short.en):
            line.note("story_short_th", Problem.STORY_WITHOUT_SHORT)
        if until is None and "story_approved_until" not in line.faulty:
            line.note("story_approved_until", Problem.STORY_NOT_APPROVED)
        elif until is not None and until < self.today:
            line.note("story_approved_until", Problem.STORY_PAST, until.isoformat(), until=until)
        return Story(short=short, long=long, approved_until=until)

    def _once(self, text: str) -> str:
        if text not in self.texts:
            self.texts[text] = text
            self.taken += sys.getsizeof(text)
            if self.taken > MOST_MEMORY:
                raise Unfit(Problem.UNPACKS_TOO_LARGE, most=MOST_MEMORY // MIB)
        return self.texts[text]


def price_of(line: Line) -> int:
    """Return what the price of a line says, in satang; nothing is a warning."""
    satang = line.require("price", cells.price, _NO_PRICE)
    if satang == 0:
        line.note("price", Problem.PRICE_ZERO, "0")
    return satang
