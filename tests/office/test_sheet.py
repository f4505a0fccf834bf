"""The share report as a workbook: numbers to reckon with, words that stay words, and the tills."""

import io
import zipfile
from datetime import datetime

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.office.figures import HOSTILE, report, standing, totals
from tofan_pos import resources
from tofan_pos.office.papers import report_sheet
from tofan_pos.store.month import Series
from tofan_pos.words import Words


def sheet(content: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def heading(found: Worksheet) -> int:
    """Return the row that the table's heading is in."""
    assert isinstance(found.freeze_panes, str)
    return int(found.freeze_panes[1:]) - 1


def above(found: Worksheet) -> str:
    """Return what stands above the table."""
    return " ".join(str(found.cell(row, 1).value) for row in range(1, heading(found)))


def test_amounts_are_numbers_in_baht(say: Words) -> None:
    groups = tuple(map(totals, range(3)))
    found = sheet(report_sheet(report(*groups), say))
    top = heading(found)
    for row, group in enumerate(groups, start=top + 1):
        cells = [found.cell(row, column).value for column in range(1, 10)]
        base = group.sales - group.refunds - group.vat
        amounts = [group.sales, group.refunds, group.vat, base, group.share]
        assert cells[:4] == [group.group, group.label_th, group.label_en, group.pieces]
        assert cells[4:] == [amount / 100 for amount in amounts]
        assert all(found.cell(row, column).data_type == "n" for column in range(4, 10))
        assert "0.00" in str(found.cell(row, 5).number_format)
    assert found.cell(top + 4, 9).value == sum(g.share for g in groups) / 100


def test_totals_are_checked_by_formulas_that_come_to_nought() -> None:
    groups = tuple(map(totals, range(5)))
    found = sheet(report_sheet(report(*groups), resources.words("en")))
    top = heading(found)
    for column, letter in enumerate("DEFGHI", start=4):
        formula = found.cell(top + 7, column).value
        assert formula == f"=ROUND(SUM({letter}{top + 1}:{letter}{top + 5})-{letter}{top + 6},2)"
        values = [found.cell(row, column).value for row in range(top + 1, top + 7)]
        *rows, total = [float(str(value)) for value in values]
        assert round(sum(rows) - total, 2) == 0


def test_a_name_is_never_a_formula(say: Words) -> None:
    groups = [totals(at, group=t, label_th=t, label_en=t) for at, t in enumerate(HOSTILE)]
    content = report_sheet(report(*groups), say)
    found = sheet(content)
    top = heading(found)
    for row in range(top + 1, top + 1 + len(HOSTILE)):
        for column in (1, 2, 3):
            cell = found.cell(row, column)
            assert cell.data_type == "s" or cell.value is None
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        part = book.read("xl/worksheets/sheet1.xml")
        assert part.count(b"<f>") == 6  # the checks, and nothing else
        assert not [name for name in book.namelist() if "rel" in name and "external" in name]
    texts = [found.cell(row, 1).value for row in range(top + 1, top + 4)]
    assert texts == list(HOSTILE[:3])


def test_the_sheet_is_ready_to_print(say: Words) -> None:
    found = sheet(report_sheet(report(*map(totals, range(60)), tills=(standing(missing=2),)), say))
    top = heading(found)
    assert found.print_title_rows == f"${top}:${top}"
    assert (found.page_setup.orientation, found.page_setup.paperSize) == ("landscape", 9)
    assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (1, 0)
    assert found.column_dimensions["B"].width > 20
    assert ("ยังไม่ใช่ยอดสุดท้าย" if say.language == "th" else "Not final") in above(found)
    assert found.title == "2026-11"


def test_an_empty_month_is_a_sheet_too(say: Words) -> None:
    found = sheet(report_sheet(report(documents=0), say))
    top = heading(found)
    assert found.cell(top + 1, 9).value == 0
    assert found.cell(top + 2, 9).value == f"=ROUND(0-I{top + 1},2)"


def test_the_second_sheet_lists_the_tills(say: Words) -> None:
    two = (Series("VAT_RECEIPT", 3, "=1", "B-3"), Series("NON_VAT", 2, "B-R1", "B-R2"))
    tills = (
        standing(),
        standing(1, series=two, missing=7, misdated=1),
        standing(2, series=(), last=0, last_business_date=None),
    )
    book = openpyxl.load_workbook(io.BytesIO(report_sheet(report(totals(), tills=tills), say)))
    assert book.sheetnames == ["2026-11", "Tills"]
    found = book["Tills"]
    top = heading(found)
    rows = [[cell.value for cell in row] for row in found.iter_rows(min_row=top + 1)]
    last_day = datetime(2026, 11, 30)  # noqa: DTZ001 - a day, as workbooks hold it
    receipt, numbers = "VAT_RECEIPT", ("TL000-V000101", "TL000-V000120")
    assert rows == [
        ["TL000", 1, receipt, *numbers, 20, 1234, 0, last_day, 0],
        ["TL001", 1, receipt, "=1", "B-3", 3, 1234, 7, last_day, 1],
        ["TL001", 1, "NON_VAT", "B-R1", "B-R2", 2, None, None, None, None],
        ["TL002", 1, None, None, None, 0, 0, 0, None, 0],
    ]
    assert found.cell(top + 2, 4).data_type == "s"
    assert (found.page_setup.orientation, found.page_setup.fitToWidth) == ("landscape", 1)
    assert str(found.cell(top + 1, 9).number_format) == "yyyy-mm-dd"


def test_a_date_that_cannot_be_true_is_in_a_final_sheet_too(say: Words) -> None:
    whole = report(totals(), misdated=3, tills=(standing(misdated=3),))
    assert whole.final
    said = "นาฬิกา" if say.language == "th" else "Look at the till's clock"
    assert said in above(sheet(report_sheet(whole, say)))
