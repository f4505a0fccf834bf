"""The columns of the till's tables, in order, as plain text: SQL is made of them at no cost.

They repeat what `schema` says, which takes SQLAlchemy to say it; a test holds the two together.
"""

from functools import cache

COLUMNS = {
    table: tuple(columns.split())
    for table, columns in {
        "epoch": "epoch first install_id public_key why marked",
        "head_office": (
            "id office_key office server acked acked_hash acked_at serial standing parted paused "
            "newest_catalogue catalogue"
        ),
        "incoming": "version state sha256 office_key problem content",
        "journal": "seq kind at line hash",
        "known_till": "till epoch public_key",
        "lockout": "code failures ticks",
        "parked": "id seq",
        "picture": "sha256 content",
        "price": "product since price",
        "print_job": "seq state attempts problem",
        "producer_group": "code label_th label_en",
        "product": (
            "code barcode name_th name_en category_th category_en price maker_group is_unique "
            "favourite vat active picture story_until story_short_th story_short_en story_th "
            "story_en"
        ),
        "product_search": "code exact loose sort_th",
        "profile": "id till epoch install_id public_key key_guarded settings",
        "promotion": (
            "code name_th name_en kind value scope about count least since until mall bearer"
        ),
        "reversal": (
            "seq kind id series n at business_date by approved_by of of_date reason total "
            "vat_rate_bp vat share policy policy_rate_bp policy_basis"
        ),
        "reversal_line": (
            "reversal position line code name_th name_en maker_group quantity paid tax vat share"
        ),
        "reversal_tender": "reversal position kind amount code reference",
        "rule": "kind since value",
        "sale": (
            "seq id series n at business_date by document total vat_rate_bp vat share policy "
            "policy_rate_bp policy_basis discount_kind discount_value discount_reason "
            "discount_bearer promotion_code promotion_name_th promotion_name_en promotion_bearer "
            "voided_lines voided_amount exchange_of"
        ),
        "sale_line": (
            "sale position code name_th name_en maker_group quantity price gross discounted "
            "discount_kind discount_value discount_reason discount_bearer basket_discount "
            "paid tax vat share promotion_code promotion_name_th promotion_name_en "
            "promotion_bearer listed price_reason is_unique"
        ),
        "session": "n seq business_date opened_at by opening drawer closed grand_total",
        "sold_once": "code seq",
        "staff": "code name role verifier active",
        "tender": "sale position kind amount code reference",
        "tender_type": "code position kind name_th name_en needs_reference",
        "told_backup": "path at",
    }.items()
}


def select(table: str, rest: str = "") -> str:
    """Return the SQL that reads all columns of a table in order."""
    columns = ", ".join(f'{table}."{column}"' for column in COLUMNS[table])
    return f"SELECT {columns} FROM {table} {rest}"  # noqa: S608 - our own names


@cache
def insert(table: str) -> str:
    """Return the SQL that inserts a row of all columns in order."""
    columns = COLUMNS[table]
    named, places = '", "'.join(columns), ", ".join("?" * len(columns))
    return f'INSERT INTO {table} ("{named}") VALUES ({places})'  # noqa: S608 - our own names
