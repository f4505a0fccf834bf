"""Who works at a till and what each may do: one table, shown on screen and asked by every verb."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.guard import checked_text


class Role(StrEnum):
    """What somebody is at a counter."""

    TRAINEE = "trainee"
    CASHIER = "cashier"
    SUPERVISOR = "supervisor"
    SUPPORT = "support"


class May(StrEnum):
    """Whether a role may do something: by itself, with a supervisor's approval, or not at all."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


class Right(StrEnum):
    """What can be allowed or not. Those named `…_ABOVE` are the same act beyond its limit."""

    SELL = "sell"
    DISCOUNT = "discount"
    DISCOUNT_ABOVE = "discount_above"
    PRICE_OVERRIDE = "price_override"
    REFUND = "refund"
    REFUND_ABOVE = "refund_above"
    REFUND_WITHOUT_RECEIPT = "refund_without_receipt"
    REFUND_OTHER_TILL = "refund_other_till"
    REFUND_OTHER_TENDER = "refund_other_tender"
    VOID_DOCUMENT = "void_document"
    REPRINT = "reprint"
    REPRINT_AGAIN = "reprint_again"
    OPEN_SESSION = "open_session"
    CLOSE_SESSION = "close_session"
    CLOSE_DIFFERENCE = "close_difference"
    ROLL_DATE = "roll_date"
    X_REPORT = "x_report"
    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    PICKUP = "pickup"
    NO_SALE = "no_sale"
    CHANGE_DRAWER = "change_drawer"
    EXPORT = "export"
    LOAD_CATALOGUE = "load_catalogue"
    MANAGE_STAFF = "manage_staff"
    CONNECT = "connect"
    """Whom the till sends to: enrolling, its server, its key, pausing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Somebody who works at the till. `verifier` proves a PIN; it is not the PIN."""

    code: str
    name: str
    role: Role
    verifier: str = field(default="", repr=False)
    active: bool = True


SETUP = Staff(code="SETUP", name="SETUP", role=Role.SUPERVISOR)
"""Who acts at a till that has no staff of its own yet."""

LONGEST_NAME = 40
_CODE = re.compile("[A-Z0-9]{2,12}")


def staff_code(text: str) -> str:
    """Return a staff code as it is kept: 2 to 12 of A–Z and 0–9.

    Raises `Refusal(STAFF_CODE)`, and `Refusal(STAFF_EXISTS)` for the one that is nobody's.
    """
    code = text.strip()
    # Folded only where it is plain: some foreign letters become two of A–Z.
    code = code.upper() if code.isascii() else code
    if not _CODE.fullmatch(code):
        raise Refusal(Why.STAFF_CODE, text=text)
    if code == SETUP.code:
        raise Refusal(Why.STAFF_EXISTS, code=code)
    return code


def staff_name(text: str, *, code: str) -> str:
    """Return a name to show; where none is given, the code is shown.

    Raises `Refusal(TEXT_TOO_LONG | CARD_NUMBER)`.
    """
    return checked_text(text, longest=LONGEST_NAME) or code


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Up to where a cashier needs nobody: hundredths of a percent, and satang."""

    discount_bp: int = 1_000
    refund: int = 2_000_00
    difference: int = 100_00


@dataclass(frozen=True, slots=True)
class Warrant:
    """On whose word something was done: who did it, and who approved it where that was needed."""

    by: str
    approved_by: str = ""


_Y, _A, _N = May.YES, May.ASK, May.NO
_ROLES = (Role.TRAINEE, Role.CASHIER, Role.SUPERVISOR, Role.SUPPORT)
_TABLE: Mapping[Right, tuple[May, May, May, May]] = {
    Right.SELL: (_Y, _Y, _Y, _N),
    Right.DISCOUNT: (_A, _Y, _Y, _N),
    Right.DISCOUNT_ABOVE: (_A, _A, _Y, _N),
    Right.PRICE_OVERRIDE: (_A, _A, _Y, _N),
    Right.REFUND: (_A, _Y, _Y, _N),
    Right.REFUND_ABOVE: (_A, _A, _Y, _N),
    Right.REFUND_WITHOUT_RECEIPT: (_A, _A, _Y, _N),
    Right.REFUND_OTHER_TILL: (_A, _A, _Y, _N),
    Right.REFUND_OTHER_TENDER: (_A, _A, _Y, _N),
    Right.VOID_DOCUMENT: (_A, _A, _Y, _N),
    Right.REPRINT: (_Y, _Y, _Y, _Y),
    Right.REPRINT_AGAIN: (_A, _A, _Y, _A),
    Right.OPEN_SESSION: (_A, _Y, _Y, _N),
    Right.CLOSE_SESSION: (_A, _Y, _Y, _N),
    Right.CLOSE_DIFFERENCE: (_A, _A, _Y, _N),
    Right.ROLL_DATE: (_A, _A, _Y, _N),
    Right.X_REPORT: (_A, _Y, _Y, _Y),
    Right.PAID_IN: (_A, _Y, _Y, _N),
    Right.PAID_OUT: (_A, _A, _Y, _N),
    Right.PICKUP: (_A, _Y, _Y, _N),
    Right.NO_SALE: (_A, _A, _Y, _A),
    Right.CHANGE_DRAWER: (_A, _Y, _Y, _N),
    Right.EXPORT: (_N, _Y, _Y, _Y),
    Right.LOAD_CATALOGUE: (_N, _A, _Y, _Y),
    Right.MANAGE_STAFF: (_N, _N, _Y, _N),
    Right.CONNECT: (_N, _A, _Y, _Y),
}
RIGHTS: Mapping[Right, Mapping[Role, May]] = MappingProxyType(
    {right: MappingProxyType(dict(zip(_ROLES, row, strict=True))) for right, row in _TABLE.items()}
)
"""Every right, and what each role may of it."""


def may(role: Role, right: Right) -> May:
    """Return what a role may."""
    return RIGHTS[right][role]
