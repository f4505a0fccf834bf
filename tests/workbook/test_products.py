"""What people type is understood, and each thing that is wrong is named by its cell."""

from datetime import date, datetime
from typing import Any

import pytest

from tofan_pos.domain.catalogue import TaxKind, Text
from tofan_pos.workbook import Problem
from tofan_pos.workbook.products import PRODUCTS

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
