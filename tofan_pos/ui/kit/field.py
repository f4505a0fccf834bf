"""The field that takes scans and typing alike, and tells one from the other by the keys' rhythm."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from tofan_pos.ui.kit import icons
from tofan_pos.ui.kit.ticks import now_ms

_PACE_MS = 35
"""Scanners send a key every 2 to 30 ms; the fastest typist keeps no such pace over a whole code."""
_LEAST = 4
_ICON = 24
_ECHO_MS = 150
"""A scanner set to CR LF presses Enter twice, a bouncing key too; people need longer."""
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EntryField(QLineEdit):
    """A line of text, handed over on Enter: `entered(text, scanned)`.

    Enters that repeat because the key is held, and those with nothing typed since one that handed
    text over 150 ms ago or less, are swallowed. Times are the key events' own; `now` stands in
    where they carry none.
    """

    entered = Signal(str, bool)
    escaped = Signal()

    def __init__(self, *, now: Callable[[], int] = now_ms) -> None:
        super().__init__()
        self._now = now
        self._stamps: list[int] = []
        self._handed_over = -_ECHO_MS
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.textChanged.connect(self._forget_if_empty)
        self._icon = ""

    def show_icon(self, name: str) -> None:
        """Show an icon before the text: what the field is for at this moment."""
        self._icon = name
        self.setTextMargins(_ICON + 10, 0, 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            painter = QPainter(self)
            top = (self.height() - _ICON) // 2
            painter.drawPixmap(16, top, icons.pixmap(self._icon, colour="muted", size=_ICON))

    @property
    def rhythm_is_scan(self) -> bool:
        """Whether what stands in the field came at a scanner's pace."""
        stamps = self._stamps
        if len(stamps) < _LEAST or len(stamps) != len(self.text()):
            return False
        return stamps[-1] - stamps[0] <= _PACE_MS * (len(stamps) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        stamp = event.timestamp() or self._now()
        if event.key() in _ENTERS:
            event.accept()
            self._enter(stamp, repeated=event.isAutoRepeat())
            return
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.escaped.emit()
            return
        if event.text().isprintable() and event.text():
            if self.hasSelectedText():
                self._stamps.clear()
            self._stamps.append(stamp)
        super().keyPressEvent(event)

    def _enter(self, stamp: int, *, repeated: bool) -> None:
        echo = 0 <= stamp - self._handed_over < _ECHO_MS and not self._stamps
        if repeated or echo:
            return
        text, scanned = self.text(), self.rhythm_is_scan
        self._stamps.clear()
        if text:
            self._handed_over = stamp
        self.entered.emit(text, scanned)

    def _forget_if_empty(self, text: str) -> None:
        if not text:
            self._stamps.clear()
