"""Promotions: the choice that is best for the customer, and money that always adds up."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from itertools import product as every

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.baskets import (
    CATEGORIES,
    SOAK,
    amount,
    baskets,
    of,
    offered,
    offers,
    percent,
    product,
)
from tofan_pos.domain.basket import Basket, BasketLine, reckon
from tofan_pos.domain.best import MOST_SEARCHED
from tofan_pos.domain.catalogue import Product, SharePolicy, Text
from tofan_pos.domain.promotion import Promoted, Promotion, PromotionKind, Scope, in_force

PERCENT, AMOUNT, N_FOR = PromotionKind.PERCENT, PromotionKind.AMOUNT, PromotionKind.N_FOR_PRICE
MANY = 20_000 if SOAK else 300


def cloth(code: str, price: int) -> Product:
    return product(code, price, category=Text("ผ้า"))


def taken(basket: Basket) -> list[tuple[str, int]]:
    """Return what each line takes, by code and amount."""
    return [(p.code, p.amount) if (p := line.promotion) else ("", 0) for line in basket.lines]


def test_a_percentage_takes_off_the_whole_line() -> None:
    basket = of(
        product("A", 333), product("B", 100), promotions=(offered("X", PERCENT, 1500, "A"),)
    )
    assert taken(basket) == [("X", 50), ("", 0)], "49.95 satang, half up"
    assert basket.set_quantity(0, 3).lines[0].discounted == 150


def test_an_amount_comes_off_each_piece_and_never_more_than_it_costs() -> None:
    basket = of(
        cloth("A", 100_00), cloth("B", 20_00), promotions=(offered("X", AMOUNT, 30_00, "ผ้า"),)
    )
    assert taken(basket.set_quantity(0, 2)) == [("X", 60_00), ("X", 20_00)]
    assert basket.set_quantity(1, 3).lines[1].net == 0


def test_n_for_a_price_mixes_what_it_is_about_dearest_first() -> None:
    three = (offered("X", N_FOR, 250_00, "ผ้า", count=3),)
    basket = of(
        cloth("A", 90_00),
        cloth("B", 120_00),
        cloth("C", 60_00),
        cloth("D", 100_00),
        promotions=three,
    )
    assert taken(basket) == [("X", 17_42), ("X", 23_23), ("", 0), ("X", 19_35)]
    assert basket.total == 250_00 + 60_00


def test_sets_are_whole_and_as_many_as_save_money() -> None:
    two = (offered("X", N_FOR, 150_00, "ผ้า", count=2),)
    basket = of(cloth("A", 100_00), promotions=two)
    assert [basket.set_quantity(0, n).total for n in (1, 2, 3, 4, 5)] == [
        100_00, 150_00, 250_00, 300_00, 400_00
    ]  # fmt: skip
    mixed = of(cloth("A", 100_00), cloth("B", 70_00), promotions=two).set_quantity(0, 2)
    mixed = mixed.set_quantity(1, 2)
    assert taken(mixed) == [("X", 50_00), ("", 0)], "140 for two is less than 150"


def test_a_line_takes_one_promotion_and_the_best_choice_is_of_all_lines() -> None:
    both = (offered("SET", N_FOR, 150_00, "ผ้า", count=2), offered("OFF", PERCENT, 4000, "A"))
    basket = of(cloth("A", 100_00), cloth("B", 90_00), promotions=both)
    # The set would save 40; 40 % off A alone saves as much, and OFF stands before SET.
    assert taken(basket) == [("OFF", 40_00), ("", 0)]
    dearer = of(cloth("A", 100_00), cloth("B", 95_00), promotions=both)
    assert dearer.total == 150_00
    assert {code for code, _ in taken(dearer)} == {"SET"}


def test_sets_are_tried_in_every_order() -> None:
    # Dearest first, either set would take B from the other: only Y before X serves all three.
    crossed = (
        offered("X", N_FOR, 100_00, "ผ้า", count=2),
        offered("Y", N_FOR, 10_00, "B", count=1),
    )
    basket = of(cloth("A", 90_00), cloth("B", 90_00), cloth("C", 80_00), promotions=crossed)
    assert basket.total == 10_00 + 100_00
    assert [code for code, _ in taken(basket)] == ["X", "Y", "X"]


def test_more_sets_than_are_searched_are_all_used_where_none_is_in_the_way() -> None:
    promotions = tuple(
        offered(f"X{i}", N_FOR, 100_00 + i, f"P{i}", count=2) for i in range(MOST_SEARCHED + 3)
    )
    basket = of(*(product(f"P{i}") for i in range(len(promotions))), promotions=promotions)
    for i in range(len(promotions)):
        basket = basket.set_quantity(i, 2)
    assert [line.net for line in basket.lines] == [100_00 + i for i in range(len(promotions))]


def test_the_basket_takes_its_best_one_where_what_is_left_reaches_it() -> None:
    whole = (
        offered("M", AMOUNT, 50_00, least=300_00),
        offered("P", PERCENT, 1000),
        offered("A", PERCENT, 500, "A"),
    )
    basket = of(product("A", 100_00), product("B", 190_00), promotions=whole)
    assert basket.promotion == Promoted(
        code="P", name=Text("โปร P", "Offer P"), bearer="brand", amount=28_50
    )
    assert basket.total == 95_00 + 190_00 - 28_50
    reached = basket.scan(product("C", 15_00))[0]
    assert (reached.subtotal, reached.discounted, reached.total) == (300_00, 50_00, 250_00)


def test_lines_take_less_where_the_basket_takes_more_by_it() -> None:
    promotions = (
        offered("BIG", AMOUNT, 200_00, least=1000_00),
        offered("A", AMOUNT, 20_00, "A"),
        offered("B", AMOUNT, 12_00, "B"),
        offered("C", AMOUNT, 5_00, "C"),
    )
    basket = of(
        product("A", 500_00), product("B", 410_00), product("C", 110_00), promotions=promotions
    )
    # 983 would miss it; B and C together give up 17 and no more is needed.
    assert taken(basket) == [("A", 20_00), ("", 0), ("", 0)]
    assert (basket.subtotal, basket.total) == (1000_00, 800_00)


def test_what_is_given_by_hand_keeps_promotions_away() -> None:
    promotions = (offered("A", PERCENT, 1000, "A"), offered("ALL", PERCENT, 1000))
    basket = of(product("A"), promotions=promotions)
    assert basket.total == 81_00
    for changed in (
        basket.discount_line(0, percent(500)),
        basket.override_price(0, 95_00, "ตำหนิ"),
    ):
        assert changed.lines[0].promotion is None
        assert changed.total == 95_00 - 9_50, "the basket's own is not the line's"
    discounted = basket.discount_basket(amount(1_00))
    assert (discounted.promotion, discounted.total) == (None, 89_00)
    assert discounted.discount_basket(None) == basket
    assert basket.discount_line(0, percent(500)).discount_line(0, None) == basket


def test_a_line_with_another_price_is_in_no_set() -> None:
    two = (offered("X", N_FOR, 100_00, "ผ้า", count=2),)
    basket = of(cloth("A", 90_00), cloth("B", 80_00), promotions=two)
    assert basket.total == 100_00
    assert basket.override_price(0, 85_00, "ตำหนิ").total == 165_00


def test_of_equal_ones_the_first_code_is_taken() -> None:
    equal = [offered(code, PERCENT, 1000, "A") for code in ("C", "A", "B")]
    for order in permutations(equal):
        assert taken(of(product("A"), promotions=order)) == [("A", 10_00)]
    whole = [offered(code, PERCENT, 1000) for code in ("C", "A", "B")]
    for order in permutations(whole):
        promotion = of(product("A"), promotions=order).promotion
        assert promotion is not None
        assert promotion.code == "A"


def test_the_bearer_goes_with_what_is_taken_off() -> None:
    basket = of(product("A"), promotions=(offered("A", PERCENT, 1000, "A", bearer="mall"),))
    promotion = basket.lines[0].promotion
    assert promotion is not None
    assert promotion.bearer == "mall"


def test_other_promotions_are_chosen_from_at_once() -> None:
    basket = of(product("A"), promotions=(offered("A", PERCENT, 1000, "A"),))
    assert basket.offer(()) == of(product("A"))
    assert basket.offer((offered("B", PERCENT, 2000),)).total == 80_00
    given = of(product("A")).discount_basket(amount(95_00))
    assert given.offer((offered("A", PERCENT, 1000, "A"),)).discount is None, "only 90 is left"


DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("one", "holds"),
    [
        (offered("A", PERCENT, 100), True),
        (offered("A", PERCENT, 100, since=DAY, until=DAY, mall="CTW"), True),
        (offered("A", PERCENT, 100, since=date(2026, 11, 24)), False),
        (offered("A", PERCENT, 100, until=date(2026, 11, 22)), False),
        (offered("A", PERCENT, 100, mall="EVL"), False),
    ],
)
def test_a_promotion_has_its_days_and_its_mall(one: Promotion, *, holds: bool) -> None:
    later = offered("B", PERCENT, 100)
    expected = (one, later) if holds else (later,)
    assert in_force((later, one), DAY, "CTW") == expected


@st.composite
def small(draw: st.DrawFn) -> Basket:
    """Draw a small basket, with promotions in one another's way."""
    basket = Basket(promotions=draw(offers(most=6)))
    prices = st.sampled_from((100_00, 100_00, 80_00, 33, 1, 0, 149_99))
    for i in range(draw(st.integers(1, 4))):
        one = product(f"P{i}", draw(prices), category=Text(draw(st.sampled_from(CATEGORIES))))
        basket, index = basket.scan(one)
        basket = basket.set_quantity(index, draw(st.integers(1, 4)))
        by_hand = draw(st.integers(0, 5))
        if by_hand == 0 and one.price:
            basket = basket.discount_line(index, percent(draw(st.integers(1, 5000))))
        elif by_hand == 1:
            basket = basket.override_price(index, draw(st.integers(0, 200_00)), "ตำหนิ")
    return basket


def by_brute_force(basket: Basket) -> int:
    """Return the least that the rules let a basket cost: every set, line and whole tried."""
    sets = [p for p in basket.promotions if p.kind is N_FOR]
    alone = [p for p in basket.promotions if p.kind is not N_FOR and p.scope is not Scope.BASKET]
    wholes = [p for p in basket.promotions if p.scope is Scope.BASKET]
    by_hand = sum(line.net for line in basket.lines if not line.is_plain)
    totals = []
    orders = (order for n in range(len(sets) + 1) for order in permutations(sets, n))
    for order in orders:
        saved, left = in_order(order, {i: x for i, x in enumerate(basket.lines) if x.is_plain})
        options = [[0, *(lone(p, x) for p in alone if about(p, x))] for x in left.values()]
        gross = sum(x.gross for x in basket.lines if x.is_plain)
        for choice in set(map(sum, every(*options))):
            subtotal = by_hand + gross - saved - choice
            totals += [subtotal, *(after(p, subtotal) for p in wholes if subtotal >= p.least)]
    return min(totals)


def in_order(
    order: Sequence[Promotion], left: dict[int, BasketLine]
) -> tuple[int, dict[int, BasketLine]]:
    """Return what sets save, one after another, and which lines are free after them."""
    saved = 0
    for promotion in order:
        pieces = [
            (line.product.price, -place)
            for place, line in left.items()
            if about(promotion, line)
            for _ in range(line.quantity)
        ]
        for one in groups(sorted(pieces, reverse=True), promotion.count):
            over = sum(price for price, _ in one) - promotion.value
            if over > 0:
                saved += over
                left = {i: x for i, x in left.items() if i not in {-at for _, at in one}}
    return saved, left


def groups(pieces: list[tuple[int, int]], count: int) -> Iterator[list[tuple[int, int]]]:
    for start in range(0, len(pieces) - count + 1, count):
        yield pieces[start : start + count]


def about(promotion: Promotion, line: BasketLine) -> bool:
    one = line.product
    return promotion.about == (one.code if promotion.scope is Scope.PRODUCT else one.category.th)


def lone(promotion: Promotion, line: BasketLine) -> int:
    if promotion.kind is AMOUNT:
        return min(promotion.value, line.product.price) * line.quantity
    return (line.gross * promotion.value * 2 + 10_000) // 20_000


def after(promotion: Promotion, subtotal: int) -> int:
    if promotion.kind is AMOUNT:
        return max(subtotal - promotion.value, 0)
    return subtotal - (subtotal * promotion.value * 2 + 10_000) // 20_000


@settings(max_examples=MANY, deadline=None)
@given(small())
def test_no_choice_costs_the_customer_less(basket: Basket) -> None:
    assert basket.total == by_brute_force(basket)


@settings(max_examples=MANY)
@given(baskets(), st.sampled_from((0, 700)))
def test_money_always_adds_up(basket: Basket, rate_bp: int) -> None:
    reckoning = reckon(basket, vat_rate_bp=rate_bp, policy=SharePolicy())
    by_lines = sum(line.discounted for line in basket.lines)
    assert basket.gross - by_lines - basket.discounted == basket.total == reckoning.total
    assert sum(line.basket_discount for line in reckoning.lines) == basket.discounted
    for line in reckoning.lines:
        assert 0 <= line.paid <= line.line.net <= line.line.gross


@settings(max_examples=MANY)
@given(small(), st.integers(0, 300_00), st.sampled_from(CATEGORIES))
def test_what_is_added_and_taken_out_again_leaves_no_trace(
    basket: Basket, price: int, category: str
) -> None:
    added, index = basket.scan(product("NEW", price, category=Text(category)))
    assert added.total >= 0
    assert all(0 <= line.net <= line.gross for line in added.lines)
    removed = added.void_line(index)
    assert (removed.lines, removed.promotion) == (basket.lines, basket.promotion)
    more = basket.set_quantity(0, 9)
    assert more.total >= 0
    fewer = more.set_quantity(0, basket.lines[0].quantity)
    assert replace(fewer, voided=basket.voided) == basket


@given(small(), st.data())
def test_the_order_of_promotions_is_nothing(basket: Basket, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(basket.promotions))
    other = basket.offer(shuffled)
    assert (other.lines, other.promotion) == (basket.lines, basket.promotion)
