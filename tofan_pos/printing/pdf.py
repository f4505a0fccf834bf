"""A laid-out paper as PDF: the same lines at the same places, in shaped and embedded Sarabun."""

from collections.abc import Iterator, Sequence

from tofan_pos.printing.ink import HEIGHT, MM, WIDTH, Pen, Type
from tofan_pos.receipt.document import Align
from tofan_pos.receipt.paper import DOTS_PER_MM, Layout, Row

POINT = MM / DOTS_PER_MM
"""Points of one dot."""

ROLL_MARGIN = 4 * DOTS_PER_MM
"""Dots of white around a receipt: a roll is wider than what a printer can print on it."""

_HANGS = 8 * DOTS_PER_MM
"""How high an ornament may be that ends a page below its last row."""

_BLACK = "#000000"
_FOOT = Type(size=9.0, colour=_BLACK)


def pdf(layout: Layout) -> bytes:
    """Return the layout as a PDF: A4 pages, numbered where there are several, or one long page.

    The same layout gives the same bytes. Text can be selected, searched and read aloud.
    """
    pages = list(_pages(layout))
    (width, height), left, top = _sheet(layout)
    pen = Pen(title=layout.title, author="", language="th", page=(width, height))
    for number, rows in enumerate(pages, start=1):
        for row in rows:
            _draw(pen, row, left=left, top=top + (row.top - rows[0].top) * POINT)
        if len(pages) > 1:
            foot = f"{layout.title}   {number} / {len(pages)}"
            pen.text(foot, width / 2, height - 24, _FOOT, align=Align.CENTRE)
        pen.turn()
    return pen.finish()


def _sheet(layout: Layout) -> tuple[tuple[float, float], float, float]:
    """Return a page's width and height, and its left and top margins, in points."""
    if layout.paper.page_height:
        width, height = WIDTH, HEIGHT
        column, page = layout.paper.width * POINT, layout.paper.page_height * POINT
        return (WIDTH, HEIGHT), (width - column) / 2, (height - page) / 2
    margin = ROLL_MARGIN * POINT
    width = layout.paper.width * POINT + 2 * margin
    return (width, layout.height * POINT + 2 * margin), margin, margin


def _pages(layout: Layout) -> Iterator[list[Row]]:
    """Yield the rows of each page; no page begins with empty rows or parts what is kept.

    An ornament without words begins none either: the margin below has room for it.
    """
    full = layout.paper.page_height
    page: list[Row] = []
    for block in _kept(layout.rows):
        end = block[-1].top + block[-1].height
        hangs = end - block[0].top <= _HANGS and not any(row.cells for row in block)
        if page and full and end - page[0].top > full and not hangs:
            yield page
            page = []
        page += [row for row in block if page or row.cells or row.bars]
    yield page


def _kept(rows: Sequence[Row]) -> Iterator[list[Row]]:
    block: list[Row] = []
    for row in rows:
        block.append(row)
        if not row.kept:
            yield block
            block = []
    if block:
        yield block


def _draw(pen: Pen, row: Row, *, left: float, top: float) -> None:
    if row.bars:
        pen.bars(row, left, top, colour=_BLACK)
    for cell in row.cells:
        kind = Type(size=cell.size * POINT, bold=cell.bold, colour=_BLACK)
        pen.text(cell.text, left + cell.left * POINT, top + row.baseline * POINT, kind)
