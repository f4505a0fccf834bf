"""How a workbook of head office looks, and words in its cells that stay words."""

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from tofan_pos.receipt.printable import printable

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.styles import Font, PatternFill
    from openpyxl.worksheet.worksheet import Worksheet

INDIGO, INK, COTTON, GREY, WRONG = "27406B", "1B2A49", "F7F3EA", "D9CFBC", "A33B2B"
FACE = "Sarabun"
LONGEST = 300


def write_words(
    cell: "Cell | MergedCell", text: str, *, size: float = 10, bold: bool = False, colour: str = INK
) -> None:
    """Write words that stay words: a name that begins with = or + must never be reckoned."""
    # An empty text is no cell at all, or it would be filtered and counted as one.
    cell.value = printable(text, longest=LONGEST) or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = True
    cell.font = font(size=size, bold=bold, colour=colour)


def font(*, size: float = 10, bold: bool = False, colour: str = INK) -> "Font":
    """Return the workbook's face, in a size, a weight and a colour."""
    from openpyxl.styles import Font  # noqa: PLC0415 - as above

    return Font(name=FACE, size=size, bold=bold, color=colour)


def filled(colour: str) -> "PatternFill":
    """Return a cell's ground in one colour."""
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - as above

    return PatternFill("solid", fgColor=colour)


def write_head(sheet: "Worksheet", head: Sequence[str]) -> int:
    """Write lines from the top, the first the largest, and return the last one's row."""
    for row, text in enumerate(head, start=1):
        size, bold = {1: (18, True), 2: (14, True)}.get(row, (10, False))
        colour = INDIGO if row == 1 else INK
        write_words(sheet.cell(row, 1), text, size=size, bold=bold, colour=colour)
        sheet.row_dimensions[row].height = size * 1.75
    return len(head)


def write_headings(
    sheet: "Worksheet", row: int, names: Sequence[str], *, words: Container[int]
) -> None:
    """Write a table's headings; the columns numbered in `words` hold words, the others numbers."""
    from openpyxl.styles import Alignment  # noqa: PLC0415 - costly, and rarely wanted

    for column, name in enumerate(names, start=1):
        cell = sheet.cell(row, column)
        write_words(cell, name, bold=True, colour="FFFFFF")
        cell.fill = filled(INDIGO)
        side = "left" if column in words else "right"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = 24


def prepare(sheet: "Worksheet", widths: Sequence[float], *, top: int, last: int) -> None:
    """Set widths, the frozen heading and the paper: A4 across, headings on every page."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - as above

    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"B{top + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(widths))}{max(last, top)}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    if sheet.oddFooter is not None:
        sheet.oddFooter.right.text = "&P / &N"
