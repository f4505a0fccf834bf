"""The workbook's second sheet: the tills, and the numbers that lead from a sum to its documents."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

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
from tofan_pos.office.ledger import ShareReport
from tofan_pos.office.standing import TillStanding
from tofan_pos.words import Words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (16, 9, 18, 22, 22, 14, 16, 12, 16, 14)
WORDS = (1, 3, 4, 5)
"""Which columns are words; the others are numbers and days."""

SHORT = (8, 10)
"""Which columns speak against the figures where they are not nought."""

COUNT, DAY = "#,##0", "yyyy-mm-dd"


def write_tills(
    sheet: "Worksheet", report: ShareReport, say: Words, *, head: Sequence[str]
) -> None:
    """Write a row for each till and each series of its numbers."""
    top = write_head(sheet, head) + 2
    names = (
        say("Till"),
        say("Epoch"),
        say("Kind of document"),
        say("First number"),
        say("Last number"),
        say("Documents"),
        say("Held to entry"),
        say("Missing"),
        say("Last day"),
        say("Misdated"),
    )
    write_headings(sheet, top, names, words=WORDS)
    row = top
    for till in report.tills:
        for cells in _rows(till):
            row += 1
            _write(sheet, row, cells)
    prepare(sheet, WIDTHS, top=top, last=row)


def _rows(till: TillStanding) -> list[tuple[object, ...]]:
    """Return a row for each series; how far the journal is held stands in the first alone."""
    held = (till.last, till.missing, till.last_business_date, till.misdated)
    documents: list[tuple[object, ...]] = [
        (one.kind, one.first, one.last, one.documents) for one in till.series
    ]
    first, *more = documents or [("", "", "", 0)]
    none = (None,) * len(held)
    rows = [(first, held), *((numbers, none) for numbers in more)]
    return [(till.till, till.epoch, *numbers, *rest) for numbers, rest in rows]


def _write(sheet: "Worksheet", row: int, cells: Sequence[object]) -> None:
    from openpyxl.styles import Alignment, Border, Side  # noqa: PLC0415 - costly, rarely wanted

    for column, value in enumerate(cells, start=1):
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            write_words(cell, value)
        else:
            cell.value = value  # type: ignore[assignment]  # a count, a day or nothing
            cell.number_format = DAY if isinstance(value, date) else COUNT
            cell.font = font(colour=WRONG if value and column in SHORT else INK)
        side = "left" if column in WORDS else "right"
        cell.alignment = Alignment(horizontal=side, vertical="top")
        cell.border = Border(bottom=Side("thin", color=GREY))
