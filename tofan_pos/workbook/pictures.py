"""Hides the folder of pictures: finds each by its bare name, and takes only what is a picture."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final
from unicodedata import normalize

from tofan_pos.domain.catalogue import Picture
from tofan_pos.domain.errors import Trouble
from tofan_pos.workbook.cells import one_line
from tofan_pos.workbook.faults import Problem, Unfit
from tofan_pos.workbook.package import MIB, read_bounded
from tofan_pos.workbook.sheets import Cell

LARGEST_PICTURE: Final = 2 * MIB
LARGEST_TOGETHER: Final = 256 * MIB

_LONGEST_NAME: Final = 255
_FOLDER: Final = "images"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"


@dataclass(slots=True)
class Pictures:
    """The pictures beside one workbook; a name is looked up in the lists of two folders only."""

    folders: tuple[dict[str, Path], ...]
    names: dict[str, str] = field(default_factory=dict)
    taken: dict[str, Picture] = field(default_factory=dict)
    size: int = 0

    def sha256_of(self, cell: Cell) -> str | None:
        """Return the SHA-256 of the picture a cell names, having read it; raises Unfit."""
        name = one_line(cell, longest=_LONGEST_NAME)
        if name is None:
            return None
        if any(sign in name for sign in "/\\:") or name.strip(".") == "":
            raise Unfit(Problem.PICTURE_PATH)
        if name not in self.names:
            self.names[name] = self._take(name)
        return self.names[name]

    def _take(self, name: str) -> str:
        path = next(
            (files[key] for files in self.folders for key in (name, _key(name)) if key in files),
            None,
        )
        if path is None:
            raise Unfit(Problem.PICTURE_MISSING)
        try:
            content = read_bounded(path, most=LARGEST_PICTURE)
        except Trouble as error:
            raise Unfit(Problem.PICTURE_UNREADABLE) from error
        if len(content) > LARGEST_PICTURE:
            raise Unfit(Problem.PICTURE_TOO_LARGE, most=LARGEST_PICTURE // MIB)
        if not _is_picture(content):
            raise Unfit(Problem.PICTURE_KIND)
        digest = sha256(content).hexdigest()
        if digest not in self.taken:
            if self.size + len(content) > LARGEST_TOGETHER:
                raise Unfit(Problem.PICTURES_TOO_LARGE, most=LARGEST_TOGETHER // MIB)
            self.size += len(content)
            self.taken[digest] = Picture(digest, content)
        return digest


def pictures_beside(workbook: Path) -> Pictures:
    """Return the pictures in the folder `images` beside a workbook, then beside it."""
    return Pictures((_files(workbook.parent / _FOLDER), _files(workbook.parent)))


def _files(folder: Path) -> dict[str, Path]:
    """Return a folder's files by name, and by the name as a computer that ignores case sees it."""
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return {}
    return {_key(path.name): path for path in found} | {path.name: path for path in found}


def _key(name: str) -> str:
    # Some disks take accents apart in names; a name typed in a cell has them whole.
    return normalize("NFC", name).casefold()


def _is_picture(content: bytes) -> bool:
    is_webp = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    return is_webp or content.startswith((_PNG, _JPEG))
