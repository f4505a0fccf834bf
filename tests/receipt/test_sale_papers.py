"""What a receipt says when a sale did not run straight: tenders, promotions, marks, gifts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.receipt import day, samples
from tests.receipt.samples import said, worded
from tofan_pos.domain.catalogue import Story, Text
from tofan_pos.domain.money import baht, shown
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.reversal import Reversal
from tofan_pos.domain.sale import Sale, Tender, TenderKind
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.receipt.build import receipt
from tofan_pos.receipt.document import Barcode, Document, Framed, Signatures, Square, Stories
from tofan_pos.receipt.paper import MM58, MM80, Paper
from tofan_pos.receipt.text import text

LANGUAGES = list(ReceiptLanguage)
MINUS = "\N{MINUS SIGN}"


def paper(  # noqa: PLR0913 - what a receipt may vary in
    sold: Sale,
    *,
    language: ReceiptLanguage = ReceiptLanguage.EN,
    names: Mapping[str, Text] = day.TENDERS,
    story: Story | None = None,
    copy: int = 0,
    return_code: str = "",
    voided: Reversal | None = None,
    gift: bool = False,
    training: bool = False,
) -> Document:
    return receipt(
        sold,
        profile=samples.profile(language=language, kind=sold.kind),
        anchor=day.ANCHOR,
        stories={line.code: story for line in sold.lines} if story else {},
        words=samples.WORDS,
        tender_names=names,
        copy=copy,
        return_code=return_code,
        voided=voided,
        gift=gift,
        training=training,
    )


def line_of(document: Document, start: str) -> str:
    (line,) = [line for line in said(document).splitlines() if line.strip().startswith(start)]
    return " ".join(line.split())


def all_amounts(sold: Sale) -> set[int]:
    amounts = {sold.total, sold.gross, sold.vat, sold.share, sold.change, sold.basket_discount}
    amounts |= {sold.total - sold.vat, sold.total + sold.basket_discount}
    amounts |= {tender.amount for tender in sold.tenders}
    for line in sold.lines:
        amounts |= {line.price, line.gross, line.paid, line.discounted, line.share, line.vat}
    return {amount for amount in amounts if amount}


# --- tenders --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_tenders_stand_by_name_with_their_amounts(language: ReceiptLanguage) -> None:
    sold = day.mixed()
    document = paper(sold, language=language)
    name = " / ".join(day.TENDERS["KBANK"].get(one) for one in language.languages)
    assert line_of(document, name) == f"{name} 500.00"
    cash = " / ".join(worded("Cash")[one] for one in language.languages)
    assert line_of(document, cash) == f"{cash} {shown(sold.tenders[2].amount)}"


def test_a_short_reference_stands_whole_and_a_long_one_by_its_end() -> None:
    words = said(paper(day.mixed()))
    assert "004512" in words
    assert "…0000918273" in words
    assert "VC-2026" not in words


@pytest.mark.parametrize(
    ("kind", "name"),
    [(TenderKind.CARD, "Card"), (TenderKind.TRANSFER, "Transfer"), (TenderKind.VOUCHER, "Voucher")],
)
def test_a_tender_that_no_catalogue_names_goes_by_its_kind(kind: TenderKind, name: str) -> None:
    sold = samples.sale(samples.one(100_00), extra=0)
    sold = replace(sold, tenders=(Tender(kind, 100_00, code="GONE"),))
    assert line_of(paper(sold, names={}), name) == f"{name} 100.00"


def test_change_is_said_only_where_cash_was_handed_over() -> None:
    sold = samples.sale(samples.one(100_00), extra=0)
    assert "Change 0.00" in " ".join(said(paper(sold)).split())
    by_card = replace(sold, tenders=(Tender(TenderKind.CARD, 100_00, code="KBANK"),))
    assert "Change" not in said(paper(by_card))


def test_an_exchange_says_what_stood_for_money_and_which_refund_that_was() -> None:
    document = paper(day.exchanged(samples.basket(3)))
    goods = "Paid with returned goods"
    assert line_of(document, goods) == f"{goods} 590.00"
    assert line_of(document, "Reference") == "Reference CTW1-C000001"


# --- promotions and prices ------------------------------------------------------------------------


def test_a_promotion_stands_by_name_under_its_line_and_another_under_the_subtotal() -> None:
    sold = day.mixed()
    document = paper(sold)
    assert line_of(document, "3 for 500") == f"3 for 500 {MINUS}40.00"
    assert line_of(document, "Mall members' day") == f"Mall members' day {MINUS}100.00"
    assert line_of(document, "Subtotal") == f"Subtotal {shown(sold.total + 100_00)}"


def test_a_promotion_and_a_discount_of_the_basket_share_what_was_taken_off() -> None:
    sold = replace(day.mixed(), discount=samples.percent(5_00, "member"))
    first, *others = sold.lines
    sold = replace(
        sold,
        lines=(replace(first, basket_discount=130_00, paid=first.paid - 30_00), *others),
        total=sold.total - 30_00,
    )
    document = paper(sold)
    assert line_of(document, "Mall members' day").endswith(f"{MINUS}100.00")
    assert line_of(document, "Discount 5 % (member)").endswith(f"{MINUS}30.00")


def test_a_nameless_promotion_is_still_one() -> None:
    nameless = replace(day.MALL_DAY, name=Text())
    document = paper(replace(day.mixed(), promotion=nameless))
    assert line_of(document, "Promotion") == f"Promotion {MINUS}100.00"


def test_a_price_given_by_hand_says_the_listed_one_and_why() -> None:
    sold = samples.sale(samples.one(300_00))
    (line,) = sold.lines
    given = replace(sold, lines=(replace(line, listed=1_890_00, price_reason="ตำหนิ"),))
    assert line_of(paper(given), "Listed price") == "Listed price 1,890.00 · ตำหนิ"
    assert "Discount" not in said(paper(given))
    assert "1,890.00" not in said(paper(given, gift=True))
    same = replace(sold, lines=(replace(line, listed=300_00, price_reason="ตำหนิ"),))
    assert said(paper(same)) == said(paper(sold))


def test_where_nothing_is_due_no_cash_is_said() -> None:
    sold = samples.sale(samples.one(0), extra=0)
    assert [tender.amount for tender in sold.tenders] == [0]
    for tenders in (sold.tenders, ()):
        words = said(paper(replace(sold, tenders=tenders)))
        assert "฿0.00" in words
        assert "Cash" not in words
        assert "Change" not in words
    swapped = replace(
        sold, tenders=(Tender(TenderKind.EXCHANGE, 0), *sold.tenders), exchange_of="CTW1-C000001"
    )
    words = said(paper(swapped))
    assert "CTW1-C000001" in words
    assert "Change" not in words


@pytest.mark.parametrize("gift", [False, True])
def test_a_business_date_that_is_not_the_calendars_stands_beside_it(*, gift: bool) -> None:
    sold = samples.sale(samples.one(300_00))
    assert "Business date" not in said(paper(sold, gift=gift))
    rolled = replace(sold, business_date=date(2026, 11, 21))
    lines = [" ".join(line.split()) for line in said(paper(rolled, gift=gift)).splitlines()]
    at = lines.index("Business date 21 Nov 2026")
    assert lines[at - 1].startswith("Date 22 Nov 2026")
    # Half past midnight in Bangkok is still the day before in UTC.
    late = replace(sold, at=datetime(2026, 11, 21, 17, 30, tzinfo=UTC))
    assert "Business date" not in said(paper(late))


# --- marks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_says_which_one_in_a_frame(language: ReceiptLanguage) -> None:
    document = paper(day.mixed(), language=language, copy=3)
    frames = [block.texts for block in document.blocks if isinstance(block, Framed)]
    expected = worded("Copy, reprint no. {n}", n=3)
    assert tuple(expected[one] for one in language.languages) in frames


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_voided_sale_is_the_receipt_again_with_its_mark_above(language: ReceiptLanguage) -> None:
    sold = day.mixed()
    void = day.void_of(sold)
    document = paper(sold, language=language, voided=void, return_code="A", story=samples.STORY)
    words = said(document)
    lines = [" ".join(line.split()) for line in words.splitlines()]
    mark = lines.index("ยกเลิก / VOID")
    number = next(n for n, line in enumerate(lines) if line.endswith(sold.number))
    assert mark < number
    for fact in (void.reason, "S01", "S09"):
        assert any(fact in line for line in lines[mark:number])
    year = "2569" if "th" in language.languages else "2026"
    assert any(f"{year} 17:05" in line for line in lines[mark:number])
    amounts = [sold.vat, sold.total - sold.vat, sold.change, sold.share, 40_00, 100_00]
    amounts += [tender.amount for tender in sold.tenders] + [line.gross for line in sold.lines]
    for amount in amounts:
        assert shown(amount) in words
    assert baht(sold.total) in words
    assert not any(isinstance(block, Stories | Square) for block in document.blocks)
    # What was to go to the makers does not any more.
    assert baht(sold.share) not in words
    assert Barcode(sold.number) in document.blocks


def test_only_the_first_paper_of_a_void_is_signed_by_the_customer() -> None:
    sold = day.mixed()
    void = day.void_of(sold)

    def signed(copy: int) -> bool:
        document = paper(sold, voided=void, copy=copy)
        return any(isinstance(block, Signatures) for block in document.blocks)

    assert signed(0)
    assert not signed(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_training_stands_first_and_last_on_paper(language: ReceiptLanguage) -> None:
    lines = said(paper(day.mixed(), language=language, training=True)).split("\n")
    words = [line.strip() for line in lines if line.strip()]
    assert words[:2] == words[-2:] == ["สำหรับฝึก", "FOR TRAINING"]
    assert "TRAINING" not in said(paper(day.mixed(), language=language))


# --- gifts and returns ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(DocumentKind))
def test_a_gift_receipt_names_things_and_no_amount(
    language: ReceiptLanguage, kind: DocumentKind
) -> None:
    sold = day.mixed(kind=kind)
    document = paper(sold, language=language, gift=True, story=samples.STORY, return_code="A")
    words = said(document)
    for amount in all_amounts(sold):
        assert shown(amount) not in words
    assert "฿" not in words
    assert "3 ชิ้น 500" not in words
    assert "3 for 500" not in words
    assert not any(isinstance(block, Square) for block in document.blocks)  # it holds prices
    for line in sold.lines:
        assert line.name.get(language.languages[0]) in words
    assert "× 2" in words
    assert "70 %" in words
    assert any(isinstance(block, Stories) for block in document.blocks)
    assert Barcode(sold.number) in document.blocks
    for one in language.languages:
        assert worded("Gift receipt")[one] in words


def test_a_gift_receipt_is_no_receipt() -> None:
    assert "ใบเสร็จรับเงิน" not in said(paper(day.mixed(), gift=True))


def test_the_code_for_returns_stands_beside_the_number() -> None:
    code = day.code(700)
    document = paper(day.mixed(), return_code=code)
    (square,) = [block for block in document.blocks if isinstance(block, Square)]
    assert square.data == code
    assert square.captions == ("For returns",)
    assert Barcode("CTW1-V000042") in document.blocks
    assert "For returns" not in said(paper(day.mixed()))


@pytest.mark.parametrize("roll", [MM58, MM80], ids=lambda roll: roll.name)
def test_hostile_names_references_and_reasons_end_at_the_gate(roll: Paper) -> None:
    bad = "\x1bp\x00\x19\u202e <b>"
    sold = day.mixed()
    sold = replace(
        sold,
        tenders=(Tender(TenderKind.TRANSFER, sold.total, code="ODD", reference=bad + "\x1b" * 40),),
        promotion=replace(day.MALL_DAY, name=Text(bad, bad)),
    )
    void = replace(day.void_of(sold), reason=bad * 20)
    layout = samples.laid_out(paper(sold, voided=void), roll)
    words = text(layout)
    assert all(character.isprintable() or character == "\n" for character in words)
    assert shown(sold.total) in words
