"""Payment in place of the tiles: what is due, likely notes, what remains or goes back."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.money import baht, parse_baht, suggest_notes
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.keypad import Keypad
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.money import MoneyLabel
from tofan_pos.ui.kit.text import Line
from tofan_pos.words import Words

NOTE_KEYS = (Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8)


class PayPage(Headed):
    """Emits `paid` with the satang that were handed over."""

    paid = Signal(int)

    has_main_key = True

    def __init__(self) -> None:
        super().__init__()
        self._due = 0
        self._typed: int | None = None
        self._notes: tuple[int, ...] = ()
        self._say: Words | None = None
        self._due_word, self._back_word = Line(role="lead"), Line(role="lead")
        self._notes_word = Line(role="muted")
        self._due_money = MoneyLabel(size=tokens.TOTAL, bold=True, left=True)
        self._change = MoneyLabel(size=tokens.TOTAL, bold=True, left=True)
        self._keys = [KeyButton(size=tokens.BIG, least=72) for _ in NOTE_KEYS]
        for place, key in enumerate(self._keys):
            key.clicked.connect(lambda _=False, place=place: self.pay_note(place))
        self.keypad = Keypad()
        self._build()

    def _build(self) -> None:
        notes = QGridLayout()
        notes.setSpacing(8)
        for place, key in enumerate(self._keys):
            notes.addWidget(key, place, 0)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._due_word)
        left.addWidget(self._due_money)
        left.addSpacing(24)
        left.addWidget(self._notes_word)
        left.addSpacing(8)
        left.addLayout(notes)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._back_word)
        right.addWidget(self._change)
        right.addSpacing(24)
        right.addWidget(self.keypad, 6)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(32)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)

    @property
    def change_shown(self) -> str:
        """What it says goes back, or is still to be paid."""
        return self._change.shown

    def show_due(self, due: int) -> None:
        """Show what is due, in satang, and the sums a customer is likely to hand over."""
        self._due = due
        self._notes = suggest_notes(due, most=len(self._keys))
        self._due_money.show_money(due)
        self._refresh()

    def typed(self, text: str) -> None:
        """Take the amount as it is being typed."""
        try:
            self._typed = parse_baht(text) if text.strip() else None
        except Refusal:
            self._typed = None
        self._refresh()

    def pay_note(self, place: int) -> None:
        """Take the suggested sum at a place, from nought."""
        if place < len(self._notes):
            self.paid.emit(self._notes[place])

    def pay_typed(self, text: str) -> None:
        """Take the amount typed, or the exact one where nothing was. Raises `Refusal`."""
        self.paid.emit(parse_baht(text) if text.strip() else self._due)

    def main_key(self, say: Words) -> MainKey | None:
        if self._typed is None:
            return MainKey(text=say("Exact {amount}", amount=baht(self._due)), hint="Enter")
        text = say("Take {amount}", amount=baht(self._typed))
        enough = self._typed >= self._due
        below = say("Change {amount}", amount=baht(self._typed - self._due)) if enough else ""
        return MainKey(text=text, below=below, hint="Enter", enabled=enough)

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("Payment in cash"))
        self._due_word.setText(say("To pay"))
        self._notes_word.setText(say("Handed over"))
        self.keypad.name_erase(say("Take back the last digit"))
        self._refresh()

    def _refresh(self) -> None:
        if self._say is None:
            return
        say = self._say
        self._notes_word.setVisible(bool(self._notes))
        for place, key in enumerate(self._keys):
            key.setVisible(place < len(self._notes))
            if place < len(self._notes):
                note = self._notes[place]
                back = say("Change {amount}", amount=baht(note - self._due))
                key.put(baht(note), below=back, hint=f"F{5 + place}")
        if self._typed is None:
            self._back_word.setText(say("Change"))
            self._change.show_money(0, colour="muted")
        elif self._typed < self._due:
            self._back_word.setText(say("Still to pay"))
            self._change.show_money(self._due - self._typed, colour="wrong")
        else:
            self._back_word.setText(say("Change"))
            self._change.show_money(self._typed - self._due, colour="good")
        self.key_changed.emit()
