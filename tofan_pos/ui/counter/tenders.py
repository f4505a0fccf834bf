"""What is owed for a basket, and what has been handed over of it so far, tender by tender."""

from dataclasses import dataclass
from typing import Self

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.guard import checked_text
from tofan_pos.domain.sale import LONGEST_REFERENCE, Tender, TenderKind, TenderType, remaining


@dataclass(frozen=True, slots=True)
class Owed:
    """What a basket comes to, in satang: what is paid for it, or goes back in an exchange.

    `credit` is what comes back is worth, None where nothing is exchanged.
    """

    due: int
    back: int = 0
    credit: int | None = None

    @property
    def total(self) -> int:
        """What the basket alone comes to."""
        return self.due - self.back + (self.credit or 0)


@dataclass(frozen=True, slots=True)
class Taken:
    """Tenders taken so far. Every verb returns another one or raises `Refusal`."""

    tenders: tuple[Tender, ...] = ()

    def remains(self, due: int) -> int:
        """Return what is still to be paid, in satang."""
        return remaining(due, self.tenders)

    def change(self, due: int) -> int:
        """Return what was taken beyond what is due, in satang."""
        return max(sum(tender.amount for tender in self.tenders) - due, 0)

    def with_cash(self, amount: int) -> Self:
        """Add cash to the cash that lies there already: one heap, one tender."""
        before = next((t for t in self.tenders if t.kind.is_cash), Tender(TenderKind.CASH, 0))
        others = tuple(tender for tender in self.tenders if not tender.kind.is_cash)
        return type(self)((*others, Tender(TenderKind.CASH, before.amount + amount)))

    def with_part(self, amount: int, *, due: int) -> Self:
        """Add cash that does not cover what remains.

        Raises `Refusal(AMOUNT_UNREADABLE)` for nothing, and for what covers it.
        """
        if not 0 < amount < self.remains(due):
            raise Refusal(Why.AMOUNT_UNREADABLE, text=str(amount // 100))
        return self.with_cash(amount)

    def with_tender(self, how: TenderType, amount: int, *, due: int, reference: str = "") -> Self:
        """Add a tender beside cash, its reference cleaned.

        Raises `Refusal(AMOUNT_UNREADABLE | CHANGE_ONLY_FROM_CASH | REFERENCE_MISSING |
        TEXT_TOO_LONG | CARD_NUMBER)`.
        """
        check_amount(amount, remains=self.remains(due))
        cleaned = checked_text(reference, longest=LONGEST_REFERENCE)
        if how.needs_reference and not cleaned:
            raise Refusal(Why.REFERENCE_MISSING, name=how.name)
        tender = Tender(how.kind, amount, code=how.code, reference=cleaned)
        return type(self)((*self.tenders, tender))

    def without(self, place: int) -> Self:
        """Take one away again."""
        return type(self)(self.tenders[:place] + self.tenders[place + 1 :])


def check_amount(amount: int, *, remains: int) -> None:
    """Refuse what nobody charges: nothing, or more than remains, as change is cash alone."""
    if amount < 1:
        raise Refusal(Why.AMOUNT_UNREADABLE, text="0")
    if amount > remains:
        raise Refusal(Why.CHANGE_ONLY_FROM_CASH, over=amount - remains)
