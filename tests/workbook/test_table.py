"""Sheets and columns are found as people arrange them, and what is amiss with them is named."""

from typing import Any

import pytest

from tofan_pos.workbook import Problem
from tofan_pos.workbook.products import PRODUCTS

Desk = Any  # tests/workbook/conftest.py: a fixture's class cannot be imported by path


def test_columns_in_any_order_and_spelling(desk: Desk) -> None:
    book = desk.book({})
    sheet = book["Products"]
    for row in sheet.iter_rows(min_row=1, max_row=2):
        for cell, value in zip(row, [c.value for c in reversed(row)], strict=True):
            cell.value = value
    for cell in sheet[1]:
        cell.value = f" {cell.value.upper().replace('_', ' ')}\u00a0"
    sheet.title = " PRODUCTS"
    checked = desk.read(book)
    assert checked.catalogue.products[0].price == 590_00
    assert checked.warnings == ()


def test_only_four_columns_are_needed(desk: Desk) -> None:
    desk.columns = ("code", "name_th", "price", "group")
    checked = desk.read(desk.book({}, {}))
    assert len(checked.catalogue.products) == 2
    assert [(w.problem, w.column, w.row) for w in checked.warnings] == [
        (Problem.ENGLISH_MISSING, "name_en", 1)
    ]


@pytest.mark.parametrize("column", ["code", "name_th", "price", "group"])
def test_a_column_that_is_missing(desk: Desk, column: str) -> None:
    desk.columns = tuple(name for name in PRODUCTS.columns if name != column)
    (fault,) = desk.faults_in(desk.book({}, {}))
    assert (fault.problem, fault.column, fault.row) == (Problem.COLUMN_MISSING, column, 1)


def test_a_column_that_is_not_known(desk: Desk) -> None:
    book = desk.book({})
    book["Products"]["T1"] = "Notes"
    book["Products"]["T2"] = "4111111111111111"  # not read, so not kept either
    (warning,) = desk.read(book).warnings
    assert warning.problem is Problem.COLUMN_UNKNOWN
    assert (warning.value, warning.row, warning.facts["cell"]) == ("Notes", 1, "T1")


def test_a_column_that_stands_twice(desk: Desk) -> None:
    book = desk.book({})
    book["Products"]["T1"] = "Price"
    (fault,) = desk.faults_in(book)
    assert fault.problem is Problem.COLUMN_TWICE
    assert (fault.facts["cell"], fault.facts["other"]) == ("T1", "G1")


def test_a_sheet_that_is_missing(desk: Desk) -> None:
    for name in ("Products", "Groups"):
        book = desk.book({})
        book.create_sheet("Other")
        del book[name]
        (fault,) = desk.faults_in(book)
        assert (fault.problem, fault.sheet) == (Problem.SHEET_MISSING, name)


def test_a_sheet_that_stands_twice(desk: Desk) -> None:
    book = desk.book({})
    book.create_sheet("Products ")
    (fault,) = desk.faults_in(book)
    assert (fault.problem, fault.sheet) == (Problem.SHEET_TWICE, "Products")


def test_sheets_without_rows(desk: Desk) -> None:
    (fault,) = desk.faults_in(desk.book())
    assert (fault.problem, fault.sheet) == (Problem.NO_ROWS, "Products")
    book = desk.book({})
    book["Products"].delete_rows(1, 2)
    (fault,) = desk.faults_in(book)
    assert (fault.problem, fault.sheet) == (Problem.NO_ROWS, "Products")


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers(desk: Desk) -> None:
    book = desk.book({})
    sheet = book["Products"]
    sheet.insert_rows(1)
    sheet.insert_rows(3, 4)
    sheet["A4"] = "  "
    sheet["C5"] = "\u00a0"
    sheet["G7"] = "x"
    (fault,) = desk.faults_in(book)
    assert (fault.row, fault.facts["cell"]) == (7, "G7")


def test_merged_cells(desk: Desk) -> None:
    book = desk.book({}, {})
    book["Products"].merge_cells("E2:E3")
    book["Groups"].merge_cells("E1:F1")
    faults = desk.faults_in(book)
    assert [(f.sheet, f.problem, f.value, f.row) for f in faults] == [
        ("Groups", Problem.MERGED_CELLS, "E1:F1", 1),
        ("Products", Problem.MERGED_CELLS, "E2:E3", 2),
    ]


def test_a_merged_title_above_the_header_does_no_harm_by_being_merged(desk: Desk) -> None:
    book = desk.book({})
    book["Products"].insert_rows(1, 2)
    book["Products"].merge_cells("A1:F1")
    assert len(desk.read(book).catalogue.products) == 1


def test_more_groups_than_there_may_be(desk: Desk) -> None:
    rows = [(f"G-{n}", "ทอผ้า", "Weaving") for n in range(5_001)]
    desk.groups = (("group", "label_th", "label_en"), *rows[:5_000])
    assert len(desk.read(desk.book({"group": "G-7"})).catalogue.groups) == 5_000
    desk.groups = (("group", "label_th", "label_en"), *rows)
    (fault,) = desk.faults_in(desk.book({"group": "G-7"}))
    assert (fault.problem, fault.row, fault.facts["most"]) == (Problem.TOO_MANY_ROWS, 5_002, 5_000)
