"""A new PIN, typed twice so that a slip of the finger shuts nobody out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tofan_pos.ui.kit.pin import DIGITS, TALL, DigitPad, PinField
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.words import Words


class PinTwice(QWidget):
    """Emits `first(pin)` when it was typed once, `both()` when twice alike, else `differed()`."""

    first = Signal(str)
    both = Signal()
    differed = Signal()
    entered = Signal()
    escaped = Signal()

    def __init__(self, rows: tuple[str, ...] = TALL) -> None:
        super().__init__()
        self.once, self.again = PinField(keeps=True), PinField(keeps=True)
        self.pad = DigitPad(rows)
        self._once_word, self._again_word = Wrapped(colour="muted"), Wrapped(colour="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for word, field in ((self._once_word, self.once), (self._again_word, self.again)):
            column.addWidget(word)
            column.addWidget(field)
            field.escaped.connect(self.escaped)
            field.entered.connect(self.entered)
        column.addSpacing(8)
        column.addWidget(self.pad)
        column.addStretch(1)
        self.once.completed.connect(self._once_done)
        self.again.completed.connect(self._again_done)
        self.pad.typed.connect(self._type)

    @property
    def pin(self) -> str:
        """The PIN, where it was typed twice alike; else nothing."""
        whole = len(self.once.pin) == DIGITS and self.once.pin == self.again.pin
        return self.once.pin if whole else ""

    def clear(self) -> None:
        """Forget both."""
        self.once.clear()
        self.again.clear()

    def take_keyboard(self) -> None:
        """Take the keyboard to the first of the two."""
        self.once.setFocus()

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._once_word.show_text(say("New PIN, six digits"))
        self._again_word.show_text(say("The same PIN again"))
        self.once.setAccessibleName(say("New PIN, six digits"))
        self.again.setAccessibleName(say("The same PIN again"))
        self.pad.name_erase(say("Take back the last digit"))

    def dress(self) -> None:
        """Take sizes from the look in force."""
        self.pad.dress()
        self._once_word.break_anew()
        self._again_word.break_anew()
        self.once.updateGeometry()
        self.again.updateGeometry()

    def _once_done(self, pin: str) -> None:
        self.again.clear()
        self.again.setFocus()
        self.first.emit(pin)

    def _again_done(self) -> None:
        if self.pin:
            self.both.emit()
        else:
            self.clear()
            self.once.setFocus()
            self.differed.emit()

    def _type(self, mark: str) -> None:
        second = self.again.hasFocus() or self.once.count == DIGITS
        field = self.again if second and (self.again.count or mark.isdigit()) else self.once
        field.type(mark)
