"""How the window looks: light or dark, and how large its text is."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from tofan_pos.ui.kit import theme

_SIZES = (100, 125, 150, 200)


class Looks(QObject):
    """`changed` after the look is another, for everything to dress again."""

    changed = Signal()

    def __init__(self, *, dark: bool, parent: QObject) -> None:
        """Begin as the application was dressed."""
        super().__init__(parent)
        self.dark = dark

    def turn_look(self) -> None:
        """Go from light to dark or back."""
        self.dark = not self.dark
        self._apply(theme.look().text_percent)

    def turn_text_size(self) -> None:
        """Make the text a size larger, from the largest back to the one it is designed in."""
        sizes = [size for size in _SIZES if size > theme.look().text_percent]
        self._apply(sizes[0] if sizes else _SIZES[0])

    def _apply(self, text_percent: int) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.dark, text_percent=text_percent)
        self.changed.emit()
