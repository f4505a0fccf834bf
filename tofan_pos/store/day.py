"""What the till's file tells of its sessions: events, sums over a stretch of the journal, refunds.

Each function takes an open connection, so that a verb may ask inside its own transaction what a
screen asks outside of one.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tofan_pos.domain.report import Sums
from tofan_pos.domain.reversal import GivenBack, Reversal
from tofan_pos.domain.sale import TenderKind
from tofan_pos.domain.session import Session
from tofan_pos.store import reversal_rows
from tofan_pos.store.columns import select
from tofan_pos.store.dealings import epoch_at
from tofan_pos.store.till_file import named

ENDLESS = 2**62

_SESSION = select("session", "ORDER BY n DESC LIMIT 1")
_REVERSALS = select("reversal", "WHERE of = ? ORDER BY seq")
_REVERSAL_AT = select("reversal", "WHERE seq = ?")
_REVERSAL_LINES = select("reversal_line", "WHERE reversal = ? ORDER BY position")
_REVERSAL_TENDERS = select("reversal_tender", "WHERE reversal = ? ORDER BY position")
_GIVEN_BACK = """
SELECT line.line, sum(line.quantity), sum(line.paid), sum(line.vat), sum(line.share)
FROM reversal JOIN reversal_line AS line ON line.reversal = reversal.seq
WHERE reversal.of = ? GROUP BY line.line
"""
# A void bears the number of its sale.
_REVERSED_IN = epoch_at("""iif(reversal.kind = 'void', (
    SELECT sale.seq FROM sale WHERE sale.series = reversal.series AND sale.n = reversal.n
), reversal.seq)""")
_DOCUMENTS = f"""
SELECT seq, 'sale', {epoch_at("sale.seq")}, series, n, exchange_of, at, business_date,
    (SELECT sum(quantity) FROM sale_line WHERE sale = sale.seq),
    (SELECT sum(gross) FROM sale_line WHERE sale = sale.seq),
    total, vat, iif(vat_rate_bp, coalesce((
        SELECT sum(paid) FROM sale_line WHERE sale = sale.seq AND tax = 'exempt'
    ), 0), NULL), by, '', ''
FROM sale WHERE seq BETWEEN ?1 AND ?2
UNION ALL
SELECT seq, kind, {_REVERSED_IN}, series, n, of, at, business_date,
    (SELECT sum(quantity) FROM reversal_line WHERE reversal = reversal.seq),
    coalesce((
        SELECT sum(gross) FROM sale JOIN sale_line AS line ON line.sale = sale.seq
        WHERE reversal.kind = 'void' AND sale.series = reversal.series AND sale.n = reversal.n
    ), total),
    total, vat, iif(vat_rate_bp, coalesce((
        SELECT sum(paid) FROM reversal_line WHERE reversal = reversal.seq AND tax = 'exempt'
    ), 0), NULL), by, approved_by, reason
FROM reversal WHERE seq BETWEEN ?1 AND ?2
ORDER BY 1
"""  # noqa: S608 - our own conditions
_PAID = """
SELECT sale.seq, coalesce(nullif(code, ''), kind), sum(amount), (
    SELECT sum(amount) FROM tender WHERE sale = sale.seq
) - total
FROM sale JOIN tender ON tender.sale = sale.seq WHERE sale.seq BETWEEN ?1 AND ?2 GROUP BY 1, 2
UNION ALL
SELECT reversal, coalesce(nullif(code, ''), kind), sum(amount), 0
FROM reversal_tender WHERE reversal BETWEEN ?1 AND ?2 GROUP BY 1, 2
"""
_REVERSAL_EPOCH = f"SELECT {_REVERSED_IN} FROM reversal WHERE seq = ?"  # noqa: S608 - as below
_SALES = """
SELECT count(*), coalesce(sum(total), 0), coalesce(sum(vat), 0), coalesce(sum(share), 0),
    coalesce(sum(voided_lines), 0), coalesce(sum(voided_amount), 0)
FROM sale WHERE seq BETWEEN ? AND ?
"""
_RUNS = f"""
SELECT series, many, low, {epoch_at("low_seq")}, high, {epoch_at("high_seq")} FROM (
    SELECT series, count(*) AS many, min(n) AS low, min(seq) AS low_seq, max(n) AS high,
        max(seq) AS high_seq
    FROM sale WHERE seq BETWEEN ?1 AND ?2 GROUP BY series
    UNION ALL
    SELECT series, count(*), min(n), min(seq), max(n), max(seq)
    FROM reversal WHERE seq BETWEEN ?1 AND ?2 AND kind = 'refund' GROUP BY series
) ORDER BY series
"""  # noqa: S608 - our own conditions
_STANDS = """NOT EXISTS (
    SELECT 1 FROM reversal AS void
    WHERE void.kind = 'void' AND void.series = sale.series AND void.n = sale.n
)"""
_DISCOUNTS = f"""
SELECT coalesce(line.discount_bearer, line.promotion_bearer), sum(line.discounted)
FROM sale JOIN sale_line AS line ON line.sale = sale.seq
WHERE sale.seq BETWEEN ?1 AND ?2 AND line.discounted > 0 AND {_STANDS} GROUP BY 1
UNION ALL
SELECT coalesce(sale.discount_bearer, sale.promotion_bearer), sum(line.basket_discount)
FROM sale JOIN sale_line AS line ON line.sale = sale.seq
WHERE sale.seq BETWEEN ?1 AND ?2 AND line.basket_discount > 0 AND {_STANDS} GROUP BY 1
"""  # noqa: S608 - our own conditions
_PRICES = f"""
SELECT count(*), coalesce(sum((line.listed - line.price) * line.quantity), 0)
FROM sale JOIN sale_line AS line ON line.sale = sale.seq
WHERE sale.seq BETWEEN ?1 AND ?2 AND line.price_reason != '' AND {_STANDS}
"""  # noqa: S608 - as above
_EXEMPT = """
SELECT 'sale', coalesce(sum(paid), 0) FROM sale_line
WHERE sale BETWEEN ?1 AND ?2 AND tax = 'exempt'
UNION ALL
SELECT reversal.kind, sum(line.paid)
FROM reversal JOIN reversal_line AS line ON line.reversal = reversal.seq
WHERE reversal.seq BETWEEN ?1 AND ?2 AND line.tax = 'exempt' GROUP BY reversal.kind
"""
_NO_RECEIPT = """
SELECT count(*), coalesce(sum(total), 0) FROM reversal
WHERE seq BETWEEN ? AND ? AND kind = 'refund' AND of = ''
"""
_EXCHANGED = """
SELECT count(*), coalesce(sum(amount), 0) FROM tender
WHERE sale BETWEEN ? AND ? AND kind = 'exchange'
"""
_TAKEN = """
SELECT kind, code, sum(amount) FROM tender WHERE sale BETWEEN ? AND ? GROUP BY kind, code
"""
_GIVEN = """
SELECT tender.kind, tender.code, sum(tender.amount)
FROM reversal JOIN reversal_tender AS tender ON tender.reversal = reversal.seq
WHERE reversal.seq BETWEEN ? AND ? AND reversal.kind = ? GROUP BY tender.kind, tender.code
"""
_REVERSED = """
SELECT kind, count(*), sum(total), sum(vat), sum(share) FROM reversal
WHERE seq BETWEEN ? AND ? GROUP BY kind
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySums:
    """What a stretch of the journal comes to; amounts in satang, by tender key and by bearer."""

    sales: Sums
    refunds: Sums
    voids: Sums
    voided_lines: tuple[int, int]
    runs: tuple[tuple[str, int, int, int, int, int], ...]
    """Series, documents, the first number and its epoch, the last number and its epoch."""
    discounts: dict[str, int]
    price_changes: tuple[int, int]
    no_receipt: tuple[int, int]
    exchanges: tuple[int, int]
    taken: dict[str, int]
    refunded: dict[str, int]
    voided: dict[str, int]


@dataclass(frozen=True, slots=True)
class Event:
    """A journal entry as it was written."""

    seq: int
    line: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which sales are looked for; what is None or empty does not matter."""

    business_date: str = ""
    total: int | None = None
    code: str = ""
    """A product's code."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sale in a list: its place, epoch and number, when, for how much, and how many pieces."""

    seq: int
    epoch: int
    series: str
    n: int
    at: str
    business_date: str
    total: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document in a list: `kind` is `sale`, `refund` or `void`; amounts in satang, positive.

    `epoch`, `series` and `n` are those of the number it bears.
    `of` is the document it belongs to. `gross` is before discounts: of a void that of its sale,
    of a refund what is paid back. `exempt` is None where the seller charges no VAT. `tenders` are
    keyed as they are added up, change taken off cash; together they are the total.
    """

    kind: str
    epoch: int
    series: str
    n: int
    of: str
    at: str
    business_date: str
    pieces: int
    gross: int
    total: int
    vat: int
    exempt: int | None
    by: str
    approved_by: str
    reason: str
    tenders: tuple[tuple[str, int], ...]

    @property
    def discounts(self) -> int:
        """What was taken off, in satang."""
        return self.gross - self.total

    @property
    def taxable(self) -> int:
        """What VAT was reckoned on, in satang; nought where the seller charges none."""
        return 0 if self.exempt is None else self.total - self.vat - self.exempt


def documents_on(connection: sqlite3.Connection, first: int, last: int) -> list[Document]:
    """Return the documents of the entries `first` to `last`, in order."""
    paid: dict[int, list[tuple[str, int]]] = {}
    for seq, key, amount, change in connection.execute(_PAID, (first, last)):
        kept = amount - (change if key == TenderKind.CASH else 0)
        paid.setdefault(seq, []).append((key, kept))
    found = connection.execute(_DOCUMENTS, (first, last))
    return [Document(*(*row, tuple(paid.get(seq, ())))) for seq, *row in found]


def find_sales_on(connection: sqlite3.Connection, wanted: Wanted, *, limit: int) -> list[Found]:
    """Return sales that fit, newest first."""
    conditions, values = ["1"], []
    if wanted.business_date:
        conditions.append("business_date = ?")
        values.append(wanted.business_date)
    if wanted.total is not None:
        conditions.append("total = ?")
        values.append(str(wanted.total))
    if wanted.code:
        conditions.append("EXISTS (SELECT 1 FROM sale_line WHERE sale = sale.seq AND code = ?)")
        values.append(wanted.code)
    found = connection.execute(
        f"SELECT seq, {epoch_at('sale.seq')}, series, n, at, business_date, total, "  # noqa: S608
        "(SELECT sum(quantity) FROM sale_line WHERE sale = sale.seq) "
        f"FROM sale WHERE {' AND '.join(conditions)} ORDER BY seq DESC LIMIT ?",
        (*values, limit),
    )
    return [Found(*row) for row in found]


def session_on(connection: sqlite3.Connection) -> tuple[Session | None, int, int]:
    """Return the open session if there is one, the last session's number, and the grand total.

    The grand total is that of all sessions before the open one, or of all where none is.
    """
    found = named(connection.execute(_SESSION))
    if not found:
        return None, 0, 0
    row = found[0]
    session = reversal_rows.session_of(row) if row.closed is None else None
    return session, row.n, row.grand_total


def events_on(
    connection: sqlite3.Connection,
    kinds: Sequence[str],
    *,
    after: int = 0,
    until: int = ENDLESS,
    newest: int = 0,
) -> list[Event]:
    """Return entries of kinds (never `sale`), oldest first; `newest` many of the last ones."""
    wanted = ", ".join("?" * len(kinds))
    order = f"DESC LIMIT {newest}" if newest else ""
    found = connection.execute(
        f"SELECT seq, line FROM journal WHERE kind != 'sale' AND kind IN ({wanted}) "  # noqa: S608 - places only
        f"AND seq > ? AND seq <= ? ORDER BY seq {order}",
        (*kinds, after, until),
    ).fetchall()
    return [Event(*row) for row in (reversed(found) if newest else found)]


def reversals_on(connection: sqlite3.Connection, number: str) -> list[Reversal]:
    """Return the refunds and the void of a sale, oldest first."""
    return _filled(connection, named(connection.execute(_REVERSALS, (number,))))


def reversal_at_on(connection: sqlite3.Connection, seq: int) -> Reversal | None:
    """Return the refund or void that an entry tells of."""
    found = _filled(connection, named(connection.execute(_REVERSAL_AT, (seq,))))
    return found[0] if found else None


def given_back_on(connection: sqlite3.Connection, number: str) -> dict[int, GivenBack]:
    """Return what has come back of a sale, by line."""
    return {row[0]: GivenBack(*row[1:]) for row in connection.execute(_GIVEN_BACK, (number,))}


def is_sold_on(connection: sqlite3.Connection, code: str) -> bool:
    """Tell whether a piece that is one of a kind was sold here and has not come back."""
    found = connection.execute("SELECT 1 FROM sold_once WHERE code = ?", (code,))
    return found.fetchone() is not None


def sums_on(connection: sqlite3.Connection, first: int, last: int) -> DaySums:
    """Add up the documents of the entries `first` to `last`."""
    span = (first, last)
    *sales, voided, amount = connection.execute(_SALES, span).fetchone()
    exempt = dict(connection.execute(_EXEMPT, span).fetchall())
    reversed_ = {
        row[0]: replace(Sums(*row[1:]), exempt=exempt.get(row[0], 0))
        for row in connection.execute(_REVERSED, span)
    }
    taken = _by_key(connection.execute(_TAKEN, span))
    if change := sum(taken.values()) - sales[1]:
        taken[TenderKind.CASH.value] = taken.get(TenderKind.CASH.value, 0) - change
    discounts: dict[str, int] = {}
    for bearer, off in connection.execute(_DISCOUNTS, span):
        discounts[bearer] = discounts.get(bearer, 0) + off
    return DaySums(
        sales=replace(Sums(*sales), exempt=exempt["sale"]),
        refunds=reversed_.get("refund", Sums()),
        voids=reversed_.get("void", Sums()),
        voided_lines=(voided, amount),
        runs=tuple(connection.execute(_RUNS, span)),
        discounts=discounts,
        price_changes=connection.execute(_PRICES, span).fetchone(),
        no_receipt=connection.execute(_NO_RECEIPT, span).fetchone(),
        exchanges=connection.execute(_EXCHANGED, span).fetchone(),
        taken=taken,
        refunded=_by_key(connection.execute(_GIVEN, (*span, "refund"))),
        voided=_by_key(connection.execute(_GIVEN, (*span, "void"))),
    )


def _by_key(found: Iterable[tuple[str, str, int]]) -> dict[str, int]:
    """Add up by tender key: the type's code, or the kind where it has none."""
    sums: dict[str, int] = {}
    for kind, code, amount in found:
        sums[code or kind] = sums.get(code or kind, 0) + amount
    return sums


def _filled(connection: sqlite3.Connection, found: Sequence[object]) -> list[Reversal]:
    who = connection.execute("SELECT till FROM profile").fetchone()
    if not found or who is None:
        return []
    (till,) = who
    filled = []
    for row in found:
        seq = row.seq  # type: ignore[attr-defined]  # rows by name
        (epoch,) = connection.execute(_REVERSAL_EPOCH, (seq,)).fetchone()
        lines = named(connection.execute(_REVERSAL_LINES, (seq,)))
        tenders = named(connection.execute(_REVERSAL_TENDERS, (seq,)))
        filled.append(reversal_rows.reversal_of(row, lines, tenders, till=till, epoch=epoch))
    return filled
