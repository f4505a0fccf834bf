"""The till's pepper: the secret without which no stored verifier proves a PIN."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.sync import keys


@dataclass(frozen=True, slots=True)
class PepperStore:
    """Where a till's pepper is kept: as its key is, but in a place of its own."""

    place: keys.KeyStore

    @property
    def guarded(self) -> bool:
        """Whether the operating system's keyring guards it; where not, people are warned."""
        return self.place.guarded

    def load(self) -> bytes:
        """Return the pepper: 32 bytes. Raises `Trouble(KEY_MISSING | KEY_UNREADABLE)`."""
        return self.place.load().secret

    def load_or_make(self, random_bytes: Callable[[int], bytes]) -> bytes:
        """Return the pepper, and make it first where there is none.

        For a till that has sealed nothing yet: a new pepper makes what was sealed before useless.
        Raises `Trouble`.
        """
        try:
            return self.load()
        except Trouble as trouble:
            if trouble.ailment is not Ailment.KEY_MISSING:
                raise
        pepper = random_bytes(keys.KEY_BYTES)
        self.place.save(keys.SigningKey(pepper))
        return pepper


def pepper_store(folder: Path, install_id: str, *, guarded: bool) -> PepperStore:
    """Return where a till's pepper is: the OS keyring, or a file beside the till's own."""
    if guarded:
        return PepperStore(keys.KeyringKeys(f"{install_id}-pepper"))
    return PepperStore(keys.FileKeys(folder / f"till-{install_id}.pepper"))
