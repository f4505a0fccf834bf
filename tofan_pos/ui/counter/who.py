"""Who it is, and their PIN: names at the left, six dots and digits at the right."""

from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.people import Staff
from tofan_pos.ui.counter.names import NameTiles, wait_said
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.pin import DigitPad, PinField
from tofan_pos.ui.kit.text import Line, Wrapped
from tofan_pos.words import Words

MANY = 8
"""From more people than these on, a code can be typed or scanned instead of looked for."""


def _seconds() -> int:
    return int(monotonic())


class WhoAndPin(QWidget):
    """Emits `given(code, pin)` at the sixth digit; `freed` when whoever is chosen may try again.

    `refused` carries what is wrong with a code that was typed, `still` how long somebody who was
    refused is shut out by now.
    """

    given = Signal(str, str)
    escaped = Signal()
    freed = Signal()
    refused = Signal(object)
    still = Signal(object)
    touched = Signal()

    def __init__(self, *, seconds: Callable[[], int] = _seconds) -> None:
        super().__init__()
        self._say: Words | None = None
        self._told: tuple[str, int] | None = None
        self.names, self.pin, self.pad = NameTiles(seconds=seconds), PinField(), DigitPad()
        self.code = EntryField()
        self._names_word, self._hint = Line(role="muted"), Wrapped(size=tokens.READ, colour="muted")
        self._wire()
        self._build()

    def _wire(self) -> None:
        self.names.chosen.connect(self._chosen)
        self.names.freed.connect(self._freed)
        self.names.counted.connect(self._counted)
        self.code.entered.connect(self._code_entered)
        self.code.escaped.connect(self.escaped)
        self.pin.completed.connect(lambda pin: self.given.emit(self.names.code, pin))
        self.pin.escaped.connect(self.escaped)
        self.pin.stepped.connect(self.names.step)
        self.pin.edited.connect(self.touched)
        self.pad.typed.connect(self.pin.type)

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._names_word)
        left.addWidget(self.code)
        left.addWidget(self.names, 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._hint)
        right.addWidget(self.pin)
        right.addSpacing(8)
        right.addWidget(self.pad)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(32)
        row.addLayout(left, 3)
        row.addLayout(right, 2)

    def show_people(self, staff: Sequence[Staff], *, choose: str = "") -> None:
        """Show these people, and forget what was typed."""
        self.code.setVisible(len(staff) > MANY)
        self.code.clear()
        self.pin.clear()
        self.names.show_people(staff, choose=choose)
        self._hint_anew()

    def refuse(self, problem: Refusal | Trouble) -> None:
        """Forget a PIN that did not do; whoever is shut out waits, and others may try."""
        self.pin.clear()
        self._told = None
        if isinstance(problem, Refusal) and problem.why is Why.PIN_LOCKED:
            who = str(problem.facts.get("who", self.names.code))
            wait = int(str(problem.facts.get("wait", 0)))
            self._told = (who, wait)
            self.names.shut_out(who, wait)

    def forget(self) -> None:
        """Forget what was typed."""
        self.pin.clear()
        self.code.clear()

    def take_keyboard(self) -> None:
        """Take the keyboard to the PIN, or to the code where many people work."""
        if self.names.code or self.code.isHidden():
            self.pin.setFocus()
        else:
            self.code.setFocus()

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        self.names.reword(say)
        self._names_word.setText(say("Choose a name"))
        self.code.setAccessibleName(say("Staff code"))
        self.code.setPlaceholderText(say("Staff code, then Enter"))
        self.pin.setAccessibleName(say("PIN, six digits"))
        self.pad.name_erase(say("Take back the last digit"))
        self._hint_anew()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self.names.dress()
        self.pad.dress()
        self.code.setMinimumHeight(theme.target() + 4)
        self.pin.updateGeometry()
        self._hint.break_anew()

    def _counted(self) -> None:
        self._hint_anew()
        if self._told is None:
            return
        who, before = self._told
        left = self.names.left(who)
        if left and left != before:
            self._told = (who, left)
            self.still.emit(Refusal(Why.PIN_LOCKED, who=who, wait=left))

    def _chosen(self) -> None:
        self._told = None
        self.pin.clear()
        self._hint_anew()
        self.pin.setFocus()
        self.touched.emit()

    def _freed(self, code: str) -> None:
        if self._told is not None and self._told[0] == code:
            self._told = None
        if code == self.names.code:
            self.freed.emit()

    def _code_entered(self, text: str) -> None:
        code = text.strip().upper()
        if code in self.names.codes:
            self.code.clear()
            self.names.choose(code)
        elif code:
            self.refused.emit(Refusal(Why.NO_SUCH_STAFF, code=code))
            self.code.selectAll()

    def _hint_anew(self) -> None:
        code = self.names.code
        self.pin.hold(not code or bool(self.names.left(code)))
        if self._say is None:
            return
        if not self.names.codes:
            self._hint.show_text("")
        elif not code:
            self._hint.show_text(self._say("First choose a name: touch it, or use the arrows."))
        elif left := self.names.left(code):
            self._hint.show_text(self._say("Try again in {time}.", time=wait_said(left)))
        else:
            self._hint.show_text(self._say("PIN, six digits"))
