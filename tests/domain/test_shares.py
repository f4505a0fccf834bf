"""The makers' share: 70 % of what was paid without VAT, exact to the satang on any basket."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.baskets import SOAK, amount, baskets, of, product
from tofan_pos.domain.basket import Basket, reckon
from tofan_pos.domain.catalogue import SharePolicy, TaxKind
from tofan_pos.domain.share import shares

MANY = 100_000 if SOAK else 120


def half_up(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@settings(max_examples=MANY)
@given(baskets(), st.sampled_from((0, 700, 1000)))
def test_seventy_per_cent_is_exact_over_any_basket(basket: Basket, rate_bp: int) -> None:
    reckoning = reckon(basket, vat_rate_bp=rate_bp, policy=SharePolicy())
    lines = reckoning.lines
    taxable = sum(line.paid for line in lines if line.line.product.vat is TaxKind.STANDARD)
    assert reckoning.total == sum(line.paid for line in lines) == basket.total
    assert reckoning.vat == sum(line.vat for line in lines)
    assert reckoning.vat == half_up(Decimal(taxable) * rate_bp / (10_000 + rate_bp))
    basis = reckoning.total - reckoning.vat
    assert reckoning.share == sum(line.share for line in lines)
    assert reckoning.share == half_up(Decimal(basis) * 7 / 10)


@settings(max_examples=MANY)
@given(baskets(), st.sampled_from((0, 700)))
def test_every_line_keeps_what_is_its_own(basket: Basket, rate_bp: int) -> None:
    reckoning = reckon(basket, vat_rate_bp=rate_bp, policy=SharePolicy())
    for line in reckoning.lines:
        assert line.paid == line.line.gross - line.line.discounted - line.basket_discount
        assert 0 <= line.share <= line.paid - line.vat <= line.paid <= line.line.gross
        if line.line.product.vat is TaxKind.EXEMPT:
            assert line.vat == 0
        # Half a satang is the document's own rounding; the rest is the line's.
        assert abs(line.share - Fraction((line.paid - line.vat) * 7, 10)) < Fraction(3, 2)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60), st.integers(0, 10_000))
def test_any_policy_gives_whole_documents(bases: list[int], rate_bp: int) -> None:
    parts = shares(bases, SharePolicy(rate_bp=rate_bp))
    assert sum(parts) == half_up(Decimal(sum(bases)) * rate_bp / 10_000)


def test_what_rounding_each_line_by_itself_would_lose() -> None:
    # 45 lines of 0.01: line by line the share would be 0.45 of 0.45.
    penny = of(*(product(f"P{i}", 1) for i in range(45)))
    assert reckon(penny, vat_rate_bp=0, policy=SharePolicy()).share == 32


def test_a_basket_discounted_to_nought_shares_nought() -> None:
    free = of(product(price=59_00)).discount_basket(amount(59_00))
    reckoning = reckon(free, vat_rate_bp=700, policy=SharePolicy())
    assert (reckoning.total, reckoning.vat, reckoning.share) == (0, 0, 0)
