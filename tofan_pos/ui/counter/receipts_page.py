"""Receipts looked up: a list to search at the left, the highlighted one's paper at the right."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, FBT001, N802

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QVBoxLayout

from tofan_pos.counter.lookup import Receipt
from tofan_pos.counter.papers import Papers
from tofan_pos.domain.money import shown
from tofan_pos.store.facts import StoredSale
from tofan_pos.thai.dates import business_day, format_time
from tofan_pos.ui.counter.comeback import day_said
from tofan_pos.ui.counter.lines import LinesView, Row, row_height
from tofan_pos.ui.counter.list_tools import NoTools
from tofan_pos.ui.counter.one_receipt import OneReceipt
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keys import TextButton
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

_REST_MS = 150
"""Keys rest this long before a search, and the highlight before a paper is drawn."""


class Span(StrEnum):
    """Which days' receipts are listed."""

    ALL = "all"
    TODAY = "today"
    YESTERDAY = "yesterday"


class ReceiptsPage(Headed):
    """Lists receipts. `searched` carries a text and a `Span`; `lit` the one highlighted.

    What is wanted of that one comes from `one`.
    """

    searched = Signal(str, object)
    lit = Signal(object)

    has_main_key = True

    def __init__(self, papers: Papers, worker: Worker) -> None:
        super().__init__()
        self._say: Words | None = None
        self._receipts: tuple[Receipt, ...] = ()
        self._at = -1
        self._asked, self._searching = "", False
        self.entry, self.one = EntryField(), OneReceipt(papers, worker)
        self._spans = {span: TextButton(checkable=True) for span in Span}
        self._group = QButtonGroup(self)
        self.lines = LinesView(NoTools())
        self._none = Wrapped(colour="muted")
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
        self.one.turned.connect(self._turned)
        self.one.reasons.scanned.connect(self._scanned)
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
        left.addWidget(self._none, 1)
        self._row = QHBoxLayout()
        self._row.setSpacing(16)
        self._row.addLayout(left, 11)
        self._row.addWidget(self.one, 10)
        self.body.setSpacing(8)
        self.body.addLayout(self._row, 1)
        self.body.addWidget(self.one.keys)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def receipt(self) -> Receipt | None:
        """The highlighted receipt."""
        return self._receipts[self._at] if 0 <= self._at < len(self._receipts) else None

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        """The receipts listed."""
        return self._receipts

    def begin(self) -> None:
        """Start anew: nothing searched for, the newest highlighted."""
        self.entry.clear()
        self._spans[Span.ALL].setChecked(True)
        self.one.stop_voiding()
        self._receipts = ()
        self.search()

    def show_receipts(self, receipts: Sequence[Receipt]) -> None:
        """List what was found; the one that was highlighted stays so, else the first is."""
        before = self.receipt
        self._searching = False
        self._receipts = tuple(receipts)
        kept = (i for i, one in enumerate(receipts) if before and one.seq == before.seq)
        self._at = next(kept, 0) if receipts else -1
        self._refresh()
        self._light_rest.stop()
        self._lit_now()

    def show_paper(self, stored: StoredSale) -> None:
        """Draw the highlighted receipt's paper."""
        self.one.show_paper(stored)

    def ask_reason(self) -> None:
        """Take the keyboard to where a reason is missing."""
        self.one.reasons.field.setFocus()

    def take_keyboard(self) -> bool:
        (self.one.reasons.field if self.one.voiding else self.entry).setFocus()
        return True

    def main_key(self, say: Words) -> MainKey | None:
        receipt = self.receipt
        if self.one.voiding and receipt is not None:
            return MainKey(text=say("Void the receipt"), below=receipt.number, hint="Enter")
        fits = receipt is not None and not receipt.voided
        return MainKey(text=say("Return or exchange"), hint="Enter", enabled=fits)

    def press(self) -> None:
        """Void the receipt where that was asked for, else begin a return of it."""
        self.one.press()

    def search(self) -> None:
        """Ask for what is typed, among the days chosen."""
        self._search_rest.stop()
        self._asked, self._searching = self.entry.text(), True
        self.searched.emit(self._asked, self._span)

    # --- words and looks ------------------------------------------------------------------------

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("Receipts"))
        self.entry.setAccessibleName(say("Number, amount, product, or day such as 22/11"))
        self.entry.setPlaceholderText(say("Number, amount, product, 22/11"))
        self.entry.show_icon("search")
        self._spans[Span.ALL].put(say("All"))
        self._spans[Span.TODAY].put(say("Today"))
        self._spans[Span.YESTERDAY].put(say("Yesterday"))
        self.lines.setAccessibleName(say("Receipts"))
        self.one.reword(say)
        self._refresh()

    def dress(self) -> None:
        super().dress()
        self.entry.setMinimumHeight(theme.target() + 4)
        self.one.dress()
        # Paper is looked at; numbers are read. Large type takes its room from the paper.
        self._row.setStretch(0, theme.icon_size(11))
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
            else say("Nothing has been sold at this till yet. Scan a product to begin.")
        )
        self.one.show_receipt(self.receipt)
        self.key_changed.emit()

    # --- keys and fingers -----------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key does on this page; tell whether it does anything here."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        page = max(1, self.lines.height() // row_height() - 1)
        move = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
        }.get(Qt.Key(event.key()), 0)
        if move and not self.one.voiding:
            self._light(min(max(self._at + move, 0), len(self._receipts) - 1))
            return True
        return self.one.key(event)

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

    def _turned(self) -> None:
        self.take_keyboard()
        self.key_changed.emit()

    def _light(self, row: int) -> None:
        if 0 <= row < len(self._receipts) and row != self._at:
            self._at = row
            self.one.stop_voiding()
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
        elif not self._searching:
            self.press()

    def _scanned(self, text: str) -> None:
        self.one.stop_voiding()
        self.entry.setFocus()
        self.entry.setText(text)
        self.entry.selectAll()
        self.search()

    def _escaped(self) -> None:
        if self.one.voiding:
            self.one.stop_voiding()
        elif self.entry.text():
            self.entry.clear()
            self.search()
        else:
            self.left.emit()


def _row(receipt: Receipt, say: Words) -> Row:
    when = f"{day_said(business_day(receipt.at), say)}  {format_time(receipt.at)}"
    pieces = say("Pieces: {n}", n=receipt.pieces)
    mark = ""
    if receipt.voided:
        mark = say("Voided")
    elif receipt.returned:
        mark = say("Came back: {n}", n=receipt.returned)
    return Row(
        name=receipt.number,
        under=" · ".join(filter(None, (mark, when, pieces))),
        amount=shown(receipt.total),
        off="",
        quantity=receipt.pieces,
        single=False,
        struck=receipt.voided,
    )
