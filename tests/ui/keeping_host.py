"""The day's pages over a real till, in a window just large enough to hold them, and its keys."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.counter.tills import Clock, Paper, make_till, open_till
from tofan_pos import app as composition
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.count import parse_count
from tofan_pos.domain.people import Role
from tofan_pos.domain.published import Catalogue
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.attempt import Attempt
from tofan_pos.ui.counter.close_day import ClosePage
from tofan_pos.ui.counter.drawer_page import DrawerPage
from tofan_pos.ui.counter.keeping import Keeping
from tofan_pos.ui.counter.open_day import OpenPage, RollPage
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.report_page import ReportPage
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.domain.errors import Refusal, Trouble

BOSS, CASHIER, NEWCOMER = "BOSS", "CASH1", "NEW1"
PIN, OTHER_PIN = "802461", "739205"
NONE = Qt.KeyboardModifier.NoModifier
SLOW_MS, FAST_MS = 180, 8


class SellPage(Page):
    """Stands where one sells."""


class KeepingHost(QWidget):
    """Holds the pages and turns F12 into what the page's large key does."""

    def __init__(self, desk: Desk, words: Mapping[str, Words], *, language: str = "en") -> None:
        super().__init__()
        self.setObjectName("window")
        self.desk, self.words = desk, words
        self.field = EntryField()
        self.worker = Worker(self)
        profile = desk.profile
        self.pages = Pages({
            SellPage: SellPage,
            ApprovePage: ApprovePage,
            OpenPage: OpenPage,
            RollPage: RollPage,
            DrawerPage: DrawerPage,
            ReportPage: lambda: ReportPage(
                self.worker, paper_mm=profile.paper_mm, has_printer=bool(profile.printer)
            ),
            ClosePage: lambda: ClosePage(self.worker, paper_mm=profile.paper_mm),
        })  # fmt: skip
        self.main = KeyButton(accent=True, size=28, least=84)
        self.attempt = Attempt(desk.access, pages=self.pages, field=self.field)
        self.keeping = Keeping(desk, pages=self.pages, attempt=self.attempt, worker=self.worker)
        self.problems: list[Refusal | Trouble] = []
        self.scans: list[str] = []
        self.changes = self.pressed = 0
        self.packs: list[Any] = []
        self.now = 1_000
        for source in (self.keeping, self.attempt):
            source.problem.connect(self.problems.append)
        self.keeping.scanned.connect(self.scans.append)
        self.keeping.changed.connect(self._changed)
        self.keeping.back.connect(self.sell)
        self.keeping.pack_wanted.connect(self.packs.append)
        self.pages.made.connect(self._listen)
        self.pages.turned.connect(self._show_key)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(self.field)
        column.addWidget(self.pages, 1)
        column.addWidget(self.main)
        self.speak(language)
        self.pages.turn_to(SellPage)

    def speak(self, language: str) -> None:
        """Say everything in a language."""
        self.say = self.words[language]
        self.pages.reword(self.say)
        self._show_key()

    def end(self, bot: QtBot) -> None:
        """Wait for what is under way, then close window and till."""
        bot.waitUntil(lambda: not self.worker.under_way, timeout=15_000)
        self.close()
        self.worker.close()
        for made in (self.attempt, self.keeping, self):
            made.deleteLater()
        self.desk.close()

    def sell(self) -> None:
        """Go back to selling."""
        self.pages.turn_to(SellPage)
        self.field.setFocus()

    def press(self, key: Qt.Key, text: str = "", *, after: int = SLOW_MS) -> None:
        """Press and let go of one key, which is counted."""
        self.pressed += 1
        self._send(key, text, after=after)

    def type(self, text: str) -> None:
        """Type at a person's pace."""
        for letter in text:
            self.press(_key_of(letter), letter)

    def enter(self) -> None:
        """Press Enter."""
        self.press(Qt.Key.Key_Return, "\r")

    def f(self, n: int) -> None:
        """Press a function key."""
        self.press(Qt.Key(Qt.Key.Key_F1 + n - 1))

    def scan(self, text: str, *, ending: str = "\r") -> None:
        """Let a scanner type a code."""
        self.now += 1_000
        for letter in text:
            self._send(_key_of(letter), letter, after=FAST_MS)
        for mark in ending:
            self._send(Qt.Key.Key_Return, mark, after=FAST_MS)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own
        if event.key() == Qt.Key.Key_F12 and self.pages.shown.has_main_key:
            self.pages.shown.press()

    def _send(self, key: Qt.Key, text: str, *, after: int) -> None:
        self.now += after
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, NONE, text)
            event.setTimestamp(self.now)
            QApplication.sendEvent(self.focusWidget() or self, event)

    def _listen(self, page: Page) -> None:
        page.left.connect(self.sell)
        page.key_changed.connect(self._show_key)

    def _show_key(self) -> None:
        if self.pages.currentWidget() is None:
            return
        key = self.pages.shown.main_key(self.say)
        self.main.setVisible(key is not None)
        if key is not None:
            self.main.put(key.text, below=key.below, hint=key.hint)
            self.main.setEnabled(key.enabled)

    def _changed(self) -> None:
        self.changes += 1


Hosting = Callable[..., KeepingHost]


class Hosts:
    """Opens tills under the day's pages, and ends them."""

    def __init__(self, bot: QtBot, place: Path) -> None:
        self._bot, self._place = bot, place
        self._hosts: list[KeepingHost] = []

    def open(  # noqa: PLR0913 - what a day may begin from
        self,
        *,
        float_: str | None = None,
        as_: str = BOSS,
        language: str = "en",
        clock: Clock | None = None,
        paper: Paper | None = None,
        goods: Catalogue | None = None,
        two_to_close: bool = False,
    ) -> KeepingHost:
        """Open a till of its own; `float_` opens its session too, then `as_` takes it over."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, False)  # noqa: FBT003 - its own shape
        folder = self._place / f"till{len(self._hosts)}"
        clock = clock or Clock()
        make_till(
            folder,
            clock=clock,
            goods=goods,
            printer="file:unused" if paper else "",
            two_to_close=two_to_close,
        )
        desk = open_till(folder, clock=clock, paper=paper, session=False)
        desk.access.first_supervisor(BOSS, "Boss", PIN)
        desk.access.add_staff(CASHIER, "Cashier", Role.CASHIER, OTHER_PIN)
        desk.access.add_staff(NEWCOMER, "Newcomer", Role.TRAINEE, OTHER_PIN)
        if float_ is not None:
            desk.day.open(parse_count(float_))
        if as_ != BOSS:
            desk.access.sign_in(as_, OTHER_PIN)
        made = KeepingHost(desk, composition.all_words(), language=language)
        self._hosts.append(made)
        made.resize(790, 720)
        with self._bot.waitExposed(made):
            made.show()
        made.field.setFocus()
        return made

    def end(self) -> None:
        """End every till that was opened."""
        for made in self._hosts:
            made.end(self._bot)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setStyleSheet("")


def approve(host: KeepingHost) -> None:
    """Let the one supervisor there is give their PIN."""
    assert host.pages.shows(ApprovePage)
    host.type(PIN)
    if host.pages.shows(ApprovePage):
        host.enter()


def _key_of(letter: str) -> Qt.Key:
    code = ord(letter.upper())
    return Qt.Key(code) if code < 0x80 else Qt.Key(0)
