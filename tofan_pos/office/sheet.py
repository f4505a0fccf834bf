"""The makers' share as a workbook: real numbers to reckon with, and no text that is a formula."""

import io
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from tofan_pos.domain.money import SATANG
from tofan_pos.office.ledger import ShareReport
from tofan_pos.receipt.printable import printable
from tofan_pos.store.office import GroupTotals
from tofan_pos.words import Words

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.styles import Font, PatternFill
    from openpyxl.worksheet.worksheet import Worksheet

INDIGO, INK, COTTON, GREY, WRONG = "27406B", "1B2A49", "F7F3EA", "D9CFBC", "A33B2B"
MONEY, PIECES = "#,##0.00;[Red]-#,##0.00", "#,##0;[Red]-#,##0"
FACE = "Sarabun"
WIDTHS = (18, 34, 34, 12, 18, 16, 18, 20, 20)
TEXTS = 3
"""How many columns, from the left, are words; the others are numbers."""

LONGEST = 300
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def sheet_bytes(report: ShareReport, say: Words, *, head: Sequence[str], warning: str) -> bytes:
    """Return a workbook of one sheet: `head` above the table, its first line the largest.

    Amounts are numbers in baht. The totals are values; under them, formulas show what the rows
    add up to less that value, which is nought. The same report gives the same bytes.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - costly, and rarely wanted

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = f"{report.first_day:%Y-%m}"
    top = _head(sheet, head, warning) + 1
    _headings(sheet, top, say)
    for row, group in enumerate(report.groups, start=top + 1):
        _line(sheet, row, group)
    last = top + len(report.groups)
    _total(sheet, report, say, top=top, last=last)
    _prepare(sheet, top=top, last=last)
    book.properties.title, book.properties.creator = head[1], head[0]
    target = io.BytesIO()
    book.save(target)
    return _timeless(target.getvalue(), f"{report.last_day.isoformat()}T00:00:00Z")


def _head(sheet: "Worksheet", head: Sequence[str], warning: str) -> int:
    """Write what stands above the table, and return the row after it."""
    row = 0
    for row, text in enumerate(head, start=1):
        size, bold = {1: (18, True), 2: (14, True)}.get(row, (10, False))
        _words(sheet.cell(row, 1), text, size=size, bold=bold, colour=INDIGO if row == 1 else INK)
        sheet.row_dimensions[row].height = size * 1.75
    if warning:
        row += 1
        _words(sheet.cell(row, 1), warning, bold=True, colour=WRONG)
    return row + 1


def _headings(sheet: "Worksheet", row: int, say: Words) -> None:
    from openpyxl.styles import Alignment  # noqa: PLC0415 - as above

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
    for column, name in enumerate(names, start=1):
        cell = sheet.cell(row, column)
        _words(cell, name, bold=True, colour="FFFFFF")
        cell.fill = _filled(INDIGO)
        side = "left" if column <= TEXTS else "right"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = 24


def _line(sheet: "Worksheet", row: int, group: GroupTotals) -> None:
    from openpyxl.styles import Alignment, Border, Side  # noqa: PLC0415 - as above

    for column, text in enumerate((group.group, group.label_th, group.label_en), start=1):
        cell = sheet.cell(row, column)
        _words(cell, text)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    _numbers(sheet, row, (group,))
    for column in range(1, len(WIDTHS) + 1):
        sheet.cell(row, column).border = Border(bottom=Side("thin", color=GREY))


def _total(sheet: "Worksheet", report: ShareReport, say: Words, *, top: int, last: int) -> None:
    from openpyxl.styles import Border, Side  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    row = last + 1
    _words(sheet.cell(row, 1), say("Total"), bold=True)
    _numbers(sheet, row, report.groups, bold=True)
    _words(sheet.cell(row + 1, 1), say("Check: rows less total"), size=9, colour="5B6478")
    for column in range(1, len(WIDTHS) + 1):
        cell = sheet.cell(row, column)
        cell.fill = _filled(COTTON)
        cell.border = Border(top=Side("thin", color=INK), bottom=Side("double", color=INK))
        if column > TEXTS:
            letter = get_column_letter(column)
            rows = f"SUM({letter}{top + 1}:{letter}{last})" if last > top else "0"
            check = sheet.cell(row + 1, column, f"=ROUND({rows}-{letter}{row},2)")
            check.number_format = cell.number_format
            check.font = _font(size=9, colour="5B6478")


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
        cell.font = _font(bold=bold or column == len(WIDTHS))
        cell.alignment = Alignment(horizontal="right", vertical="top")


def _prepare(sheet: "Worksheet", *, top: int, last: int) -> None:
    """Set widths, the frozen heading and the paper: A4 across, headings on every page."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - as above

    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"B{top + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(WIDTHS))}{max(last, top)}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    if sheet.oddFooter is not None:
        sheet.oddFooter.right.text = "&P / &N"


def _words(
    cell: "Cell | MergedCell", text: str, *, size: float = 10, bold: bool = False, colour: str = INK
) -> None:
    """Write words that stay words: a name that begins with = or + must never be reckoned."""
    # An empty text is no cell at all, or it would be filtered and counted as one.
    cell.value = printable(text, longest=LONGEST) or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = True
    cell.font = _font(size=size, bold=bold, colour=colour)


def _font(*, size: float = 10, bold: bool = False, colour: str = INK) -> "Font":
    from openpyxl.styles import Font  # noqa: PLC0415 - as above

    return Font(name=FACE, size=size, bold=bold, color=colour)


def _filled(colour: str) -> "PatternFill":
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - as above

    return PatternFill("solid", fgColor=colour)


def _timeless(content: bytes, moment: str) -> bytes:
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
