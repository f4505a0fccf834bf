"""Promotions as the catalogue publishes them: when, on what, and how much one takes off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tofan_pos.domain.catalogue import Product, Text
from tofan_pos.domain.money import round_half_up
from tofan_pos.domain.tax import WHOLE_BP


class PromotionKind(StrEnum):
    """How a promotion lowers a price."""

    PERCENT = "percent"
    AMOUNT = "amount"
    N_FOR_PRICE = "n_for_price"


class Scope(StrEnum):
    """What a promotion is about."""

    PRODUCT = "product"
    CATEGORY = "category"
    BASKET = "basket"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """One promotion; `about` is a product's code or a category's Thai name.

    `value` is in hundredths of a percent, or in satang: off each piece, off the basket, or for
    `count` pieces together.

    `since` and `until` are (CE) business dates, both included; `mall` empty means everywhere;
    `least` is the sum in satang a basket must reach for a basket's promotion.
    """

    code: str
    name: Text
    kind: PromotionKind
    value: int
    scope: Scope
    about: str = ""
    count: int = 1
    least: int = 0
    since: date | None = None
    until: date | None = None
    mall: str = ""
    bearer: str = "brand"

    def is_in_force(self, day: date, mall: str) -> bool:
        """Tell whether it holds on a (CE) business date in a mall."""
        return (
            (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
            and self.mall in {"", mall}
        )

    def covers(self, product: Product) -> bool:
        """Tell whether a product is what it is about."""
        if self.scope is Scope.PRODUCT:
            return product.code == self.about
        return self.scope is Scope.CATEGORY and product.category.th == self.about

    def off(self, amount: int, *, pieces: int = 1) -> int:
        """Return what a percentage or an amount takes off, in satang, never more than there is.

        `amount` is what the pieces cost together; an amount comes off each of them, a percentage
        off all at once.
        """
        if self.kind is PromotionKind.PERCENT:
            return min(round_half_up(amount * self.value, WHOLE_BP), amount)
        return min(self.value * pieces, amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promoted:
    """What a promotion takes off a line or a basket, in satang, and whose it is."""

    code: str
    name: Text
    bearer: str
    amount: int


def in_force(promotions: Iterable[Promotion], day: date, mall: str) -> tuple[Promotion, ...]:
    """Return those that hold on a (CE) business date in a mall, by their codes."""
    held = (promotion for promotion in promotions if promotion.is_in_force(day, mall))
    return tuple(sorted(held, key=_code))


def _code(promotion: Promotion) -> str:
    return promotion.code
