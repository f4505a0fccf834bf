"""A completed sale as a frozen fact: its lines, tenders, totals and the makers' share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from tofan_pos.domain.basket import (
    Basket,
    Discount,
    ReckonedLine,
    Reckoning,
    VoidedLine,
    reckon,
)
from tofan_pos.domain.catalogue import SharePolicy, TaxKind, Text
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.guard import checked_text
from tofan_pos.domain.money import MOST
from tofan_pos.domain.numbering import DocumentKind, document_number
from tofan_pos.domain.promotion import Promoted

__all__ = [
    "LONGEST_REFERENCE",
    "Line",
    "Sale",
    "Tender",
    "TenderKind",
    "TenderType",
    "Terms",
    "VoidedLine",
    "check_payment",
    "complete",
    "remaining",
]

LONGEST_REFERENCE = 40


class TenderKind(StrEnum):
    """How something is paid."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    VOUCHER = "voucher"
    EXCHANGE = "exchange"
    """What was given back in the same visit, set against the sale of an exchange."""

    @property
    def is_cash(self) -> bool:
        """Whether it lies in the drawer, and change is given out of it."""
        return self is TenderKind.CASH


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderType:
    """A tender beside cash as the catalogue names it; `code` keeps two of one kind apart."""

    code: str
    kind: TenderKind
    name: Text
    needs_reference: bool = True


@dataclass(frozen=True, slots=True)
class Tender:
    """What the customer handed over, in satang; change is given out of cash alone.

    `code` is the tender type's, empty for cash and exchanges; `reference` is the terminal's,
    bank's or voucher's own number.
    """

    kind: TenderKind
    amount: int
    code: str = ""
    reference: str = ""

    @property
    def key(self) -> str:
        """Under what it is added up: the type's code, or the kind where there is none."""
        return self.code or self.kind.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as sold. Amounts in satang: `paid = gross - discounted - basket_discount`."""

    code: str
    name: Text
    group: str
    quantity: int
    price: int
    gross: int
    discounted: int
    discount: Discount | None
    basket_discount: int
    paid: int
    tax: TaxKind
    vat: int
    share: int
    promotion: Promoted | None = None
    """What a promotion took off; `discounted` holds it, as a line has one or the other."""
    listed: int = 0
    """The catalogue's price in satang where another was given, else nought."""
    price_reason: str = ""
    unique: bool = False
    """Whether it was sold as the one piece of its code that there is."""

    @classmethod
    def of(cls, reckoned: ReckonedLine) -> Self:
        """Freeze a reckoned basket line: name, price and tax as they were sold."""
        line, product = reckoned.line, reckoned.line.product
        return cls(
            code=product.code,
            name=product.name,
            group=product.group,
            quantity=line.quantity,
            price=line.price,
            gross=line.gross,
            discounted=line.discounted,
            discount=line.discount,
            basket_discount=reckoned.basket_discount,
            paid=reckoned.paid,
            tax=product.vat,
            vat=reckoned.vat,
            share=reckoned.share,
            promotion=line.promotion,
            listed=0 if line.price_override is None else product.price,
            price_reason=line.price_reason,
            # A basket from before the catalogue said so may hold several: those were not the one.
            unique=product.unique and line.quantity == 1,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """A completed sale. `at` is UTC; `business_date` is the (CE) day it counts for."""

    id: str
    till: str
    epoch: int
    kind: DocumentKind
    n: int
    at: datetime
    business_date: date
    by: str
    lines: tuple[Line, ...]
    discount: Discount | None
    tenders: tuple[Tender, ...]
    total: int
    vat_rate_bp: int
    vat: int
    policy: SharePolicy
    promotion: Promoted | None = None
    """What a promotion took off the whole basket; its amount is spread as `basket_discount`."""
    voided: tuple[VoidedLine, ...] = ()
    exchange_of: str = ""
    """The refund's number where this is the sale of an exchange."""

    @property
    def number(self) -> str:
        """The document's number as printed."""
        return document_number(till=self.till, epoch=self.epoch, series=self.kind.series, n=self.n)

    @property
    def gross(self) -> int:
        """The sum of prices before any discount, in satang."""
        return sum(line.gross for line in self.lines)

    @property
    def basket_discount(self) -> int:
        """What the discount on the whole basket took off, in satang."""
        return sum(line.basket_discount for line in self.lines)

    @property
    def share(self) -> int:
        """The makers' share of the document, in satang."""
        return sum(line.share for line in self.lines)

    @property
    def tendered(self) -> int:
        """What the customer handed over, in satang."""
        return sum(tender.amount for tender in self.tenders)

    @property
    def change(self) -> int:
        """What the customer got back, in satang."""
        return self.tendered - self.total

    @property
    def quantity(self) -> int:
        """How many pieces were sold."""
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms a sale is made under at this till on this day."""

    kind: DocumentKind
    vat_rate_bp: int
    policy: SharePolicy

    def reckon(self, basket: Basket) -> Reckoning:
        """Work out a basket under these terms."""
        return reckon(basket, vat_rate_bp=self.vat_rate_bp, policy=self.policy)


def remaining(total: int, tenders: Sequence[Tender]) -> int:
    """Return what is still to be paid of a total, in satang; nought once it is covered."""
    return max(total - sum(tender.amount for tender in tenders), 0)


def check_payment(
    basket: Basket, tenders: Sequence[Tender], types: Sequence[TenderType] = ()
) -> tuple[Tender, ...]:
    """Return the tenders that complete the basket, their references cleaned, or refuse them.

    `types` are the tenders beside cash that the catalogue knows. Change is given out of cash
    alone, so what is not cash may come to the basket's total at most. Raises `Refusal`
    (BASKET_EMPTY, AMOUNT_OUT_OF_RANGE, TENDER_UNKNOWN, TEXT_TOO_LONG, CARD_NUMBER,
    REFERENCE_MISSING, CHANGE_ONLY_FROM_CASH, PAID_TOO_LITTLE).
    """
    if not basket.lines:
        raise Refusal(Why.BASKET_EMPTY)
    known = {kind.code: kind for kind in types}
    cleaned = tuple(_cleaned(tender, known) for tender in tenders)
    total = basket.total
    over = sum(tender.amount for tender in cleaned if not tender.kind.is_cash) - total
    if over > 0:
        raise Refusal(Why.CHANGE_ONLY_FROM_CASH, over=over)
    missing = remaining(total, cleaned)
    if missing:
        raise Refusal(Why.PAID_TOO_LITTLE, missing=missing)
    return cleaned


def _cleaned(tender: Tender, types: Mapping[str, TenderType]) -> Tender:
    # Nothing may be due in cash, nor in an exchange; a terminal never charges nothing.
    least = 0 if tender.kind in {TenderKind.CASH, TenderKind.EXCHANGE} else 1
    if not least <= tender.amount <= MOST:
        raise Refusal(Why.AMOUNT_OUT_OF_RANGE, most=MOST)
    if tender.kind.is_cash:
        return Tender(tender.kind, tender.amount)
    reference = checked_text(tender.reference, longest=LONGEST_REFERENCE)
    if tender.kind is TenderKind.EXCHANGE:
        return Tender(tender.kind, tender.amount, reference=reference)
    known = types.get(tender.code)
    if known is None or known.kind is not tender.kind:
        raise Refusal(Why.TENDER_UNKNOWN, code=tender.code)
    if known.needs_reference and not reference:
        raise Refusal(Why.REFERENCE_MISSING, name=known.name)
    return replace(tender, reference=reference)


def complete(  # noqa: PLR0913 - a sale is the sum of what is known of it at that moment
    basket: Basket,
    tenders: Sequence[Tender],
    *,
    terms: Terms,
    sale_id: str,
    till: str,
    epoch: int,
    n: int,
    at: datetime,
    business_date: date,
    by: str,
    voided: Sequence[VoidedLine] = (),
    exchange_of: str = "",
) -> Sale:
    """Make the sale of a basket, with the tenders that `check_payment` has returned.

    `voided` are the lines taken out before; `exchange_of` is the number of the refund that this
    sale is the other half of.
    """
    reckoning = terms.reckon(basket)
    return Sale(
        id=sale_id,
        till=till,
        epoch=epoch,
        kind=terms.kind,
        n=n,
        at=at,
        business_date=business_date,
        by=by,
        lines=tuple(Line.of(line) for line in reckoning.lines),
        discount=basket.discount,
        tenders=tuple(tenders),
        total=reckoning.total,
        vat_rate_bp=terms.vat_rate_bp,
        vat=reckoning.vat,
        policy=terms.policy,
        promotion=basket.promotion,
        voided=tuple(voided),
        exchange_of=exchange_of,
    )
