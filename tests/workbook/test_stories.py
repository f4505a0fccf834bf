"""What people type of a text, a date and a story is understood; a card's number is never kept."""

from datetime import date, datetime
from typing import Any

import pytest

from tofan_pos.workbook import Problem
from tofan_pos.workbook.products import PRODUCTS

Desk = Any  # tests/workbook/conftest.py: a fixture's class cannot be imported by path

STORY = {"story_short_en": "Dyed in the vat.", "story_approved_until": "31/12/2571"}


@pytest.mark.parametrize(
    ("column", "most"),
    [
        ("name_th", 80),
        ("name_en", 80),
        ("category_th", 40),
        ("category_en", 40),
        ("story_short_th", 400),
        ("story_short_en", 400),
        ("story_th", 4_000),
        ("story_en", 4_000),
    ],
)
def test_texts_are_as_long_as_can_be_printed(desk: Desk, column: str, most: int) -> None:
    desk.product(**STORY | {column: "ก" * most})
    fault = desk.fault(**STORY | {column: "ก" * (most + 1)})
    assert (fault.problem, fault.column) == (Problem.TOO_LONG, column)
    assert (fault.facts["most"], fault.facts["length"]) == (most, most + 1)
    assert len(fault.value) <= 60


def test_a_name_in_thai_is_needed_and_in_english_missed(desk: Desk) -> None:
    assert desk.problem(name_th=None) is Problem.BLANK
    assert desk.warnings(name_en=None) == [("name_en", Problem.ENGLISH_MISSING)]
    assert desk.warnings(name_en=" \u200b") == [("name_en", Problem.ENGLISH_MISSING)]


def test_a_name_keeps_nothing_that_a_printer_could_obey(desk: Desk) -> None:
    name = "a_x001B_p_x0000_b\u202ec\u2066d\U000e0041_xD800_"
    assert desk.product(name_en=name).name.en == "a p bcd"


def test_a_formula_in_a_text_stays_text(desk: Desk) -> None:
    book = desk.book({})
    cell = book["Products"]["D2"]
    cell.value, cell.data_type = "=1+1", "s"
    assert desk.read(book).catalogue.products[0].name.en == "=1+1"


@pytest.mark.parametrize(
    "typed",
    [
        "31/12/2571",
        "๓๑/๑๒/๒๕๗๑",
        "31 ธ.ค. 2571",
        "31 ธันวาคม 2571",
        "2028-12-31",
        datetime(2028, 12, 31),  # noqa: DTZ001 - a cell has no zone
        date(2028, 12, 31),
        date(2571, 12, 31),
        datetime(2571, 12, 31, 23, 59),  # noqa: DTZ001
    ],
)
def test_dates_as_people_type_them(desk: Desk, typed: object) -> None:
    story = desk.product(story_short_th="ย้อมเย็น", story_approved_until=typed).story
    assert story is not None
    assert story.approved_until == date(2028, 12, 31)


@pytest.mark.parametrize("format_code", ["dd/mm/yyyy", "[$-D07041E]d mmmm bbbb", "d mmm yy;@"])
def test_a_date_is_known_by_the_format_of_its_cell(desk: Desk, format_code: str) -> None:
    book = desk.book({"story_short_th": "ย้อมเย็น"})
    book["Products"]["R2"].value = 47118
    book["Products"]["R2"].number_format = format_code
    story = desk.read(book).catalogue.products[0].story
    assert story.approved_until == date(2028, 12, 31)


def test_a_price_with_a_currency_format_is_no_date(desk: Desk) -> None:
    book = desk.book({})
    book["Products"]["G2"].number_format = '#,##0.00\\ "baht per day";[Red]-#,##0.00'
    assert desk.read(book).catalogue.products[0].price == 590_00


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("31/02/2571", Problem.DATE_UNREADABLE),
        ("29/2/2570", Problem.DATE_UNREADABLE),
        ("soon", Problem.DATE_UNREADABLE),
        ("31/12/71", Problem.DATE_UNREADABLE),
        (46000, Problem.DATE_UNREADABLE),
        (date(2568, 2, 29), Problem.DATE_UNREADABLE),
        (True, Problem.DATE_UNREADABLE),
        (date(1985, 1, 1), Problem.DATE_FAR_OFF),
        ("31/12/2327", Problem.DATE_FAR_OFF),
    ],
)
def test_what_is_no_date(desk: Desk, typed: object, problem: Problem) -> None:
    fault = desk.fault(story_short_th="ย้อมเย็น", story_approved_until=typed)
    assert (fault.column, fault.problem) == ("story_approved_until", problem)


@pytest.mark.parametrize(
    ("cells", "warnings"),
    [
        (STORY, []),
        ({}, []),
        (STORY | {"story_approved_until": "22/11/2569"}, []),
        (
            STORY | {"story_approved_until": "21/11/2569"},
            [("story_approved_until", Problem.STORY_PAST)],
        ),
        (
            {"story_short_th": "ย้อมเย็น"},
            [("story_approved_until", Problem.STORY_NOT_APPROVED)],
        ),
        (
            {"story_th": "ยาว", "story_approved_until": "31/12/2571"},
            [("story_short_th", Problem.STORY_WITHOUT_SHORT)],
        ),
        (
            {"story_approved_until": "31/12/2571"},
            [("story_approved_until", Problem.STORY_MISSING)],
        ),
    ],
)
def test_stories_worth_a_look(
    desk: Desk, cells: dict[str, object], warnings: list[tuple[str, Problem]]
) -> None:
    assert desk.warnings(**cells) == warnings


CARDS = [
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "๔๑๑๑๑๑๑๑๑๑๑๑๑๑๑๑",
    "4111.1111.1111.1111",
    "4111\u200b\u200b\u200b\u200b\u200b111111111111",
    "4\U000e0020111111111111111",
]
TEXTS = [name for name in PRODUCTS.columns if name.endswith(("_th", "_en"))]


@pytest.mark.parametrize("column", [*TEXTS, "code", "group", "barcode", "image"])
def test_a_card_number_is_refused_and_never_shown(desk: Desk, column: str) -> None:
    for card in CARDS:
        fault = desk.fault(**STORY | {column: card})
        assert (fault.column, fault.problem) == (column, Problem.CARD_NUMBER)
        assert fault.value == ""


@pytest.mark.parametrize("column", ["price", "vat", "active"])
def test_a_card_number_in_the_wrong_column_is_not_shown_either(desk: Desk, column: str) -> None:
    for card in (*CARDS, 4111111111111111, 378282246310005):
        assert "1111" not in desk.fault(**{column: card}).value


def test_a_barcode_that_happens_to_pass_as_a_card_is_no_card(desk: Desk) -> None:
    # 2000000000008 closes with the right check digit, and passes Luhn too.
    both = next(
        code for code in (f"2{n:011d}{c}" for n in range(1000) for c in range(10)) if _both(code)
    )
    assert desk.product(barcode=both, code=both).barcode == both


def _both(code: str) -> bool:
    ean = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(code)) % 10 == 0
    doubled = (int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(code)))
    return ean and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
