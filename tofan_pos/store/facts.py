"""What a till's file holds, as facts, and the one transaction in which facts are added to it."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tofan_pos.domain.catalogue import Catalogue
from tofan_pos.domain.sale import Sale
from tofan_pos.store import rows
from tofan_pos.store.columns import insert

HEAD = "SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1"
_LAST_N = "SELECT n FROM sale WHERE series = ? ORDER BY n DESC LIMIT 1"
_SET_JOB = "UPDATE print_job SET state = ?, problem = ?, attempts = attempts + ? WHERE sale = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a till is, as its file says: `settings` are the profile's, as JSON-ready values."""

    till: str
    epoch: int
    install_id: str
    public_key: bytes
    key_guarded: bool
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A journal entry as stored. `at` is UTC to the second, as in its line."""

    seq: int
    kind: str
    at: str
    line: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class StoredSale:
    """A sale with its place in the journal and what became of its paper (empty: no printer)."""

    sale: Sale
    seq: int
    hash: bytes
    printed: str
    problem: str


@dataclass(frozen=True, slots=True)
class SearchRow:
    """What a product is found by."""

    code: str
    exact: str
    loose: str
    sort_th: str


@dataclass(frozen=True, slots=True)
class Writing:
    """One open transaction on the till's file."""

    _connection: sqlite3.Connection

    def head(self) -> EntryRow | None:
        """Return the last entry, without its line and kind, or None before the first."""
        found = self._connection.execute(HEAD).fetchone()
        return EntryRow(found[0], "", found[1], b"", found[2]) if found else None

    def append(self, entry: EntryRow) -> None:
        """Add an entry to the journal."""
        values = (entry.seq, entry.kind, entry.at, entry.line, entry.hash)
        self._add("journal", values)

    def next_n(self, series: str) -> int:
        """Return the number the next document of a series gets."""
        found = self._connection.execute(_LAST_N, (series,)).fetchone()
        return int(found[0]) + 1 if found else 1

    def add_sale(self, sale: Sale, seq: int, *, print_it: bool) -> None:
        """Add a sale, its lines and tenders, and the job of printing its receipt."""
        self._add("sale", rows.sale_row(sale, seq))
        self._add("sale_line", *rows.line_rows(sale, seq))
        self._add("tender", *rows.tender_rows(sale, seq))
        if print_it:
            self._add("print_job", (seq, "waiting", 0, ""))

    def set_identity(self, identity: Identity) -> None:
        """Write the till's one row of identity and settings, over any before."""
        settings = json.dumps(identity.settings, ensure_ascii=False, sort_keys=True)
        self._connection.execute("DELETE FROM profile")
        self._add(
            "profile",
            (
                1,
                identity.till,
                identity.epoch,
                identity.install_id,
                identity.public_key,
                identity.key_guarded,
                settings,
            ),
        )

    def replace_catalogue(self, catalogue: Catalogue, found_by: Sequence[SearchRow]) -> None:
        """Put a whole catalogue in the place of the one before."""
        laid_out: dict[str, list[rows.Values]] = {
            "picture": [(p.sha256, p.content) for p in catalogue.pictures],
            "producer_group": [(g.code, g.label.th, g.label.en) for g in catalogue.groups],
            "product": [rows.product_row(product) for product in catalogue.products],
            "product_search": [(f.code, f.exact, f.loose, f.sort_th) for f in found_by],
        }
        for table in reversed(laid_out):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        for table, values in laid_out.items():
            self._add(table, *values)
        # Counts catalogues, so that whoever keeps one in memory sees that it is an old one.
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        self._connection.execute(f"PRAGMA user_version = {(version + 1) % 2**31}")

    def set_print_state(self, seq: int, state: str, *, problem: str = "") -> None:
        """Note what became of a receipt: `waiting`, `sending`, `printed` or `unknown`."""
        tried = 1 if state == "sending" else 0
        self._connection.execute(_SET_JOB, (state, problem, tried, seq))

    def _add(self, table: str, *values: rows.Values) -> None:
        if len(values) == 1:
            self._connection.execute(insert(table), values[0])
        else:
            self._connection.executemany(insert(table), values)
