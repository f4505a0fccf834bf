"""A laid-out paper as PDF: the same lines at the same places, in shaped and embedded Sarabun."""

import io
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from tofan_pos import resources
from tofan_pos.receipt.paper import DOTS_PER_MM, Layout, Row

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

POINT = 72 / 25.4 / DOTS_PER_MM
"""Points of one dot."""

A4_SIZE = (595.276, 841.890)
ROLL_MARGIN = 4 * DOTS_PER_MM
"""Dots of white around a receipt: a roll is wider than what a printer can print on it."""

_FACES = {False: "Sarabun", True: "Sarabun-Bold"}


def pdf(layout: Layout) -> bytes:
    """Return the layout as a PDF: A4 pages, numbered where there are several, or one long page.

    The same layout gives the same bytes. Text can be selected, searched and read aloud.
    """
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - costly, and rarely wanted

    _register()
    pages = list(_pages(layout))
    target = io.BytesIO()
    size, left, top = _sheet(layout)
    canvas = Canvas(target, pagesize=size, invariant=1, pageCompression=1, lang="th")
    canvas.setTitle(layout.title)
    canvas.setCreator("tofan_pos")
    for number, rows in enumerate(pages, start=1):
        for row in rows:
            down = top + (row.top - rows[0].top) * POINT
            _draw(canvas, row, left=left, top=size[1] - down)
        if len(pages) > 1:
            canvas.setFont(_FACES[False], 9)
            canvas.drawCentredString(size[0] / 2, 24, f"{layout.title}   {number} / {len(pages)}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _sheet(layout: Layout) -> tuple[tuple[float, float], float, float]:
    """Return a page's width and height, and its left and top margins, in points."""
    if layout.paper.page_height:
        width, height = A4_SIZE
        column, page = layout.paper.width * POINT, layout.paper.page_height * POINT
        return A4_SIZE, (width - column) / 2, (height - page) / 2
    margin = ROLL_MARGIN * POINT
    width = layout.paper.width * POINT + 2 * margin
    return (width, layout.height * POINT + 2 * margin), margin, margin


def _pages(layout: Layout) -> Iterator[list[Row]]:
    """Yield the rows of each page; no page begins with empty rows or parts what is kept."""
    full = layout.paper.page_height
    page: list[Row] = []
    for block in _kept(layout.rows):
        if page and full and block[-1].top + block[-1].height - page[0].top > full:
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


def _draw(canvas: "Canvas", row: Row, *, left: float, top: float) -> None:
    if row.bars:
        path = canvas.beginPath()
        for bar in row.bars:
            low = top - (bar.y + bar.height) * POINT
            path.rect(left + bar.x * POINT, low, bar.width * POINT, bar.height * POINT)
        canvas.drawPath(path, stroke=0, fill=1)
    y = top - row.baseline * POINT
    for cell in row.cells:
        size = cell.size * POINT
        canvas.setFont(_FACES[cell.bold], size)
        # Shaping picks glyphs that stand for no character; readers copy this text instead.
        canvas.addLiteral(f"/Span<</ActualText<{_utf16(cell.text)}>>>BDC")
        canvas.drawString(left + cell.left * POINT, y, _shaped(cell.text, cell.bold, size))
        canvas.addLiteral("EMC")


def _utf16(text: str) -> str:
    return "FEFF" + text.encode("utf-16-be").hex().upper()


@lru_cache(maxsize=4096)
def _shaped(text: str, bold: bool, size: float) -> Any:  # noqa: FBT001 - a cache's key
    """Return the text shaped: unshaped, stacked Thai marks collide."""
    from reportlab.pdfbase.ttfonts import shapeStr  # noqa: PLC0415 - see above

    return shapeStr(text, _FACES[bold], size, force=True)


@cache
def _register() -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont  # noqa: PLC0415 - see above
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    for bold, name in _FACES.items():
        registerFont(TTFont(name, str(resources.font(bold=bold)), shapable=True))
