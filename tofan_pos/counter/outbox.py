"""The outbox: the journal that head office has not acknowledged, and its way into sync files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tofan_pos.counter.journal import Journal
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.sync.chain import GENESIS, Link
from tofan_pos.sync.entries import ExportedBody, canonical
from tofan_pos.sync.folder import write_durably
from tofan_pos.sync.keys import KeyStore
from tofan_pos.sync.sales import read_moment
from tofan_pos.sync.sealed import SUFFIX, Sealed, runs, seal, unseal

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

    def waiting(self) -> Waiting:
        """Count what waits. All of it does until head office has acknowledged it."""
        count, oldest = self.journal.store.journal_size()
        return Waiting(count, read_moment(oldest) if oldest else None)

    def export(self, folder: Path, *, progress: Progress | None = None) -> Exported:
        """Write everything that waits into sealed files in a folder, each read back and checked.

        The same run gives the same file again, so a crash in between costs nothing. Raises
        `Refusal(NOTHING_TO_EXPORT)` or `Trouble`; the journal is untouched then.
        """
        profile, key = self.journal.profile, self.keys.load()
        total = self.waiting().count
        if total == 0:
            raise Refusal(Why.NOTHING_TO_EXPORT)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Trouble(Ailment.FOLDER_UNWRITABLE, path=str(folder)) from error
        files: list[Path] = []
        seals: list[Sealed] = []
        prev = GENESIS
        for run in runs(self._links(total)):
            content = seal(run, till=profile.till, epoch=profile.epoch, prev=prev, key=key)
            path = folder / _file_name(profile.till, profile.epoch, run)
            write_durably(path, content)
            sealed = unseal(path.read_bytes())
            sealed.links()
            files.append(path)
            seals.append(sealed)
            prev = run[-1].hash
            if progress:
                progress(run[-1].seq, total)
        with self.journal.fact() as fact:
            for sealed in seals:
                header = canonical(sealed.header).decode()
                fact.write(ExportedBody(header=header, signature=sealed.signature.hex()))
        return Exported(tuple(files), 1, total)

    def _links(self, until: int) -> Iterator[Link]:
        for row in self.journal.store.entries(until=until):
            yield Link(row.seq, row.line, row.hash)


def _file_name(till: str, epoch: int, run: list[Link]) -> str:
    return f"{till}-{epoch}-{run[0].seq:08d}-{run[-1].seq:08d}{SUFFIX}"
