"""Every thing that may be wrong with a catalogue workbook, as data; hides how they are gathered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from tofan_pos.domain.guard import holds_card_number

MOST_FINDINGS: Final = 5_000
"""So many faults are listed, and so many warnings; beyond them only their number is told."""

_LONGEST_VALUE: Final = 60


class Problem(StrEnum):
    """What is wrong with a cell, a row, a sheet or the file.

    A sentence for it may use `{value}` (what was found), `{cell}` (its place, as in `G12`) where
    there is one, and the facts named in brackets.
    """

    # the file
    NOT_A_WORKBOOK = "not_a_workbook"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    FILE_TOO_LARGE = "file_too_large"  # (most: MiB)
    UNPACKS_TOO_LARGE = "unpacks_too_large"  # (most: MiB)
    HOSTILE = "hostile"
    # sheets and columns
    SHEET_MISSING = "sheet_missing"
    SHEET_TWICE = "sheet_twice"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"  # (other: the first one's cell)
    COLUMN_UNKNOWN = "column_unknown"  # warning
    NO_ROWS = "no_rows"
    TOO_MANY_ROWS = "too_many_rows"  # (most)
    MERGED_CELLS = "merged_cells"
    # any cell
    BLANK = "blank"
    TOO_LONG = "too_long"  # (most, length)
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    FORMULA_ERROR = "formula_error"
    CARD_NUMBER = "card_number"
    # codes and barcodes
    CODE_CHARACTERS = "code_characters"
    CODE_TWICE = "code_twice"  # (other: the first one's row)
    CODE_IS_A_BARCODE = "code_is_a_barcode"  # (other: the row of the barcode)
    BARCODE_IS_A_CODE = "barcode_is_a_code"  # (other: the row of the code)
    BARCODE_SHAPE = "barcode_shape"
    BARCODE_CHECK = "barcode_check"
    BARCODE_LOST_ZEROS = "barcode_lost_zeros"
    BARCODE_ZEROS_RESTORED = "barcode_zeros_restored"  # warning (barcode)
    BARCODE_TWICE = "barcode_twice"  # (other: the first one's row)
    # prices and other values
    PRICE_UNREADABLE = "price_unreadable"
    PRICE_NEGATIVE = "price_negative"
    PRICE_TOO_FINE = "price_too_fine"
    PRICE_TOO_HIGH = "price_too_high"  # (most: baht)
    PRICE_ZERO = "price_zero"  # warning
    GROUP_UNKNOWN = "group_unknown"
    YES_NO_UNREADABLE = "yes_no_unreadable"
    VAT_UNKNOWN = "vat_unknown"
    ENGLISH_MISSING = "english_missing"  # warning
    # stories
    DATE_UNREADABLE = "date_unreadable"
    DATE_FAR_OFF = "date_far_off"
    STORY_PAST = "story_past"  # warning (until: a date, as is the value in ISO)
    STORY_NOT_APPROVED = "story_not_approved"  # warning
    STORY_WITHOUT_SHORT = "story_without_short"  # warning
    STORY_MISSING = "story_missing"  # warning (until)
    # staff
    SHORT_CODE = "short_code"
    CODE_RESERVED = "code_reserved"
    ROLE_UNKNOWN = "role_unknown"
    VERIFIER_SHAPE = "verifier_shape"
    VERIFIER_COST = "verifier_cost"
    NO_SUPERVISOR = "no_supervisor"
    # promotions
    PROMOTION_KIND_UNKNOWN = "promotion_kind_unknown"
    SCOPE_UNKNOWN = "scope_unknown"
    BEARER_UNKNOWN = "bearer_unknown"
    PERCENT_UNREADABLE = "percent_unreadable"
    PERCENT_UNCLEAR = "percent_unclear"
    PERCENT_OUT_OF_RANGE = "percent_out_of_range"
    PERCENT_TOO_FINE = "percent_too_fine"
    VALUE_ZERO = "value_zero"
    AMOUNT_ABOVE_PRICE = "amount_above_price"  # (product: its code)
    SET_SAVES_NOTHING = "set_saves_nothing"  # warning (product: its code, count)
    SET_OF_BASKET = "set_of_basket"
    COUNT_UNREADABLE = "count_unreadable"
    COUNT_TOO_SMALL = "count_too_small"  # (least)
    COUNT_TOO_LARGE = "count_too_large"  # (most)
    PRODUCT_UNKNOWN = "product_unknown"
    CATEGORY_UNKNOWN = "category_unknown"
    UNTIL_BEFORE_SINCE = "until_before_since"  # (since: a date, as is the value in ISO)
    PROMOTION_PAST = "promotion_past"  # warning (until: a date, as is the value in ISO)
    UNHEEDED = "unheeded"  # (beside: the word it has no effect beside)
    # tenders and tills
    TENDER_KIND_UNKNOWN = "tender_kind_unknown"
    TILL_CODE = "till_code"
    TILL_TWICE = "till_twice"  # (other: the first one's row, epoch)
    KEY_SHAPE = "key_shape"
    KEY_TWICE = "key_twice"  # (other: the first one's row)
    # prices and rules by date
    DAY_TWICE = "day_twice"  # (other: the first one's row)
    RULE_KIND_UNKNOWN = "rule_kind_unknown"
    POLICY_CHANGED = "policy_changed"  # (number, rate: what the number means already)
    HEAD_EMPTY = "head_empty"
    TAX_ID = "tax_id"
    BRANCH_SHAPE = "branch_shape"
    # pictures
    PICTURE_PATH = "picture_path"
    PICTURE_MISSING = "picture_missing"
    PICTURE_UNREADABLE = "picture_unreadable"
    PICTURE_TOO_LARGE = "picture_too_large"  # (most: MiB)
    PICTURE_KIND = "picture_kind"
    PICTURES_TOO_LARGE = "pictures_too_large"  # (most: MiB)
    # the list itself
    AND_MORE = "and_more"  # (count)


WARNINGS: Final = frozenset(
    {
        Problem.COLUMN_UNKNOWN,
        Problem.BARCODE_ZEROS_RESTORED,
        Problem.PRICE_ZERO,
        Problem.ENGLISH_MISSING,
        Problem.STORY_PAST,
        Problem.STORY_NOT_APPROVED,
        Problem.STORY_WITHOUT_SHORT,
        Problem.STORY_MISSING,
        Problem.SET_SAVES_NOTHING,
        Problem.PROMOTION_PAST,
    }
)
"""What a catalogue may be published with; any other problem stops it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One problem and its place: `row` counts from 1 as the spreadsheet shows, 0 is no one row.

    `column` is the column's name, or empty; `value` is what was found, shortened, and empty where
    it holds the number of a payment card.
    """

    sheet: str = ""
    row: int = 0
    column: str = ""
    problem: Problem
    value: str = ""
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)


class Unfit(Exception):  # noqa: N818 - a verdict, turned to a Fault before it leaves this package
    """A cell, or the file as a whole, cannot be taken, for the one reason given."""

    def __init__(self, problem: Problem, **facts: object) -> None:
        """Say what is wrong with it."""
        super().__init__(problem.value)
        self.problem = problem
        self.facts = facts


@dataclass(slots=True)
class Findings:
    """What has been found so far, in the order found, faults apart from warnings."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    unlisted_faults: int = 0
    unlisted_warnings: int = 0

    @property
    def count(self) -> int:
        """How many faults were found, listed or not."""
        return len(self.faults) + self.unlisted_faults

    def add(self, fault: Fault) -> bool:
        """Take down what was found, or count it once the list is long; tell if it is a fault."""
        if fault.problem in WARNINGS:
            if len(self.warnings) < MOST_FINDINGS:
                self.warnings.append(fault)
            else:
                self.unlisted_warnings += 1
            return False
        if len(self.faults) < MOST_FINDINGS:
            self.faults.append(fault)
        else:
            self.unlisted_faults += 1
        return True

    def all_faults(self) -> tuple[Fault, ...]:
        """Return the faults, closed by `AND_MORE` where some are not listed."""
        return (*self.faults, *_more(self.unlisted_faults))

    def all_warnings(self) -> tuple[Fault, ...]:
        """Return the warnings, closed by `AND_MORE` where some are not listed."""
        return (*self.warnings, *_more(self.unlisted_warnings))


def shortened(value: str) -> str:
    """Return what was found as it may be shown again: on one line, short, never a card's number."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    if holds_card_number(flat):
        return ""
    return flat if len(flat) <= _LONGEST_VALUE else flat[: _LONGEST_VALUE - 1] + "…"


def _more(count: int) -> tuple[Fault, ...]:
    return (Fault(problem=Problem.AND_MORE, facts={"count": count}),) if count else ()
