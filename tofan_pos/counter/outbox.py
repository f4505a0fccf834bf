"""The outbox: the journal that head office has not acknowledged, and its way into sync files."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, starmap
from pathlib import Path
from typing import TYPE_CHECKING

from tofan_pos.counter.access import Access
from tofan_pos.counter.journal import Journal
from tofan_pos.counter.till_keys import Period, TillKeys, periods
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Right
from tofan_pos.store.facts import Unsent
from tofan_pos.sync.canonical import canonical
from tofan_pos.sync.chain import GENESIS, Link
from tofan_pos.sync.dealings import ExportedBody
from tofan_pos.sync.folder import make_folder, write_durably
from tofan_pos.sync.sales import read_moment

if TYPE_CHECKING:
    from tofan_pos.sync.sealed import Sealed

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many entries wait for head office, since when the oldest does, and when it last spoke.

    What was merely written into files waits as well: a stick can be lost. Of the entries, those
    that only tell of such files are not counted.
    """

    count: int
    oldest: datetime | None
    acked_at: datetime | None = None

    def is_late(self, now: datetime, *, hours: int) -> bool:
        """Tell whether something has waited longer than it should."""
        oldest = self.oldest if self.count else None
        return oldest is not None and now - oldest > timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the files, and the run of entries they hold."""

    files: tuple[Path, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Run:
    """A sealed run of entries of one epoch: the bytes of its file, and how the file is named."""

    name: str
    first: int
    last: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Outbox:
    """One till's outbox."""

    journal: Journal
    keys: TillKeys
    access: Access

    def waiting(self) -> Waiting:
        """Count what waits: all that is past what head office has acknowledged."""
        unsent = self._unsent()
        return Waiting(
            unsent.count,
            read_moment(unsent.oldest) if unsent.count and unsent.oldest else None,
            read_moment(unsent.acked_at) if unsent.acked_at else None,
        )

    def runs(self, *, until: int = 0) -> Iterator[Run]:
        """Yield all that waits as sealed files, in order; the same run gives the same bytes.

        Up to the entry `until`, or the last one there is now. Read in pieces, so no sale waits for
        it. Raises `Trouble(KEY_MISSING | KEY_UNREADABLE)`.
        """
        from tofan_pos.sync.sealed import runs, seal  # noqa: PLC0415 - selling seals nothing

        unsent = self._unsent()
        until = until or unsent.last
        till, store = self.journal.profile.till, self.journal.store
        with store.reading() as look:
            covered = [one for one in periods(look) if (one.last or until) > unsent.acked]
            entry = look.entry_at(unsent.acked)
        prev = entry.hash if entry else GENESIS
        key_for = self.keys.sealing()
        for period in covered:
            first, last = max(period.first, unsent.acked + 1), min(period.last or until, until)
            if first > last:
                continue
            key = key_for(period)
            for run in runs(starmap(Link, store.lines(last, after=first - 1))):
                content = seal(run, till=till, epoch=period.epoch, prev=prev, key=key)
                name = _file_name(till, period, run)
                yield Run(name, run[0].seq, run[-1].seq, content)
                prev = run[-1].hash

    def export(self, folder: Path, *, progress: Progress | None = None) -> Exported:
        """Write everything that waits into sealed files in a folder, each read back and checked.

        The same run gives the same file again, so a crash in between costs nothing. Raises
        `Refusal(NOT_ALLOWED | NOTHING_TO_EXPORT | TRAINING_ONLY)` or `Trouble`; the journal is
        untouched then.
        """
        from tofan_pos.sync.sealed import SUFFIX, unseal  # noqa: PLC0415 - as above

        profile = self.journal.profile
        if profile.training:
            raise Refusal(Why.TRAINING_ONLY)
        by = self.access.warrant(Right.EXPORT).by
        unsent = self._unsent()
        if unsent.count == 0:
            raise Refusal(Why.NOTHING_TO_EXPORT)
        ready = self.runs(until=unsent.last)
        # Its key is asked for before a folder is made for it.
        first = next(ready, None)
        if first is None:
            # An acknowledgement of all of it came in between.
            raise Refusal(Why.NOTHING_TO_EXPORT)
        make_folder(folder)
        # What a crash or a full disk has left of this till's files.
        with contextlib.suppress(OSError):
            for rest in folder.glob(f".{profile.till}-*{SUFFIX}.part"):
                rest.unlink()
        files: list[Path] = []
        seals: list[Sealed] = []
        for run in chain((first,), ready):
            path = folder / run.name
            write_durably(path, run.content)
            sealed = unseal(run.content)  # these very bytes were read back
            sealed.hashes()
            files.append(path)
            seals.append(sealed)
            if progress:
                progress(run.last - unsent.acked, unsent.last - unsent.acked)
        with self.journal.fact() as fact:
            for sealed in seals:
                header = canonical(sealed.header).decode()
                fact.write(ExportedBody(by=by, header=header, signature=sealed.signature.hex()))
        return Exported(tuple(files), unsent.acked + 1, unsent.last)

    def _unsent(self) -> Unsent:
        with self.journal.store.reading() as look:
            return look.unsent()


def _file_name(till: str, period: Period, run: list[Link]) -> str:
    from tofan_pos.sync.sealed import SUFFIX  # noqa: PLC0415 - as above

    return f"{till}-{period.epoch}-{run[0].seq:08d}-{run[-1].seq:08d}{SUFFIX}"
