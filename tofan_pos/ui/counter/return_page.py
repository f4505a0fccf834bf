"""What a customer brings back: of which receipt, which pieces, why, and how it is paid back."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, FBT001, N802

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget

from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.money import baht
from tofan_pos.ui.counter.asking import Asking
from tofan_pos.ui.counter.comeback import Comeback, day_said, tenders_said
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.counter.pieces import Pieces
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.text import Elided
from tofan_pos.ui.kit.ticks import now_ms
from tofan_pos.words import Words

_ECHO_MS = 150
"""A scanner that ends with two Enters presses the second one on the page its scan has opened."""
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_K = Qt.Key


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

    def __init__(self, *, now: Callable[[], int] = now_ms) -> None:
        super().__init__()
        self._now = now
        self._opened_at, self._touched = -_ECHO_MS, True
        self._say: Words | None = None
        self._has_receipt = False
        self.entry = EntryField()
        self.asking, self.pieces = Asking(), Pieces()
        self._what = Elided(role="lead")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.asking)
        self._stack.addWidget(self.pieces)
        self.body.setSpacing(8)
        self.body.addWidget(self._what)
        self.body.addWidget(self.entry)
        self.body.addWidget(self._stack, 1)
        self._wire()

    def _wire(self) -> None:
        pieces, reasons = self.pieces, self.pieces.reasons
        self.entry.entered.connect(self._entered)
        self.entry.escaped.connect(self._escaped)
        self.entry.textEdited.connect(self._edited)
        for watched in (self.entry, pieces.lines):
            watched.installEventFilter(self)
        pieces.stepped.connect(self.stepped)
        pieces.cash_turned.connect(self.cash_turned)
        pieces.exchange_pressed.connect(self.exchange_wanted)
        pieces.taken.connect(self._take)
        reasons.entered.connect(self.press)
        reasons.picked.connect(self.entry.setFocus)
        reasons.scanned.connect(self.scanned)
        reasons.escaped.connect(self.entry.setFocus)
        self.asking.list_wanted.connect(self.list_wanted)
        self.asking.no_receipt_wanted.connect(self.no_receipt_wanted)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def shown(self) -> Comeback | None:
        """The return as it stands, or None while a receipt is asked for."""
        return self.pieces.shown if self._has_receipt else None

    def ask(self) -> None:
        """Ask for a receipt."""
        self._has_receipt = False
        self._begin()

    def begin(self, shown: Comeback, *, at: int) -> None:
        """Show a receipt anew, with one of its lines highlighted (none: -1)."""
        self._has_receipt = True
        self.pieces.show_comeback(shown, at=at)
        self._begin()

    def show_comeback(self, shown: Comeback, *, at: int | None = None) -> None:
        """Show what has become of the pieces chosen; `at` highlights another line."""
        self.pieces.show_comeback(shown, at=self.pieces.at if at is None else at)
        self._refresh()

    def show_offers(self, products: Sequence[Product]) -> None:
        """Offer products that the letters typed may mean."""
        self.pieces.show_offers(products)

    def ask_reason(self) -> None:
        """Take the keyboard to where a reason is missing."""
        self.pieces.reasons.field.setFocus()

    def take_keyboard(self) -> bool:
        self.entry.setFocus()
        return True

    # --- the one large key ----------------------------------------------------------------------

    def main_key(self, say: Words) -> MainKey | None:
        shown = self.shown
        if shown is None:
            return MainKey(text=say("Find the receipt"), hint="Enter")
        return MainKey(
            text=say("Pay back {amount}", amount=baht(shown.worth)),
            below=tenders_said(shown, say, amounts=False),
            hint="Enter",
            enabled=shown.taken > 0,
        )

    def invitation(self, say: Words) -> str:
        if self.shown is None:
            return say("First find the receipt at the left.")
        return say("To exchange: choose what comes back, press F4,\nthen scan what is taken.")

    def press(self) -> None:
        """Look for the receipt typed, or pay back what was chosen."""
        if self.shown is None:
            self.looked_for.emit(self.entry.text())
        else:
            self.refund_wanted.emit(self.pieces.reasons.reason)

    # --- words and looks ------------------------------------------------------------------------

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("Return or exchange"))
        self.asking.reword(say)
        self.pieces.reword(say)
        self._refresh()

    def dress(self) -> None:
        super().dress()
        self.entry.setMinimumHeight(theme.target() + 4)
        self.pieces.dress()

    def _refresh(self) -> None:
        say, shown = self._say, self.shown
        if say is None:
            return
        self._stack.setCurrentIndex(0 if shown is None else 1)
        self._what.setVisible(shown is not None)
        if shown is None:
            purpose = say("The receipt's number")
        else:
            purpose = say("Scan a piece that comes back, or type its name")
            number = say("Receipt {number}", number=shown.number)
            told = f"{number} · {day_said(shown.day, say)}" if shown.number else say("No receipt")
            self._what.show_text(told)
        self.entry.setAccessibleName(purpose)
        self.entry.setPlaceholderText(purpose)
        self.entry.show_icon("receipt" if shown is None else "scan")
        self.key_changed.emit()

    # --- keys and fingers -----------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key does on this page; tell whether it does anything here."""
        if event.modifiers() & ~(_KEYPAD | _CTRL) and event.text() != "+":
            return False
        key = _K(event.key())
        if self.shown is None:
            done = self._key_of_asking(key)
        else:
            done = self._key_of_pieces(key, event) or self.pieces.reasons.key(event)
        self._touched = self._touched or done
        return done

    def _key_of_asking(self, key: Qt.Key) -> bool:
        wish = {_K.Key_F3: self.no_receipt_wanted, _K.Key_F10: self.list_wanted}.get(key)
        if wish is not None:
            wish.emit()
        return wish is not None

    def _key_of_pieces(self, key: Qt.Key, event: QKeyEvent) -> bool:
        step = self._step_of(key, event)
        move = {_K.Key_Up: -1, _K.Key_Down: 1}.get(key, 0)
        once = {_K.Key_F3: self.pieces.turn_cash, _K.Key_F4: self.pieces.press_exchange}.get(key)
        if step:
            self.pieces.step(step)
        elif event.modifiers() & _CTRL:
            return False
        elif move:
            self.pieces.move_by(move)
        elif once is not None and not event.isAutoRepeat():
            once()
        return bool(step or move or once)

    def _step_of(self, key: Qt.Key, event: QKeyEvent) -> int:
        held = event.modifiers()
        if held & _CTRL:
            return {_K.Key_Up: 1, _K.Key_Down: -1}.get(key, 0)
        if self.entry.text() or self.pieces.reasons.field.hasFocus():
            return 0
        # A minus that is not the keypad's may begin a scan under the Thai layout.
        less = -1 if held & _KEYPAD else 0
        return {_K.Key_Space: 1, _K.Key_Plus: 1, _K.Key_Minus: less}.get(key, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if self.key(event):
            return True
        if watched is self.pieces.lines and _is_for_field(event):
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
        self.pieces.reasons.clear()
        self._clear()
        self._refresh()

    def _entered(self, text: str, scanned: bool) -> None:
        echo = not self._touched and self._now() - self._opened_at < _ECHO_MS
        if not text:
            if not echo:
                self.press()
        elif self.shown is None:
            self.looked_for.emit(text)
            self.entry.selectAll()
        else:
            self._clear()
            (self.scanned if scanned else self.named).emit(text)

    def _escaped(self) -> None:
        if self.entry.text():
            self._clear()
        else:
            self.left.emit()

    def _edited(self, text: str) -> None:
        self._touched = True
        if self.shown is not None:
            self.typed.emit(text)

    def _take(self, product: Product) -> None:
        self._clear()
        self.entry.setFocus()
        self.taken.emit(product)

    def _clear(self) -> None:
        self.entry.clear()
        self.pieces.show_offers(())


def _is_for_field(event: QKeyEvent) -> bool:
    text = event.text()
    named = {_K.Key_Return, _K.Key_Enter, _K.Key_Escape}
    return bool(text and text.isprintable()) or _K(event.key()) in named
