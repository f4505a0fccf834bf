"""Drives the counter's own window by its keys, as a scanner and a cashier would."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.bench.table import LINES, SIZE, Painted, press, until_painted
from tofan_pos import app as composition
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.count import Count
from tofan_pos.ui.counter.window import CounterWindow
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.sounds import Silence

CODE, PIN = "SUP1", "482913"
REST_SECONDS = 0.09
"""Longer than the window waits for keys to rest before it looks anything up."""


@dataclass
class Told:
    """A clock for the keys: it stands still until the driver moves it."""

    ms: int = 10_000

    def __call__(self) -> int:
        """Return the milliseconds it was told."""
        return self.ms


@dataclass
class Counter:
    """The window, and the hands on it."""

    app: QApplication
    desk: Desk
    window: CounterWindow
    told: Told
    codes: Iterator[str]
    _painted: Painted | None = None

    def type(self, text: str) -> None:
        """Type as fast as a scanner does."""
        for letter in text:
            self.told.ms += 5
            press(self.window.field, ord(letter), letter)

    def enter(self) -> None:
        """Press Enter."""
        self.told.ms += 5
        press(self.window.field, Qt.Key.Key_Return, "\r")

    def pause(self) -> None:
        """Let a second pass on the keys' clock, and all events happen."""
        self.told.ms += 1000
        QApplication.processEvents()

    def rest(self) -> None:
        """Let the timers of the window run out, in real time."""
        until = time.monotonic() + REST_SECONDS
        while time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.005)
        self.told.ms += 1000

    def scans(self, times: int) -> list[float]:
        """Return the seconds of so many scans, from Enter to line and total painted."""
        return [self._scan() for _ in range(times)]

    def _scan(self) -> float:
        basket = self.window.basket
        if self._painted is None:
            self._painted = Painted(basket.lines.viewport(), basket.totals)
        if len(self.window.sale.basket.lines) >= LINES:
            self.window.sale.empty()
        self.rest()
        before = len(self.window.sale.basket.lines)
        self.type(next(self.codes))
        QApplication.processEvents()
        seconds = until_painted(self.enter, self._painted)
        if len(self.window.sale.basket.lines) != before + 1:
            message = "the scan has not reached the basket"
            raise RuntimeError(message)
        return seconds

    def sell(self) -> None:
        """Ring up three things and take the exact amount."""
        for _ in range(3):
            self.type(next(self.codes))
            self.enter()
            self.pause()
        if not self.window.sale.basket.lines:
            message = "nothing was sold"
            raise RuntimeError(message)
        done = self.window.sale.basket
        for _ in range(2):
            self.enter()
            self.pause()
        if self.window.sale.basket is done:
            message = "the sale was not paid"
            raise RuntimeError(message)

    def close(self) -> None:
        """Close the window and the till."""
        self.window.close()
        self.desk.close()

    def memory_after(self, sales: int) -> float:
        """Ring up so many sales, wait for the printer, and return the process's memory in MiB."""
        for _ in range(sales):
            self.sell()
        for _ in range(200):
            self.rest()
            if not self.window.printing.waiting:
                break
        return resident()


def open_counter(folder: Path, *, ready: Callable[[], None], codes: Sequence[str]) -> Counter:
    """Open the window of a till, in the order in which the program does it.

    A supervisor has the till, set up on the first run, and its session is open.
    """
    app = QApplication([])
    theme.apply(app, dark=False)
    desk = composition.build_counter(folder)
    if desk.access.needs_first_run:
        desk.access.first_supervisor(CODE, "", PIN)
    else:
        desk.access.sign_in(CODE, PIN)
    if desk.day.session is None:
        desk.day.open(Count())
    told = Told()
    window = CounterWindow(
        desk,
        words=composition.all_words(),
        language="th",
        dark=False,
        sounds=Silence(),
        now=told,
    )
    window.ready.connect(ready)
    window.resize(*SIZE)
    window.show()
    return Counter(app, desk, window, told, cycle(codes))


def ready_counter(folder: Path, *, codes: Sequence[str]) -> Counter:
    """Open the window and wait until everything it loads after the first paint is there.

    `codes` is what will be scanned, again and again.
    """
    seen: list[bool] = []
    counter = open_counter(folder, ready=lambda: seen.append(True), codes=codes)
    while not seen:
        QApplication.processEvents()
    for _ in range(20):
        counter.rest()
    return counter


def resident() -> float:
    """Return the memory this process holds, in MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024
