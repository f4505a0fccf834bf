"""What two ways need: epochs, whom the till sends to, and what head office publishes by date."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NOUGHT, _EMPTY = sa.text("0"), sa.text("''")


def upgrade() -> None:
    """Add the tables, and the one epoch that a till of before has."""
    op.create_table(
        "epoch",
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("install_id", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        _column("marked", sa.Boolean(), _NOUGHT),
        sa.PrimaryKeyConstraint("epoch", name=op.f("pk_epoch")),
    )
    op.execute(
        "INSERT INTO epoch (epoch, first, install_id, public_key, why) "
        "SELECT epoch, 1, install_id, public_key, 'first' FROM profile"
    )
    _head_office()
    _published()
    _keys_of_tills()


def _head_office() -> None:
    op.create_table(
        "head_office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_key", sa.LargeBinary(), nullable=False),
        _column("office", sa.Text(), _EMPTY),
        _column("server", sa.Text(), _EMPTY),
        _column("acked", sa.Integer(), _NOUGHT),
        sa.Column("acked_hash", sa.LargeBinary(), nullable=False),
        _column("acked_at", sa.Text(), _EMPTY),
        _column("serial", sa.Integer(), _NOUGHT),
        _column("standing", sa.Text(), sa.text("'trusted'")),
        _column("parted", sa.Integer(), _NOUGHT),
        _column("paused", sa.Boolean(), _NOUGHT),
        _column("newest_catalogue", sa.Integer(), _NOUGHT),
        _column("catalogue", sa.Integer(), _NOUGHT),
        sa.CheckConstraint("id = 1", name=op.f("ck_head_office_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head_office")),
    )
    op.create_table(
        "told_backup",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_told_backup")),
    )


def _published() -> None:
    op.create_table(
        "incoming",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("office_key", sa.LargeBinary(), nullable=False),
        _column("problem", sa.Text(), _EMPTY),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_incoming")),
    )
    op.create_table(
        "price",
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["product"], ["product.code"], name=op.f("fk_price_product")),
        sa.PrimaryKeyConstraint("product", "since", name=op.f("pk_price")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rule",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "since", name=op.f("pk_rule")),
        sqlite_with_rowid=False,
    )


def _keys_of_tills() -> None:
    """Let an epoch of a till have several keys, and find stories by the end of their lease."""
    op.rename_table("known_till", "known_till_before")
    op.create_table(
        "known_till",
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("till", "epoch", "public_key", name=op.f("pk_known_till")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO known_till (till, epoch, public_key) "
        "SELECT till, epoch, public_key FROM known_till_before"
    )
    op.drop_table("known_till_before")
    op.create_index(
        "ix_product_story_until",
        "product",
        ["story_until"],
        sqlite_where=sa.text("story_until IS NOT NULL"),
    )


def _column(
    name: str, kind: sa.Integer | sa.Text | sa.Boolean, default: sa.TextClause
) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False, server_default=default)
