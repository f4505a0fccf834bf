"""What went with a till's file: runs, by the hash of their last, in the place of one number."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of lost runs; what was known as a number becomes one without a hash."""
    lost = op.create_table(
        "lost",
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("till", "epoch", "hash", name=op.f("pk_lost")),
    )
    till = sa.table("till", *map(sa.column, ("till", "before", "after", "seen")))
    epoch, first = till.c.before, sa.func.min(till.c.after) + 1
    known = (
        sa.select(till.c.till, epoch, sa.literal(b""), first, sa.func.max(till.c.seen))
        .where(till.c.seen > till.c.after, epoch > 0)
        .group_by(till.c.till, epoch)
    )
    columns = ["till", "epoch", "hash", "first", "last"]
    op.execute(lost.insert().from_select(columns, known))
    op.drop_column("till", "seen")
