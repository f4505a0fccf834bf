"""Hides the XML of one sheet: yields its rows that hold something, and what ranges are merged."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from tofan_pos.workbook.faults import Problem, Unfit
from tofan_pos.workbook.package import MIB, Writing, local, parse
from tofan_pos.workbook.sheets import (
    LONGEST_ROW,
    MOST_COLUMNS,
    MOST_MERGED,
    Cell,
    Kind,
    Row,
    Workbook,
    iso_date,
)

_LAST_ROW: Final = 1_048_576
_DIGITS: Final = "0123456789"


def rows(book: Workbook, part: str, *, merged: list[str]) -> Iterator[Row]:
    """Yield a sheet's rows in order, adding the ranges merged (`A2:A5`) as they are met.

    Raises Unfit for what is no sheet.
    """
    sheet = _Sheet(book, merged)
    for _ in parse(
        book.package, part, start=sheet.start, end=sheet.end, characters=sheet.writing.take
    ):
        yield from sheet.rows
        sheet.rows.clear()


class _Sheet:
    """What is known while one sheet is being parsed; its methods are called for each element."""

    __slots__ = (
        "attributes",
        "book",
        "column",
        "formula",
        "merged",
        "room",
        "row",
        "rows",
        "writing",
    )

    def __init__(self, book: Workbook, merged: list[str]) -> None:
        self.book = book
        self.merged = merged
        self.rows: list[Row] = []
        self.writing = Writing()
        self.row = Row(0, {})
        self.room = LONGEST_ROW
        self.column = -1
        self.attributes: dict[str, str] = {}
        self.formula = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        name = local(element) if ":" in element else element
        if name == "c":
            reference = attributes.get("r")
            # A cell that does not say where it stands follows the one before (18.3.1.4).
            self.column = _column_of(reference) if reference else self.column + 1
            self.attributes = attributes
            self.formula = False
            self.writing.begin()
        elif name == "v":
            self.writing.on = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            number = attributes.get("r")
            self.row = Row(int(number) if number else self.row.number + 1, {})
            self.room = LONGEST_ROW
            self.column = -1
            if not 0 < self.row.number <= _LAST_ROW:
                raise Unfit(Problem.DAMAGED)
        elif name == "mergeCell" and len(self.merged) < MOST_MERGED:
            self.merged.append(attributes.get("ref", "")[:40])
        else:
            self.writing.enter(name)

    def end(self, element: str) -> None:
        name = local(element) if ":" in element else element
        if name == "c":
            if self.writing.pieces or self.formula:
                self._keep()
        elif name == "row":
            if self.row.cells:
                self.rows.append(self.row)
        else:
            self.writing.leave(name)

    def _keep(self) -> None:
        """Put the cell that just ended into its row, unless it is blank."""
        text = self.writing.text()
        kind = self.attributes.get("t", "n")
        if kind == "s" and text:
            text = self._shared(text)
        if not 0 <= self.column < MOST_COLUMNS:
            raise Unfit(Problem.DAMAGED)
        self.room -= len(text)
        if self.room < 0:
            raise Unfit(Problem.UNPACKS_TOO_LARGE, most=LONGEST_ROW // MIB)
        if text:
            self.row.cells[self.column] = self._cell(kind, text)
        elif self.formula and kind != "str":
            # A computed text may well be empty (`str`); a computed number has digits.
            self.row.cells[self.column] = Cell(Kind.FORMULA, "")

    def _shared(self, text: str) -> str:
        number = int(text)
        if number < 0:
            raise Unfit(Problem.DAMAGED)
        return self.book.texts[number]

    def _cell(self, kind: str, text: str) -> Cell:
        if kind in {"s", "str", "inlineStr"}:
            return Cell(Kind.TEXT, text)
        if kind == "b":
            return Cell(Kind.YES_NO, text)
        if kind == "e":
            return Cell(Kind.ERROR, text)
        if kind == "d":
            return Cell(Kind.DATE, text[:10])
        if kind != "n":
            raise Unfit(Problem.DAMAGED)
        return self._number(text)

    def _number(self, text: str) -> Cell:
        style = int(self.attributes.get("s") or -1)
        if not 0 <= style < len(self.book.date_styles):
            return Cell(Kind.NUMBER, text)
        if self.book.date_styles[style]:
            return Cell(Kind.DATE, iso_date(self.book, text))
        return Cell(Kind.NUMBER, text, self.book.percent_styles[style])


def _column_of(reference: str) -> int:
    return column_index(reference.rstrip(_DIGITS)[:4])


@lru_cache(maxsize=1024)
def column_index(letters: str) -> int:
    """Return a column's place from 0: A is 0, Z is 25, AA is 26; raises Unfit for no column."""
    number = 0
    for letter in letters if len(letters) <= 3 else "":
        number = number * 26 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".find(letter) + 1
    if not 0 < number <= MOST_COLUMNS:
        raise Unfit(Problem.DAMAGED)
    return number - 1


def column_letters(index: int) -> str:
    """Return the letters of a column whose place counts from 0."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
