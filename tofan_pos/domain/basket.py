"""The open sale: an immutable basket of lines with discounts, and its reckoning."""

from dataclasses import dataclass, replace
from enum import StrEnum

from tofan_pos.domain.catalogue import Product, SharePolicy, TaxKind
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.guard import checked_text
from tofan_pos.domain.money import MOST, allocate, round_half_up
from tofan_pos.domain.share import shares
from tofan_pos.domain.tax import WHOLE_BP, vat_within

MOST_LINES = 50
"""A journal entry holds 64 KiB; this many lines of the longest names and reasons fit,
whatever their script."""
MOST_QUANTITY = 999
LONGEST_REASON = 80


class Bearer(StrEnum):
    """Who bears a discount."""

    BRAND = "brand"
    MALL = "mall"
    SHARED = "shared"


class DiscountKind(StrEnum):
    """How a discount is stated."""

    PERCENT = "percent"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """A discount as given: `value` in hundredths of a percent, or in satang."""

    kind: DiscountKind
    value: int
    reason: str
    bearer: Bearer

    def off(self, amount: int) -> int:
        """Return what it takes off an amount, in satang."""
        if self.kind is DiscountKind.PERCENT:
            return round_half_up(amount * self.value, WHOLE_BP)
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketLine:
    """One product in the basket, at the price it had when it was scanned."""

    product: Product
    quantity: int = 1
    discount: Discount | None = None

    @property
    def gross(self) -> int:
        """Price times quantity, in satang."""
        return self.product.price * self.quantity

    @property
    def discounted(self) -> int:
        """What the line's own discount takes off, in satang."""
        return self.discount.off(self.gross) if self.discount else 0

    @property
    def net(self) -> int:
        """What is left after the line's own discount, in satang."""
        return self.gross - self.discounted


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """The open sale. Every verb returns a new basket or raises `Refusal`, changing nothing."""

    lines: tuple[BasketLine, ...] = ()
    discount: Discount | None = None

    @property
    def gross(self) -> int:
        """The sum of prices before any discount, in satang."""
        return sum(line.gross for line in self.lines)

    @property
    def subtotal(self) -> int:
        """The sum after line discounts and before the basket's, in satang."""
        return sum(line.net for line in self.lines)

    @property
    def discounted(self) -> int:
        """What the basket's own discount takes off, in satang."""
        return self.discount.off(self.subtotal) if self.discount else 0

    @property
    def total(self) -> int:
        """What the customer pays, in satang."""
        return self.subtotal - self.discounted

    @property
    def quantity(self) -> int:
        """How many pieces are in the basket."""
        return sum(line.quantity for line in self.lines)

    def scan(self, product: Product) -> tuple["Basket", int]:
        """Add one piece; return the new basket and the index of the line it went to."""
        if not product.active:
            raise Refusal(Why.INACTIVE_PRODUCT, name=product.name, code=product.code)
        for index, line in enumerate(self.lines):
            if line.product == product and (line.discount is None or product.unique):
                return self.set_quantity(index, line.quantity + 1), index
        if len(self.lines) >= MOST_LINES:
            raise Refusal(Why.BASKET_FULL, most=MOST_LINES)
        grown = replace(self, lines=(*self.lines, BasketLine(product=product)))
        return _sound(grown), len(self.lines)

    def set_quantity(self, index: int, quantity: int) -> "Basket":
        """Change how many of a line are sold; its discount stays."""
        line = self._line(index)
        if line.product.unique and quantity > 1:
            raise Refusal(Why.UNIQUE_TWICE, name=line.product.name)
        if not 1 <= quantity <= MOST_QUANTITY:
            raise Refusal(Why.QUANTITY_OUT_OF_RANGE, most=MOST_QUANTITY)
        return self._with_line(index, replace(line, quantity=quantity))

    def discount_line(self, index: int, discount: Discount | None) -> "Basket":
        """Give a line a discount, or take it away with None."""
        line = replace(self._line(index), discount=_sensible(discount))
        return self._with_line(index, line)

    def discount_basket(self, discount: Discount | None) -> "Basket":
        """Give the whole basket a discount, or take it away with None."""
        if discount is not None and not self.lines:
            raise Refusal(Why.BASKET_EMPTY)
        return _sound(replace(self, discount=_sensible(discount)))

    def void_line(self, index: int) -> "Basket":
        """Take a line out; with the last line the basket's discount goes too."""
        self._line(index)
        left = self.lines[:index] + self.lines[index + 1 :]
        shrunk = replace(self, lines=left, discount=self.discount if left else None)
        if shrunk.discount is not None and shrunk.discounted > shrunk.subtotal:
            # An amount off the whole basket may be more than what is left in it.
            shrunk = replace(shrunk, discount=None)
        return _sound(shrunk)

    def _line(self, index: int) -> BasketLine:
        if not 0 <= index < len(self.lines):
            raise Refusal(Why.NO_SUCH_LINE)
        return self.lines[index]

    def _with_line(self, index: int, line: BasketLine) -> "Basket":
        lines = (*self.lines[:index], line, *self.lines[index + 1 :])
        return _sound(replace(self, lines=lines))


def _sensible(discount: Discount | None) -> Discount | None:
    if discount is None:
        return None
    reason = checked_text(discount.reason, longest=LONGEST_REASON)
    if not reason:
        raise Refusal(Why.DISCOUNT_WITHOUT_REASON)
    most = WHOLE_BP if discount.kind is DiscountKind.PERCENT else MOST
    if not 0 < discount.value <= most:
        raise Refusal(Why.DISCOUNT_OUT_OF_RANGE)
    return replace(discount, reason=reason)


def _sound(basket: Basket) -> Basket:
    """Return the basket, or refuse it where a discount exceeds its amount or a sum the limit."""
    if any(line.discounted > line.gross for line in basket.lines):
        raise Refusal(Why.DISCOUNT_OUT_OF_RANGE)
    if basket.discounted > basket.subtotal:
        raise Refusal(Why.DISCOUNT_OUT_OF_RANGE)
    if basket.gross > MOST:
        raise Refusal(Why.AMOUNT_OUT_OF_RANGE, most=MOST)
    return basket


@dataclass(frozen=True, slots=True, kw_only=True)
class ReckonedLine:
    """A basket line with what was paid for it, the VAT in that and the makers' share, in satang."""

    line: BasketLine
    basket_discount: int
    paid: int
    vat: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """A basket's figures in satang; each sums over the lines exactly."""

    lines: tuple[ReckonedLine, ...]
    total: int
    vat: int
    share: int


def reckon(basket: Basket, *, vat_rate_bp: int, policy: SharePolicy) -> Reckoning:
    """Work out a basket: discounts, VAT and shares, per line and in all.

    `vat_rate_bp` is nought for a seller who is not registered for VAT. VAT is taken once from
    the total of what is taxable, then shared out over those lines so that shares have a basis.
    """
    nets = [line.net for line in basket.lines]
    spread = allocate(basket.discounted, nets)
    paid = [net - off for net, off in zip(nets, spread, strict=True)]
    taxable = [
        amount if line.product.vat is TaxKind.STANDARD else 0
        for line, amount in zip(basket.lines, paid, strict=True)
    ]
    vats = allocate(vat_within(sum(taxable), vat_rate_bp), taxable)
    bases = [amount - vat for amount, vat in zip(paid, vats, strict=True)]
    makers = shares(bases, policy)
    lines = tuple(
        ReckonedLine(line=line, basket_discount=off, paid=amount, vat=vat, share=share)
        for line, off, amount, vat, share in zip(
            basket.lines, spread, paid, vats, makers, strict=True
        )
    )
    return Reckoning(lines=lines, total=sum(paid), vat=sum(vats), share=sum(makers))
