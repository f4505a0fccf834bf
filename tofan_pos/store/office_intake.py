"""What an intake writes at head office: all rows of a file, in the one transaction it has."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.store import office_tables as schema
from tofan_pos.store import office_tills as tills
from tofan_pos.store.bulk import Taken, insert_rows
from tofan_pos.store.office_chain import (
    Apart,
    Chain,
    Lost,
    Span,
    add_lost,
    hash_at_on,
    hashes_apart,
    keep_apart,
    spans_on,
)
from tofan_pos.store.office_tills import EnrolledTill

Values = tuple[Any, ...]
_SEQ, _ID, _NUMBER, _DOCUMENT = 2, 3, 4, 5
_SO_MANY = 400
"""How many values are asked for in one query."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A document of a file whose id, or number of a kind, another entry of its till has."""

    seq: int
    epoch: int
    held_seq: int


class Clashing(Exception):  # noqa: N818 - a finding; the intake knows what it means
    """Documents cannot be added beside those held; nothing of the file was."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        """Say which."""
        super().__init__(clashes)
        self.clashes = clashes


@dataclass(frozen=True, slots=True)
class TillIntake:
    """The open transaction on one till's journal; no other importer is in it meanwhile."""

    _connection: Connection
    till: str
    epoch: int

    @property
    def chain(self) -> Chain:
        """All that is held of the till."""
        return Chain(self._connection, self.till)

    def row(self) -> EnrolledTill | None:
        """Return the epoch that is written to."""
        return tills.epoch_on(self._connection, self.till, self.epoch)

    def add_epoch(self, row: EnrolledTill) -> bool:
        """Add an epoch that nobody enrolled; tell whether its key is nobody's yet."""
        return tills.add_epoch(self._connection, row)

    def change(self, **values: object) -> None:
        """Set columns of the epoch's row."""
        tills.change(self._connection, self.till, self.epoch, **values)

    def is_revoked(self, public_key: bytes) -> bool:
        """Tell whether a key is trusted no more."""
        signer = tills.signer_on(self._connection, public_key)
        return signer is not None and signer.standing == tills.REVOKED

    def own_keys(self) -> list[tuple[int, bytes]]:
        """Return the epoch's keys, each after the entry by which it was taken."""
        return tills.keys_on(self._connection, self.till, self.epoch)

    def add_key(self, public_key: bytes, *, since: int) -> bool:
        """Trust a key the till took at an entry; tell whether it is nobody's yet."""
        return tills.add_key(
            self._connection, public_key, till=self.till, epoch=self.epoch, since=since
        )

    def spans(self) -> list[Span]:
        """Return what is held of the journal, in order."""
        return spans_on(self._connection, self.till, self.epoch)

    def hash_at(self, seq: int) -> bytes | None:
        """Return the hash of an entry that is held."""
        return hash_at_on(self._connection, self.till, self.epoch, seq)

    def apart_holding(self, seq: int, digest: bytes) -> list[Apart]:
        """Return this epoch's files kept apart that hold an entry under this number and hash."""
        found = self.chain.apart_holding(seq, digest)
        return [run for run in found if run.epoch == self.epoch]

    def hashes_apart(self, *, first: int, last: int) -> Iterator[tuple[int, bytes]]:
        """Yield the number and hash of each of the epoch's entries kept apart in a stretch."""
        return hashes_apart(self._connection, self.till, self.epoch, first=first, last=last)

    def keep_apart(self, run: Apart, *, hashes: Sequence[bytes], content: bytes) -> None:
        """Keep a file apart, whole."""
        keep_apart(self._connection, run, hashes=hashes, content=content)

    def add_lost(self, runs: Iterable[Lost]) -> None:
        """Keep that runs of the till were lost with its file."""
        for run in runs:
            add_lost(self._connection, self.till, run)

    def add(
        self,
        *,
        entries: Sequence[Values],
        documents: Sequence[Values],
        lines: Sequence[Values],
        tenders: Sequence[Values],
    ) -> None:
        """Add rows that are not held yet; columns as in the schema's tables.

        Raises `Clashing` where the till has an id or a number already; then none was added.
        """
        try:
            with self._connection.begin_nested():
                insert_rows(self._connection, schema.office_sale, documents)
        except Taken as error:
            clashes = list(self._clashes(documents))
            if not clashes:
                # A file has one document to an id, and one of a kind to a number.
                raise Refusal(
                    Why.ENTRY_CONTRADICTS, seq=documents[0][_SEQ], till=self.till
                ) from error
            raise Clashing(clashes) from error
        insert_rows(self._connection, schema.entry, entries)
        insert_rows(self._connection, schema.office_line, lines)
        insert_rows(self._connection, schema.office_tender, tenders)

    def _clashes(self, documents: Sequence[Values]) -> Iterable[Clash]:
        table = schema.office_sale
        for start in range(0, len(documents), _SO_MANY):
            some = documents[start : start + _SO_MANY]
            ids = {row[_ID]: row[_SEQ] for row in some}
            numbers = {(row[_NUMBER], row[_DOCUMENT]): row[_SEQ] for row in some}
            found = self._connection.execute(
                sa.select(
                    table.c.epoch,
                    table.c.seq,
                    table.c.id,
                    table.c.number,
                    table.c.document,
                ).where(
                    # A number begins with its till's code: nobody else's is the same.
                    table.c.till == self.till,
                    sa.or_(
                        table.c.id.in_(ids),
                        table.c.number.in_([number for number, _ in numbers]),
                    ),
                )
            )
            for epoch, seq, own, number, document in found:
                named = numbers.get((number, document)) if epoch == self.epoch else None
                mine = ids.get(own) if named is None else named
                if mine is not None:
                    yield Clash(mine, epoch, seq)

    def name_groups(self, groups: Sequence[tuple[str, str, str, str]], *, latest: str) -> None:
        """Keep groups' labels (code, Thai, English, `told`), for each code those told last.

        `told` orders entries whatever order they come in, so every order ends in the same labels.
        It begins with a day, and one after `latest` is nobody's: it stands in no other's way.
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
                    where=sa.or_(
                        new.told > table.c.told,
                        sa.func.substr(table.c.told, 1, len(latest)) > latest,
                    ),
                )
            )

    def set_spans(self, gone: Sequence[Span], joined: Span) -> None:
        """Put one span in the place of those it joins."""
        table = schema.span
        mine = sa.and_(table.c.till == self.till, table.c.epoch == self.epoch)
        if gone:
            firsts = [span.first for span in gone]
            self._connection.execute(table.delete().where(mine, table.c.first.in_(firsts)))
        self._connection.execute(
            table.insert().values(
                till=self.till,
                epoch=self.epoch,
                first=joined.first,
                last=joined.last,
                prev=joined.prev,
                hash=joined.hash,
            )
        )
