"""A keypad of digits for fingers: it types into the field that has the keyboard."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.keys import TextButton

ERASE = "\b"
_ROWS = ("789", "456", "123", "0.\b")


class Keypad(QWidget):
    """Emits `typed` with a digit, a point, or `ERASE`."""

    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self._keys: dict[str, TextButton] = {}
        for y, row in enumerate(_ROWS):
            for x, mark in enumerate(row):
                key = TextButton("⌫" if mark == ERASE else mark)
                key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
                key.setProperty("role", "digit")
                key.clicked.connect(lambda _=False, mark=mark: self.typed.emit(mark))
                grid.addWidget(key, y, x)
                self._keys[mark] = key
        self.setMinimumHeight(4 * theme.target() + 24)
        self.setMaximumHeight(4 * 84 + 24)

    def name_erase(self, text: str) -> None:
        """Name the key that takes the last digit back."""
        self._keys[ERASE].setAccessibleName(text)
        self._keys[ERASE].setToolTip(text)
