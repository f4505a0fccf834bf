"""A folder as transport: files written so that they are there whole, or not at all.

Others may write into it too. No link that they leave there is ever followed.
"""

import contextlib
import errno
import os
import stat
from pathlib import Path

from tofan_pos.domain.errors import Ailment, Trouble


def read_at_most(path: Path, most: int) -> bytes:
    """Return a file's bytes, one more than `most` where it has more than that.

    Raises `Trouble(FILE_UNREADABLE)`, also for a pipe or a device: opening one could wait for ever.
    """
    try:
        if not path.is_file():
            raise Trouble(Ailment.FILE_UNREADABLE, path=str(path))
        with open(path, "rb", opener=_opened_plain) as file:
            return file.read(most + 1)
    except OSError as error:
        raise Trouble(Ailment.FILE_UNREADABLE, path=str(path)) from error


def write_durably(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file as temp, fsync, rename, fsync of the folder, and read it back.

    A link under the name is replaced, and what it leads to stays as it is. A `private` file is
    for its owner alone, where the system knows of owners.

    Raises `Trouble(DISK_FULL | FOLDER_UNWRITABLE | COPY_DIFFERS)`; then no half file is left
    under the name.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        # What a crash left, or what somebody put there: never written into.
        if os.path.lexists(temporary):
            temporary.unlink()
        with open(temporary, "xb", opener=_opened_alone if private else _opened_itself) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
        with open(path, "rb", opener=_opened_plain_itself) as file:
            found = file.read(len(content) + 1)
        if found != content:
            path.unlink()
            raise Trouble(Ailment.COPY_DIFFERS, path=str(path))
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise unwritten(error, path.parent) from error


def _opened_itself(path: str, flags: int) -> int:
    """Open a file as `open` does, but never what a link leads to; not every system can tell."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _opened_plain(path: str, flags: int) -> int:
    """Open a file for reading, and nothing else: what it was just now, another may have changed.

    Opened so, a pipe keeps nobody waiting.
    """
    for name in ("O_NONBLOCK", "O_NOCTTY"):
        flags |= getattr(os, name, 0)
    handle = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
    return handle


def _opened_plain_itself(path: str, flags: int) -> int:
    """Open a file as `_opened_plain` does, but never what a link leads to."""
    return _opened_plain(path, flags | getattr(os, "O_NOFOLLOW", 0))


def _opened_alone(path: str, flags: int) -> int:
    """Open a file as `_opened_itself` does, for nobody else to read."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)


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
