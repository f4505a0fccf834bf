"""What is held of one till: its epochs, unbroken spans of each, and what was kept apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tofan_pos.store import office_tables as schema
from tofan_pos.store.office_tills import EnrolledTill, epochs_on, keys_on, rows_on

_SPAN, _ENTRY, _APART, _TILL = schema.span, schema.entry, schema.quarantine, schema.office_till
_LOST = schema.lost
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Span:
    """An unbroken run of a till's journal: `prev` is the hash before it, `hash` its last."""

    first: int
    last: int
    prev: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one epoch's entries, both ends included; it may be empty."""

    epoch: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A file that was kept apart, as it contradicts what is held.

    `seq` is where it parts and `held` the hash that stands there instead, empty where nothing
    does. `sales` and `total` (satang, what came back taken off) count what it alone brought;
    `since` and `until` are the first and last business date of that, empty where it is nothing.
    """

    sha256: str
    till: str
    epoch: int
    first: int
    last: int
    prev: bytes
    hash: bytes
    seq: int
    held: bytes
    at: str
    sales: int
    total: int
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """A run that went with a till's file, as the epoch begun in its place tells.

    `hash` is its last entry's.
    """

    epoch: int
    first: int
    last: int
    hash: bytes


_COLUMNS = tuple(_APART.c[name] for name in Apart.__slots__)


@dataclass(frozen=True, slots=True)
class Chain:
    """One till's journals within an open transaction."""

    _connection: Connection
    till: str

    def epochs(self) -> list[EnrolledTill]:
        """Return every epoch that is known, oldest first."""
        return epochs_on(self._connection, self.till)

    def newest_key(self, epoch: int) -> bytes:
        """Return the key of an epoch that is in force, as far as its entries have come in."""
        return keys_on(self._connection, self.till, epoch)[-1][1]

    def spans(self) -> dict[int, list[Span]]:
        """Return what is held of every epoch, each in order."""
        found: dict[int, list[Span]] = {}
        rows = self._connection.execute(
            sa.select(_SPAN.c.epoch, _SPAN.c.first, _SPAN.c.last, _SPAN.c.prev, _SPAN.c.hash)
            .where(_SPAN.c.till == self.till)
            .order_by(_SPAN.c.epoch, _SPAN.c.first)
        )
        for epoch, first, last, prev, digest in rows:
            span = Span(first, last, bytes(prev), bytes(digest))
            found.setdefault(epoch, []).append(span)
        return found

    def hash_at(self, epoch: int, seq: int) -> bytes | None:
        """Return the hash of an entry that is held."""
        return hash_at_on(self._connection, self.till, epoch, seq)

    def apart(self) -> list[Apart]:
        """Return the files of this till that were kept apart, without what is in them."""
        return apart_on(self._connection, _APART.c.till == self.till)

    def apart_holding(self, seq: int, digest: bytes) -> list[Apart]:
        """Return the files kept apart in which an entry stands under this number and hash."""
        return apart_on(self._connection, _APART.c.till == self.till, stands(seq, digest))

    def lost(self) -> list[Lost]:
        """Return the runs of this till that its later epochs tell of as lost, in order."""
        return lost_on(self._connection).get(self.till, [])


@dataclass(frozen=True, slots=True)
class Journals:
    """What is held of every till, in the same few queries however many there are.

    `ends` are hashes of the entries before epochs and at the ends of lost runs, by till, epoch and
    number; `apart_ends` those, and of the entries before spans and at their ends, by a file that
    was kept apart and the number.
    """

    rows: list[EnrolledTill]
    spans: dict[tuple[str, int], list[Span]]
    apart: list[Apart]
    lost: dict[str, list[Lost]]
    ends: dict[tuple[str, int, int], bytes]
    apart_ends: dict[tuple[str, int], bytes]

    def hash_at(self, till: str, epoch: int, seq: int) -> bytes | None:
        """Return the hash of an entry before an epoch or at a lost run's end, where it is held."""
        return self.ends.get((till, epoch, seq))

    def apart_holding(self, till: str, seq: int, digest: bytes) -> list[Apart]:
        """Return a till's files that were kept apart in which such an entry stands, or ends one."""
        return [
            run
            for run in self.apart
            if run.till == till
            and digest in {self.apart_ends.get((run.sha256, seq)), _end_of(run, seq)}
        ]


def _end_of(run: Apart, seq: int) -> bytes | None:
    return run.hash if run.last == seq else None


def journals_on(connection: Connection) -> Journals:
    """Return what is held of every till."""
    rows, apart, lost = rows_on(connection), apart_on(connection), lost_on(connection)
    spans: dict[tuple[str, int], list[Span]] = {}
    for till, epoch, first, last, prev, digest in connection.execute(
        sa.select(
            *(_SPAN.c[name] for name in ("till", "epoch", "first", "last", "prev", "hash"))
        ).order_by(_SPAN.c.till, _SPAN.c.epoch, _SPAN.c.first)
    ):
        spans.setdefault((till, epoch), []).append(Span(first, last, bytes(prev), bytes(digest)))
    began = any(row.after for row in rows)
    ends = _ends(connection) if began or lost else {}
    apart_ends = _apart_ends(connection) if apart else {}
    return Journals(rows, spans, apart, lost, ends, apart_ends)


def _ends(connection: Connection) -> dict[tuple[str, int, int], bytes]:
    """Return the hashes of the entries before epochs, and of those at the ends of lost runs.

    Each of every epoch that holds an entry of such a number.
    """
    left = _TILL.alias("left")
    wanted = (
        sa.select(_ENTRY.c.till, _ENTRY.c.epoch, _ENTRY.c.seq, _ENTRY.c.hash)
        .select_from(_TILL)
        .join(left, sa.and_(left.c.till == _TILL.c.till, left.c.epoch < _TILL.c.epoch))
        .join(
            _ENTRY,
            sa.and_(
                _ENTRY.c.till == left.c.till,
                _ENTRY.c.epoch == left.c.epoch,
                _ENTRY.c.seq == _TILL.c.after,
            ),
        )
        .where(_TILL.c.after > 0)
    )
    lost = sa.select(_ENTRY.c.till, _ENTRY.c.epoch, _ENTRY.c.seq, _ENTRY.c.hash).join(
        _LOST,
        sa.and_(
            _LOST.c.till == _ENTRY.c.till,
            _LOST.c.epoch == _ENTRY.c.epoch,
            _LOST.c.last == _ENTRY.c.seq,
        ),
    )
    found = connection.execute(sa.union(wanted, lost))
    return {(row[0], row[1], row[2]): bytes(row[3]) for row in found}


def _apart_ends(connection: Connection) -> dict[tuple[str, int], bytes]:
    found: dict[tuple[str, int], bytes] = {}
    for table, seq in (
        (_TILL, _TILL.c.after),
        (_SPAN, _SPAN.c.first - 1),
        (_SPAN, sa.type_coerce(_SPAN.c.last, sa.BigInteger)),
        (_LOST, sa.type_coerce(_LOST.c.last, sa.BigInteger)),
    ):
        wanted = (
            sa.select(_APART.c.sha256, seq, _hash_in(seq))
            .join(table, table.c.till == _APART.c.till)
            .where(seq.between(_APART.c.first, _APART.c.last))
        )
        found |= {(row[0], row[1]): bytes(row[2]) for row in connection.execute(wanted)}
    return found


def apart_on(connection: Connection, *wanted: sa.ColumnElement[bool]) -> list[Apart]:
    """Return files that were kept apart, by till, epoch and place."""
    rows = connection.execute(
        sa.select(*_COLUMNS)
        .where(*wanted)
        .order_by(_APART.c.till, _APART.c.epoch, _APART.c.first, _APART.c.last, _APART.c.sha256)
    )
    blobs = ("prev", "hash", "held")
    return [
        Apart(**(row._asdict() | {name: bytes(getattr(row, name)) for name in blobs}))
        for row in rows
    ]


def stands(
    seq: int | sa.ColumnElement[int], digest: bytes | sa.ColumnElement[bytes]
) -> sa.ColumnElement[bool]:
    """Tell of a file that it holds an entry under this number and hash."""
    return sa.and_(_APART.c.first <= seq, _APART.c.last >= seq, _hash_in(seq) == digest)


def _hash_in(seq: int | sa.ColumnElement[int]) -> sa.ColumnElement[bytes]:
    """Return the hash of an entry in a file that was kept apart."""
    # Bytes are cut by plain integers, and a file holds fewer of them than these can count; how far
    # an entry is from another file, they could not.
    within = sa.and_(_APART.c.first <= seq, _APART.c.last >= seq)
    start = sa.cast(sa.case((within, (seq - _APART.c.first) * _DIGEST + 1), else_=1), sa.Integer)
    return sa.func.substr(_APART.c.hashes, start, _DIGEST, type_=sa.LargeBinary)


def hashes_apart(
    connection: Connection, till: str, epoch: int, *, first: int, last: int
) -> Iterator[tuple[int, bytes]]:
    """Yield the number and hash of every entry of an epoch that was kept apart within a stretch."""
    rows = connection.execute(
        sa.select(_APART.c.first, _APART.c.hashes).where(
            _APART.c.till == till,
            _APART.c.epoch == epoch,
            _APART.c.first <= last,
            _APART.c.last >= first,
        )
    )
    for begins, joined in rows:
        hashes = bytes(joined)
        for seq in range(max(first, begins), min(last, begins + len(hashes) // _DIGEST - 1) + 1):
            at = (seq - begins) * _DIGEST
            yield seq, hashes[at : at + _DIGEST]


def keep_apart(
    connection: Connection, run: Apart, *, hashes: Sequence[bytes], content: bytes
) -> None:
    """Keep a file apart, whole."""
    values = {name: getattr(run, name) for name in Apart.__slots__}
    connection.execute(_APART.insert().values(**values, hashes=b"".join(hashes), content=content))


def lost_on(connection: Connection) -> dict[str, list[Lost]]:
    """Return the runs that went with files, by till."""
    found: dict[str, list[Lost]] = {}
    for till, epoch, first, last, digest in connection.execute(
        sa.select(*(_LOST.c[name] for name in ("till", "epoch", "first", "last", "hash"))).order_by(
            _LOST.c.till, _LOST.c.epoch, _LOST.c.first, _LOST.c.last, _LOST.c.hash
        )
    ):
        found.setdefault(till, []).append(Lost(epoch, first, last, bytes(digest)))
    return found


def add_lost(connection: Connection, till: str, run: Lost) -> None:
    """Keep that a run was lost; of two that end alike, the one that begins lower."""
    same = sa.and_(_LOST.c.till == till, _LOST.c.epoch == run.epoch, _LOST.c.hash == run.hash)
    first = connection.scalar(sa.select(_LOST.c.first).where(same))
    if first is None:
        values = {"epoch": run.epoch, "first": run.first, "last": run.last, "hash": run.hash}
        connection.execute(_LOST.insert().values(till=till, **values))
    elif run.first < first:
        connection.execute(_LOST.update().where(same).values(first=run.first))


def spans_on(connection: Connection, till: str, epoch: int) -> list[Span]:
    """Return what is held of an epoch of a till's journal, in order."""
    found = connection.execute(
        sa.select(_SPAN.c.first, _SPAN.c.last, _SPAN.c.prev, _SPAN.c.hash)
        .where(_SPAN.c.till == till, _SPAN.c.epoch == epoch)
        .order_by(_SPAN.c.first)
    )
    return [Span(first, last, bytes(prev), bytes(end)) for first, last, prev, end in found]


def hash_at_on(connection: Connection, till: str, epoch: int, seq: int) -> bytes | None:
    """Return the hash of an entry that is held."""
    found = connection.scalar(
        sa.select(_ENTRY.c.hash).where(
            _ENTRY.c.till == till, _ENTRY.c.epoch == epoch, _ENTRY.c.seq == seq
        )
    )
    return None if found is None else bytes(found)
