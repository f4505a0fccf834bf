"""The open sale: an immutable basket of lines, discounts and promotions, and its reckoning."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tofan_pos.domain.best import Wanted, choose
from tofan_pos.domain.catalogue import Product, SharePolicy, TaxKind
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.guard import checked_text
from tofan_pos.domain.money import MOST, allocate, round_half_up
from tofan_pos.domain.promotion import Promoted, Promotion
from tofan_pos.domain.share import shares
from tofan_pos.domain.tax import WHOLE_BP, vat_within

MOST_LINES = 50
"""A journal entry holds 64 KiB; this many lines of the longest names and reasons fit,
whatever their script."""
MOST_QUANTITY = 999
MOST_VOIDED = 30
"""Every line taken out is in the sale's entry, so they have a bound as well."""
LONGEST_REASON = 40
"""Of a discount, and of a price: a line may have both."""


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
    """One product in the basket, at the price it had when it was scanned or another given.

    `promotion` is what the basket's choice has set; a discount or another price keeps it away.
    """

    product: Product
    quantity: int = 1
    discount: Discount | None = None
    price_override: int | None = None
    price_reason: str = ""
    promotion: Promoted | None = None

    @property
    def price(self) -> int:
        """What one piece costs, in satang: the price that was given, or the catalogue's."""
        return self.product.price if self.price_override is None else self.price_override

    @property
    def is_plain(self) -> bool:
        """Whether nobody has changed its price by hand, so that promotions may."""
        return self.discount is None and self.price_override is None

    @property
    def gross(self) -> int:
        """Price times quantity, in satang."""
        return self.price * self.quantity

    @property
    def discounted(self) -> int:
        """What the line's own discount or promotion takes off, in satang."""
        return _taken_off(self.discount, self.promotion, self.gross)

    @property
    def net(self) -> int:
        """What is left after the line's own discount or promotion, in satang."""
        return self.gross - self.discounted


@dataclass(frozen=True, slots=True)
class VoidedLine:
    """A line that was taken out before the sale was completed; the amount in satang."""

    code: str
    quantity: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """The open sale. Every verb returns a new basket or raises `Refusal`, changing nothing.

    `promotions` are those in force; whatever changes, the best choice of them is made anew (see
    `best`): `promotion` is the one taken off the whole. `voided` are the lines taken out so far.
    """

    lines: tuple[BasketLine, ...] = ()
    discount: Discount | None = None
    promotions: tuple[Promotion, ...] = ()
    promotion: Promoted | None = None
    voided: tuple[VoidedLine, ...] = ()

    @property
    def gross(self) -> int:
        """The sum of prices before any discount, in satang."""
        return sum(line.gross for line in self.lines)

    @property
    def subtotal(self) -> int:
        """The sum after the lines' discounts and promotions, before the basket's, in satang."""
        return sum(line.net for line in self.lines)

    @property
    def discounted(self) -> int:
        """What the basket's own discount or promotion takes off, in satang."""
        return _taken_off(self.discount, self.promotion, self.subtotal)

    @property
    def total(self) -> int:
        """What the customer pays, in satang."""
        return self.subtotal - self.discounted

    @property
    def given(self) -> int:
        """What was taken off by hand, in satang: discounts, and prices below the catalogue's."""
        lines = sum(
            max(line.product.price - line.price, 0) * line.quantity
            + (line.discounted if line.discount else 0)
            for line in self.lines
        )
        return lines + (self.discounted if self.discount else 0)

    @property
    def listed(self) -> int:
        """The sum of the catalogue's prices, in satang."""
        return sum(line.product.price * line.quantity for line in self.lines)

    @property
    def quantity(self) -> int:
        """How many pieces are in the basket."""
        return sum(line.quantity for line in self.lines)

    def scan(self, product: Product) -> tuple["Basket", int]:
        """Add one piece; return the new basket and the index of the line it went to."""
        if not product.active:
            raise Refusal(Why.INACTIVE_PRODUCT, name=product.name, code=product.code)
        for index, line in enumerate(self.lines):
            if line.product == product and (line.is_plain or product.unique):
                return self.set_quantity(index, line.quantity + 1), index
        if product.unique and any(line.product.code == product.code for line in self.lines):
            # The same piece, whatever a newer catalogue says of its price.
            raise Refusal(Why.UNIQUE_TWICE, name=product.name)
        if len(self.lines) >= MOST_LINES:
            raise Refusal(Why.BASKET_FULL, most=MOST_LINES)
        grown = replace(self, lines=(*self.lines, BasketLine(product=product)))
        return _settled(grown), len(self.lines)

    def set_quantity(self, index: int, quantity: int) -> "Basket":
        """Change how many of a line are sold; its discount and its price stay."""
        line = self._line(index)
        if line.product.unique and quantity > 1:
            raise Refusal(Why.UNIQUE_TWICE, name=line.product.name)
        if not 1 <= quantity <= MOST_QUANTITY:
            raise Refusal(Why.QUANTITY_OUT_OF_RANGE, most=MOST_QUANTITY)
        fewer = line.quantity - quantity
        changed = self._with_line(index, replace(line, quantity=quantity))
        if fewer <= 0:
            return changed
        # Pieces that were announced and then not sold are noted, as a line that is taken out is.
        return replace(changed, voided=_noted(self, line, fewer))

    def discount_line(self, index: int, discount: Discount | None) -> "Basket":
        """Give a line a discount, or take it away with None."""
        line = replace(self._line(index), discount=_sensible(discount), promotion=None)
        return self._with_line(index, line)

    def override_price(self, index: int, price: int | None, reason: str = "") -> "Basket":
        """Give a line another price in satang, for a reason, or the catalogue's again with None."""
        line = replace(self._line(index), promotion=None)
        if price is None or price == line.product.price:
            return self._with_line(index, replace(line, price_override=None, price_reason=""))
        if not 0 <= price <= MOST:
            raise Refusal(Why.AMOUNT_OUT_OF_RANGE, most=MOST)
        cleaned = checked_text(reason, longest=LONGEST_REASON)
        if not cleaned:
            raise Refusal(Why.REASON_MISSING)
        return self._with_line(index, replace(line, price_override=price, price_reason=cleaned))

    def discount_basket(self, discount: Discount | None) -> "Basket":
        """Give the whole basket a discount, or take it away with None."""
        if discount is not None and not self.lines:
            raise Refusal(Why.BASKET_EMPTY)
        return _settled(replace(self, discount=_sensible(discount)))

    def void_line(self, index: int) -> "Basket":
        """Take a line out, and note it; with the last line the basket's discount goes too."""
        line = self._line(index)
        left = self.lines[:index] + self.lines[index + 1 :]
        return _lightened(
            replace(
                self,
                lines=left,
                discount=self.discount if left else None,
                voided=_noted(self, line, line.quantity),
            )
        )

    def offer(self, promotions: Sequence[Promotion]) -> "Basket":
        """Put these promotions in force, in the place of those before."""
        return _lightened(replace(self, promotions=tuple(promotions)))

    def _line(self, index: int) -> BasketLine:
        if not 0 <= index < len(self.lines):
            raise Refusal(Why.NO_SUCH_LINE)
        return self.lines[index]

    def _with_line(self, index: int, line: BasketLine) -> "Basket":
        lines = (*self.lines[:index], line, *self.lines[index + 1 :])
        return _settled(replace(self, lines=lines))


def _taken_off(discount: Discount | None, promotion: Promoted | None, amount: int) -> int:
    if discount is not None:
        return discount.off(amount)
    return 0 if promotion is None else promotion.amount


def _noted(basket: Basket, line: BasketLine, pieces: int) -> tuple[VoidedLine, ...]:
    """Return what has been taken out, with these pieces: one note for each product.

    Raises `Refusal(BASKET_FULL)` for more products than an entry holds.
    """
    amount = round_half_up(line.net * pieces, line.quantity)
    notes = {note.code: note for note in basket.voided}
    before = notes.get(line.product.code, VoidedLine(line.product.code, 0, 0))
    notes[before.code] = VoidedLine(before.code, before.quantity + pieces, before.amount + amount)
    if len(notes) > MOST_VOIDED:
        raise Refusal(Why.BASKET_FULL, most=MOST_VOIDED)
    return tuple(notes.values())


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


def _settled(basket: Basket) -> Basket:
    """Return the basket with the best promotions on it, or refuse it where it is not sound."""
    return _sound(_promoted(basket))


def _lightened(basket: Basket) -> Basket:
    """Settle a basket, without its discount where less is left than that takes off."""
    basket = _promoted(basket)
    if basket.discount is not None and basket.discounted > basket.subtotal:
        basket = _promoted(replace(basket, discount=None))
    return _sound(basket)


def _promoted(basket: Basket) -> Basket:
    if (
        not basket.promotions
        and basket.promotion is None
        and all(line.promotion is None for line in basket.lines)
    ):
        return basket
    choice = choose(
        [Wanted(line.product, line.quantity) if line.is_plain else None for line in basket.lines],
        basket.promotions,
        beside=sum(line.net for line in basket.lines if not line.is_plain),
        whole=basket.discount is None,
    )
    lines = tuple(
        line if line.promotion == promotion else replace(line, promotion=promotion)
        for line, promotion in zip(basket.lines, choice.lines, strict=True)
    )
    return replace(basket, lines=lines, promotion=choice.whole)


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
