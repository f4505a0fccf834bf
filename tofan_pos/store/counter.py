"""The till's SQLite file: one transaction per fact, and short reads in between.

A `CounterStore` may be used from several threads; each block has a connection of its own. What
`writing()` yields is valid inside its block only.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tofan_pos.domain.errors import Trouble
from tofan_pos.domain.people import Staff
from tofan_pos.domain.session import Session
from tofan_pos.store import rows
from tofan_pos.store.columns import select
from tofan_pos.store.dealings import EpochRow, HeadOffice, epochs_on, head_office_on
from tofan_pos.store.facts import EntryRow, Identity, StoredSale
from tofan_pos.store.reading import HEAD, LINES, TENDERS, Reading
from tofan_pos.store.shelf import ShelfStore
from tofan_pos.store.till_file import GUARDS, NEWEST, TillFile, named
from tofan_pos.store.writing import Writing

FILE_NAME = "till.sqlite3"
_CHUNK = 2000
_ENDLESS = 2**62

_SALES = select("sale", "WHERE seq BETWEEN ? AND ?")
_REVERSALS = (
    select("reversal", "WHERE seq BETWEEN ? AND ?"),
    select("reversal_line", "WHERE reversal BETWEEN ? AND ? ORDER BY reversal, position"),
    select("reversal_tender", "WHERE reversal BETWEEN ? AND ? ORDER BY reversal, position"),
)
_DOCUMENTS = ("sale", "sale_line", "tender", "reversal", "reversal_line", "reversal_tender")
_SESSIONS = select("session", "ORDER BY n")
_ENTRIES = select("journal", "WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?")
_CHAINED = "SELECT seq, line, hash FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq"
_PROFILE = select("profile")
_VERSION = "SELECT version_num FROM alembic_version"


class CounterStore(ShelfStore):
    """The till's file, opened and at today's schema."""

    def __init__(self, path: Path) -> None:
        """Open an existing file. Raises `Trouble` where it is missing, damaged or too new."""
        self.path = path
        super().__init__(TillFile(path))
        self._check()

    @classmethod
    def create(cls, path: Path) -> "CounterStore":
        """Make a new, empty file."""
        from tofan_pos.store.migrate import make_till_file  # noqa: PLC0415 - see `till_file`

        # For its owner alone, and so is what SQLite writes beside it.
        path.touch(mode=0o600)
        make_till_file(path)
        return cls(path)

    def _check(self) -> None:
        """Refuse a file this program is too old for; bring an older one to today's schema."""
        try:
            with self._file.reading() as connection:
                found = connection.execute(_VERSION).fetchone()
        except (Trouble, sqlite3.Error):
            found = None  # whatever it is, `migrate` has the word for it
        if found == (NEWEST,):
            return
        from tofan_pos.store.migrate import check_till_file  # noqa: PLC0415 - see `till_file`

        self._file.close()
        check_till_file(self.path)
        self._file = TillFile(self.path)

    def close(self) -> None:
        """Give back every connection."""
        self._file.close()

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Open the one write transaction: committed at the end, rolled back on any error."""
        with self._file.writing() as connection:
            yield Writing(connection)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Open one short, steady look; a commit waits until it ends."""
        with self._file.reading() as connection:
            yield Reading(connection)

    # --- identity and journal -------------------------------------------------------------------

    def identity(self) -> Identity | None:
        """Return who this till is, or None where its set-up was cut short. Raises `Trouble`."""
        with self._file.reading() as connection:
            found = named(connection.execute(_PROFILE))
        if not found:
            return None
        row = found[0]
        return Identity(
            till=row.till,
            epoch=row.epoch,
            install_id=row.install_id,
            public_key=rows.key_of(row.public_key),
            key_guarded=bool(row.key_guarded),
            settings=rows.settings_of(row.settings),
        )

    def journal_size(self) -> tuple[int, str]:
        """Return the last entry's number and the first one's moment (0 and "" when empty)."""
        with self._file.reading() as connection:
            last = connection.execute(HEAD).fetchone()
            first = connection.execute("SELECT at FROM journal WHERE seq = 1").fetchone()
        return (last[0] if last else 0), (first[0] if first else "")

    def entries(self, after: int = 0, *, until: int | None = None) -> Iterator[EntryRow]:
        """Yield entries in order, read in pieces so that no commit waits for a long reader."""
        while True:
            with self._file.reading() as connection:
                piece = connection.execute(_ENTRIES, (after, until or _ENDLESS, _CHUNK)).fetchall()
            for values in piece:
                yield EntryRow(*values)
            if len(piece) < _CHUNK:
                return
            after = piece[-1][0]

    def lines(self, until: int, *, after: int = 0) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield number, line and hash of entries up to one, read in pieces as `entries` are."""
        for start in range(after, until, _CHUNK):
            span = (start, min(start + _CHUNK, until))
            with self._file.reading() as connection:
                piece = connection.execute(_CHAINED, span).fetchall()
            yield from piece

    def epochs(self) -> list[EpochRow]:
        """Return the till's epochs, oldest first."""
        with self._file.reading() as connection:
            return epochs_on(connection)

    def head_office(self) -> HeadOffice:
        """Return whom the till sends to, and what head office said last."""
        with self._file.reading() as connection:
            return head_office_on(connection)

    # --- sales ----------------------------------------------------------------------------------

    def sale_numbered(self, series: str, n: int) -> StoredSale | None:
        """Return the sale with a document number of this till."""
        with self.reading() as look:
            return look.sale_numbered(series, n)

    def sale_with_id(self, sale_id: str) -> StoredSale | None:
        """Return the sale with an id."""
        with self.reading() as look:
            return look.sale_with_id(sale_id)

    def sale_at(self, seq: int) -> StoredSale | None:
        """Return the sale that the entry `seq` tells of."""
        with self.reading() as look:
            return look.sale_at(seq)

    def last_sale(self) -> StoredSale | None:
        """Return the newest sale."""
        with self.reading() as look:
            return look.last_sale()

    def document_tables(self, first: int, last: int) -> dict[int, list[rows.Values]]:
        """Return all rows of the documents in a run of the journal: head, lines, then tenders."""
        with self._file.reading() as connection:
            found: dict[int, list[rows.Values]] = {}
            for part in (_SALES, LINES, TENDERS, *_REVERSALS):
                for row in connection.execute(part, (first, last)):
                    found.setdefault(row[0], []).append(row)
        return found

    def document_counts(self) -> dict[str, int]:
        """Return how many rows each table of documents holds."""
        with self._file.reading() as connection:
            return {
                table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
                for table in _DOCUMENTS
            }

    def sale_counts(self) -> tuple[int, int, int]:
        """Return how many rows the tables of sales, lines and tenders hold."""
        with self._file.reading() as connection:
            counts = [
                int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
                for table in ("sale", "sale_line", "tender")
            ]
        return counts[0], counts[1], counts[2]

    def is_guarded(self) -> bool:
        """Tell whether the triggers that keep facts are there as they were made, and no others."""
        with self._file.reading() as connection:
            found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return set(found) == GUARDS

    def is_sound(self) -> bool:
        """Tell whether SQLite finds its own file sound (`integrity_check`, indexes included)."""
        with self._file.reading() as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))

    def next_job(self) -> int | None:
        """Return the oldest entry whose paper waits for the printer."""
        with self._file.reading() as connection:
            # Named in full, the condition lets SQLite use the index of those that wait.
            found = connection.execute(
                "SELECT min(seq) FROM print_job WHERE state = 'waiting'"
            ).fetchone()
        return None if found[0] is None else int(found[0])

    def was_tried(self, seq: int) -> bool:
        """Tell whether the paper of an entry was sent to a printer before."""
        with self._file.reading() as connection:
            tried = "SELECT attempts FROM print_job WHERE seq = ?"
            found = connection.execute(tried, (seq,)).fetchone()
        return bool(found and found[0])

    def copy_to(self, path: Path) -> None:
        """Write a whole, tidy copy of the file as it stands now to a path where none is yet."""
        with self._file.alone() as connection:
            connection.execute("VACUUM INTO ?", (str(path),))

    def jobs_in(self, state: str) -> list[int]:
        """Return the entries whose papers are in a state, oldest first."""
        wanted = "SELECT seq FROM print_job WHERE state = ? ORDER BY seq"
        with self._file.reading() as connection:
            return [seq for (seq,) in connection.execute(wanted, (state,))]

    # --- the day --------------------------------------------------------------------------------

    def session(self) -> Session | None:
        """Return the open till session, or None where none is."""
        with self.reading() as look:
            return look.session()[0]

    def session_rows(self) -> list[rows.Values]:
        """Return the rows of all till sessions, oldest first."""
        with self._file.reading() as connection:
            return connection.execute(_SESSIONS).fetchall()

    def staff(self) -> list[Staff]:
        """Return everybody who works at the till, by code."""
        with self.reading() as look:
            return look.staff()

    def failures(self, code: str) -> tuple[int, int]:
        """Return somebody's wrong PINs in a row, and the tick of the last one."""
        with self.reading() as look:
            return look.failures(code)
