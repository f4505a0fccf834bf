"""The locked till: who takes it, and their PIN. What is in the basket waits behind it, unseen."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.domain.people import Staff
from tofan_pos.ui.counter.cover import Cover
from tofan_pos.ui.counter.who import WhoAndPin
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.keys import QuietButton
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.words import Words


def _seconds() -> int:
    return int(monotonic())


@dataclass(frozen=True, slots=True)
class BasketLeft:
    """Whose basket waits behind the lock, and how many pieces are in it."""

    name: str
    pieces: int


class LockPage(Cover):
    """Emits `given(code, pin)`, `training_wanted` and `language_wanted`."""

    given = Signal(str, str)
    training_wanted = Signal()

    def __init__(
        self, *, brand: Text, clock: Callable[[], datetime], seconds: Callable[[], int] = _seconds
    ) -> None:
        super().__init__(brand=brand, clock=clock)
        self._left: BasketLeft | None = None
        self._handing_over = False
        self.who = WhoAndPin(seconds=seconds)
        self._title = Wrapped(size=tokens.LEAD, bold=True)
        self.waiting = Wrapped(colour="muted")
        self.training_key = QuietButton("story")
        self.training_key.clicked.connect(self.training_wanted)
        self.body.addWidget(self._title)
        self.body.addWidget(self.who, 1)
        self.foot.addWidget(self.waiting, 1)
        self.foot.addWidget(self.training_key)
        self.foot.addWidget(self.language_key)
        self.who.given.connect(self.given)
        self.who.escaped.connect(self._escape)
        self.who.freed.connect(self.hush)
        self.who.touched.connect(self.hush)
        self.who.refused.connect(self.tell)
        self.who.still.connect(self.tell)

    def open_for(
        self, staff: Sequence[Staff], *, last: str, left: BasketLeft | None, handing_over: bool
    ) -> None:
        """Ask who takes the till; `last` had it before, and is chosen unless they hand it over."""
        self._left, self._handing_over = left, handing_over
        self.hush()
        self.who.show_people(staff, choose="" if handing_over else last)
        self._name_it()

    def shut_out(self, code: str, seconds: int) -> None:
        """Count down how long somebody is shut out."""
        self.who.names.shut_out(code, seconds)

    def refuse(self, problem: Refusal | Trouble) -> None:
        """Say why a PIN did not do, and forget it."""
        self.tell(problem)
        self.who.refuse(problem)

    def forget(self) -> None:
        """Forget what was typed."""
        self.who.forget()

    def take_keyboard(self) -> bool:
        self.who.take_keyboard()
        return True

    def reword(self, say: Words) -> None:
        super().reword(say)
        self.training_key.put(say("Training"), hint="F5")
        self.who.reword(say)
        self._name_it()

    def dress(self) -> None:
        super().dress()
        self.training_key.dress()
        self.who.dress()
        for words in (self._title, self.waiting):
            words.break_anew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep every key here: behind the lock none may reach what it covers."""
        key = Qt.Key(event.key())
        event.accept()
        if key == Qt.Key.Key_F5:
            self.training_wanted.emit()
        elif not self.covers_key(key) and key == Qt.Key.Key_Escape:
            self._escape()

    def _escape(self) -> None:
        self.hush()
        self.who.forget()

    def _name_it(self) -> None:
        if self._say is None:
            return
        say = self._say
        self._title.show_text(
            say("Who takes over the till?") if self._handing_over else say("The till is locked.")
        )
        if self._left is None:
            self.waiting.show_text("")
        else:
            self.waiting.show_text(
                say(
                    "A basket of {name} waits here: pieces {n}.",
                    name=self._left.name,
                    n=self._left.pieces,
                )
            )
