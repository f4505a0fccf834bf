"""The session's figures as a paper on screen: X at any moment, and the last Z."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout

from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sentences import sentence
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.counter.paper_view import PaperView
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.keys import TextButton
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.receipt.document import Document

Told = Callable[[Words], str]


class ReportPage(Headed):
    """Emits `print_wanted` for what it shows; `x_wanted` and `z_wanted` to show the one or other.

    `z_number` is empty while it shows an X.
    """

    print_wanted = Signal()
    x_wanted = Signal()
    z_wanted = Signal()
    failed = Signal(object)

    has_main_key = True

    def __init__(self, worker: Worker, *, paper_mm: int, has_printer: bool) -> None:
        super().__init__()
        self._say: Words | None = None
        self._has_printer = has_printer
        self._has_session = True
        self._told: Told | None = None
        self._busy = False
        self.z_number = ""
        self.paper = PaperView(worker, paper_mm=paper_mm)
        self.paper.failed.connect(self.failed)
        self._x, self._z = TextButton(checkable=True), TextButton(checkable=True)
        self._which = QButtonGroup(self)
        self._which.addButton(self._x)
        self._which.addButton(self._z)
        self._x.clicked.connect(self.x_wanted)
        self._z.clicked.connect(self.z_wanted)
        self._said = Wrapped(size=tokens.READ, bold=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._x)
        row.addWidget(self._z)
        self.body.setSpacing(8)
        self.body.addLayout(row)
        self.body.addWidget(self._said)
        self.body.addWidget(self.paper, 1)

    @property
    def said(self) -> str:
        """What it says becomes of the printing."""
        return self._said.text

    def show_report(
        self, build: Callable[[], "Document"], *, z_number: str = "", has_session: bool = True
    ) -> None:
        """Show an X, or the Z with a number."""
        self.z_number, self._has_session = z_number, has_session
        self._told, self._busy = None, False
        self.paper.show_paper(build, name=self._name())
        self._refresh()

    def show_printing(self, *, queued: bool = False) -> None:
        """Say that it is being printed; one that is `queued` prints by itself, whenever it can."""
        self._busy, self._told = not queued, lambda say: say("It is being printed.")
        self._said.colour("muted")
        self._refresh()

    def show_printed(self, problem: Refusal | Trouble | None = None) -> None:
        """Say that it is printed, or why it is not."""
        self._busy = False
        self._told = (
            (lambda say: say("It is printed."))
            if problem is None
            else (lambda say: sentence(problem, say))
        )
        self._said.colour("good" if problem is None else "wrong")
        self._refresh()

    def take_keyboard(self) -> bool:
        # Arrows and Page keys move the paper.
        self.paper.setFocus()
        return True

    def main_key(self, say: Words) -> MainKey | None:
        text = say("Print again") if self.z_number else say("Print")
        below = "" if self._has_printer else say("No printer")
        return MainKey(
            text=text, below=below, hint="F12", enabled=self._has_printer and not self._busy
        )

    def press(self) -> None:
        """Ask for it to be printed, once at a time."""
        if self._has_printer and not self._busy:
            self.print_wanted.emit()

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self._x.put(say("X report"))
        self._z.put(say("Last Z report"))
        self._refresh()

    def dress(self) -> None:
        super().dress()
        self._said.break_anew()
        for key in (self._x, self._z):
            key.setMinimumHeight(theme.target())

    def _name(self) -> str:
        if self._say is None:
            return self.z_number
        if self.z_number:
            return self._say("Z report {number}", number=self.z_number)
        return self._say("X report")

    def _refresh(self) -> None:
        if self._say is None:
            return
        self.heading.show_text(self._name())
        self.paper.setAccessibleName(self._name())
        self._x.setEnabled(self._has_session)
        (self._z if self.z_number else self._x).setChecked(True)
        self._said.show_text(self._told(self._say) if self._told else "")
        self._said.setVisible(self._told is not None)
        self.key_changed.emit()
