"""Prices and rules from a date on: read as people write them, and never two for one day."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tofan_pos.domain import fit
from tofan_pos.domain.catalogue import SharePolicy, Text
from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.published import leased
from tofan_pos.domain.rules import DatedPolicy, DatedPrice, Head, Rules
from tofan_pos.domain.tax import TaxRate
from tofan_pos.workbook import Problem

Desk = Any  # tests/workbook/conftest.py: a fixture's class cannot be imported by path

DAY = date(2027, 1, 1)
PRICE: dict[str, object] = {"product": "TF-IND-001", "since": DAY, "price": 650}
SHARE: dict[str, object] = {"kind": "share", "since": DAY, "number": 2, "rate": "75%"}
VAT: dict[str, object] = {"kind": "vat", "since": DAY, "rate": "10%"}
HEAD: dict[str, object] = {"kind": "head", "since": DAY, "brand_th": "ทอฝัน", "brand_en": "Tofan"}
TAX_ID = "0994000123451"


def found(desk: Desk, sheet: str, *rows: dict[str, object]) -> list[tuple[int, str, Problem]]:
    faults = desk.faults_in(desk.with_sheet(sheet, *rows))
    assert {fault.sheet for fault in faults} == {sheet}
    return [(fault.row, fault.column, fault.problem) for fault in faults]


def rules(desk: Desk, *rows: dict[str, object]) -> Rules:
    checked = desk.read(desk.with_sheet("Rules", *rows))
    assert checked.warnings == ()
    given: Rules = checked.catalogue.rules
    return given


# --- prices --------------------------------------------------------------------------------------


def test_prices_by_date(desk: Desk) -> None:
    rows = (
        PRICE,
        {"product": "tf-ind-001", "since": "31/12/2570", "price": "฿1,180.50"},
        {"product": "TF-IND-001", "since": "๑ ก.พ. ๒๕๗๐", "price": "๖๐๐"},
    )
    checked = desk.read(desk.with_sheet("Prices", *rows))
    assert checked.warnings == ()
    assert checked.catalogue.prices == (
        DatedPrice("TF-IND-001", DAY, 650_00),
        DatedPrice("TF-IND-001", date(2027, 12, 31), 1_180_50),
        DatedPrice("TF-IND-001", date(2027, 2, 1), 600_00),
    )


def test_prices_may_be_thai_throughout(desk: Desk) -> None:
    thai = {"รหัสสินค้า": "TF-IND-001", "ตั้งแต่": "1/1/2570", "ราคา": 650}
    checked = desk.read(desk.with_sheet("ราคา", thai))
    assert checked.warnings == ()
    assert checked.catalogue.prices == (DatedPrice("TF-IND-001", DAY, 650_00),)


@pytest.mark.parametrize(
    ("column", "typed", "problem"),
    [
        ("product", None, Problem.BLANK),
        ("product", "TF-OTHER", Problem.PRODUCT_UNKNOWN),
        ("product", "4111111111111111", Problem.CARD_NUMBER),
        ("since", None, Problem.BLANK),
        ("since", "soon", Problem.DATE_UNREADABLE),
        ("since", date(1999, 1, 1), Problem.DATE_FAR_OFF),
        ("price", None, Problem.BLANK),
        ("price", -1, Problem.PRICE_NEGATIVE),
        ("price", "1.005", Problem.PRICE_TOO_FINE),
        ("price", 10**9, Problem.PRICE_TOO_HIGH),
    ],
)
def test_faults_of_prices(desk: Desk, column: str, typed: object, problem: Problem) -> None:
    assert found(desk, "Prices", PRICE | {column: typed}) == [(2, column, problem)]


def test_one_day_has_one_price(desk: Desk) -> None:
    other = PRICE | {"price": 700}
    assert found(desk, "Prices", PRICE, other) == [(3, "since", Problem.DAY_TWICE)]


def test_a_price_of_nothing_is_a_warning(desk: Desk) -> None:
    checked = desk.read(desk.with_sheet("Prices", PRICE | {"price": 0}))
    assert [warning.problem for warning in checked.warnings] == [Problem.PRICE_ZERO]
    assert checked.catalogue.prices[0].price == 0


# --- rules ---------------------------------------------------------------------------------------


def test_rules_of_every_kind(desk: Desk) -> None:
    later = {"kind": "Share", "since": "1/1/2571", "number": 3, "rate": 80}
    head = HEAD | {
        "owner_th": "กระทรวง พม.",
        "owner_en": "MSDHS",
        "tax_id": "0-9940-00123-45-1",
        "branch": 12,
    }
    assert rules(desk, later, VAT, SHARE, head) == Rules(
        policies=(
            DatedPolicy(DAY, SharePolicy(number=2, rate_bp=7_500)),
            DatedPolicy(date(2028, 1, 1), SharePolicy(number=3, rate_bp=8_000)),
        ),
        rates=(TaxRate(DAY, 1_000),),
        heads=(
            Head(
                since=DAY,
                brand=Text("ทอฝัน", "Tofan"),
                owner=Text("กระทรวง พม.", "MSDHS"),
                tax_id=TAX_ID,
                branch="00012",
            ),
        ),
    )


def test_rules_may_be_thai_throughout(desk: Desk) -> None:
    rows = (
        {"ประเภท": "ส่วนแบ่งผู้ผลิต", "ตั้งแต่": "1 ม.ค. 2570", "หมายเลข": "๒", "อัตรา": "ร้อยละ ๗๕"},
        {"ประเภท": "ภาษีมูลค่าเพิ่ม", "ตั้งแต่": "1 ม.ค. 2570", "อัตรา": "10%"},
        {"ประเภท": "หัวใบเสร็จ", "ตั้งแต่": "1 ม.ค. 2570", "สาขา": "สำนักงานใหญ่"},
    )
    checked = desk.read(desk.with_sheet("ข้อกำหนด", *rows))
    assert checked.warnings == ()
    assert checked.catalogue.rules == Rules(
        policies=(DatedPolicy(DAY, SharePolicy(number=2, rate_bp=7_500)),),
        rates=(TaxRate(DAY, 1_000),),
        heads=(Head(since=DAY, branch="00000"),),
    )


@pytest.mark.parametrize(
    ("row", "column", "typed", "problem"),
    [
        (SHARE, "kind", None, Problem.BLANK),
        (SHARE, "kind", "rule", Problem.RULE_KIND_UNKNOWN),
        (SHARE, "since", None, Problem.BLANK),
        (SHARE, "number", None, Problem.BLANK),
        (SHARE, "number", 0, Problem.COUNT_TOO_SMALL),
        (SHARE, "number", "two", Problem.COUNT_UNREADABLE),
        (SHARE, "rate", None, Problem.BLANK),
        (SHARE, "rate", "101%", Problem.PERCENT_OUT_OF_RANGE),
        (SHARE, "rate", 0.75, Problem.PERCENT_UNCLEAR),
        (SHARE, "brand_th", "ทอฝัน", Problem.UNHEEDED),
        (VAT, "rate", None, Problem.BLANK),
        (VAT, "number", 2, Problem.UNHEEDED),
        (VAT, "branch", "00000", Problem.UNHEEDED),
        (HEAD, "rate", "7%", Problem.UNHEEDED),
        (HEAD, "brand_th", "ก" * 81, Problem.TOO_LONG),
        (HEAD, "owner_th", "4111 1111 1111 1111", Problem.CARD_NUMBER),
        (HEAD, "tax_id", "0994000123452", Problem.TAX_ID),
        (HEAD, "tax_id", "12", Problem.TAX_ID),
        (HEAD, "tax_id", "4111111111111111", Problem.CARD_NUMBER),
        (HEAD, "branch", "123456", Problem.BRANCH_SHAPE),
        (HEAD, "branch", "A1", Problem.BRANCH_SHAPE),
    ],
)
def test_faults_of_rules(
    desk: Desk, row: dict[str, object], column: str, typed: object, problem: Problem
) -> None:
    assert found(desk, "Rules", row | {column: typed}) == [(2, column, problem)]


def test_a_head_says_something(desk: Desk) -> None:
    nothing = {"kind": "head", "since": DAY, "brand_th": None}
    assert found(desk, "Rules", nothing) == [(2, "kind", Problem.HEAD_EMPTY)]


def test_a_rule_needs_the_columns_of_its_kind(desk: Desk) -> None:
    assert found(desk, "Rules", {"kind": "share", "since": DAY}) == [
        (2, "number", Problem.COLUMN_MISSING),
        (2, "rate", Problem.COLUMN_MISSING),
    ]


def test_one_day_has_one_rule_of_a_kind(desk: Desk) -> None:
    assert found(desk, "Rules", VAT, VAT | {"rate": "8%"}, SHARE) == [
        (3, "since", Problem.DAY_TWICE)
    ]


@pytest.mark.parametrize(
    ("number", "rate", "meant"), [(2, "80%", "75%"), (1, "75%", "70%"), (2, "75.5%", "75%")]
)
def test_a_number_means_one_policy(desk: Desk, number: int, rate: str, meant: str) -> None:
    other = SHARE | {"since": date(2028, 1, 1), "number": number, "rate": rate}
    (fault,) = desk.faults_in(desk.with_sheet("Rules", SHARE, other))
    assert (fault.row, fault.column, fault.problem) == (3, "rate", Problem.POLICY_CHANGED)
    assert (fault.value, fault.facts["number"], fault.facts["rate"]) == (rate, number, meant)


def test_a_policy_may_come_back(desk: Desk) -> None:
    back = SHARE | {"since": date(2029, 1, 1), "number": 1, "rate": "70%"}
    assert rules(desk, SHARE, back).policy_on(date(2029, 6, 1)) == SharePolicy()


def test_english_is_missed_where_there_is_thai(desk: Desk) -> None:
    checked = desk.read(desk.with_sheet("Rules", HEAD | {"brand_en": None}))
    assert [(one.column, one.problem) for one in checked.warnings] == [
        ("brand_en", Problem.ENGLISH_MISSING)
    ]


_DAYS = st.dates(date(2020, 1, 1), date(2060, 1, 1))
_TEXT = st.text(max_size=90)
_ROWS = st.one_of(
    st.fixed_dictionaries(
        {"kind": st.just("share"), "since": _DAYS, "number": st.integers(0, 4), "rate": _TEXT}
    ),
    st.fixed_dictionaries(
        {"kind": st.just("vat"), "since": _DAYS, "rate": st.sampled_from(["7%", "10%", 7, 101])}
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("head"),
            "since": _DAYS,
            "brand_th": _TEXT,
            "owner_en": _TEXT,
            "tax_id": st.sampled_from([None, TAX_ID, "1"]),
            "branch": st.sampled_from([None, "1", 7, "00012"]),
        }
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_ROWS, min_size=1, max_size=5))
def test_what_is_read_without_a_fault_is_fit_to_be_published(
    desk: Desk, rows: list[dict[str, object]]
) -> None:
    plain = [
        {
            name: "".join(c for c in value if c.isprintable()) if isinstance(value, str) else value
            for name, value in row.items()
        }
        for row in rows
    ]
    try:
        catalogue = desk.read(desk.with_sheet("Rules", *plain)).catalogue
    except Refusal:
        return
    fit.check(leased(catalogue, date(2026, 11, 22)))
