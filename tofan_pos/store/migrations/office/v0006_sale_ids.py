"""A document's id is its till's own: another till's may have the same one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_REVERSALS = sa.text("\"of\" != ''")


def upgrade() -> None:
    """Let an id stand once at each till, not once at all."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        # There the table is made anew, its rows copied; what guards it is gone with the old one.
        op.drop_index("ix_sale_of", "sale")
    with op.batch_alter_table("sale", table_kwargs={"sqlite_with_rowid": False}) as sale:
        sale.drop_constraint("uq_sale_id", type_="unique")
        sale.create_unique_constraint("uq_sale_till_id", ["till", "id"])
    if sqlite:
        op.create_index("ix_sale_of", "sale", ["of"], sqlite_where=_REVERSALS)
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER sale_no_{verb.lower()} BEFORE {verb} ON sale "
                "BEGIN SELECT RAISE(ABORT, 'sale is append-only'); END"
            )
