"""The basket: every verb whole or refused, and never a sum out of bounds."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given

from tests.domain.baskets import amount, baskets, of, percent, product, tried, verbs
from tofan_pos.domain.basket import (
    LONGEST_REASON,
    MOST_LINES,
    MOST_QUANTITY,
    MOST_VOIDED,
    Basket,
    VoidedLine,
)
from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import MOST


def why(act: Callable[[], object]) -> Why:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.why


def test_the_same_product_goes_onto_its_line() -> None:
    basket, index = of(product("A"), product("B")).scan(product("A"))
    assert index == 0
    assert [line.quantity for line in basket.lines] == [2, 1]
    assert (basket.quantity, basket.total) == (3, 300_00)


def test_a_new_price_gets_its_own_line() -> None:
    basket, index = of(product("A", 100_00)).scan(product("A", 120_00))
    assert index == 1
    assert basket.total == 220_00


def test_a_discounted_line_is_left_alone_by_the_next_piece() -> None:
    basket = of(product()).discount_line(0, percent(1000))
    basket, index = basket.scan(product())
    assert index == 1
    assert basket.total == 190_00


def test_quantity_and_its_bounds() -> None:
    basket = of(product())
    assert basket.set_quantity(0, MOST_QUANTITY).total == MOST_QUANTITY * 100_00
    for wrong in (0, -1, MOST_QUANTITY + 1):
        assert why(partial(basket.set_quantity, 0, wrong)) is Why.QUANTITY_OUT_OF_RANGE


def test_the_thousandth_piece_is_refused() -> None:
    full = of(product()).set_quantity(0, MOST_QUANTITY)
    assert why(lambda: full.scan(product())) is Why.QUANTITY_OUT_OF_RANGE


def test_a_unique_piece_sells_once() -> None:
    only = product("ONE", unique=True)
    basket = of(only)
    assert why(lambda: basket.scan(only)) is Why.UNIQUE_TWICE
    assert why(lambda: basket.set_quantity(0, 2)) is Why.UNIQUE_TWICE
    discounted = basket.discount_line(0, percent(500))
    assert why(lambda: discounted.scan(only)) is Why.UNIQUE_TWICE
    assert len(basket.void_line(0).scan(only)[0].lines) == 1


def test_what_is_off_the_shelf_is_refused() -> None:
    assert why(lambda: Basket().scan(product(active=False))) is Why.INACTIVE_PRODUCT


def test_a_basket_holds_its_most_lines_and_then_more_of_them() -> None:
    full = of(*(product(f"P{i}") for i in range(MOST_LINES)))
    assert why(lambda: full.scan(product("NEW"))) is Why.BASKET_FULL
    assert full.scan(product("P3"))[0].lines[3].quantity == 2


def test_the_largest_sum() -> None:
    most = of(product(price=MOST))
    assert most.total == MOST
    assert why(lambda: most.scan(product("TF-2", 1))) is Why.AMOUNT_OUT_OF_RANGE
    assert why(lambda: most.set_quantity(0, 2)) is Why.AMOUNT_OUT_OF_RANGE


@pytest.mark.parametrize("index", [-1, 1, 99])
def test_there_is_no_such_line(index: int) -> None:
    basket = of(product())
    for act in (
        lambda: basket.void_line(index),
        lambda: basket.set_quantity(index, 1),
        lambda: basket.discount_line(index, percent(100)),
    ):
        assert why(act) is Why.NO_SUCH_LINE


def test_discounts_take_off_what_they_say() -> None:
    basket = of(product(price=333), product("B", 10_00)).discount_line(0, percent(1500))
    assert basket.lines[0].discounted == 50, "49.95 satang, half up"
    assert basket.discount_basket(amount(2_00)).total == 333 - 50 + 10_00 - 2_00
    assert basket.discount_line(0, None).total == 333 + 10_00


def test_a_discount_may_take_all_and_never_more() -> None:
    basket = of(product(price=59_00))
    assert basket.discount_line(0, percent(10_000)).total == 0
    assert basket.discount_basket(amount(59_00)).total == 0
    for wrong in (percent(10_001), percent(0), percent(-1), amount(59_01), amount(0), amount(-5)):
        assert why(partial(basket.discount_line, 0, wrong)) is Why.DISCOUNT_OUT_OF_RANGE
        assert why(partial(basket.discount_basket, wrong)) is Why.DISCOUNT_OUT_OF_RANGE


def test_fewer_pieces_cannot_carry_a_discount_that_was_for_more() -> None:
    basket = of(product()).set_quantity(0, 3).discount_line(0, amount(250_00))
    assert why(lambda: basket.set_quantity(0, 2)) is Why.DISCOUNT_OUT_OF_RANGE


def test_voiding_a_line_may_end_the_baskets_discount() -> None:
    basket = of(product("A", 100_00), product("B", 10_00)).discount_basket(amount(50_00))
    assert basket.void_line(0).discount is None
    assert basket.void_line(1).discount is not None
    emptied = basket.void_line(0).void_line(0)
    assert (emptied.lines, emptied.discount) == ((), None)


def test_a_discount_needs_a_reason_that_fits() -> None:
    basket = of(product())
    for empty in ("", "  ", "\u200b", "\n"):
        assert (
            why(partial(basket.discount_line, 0, percent(500, empty)))
            is Why.DISCOUNT_WITHOUT_REASON
        )
    long = "ก" * (LONGEST_REASON + 1)
    assert why(lambda: basket.discount_line(0, percent(500, long))) is Why.TEXT_TOO_LONG
    card = "บัตร 4111 1111 1111 1111"
    assert why(lambda: basket.discount_basket(percent(500, card))) is Why.CARD_NUMBER
    kept = basket.discount_line(0, percent(500, " \x1bpลด\u202e  พิเศษ\n")).lines[0].discount
    assert kept is not None
    assert kept.reason == "pลด พิเศษ"


def test_an_empty_basket_has_nothing_to_discount() -> None:
    assert why(lambda: Basket().discount_basket(percent(500))) is Why.BASKET_EMPTY


@given(verbs())
def test_no_verb_leaves_a_basket_unsound(acts: list[tuple[str, tuple[object, ...]]]) -> None:
    basket = Basket()
    for verb, arguments in acts:
        basket = tried(basket, verb, arguments)
        assert 0 <= basket.total <= basket.subtotal <= basket.gross <= MOST
        assert all(0 <= line.net <= line.gross for line in basket.lines)
        assert all(1 <= line.quantity <= MOST_QUANTITY for line in basket.lines)
        unique = [line.product for line in basket.lines if line.product.unique]
        assert len(unique) == len(set(map(id_of, unique)))
        assert basket.lines or (basket.discount, basket.promotion) == (None, None)
        assert basket.discount is None or basket.promotion is None
        for line in basket.lines:
            assert line.is_plain or line.promotion is None
            assert (line.price_override is None) == (not line.price_reason)
            assert line.promotion is None or 0 < line.promotion.amount <= line.gross


def id_of(one: Product) -> str:
    return one.code


def test_a_piece_of_which_there_is_one_is_in_the_basket_once_at_any_price() -> None:
    piece = product("U", 100_00, unique=True)
    basket, _ = Basket().scan(piece)
    with pytest.raises(Refusal) as refused:
        basket.scan(replace(piece, price=90_00))
    assert refused.value.why is Why.UNIQUE_TWICE


@given(baskets())
def test_voiding_every_line_empties_any_basket(basket: Basket) -> None:
    codes = {line.product.code for line in basket.lines}
    pieces, before = basket.quantity, sum(voided.quantity for voided in basket.voided)
    for _ in basket.lines:
        basket = basket.void_line(0)
    assert replace(basket, voided=()) == Basket(promotions=basket.promotions)
    assert codes <= {voided.code for voided in basket.voided}
    assert sum(voided.quantity for voided in basket.voided) == before + pieces


def test_what_was_taken_out_is_remembered_piece_by_piece() -> None:
    basket = of(product("A", 100_00), product("B", 10_00)).set_quantity(0, 3)
    basket = basket.set_quantity(0, 2).discount_line(0, percent(1000))
    assert basket.voided == (VoidedLine("A", 1, 100_00),), "announced, and then not sold"
    voided = basket.void_line(0).void_line(0).scan(product("C"))[0]
    assert voided.voided == (VoidedLine("A", 3, 280_00), VoidedLine("B", 1, 10_00))


def test_a_sale_remembers_so_many_voids_and_lets_no_more_happen() -> None:
    basket = of(product())
    for n in range(MOST_VOIDED):
        basket = basket.scan(product(f"B{n}"))[0].void_line(1)
    assert len(basket.voided) == MOST_VOIDED
    assert len(basket.scan(product("B0"))[0].void_line(1).voided) == MOST_VOIDED
    assert why(lambda: basket.void_line(0)) is Why.BASKET_FULL


def test_another_price_is_what_is_reckoned_with() -> None:
    basket = of(product(price=100_00)).set_quantity(0, 2).override_price(0, 75_50, " ตำหนิ\n")
    line = basket.lines[0]
    assert (line.price, line.gross, line.price_reason) == (75_50, 151_00, "ตำหนิ")
    assert basket.discount_line(0, percent(1000)).total == 135_90
    for back in (basket.override_price(0, None), basket.override_price(0, 100_00, "x")):
        assert back == of(product(price=100_00)).set_quantity(0, 2)


def test_another_price_has_bounds_and_a_reason() -> None:
    basket = of(product())
    assert basket.override_price(0, 0, "แถม").total == 0
    assert basket.override_price(0, MOST, "สั่งทำ").total == MOST
    for wrong in (-1, MOST + 1):
        assert why(partial(basket.override_price, 0, wrong, "x")) is Why.AMOUNT_OUT_OF_RANGE
    for empty in ("", " \u200b\n"):
        assert why(partial(basket.override_price, 0, 50_00, empty)) is Why.REASON_MISSING
    long = "ก" * (LONGEST_REASON + 1)
    assert why(lambda: basket.override_price(0, 50_00, long)) is Why.TEXT_TOO_LONG
    card = "4111 1111 1111 1111"
    assert why(lambda: basket.override_price(0, 50_00, card)) is Why.CARD_NUMBER
    assert why(lambda: basket.override_price(1, 50_00, "x")) is Why.NO_SUCH_LINE
    many = of(product()).set_quantity(0, 2)
    assert why(lambda: many.override_price(0, MOST, "x")) is Why.AMOUNT_OUT_OF_RANGE


def test_a_lower_price_cannot_carry_a_discount_that_was_for_more() -> None:
    basket = of(product()).discount_line(0, amount(60_00))
    assert why(lambda: basket.override_price(0, 59_99, "x")) is Why.DISCOUNT_OUT_OF_RANGE


def test_the_next_piece_has_the_catalogues_price_again() -> None:
    basket = of(product()).override_price(0, 80_00, "ตำหนิ")
    basket, index = basket.scan(product())
    assert (index, basket.total) == (1, 180_00)
    assert basket.scan(product())[1] == 1
    only = product("ONE", unique=True)
    overridden = of(only).override_price(0, 80_00, "ตำหนิ")
    assert why(lambda: overridden.scan(only)) is Why.UNIQUE_TWICE
