"""What was turned away, and the catalogue that tills sell by which only ever sent sticks."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TILL = sa.table("till", *map(sa.column, ("till", "epoch", "catalogue")))
_ENTRY = sa.table("entry", *map(sa.column, ("till", "epoch", "kind", "line")))


def upgrade() -> None:
    """Add a table, and read from the entries held which catalogue each till went over to last."""
    op.create_table(
        "turned_away",
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("public_key", "till", "epoch", name=op.f("pk_turned_away")),
    )
    _fill()


def _fill() -> None:
    bind = op.get_bind()
    # The index on what is no sale leads to them.
    loaded = sa.select(_ENTRY.c.till, _ENTRY.c.epoch, _ENTRY.c.line).where(
        _ENTRY.c.kind == "catalogue", _ENTRY.c.kind != sa.literal_column("'sale'")
    )
    newest: dict[tuple[str, int], int] = {}
    for till, epoch, line in bind.execute(loaded):
        entry = json.loads(bytes(line))
        # What a newer program may say in its place is not read.
        version = entry["body"].get("version", 0) if entry["v"] == 1 else 0
        newest[till, epoch] = max(newest.get((till, epoch), 0), version)
    for (till, epoch), version in newest.items():
        mine = sa.and_(_TILL.c.till == till, _TILL.c.epoch == epoch)
        bind.execute(
            _TILL.update().where(mine, _TILL.c.catalogue < version).values(catalogue=version)
        )
