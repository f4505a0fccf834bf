"""An amount of money: right-aligned, tabular, made smaller rather than cut."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from tofan_pos.domain.money import baht
from tofan_pos.ui.kit import theme, tokens

_LEAST_SHARE = 0.5


class MoneyLabel(QLabel):
    """Shows satang as baht at a size of type."""

    def __init__(
        self,
        *,
        size: int = tokens.READ,
        bold: bool = False,
        colour: str = "ink",
        left: bool = False,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
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
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        width = QFontMetricsF(self._font()).horizontalAdvance(self.text()) + 2
        return QSize(int(width), theme.line_height(self._size))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        hint = self.sizeHint()
        return QSize(int(hint.width() * _LEAST_SHARE), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        painter = QPainter(self)
        font = self._font()
        wide = QFontMetricsF(font).horizontalAdvance(self.text())
        if wide > self.width() > 0:
            font.setPixelSize(max(tokens.SMALL, int(font.pixelSize() * self.width() / wide)))
        painter.setFont(font)
        painter.setPen(theme.colour(self._colour))
        painter.drawText(self.rect(), int(self._side), self.text())

    def _font(self):  # type: ignore[no-untyped-def]
        return theme.font(self._size, bold=self._bold)
