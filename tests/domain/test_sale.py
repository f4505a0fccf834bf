"""A completed sale: frozen as it was paid, and never paid with too little."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.baskets import amount, baskets, of, percent, product
from tofan_pos.domain.basket import Basket
from tofan_pos.domain.catalogue import SharePolicy, Story, Text
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import MOST
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.sale import Sale, Tender, TenderKind, Terms, check_payment, complete

TERMS = Terms(kind=DocumentKind.VAT_RECEIPT, vat_rate_bp=700, policy=SharePolicy())


def cash(satang: int) -> Tender:
    return Tender(TenderKind.CASH, satang)


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
