"""A completed sale as a frozen fact: its lines, tenders, totals and the makers' share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from tofan_pos.domain.basket import Basket, Discount, ReckonedLine, Reckoning, reckon
from tofan_pos.domain.catalogue import SharePolicy, TaxKind, Text
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import MOST
from tofan_pos.domain.numbering import DocumentKind, document_number


class TenderKind(StrEnum):
    """How something is paid."""

    CASH = "cash"


@dataclass(frozen=True, slots=True)
class Tender:
    """What the customer handed over, in satang; change is given out of cash."""

    kind: TenderKind
    amount: int


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

    @classmethod
    def of(cls, reckoned: ReckonedLine) -> Self:
        """Freeze a reckoned basket line: name, price and tax as they were sold."""
        line, product = reckoned.line, reckoned.line.product
        return cls(
            code=product.code,
            name=product.name,
            group=product.group,
            quantity=line.quantity,
            price=product.price,
            gross=line.gross,
            discounted=line.discounted,
            discount=line.discount,
            basket_discount=reckoned.basket_discount,
            paid=reckoned.paid,
            tax=product.vat,
            vat=reckoned.vat,
            share=reckoned.share,
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


def check_payment(basket: Basket, tenders: Sequence[Tender]) -> None:
    """Refuse a payment that cannot complete the basket; say nothing where it can."""
    if not basket.lines:
        raise Refusal(Why.BASKET_EMPTY)
    if any(not 0 <= tender.amount <= MOST for tender in tenders):
        raise Refusal(Why.AMOUNT_OUT_OF_RANGE, most=MOST)
    tendered = sum(tender.amount for tender in tenders)
    if tendered < basket.total:
        raise Refusal(Why.PAID_TOO_LITTLE, missing=basket.total - tendered)


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
) -> Sale:
    """Make the sale of a basket that `check_payment` has accepted."""
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
    )
