"""The first tables of a till."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
    )
    op.create_table(
        "picture",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_picture")),
    )
    op.create_table(
        "producer_group",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("label_th", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_producer_group")),
    )
    op.create_table(
        "product",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("barcode", sa.Text(), nullable=False),
        sa.Column("name_th", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("category_th", sa.Text(), nullable=False),
        sa.Column("category_en", sa.Text(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("maker_group", sa.Text(), nullable=False),
        sa.Column("is_unique", sa.Boolean(), nullable=False),
        sa.Column("favourite", sa.Boolean(), nullable=False),
        sa.Column("vat", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("story_until", sa.Text(), nullable=True),
        sa.Column("story_short_th", sa.Text(), nullable=False),
        sa.Column("story_short_en", sa.Text(), nullable=False),
        sa.Column("story_th", sa.Text(), nullable=False),
        sa.Column("story_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_product")),
    )
    op.create_index("ix_product_barcode", "product", ["barcode"], unique=False)
    op.create_index(
        "ix_product_favourite",
        "product",
        ["favourite"],
        unique=False,
        sqlite_where=sa.text("favourite = 1"),
    )
    op.create_index(
        "ix_product_category",
        "product",
        ["category_th", "category_en"],
        unique=False,
        sqlite_where=sa.text("active = 1"),
    )
    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("install_id", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("key_guarded", sa.Boolean(), nullable=False),
        sa.Column(
            "settings", sa.Text(), nullable=False, comment="the profile's other settings, as JSON"
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_profile_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
    )
    op.create_table(
        "product_search",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False, comment="folded names and codes"),
        sa.Column(
            "loose",
            sa.Text(),
            nullable=False,
            comment="the same without tone marks and punctuation",
        ),
        sa.Column("sort_th", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["code"], ["product.code"], name=op.f("fk_product_search_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_product_search")),
        comment="kept narrow: a search reads all of it",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sale",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("vat_rate_bp", sa.Integer(), nullable=False),
        sa.Column("vat", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.Column("policy_rate_bp", sa.Integer(), nullable=False),
        sa.Column("policy_basis", sa.Text(), nullable=False),
        sa.Column("discount_kind", sa.Text(), nullable=True),
        sa.Column("discount_value", sa.Integer(), nullable=True),
        sa.Column("discount_reason", sa.Text(), nullable=True),
        sa.Column("discount_bearer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name=op.f("fk_sale_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_sale")),
        sa.UniqueConstraint("id", name=op.f("uq_sale_id")),
        sa.UniqueConstraint("series", "n", name=op.f("uq_sale_series_n")),
    )
    op.create_table(
        "print_job",
        sa.Column("sale", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sale"], ["sale.seq"], name=op.f("fk_print_job_sale")),
        sa.PrimaryKeyConstraint("sale", name=op.f("pk_print_job")),
        comment="the one table that changes: what became of each receipt",
    )
    op.create_index(
        "ix_print_job_waiting",
        "print_job",
        ["sale"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "sale_line",
        sa.Column("sale", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_th", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("maker_group", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("gross", sa.Integer(), nullable=False),
        sa.Column("discounted", sa.Integer(), nullable=False),
        sa.Column("discount_kind", sa.Text(), nullable=True),
        sa.Column("discount_value", sa.Integer(), nullable=True),
        sa.Column("discount_reason", sa.Text(), nullable=True),
        sa.Column("discount_bearer", sa.Text(), nullable=True),
        sa.Column("basket_discount", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("tax", sa.Text(), nullable=False),
        sa.Column("vat", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sale"], ["sale.seq"], name=op.f("fk_sale_line_sale")),
        sa.PrimaryKeyConstraint("sale", "position", name=op.f("pk_sale_line")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tender",
        sa.Column("sale", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sale"], ["sale.seq"], name=op.f("fk_tender_sale")),
        sa.PrimaryKeyConstraint("sale", "position", name=op.f("pk_tender")),
        sqlite_with_rowid=False,
    )
    for table in ("journal", "sale", "sale_line", "tender"):
        _append_only(table)


def _append_only(table: str) -> None:
    """Let the database itself refuse to change or delete what is a fact."""
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
