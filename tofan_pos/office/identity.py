"""Who head office is: its key, made on first need, its name, and where its receiver listens."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock

from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_desk import DeskRow
from tofan_pos.sync.folder import make_folder
from tofan_pos.sync.keys import (
    KEY_BYTES,
    FileKeys,
    KeyringKeys,
    KeyStore,
    SigningKey,
    fingerprint,
    keyring_serves,
)


@dataclass(slots=True)
class Identity:
    """Head office's own identity. `folder` is where its secret is where no keyring keeps it."""

    store: OfficeStore
    folder: Path
    random_bytes: Callable[[int], bytes]
    _key: SigningKey | None = None
    _lock: Lock = field(default_factory=Lock)

    def key(self) -> SigningKey:
        """Return head office's key, made where there is none yet.

        Raises `Trouble(OFFICE_KEY_MISSING | DISK_FULL | FOLDER_UNWRITABLE)`.
        """
        with self._lock:
            if self._key is None:
                desk = self.store.desk() or self.store.open_desk(self._begin)
                self._key = self._load(desk)
            return self._key

    def desk(self) -> DeskRow:
        """Return who head office is. Raises as `key` does."""
        self.key()
        desk = self.store.desk()
        if desk is None:
            raise Trouble(Ailment.OFFICE_KEY_MISSING, path=str(self.folder))
        return desk

    @property
    def fingerprint(self) -> str:
        """What people compare before a till trusts head office. Raises as `key` does."""
        return fingerprint(self.key().public)

    def key_file(self, desk: DeskRow) -> Path:
        """Return the file that the key is in where no keyring keeps it."""
        return self.folder / f"office-{desk.office_id[:16]}.key"

    def _load(self, desk: DeskRow) -> SigningKey:
        try:
            key = self._keys(desk.office_id, guarded=desk.key_guarded).load()
        except Trouble as trouble:
            where = trouble.facts.get("path", "")
            raise Trouble(Ailment.OFFICE_KEY_MISSING, path=where) from trouble
        if key.public != desk.public_key:
            # What it signed, no till would take for head office's.
            raise Trouble(Ailment.OFFICE_KEY_MISSING, path=str(self.folder))
        return key

    def _begin(self) -> DeskRow:
        """Make the key, or take up the one that an older state of this database had."""
        office_id = sha256(f"tofan office {self.store.place}".encode()).hexdigest()[:32]
        serves = keyring_serves()
        for guarded in (True, False) if serves else (False,):
            try:
                # A database that was put back from before its key: tills know that key still.
                found = self._keys(office_id, guarded=guarded).load()
            except Trouble as trouble:
                if trouble.ailment is not Ailment.KEY_MISSING:
                    # It is there, and must not be written over.
                    raise Trouble(Ailment.OFFICE_KEY_MISSING, **trouble.facts) from trouble
            else:
                return DeskRow(office_id, found.public, guarded)
        key = SigningKey(self.random_bytes(KEY_BYTES))
        if not serves:
            make_folder(self.folder)
        self._keys(office_id, guarded=serves).save(key)
        return DeskRow(office_id, key.public, serves)

    def _keys(self, office_id: str, *, guarded: bool) -> KeyStore:
        if guarded:
            return KeyringKeys(f"office-{office_id}")
        return FileKeys(self.folder / f"office-{office_id[:16]}.key")
