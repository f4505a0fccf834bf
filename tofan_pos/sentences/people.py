"""What rights and roles are called, alike on screen and on the command line."""

from collections.abc import Callable, Mapping

from tofan_pos.domain.people import Right, Role
from tofan_pos.sentences.marking import N_
from tofan_pos.words import Words, plain_text

Act = Callable[[Words], str]
"""Words something that one does."""

_ROLES: Mapping[Role, str] = {
    Role.TRAINEE: N_("Trainee"),
    Role.CASHIER: N_("Cashier"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.SUPPORT: N_("Support"),
}

_RIGHTS: Mapping[Right, str] = {
    Right.SELL: N_("Sell and take payment"),
    Right.DISCOUNT: N_("Give a discount"),
    Right.DISCOUNT_ABOVE: N_("Give a discount above the limit"),
    Right.PRICE_OVERRIDE: N_("Change a price"),
    Right.REFUND: N_("Take goods back"),
    Right.REFUND_ABOVE: N_("Take goods back above the limit"),
    Right.REFUND_WITHOUT_RECEIPT: N_("Take goods back without a receipt"),
    Right.REFUND_OTHER_TILL: N_("Take back what another till sold"),
    Right.REFUND_OTHER_TENDER: N_("Pay back otherwise than it was paid"),
    Right.VOID_DOCUMENT: N_("Void a receipt"),
    Right.REPRINT: N_("Print a paper again"),
    Right.REPRINT_AGAIN: N_("Print a paper again more than once"),
    Right.OPEN_SESSION: N_("Open the day"),
    Right.CLOSE_SESSION: N_("Close the day"),
    Right.CLOSE_DIFFERENCE: N_("Close the day with a difference above the limit"),
    Right.ROLL_DATE: N_("Go over to the next business date"),
    Right.X_REPORT: N_("See the day's figures (X)"),
    Right.PAID_IN: N_("Put money into the drawer"),
    Right.PAID_OUT: N_("Take money out of the drawer"),
    Right.PICKUP: N_("Take money to the safe"),
    Right.NO_SALE: N_("Open the drawer without a sale"),
    Right.CHANGE_DRAWER: N_("Change the drawer"),
    Right.EXPORT: N_("Export for head office"),
    Right.LOAD_CATALOGUE: N_("Load another catalogue"),
    Right.MANAGE_STAFF: N_("Add people and change PINs"),
    Right.CONNECT: N_("Connect the till to head office"),
}


def role_said(role: Role, say: Words) -> str:
    """Name what somebody is."""
    return say(_ROLES[role])


def right_said(right: Right, say: Words) -> str:
    """Name what may be allowed, as something that one does."""
    return say(_RIGHTS[right])


def approval_said(right: Right, say: Words, *, about: str | Act = "") -> str:
    """Say what a supervisor is asked for: the act, and what it is done to, such as a number.

    Where a right lets one do several things, `about` words the one that is wanted.
    """
    if isinstance(about, str):
        act = " ".join(filter(None, (right_said(right, say), plain_text(about).strip())))
    else:
        act = about(say)
    return say("{act}: a supervisor has to approve this.", act=act)
