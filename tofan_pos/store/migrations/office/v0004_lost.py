"""What went with a till's file: runs, by the hash of their last, in the place of one number."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of lost runs; the number that it replaces told too little to fill it."""
    op.create_table(
        "lost",
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("till", "epoch", "hash", name=op.f("pk_lost")),
    )
    op.drop_column("till", "seen")
