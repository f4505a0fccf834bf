"""One receipt as it was printed, and what can be done with it: again, as a gift, void, back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tofan_pos.counter.lookup import Receipt
from tofan_pos.counter.papers import Papers
from tofan_pos.store.facts import StoredSale
from tofan_pos.ui.counter.paper_view import PaperView
from tofan_pos.ui.counter.reasons import Reasons
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.flow import Flow
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.scroll import scrolled
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

_AGAIN, _GIFT, _VOID, _RETURN = "F8", "F5", "F7", "F6"
_KEYS = {
    Qt.Key.Key_F5: _GIFT,
    Qt.Key.Key_F6: _RETURN,
    Qt.Key.Key_F7: _VOID,
    Qt.Key.Key_F8: _AGAIN,
}


class OneReceipt(QWidget):
    """Emits what is wanted of a receipt, with its number; `void_wanted` with the reason as well.

    `keys` is the row of its keys, for the page to place. `turned` after it begins or ends asking
    why the receipt is to be void.
    """

    reprint_wanted = Signal(str)
    gift_wanted = Signal(str)
    return_wanted = Signal(str)
    void_wanted = Signal(str, str)
    turned = Signal()

    def __init__(self, papers: Papers, worker: Worker) -> None:
        super().__init__()
        self._papers = papers
        self._say: Words | None = None
        self._receipt: Receipt | None = None
        self.paper = PaperView(worker, paper_mm=papers.profile.paper_mm)
        self.reasons = Reasons()
        self._void_words = Wrapped(size=tokens.READ)
        self._keys = {
            name: KeyButton(size=tokens.READ, least=56) for name in (_GIFT, _VOID, _AGAIN)
        }
        for name, key in self._keys.items():
            key.clicked.connect(lambda _=False, name=name: self._do(name))
        self.reasons.entered.connect(self.press)
        self.reasons.escaped.connect(self.stop_voiding)
        self._build()

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._void_words)
        column.addWidget(self.reasons)
        column.addStretch(1)
        self._voiding = scrolled(inside)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.paper)
        self._stack.addWidget(self._voiding)
        self.keys = QWidget()
        flow = Flow(self.keys, gap=8)
        for key in self._keys.values():
            flow.addWidget(key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._stack, 1)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def voiding(self) -> bool:
        """Whether it asks why the receipt is to be void."""
        return self._stack.currentWidget() is self._voiding

    def show_receipt(self, receipt: Receipt | None) -> None:
        """Show which receipt it is about; its paper comes with `show_paper`."""
        self._receipt = receipt
        self._refresh()

    def show_paper(self, stored: StoredSale) -> None:
        """Draw the receipt's paper."""
        number = stored.sale.number
        self.paper.show_paper(lambda: self._papers.receipt(stored), name=number)

    def stop_voiding(self) -> None:
        """Show the paper again."""
        self._turn(self.paper)

    # --- what is done ---------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key does here; tell whether it does anything."""
        if self.voiding:
            return self.reasons.key(event)
        name = _KEYS.get(Qt.Key(event.key()))
        if name is None:
            return False
        if not event.isAutoRepeat() and self._may(name):
            self._do(name)
        return True

    def press(self) -> None:
        """Void the receipt where that was asked for, else begin a return of it."""
        if self._receipt is None:
            return
        if self.voiding:
            self.void_wanted.emit(self._receipt.number, self.reasons.reason)
        else:
            self.return_wanted.emit(self._receipt.number)

    def _may(self, name: str) -> bool:
        """Tell whether something can be done with the receipt: a void one is only printed."""
        return self._receipt is not None and (name == _AGAIN or not self._receipt.voided)

    def _do(self, name: str) -> None:
        if self._receipt is None:
            return
        if name == _VOID:
            self.reasons.clear()
            self._turn(self._voiding)
        else:
            wish = {
                _AGAIN: self.reprint_wanted,
                _GIFT: self.gift_wanted,
                _RETURN: self.return_wanted,
            }
            wish[name].emit(self._receipt.number)

    def _turn(self, what: QWidget) -> None:
        if self._stack.currentWidget() is not what:
            self._stack.setCurrentWidget(what)
            self._refresh()
            self.turned.emit()

    # --- words and looks ------------------------------------------------------------------------

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        usual = (
            say("Mischarged"),
            say("Rung up twice"),
            say("Paid otherwise"),
            say("Called off"),
        )
        self.reasons.reword(usual, say)
        self._keys[_AGAIN].put(say("Print again"), hint=_AGAIN)
        self._keys[_GIFT].put(say("Gift receipt"), hint=_GIFT)
        self._keys[_VOID].put(say("Void"), hint=_VOID)
        self._refresh()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self.reasons.dress()

    def _refresh(self) -> None:
        say, receipt = self._say, self._receipt
        if say is None:
            return
        for name, key in self._keys.items():
            key.setEnabled(self._may(name))
        self.keys.setVisible(receipt is not None and not self.voiding)
        self._stack.setVisible(receipt is not None)
        if receipt is not None:
            self._void_words.show_text(
                say(
                    "Receipt {number} becomes void as a whole and keeps its number. Only a receipt"
                    " of this session can; anything older is a return.",
                    number=receipt.number,
                )
            )
