"""The till session, from opening to Z, and what goes through its drawer without a sale."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.guard import checked_text
from tofan_pos.domain.money import MOST

LONGEST_WORDS = 80
"""The longest reason, name of a drawer or number of a bag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An open till session: the `n`th of the till, since entry `seq`; its float is counted.

    `business_date` is the (CE) day that sales count for now: a field of its own, rolled over by
    people, not by midnight.
    """

    n: int
    seq: int
    business_date: date
    opened_at: datetime
    by: str
    opening: Count
    drawer: str = ""


class MovementKind(StrEnum):
    """Why money goes through the drawer without a sale."""

    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    PICKUP = "pickup"
    CHANGE_DRAWER = "change_drawer"

    @property
    def sign(self) -> int:
        """One where money comes in, minus one where it goes out, nought where it stays."""
        return {"paid_in": 1, "paid_out": -1, "pickup": -1, "change_drawer": 0}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Cash in or out of the drawer, in satang, the `n`th of the till; its slip bears the number.

    For a change of drawer `amount` is what the new one holds, and `drawer` names it.
    """

    kind: MovementKind
    till: str
    epoch: int
    n: int
    at: datetime
    business_date: date
    amount: int
    reason: str
    by: str
    approved_by: str = ""
    bag: str = ""
    drawer: str = ""

    @property
    def number(self) -> str:
        """The slip's number, as in `CTW1-M000007`."""
        holder = self.till if self.epoch == 1 else f"{self.till}.{self.epoch}"
        return f"{holder}-M{self.n:06d}"


def checked_reason(text: str) -> str:
    """Return a reason, trimmed and free of what no text may carry.

    Raises `Refusal(REASON_MISSING | TEXT_TOO_LONG | CARD_NUMBER)`.
    """
    reason = checked_text(text, longest=LONGEST_WORDS)
    if not reason:
        raise Refusal(Why.REASON_MISSING)
    return reason


def checked_amount(amount: int) -> int:
    """Return an amount that can move, in satang. Raises `Refusal(AMOUNT_OUT_OF_RANGE)`."""
    if not 0 < amount <= MOST:
        raise Refusal(Why.AMOUNT_OUT_OF_RANGE, most=MOST)
    return amount
