"""A number with a large key for one less and one for one more."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.keys import IconButton
from tofan_pos.ui.kit.text import Line

_WIDEST = 68
"""Three figures of the largest type."""


class Stepper(QWidget):
    """Emits `stepped` with -1 or 1; it keeps no number of its own but the one shown."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._less, self._more = IconButton("minus"), IconButton("plus")
        self._less.clicked.connect(lambda: self.stepped.emit(-1))
        self._more.clicked.connect(lambda: self.stepped.emit(1))
        self._value = Line("1", role="heading")
        self._value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._less)
        row.addWidget(self._value)
        row.addWidget(self._more)
        self.dress()

    def show_value(self, value: int, *, least: int, most: int | None) -> None:
        """Show a number, and which way it may still go."""
        self._value.setText(f"{value:,}")
        self._value.setAccessibleName(f"{self._name} {value}")
        self._less.setEnabled(value > least)
        self._more.setEnabled(most is None or value < most)

    def name(self, *, less: str, more: str, value: str) -> None:
        """Name the keys and the number."""
        self._less.put(less, hint="Ctrl ↓")
        self._more.put(more, hint="Ctrl ↑")
        self._name = value

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self._less.dress()
        self._more.dress()
        self._value.setFixedWidth(min(theme.look().px(56), _WIDEST))
