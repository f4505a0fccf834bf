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
            raise Trouble(Ailment.COPY_DIFFERS, path=str(path))
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        ailment = Ailment.DISK_FULL if full else Ailment.FOLDER_UNWRITABLE
        raise Trouble(ailment, path=str(path.parent)) from error


def sync_folder(folder: Path) -> None:
    """Make a folder's own entries durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
