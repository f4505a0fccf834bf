"""The least that shows a scan: a field, a bare table that gets a row, a label with the total."""

from collections.abc import Callable
from itertools import count
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

LINES = 10
SIZE = (1366, 768)


class Painted(QObject):
    """Counts what is painted of some widgets."""

    def __init__(self, *widgets: QWidget) -> None:
        """Watch widgets."""
        super().__init__()
        self._left: set[QWidget] = set()
        self._widgets = widgets
        for widget in widgets:
            widget.installEventFilter(self)

    def expect(self) -> None:
        """Forget what has been painted so far."""
        self._left = set(self._widgets)

    @property
    def done(self) -> bool:
        """Whether everything has been painted since."""
        return not self._left

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self._left.discard(watched)
        return False


def press(widget: QWidget, key: int, text: str = "") -> None:
    """Press and let go of a key."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(widget, event)


def until_painted(enter: Callable[[], None], painted: Painted) -> float:
    """Return the seconds from a key until all that it changes has been painted."""
    painted.expect()
    begun = perf_counter()
    enter()
    for _ in range(1000):
        QApplication.processEvents()
        if painted.done:
            return perf_counter() - begun
    message = "the scan was never painted"
    raise RuntimeError(message)


class BareTable:
    """A window with nothing but that."""

    def __init__(self) -> None:
        """Show the window."""
        self._app = QApplication([])
        self._window = QWidget()
        self._field, self._total = QLineEdit(), QLabel("0.00")
        self._table = QTableWidget(0, 4)
        font = self._total.font()
        font.setPixelSize(44)
        self._total.setFont(font)
        column = QVBoxLayout(self._window)
        for widget in (self._field, self._table, self._total):
            column.addWidget(widget)
        self._field.returnPressed.connect(self._add)
        self._window.resize(*SIZE)
        self._window.show()
        self._field.setFocus()
        self._painted = Painted(self._table.viewport(), self._total)
        self._numbers = count(1)
        QApplication.processEvents()

    def scans(self, times: int) -> list[float]:
        """Return the seconds of so many scans."""
        return [self._scan() for _ in range(times)]

    def _scan(self) -> float:
        if self._table.rowCount() >= LINES:
            self._table.setRowCount(0)
        self._field.clear()
        for digit in "2000000010014":
            press(self._field, ord(digit), digit)
        QApplication.processEvents()
        return until_painted(lambda: press(self._field, Qt.Key.Key_Return, "\r"), self._painted)

    def _add(self) -> None:
        n, row = next(self._numbers), self._table.rowCount()
        self._table.insertRow(row)
        texts = (f"ผ้าขาวม้าฝ้ายทอมือ ตาหมากรุก ลายที่ {n}", "1", "390.00", "390.00")
        for column, text in enumerate(texts):
            self._table.setItem(row, column, QTableWidgetItem(text))
        self._table.scrollToBottom()
        self._total.setText(f"{n * 390:,}.00")
