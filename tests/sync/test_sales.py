"""A sale that agrees with itself holds together, and one changed anywhere that matters does not."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.domain.baskets import of, offered, percent, product
from tests.sync.records import AT, sale_of, sales
from tofan_pos.domain.basket import Basket, BasketLine
from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.promotion import PromotionKind
from tofan_pos.domain.sale import Sale, Tender, TenderKind, VoidedLine
from tofan_pos.sync.documents import SaleBody, TenderBody
from tofan_pos.sync.entries import entry_line, read_entry
from tofan_pos.sync.kinds import Sold
from tofan_pos.sync.sales import discount_body, holds_together, sale_body
from tofan_pos.sync.sales import sale_of as sale_in


def entry_of(body: SaleBody) -> Sold:
    entry = read_entry(entry_line(body, till="CTW1", epoch=1, seq=1, at=AT))
    assert isinstance(entry, Sold)
    return entry


@st.composite
def paid(draw: st.DrawFn) -> Sale:
    """Draw a sale paid in several ways, with all that may stand beside its lines."""
    sale = draw(sales())
    first = draw(st.integers(0, sale.total))
    second = draw(st.integers(0, sale.total - first))
    tenders = (
        Tender(TenderKind.CARD, first, "EDC", "004217"),
        Tender(TenderKind.EXCHANGE, second),
        Tender(TenderKind.CASH, sale.total - first - second + draw(st.integers(0, 1000_00))),
    )
    voided = draw(st.lists(st.builds(VoidedLine, st.just("TF-9"), st.just(2), st.integers(0, 9))))
    return replace(
        sale,
        lines=tuple(
            replace(line, unique=line.quantity == 1 and draw(st.booleans())) for line in sale.lines
        ),
        tenders=tuple(draw(st.permutations(tenders))),
        voided=tuple(voided),
        exchange_of=draw(st.sampled_from(("", "CTW1-C000003"))),
    )


@given(paid())
def test_whatever_is_sold_holds_together_and_comes_back(sale: Sale) -> None:
    entry = entry_of(sale_body(sale))
    assert holds_together(entry)
    assert sale_in(entry) == sale


PROMOTIONS = (
    offered("LINE", PromotionKind.PERCENT, 1000, "B"),
    offered("ALL", PromotionKind.AMOUNT, 5_00),
)
SALE = sale_body(
    sale_of(of(product("A"), product("B"), promotions=PROMOTIONS).override_price(0, 80_00, "ตำหนิ"))
)
PIECE = sale_body(sale_of(of(product("ONLY", unique=True))))
BY_HAND = discount_body(percent(1000))


def line(place: int, **changes: object) -> SaleBody:
    """Return the sale with one line otherwise: the first has another price, the second an offer."""
    lines = list(SALE.lines)
    lines[place] = structs.replace(lines[place], **changes)
    return structs.replace(SALE, lines=tuple(lines))


def tendered(*tenders: tuple[str, int]) -> SaleBody:
    bodies = tuple(TenderBody(kind=kind, amount=amount) for kind, amount in tenders)
    return structs.replace(SALE, tenders=bodies)


def other_amount(body: SaleBody) -> SaleBody:
    assert body.promotion is not None
    more = structs.replace(body.promotion, amount=body.promotion.amount + 1)
    return structs.replace(body, promotion=more)


def test_what_is_changed_below_held_before() -> None:
    assert holds_together(entry_of(SALE))
    assert SALE.lines[1].promotion is not None
    assert (SALE.total, SALE.lines[0].listed) == (165_00, 100_00)
    assert holds_together(entry_of(PIECE))


def test_a_piece_of_which_there_is_one_says_so_and_others_keep_their_bytes() -> None:
    sale = sale_of(of(product("ONLY", unique=True), product("MANY")))
    line = entry_line(sale_body(sale), till="CTW1", epoch=1, seq=1, at=AT)
    assert line.count(b'"unique"') == line.count(b'"unique":1') == 1
    assert [one.unique for one in sale_in(entry_of(sale_body(sale))).lines] == [True, False]
    for wrong in (b'"unique":0', b'"unique":2', b'"unique":true'):
        with pytest.raises(Refusal):
            read_entry(line.replace(b'"unique":1', wrong))


def test_several_from_before_the_catalogue_said_so_are_sold_as_any_others() -> None:
    one = product("ONLY", unique=True)
    basket = Basket(lines=(BasketLine(product=one, quantity=3),))
    body = sale_body(sale_of(basket))
    assert [line.unique for line in body.lines] == [0]
    assert holds_together(entry_of(body))


OTHERWISE: dict[str, Callable[[], SaleBody]] = {
    "another price without a reason": lambda: line(0, price_reason=""),
    "a listed price that is the price": lambda: line(0, listed=80_00),
    "a promotion on another price": lambda: line(0, promotion=SALE.lines[1].promotion),
    "a promotion beside a discount": lambda: line(1, discount=BY_HAND),
    "a promotion beside another price": lambda: line(1, price_reason="ตำหนิ"),
    "a promotion of another amount": lambda: line(
        1,
        promotion=structs.replace(SALE.lines[1].promotion, amount=10_01),  # type: ignore[type-var]
    ),
    "a basket's promotion of another amount": lambda: other_amount(SALE),
    "a basket's promotion beside a discount": lambda: structs.replace(SALE, discount=BY_HAND),
    "several of a piece of which there is one": lambda: structs.replace(
        PIECE, lines=(structs.replace(PIECE.lines[0], quantity=2, price=50_00),)
    ),
    "change out of a card": lambda: tendered(("card", 165_01)),
    "change out of several": lambda: tendered(("cash", 1_00), ("card", 100_00), ("voucher", 66_00)),
    "paid with too little in parts": lambda: tendered(("cash", 100_00), ("card", 64_99)),
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_sale_at_odds_with_itself_does_not_hold(name: str) -> None:
    assert not holds_together(entry_of(OTHERWISE[name]()))


@pytest.mark.parametrize(
    "tenders",
    [
        (("card", 165_00),),
        (("card", 100_00), ("transfer", 65_00)),
        (("card", 165_00), ("cash", 20_00)),
        (("exchange", 65_00), ("cash", 500_00)),
        (("promptpay", 165_50),),
    ],
)
def test_any_split_holds_and_a_newer_kind_is_taken_as_said(
    tenders: tuple[tuple[str, int], ...],
) -> None:
    assert holds_together(entry_of(tendered(*tenders)))
