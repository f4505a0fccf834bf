"""What two ways need: epochs and keys of tills, what was kept apart, and what was published."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NOUGHT, _EMPTY = sa.text("0"), sa.text("''")
_REVERSALS = sa.text("\"of\" != ''")


def upgrade() -> None:
    """Add columns to the tills, and the tables of both ways."""
    _add("after", sa.BigInteger(), _NOUGHT)
    _add("after_hash", sa.Text(), sa.text(f"'{'0' * 64}'"))
    _add("before", sa.Integer(), _NOUGHT)
    _add("seen", sa.BigInteger(), _NOUGHT)
    _add("why", sa.Text(), sa.text("'first'"))
    _add("standing", sa.Text(), sa.text("'trusted'"))
    _add("retired_at", sa.Text(), _EMPTY)
    _add("heard_at", sa.Text(), _EMPTY)
    _add("told_head", sa.BigInteger(), _NOUGHT)
    _add("program", sa.Text(), _EMPTY)
    _add("catalogue", sa.BigInteger(), _NOUGHT)
    _add("serial", sa.BigInteger(), _NOUGHT)
    _let_epochs_void()
    op.create_table(
        "till_key",
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False, server_default=sa.text("'trusted'")),
        sa.ForeignKeyConstraint(
            ["till", "epoch"], ["till.till", "till.epoch"], name=op.f("fk_till_key_till_epoch")
        ),
        sa.PrimaryKeyConstraint("public_key", name=op.f("pk_till_key")),
    )
    op.create_table(
        "quarantine",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("sales", sa.BigInteger(), nullable=False, server_default=_NOUGHT),
        sa.Column("total", sa.BigInteger(), nullable=False, server_default=_NOUGHT),
        sa.Column("since", sa.Text(), nullable=False, server_default=_EMPTY),
        sa.Column("until", sa.Text(), nullable=False, server_default=_EMPTY),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_quarantine")),
    )
    op.create_index("ix_quarantine_till_epoch", "quarantine", ["till", "epoch"])
    op.create_table(
        "request",
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("public_key", "till", "epoch", name=op.f("pk_request")),
    )
    op.create_table(
        "settled",
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("extent", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("task", "n", name=op.f("pk_settled")),
    )
    op.create_table(
        "publication",
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("products", sa.BigInteger(), nullable=False, server_default=_NOUGHT),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_publication")),
    )
    op.create_table(
        "desk",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("key_guarded", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, server_default=_EMPTY),
        sa.Column("server", sa.Text(), nullable=False, server_default=_EMPTY),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk")),
    )


def _let_epochs_void() -> None:
    """Let a sale be voided in two epochs, as a till does that was restored in between."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        # There the table is made anew, its rows copied; what guards it is gone with the old one.
        op.drop_index("ix_sale_of", "sale")
    with op.batch_alter_table("sale", table_kwargs={"sqlite_with_rowid": False}) as sale:
        sale.drop_constraint("uq_sale_number_document", type_="unique")
        sale.create_unique_constraint(
            "uq_sale_number_document_epoch", ["number", "document", "epoch"]
        )
    if sqlite:
        op.create_index("ix_sale_of", "sale", ["of"], sqlite_where=_REVERSALS)
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER sale_no_{verb.lower()} BEFORE {verb} ON sale "
                "BEGIN SELECT RAISE(ABORT, 'sale is append-only'); END"
            )


def _add(name: str, kind: sa.Text | sa.Integer, default: sa.TextClause) -> None:
    op.add_column("till", sa.Column(name, kind, nullable=False, server_default=default))
