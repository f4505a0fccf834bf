"""A run of entries as rows, each held against itself first: what contradicts itself is refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tofan_pos.domain.basket import MOST_QUANTITY
from tofan_pos.domain.catalogue import TaxKind
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import MOST
from tofan_pos.store.office_chain import Lost
from tofan_pos.store.office_intake import Values
from tofan_pos.store.office_tables import REFUND, VOID
from tofan_pos.sync.chain import GENESIS, Link
from tofan_pos.sync.documents import (
    DiscountBody,
    LineBody,
    PromotedBody,
    ReversalLineBody,
    TenderBody,
)
from tofan_pos.sync.entries import Opaque, kind_of, read_entry
from tofan_pos.sync.kinds import (
    CatalogueLoaded,
    DateRolled,
    EpochOpened,
    GroupsNamed,
    KeyRotated,
    Known,
    Moved,
    Opened,
    Refunded,
    SessionClosed,
    SessionOpened,
    Sold,
    Voided,
)
from tofan_pos.sync.reversals import reversal_holds
from tofan_pos.sync.sales import holds_together, read_moment
from tofan_pos.sync.sealed import Header

SEQ, DOCUMENT, BUSINESS_DATE, TOTAL = 2, 5, 7, 9
"""Where these stand in the rows of documents, the first in all rows, as in the schema's tables."""

TOLD = 3
"""Where it stands in a group's row when it was named."""

REVERSALS = frozenset({REFUND, VOID})
_ID, _NUMBER = 3, 4
_EXEMPT = TaxKind.EXEMPT.value
_DEAREST = MOST * MOST_QUANTITY
"""What the catalogue may ask for a line at most: no database's sum of these overflows."""


@dataclass(slots=True)
class Rows:
    """A run's entries as rows, ready before any lock is taken."""

    entries: list[Values] = field(default_factory=list)
    documents: list[Values] = field(default_factory=list)
    lines: list[Values] = field(default_factory=list)
    tenders: list[Values] = field(default_factory=list)
    groups: list[tuple[str, str, str, str]] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    openings: list[Opened | EpochOpened] = field(default_factory=list)
    rotations: list[KeyRotated] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    """What an epoch that begins here tells of as lost before it."""
    catalogues: list[tuple[int, int]] = field(default_factory=list)
    """Which of head office's catalogues the till went over to: the entry, and the version."""


def rows_of(header: Header, links: Sequence[Link]) -> Rows:
    """Read every entry of a run strictly, and lay it out as rows.

    Raises `Refusal(CHAIN_BROKEN | ENTRY_MALFORMED | ENTRY_CONTRADICTS)`.
    """
    if header.first == 1 and bytes.fromhex(header.prev) != GENESIS:
        raise Refusal(Why.CHAIN_BROKEN)
    rows = Rows()
    for link in links:
        entry = read_entry(link.line)
        if (entry.seq, entry.till, entry.epoch) != (link.seq, header.till, header.epoch):
            raise Refusal(Why.ENTRY_MALFORMED, seq=link.seq)
        key = (header.till, header.epoch, link.seq)
        rows.entries.append((*key, kind_of(entry), link.line, link.hash))
        if not _lay_out(rows, key, entry):
            raise Refusal(Why.ENTRY_CONTRADICTS, seq=link.seq, till=header.till)
    twice = _told_twice(rows.documents)
    if twice:
        raise Refusal(Why.ENTRY_CONTRADICTS, seq=twice, till=header.till)
    return rows


def _told_twice(documents: Sequence[Values]) -> int:
    """Return the first entry whose document's id, or number of its kind, one before it has."""
    ids: set[str] = set()
    numbers: set[tuple[str, str]] = set()
    for row in documents:
        own, number = row[_ID], (row[_NUMBER], row[DOCUMENT])
        if own in ids or number in numbers:
            return int(row[SEQ])
        ids.add(own)
        numbers.add(number)
    return 0


def fresh(rows: list[Values], new: set[int]) -> list[Values]:
    """Return the rows of entries that are not held yet."""
    return [row for row in rows if row[SEQ] in new]


def _lay_out(rows: Rows, key: Values, entry: Known | Opaque) -> bool:
    """Add an entry's rows; tell whether it agrees with itself."""
    if isinstance(entry, Sold):
        return _sale(rows, key, entry)
    if isinstance(entry, Refunded | Voided):
        return _reversal(rows, key, entry)
    if isinstance(entry, GroupsNamed):
        # By the clock among tills, as nothing else tells which of two is newer.
        told = f"{entry.at} {entry.till} {entry.epoch:010} {entry.seq:016}"
        rows.groups.extend((g.code, g.label_th, g.label_en, told) for g in entry.body.groups)
    elif isinstance(entry, CatalogueLoaded):
        rows.catalogues.append((entry.seq, entry.body.version))
    elif isinstance(entry, Opaque):
        rows.unknown.append(entry.seq)
    elif isinstance(entry, Opened | EpochOpened):
        # A file holds one epoch, so that its first entry stands first in the file too.
        rows.openings.append(entry)
        if isinstance(entry, EpochOpened) and not _lost(rows, entry):
            return False
        return len(rows.entries) == 1 and isinstance(entry, Opened) == (entry.seq == 1)
    elif isinstance(entry, KeyRotated):
        rows.rotations.append(entry)
    elif isinstance(entry, SessionOpened | DateRolled | Moved | SessionClosed):
        return _days_hold(entry)
    return True


def _lost(rows: Rows, entry: EpochOpened) -> bool:
    for run in entry.body.lost:
        if not (1 <= run.first <= run.last and run.epoch < entry.epoch):
            return False
        rows.lost.append(Lost(run.epoch, run.first, run.last, bytes.fromhex(run.hash)))
    return True


def _sale(rows: Rows, key: Values, entry: Sold) -> bool:
    body, lines = entry.body, entry.body.lines
    if (
        # A word of ours: it would be counted as what takes sales back.
        body.document in REVERSALS
        or not holds_together(entry)
        or max([line.quantity for line in lines]) > MOST
        or max([line.listed * line.quantity for line in lines]) > _DEAREST
        or not _tenders(rows, key, body.tenders, 1)
        or (body.voided and max([one.amount for one in body.voided]) > MOST)
    ):
        return False
    till, epoch, seq = key
    rows.documents.append(
        (
            till,
            epoch,
            seq,
            body.id,
            body.number,
            body.document,
            entry.at,
            body.business_date,
            body.by,
            body.total,
            body.vat,
            body.share,
            "",
            len(body.voided),
            sum([one.amount for one in body.voided]),
            _bearer(body.discount, body.promotion),
            _exempt(lines),
        )
    )
    policy = body.policy.number
    rows.lines.extend(
        [
            (
                till,
                epoch,
                seq,
                position,
                line.code,
                line.name_th,
                line.name_en,
                line.group,
                line.quantity,
                line.gross,
                line.paid,
                line.vat,
                line.share,
                policy,
                position,
                line.discounted,
                line.basket_discount,
                _bearer(line.discount, line.promotion) if line.discounted else "",
                line.unique == 1,
                (line.listed - line.price) * line.quantity if line.price_reason else None,
            )
            for position, line in enumerate(lines)
        ]
    )
    return True


def _reversal(rows: Rows, key: Values, entry: Refunded | Voided) -> bool:
    """Add a refund's or a void's rows, whose amounts are below nought: so months just add up."""
    body = entry.body
    if not reversal_holds(entry) or not _tenders(rows, key, body.tenders, -1):
        return False
    rows.documents.append(
        (
            *key,
            body.id,
            body.number,
            VOID if isinstance(entry, Voided) else REFUND,
            entry.at,
            body.business_date,
            body.by,
            -body.total,
            -body.vat,
            -body.share,
            body.of,
            0,
            0,
            "",
            -_exempt(body.lines),
        )
    )
    policy = body.policy.number
    for position, line in enumerate(body.lines):
        if line.quantity > MOST:
            return False
        rows.lines.append(
            (
                *key,
                position,
                line.code,
                line.name_th,
                line.name_en,
                line.group,
                -line.quantity,
                -line.paid,
                -line.paid,
                -line.vat,
                -line.share,
                policy,
                line.line,
                0,
                0,
                "",
                False,
                None,
            )
        )
    return True


def _tenders(rows: Rows, key: Values, tenders: Sequence[TenderBody], sign: int) -> bool:
    for position, tender in enumerate(tenders):
        # No sum of amounts that a database holds may ever overflow.
        if tender.amount > MOST:
            return False
        rows.tenders.append(
            (*key, position, tender.kind, tender.code, sign * tender.amount, tender.reference)
        )
    return True


def _bearer(discount: DiscountBody | None, promotion: PromotedBody | None) -> str:
    """Return who bears what was taken off; empty where nobody is named."""
    by = discount or promotion
    return by.bearer if by else ""


def _exempt(lines: Sequence[LineBody | ReversalLineBody]) -> int:
    """Return what was paid for lines that are exempt from VAT, in satang."""
    return sum([line.paid for line in lines if line.tax == _EXEMPT])


def _days_hold(entry: SessionOpened | DateRolled | Moved | SessionClosed) -> bool:
    """Tell whether the days and moments that reports are made of can be."""
    days: tuple[str, ...]
    moments: tuple[str, ...] = (entry.at,)
    if isinstance(entry, SessionClosed):
        figures = entry.body.figures
        days = (figures.business_date, figures.first_business_date)
        moments = (entry.at, figures.opened_at)
    else:
        days = (entry.body.business_date,)
    return _all_read(date.fromisoformat, days) and _all_read(read_moment, moments)


def _all_read(read: Callable[[str], object], texts: Sequence[str]) -> bool:
    try:
        for text in texts:
            read(text)
    except ValueError:
        return False
    return True
