"""Every till as head office sees it: when it was heard, how far it is held, what is wrong with it.

A row for each epoch: an earlier one may be somebody's still, whose till was copied.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tofan_pos.office.acknowledging import standing_of_row
from tofan_pos.office.gaps import Gap, missing
from tofan_pos.office.reach import Held, reach
from tofan_pos.store.office import EnrolledTill, OfficeStore
from tofan_pos.store.office_chain import Apart
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.sales import read_moment

SILENT = timedelta(hours=24)
"""A till that was not heard of for longer is silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TillSeen:
    """An epoch of a till. `fingerprint` is its key's that is in force.

    `head` is the last entry held with all before it, `told` the newest that the till said it has
    (nought: it never said), `catalogue` the version it sells by.
    """

    till: str
    epoch: int
    fingerprint: str
    standing: Standing
    why: Beginning | str
    after: int
    head: int
    told: int
    heard: datetime | None
    enrolled: datetime | None
    gaps: tuple[Gap, ...]
    apart: tuple[Apart, ...]
    program: str
    catalogue: int
    newest: bool
    """Whether no later epoch of the till is known."""
    silent: bool
    """Whether it should have been heard of: a till that is trusted, in its newest epoch."""

    @property
    def missing(self) -> int:
        """How many entries are missing."""
        return sum(gap.count for gap in self.gaps)


def tills(store: OfficeStore, *, now: datetime) -> list[TillSeen]:
    """Return every epoch of every till, by code and number."""
    found: list[TillSeen] = []
    for code in dict.fromkeys(row.till for row in store.tills()):
        with store.chain(code) as chain:
            held = Held.of(chain)
            found += [
                _seen(held, row, chain.newest_key(row.epoch), now) for row in held.epochs.values()
            ]
    return found


def is_silent(row: EnrolledTill, *, newest: bool, now: datetime) -> bool:
    """Tell whether a till that sells should have been heard of by now."""
    if not newest or standing_of_row(row) is not Standing.TRUSTED:
        return False
    since = moment(row.heard_at) or moment(row.enrolled_at)
    return since is not None and now - since > SILENT


def moment(text: str) -> datetime | None:
    """Return a moment as it is kept, None where there is none."""
    return read_moment(text) if text else None


def _seen(held: Held, row: EnrolledTill, key: bytes, now: datetime) -> TillSeen:
    newest = row.epoch == max(held.epochs)
    return TillSeen(
        till=row.till,
        epoch=row.epoch,
        fingerprint=fingerprint(key),
        standing=standing_of_row(row),
        why=Beginning(row.why) if row.why in set(Beginning) else row.why,
        after=row.after,
        head=reach(held, row.epoch).head.seq,
        told=row.told_head,
        heard=moment(row.heard_at),
        enrolled=moment(row.enrolled_at),
        gaps=tuple(missing(held, row.epoch)),
        apart=tuple(run for run in held.apart if run.epoch == row.epoch),
        program=row.program,
        catalogue=row.catalogue,
        newest=newest,
        silent=is_silent(row, newest=newest, now=now),
    )
