"""Head office's tables, as SQLAlchemy Core. Amounts are integer satang."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from tofan_pos.store.naming import CONVENTION, filled

REFUND, VOID = "REFUND", "VOID"
"""The kinds of document that take a sale back; every other kind is a sale."""

office = MetaData(naming_convention=CONVENTION)
"""Head office's tables."""

office_till = Table(
    "till",
    office,
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    filled("install_id", Text),
    Column("public_key", LargeBinary, nullable=False, unique=True),
    filled("enrolled_at", Text),
    filled("after", BigInteger, "0"),
    filled("after_hash", Text, f"'{'0' * 64}'"),
    filled("before", Integer, "0"),
    filled("why", Text, "'first'"),
    filled("standing", Text, "'trusted'"),
    filled("retired_at", Text, "''"),
    filled("heard_at", Text, "''"),
    filled("told_head", BigInteger, "0"),
    filled("program", Text, "''"),
    filled("catalogue", BigInteger, "0"),
    filled("serial", BigInteger, "0"),
)
"""Every epoch of every till: `public_key` is its first key, `serial` its last acknowledgement's.

`after` is the entry before its first and `after_hash` that one's hash in hex; `before` is the
epoch that it stands in, nought until the epoch's own first entry has told. `retired_at` is when it
was taken down for good. `told_head` is the newest entry that the till said it has, `heard_at` when
it was heard last.
"""

_TILL = ("till", "epoch")

span = Table(
    "span",
    office,
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("first", BigInteger, primary_key=True, autoincrement=False),
    filled("last", BigInteger),
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
    filled("kind", Text),
    Column("line", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    ForeignKeyConstraint(_TILL, [office_till.c.till, office_till.c.epoch]),
    # A till's days are read from what is no sale; sales, the many, pay nothing for it.
    Index(
        "ix_entry_events",
        *(*_TILL, "kind", "seq"),
        sqlite_where=text("kind != 'sale'"),
        postgresql_where=text("kind != 'sale'"),
    ),
    sqlite_with_rowid=False,
)

office_sale = Table(
    "sale",
    office,
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    filled("id", Text),
    filled("number", Text),
    filled("document", Text),
    filled("at", Text),
    filled("business_date", Text),
    filled("by", Text),
    filled("total", BigInteger),
    filled("vat", BigInteger),
    filled("share", BigInteger),
    filled("of", Text, "''"),
    filled("voided_lines", BigInteger, "0"),
    filled("voided_amount", BigInteger, "0"),
    filled("bearer", Text, "''"),
    filled("exempt", BigInteger, "0"),
    ForeignKeyConstraint(_TILL, [office_till.c.till, office_till.c.epoch]),
    # Whoever has read a till's file can use its ids too: they must not stand in its way.
    UniqueConstraint("till", "id"),
    # A till that was restored may void a sale again: the same number, in another epoch.
    UniqueConstraint("number", "document", "epoch"),
    Index("ix_sale_business_date", "business_date"),
    Index(
        "ix_sale_of",
        "of",
        sqlite_where=text("\"of\" != ''"),
        postgresql_where=text("\"of\" != ''"),
    ),
    sqlite_with_rowid=False,
)
"""Documents: sales, and with amounts below nought refunds (`document` REFUND) and voids (VOID).

`of` is the number of the sale that was taken back, `bearer` who bore the discount on the whole,
`exempt` what of the total is exempt from VAT.
"""

office_line = Table(
    "sale_line",
    office,
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    filled("code", Text),
    filled("name_th", Text),
    filled("name_en", Text),
    filled("maker_group", Text),
    filled("quantity", BigInteger),
    filled("gross", BigInteger),
    filled("paid", BigInteger),
    filled("vat", BigInteger),
    filled("share", BigInteger),
    filled("policy", Integer),
    filled("line", Integer, "0"),
    filled("discounted", BigInteger, "0"),
    filled("basket_discount", BigInteger, "0"),
    filled("bearer", Text, "''"),
    Column("is_unique", Boolean, nullable=False, server_default=false()),
    Column("price_off", BigInteger),
    ForeignKeyConstraint(_TILL, [office_till.c.till, office_till.c.epoch]),
    sqlite_with_rowid=False,
)
"""Their lines. `line` is a line's place in its sale, which a line that comes back goes by too.

`is_unique` is told of what was sold, never of what comes back. `price_off` is what another price
than the catalogue's took off, below nought where it was dearer; empty where there was none.
"""

office_tender = Table(
    "tender",
    office,
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    filled("kind", Text),
    filled("code", Text),
    filled("amount", BigInteger),
    filled("reference", Text),
    ForeignKeyConstraint(_TILL, [office_till.c.till, office_till.c.epoch]),
    sqlite_with_rowid=False,
)
"""What was handed over, change and all; below nought what was paid back."""

office_group = Table(
    "producer_group",
    office,
    Column("code", Text, primary_key=True),
    filled("label_th", Text),
    filled("label_en", Text),
    Column("told", Text, nullable=False, comment="orders the entries that named it; last wins"),
)

till_key = Table(
    "till_key",
    office,
    Column("public_key", LargeBinary, primary_key=True),
    filled("till", Text),
    filled("epoch", Integer),
    Column("since", BigInteger, nullable=False, comment="the entry by which it was taken"),
    filled("standing", Text, "'trusted'"),
    ForeignKeyConstraint(_TILL, [office_till.c.till, office_till.c.epoch]),
    comment="keys that tills took after the one they began an epoch with",
)

quarantine = Table(
    "quarantine",
    office,
    Column("sha256", Text, primary_key=True),
    filled("till", Text),
    filled("epoch", Integer),
    filled("first", BigInteger),
    filled("last", BigInteger),
    Column("prev", LargeBinary, nullable=False, comment="the hash before the first"),
    Column("hash", LargeBinary, nullable=False, comment="the hash of the last"),
    Column("seq", BigInteger, nullable=False, comment="where it parts from what is held"),
    Column("held", LargeBinary, nullable=False, comment="what is held there; empty if nothing"),
    filled("at", Text),
    filled("sales", BigInteger, "0"),
    filled("total", BigInteger, "0"),
    filled("since", Text, "''"),
    filled("until", Text, "''"),
    Column("hashes", LargeBinary, nullable=False, comment="of every entry, 32 bytes each"),
    Column("content", LargeBinary, nullable=False),
    Index("ix_quarantine_till_epoch", "till", "epoch"),
    comment="files that contradict what is held, kept whole, byte for byte",
)
"""`sales` and `total` count what only this file brought, each document in one file alone.

`since` and `until` are the first and last business date of these, empty where there is none.
"""

lost = Table(
    "lost",
    office,
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, primary_key=True, comment="the hash of the last"),
    filled("first", BigInteger),
    filled("last", BigInteger),
    comment="runs that went with a till's file, as the epoch begun in its place tells",
)
request = Table(
    "request",
    office,
    Column("public_key", LargeBinary, primary_key=True),
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    filled("at", Text),
    Column("content", LargeBinary, nullable=False),
    comment="enrolment requests that wait for a person, as they were signed",
)

turned_away = Table(
    "turned_away",
    office,
    Column("public_key", LargeBinary, primary_key=True),
    Column("till", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    filled("last", BigInteger),
    Column("hash", LargeBinary, nullable=False, comment="the hash of the last"),
    filled("at", Text),
    comment="how far the files went that were not taken in for whose key they bore",
)

settled = Table(
    "settled",
    office,
    Column("task", Text, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    filled("at", Text),
    filled("by", Text),
    filled("note", Text),
    Column("extent", Text, nullable=False, comment="what it was about then: a JSON list"),
    comment="tasks that a person has dealt with, each as often as it had grown",
)

publication = Table(
    "publication",
    office,
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    filled("at", Text),
    filled("sha256", Text),
    filled("products", BigInteger, "0"),
    Column("content", LargeBinary, nullable=False),
    comment="catalogues as they were sealed for the tills",
)

desk = Table(
    "desk",
    office,
    Column("id", Integer, primary_key=True, autoincrement=False),
    filled("office_id", Text),
    Column("public_key", LargeBinary, nullable=False),
    Column("key_guarded", Boolean, nullable=False),
    filled("name", Text, "''"),
    filled("server", Text, "''"),
    comment="one row: head office itself, and where its receiver is",
)
