"""Intake: a sync file is checked whole, then added whole, once; what is missing is named."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.office.gaps import Gap, gaps_of
from tofan_pos.office.standing import horizon
from tofan_pos.store.office import OfficeStore, Span, TillIntake, Values
from tofan_pos.sync.chain import GENESIS, Link
from tofan_pos.sync.entries import (
    GroupsNamed,
    Known,
    Opaque,
    Opened,
    Sold,
    kind_of,
    read_entry,
)
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.sales import holds_together
from tofan_pos.sync.sealed import LARGEST_FILE, SUFFIX, Header, Sealed, unseal

Progress = Callable[[int, int], None]
"""Told how many files are done, and of how many."""

_SEQ, _BUSINESS_DATE = 2, 7
"""Where these stand in the rows of `_Rows`, as in the schema's tables."""


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
    unknown: int = 0
    misdated: int = 0
    """How many of the sales bear a date that has not come yet: the till's clock was wrong."""
    gaps: tuple[Gap, ...] = ()
    problem: Refusal | Trouble | None = None


@dataclass(slots=True)
class _Rows:
    """A run's entries as rows, ready before any lock is taken."""

    entries: list[Values] = field(default_factory=list)
    sales: list[Values] = field(default_factory=list)
    lines: list[Values] = field(default_factory=list)
    groups: list[tuple[str, str, str, str]] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


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
            rows = _rows_of(header, links)
            with self.store.intake(header.till, header.epoch) as tx:
                new = _new_numbers(tx, header, links)
                if new:
                    _add(tx, header, rows, new)
            if new:
                sales, latest = _fresh(rows.sales, new), horizon(self.today()).isoformat()
                return Result(
                    path=path,
                    outcome=Outcome.IMPORTED,
                    till=header.till,
                    first=header.first,
                    last=header.last,
                    added=len(new),
                    sales=len(sales),
                    unknown=sum(seq in new for seq in rows.unknown),
                    misdated=sum(row[_BUSINESS_DATE] > latest for row in sales),
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


def _rows_of(header: Header, links: Sequence[Link]) -> _Rows:
    """Read every entry of a run strictly, and lay it out as rows."""
    if header.first == 1 and bytes.fromhex(header.prev) != GENESIS:
        raise Refusal(Why.CHAIN_BROKEN)
    rows = _Rows()
    for link in links:
        entry = read_entry(link.line)
        if (entry.seq, entry.till, entry.epoch) != (link.seq, header.till, header.epoch):
            raise Refusal(Why.ENTRY_MALFORMED, seq=link.seq)
        if isinstance(entry, Opened) and link.seq != 1:
            raise Refusal(Why.ENTRY_CONTRADICTS, seq=link.seq, till=header.till)
        key = (header.till, header.epoch, link.seq)
        rows.entries.append((*key, kind_of(entry), link.line, link.hash))
        _lay_out(rows, key, entry)
    return rows


def _lay_out(rows: _Rows, key: Values, entry: Known | Opaque) -> None:
    if isinstance(entry, Sold):
        if not holds_together(entry):
            raise Refusal(Why.ENTRY_CONTRADICTS, seq=entry.seq, till=entry.till)
        body = entry.body
        rows.sales.append(
            (
                *key,
                body.id,
                body.number,
                body.document,
                entry.at,
                body.business_date,
                body.by,
                body.total,
                body.vat,
                body.share,
            )
        )
        policy = body.policy.number
        rows.lines.extend(
            (
                *key,
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
            )
            for position, line in enumerate(body.lines)
        )
    elif isinstance(entry, GroupsNamed):
        # By the clock among tills, as nothing else tells which of two is newer.
        told = f"{entry.at} {entry.till} {entry.epoch:010} {entry.seq:016}"
        rows.groups.extend((g.code, g.label_th, g.label_en, told) for g in entry.body.groups)
    elif isinstance(entry, Opaque):
        rows.unknown.append(entry.seq)


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


def _add(tx: TillIntake, header: Header, rows: _Rows, new: set[int]) -> None:
    whole = len(new) == header.count
    entries, sales, lines = (
        found if whole else _fresh(found, new) for found in (rows.entries, rows.sales, rows.lines)
    )
    tx.add(entries=entries, sales=sales, lines=lines)
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


def _fresh(rows: list[Values], new: set[int]) -> list[Values]:
    return [row for row in rows if row[_SEQ] in new]
