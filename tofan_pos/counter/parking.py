"""Baskets set aside and taken up again: they live in the journal, so a restart loses none."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from tofan_pos.counter.access import Access
from tofan_pos.counter.journal import Journal
from tofan_pos.counter.register import Register
from tofan_pos.domain.basket import BasketLine
from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.guard import checked_text
from tofan_pos.domain.sale import VoidedLine
from tofan_pos.store.day import Event
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.events import ParkedBody, ParkedLineBody, RecalledBody
from tofan_pos.sync.kinds import Parked as ParkedEntry
from tofan_pos.sync.sales import discount_body, discount_of, read_moment, voided_bodies

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A basket that waits: by which name, since when, set aside by whom, and what it came to."""

    id: str
    name: str
    at: datetime
    by: str
    total: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Parking:
    """One till's baskets that wait."""

    journal: Journal
    access: Access
    register: Register
    new_id: Callable[[], str]

    def park(self, name: str = "") -> None:
        """Set the open basket aside under a name. Raises `Refusal(NOTHING_TO_PARK)`."""
        basket = self.register.basket
        if not basket.lines or self.register.exchange is not None:
            raise Refusal(Why.NOTHING_TO_PARK)
        body = ParkedBody(
            by=self.access.by,
            id=self.new_id(),
            lines=tuple(map(_line_body, basket.lines)),
            name=checked_text(name, longest=LONGEST_NAME),
            total=basket.total,
            discount=discount_body(basket.discount),
            voided=voided_bodies(basket.voided),
        )
        # First of all, as this says no where the basket was paid for after all.
        self.register.put_away()
        try:
            with self.journal.fact() as fact:
                link = fact.write(body)
                fact.tx.park(body.id, link.seq)
        except BaseException:
            self.register.put(basket)
            raise

    def waiting(self) -> list[Parked]:
        """Return the baskets that wait, oldest first."""
        with self.journal.store.reading() as look:
            return [_parked_of(entry) for entry in map(_entry_of, look.parked())]

    def recall(self, parked_id: str) -> tuple[str, ...]:
        """Take a basket up again; return the codes of what is no longer for sale.

        What is in it costs what the catalogue says now, prices given by hand aside; a discount
        that would take off more than that is not given. Raises
        `Refusal(BASKET_OPEN | NO_SUCH_PARKED | NO_SESSION)`.
        """
        if self.register.basket.lines:
            raise Refusal(Why.BASKET_OPEN)
        basket = self.register.fresh()
        with self.journal.store.reading() as look:
            entries = list(map(_entry_of, look.parked()))
        body = next((entry.body for entry in entries if entry.body.id == parked_id), None)
        if body is None:
            raise Refusal(Why.NO_SUCH_PARKED)
        products = self._for_sale([line.code for line in body.lines])
        kept = tuple(
            _line_of(line, products[line.code]) for line in body.lines if line.code in products
        )
        discount = discount_of(body.discount) if kept and body.discount is not None else None
        voided = tuple(VoidedLine(v.code, v.quantity, v.amount) for v in body.voided)
        taken = replace(basket, lines=kept, discount=discount, voided=voided)
        taken = taken.offer(basket.promotions)
        with self.journal.fact() as fact:
            if not fact.tx.unpark(parked_id):
                # Another window was quicker.
                raise Refusal(Why.NO_SUCH_PARKED)
            fact.write(RecalledBody(by=self.access.by, id=parked_id))
        self.register.put(taken)
        return tuple(line.code for line in body.lines if line.code not in products)

    def _for_sale(self, codes: list[str]) -> dict[str, Product]:
        """Return those of some products that can be sold now."""
        found = self.journal.store.products_with(codes)
        with self.journal.store.reading() as look:
            return {
                code: product
                for code, product in found.items()
                if product.active and not (product.unique and look.is_sold(code))
            }


def _is_plain(line: ParkedLineBody) -> bool:
    return line.price is None and line.discount is None


def _line_body(line: BasketLine) -> ParkedLineBody:
    return ParkedLineBody(
        code=line.product.code,
        quantity=line.quantity,
        discount=discount_body(line.discount),
        price=line.price_override,
        price_reason=line.price_reason,
    )


def _line_of(parked: ParkedLineBody, product: Product) -> BasketLine:
    line = BasketLine(
        product=product,
        quantity=1 if product.unique else parked.quantity,
        discount=discount_of(parked.discount) if parked.discount is not None else None,
        price_override=parked.price if parked.price != product.price else None,
        price_reason=parked.price_reason if parked.price != product.price else "",
    )
    return replace(line, discount=None) if line.discounted > line.gross else line


def _entry_of(event: Event) -> ParkedEntry:
    entry = read_entry(event.line)
    if not isinstance(entry, ParkedEntry):
        raise TypeError(entry)
    return entry


def _parked_of(entry: ParkedEntry) -> Parked:
    body = entry.body
    return Parked(
        id=body.id,
        name=body.name,
        at=read_moment(entry.at),
        by=body.by,
        total=body.total,
        pieces=sum(line.quantity for line in body.lines),
    )
