"""What an intake writes at head office: all rows of a file, in the one transaction it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.store import office_tables as schema
from tofan_pos.store.bulk import Taken, insert_rows

Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """An unbroken run of a till's journal: `prev` is the hash before it, `hash` its last."""

    first: int
    last: int
    prev: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class TillIntake:
    """The open transaction on one till's journal; no other importer is in it meanwhile."""

    _connection: Connection
    _till: str
    _epoch: int

    def spans(self) -> list[Span]:
        """Return what is held of the journal, in order."""
        return spans_on(self._connection, self._till, self._epoch)

    def hash_at(self, seq: int) -> bytes | None:
        """Return the hash of an entry that is held."""
        return hash_at_on(self._connection, self._till, self._epoch, seq)

    def add(
        self,
        *,
        entries: Sequence[Values],
        documents: Sequence[Values],
        lines: Sequence[Values],
        tenders: Sequence[Values],
    ) -> None:
        """Add rows that are not held yet; columns as in the schema's tables."""
        insert_rows(self._connection, schema.entry, entries)
        try:
            insert_rows(self._connection, schema.office_sale, documents)
        except Taken as error:
            # A till's own file has one document to an id, and one of a kind to a number.
            raise Refusal(Why.ENTRY_CONTRADICTS, seq=documents[0][2], till=self._till) from error
        insert_rows(self._connection, schema.office_line, lines)
        insert_rows(self._connection, schema.office_tender, tenders)

    def name_groups(self, groups: Sequence[tuple[str, str, str, str]]) -> None:
        """Keep groups' labels (code, Thai, English, `told`), for each code those told last.

        `told` orders entries whatever order they come in, so every order ends in the same labels.
        """
        table = schema.office_group
        made = sqlite.insert if self._connection.dialect.name == "sqlite" else postgresql.insert
        # In the order of their codes, so that two importers never wait for each other in a ring.
        newest = {group[0]: group for group in sorted(groups, key=itemgetter(3))}
        for code, label_th, label_en, told in sorted(newest.values()):
            insert = made(table).values(code=code, label_th=label_th, label_en=label_en, told=told)
            new = insert.excluded
            self._connection.execute(
                insert.on_conflict_do_update(
                    index_elements=[table.c.code],
                    set_={"label_th": new.label_th, "label_en": new.label_en, "told": new.told},
                    where=new.told > table.c.told,
                )
            )

    def set_spans(self, gone: Sequence[Span], joined: Span) -> None:
        """Put one span in the place of those it joins."""
        table = schema.span
        mine = sa.and_(table.c.till == self._till, table.c.epoch == self._epoch)
        if gone:
            firsts = [span.first for span in gone]
            self._connection.execute(table.delete().where(mine, table.c.first.in_(firsts)))
        self._connection.execute(
            table.insert().values(
                till=self._till,
                epoch=self._epoch,
                first=joined.first,
                last=joined.last,
                prev=joined.prev,
                hash=joined.hash,
            )
        )


def spans_on(connection: Connection, till: str, epoch: int) -> list[Span]:
    """Return what is held of a till's journal, in order."""
    table = schema.span
    found = connection.execute(
        sa.select(table.c.first, table.c.last, table.c.prev, table.c.hash)
        .where(table.c.till == till, table.c.epoch == epoch)
        .order_by(table.c.first)
    )
    return [Span(*row) for row in found]


def hash_at_on(connection: Connection, till: str, epoch: int, seq: int) -> bytes | None:
    """Return the hash of an entry that is held."""
    table = schema.entry
    found: bytes | None = connection.scalar(
        sa.select(table.c.hash).where(
            table.c.till == till, table.c.epoch == epoch, table.c.seq == seq
        )
    )
    return found
