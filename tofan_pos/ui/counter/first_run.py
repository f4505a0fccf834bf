"""The first start of a till: one supervisor, so that from then on every act is somebody's."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.ui.counter.cover import Cover
from tofan_pos.ui.counter.pin_twice import PinTwice
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.words import Words

FIRST_CODE = "S1"
"""Offered as the first code, so that fingers alone can set a till up."""


class FirstRunPage(Cover):
    """Emits `created(code, name, pin)`, and `pin_typed(code, pin)` once a PIN was typed once."""

    created = Signal(str, str, str)
    pin_typed = Signal(str, str)

    def __init__(self, *, brand: Text, clock: Callable[[], datetime]) -> None:
        super().__init__(brand=brand, clock=clock)
        self._title = Wrapped(size=tokens.LEAD, bold=True)
        self._why = Wrapped()
        self._code_word, self._name_word = Wrapped(colour="muted"), Wrapped(colour="muted")
        self.code, self.name = EntryField(), EntryField()
        self.code.setText(FIRST_CODE)
        self.pins = PinTwice()
        self.begin_key = KeyButton(accent=True)
        self._wire()
        self._put_together()

    def _wire(self) -> None:
        self.code.entered.connect(lambda *_: self.name.setFocus())
        self.name.entered.connect(lambda *_: self.pins.take_keyboard())
        for field in (self.code, self.name):
            field.escaped.connect(self.hush)
        self.pins.escaped.connect(self.hush)
        self.pins.first.connect(lambda pin: self.pin_typed.emit(self.code.text(), pin))
        self.pins.both.connect(self.hush)
        self.pins.both.connect(lambda: self.begin_key.setEnabled(True))
        self.pins.entered.connect(self.press)
        self.pins.differed.connect(self._differed)
        for pin in (self.pins.once, self.pins.again):
            pin.edited.connect(self._edited)
        self.begin_key.clicked.connect(self.press)
        self.begin_key.setEnabled(False)

    def _put_together(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._why)
        left.addSpacing(8)
        for word, field in ((self._code_word, self.code), (self._name_word, self.name)):
            left.addWidget(word)
            left.addWidget(field)
        left.addStretch(1)
        left.addWidget(self.begin_key)
        row = QHBoxLayout()
        row.setSpacing(40)
        row.addLayout(left, 1)
        row.addWidget(self.pins, 1)
        self.body.addWidget(self._title)
        self.body.addLayout(row, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.language_key)

    def refuse(self, problem: Refusal | Trouble) -> None:
        """Say why it did not do, and go to what is to be mended."""
        self.pins.clear()
        self.begin_key.setEnabled(False)
        self.tell(problem)
        why = problem.why if isinstance(problem, Refusal) else None
        if why in {Why.STAFF_CODE, Why.STAFF_EXISTS}:
            self.code.setFocus()
            self.code.selectAll()
        elif why in {Why.TEXT_TOO_LONG, Why.CARD_NUMBER}:
            self.name.setFocus()
            self.name.selectAll()
        else:
            self.pins.take_keyboard()

    def press(self) -> None:
        """Emit the supervisor as they stand, once the PIN was typed twice."""
        if self.pins.pin:
            self.created.emit(self.code.text(), self.name.text(), self.pins.pin)

    def take_keyboard(self) -> bool:
        self.code.setFocus()
        self.code.selectAll()
        return True

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._title.show_text(say("Who looks after this till?"))
        self._why.show_text(
            say(
                "Set up the first supervisor: from now on the till knows who did what, and nobody"
                " else can use it. Others are added afterwards."
            )
        )
        self._code_word.show_text(say("Staff code (2 to 12 letters A–Z or digits)"))
        self.code.setAccessibleName(say("Staff code"))
        self._name_word.show_text(say("Name on screen and on receipts"))
        self.name.setAccessibleName(say("Name on screen and on receipts"))
        self.name.setPlaceholderText(say("May stay empty"))
        self.pins.reword(say)
        self.begin_key.put(say("Begin"), hint="Enter")

    def dress(self) -> None:
        super().dress()
        self.pins.dress()
        for field in (self.code, self.name):
            field.setMinimumHeight(theme.target() + 4)
        for words in (self._title, self._why, self._code_word, self._name_word):
            words.break_anew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep every key here: nothing can be sold yet."""
        event.accept()
        if not self.covers_key(Qt.Key(event.key())) and event.key() == Qt.Key.Key_Escape:
            self.hush()

    def _edited(self) -> None:
        self.hush()
        self.begin_key.setEnabled(bool(self.pins.pin))

    def _differed(self) -> None:
        self.begin_key.setEnabled(False)
        self.tell_words(lambda say: say("The two PINs were not the same. Type it twice again."))
