"""A till that asks to be trusted: its fingerprint in large type, and the two answers to it."""

# Qt names, documents and calls what it has us override.

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sentences import sentence
from tofan_pos.sync.enrolment import Request
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.fingerprint import Fingerprint
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.ui.office.till_words import began_said
from tofan_pos.words import Words

TRUST_KEY = Qt.Key.Key_F12
"""Trusts: a key that nobody presses once too often, as they do Enter."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and the file it was found in; none where it came over the network."""

    request: Request
    path: Path | None = None

    @property
    def key(self) -> tuple[str, int, bytes]:
        """What tells one request from another."""
        return (self.request.till, self.request.epoch, self.request.public_key)


class Answer(Enum):
    """How far a request has been answered."""

    OPEN = auto()
    SAME = auto()
    DIFFERS = auto()


class RequestCard(QFrame):
    """Asks one question. `same` and `differs` are its answers, `done` puts the card away."""

    same = Signal()
    differs = Signal()
    done = Signal()

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.asked, self.answer = asked, Answer.OPEN
        self._say: Words | None = None
        self._problem: Refusal | Trouble | None = None
        self._granted: Path | None = None
        self._is_first = False
        self._title = Wrapped(size=tokens.LEAD, bold=True)
        self._from = Wrapped(colour="muted", most=3)
        self.fingerprint = Fingerprint()
        self._question = Wrapped()
        self.same_key, self.differs_key, self.done_key = (
            KeyButton(icon=icon, size=tokens.READ, least=56) for icon in ("check", "close", "back")
        )
        for key in (self.same_key, self.differs_key, self.done_key):
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        for part in (
            self._title,
            self._from,
            self.fingerprint,
            self._question,
            self.same_key,
            self.differs_key,
            self.done_key,
        ):
            column.addWidget(part)
        self.same_key.clicked.connect(self.same)
        self.differs_key.clicked.connect(self._differs)
        self.done_key.clicked.connect(self.done)
        self.dress()

    @property
    def said(self) -> str:
        """The question it asks, or what became of the answer."""
        return self._question.text

    def accent(self, wanted: bool) -> None:  # noqa: FBT001 - the accent, or not
        """Bear the screen's one accent, and its key, on what trusts, or leave them to another."""
        self._is_first = wanted
        self.same_key.be_accent(wanted)
        self._refresh()

    def granted(self, path: Path | None) -> None:
        """Tell that the till is trusted, and where the answer to it lies."""
        self.answer, self._granted, self._problem = Answer.SAME, path, None
        self._refresh()

    def refuse(self, problem: Refusal | Trouble) -> None:
        """Tell what went otherwise; the question stays open."""
        self._problem = problem
        self._refresh()

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        self._refresh()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self.fingerprint.updateGeometry()
        for key in (self.same_key, self.differs_key, self.done_key):
            key.updateGeometry()

    def _differs(self) -> None:
        self.answer, self._problem = Answer.DIFFERS, None
        self._refresh()
        self.done_key.setFocus()
        self.differs.emit()

    def _refresh(self) -> None:
        say = self._say
        if say is None:
            return
        request, is_open = self.asked.request, self.answer is Answer.OPEN
        titles = {
            Answer.OPEN: say("Till {till} asks to be enrolled", till=request.till),
            Answer.SAME: say("Till {till} is enrolled", till=request.till),
            Answer.DIFFERS: say("Till {till} was not enrolled", till=request.till),
        }
        self._title.show_text(titles[self.answer])
        self.setAccessibleName(titles[self.answer])
        self._from.show_text(self._origin(say))
        self.fingerprint.show_text(request.fingerprint, word=say("Fingerprint"))
        self.fingerprint.setVisible(self.answer is not Answer.SAME)
        self._question.show_text(self._sentence(say))
        tones = {Answer.OPEN: "ink", Answer.SAME: "good", Answer.DIFFERS: "wrong"}
        self._question.colour("wrong" if self._problem else tones[self.answer])
        self.same_key.put(say("The till shows the same"), hint="F12" if self._is_first else "")
        self.differs_key.put(say("It differs"))
        self.done_key.put(say("Put away"))
        self.same_key.setVisible(is_open)
        self.differs_key.setVisible(is_open)
        self.done_key.setVisible(not is_open)

    def _origin(self, say: Words) -> str:
        path, request = self.asked.path, self.asked.request
        came = say("It came over the network.")
        if path is not None:
            came = say("Found in {folder}", folder=str(path.parent))
        if request.epoch == 1:
            return came
        began = say("Epoch {n}: {why}", n=request.epoch, why=began_said(request.why, say))
        return f"{began}\n{came}"

    def _sentence(self, say: Words) -> str:
        if self._problem is not None:
            return sentence(self._problem, say)
        if self.answer is Answer.DIFFERS:
            return say(
                "Nothing was changed. Somebody may have put their own request in its place: "
                "have the till write it anew, and bring it by another way."
            )
        if self.answer is Answer.SAME and self._granted is not None:
            return say(
                "The answer lies beside the request: {file}. Take it back to the till.",
                file=self._granted.name,
            )
        if self.answer is Answer.SAME:
            return say("The till fetches the answer by itself when it next sends.")
        return say("Call the counter and have the fingerprint read aloud. Does the till show this?")
