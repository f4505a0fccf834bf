"""Where a run of entries goes: on to what is held of its epoch, or apart, within one transaction.

Nothing that is held is ever changed. A run that contradicts itself, or the chain it belongs to,
is refused; one that shows a second branch of the till is kept apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.quarantine import Parted, check_branch, keep
from tofan_pos.office.rows import TOLD, Rows, fresh
from tofan_pos.office.standing import horizon
from tofan_pos.store.office_chain import Apart, Span
from tofan_pos.store.office_intake import Clash, Clashing, TillIntake
from tofan_pos.store.office_tills import UNKNOWN, EnrolledTill, Signer
from tofan_pos.sync.chain import Link
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.keys import holds
from tofan_pos.sync.kinds import EpochOpened, KeyRotated, Opened
from tofan_pos.sync.rotation import rotation
from tofan_pos.sync.sales import read_moment
from tofan_pos.sync.sealed import Header
from tofan_pos.thai.dates import business_day

_KIND = 3
_EPOCH_OPENED = "epoch_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A file that was checked in itself: who signed it, its entries, and the rows they make."""

    header: Header
    public_key: bytes
    signer: Signer
    links: Sequence[Link]
    rows: Rows
    content: bytes

    @property
    def by_later_epoch(self) -> bool:
        """Whether a key of a later epoch vouches for these entries, as their own may be lost."""
        return self.signer.epoch > self.header.epoch

    def contradicts(self, seq: int) -> Refusal:
        """Return the refusal of a run that contradicts itself or its own chain."""
        return Refusal(Why.ENTRY_CONTRADICTS, seq=seq, till=self.header.till)


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a run: the numbers that were nowhere yet, and how it was kept apart."""

    new: set[int] = field(default_factory=set)
    apart: Apart | None = None


def place(tx: TillIntake, run: Run, *, at: str) -> Placed:
    """Add what is new of a run, or keep it apart; `at` is now.

    Raises `Refusal(NOT_ENROLLED | ENTRY_CONTRADICTS)`; the transaction must be undone then.
    """
    row = tx.row() or _vouched_for(tx, run, at)
    try:
        _check_start(tx, row, run)
        check_branch(tx, run.header)
        new = _new_numbers(tx, run)
        if new:
            _check_key(tx, run)
            _add(tx, run, new, latest=horizon(business_day(read_moment(at))).isoformat())
    except Parted as parted:
        apart, new = keep(
            tx, run.header, run.links, run.rows, parted=parted, content=run.content, at=at
        )
        # What a branch that was kept apart has lost is as lost as any other.
        tx.add_lost(run.rows.lost)
        return Placed(new, apart)
    if new:
        # A till that only ever sends sticks is heard by them, and which catalogue it sells by.
        told = (version for seq, version in run.rows.catalogues if seq in new)
        tx.change(heard_at=at, catalogue=max(row.catalogue, *told, 0))
        _learn(tx, run, new)
    return Placed(new)


def _vouched_for(tx: TillIntake, run: Run, at: str) -> EnrolledTill:
    """Add the epoch of a run that nobody enrolled, on the word of a later one's key."""
    header = run.header
    opening = run.rows.openings[0] if run.rows.openings else None
    if opening is None or not run.by_later_epoch:
        raise Refusal(Why.NOT_ENROLLED, till=header.till, fingerprint="")
    row = EnrolledTill(
        till=header.till,
        epoch=header.epoch,
        install_id=opening.body.install_id,
        public_key=bytes.fromhex(opening.body.public_key),
        enrolled_at=at,
        after=header.first - 1,
        after_hash=header.prev,
        why=opening.body.why if isinstance(opening, EpochOpened) else Beginning.FIRST.value,
        standing=UNKNOWN,
        program=opening.body.program[:40],
    )
    if not tx.add_epoch(row):
        raise run.contradicts(header.first)
    return row


def _check_start(tx: TillIntake, row: EnrolledTill, run: Run) -> None:
    """Hold a run against where its epoch began, as it was enrolled. Raises `Parted`."""
    header, start = run.header, row.after + 1
    agrees = header.first >= start
    if header.first == start and row.after:
        agrees = header.prev == row.after_hash and run.rows.entries[0][_KIND] == _EPOCH_OPENED
    for opening in run.rows.openings:
        agrees = agrees and opening.seq == start and _opens(row, opening)
    if agrees:
        return
    if run.by_later_epoch:
        # Two tills each began this epoch, and only the other's is enrolled.
        raise Parted(header.first, tx.hash_at(header.first))
    raise run.contradicts(header.first)


def _opens(row: EnrolledTill, opening: Opened | EpochOpened) -> bool:
    body = opening.body
    return row.began_with(bytes.fromhex(body.public_key)) and body.install_id == row.install_id


def _check_key(tx: TillIntake, run: Run) -> None:
    """Find out whether a key signed for entries after the one by which it was given up.

    Raises `Parted`. A till that still signs with it has something else where it was given up, at
    the latest. That entry is held, so the till can be told of it; what follows may never come in.
    """
    if run.by_later_epoch:
        return
    later = [since for since, _ in tx.own_keys() if since > run.signer.since]
    if later and run.header.last > min(later):
        parting = min(later)
        if run.header.first <= parting + 1:
            # It agrees with what is held up to there: whoever wrote it knew that the key was gone.
            parting += 1
        raise Parted(parting, tx.hash_at(parting))


def _new_numbers(tx: TillIntake, run: Run) -> set[int]:
    """Return the entries that are not held yet. Raises `Parted` at the first that is otherwise."""
    header, links = run.header, run.links
    new = set(range(header.first, header.last + 1))
    for span in tx.spans():
        low, high = max(span.first, header.first), min(span.last, header.last)
        if low <= high:
            if tx.hash_at(high) != links[high - header.first].hash:
                parting = _parting(tx, links, low, high)
                raise Parted(parting, tx.hash_at(parting))
            new.difference_update(range(low, high + 1))
        if span.last == header.first - 1 and span.hash.hex() != header.prev:
            raise Parted(span.last, span.hash)
        if span.first == header.last + 1 and span.prev.hex() != header.hash:
            raise Parted(header.last, span.prev)
    return new


def _parting(tx: TillIntake, links: Sequence[Link], low: int, high: int) -> int:
    """Return the first entry at which the file and the journal held part ways."""
    first = links[0].seq
    while low < high:
        middle = (low + high) // 2
        if tx.hash_at(middle) == links[middle - first].hash:
            low = middle + 1
        else:
            high = middle
    return low


def _add(tx: TillIntake, run: Run, new: set[int], *, latest: str) -> None:
    header, rows = run.header, run.rows
    whole = len(new) == header.count
    entries, documents, lines, tenders = (
        found if whole else fresh(found, new)
        for found in (rows.entries, rows.documents, rows.lines, rows.tenders)
    )
    touching = [
        span
        for span in tx.spans()
        if span.first <= header.last + 1 and span.last >= header.first - 1
    ]
    joined = Span(header.first, header.last, bytes.fromhex(header.prev), bytes.fromhex(header.hash))
    for span in touching:
        if span.first < joined.first:
            joined = Span(span.first, joined.last, span.prev, joined.hash)
        if span.last > joined.last:
            joined = Span(joined.first, span.last, joined.prev, span.hash)
    try:
        tx.add(entries=entries, documents=documents, lines=lines, tenders=tenders)
    except Clashing as error:
        raise _meaning(run, joined, error.clashes) from error
    # What a clock that is far ahead has named would be the newest name for ever.
    named = [group for group in rows.groups if group[TOLD][: len(latest)] <= latest]
    if named:
        tx.name_groups(named, latest=latest)
    tx.set_spans(touching, joined)


def _meaning(run: Run, joined: Span, clashes: Sequence[Clash]) -> Parted | Refusal:
    """Tell what it means that a document's id or number is there already, of the same till.

    In one unbroken chain it is no fork: the till contradicts itself.
    """
    header = run.header
    for clash in clashes:
        if clash.epoch == header.epoch and joined.first <= clash.held_seq <= joined.last:
            return run.contradicts(clash.seq)
    return Parted(min(clash.seq for clash in clashes), None)


def _learn(tx: TillIntake, run: Run, new: set[int]) -> None:
    """Take from new entries what head office goes by: where an epoch began, and the till's keys."""
    for opening in run.rows.openings:
        if isinstance(opening, EpochOpened) and opening.seq in new:
            tx.change(before=opening.body.after)
            tx.add_lost(run.rows.lost)
    for entry in run.rows.rotations:
        if entry.seq in new:
            _take_key(tx, run, entry)


def _take_key(tx: TillIntake, run: Run, entry: KeyRotated) -> None:
    new_key, known = bytes.fromhex(entry.body.public_key), dict(tx.own_keys())
    if known.get(entry.seq) == new_key:
        return
    # The key in force before: by that, or by a later epoch's, the file is signed.
    old = known[max(since for since in known if since < entry.seq)]
    said = rotation(till=entry.till, epoch=entry.epoch, seq=entry.seq, old=old)
    proven = holds(new_key, bytes.fromhex(entry.body.signature), said)
    if run.by_later_epoch and not proven:
        return  # the key before may not have come in yet, and nothing hangs on this one
    last_of_old = run.public_key == old and entry.seq == run.header.last
    if not (proven and (last_of_old or run.by_later_epoch)):
        raise run.contradicts(entry.seq)
    if not tx.add_key(new_key, since=entry.seq):
        raise run.contradicts(entry.seq)
