"""What may go wrong, as types without wording: the sentences are written in one other place."""

from enum import StrEnum


class Why(StrEnum):
    """Every reason for which the counter or head office may say no."""

    # scanning and selling
    UNKNOWN_CODE = "unknown_code"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    SCAN_TOO_LONG = "scan_too_long"
    SCAN_EMPTY = "scan_empty"
    INACTIVE_PRODUCT = "inactive_product"
    UNIQUE_TWICE = "unique_twice"
    UNIQUE_SOLD = "unique_sold"
    QUANTITY_OUT_OF_RANGE = "quantity_out_of_range"
    NO_SUCH_LINE = "no_such_line"
    BASKET_EMPTY = "basket_empty"
    BASKET_FULL = "basket_full"
    DISCOUNT_OUT_OF_RANGE = "discount_out_of_range"
    DISCOUNT_WITHOUT_REASON = "discount_without_reason"
    TEXT_TOO_LONG = "text_too_long"
    CARD_NUMBER = "card_number"
    AMOUNT_UNREADABLE = "amount_unreadable"
    AMOUNT_OUT_OF_RANGE = "amount_out_of_range"
    PAID_TOO_LITTLE = "paid_too_little"
    SALE_ALREADY_DONE = "sale_already_done"
    NO_SUCH_RECEIPT = "no_such_receipt"
    NOTHING_SOLD_YET = "nothing_sold_yet"
    # setting up a till
    TILL_EXISTS = "till_exists"
    NO_TILL_HERE = "no_till_here"
    TILL_CODE = "till_code"
    SETTING_VALUE = "setting_value"
    CATALOGUE_FAULTS = "catalogue_faults"
    # sync
    NOTHING_TO_EXPORT = "nothing_to_export"
    ENTRY_TOO_LARGE = "entry_too_large"
    NOT_A_SYNC_FILE = "not_a_sync_file"
    FILE_TOO_LARGE = "file_too_large"
    FILE_CUT = "file_cut"
    SIGNATURE_WRONG = "signature_wrong"
    CONTENT_CHANGED = "content_changed"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    CHAIN_BROKEN = "chain_broken"
    ENTRY_MALFORMED = "entry_malformed"
    ENTRY_CONTRADICTS = "entry_contradicts"
    VERSION_UNKNOWN = "version_unknown"
    NOT_ENROLLED = "not_enrolled"
    KEY_DIFFERS = "key_differs"
    FORKED = "forked"
    # head office
    NOT_AN_ENROLMENT = "not_an_enrolment"
    ALREADY_ENROLLED = "already_enrolled"
    OFFICE_MISSING = "office_missing"
    DATABASE_URL = "database_url"
    NO_SUCH_GROUP = "no_such_group"
    MONTH_UNREADABLE = "month_unreadable"


class Ailment(StrEnum):
    """Every trouble with the world outside: disk, printer, keys, files."""

    DISK_FULL = "disk_full"
    DISK_FAILED = "disk_failed"
    STORE_BUSY = "store_busy"
    STORE_DAMAGED = "store_damaged"
    STORE_NEWER = "store_newer"
    KEY_MISSING = "key_missing"
    KEY_UNREADABLE = "key_unreadable"
    PRINTER_UNREACHABLE = "printer_unreachable"
    PRINTER_STOPPED = "printer_stopped"
    FOLDER_UNWRITABLE = "folder_unwritable"
    FILE_UNREADABLE = "file_unreadable"
    COPY_DIFFERS = "copy_differs"
    OFFICE_UNREACHABLE = "office_unreachable"


class Refusal(Exception):  # noqa: N818 - the house's word, and no error of the program's
    """The domain said no; nothing has changed. `facts` fill the sentence shown."""

    def __init__(self, why: Why, **facts: object) -> None:
        """Say why, with the facts a person needs to understand it."""
        super().__init__(why.value, facts)
        self.why = why
        self.facts = facts


class Trouble(Exception):  # noqa: N818 - as above
    """The world outside failed; what was committed stands, and selling may go on."""

    def __init__(self, ailment: Ailment, **facts: object) -> None:
        """Say what failed, with the facts a person needs to mend it."""
        super().__init__(ailment.value, facts)
        self.ailment = ailment
        self.facts = facts
