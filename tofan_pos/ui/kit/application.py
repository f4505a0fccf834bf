"""Qt's application, made on first need, and what becomes of a bug while it runs."""

import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from tofan_pos.crash import keep_crash


def gui(name: str = "tofan-pos") -> QApplication:
    """Return Qt's application, made on first need."""
    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication([name])


def catch_crashes(
    path: Path, tell: Callable[[Path], None], *, clock: Callable[[], datetime]
) -> None:
    """Keep a bug's traceback in a file, tell whoever is there, and let work go on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        report = "".join(traceback.format_exception(kind, error, trace))
        try:
            keep_crash(path, report, at=clock())
        except OSError:
            sys.__stderr__.write(report) if sys.__stderr__ else None
        tell(path)

    sys.excepthook = hook
