"""Where a receipt's rows and cells stand, by a plain face."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.receipt import samples
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.money import shown
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.receipt.document import (
    Align,
    Barcode,
    Block,
    Document,
    Heading,
    Pair,
    Paragraph,
    Signatures,
    Size,
    Square,
    Tallied,
)
from tofan_pos.receipt.layout import lay_out
from tofan_pos.receipt.paper import (
    A4,
    DOTS_PER_MM,
    MM58,
    MM80,
    SHEET,
    Codes,
    Layout,
    Paper,
    paper_of,
)
from tofan_pos.receipt.text import columns, text

PAPERS = (MM58, MM80, A4)
HOSTILE = (
    "\x1bp\x00\x19\xfa เปิดลิ้นชัก",
    "\x1d(k\x04\x001A2\x00",
    '<img src="file:///etc/passwd"> <b>ผ้า</b>',
    "\u202e\u2066ย้อนกลับ\u2069",
    "ก" + "\u0e49" * 500,
    "\ud800lone",
    "ยาว" * 21_846,
    "x" * 65_536,
    "",
    " \n\t ",
    "🧵👩🏽‍🎨",
)
names = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=120))


def sound(layout: Layout) -> None:
    """Assert that nothing leaves the paper, and nothing stands on anything else."""
    top = 0
    for row in layout.rows:
        assert row.top == top
        assert row.height >= 0
        top += row.height
        right = 0.0
        for cell in sorted(row.cells, key=lambda cell: cell.left):
            assert cell.text == cell.text.strip()
            assert cell.text.isprintable()
            assert cell.left >= right
            right = cell.left + cell.width
            assert row.height >= 1.6 * cell.size
            assert row.baseline <= row.height
        assert right <= layout.paper.width + 1e-6
        for bar in row.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= layout.paper.width
            assert 0 <= bar.y <= bar.y + bar.height <= row.height
            assert bar.width * bar.height > 0
    assert layout.height == top


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
@pytest.mark.parametrize("language", list(ReceiptLanguage))
@pytest.mark.parametrize("count", [1, 3, 10, 40])
def test_receipts_of_all_lengths_stay_on_their_paper(
    paper: Paper, language: ReceiptLanguage, count: int
) -> None:
    whole = samples.basket(count, discounted=True)
    sound(samples.laid_out(samples.document(whole, language=language), paper))


@given(
    name=names,
    other=names,
    price=st.integers(0, 9_999_999_99),
    paper=st.sampled_from(PAPERS),
    kind=st.sampled_from(DocumentKind),
    language=st.sampled_from(ReceiptLanguage),
)
def test_any_name_and_amount_stays_on_any_paper(  # noqa: PLR0913, PLR0917 - all of them at once
    name: str,
    other: str,
    price: int,
    paper: Paper,
    kind: DocumentKind,
    language: ReceiptLanguage,
) -> None:
    whole = samples.one(price, name=Text(name, other))
    document = samples.document(whole, kind=kind, language=language, budget=60, extra=0)
    layout = samples.laid_out(document, paper)
    sound(layout)
    words = text(layout)
    sold = samples.sale(whole, kind=kind, extra=0)
    for amount in (sold.total, sold.share, sold.change, *(line.gross for line in sold.lines)):
        assert shown(amount) in words


@given(
    count=st.integers(1, 60),
    paper=st.sampled_from(PAPERS),
    language=st.sampled_from(ReceiptLanguage),
)
def test_every_amount_of_the_sale_stands_in_the_text(
    count: int, paper: Paper, language: ReceiptLanguage
) -> None:
    whole = samples.basket(count, discounted=True)
    sold = samples.sale(whole)
    words = text(samples.laid_out(samples.document(whole, language=language), paper))
    amounts = [sold.total, sold.basket_discount, sold.vat, sold.share, sold.tendered, sold.change]
    amounts += [line.gross for line in sold.lines] + [
        line.discounted for line in sold.lines if line.discount
    ]
    for amount in amounts:
        assert shown(amount) in words


@pytest.mark.parametrize("amount", [0, 1_234_567_89, 9_999_999_99])
def test_the_largest_amounts_stay_on_one_line_beside_or_under_their_label(amount: int) -> None:
    layout = samples.laid_out(samples.document(samples.one(amount)), MM58)
    cells = [cell for row in layout.rows for cell in row.cells]
    totals = [cell for cell in cells if cell.text == f"฿{shown(amount)}"]
    assert [cell.size for cell in totals] == [MM58.sizes[Size.HUGE]]
    assert totals[0].x == MM58.width


def test_a_long_name_wraps_clear_of_its_amount() -> None:
    layout = samples.laid_out(samples.document(samples.one(100_00, name=samples.STACKED)), MM58)
    first = next(row for row in layout.rows if row.cells and row.cells[0].text.startswith("ผ้าทอมือ"))
    name, amount = first.cells
    assert amount.left - (name.left + name.width) >= name.size


def pair(left: str, right: str, *, size: Size = Size.BODY) -> Layout:
    block = Pair(left=left, right=right, size=size)
    return samples.laid_out(Document(title="t", languages=("th",), blocks=(block,)), MM58)


def test_a_pair_stands_on_one_row_or_the_value_goes_below() -> None:
    assert len(pair("รวม", "100.00").rows) == 1
    below = pair("x " * 20, "y" * 28)
    assert [cell.x for row in below.rows[-1:] for cell in row.cells] == [MM58.width]
    assert len(below.rows) > 1


def test_a_huge_pair_makes_its_label_smaller_before_it_breaks() -> None:
    (row,) = pair("รวม / Total", "฿6,110.40", size=Size.HUGE).rows
    label, amount = row.cells
    assert label.size == MM58.sizes[Size.BODY]
    assert amount.size == MM58.sizes[Size.HUGE]


def test_a_centred_paragraph_breaks_into_even_lines() -> None:
    block = Paragraph(text="กระทรวง " * 7, align=Align.CENTRE)
    layout = samples.laid_out(Document(title="t", languages=("th",), blocks=(block,)), MM58)
    widths = [cell.width for row in layout.rows for cell in row.cells]
    assert len(widths) > 1
    assert min(widths) > max(widths) / 2


def test_kept_rows_end_before_the_paper_does() -> None:
    layout = samples.laid_out(samples.document(samples.basket(10)), A4)
    assert any(row.kept for row in layout.rows)
    assert not layout.rows[-1].kept


def test_the_roll_is_chosen_by_its_millimetres() -> None:
    assert paper_of(58) is MM58
    assert paper_of(80) is MM80


def test_text_pads_amounts_to_the_columns_counting_no_marks() -> None:
    for paper in (MM58, MM80):
        document = samples.document(samples.one(1_234_567_89, name=Text("ที่นั่น", "")))
        line = next(
            line
            for line in text(samples.laid_out(document, paper)).splitlines()
            if line.startswith("ที่นั่น")
        )
        assert columns(line) == paper.columns
        assert line.endswith(" 1,234,567.89")


def test_a_number_too_long_for_a_barcode_becomes_a_square_code() -> None:
    for data, height in (("CTW1-R000042", 72), ("W" * 70, 6 * (21 + 70 // 8))):
        document = Document(title="t", languages=("th",), blocks=(Barcode(data),))
        layout = samples.laid_out(document, MM58)
        sound(layout)
        assert layout.rows[0].height == height


def one_block(block: Block, paper: Paper = MM58) -> Layout:
    return samples.laid_out(Document(title="t", languages=("th",), blocks=(block,)), paper)


@pytest.mark.parametrize("paper", [*PAPERS, SHEET], ids=lambda paper: paper.name)
@pytest.mark.parametrize("left", ["ขาย / Sales", "Drawer opened without a sale", "ก" * 90, ""])
@pytest.mark.parametrize("right", ["0.00", "\N{MINUS SIGN}9,999,999.99", ""])
def test_counts_stand_between_labels_and_amounts_and_touch_neither(
    paper: Paper, left: str, right: str
) -> None:
    layout = one_block(Tallied(left=left, count="1,234", right=right, bold=True), paper)
    sound(layout)
    cells = {cell.text: cell for row in layout.rows for cell in row.cells}
    assert "1,234" in cells
    if right:
        amount = cells[right]
        assert amount.x == paper.width
        assert amount.left - cells["1,234"].x >= amount.size - 1


def test_counts_of_a_table_end_in_one_column() -> None:
    blocks = tuple(Tallied(left=f"{n}", count=f"{n}", right=f"{n}.00") for n in (1, 23, 456, 7_890))
    layout = samples.laid_out(Document(title="t", languages=("th",), blocks=blocks), MM80)
    assert len({row.cells[1].x for row in layout.rows}) == 1


def test_a_message_in_two_languages_breaks_between_them() -> None:
    first, second = pair("มูลค่าก่อนภาษี / Value before VAT", "1,234,567.89").rows
    assert first.cells[0].text == "มูลค่าก่อนภาษี /"
    assert second.cells[0].text == "Value before VAT"


def test_a_centred_message_in_two_languages_needs_no_stroke_at_its_break() -> None:
    whole = Paragraph(text="เปิดรอบขายวันนี้ / Session opened today", align=Align.CENTRE)
    texts = [cell.text for row in one_block(whole).rows for cell in row.cells]
    assert texts == ["เปิดรอบขายวันนี้", "Session opened today"]


def test_a_code_that_would_be_too_fine_is_left_out_with_its_caption() -> None:
    def side(count: int) -> Codes:
        return Codes(barcode=samples.CODES.barcode, qr=lambda _data: ("1" * count,) * count)

    def heights(count: int) -> list[int]:
        document = Document(
            title="t", languages=("th",), blocks=(Square(data="A", captions=("คืน",)),)
        )
        layout = lay_out(document, MM58, samples.measure, codes=side(count))
        sound(layout)
        return [row.height for row in layout.rows]

    assert heights(124)[:3] == [12, 3 * 124, 12]
    assert heights(125) == []
    assert heights(21)[1] == 6 * 21


def test_a_code_nothing_can_hold_is_left_out() -> None:
    def full(_data: str) -> tuple[str, ...]:
        raise ValueError

    document = Document(title="t", languages=("th",), blocks=(Square(data="A"),))
    codes = Codes(barcode=samples.CODES.barcode, qr=full)
    assert lay_out(document, MM58, samples.measure, codes=codes).height == 0


@pytest.mark.parametrize(("paper", "lines"), [(MM58, 3), (MM80, 2), (SHEET, 1)])
def test_signatures_stand_abreast_where_there_is_room_to_sign(paper: Paper, lines: int) -> None:
    layout = one_block(Signatures(("ผู้นับเงิน S01", "ผู้อนุมัติ", "พยาน " * 12)), paper)
    sound(layout)
    rules = [row for row in layout.rows if row.bars]
    assert len(rules) == lines
    for row in rules:
        assert row.height >= 10 * DOTS_PER_MM
        assert all(bar.width >= 30 * DOTS_PER_MM for bar in row.bars)


def test_a_heading_stays_with_what_follows() -> None:
    assert all(row.kept for row in one_block(Heading("เงินสดในลิ้นชัก / Cash in the drawer")).rows)


def test_a_narrow_document_is_set_in_a_column_of_the_sheet() -> None:
    blocks = (Paragraph(text="x"),)
    narrow = Document(title="t", languages=("th",), blocks=blocks, narrow=True)
    assert samples.laid_out(narrow, A4).paper is SHEET
    assert samples.laid_out(narrow, MM58).paper is MM58
    assert samples.laid_out(replace(narrow, narrow=False), A4).paper is A4
