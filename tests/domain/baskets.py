"""Baskets for tests: products and baskets by hand, and strategies for any basket at all."""

import os

from hypothesis import strategies as st

from tofan_pos.domain.basket import (
    MOST_LINES,
    MOST_QUANTITY,
    Basket,
    Bearer,
    Discount,
    DiscountKind,
)
from tofan_pos.domain.catalogue import Product, TaxKind, Text
from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.money import MOST
from tofan_pos.domain.promotion import Promotion, PromotionKind, Scope
from tofan_pos.domain.tax import WHOLE_BP

SOAK = bool(os.environ.get("TOFAN_SOAK"))
"""Whether this run looks as far as it can (`make soak`)."""


def product(code: str = "TF-1", price: int = 100_00, **more: object) -> Product:
    """Return a product with a Thai and an English name, of group G1 unless said otherwise."""
    known: dict[str, object] = {"name": Text(f"ผ้าทอ {code}", f"Cloth {code}"), "group": "G1"}
    return Product(code=code, price=price, **(known | more))  # type: ignore[arg-type]


def percent(value_bp: int, reason: str = "ลูกค้าประจำ") -> Discount:
    """Return a discount in hundredths of a percent, borne by the brand."""
    return Discount(kind=DiscountKind.PERCENT, value=value_bp, reason=reason, bearer=Bearer.BRAND)


def amount(satang: int, reason: str = "ลูกค้าประจำ") -> Discount:
    """Return a discount of an amount, borne by the mall."""
    return Discount(kind=DiscountKind.AMOUNT, value=satang, reason=reason, bearer=Bearer.MALL)


def offered(
    code: str, kind: PromotionKind, value: int, about: str = "", **more: object
) -> Promotion:
    """Return a promotion on a product (`TF-1`), a category (`ผ้า`), or the basket (empty)."""
    scope = (Scope.PRODUCT if about.isascii() else Scope.CATEGORY) if about else Scope.BASKET
    known: dict[str, object] = {"name": Text(f"โปร {code}", f"Offer {code}"), "scope": scope}
    return Promotion(code=code, kind=kind, value=value, about=about, **(known | more))  # type: ignore[arg-type]


def of(*products: Product, promotions: tuple[Promotion, ...] = ()) -> Basket:
    """Return the basket that scanning these in turn makes."""
    basket = Basket(promotions=promotions)
    for one in products:
        basket, _ = basket.scan(one)
    return basket


def discounts(largest: int) -> st.SearchStrategy[Discount]:
    """Draw a discount of either kind, up to an amount of `largest` satang."""
    return st.one_of(
        st.integers(1, WHOLE_BP).map(percent), st.integers(1, max(1, largest)).map(amount)
    )


CATEGORIES = ("ผ้า", "ไม้")


def offers(*, most: int = 5) -> st.SearchStrategy[tuple[Promotion, ...]]:
    """Draw promotions that get in one another's way: codes P0 to P3, and `CATEGORIES`."""
    about = st.sampled_from((*CATEGORIES, "P0", "P1", "P2", "P3"))
    percents, amounts = st.integers(1, WHOLE_BP), st.integers(1, 200_00)
    codes = st.uuids(version=4).map(lambda drawn: drawn.hex[:6])
    one = st.one_of(
        st.builds(offered, codes, st.just(PromotionKind.PERCENT), percents, about),
        st.builds(offered, codes, st.just(PromotionKind.AMOUNT), amounts, about),
        st.builds(
            offered,
            codes,
            st.just(PromotionKind.N_FOR_PRICE),
            st.sampled_from((1, 50_00, 99_99, 150_00, 250_00)),
            about,
            count=st.integers(1, 4),
        ),
        st.builds(
            offered,
            codes,
            st.just(PromotionKind.PERCENT),
            percents,
            least=st.integers(0, 600_00),
        ),
        st.builds(
            offered,
            codes,
            st.just(PromotionKind.AMOUNT),
            amounts,
            least=st.integers(0, 600_00),
        ),
    )
    return st.lists(one, max_size=most, unique_by=lambda drawn: drawn.code).map(tuple)


@st.composite
def baskets(draw: st.DrawFn, *, most_lines: int = 12) -> Basket:
    """Draw a basket with a line at least, with all that may be done to it but voiding."""
    basket = Basket(promotions=draw(st.one_of(st.just(()), offers())))
    for i in range(draw(st.integers(1, min(most_lines, MOST_LINES)))):
        price = draw(st.one_of(st.integers(1, 5_000_00), st.sampled_from((0, 1, 25, 10_00))))
        tax = draw(st.sampled_from(TaxKind))
        category = Text(CATEGORIES[i % 2])
        basket, index = basket.scan(
            product(f"P{i}", price, vat=tax, group=f"G{i % 3}", category=category)
        )
        basket = basket.set_quantity(index, draw(st.sampled_from((1, 1, 2, 3, 7, MOST_QUANTITY))))
        if draw(st.integers(0, 4)) == 0:
            basket = basket.override_price(index, draw(st.integers(0, 5_000_00)), "ตำหนิเล็กน้อย")
        gross = basket.lines[index].gross
        if gross and draw(st.booleans()):
            basket = basket.discount_line(index, draw(discounts(gross)))
    if basket.subtotal and draw(st.booleans()):
        basket = basket.discount_basket(draw(discounts(basket.subtotal)))
    return basket


@st.composite
def verbs(draw: st.DrawFn) -> list[tuple[str, tuple[object, ...]]]:
    """Draw what clumsy hands may do to a basket, sensible or not."""
    anything = st.one_of(st.none(), discounts(MOST))
    places = st.integers(-2, 6)
    verb = st.one_of(
        st.tuples(
            st.just("scan"),
            st.tuples(
                st.builds(
                    product,
                    st.sampled_from(("P0", "P1", "P2")),
                    st.integers(0, 9_000_00),
                    category=st.sampled_from(CATEGORIES).map(Text),
                    unique=st.booleans(),
                    active=st.sampled_from((True, True, False)),
                )
            ),
        ),
        st.tuples(st.just("set_quantity"), st.tuples(places, st.integers(-5, 2_000))),
        st.tuples(st.just("discount_line"), st.tuples(places, anything)),
        st.tuples(st.just("discount_basket"), st.tuples(anything)),
        st.tuples(st.just("void_line"), st.tuples(places)),
        st.tuples(
            st.just("override_price"),
            st.tuples(
                places,
                st.one_of(st.none(), st.integers(-1, MOST + 1)),
                st.sampled_from(("", "ตำหนิ")),
            ),
        ),
        st.tuples(st.just("offer"), st.tuples(offers())),
    )
    return draw(st.lists(verb, max_size=20))


def tried(basket: Basket, verb: str, arguments: tuple[object, ...]) -> Basket:
    """Return the basket after a verb, or the same where it was refused."""
    try:
        after = getattr(basket, verb)(*arguments)
    except Refusal:
        return basket
    grown: Basket = after[0] if isinstance(after, tuple) else after
    return grown
