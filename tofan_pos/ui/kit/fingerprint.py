"""What two people compare, and what a scanner reads: a fingerprint in large type, a QR code."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102, N802

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tofan_pos.ui.kit import theme, tokens

_QUIET = 4
"""White modules around a code, without which scanners do not find it."""


class Fingerprint(QWidget):
    """A fingerprint on a ground of its own: named, large, never cut; a dash where there is none."""

    def __init__(self, *, size: int = tokens.BIG) -> None:
        super().__init__()
        self._text, self._word, self._size = "", "", size
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What it shows."""
        return self._text

    def show_text(self, text: str, *, word: str, whose: str = "") -> None:
        """Show a fingerprint under its word; `whose` it is is said to who cannot see it."""
        self._text, self._word = text, word
        self.setAccessibleName(f"{' '.join(filter(None, (word, whose)))}: {text or '–'}")
        self.update()

    def sizeHint(self) -> QSize:
        font = theme.font(self._size, bold=True)
        wide = int(QFontMetricsF(font).horizontalAdvance("0000-0000-0000"))
        tall = theme.line_height(tokens.SMALL) + theme.line_height(self._size)
        return QSize(wide + 4 * tokens.GRID, tall + tokens.GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 10, 10)
        above = QRect(0, tokens.GRID // 2, self.width(), theme.line_height(tokens.SMALL))
        painter.setFont(theme.font(tokens.SMALL))
        painter.setPen(theme.colour("muted"))
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, self._word)
        under = self.rect().adjusted(0, above.bottom(), 0, -tokens.GRID // 2)
        font = theme.font(self._size, bold=True)
        text = self._text or "–"
        wide, room = QFontMetricsF(font).horizontalAdvance(text), self.width() - 2 * tokens.GRID
        if wide > room > 0:
            font.setPixelSize(max(tokens.SMALL, int(font.pixelSize() * room / wide)))
        painter.setFont(font)
        painter.setPen(theme.colour("ink" if self._text else "muted"))
        painter.drawText(under, Qt.AlignmentFlag.AlignCenter, text)


class QrCode(QWidget):
    """A QR code from its rows of `0` and `1`: dark on white in either look, as scanners want it."""

    def __init__(self, *, side: int) -> None:
        super().__init__()
        self._rows: Sequence[str] = ()
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> Sequence[str]:
        """What it shows, without the quiet zone."""
        return self._rows

    def show_rows(self, rows: Sequence[str], *, name: str) -> None:
        """Show a code; `name` says what it is to who cannot see it."""
        self._rows = tuple(rows)
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(self.rect(), 8, 8)
        across = len(self._rows) + 2 * _QUIET
        # Whole pixels alone: a module that is smeared over two is a module that is not read.
        one = max(1, min(self.width(), self.height()) // across)
        left = (self.width() - one * len(self._rows)) // 2
        top = (self.height() - one * len(self._rows)) // 2
        painter.setBrush(QColor("#000000"))
        for y, row in enumerate(self._rows):
            for x, module in enumerate(row):
                if module == "1":
                    painter.drawRect(QRect(left + x * one, top + y * one, one, one))
