"""Text set into rows: paragraphs, pairs and items, wrapped to a width and never touching."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from tofan_pos.receipt.document import Align, Detail, Item, Pair, Paragraph, Size, Tallied
from tofan_pos.receipt.paper import Bar, Cell, Codes, Measure, Paper, Row
from tofan_pos.receipt.printable import printable
from tofan_pos.thai.breaks import wrap

LINE = 1.65
"""Height of a line against its type: stacked Thai marks reach 1.25 above, tails 0.35 below."""

RISE = 1.27
"""From the top of a line to its baseline, against its type."""

INDENT = 16
"""Dots by which details stand in under their item."""

STROKE = " / "
"""Parts a message from the same in another language: the best place to break a line."""

COUNTS = 0.62
"""How far across the paper counts end, between their labels and their amounts."""

NARROWEST = 4
"""Ems that a label needs beside its figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What setting type needs: the paper, the measure of its face, and the encoders."""

    paper: Paper
    measure: Measure
    codes: Codes

    def dots(self, size: Size) -> int:
        """Return a size in dots on this paper."""
        return self.paper.sizes[size]


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A size in dots and a weight."""

    size: int
    bold: bool = False


def paragraph(block: Paragraph, desk: Desk, *, left: int = 0, width: int = 0) -> list[Row]:
    """Return the rows of running text between `left` and `left + width` (the whole paper)."""
    width = width or desk.paper.width - left
    face = Face(size=desk.dots(block.size), bold=block.bold)
    x = {Align.LEFT: left, Align.CENTRE: left + width // 2, Align.RIGHT: left + width}[block.align]
    lines = broken(block.text, face, desk, width=width)
    if len(lines) > 1 and block.align is Align.CENTRE:
        if not lines[0].endswith(STROKE.rstrip()):
            lines = _balanced(block.text, face, desk, width=width, count=len(lines))
        # Between centred lines the break says what a stroke would.
        lines = tuple(line.removesuffix(STROKE.rstrip()) for line in lines)
    return [row(face, _cell(line, face, desk, x=x, align=block.align)) for line in lines]


def pair(block: Pair, desk: Desk) -> list[Row]:
    """Return a label and its value: side by side, wrapped beside, or one under the other."""
    left = desk.paper.pairs_from
    if left and beside(block, desk, left=left) is None:
        left = 0
    rows = beside(block, desk, left=left)
    loud = block.size is Size.HUGE
    if loud and (rows is None or len(rows) > 1):
        # A loud amount may have its label in body type, before that breaks or stands above.
        rows = beside(block, desk, left=left, label=Size.BODY) or rows
    if rows is not None:
        return rows
    size = Size.BODY if loud else block.size
    above = Paragraph(text=block.left, size=size, bold=block.bold)
    below = Paragraph(text=block.right, size=block.size, bold=block.bold, align=Align.RIGHT)
    return together([*paragraph(above, desk), *paragraph(below, desk)])


def item(block: Item, desk: Desk) -> list[Row]:
    """Return an item's name with its amount on the first line, and its details under it."""
    whole = Pair(left=block.name, right=block.amount)
    rows = beside(whole, desk, left=0) or pair(whole, desk)
    for detail in block.details:
        rows += _detail(detail, desk)
    return together(rows)


def _detail(detail: Detail, desk: Desk) -> list[Row]:
    if detail.right:
        whole = Pair(left=detail.left, right=detail.right, size=Size.SMALL)
        rows = beside(whole, desk, left=INDENT)
        if rows is not None:
            return rows
        below = Paragraph(text=detail.right, size=Size.SMALL, align=Align.RIGHT)
    text = Paragraph(text=detail.left, size=Size.SMALL)
    rows = paragraph(text, desk, left=INDENT)
    return [*rows, *paragraph(below, desk)] if detail.right else rows


def beside(block: Pair, desk: Desk, *, left: int, label: Size | None = None) -> list[Row] | None:
    """Return rows with the right text on the first, or None where the left would get too narrow.

    The left text, in the size of `label` where given, keeps an em clear of the right one; where
    it must wrap it has half the width at least, or a third where it is smaller.
    """
    face = Face(size=desk.dots(block.size), bold=block.bold)
    small = Face(size=desk.dots(label or block.size), bold=block.bold)
    width = desk.paper.width - left
    right = _cell(printable(block.right), face, desk, x=desk.paper.width, align=Align.RIGHT)
    room = width - right.width - small.size
    text = printable(block.left)
    if not text:
        return [row(face, right)] if room > 0 else None
    if room < width / (3 if label else 2) and desk.measure(text, small.size, small.bold) > room:
        return None
    cells = [
        _cell(line, small, desk, x=left, align=Align.LEFT)
        for line in broken(text, small, desk, width=room)
    ]
    return [row(face, cells[0], right), *(row(small, cell) for cell in cells[1:])]


def tallied(block: Tallied, desk: Desk) -> list[Row]:
    """Return a label, a count and an amount; where the label gets too narrow it stands above."""
    face = Face(size=desk.dots(block.size), bold=block.bold)
    start, width = desk.paper.pairs_from, desk.paper.width
    middle = start + round((width - start) * COUNTS)
    right = _cell(printable(block.right), face, desk, x=width, align=Align.RIGHT)
    edge = min(middle, round(right.left) - face.size)
    count = _cell(printable(block.count), face, desk, x=edge, align=Align.RIGHT)
    room = round(count.left) - face.size - start
    lines = broken(block.left, face, desk, width=room) if room > face.size * NARROWEST else ()
    if not lines or max(desk.measure(line, face.size, face.bold) for line in lines) > room:
        above = Paragraph(text=block.left, size=block.size, bold=block.bold)
        return together([*paragraph(above, desk, left=start), row(face, count, right)])
    cells = [_cell(line, face, desk, x=start, align=Align.LEFT) for line in lines]
    return together([row(face, cells[0], count, right), *(row(face, cell) for cell in cells[1:])])


def abreast(columns: Sequence[list[Row]]) -> list[Row]:
    """Return columns of equally high rows side by side."""
    return [
        replace(present[0], cells=tuple(cell for one in present for cell in one.cells))
        for line in zip_longest(*columns)
        if (present := [one for one in line if one is not None])
    ]


def _balanced(text: str, face: Face, desk: Desk, *, width: int, count: int) -> tuple[str, ...]:
    """Return the same number of lines, as even as may be: a centred last word looks lost."""
    narrow, wide = width // 2, width
    while wide - narrow > face.size // 2:
        middle = (narrow + wide) // 2
        if len(broken(text, face, desk, width=middle)) > count:
            narrow = middle
        else:
            wide = middle
    return broken(text, face, desk, width=wide)


def together(rows: list[Row]) -> list[Row]:
    """Return the rows so that no page ends between them."""
    return [*(replace(row, kept=True) for row in rows[:-1]), *rows[-1:]]


def broken(text: str, face: Face, desk: Desk, *, width: float) -> tuple[str, ...]:
    """Return text in lines no wider than `width` dots."""
    whole = printable(text)
    if desk.measure(whole, face.size, face.bold) <= width:
        return (whole,)
    first, stroke, second = whole.partition(STROKE)
    halves = (first + stroke.rstrip(), second)
    if stroke and all(desk.measure(half, face.size, face.bold) <= width for half in halves):
        return halves
    return wrap(whole, width=width, measure=lambda line: desk.measure(line, face.size, face.bold))


def row(face: Face, *cells: Cell, bars: tuple[Bar, ...] = ()) -> Row:
    """Return a row just high enough for one line of a face."""
    return Row(
        height=round(face.size * LINE), baseline=round(face.size * RISE), cells=cells, bars=bars
    )


def _cell(text: str, face: Face, desk: Desk, *, x: int, align: Align) -> Cell:
    width = desk.measure(text, face.size, face.bold)
    return Cell(text=text, x=x, align=align, size=face.size, bold=face.bold, width=width)
