"""One cell at a time, over all that may stand in it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.domain.money import MOST
from tofan_pos.thai.numerals import to_thai
from tofan_pos.workbook import cells
from tofan_pos.workbook.faults import WARNINGS, Problem, Unfit
from tofan_pos.workbook.rows import column_index, column_letters
from tofan_pos.workbook.sheets import Cell, Kind

Reader = Callable[[Cell], object]

TEXT_READERS: tuple[Callable[[Cell], str | None], ...] = (
    lambda cell: cells.one_line(cell, longest=80),
    lambda cell: cells.paragraphs(cell, longest=400),
)
READERS: tuple[Reader, ...] = (
    *TEXT_READERS,
    cells.code,
    cells.barcode,
    cells.price,
    cells.yes_no,
    cells.vat,
    cells.day,
)

SATANG = st.integers(0, MOST)


def number(text: str) -> Cell:
    return Cell(Kind.NUMBER, text)


def text(text: str) -> Cell:
    return Cell(Kind.TEXT, text)


@given(SATANG)
def test_a_price_survives_being_a_binary_number(satang: int) -> None:
    assert cells.price(number(repr(satang / 100))) == satang
    assert cells.price(number(f"{satang / 100:.16e}")) == satang


@given(SATANG)
def test_a_price_survives_being_a_text(satang: int) -> None:
    baht = Decimal(satang) / 100
    assert cells.price(text(f"{baht:,.2f}")) == satang
    assert cells.price(text(f" ฿ {baht:.2f}\u200b")) == satang
    assert cells.price(text(f"{to_thai(f'{baht:,.2f}')} บาท")) == satang


@given(SATANG, st.integers(1, 9))
def test_a_part_of_a_satang_is_never_rounded_away(satang: int, tenths: int) -> None:
    for cell in (number(f"{satang // 100}.{satang % 100:02d}{tenths}"),) * 2:
        with pytest.raises(Unfit) as unfit:
            cells.price(cell)
        assert unfit.value.problem in {Problem.PRICE_TOO_FINE, Problem.PRICE_TOO_HIGH}


@given(st.integers(1, MOST))
def test_no_price_is_below_nothing(satang: int) -> None:
    for cell in (number(f"-{satang / 100}"), text(f"-{satang // 100}.{satang % 100:02d}")):
        with pytest.raises(Unfit) as unfit:
            cells.price(cell)
        assert unfit.value.problem is Problem.PRICE_NEGATIVE


@given(
    st.sampled_from(READERS),
    st.builds(
        Cell, st.sampled_from([kind for kind in Kind if kind is not Kind.FORMULA]), st.text()
    ),
)
def test_any_cell_is_read_or_found_unfit(reader: Reader, cell: Cell) -> None:
    try:
        reader(cell)
    except Unfit as unfit:
        found = unfit.problem
    else:
        return
    assert found not in WARNINGS


@given(st.text())
def test_what_is_read_is_clean_and_stays_so(typed: str) -> None:
    for reader in TEXT_READERS:
        try:
            once = reader(text(typed))
        except Unfit:
            continue
        if once is not None:
            assert once == once.strip()
            assert not any(c in once for c in "\x00\x1b\u200b\u202e\ufeff\r\t")
            assert reader(text(once)) == once


@given(st.dates(date(2000, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_in_either_era(day: date) -> None:
    buddhist = f"{day.day}/{day.month}/{day.year + 543}"
    assert cells.day(text(buddhist)) == day
    assert cells.day(text(to_thai(buddhist))) == day
    assert cells.day(text(day.isoformat())) == day
    assert cells.day(Cell(Kind.DATE, day.isoformat())) == day


@given(st.dates(date(2543, 1, 1), date(2742, 12, 31)))
def test_a_far_year_in_a_date_cell_is_buddhist(far: date) -> None:
    cell = Cell(Kind.DATE, far.isoformat())
    year = far.year - 543
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if (far.month, far.day) == (2, 29) and not leap:
        with pytest.raises(Unfit):
            cells.day(cell)
    else:
        assert cells.day(cell) == far.replace(year=year)


def test_columns_are_named_as_spreadsheets_do() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 701, 702, 16_383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
    assert all(column_index(column_letters(index)) == index for index in range(16_384))
