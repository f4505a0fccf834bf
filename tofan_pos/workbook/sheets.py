"""Hides how a spreadsheet program writes sheets: shared texts, styles, dates as numbers, formulas.

Facts: ECMA-376 part 1, 18.2 (workbook), 18.3 (sheets), 18.4 (shared texts), 18.8 (styles).
"""

import posixpath
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, auto
from typing import Final, NamedTuple
from zipfile import ZipFile

from tofan_pos.workbook.faults import Problem, Unfit
from tofan_pos.workbook.package import MIB, Writing, local, open_package, parse

MOST_TEXTS: Final = 2_000_000
MOST_MEMORY: Final = 128 * MIB
"""What the shared texts may take up, in bytes, and those of the products once more.

Counted as they stand in memory: one odd sign makes each letter of its text take four bytes.
"""
LONGEST_ROW: Final = 2 * MIB
"""In characters, over all its cells: a row is kept whole until it ends."""
MOST_RELATIONS: Final = 10_000
MOST_COLUMNS: Final = 16_384
MOST_STYLES: Final = 70_000
MOST_SHEETS: Final = 500
MOST_MERGED: Final = 1_000

# 18.8.30: the date formats known by number alone, of every language and of Thai (71-74, 77, 81).
_BUILT_IN_DATES: Final = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}) | {
    *(71, 72, 73, 74, 77, 81)
}
_BUILT_IN_PERCENT: Final = frozenset({9, 10})
_NOT_SIGNS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DAY_OR_YEAR: Final = re.compile("[dybวป]", re.IGNORECASE)


class Kind(Enum):
    """What a cell holds, as its spreadsheet knows it."""

    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    YES_NO = auto()
    ERROR = auto()
    FORMULA = auto()


class Cell(NamedTuple):
    """One cell that is not blank: a number as written (`8.85E12`), a date as ISO, `1` for true.

    An error is its sign (`#N/A`); a formula never computed has no text. `percent` tells of a
    number that is shown a hundredfold with the sign behind it.
    """

    kind: Kind
    text: str
    percent: bool = False


class Row(NamedTuple):
    """One row with something in it: its number as shown, and its cells by column from 0."""

    number: int
    cells: dict[int, Cell]


@dataclass(slots=True)
class Workbook:
    """An open workbook: its sheets in order (name, and the part it is in), and what they share."""

    package: ZipFile
    sheets: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    date_styles: list[bool] = field(default_factory=list)
    percent_styles: list[bool] = field(default_factory=list)
    epoch: date = date(1899, 12, 30)


def open_workbook(content: bytes) -> Workbook:
    """Return the workbook in a file's bytes; raises Unfit."""
    package = open_package(content)
    names = set(package.namelist())
    main = "xl/workbook.xml"
    for kind, target, _ in _relations(package, ""):
        if kind == "officeDocument":
            main = target
    if main not in names:
        raise Unfit(Problem.NOT_A_WORKBOOK)
    book = Workbook(package)
    found = list(_relations(package, main))
    _read_main(book, main, {key: target for kind, target, key in found if kind == "worksheet"})
    for kind, target, _ in found:
        if kind == "styles":
            _read_styles(book, target)
        elif kind == "sharedStrings":
            _read_texts(book, target)
    return book


def _relations(package: ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Yield each related part: its kind, its name and its key; what lies outside is left out."""
    folder, name = posixpath.split(part)
    found: list[tuple[str, str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if local(element) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            found.append((kind, target.lstrip("/"), attributes.get("Id", "")))
            if len(found) > MOST_RELATIONS:
                raise Unfit(Problem.HOSTILE)

    for _ in parse(package, posixpath.join(folder, "_rels", f"{name}.rels"), start=start):
        pass
    yield from found


def _read_main(book: Workbook, part: str, targets: dict[str, str]) -> None:
    def start(element: str, attributes: dict[str, str]) -> None:
        name = local(element)
        if name == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            book.epoch = date(1904, 1, 1)
        elif name == "sheet":
            keys = [v for k, v in attributes.items() if ":" in k and local(k) == "id"]
            if keys and keys[0] in targets:
                book.sheets.append((attributes.get("name", ""), targets[keys[0]]))
            if len(book.sheets) > MOST_SHEETS:
                raise Unfit(Problem.HOSTILE)

    for _ in parse(book.package, part, start=start):
        pass


def _read_styles(book: Workbook, part: str) -> None:
    formats: dict[str, str] = {}
    within = [""]

    def start(element: str, attributes: dict[str, str]) -> None:
        name = local(element)
        if name in {"cellXfs", "cellStyleXfs", "dxfs"}:
            within[0] = name
        elif name == "numFmt" and within[0] != "dxfs":
            formats[attributes.get("numFmtId", "")[:16]] = attributes.get("formatCode", "")[:255]
        elif name == "xf" and within[0] == "cellXfs":
            key = attributes.get("numFmtId", "0")
            book.date_styles.append(_is_date(key, formats))
            book.percent_styles.append(_is_percent(key, formats))
        if len(book.date_styles) > MOST_STYLES or len(formats) > MOST_STYLES:
            raise Unfit(Problem.HOSTILE)

    for _ in parse(book.package, part, start=start):
        pass


def _is_date(key: str, formats: dict[str, str]) -> bool:
    if key in formats:
        return _DAY_OR_YEAR.search(_NOT_SIGNS.sub("", formats[key])) is not None
    return int(key) in _BUILT_IN_DATES


def _is_percent(key: str, formats: dict[str, str]) -> bool:
    if key in formats:
        return "%" in _NOT_SIGNS.sub("", formats[key])
    return int(key) in _BUILT_IN_PERCENT


def _read_texts(book: Workbook, part: str) -> None:
    writing = Writing()
    taken = 0

    def start(element: str, _: dict[str, str]) -> None:
        name = local(element)
        if name == "si":
            writing.begin()
        else:
            writing.enter(name)

    def end(element: str) -> None:
        nonlocal taken
        name = local(element)
        writing.leave(name)
        if name == "si":
            text = writing.text()
            book.texts.append(text)
            taken += sys.getsizeof(text)
            if len(book.texts) > MOST_TEXTS or taken > MOST_MEMORY:
                raise Unfit(Problem.UNPACKS_TOO_LARGE, most=MOST_MEMORY // MIB)

    for _ in parse(book.package, part, start=start, end=end, characters=writing.take):
        pass


def iso_date(book: Workbook, serial: str) -> str:
    """Return the day of a date kept as a number, in ISO; or the number where there is none."""
    try:
        return (book.epoch + timedelta(days=int(float(serial)))).isoformat()
    except (ValueError, OverflowError):
        return serial
