"""Real workbooks, written by openpyxl as a person would keep them, with one thing changed."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook

from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.errors import Refusal
from tofan_pos.sentences.workbook import faults_of
from tofan_pos.words import Words
from tofan_pos.workbook import Checked, Fault, Problem, read_catalogue
from tofan_pos.workbook.products import PRODUCTS

WORDS = Words("en", str)
TODAY = date(2026, 11, 22)
GOOD: Mapping[str, object] = {
    "code": "TF-IND-001",
    "barcode": "8850123456787",
    "name_th": "ผ้าพันคอครามทอมือ",
    "name_en": "Indigo scarf",
    "price": 590,
    "group": "G-IND",
}
GROUPS: Sequence[Sequence[object]] = (
    ("group", "label_th", "label_en"),
    ("G-IND", "กลุ่มทอผ้าย้อมคราม", "Indigo weaving group"),
)


INLINE = re.compile(r't="inlineStr"><is>(.*?)</is>', re.DOTALL)
RELATION = (
    '<Relationship Id="texts" Type="urn:relationships/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>"
)


def _shared(texts: list[str], match: re.Match[str]) -> str:
    texts.append(match[1])
    return f't="s"><v>{len(texts) - 1}</v>'


@dataclass
class Desk:
    """Where a workbook is written, and read back."""

    folder: Path
    groups: Sequence[Sequence[object]] = GROUPS
    columns: Sequence[str] = field(default=PRODUCTS.columns)

    @property
    def path(self) -> Path:
        return self.folder / "catalogue.xlsx"

    def book(self, *products: Mapping[str, object]) -> Workbook:
        """Return a workbook of products, each the good one but for what is given."""
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "Products"
        sheet.append(list(self.columns))
        for number, product in enumerate(products):
            own = {"code": f"TF-{number}", "barcode": ""} if number else {}
            whole = {**GOOD, **own, **product}
            sheet.append([whole.get(column) for column in self.columns])
        groups = book.create_sheet("Groups")
        for row in self.groups:
            groups.append(list(row))
        return book

    def with_sheet(self, name: str, *rows: Mapping[str, object]) -> Workbook:
        """Return a good workbook with one sheet more: its header is the names of all rows."""
        book = self.book({"category_th": "ย้อมคราม", "category_en": "Indigo"})
        self.add_sheet(book, name, *rows)
        return book

    def add_sheet(self, book: Workbook, name: str, *rows: Mapping[str, object]) -> None:
        """Add a sheet to a workbook: its header is the names of all rows."""
        header = list(dict.fromkeys(column for row in rows for column in row))
        sheet = book.create_sheet(name)
        sheet.append(header)
        for row in rows:
            sheet.append([row.get(column) for column in header])

    def save(self, book: Workbook) -> None:
        """Save a workbook, its texts in one shared list as most spreadsheet programs keep them."""
        plain = io.BytesIO()
        book.save(plain)
        with zipfile.ZipFile(plain) as old, zipfile.ZipFile(self.path, "w", 8) as new:
            texts: list[str] = []
            for name in old.namelist():
                part = old.read(name).decode()
                if name.startswith("xl/worksheets/"):
                    part = INLINE.sub(partial(_shared, texts), part)
                elif name == "xl/_rels/workbook.xml.rels":
                    part = part.replace("</Relationships>", RELATION)
                new.writestr(name, part)
            items = "".join(f"<si>{text}</si>" for text in texts)
            new.writestr("xl/sharedStrings.xml", f'<sst xmlns="urn:sst">{items}</sst>')

    def read(self, book: Workbook) -> Checked:
        """Save a workbook and read it."""
        self.save(book)
        checked = read_catalogue(self.path, today=TODAY)
        assert len(faults_of(checked.warnings, WORDS)) == len(checked.warnings)
        return checked

    def product(self, **changed: object) -> Product:
        """Return the good product as read, with some cells changed."""
        return self.read(self.book(changed)).catalogue.products[0]

    def faults_in(self, book: Workbook) -> tuple[Fault, ...]:
        """Return all the faults a workbook is refused for."""
        with pytest.raises(Refusal) as refusal:
            self.read(book)
        faults: tuple[Fault, ...] = refusal.value.facts["faults"]  # type: ignore[assignment]  # facts are objects
        assert refusal.value.facts["count"] == len(faults)
        assert len(faults_of(faults, WORDS)) == len(faults)  # each has a sentence, and its facts
        return faults

    def fault(self, **changed: object) -> Fault:
        """Return the one fault of a product with some cells changed."""
        (fault,) = self.faults_in(self.book(changed))
        assert (fault.sheet, fault.row) == ("Products", 2)
        return fault

    def problem(self, **changed: object) -> Problem:
        """Return the one problem of the good product with one cell changed; it names its cell."""
        (column,) = changed
        fault = self.fault(**changed)
        assert fault.column == column
        letter = "ABCDEFGHIJKLMNOPQR"[self.columns.index(column)]
        assert fault.facts["cell"] == f"{letter}2"
        return fault.problem

    def warnings(self, **changed: object) -> list[tuple[str, Problem]]:
        """Return the warnings about a product with some cells changed, by column."""
        warnings = self.read(self.book(changed)).warnings
        return [(warning.column, warning.problem) for warning in warnings]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
