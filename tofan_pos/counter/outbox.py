"""The outbox: the journal that head office has not acknowledged, and its way into sync files."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING

from tofan_pos.counter.access import Access
from tofan_pos.counter.journal import Journal
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.domain.people import Right
from tofan_pos.sync.chain import GENESIS, Link
from tofan_pos.sync.dealings import ExportedBody
from tofan_pos.sync.entries import canonical
from tofan_pos.sync.folder import make_folder, write_durably
from tofan_pos.sync.keys import KeyStore
from tofan_pos.sync.sales import read_moment

if TYPE_CHECKING:
    from tofan_pos.sync.sealed import Sealed

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many entries wait for head office, and since when the oldest does."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the files, and the run of entries they hold."""

    files: tuple[Path, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Outbox:
    """One till's outbox."""

    journal: Journal
    keys: KeyStore
    access: Access

    def waiting(self) -> Waiting:
        """Count what waits. All of it does until head office has acknowledged it."""
        count, oldest = self.journal.store.journal_size()
        return Waiting(count, read_moment(oldest) if oldest else None)

    def export(self, folder: Path, *, progress: Progress | None = None) -> Exported:
        """Write everything that waits into sealed files in a folder, each read back and checked.

        The same run gives the same file again, so a crash in between costs nothing. Raises
        `Refusal(NOT_ALLOWED | NOTHING_TO_EXPORT | TRAINING_ONLY)` or `Trouble`; the journal is
        untouched then.
        """
        from tofan_pos.sync.sealed import SUFFIX, runs, seal, unseal  # noqa: PLC0415 - to sell: none

        if self.journal.profile.training:
            raise Refusal(Why.TRAINING_ONLY)
        by = self.access.warrant(Right.EXPORT).by
        profile, key = self.journal.profile, self.keys.load()
        total = self.waiting().count
        if total == 0:
            raise Refusal(Why.NOTHING_TO_EXPORT)
        identity = self.journal.store.identity()
        if identity is None or key.public != identity.public_key:
            # Head office would refuse the files, and the till could not prove their seals.
            raise Trouble(Ailment.KEY_UNREADABLE, path=str(self.journal.store.path.parent))
        make_folder(folder)
        # What a crash or a full disk has left of this till's files.
        with contextlib.suppress(OSError):
            for rest in folder.glob(f".{profile.till}-{profile.epoch}-*{SUFFIX}.part"):
                rest.unlink()
        files: list[Path] = []
        seals: list[Sealed] = []
        prev = GENESIS
        for run in runs(starmap(Link, self.journal.store.lines(total))):
            content = seal(run, till=profile.till, epoch=profile.epoch, prev=prev, key=key)
            path = folder / _file_name(profile.till, profile.epoch, run)
            write_durably(path, content)
            sealed = unseal(content)  # these very bytes were read back
            sealed.hashes()
            files.append(path)
            seals.append(sealed)
            prev = run[-1].hash
            if progress:
                progress(run[-1].seq, total)
        with self.journal.fact() as fact:
            for sealed in seals:
                header = canonical(sealed.header).decode()
                fact.write(ExportedBody(by=by, header=header, signature=sealed.signature.hex()))
        return Exported(tuple(files), 1, total)


def _file_name(till: str, epoch: int, run: list[Link]) -> str:
    from tofan_pos.sync.sealed import SUFFIX  # noqa: PLC0415 - as above

    return f"{till}-{epoch}-{run[0].seq:08d}-{run[-1].seq:08d}{SUFFIX}"
