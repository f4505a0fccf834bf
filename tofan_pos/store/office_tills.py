"""Rows on tills at head office: every epoch and its keys, and requests that wait for people."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.store import office_tables as schema

_TILL, _KEY, _REQUEST = schema.office_till, schema.till_key, schema.request

_KEY_BYTES = 32

TRUSTED, REVOKED, UNKNOWN = "trusted", "revoked", "unknown"
"""How a till's epoch stands. Unknown: a later epoch vouches for its entries, but nobody ever
compared its own key. Whose that is is hearsay then, and keeps it from nobody who proves it."""


def stand_in(till: str, epoch: int, public_key: bytes) -> bytes:
    """Return what an epoch keeps in the place of a key that it does not hold: no key of anybody's.

    By it the epoch still knows the key that it is said to have begun with. No key is so long.
    """
    return b"\0" + sha256(f"tofan key of hearsay {till} {epoch}\n".encode() + public_key).digest()


@dataclass(frozen=True, slots=True)
class EnrolledTill:
    """An epoch of a till, the key it began with, and when it was heard last.

    `after` is the entry before its first, `after_hash` that entry's hash in hex; `before` is the
    epoch which that entry stands in, nought until the epoch's first entry has come in.
    """

    till: str
    epoch: int
    install_id: str
    public_key: bytes
    enrolled_at: str
    after: int = 0
    after_hash: str = "0" * 64
    before: int = 0
    why: str = "first"
    standing: str = TRUSTED
    retired_at: str = ""
    heard_at: str = ""
    told_head: int = 0
    program: str = ""
    catalogue: int = 0
    serial: int = 0

    def began_with(self, public_key: bytes) -> bool:
        """Tell whether it is said to have begun with a key, whoever holds that now."""
        return self.public_key in {public_key, stand_in(self.till, self.epoch, public_key)}

    def admit(self, public_key: bytes, *, after: int, after_hash: str) -> None:
        """Refuse a request for this epoch with another key or beginning, or for a revoked one.

        Raises `Refusal(ALREADY_ENROLLED | KEY_REVOKED)`.
        """
        same = (self.after, self.after_hash) == (after, after_hash)
        if not (same and self.began_with(public_key)):
            raise Refusal(Why.ALREADY_ENROLLED, till=self.till)
        if self.standing == REVOKED:
            raise Refusal(Why.KEY_REVOKED, till=self.till)


_COLUMNS = tuple(_TILL.c[name] for name in EnrolledTill.__slots__)


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose a key is: it was taken at the entry `since`, nought where the epoch began with it."""

    till: str
    epoch: int
    since: int
    standing: str

    @property
    def is_hearsay(self) -> bool:
        """Whether it never proved anything: a later key of its till only told of it."""
        return self.standing == UNKNOWN and not self.since


def distrust(signer: Signer | None, till: str, epoch: int, *, known: str | None) -> Why | None:
    """Return why nothing that a key signs of a till's epoch is taken in, None where it is.

    It must be a key of that epoch, or of a later one of the same till. `known` is how the epoch
    stands, None where nobody has heard of it.
    """
    if signer is None or signer.till != till or signer.epoch < epoch:
        return Why.NOT_ENROLLED if known in {None, UNKNOWN} else Why.KEY_DIFFERS
    if signer.standing == REVOKED:
        return Why.KEY_REVOKED
    return Why.NOT_ENROLLED if signer.standing == UNKNOWN else None


def lock_till(connection: Connection, till: str) -> None:
    """Let nobody else write about a till until this transaction ends; SQLite has one writer."""
    if connection.dialect.name != "sqlite":
        number = int.from_bytes(sha256(f"tofan till {till}".encode()).digest()[:8], signed=True)
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


def rows_on(connection: Connection, *wanted: sa.ColumnElement[bool]) -> list[EnrolledTill]:
    """Return epochs, by till and number."""
    found = connection.execute(
        sa.select(*_COLUMNS).where(*wanted).order_by(_TILL.c.till, _TILL.c.epoch)
    )
    return [_till_of(row) for row in found]


def epochs_on(connection: Connection, till: str) -> list[EnrolledTill]:
    """Return every epoch of a till that is known, oldest first."""
    return rows_on(connection, _TILL.c.till == till)


def epoch_on(connection: Connection, till: str, epoch: int) -> EnrolledTill | None:
    """Return one epoch of a till."""
    found = rows_on(connection, _TILL.c.till == till, _TILL.c.epoch == epoch)
    return found[0] if found else None


def signer_on(connection: Connection, public_key: bytes) -> Signer | None:
    """Return whose a key is, in one query; None for a stranger's."""
    began = sa.select(_TILL.c.till, _TILL.c.epoch, sa.literal(0), _TILL.c.standing).where(
        _TILL.c.public_key == public_key
    )
    took = (
        sa.select(_KEY.c.till, _KEY.c.epoch, _KEY.c.since, _TILL.c.standing)
        .join(_TILL, sa.and_(_TILL.c.till == _KEY.c.till, _TILL.c.epoch == _KEY.c.epoch))
        .where(_KEY.c.public_key == public_key)
    )
    row = connection.execute(sa.union_all(began, took)).first()
    return Signer(*row) if row else None


def keys_on(connection: Connection, till: str, epoch: int) -> list[tuple[int, bytes]]:
    """Return the keys of an epoch, each after the entry by which it was taken, oldest first."""
    began = sa.select(sa.literal(0), _TILL.c.public_key).where(
        _TILL.c.till == till, _TILL.c.epoch == epoch
    )
    took = sa.select(_KEY.c.since, _KEY.c.public_key).where(
        _KEY.c.till == till, _KEY.c.epoch == epoch
    )
    found = connection.execute(sa.union_all(began, took))
    return sorted((since, bytes(key)) for since, key in found)


def add_epoch(connection: Connection, row: EnrolledTill) -> bool:
    """Add an epoch; tell whether its key is nobody's yet. Nothing was added where it is not.

    Of two tills that are only said to have begun with a key, the first keeps it.
    """
    values = {name: getattr(row, name) for name in EnrolledTill.__slots__}
    holder = signer_on(connection, row.public_key)
    if holder is not None and holder.is_hearsay and row.standing == UNKNOWN:
        values["public_key"] = stand_in(row.till, row.epoch, row.public_key)
    elif not _is_free(connection, row.public_key, holder):
        return False
    try:
        with connection.begin_nested():
            connection.execute(_TILL.insert().values(**values))
    except sa.exc.IntegrityError:
        return False
    return True


def add_key(
    connection: Connection, public_key: bytes, *, till: str, epoch: int, since: int
) -> bool:
    """Add a key that an epoch took, and signed for; tell whether it is nobody's yet."""
    if not _is_free(connection, public_key, signer_on(connection, public_key)):
        return False
    try:
        with connection.begin_nested():
            connection.execute(
                _KEY.insert().values(public_key=public_key, till=till, epoch=epoch, since=since)
            )
    except sa.exc.IntegrityError:
        return False
    return True


def _is_free(connection: Connection, public_key: bytes, holder: Signer | None) -> bool:
    """Tell whether a key can be held by whoever proves it; who has it by hearsay lets it go."""
    if holder is None:
        return True
    if not holder.is_hearsay:
        return False
    let_go = stand_in(holder.till, holder.epoch, public_key)
    change(connection, holder.till, holder.epoch, public_key=let_go)
    return True


def decide_on(connection: Connection, row: EnrolledTill, values: dict[str, str]) -> None:
    """Set what people decided on an epoch. One that is revoked holds no key by hearsay."""
    kept = row.public_key
    if row.standing == UNKNOWN and len(kept) == _KEY_BYTES and "standing" in values:
        kept = stand_in(row.till, row.epoch, kept)
    change(connection, row.till, row.epoch, public_key=kept, **values)


def change(connection: Connection, till: str, epoch: int, **values: object) -> None:
    """Set columns of an epoch."""
    connection.execute(
        _TILL.update().where(_TILL.c.till == till, _TILL.c.epoch == epoch).values(**values)
    )


def enrol_on(connection: Connection, row: EnrolledTill) -> bool:
    """Trust a till's key; tell whether that is new. Raises `Refusal(ALREADY_ENROLLED)`."""
    lock_till(connection, row.till)
    connection.execute(_REQUEST.delete().where(_REQUEST.c.public_key == row.public_key))
    known = epoch_on(connection, row.till, row.epoch)
    if known is None:
        if not add_epoch(connection, row):
            raise Refusal(Why.ALREADY_ENROLLED, till=row.till)
        return True
    known.admit(row.public_key, after=row.after, after_hash=row.after_hash)
    if known.standing != UNKNOWN:
        return False
    if not _is_free(connection, row.public_key, signer_on(connection, row.public_key)):
        raise Refusal(Why.ALREADY_ENROLLED, till=row.till)
    # Its entries came in on a later key's word; now people have compared this one too.
    change(
        connection,
        row.till,
        row.epoch,
        standing=TRUSTED,
        public_key=row.public_key,
        enrolled_at=row.enrolled_at,
        install_id=row.install_id,
    )
    return True


def add_request(  # noqa: PLR0913 - the columns of a row
    connection: Connection, *, public_key: bytes, till: str, epoch: int, at: str, content: bytes
) -> None:
    """Keep a request for a person, over the same one."""
    made = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    insert = made(_REQUEST).values(
        public_key=public_key, till=till, epoch=epoch, at=at, content=content
    )
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=[_REQUEST.c.public_key, _REQUEST.c.till, _REQUEST.c.epoch],
            set_={"at": insert.excluded.at, "content": insert.excluded.content},
        )
    )


def requests_on(connection: Connection) -> list[tuple[str, bytes]]:
    """Return the requests that wait and when each came, oldest first."""
    found = connection.execute(
        sa.select(_REQUEST.c.at, _REQUEST.c.content).order_by(
            _REQUEST.c.at, _REQUEST.c.till, _REQUEST.c.epoch, _REQUEST.c.public_key
        )
    )
    return [(at, bytes(content)) for at, content in found]


def asking_on(connection: Connection) -> list[tuple[str, int]]:
    """Return the tills whose requests wait, each with its epoch, by code and number."""
    names = (_REQUEST.c.till, _REQUEST.c.epoch)
    found = connection.execute(sa.select(*names).distinct().order_by(*names))
    return [(till, epoch) for till, epoch in found]


def drop_requests(connection: Connection, keys: Iterable[bytes]) -> int:
    """Forget requests by their keys; return how many there were."""
    return sum(
        connection.execute(_REQUEST.delete().where(_REQUEST.c.public_key == key)).rowcount
        for key in keys
    )


def drop_requests_before(connection: Connection, at: str) -> None:
    """Forget the requests that have waited since before a moment."""
    connection.execute(_REQUEST.delete().where(_REQUEST.c.at < at))


def requests_waiting(connection: Connection) -> int:
    """Return how many requests wait."""
    return connection.scalar(sa.select(sa.func.count()).select_from(_REQUEST)) or 0


def _till_of(row: sa.Row[Any]) -> EnrolledTill:
    values = row._asdict()
    return EnrolledTill(**(values | {"public_key": bytes(values["public_key"])}))
