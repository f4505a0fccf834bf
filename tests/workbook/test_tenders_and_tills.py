"""Ways to pay and other tills' keys: few columns, and no two that could be taken for another."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tofan_pos.domain.catalogue import KnownTill, Text
from tofan_pos.domain.sale import TenderKind, TenderType
from tofan_pos.workbook import Problem

Desk = Any  # tests/workbook/conftest.py: a fixture's class cannot be imported by path

KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
A_CARD_WITHIN = bytes.fromhex("4111111111111111" + "aa" * 24)
OTHER_KEY = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
CARD: dict[str, object] = {"code": "EDC", "kind": "card", "name_th": "บัตร", "name_en": "Card"}
TILL: dict[str, object] = {"till": "CTW1", "epoch": 1, "public_key": KEY}


def found(desk: Desk, sheet: str, *rows: dict[str, object]) -> list[tuple[int, str, Problem]]:
    faults = desk.faults_in(desk.with_sheet(sheet, *rows))
    assert {fault.sheet for fault in faults} == {sheet}
    return [(fault.row, fault.column, fault.problem) for fault in faults]


def test_without_the_sheets_there_are_none(desk: Desk) -> None:
    catalogue = desk.read(desk.book({})).catalogue
    assert (catalogue.tender_types, catalogue.known_tills) == ((), ())
    book = desk.with_sheet("Tenders", dict.fromkeys(CARD))
    desk.add_sheet(book, "Tills", dict.fromkeys(TILL))
    assert desk.read(book).warnings == ()


def test_tenders_keep_their_order(desk: Desk) -> None:
    rows = (
        {"code": "vcr", "kind": "บัตรกำนัล", "name_th": "บัตรกำนัลห้าง", "name_en": "Mall voucher"},
        {"code": "EDC", "kind": "Card", "name_th": "บัตร", "name_en": "Card"},
        {
            "code": "QR๒",
            "kind": "โอนเงิน",
            "name_th": "โอน",
            "name_en": "Transfer",
            "needs_reference": "ไม่",
        },
    )
    checked = desk.read(desk.with_sheet("Tenders", *rows))
    assert checked.warnings == ()
    assert checked.catalogue.tender_types == (
        TenderType(code="VCR", kind=TenderKind.VOUCHER, name=Text("บัตรกำนัลห้าง", "Mall voucher")),
        TenderType(code="EDC", kind=TenderKind.CARD, name=Text("บัตร", "Card")),
        TenderType(
            code="QR2",
            kind=TenderKind.TRANSFER,
            name=Text("โอน", "Transfer"),
            needs_reference=False,
        ),
    )


def test_tenders_may_be_thai_throughout(desk: Desk) -> None:
    thai = {
        "รหัส": "EDC",
        "ประเภท": "บัตร",
        "ชื่อไทย": "บัตร",
        "ชื่ออังกฤษ": "Card",
        "ต้องมีเลขอ้างอิง": "ใช่",
    }
    checked = desk.read(desk.with_sheet("วิธีชำระ", thai))
    assert checked.warnings == ()
    assert checked.catalogue.tender_types == (
        TenderType(code="EDC", kind=TenderKind.CARD, name=Text("บัตร", "Card")),
    )


@pytest.mark.parametrize(
    ("column", "typed", "problem"),
    [
        ("code", None, Problem.BLANK),
        ("code", "E", Problem.SHORT_CODE),
        ("code", "E-DC", Problem.SHORT_CODE),
        ("code", "E" * 13, Problem.SHORT_CODE),
        ("code", "บัตร", Problem.SHORT_CODE),
        ("code", "cash", Problem.CODE_RESERVED),
        ("code", "EXCHANGE", Problem.CODE_RESERVED),
        ("kind", None, Problem.BLANK),
        ("kind", "cash", Problem.TENDER_KIND_UNKNOWN),
        ("kind", "exchange", Problem.TENDER_KIND_UNKNOWN),
        ("name_th", None, Problem.BLANK),
        ("name_th", "ก" * 31, Problem.TOO_LONG),
        ("name_en", "4111111111111111", Problem.CARD_NUMBER),
        ("needs_reference", "perhaps", Problem.YES_NO_UNREADABLE),
    ],
)
def test_what_is_wrong_with_a_tender(
    desk: Desk, column: str, typed: object, problem: Problem
) -> None:
    assert found(desk, "Tenders", {**CARD, column: typed}) == [(2, column, problem)]


def test_a_tender_without_english_is_worth_a_look(desk: Desk) -> None:
    (warning,) = desk.read(desk.with_sheet("Tenders", {**CARD, "name_en": None})).warnings
    assert (warning.problem, warning.column) == (Problem.ENGLISH_MISSING, "name_en")


def test_the_same_tender_twice_names_both_rows(desk: Desk) -> None:
    (fault,) = desk.faults_in(desk.with_sheet("Tenders", CARD, {**CARD, "code": "edc"}))
    assert (fault.problem, fault.row, fault.facts["other"]) == (Problem.CODE_TWICE, 3, 2)


def test_thirty_tenders_are_enough(desk: Desk) -> None:
    rows = [{**CARD, "code": f"C{number}0"} for number in range(31)]
    assert len(desk.read(desk.with_sheet("Tenders", *rows[:30])).catalogue.tender_types) == 30
    assert found(desk, "Tenders", *rows) == [(32, "", Problem.TOO_MANY_ROWS)]


def test_tills_and_their_keys(desk: Desk) -> None:
    rows = (
        {"till": "ctw1", "epoch": None, "public_key": KEY},
        {"till": "CTW1", "epoch": "๒", "public_key": f" {OTHER_KEY.upper()}\u200b"},
    )
    assert desk.read(desk.with_sheet("Tills", *rows)).catalogue.known_tills == (
        KnownTill("CTW1", 1, bytes.fromhex(KEY)),
        KnownTill("CTW1", 2, bytes.fromhex(OTHER_KEY)),
    )


def test_tills_may_be_thai_throughout(desk: Desk) -> None:
    thai = {"รหัสเครื่อง": "CTW1", "กุญแจสาธารณะ": KEY}
    assert desk.read(desk.with_sheet("เครื่องขาย", thai)).catalogue.known_tills == (
        KnownTill("CTW1", 1, bytes.fromhex(KEY)),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.binary(min_size=32, max_size=32), st.just(A_CARD_WITHIN)))
def test_any_key_is_taken_even_where_its_digits_read_as_a_card(desk: Desk, key: bytes) -> None:
    book = desk.with_sheet("Tills", {**TILL, "public_key": key.hex()})
    (till,) = desk.read(book).catalogue.known_tills
    assert till.public_key == key


@pytest.mark.parametrize(
    ("column", "typed", "problem"),
    [
        ("till", None, Problem.BLANK),
        ("till", "1CTW", Problem.TILL_CODE),
        ("till", "CTW-1", Problem.TILL_CODE),
        ("till", "C", Problem.TILL_CODE),
        ("till", "4111111111111111", Problem.CARD_NUMBER),
        ("epoch", 0, Problem.COUNT_TOO_SMALL),
        ("epoch", -1, Problem.COUNT_UNREADABLE),
        ("epoch", 1.5, Problem.COUNT_UNREADABLE),
        ("epoch", 2**31, Problem.COUNT_UNREADABLE),
        ("public_key", None, Problem.BLANK),
        ("public_key", KEY[:-1], Problem.KEY_SHAPE),
        ("public_key", KEY + "00", Problem.KEY_SHAPE),
        ("public_key", "g" + KEY[1:], Problem.KEY_SHAPE),
        ("public_key", 17, Problem.KEY_SHAPE),
        ("public_key", "4111111111111111", Problem.CARD_NUMBER),
    ],
)
def test_what_is_wrong_with_a_till(
    desk: Desk, column: str, typed: object, problem: Problem
) -> None:
    assert found(desk, "Tills", {**TILL, column: typed}) == [(2, column, problem)]


def test_the_same_till_twice_names_both_rows(desk: Desk) -> None:
    again = {"till": "ctw1", "public_key": OTHER_KEY}
    (fault,) = desk.faults_in(desk.with_sheet("Tills", TILL, again))
    assert (fault.problem, fault.row, fault.facts["other"]) == (Problem.TILL_TWICE, 3, 2)
    assert fault.facts["epoch"] == 1


def test_no_two_tills_share_a_key(desk: Desk) -> None:
    (fault,) = desk.faults_in(desk.with_sheet("Tills", TILL, {**TILL, "till": "EMP1"}))
    assert (fault.problem, fault.row, fault.facts["other"]) == (Problem.KEY_TWICE, 3, 2)
