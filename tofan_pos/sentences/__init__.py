"""The sentences people read when something goes otherwise: what happened, what to do, nothing lost.

Errors below the window are types without wording; here alone they are worded, in any language.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from tofan_pos.counter.proof import Flaw
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.domain.money import baht
from tofan_pos.sentences import day, sync
from tofan_pos.sentences.marking import N_
from tofan_pos.words import Words, plain_text

if TYPE_CHECKING:
    from tofan_pos.office.gaps import Gap

_REFUSALS: Mapping[Why, str] = {
    Why.UNKNOWN_CODE: N_("No product has the code {code}. Check the label, or search by name."),
    Why.WRONG_CHECK_DIGIT: N_(
        "{code} was not read right: its check digit is wrong. Scan it again."
    ),
    Why.SCAN_TOO_LONG: N_(
        "That scan is too long to be a code ({length} characters). Scan the product's own label."
    ),
    Why.SCAN_EMPTY: N_("Nothing was scanned. Scan a label, or type part of a name."),
    Why.INACTIVE_PRODUCT: N_("{name} is not for sale at present. Please set it aside."),
    Why.UNIQUE_TWICE: N_("{name} is one of a kind and is in the basket already."),
    Why.UNIQUE_SOLD: N_("{name} is one of a kind and has been sold already."),
    Why.QUANTITY_OUT_OF_RANGE: N_("A quantity is a whole number from 1 to {most}."),
    Why.NO_SUCH_LINE: N_("That line is no longer in the basket. Choose a line first."),
    Why.BASKET_EMPTY: N_("The basket is empty. Scan a product first."),
    Why.BASKET_FULL: N_(
        "A sale holds {most} different products at most. Finish this one, then go on with the next."
    ),
    Why.DISCOUNT_OUT_OF_RANGE: N_(
        "A discount is more than nothing and no more than what it is taken from."
    ),
    Why.DISCOUNT_WITHOUT_REASON: N_("Give the discount a reason: it will be asked for."),
    Why.TEXT_TOO_LONG: N_("That text is too long: {most} characters at most."),
    Why.CARD_NUMBER: N_("That looks like a card number. Card numbers are never kept here."),
    Why.AMOUNT_UNREADABLE: N_("“{text}” is not an amount. Write it as in 1,234.50."),
    Why.AMOUNT_OUT_OF_RANGE: N_("That amount is too large for one sale."),
    Why.PAID_TOO_LITTLE: N_("{missing} is still to be paid."),
    Why.SALE_ALREADY_DONE: N_(
        "The sale before was completed after all, as {number}. Its receipt is kept; go "
        "on from here."
    ),
    Why.NO_SUCH_RECEIPT: N_("No receipt of this till has the number {number}."),
    Why.NOTHING_SOLD_YET: N_("Nothing has been sold at this till yet."),
    Why.TILL_EXISTS: N_("There is a till in {path} already. It was left as it is."),
    Why.NO_TILL_HERE: N_("There is no till in {path}. Make one with: tofan-pos init --data {path}"),
    Why.TILL_CODE: N_(
        "“{text}” is no code for a till: two to eight of A–Z and 0–9, a letter first, as in CTW1."
    ),
    Why.SETTING_VALUE: N_("“{value}” does not do for {name}. Nothing was changed."),
    Why.CATALOGUE_FAULTS: N_("Faults in the workbook: {count}. Nothing of it was loaded."),
    Why.NOTHING_TO_EXPORT: N_("There is nothing to export yet."),
    Why.ENTRY_TOO_LARGE: N_("That is too much for one entry. Split it in two."),
    Why.NOT_A_SYNC_FILE: N_("this is not a sync file of a till"),
    Why.FILE_TOO_LARGE: N_("it is larger than any sync file can be"),
    Why.FILE_CUT: N_("it is cut short"),
    Why.SIGNATURE_WRONG: N_("its signature does not hold: it was damaged or changed on the way"),
    Why.CONTENT_CHANGED: N_("its content was damaged or changed on the way"),
    Why.UNPACKS_TOO_LARGE: N_("it would unpack to more than a sync file may hold"),
    Why.CHAIN_BROKEN: N_("its entries do not follow one another"),
    Why.ENTRY_MALFORMED: N_("an entry in it is not written as entries are"),
    Why.ENTRY_CONTRADICTS: N_("entry {seq} of till {till} contradicts itself or an earlier one"),
    Why.VERSION_UNKNOWN: N_("it is of version {version}, which this program is too old to read"),
    Why.NOT_ENROLLED: N_(
        "till {till} (fingerprint {fingerprint}) is not enrolled; enrol its request first"
    ),
    Why.KEY_DIFFERS: N_(
        "till {till} is enrolled with another key than the one it was signed with: there may be "
        "two of that till"
    ),
    Why.FORKED: N_(
        "from entry {seq} on it contradicts what till {till} sent before; nothing was overwritten"
    ),
    Why.NOT_AN_ENROLMENT: N_("{path} is not a till's enrolment request, or it was changed."),
    Why.ALREADY_ENROLLED: N_(
        "Till {till}, or its key, is enrolled otherwise already. Nothing was changed; "
        "ask who enrolled it."
    ),
    Why.OFFICE_MISSING: N_(
        "There is no head-office database at {url}. Make it with: tofan-office init"
    ),
    Why.DATABASE_URL: N_("“{url}” is not the address of a SQLite or PostgreSQL database."),
    Why.NO_SUCH_GROUP: N_("No producer group has the code {group}."),
    Why.MONTH_UNREADABLE: N_("“{text}” is not a month. Write it as in 2026-11 or 2569-11."),
    **day.REFUSALS,
    **sync.REFUSALS,
}

_MONEY = frozenset({"missing", "over", "amount"})
"""The facts that are satang."""

_TROUBLES: Mapping[Ailment, str] = {
    Ailment.DISK_FULL: N_(
        "The disk is full, so this was not saved. All that was sold before is safe; "
        "make room, then try again."
    ),
    Ailment.DISK_FAILED: N_(
        "The disk did not take it. What was completed before is safe; try again, then "
        "call for help."
    ),
    Ailment.STORE_BUSY: N_("Another window is using this till. Wait a moment and try again."),
    Ailment.STORE_DAMAGED: N_(
        "The till's file is damaged. Sell on paper and call for help; do not delete anything."
    ),
    Ailment.STORE_NEWER: N_(
        "This till's file was written by a newer program (schema {found}). Update this program."
    ),
    Ailment.KEY_MISSING: N_(
        "A secret of this till is missing ({path}). Exporting and PINs need it; ask for help."
    ),
    Ailment.KEY_UNREADABLE: N_(
        "A secret of this till cannot be used ({path}). It must be readable by its owner alone."
    ),
    Ailment.PRINTER_UNREACHABLE: N_(
        "The printer does not answer ({address}). The sale stands and the receipt waits."
    ),
    Ailment.PRINTER_STOPPED: N_(
        "The printer stopped in the middle ({address}). The sale stands; look at the paper."
    ),
    Ailment.FOLDER_UNWRITABLE: N_("{path} cannot be written to. Choose another folder."),
    Ailment.FILE_UNREADABLE: N_("{path} is not there or cannot be read."),
    Ailment.COPY_DIFFERS: N_("{path} did not come out as it was written. Try another stick."),
    Ailment.OFFICE_UNREACHABLE: N_("The head-office database does not answer."),
    **sync.TROUBLES,
}

_FLAWS: Mapping[Flaw, str] = {
    Flaw.FILE_DAMAGED: N_("the till's file itself is damaged"),
    Flaw.NOT_OPENED: N_("the journal does not begin with this till's own set-up"),
    Flaw.MISSING: N_("the entry is missing"),
    Flaw.MALFORMED: N_("the entry is not written as entries are"),
    Flaw.CHANGED: N_("the entry is not what was chained to the one before"),
    Flaw.ELSEWHERE: N_("the entry belongs to another place or another till"),
    Flaw.NUMBER_GAP: N_("its document number does not follow the one before"),
    Flaw.TABLES_DIFFER: N_("the tables do not say what the entry says"),
    Flaw.SEAL_WRONG: N_("the signature over an exported run does not hold"),
    Flaw.KEY_DIFFERS: N_("the till's file names another key than the one this till signs with"),
    Flaw.GUARDS_GONE: N_(
        "the triggers that keep facts from being changed are not as they were made"
    ),
    Flaw.ROWS_WITHOUT_ENTRY: N_("the tables hold rows that no entry tells of"),
}


def sentence(problem: Refusal | Trouble, say: Words) -> str:
    """Word what went otherwise, in one sentence or two."""
    said = _REFUSALS[problem.why] if isinstance(problem, Refusal) else _TROUBLES[problem.ailment]
    return say(said).format_map(_Facts(problem.facts, say))


def way_on(problem: Refusal | Trouble, say: Words) -> str:
    """Say what to do about a sync file that head office refused; nothing where it is said so."""
    if isinstance(problem, Refusal) and problem.why in sync.WAYS_ON:
        return say(sync.WAYS_ON[problem.why]).format_map(_Facts(problem.facts, say))
    return ""


def flaw(found: Flaw, say: Words) -> str:
    """Word what is wrong with a journal."""
    return say(_FLAWS[found])


def till_said(till: str, epoch: int, say: Words, *, always: bool = False) -> str:
    """Name a till in an epoch: its code alone in its first, unless that is always to be said."""
    if epoch == 1 and not always:
        return till
    return say("{till} (epoch {epoch})", till=till, epoch=epoch)


def gap(missing: "Gap", say: Words) -> str:
    """Name what is missing of a till's journal."""
    # Where entries were lost there is a later epoch, which uses their numbers again.
    till = till_said(missing.till, missing.epoch, say, always=missing.lost)
    runs = f"{missing.first}" if missing.count == 1 else f"{missing.first}–{missing.last}"
    if missing.lost:
        return say("till {till} lost {runs} with its file", till=till, runs=runs)
    return say("till {till} is missing {runs}", till=till, runs=runs)


class _Facts(dict[str, object]):
    """A problem's facts, worded: names in the language shown, amounts in baht."""

    def __init__(self, facts: Mapping[str, object], say: Words) -> None:
        super().__init__({name: _worded(name, fact, say) for name, fact in facts.items()})

    def __missing__(self, name: str) -> str:
        return "?"


def _worded(name: str, fact: object, say: Words) -> object:
    if name == "differences":
        return day.differences_said(cast("tuple[tuple[str, int], ...]", fact), say)
    if isinstance(fact, Text):
        return plain_text(fact.get(say.language))
    if name in _MONEY and isinstance(fact, int):
        return baht(fact)
    return plain_text(fact) if isinstance(fact, str) else fact
