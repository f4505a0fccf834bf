"""Hides how a window is shown in one of the ways there are, waited for, and drawn."""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from tofan_pos.ui.counter.window import CounterWindow
from tofan_pos.ui.office.window import OfficeWindow

Window = TypeVar("Window", CounterWindow, OfficeWindow)

_PATIENCE_MS = 8_000


@dataclass(frozen=True, slots=True)
class Shot:
    """How a scene is drawn."""

    language: str = "th"
    dark: bool = False
    width: int = 1366
    height: int = 768
    text_percent: int = 100

    @property
    def suffix(self) -> str:
        """What tells this picture from the same scene's others."""
        parts = [self.language, "dark" if self.dark else "light"]
        if (self.width, self.height) != (1366, 768):
            parts.append(f"{self.width}x{self.height}")
        if self.text_percent != 100:
            parts.append(f"{self.text_percent}pc")
        return "-".join(parts)


class Drawing(Generic[Window]):
    """One window, from showing to closing."""

    def __init__(self, app: QApplication, window: Window, shot: Shot) -> None:
        self._app = app
        self.window: Window = window
        self.window.resize(shot.width, shot.height)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Wait until it is painted and nothing is being fetched, drawn, printed or written."""
        deadline = QDeadlineTimer(_PATIENCE_MS)
        quiet = 0
        while quiet < 3 and not deadline.hasExpired():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            quiet = quiet + 1 if self.window.at_rest else 0

    def draw(self, path: Path) -> None:
        """Write what is seen."""
        self.settle()
        self.window.grab().save(str(path))

    def close(self) -> None:
        """Close the window."""
        self.window.close()
        self.window.deleteLater()
        # Else it stays, and is dressed anew with every other window that follows.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
