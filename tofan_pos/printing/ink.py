"""Ink on a PDF page: shaped Sarabun, rules and fills, placed in points from the top left corner.

Text is measured by the same shaping that draws it, so nothing needs a screen: a server can print.
"""

import io
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from tofan_pos import resources
from tofan_pos.receipt.document import Align
from tofan_pos.receipt.paper import DOTS_PER_MM, Row
from tofan_pos.receipt.printable import printable
from tofan_pos.thai.breaks import wrap

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
LINE = 1.65
"""Height of a line against its type: stacked Thai marks reach 1.25 above, tails 0.35 below."""

RISE = 1.27
"""From the top of a line to its baseline, against its type."""

BODY, SMALL = 9.0, 8.0
INK, MUTED, INDIGO, GREY = "#1B2A49", "#5B6478", "#27406B", "#D9CFBC"
COTTON, WHITE, WRONG = "#F7F3EA", "#FFFFFF", "#A33B2B"
LONGEST = 300
"""Characters of one text; a label is far shorter, a hostile one is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """How a text is set: its size in points, its weight and its colour."""

    size: float = BODY
    bold: bool = False
    colour: str = INK


PLAIN, STRONG, SOFT = Type(), Type(bold=True), Type(colour=MUTED)
QUIET = Type(size=SMALL, colour=MUTED)
TINY = Type(size=7.5, colour=MUTED)


class Pen:
    """Draws on pages, A4 or as given. Everything is placed in points from their top left corner."""

    def __init__(
        self, *, title: str, author: str, language: str, page: tuple[float, float] = (WIDTH, HEIGHT)
    ) -> None:
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - costly, and rarely wanted

        _register()
        self._target = io.BytesIO()
        self._high = page[1]
        canvas = Canvas(self._target, pagesize=page, invariant=1, pageCompression=1, lang=language)
        canvas.setTitle(printable(title))
        canvas.setAuthor(printable(author))
        canvas.setCreator("tofan_pos")
        self._canvas: Any = canvas

    def turn(self) -> None:
        """Finish this page; what follows stands on the next."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """Return the PDF; the same drawing gives the same bytes."""
        self._canvas.save()
        return self._target.getvalue()

    def text(  # noqa: PLR0913 - a text, where it stands and how it looks
        self,
        text: str,
        x: float,
        y: float,
        kind: Type = PLAIN,
        *,
        align: Align = Align.LEFT,
        room: float = 0,
    ) -> None:
        """Draw one line on its baseline; what exceeds its `room` is set smaller."""
        clean, size = printable(text, longest=LONGEST), kind.size
        wide = measure(clean, kind)
        if room and wide > room:
            size *= room / wide
            wide = room
        left = x - wide * {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}[align]
        canvas = self._canvas
        canvas.setFillColor(kind.colour)
        canvas.setFont(_FACES[kind.bold], size)
        # Shaping picks glyphs that stand for no character; readers copy this text instead.
        actual = "FEFF" + clean.encode("utf-16-be").hex().upper()
        canvas.addLiteral(f"/Span<</ActualText<{actual}>>>BDC")
        canvas.drawString(left, self._high - y, _shaped(clean, size, bold=kind.bold))
        canvas.addLiteral("EMC")

    def rule(self, left: float, y: float, width: float, *, thick: float, colour: str) -> None:
        """Draw a level line."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(thick)
        self._canvas.line(left, self._high - y, left + width, self._high - y)

    def fill(self, left: float, top: float, width: float, height: float, *, colour: str) -> None:
        """Fill a rectangle."""
        self._canvas.setFillColor(colour)
        self._canvas.rect(left, self._high - top - height, width, height, stroke=0, fill=1)

    def frame(self, left: float, top: float, width: float, height: float, *, colour: str) -> None:
        """Draw a rectangle's outline."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(1)
        self._canvas.rect(left, self._high - top - height, width, height)

    def bars(self, row: Row, left: float, top: float, *, colour: str) -> None:
        """Draw the bars of a receipt's row, at the size they have on a receipt."""
        dot = MM / DOTS_PER_MM
        path = self._canvas.beginPath()
        for bar in row.bars:
            low = self._high - top - (bar.y + bar.height) * dot
            path.rect(left + bar.x * dot, low, bar.width * dot, bar.height * dot)
        self._canvas.setFillColor(colour)
        self._canvas.drawPath(path, stroke=0, fill=1)


def broken(text: str, width: float, kind: Type = PLAIN) -> tuple[str, ...]:
    """Return text in lines no wider than `width` points; a hostile length ends in an ellipsis."""
    clean = printable(text, longest=LONGEST)
    return wrap(clean, width=width, measure=lambda line: measure(line, kind))


def measure(text: str, kind: Type = PLAIN) -> float:
    """Return how wide a text is when shaped, in points."""
    return _thousandths(text, bold=kind.bold) * kind.size / 1000


_FACES = {False: "Statement", True: "Statement-Bold"}
"""Names of our own: a face registered anew would not know the glyphs an older one has shaped."""


@lru_cache(maxsize=8192)
def _thousandths(text: str, *, bold: bool) -> float:
    if not text:
        return 0.0
    _register()
    return sum(float(place.x_advance) for place in _shaped(text, 10, bold=bold).__shapeData__)


@lru_cache(maxsize=8192)
def _shaped(text: str, size: float, *, bold: bool) -> Any:
    """Return the text shaped: unshaped, stacked Thai marks collide."""
    from reportlab.pdfbase.ttfonts import shapeStr  # noqa: PLC0415 - see above

    return shapeStr(text, _FACES[bold], size, force=True)


@cache
def _register() -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont  # noqa: PLC0415 - see above
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    for bold, name in _FACES.items():
        registerFont(TTFont(name, str(resources.font(bold=bold)), shapable=True))
