"""Baskets set aside and taken up again: they live in the journal, so a restart loses none."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from tofan_pos.counter.access import Access
from tofan_pos.counter.journal import Journal
from tofan_pos.counter.register import Register
from tofan_pos.domain.basket import BasketLine
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
        with self.journal.fact() as fact:
            link = fact.write(body)
            fact.tx.park(body.id, link.seq)
        self.register.put_away()

    def waiting(self) -> list[Parked]:
        """Return the baskets that wait, oldest first."""
        with self.journal.store.reading() as look:
            return [_parked_of(entry) for entry in map(_entry_of, look.parked())]

    def recall(self, parked_id: str) -> tuple[str, ...]:
        """Take a basket up again; return the codes of what is no longer for sale.

        What is in it costs what the catalogue says now. Raises
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
        products = self.journal.store.products_with([line.code for line in body.lines])
        gone = []
        for line in body.lines:
            product = products.get(line.code)
            if product is None or not product.active:
                gone.append(line.code)
                continue
            basket, index = basket.scan(product)
            basket = basket.set_quantity(index, line.quantity)
            if line.price is not None:
                basket = basket.override_price(index, line.price, line.price_reason)
            if line.discount is not None:
                basket = basket.discount_line(index, discount_of(line.discount))
        if basket.lines and body.discount is not None:
            basket = basket.discount_basket(discount_of(body.discount))
        voided = tuple(VoidedLine(v.code, v.quantity, v.amount) for v in body.voided)
        with self.journal.fact() as fact:
            if not fact.tx.unpark(parked_id):
                # Another window was quicker.
                raise Refusal(Why.NO_SUCH_PARKED)
            fact.write(RecalledBody(by=self.access.by, id=parked_id))
        self.register.put(replace(basket, voided=voided))
        return tuple(gone)


def _line_body(line: BasketLine) -> ParkedLineBody:
    return ParkedLineBody(
        code=line.product.code,
        quantity=line.quantity,
        discount=discount_body(line.discount),
        price=line.price_override,
        price_reason=line.price_reason,
    )


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
