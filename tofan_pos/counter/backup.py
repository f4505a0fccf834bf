"""Backups of the till's file: each is proved by opening it before anybody is told it is there."""

import contextlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path

from tofan_pos.counter.access import Access
from tofan_pos.counter.journal import Journal
from tofan_pos.counter.proof import prove
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.domain.people import Right
from tofan_pos.domain.published import LEASE_DAYS
from tofan_pos.store.counter import CounterStore
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.events import BackedUpBody
from tofan_pos.sync.folder import make_folder, sync_folder, unwritten
from tofan_pos.sync.kinds import BackedUp
from tofan_pos.sync.sales import read_moment, write_moment


@dataclass(frozen=True, slots=True)
class Outlived:
    """A backup, when it was made, and whether it can be seen where it was put."""

    path: Path
    at: datetime
    is_there: bool


@dataclass(frozen=True, slots=True)
class Backups:
    """One till's backups."""

    journal: Journal
    access: Access

    def make(self, folder: Path) -> Path:
        """Write a backup into a folder and return its file.

        Copied whole, opened, its journal walked to the end, synced, then named. Raises `Trouble`;
        then there is no new file.
        """
        by = self.access.warrant(Right.EXPORT).by
        make_folder(folder)
        store, till = self.journal.store, self.journal.profile.till
        with store.reading() as look:
            head, epoch = look.head(), look.epoch()
        seq = head.seq if head else 0
        path = folder / f"{till}-{epoch}-{seq:08d}.backup.sqlite3"
        unproved = path.with_name(f".{path.name}.part")
        try:
            unproved.unlink(missing_ok=True)
            # For its owner alone, as the till's own file is.
            unproved.touch(mode=0o600)
            self.journal.store.copy_to(unproved)
            self._prove(unproved)
            with unproved.open("rb+") as file:
                os.fsync(file.fileno())
                digest = file_digest(file, "sha256").hexdigest()
            unproved.replace(path)
            sync_folder(folder)
        except OSError as error:
            raise unwritten(error, folder) from error
        finally:
            with contextlib.suppress(OSError):
                unproved.unlink(missing_ok=True)
        with self.journal.fact() as fact:
            fact.write(BackedUpBody(by=by, seq=seq, sha256=digest))
            fact.tx.tell_backup(str(path.absolute()), write_moment(fact.at))
        return path

    def outlived(self) -> tuple[Outlived, ...]:
        """Return the backups that tell what a till may tell no longer, oldest first.

        Those made before a story left, and those older than any story's lease. They are people's
        to destroy: the till cannot reach a stick in a drawer. One that is gone from a folder that
        is there has been destroyed.
        """
        last = self.journal.clock() - timedelta(days=LEASE_DAYS)
        with self.journal.store.reading() as look:
            made = look.backups()
            left = look.events("stories_gone", newest=1)
        limit = max([last, *(read_moment(read_entry(event.line).at) for event in left)])
        named = ((Path(path), read_moment(at)) for path, at in made)
        found = (Outlived(path, at, path.is_file()) for path, at in named if at < limit)
        return tuple(one for one in found if one.is_there or not one.path.parent.is_dir())

    def last(self) -> datetime | None:
        """Return when the newest backup was made, or None before the first."""
        with self.journal.store.reading() as look:
            events = look.events("backed_up", newest=1)
        entries = (read_entry(event.line) for event in events)
        return next((read_moment(e.at) for e in entries if isinstance(e, BackedUp)), None)

    def _prove(self, path: Path) -> None:
        copy, identity = CounterStore(path), self.journal.store.identity()
        try:
            found = prove(copy, identity) if identity else None
        finally:
            copy.close()
        if found is None or found.flaw is not None:
            raise Trouble(Ailment.COPY_DIFFERS, path=str(path))
