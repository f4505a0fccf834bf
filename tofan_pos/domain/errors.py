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
    # people and rights
    NOT_SIGNED_IN = "not_signed_in"
    NOT_ALLOWED = "not_allowed"
    APPROVAL_NEEDED = "approval_needed"
    APPROVES_THEMSELVES = "approves_themselves"
    MAY_NOT_APPROVE = "may_not_approve"
    NO_SUCH_STAFF = "no_such_staff"
    PIN_WRONG = "pin_wrong"
    PIN_LOCKED = "pin_locked"
    PIN_SHAPE = "pin_shape"
    PIN_TRIVIAL = "pin_trivial"
    PIN_VERIFIER = "pin_verifier"
    STAFF_CODE = "staff_code"
    STAFF_EXISTS = "staff_exists"
    # the till session and its drawer
    NO_SESSION = "no_session"
    SESSION_OPEN = "session_open"
    COUNT_UNREADABLE = "count_unreadable"
    REASON_MISSING = "reason_missing"
    BAG_MISSING = "bag_missing"
    DRAWER_SHORT = "drawer_short"
    BASKET_OPEN = "basket_open"
    DATE_NOT_LATER = "date_not_later"
    SECOND_PERSON = "second_person"
    NO_Z_YET = "no_z_yet"
    NOT_COUNTED = "not_counted"
    COUNTED_TWICE = "counted_twice"
    TENDER_UNKNOWN = "tender_unknown"
    # sales that do not run straight
    REFERENCE_MISSING = "reference_missing"
    REFERENCE_USED = "reference_used"
    CHANGE_ONLY_FROM_CASH = "change_only_from_cash"
    NOTHING_TO_PARK = "nothing_to_park"
    NO_SUCH_PARKED = "no_such_parked"
    NOTHING_CHOSEN = "nothing_chosen"
    MORE_THAN_BOUGHT = "more_than_bought"
    ALREADY_VOIDED = "already_voided"
    ALREADY_REFUNDED = "already_refunded"
    VOID_OTHER_SESSION = "void_other_session"
    EXCHANGE_CHANGED = "exchange_changed"
    VOID_EXCHANGE = "void_exchange"
    PAID_BACK_DIFFERS = "paid_back_differs"
    RETURN_CODE_WRONG = "return_code_wrong"
    RETURN_TILL_UNKNOWN = "return_till_unknown"
    TRAINING_ONLY = "training_only"
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
    KEY_REVOKED = "key_revoked"
    NOT_A_GRANT = "not_a_grant"
    NOT_A_HELLO = "not_a_hello"
    NOT_AN_ACKNOWLEDGEMENT = "not_an_acknowledgement"
    NOT_A_CATALOGUE_FILE = "not_a_catalogue_file"
    NOT_FOR_THIS_TILL = "not_for_this_till"
    OFFICE_KEY_DIFFERS = "office_key_differs"
    NO_OFFICE_YET = "no_office_yet"
    NO_SERVER_YET = "no_server_yet"
    CATALOGUE_OLDER = "catalogue_older"
    CATALOGUE_TOO_LARGE = "catalogue_too_large"
    POLICY_CHANGED = "policy_changed"
    SERVER_ADDRESS = "server_address"
    ROTATION_PENDING = "rotation_pending"
    # head office
    NOT_AN_ENROLMENT = "not_an_enrolment"
    ALREADY_ENROLLED = "already_enrolled"
    OFFICE_MISSING = "office_missing"
    DATABASE_URL = "database_url"
    NO_SUCH_GROUP = "no_such_group"
    MONTH_UNREADABLE = "month_unreadable"
    NO_SUCH_TILL = "no_such_till"
    NO_SUCH_TASK = "no_such_task"
    NOTHING_PUBLISHED = "nothing_published"


class Ailment(StrEnum):
    """Every trouble with the world outside: disk, printer, keys, files."""

    DISK_FULL = "disk_full"
    DISK_FAILED = "disk_failed"
    STORE_BUSY = "store_busy"
    STORE_DAMAGED = "store_damaged"
    STORE_NEWER = "store_newer"
    KEY_MISSING = "key_missing"
    KEY_UNREADABLE = "key_unreadable"
    OFFICE_KEY_MISSING = "office_key_missing"
    PRINTER_UNREACHABLE = "printer_unreachable"
    PRINTER_STOPPED = "printer_stopped"
    FOLDER_UNWRITABLE = "folder_unwritable"
    FILE_UNREADABLE = "file_unreadable"
    COPY_DIFFERS = "copy_differs"
    OFFICE_UNREACHABLE = "office_unreachable"
    NETWORK_DOWN = "network_down"
    NETWORK_SLOW = "network_slow"
    NETWORK_PORTAL = "network_portal"
    NETWORK_PROXY = "network_proxy"
    TLS_UNTRUSTED = "tls_untrusted"
    CLOCK_WRONG = "clock_wrong"
    SERVER_BUSY = "server_busy"
    SERVER_REFUSED = "server_refused"
    ANSWER_DAMAGED = "answer_damaged"


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
