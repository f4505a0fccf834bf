"""Any table that head office shows, as a workbook and on paper: the same rows and words."""

import io
from dataclasses import dataclass
from datetime import date

from tofan_pos.domain.catalogue import Text
from tofan_pos.office.cells import (
    GREY,
    INK,
    WRONG,
    font,
    prepare,
    write_head,
    write_headings,
    write_words,
)
from tofan_pos.office.papers import BRAND, OWNER
from tofan_pos.office.sheet import timeless
from tofan_pos.printing.account import Column, Figure, Statement
from tofan_pos.printing.statement import statement_pdf
from tofan_pos.receipt.document import Align
from tofan_pos.words import LANGUAGES, Words

COUNT = "#,##0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column: its name, its width on paper in millimetres (180 in all), and its side."""

    name: str
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in a cell: a word, or a number to reckon with; `wrong` where it is bad news."""

    value: str | int
    wrong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it is shown: `facts` stand above it, `figures` sum it up."""

    title: Text
    as_of: str
    day: date
    facts: tuple[str, ...]
    figures: tuple[tuple[str, int], ...]
    heads: tuple[Head, ...]
    rows: tuple[tuple[Mark, ...], ...]
    empty: str


def table_sheet(table: Table, say: Words) -> bytes:
    """Return an XLSX workbook whose numbers are numbers. The same table gives the same bytes."""
    from openpyxl import Workbook  # noqa: PLC0415 - costly, and rarely wanted

    book = Workbook()
    sheet = book.worksheets[0]
    title = table.title.get(say.language)
    sheet.title = table.title.en[:31]
    top = write_head(sheet, (BRAND, f"{title}  ·  {table.as_of}", *table.facts)) + 2
    words = [at for at, head in enumerate(table.heads, start=1) if not head.right]
    write_headings(sheet, top, [head.name for head in table.heads], words=words)
    for row, cells in enumerate(table.rows, start=top + 1):
        for column, mark in enumerate(cells, start=1):
            _write(sheet.cell(row, column), mark)
    widths = [head.width * 0.72 for head in table.heads]
    prepare(sheet, widths, top=top, last=top + len(table.rows))
    book.properties.title, book.properties.creator = title, BRAND
    target = io.BytesIO()
    book.save(target)
    return timeless(target.getvalue(), f"{table.day.isoformat()}T00:00:00Z")


def _write(cell: "object", mark: Mark) -> None:
    from openpyxl.cell.cell import Cell  # noqa: PLC0415 - as above
    from openpyxl.styles import Alignment, Border, Side  # noqa: PLC0415 - as above

    if not isinstance(cell, Cell):
        raise TypeError(cell)
    colour = WRONG if mark.wrong else INK
    if isinstance(mark.value, str):
        write_words(cell, mark.value, colour=colour)
    else:
        cell.value, cell.number_format = mark.value, COUNT
        cell.font = font(colour=colour)
    side = "left" if isinstance(mark.value, str) else "right"
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
    cell.border = Border(bottom=Side("thin", color=GREY))


def table_pdf(table: Table, say: Words) -> bytes:
    """Return the table as PDF: A4, numbered pages. The same table gives the same bytes."""
    (other,) = (language for language in LANGUAGES if language != say.language)
    blank = ("",) * (len(table.heads) - 1)
    return statement_pdf(
        Statement(
            language=say.language,
            brand=BRAND,
            owner=OWNER.get(say.language),
            title=table.title.get(say.language),
            other_title=table.title.get(other),
            period=table.as_of,
            facts=table.facts,
            figures=tuple(Figure(label=label, value=f"{n:,}") for label, n in table.figures),
            columns=tuple(_column(head) for head in table.heads),
            rows=tuple(tuple(_shown(mark) for mark in row) for row in table.rows),
            empty=table.empty,
            total=(say("Rows: {n}", n=f"{len(table.rows):,}"), *blank),
            carried=lambda done: (say("Rows: {n}", n=f"{done:,}"), *blank),
            carried_forward=say("Carried forward"),
            brought_forward=say("Brought forward"),
            page=lambda number, pages: say("Page {number} of {pages}", number=number, pages=pages),
        )
    )


def _column(head: Head) -> Column:
    align = Align.RIGHT if head.right else Align.LEFT
    return Column(heading=head.name, width=head.width, align=align)


def _shown(mark: Mark) -> str:
    return mark.value if isinstance(mark.value, str) else f"{mark.value:,}"
