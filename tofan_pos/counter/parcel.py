"""A catalogue file on its way: what came before the line broke is kept, and gone on from.

It lies in the till's folder, readable by its owner alone, under the digest of what it is to
become; nothing of it is used before it is whole.
"""

import os
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from tofan_pos.sync.folder import unwritten

_NAME = re.compile(r"catalogue-([0-9a-f]{64})\.part")


@dataclass(frozen=True, slots=True)
class Parcel:
    """What has come of one catalogue file so far: so many bytes of the one with this digest."""

    folder: Path
    sha256: str = ""
    size: int = 0

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder / f"catalogue-{self.sha256}.part"

    def whole(self) -> bytes | None:
        """Return the file where it is whole and right, else None. Raises `Trouble`."""
        if not self.size:
            return None
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise unwritten(error, self.folder) from error
        return content if sha256(content).hexdigest() == self.sha256 else None

    def add(self, piece: bytes) -> "Parcel":
        """Put a piece behind what is there. Raises `Trouble`; what was there before stays."""
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            with os.fdopen(os.open(self.path, flags, 0o600), "wb") as file:
                file.truncate(self.size)
                file.seek(self.size)
                file.write(piece)
        except OSError as error:
            raise unwritten(error, self.folder) from error
        return replace(self, size=self.size + len(piece))

    def drop(self) -> None:
        """Forget it, and every other one."""
        for path in _parcels(self.folder):
            with suppress(OSError):
                path.unlink()


def parcel_in(folder: Path) -> Parcel:
    """Return what lies in a till's folder of a catalogue file; an empty one where nothing does."""
    for path in _parcels(folder):
        found = _NAME.fullmatch(path.name)
        with suppress(OSError):
            if found and path.is_file() and not path.is_symlink():
                return Parcel(folder, found[1], path.stat().st_size)
    return Parcel(folder)


def _parcels(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("catalogue-*.part") if _NAME.fullmatch(path.name))
