"""Returns, receipts and parked baskets over a real till, in a window just large enough."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.counter.people import PINS
from tests.counter.tills import Clock, catalogue, make_till
from tofan_pos import app as composition
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.catalogue import KnownTill, Text
from tofan_pos.domain.count import parse_count
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.people import Role
from tofan_pos.domain.sale import Tender, TenderKind, TenderType
from tofan_pos.store.facts import StoredReversal, StoredSale
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.attempt import Attempt
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.parked_page import ParkedPage
from tofan_pos.ui.counter.parking import SettingAside
from tofan_pos.ui.counter.receipts import LookingUp
from tofan_pos.ui.counter.receipts_page import ReceiptsPage
from tofan_pos.ui.counter.return_page import ReturnPage
from tofan_pos.ui.counter.returned_page import ReturnedPage
from tofan_pos.ui.counter.returning import Returning
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
SLOW_MS, FAST_MS = 180, 8
CARD = TenderType(
    code="CARD", kind=TenderKind.CARD, name=Text("บัตร KTC", "KTC card"), needs_reference=False
)


class SellPage(Page):
    """Stands where one sells."""


class TakingHost(QWidget):
    """Holds the pages, and does with scans and keys what the counter's window does."""

    def __init__(self, desk: Desk, words: Mapping[str, Words], *, language: str = "en") -> None:
        super().__init__()
        self.setObjectName("window")
        self.desk, self.words = desk, words
        self.field, self.worker = EntryField(), Worker(self)
        papers = desk.papers
        self.pages = Pages({
            SellPage: SellPage,
            ApprovePage: ApprovePage,
            ReturnPage: ReturnPage,
            ReturnedPage: lambda: ReturnedPage(papers, self.worker),
            ReceiptsPage: lambda: ReceiptsPage(papers, self.worker),
            ParkedPage: ParkedPage,
        })  # fmt: skip
        self.main = KeyButton(accent=True, size=28, least=84)
        pages, field = self.pages, self.field
        self.attempt = Attempt(desk.access, pages=pages, field=field)
        self.returning = Returning(desk, pages=pages, attempt=self.attempt, field=field)
        self.looking = LookingUp(desk, pages=pages, attempt=self.attempt, worker=self.worker)
        self.aside = SettingAside(desk, pages=pages, attempt=self.attempt)
        self.problems: list[Refusal | Trouble] = []
        self.scans: list[str] = []
        self.said: list[str] = []
        self.pressed = self.changes = self.sale_changes = 0
        self.now = 1_000
        self._wire()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(self.field)
        column.addWidget(self.pages, 1)
        column.addWidget(self.main)
        self.speak(language)
        self.pages.turn_to(SellPage)

    def _wire(self) -> None:
        controllers = (self.returning, self.looking, self.aside)
        for source in (*controllers, self.attempt):
            source.problem.connect(self.problems.append)
        for controller in controllers:
            controller.back.connect(self.sell)
            controller.changed.connect(self._changed)
        self.returning.sale_changed.connect(self._sale_changed)
        self.aside.sale_changed.connect(self._sale_changed)
        self.returning.list_wanted.connect(self.looking.open)
        self.looking.return_wanted.connect(self.returning.open)
        self.looking.voided.connect(self.returning.show_reversal)
        self.looking.said.connect(lambda told: self.said.append(told(self.say)))
        self.field.entered.connect(self._entered)
        self.pages.made.connect(self._listen)
        self.pages.turned.connect(self._show_key)

    def speak(self, language: str) -> None:
        """Say everything in a language."""
        self.say = self.words[language]
        self.pages.reword(self.say)
        self._show_key()

    def sell(self) -> None:
        """Go back to selling."""
        self.pages.turn_to(SellPage)
        self.field.clear()
        self.field.setFocus()

    def whys(self) -> list[Why | None]:
        """Return what was refused so far."""
        return [one.why if isinstance(one, Refusal) else None for one in self.problems]

    def settle(self, bot: QtBot) -> None:
        """Wait until everything that was begun off the window's thread has come back."""
        bot.waitUntil(lambda: not self.worker.under_way, timeout=15_000)

    # --- hands ----------------------------------------------------------------------------------

    def press(
        self,
        key: Qt.Key,
        text: str = "",
        *,
        held: Qt.KeyboardModifier = NONE,
        after: int = SLOW_MS,
    ) -> None:
        """Press and let go of one key, which is counted."""
        self.pressed += 1
        self._send(key, text, held=held, after=after)

    def type(self, text: str) -> None:
        """Type at a person's pace."""
        for letter in text:
            self.press(_key_of(letter), letter)

    def space(self) -> None:
        """Press the space bar."""
        self.press(Qt.Key.Key_Space, " ")

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
            self._send(_key_of(letter), letter, held=NONE, after=FAST_MS)
        for mark in ending:
            self._send(Qt.Key.Key_Return, mark, held=NONE, after=FAST_MS)

    def approve(self, code: str = "LEAD2") -> None:
        """Give a supervisor's word where it is asked for."""
        assert self.pages.shows(ApprovePage)
        self.pages.of(ApprovePage).given.emit(code, PINS[code])

    def _send(self, key: Qt.Key, text: str, *, held: Qt.KeyboardModifier, after: int) -> None:
        self.now += after
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, held, text)
            event.setTimestamp(self.now)
            QApplication.sendEvent(self.focusWidget() or self, event)

    # --- as the window does ---------------------------------------------------------------------

    def _entered(self, text: str, _scanned: bool) -> None:  # noqa: FBT001 - a signal's shape
        self.field.clear()
        if self.returning.is_receipt(text):
            self.returning.open(text)
        elif text:
            self.scans.append(text)
        elif self.pages.shown.has_main_key:
            self.pages.shown.press()

    def _listen(self, page: Page) -> None:
        page.left.connect(self.sell)
        page.key_changed.connect(self._show_key)
        if isinstance(page, ParkedPage):
            page.scanned.connect(self.scans.append)

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

    def _sale_changed(self) -> None:
        self.sale_changes += 1


@contextmanager
def taking(
    bot: QtBot, folder: Path, *, who: str = "LEAD1", language: str = "en"
) -> Iterator[TakingHost]:
    """Open a till with an open session, two supervisors and a cashier, `who` being signed in.

    Another till, OTH1, is known to it.
    """
    other = make_till(folder / "other", till="OTH1")
    known = (KnownTill("OTH1", 1, other.public_key),)
    goods = replace(catalogue(), tender_types=(CARD,), known_tills=known)
    clock = Clock()
    make_till(folder / "till", goods=goods, clock=clock)
    desk = composition.build_counter(folder / "till", clock=clock)
    desk.access.first_supervisor("LEAD1", "Lead One", PINS["LEAD1"])
    desk.access.add_staff("LEAD2", "Lead Two", Role.SUPERVISOR, PINS["LEAD2"])
    desk.access.add_staff("SELL1", "Sell One", Role.CASHIER, PINS["SELL1"])
    desk.day.open(parse_count("1000x5"))
    if who != "LEAD1":
        desk.access.sign_in(who, PINS[who])
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, dark=False)
    host = TakingHost(desk, composition.all_words(), language=language)
    host.resize(806, 720)
    host.show()
    host.sell()
    yield host
    host.settle(bot)
    host.worker.close()
    host.close()
    host.deleteLater()
    desk.close()
    app.setStyleSheet("")


def sell(host: TakingHost, *codes: str, by: TenderKind = TenderKind.CASH) -> StoredSale:
    """Ring up one sale, paid to the satang in one way."""
    for code in codes:
        host.desk.register.scan(code)
    code = CARD.code if by is TenderKind.CARD else ""
    return host.desk.register.pay([Tender(by, host.desk.register.basket.total, code)])


def last_refund(host: TakingHost) -> StoredReversal:
    """Return the newest refund."""
    with host.desk.store.reading() as look:
        stored = look.reversal_at(look.events("refund")[-1].seq)
    assert stored is not None
    return stored


def refunds(host: TakingHost) -> int:
    """Count the refunds."""
    with host.desk.store.reading() as look:
        return len(look.events("refund"))


def _key_of(letter: str) -> Qt.Key:
    code = ord(letter.upper())
    return Qt.Key(code) if code < 0x80 else Qt.Key(0)
