"""A folder as transport: files written so that they are there whole, or not at all."""

import contextlib
import errno
import os
from pathlib import Path

from tofan_pos.domain.errors import Ailment, Trouble


def write_durably(path: Path, content: bytes) -> None:
    """Write a file as temp, fsync, rename, fsync of the folder, and read it back.

    Raises `Trouble(DISK_FULL | FOLDER_UNWRITABLE | COPY_DIFFERS)`; then no half file is left
    under the name.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
        if path.read_bytes() != content:
            path.unlink()
            raise Trouble(Ailment.COPY_DIFFERS, path=str(path))
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise unwritten(error, path.parent) from error


def unwritten(error: OSError, folder: Path) -> Trouble:
    """Return the trouble that an error of writing into a folder is."""
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    return Trouble(Ailment.DISK_FULL if full else Ailment.FOLDER_UNWRITABLE, path=str(folder))


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, so that they outlast a power cut.

    Raises `Trouble(DISK_FULL | FOLDER_UNWRITABLE)`.
    """
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for made in missing:
            sync_folder(made.parent)
    except OSError as error:
        raise unwritten(error, folder) from error


def sync_folder(folder: Path) -> None:
    """Make a folder's own entries durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
