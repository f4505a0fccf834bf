"""What a till's file keeps of its epochs and of head office, as facts and rows."""

import sqlite3
from dataclasses import dataclass

from tofan_pos.store.columns import insert, select
from tofan_pos.store.rows import readable

_EPOCHS = select("epoch", "ORDER BY epoch")
_OFFICE = select("head_office")
_NO_HASH = bytes(32)


@dataclass(frozen=True, slots=True)
class EpochRow:
    """An epoch of this till: its first entry, the install id and key it began with, and why.

    `marked` is whether the computer was told of it outside the till's file.
    """

    epoch: int
    first: int
    install_id: str
    public_key: bytes
    why: str
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadOffice:
    """Whom the till sends to, and what head office said last. No fact: it may change.

    `office_key` (32 bytes) is empty until people have compared fingerprints. `acked` is the last
    entry that head office holds, with everything before it, and `acked_hash` that entry's hash;
    `acked_at` is when it said so (UTC), `serial` its word's number. `parted` is an entry from
    which on it holds something else, nought where there is none. `catalogue` is the version in
    use, `newest_catalogue` the newest there is.
    """

    office_key: bytes = b""
    office: str = ""
    server: str = ""
    acked: int = 0
    acked_hash: bytes = _NO_HASH
    acked_at: str = ""
    serial: int = 0
    standing: str = "trusted"
    parted: int = 0
    paused: bool = False
    newest_catalogue: int = 0
    catalogue: int = 0


def epoch_at(seq: str) -> str:
    """Return the SQL of the epoch that an entry belongs to; `seq` is SQL of ours."""
    return f"(SELECT max(epoch.epoch) FROM epoch WHERE epoch.first <= {seq})"  # noqa: S608


def epochs_on(connection: sqlite3.Connection) -> list[EpochRow]:
    """Return the till's epochs, oldest first."""
    with readable():
        return [
            EpochRow(epoch, first, install_id, bytes(public_key), why, bool(marked))
            for epoch, first, install_id, public_key, why, marked in connection.execute(_EPOCHS)
        ]


def add_epoch(connection: sqlite3.Connection, row: EpochRow) -> None:
    """Add an epoch."""
    connection.execute(
        insert("epoch"),
        (row.epoch, row.first, row.install_id, row.public_key, row.why, row.marked),
    )


def mark_epoch(connection: sqlite3.Connection, epoch: int) -> None:
    """Note that the computer was told of an epoch."""
    connection.execute("UPDATE epoch SET marked = 1 WHERE epoch = ?", (epoch,))


def head_office_on(connection: sqlite3.Connection) -> HeadOffice:
    """Return what is known of head office; all empty before anything is."""
    with readable():
        found = connection.execute(_OFFICE).fetchone()
        if found is None:
            return HeadOffice()
        (_, key, office, server, acked, acked_hash, acked_at, serial, standing, *rest) = found
        parted, paused, newest, catalogue = rest
        return HeadOffice(
            office_key=bytes(key),
            office=office,
            server=server,
            acked=acked,
            acked_hash=bytes(acked_hash),
            acked_at=acked_at,
            serial=serial,
            standing=standing,
            parted=parted,
            paused=bool(paused),
            newest_catalogue=newest,
            catalogue=catalogue,
        )


def set_head_office(connection: sqlite3.Connection, known: HeadOffice) -> None:
    """Keep what is known of head office, over what was."""
    connection.execute("DELETE FROM head_office")
    connection.execute(
        insert("head_office"),
        (
            1,
            known.office_key,
            known.office,
            known.server,
            known.acked,
            known.acked_hash,
            known.acked_at,
            known.serial,
            known.standing,
            known.parted,
            known.paused,
            known.newest_catalogue,
            known.catalogue,
        ),
    )
