"""The till's tables, as SQLAlchemy Core. Amounts are integer satang."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from tofan_pos.store.naming import CONVENTION, filled

till = MetaData(naming_convention=CONVENTION)
"""The till's tables."""


def _promotion() -> tuple[Column[str], ...]:
    """Return the columns of what a promotion took off, all empty where none did."""
    names = ("promotion_code", "promotion_name_th", "promotion_name_en", "promotion_bearer")
    return (*(Column(name, Text) for name in names),)


profile = Table(
    "profile",
    till,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    filled("till", Text),
    filled("epoch", Integer),
    filled("install_id", Text),
    Column("public_key", LargeBinary, nullable=False),
    Column("key_guarded", Boolean, nullable=False),
    Column("settings", Text, nullable=False, comment="the profile's other settings, as JSON"),
)

journal = Table(
    "journal",
    till,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    filled("kind", Text),
    filled("at", Text),
    Column("line", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    # Everything but sales is few, and found by its kind: the entry itself is its table.
    Index("ix_journal_events", "kind", "seq", sqlite_where=Column("kind") != "sale"),
)

sale = Table(
    "sale",
    till,
    Column("seq", ForeignKey(journal.c.seq), primary_key=True, autoincrement=False),
    filled("id", Text),
    filled("series", Text),
    filled("n", Integer),
    filled("at", Text),
    filled("business_date", Text),
    filled("by", Text),
    filled("document", Text),
    filled("total", Integer),
    filled("vat_rate_bp", Integer),
    filled("vat", Integer),
    filled("share", Integer),
    filled("policy", Integer),
    filled("policy_rate_bp", Integer),
    filled("policy_basis", Text),
    Column("discount_kind", Text),
    Column("discount_value", Integer),
    Column("discount_reason", Text),
    Column("discount_bearer", Text),
    *_promotion(),
    filled("voided_lines", Integer, "0"),
    filled("voided_amount", Integer, "0"),
    filled("exchange_of", Text, "''"),
    UniqueConstraint("id"),
    UniqueConstraint("series", "n"),
)

sale_line = Table(
    "sale_line",
    till,
    Column("sale", ForeignKey(sale.c.seq), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    filled("code", Text),
    filled("name_th", Text),
    filled("name_en", Text),
    filled("maker_group", Text),
    filled("quantity", Integer),
    filled("price", Integer),
    filled("gross", Integer),
    filled("discounted", Integer),
    Column("discount_kind", Text),
    Column("discount_value", Integer),
    Column("discount_reason", Text),
    Column("discount_bearer", Text),
    filled("basket_discount", Integer),
    filled("paid", Integer),
    filled("tax", Text),
    filled("vat", Integer),
    filled("share", Integer),
    *_promotion(),
    filled("listed", Integer, "0"),
    filled("price_reason", Text, "''"),
    Column("is_unique", Boolean, nullable=False, server_default=text("0")),
    sqlite_with_rowid=False,
)

tender = Table(
    "tender",
    till,
    Column("sale", ForeignKey(sale.c.seq), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    filled("kind", Text),
    filled("amount", Integer),
    filled("code", Text, "''"),
    filled("reference", Text, "''"),
    Index("ix_tender_reference", "code", "reference", sqlite_where=text("reference != ''")),
    sqlite_with_rowid=False,
)

reversal = Table(
    "reversal",
    till,
    Column("seq", ForeignKey(journal.c.seq), primary_key=True, autoincrement=False),
    filled("kind", Text),
    filled("id", Text),
    filled("series", Text),
    filled("n", Integer),
    filled("at", Text),
    filled("business_date", Text),
    filled("by", Text),
    filled("approved_by", Text),
    filled("of", Text),
    filled("of_date", Text),
    filled("reason", Text),
    filled("total", Integer),
    filled("vat_rate_bp", Integer),
    filled("vat", Integer),
    filled("share", Integer),
    filled("policy", Integer),
    filled("policy_rate_bp", Integer),
    filled("policy_basis", Text),
    UniqueConstraint("id"),
    UniqueConstraint("series", "n"),
    Index("ix_reversal_of", "of"),
    comment="refunds, and voids of sales; amounts are positive",
)

reversal_line = Table(
    "reversal_line",
    till,
    Column("reversal", ForeignKey(reversal.c.seq), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("line", Integer, nullable=False, comment="the line's place in the sale"),
    filled("code", Text),
    filled("name_th", Text),
    filled("name_en", Text),
    filled("maker_group", Text),
    filled("quantity", Integer),
    filled("paid", Integer),
    filled("tax", Text),
    filled("vat", Integer),
    filled("share", Integer),
    sqlite_with_rowid=False,
)

reversal_tender = Table(
    "reversal_tender",
    till,
    Column("reversal", ForeignKey(reversal.c.seq), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    filled("kind", Text),
    filled("amount", Integer),
    filled("code", Text),
    filled("reference", Text),
    sqlite_with_rowid=False,
)

session = Table(
    "session",
    till,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("seq", ForeignKey(journal.c.seq), nullable=False),
    filled("business_date", Text),
    filled("opened_at", Text),
    filled("by", Text),
    Column("opening", Text, nullable=False, comment="the counted float, as its entry holds it"),
    filled("drawer", Text),
    Column("closed", ForeignKey(journal.c.seq)),
    filled("grand_total", Integer),
    comment="till sessions; the last one's date, drawer and end may still change",
)

print_job = Table(
    "print_job",
    till,
    Column("seq", ForeignKey(journal.c.seq), primary_key=True, autoincrement=False),
    filled("state", Text),
    filled("attempts", Integer),
    filled("problem", Text),
    Index("ix_print_job_waiting", "seq", sqlite_where=Column("state") == "waiting"),
    comment="what became of the paper of an entry",
)

parked = Table(
    "parked",
    till,
    Column("id", Text, primary_key=True),
    Column("seq", ForeignKey(journal.c.seq), nullable=False),
    comment="baskets set aside; what is in them is in their entries",
)

sold_once = Table(
    "sold_once",
    till,
    Column("code", Text, primary_key=True),
    Column("seq", ForeignKey(journal.c.seq), nullable=False),
    comment="pieces that are one of a kind and have been sold here",
)

staff = Table(
    "staff",
    till,
    Column("code", Text, primary_key=True),
    filled("name", Text),
    filled("role", Text),
    Column("verifier", Text, nullable=False, comment="argon2id, sealed with the till's pepper"),
    Column("active", Boolean, nullable=False),
)

lockout = Table(
    "lockout",
    till,
    Column("code", Text, primary_key=True),
    filled("failures", Integer),
    Column("ticks", Integer, nullable=False, comment="seconds since the computer started"),
    comment="wrong PINs in a row; outlives a new catalogue",
)

promotion = Table(
    "promotion",
    till,
    Column("code", Text, primary_key=True),
    filled("name_th", Text),
    filled("name_en", Text),
    filled("kind", Text),
    filled("value", Integer),
    filled("scope", Text),
    filled("about", Text),
    filled("count", Integer),
    filled("least", Integer),
    Column("since", Text),
    Column("until", Text),
    filled("mall", Text),
    filled("bearer", Text),
)

tender_type = Table(
    "tender_type",
    till,
    Column("code", Text, primary_key=True),
    filled("position", Integer),
    filled("kind", Text),
    filled("name_th", Text),
    filled("name_en", Text),
    Column("needs_reference", Boolean, nullable=False),
)

known_till = Table(
    "known_till",
    till,
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("public_key", LargeBinary, primary_key=True),
    sqlite_with_rowid=False,
    comment="keys of tills, by which their receipts' codes can be checked; one epoch may have more",
)

product = Table(
    "product",
    till,
    Column("code", Text, primary_key=True),
    filled("barcode", Text),
    filled("name_th", Text),
    filled("name_en", Text),
    filled("category_th", Text),
    filled("category_en", Text),
    filled("price", Integer),
    filled("maker_group", Text),
    Column("is_unique", Boolean, nullable=False),
    Column("favourite", Boolean, nullable=False),
    filled("vat", Text),
    Column("active", Boolean, nullable=False),
    filled("picture", Text),
    Column("story_until", Text),
    filled("story_short_th", Text),
    filled("story_short_en", Text),
    filled("story_th", Text),
    filled("story_en", Text),
    Index("ix_product_barcode", "barcode"),
    Index("ix_product_story_until", "story_until", sqlite_where=text("story_until IS NOT NULL")),
    Index("ix_product_favourite", "favourite", sqlite_where=Column("favourite") == 1),
    Index("ix_product_category", "category_th", "category_en", sqlite_where=Column("active") == 1),
)

product_search = Table(
    "product_search",
    till,
    Column("code", ForeignKey(product.c.code), primary_key=True),
    Column("exact", Text, nullable=False, comment="folded names and codes"),
    Column("loose", Text, nullable=False, comment="the same without tone marks and punctuation"),
    Column("sort_th", Text, nullable=False),
    sqlite_with_rowid=False,
    comment="kept narrow: a search reads all of it",
)

producer_group = Table(
    "producer_group",
    till,
    Column("code", Text, primary_key=True),
    filled("label_th", Text),
    filled("label_en", Text),
)

picture = Table(
    "picture",
    till,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

epoch = Table(
    "epoch",
    till,
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("first", Integer, nullable=False, comment="its first entry; numbers count on"),
    filled("install_id", Text),
    Column("public_key", LargeBinary, nullable=False, comment="the key it began with"),
    filled("why", Text),
    Column("marked", Boolean, nullable=False, server_default=text("0")),
    comment="every epoch of the till that this file knows of",
)

head_office = Table(
    "head_office",
    till,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    Column("office_key", LargeBinary, nullable=False, comment="empty until people have compared"),
    filled("office", Text, "''"),
    filled("server", Text, "''"),
    filled("acked", Integer, "0"),
    Column("acked_hash", LargeBinary, nullable=False),
    filled("acked_at", Text, "''"),
    filled("serial", Integer, "0"),
    filled("standing", Text, "'trusted'"),
    filled("parted", Integer, "0"),
    Column("paused", Boolean, nullable=False, server_default=text("0")),
    filled("newest_catalogue", Integer, "0"),
    filled("catalogue", Integer, "0"),
    comment="whom the till sends to, and what head office has said last; no fact, may change",
)
