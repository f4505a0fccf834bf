"""An amount of money: right-aligned, tabular, made smaller rather than cut."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102, N802

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from tofan_pos.domain.money import baht
from tofan_pos.ui.kit import theme, tokens

_LEAST_SHARE = 0.5
_FIGURE = re.compile(r"\d", re.ASCII)


class MoneyLabel(QLabel):
    """Shows satang as baht at a size of type.

    It draws itself: only another width lays its surroundings out anew.
    """

    def __init__(
        self,
        *,
        size: int = tokens.READ,
        bold: bool = False,
        colour: str = "ink",
        left: bool = False,
    ) -> None:
        super().__init__()
        self._text = ""
        self._size, self._bold, self._colour = size, bold, colour
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        self._side = side | Qt.AlignmentFlag.AlignVCenter

    def show_money(self, satang: int, *, colour: str = "") -> None:
        """Show an amount; `colour` names another token than before."""
        self.show_text(baht(satang), colour=colour)

    def show_text(self, text: str, *, colour: str = "") -> None:
        """Show what stands for an amount."""
        if colour and colour != self._colour:
            self._colour = colour
            self.update()
        if text != self._text:
            # Figures are all as wide: the width changes with their number alone.
            as_wide = _FIGURE.sub("0", text) == _FIGURE.sub("0", self._text)
            self._text = text
            self.setAccessibleName(text)
            self.update()
            if not as_wide:
                self.updateGeometry()

    @property
    def shown(self) -> str:
        """What it shows."""
        return self._text

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._font()).horizontalAdvance(self._text) + 2
        return QSize(int(width), theme.line_height(self._size))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(int(hint.width() * _LEAST_SHARE), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._font()
        wide = QFontMetricsF(font).horizontalAdvance(self._text)
        if wide > self.width() > 0:
            font.setPixelSize(max(tokens.SMALL, int(font.pixelSize() * self.width() / wide)))
        painter.setFont(font)
        painter.setPen(theme.colour(self._colour))
        painter.drawText(self.rect(), int(self._side), self._text)

    def _font(self) -> QFont:
        return theme.font(self._size, bold=self._bold)
