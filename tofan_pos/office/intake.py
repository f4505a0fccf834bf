"""Intake: a sync file is checked whole, then added whole, once; what is missing is named."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.office.gaps import Gap, gaps_of
from tofan_pos.office.placing import Placed, Run, place
from tofan_pos.office.repeats import holds_all
from tofan_pos.office.rows import BUSINESS_DATE, DOCUMENT, REVERSALS, fresh, rows_of
from tofan_pos.office.standing import horizon
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_chain import Apart
from tofan_pos.store.office_room import is_passing
from tofan_pos.store.office_tills import Signer, distrust
from tofan_pos.store.office_turned_away import TurnedAway
from tofan_pos.sync.folder import read_at_most
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.sales import write_moment
from tofan_pos.sync.sealed import LARGEST_FILE, SUFFIX, Sealed, unseal
from tofan_pos.thai.dates import business_day

Progress = Callable[[int, int], None]
"""Told how many files are done, and of how many."""


_ATTEMPTS = 5


class Outcome(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    ALREADY_THERE = "already_there"
    QUARANTINED = "quarantined"
    """Kept apart, whole: it contradicts what is held, and a person must look into it."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one file, and what its till's journal lacks now."""

    path: Path
    outcome: Outcome
    till: str = ""
    epoch: int = 0
    first: int = 0
    last: int = 0
    added: int = 0
    sales: int = 0
    reversals: int = 0
    """How many refunds and voids."""
    unknown: int = 0
    misdated: int = 0
    """How many of the documents bear a date that has not come yet: the till's clock was wrong."""
    gaps: tuple[Gap, ...] = ()
    apart: Apart | None = None
    """How it was kept apart, where it was."""
    again: bool = False
    """Whether all of it was kept apart before: the same branch once more."""
    problem: Refusal | Trouble | None = None
    turned_away: TurnedAway | None = None
    """How far it goes, where it was not looked into, as nobody trusts its key."""
    unanswered: Refusal | Trouble | None = None
    """Why no answer could be put into the file's folder, where one should have been."""


def gaps_after(results: Iterable[Result]) -> tuple[Gap, ...]:
    """Return what is missing after files were taken: what was said last of each till and epoch.

    Of a file that was refused nothing was said.
    """
    newest: dict[tuple[str, int], list[Gap]] = {}
    for result in results:
        if result.outcome is not Outcome.REFUSED:
            newest[result.till, result.epoch] = []
            newest |= {(gap.till, gap.epoch): [] for gap in result.gaps}
            for gap in result.gaps:
                newest[gap.till, gap.epoch].append(gap)
    return tuple(gap for gaps in newest.values() for gap in gaps)


class _Distrusted(Refusal):
    """What a file says may be true, but nobody trusts its key."""

    def __init__(self, why: Why, till: str, public_key: bytes) -> None:
        super().__init__(why, till=till, fingerprint=fingerprint(public_key))


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes sync files into head office's database; any number may run at once."""

    store: OfficeStore
    clock: Callable[[], datetime]

    def take_all(self, paths: Iterable[Path], *, progress: Progress | None = None) -> list[Result]:
        """Take files, and every sync file in folders; a bad one never stops the others."""
        files = list(files_in(paths))
        results = []
        for done, path in enumerate(files, 1):
            results.append(self.take(path))
            if progress:
                progress(done, len(files))
        return results

    def take(self, path: Path) -> Result:
        """Take one file. A file that is refused has changed nothing."""
        try:
            content = read_at_most(path, LARGEST_FILE)
        except Trouble as problem:
            return Result(path=path, outcome=Outcome.REFUSED, problem=problem)
        return self.take_bytes(content, path)

    def take_bytes(self, content: bytes, path: Path) -> Result:
        """Take a file's bytes; `path` only names it. A file that is refused has changed nothing."""
        try:
            sealed = unseal(content)
        except Refusal as problem:
            return Result(path=path, outcome=Outcome.REFUSED, problem=problem)
        header = sealed.header
        named = Result(
            path=path,
            outcome=Outcome.REFUSED,
            till=header.till,
            epoch=header.epoch,
            first=header.first,
            last=header.last,
        )
        try:
            return self._take(named, sealed, content)
        except _Distrusted as problem:
            return replace(named, problem=problem, turned_away=self._turned_away(sealed))
        except (Refusal, Trouble) as problem:
            return replace(named, problem=problem)

    def _take(self, named: Result, sealed: Sealed, content: bytes) -> Result:
        header = sealed.header
        signer = self._trusted(sealed)
        if holds_all(self.store, header):
            return self._told(named, Outcome.ALREADY_THERE)
        links = sealed.links()
        run = Run(
            header=header,
            public_key=sealed.public_key,
            signer=signer,
            links=links,
            rows=rows_of(header, links),
            content=content,
        )
        placed = self._place(run)
        # Where an epoch begins it tells what the ones before have lost.
        left = {gone.epoch for gone in run.rows.lost}
        if placed.apart is not None:
            problem = Refusal(Why.FORKED, till=header.till, seq=placed.apart.seq)
            facts = {"apart": placed.apart, "again": not placed.new, "problem": problem}
            return self._told(named, Outcome.QUARANTINED, left, **facts)
        if not placed.new:
            return self._told(named, Outcome.ALREADY_THERE)
        came = fresh(run.rows.documents, placed.new)
        latest = horizon(business_day(self.clock())).isoformat()
        reversals = sum(row[DOCUMENT] in REVERSALS for row in came)
        return self._told(
            named,
            Outcome.IMPORTED,
            left,
            added=len(placed.new),
            sales=len(came) - reversals,
            reversals=reversals,
            unknown=sum(seq in placed.new for seq in run.rows.unknown),
            misdated=sum(row[BUSINESS_DATE] > latest for row in came),
        )

    def _told(
        self, named: Result, outcome: Outcome, left: Iterable[int] = (), **facts: Any
    ) -> Result:
        gaps: tuple[Gap, ...] = ()
        # What has come in stands, though it cannot be told this time what is missing beside it.
        with suppress(Trouble):
            gaps = gaps_of(self.store, named.till, named.epoch, *left)
        return replace(named, outcome=outcome, gaps=gaps, **facts)

    def _place(self, run: Run) -> Placed:
        """Add a run in one transaction; begin again where two such waited for each other."""
        header = run.header
        for attempt in range(_ATTEMPTS):
            try:
                with self.store.intake(header.till, header.epoch) as tx:
                    if tx.is_revoked(run.public_key):
                        # A person has decided so while the file was unpacked.
                        raise _Distrusted(Why.KEY_REVOKED, header.till, run.public_key)
                    return place(tx, run, at=write_moment(self.clock()))
            except Trouble as trouble:
                if not is_passing(trouble) or attempt == _ATTEMPTS - 1:
                    raise
        raise Trouble(Ailment.STORE_BUSY)

    def _trusted(self, sealed: Sealed) -> Signer:
        """Return who made the file, which its signature shows, once it is somebody we trust."""
        header = sealed.header
        signer, known = self.store.whose(sealed.public_key, header.till, header.epoch)
        standing = known.standing if known else None
        why = distrust(signer, header.till, header.epoch, known=standing)
        if signer is None or why is not None:
            raise _Distrusted(why or Why.NOT_ENROLLED, header.till, sealed.public_key)
        return signer

    def _turned_away(self, sealed: Sealed) -> TurnedAway:
        header = sealed.header
        return TurnedAway(
            public_key=sealed.public_key,
            till=header.till,
            epoch=header.epoch,
            last=header.last,
            hash=bytes.fromhex(header.hash),
            at=write_moment(self.clock()),
        )


def files_in(paths: Iterable[Path]) -> Iterable[Path]:
    """Yield files as they are named, and the sync files in folders, to their bottom."""
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - a name too long is simply no folder
            found = (p for p in path.rglob("*") if p.suffix.lower() == SUFFIX)
            yield from sorted(p for p in found if p.is_file() and not p.name.startswith("."))
        else:
            yield path
