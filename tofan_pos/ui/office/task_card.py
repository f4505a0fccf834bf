"""A task for a person: what was found, what to do, and a note that settles it."""

# Qt names, documents and calls what it has us override.

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Line, Wrapped
from tofan_pos.words import Words

LONGEST_NOTE = 200


class TaskCard(QFrame):
    """Shows one task. `settled` carries its id and the note."""

    settled = Signal(str, str)

    def __init__(self, task: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.task = task
        self._sentence = Wrapped()
        self._label = Line(role="small")
        self.note = QLineEdit()
        self.note.setMaxLength(LONGEST_NOTE)
        self.settle_key = KeyButton(size=tokens.READ, icon="check", least=48)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        for part in (self._sentence, self._label, self.note, self.settle_key):
            column.addWidget(part)
        self.note.textChanged.connect(lambda _: self._may_settle())
        self.note.returnPressed.connect(self._settle)
        self.settle_key.clicked.connect(self._settle)
        self._may_settle()
        self.dress()

    @property
    def said(self) -> str:
        """What it says is to be looked at."""
        return self._sentence.text

    def show_task(self, sentence: str, say: Words) -> None:
        """Say what was found, in a language."""
        self._sentence.show_text(sentence)
        self.setAccessibleName(sentence)
        self._label.setText(say("What was done about it"))
        self.note.setAccessibleName(say("What was done about it"))
        self.settle_key.put(say("Settled"))

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self.note.setMinimumHeight(theme.target())
        self.settle_key.updateGeometry()
        self._sentence.break_anew()

    def _may_settle(self) -> None:
        self.settle_key.setEnabled(bool(self.note.text().strip()))

    def _settle(self) -> None:
        note = self.note.text().strip()
        if note:
            self.settled.emit(self.task, note)
