"""The sentences beside the field: what stands there, in whichever language is in force."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sentences import sentence
from tofan_pos.ui.kit.notice import Notice
from tofan_pos.words import Words

Told = Callable[[Words], str]


class Telling(QObject):
    """Keeps what is told as something that can be worded again, not as words."""

    def __init__(self, notice: Notice, say: Words, parent: QObject) -> None:
        """Tell nothing yet."""
        super().__init__(parent)
        self._notice, self._say = notice, say
        self._told: Told | None = None
        notice.dismissed.connect(self.hush)

    def problem(self, problem: Refusal | Trouble) -> None:
        """Say what went otherwise."""
        self._tell(partial(sentence, problem))

    def doubtful(self, seqs: list[int]) -> None:
        """Say that receipts may not have been printed."""
        count = len(seqs)
        self._tell(
            lambda say: say(
                "Receipts that may not have been printed when the till stopped: {n}."
                " Look at the paper.",
                n=count,
            ),
            kind="ask",
        )

    def crash(self, path: Path) -> None:
        """Say that the program made a mistake, and where its report is; selling goes on."""
        self._tell(
            lambda say: say(
                "The program made a mistake; completed sales are safe."
                " Please send {path} to support.",
                path=path,
            )
        )

    def warn(self, told: Told) -> None:
        """Say what somebody has to know, and may have to do something about."""
        self._tell(told, kind="ask")

    def hint(self, told: Told) -> None:
        """Say what may be of use, unless something else stands there."""
        if self._told is None:
            self._tell(told, kind="ask")

    def tell(self, told: Told) -> None:
        """Say what was done, worded by a function of the language."""
        self._tell(told, kind="good")

    def hush(self) -> None:
        """Say nothing any more."""
        self._told = None
        self._notice.hide()

    def reword(self, say: Words) -> None:
        """Say it in another language."""
        self._say = say
        self._notice.name_close(say("Dismiss"))
        if self._told is not None:
            self._notice.tell(self._told(say), kind=str(self._notice.property("kind")))

    def _tell(self, told: Told, *, kind: str = "wrong") -> None:
        self._told = told
        self._notice.tell(told(self._say), kind=kind)
