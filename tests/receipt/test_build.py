"""What a receipt says."""

from dataclasses import replace
from datetime import date

import pytest

from tests.receipt import samples
from tofan_pos.domain.basket import Basket
from tofan_pos.domain.catalogue import Story, Text
from tofan_pos.domain.money import baht, shown
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.receipt.build import receipt
from tofan_pos.receipt.document import Band, Barcode, Document, Item, Stamp, Stories

said = samples.said


def told(document: Document) -> list[str]:
    blocks = [block for block in document.blocks if isinstance(block, Stories)]
    return [telling.code for block in blocks for telling in block.tellings]


def test_it_opens_and_closes_with_the_band_and_carries_number_barcode_and_room_for_a_stamp() -> (
    None
):
    document = samples.document(samples.basket(2))
    kinds = [type(block) for block in document.blocks]
    assert kinds[0] is kinds[-1] is Band
    assert Barcode("CTW1-V000042") in document.blocks
    (stamp,) = [block for block in document.blocks if isinstance(block, Stamp)]
    assert stamp.mm >= 12
    assert document.title == "CTW1-V000042"


@pytest.mark.parametrize("language", list(ReceiptLanguage))
def test_a_seller_without_vat_prints_no_word_of_it(language: ReceiptLanguage) -> None:
    whole = samples.document(
        samples.with_exempt(samples.basket(3)), kind=DocumentKind.NON_VAT, language=language
    )
    words = said(whole)
    assert "VAT" not in words
    assert "ภาษี" not in words
    assert "ใบเสร็จรับเงิน" in words  # in Thai script whatever the paper's language
    assert ("Receipt" in words) == ("en" in language.languages)


def test_a_vat_receipt_shows_what_the_total_includes_but_is_no_tax_invoice() -> None:
    sold = samples.sale(samples.with_exempt(samples.basket(4)))
    words = said(samples.document(samples.with_exempt(samples.basket(4))))
    exempt = sold.lines[0].paid
    assert "รวมภาษีมูลค่าเพิ่มแล้ว" in words
    assert "ใบกำกับ" not in words
    for amount in (sold.vat, exempt, sold.total - exempt - sold.vat):
        assert shown(amount) in words


def test_all_exempt_goods_include_no_vat() -> None:
    whole = samples.with_exempt(samples.one(100_00))
    words = said(samples.document(whole, language=ReceiptLanguage.EN))
    assert "VAT included" not in words
    assert "Value exempt from VAT" in words


def test_dates_follow_the_language_and_bangkok() -> None:
    both = said(samples.document(samples.basket(1), language=ReceiptLanguage.BOTH))
    assert "22 พ.ย. 2569 14:05" in both
    assert "22 Nov 2026 14:05" in both
    english = said(samples.document(samples.basket(1), language=ReceiptLanguage.EN))
    assert "2569" not in english


def test_the_makers_share_stands_in_each_language() -> None:
    sold = samples.sale(samples.basket(3))
    words = said(samples.document(samples.basket(3), language=ReceiptLanguage.BOTH))
    for say in samples.WORDS.values():
        amount = baht(sold.share)
        assert say("{rate} %: {amount} goes to the makers", rate="70", amount=amount) in words


def test_a_rate_with_hundredths_is_written_out() -> None:
    sold = samples.sale(samples.basket(1))
    sold = replace(sold, policy=replace(sold.policy, rate_bp=7250))
    document = receipt(sold, profile=samples.profile(), anchor="a", stories={}, words=samples.WORDS)
    assert "72.5 %" in said(document)


def test_discounts_show_percent_reason_and_what_they_took_off() -> None:
    whole = samples.basket(3, discounted=True)
    sold = samples.sale(whole)
    words = said(samples.document(whole))
    assert "10 % (เปิดร้านวันแรก)" in words
    assert "5 % (สมาชิกห้าง)" in words
    assert f"\N{MINUS SIGN}{shown(sold.lines[1].discounted)}" in words
    assert f"\N{MINUS SIGN}{shown(sold.basket_discount)}" in words
    assert shown(sold.total + sold.basket_discount) in words


def test_without_a_discount_there_is_no_subtotal() -> None:
    assert "Subtotal" not in said(samples.document(samples.basket(2), language=ReceiptLanguage.EN))


def test_quantity_and_price_show_only_for_more_than_one() -> None:
    items = [b for b in samples.document(samples.basket(2)).blocks if isinstance(b, Item)]
    assert items[0].details == ()
    assert [detail.left for detail in items[1].details] == ["2 × 690.00"]


def test_a_story_is_told_once_a_product_in_the_order_of_lines() -> None:
    first, second = samples.basket(2).lines
    whole = Basket(lines=(second, first, second))
    assert told(samples.document(whole)) == [second.product.code, first.product.code]


@pytest.mark.parametrize("until", [None, date(2026, 11, 21)])
def test_a_story_not_approved_that_day_is_not_told(until: date | None) -> None:
    story = Story(short=samples.SHORT, approved_until=until)
    document = samples.document(samples.basket(1), story=story)
    assert told(document) == []
    assert samples.SHORT.th[:20] not in said(document)


def test_a_story_is_told_on_its_last_day() -> None:
    story = Story(short=samples.SHORT, approved_until=date(2026, 11, 22))
    assert told(samples.document(samples.basket(1), story=story)) == ["TF-WEA-000"]


def test_an_empty_story_is_no_story() -> None:
    story = Story(short=Text(), approved_until=date(2030, 1, 1))
    assert told(samples.document(samples.basket(1), story=story)) == []


def test_both_languages_tell_thai_first() -> None:
    words = said(samples.document(samples.basket(1), language=ReceiptLanguage.BOTH))
    thai, english = words.index(samples.SHORT.th[:20]), words.index(samples.SHORT.en[:20])
    assert thai < english


def test_a_reprint_says_so_and_the_first_print_does_not() -> None:
    english = ReceiptLanguage.EN
    assert "Copy" not in said(samples.document(samples.basket(1), language=english))
    copied = said(samples.document(samples.basket(1), language=english, copy=2))
    assert "Copy, reprint no. 2" in copied


def test_a_tax_id_stands_with_its_branch() -> None:
    seller = replace(samples.profile().seller, branch="00012")
    profile = replace(samples.profile(language=ReceiptLanguage.EN), seller=seller)
    document = receipt(
        samples.sale(samples.basket(1)),
        profile=profile,
        anchor="9f3ac71e",
        stories={},
        words=samples.WORDS,
    )
    words = said(document)
    assert "Tax ID 0994000158378" in words
    assert "Branch 00012" in words
    assert "Head office" not in words
    assert "Journal 9f3ac71e" in words
