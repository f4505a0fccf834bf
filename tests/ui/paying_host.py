"""The counter's sale and its payment over a real till, in a window just large enough to hold it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.counter.people import PINS
from tests.counter.tills import Clock, catalogue, make_till
from tofan_pos import app as composition
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.count import parse_count
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.people import Role
from tofan_pos.domain.promotion import Promotion, PromotionKind, Scope
from tofan_pos.domain.sale import Sale, TenderKind, TenderType
from tofan_pos.store.facts import StoredSale
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.attempt import Attempt
from tofan_pos.ui.counter.basket import BasketPanel
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.done import DonePage
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.paying import Paying
from tofan_pos.ui.counter.pictures import Pictures
from tofan_pos.ui.counter.sale import OpenSale
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.counter.showing import Showing
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.worker import Worker

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SLOW_MS, FAST_MS = 180, 8
CARD = TenderType(code="CARD", kind=TenderKind.CARD, name=Text("บัตร", "Card"))
PROMPT = TenderType(code="PP", kind=TenderKind.TRANSFER, name=Text("พร้อมเพย์", "PromptPay"))
GIFT = TenderType(
    code="GV", kind=TenderKind.VOUCHER, name=Text("บัตรของขวัญ", "Voucher"), needs_reference=False
)
SLIP = TenderType(code="SL", kind=TenderKind.VOUCHER, name=Text("คูปองห้าง", "Mall coupon"))
TYPES = (CARD, PROMPT, GIFT, SLIP)
HONEY_OFF = Promotion(
    code="P1",
    name=Text("น้ำผึ้งลดบาท", "A baht off honey"),
    kind=PromotionKind.AMOUNT,
    value=1_00,
    scope=Scope.PRODUCT,
    about="TF-HONEY",
)
RICH_OFF = Promotion(
    code="P2",
    name=Text("ครบพันลดร้อย", "100 off from 1,000"),
    kind=PromotionKind.AMOUNT,
    value=100_00,
    scope=Scope.BASKET,
    least=1_000_00,
)


class PayingHost(QWidget):
    """Holds field, basket and pages, and does with scans and keys what the window does."""

    def __init__(self, desk: Desk, language: str) -> None:
        super().__init__()
        self.setObjectName("window")
        self.words = composition.all_words()
        self.desk, self.say = desk, self.words[language]
        self.field, self.worker = EntryField(), Worker(self)
        self.pictures = Pictures(desk.shelf, self)
        self.pages = Pages({
            ShelfPage: lambda: ShelfPage(desk.shelf, self.pictures),
            PayPage: lambda: PayPage(now=lambda: self.now),
            DonePage: lambda: DonePage(desk.papers, self.worker),
            DiscountPage: DiscountPage,
            ApprovePage: ApprovePage,
        })  # fmt: skip
        self.sale, self.basket = OpenSale(desk.register, self), BasketPanel()
        self.attempt = Attempt(desk.access, pages=self.pages, field=self.field, parent=self)
        self.sale.attempt = self.attempt
        self.paying = Paying(self.sale, field=self.field, pages=self.pages, parent=self)
        self.showing = Showing(desk.register, self.sale, basket=self.basket, pages=self.pages)
        self.problems: list[Refusal | Trouble] = []
        self.placeholders: list[str] = []
        self.now = 1_000
        self.pressed = 0
        self._wire()
        left = QVBoxLayout()
        left.addWidget(self.field)
        left.addWidget(self.pages, 1)
        row = QHBoxLayout(self)
        row.addLayout(left, 1)
        row.addWidget(self.basket)
        self.basket.setFixedWidth(560)
        self.setMinimumSize(960, 640)
        self.pages.turn_to(ShelfPage)
        self.basket.dress()
        self.pages.reword(self.say)
        self.showing.reword(self.say)

    def _wire(self) -> None:
        for source in (self.sale.refused, self.paying.problem, self.attempt.problem):
            source.connect(self.problems.append)
        self.pages.made.connect(self._listen)
        self.pages.turned.connect(self.showing.show_main_key)
        self.paying.purpose_changed.connect(self._purpose)
        self.sale.paid.connect(self._paid)
        self.sale.allowed.connect(self.sell)
        self.basket.exchange_dropped.connect(self.sale.drop_exchange)
        self.field.entered.connect(self._entered)
        self.field.escaped.connect(self._escaped)
        self.field.textEdited.connect(self.paying.edited)
        self.field.installEventFilter(self)

    # --- what is seen ---------------------------------------------------------------------------

    @property
    def page(self) -> PayPage:
        """The payment page."""
        return self.pages.of(PayPage)

    def why(self) -> Why | None:
        """Why the last thing was refused."""
        last = self.problems[-1] if self.problems else None
        return last.why if isinstance(last, Refusal) else None

    @property
    def last(self) -> Sale | None:
        """The newest sale."""
        stored = self.desk.store.last_sale()
        return stored.sale if stored else None

    @property
    def tenders(self) -> list[tuple[str, int, str]]:
        """What the newest sale was paid with."""
        assert self.last is not None
        return [(tender.key, tender.amount, tender.reference) for tender in self.last.tenders]

    def settle(self, bot: QtBot) -> None:
        """Wait until everything that was begun off the window's thread has come back."""
        bot.waitUntil(
            lambda: not self.worker.under_way and not self.pictures.under_way and self.showing.told,
            timeout=15_000,
        )

    # --- hands ----------------------------------------------------------------------------------

    def press(self, key: Qt.Key, text: str = "", *, held: Qt.KeyboardModifier = NONE) -> None:
        """Press and let go of one key, which is counted."""
        self.pressed += 1
        self._send(key, text, held=held, after=SLOW_MS)

    def f(self, n: int, *, ctrl: bool = False) -> None:
        """Press a function key, with Ctrl or without."""
        self.press(Qt.Key(Qt.Key.Key_F1 + n - 1), held=CTRL if ctrl else NONE)

    def type(self, text: str) -> None:
        """Type at a person's pace."""
        for letter in text:
            self.press(Qt.Key(ord(letter.upper())), letter)

    def enter(self) -> None:
        """Press Enter."""
        self.press(Qt.Key.Key_Return, "\r")

    def scan(self, text: str) -> None:
        """Let a scanner type a code."""
        self.now += 1_000
        for letter in text:
            self._send(Qt.Key(ord(letter.upper())), letter, held=NONE, after=FAST_MS)
        self._send(Qt.Key.Key_Return, "\r", held=NONE, after=FAST_MS)

    def pay_for(self, *codes: str) -> None:
        """Put pieces into the basket and ask for the money."""
        for code in codes:
            assert self.sale.scan(code)
        assert self.paying.open()

    def sell(self) -> None:
        """Go back to selling."""
        self.field.clear()
        self.pages.turn_to(ShelfPage)
        self.field.setFocus()

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

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        mine = watched is self.field and event.type() == QEvent.Type.KeyPress
        return mine and isinstance(event, QKeyEvent) and self.paying.key(event)

    def _entered(self, text: str, scanned: bool) -> None:  # noqa: FBT001 - a signal's shape
        if not self.paying.entered(text, scanned) and text and self.sale.scan(text):
            self.sell()

    def _escaped(self) -> None:
        if not self.paying.escape():
            self.sell()

    def _paid(self, stored: StoredSale) -> None:
        self.field.clear()
        self.showing.show_sale()
        self.pages.of(DonePage).show_sale(stored)
        self.pages.turn_to(DonePage)

    def _purpose(self) -> None:
        self.placeholders.append(self.page.purpose(self.say)[0])

    def _listen(self, page: Page) -> None:
        page.left.connect(self.sell)
        page.key_changed.connect(self.showing.show_main_key)
        if isinstance(page, DiscountPage):
            page.given.connect(lambda given: self.sale.discount(given, whole=page.whole))
            page.priced.connect(self.sale.override_price)
            page.refused.connect(self.problems.append)


@contextmanager
def paying(
    bot: QtBot, folder: Path, *, who: str = "LEAD1", language: str = "en"
) -> Iterator[PayingHost]:
    """Open a till with promotions and tenders, a supervisor or a cashier being signed in."""
    clock = Clock()
    goods = replace(catalogue(), tender_types=TYPES, promotions=(HONEY_OFF, RICH_OFF))
    make_till(folder, goods=goods, clock=clock)
    desk = composition.build_counter(folder, clock=clock)
    desk.access.first_supervisor("LEAD1", "Lead One", PINS["LEAD1"])
    desk.access.add_staff("LEAD2", "Lead Two", Role.SUPERVISOR, PINS["LEAD2"])
    desk.access.add_staff("SELL1", "Sell One", Role.CASHIER, PINS["SELL1"])
    desk.day.open(parse_count("1000x5"))
    if who != "LEAD1":
        desk.access.sign_in(who, PINS[who])
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, dark=False)
    host = PayingHost(desk, language)
    host.resize(1366, 720)
    host.show()
    host.sell()
    yield host
    host.settle(bot)
    host.worker.close()
    host.pictures.close()
    host.close()
    host.deleteLater()
    desk.close()
    app.setStyleSheet("")
