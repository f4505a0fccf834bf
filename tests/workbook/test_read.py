"""The workbook as a whole: one pass finds everything, large ones load, the sample is good."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tofan_pos import resources
from tofan_pos.domain.catalogue import ean13_check_digit
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.sentences.workbook import faults_of
from tofan_pos.words import Words
from tofan_pos.workbook import WARNINGS, Checked, Fault, Problem, read_catalogue
from tofan_pos.workbook.faults import MOST_FINDINGS
from tofan_pos.workbook.products import PRODUCTS

Desk = Any  # tests/workbook/conftest.py: a fixture's class cannot be imported by path

TODAY = date(2026, 11, 22)


def test_all_faults_are_told_at_once(desk: Desk) -> None:
    book = desk.book(
        {"price": -1, "vat": "?", "unique": "maybe"},
        {"code": "ก", "barcode": "123", "name_th": None, "image": "../x.png"},
        {"group": "G-NONE", "category_en": "x" * 41, "name_en": None},
    )
    book["Products"]["Z1"] = "Notes"
    with pytest.raises(Refusal) as refusal:
        desk.read(book)
    assert refusal.value.why is Why.CATALOGUE_FAULTS
    faults: tuple[Any, ...] = refusal.value.facts["faults"]  # type: ignore[assignment]
    assert {(f.row, f.column, f.problem) for f in faults} == {
        (2, "price", Problem.PRICE_NEGATIVE),
        (2, "vat", Problem.VAT_UNKNOWN),
        (2, "unique", Problem.YES_NO_UNREADABLE),
        (3, "code", Problem.CODE_CHARACTERS),
        (3, "barcode", Problem.BARCODE_SHAPE),
        (3, "name_th", Problem.BLANK),
        (3, "image", Problem.PICTURE_PATH),
        (4, "group", Problem.GROUP_UNKNOWN),
        (4, "category_en", Problem.TOO_LONG),
    }
    assert refusal.value.facts["count"] == len(faults)
    warnings: tuple[Any, ...] = refusal.value.facts["warnings"]  # type: ignore[assignment]
    assert {(w.row, w.problem) for w in warnings} == {
        (1, Problem.COLUMN_UNKNOWN),
        (4, Problem.ENGLISH_MISSING),
    }


@pytest.mark.parametrize("problem", list(Problem))
def test_every_problem_has_a_sentence(problem: Problem) -> None:
    names = (
        "most length other cell barcode until since product count least beside epoch number rate"
    )
    facts = dict.fromkeys(names.split(), 7)
    (sentence,) = faults_of([Fault(problem=problem, facts=facts)], Words("en", str))
    assert sentence
    assert not set("{}") & set(sentence)


@pytest.mark.parametrize(("language", "day"), [("th", "31 ธ.ค. 2568"), ("en", "31 Dec 2025")])
def test_a_day_stands_in_a_sentence_as_people_read_it(desk: Desk, language: str, day: str) -> None:
    over = {"story_th": "ยาว", "story_short_th": "สั้น", "story_approved_until": "2025-12-31"}
    told = faults_of(desk.read(desk.book(over)).warnings, resources.words(language))
    assert any(day in sentence for sentence in told)
    assert not any("2025-12-31" in sentence for sentence in told)


def test_nothing_stands_among_the_warnings_that_would_stop_the_catalogue(desk: Desk) -> None:
    warnings = desk.read(desk.book({"price": 0, "name_en": None, "story_th": "ยาว"})).warnings
    assert len(warnings) == 4
    assert {warning.problem for warning in warnings} <= WARNINGS


def test_the_list_of_faults_has_an_end_but_their_number_is_told(desk: Desk) -> None:
    book = desk.book({})
    for number in range(MOST_FINDINGS // 4 + 100):
        book["Products"].append([f"X-{number}", "1", None, None, None, None, "?", "?"])
    with pytest.raises(Refusal) as refusal:
        desk.read(book)
    count = 4 * (MOST_FINDINGS // 4 + 100)
    faults: tuple[Any, ...] = refusal.value.facts["faults"]  # type: ignore[assignment]
    assert refusal.value.facts["count"] == count
    assert len(faults) == MOST_FINDINGS + 1
    assert faults[-1].problem is Problem.AND_MORE
    assert faults[-1].facts["count"] == count - MOST_FINDINGS


def test_five_thousand_rows_with_progress(desk: Desk) -> None:
    codes = [f"20{number:010d}" for number in range(5_000)]
    codes = [code + ean13_check_digit(code) for code in codes]
    book = desk.book(*({"code": f"P-{n}", "barcode": c} for n, c in enumerate(codes)))
    desk.save(book)
    heard: list[int] = []
    checked = read_catalogue(desk.path, today=TODAY, progress=heard.append)
    assert [product.barcode for product in checked.catalogue.products] == codes
    assert heard == [*range(500, 5_001, 500), 5_000]


def test_what_progress_raises_ends_the_reading(desk: Desk) -> None:
    desk.save(desk.book({}))

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_catalogue(desk.path, today=TODAY, progress=stop)


def test_thousands_of_formatted_blank_rows_are_no_products(desk: Desk) -> None:
    book = desk.book({})
    for row in range(3, 4_000):
        for column in range(1, 19):
            book["Products"].cell(row, column).number_format = "0.00"
    checked = desk.read(book)
    assert len(checked.catalogue.products) == 1


def _rewritten(path: Path, name: str, change: Callable[[str], str]) -> None:
    """Change one part of a workbook, as another program would have written it."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            new.writestr(part, change(text.decode()) if part == name else text)
    path.write_bytes(out.getvalue())


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("cell", "satang"),
    [
        ("<f>500+90</f><v>590</v>", 590_00),
        ("<f>590.1*2</f><v>1180.2000000000001</v>", 1180_20),
    ],
)
def test_a_formula_is_worth_its_last_value(desk: Desk, cell: str, satang: int) -> None:
    desk.save(desk.book({}))
    _rewritten(desk.path, SHEET, lambda text: text.replace("<v>590</v>", cell))
    (product,) = read_catalogue(desk.path, today=TODAY).catalogue.products
    assert product.price == satang


def test_a_formula_whose_text_is_empty_is_blank(desk: Desk) -> None:
    desk.save(desk.book({}))
    empty = '<c r="Q2" t="str"><f>IF(A2="","x","")</f><v></v></c></row></sheetData>'
    _rewritten(desk.path, SHEET, lambda text: text.replace("</row></sheetData>", empty))
    assert read_catalogue(desk.path, today=TODAY).warnings == ()


def test_texts_within_the_cell_with_runs_and_reading_aids(desk: Desk) -> None:
    desk.save(desk.book({}))
    text = (
        '<c r="E2" t="inlineStr"><is><r><t>ย้อม</t></r><r><rPr><b/></rPr><t>คราม</t></r>'
        "<rPh sb='0' eb='1'><t>aloud</t></rPh></is></c></row></sheetData>"
    )
    _rewritten(desk.path, SHEET, lambda old: old.replace("</row></sheetData>", text))
    (product,) = read_catalogue(desk.path, today=TODAY).catalogue.products
    assert product.category.th == "ย้อมคราม"


def test_shared_texts_with_runs_and_reading_aids(desk: Desk) -> None:
    desk.save(desk.book({}))
    runs = "<r><t>Indigo </t></r><r><t>scarf 2</t></r><rPh sb='0' eb='1'><t>aloud</t></rPh>"
    _rewritten(
        desk.path,
        "xl/sharedStrings.xml",
        lambda old: old.replace("<t>Indigo scarf</t>", runs),
    )
    (product,) = read_catalogue(desk.path, today=TODAY).catalogue.products
    assert product.name.en == "Indigo scarf 2"


def test_prefixed_names_and_cells_without_a_place(desk: Desk) -> None:
    desk.save(desk.book({}))
    rows = (
        "<x:row><x:c t='str'><x:v>code</x:v></x:c><x:c t='str'><x:v>name_th</x:v></x:c>"
        "<x:c t='str'><x:v>price</x:v></x:c><x:c/><x:c t='str'><x:v>group</x:v></x:c></x:row>"
        "<x:row><x:c><x:v>7</x:v></x:c><x:c t='str'><x:v>ผ้า</x:v></x:c>"
        "<x:c><x:v>5.9E2</x:v></x:c><x:c/><x:c t='str'><x:v>G-IND</x:v></x:c></x:row>"
    )
    sheet = f"<x:worksheet xmlns:x='urn:x'><x:sheetData>{rows}</x:sheetData></x:worksheet>"
    _rewritten(desk.path, SHEET, lambda _: sheet)
    (product,) = read_catalogue(desk.path, today=TODAY).catalogue.products
    assert (product.code, product.price, product.group) == ("7", 590_00, "G-IND")


def test_dates_that_count_from_1904(desk: Desk) -> None:
    book = desk.book({"story_short_en": "x"})
    book["Products"]["R2"].value = 47118 - 1462
    book["Products"]["R2"].number_format = "dd/mm/yyyy"
    desk.save(book)
    _rewritten(
        desk.path,
        "xl/workbook.xml",
        lambda old: old.replace("<workbookPr ", '<workbookPr date1904="1" '),
    )
    (product,) = read_catalogue(desk.path, today=TODAY).catalogue.products
    assert product.story is not None
    assert product.story.approved_until == date(2028, 12, 31)


GARBAGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1901, 1, 1), date(9999, 12, 31)),
    # what XML can carry; control characters come in by openpyxl's own escapes
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=60).filter(
        lambda text: "\ufffe" not in text and "\uffff" not in text
    ),
    st.sampled_from(["=1+1", "#N/A", "../x", "_x001B_", "4111111111111111", "๙๙", "7%", ""]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.lists(GARBAGE, max_size=19), max_size=6), shared=st.booleans())
def test_garbage_is_read_or_refused(desk: Desk, rows: list[list[object]], *, shared: bool) -> None:
    book = desk.book({})
    for row in rows:
        book["Products"].append(row)
    desk.save(book) if shared else book.save(desk.path)
    try:
        checked = read_catalogue(desk.path, today=TODAY)
    except Refusal as refusal:
        for fault in refusal.facts["faults"]:  # type: ignore[attr-defined]  # facts are objects
            assert fault.problem not in WARNINGS
            assert "4111111111111111" not in fault.value
    else:
        assert isinstance(checked, Checked)
        assert all(product.code and product.name.th for product in checked.catalogue.products)


def test_the_sample_is_good() -> None:
    checked = read_catalogue(resources.path("sample", "catalogue.xlsx"), today=TODAY)
    catalogue = checked.catalogue
    assert len(catalogue.products) >= 54
    assert len(catalogue.groups) == 6
    assert {product.group for product in catalogue.products} <= {g.code for g in catalogue.groups}
    assert {p.picture for p in catalogue.products} == {p.sha256 for p in catalogue.pictures}
    assert sorted(warning.problem for warning in checked.warnings) == [
        Problem.STORY_NOT_APPROVED,
        Problem.STORY_PAST,
        Problem.STORY_PAST,
    ]


def test_every_column_of_the_sample_is_known() -> None:
    checked = read_catalogue(resources.path("sample", "catalogue.xlsx"), today=TODAY)
    assert Problem.COLUMN_UNKNOWN not in {warning.problem for warning in checked.warnings}
    assert len(PRODUCTS.columns) == 18
