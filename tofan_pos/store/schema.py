"""The tables: the till's and head office's, as SQLAlchemy Core. Amounts are integer satang."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

till = MetaData(naming_convention=CONVENTION)
"""The till's tables."""

office = MetaData(naming_convention=CONVENTION)
"""Head office's tables."""


def _filled(name: str, kind: type[Text | Integer | BigInteger]) -> Column[object]:
    return Column(name, kind(), nullable=False)


# --- the till -----------------------------------------------------------------------------------

profile = Table(
    "profile",
    till,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    _filled("till", Text),
    _filled("epoch", Integer),
    _filled("install_id", Text),
    Column("public_key", LargeBinary, nullable=False),
    Column("key_guarded", Boolean, nullable=False),
    Column("settings", Text, nullable=False, comment="the profile's other settings, as JSON"),
)

journal = Table(
    "journal",
    till,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _filled("kind", Text),
    _filled("at", Text),
    Column("line", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

sale = Table(
    "sale",
    till,
    Column("seq", ForeignKey(journal.c.seq), primary_key=True, autoincrement=False),
    _filled("id", Text),
    _filled("series", Text),
    _filled("n", Integer),
    _filled("at", Text),
    _filled("business_date", Text),
    _filled("by", Text),
    _filled("document", Text),
    _filled("total", Integer),
    _filled("vat_rate_bp", Integer),
    _filled("vat", Integer),
    _filled("share", Integer),
    _filled("policy", Integer),
    _filled("policy_rate_bp", Integer),
    _filled("policy_basis", Text),
    Column("discount_kind", Text),
    Column("discount_value", Integer),
    Column("discount_reason", Text),
    Column("discount_bearer", Text),
    UniqueConstraint("id"),
    UniqueConstraint("series", "n"),
)

sale_line = Table(
    "sale_line",
    till,
    Column("sale", ForeignKey(sale.c.seq), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _filled("code", Text),
    _filled("name_th", Text),
    _filled("name_en", Text),
    _filled("maker_group", Text),
    _filled("quantity", Integer),
    _filled("price", Integer),
    _filled("gross", Integer),
    _filled("discounted", Integer),
    Column("discount_kind", Text),
    Column("discount_value", Integer),
    Column("discount_reason", Text),
    Column("discount_bearer", Text),
    _filled("basket_discount", Integer),
    _filled("paid", Integer),
    _filled("tax", Text),
    _filled("vat", Integer),
    _filled("share", Integer),
    sqlite_with_rowid=False,
)

tender = Table(
    "tender",
    till,
    Column("sale", ForeignKey(sale.c.seq), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _filled("kind", Text),
    _filled("amount", Integer),
    sqlite_with_rowid=False,
)

print_job = Table(
    "print_job",
    till,
    Column("sale", ForeignKey(sale.c.seq), primary_key=True, autoincrement=False),
    _filled("state", Text),
    _filled("attempts", Integer),
    _filled("problem", Text),
    Index("ix_print_job_waiting", "sale", sqlite_where=Column("state") == "waiting"),
    comment="the one table that changes: what became of each receipt",
)

product = Table(
    "product",
    till,
    Column("code", Text, primary_key=True),
    _filled("barcode", Text),
    _filled("name_th", Text),
    _filled("name_en", Text),
    _filled("category_th", Text),
    _filled("category_en", Text),
    _filled("price", Integer),
    _filled("maker_group", Text),
    Column("is_unique", Boolean, nullable=False),
    Column("favourite", Boolean, nullable=False),
    _filled("vat", Text),
    Column("active", Boolean, nullable=False),
    _filled("picture", Text),
    Column("story_until", Text),
    _filled("story_short_th", Text),
    _filled("story_short_en", Text),
    _filled("story_th", Text),
    _filled("story_en", Text),
    Index("ix_product_barcode", "barcode"),
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
    _filled("label_th", Text),
    _filled("label_en", Text),
)

picture = Table(
    "picture",
    till,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# --- head office --------------------------------------------------------------------------------

office_till = Table(
    "till",
    office,
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    _filled("install_id", Text),
    Column("public_key", LargeBinary, nullable=False, unique=True),
    _filled("enrolled_at", Text),
)

_TILL = ("till", "epoch")

span = Table(
    "span",
    office,
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("first", BigInteger, primary_key=True, autoincrement=False),
    _filled("last", BigInteger),
    Column("prev", LargeBinary, nullable=False, comment="the hash before the first"),
    Column("hash", LargeBinary, nullable=False, comment="the hash of the last"),
    ForeignKeyConstraint(_TILL, [office_till.c.till, office_till.c.epoch]),
    comment="the unbroken runs head office holds; what lies between them is missing",
)

entry = Table(
    "entry",
    office,
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    _filled("kind", Text),
    Column("line", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    ForeignKeyConstraint(_TILL, [office_till.c.till, office_till.c.epoch]),
    sqlite_with_rowid=False,
)

office_sale = Table(
    "sale",
    office,
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    _filled("id", Text),
    _filled("number", Text),
    _filled("document", Text),
    _filled("at", Text),
    _filled("business_date", Text),
    _filled("by", Text),
    _filled("total", BigInteger),
    _filled("vat", BigInteger),
    _filled("share", BigInteger),
    ForeignKeyConstraint(_TILL, [office_till.c.till, office_till.c.epoch]),
    UniqueConstraint("id"),
    UniqueConstraint("number"),
    Index("ix_sale_business_date", "business_date"),
    sqlite_with_rowid=False,
)

office_line = Table(
    "sale_line",
    office,
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _filled("code", Text),
    _filled("name_th", Text),
    _filled("name_en", Text),
    _filled("maker_group", Text),
    _filled("quantity", BigInteger),
    _filled("gross", BigInteger),
    _filled("paid", BigInteger),
    _filled("vat", BigInteger),
    _filled("share", BigInteger),
    _filled("policy", Integer),
    ForeignKeyConstraint(_TILL, [office_till.c.till, office_till.c.epoch]),
    sqlite_with_rowid=False,
)

office_group = Table(
    "producer_group",
    office,
    Column("code", Text, primary_key=True),
    _filled("label_th", Text),
    _filled("label_en", Text),
    Column("told", Text, nullable=False, comment="orders the entries that named it; last wins"),
)

APPEND_ONLY = {
    till: (journal, sale, sale_line, tender),
    office: (entry, office_sale, office_line),
}
"""Tables whose rows are facts: the database itself refuses to change or delete them."""
