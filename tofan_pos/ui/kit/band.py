"""The woven band: the house's one ornament, drawn thread by thread."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from tofan_pos.ui.kit import theme

HEIGHT = 14
# One repeat of the cloth, two pixels a thread: # is indigo, + the line's colour, . unbleached.
_CLOTH = (
    "############",
    "#####.######",
    "####...#####",
    "+##..#..##+#",
    "####...#####",
    "#####.######",
    "############",
)
_THREAD = 2


class Band(QWidget):
    """A strip of cloth as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(64, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawTiledPixmap(event.rect(), _repeat(), event.rect().topLeft())


def _repeat() -> QPixmap:
    pixmap = QPixmap(len(_CLOTH[0]) * _THREAD, HEIGHT)
    pixmap.fill(theme.colour("motif"))
    painter = QPainter(pixmap)
    for y, row in enumerate(_CLOTH):
        for x, thread in enumerate(row):
            if thread != ".":
                shade = theme.colour("cloth" if thread == "#" else "line")
                painter.fillRect(QRectF(x * _THREAD, y * _THREAD, _THREAD, _THREAD), shade)
    painter.end()
    return pixmap
