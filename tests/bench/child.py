"""One process that is measured from outside: an empty window, a bare table, or the till's own.

Started as `child.py ROLE [FOLDER [PRODUCTS]]`. It says `ready` when it can be used; then each
number that comes in on a line asks for so many pieces of work, answered by one line of JSON.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.driver import Counter

Answer = Callable[[int], object]


def say(line: str) -> None:
    """Hand a line to the process that measures."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def empty_window() -> None:
    """Paint an empty widget: the least that any program with a window does."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - the start itself is measured
    from PySide6.QtGui import QPaintEvent  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication, QWidget  # noqa: PLC0415

    class Empty(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            super().paintEvent(event)
            QTimer.singleShot(0, leave)

    app = QApplication([])
    window = Empty()
    window.resize(1366, 768)
    window.show()
    app.exec()


def counter_window(folder: Path) -> None:
    """Open the till's window as the program does, through the same imports."""
    import tofan_pos.cli.counter  # noqa: F401, PLC0415 - what the real start loads first
    from tofan_pos import app, window  # noqa: PLC0415
    from tofan_pos.settings import Settings  # noqa: PLC0415
    from tofan_pos.ui.kit.application import gui  # noqa: PLC0415
    from tofan_pos.ui.kit.sounds import SystemSounds  # noqa: PLC0415

    desk = app.build_counter(folder)
    shown = window.make_window(desk, Settings(folder=folder), sounds=SystemSounds())
    shown.ready.connect(leave)
    shown.show()
    gui().exec()


def counter(folder: Path, products: int) -> "Counter":
    """Open the till's window, with many different products to scan."""
    from tests.bench.codes import barcodes  # noqa: PLC0415
    from tests.bench.driver import ready_counter  # noqa: PLC0415

    codes = barcodes(min(2000, products), seed=3, products=products)
    return ready_counter(folder, codes=codes)


def leave() -> None:
    """Say that the window is there, and end without any tidying that would be measured too."""
    say("ready")
    os._exit(0)


def serve(answer: Answer) -> None:
    """Work as often as asked, until nobody asks any more."""
    say("ready")
    for line in sys.stdin:
        say(json.dumps(answer(int(line))))
    os._exit(0)


def main(role: str, folder: str = "", products: str = "0") -> None:
    """Play a role."""
    till = Path(folder)
    if role == "empty":
        empty_window()
    elif role == "window":
        counter_window(till)
    elif role == "table":
        from tests.bench.table import BareTable  # noqa: PLC0415 - each role loads its own

        serve(BareTable().scans)
    elif role == "scans":
        serve(counter(till, int(products)).scans)
    elif role == "sales":
        serve(counter(till, int(products)).memory_after)
    else:
        sys.exit(f"no such role: {role}")


if __name__ == "__main__":
    main(*sys.argv[1:])
