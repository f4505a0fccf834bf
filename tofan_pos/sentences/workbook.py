"""The sentences for what is wrong with a catalogue workbook: where it is, and what to do."""

from collections.abc import Iterable, Mapping
from datetime import date

from tofan_pos.sentences.marking import N_
from tofan_pos.sentences.things import day_said
from tofan_pos.words import Words
from tofan_pos.workbook import Fault, Problem

_PROBLEMS: Mapping[Problem, str] = {
    Problem.NOT_A_WORKBOOK: N_(
        "{value} is not an Excel workbook (.xlsx). Open it in a spreadsheet program and "
        "save it as .xlsx."
    ),
    Problem.ENCRYPTED: N_("{value} is protected by a password. Save a copy without one."),
    Problem.DAMAGED: N_(
        "{value} is damaged and cannot be read. Save it again, or copy it again from where it came."
    ),
    Problem.FILE_TOO_LARGE: N_(
        "{value} is larger than {most} MiB. Take pictures and other sheets out of it."
    ),
    Problem.UNPACKS_TOO_LARGE: N_(
        "{value} holds more than a catalogue can. Copy its sheets into a new workbook."
    ),
    Problem.HOSTILE: N_(
        "{value} is built in a way that no spreadsheet program uses, so it was not "
        "opened. Ask its sender for the original."
    ),
    Problem.SHEET_MISSING: N_("There is no sheet named {value}."),
    Problem.SHEET_TWICE: N_("There are two sheets named {value}. Keep one."),
    Problem.COLUMN_MISSING: N_("There is no column named {value}."),
    Problem.COLUMN_TWICE: N_(
        "The column {value} stands twice: in {other} and in {cell}. Keep one."
    ),
    Problem.COLUMN_UNKNOWN: N_("The column {value} is not known and was not read."),
    Problem.NO_ROWS: N_("The sheet {value} has no rows."),
    Problem.TOO_MANY_ROWS: N_(
        "This sheet may have {most} rows at most. What comes after was not checked."
    ),
    Problem.MERGED_CELLS: N_("The cells {value} are merged. Unmerge them, and fill in each."),
    Problem.BLANK: N_("This cell must not be empty."),
    Problem.TOO_LONG: N_("This text has {length} characters, and {most} at most can be printed."),
    Problem.FORMULA_WITHOUT_VALUE: N_(
        "This formula has no value yet. Open the workbook in a spreadsheet program and save it."
    ),
    Problem.FORMULA_ERROR: N_("This formula ends in the error {value}."),
    Problem.CARD_NUMBER: N_(
        "This reads as the number of a payment card. None may be kept here; take it out."
    ),
    Problem.CODE_CHARACTERS: N_(
        "The code {value} may only have the letters A to Z, digits, hyphens, points and underlines."
    ),
    Problem.CODE_TWICE: N_("The code {value} already stands in row {other}."),
    Problem.CODE_IS_A_BARCODE: N_(
        "The code {value} is the barcode of the product in row {other}, so a scan could "
        "mean either."
    ),
    Problem.BARCODE_IS_A_CODE: N_(
        "The barcode {value} is the code of the product in row {other}, so a scan could "
        "mean either."
    ),
    Problem.BARCODE_SHAPE: N_("{value} is no barcode of 8 or 13 digits (EAN-8 or EAN-13)."),
    Problem.BARCODE_CHECK: N_(
        "The barcode {value} has a wrong check digit. Type it again from the label."
    ),
    Problem.BARCODE_LOST_ZEROS: N_(
        "The barcode {value} is kept as a number, seems to have lost zeros at its "
        "beginning, and its check digit is wrong. Format the column as text and type it again."
    ),
    Problem.BARCODE_ZEROS_RESTORED: N_(
        "The barcode {value} had lost zeros at its beginning and was read as {barcode}. "
        "Compare it with the label."
    ),
    Problem.BARCODE_TWICE: N_("The barcode {value} already stands in row {other}."),
    Problem.PRICE_UNREADABLE: N_("“{value}” is not a price in baht, such as 1,180.50."),
    Problem.PRICE_NEGATIVE: N_("The price {value} is below nothing."),
    Problem.PRICE_TOO_FINE: N_(
        "The price {value} has more than two decimals. Write baht and satang, such as 1,180.50."
    ),
    Problem.PRICE_TOO_HIGH: N_("The price {value} is above {most} baht."),
    Problem.PRICE_ZERO: N_("The price is nothing. Is that meant?"),
    Problem.GROUP_UNKNOWN: N_("The group {value} is not in the sheet Groups."),
    Problem.YES_NO_UNREADABLE: N_("“{value}” is neither yes nor no."),
    Problem.VAT_UNKNOWN: N_("“{value}” is no VAT kind. Write standard or exempt."),
    Problem.ENGLISH_MISSING: N_("The English text is missing; the Thai one will stand in."),
    Problem.DATE_UNREADABLE: N_("“{value}” is not a date, such as 31/12/2571 or 2028-12-31."),
    Problem.DATE_FAR_OFF: N_("The date {value} is too far off. Check its year."),
    Problem.STORY_PAST: N_("The story was approved until {value} only, so it will not be told."),
    Problem.STORY_NOT_APPROVED: N_(
        "The story has no date until which it is approved, so it will not be told."
    ),
    Problem.STORY_WITHOUT_SHORT: N_(
        "The story has no short text, so receipts tell the whole one where it fits."
    ),
    Problem.STORY_MISSING: N_("There is a date of approval, {value}, but no story."),
    Problem.SHORT_CODE: N_("The code {value} must be two to twelve letters A to Z and digits."),
    Problem.CODE_RESERVED: N_("The till keeps the code {value} for itself. Choose another."),
    Problem.ROLE_UNKNOWN: N_(
        "“{value}” is no role. Write trainee, cashier, supervisor or support."
    ),
    Problem.VERIFIER_SHAPE: N_(
        "This is no PIN verifier ($argon2id$…). Copy it again as a whole; never write the PIN here."
    ),
    Problem.VERIFIER_COST: N_(
        "This PIN verifier is too weak, or too slow for a till. Make it again with m=19456,t=2,p=1."
    ),
    Problem.NO_SUPERVISOR: N_(
        "Nobody in the sheet {value} is an active supervisor, so nobody could approve anything."
    ),
    Problem.PROMOTION_KIND_UNKNOWN: N_(
        "“{value}” is no kind of promotion. Write percent, amount or n for price."
    ),
    Problem.SCOPE_UNKNOWN: N_(
        "“{value}” is nothing a promotion can be about. Write product, category or basket."
    ),
    Problem.BEARER_UNKNOWN: N_("“{value}” bears no discounts. Write brand, mall or shared."),
    Problem.PERCENT_UNREADABLE: N_("“{value}” is no rate, such as 10%."),
    Problem.PERCENT_UNCLEAR: N_(
        "“{value}” may mean less than 1%, or a hundred times as much. Write it with the sign, "
        "such as 10%."
    ),
    Problem.PERCENT_OUT_OF_RANGE: N_("The rate {value} is not between 0 and 100%."),
    Problem.PERCENT_TOO_FINE: N_("The rate {value} has more than two decimals."),
    Problem.VALUE_ZERO: N_("This value must be more than nothing."),
    Problem.AMOUNT_ABOVE_PRICE: N_("{value} baht off is more than the product {product} costs."),
    Problem.SET_SAVES_NOTHING: N_(
        "{count} of the product {product} cost no more than {value} baht anyway."
    ),
    Problem.SET_OF_BASKET: N_(
        "A price for several pieces is about a product or a category, never the whole basket."
    ),
    Problem.COUNT_UNREADABLE: N_("“{value}” is no whole number."),
    Problem.COUNT_TOO_SMALL: N_("{value} is too small: it must be {least} at least."),
    Problem.COUNT_TOO_LARGE: N_("{value} is too large: it may be {most} at most."),
    Problem.PRODUCT_UNKNOWN: N_("There is no product with the code {value} in this workbook."),
    Problem.CATEGORY_UNKNOWN: N_("No product in this workbook is in the category {value}."),
    Problem.UNTIL_BEFORE_SINCE: N_("The promotion ends on {value}, before it begins on {since}."),
    Problem.PROMOTION_PAST: N_("The promotion ended on {value}, so nobody will get it."),
    Problem.UNHEEDED: N_("“{value}” has no effect beside {beside}. Empty this cell."),
    Problem.TENDER_KIND_UNKNOWN: N_(
        "“{value}” is no way to pay that a till knows. Write card, transfer or voucher."
    ),
    Problem.TILL_CODE: N_(
        "“{value}” is no till code: two to eight letters A to Z and digits, a letter first."
    ),
    Problem.TILL_TWICE: N_("The till {value} already stands in row {other} with epoch {epoch}."),
    Problem.KEY_SHAPE: N_("This is no public key: 64 of the digits 0 to 9 and a to f."),
    Problem.KEY_TWICE: N_("This public key already stands in row {other}. No two tills share one."),
    Problem.DAY_TWICE: N_("Row {other} already says what holds from that day on."),
    Problem.RULE_KIND_UNKNOWN: N_("“{value}” is no kind of rule. Write share, vat or head."),
    Problem.POLICY_CHANGED: N_(
        "The share policy {number} already means {rate}. Give another rate a number of its own."
    ),
    Problem.HEAD_EMPTY: N_(
        "This head says nothing. Fill in a brand, an owner, a tax number or a branch."
    ),
    Problem.TAX_ID: N_("“{value}” is no tax number: 13 digits with a right check digit."),
    Problem.BRANCH_SHAPE: N_("“{value}” is no branch number: five digits, such as 00000."),
    Problem.PICTURE_PATH: N_(
        "“{value}” is not the bare name of a file. Put the picture into the folder "
        "images beside the workbook and write its name only."
    ),
    Problem.PICTURE_MISSING: N_(
        "There is no picture {value} in the folder images beside the workbook."
    ),
    Problem.PICTURE_UNREADABLE: N_(
        "The picture {value} cannot be read. Is it open elsewhere, or a folder?"
    ),
    Problem.PICTURE_TOO_LARGE: N_(
        "The picture {value} is larger than {most} MiB. Save it smaller."
    ),
    Problem.PICTURE_KIND: N_("{value} is not a PNG, JPEG or WebP picture."),
    Problem.PICTURES_TOO_LARGE: N_(
        "With {value}, the pictures together are larger than {most} MiB. Save them smaller."
    ),
    Problem.AND_MORE: N_("… and {count} more, not listed here."),
}


_DAYS = frozenset(
    {
        Problem.STORY_PAST,
        Problem.STORY_MISSING,
        Problem.UNTIL_BEFORE_SINCE,
        Problem.PROMOTION_PAST,
    }
)
"""Of these the value is a date in ISO."""


def faults_of(faults: Iterable[Fault], say: Words) -> list[str]:
    """Word each fault in a line that begins with its place."""
    return [_place(fault, say) + _told(fault, say) for fault in faults]


def _told(fault: Fault, say: Words) -> str:
    facts = {name: _fact(fact, say) for name, fact in fault.facts.items()}
    return say(_PROBLEMS[fault.problem]).format(**({"value": _value(fault, say)} | facts))


def _fact(fact: object, say: Words) -> str:
    return day_said(fact, say) if isinstance(fact, date) else str(fact)


def _value(fault: Fault, say: Words) -> str:
    """Return what was found; a day that was understood as people read it, not as it was kept."""
    if fault.problem not in _DAYS:
        return fault.value
    try:
        return day_said(date.fromisoformat(fault.value), say)
    except ValueError:
        return fault.value


def _place(fault: Fault, say: Words) -> str:
    parts = [fault.sheet] if fault.sheet else []
    if fault.row:
        parts.append(say("row {row}", row=fault.row))
    if fault.column:
        parts.append(fault.column)
    return ", ".join(parts) + ": " if parts else ""
