"""What a customer brings back: of which receipt, which pieces, why, and how it is paid back."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, FBT001, N802

from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.money import baht
from tofan_pos.ui.counter.asking import Asking
from tofan_pos.ui.counter.comeback import Comeback, day_said, row_of, tenders_said
from tofan_pos.ui.counter.lines import LinesView, row_height
from tofan_pos.ui.counter.list_tools import PieceTools
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.counter.reasons import Reasons
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.flow import Flow
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Elided, Wrapped
from tofan_pos.words import Words

_ECHO_MS = 150
"""A scanner that ends with two Enters presses the second one on the page its scan has opened."""
_OFFERED = 3
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_PLAIN = Qt.KeyboardModifier.NoModifier


def _now_ms() -> int:
    return int(monotonic() * 1000)


class ReturnPage(Headed):
    """Asks for a receipt, then shows what can come back of it. Every wish is a signal.

    `looked_for` carries a receipt's number as typed; `scanned` and `named` what was scanned or
    typed among the pieces, `typed` the letters so far; `taken` a product offered; `stepped` a
    line's position and by how much; `refund_wanted` and `exchange_wanted` the reason.
    """

    looked_for = Signal(str)
    scanned = Signal(str)
    typed = Signal(str)
    named = Signal(str)
    taken = Signal(object)
    stepped = Signal(int, int)
    refund_wanted = Signal(str)
    exchange_wanted = Signal(str)
    cash_turned = Signal()
    list_wanted = Signal()
    no_receipt_wanted = Signal()

    has_main_key = True

    def __init__(self, *, now: Callable[[], int] = _now_ms) -> None:
        super().__init__()
        self._now = now
        self._opened_at, self._touched = -_ECHO_MS, True
        self._say: Words | None = None
        self.shown: Comeback | None = None
        self.at = -1
        self.entry, self.reasons = EntryField(), Reasons()
        self.asking = Asking()
        self._what = Elided(role="lead")
        self._empty = Wrapped(colour="muted", centred=True)
        self._tools = PieceTools()
        self.lines = LinesView(self._tools)
        self._offers = [KeyButton(size=tokens.READ, least=theme.target()) for _ in range(_OFFERED)]
        self._offered: list[Product] = []
        self._back_how = Wrapped(size=tokens.READ, middle=True)
        self._cash = KeyButton(size=tokens.READ, least=56)
        self._exchange = KeyButton(size=tokens.READ, least=56)
        self._pieces = QWidget()
        self._wire()
        self._build()

    def _wire(self) -> None:
        self.entry.entered.connect(self._entered)
        self.entry.escaped.connect(self._escaped)
        self.entry.textEdited.connect(self._edited)
        for watched in (self.entry, self.lines):
            watched.installEventFilter(self)
        self.lines.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._choose(now.row())
        )
        self._tools.stepped.connect(self._step)
        self.reasons.entered.connect(self.press)
        self.reasons.picked.connect(self._reason_picked)
        self.reasons.scanned.connect(self.scanned)
        self.reasons.escaped.connect(self.entry.setFocus)
        for place, key in enumerate(self._offers):
            key.clicked.connect(lambda _=False, place=place: self._take(place))
            key.hide()
        self._cash.clicked.connect(self.cash_turned)
        self._exchange.clicked.connect(self._press_exchange)
        self.asking.list_wanted.connect(self.list_wanted)
        self.asking.no_receipt_wanted.connect(self.no_receipt_wanted)

    def _build(self) -> None:
        offers = Flow(gap=8)
        for key in self._offers:
            offers.addWidget(key)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._back_how, 3)
        foot.addWidget(self._cash, 3)
        foot.addWidget(self._exchange, 3)
        column = QVBoxLayout(self._pieces)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(offers)
        column.addWidget(self.lines, 1)
        column.addWidget(self._empty)
        column.addWidget(self.reasons)
        column.addLayout(foot)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.asking)
        self._stack.addWidget(self._pieces)
        self.body.setSpacing(8)
        self.body.addWidget(self._what)
        self.body.addWidget(self.entry)
        self.body.addWidget(self._stack, 1)

    # --- what is shown --------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask for a receipt."""
        self.shown, self.at = None, -1
        self.entry.clear()
        self.reasons.clear()
        self._begin()

    def begin(self, shown: Comeback, *, at: int) -> None:
        """Show a receipt anew, with one of its lines highlighted (none: -1)."""
        self.entry.clear()
        self.reasons.clear()
        self.show_comeback(shown, at=at)
        self._begin()

    def show_comeback(self, shown: Comeback, *, at: int | None = None) -> None:
        """Show what has become of the pieces chosen; `at` highlights another line."""
        self.shown = shown
        self.at = min(self.at if at is None else at, len(shown.lines) - 1)
        self._refresh()

    def show_offers(self, products: Sequence[Product]) -> None:
        """Offer products that the letters typed may mean."""
        self._offered = list(products[:_OFFERED])
        self._refresh_offers()

    def ask_reason(self) -> None:
        """Take the keyboard to where a reason is missing."""
        self.reasons.field.setFocus()

    def take_keyboard(self) -> bool:
        self.entry.setFocus()
        return True

    # --- the one large key ----------------------------------------------------------------------

    def main_key(self, say: Words) -> MainKey | None:
        if self.shown is None:
            return MainKey(text=say("Find the receipt"), hint="Enter")
        return MainKey(
            text=say("Pay back {amount}", amount=baht(self.shown.worth)),
            below=tenders_said(self.shown, say, amounts=False),
            hint="Enter",
            enabled=self.shown.taken > 0,
        )

    def press(self) -> None:
        """Look for the receipt typed, or pay back what was chosen."""
        if self.shown is None:
            self.looked_for.emit(self.entry.text())
        else:
            self.refund_wanted.emit(self.reasons.reason)

    # --- words and looks ------------------------------------------------------------------------

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("Return or exchange"))
        self.lines.setAccessibleName(say("What was sold"))
        self._tools.reword(say)
        self.asking.reword(say)
        self.reasons.reword(
            (
                say("Damaged"),
                say("Wrong colour or size"),
                say("Changed their mind"),
                say("Rung up wrongly"),
            ),
            say,
        )
        self._empty.show_text(
            say("Scan the pieces that come back, or type a name. Each is worth today's price.")
        )
        self._refresh()

    def dress(self) -> None:
        super().dress()
        self.entry.setMinimumHeight(theme.target() + 4)
        self.reasons.dress()
        self.lines.dress()
        self.lines.setMinimumHeight(2 * row_height() + theme.target() + 8)

    def _refresh(self) -> None:
        say, shown = self._say, self.shown
        if say is None:
            return
        self._stack.setCurrentIndex(0 if shown is None else 1)
        self._what.setVisible(shown is not None)
        self._refresh_offers()
        name = (
            say("The receipt's number")
            if shown is None
            else say("Scan a piece that comes back, or type its name")
        )
        self.entry.setAccessibleName(name)
        self.entry.setPlaceholderText(name)
        self.entry.show_icon("receipt" if shown is None else "scan")
        if shown is not None:
            self._refresh_pieces(shown, say)
        self.key_changed.emit()

    def _refresh_pieces(self, shown: Comeback, say: Words) -> None:
        number = say("Receipt {number}", number=shown.number)
        told = f"{number} · {day_said(shown.day, say)}" if shown.number else say("No receipt")
        self._what.show_text(told)
        self.lines.setVisible(bool(shown.lines))
        self._empty.setVisible(not shown.lines)
        self._show_tools()
        self.lines.show_rows([row_of(line, say) for line in shown.lines], self.at)
        back = tenders_said(shown, say, amounts=True)
        self._back_how.show_text(
            say("Paid back: {how}", how=back) if back else say("Choose what comes back.")
        )
        self._back_how.colour("ink" if back else "muted")
        as_paid, cash = say("As it was paid"), say("In cash instead")
        self._cash.put(as_paid if shown.in_cash else cash, hint="F3")
        self._cash.setVisible(shown.may_be_cash)
        self._exchange.put(say("Exchange"), below=say("Choose something else"), hint="F4")
        self._exchange.setEnabled(shown.taken > 0)

    def _refresh_offers(self) -> None:
        for place, key in enumerate(self._offers):
            offered = self._offered[place] if place < len(self._offered) else None
            key.setVisible(offered is not None)
            if offered is not None and self._say is not None:
                name = offered.name.get(self._say.language)
                key.put(name, below=f"{offered.code} · {baht(offered.price)}")

    # --- keys and fingers -----------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key does on this page; tell whether it does anything here."""
        key, held = Qt.Key(event.key()), event.modifiers()
        if held & ~(_KEYPAD | _CTRL):
            return False
        if self.shown is None:
            done = self._ask_keys(key) if held == _PLAIN else False
        else:
            done = self._piece_keys(key, event) or self.reasons.key(event)
        self._touched = self._touched or done
        return done

    def _ask_keys(self, key: Qt.Key) -> bool:
        wish = {Qt.Key.Key_F3: self.no_receipt_wanted, Qt.Key.Key_F10: self.list_wanted}.get(key)
        if wish is not None:
            wish.emit()
        return wish is not None

    def _piece_keys(self, key: Qt.Key, event: QKeyEvent) -> bool:
        held = event.modifiers()
        if held & _CTRL:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(key, 0)
            self._step(step)
            return bool(step)
        # A minus of the main keyboard may begin a scan under the Thai layout; the keypad's does not.
        steps = {Qt.Key.Key_Space: 1, Qt.Key.Key_Plus: 1}
        steps |= {Qt.Key.Key_Minus: -1} if held & _KEYPAD else {}
        if key in steps and not self.entry.text() and not self.reasons.field.hasFocus():
            self._step(steps[key])
            return True
        move = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        if move is not None and self.shown is not None:
            self._choose(min(max(self.at + move, 0), len(self.shown.lines) - 1))
            return True
        once = {Qt.Key.Key_F3: self._turn_cash, Qt.Key.Key_F4: self._press_exchange}.get(key)
        if once is None or held:
            return False
        if not event.isAutoRepeat():
            once()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if self.key(event):
            return True
        if watched is self.lines and _is_for_field(event):
            # Typing, a scan, Enter or Esc while the list had the keyboard.
            self.entry.setFocus()
            QApplication.sendEvent(self.entry, event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.key(event):
            super().keyPressEvent(event)

    # --- inside ---------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._opened_at, self._touched = self._now(), False
        self._offered = []
        self._refresh()

    def _entered(self, text: str, scanned: bool) -> None:
        echo = not self._touched and self._now() - self._opened_at < _ECHO_MS
        if not text and echo:
            return
        if self.shown is None:
            self.press()
            self.entry.selectAll()
        elif not text:
            self.press()
        elif scanned:
            self.scanned.emit(text)
            self._clear()
        else:
            self.named.emit(text)
            self._clear()

    def _escaped(self) -> None:
        if self.entry.text():
            self._clear()
        else:
            self.left.emit()

    def _edited(self, text: str) -> None:
        self._touched = True
        if self.shown is not None:
            self.typed.emit(text)

    def _clear(self) -> None:
        self.entry.clear()
        self.show_offers(())

    def _choose(self, row: int) -> None:
        if self.shown is not None and 0 <= row < len(self.shown.lines) and row != self.at:
            self.at = row
            self._show_tools()
            self._refresh()

    def _show_tools(self) -> None:
        if self.shown is not None and 0 <= self.at < len(self.shown.lines):
            line = self.shown.lines[self.at]
            self._tools.show_pieces(line.taken, most=line.left)

    def _step(self, by: int) -> None:
        if by and self.shown is not None and 0 <= self.at < len(self.shown.lines):
            self._touched = True
            self.stepped.emit(self.shown.lines[self.at].position, by)

    def _take(self, place: int) -> None:
        product = self._offered[place]
        self._clear()
        self.entry.setFocus()
        self.taken.emit(product)

    def _turn_cash(self) -> None:
        if self.shown is not None and self.shown.may_be_cash:
            self.cash_turned.emit()

    def _press_exchange(self) -> None:
        self.exchange_wanted.emit(self.reasons.reason)

    def _reason_picked(self) -> None:
        self._touched = True
        self.entry.setFocus()


def _is_for_field(event: QKeyEvent) -> bool:
    text = event.text()
    named = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}
    return bool(text and text.isprintable()) or Qt.Key(event.key()) in named
