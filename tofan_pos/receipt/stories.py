"""Stories within a budget of paper: told in order while they fit, the rest named with a code."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote

from tofan_pos.receipt.document import Align, Paragraph, Size, Stories, Telling
from tofan_pos.receipt.ornament import square
from tofan_pos.receipt.paper import DOTS_PER_MM, Row
from tofan_pos.receipt.rows import Desk, paragraph, together

LONGEST_ADDRESS = 400
"""Bytes of an address that a telephone still reads from thermal paper as a QR code."""

MOST_LINES_OF_NAMES = 4
NAMED = (1, 2, 4, 6, 9)
"""How many stories may be named, where they are too many to name them all."""

GAP = Row(height=DOTS_PER_MM)
QUIET = Row(height=3 * DOTS_PER_MM)
"""White above a QR code, for the telephone to tell it from text."""


def stories(block: Stories, desk: Desk) -> list[Row]:
    """Return the rows of the stories, together no higher than the block's budget.

    They are laid in order while they fit. The rest is named in a few lines, with one QR code to
    read them by; where not even that fits, less and less of it is said.
    """
    heading = [
        *paragraph(Paragraph(text=block.heading, bold=True, align=Align.CENTRE), desk),
        GAP,
    ]
    room = int(block.budget_mm * DOTS_PER_MM) - _height(heading)
    fitting = _fitting(block.tellings, desk, room=room)
    for count in range(len(fitting), -1, -1):
        told, left = fitting[:count], block.tellings[count:]
        spare = room - _height(_joined(told))
        rest = next((way for way in _leftovers(block, left, desk) if _height(way) <= spare), None)
        if rest is not None and (told or rest):
            return [*_before(heading), *_joined(told), *rest]
    return _hints(block, desk, heading=heading, room=room)


def _fitting(tellings: Sequence[Telling], desk: Desk, *, room: int) -> list[list[Row]]:
    """Return the rows of as many stories as fit."""
    told: list[list[Row]] = []
    for telling in tellings:
        rows = _told(telling, desk)
        room -= _height(rows) + GAP.height
        if room < 0:
            break
        told.append(rows)
    return told


def _told(telling: Telling, desk: Desk) -> list[Row]:
    name = paragraph(Paragraph(text=telling.name, size=Size.SMALL, bold=True), desk)
    said = [
        row
        for text in telling.texts
        for row in paragraph(Paragraph(text=text, size=Size.SMALL), desk)
    ]
    return [*together([*name, *said[:1]]), *said[1:]]


def _before(heading: Sequence[Row]) -> list[Row]:
    """Return a heading that a page's end does not part from what it is over."""
    return [replace(row, kept=True) for row in heading]


def _joined(told: Sequence[list[Row]]) -> list[Row]:
    return [row for rows in told for row in (*rows, GAP)]


def _leftovers(block: Stories, left: Sequence[Telling], desk: Desk) -> Iterator[list[Row]]:
    """Yield the ways to mention the stories left out, names and code; fewer names if need be."""
    if not left:
        yield []
        return
    scan = _scan(block, left, desk)
    for names in sorted({len(left), *(n for n in NAMED if n < len(left))}, reverse=True):
        named = _named(block, left, desk, names=names)
        if len(named) <= MOST_LINES_OF_NAMES or names == min(NAMED):
            yield together([*named, *scan])


def _hints(block: Stories, desk: Desk, *, heading: list[Row], room: int) -> list[Row]:
    """Return what little a small budget allows: the code, or a line or two of names, or nothing."""
    if room < 0:
        return []
    scan = _scan(block, block.tellings, desk)
    named = _named(block, block.tellings, desk, names=1)
    for way in (scan, named):
        if way and _height(way) <= room:
            return together([*heading, *way])
    return []


def _named(block: Stories, left: Sequence[Telling], desk: Desk, *, names: int) -> list[Row]:
    listed = " · ".join(telling.name for telling in left[:names])
    others = f" · +{len(left) - names}" if names < len(left) else ""
    text = f"{block.more}: {listed}{others}"
    return paragraph(Paragraph(text=text, size=Size.SMALL), desk)


def _scan(block: Stories, left: Sequence[Telling], desk: Desk) -> list[Row]:
    """Return the code to read stories by and its caption, or nothing where they have no page."""
    if not block.page:
        return []
    caption = Paragraph(text=block.scan, size=Size.SMALL, align=Align.CENTRE)
    code = square(desk.codes.qr(_address(block.page, left)), width=desk.paper.width)
    return together([QUIET, code, GAP, *paragraph(caption, desk)])


def _address(page: str, left: Sequence[Telling]) -> str:
    """Return the address of as many of the stories as a code can hold."""
    address = page + quote(left[0].code, safe="")
    for telling in left[1:]:
        longer = f"{address}.{quote(telling.code, safe='')}"
        if len(longer.encode()) > LONGEST_ADDRESS:
            break
        address = longer
    return address


def _height(rows: Sequence[Row]) -> int:
    return sum(row.height for row in rows)
