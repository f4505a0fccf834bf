"""A question about head office that is answered yes or no, with what there is to compare."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.fingerprint import Fingerprint
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.words import Words

Said = Callable[[Words], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and what its two answers do. `fingerprint` is empty where none is compared."""

    title: Said
    text: Said
    yes: Said
    no: Said
    then: Callable[[], None]
    otherwise: Callable[[], None] | None = None
    fingerprint: str = ""


class QuestionCard(QWidget):
    """Shows one question. `yes` and `no` are its answers."""

    yes = Signal()
    no = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._say: Words | None = None
        self.question: Question | None = None
        self.title, self._text = Wrapped(size=tokens.BIG, bold=True), Wrapped(size=tokens.LEAD)
        self.fingerprint = Fingerprint(size=tokens.TOTAL)
        self.yes_key = KeyButton(icon="check", size=tokens.READ)
        self.no_key = KeyButton(icon="close", size=tokens.READ)
        self.yes_key.clicked.connect(self.yes)
        self.no_key.clicked.connect(self.no)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.yes_key)
        keys.addWidget(self.no_key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(16)
        for part in (self.title, self.fingerprint, self._text):
            column.addWidget(part)
        column.addLayout(keys)
        column.addStretch(1)

    def ask(self, question: Question) -> None:
        """Ask something."""
        self.question = question
        self._refresh()

    def reword(self, say: Words) -> None:
        """Say it in a language."""
        self._say = say
        self._refresh()

    def dress(self) -> None:
        """Take sizes from the look in force."""
        for words in (self.title, self._text):
            words.break_anew()
        for key in (self.yes_key, self.no_key):
            key.updateGeometry()

    def _refresh(self) -> None:
        say, question = self._say, self.question
        if say is None or question is None:
            return
        self.title.show_text(question.title(say))
        self._text.show_text(question.text(say))
        self.fingerprint.show_text(
            question.fingerprint, word=say("Fingerprint"), whose=question.title(say)
        )
        self.fingerprint.setVisible(bool(question.fingerprint))
        self.yes_key.put(question.yes(say), hint="F12")
        self.no_key.put(question.no(say), hint="Esc")
