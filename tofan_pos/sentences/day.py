"""What people read when the day runs otherwise: PINs, sessions, the drawer, returns."""

from collections.abc import Mapping

from tofan_pos.domain.errors import Why
from tofan_pos.domain.money import baht
from tofan_pos.domain.report import CASH
from tofan_pos.sentences.marking import N_
from tofan_pos.words import Words

REFUSALS: Mapping[Why, str] = {
    Why.NOT_SIGNED_IN: N_("Nobody is signed in. Give your PIN first; the basket is kept."),
    Why.NOT_ALLOWED: N_("Your role may not do this. Ask a supervisor to sign in."),
    Why.APPROVAL_NEEDED: N_("This needs a supervisor's approval. Nothing was done yet."),
    Why.APPROVES_THEMSELVES: N_("Nobody approves themselves. Ask another supervisor."),
    Why.MAY_NOT_APPROVE: N_("Only a supervisor can approve this."),
    Why.NO_SUCH_STAFF: N_("Nobody with this code works at this till."),
    Why.NOBODY_YET: N_("Nobody works here yet: set up a supervisor with “tofan-pos users --add”."),
    Why.PIN_WRONG: N_("The PIN is not right. Try again."),
    Why.PIN_LOCKED: N_(
        "Too many wrong PINs: wait {wait} seconds. A colleague can go on selling meanwhile."
    ),
    Why.PIN_SHAPE: N_("A PIN has six digits."),
    Why.PIN_TRIVIAL: N_("That PIN is too easy to guess. Choose another."),
    Why.PIN_VERIFIER: N_(
        "This person's PIN cannot be checked here. Ask head office for a new one."
    ),
    Why.STAFF_CODE: N_("A code for a person is two to twelve of A–Z and 0–9."),
    Why.STAFF_EXISTS: N_("The code {code} is taken already."),
    Why.NO_SESSION: N_("No till session is open. Count the float and open one first."),
    Why.SESSION_OPEN: N_("A till session is open already. Close it before you open another."),
    Why.COUNT_UNREADABLE: N_(
        "“{text}” is not a count. Write a sum (2000) or notes and coins (1000x1,100x5)."
    ),
    Why.REASON_MISSING: N_("Give a reason: it will be asked for."),
    Why.DIFFERENCE_UNEXPLAINED: N_(
        "{differences}: that is more than the limit. Give a reason: it will be asked for."
    ),
    Why.BAG_MISSING: N_("Write the number of the bag the money goes into."),
    Why.DRAWER_SHORT: N_(
        "So much cannot be in the drawer. Check the amount; pay cash in first if it is."
    ),
    Why.BASKET_OPEN: N_("There is a sale in the basket. Finish it, park it or void it first."),
    Why.DATE_NOT_LATER: N_("The business date can only go forward. Nothing was changed."),
    Why.SECOND_PERSON: N_("A second person signs the closing here. Ask them for their PIN."),
    Why.NO_Z_YET: N_("There is no such Z report at this till."),
    Why.NOT_COUNTED: N_("Count the drawer first. What was counted before a sale no longer counts."),
    Why.COUNTED_TWICE: N_("The drawer has been counted twice. Close with the second count."),
    Why.TENDER_UNKNOWN: N_("“{code}” is no way of paying here."),
    Why.REFERENCE_MISSING: N_("Enter the reference that {name} shows."),
    Why.REFERENCE_USED: N_("{name} {reference} was taken already. Look at it once more."),
    Why.CHANGE_ONLY_FROM_CASH: N_("Change is given from cash alone: that is {over} too much."),
    Why.NOTHING_TO_PARK: N_("There is no sale in the basket that could be parked."),
    Why.NO_SUCH_PARKED: N_("That parked sale is no longer there: it was taken up already."),
    Why.NOTHING_CHOSEN: N_("Choose what comes back first."),
    Why.MORE_THAN_BOUGHT: N_("Of {name} only {left} can still come back."),
    Why.ALREADY_VOIDED: N_("{number} was voided already. Nothing more can come back of it."),
    Why.ALREADY_REFUNDED: N_("Something of {number} came back already: it cannot be voided."),
    Why.VOID_OTHER_SESSION: N_(
        "{number} is of an earlier session. Take the pieces back as a return instead."
    ),
    Why.VOID_EXCHANGE: N_(
        "{number} is part of an exchange. Take the pieces back as a return instead."
    ),
    Why.EXCHANGE_CHANGED: N_(
        "Something of that receipt came back meanwhile. Choose what is exchanged once more."
    ),
    Why.PAID_BACK_DIFFERS: N_("What is paid back must come to {amount} exactly."),
    Why.RETURN_CODE_WRONG: N_(
        "The receipt's code does not hold. Look at the paper, scan it again."
    ),
    Why.RETURN_TILL_UNKNOWN: N_(
        "Till {till} is not known here, so its receipt cannot be checked. "
        "A supervisor can take the pieces back without a receipt."
    ),
    Why.TRAINING_ONLY: N_("This is a till to learn on: that is not done here."),
}


def over_or_short(difference: int, say: Words) -> str:
    """Say what a difference in satang is."""
    if difference > 0:
        return say("Over {amount}", amount=baht(difference))
    if difference < 0:
        return say("Short {amount}", amount=baht(-difference))
    return say("Agrees")


def differences_said(found: tuple[tuple[str, int], ...], say: Words) -> str:
    """Say by how much each tender differs, by its key; only that it does, where none is told."""
    if not found:
        return say("What was counted differs from what should be there")
    cash = say("Cash")
    return ", ".join(
        f"{cash if key == CASH else key} {over_or_short(off, say)}" for key, off in found
    )
