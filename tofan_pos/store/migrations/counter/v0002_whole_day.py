"""What a whole day needs: people, sessions, refunds, promotions, other tenders, every paper."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NOUGHT, _EMPTY = sa.text("0"), sa.text("''")


def upgrade() -> None:
    """Add columns to what was sold, and the tables of the day."""
    op.create_index(
        "ix_journal_events", "journal", ["kind", "seq"], sqlite_where=sa.text("kind != 'sale'")
    )
    _promoted("sale")
    _add("sale", "voided_lines", sa.Integer(), _NOUGHT)
    _add("sale", "voided_amount", sa.Integer(), _NOUGHT)
    _add("sale", "exchange_of", sa.Text(), _EMPTY)
    _promoted("sale_line")
    _add("sale_line", "listed", sa.Integer(), _NOUGHT)
    _add("sale_line", "price_reason", sa.Text(), _EMPTY)
    _add("sale_line", "is_unique", sa.Boolean(), _NOUGHT)
    _add("tender", "code", sa.Text(), _EMPTY)
    _add("tender", "reference", sa.Text(), _EMPTY)
    op.create_index(
        "ix_tender_reference",
        "tender",
        ["code", "reference"],
        sqlite_where=sa.text("reference != ''"),
    )
    _reversals()
    _sessions()
    _papers()
    _published()


def _promoted(table: str) -> None:
    for name in ("promotion_code", "promotion_name_th", "promotion_name_en", "promotion_bearer"):
        op.add_column(table, sa.Column(name, sa.Text(), nullable=True))


def _add(
    table: str, name: str, kind: sa.Integer | sa.Text | sa.Boolean, default: sa.TextClause
) -> None:
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))


def _reversals() -> None:
    op.create_table(
        "reversal",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        *_texts("kind", "id", "series"),
        sa.Column("n", sa.Integer(), nullable=False),
        *_texts("at", "business_date", "by", "approved_by", "of", "of_date", "reason"),
        *_numbers("total", "vat_rate_bp", "vat", "share", "policy", "policy_rate_bp"),
        *_texts("policy_basis"),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name=op.f("fk_reversal_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_reversal")),
        sa.UniqueConstraint("id", name=op.f("uq_reversal_id")),
        sa.UniqueConstraint("series", "n", name=op.f("uq_reversal_series_n")),
    )
    op.create_index("ix_reversal_of", "reversal", ["of"])
    op.create_table(
        "reversal_line",
        *_place(),
        *_numbers("line"),
        *_texts("code", "name_th", "name_en", "maker_group"),
        *_numbers("quantity", "paid"),
        *_texts("tax"),
        *_numbers("vat", "share"),
        *_part_of_reversal("reversal_line"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reversal_tender",
        *_place(),
        *_texts("kind"),
        *_numbers("amount"),
        *_texts("code", "reference"),
        *_part_of_reversal("reversal_tender"),
        sqlite_with_rowid=False,
    )
    for table in ("reversal", "reversal_line", "reversal_tender"):
        _append_only(table)


def _sessions() -> None:
    op.create_table(
        "session",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        *_numbers("seq"),
        *_texts("business_date", "opened_at", "by", "opening", "drawer"),
        sa.Column("closed", sa.Integer(), nullable=True),
        *_numbers("grand_total"),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name=op.f("fk_session_seq")),
        sa.ForeignKeyConstraint(["closed"], ["journal.seq"], name=op.f("fk_session_closed")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_session")),
    )
    op.create_table(
        "sold_once",
        *_texts("code"),
        *_numbers("seq"),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name=op.f("fk_sold_once_seq")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_sold_once")),
    )
    op.create_table(
        "parked",
        *_texts("id"),
        *_numbers("seq"),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name=op.f("fk_parked_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked")),
    )
    # What was sold before is sold: a piece of which there was one cannot be sold again.
    op.execute(
        "INSERT INTO sold_once (code, seq) SELECT sale_line.code, min(sale_line.sale) "
        "FROM sale_line JOIN product ON product.code = sale_line.code AND product.is_unique = 1 "
        "GROUP BY sale_line.code"
    )


def _papers() -> None:
    """Let every entry have a paper, not sales alone; what waits goes on waiting."""
    op.rename_table("print_job", "print_job_before")
    op.drop_index("ix_print_job_waiting", "print_job_before")
    op.create_table(
        "print_job",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        *_texts("state"),
        *_numbers("attempts"),
        *_texts("problem"),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name=op.f("fk_print_job_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_print_job")),
    )
    op.execute(
        "INSERT INTO print_job (seq, state, attempts, problem) "
        "SELECT sale, state, attempts, problem FROM print_job_before"
    )
    op.drop_table("print_job_before")
    op.create_index(
        "ix_print_job_waiting", "print_job", ["seq"], sqlite_where=sa.text("state = 'waiting'")
    )


def _published() -> None:
    op.create_table(
        "staff",
        *_texts("code", "name", "role", "verifier"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_staff")),
    )
    op.create_table(
        "lockout",
        *_texts("code"),
        *_numbers("failures", "ticks"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_lockout")),
    )
    op.create_table(
        "promotion",
        *_texts("code", "name_th", "name_en", "kind"),
        *_numbers("value"),
        *_texts("scope", "about"),
        *_numbers("count", "least"),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        *_texts("mall", "bearer"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_promotion")),
    )
    op.create_table(
        "tender_type",
        *_texts("code"),
        *_numbers("position"),
        *_texts("kind", "name_th", "name_en"),
        sa.Column("needs_reference", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_tender_type")),
    )
    op.create_table(
        "known_till",
        *_texts("till"),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("till", "epoch", name=op.f("pk_known_till")),
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _place() -> list[sa.Column[int]]:
    return [
        sa.Column("reversal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
    ]


def _part_of_reversal(table: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(["reversal"], ["reversal.seq"], name=op.f(f"fk_{table}_reversal")),
        sa.PrimaryKeyConstraint("reversal", "position", name=op.f(f"pk_{table}")),
    ]


def _append_only(table: str) -> None:
    """Let the database itself refuse to change or delete what is a fact."""
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
