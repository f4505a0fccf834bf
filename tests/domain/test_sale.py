"""A completed sale: frozen as it was paid, and never paid with too little."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.baskets import amount, baskets, of, offered, percent, product
from tofan_pos.domain.basket import Basket
from tofan_pos.domain.catalogue import SharePolicy, Story, Text
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import MOST
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.promotion import Promoted, PromotionKind
from tofan_pos.domain.sale import (
    LONGEST_REFERENCE,
    Sale,
    Tender,
    TenderKind,
    TenderType,
    Terms,
    VoidedLine,
    check_payment,
    complete,
    remaining,
)

TERMS = Terms(kind=DocumentKind.VAT_RECEIPT, vat_rate_bp=700, policy=SharePolicy())


TYPES = (
    TenderType(code="EDC", kind=TenderKind.CARD, name=Text("บัตรเครดิต", "Card")),
    TenderType(code="QR", kind=TenderKind.TRANSFER, name=Text("โอน", "Transfer")),
    TenderType(code="GIFT", kind=TenderKind.VOUCHER, name=Text("บัตรของขวัญ"), needs_reference=False),
)


def cash(satang: int) -> Tender:
    return Tender(TenderKind.CASH, satang)


def card(satang: int, reference: str = "004217", code: str = "EDC") -> Tender:
    return Tender(TenderKind.CARD, satang, code, reference)


def refusal(basket: Basket, *tenders: Tender) -> Refusal:
    with pytest.raises(Refusal) as refused:
        check_payment(basket, tenders, TYPES)
    return refused.value


def sold(basket: Basket, *tenders: Tender) -> Sale:
    return complete(
        basket,
        tenders,
        terms=TERMS,
        sale_id="id-1",
        till="CTW1",
        epoch=1,
        n=7,
        at=datetime(2026, 11, 22, 17, 30, tzinfo=UTC),
        business_date=date(2026, 11, 23),
        by="SETUP",
    )


@given(baskets(), st.integers(0, 1000_00))
def test_a_sale_holds_what_the_basket_reckoned(basket: Basket, over: int) -> None:
    sale = sold(basket, cash(basket.total + over))
    assert (sale.total, sale.change) == (basket.total, over)
    assert sale.gross == basket.gross
    assert sale.basket_discount == basket.discounted
    assert sale.quantity == basket.quantity
    assert sale.share == TERMS.reckon(basket).share == sum(line.share for line in sale.lines)
    assert sale.number == "CTW1-V000007"
    for line in sale.lines:
        assert line.paid == line.gross - line.discounted - line.basket_discount
        assert line.promotion is None or line.promotion.amount == line.discounted
        assert line.price_reason or not line.listed
    assert sale.promotion is None or sale.promotion.amount == sale.basket_discount


def test_a_sale_tells_what_became_of_its_prices() -> None:
    promotions = (
        offered("LINE", PromotionKind.PERCENT, 1000, "B"),
        offered("ALL", PromotionKind.AMOUNT, 5_00, bearer="mall"),
    )
    basket = of(product("A"), product("B"), product("C"), promotions=promotions)
    basket = basket.override_price(0, 80_00, "ตำหนิ").void_line(2)
    sale = complete(
        basket,
        [cash(170_00)],
        terms=TERMS,
        sale_id="id-1",
        till="CTW1",
        epoch=1,
        n=7,
        at=datetime(2026, 11, 22, 17, 30, tzinfo=UTC),
        business_date=date(2026, 11, 23),
        by="SETUP",
        voided=basket.voided,
        exchange_of="CTW1-C000003",
    )
    first, second = sale.lines
    assert (first.price, first.listed, first.price_reason) == (80_00, 100_00, "ตำหนิ")
    assert (second.price, second.listed, second.price_reason) == (100_00, 0, "")
    assert (first.promotion, second.promotion) == (
        None,
        Promoted(code="LINE", name=Text("โปร LINE", "Offer LINE"), bearer="brand", amount=10_00),
    )
    assert sale.promotion is not None
    assert (sale.promotion.code, sale.promotion.bearer, sale.promotion.amount) == (
        *("ALL", "mall"),
        5_00,
    )
    assert (sale.total, sale.change) == (165_00, 5_00)
    assert sale.voided == (VoidedLine("C", 1, 100_00),)
    assert sale.exchange_of == "CTW1-C000003"


def test_what_is_paid_in_parts_counts_together() -> None:
    basket = of(product())
    check_payment(basket, [cash(60_00), cash(40_00)])
    assert sold(basket, cash(60_00), cash(50_00)).change == 10_00


@pytest.mark.parametrize(
    ("basket", "tenders", "why"),
    [
        (Basket(), [cash(5)], Why.BASKET_EMPTY),
        (of(product()), [], Why.PAID_TOO_LITTLE),
        (of(product()), [cash(99_99)], Why.PAID_TOO_LITTLE),
        (of(product()), [cash(200_00), cash(-1)], Why.AMOUNT_OUT_OF_RANGE),
        (of(product()), [cash(MOST + 1)], Why.AMOUNT_OUT_OF_RANGE),
    ],
)
def test_payments_that_complete_nothing(basket: Basket, tenders: list[Tender], why: Why) -> None:
    with pytest.raises(Refusal) as refused:
        check_payment(basket, tenders)
    assert refused.value.why is why


def test_other_tenders_are_split_freely_and_come_back_cleaned() -> None:
    basket = of(product(price=500_00))
    gift = Tender(TenderKind.VOUCHER, 50_00, "GIFT")
    exchange = Tender(TenderKind.EXCHANGE, 100_00)
    tenders = (cash(100_00), card(150_00, " 00\u200b42 17\n"), gift, exchange, card(150_00, "9"))
    assert check_payment(basket, tenders, TYPES) == (
        *(cash(100_00), card(150_00, "00 42 17"), gift, exchange),
        card(150_00, "9"),
    )
    assert sold(basket, *tenders).change == 50_00


def test_change_comes_out_of_cash_alone() -> None:
    basket = of(product(price=100_00))
    assert check_payment(basket, [card(100_00), cash(20_00)], TYPES)
    over = refusal(basket, card(100_01))
    assert (over.why, over.facts) == (Why.CHANGE_ONLY_FROM_CASH, {"over": 1})
    split = refusal(basket, card(60_00), Tender(TenderKind.EXCHANGE, 70_00), cash(10_00))
    assert (split.why, split.facts) == (Why.CHANGE_ONLY_FROM_CASH, {"over": 30_00})


@pytest.mark.parametrize(
    ("tender", "why", "facts"),
    [
        (card(100_00, code=""), Why.TENDER_UNKNOWN, {"code": ""}),
        (card(100_00, code="AMEX"), Why.TENDER_UNKNOWN, {"code": "AMEX"}),
        (card(100_00, code="QR"), Why.TENDER_UNKNOWN, {"code": "QR"}),
        (card(100_00, " \u200b"), Why.REFERENCE_MISSING, {"name": TYPES[0].name}),
        (card(100_00, "4111 1111 1111 1111"), Why.CARD_NUMBER, {}),
        (
            card(100_00, "x" * (LONGEST_REFERENCE + 1)),
            Why.TEXT_TOO_LONG,
            {"most": LONGEST_REFERENCE},
        ),
        (card(0), Why.AMOUNT_OUT_OF_RANGE, {"most": MOST}),
        (Tender(TenderKind.EXCHANGE, -1), Why.AMOUNT_OUT_OF_RANGE, {"most": MOST}),
        (card(99_99), Why.PAID_TOO_LITTLE, {"missing": 1}),
    ],
)
def test_tenders_nobody_takes(tender: Tender, why: Why, facts: dict[str, object]) -> None:
    refused = refusal(of(product()), tender)
    assert (refused.why, refused.facts) == (why, facts)


def test_without_a_catalogue_of_tenders_there_is_cash() -> None:
    basket = of(product())
    with pytest.raises(Refusal) as refused:
        check_payment(basket, [card(100_00)])
    assert refused.value.why is Why.TENDER_UNKNOWN
    assert check_payment(basket, [Tender(TenderKind.CASH, 100_00, "X", "Y")]) == (cash(100_00),)


def test_an_exchange_may_come_to_nothing() -> None:
    free = of(product()).override_price(0, 0, "แถม")
    assert check_payment(free, [Tender(TenderKind.EXCHANGE, 0)]) == (
        Tender(TenderKind.EXCHANGE, 0),
    )


def test_what_is_still_to_be_paid() -> None:
    assert remaining(100_00, []) == 100_00
    assert remaining(100_00, [cash(30_00), card(20_00)]) == 50_00
    assert remaining(100_00, [cash(500_00)]) == 0


def test_a_basket_given_away_needs_no_money() -> None:
    check_payment(of(product()).discount_basket(percent(10_000)), [])


def test_what_is_missing_is_told() -> None:
    with pytest.raises(Refusal) as refused:
        check_payment(of(product()).discount_basket(amount(1)), [cash(50_00)])
    assert refused.value.facts == {"missing": 49_99}


def test_facts_are_frozen() -> None:
    sale = sold(of(product()), cash(100_00))
    with pytest.raises(FrozenInstanceError):
        sale.total = 0  # type: ignore[misc]


def test_a_text_stands_in_for_its_missing_translation() -> None:
    assert Text("ผ้า", "").get("en") == "ผ้า"
    assert Text("", "Cloth").get("th") == "Cloth"
    assert Text("ผ้า", "Cloth").get("en") == "Cloth"


def test_a_story_is_told_while_it_is_approved() -> None:
    told = Story(short=Text("ทอมือ"), approved_until=date(2026, 12, 31))
    assert told.may_be_told(date(2026, 12, 31))
    assert not told.may_be_told(date(2027, 1, 1))
    assert not Story(short=Text("ทอมือ")).may_be_told(date(2026, 1, 1))
