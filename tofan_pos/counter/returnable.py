"""A sale somebody comes back with: what of it has come back already, and what pieces come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.guard import checked_text
from tofan_pos.domain.reversal import (
    GivenBack,
    Origin,
    ReversalKind,
    ReversalLine,
    reverse_lines,
)
from tofan_pos.domain.sale import LONGEST_REFERENCE, Tender, TenderKind
from tofan_pos.store.facts import StoredSale
from tofan_pos.store.reading import Reading


@dataclass(frozen=True, slots=True)
class Returnable:
    """A sale somebody comes back with, and what of it has come back already, by line."""

    origin: Origin
    earlier: Mapping[int, GivenBack] = field(default_factory=dict)
    own: bool = True

    def left(self, position: int) -> int:
        """Return how many pieces of a line can still come back."""
        line = next(line for line in self.origin.lines if line.position == position)
        return line.quantity - self.earlier.get(position, GivenBack()).quantity


def lines_of(look: Reading, origin: Origin, chosen: Mapping[int, int]) -> tuple[ReversalLine, ...]:
    """Return what chosen quantities (by line position) come to now."""
    earlier = look.given_back(origin.number) if origin.number else {}
    return reverse_lines(origin, chosen, earlier)


def check_not_voided(look: Reading, number: str) -> None:
    """Refuse a sale that was voided: `Refusal(ALREADY_VOIDED)`."""
    if any(one.kind is ReversalKind.VOID for one in look.reversals_of(number)):
        raise Refusal(Why.ALREADY_VOIDED, number=number)


def check_voidable(look: Reading, stored: StoredSale) -> None:
    """Refuse a sale that cannot be taken back whole any more."""
    session = look.session()[0]
    if session is None:
        raise Refusal(Why.NO_SESSION)
    sale = stored.sale
    check_not_voided(look, sale.number)
    if look.reversals_of(sale.number):
        raise Refusal(Why.ALREADY_REFUNDED, number=sale.number)
    if stored.seq < session.seq:
        raise Refusal(Why.VOID_OTHER_SESSION, number=sale.number)
    if sale.exchange_of:
        raise Refusal(Why.VOID_EXCHANGE, number=sale.number)


def in_cash(amount: int) -> tuple[Tender, ...]:
    """Return a payment in cash, in satang."""
    return (Tender(TenderKind.CASH, amount),)


def checked_tenders(look: Reading, origin: Origin, paid: tuple[Tender, ...]) -> tuple[Tender, ...]:
    """Return a payment somebody chose, its texts cleaned: cash, or ways the sale was paid.

    By none but cash goes back more than came that way and is left of it.
    """
    back = look.reversals_of(origin.number) if origin.number else []
    earlier = [tender for reversal in back for tender in reversal.tenders]
    cleaned = []
    for tender in paid:
        if tender.kind.is_cash and not tender.code:
            cleaned.append(Tender(TenderKind.CASH, tender.amount))
            continue
        same = [t for t in origin.tenders if (t.kind, t.code) == (tender.kind, tender.code)]
        if not same or tender.kind is TenderKind.EXCHANGE or tender.kind.is_cash:
            raise Refusal(Why.TENDER_UNKNOWN, code=tender.key[:20])
        left = sum(t.amount for t in same) - sum(t.amount for t in earlier if t.key == tender.key)
        if tender.amount > left:
            raise Refusal(Why.PAID_BACK_DIFFERS, amount=left)
        reference = checked_text(tender.reference, longest=LONGEST_REFERENCE)
        cleaned.append(replace(tender, reference=reference))
    return tuple(cleaned)
