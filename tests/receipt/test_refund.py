"""What the paper of a refund says."""

from dataclasses import replace
from datetime import date

import pytest

from tests.receipt import day, samples
from tests.receipt.samples import said, worded
from tofan_pos.domain.money import baht, shown
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.reversal import Reversal
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.receipt.document import Barcode, Document, Signatures
from tofan_pos.receipt.paper import A4, MM58, MM80, Paper
from tofan_pos.receipt.refund import refund
from tofan_pos.receipt.text import text

LANGUAGES = list(ReceiptLanguage)


def paper(
    back: Reversal,
    *,
    language: ReceiptLanguage = ReceiptLanguage.EN,
    exchange: str = "",
    copy: int = 0,
    training: bool = False,
) -> Document:
    return refund(
        back,
        profile=samples.profile(language=language),
        words=samples.WORDS,
        anchor=day.ANCHOR,
        tender_names=day.TENDERS,
        exchange=exchange,
        copy=copy,
        training=training,
    )


def flat(document: Document) -> list[str]:
    return [" ".join(line.split()) for line in said(document).splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_bears_its_number_the_sales_and_every_sum(language: ReceiptLanguage) -> None:
    back = day.returned(day.mixed(), {0: 1, 1: 2})
    document = paper(back, language=language)
    words = said(document)
    assert document.title == "CTW1-C000001"
    assert Barcode("CTW1-C000001") in document.blocks
    for fact in ("CTW1-C000001", "CTW1-V000042", back.reason, "S01", "S09", day.ANCHOR):
        assert fact in words
    for line in back.lines:
        assert line.name.get(language.languages[0]) in words
        assert shown(line.paid) in words
    for amount in (back.vat, back.total - back.vat, back.share, back.tenders[0].amount):
        assert shown(amount) in words
    assert baht(back.total) in words
    for one in language.languages:
        assert worded("Refund receipt")[one] in words
    assert "ใบลดหนี้" not in words


def test_lines_say_how_many_at_what_price() -> None:
    sold = day.mixed()
    back = day.returned(sold, {0: 1, 1: 2})
    each = back.lines[1].paid // 2
    assert f"2 × {shown(each)}" in flat(paper(back))
    odd = replace(back, lines=(replace(back.lines[1], paid=back.lines[1].paid + 1),))
    assert "2 pieces" in flat(paper(odd))


def test_without_a_receipt_it_says_so() -> None:
    back = replace(day.returned(day.mixed(), {0: 1}), of="")
    lines = flat(paper(back))
    assert "For receipt No receipt" in lines
    assert not any(line.startswith("Sold on") for line in lines)


def test_a_seller_without_vat_says_no_word_of_it() -> None:
    back = day.returned(day.mixed(kind=DocumentKind.NON_VAT), {0: 1})
    document = refund(
        back,
        profile=samples.profile(language=ReceiptLanguage.BOTH, kind=DocumentKind.NON_VAT),
        words=samples.WORDS,
        anchor="a",
    )
    assert "VAT" not in said(document)
    assert "ภาษี" not in said(document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_vat_is_said_to_be_part_of_the_receipts(language: ReceiptLanguage) -> None:
    back = day.returned(day.mixed(), {0: 1})
    sentence = worded("Part of the original receipt's VAT")
    for one in language.languages:
        assert sentence[one] in said(paper(back, language=language))
        assert sentence[one] not in said(paper(replace(back, of=""), language=language))


def test_its_business_date_stands_beside_the_date_where_it_is_another() -> None:
    back = day.returned(day.mixed(), {0: 1})
    assert "Business date" not in said(paper(back))
    rolled = replace(back, business_date=date(2026, 11, 21))
    assert "Business date 21 Nov 2026" in flat(paper(rolled))


def test_it_says_how_it_was_paid_back_and_into_which_sale() -> None:
    tenders = (
        Tender(TenderKind.EXCHANGE, 200_00),
        Tender(TenderKind.CARD, 90_00, code="KBANK", reference="771"),
    )
    back = day.returned(day.mixed(), {0: 1}, tenders=tenders)
    lines = flat(paper(back, exchange="CTW1-V000043"))
    at = lines.index("Exchanged goods 200.00")
    assert lines[at : at + 4] == [
        "Exchanged goods 200.00",
        "Reference CTW1-V000043",
        "Credit card 90.00",
        "Reference 771",
    ]


def test_the_customer_signs_it() -> None:
    document = paper(day.returned(day.mixed(), {0: 1}))
    (lines,) = [block for block in document.blocks if isinstance(block, Signatures)]
    assert lines.captions == ("Customer's signature",)


def test_nobody_approved_what_needed_no_approval() -> None:
    back = replace(day.returned(day.mixed(), {0: 1}), approved_by="")
    assert "Approved by" not in said(paper(back))


def test_it_carries_the_marks_of_copies_and_training() -> None:
    lines = flat(paper(day.returned(day.mixed(), {0: 1}), copy=2, training=True))
    assert lines[1] == lines[-1] == "FOR TRAINING"
    assert "Copy, reprint no. 2" in lines


@pytest.mark.parametrize("roll", [MM58, MM80, A4], ids=lambda roll: roll.name)
def test_hostile_text_and_the_largest_amounts_stay_on_paper(roll: Paper) -> None:
    back = day.returned(samples.sale(samples.one(9_999_999_99)), {0: 1}, reason="\x1bp\u202e" * 99)
    layout = samples.laid_out(paper(back, language=ReceiptLanguage.BOTH), roll)
    words = text(layout)
    assert "฿9,999,999.99" in words
    assert all(character.isprintable() or character == "\n" for character in words)
    for row in layout.rows:
        for cell in row.cells:
            assert cell.left >= 0
            assert cell.left + cell.width <= roll.width + 1e-6
