"""The one transaction in which facts are added to a till's file."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tofan_pos.domain.people import Staff
from tofan_pos.domain.published import Catalogue
from tofan_pos.domain.reversal import Reversal
from tofan_pos.domain.sale import Sale
from tofan_pos.domain.session import Session
from tofan_pos.store import dealings, incoming, people, published, reversal_rows, rows
from tofan_pos.store.columns import insert
from tofan_pos.store.dealings import EpochRow, HeadOffice
from tofan_pos.store.facts import EntryRow, Identity, SearchRow
from tofan_pos.store.reading import Reading

_LAST_N = "SELECT n FROM sale WHERE series = ? ORDER BY n DESC LIMIT 1"
_LAST_REFUND = "SELECT n FROM reversal WHERE series = ? ORDER BY n DESC LIMIT 1"
_SET_JOB = "UPDATE print_job SET state = ?, problem = ?, attempts = attempts + ? WHERE seq = ?"
_CLOSE = "UPDATE session SET closed = ?, grand_total = ? WHERE n = ?"


@dataclass(frozen=True, slots=True)
class Writing(Reading):
    """The one open write transaction on the till's file."""

    def append(self, entry: EntryRow) -> None:
        """Add an entry to the journal."""
        values = (entry.seq, entry.kind, entry.at, entry.line, entry.hash)
        self._add("journal", values)

    def next_n(self, series: str) -> int:
        """Return the number the next document of a series of sales gets."""
        found = self.connection.execute(_LAST_N, (series,)).fetchone()
        return int(found[0]) + 1 if found else 1

    def next_refund_n(self, series: str) -> int:
        """Return the number the next refund gets."""
        found = self.connection.execute(_LAST_REFUND, (series,)).fetchone()
        return int(found[0]) + 1 if found else 1

    def add_sale(self, sale: Sale, seq: int, *, unique: Sequence[str] = ()) -> None:
        """Add a sale, its lines and tenders; `unique` pieces of it are sold from now on."""
        self._add("sale", rows.sale_row(sale, seq))
        self._add("sale_line", *rows.line_rows(sale, seq))
        self._add("tender", *rows.tender_rows(sale, seq))
        if unique:
            self._add("sold_once", *((code, seq) for code in unique))

    def add_reversal(self, reversal: Reversal, seq: int) -> None:
        """Add a refund or a void; pieces that are one of a kind are for sale again."""
        self._add("reversal", reversal_rows.reversal_row(reversal, seq))
        self._add("reversal_line", *reversal_rows.reversal_line_rows(reversal, seq))
        self._add("reversal_tender", *reversal_rows.reversal_tender_rows(reversal, seq))
        self.connection.executemany(
            "DELETE FROM sold_once WHERE code = ?", [(line.code,) for line in reversal.lines]
        )

    def park(self, parked_id: str, seq: int) -> None:
        """Note that a basket was set aside by an entry."""
        self._add("parked", (parked_id, seq))

    def unpark(self, parked_id: str) -> bool:
        """Note that a parked basket was taken up again; tell whether it was there."""
        gone = self.connection.execute("DELETE FROM parked WHERE id = ?", (parked_id,))
        return gone.rowcount == 1

    def add_job(self, seq: int) -> None:
        """Have the paper of an entry printed."""
        self._add("print_job", (seq, "waiting", 0, ""))

    # --- the till session -----------------------------------------------------------------------

    def open_session(self, session: Session, *, grand_total: int) -> None:
        """Note that a session is open."""
        self._add("session", reversal_rows.session_row(session, grand_total=grand_total))

    def roll_date(self, n: int, business_date: str) -> None:
        """Let the open session's sales count for another day (ISO)."""
        self.connection.execute(
            "UPDATE session SET business_date = ? WHERE n = ?", (business_date, n)
        )

    def change_drawer(self, n: int, drawer: str) -> None:
        """Name the open session's drawer anew."""
        self.connection.execute("UPDATE session SET drawer = ? WHERE n = ?", (drawer, n))

    def close_session(self, n: int, seq: int, *, grand_total: int) -> None:
        """Note that a session was closed by an entry."""
        self.connection.execute(_CLOSE, (seq, grand_total, n))

    # --- people ---------------------------------------------------------------------------------

    def set_failures(self, code: str, failures: int, ticks: int) -> None:
        """Note wrong PINs in a row; nought forgives them."""
        self.connection.execute("DELETE FROM lockout WHERE code = ?", (code,))
        if failures:
            self._add("lockout", (code, failures, ticks))

    def set_staff(self, staff: Sequence[Staff]) -> None:
        """Put these in the place of everybody who worked here before."""
        self.connection.execute("DELETE FROM staff")
        self._add("staff", *people.staff_rows(staff))

    # --- epochs and head office -----------------------------------------------------------------

    def add_epoch(self, row: EpochRow) -> None:
        """Add an epoch that begins with the entry `row.first`."""
        dealings.add_epoch(self.connection, row)

    def mark_epoch(self, epoch: int) -> None:
        """Note that the computer was told of an epoch, outside this file."""
        dealings.mark_epoch(self.connection, epoch)

    def set_head_office(self, known: HeadOffice) -> None:
        """Keep what is known of head office, over what was."""
        dealings.set_head_office(self.connection, known)

    # --- identity, catalogue, papers ------------------------------------------------------------

    def set_identity(self, identity: Identity) -> None:
        """Write the till's one row of identity and settings, over any before."""
        settings = json.dumps(identity.settings, ensure_ascii=False, sort_keys=True)
        self.connection.execute("DELETE FROM profile")
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
        """Put a whole catalogue in the place of the one before; `set_prices` comes after it."""
        laid_out: dict[str, list[rows.Values]] = {
            "known_till": published.known_till_rows(catalogue.known_tills),
            "promotion": published.promotion_rows(catalogue.promotions),
            "tender_type": published.tender_type_rows(catalogue.tender_types),
            "producer_group": [(g.code, g.label.th, g.label.en) for g in catalogue.groups],
            "product": [rows.product_row(product) for product in catalogue.products],
            "product_search": [(f.code, f.exact, f.loose, f.sort_th) for f in found_by],
            "price": incoming.price_rows(catalogue),
            "rule": incoming.rule_rows(catalogue.rules),
        }
        incoming.write_anew(self.connection, laid_out)
        incoming.set_pictures(self.connection, catalogue.pictures)
        # Counts catalogues, so that whoever keeps one in memory sees that it is an old one.
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        self.connection.execute(f"PRAGMA user_version = {(version + 1) % 2**31}")

    def set_prices(self, day: str) -> None:
        """Let every product cost what it costs on a business date (ISO)."""
        incoming.set_prices(self.connection, day)

    def forget_stories(self, codes: Collection[str]) -> None:
        """Take the stories and pictures of products out of the file, to the last byte."""
        incoming.forget_stories(self.connection, codes)

    def keep_incoming(self, row: incoming.IncomingRow, content: bytes) -> None:
        """Keep a catalogue file that came."""
        incoming.keep_incoming(self.connection, row, content)

    def set_incoming(self, states: dict[int, str], *, problem: str = "") -> None:
        """Keep only some of the files that came, each with its new state."""
        incoming.set_incoming(self.connection, states, problem=problem)

    def empty_incoming(self, version: int) -> None:
        """Forget what is in a catalogue file, and keep that it came."""
        incoming.empty_incoming(self.connection, version)

    def tell_backup(self, path: str, at: str) -> None:
        """Note where a backup was put, and when (UTC)."""
        incoming.tell_backup(self.connection, path, at)

    def set_print_state(self, seq: int, state: str, *, problem: str = "") -> None:
        """Note what became of a paper: `waiting`, `sending`, `printed` or `unknown`."""
        tried = 1 if state == "sending" else 0
        self.connection.execute(_SET_JOB, (state, problem, tried, seq))

    def _add(self, table: str, *values: rows.Values) -> None:
        if len(values) == 1:
            self.connection.execute(insert(table), values[0])
        elif values:
            self.connection.executemany(insert(table), values)
