"""Epochs: a till whose file was restored, moved or copied notices, and goes on under a new one.

The numbers of entries and documents count on; none is written anew. What changes is the epoch,
which entries and document numbers name, the key, and the install id under which the computer
remembers the till outside its file. Head office enrols the new key when it can.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import tofan_pos
from tofan_pos.counter import people
from tofan_pos.counter.journal import Journal
from tofan_pos.counter.till_keys import key_store
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.store.counter import FILE_NAME, CounterStore
from tofan_pos.store.dealings import EpochRow
from tofan_pos.store.facts import Identity
from tofan_pos.sync import enrolment, keys
from tofan_pos.sync.chain import GENESIS, Head
from tofan_pos.sync.dealings import EpochOpenedBody, LostBody
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.folder import write_durably
from tofan_pos.sync.marks import Mark, Marks
from tofan_pos.sync.pepper import pepper_store

_MOST_LOST = 100
"""So many runs an entry names at most, the newest."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """Why a till needs a new epoch, and what it wrote that its file knows nothing of any more."""

    why: Beginning
    lost: tuple[LostBody, ...] = ()


@dataclass(frozen=True, slots=True)
class Epochs:
    """One till's epochs. `marks` is None where nothing is remembered outside its file."""

    journal: Journal
    folder: Path
    marks: Marks | None
    random_bytes: Callable[[int], bytes]
    _install_ids: dict[int, str] = field(default_factory=dict)

    def look(self) -> Beginning | None:
        """Look, at a start, whether the file is what this computer remembers; mend it if not.

        Return why a new epoch was begun, or None where all is as it should be. Raises `Trouble`.
        """
        if self.marks is None:
            return None
        identity = self._identity()
        noticed = self._noticed(identity, self.marks)
        if noticed is not None:
            self.begin(noticed.why, lost=noticed.lost)
            return noticed.why
        return None

    def begin(self, why: Beginning, *, lost: tuple[LostBody, ...] = (), least: int = 0) -> int:
        """Begin a new epoch, numbered `least` or above, and return its number.

        It is a number that this computer remembers no epoch of the till by: a backup of before
        that one may have been put back, and a document's number names its epoch.

        `lost` is what the till wrote before and its file does not hold.

        Where the pepper is gone nobody's PIN can be proved any more: the till then asks for a
        first supervisor again, and its journal says that nobody works there. Raises `Trouble`;
        then nothing has changed.
        """
        before = self._identity()
        guarded = keys.keyring_serves()
        install_id = self.random_bytes(16).hex()
        key = keys.SigningKey(self.random_bytes(keys.KEY_BYTES))
        key_store(self.folder, install_id, guarded=guarded).save(key)
        knows_people = self._carry_pepper(before, install_id, guarded=guarded)
        known_here = self.marks.newest_epoch(before.till) if self.marks else 0
        number = max(before.epoch + 1, known_here + 1, least)
        now = replace(
            before,
            epoch=number,
            install_id=install_id,
            public_key=key.public,
            key_guarded=guarded,
        )
        # Before the fact: a mark of an epoch that never came to be says nothing of any other.
        left_at = self._head()
        marked = self._remember(now, left_at, after=left_at.seq)
        with self.journal.fact(epoch=number) as fact:
            if fact.tx.epoch() != before.epoch:
                # Another program noticed the same, a moment ago.
                raise Trouble(Ailment.STORE_BUSY)
            first = fact.next_seq
            fact.write(
                EpochOpenedBody(
                    after=before.epoch,
                    install_id=install_id,
                    program=tofan_pos.__version__,
                    public_key=key.public.hex(),
                    why=why.value,
                    lost=lost,
                )
            )
            fact.tx.set_identity(now)
            fact.tx.add_epoch(EpochRow(number, first, install_id, key.public, why.value, marked))
            known = fact.tx.head_office()
            fact.tx.set_head_office(replace(known, standing="unknown", parted=0))
            if not knows_people and not people.is_new(fact.tx):
                people.write(fact, "", [])
            head = fact.head
        if self.marks is not None:
            self.marks.move(install_id, head)
        self.leave_request()
        return number

    def request(self) -> bytes:
        """Return the enrolment request of the epoch the till is in, signed. Raises `Trouble`."""
        identity = self._identity()
        (*_, row) = self._all()
        with self.journal.store.reading() as look:
            before = look.entry_at(row.first - 1)
        key = key_store(self.folder, row.install_id, guarded=identity.key_guarded).load()
        return enrolment.write_request(
            enrolment.Request(
                till=identity.till,
                epoch=row.epoch,
                install_id=row.install_id,
                public_key=row.public_key,
                why=Beginning(row.why),
                after=row.first - 1,
                after_hash=(before.hash if before else GENESIS).hex(),
                program=tofan_pos.__version__,
            ),
            key,
        )

    @property
    def request_path(self) -> Path:
        """Where the enrolment request is left."""
        return self.folder / enrolment.FILE_NAME

    def leave_request(self) -> None:
        """Put the enrolment request into the till's folder, where people look for it."""
        with suppress(Trouble):
            # It can be written at any time; the epoch stands without it.
            write_durably(self.request_path, self.request())

    def moved(self, epoch: int, head: Head) -> None:
        """Remember, outside the till's file, how far its journal has come."""
        if self.marks is None:
            return
        if epoch not in self._install_ids:
            (*_, row) = self._all()
            if row.epoch == epoch and not row.marked:
                self._say_marked(row)
            self._install_ids[epoch] = row.install_id
        self.marks.move(self._install_ids[epoch], head)

    def _say_marked(self, row: EpochRow) -> None:
        """Note in the till's file that it is remembered outside: with its first fact, not before.

        Merely opening a till changes no byte of it.
        """
        with suppress(Trouble), self.journal.store.writing() as tx:
            tx.mark_epoch(row.epoch)

    def _all(self) -> list[EpochRow]:
        return self.journal.store.epochs()

    # --- noticing -------------------------------------------------------------------------------

    def _noticed(self, identity: Identity, marks: Marks) -> Noticed | None:
        (*_, epoch) = self._all()
        head, after, here = self._head(), epoch.first - 1, self.folder.resolve()
        try:
            mark = marks.read(identity.install_id)
        except Trouble:
            # Damaged: it tells nothing.
            self._remember(identity, head, after=after)
            mark = self._mark(identity, head, after)
        if mark is None and not epoch.marked:
            # New, or of a program that kept no marks: remembered from now on.
            self._remember(identity, head, after=after)
            return None
        why = self._differs(identity, mark, head)
        lost: tuple[LostBody, ...] = ()
        if why is not Beginning.COPIED:
            before = mark.folder if mark else here
            lost = self._lost(marks, head, {here, before}) if why else ()
            if before != here:
                self._bring(marks, before)
        return Noticed(why, lost) if why else None

    def _lost(self, marks: Marks, head: Head, folders: set[Path]) -> tuple[LostBody, ...]:
        """Return what was written in these folders and is not in the file, newest epoch first.

        What the file's earlier epochs lost stands in it, where the epoch after them began.
        """
        (*earlier, newest) = rows = self._all()
        known = {row.install_id for row in earlier}
        found = []
        for install_id, mark in marks.of(rows[0].install_id).items():
            begins = mark.after + 1
            if install_id == newest.install_id:
                if self._follows(mark.head, head):
                    continue
                # Of another branch than the file's it is known where it ended, not where it parted.
                begins = head.seq + 1 if mark.head.seq > head.seq else mark.head.seq
            if mark.folder in folders and install_id not in known and mark.came_to_be:
                found.append(LostBody(mark.epoch, begins, mark.head.hash.hex(), mark.head.seq))
        return tuple(sorted(found, key=lambda run: -run.epoch)[:_MOST_LOST])

    def _bring(self, marks: Marks, before: Path) -> None:
        """Have every epoch of a till that was moved remembered where it stands now."""
        (first, *_) = self._all()
        for install_id, mark in marks.of(first.install_id).items():
            if mark.folder == before:
                with suppress(Trouble):
                    marks.write(install_id, replace(mark, folder=self.folder.resolve()))

    def _mark(self, identity: Identity, head: Head, after: int) -> Mark:
        (first, *_) = self._all()
        here = self.folder.resolve()
        return Mark(head, here, identity.till, identity.epoch, after, first.install_id)

    def _remember(self, identity: Identity, head: Head, *, after: int) -> bool:
        """Remember a till outside its file; tell whether it could be. It is sold on either way."""
        if self.marks is None:
            return False
        try:
            self.marks.write(identity.install_id, self._mark(identity, head, after))
        except Trouble:
            return False
        return True

    def _head(self) -> Head:
        with self.journal.store.reading() as look:
            last = look.head()
        return Head(last.seq, last.hash) if last else Head()

    def _differs(self, identity: Identity, mark: Mark | None, head: Head) -> Beginning | None:
        """Return how a till's file differs from what is remembered of it, or None."""
        here = self.folder.resolve()
        if mark is None:
            return Beginning.MOVED
        if mark.folder != here and _is_till(mark.folder, identity, besides=here):
            # However far the other one has come since: it goes on, and nothing was lost.
            return Beginning.COPIED
        if not self._follows(mark.head, head) or self._went_on(identity, here):
            return Beginning.RESTORED
        return Beginning.KEY_LOST if self._has_lost_its_key(identity) else None

    def _went_on(self, identity: Identity, here: Path) -> bool:
        """Tell whether the till in this very folder had begun a later epoch already."""
        if self.marks is None:
            return False
        (first, *_) = self._all()
        later = self.marks.of(first.install_id).values()
        return any(
            mark.folder == here and mark.epoch > identity.epoch and mark.came_to_be
            for mark in later
        )

    def _follows(self, before: Head, now: Head) -> bool:
        """Tell whether the journal holds what it held when it was seen last."""
        if before.seq > now.seq:
            return False
        if before.seq == now.seq:
            return before.hash == now.hash
        with self.journal.store.reading() as look:
            entry = look.entry_at(before.seq)
        return before.seq == 0 or (entry is not None and entry.hash == before.hash)

    def _has_lost_its_key(self, identity: Identity) -> bool:
        """Tell whether the key is known to be gone. A keyring that is shut tells nothing yet."""
        if identity.key_guarded:
            return False
        found = list(self.folder.glob(f"till-{identity.install_id}*.key"))
        return not found

    def _carry_pepper(self, before: Identity, install_id: str, *, guarded: bool) -> bool:
        """Take the pepper along to the new install id; tell whether it could be."""
        for there in (before.key_guarded, not before.key_guarded):
            try:
                pepper = pepper_store(self.folder, before.install_id, guarded=there).load()
            except Trouble:
                continue
            place = pepper_store(self.folder, install_id, guarded=guarded).place
            place.save(keys.SigningKey(pepper))
            return True
        return False

    def _identity(self) -> Identity:
        identity = self.journal.store.identity()
        if identity is None:
            raise Refusal(Why.NO_TILL_HERE, path=str(self.folder))
        return identity


def _is_till(folder: Path, identity: Identity, *, besides: Path) -> bool:
    """Tell whether the same till stands in another folder too."""
    file = folder / FILE_NAME
    try:
        if not file.is_file() or file.samefile(besides / FILE_NAME):
            return False
        store = CounterStore(file)
    except (OSError, Trouble, Refusal):
        return False
    try:
        other = store.identity()
    except Trouble:
        return False
    finally:
        store.close()
    return other is not None and other.install_id == identity.install_id
