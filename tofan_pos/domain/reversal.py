"""Taking a sale back, in part or whole: always a new document, and never more than was bought."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from tofan_pos.domain.catalogue import SharePolicy, TaxKind, Text
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import round_half_up
from tofan_pos.domain.numbering import document_number
from tofan_pos.domain.sale import Sale, Tender, TenderKind

SERIES = "C"
"""The letter that names refunds' series of numbers."""


class ReversalKind(StrEnum):
    """A refund is a document of its own; a void keeps the number of the sale it takes back."""

    REFUND = "refund"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldLine:
    """A line that can be given back, as it was sold: amounts in satang for the whole quantity."""

    position: int
    code: str
    name: Text
    group: str
    quantity: int
    paid: int
    tax: TaxKind
    vat: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The sale a customer comes back with: this till's own, or another's as its code tells it.

    `number` is empty where there is no receipt.
    """

    number: str
    till: str
    business_date: date
    total: int
    vat_rate_bp: int
    policy: SharePolicy
    lines: tuple[SoldLine, ...]
    tenders: tuple[Tender, ...] = ()
    change: int = 0

    @classmethod
    def of(cls, sale: Sale) -> "Origin":
        """Return what can be given back of a sale."""
        return cls(
            number=sale.number,
            till=sale.till,
            business_date=sale.business_date,
            total=sale.total,
            vat_rate_bp=sale.vat_rate_bp,
            policy=sale.policy,
            lines=tuple(
                SoldLine(
                    position=position,
                    code=line.code,
                    name=line.name,
                    group=line.group,
                    quantity=line.quantity,
                    paid=line.paid,
                    tax=line.tax,
                    vat=line.vat,
                    share=line.share,
                )
                for position, line in enumerate(sale.lines)
            ),
            tenders=sale.tenders,
            change=sale.change,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversalLine:
    """What comes back of one line; amounts in satang, positive. `position` is the line's own."""

    position: int
    code: str
    name: Text
    group: str
    quantity: int
    paid: int
    tax: TaxKind
    vat: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """A refund or a void as a fact; amounts in satang, positive. `of` is the sale's number.

    `tenders` are what is paid back; `exchange` among them went into the sale of an exchange.
    """

    kind: ReversalKind
    id: str
    till: str
    epoch: int
    n: int
    series: str
    at: datetime
    business_date: date
    by: str
    approved_by: str
    of: str
    of_date: date
    reason: str
    lines: tuple[ReversalLine, ...]
    tenders: tuple[Tender, ...]
    vat_rate_bp: int
    policy: SharePolicy

    @property
    def number(self) -> str:
        """The document's number: a refund's own, or the voided sale's."""
        return document_number(till=self.till, epoch=self.epoch, series=self.series, n=self.n)

    @property
    def total(self) -> int:
        """What is paid back, in satang."""
        return sum(line.paid for line in self.lines)

    @property
    def vat(self) -> int:
        """The VAT within that, in satang."""
        return sum(line.vat for line in self.lines)

    @property
    def share(self) -> int:
        """What the makers' share is lessened by, in satang."""
        return sum(line.share for line in self.lines)

    @property
    def quantity(self) -> int:
        """How many pieces come back."""
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What has come back of one line already, over all earlier refunds."""

    quantity: int = 0
    paid: int = 0
    vat: int = 0
    share: int = 0


def part_of(line: SoldLine, *, before: int, quantity: int) -> ReversalLine:
    """Return what `quantity` more pieces of a line are worth, `before` having come back already.

    Amounts are differences of rounded cumulative ones, so that however a line is given back,
    piece by piece or at once, all its refunds together are what was paid for it, to the satang.
    VAT and share go with the money and not with the pieces: no part of a line gives back more of
    them than it pays.
    """
    back = _step(line.paid, line.quantity, 0, before)
    paid = _step(line.paid, line.quantity, before, quantity)
    return ReversalLine(
        position=line.position,
        code=line.code,
        name=line.name,
        group=line.group,
        quantity=quantity,
        paid=paid,
        tax=line.tax,
        vat=_step(line.vat, line.paid, back, paid),
        share=_step(line.share, line.paid, back, paid),
    )


def _step(amount: int, whole: int, before: int, more: int) -> int:
    if not whole:
        return 0
    return round_half_up(amount * (before + more), whole) - round_half_up(amount * before, whole)


def reverse_lines(
    origin: Origin, chosen: Mapping[int, int], earlier: Mapping[int, GivenBack]
) -> tuple[ReversalLine, ...]:
    """Return what the chosen quantities (by line position) come to.

    Raises `Refusal(NOTHING_CHOSEN | NO_SUCH_LINE | QUANTITY_OUT_OF_RANGE | MORE_THAN_BOUGHT)`.
    """
    if not chosen:
        raise Refusal(Why.NOTHING_CHOSEN)
    by_position = {line.position: line for line in origin.lines}
    found = []
    for position, quantity in sorted(chosen.items()):
        line = by_position.get(position)
        if line is None:
            raise Refusal(Why.NO_SUCH_LINE)
        if quantity < 1:
            raise Refusal(Why.QUANTITY_OUT_OF_RANGE, most=line.quantity)
        before = earlier.get(position, GivenBack()).quantity
        if before + quantity > line.quantity:
            raise Refusal(
                Why.MORE_THAN_BOUGHT, name=line.name, left=line.quantity - before, asked=quantity
            )
        found.append(part_of(line, before=before, quantity=quantity))
    return tuple(found)


def paid_back_as_paid(
    origin: Origin, total: int, earlier: Sequence[Tender]
) -> tuple[Tender, ...] | None:
    """Return how `total` satang go back the way they came: other than cash first, then cash.

    What earlier refunds paid back in each way is taken off; what an exchange was paid with goes
    back in cash. None where the sale's tenders are not known, or what they left does not cover it.
    """
    left: dict[tuple[str, str], Tender] = {}
    came = [*origin.tenders, Tender(TenderKind.CASH, -origin.change)] if origin.change else []
    for tender, sign in (
        *((tender, 1) for tender in came or origin.tenders),
        *((tender, -1) for tender in earlier),
    ):
        plain = Tender(TenderKind.CASH, tender.amount) if tender.kind in _AS_CASH else tender
        # Two cards are two ways, though one terminal took both.
        way = (plain.key, plain.reference)
        before = left.get(way, replace(plain, amount=0))
        left[way] = replace(before, amount=before.amount + sign * plain.amount)
    found = []
    for tender in sorted(left.values(), key=lambda tender: tender.kind.is_cash):
        amount = min(total, max(tender.amount, 0))
        if amount:
            found.append(replace(tender, amount=amount))
            total -= amount
    return tuple(found) if total == 0 else None


_AS_CASH = (TenderKind.CASH, TenderKind.EXCHANGE)


def cash_in(tenders: Sequence[Tender]) -> int:
    """Return how much of a payment lies in the drawer, in satang."""
    return sum(tender.amount for tender in tenders if tender.kind.is_cash)
