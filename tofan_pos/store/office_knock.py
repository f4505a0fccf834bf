"""What head office asks of its database about whoever knocks: as little as can be asked."""

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tofan_pos.store import office_tables as schema
from tofan_pos.store.engine import reading


def knows_key(engine: Engine, public_key: bytes) -> bool:
    """Tell whether a till was ever enrolled under a key, or took it later: one look, indexed."""
    first, later = schema.office_till, schema.till_key
    either = sa.union_all(
        sa.select(sa.literal(1)).where(first.c.public_key == public_key),
        sa.select(sa.literal(1)).where(later.c.public_key == public_key),
    )
    with reading(engine) as connection:
        return connection.scalar(either.limit(1)) is not None


def answers(engine: Engine) -> bool:
    """Tell that the database answers. Raises `Trouble` where it does not."""
    with reading(engine) as connection:
        return connection.scalar(sa.select(sa.literal(1))) == 1
