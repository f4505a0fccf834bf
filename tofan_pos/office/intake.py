"""Intake: a sync file is checked whole, then added whole, once; what is missing is named."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.office.gaps import Gap, gaps_of
from tofan_pos.office.rows import BUSINESS_DATE, DOCUMENT, REVERSALS, Rows, fresh, rows_of
from tofan_pos.office.standing import horizon
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_intake import Span, TillIntake
from tofan_pos.sync.chain import Link
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.sealed import LARGEST_FILE, SUFFIX, Header, Sealed, unseal

Progress = Callable[[int, int], None]
"""Told how many files are done, and of how many."""


class Outcome(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    ALREADY_THERE = "already_there"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one file, and what its till's journal lacks now."""

    path: Path
    outcome: Outcome
    till: str = ""
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
    problem: Refusal | Trouble | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes sync files into head office's database; any number may run at once.

    `today` is asked for the date in Bangkok, which no sale's own can be much after.
    """

    store: OfficeStore
    today: Callable[[], date]

    def take_all(self, paths: Iterable[Path], *, progress: Progress | None = None) -> list[Result]:
        """Take files, and every sync file in folders; a bad one never stops the others."""
        files = list(_files(paths))
        results = []
        for done, path in enumerate(files, 1):
            results.append(self.take(path))
            if progress:
                progress(done, len(files))
        return results

    def take(self, path: Path) -> Result:
        """Take one file. A file that is refused has changed nothing."""
        try:
            return self._take(path, unseal(_read(path)))
        except (Refusal, Trouble) as problem:
            return Result(path=path, outcome=Outcome.REFUSED, problem=problem)

    def _take(self, path: Path, sealed: Sealed) -> Result:
        header = sealed.header
        self._check_enrolled(sealed)
        if not self._holds_all(header):
            links = sealed.links()
            rows = rows_of(header, links)
            with self.store.intake(header.till, header.epoch) as tx:
                new = _new_numbers(tx, header, links)
                if new:
                    _add(tx, header, rows, new)
            if new:
                came, latest = fresh(rows.documents, new), horizon(self.today()).isoformat()
                reversals = sum(row[DOCUMENT] in REVERSALS for row in came)
                return Result(
                    path=path,
                    outcome=Outcome.IMPORTED,
                    till=header.till,
                    first=header.first,
                    last=header.last,
                    added=len(new),
                    sales=len(came) - reversals,
                    reversals=reversals,
                    unknown=sum(seq in new for seq in rows.unknown),
                    misdated=sum(row[BUSINESS_DATE] > latest for row in came),
                    gaps=gaps_of(self.store, header.till, header.epoch),
                )
        return Result(
            path=path,
            outcome=Outcome.ALREADY_THERE,
            till=header.till,
            first=header.first,
            last=header.last,
            gaps=gaps_of(self.store, header.till, header.epoch),
        )

    def _check_enrolled(self, sealed: Sealed) -> None:
        """Hold who made the file, which its signature shows, against whom we trust."""
        header = sealed.header
        known = self.store.till(header.till, header.epoch)
        shown = fingerprint(sealed.public_key)
        if known is None:
            raise Refusal(Why.NOT_ENROLLED, till=header.till[:16], fingerprint=shown)
        if known.public_key != sealed.public_key:
            raise Refusal(Why.KEY_DIFFERS, till=header.till, fingerprint=shown)

    def _holds_all(self, header: Header) -> bool:
        """Tell by one hash whether every entry of the file is held already.

        The last entry's hash covers all before it, so nothing needs to be unpacked.
        """
        for span in self.store.spans(header.till, header.epoch):
            if span.first <= header.first and header.last <= span.last:
                held = self.store.hash_at(header.till, header.epoch, header.last)
                return held is not None and held.hex() == header.hash
        return False


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - a name too long is simply no folder
            found = path.rglob(f"*{SUFFIX}")
            yield from sorted(p for p in found if p.is_file() and not p.name.startswith("."))
        else:
            yield path


def _read(path: Path) -> bytes:
    try:
        # Opening a pipe would wait for somebody to write into it.
        if not path.is_file():
            raise Trouble(Ailment.FILE_UNREADABLE, path=str(path))
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Trouble(Ailment.FILE_UNREADABLE, path=str(path)) from error


def _new_numbers(tx: TillIntake, header: Header, links: Sequence[Link]) -> set[int]:
    """Return the entries not held yet; refuse the file where it contradicts what is held."""
    new = set(range(header.first, header.last + 1))
    for span in tx.spans():
        low, high = max(span.first, header.first), min(span.last, header.last)
        if low <= high:
            if tx.hash_at(high) != links[high - header.first].hash:
                raise Refusal(Why.FORKED, till=header.till, seq=_parting(tx, links, low, high))
            new.difference_update(range(low, high + 1))
        if span.last == header.first - 1 and span.hash.hex() != header.prev:
            raise Refusal(Why.FORKED, till=header.till, seq=span.last)
        if span.first == header.last + 1 and span.prev.hex() != header.hash:
            raise Refusal(Why.FORKED, till=header.till, seq=header.last)
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


def _add(tx: TillIntake, header: Header, rows: Rows, new: set[int]) -> None:
    whole = len(new) == header.count
    entries, documents, lines, tenders = (
        found if whole else fresh(found, new)
        for found in (rows.entries, rows.documents, rows.lines, rows.tenders)
    )
    tx.add(entries=entries, documents=documents, lines=lines, tenders=tenders)
    if rows.groups:
        tx.name_groups(rows.groups)
    joined = Span(header.first, header.last, bytes.fromhex(header.prev), bytes.fromhex(header.hash))
    touching = [
        span
        for span in tx.spans()
        if span.first <= header.last + 1 and span.last >= header.first - 1
    ]
    for span in touching:
        if span.first < joined.first:
            joined = Span(span.first, joined.last, span.prev, joined.hash)
        if span.last > joined.last:
            joined = Span(joined.first, span.last, joined.prev, span.hash)
    tx.set_spans(touching, joined)
