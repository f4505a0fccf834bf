"""The till proves itself: every entry, link, seal, number and table row, walked in order."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice

from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.domain.reversal import ReversalKind
from tofan_pos.domain.session import Session
from tofan_pos.store import reversal_rows, rows
from tofan_pos.store.counter import CounterStore
from tofan_pos.store.dealings import EpochRow
from tofan_pos.store.facts import EntryRow, Identity
from tofan_pos.sync import entries, kinds
from tofan_pos.sync.chain import GENESIS, chained
from tofan_pos.sync.days import session_of
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.keys import holds
from tofan_pos.sync.reversals import reversal_body, reversal_holds, reversal_of
from tofan_pos.sync.rotation import rotation
from tofan_pos.sync.sales import sale_body, sale_of
from tofan_pos.sync.sealed import read_header, signed_part

_PIECE = 500


class Flaw(StrEnum):
    """What can be wrong with a journal."""

    FILE_DAMAGED = "file_damaged"
    NOT_OPENED = "not_opened"
    MISSING = "missing"
    MALFORMED = "malformed"
    CHANGED = "changed"
    ELSEWHERE = "elsewhere"
    NUMBER_GAP = "number_gap"
    TABLES_DIFFER = "tables_differ"
    SEAL_WRONG = "seal_wrong"
    KEY_DIFFERS = "key_differs"
    GUARDS_GONE = "guards_gone"
    ROWS_WITHOUT_ENTRY = "rows_without_entry"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was walked: entries, sales, sealed files; the last hash, and the first flaw if any."""

    entries: int
    sales: int
    seals: int
    head: bytes
    flaw: Flaw | None = None
    at: int = 0
    """The first bad entry's number."""


class _Broken(Exception):  # noqa: N818 - not an error of ours: a finding
    def __init__(self, flaw: Flaw, seq: int) -> None:
        super().__init__(flaw, seq)
        self.flaw, self.seq = flaw, seq


class _Walk:
    """The walk's memory: where it stands, and what later entries will be held against."""

    def __init__(self, store: CounterStore, identity: Identity) -> None:
        self._store, self._identity = store, identity
        self._hashes = [GENESIS]
        self._numbers: dict[str, int] = defaultdict(int)
        self.sales = self.seals = 0
        self._rows: dict[str, int] = defaultdict(int)
        self._open: Session | None = None
        self._sessions: list[rows.Values] = []
        self._grand_total = 0
        self._epochs: list[EpochRow] = []
        self._keys: list[bytes] = []
        """Every key so far, the one in force last."""
        self._staff: tuple[int, list[tuple[str, str]]] = (0, [])
        """Who works here by the last entry that says so, as code and role, and its number."""

    @property
    def done(self) -> int:
        return len(self._hashes) - 1

    @property
    def head(self) -> bytes:
        return self._hashes[-1]

    def begin(self) -> None:
        if not self._store.is_sound():
            raise _Broken(Flaw.FILE_DAMAGED, 1)

    def piece(self, piece: list[EntryRow]) -> None:
        tables = self._store.document_tables(piece[0].seq, piece[-1].seq)
        for row in piece:
            if row.seq != self.done + 1:
                raise _Broken(Flaw.MISSING, self.done + 1)
            self._entry(row, tables.pop(row.seq, []))
        if tables:
            raise _Broken(Flaw.ROWS_WITHOUT_ENTRY, min(tables))

    def end(self) -> None:
        counted = self._store.document_counts()
        if any(many != self._rows[table] for table, many in counted.items()):
            raise _Broken(Flaw.ROWS_WITHOUT_ENTRY, self.done + 1)
        self._check_sessions()
        self._check_staff()
        if self.done == 0:
            raise _Broken(Flaw.NOT_OPENED, 1)
        self._check_epochs()
        if not self._store.is_guarded():
            # Said last: what was changed behind them says more.
            raise _Broken(Flaw.GUARDS_GONE, 1)

    def _entry(self, row: EntryRow, found: list[rows.Values]) -> None:
        if chained(self.head, row.line) != row.hash:
            raise _Broken(Flaw.CHANGED, row.seq)
        try:
            entry = entries.read_entry(row.line)
        except Refusal as error:
            raise _Broken(Flaw.MALFORMED, row.seq) from error
        if isinstance(entry, kinds.Opened) != (row.seq == 1):
            raise _Broken(Flaw.NOT_OPENED, row.seq)
        self._follow_till(entry)
        said = (entry.seq, entry.till, entry.epoch, entry.at, entries.kind_of(entry))
        if said != (row.seq, self._identity.till, self._epochs[-1].epoch, row.at, row.kind):
            raise _Broken(Flaw.ELSEWHERE, row.seq)
        if isinstance(entry, kinds.Sold):
            self._sold(entry, found)
        elif isinstance(entry, kinds.Refunded | kinds.Voided):
            self._reversed(entry, found)
        elif found:
            raise _Broken(Flaw.ROWS_WITHOUT_ENTRY, row.seq)
        self._hashes.append(row.hash)

    def _follow_till(self, entry: object) -> None:
        """Follow what the till is, whom it signs as, and its day."""
        match entry:
            case kinds.Opened():
                self._opened(entry)
            case kinds.EpochOpened():
                self._epoch_opened(entry)
            case kinds.KeyRotated():
                self._rotated(entry)
            case kinds.Exported():
                self._exported(entry)
            case _:
                self._day(entry)

    def _opened(self, entry: kinds.Opened) -> None:
        body = entry.body
        kind = str(self._identity.settings.get("kind", ""))
        if body.document != kind:
            raise _Broken(Flaw.NOT_OPENED, entry.seq)
        public = bytes.fromhex(body.public_key)
        self._begin(EpochRow(entry.epoch, 1, body.install_id, public, Beginning.FIRST.value))

    def _epoch_opened(self, entry: kinds.EpochOpened) -> None:
        body, before = entry.body, self._epochs[-1]
        if body.after != before.epoch or entry.epoch <= before.epoch:
            raise _Broken(Flaw.ELSEWHERE, entry.seq)
        public = bytes.fromhex(body.public_key)
        self._begin(EpochRow(entry.epoch, entry.seq, body.install_id, public, body.why))

    def _begin(self, row: EpochRow) -> None:
        self._epochs.append(row)
        self._keys.append(row.public_key)

    def _rotated(self, entry: kinds.KeyRotated) -> None:
        body, old = entry.body, self._keys[-1]
        new, signature = bytes.fromhex(body.public_key), bytes.fromhex(body.signature)
        said = rotation(till=entry.till, epoch=entry.epoch, seq=entry.seq, old=old)
        if not holds(new, signature, said):
            raise _Broken(Flaw.SEAL_WRONG, entry.seq)
        self._keys.append(new)

    def _check_epochs(self) -> None:
        """Hold what the file says of itself, which may change, against the entries."""
        rows, identity, now = self._store.epochs(), self._identity, self._epochs[-1]
        told = [replace(row, marked=False) for row in rows]
        if identity.epoch != now.epoch:
            raise _Broken(Flaw.ELSEWHERE, now.first)
        said = (identity.install_id, identity.public_key)
        if told != self._epochs or said != (now.install_id, self._keys[-1]):
            raise _Broken(Flaw.NOT_OPENED, now.first)

    def _exported(self, entry: kinds.Exported) -> None:
        content = entry.body.header.encode()
        signature = bytes.fromhex(entry.body.signature)
        if not any(
            holds(public, signature, signed_part(content, public))
            for public in reversed(self._keys)
        ):
            raise _Broken(Flaw.SEAL_WRONG, entry.seq)
        header = read_header(content)
        if header.last > self.done or (header.prev, header.hash) != (
            self._hashes[header.first - 1].hex(),
            self._hashes[header.last].hex(),
        ):
            raise _Broken(Flaw.SEAL_WRONG, entry.seq)
        self.seals += 1

    def _sold(self, entry: kinds.Sold, found: list[rows.Values]) -> None:
        try:
            sale = sale_of(entry)
        except ValueError as error:
            raise _Broken(Flaw.MALFORMED, entry.seq) from error
        if sale_body(sale) != entry.body:
            # Its number or its share is not what its own parts make.
            raise _Broken(Flaw.MALFORMED, entry.seq)
        lines, tenders = rows.line_rows(sale, entry.seq), rows.tender_rows(sale, entry.seq)
        if found != [rows.sale_row(sale, entry.seq), *lines, *tenders]:
            raise _Broken(Flaw.TABLES_DIFFER, entry.seq)
        self._follow(sale.kind.series, sale.n, entry.seq)
        self.sales += 1
        self._count(sale=1, sale_line=len(lines), tender=len(tenders))

    def _reversed(self, entry: kinds.Refunded | kinds.Voided, found: list[rows.Values]) -> None:
        try:
            reversal = reversal_of(entry)
        except ValueError as error:
            raise _Broken(Flaw.MALFORMED, entry.seq) from error
        if reversal_body(reversal) != entry.body or not reversal_holds(entry):
            raise _Broken(Flaw.MALFORMED, entry.seq)
        lines = reversal_rows.reversal_line_rows(reversal, entry.seq)
        tenders = reversal_rows.reversal_tender_rows(reversal, entry.seq)
        if found != [reversal_rows.reversal_row(reversal, entry.seq), *lines, *tenders]:
            raise _Broken(Flaw.TABLES_DIFFER, entry.seq)
        if reversal.kind is ReversalKind.REFUND:
            self._follow(reversal.series, reversal.n, entry.seq)
        self._count(reversal=1, reversal_line=len(lines), reversal_tender=len(tenders))

    def _day(self, entry: object) -> None:
        try:
            self._follow_day(entry)
        except ValueError as error:
            raise _Broken(Flaw.MALFORMED, self.done + 1) from error

    def _follow_day(self, entry: object) -> None:
        """Follow the till's sessions and the numbers of its slips."""
        if isinstance(entry, kinds.Moved):
            self._follow("M", entry.body.n, entry.seq)
            if entry.body.drawer:
                self._open = replace(self._running(entry.seq), drawer=entry.body.drawer)
        elif isinstance(entry, kinds.SessionOpened):
            self._follow("S", entry.body.n, entry.seq)
            if self._open is not None:
                raise _Broken(Flaw.NUMBER_GAP, entry.seq)
            self._open = session_of(entry)
        elif isinstance(entry, kinds.DateRolled):
            day = date.fromisoformat(entry.body.business_date)
            self._open = replace(self._running(entry.seq), business_date=day)
        elif isinstance(entry, kinds.SessionClosed):
            self._closed(entry)
        elif isinstance(entry, kinds.StaffNamed):
            members = [(member.code, member.role) for member in entry.body.staff]
            self._staff = (entry.seq, members)

    def _closed(self, entry: kinds.SessionClosed) -> None:
        session, figures = self._running(entry.seq), entry.body.figures
        if figures.n != session.n:
            raise _Broken(Flaw.NUMBER_GAP, entry.seq)
        if figures.grand_total_before != self._grand_total:
            raise _Broken(Flaw.MALFORMED, entry.seq)
        self._grand_total += figures.net
        running = reversal_rows.session_row(session, grand_total=self._grand_total)
        self._sessions.append(reversal_rows.closed_row(running, entry.seq))
        self._open = None

    def _running(self, seq: int) -> Session:
        if self._open is None:
            raise _Broken(Flaw.NUMBER_GAP, seq)
        return self._open

    def _check_sessions(self) -> None:
        """Hold the sessions' rows, which may change, against the entries that made them so."""
        told = list(self._sessions)
        if self._open is not None:
            told.append(reversal_rows.session_row(self._open, grand_total=self._grand_total))
        if self._store.session_rows() != told:
            raise _Broken(Flaw.TABLES_DIFFER, self._open.seq if self._open else self.done)

    def _check_staff(self) -> None:
        """Hold the people's rows, which are written anew each time, against the last entry."""
        at, told = self._staff
        people = [
            (person.code, person.role.value) for person in self._store.staff() if person.active
        ]
        if people != sorted(told):
            raise _Broken(Flaw.TABLES_DIFFER, at or self.done)

    def _follow(self, series: str, n: int, seq: int) -> None:
        if n != self._numbers[series] + 1:
            raise _Broken(Flaw.NUMBER_GAP, seq)
        self._numbers[series] = n

    def _count(self, **many: int) -> None:
        for table, more in many.items():
            self._rows[table] += more


def prove(
    store: CounterStore,
    identity: Identity,
    *,
    signs_with: bytes | None = None,
    progress: Callable[[int], None] | None = None,
) -> Proof:
    """Walk the whole journal and hold the tables against it; stop at the first flaw.

    `signs_with` is the public key of the secret this till has, kept outside its file: a journal
    written anew throughout can agree with itself, but not with that.
    """
    if signs_with is not None and signs_with != identity.public_key:
        return Proof(0, 0, 0, GENESIS, Flaw.KEY_DIFFERS, 1)
    walk = _Walk(store, identity)
    flaw, at = None, 0
    try:
        walk.begin()
        for piece in _pieces(store.entries()):
            walk.piece(piece)
            if progress:
                progress(walk.done)
        walk.end()
    except _Broken as broken:
        flaw, at = broken.flaw, broken.seq
    except (Trouble, TypeError, ValueError, OverflowError):
        # A damaged page can give a column of another type, or none that can be read at all.
        flaw, at = Flaw.FILE_DAMAGED, walk.done + 1
    return Proof(walk.done, walk.sales, walk.seals, walk.head, flaw, at)


def _pieces(walked: Iterable[EntryRow]) -> Iterable[list[EntryRow]]:
    walked = iter(walked)
    while piece := list(islice(walked, _PIECE)):
        yield piece
