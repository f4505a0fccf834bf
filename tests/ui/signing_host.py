"""A till with people, covers and pages in a window of their own, and keys pressed for real."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.counter.tills import make_till
from tests.ui.hands import FAST_MS, NONE, SLOW_MS
from tofan_pos import app as composition
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.people import Role
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.attempt import Attempt
from tofan_pos.ui.counter.first_run import FirstRunPage
from tofan_pos.ui.counter.lock import LockPage
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.rights import RightsPage
from tofan_pos.ui.counter.signing import Signing
from tofan_pos.ui.counter.staff_page import StaffPage
from tofan_pos.ui.counter.staffing import Staffing

BOSS, OTHER, CLERK = "S1", "S2", "C1"
PIN, WRONG = "284917", "570138"
THAI_DIGITS = dict(zip("1234567890", "ๅ/-ภถุึคตจ", strict=True))
"""What the row of digits types under the Thai layout."""


class Till(QWidget):
    """Stands in the window's place: pages over each other, a field, and the covers over all."""

    def __init__(self, desk: Desk, ticks: list[int]) -> None:
        super().__init__()
        self.desk, self.ticks = desk, ticks
        self.said: list[Refusal | Trouble] = []
        self.quiet = 0

        def seconds() -> int:
            return ticks[0]

        self.field = QLineEdit()
        self.pages = Pages(
            {
                Page: Page,
                ApprovePage: partial(ApprovePage, seconds=seconds),
                RightsPage: RightsPage,
                StaffPage: StaffPage,
            }
        )
        self.attempt = Attempt(desk.access, pages=self.pages, field=self.field, parent=self)
        self.staffing = Staffing(desk, pages=self.pages, attempt=self.attempt, parent=self)
        brand = desk.profile.seller.brand
        self.lock = LockPage(brand=brand, clock=desk.clock, seconds=seconds)
        self.first_run = FirstRunPage(brand=brand, clock=desk.clock)
        self.signing = Signing(
            desk, lock_page=self.lock, first_run=self.first_run, ticks=seconds, parent=self
        )
        self._put_together()

    def _put_together(self) -> None:
        self.selling = QWidget()
        column = QVBoxLayout(self.selling)
        column.addWidget(self.field)
        column.addWidget(self.pages, 1)
        self.stack = QStackedLayout(self)
        for view in (self.selling, self.lock, self.first_run):
            self.stack.addWidget(view)
        for source in (self.attempt, self.staffing, self.signing):
            source.problem.connect(self.said.append)
        for source in (self.attempt, self.staffing):
            source.all_well.connect(self._hushed)
        self.signing.covered.connect(self.stack.setCurrentWidget)
        self.signing.signed_in.connect(partial(self.stack.setCurrentWidget, self.selling))
        self.speak("en")
        self.pages.turn_to(Page)
        self.resize(1366, 768)

    def speak(self, language: str) -> None:
        """Word everything."""
        words = composition.all_words()[language]
        for part in (self.pages, self.lock, self.first_run):
            part.dress()
            part.reword(words)

    def _hushed(self) -> None:
        self.quiet += 1

    @property
    def why(self) -> Why | None:
        """Why it was refused last."""
        last = self.said[-1] if self.said else None
        return last.why if isinstance(last, Refusal) else None


@dataclass
class Fingers:
    """Presses keys in whatever has the keyboard, at a person's pace or a scanner's."""

    till: Till
    now: int = 1_000
    presses: int = field(default=0)

    def press(
        self,
        key: Qt.Key,
        text: str = "",
        *,
        held: Qt.KeyboardModifier = NONE,
        after: int = SLOW_MS,
        repeated: bool = False,
    ) -> None:
        """Press one key."""
        self.presses += 1
        self.now += after
        event = QKeyEvent(QEvent.Type.KeyPress, key, held, text, repeated)
        event.setTimestamp(self.now)
        QApplication.sendEvent(self.till.focusWidget() or self.till, event)

    def type(self, text: str, *, after: int = SLOW_MS) -> None:
        """Type a text; a person unless told otherwise."""
        for letter in text:
            key = Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key(0)
            self.press(key, letter, after=after)

    def scan(self, text: str) -> None:
        """Let a scanner type a code and its Enter."""
        self.now += 1_000
        self.type(text, after=FAST_MS)
        self.press(Qt.Key.Key_Return, "\r", after=FAST_MS)
        self.now += 1_000


@contextmanager
def standing(folder: Path, bot: QtBot) -> Iterator[Till]:
    """Set a till up, open it before the fingers, and put it away; `ticks[0]` is its time."""
    make_till(folder)
    ticks = [10_000]
    desk = composition.build_counter(folder, ticks=lambda: ticks[0])
    till = Till(desk, ticks)
    bot.addWidget(till)
    with bot.waitExposed(till):
        till.show()
    till.activateWindow()
    bot.waitUntil(till.isActiveWindow, timeout=15_000)
    yield till
    till.hide()
    desk.close()


def people(desk: Desk) -> None:
    """Set up two supervisors and a cashier; the first one is signed in."""
    desk.access.first_supervisor(BOSS, "หัวหน้าหนึ่ง", PIN)
    desk.access.add_staff(OTHER, "Lead Two", Role.SUPERVISOR, PIN)
    desk.access.add_staff(CLERK, "คนขายหนึ่ง", Role.CASHIER, PIN)
