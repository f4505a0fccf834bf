"""Head office as a house: over either database, put back from a backup, read from outside."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import psycopg
import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.util import LRUCache

from tofan_pos import app
from tofan_pos.store import office_tables as schema
from tofan_pos.store.engine import open_url
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_turned_away import TurnedAway
from tofan_pos.sync.sealed import unseal

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from tofan_pos.app import Office

_numbers = count(1)


class Database(Protocol):
    """Where head office keeps what it holds; a new one is empty, at today's schema."""

    url: str

    def save(self) -> object:
        """Make a backup, and return what `put_back` takes. Nobody has it open."""

    def put_back(self, saved: Any) -> None:
        """Put a backup in its place."""

    def drop(self) -> None:
        """Take everything away."""


class SqliteFile:
    """A SQLite file, made by copying an empty one."""

    def __init__(self, folder: Path, empty: Path) -> None:
        self._file = folder / "office.db"
        shutil.copy(empty, self._file)
        self.url = f"sqlite:///{self._file}"

    def save(self) -> Path:
        """Copy the file."""
        return Path(shutil.copy(self._file, self._file.with_name(f"office-{next(_numbers)}.bak")))

    def put_back(self, saved: Path) -> None:
        """Copy it back."""
        shutil.copy(saved, self._file)

    def drop(self) -> None:
        """Leave it to its folder's end."""


class PostgresDatabase:
    """A database of a running PostgreSQL; backups are databases too."""

    def __init__(self, server: str) -> None:
        self._plain = server.replace("+psycopg", "")
        self._made: list[str] = []
        self._name = self._new()
        self.url = server.replace("/postgres?", f"/{self._name}?")
        OfficeStore.create(self.url).close()

    def save(self) -> str:
        """Make a database like this one."""
        return self._new(template=self._name)

    def put_back(self, saved: str) -> None:
        """Make this one like a saved one."""
        self._drop(self._name)
        self._make(self._name, template=saved)

    def drop(self) -> None:
        """Take all of them away."""
        for name in self._made:
            self._drop(name)

    def _new(self, template: str = "template1") -> str:
        name = f"house_{next(_numbers)}"
        self._make(name, template=template)
        self._made.append(name)
        return name

    def _make(self, name: str, *, template: str) -> None:
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)

    def _drop(self, name: str) -> None:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self._plain, autocommit=True) as server:
            server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@dataclass(frozen=True, slots=True)
class Document:
    """A row that money is added up from."""

    place: tuple[str, int, int]
    id: str
    number: str
    kind: str
    share: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """What lies in the database: entries and documents, epochs, and files kept apart."""

    ledger: dict[tuple[str, int, int], bytes]
    documents: list[Document]
    epochs: list[tuple[str, int, int, str]]
    """Till, epoch, the entry before its first, and that entry's hash."""
    apart: dict[str, bytes]
    apart_sums: tuple[int, int]
    """How many sales, and what total, the files kept apart say they alone brought."""
    keys: dict[bytes, tuple[str, int]]


@dataclass
class Mind:
    """What head office should know: it is put back together with the database."""

    held: set[bytes] = field(default_factory=set)
    """Hashes of the entries of every file that was taken, kept apart or not."""
    apart: dict[str, bytes] = field(default_factory=dict)
    turned_away: dict[tuple[bytes, str, int], TurnedAway] = field(default_factory=dict)
    """How far the files on sticks went that were not taken in, by key, till and epoch."""

    def turn_away(self, one: TurnedAway) -> None:
        """Learn of a file that was not taken in."""
        key = (one.public_key, one.till, one.epoch)
        before = self.turned_away.get(key)
        if before is None or one.last > before.last or before.hash in self.held:
            self.turned_away[key] = one

    def copy(self) -> "Mind":
        """Return the same, to be changed apart."""
        return Mind(self.held.copy(), self.apart.copy(), self.turned_away.copy())


class House:
    """Head office over a database, and what it should hold."""

    def __init__(self, database: Database, folder: Path, clock: Callable[[], datetime]) -> None:
        self._database, self._folder, self._clock = database, folder, clock
        self.mind = Mind()
        self.copies: list[tuple[object, Mind]] = []
        self.office: Office
        self._engine: Engine
        self._open()

    def _open(self) -> None:
        self.office = app.build_office(
            self._database.url, clock=self._clock, folder=self._folder / "keys"
        )
        self._engine = open_url(self._database.url)
        for engine in (self._engine, self.office.store._engine):  # noqa: SLF001
            # What was compiled for one history need not be compiled again for the next.
            engine._compiled_cache = _compiled(engine.name)  # type: ignore[assignment]  # noqa: SLF001

    def close(self) -> None:
        """Give the database back."""
        self.office.store.close()
        self._engine.dispose()

    def end(self) -> None:
        """Close, and take everything away."""
        self.close()
        self._database.drop()

    def restart(self) -> None:
        """End the program, and begin it again."""
        self.close()
        self._open()

    def back_up(self) -> None:
        """Make a backup."""
        self.close()
        self.copies.append((self._database.save(), self.mind.copy()))
        self._open()

    def put_back(self, n: int) -> None:
        """Put a backup in the database's place: all later is gone."""
        saved, mind = self.copies[n]
        self.close()
        self._database.put_back(saved)
        self.mind = mind.copy()
        self._open()

    def read(self) -> Holdings:
        """Read what is there, with nothing of ours between."""
        entry, sale, till = schema.entry.c, schema.office_sale.c, schema.office_till.c
        apart, key = schema.quarantine.c, schema.till_key.c
        with self._engine.connect() as connection, connection.begin():
            rows = connection.execute(sa.select(entry.till, entry.epoch, entry.seq, entry.hash))
            ledger = {(t, e, s): bytes(h) for t, e, s, h in rows}
            documents = [
                Document((t, e, s), *rest)
                for t, e, s, *rest in connection.execute(
                    sa.select(
                        *(sale.till, sale.epoch, sale.seq),
                        *(sale.id, sale.number, sale.document, sale.share),
                    )
                )
            ]
            tills = connection.execute(
                sa.select(till.till, till.epoch, till.after, till.after_hash, till.public_key)
            ).all()
            files = connection.execute(
                sa.select(apart.sha256, apart.content, apart.sales, apart.total)
            ).all()
            later = connection.execute(sa.select(key.public_key, key.till, key.epoch)).all()
        keys = {bytes(k): (t, e) for t, e, _, _, k in tills}
        return Holdings(
            ledger=ledger,
            documents=documents,
            epochs=sorted((t, e, after, digest) for t, e, after, digest, _ in tills),
            apart={digest: bytes(content) for digest, content, _, _ in files},
            apart_sums=(sum(row.sales for row in files), sum(row.total for row in files)),
            keys=keys | {bytes(k): (t, e) for k, t, e in later},
        )


@lru_cache
def _compiled(_dialect: str) -> LRUCache[object, object]:
    return LRUCache(2_000)


@lru_cache(maxsize=512)
def hashes_in(content: bytes) -> tuple[bytes, ...]:
    """Return the hashes of a sync file's entries, in order."""
    return tuple(unseal(content).hashes())
