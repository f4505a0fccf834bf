"""The till's tables of what head office publishes by version and by date, as SQLAlchemy Core."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Text

from tofan_pos.store.naming import filled
from tofan_pos.store.till_tables import product, till

incoming = Table(
    "incoming",
    till,
    Column("version", Integer, primary_key=True, autoincrement=False),
    filled("state", Text),
    filled("sha256", Text),
    Column("office_key", LargeBinary, nullable=False),
    filled("problem", Text, "''"),
    Column("content", LargeBinary, nullable=False),
    comment="catalogues as head office sealed them: waiting, in use, the one before, or refused",
)

price = Table(
    "price",
    till,
    Column("product", ForeignKey(product.c.code), primary_key=True),
    Column("since", Text, primary_key=True),
    filled("price", Integer),
    sqlite_with_rowid=False,
    comment="prices from a business date on, where they change; without a date, what held before",
)

rule = Table(
    "rule",
    till,
    Column("kind", Text, primary_key=True),
    Column("since", Text, primary_key=True),
    Column("value", Text, nullable=False, comment="JSON"),
    sqlite_with_rowid=False,
    comment="what holds from a business date on; and for which date prices were set last",
)

told_backup = Table(
    "told_backup",
    till,
    Column("path", Text, primary_key=True),
    filled("at", Text),
    comment="where backups were put, so that people can be told which hold a story that is gone",
)
