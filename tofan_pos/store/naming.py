"""How constraints are named, and the columns that both databases are made of."""

from sqlalchemy import BigInteger, Column, Integer, Text, text

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def filled(
    name: str, kind: type[Text | Integer | BigInteger], default: str | None = None
) -> Column[object]:
    """Return a column that is never empty; `default` is what rows of before it have, as SQL."""
    given = text(default) if default is not None else None
    return Column(name, kind(), nullable=False, server_default=given)
