"""The makers' share as a workbook: real numbers to reckon with, and no text that is a formula."""

import io
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from tofan_pos.domain.money import SATANG
from tofan_pos.office.cells import (
    COTTON,
    GREY,
    INK,
    WRONG,
    filled,
    font,
    prepare,
    write_head,
    write_headings,
    write_words,
)
from tofan_pos.office.ledger import ShareReport
from tofan_pos.office.till_sheet import write_tills
from tofan_pos.store.month import GroupTotals
from tofan_pos.words import Words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MONEY, PIECES = "#,##0.00;[Red]-#,##0.00", "#,##0;[Red]-#,##0"
WIDTHS = (18, 34, 34, 12, 18, 16, 18, 20, 20)
TEXTS = 3
"""How many columns, from the left, are words; the others are numbers."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def sheet_bytes(
    report: ShareReport,
    say: Words,
    *,
    head: Sequence[str],
    warnings: Sequence[str],
    tills_head: str,
) -> bytes:
    """Return a workbook: `head` above the table, its first line the largest; then the tills.

    Amounts are numbers in baht. The totals are values; under them, formulas show what the rows
    add up to less that value, which is nought. The same report gives the same bytes.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - costly, and rarely wanted

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = f"{report.first_day:%Y-%m}"
    top = _head(sheet, head, warnings) + 1
    _headings(sheet, top, say)
    for row, group in enumerate(report.groups, start=top + 1):
        _line(sheet, row, group)
    last = top + len(report.groups)
    _total(sheet, report, say, top=top, last=last)
    prepare(sheet, WIDTHS, top=top, last=last)
    write_tills(book.create_sheet("Tills"), report, say, head=(*head[:2], tills_head))
    book.properties.title, book.properties.creator = head[1], head[0]
    target = io.BytesIO()
    book.save(target)
    return timeless(target.getvalue(), f"{report.last_day.isoformat()}T00:00:00Z")


def _head(sheet: "Worksheet", head: Sequence[str], warnings: Sequence[str]) -> int:
    """Write what stands above the table, and return the row after it."""
    row = write_head(sheet, head[:2])
    # What speaks against the figures stands right under the title.
    for at, text in enumerate(warnings):
        row += 1
        write_words(sheet.cell(row, 1), text, size=10 if at else 12, bold=not at, colour=WRONG)
        sheet.row_dimensions[row].height = 18 if at else 22
    for text in head[2:]:
        row += 1
        write_words(sheet.cell(row, 1), text)
        sheet.row_dimensions[row].height = 17.5
    return row + 1


def _headings(sheet: "Worksheet", row: int, say: Words) -> None:
    names = (
        say("Group"),
        say("Producer group (Thai)"),
        say("Producer group (English)"),
        say("Pieces"),
        say("Sales"),
        say("Refunds"),
        say("VAT"),
        say("Value before VAT"),
        say("Makers' share"),
    )
    write_headings(sheet, row, names, words=range(1, TEXTS + 1))


def _line(sheet: "Worksheet", row: int, group: GroupTotals) -> None:
    from openpyxl.styles import Alignment, Border, Side  # noqa: PLC0415 - as above

    for column, text in enumerate((group.group, group.label_th, group.label_en), start=1):
        cell = sheet.cell(row, column)
        write_words(cell, text)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    _numbers(sheet, row, (group,))
    for column in range(1, len(WIDTHS) + 1):
        sheet.cell(row, column).border = Border(bottom=Side("thin", color=GREY))


def _total(sheet: "Worksheet", report: ShareReport, say: Words, *, top: int, last: int) -> None:
    from openpyxl.styles import Border, Side  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    row = last + 1
    write_words(sheet.cell(row, 1), say("Total"), bold=True)
    _numbers(sheet, row, report.groups, bold=True)
    write_words(sheet.cell(row + 1, 1), say("Check: rows less total"), size=9, colour="5B6478")
    for column in range(1, len(WIDTHS) + 1):
        cell = sheet.cell(row, column)
        cell.fill = filled(COTTON)
        cell.border = Border(top=Side("thin", color=INK), bottom=Side("double", color=INK))
        if column > TEXTS:
            letter = get_column_letter(column)
            rows = f"SUM({letter}{top + 1}:{letter}{last})" if last > top else "0"
            check = sheet.cell(row + 1, column, f"=ROUND({rows}-{letter}{row},2)")
            check.number_format = cell.number_format
            check.font = font(size=9, colour="5B6478")


def _numbers(
    sheet: "Worksheet", row: int, groups: Sequence[GroupTotals], *, bold: bool = False
) -> None:
    from openpyxl.styles import Alignment  # noqa: PLC0415 - as above

    sales, refunds = sum(g.sales for g in groups), sum(g.refunds for g in groups)
    vat, share = sum(g.vat for g in groups), sum(g.share for g in groups)
    pieces = sum(g.pieces for g in groups)
    amounts = (sales, refunds, vat, sales - refunds - vat, share)
    values = (Decimal(pieces), *(Decimal(amount) / SATANG for amount in amounts))
    for column, value in enumerate(values, start=TEXTS + 1):
        cell = sheet.cell(row, column, value)
        cell.number_format = PIECES if column == TEXTS + 1 else MONEY
        cell.font = font(bold=bold or column == len(WIDTHS))
        cell.alignment = Alignment(horizontal="right", vertical="top")


def timeless(content: bytes, moment: str) -> bytes:
    """Return the workbook without the moment it was written at, so that bytes can be compared."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as written,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as same,
    ):
        for name in written.namelist():
            part = written.read(name)
            if name == "docProps/core.xml":
                part = _SAVED.sub(rb"\g<1>" + moment.encode(), part)
            same.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()
