"""The first tables of head office."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "producer_group",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("label_th", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column(
            "told",
            sa.Text(),
            nullable=False,
            comment="orders the entries that named it; last wins",
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_producer_group")),
    )
    op.create_table(
        "till",
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("install_id", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("enrolled_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("till", "epoch", name=op.f("pk_till")),
        sa.UniqueConstraint("public_key", name=op.f("uq_till_public_key")),
    )
    op.create_table(
        "entry",
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["till", "epoch"], ["till.till", "till.epoch"], name=op.f("fk_entry_till_epoch")
        ),
        sa.PrimaryKeyConstraint("till", "epoch", "seq", name=op.f("pk_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sale",
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["till", "epoch"], ["till.till", "till.epoch"], name=op.f("fk_sale_till_epoch")
        ),
        sa.PrimaryKeyConstraint("till", "epoch", "seq", name=op.f("pk_sale")),
        sa.UniqueConstraint("id", name=op.f("uq_sale_id")),
        sa.UniqueConstraint("number", name=op.f("uq_sale_number")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sale_business_date", "sale", ["business_date"], unique=False)
    op.create_table(
        "sale_line",
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_th", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("maker_group", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=False),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["till", "epoch"], ["till.till", "till.epoch"], name=op.f("fk_sale_line_till_epoch")
        ),
        sa.PrimaryKeyConstraint("till", "epoch", "seq", "position", name=op.f("pk_sale_line")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "span",
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False, comment="the hash before the first"),
        sa.Column("hash", sa.LargeBinary(), nullable=False, comment="the hash of the last"),
        sa.ForeignKeyConstraint(
            ["till", "epoch"], ["till.till", "till.epoch"], name=op.f("fk_span_till_epoch")
        ),
        sa.PrimaryKeyConstraint("till", "epoch", "first", name=op.f("pk_span")),
        comment="the unbroken runs head office holds; what lies between them is missing",
    )
    _append_only("entry", "sale", "sale_line")


def _append_only(*tables: str) -> None:
    """Let the database itself refuse to change or delete what is a fact."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION tofan_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END$$"
        )
        for table in tables:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION tofan_append_only()"
            )
        return
    for table in tables:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
