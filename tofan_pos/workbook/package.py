"""Hides the zip and the XML of a workbook file, and every way they may be built to do harm.

Parts are unpacked in small pieces and parsed as they come, so that no part is ever whole in
memory. A document type declaration is refused where it begins: no entity is ever declared, so
none expands and none is fetched. The parser itself keeps what is still open, the names it has met
and the tag it is in the middle of, so each of these is bounded.
"""

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.workbook.faults import Problem, Unfit

MIB: Final = 1024 * 1024
LARGEST_FILE: Final = 64 * MIB
LARGEST_UNPACKED: Final = 256 * MIB
MOST_PARTS: Final = 10_000
# Sheets of formatted blank rows pack 20 to 60 times; a bomb packs near deflate's 1,000.
MOST_PACKED: Final = 200
SMALL_ENOUGH: Final = 8 * MIB
LONGEST_TEXT: Final = 32_767
"""The most characters a spreadsheet itself keeps in a cell; more are left unread."""

LONGEST_TAG: Final = MIB
"""Where the parser comes no further for so many bytes, it is given no more.

Each time it begins that tag anew, and up to expat 2.5 in pieces that never grow (CVE-2023-52425).
"""
DEEPEST: Final = 200_000
"""So many elements may be open at once, at about 130 bytes each; a workbook has about ten."""
MOST_NAMES: Final = 10_000
"""So many names of elements and attributes may one part use: a workbook's has about a hundred."""

_PIECE: Final = 64 * 1024
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PART_HEADER: Final = b"PK\x01\x02"
_LOCKED: Final = 0x1
_BROKEN = (
    BadZipFile,
    EOFError,
    KeyError,
    NotImplementedError,
    OverflowError,
    LookupError,
    UnicodeError,
    ValueError,
    OSError,
    expat.ExpatError,
    struct.error,
    zlib.error,
)

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Characters = Callable[[str], None]


def read_bounded(path: Path, *, most: int) -> bytes:
    """Return at most `most` + 1 bytes of a regular file; raises Trouble(FILE_UNREADABLE)."""
    try:
        # A pipe or a device would never end: `is_file` is true for regular files alone.
        if not path.is_file():
            raise Trouble(Ailment.FILE_UNREADABLE, path=str(path))
        with path.open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        raise Trouble(Ailment.FILE_UNREADABLE, path=str(path)) from error


def open_package(content: bytes) -> ZipFile:
    """Return the workbook's zip, its contents vetted but not yet read; raises Unfit."""
    if len(content) > LARGEST_FILE:
        raise Unfit(Problem.FILE_TOO_LARGE, most=LARGEST_FILE // MIB)
    if content.startswith(_OLE):
        # A workbook with a password is wrapped in the container that .xls files use.
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Unfit(Problem.ENCRYPTED if locked else Problem.NOT_A_WORKBOOK)
    if not content.startswith(_ZIP):
        raise Unfit(Problem.NOT_A_WORKBOOK)
    # Counted before the zip's directory is read: each entry would cost memory.
    if content.count(_PART_HEADER) > MOST_PARTS:
        raise Unfit(Problem.HOSTILE)
    try:
        package = ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise Unfit(Problem.DAMAGED) from error
    parts = package.infolist()
    if any(part.flag_bits & _LOCKED for part in parts):
        raise Unfit(Problem.ENCRYPTED)
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        raise Unfit(Problem.HOSTILE)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED or any(
        part.file_size > max(SMALL_ENOUGH, part.compress_size * MOST_PACKED) for part in parts
    ):
        raise Unfit(Problem.UNPACKS_TOO_LARGE, most=LARGEST_UNPACKED // MIB)
    return package


def parse(
    package: ZipFile,
    part: str,
    *,
    start: Start,
    end: End | None = None,
    characters: Characters | None = None,
) -> Iterator[None]:
    """Parse one part, calling back for each element, and pause after each piece of it.

    Element names come with their prefix: see `local`. Raises Unfit for what is no XML, for what
    is not there, and for what is built to wear the parser out. No more is unpacked than the zip's
    directory, already vetted, says.
    """
    names: dict[str, str] = {}
    parser = expat.ParserCreate(intern=names)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler = _bounded(start, end)
    parser.CharacterDataHandler = characters
    fed = done = waiting = 0
    try:
        with package.open(part) as stream:
            # As much again as is waiting: a long tag is then begun anew a few times, not hundreds.
            while piece := stream.read(max(_PIECE, waiting)):
                parser.Parse(piece, False)  # noqa: FBT003 - its own, positional, interface
                fed += len(piece)
                done = max(done, parser.CurrentByteIndex)  # -1 where it has not even looked
                waiting = fed - done
                if waiting >= LONGEST_TAG or len(names) > MOST_NAMES:
                    raise Unfit(Problem.HOSTILE)
                yield
        parser.Parse(b"", True)  # noqa: FBT003
    except _BROKEN as error:
        raise Unfit(Problem.DAMAGED) from error
    yield


def _bounded(start: Start, end: End | None) -> tuple[Start, End]:
    """Return the two as they are called where no more than `DEEPEST` elements may be open."""
    depth = 0

    def enter(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unfit(Problem.HOSTILE)
        start(name, attributes)

    def leave(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name)

    return enter, leave


def local(name: str) -> str:
    """Return an element's or attribute's name without the prefix, which each program chooses."""
    return name.rpartition(":")[2]


class Writing:
    """Gathers the characters of one text as they come, while `on`."""

    __slots__ = ("aside", "on", "pieces", "room")

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Forget what was gathered, and wait."""
        self.on = False
        self.aside = False
        self.pieces: list[str] = []
        self.room = LONGEST_TEXT

    def enter(self, name: str) -> None:
        """Begin to listen in an element that holds text."""
        if name == "rPh":  # how a text is pronounced (18.4.6) is no part of it
            self.aside = True
        elif name in {"t", "v"}:
            self.on = not self.aside

    def leave(self, name: str) -> None:
        """Stop listening."""
        if name == "rPh":
            self.aside = False
        elif name in {"t", "v"}:
            self.on = False

    def take(self, characters: str) -> None:
        """Add characters, if they are wanted now and there is room."""
        if self.on and self.room > 0:
            self.pieces.append(characters[: self.room])
            self.room -= len(characters)

    def text(self) -> str:
        """Return the text, with `_x000D_` (ECMA-376 part 1, 22.9.2.19) as the character meant."""
        text = "".join(self.pieces)
        return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return "" if 0xD800 <= number <= 0xDFFF else chr(number)


def _refuse_doctype(*_: object) -> None:
    raise Unfit(Problem.HOSTILE)
