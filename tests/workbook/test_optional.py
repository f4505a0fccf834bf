"""The sheets that need not be there: found by either name, and bounded as all others are."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.published import Catalogue
from tofan_pos.workbook import WARNINGS, Problem, read_catalogue
from tofan_pos.workbook.prices import PRICES
from tofan_pos.workbook.promotions import PROMOTIONS
from tofan_pos.workbook.rules import RULES
from tofan_pos.workbook.staff import STAFF
from tofan_pos.workbook.table import Table
from tofan_pos.workbook.tenders import TENDERS
from tofan_pos.workbook.tills import TILLS

Desk = Any  # tests/workbook/conftest.py: a fixture's class cannot be imported by path

TABLES = (STAFF, PROMOTIONS, TENDERS, TILLS, PRICES, RULES)
TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def test_a_catalogue_may_do_without_them(desk: Desk) -> None:
    catalogue = desk.read(desk.book({})).catalogue
    assert catalogue == Catalogue(products=catalogue.products, groups=catalogue.groups)


@TABLE
def test_every_column_has_a_thai_heading_and_no_heading_means_two(table: Table) -> None:
    assert set(table.columns) == set(table.other_columns)
    others = [name for names in table.other_columns.values() for name in names]
    assert len(table.headings()) == len(table.columns) + len(others)
    for names in (table.other_name, *map("".join, table.other_columns.values())):
        assert any("ก" <= sign <= "๛" for sign in names)


@TABLE
def test_a_sheet_in_both_languages_stands_twice(desk: Desk, table: Table) -> None:
    book = desk.book({})
    book.create_sheet(f"{table.name} ")
    book.create_sheet(table.other_name)
    (fault,) = desk.faults_in(book)
    assert (fault.problem, fault.sheet) == (Problem.SHEET_TWICE, table.name)
    assert fault.value == f"{table.name}, {table.other_name}"


@TABLE
def test_a_column_in_both_languages_stands_twice(desk: Desk, table: Table) -> None:
    book = desk.book({})
    sheet = book.create_sheet(table.name.upper())
    sheet.append([*table.columns, table.other_columns[table.columns[0]][0]])
    faults = desk.faults_in(book)
    twice = [fault for fault in faults if fault.problem is Problem.COLUMN_TWICE]
    assert [(fault.row, fault.facts["other"]) for fault in twice] == [(1, "A1")]
    assert {fault.problem for fault in faults} == {Problem.COLUMN_TWICE}


@TABLE
def test_columns_that_are_not_known_or_missing(desk: Desk, table: Table) -> None:
    book = desk.with_sheet(table.name, {"Notes": "4111111111111111"})
    with pytest.raises(Refusal) as refusal:
        desk.read(book)
    faults: tuple[Any, ...] = refusal.value.facts["faults"]  # type: ignore[assignment]  # facts are objects
    assert {(f.row, f.column, f.problem) for f in faults} == {
        (1, column, Problem.COLUMN_MISSING) for column in table.required
    }
    warnings: tuple[Any, ...] = refusal.value.facts["warnings"]  # type: ignore[assignment]  # as above
    assert (warnings[0].problem, warnings[0].value) == (Problem.COLUMN_UNKNOWN, "Notes")


@TABLE
def test_merged_cells(desk: Desk, table: Table) -> None:
    book = desk.book({})
    sheet = book.create_sheet(table.name)
    sheet.append(list(table.columns))
    sheet.merge_cells("A2:A3")
    faults = desk.faults_in(book)
    assert (Problem.MERGED_CELLS, table.name) in {(fault.problem, fault.sheet) for fault in faults}


@TABLE
def test_a_document_type_is_refused(desk: Desk, table: Table) -> None:
    desk.save(desk.with_sheet(table.name, dict.fromkeys(table.columns)))
    out = io.BytesIO()
    with zipfile.ZipFile(desk.path) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet3.xml":
                content = content.replace(b"<worksheet", b"<!DOCTYPE x []><worksheet", 1)
            new.writestr(name, content)
    desk.path.write_bytes(out.getvalue())
    with pytest.raises(Refusal) as refusal:
        read_catalogue(desk.path, today=date(2026, 11, 22))
    faults: tuple[Any, ...] = refusal.value.facts["faults"]  # type: ignore[assignment]  # facts are objects
    assert faults[-1].problem is Problem.HOSTILE


GARBAGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1901, 1, 1), date(9999, 12, 31)),
    st.text(
        st.characters(
            min_codepoint=32, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"
        ),
        max_size=60,
    ),
    st.sampled_from(["=1+1", "#N/A", "_x001B_", "4111111111111111", "๙๙", "7%", "", "-"]),
    st.sampled_from(["percent", "amount", "n", "product", "basket", "card", "supervisor", "S01"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(TABLES), st.lists(st.lists(GARBAGE, max_size=14), max_size=6))
def test_garbage_is_read_or_refused(desk: Desk, table: Table, rows: list[list[object]]) -> None:
    book = desk.book({})
    sheet = book.create_sheet(table.name)
    sheet.append(list(table.columns))
    for row in rows:
        sheet.append(row)
    try:
        catalogue = desk.read(book).catalogue
    except Refusal as refusal:
        for fault in refusal.facts["faults"]:  # type: ignore[attr-defined]  # facts are objects
            assert fault.problem not in WARNINGS
            assert "4111111111111111" not in fault.value
            assert fault.column != "pin_verifier" or not fault.value
    else:
        assert table is not STAFF
        assert all(promotion.value > 0 for promotion in catalogue.promotions)


@pytest.mark.parametrize("table", [PROMOTIONS, TENDERS], ids=lambda table: table.name)
def test_no_name_keeps_what_a_printer_or_a_reader_could_obey(desk: Desk, table: Table) -> None:
    hostile = "a_x001B_p_x0000_b\u202ec\u2066d\U000e0041_xD800_"
    row = {"code": "AB", "name_th": hostile, "name_en": hostile}
    if table is PROMOTIONS:
        row |= {"kind": "percent", "value": "5%", "scope": "basket", "mall": hostile}
    else:
        row |= {"kind": "card"}
    catalogue = desk.read(desk.with_sheet(table.name, row)).catalogue
    (read,) = catalogue.promotions or catalogue.tender_types
    assert (read.name.th, read.name.en) == ("a p bcd", "a p bcd")
    assert getattr(read, "mall", "a p bcd") == "a p bcd"
