"""What contradicts what is held is kept apart whole, byte for byte: nothing held is overwritten."""

from collections.abc import Sequence
from hashlib import sha256

from tofan_pos.office.rows import BUSINESS_DATE, DOCUMENT, REVERSALS, SEQ, TOTAL, Rows
from tofan_pos.store.office_chain import Apart
from tofan_pos.store.office_intake import TillIntake
from tofan_pos.sync.chain import Link
from tofan_pos.sync.sealed import Header


class Parted(Exception):  # noqa: N818 - a finding, which ends in a file kept apart
    """A run is of another branch: it parts at `seq`, where `held` stands (empty: nothing)."""

    def __init__(self, seq: int, held: bytes | None) -> None:
        """Say where."""
        super().__init__(seq)
        self.seq, self.held = seq, held or b""


def check_branch(tx: TillIntake, header: Header) -> None:
    """Find out whether a run goes on where one that was kept apart has ended. Raises `Parted`."""
    before, prev = header.first - 1, bytes.fromhex(header.prev)
    if tx.hash_at(before) == prev:
        return
    for run in tx.apart_holding(before, prev):
        if run.seq <= before:
            raise Parted(run.seq, run.held)


def keep(  # noqa: PLR0913 - a run as it is, and what was found out about it
    tx: TillIntake,
    header: Header,
    links: Sequence[Link],
    rows: Rows,
    *,
    parted: Parted,
    content: bytes,
    at: str,
) -> tuple[Apart, set[int]]:
    """Keep a run apart; return how, and the numbers that were nowhere yet.

    One that is kept apart already is only named.
    """
    last = links[-1].hash
    for run in tx.apart_holding(header.last, last):
        if run.first <= header.first:
            return run, set()
    new = _brought(tx, header, links, parted)
    new -= {
        seq
        for seq, digest in tx.hashes_apart(first=header.first, last=header.last)
        if digest == links[seq - header.first].hash
    }
    documents = [row for row in rows.documents if row[SEQ] in new]
    apart = Apart(
        sha256=sha256(content).hexdigest(),
        till=header.till,
        epoch=header.epoch,
        first=header.first,
        last=header.last,
        prev=bytes.fromhex(header.prev),
        hash=last,
        seq=parted.seq,
        held=parted.held,
        at=at,
        sales=sum(row[DOCUMENT] not in REVERSALS for row in documents),
        total=sum(row[TOTAL] for row in documents),
        since=min((row[BUSINESS_DATE] for row in documents), default=""),
        until=max((row[BUSINESS_DATE] for row in documents), default=""),
    )
    tx.keep_apart(apart, hashes=[link.hash for link in links], content=content)
    return apart, new


def _brought(tx: TillIntake, header: Header, links: Sequence[Link], parted: Parted) -> set[int]:
    """Return the entries of a run that are not held as they are."""
    new = set(range(header.first, header.last + 1))
    for span in tx.spans():
        low, high = max(span.first, header.first), min(span.last, header.last)
        if low <= high:
            same = tx.hash_at(high) == links[high - header.first].hash
            new.difference_update(range(low, high + 1 if same else min(parted.seq, high + 1)))
    return new
