"""Promotions are read as people write them; what would give away too much, or nothing, is told."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tofan_pos.domain.basket import Bearer
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.promotion import Promotion, PromotionKind, Scope
from tofan_pos.workbook import Problem
from tofan_pos.workbook.promotions import LONGEST_NAME, PROMOTIONS

Desk = Any  # tests/workbook/conftest.py: a fixture's class cannot be imported by path

TENTH: dict[str, object] = {
    "code": "P-1",
    "name_th": "ลดสิบ",
    "name_en": "Ten off",
    "kind": "percent",
    "value": "10%",
    "scope": "product",
    "about": "TF-IND-001",  # costs 590 baht
}
SET = {**TENTH, "kind": "n for price", "value": 1500, "count": 3}
BASKET = {**TENTH, "scope": "basket", "about": None}


def read(desk: Desk, row: dict[str, object]) -> Promotion:
    checked = desk.read(desk.with_sheet("Promotions", row))
    assert checked.warnings == ()
    (promotion,) = checked.catalogue.promotions
    assert isinstance(promotion, Promotion)
    return promotion


def found(desk: Desk, *rows: dict[str, object]) -> list[tuple[int, str, Problem]]:
    faults = desk.faults_in(desk.with_sheet("Promotions", *rows))
    assert {fault.sheet for fault in faults} == {"Promotions"}
    return [(fault.row, fault.column, fault.problem) for fault in faults]


def warned(desk: Desk, row: dict[str, object]) -> list[tuple[str, Problem]]:
    warnings = desk.read(desk.with_sheet("Promotions", row)).warnings
    return [(warning.column, warning.problem) for warning in warnings]


def test_without_the_sheet_or_a_row_there_are_none(desk: Desk) -> None:
    assert desk.read(desk.book({})).catalogue.promotions == ()
    assert desk.read(desk.with_sheet("Promotions", dict.fromkeys(TENTH))).warnings == ()
    book = desk.book({})
    book.create_sheet("Promotions")
    assert desk.read(book).catalogue.promotions == ()


def test_a_row_without_the_optional_has_the_defaults(desk: Desk) -> None:
    assert read(desk, TENTH) == Promotion(
        code="P-1",
        name=Text("ลดสิบ", "Ten off"),
        kind=PromotionKind.PERCENT,
        value=1_000,
        scope=Scope.PRODUCT,
        about="TF-IND-001",
    )


def test_the_sheet_may_be_thai_throughout(desk: Desk) -> None:
    thai = {
        "รหัส": "p-๑",
        "ชื่อ": "ลดท้ายบิล",
        "ชื่ออังกฤษ": "Off the bill",
        "ประเภท": "บาท",
        "มูลค่า": "๑๐๐ บาท",
        "จำนวน": None,
        "ใช้กับ": "ทั้งบิล",
        "สินค้าหรือหมวด": None,
        "ยอดขั้นต่ำ": "๑,๐๐๐",
        "ตั้งแต่": "1 ม.ค. 2570",
        "ถึง": "31/12/2571",
        "ห้าง": "เซ็นทรัล",
        "ผู้รับภาระ": "ห้าง",
    }
    assert len(thai) == len(PROMOTIONS.columns)
    checked = desk.read(desk.with_sheet("โปรโมชัน", thai))
    assert checked.warnings == ()
    assert checked.catalogue.promotions == (
        Promotion(
            code="P-1",
            name=Text("ลดท้ายบิล", "Off the bill"),
            kind=PromotionKind.AMOUNT,
            value=100_00,
            scope=Scope.BASKET,
            least=1_000_00,
            since=date(2027, 1, 1),
            until=date(2028, 12, 31),
            mall="เซ็นทรัล",
            bearer="mall",
        ),
    )


@pytest.mark.parametrize(
    ("typed", "rate"),
    [
        (10, 1_000),
        ("10", 1_000),
        ("๑๐ %", 1_000),
        ("ร้อยละ 12.5", 1_250),
        ("7.25 เปอร์เซ็นต์", 725),
        ("0.5%", 50),
        (33.33, 3_333),
        (100, 10_000),
        ("100%", 10_000),
        (1, 100),
    ],
)
def test_rates_as_people_type_them(desk: Desk, typed: object, rate: int) -> None:
    assert read(desk, {**TENTH, "value": typed}).value == rate


@pytest.mark.parametrize("number_format", ["0%", "0.00%", '0.0 "off" %;[Red]-0%'])
@pytest.mark.parametrize(("typed", "rate"), [(0.1, 1_000), (1, 10_000), (0.0725, 725)])
def test_a_rate_in_a_cell_of_rates(desk: Desk, number_format: str, typed: float, rate: int) -> None:
    book = desk.with_sheet("Promotions", {**TENTH, "value": typed})
    book["Promotions"]["E2"].number_format = number_format
    (promotion,) = desk.read(book).catalogue.promotions
    assert promotion.value == rate


def test_a_sign_in_quotes_makes_no_rate(desk: Desk) -> None:
    book = desk.with_sheet("Promotions", {**TENTH, "value": 10})
    book["Promotions"]["E2"].number_format = '0"%"'
    assert desk.read(book).catalogue.promotions[0].value == 1_000


def test_a_rate_is_no_price(desk: Desk) -> None:
    book = desk.with_sheet("Promotions", {**TENTH, "kind": "amount", "value": 0.1})
    book["Promotions"]["E2"].number_format = "0%"
    (fault,) = desk.faults_in(book)
    assert (fault.problem, fault.column) == (Problem.PRICE_UNREADABLE, "value")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (None, Problem.BLANK),
        ("half", Problem.PERCENT_UNREADABLE),
        ("10 บาท", Problem.PERCENT_UNREADABLE),
        ("ร้อยละ 10 percent", Problem.PERCENT_UNREADABLE),
        (True, Problem.PERCENT_UNREADABLE),
        (datetime(2026, 1, 5), Problem.PERCENT_UNREADABLE),  # noqa: DTZ001 - a cell has no zone
        (0.1, Problem.PERCENT_UNCLEAR),
        ("0.10", Problem.PERCENT_UNCLEAR),
        (100.01, Problem.PERCENT_OUT_OF_RANGE),
        ("101%", Problem.PERCENT_OUT_OF_RANGE),
        ("-10", Problem.PERCENT_OUT_OF_RANGE),
        (-10, Problem.PERCENT_OUT_OF_RANGE),
        (1e300, Problem.PERCENT_OUT_OF_RANGE),
        (33.333, Problem.PERCENT_TOO_FINE),
        ("33.333%", Problem.PERCENT_TOO_FINE),
        (0, Problem.VALUE_ZERO),
        ("0%", Problem.VALUE_ZERO),
        ("4111111111111111", Problem.CARD_NUMBER),
    ],
)
def test_what_is_no_rate(desk: Desk, typed: object, problem: Problem) -> None:
    assert found(desk, {**TENTH, "value": typed}) == [(2, "value", problem)]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rate=st.integers(100, 10_000), as_number=st.booleans())
def test_any_rate_comes_back(desk: Desk, rate: int, *, as_number: bool) -> None:
    typed = rate / 100 if as_number else f"{rate // 100}.{rate % 100:02d} %"
    assert read(desk, {**TENTH, "value": typed}).value == rate


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        *((word, PromotionKind.PERCENT) for word in ("Percent", "%", "ร้อยละ", "เปอร์เซ็นต์")),
        *((word, PromotionKind.AMOUNT) for word in ("AMOUNT", "บาท", "จํานวนเงิน")),
        *((word, PromotionKind.N_FOR_PRICE) for word in ("N for price", "n-for-price", "ราคาชุด")),
    ],
)
def test_kinds_as_people_name_them(desk: Desk, typed: str, kind: PromotionKind) -> None:
    count = 3 if kind is PromotionKind.N_FOR_PRICE else None
    assert read(desk, {**TENTH, "kind": typed, "value": 10, "count": count}).kind is kind


@pytest.mark.parametrize(
    ("typed", "bearer"),
    [("brand", Bearer.BRAND), (None, Bearer.BRAND), ("ห้าง", Bearer.MALL), ("ร่วมกัน", Bearer.SHARED)],
)
def test_bearers_as_people_name_them(desk: Desk, typed: object, bearer: Bearer) -> None:
    assert read(desk, {**TENTH, "bearer": typed}).bearer == bearer.value


def test_n_for_a_price(desk: Desk) -> None:
    promotion = read(desk, {**SET, "count": "๓ ชิ้น"})
    assert (promotion.kind, promotion.count) == (PromotionKind.N_FOR_PRICE, 3)
    assert promotion.value == 1500_00


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (None, Problem.BLANK),
        (0, Problem.COUNT_TOO_SMALL),
        (1, Problem.COUNT_TOO_SMALL),
        (1000, Problem.COUNT_TOO_LARGE),
        (2.5, Problem.COUNT_UNREADABLE),
        (-3, Problem.COUNT_UNREADABLE),
        ("three", Problem.COUNT_UNREADABLE),
        (True, Problem.COUNT_UNREADABLE),
        (9_999_999_999, Problem.COUNT_UNREADABLE),
        ("9" * 5000, Problem.COUNT_UNREADABLE),
        ("4111111111111111", Problem.CARD_NUMBER),
    ],
)
def test_what_is_no_count(desk: Desk, typed: object, problem: Problem) -> None:
    assert found(desk, {**SET, "count": typed}) == [(2, "count", problem)]


def test_n_for_a_price_needs_the_column_of_counts(desk: Desk) -> None:
    without = {name: value for name, value in SET.items() if name != "count"}
    assert found(desk, without) == [(2, "count", Problem.COLUMN_MISSING)]


@pytest.mark.parametrize("about", ["ย้อมคราม", " ย้อมคราม\u200b ", "indigo", "INDIGO"])
def test_a_category_by_either_name(desk: Desk, about: str) -> None:
    promotion = read(desk, {**TENTH, "scope": "หมวด", "about": about})
    assert (promotion.scope, promotion.about) == (Scope.CATEGORY, "ย้อมคราม")


def test_a_category_is_known_from_a_row_with_a_fault(desk: Desk) -> None:
    book = desk.book({"category_th": "ย้อมคราม", "price": "?"})
    desk.add_sheet(book, "Promotions", {**TENTH, "scope": "category", "about": "ย้อมคราม"})
    (fault,) = desk.faults_in(book)
    assert fault.sheet == "Products"


def test_an_english_name_that_two_categories_share_means_neither(desk: Desk) -> None:
    book = desk.book(
        {"category_th": "ย้อมคราม", "category_en": "Textiles"},
        {"category_th": "ทอมือ", "category_en": "textiles"},
    )
    row = {**TENTH, "scope": "category"}
    desk.add_sheet(book, "Promotions", {**row, "about": "ทอมือ"}, {**row, "about": "Textiles"})
    faults = desk.faults_in(book)
    assert [(f.row, f.problem) for f in faults if f.problem is not Problem.CODE_TWICE] == [
        (3, Problem.CATEGORY_UNKNOWN)
    ]


def test_a_category_typed_another_way_is_the_one_that_is_written(desk: Desk) -> None:
    book = desk.book({"category_th": "งานประจำ"}, {"category_th": "Soap"}, {"category_th": "soap"})
    row = {**TENTH, "scope": "category"}
    abouts = ("งานประจํา", "soap", "Soap", "SOAP")
    rows = ({**row, "code": f"P-{n}", "about": about} for n, about in enumerate(abouts))
    desk.add_sheet(book, "Promotions", *rows)
    read_back = desk.read(book).catalogue.promotions
    assert [promotion.about for promotion in read_back][:3] == ["งานประจำ", "soap", "Soap"]
    assert read_back[3].about in {"Soap", "soap"}


@pytest.mark.parametrize(
    ("changed", "column", "problem"),
    [
        ({"code": None}, "code", Problem.BLANK),
        ({"code": "P 1"}, "code", Problem.CODE_CHARACTERS),
        ({"name_th": None}, "name_th", Problem.BLANK),
        ({"name_th": "4111 1111 1111 1111"}, "name_th", Problem.CARD_NUMBER),
        ({"name_en": "x" * (LONGEST_NAME + 1)}, "name_en", Problem.TOO_LONG),
        ({"kind": None}, "kind", Problem.BLANK),
        ({"kind": "gift"}, "kind", Problem.PROMOTION_KIND_UNKNOWN),
        ({"scope": None}, "scope", Problem.BLANK),
        ({"scope": "shop"}, "scope", Problem.SCOPE_UNKNOWN),
        ({"about": None}, "about", Problem.BLANK),
        ({"about": "TF-NONE"}, "about", Problem.PRODUCT_UNKNOWN),
        ({"about": "ย้อมคราม"}, "about", Problem.CODE_CHARACTERS),
        ({"scope": "category"}, "about", Problem.CATEGORY_UNKNOWN),
        ({"scope": "basket"}, "about", Problem.UNHEEDED),
        ({"count": 3}, "count", Problem.UNHEEDED),
        ({"count": "many"}, "count", Problem.COUNT_UNREADABLE),
        ({"least": 500}, "least", Problem.UNHEEDED),
        ({"least": "much"}, "least", Problem.PRICE_UNREADABLE),
        ({"since": "soon"}, "since", Problem.DATE_UNREADABLE),
        ({"until": "31/02/2571"}, "until", Problem.DATE_UNREADABLE),
        ({"mall": "ห" * 41}, "mall", Problem.TOO_LONG),
        ({"mall": "4111111111111111"}, "mall", Problem.CARD_NUMBER),
        ({"bearer": "customer"}, "bearer", Problem.BEARER_UNKNOWN),
        ({"value": "#N/A"}, "value", Problem.FORMULA_ERROR),
        ({"kind": "amount", "value": 590.01}, "value", Problem.AMOUNT_ABOVE_PRICE),
        ({"kind": "amount", "value": 0}, "value", Problem.VALUE_ZERO),
        ({"kind": "amount", "value": -5}, "value", Problem.PRICE_NEGATIVE),
        ({"kind": "amount", "value": "10%"}, "value", Problem.PRICE_UNREADABLE),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(
    desk: Desk, changed: dict[str, object], column: str, problem: Problem
) -> None:
    assert found(desk, {**TENTH, **changed}) == [(2, column, problem)]


def test_a_set_is_never_of_the_whole_basket(desk: Desk) -> None:
    row = {**SET, "scope": "basket", "about": None}
    assert found(desk, row) == [(2, "scope", Problem.SET_OF_BASKET)]


def test_nothing_is_wrong_with_what_changes_nothing(desk: Desk) -> None:
    promotion = read(desk, {**TENTH, "count": 1, "least": 0})
    assert (promotion.count, promotion.least) == (1, 0)
    assert read(desk, {**BASKET, "about": " \u200b"}).about == ""
    assert read(desk, {**TENTH, "kind": "amount", "value": 590}).value == 590_00


def test_a_set_that_saves_nothing_is_worth_a_look(desk: Desk) -> None:
    assert warned(desk, {**SET, "value": 1769.99}) == []
    assert warned(desk, {**SET, "value": 1770}) == [("value", Problem.SET_SAVES_NOTHING)]


@pytest.mark.parametrize(
    ("since", "until", "warnings"),
    [
        ("1/1/2570", None, []),
        (None, "22/11/2569", []),
        (date(2026, 11, 22), date(2026, 11, 22), []),
        (None, "21/11/2569", [("until", Problem.PROMOTION_PAST)]),
        (date(2569, 1, 1), "21/11/2569", [("until", Problem.PROMOTION_PAST)]),
    ],
)
def test_when_it_is_over(
    desk: Desk, since: object, until: object, warnings: list[tuple[str, Problem]]
) -> None:
    assert warned(desk, {**TENTH, "since": since, "until": until}) == warnings


def test_the_end_is_not_before_the_beginning(desk: Desk) -> None:
    row = {**TENTH, "since": "2 ม.ค. 2571", "until": "1/1/2571"}
    (fault,) = desk.faults_in(desk.with_sheet("Promotions", row))
    assert (fault.problem, fault.column) == (Problem.UNTIL_BEFORE_SINCE, "until")
    assert (fault.value, fault.facts["since"]) == ("2028-01-01", date(2028, 1, 2))


def test_the_same_code_twice_names_both_rows(desk: Desk) -> None:
    book = desk.with_sheet("Promotions", TENTH, {**TENTH, "code": "p-1"})
    (fault,) = desk.faults_in(book)
    assert (fault.problem, fault.row, fault.facts["other"]) == (Problem.CODE_TWICE, 3, 2)


def test_english_is_missed(desk: Desk) -> None:
    assert warned(desk, {**TENTH, "name_en": None}) == [("name_en", Problem.ENGLISH_MISSING)]


def test_without_products_no_promotion_is_faulted_for_it(desk: Desk) -> None:
    book = desk.with_sheet("Promotions", TENTH)
    del book["Products"]
    (fault,) = desk.faults_in(book)
    assert (fault.problem, fault.sheet) == (Problem.SHEET_MISSING, "Products")


def test_a_product_with_a_fault_is_known_all_the_same(desk: Desk) -> None:
    book = desk.book({"price": "?"})
    desk.add_sheet(book, "Promotions", {**TENTH, "kind": "amount", "value": 9_999})
    (fault,) = desk.faults_in(book)
    assert (fault.sheet, fault.column) == ("Products", "price")


def test_a_thousand_are_enough(desk: Desk) -> None:
    rows = [{**TENTH, "code": f"P-{number}"} for number in range(1_001)]
    assert len(desk.read(desk.with_sheet("Promotions", *rows[:-1])).catalogue.promotions) == 1_000
    assert found(desk, *rows) == [(1_002, "", Problem.TOO_MANY_ROWS)]
