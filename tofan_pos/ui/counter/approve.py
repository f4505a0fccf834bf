"""A supervisor's word, asked for in place: what for, who, and their PIN."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.domain.people import Right, Role, Staff
from tofan_pos.sentences.people import Act, approval_said
from tofan_pos.ui.counter.page import MainKey, Page
from tofan_pos.ui.counter.who import WhoAndPin
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.keys import QuietButton
from tofan_pos.ui.kit.scroll import scrolled
from tofan_pos.ui.kit.text import Elided, Wrapped
from tofan_pos.words import Words


def _seconds() -> int:
    return int(monotonic())


class ApprovePage(Page):
    """Emits `given(code, pin)` or `cancelled`; `waited` when what was said last is no longer true.

    It never emits `left`: where it goes back to is the page it was asked from.
    """

    given = Signal(str, str)
    cancelled = Signal()
    waited = Signal()
    refused = Signal(object)
    still = Signal(object)

    has_main_key = True

    def __init__(self, *, seconds: Callable[[], int] = _seconds) -> None:
        super().__init__()
        self._say: Words | None = None
        self._right: Right | None = None
        self._about: str | Act = ""
        self._asker = ""
        self.who = WhoAndPin(seconds=seconds)
        self.heading = Elided(role="heading")
        self.asked = Wrapped(size=tokens.BIG, bold=True)
        self._by = Wrapped(colour="muted")
        self._none = Wrapped(colour="wrong")
        self._back = QuietButton("back")
        self._back.clicked.connect(self.cancelled)
        self.who.given.connect(self.given)
        self.who.escaped.connect(self.cancelled)
        self.who.freed.connect(self.waited)
        self.who.touched.connect(self.waited)
        self.who.refused.connect(self.refused)
        self.who.still.connect(self.still)
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(self._back)
        inside = Page()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        body.addWidget(self.asked)
        body.addWidget(self._by)
        body.addSpacing(8)
        body.addWidget(self._none)
        body.addWidget(self.who, 1000)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(scrolled(inside), 1)

    def ask(self, right: Right, *, about: str | Act, staff: Sequence[Staff], asker: str) -> None:
        """Ask for somebody's word: any supervisor's but the one's who asks."""
        self._right, self._about = right, about
        self._asker = next((person.name for person in staff if person.code == asker), asker)
        able = [one for one in staff if one.role is Role.SUPERVISOR and one.code != asker]
        self.who.show_people(able)
        self.who.setVisible(bool(able))
        self._none.setVisible(not able)
        self._name_it()

    def refuse(self, problem: Refusal | Trouble) -> None:
        """Forget a PIN that did not do."""
        self.who.refuse(problem)

    def forget(self) -> None:
        """Forget what was typed."""
        self.who.forget()

    def take_keyboard(self) -> bool:
        if self.who.isVisibleTo(self):
            self.who.take_keyboard()
        else:
            self._back.setFocus()
        return True

    def main_key(self, say: Words) -> MainKey | None:
        return MainKey(text=say("Waiting for a supervisor's PIN"), enabled=False)

    def invitation(self, say: Words) -> str:
        return say("A supervisor chooses a name and enters the PIN.\nEsc goes back.")

    def press(self) -> None:
        """Do nothing: the PIN's last digit is the yes."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def reword(self, say: Words) -> None:
        self._say = say
        self.heading.show_text(say("Approval"))
        self._back.put(say("Back"), hint="Esc")
        self._none.show_text(
            say(
                "Nobody here can approve it: it takes a supervisor other than whoever is signed"
                " in. Nothing was changed."
            )
        )
        self.who.reword(say)
        self._name_it()

    def dress(self) -> None:
        self._back.dress()
        self.who.dress()
        for words in (self.asked, self._by, self._none):
            words.break_anew()

    def _name_it(self) -> None:
        if self._say is not None and self._right is not None:
            self.asked.show_text(approval_said(self._right, self._say, about=self._about))
            self._by.show_text(self._say("{name} asks for it.", name=self._asker))
