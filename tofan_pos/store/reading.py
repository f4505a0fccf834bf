"""One steady look into a till's file: what a verb asks in its transaction, and a screen outside."""

import sqlite3
from dataclasses import dataclass

from tofan_pos.domain.people import Staff
from tofan_pos.domain.promotion import Promotion
from tofan_pos.domain.published import Told
from tofan_pos.domain.reversal import GivenBack, Reversal
from tofan_pos.domain.rules import Rules
from tofan_pos.domain.sale import TenderType
from tofan_pos.domain.session import Session
from tofan_pos.store import day, incoming, people, published, rows
from tofan_pos.store.columns import COLUMNS, select
from tofan_pos.store.dealings import EpochRow, HeadOffice, epoch_at, epochs_on, head_office_on
from tofan_pos.store.facts import EntryRow, StoredReversal, StoredSale, Unsent
from tofan_pos.store.till_file import named

HEAD = "SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1"
_SALE = f"""
SELECT {", ".join(f'sale."{column}"' for column in COLUMNS["sale"])},
    journal.hash, print_job.state, print_job.problem, profile.till,
    {epoch_at("sale.seq")} AS epoch
FROM sale
JOIN journal ON journal.seq = sale.seq
JOIN profile ON profile.id = 1
LEFT JOIN print_job ON print_job.seq = sale.seq
"""  # noqa: S608 - our own names
LINES = select("sale_line", "WHERE sale BETWEEN ? AND ? ORDER BY sale, position")
TENDERS = select("tender", "WHERE sale BETWEEN ? AND ? ORDER BY sale, position")
_ENTRY = select("journal", "WHERE seq = ?")
_REVERSAL = """
SELECT reversal.seq, journal.hash, coalesce(print_job.state, ''), coalesce(print_job.problem, '')
FROM reversal JOIN journal USING (seq) LEFT JOIN print_job USING (seq)
"""
_REFERENCE = """
SELECT 1 FROM tender JOIN sale ON sale.seq = tender.sale
WHERE tender.code = ? AND tender.reference = ? AND tender.reference != '' AND NOT EXISTS (
    SELECT 1 FROM reversal WHERE kind = 'void' AND reversal.series = sale.series
    AND reversal.n = sale.n
) LIMIT 1
"""
_PARKED = """
SELECT journal.seq, journal.line FROM parked JOIN journal USING (seq) ORDER BY journal.seq
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """An open transaction, valid inside its block only. `connection` is the store's own affair."""

    connection: sqlite3.Connection

    # --- the journal ----------------------------------------------------------------------------

    def head(self) -> EntryRow | None:
        """Return the last entry, without its line and kind, or None before the first."""
        found = self.connection.execute(HEAD).fetchone()
        return EntryRow(found[0], "", found[1], b"", found[2]) if found else None

    def entry_at(self, seq: int) -> EntryRow | None:
        """Return one entry."""
        found = self.connection.execute(_ENTRY, (seq,)).fetchone()
        return EntryRow(*found) if found else None

    def events(
        self, *kinds: str, after: int = 0, until: int = day.ENDLESS, newest: int = 0
    ) -> list[day.Event]:
        """Return entries of kinds, never sales, oldest first; `newest` many of the last ones."""
        return day.events_on(self.connection, kinds, after=after, until=until, newest=newest)

    def epoch(self) -> int:
        """Return the epoch the till is in now; nought while it is being set up."""
        found = self.connection.execute("SELECT epoch FROM profile").fetchone()
        return int(found[0]) if found else 0

    def epochs(self) -> list[EpochRow]:
        """Return the till's epochs, oldest first."""
        return epochs_on(self.connection)

    def head_office(self) -> HeadOffice:
        """Return whom the till sends to, and what head office said last."""
        return head_office_on(self.connection)

    def unsent(self) -> Unsent:
        """Return what head office has not acknowledged."""
        known = head_office_on(self.connection)
        last = self.connection.execute(HEAD).fetchone()
        first = self.connection.execute(
            "SELECT at FROM journal WHERE seq = ?", (known.acked + 1,)
        ).fetchone()
        written = (
            "SELECT count(*) FROM journal WHERE kind != 'sale' AND kind = 'exported' AND seq > ?"
        )
        (told,) = self.connection.execute(written, (known.acked,)).fetchone()
        end = int(last[0]) if last else 0
        return Unsent(
            acked=known.acked,
            last=end,
            count=max(end - known.acked - told, 0),
            oldest=first[0] if first else "",
            acked_at=known.acked_at,
        )

    # --- documents ------------------------------------------------------------------------------

    def sale_numbered(self, series: str, n: int) -> StoredSale | None:
        """Return the sale with a document number of this till."""
        return self._sale("WHERE sale.series = ? AND sale.n = ?", series, n)

    def sale_with_id(self, sale_id: str) -> StoredSale | None:
        """Return the sale with an id."""
        return self._sale("WHERE sale.id = ?", sale_id)

    def sale_at(self, seq: int) -> StoredSale | None:
        """Return the sale that the entry `seq` tells of."""
        return self._sale("WHERE sale.seq = ?", seq)

    def last_sale(self) -> StoredSale | None:
        """Return the newest sale."""
        return self._sale("ORDER BY sale.seq DESC LIMIT 1")

    def last_sale_seq(self) -> int:
        """Return the newest sale's entry, or nought before the first."""
        found = self.connection.execute("SELECT max(seq) FROM sale").fetchone()
        return int(found[0] or 0)

    def _sale(self, which: str, *values: str | int) -> StoredSale | None:
        found = named(self.connection.execute(f"{_SALE} {which}", values))
        if not found:
            return None
        row = found[0]
        lines = named(self.connection.execute(LINES, (row.seq, row.seq)))
        tenders = named(self.connection.execute(TENDERS, (row.seq, row.seq)))
        sale = rows.sale_of(row, lines, tenders, till=row.till, epoch=row.epoch)
        return StoredSale(sale, row.seq, row.hash, row.state or "", row.problem or "")

    def reversal_at(self, seq: int) -> StoredReversal | None:
        """Return the refund or void that an entry tells of."""
        return self._reversal("reversal.seq = ?", seq)

    def refund_numbered(self, series: str, n: int) -> StoredReversal | None:
        """Return the refund with a number of this till."""
        wanted = "reversal.kind = 'refund' AND reversal.series = ? AND reversal.n = ?"
        return self._reversal(wanted, series, n)

    def _reversal(self, which: str, *values: str | int) -> StoredReversal | None:
        row = self.connection.execute(f"{_REVERSAL} WHERE {which}", values).fetchone()
        reversal = None if row is None else day.reversal_at_on(self.connection, row[0])
        return None if reversal is None else StoredReversal(reversal, *row)

    def reversals_of(self, number: str) -> list[Reversal]:
        """Return the refunds and the void of a sale, oldest first."""
        return day.reversals_on(self.connection, number)

    def given_back(self, number: str) -> dict[int, GivenBack]:
        """Return what has come back of a sale, by line."""
        return day.given_back_on(self.connection, number)

    def is_sold(self, code: str) -> bool:
        """Tell whether a piece that is one of a kind was sold here and has not come back."""
        return day.is_sold_on(self.connection, code)

    def is_reference_used(self, code: str, reference: str) -> bool:
        """Tell whether a tender with that reference was taken in a sale that stands."""
        found = self.connection.execute(_REFERENCE, (code, reference))
        return found.fetchone() is not None

    def find_sales(self, wanted: day.Wanted, *, limit: int) -> list[day.Found]:
        """Return sales that fit, newest first."""
        return day.find_sales_on(self.connection, wanted, limit=limit)

    def documents_of_session(self, closed: int) -> list[day.Document]:
        """Return the documents of the session that an entry closed, in order."""
        opened = self.connection.execute("SELECT seq FROM session WHERE closed = ?", (closed,))
        row = opened.fetchone()
        return day.documents_on(self.connection, row[0], closed) if row else []

    # --- the till session -----------------------------------------------------------------------

    def session(self) -> tuple[Session | None, int, int]:
        """Return the open session, the last one's number, and the grand total before it."""
        return day.session_on(self.connection)

    def sums(self, first: int, last: int) -> day.DaySums:
        """Add up the documents of the entries `first` to `last`."""
        return day.sums_on(self.connection, first, last)

    def parked(self) -> list[day.Event]:
        """Return the entries of the baskets that are set aside, oldest first."""
        return [day.Event(*row) for row in self.connection.execute(_PARKED)]

    # --- people and what is published -----------------------------------------------------------

    def staff(self) -> list[Staff]:
        """Return everybody who works at the till, by code."""
        return people.staff_on(self.connection)

    def failures(self, code: str) -> tuple[int, int]:
        """Return somebody's wrong PINs in a row, and the tick of the last one."""
        return people.failures_on(self.connection, code)

    def promotions(self) -> tuple[Promotion, ...]:
        """Return every promotion of the catalogue."""
        return published.promotions_on(self.connection)

    def tender_types(self) -> tuple[TenderType, ...]:
        """Return the tenders beside cash, in the catalogue's order."""
        return published.tender_types_on(self.connection)

    def keys_of_till(self, till: str, epoch: int) -> tuple[bytes, ...]:
        """Return the public keys of an epoch of another till; none where it is not known here."""
        return published.keys_of_till_on(self.connection, till, epoch)

    def rules(self) -> Rules:
        """Return the share policies, VAT rates and heads of papers, each from a date on."""
        return incoming.rules_on(self.connection)

    def is_priced_on(self, day: str) -> bool:
        """Tell whether every product costs what it costs on a business date (ISO)."""
        return incoming.is_priced_on(self.connection, day)

    def told(self) -> dict[str, Told]:
        """Return what the products tell and show, by their codes."""
        return incoming.told_on(self.connection)

    def over(self, day: str) -> tuple[str, ...]:
        """Return the codes of the products whose story's lease is over on a day (ISO)."""
        return incoming.over_on(self.connection, day)

    def incoming(self) -> list[incoming.IncomingRow]:
        """Return the catalogue files that came, oldest version first."""
        return incoming.incoming_on(self.connection)

    def incoming_content(self, version: int) -> bytes:
        """Return a catalogue file's bytes, empty where they are not kept."""
        return incoming.content_on(self.connection, version)

    def backups(self) -> list[tuple[str, str]]:
        """Return where backups were put, and when (UTC), oldest first."""
        return incoming.backups_on(self.connection)
