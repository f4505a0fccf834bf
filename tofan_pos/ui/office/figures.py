"""A few figures in a row: what each counts above, the number large below."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102, N802

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tofan_pos.ui.kit import theme, tokens

_GAP = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: what it counts, the number, and its colour's token."""

    label: str
    value: str
    tone: str = "ink"


class Figures(QWidget):
    """Draws figures from left to right, in a second row where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._figures: tuple[Figure, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What it shows."""
        return self._figures

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these."""
        self._figures = tuple(figures)
        self.setAccessibleName(", ".join(f"{one.label} {one.value}" for one in figures))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return places[-1].bottom() + 1 if places else 0

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(max(self.width(), 320)))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        low = theme.line_height(tokens.SMALL)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for one, place in zip(self._figures, self._places(self.width()), strict=True):
            painter.setFont(theme.font(tokens.SMALL))
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRect(place.left(), place.top(), place.width(), low), left, one.label)
            painter.setFont(theme.font(tokens.LEAD, bold=True))
            painter.setPen(theme.colour(one.tone))
            painter.drawText(place.adjusted(0, low, 0, 0), left, one.value)

    def _places(self, width: int) -> list[QRect]:
        """Return where each figure is drawn."""
        label = QFontMetricsF(theme.font(tokens.SMALL))
        value = QFontMetricsF(theme.font(tokens.LEAD, bold=True))
        tall = theme.line_height(tokens.SMALL) + theme.line_height(tokens.LEAD)
        x = y = 0
        places = []
        for one in self._figures:
            wide = int(max(label.horizontalAdvance(one.label), value.horizontalAdvance(one.value)))
            if x and x + wide > width:
                x, y = 0, y + tall + 8
            places.append(QRect(x, y, wide + 2, tall))
            x += wide + _GAP
        return places
