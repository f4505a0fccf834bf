"""What a whole day needs: refunds and voids beside sales, what was paid with, who bore discounts.

What an older program took in is read again from the entries held, so that days of before add up
by tender and by bearer too.
"""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NOUGHT, _EMPTY = sa.text("0"), sa.text("''")
_EVENTS, _REVERSALS = sa.text("kind != 'sale'"), sa.text("\"of\" != ''")
_AT_ONCE = 1000

_ENTRY = sa.table("entry", *map(sa.column, ("till", "epoch", "seq", "kind", "line")))
_SALE = sa.table("sale", *map(sa.column, ("till", "epoch", "seq", "bearer", "exempt")))
_LINE = sa.table(
    "sale_line",
    *map(
        sa.column,
        ("till", "epoch", "seq", "position", "line", "discounted", "basket_discount", "bearer"),
    ),
)


def upgrade() -> None:
    """Add columns and a table, and fill them for what is held."""
    _unguard("sale", "sale_line")
    _columns()
    tender = op.create_table(
        "tender",
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["till", "epoch"], ["till.till", "till.epoch"], name=op.f("fk_tender_till_epoch")
        ),
        sa.PrimaryKeyConstraint("till", "epoch", "seq", "position", name=op.f("pk_tender")),
        sqlite_with_rowid=False,
    )
    _fill(tender)
    _guard("sale", "sale_line", "tender")


def _columns() -> None:
    # SQLite cannot drop a constraint: there the table is made anew, its rows copied.
    with op.batch_alter_table("sale", table_kwargs={"sqlite_with_rowid": False}) as sale:
        sale.drop_constraint("uq_sale_number", type_="unique")
        sale.create_unique_constraint("uq_sale_number_document", ["number", "document"])
        sale.add_column(sa.Column("of", sa.Text(), nullable=False, server_default=_EMPTY))
        for name in ("voided_lines", "voided_amount"):
            sale.add_column(_number(name))
        sale.add_column(sa.Column("bearer", sa.Text(), nullable=False, server_default=_EMPTY))
        sale.add_column(_number("exempt"))
    op.create_index(
        "ix_sale_of", "sale", ["of"], sqlite_where=_REVERSALS, postgresql_where=_REVERSALS
    )
    line = sa.Column("line", sa.Integer(), nullable=False, server_default=_NOUGHT)
    op.add_column("sale_line", line)
    for name in ("discounted", "basket_discount"):
        op.add_column("sale_line", _number(name))
    bearer = sa.Column("bearer", sa.Text(), nullable=False, server_default=_EMPTY)
    op.add_column("sale_line", bearer)
    op.add_column(
        "sale_line",
        sa.Column("is_unique", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("sale_line", sa.Column("price_off", sa.BigInteger()))
    op.create_index(
        "ix_entry_events",
        "entry",
        ["till", "epoch", "kind", "seq"],
        sqlite_where=_EVENTS,
        postgresql_where=_EVENTS,
    )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default=_NOUGHT)


def _fill(tender: sa.Table) -> None:
    """Read the sales held again, for what their rows did not say."""
    bind = op.get_bind()
    bind.execute(_LINE.update().values(line=_LINE.c.position))
    for sales in _sales(bind):
        tenders: list[dict[str, Any]] = []
        for key, body in sales:
            tenders.extend(
                key
                | {"position": at, "code": "", "reference": ""}
                | {name: said[name] for name in ("kind", "amount")}
                for at, said in enumerate(body["tenders"])
            )
            _fill_sale(bind, key, body)
            _fill_lines(bind, key, body)
        if tenders:
            bind.execute(tender.insert(), tenders)


def _sales(bind: sa.Connection) -> Iterator[list[tuple[dict[str, Any], dict[str, Any]]]]:
    """Yield the keys and bodies of the sales held, so many at once."""
    names = ("till", "epoch", "seq")
    key = sa.tuple_(*(_ENTRY.c[name] for name in names))
    wanted = (
        sa.select(*(_ENTRY.c[name] for name in names), _ENTRY.c.line)
        .join(_SALE, sa.and_(*(_SALE.c[name] == _ENTRY.c[name] for name in names)))
        .order_by(*(_ENTRY.c[name] for name in names))
        .limit(_AT_ONCE)
    )
    found = bind.execute(wanted).all()
    while found:
        yield [
            (dict(zip(names, row[:3], strict=True)), json.loads(bytes(row.line))["body"])
            for row in found
        ]
        last = sa.tuple_(*(sa.literal(value) for value in found[-1][:3]))
        found = bind.execute(wanted.where(key > last)).all()


def _fill_sale(bind: sa.Connection, key: dict[str, Any], body: dict[str, Any]) -> None:
    exempt = sum(line["paid"] for line in body["lines"] if line["tax"] == "exempt")
    bearer = body.get("discount", {}).get("bearer", "")
    if exempt or bearer:
        sale = _SALE.update().values(bearer=bearer, exempt=exempt)
        bind.execute(sale.where(*(_SALE.c[name] == value for name, value in key.items())))


def _fill_lines(bind: sa.Connection, key: dict[str, Any], body: dict[str, Any]) -> None:
    for at, line in enumerate(body["lines"]):
        off = {name: line.get(name, 0) for name in ("discounted", "basket_discount")}
        if any(off.values()):
            bearer = line.get("discount", {}).get("bearer", "")
            place = key | {"position": at}
            bind.execute(
                _LINE.update()
                .values(bearer=bearer, **off)
                .where(*(_LINE.c[name] == value for name, value in place.items()))
            )


def _unguard(*tables: str) -> None:
    for table in tables:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            continue
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")


def _guard(*tables: str) -> None:
    """Let the database itself refuse to change or delete what is a fact."""
    for table in tables:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION tofan_append_only()"
            )
            continue
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
