"""What people type is understood, and each thing that is wrong is named by its cell."""

from datetime import date, datetime
from typing import Any

import pytest

from tofan_pos.domain.catalogue import TaxKind, Text
from tofan_pos.workbook import Problem

Desk = Any  # tests/workbook/conftest.py: a fixture's class cannot be imported by path

STORY = {"story_short_en": "Dyed in the vat.", "story_approved_until": "31/12/2571"}


def test_a_good_row_becomes_a_product(desk: Desk) -> None:
    product = desk.product(
        code="tf-ind-001",
        name_th="  ผ้าพันคอ\u200bครามทอมือ\u00a0 ",
        category_th="ย้อมคราม",
        category_en="Indigo",
        unique="ใช่",
        favourite=True,
        vat="ยกเว้น",
        active="no",
        story_short_th="ย้อมเย็น",
        story_th="บรรทัดหนึ่ง\r\n\r\n\r\n\r\nบรรทัด  สอง",
        story_approved_until="31/12/2571",
    )
    assert product.code == "TF-IND-001"
    assert product.barcode == "8850123456787"
    assert product.name == Text("ผ้าพันคอครามทอมือ", "Indigo scarf")
    assert product.category == Text("ย้อมคราม", "Indigo")
    assert product.price == 590_00
    assert product.group == "G-IND"
    assert (product.unique, product.favourite, product.active) == (True, True, False)
    assert product.vat is TaxKind.EXEMPT
    assert product.story is not None
    assert product.story.short == Text("ย้อมเย็น")
    assert product.story.long == Text("บรรทัดหนึ่ง\n\nบรรทัด สอง")
    assert product.story.approved_until == date(2028, 12, 31)
    assert product.picture == ""


def test_a_row_without_the_optional_has_the_defaults(desk: Desk) -> None:
    product = desk.product(barcode=None)
    assert (product.unique, product.favourite, product.active) == (False, False, True)
    assert product.vat is TaxKind.STANDARD
    assert (product.barcode, product.story) == ("", None)


@pytest.mark.parametrize(
    ("typed", "satang"),
    [
        (590, 590_00),
        (99.99, 99_99),
        (1180.1, 1180_10),
        (0.1 + 0.2, 30),
        ("1,180", 1180_00),
        ("๕๙๐", 590_00),
        ("๑,๑๘๐.๕๐", 1180_50),
        ("฿590.00", 590_00),
        ("590 บาท", 590_00),
        ("590.-", 590_00),
        (" 45.50 ", 45_50),
        ("\u00a045.5\u200b", 45_50),
        (10_000_000, 10_000_000_00),
    ],
)
def test_prices_as_people_type_them(desk: Desk, typed: object, satang: int) -> None:
    assert desk.product(price=typed).price == satang


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("free", Problem.PRICE_UNREADABLE),
        ("1180,50", Problem.PRICE_UNREADABLE),
        ("11,80", Problem.PRICE_UNREADABLE),
        ("1.2.3", Problem.PRICE_UNREADABLE),
        (True, Problem.PRICE_UNREADABLE),
        (datetime(2026, 1, 5), Problem.PRICE_UNREADABLE),  # noqa: DTZ001 - a cell has no zone
        (-590, Problem.PRICE_NEGATIVE),
        ("-590", Problem.PRICE_NEGATIVE),
        ("(590)", Problem.PRICE_NEGATIVE),
        (1180.125, Problem.PRICE_TOO_FINE),
        (1180.001, Problem.PRICE_TOO_FINE),
        ("1.180", Problem.PRICE_TOO_FINE),
        (10_000_000.01, Problem.PRICE_TOO_HIGH),
        (1e300, Problem.PRICE_TOO_HIGH),
        ("99,999,999", Problem.PRICE_TOO_HIGH),
        (None, Problem.BLANK),
        ("  \u200b", Problem.BLANK),
    ],
)
def test_what_is_no_price(desk: Desk, typed: object, problem: Problem) -> None:
    assert desk.problem(price=typed) is problem


def test_a_price_of_nothing_is_worth_a_look(desk: Desk) -> None:
    assert desk.warnings(price=0) == [("price", Problem.PRICE_ZERO)]
    assert desk.warnings(price="0.00") == [("price", Problem.PRICE_ZERO)]


@pytest.mark.parametrize(
    ("typed", "barcode"),
    [
        ("8850123456787", "8850123456787"),
        (8850123456787, "8850123456787"),
        (8.850123456787e12, "8850123456787"),
        ("885 0123 456787", "8850123456787"),
        ("978-0-306-40615-7", "9780306406157"),
        ("๘๘๕๐๑๒๓๔๕๖๗๘๗", "8850123456787"),
        ("96385074", "96385074"),
        (96385074, "96385074"),
        (None, ""),
    ],
)
def test_barcodes_as_people_keep_them(desk: Desk, typed: object, barcode: str) -> None:
    checked = desk.read(desk.book({"barcode": typed}))
    assert checked.catalogue.products[0].barcode == barcode
    assert checked.warnings == ()


@pytest.mark.parametrize(
    ("typed", "barcode"), [(36000291452, "0036000291452"), (1234565, "01234565")]
)
def test_a_barcode_that_lost_its_zeros_gets_them_back(desk: Desk, typed: int, barcode: str) -> None:
    checked = desk.read(desk.book({"barcode": typed}))
    assert checked.catalogue.products[0].barcode == barcode
    (warning,) = checked.warnings
    assert warning.problem is Problem.BARCODE_ZEROS_RESTORED
    assert (warning.value, warning.facts["barcode"]) == (str(typed), barcode)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("8850123456788", Problem.BARCODE_CHECK),
        (8850123456788, Problem.BARCODE_CHECK),
        ("96385075", Problem.BARCODE_CHECK),
        (36000291453, Problem.BARCODE_LOST_ZEROS),
        ("36000291452", Problem.BARCODE_SHAPE),
        (17, Problem.BARCODE_SHAPE),
        ("ABC", Problem.BARCODE_SHAPE),
        (9638507.4, Problem.BARCODE_SHAPE),
        ("88501234567870", Problem.BARCODE_SHAPE),
    ],
)
def test_what_is_no_barcode(desk: Desk, typed: object, problem: Problem) -> None:
    assert desk.problem(barcode=typed) is problem


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("TF 001", Problem.CODE_CHARACTERS),
        ("คราม", Problem.CODE_CHARACTERS),
        ("TF/001", Problem.CODE_CHARACTERS),
        ("X" * 25, Problem.TOO_LONG),
        (None, Problem.BLANK),
    ],
)
def test_what_is_no_code(desk: Desk, typed: object, problem: Problem) -> None:
    assert desk.problem(code=typed) is problem


def test_codes_as_people_keep_them(desk: Desk) -> None:
    assert desk.product(code=1001).code == "1001"
    assert desk.product(code=" tf.a_๐๑ ").code == "TF.A_01"
    assert desk.product(code="X" * 24).code == "X" * 24


def test_the_same_code_twice_names_both_rows(desk: Desk) -> None:
    (fault,) = desk.faults_in(desk.book({"code": "A"}, {}, {"code": "a"}))
    assert (fault.problem, fault.row, fault.facts["other"]) == (Problem.CODE_TWICE, 4, 2)
    assert (fault.column, fault.value, fault.facts["cell"]) == ("code", "A", "A4")


def test_the_same_barcode_twice_names_both_rows(desk: Desk) -> None:
    (fault,) = desk.faults_in(desk.book({}, {}, {"barcode": 8850123456787}))
    assert (fault.problem, fault.row, fault.facts["other"]) == (Problem.BARCODE_TWICE, 4, 2)


def test_a_code_may_not_be_the_barcode_of_another(desk: Desk) -> None:
    (fault,) = desk.faults_in(desk.book({}, {"code": "8850123456787"}))
    assert (fault.problem, fault.row, fault.facts["other"]) == (Problem.CODE_IS_A_BARCODE, 3, 2)
    book = desk.book({"code": "96385074"}, {"barcode": "96385074"})
    (fault,) = desk.faults_in(book)
    assert (fault.problem, fault.row, fault.facts["other"]) == (Problem.BARCODE_IS_A_CODE, 3, 2)


def test_a_code_may_be_its_own_barcode(desk: Desk) -> None:
    assert desk.product(code="8850123456787").code == "8850123456787"


def test_a_faulty_row_still_counts_when_looking_for_the_same_code(desk: Desk) -> None:
    faults = desk.faults_in(desk.book({"code": "A", "price": "?"}, {"code": "A"}))
    assert [(f.row, f.problem) for f in faults] == [
        (2, Problem.PRICE_UNREADABLE),
        (3, Problem.CODE_TWICE),
    ]


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        *((yes, True) for yes in (True, 1, "TRUE", "yes", "Y", "1", "๑", " ใช่ ", "✓", "x", "X")),
        *((no, False) for no in (False, 0, "no", "N", "0", "ไม่", "ไม่ใช่", "false", "-")),
    ],
)
@pytest.mark.parametrize("column", ["unique", "favourite", "active"])
def test_yes_and_no(desk: Desk, column: str, typed: object, means: bool) -> None:  # noqa: FBT001
    assert getattr(desk.product(**{column: typed}), column) is means


@pytest.mark.parametrize("column", ["unique", "favourite", "active"])
def test_perhaps_is_no_answer(desk: Desk, column: str) -> None:
    assert desk.problem(**{column: "perhaps"}) is Problem.YES_NO_UNREADABLE
    assert desk.problem(**{column: 2}) is Problem.YES_NO_UNREADABLE


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        *((std, TaxKind.STANDARD) for std in ("standard", 7, "7%", 0.07, "๗ %", "", 0.07000000001)),
        *((exempt, TaxKind.EXEMPT) for exempt in ("exempt", "ยกเว้น", "ไม่มี", "Exempt ")),
    ],
)
def test_vat_words(desk: Desk, typed: object, kind: TaxKind) -> None:
    assert desk.product(vat=typed).vat is kind


@pytest.mark.parametrize("typed", ["10%", 10, 0, "0%", "zero", 0.1, 70])
def test_any_other_vat_is_a_fault(desk: Desk, typed: object) -> None:
    assert desk.problem(vat=typed) is Problem.VAT_UNKNOWN


def test_an_unknown_group(desk: Desk) -> None:
    assert desk.problem(group="G-NONE") is Problem.GROUP_UNKNOWN
    assert desk.problem(group=None) is Problem.BLANK
    assert desk.product(group=" g-ind ").group == "G-IND"


def test_a_group_has_a_code_and_a_label(desk: Desk) -> None:
    desk.groups = (
        ("Label TH", "GROUP", "label_en"),
        ("ทอผ้า", "g-ind", None),
        (None, "G-TWO", "Two"),
        ("สาม", "G-IND", "Three"),
        ("ก" * 61, "G 4", "Four"),
    )
    faults = desk.faults_in(desk.book({"group": "G-TWO"}))
    assert [(f.sheet, f.row, f.column, f.problem) for f in faults] == [
        ("Groups", 3, "label_th", Problem.BLANK),
        ("Groups", 4, "group", Problem.CODE_TWICE),
        ("Groups", 5, "group", Problem.CODE_CHARACTERS),
        ("Groups", 5, "label_th", Problem.TOO_LONG),
    ]


def test_a_group_without_english_is_worth_a_look(desk: Desk) -> None:
    desk.groups = (("group", "label_th", "label_en"), ("G-IND", "ทอผ้า", None))
    (warning,) = desk.read(desk.book({})).warnings
    assert (warning.sheet, warning.row, warning.column) == ("Groups", 2, "label_en")


@pytest.mark.parametrize("column", list("ACGHIQR"))
def test_a_formula_never_computed(desk: Desk, column: str) -> None:
    book = desk.book(STORY)
    book["Products"][f"{column}2"].value = "=1+1"
    (fault,) = desk.faults_in(book)
    assert fault.problem is Problem.FORMULA_WITHOUT_VALUE
    assert fault.facts["cell"] == f"{column}2"


def test_a_formula_that_failed(desk: Desk) -> None:
    book = desk.book({})
    book["Products"]["G2"].value = "#N/A"
    (fault,) = desk.faults_in(book)
    assert (fault.problem, fault.value) == (Problem.FORMULA_ERROR, "#N/A")
