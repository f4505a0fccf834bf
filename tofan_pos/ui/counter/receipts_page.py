"""Receipts looked up: a list to search at the left, the highlighted one's paper at the right."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, FBT001, N802

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tofan_pos.counter.lookup import Receipt
from tofan_pos.counter.papers import Papers
from tofan_pos.domain.money import shown
from tofan_pos.store.facts import StoredSale
from tofan_pos.thai.dates import business_day, format_time
from tofan_pos.ui.counter.comeback import day_said
from tofan_pos.ui.counter.lines import LinesView, Row, row_height
from tofan_pos.ui.counter.list_tools import NoTools
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.counter.paper_view import PaperView
from tofan_pos.ui.counter.reasons import Reasons
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keys import KeyButton, TextButton
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

_REST_MS = 150
"""Keys rest this long before a search, and the highlight before a paper is drawn."""
Told = Callable[[Words], str]


class Span(StrEnum):
    """Which days' receipts are listed."""

    ALL = "all"
    TODAY = "today"
    YESTERDAY = "yesterday"


class ReceiptsPage(Headed):
    """Lists receipts. `searched` carries a text and a `Span`; `lit` the one highlighted.

    `reprint`, `gift` and `return_wanted` carry a receipt's number, `void_wanted` its number and
    the reason.
    """

    searched = Signal(str, object)
    lit = Signal(object)
    reprint_wanted = Signal(str)
    gift_wanted = Signal(str)
    return_wanted = Signal(str)
    void_wanted = Signal(str, str)

    has_main_key = True

    def __init__(self, papers: Papers, worker: Worker) -> None:
        super().__init__()
        self._papers = papers
        self._say: Words | None = None
        self._receipts: tuple[Receipt, ...] = ()
        self._at = -1
        self._asked = ""
        self._told: Told | None = None
        self.entry, self.reasons = EntryField(), Reasons()
        self._spans = {span: TextButton(checkable=True) for span in Span}
        self._group = QButtonGroup(self)
        self.lines = LinesView(NoTools())
        self._none = Wrapped(colour="muted", centred=True)
        self.paper = PaperView(worker, paper_mm=papers.profile.paper_mm)
        self._voiding, self._right = QWidget(), QStackedWidget()
        self._void_words = Wrapped(size=tokens.READ)
        self._said = Wrapped(size=tokens.READ, bold=True, colour="good")
        self._keys = {key: KeyButton(size=tokens.READ, least=56) for key in _KEYS}
        self._search_rest, self._light_rest = QTimer(self), QTimer(self)
        self._wire()
        self._build()

    def _wire(self) -> None:
        self.entry.entered.connect(self._entered)
        self.entry.escaped.connect(self._escaped)
        self.entry.textEdited.connect(lambda _: self._search_rest.start())
        for span, button in self._spans.items():
            self._group.addButton(button)
            button.setProperty("role", "tight")
            button.clicked.connect(self.search)
            button.setChecked(span is Span.ALL)
        for watched in (self.entry, self.lines):
            watched.installEventFilter(self)
        self.lines.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._light(now.row())
        )
        self.reasons.entered.connect(self.press)
        self.reasons.escaped.connect(self._stop_voiding)
        self.reasons.scanned.connect(self._scanned)
        for name, key in self._keys.items():
            key.clicked.connect(lambda _=False, name=name: self._do(name))
        for timer, do in ((self._search_rest, self.search), (self._light_rest, self._lit_now)):
            timer.setSingleShot(True)
            timer.setInterval(_REST_MS)
            timer.timeout.connect(do)

    def _build(self) -> None:
        spans = QHBoxLayout()
        spans.setSpacing(8)
        for button in self._spans.values():
            spans.addWidget(button)
        spans.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.entry)
        left.addLayout(spans)
        left.addWidget(self.lines, 1)
        left.addWidget(self._none)
        left.addStretch()
        inside = QVBoxLayout(self._voiding)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(16)
        inside.addWidget(self._void_words)
        inside.addWidget(self.reasons)
        inside.addStretch(1)
        self._right.addWidget(self.paper)
        self._right.addWidget(self._voiding)
        keys = QGridLayout()
        keys.setSpacing(8)
        for place, key in enumerate(self._keys.values()):
            keys.addWidget(key, place // 2, place % 2)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._right, 1)
        right.addWidget(self._said)
        right.addLayout(keys)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def receipt(self) -> Receipt | None:
        """The highlighted receipt."""
        return self._receipts[self._at] if 0 <= self._at < len(self._receipts) else None

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        """The receipts listed."""
        return self._receipts

    @property
    def voiding(self) -> bool:
        """Whether it asks why a receipt is to be void."""
        return self._right.currentWidget() is self._voiding

    @property
    def said(self) -> str:
        """What it says was done."""
        return self._said.text

    def begin(self) -> None:
        """Start anew: nothing searched for, nothing said."""
        self.entry.clear()
        self._spans[Span.ALL].setChecked(True)
        self.say_done(None)
        self._stop_voiding()
        self.search()

    def show_receipts(self, receipts: Sequence[Receipt]) -> None:
        """List receipts; the one that was highlighted stays so, else the first is."""
        before = self.receipt
        self._receipts = tuple(receipts)
        kept = (i for i, one in enumerate(receipts) if before and one.seq == before.seq)
        self._at = next(kept, 0) if receipts else -1
        self._refresh()
        self._light_rest.stop()
        self._lit_now()

    def show_paper(self, stored: StoredSale) -> None:
        """Draw the highlighted receipt's paper."""
        number = stored.sale.number
        self.paper.show_paper(lambda: self._papers.receipt(stored), name=number)

    def say_done(self, told: Told | None) -> None:
        """Say what was done, in whichever language is in force; None to say nothing."""
        self._told = told
        self._refresh_said()

    def ask_reason(self) -> None:
        """Take the keyboard to where a reason is missing."""
        self.reasons.field.setFocus()

    def take_keyboard(self) -> bool:
        (self.reasons.field if self.voiding else self.entry).setFocus()
        return True

    def main_key(self, say: Words) -> MainKey | None:
        receipt = self.receipt
        if self.voiding and receipt is not None:
            return MainKey(text=say("Void the receipt"), below=receipt.number, hint="Enter")
        fits = receipt is not None and not receipt.voided
        return MainKey(text=say("Return or exchange"), hint="Enter", enabled=fits)

    def press(self) -> None:
        """Void the receipt where that was asked for, else begin a return of it."""
        receipt = self.receipt
        if receipt is None:
            return
        if self.voiding:
            self.void_wanted.emit(receipt.number, self.reasons.reason)
        else:
            self.return_wanted.emit(receipt.number)

    def search(self) -> None:
        """Ask for what is typed, among the days chosen."""
        self._search_rest.stop()
        self._asked = self.entry.text()
        self.searched.emit(self._asked, self._span)

    # --- words and looks ------------------------------------------------------------------------

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("Receipts"))
        name = say("Number, amount, product, or day such as 22/11")
        self.entry.setAccessibleName(name)
        self.entry.setPlaceholderText(say("Number, amount, product, 22/11"))
        self.entry.show_icon("search")
        self._spans[Span.ALL].put(say("All"))
        self._spans[Span.TODAY].put(say("Today"))
        self._spans[Span.YESTERDAY].put(say("Yesterday"))
        self.lines.setAccessibleName(say("Receipts"))
        self.reasons.reword(
            (
                say("Rung up wrongly"),
                say("Rung up twice"),
                say("Paid otherwise"),
                say("Called off"),
            ),
            say,
        )
        self._keys["F8"].put(say("Print again"), hint="F8")
        self._keys["F5"].put(say("Gift receipt"), hint="F5")
        self._keys["F7"].put(say("Void"), hint="F7")
        self._keys["F6"].put(say("Return"), hint="F6")
        self._refresh()
        self._refresh_said()

    def dress(self) -> None:
        super().dress()
        self.entry.setMinimumHeight(theme.target() + 4)
        self.reasons.dress()
        self.lines.dress()
        self.lines.setMinimumHeight(3 * row_height())
        for button in self._spans.values():
            button.setMinimumSize(theme.target(), theme.target())

    def _refresh(self) -> None:
        say = self._say
        if say is None:
            return
        self.lines.show_rows([_row(one, say) for one in self._receipts], self._at)
        self.lines.setVisible(bool(self._receipts))
        self._none.setVisible(not self._receipts)
        searched = bool(self._asked) or self._span is not Span.ALL
        self._none.show_text(
            say("No receipt fits. Try fewer letters, or another day.")
            if searched
            else say("Nothing has been sold at this till yet.")
        )
        self._refresh_keys(say)

    def _refresh_keys(self, say: Words) -> None:
        receipt = self.receipt
        stands = receipt is not None and not receipt.voided
        for key, button in self._keys.items():
            button.setEnabled(receipt is not None and (stands or key == "F8"))
            button.setVisible(not self.voiding)
        self.paper.setVisible(receipt is not None)
        if receipt is not None:
            self._void_words.show_text(
                say(
                    "Receipt {number} becomes void as a whole and keeps its number. Only a receipt"
                    " of this session can; anything older is a return.",
                    number=receipt.number,
                )
            )
        self.key_changed.emit()

    def _refresh_said(self) -> None:
        text = self._told(self._say) if self._told and self._say else ""
        self._said.show_text(text)
        self._said.setVisible(bool(text))

    # --- keys and fingers -----------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key does on this page; tell whether it does anything here."""
        key, held = Qt.Key(event.key()), event.modifiers()
        if held & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if self.voiding:
            return self.reasons.key(event)
        page = max(1, self.lines.height() // row_height() - 1)
        moves = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
        }
        if key in moves:
            self._light(min(max(self._at + moves[key], 0), len(self._receipts) - 1))
            return True
        name = {k: name for name, k in _KEYS.items()}.get(key)
        if name is None:
            return False
        if not event.isAutoRepeat() and self._keys[name].isEnabled():
            self._do(name)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if self.key(event):
            return True
        named = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}
        typed = bool(event.text() and event.text().isprintable())
        if watched is self.lines and (typed or Qt.Key(event.key()) in named):
            self.entry.setFocus()
            QApplication.sendEvent(self.entry, event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.key(event):
            super().keyPressEvent(event)

    # --- inside ---------------------------------------------------------------------------------

    @property
    def _span(self) -> Span:
        return next(span for span, button in self._spans.items() if button.isChecked())

    def _do(self, key: str) -> None:
        receipt = self.receipt
        if receipt is None:
            return
        self.say_done(None)
        if key == "F7":
            self.reasons.clear()
            self._turn_right(self._voiding)
        else:
            wish = {"F8": self.reprint_wanted, "F5": self.gift_wanted, "F6": self.return_wanted}
            wish[key].emit(receipt.number)

    def _stop_voiding(self) -> None:
        self._turn_right(self.paper)

    def _turn_right(self, what: QWidget) -> None:
        self._right.setCurrentWidget(what)
        self.take_keyboard()
        if self._say is not None:
            self._refresh_keys(self._say)

    def _light(self, row: int) -> None:
        if 0 <= row < len(self._receipts) and row != self._at:
            self._at = row
            self.say_done(None)
            self._right.setCurrentWidget(self.paper)
            self._refresh()
            self._light_rest.start()

    def _lit_now(self) -> None:
        if self.receipt is not None:
            self.lit.emit(self.receipt)

    def _entered(self, text: str, scanned: bool) -> None:
        if scanned:
            self._scanned(text)
        elif text != self._asked:
            self.search()
        else:
            self.press()

    def _scanned(self, text: str) -> None:
        self._stop_voiding()
        self.entry.setText(text)
        self.entry.selectAll()
        self.search()

    def _escaped(self) -> None:
        if self.voiding:
            self._stop_voiding()
        elif self.entry.text():
            self.entry.clear()
            self.search()
        else:
            self.left.emit()


_KEYS = {
    "F8": Qt.Key.Key_F8,
    "F5": Qt.Key.Key_F5,
    "F6": Qt.Key.Key_F6,
    "F7": Qt.Key.Key_F7,
}


def _row(receipt: Receipt, say: Words) -> Row:
    when = f"{day_said(business_day(receipt.at), say)}  {format_time(receipt.at)}"
    pieces = say("{n} pieces", n=receipt.pieces)
    mark = ""
    if receipt.voided:
        mark = say("Void")
    elif receipt.returned:
        mark = say("Came back: {n}", n=receipt.returned)
    return Row(
        name=receipt.number,
        under=" · ".join(filter(None, (mark, when, pieces))),
        amount=shown(receipt.total),
        off="",
        quantity=receipt.pieces,
        single=False,
    )
