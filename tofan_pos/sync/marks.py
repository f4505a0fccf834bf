"""What a computer remembers of its tills outside their files: how far each came, and where it is.

One mark for each epoch of a till; those of epochs that were left stay. By them a till notices at
its start that its file is an older one, or stands elsewhere, or twice. A mark is one small file.
Its first line is rewritten in place after every fact, without waiting for the disk: it may fall
behind by a few facts when the power goes, which says nothing, and it is never ahead. The lines fit
one sector of a disk, so they are there as a whole.
"""

import contextlib
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.sync.chain import Head
from tofan_pos.sync.folder import make_folder, write_durably

SUFFIX = ".mark"
_WORD = "tofan-mark-1"
_LINES = 3
_LARGEST = 8 * 1024


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a till had come when it was last seen here, and the folder it stood in.

    `till` is its code, `epoch` the epoch that it was in, `after` the entry before that epoch's
    first, and `origin` the install id of the till's very first epoch: another till that was set up
    under the same code has another one.
    """

    head: Head
    folder: Path
    till: str
    epoch: int
    after: int
    origin: str

    @property
    def came_to_be(self) -> bool:
        """Whether the epoch has an entry; it is remembered before its first is written."""
        return self.head.seq > self.after


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one user of a computer, each under its till's install id."""

    folder: Path

    def read(self, install_id: str) -> Mark | None:
        """Return a till's mark, or None where there is none.

        Raises `Trouble(FILE_UNREADABLE)` for one that is there and cannot be understood: it tells
        nothing, and least of all that the till is new here.
        """
        path = self._path(install_id)
        try:
            content = path.read_bytes()[:_LARGEST]
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Trouble(Ailment.FILE_UNREADABLE, path=str(path)) from error
        try:
            first, second, third = content.decode().split("\n")[:_LINES]
            word, seq, digest, check = first.split(" ")
            till, epoch, after, origin = third.split(" ")
            head = Head(int(seq), bytes.fromhex(digest))
            mark = Mark(head, Path(second), till, int(epoch), int(after), origin)
        except ValueError as error:
            raise Trouble(Ailment.FILE_UNREADABLE, path=str(path)) from error
        if word != _WORD or check != _check(seq, digest):
            raise Trouble(Ailment.FILE_UNREADABLE, path=str(path))
        return mark

    def write(self, install_id: str, mark: Mark) -> None:
        """Write a till's mark durably. Raises `Trouble`."""
        make_folder(self.folder)
        who = f"{mark.till} {mark.epoch} {mark.after} {mark.origin}"
        lines = f"{_line(mark.head)}\n{mark.folder}\n{who}\n"
        write_durably(self._path(install_id), lines.encode())

    def newest_epoch(self, till: str) -> int:
        """Return the highest epoch that was ever begun here under a till's code; nought if none.

        Its file may know nothing of it any more.
        """
        return max((mark.epoch for mark in self._all().values() if mark.till == till), default=0)

    def of(self, origin: str) -> dict[str, Mark]:
        """Return the marks of every epoch of a till, by install id."""
        return {name: mark for name, mark in self._all().items() if mark.origin == origin}

    def _all(self) -> dict[str, Mark]:
        """Return every mark; what cannot be read tells nothing."""
        found = {}
        for path in self.folder.glob(f"*{SUFFIX}"):
            with contextlib.suppress(Trouble):
                mark = self.read(path.stem)
                if mark:
                    found[path.stem] = mark
        return found

    def move(self, install_id: str, head: Head) -> None:
        """Note how far a till has come. What fails here fails silently: the fact itself stands."""
        with contextlib.suppress(OSError):
            handle = os.open(self._path(install_id), os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
            try:
                os.write(handle, _line(head).encode())
            finally:
                os.close(handle)

    def _path(self, install_id: str) -> Path:
        return self.folder / f"{install_id}{SUFFIX}"


def _line(head: Head) -> str:
    seq, digest = f"{head.seq:016d}", head.hash.hex()
    return f"{_WORD} {seq} {digest} {_check(seq, digest)}"


def _check(seq: str, digest: str) -> str:
    return sha256(f"{seq} {digest}".encode()).hexdigest()[:8]
