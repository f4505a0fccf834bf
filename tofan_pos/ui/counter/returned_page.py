"""After paying back: what to hand over in the largest type there is, until the next scan."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.counter.papers import Papers
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.money import baht
from tofan_pos.domain.reversal import ReversalKind
from tofan_pos.store.facts import StoredReversal
from tofan_pos.ui.counter.comeback import tender_said
from tofan_pos.ui.counter.page import MainKey, Page
from tofan_pos.ui.counter.paper_view import PaperView
from tofan_pos.ui.counter.wording import TIMES
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.money import MoneyLabel
from tofan_pos.ui.kit.scroll import scrolled
from tofan_pos.ui.kit.text import Elided, Line, Wrapped
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words


class ReturnedPage(Page):
    """Shows a refund or void that is durable: what goes back and how, and its number."""

    has_main_key = True

    def __init__(self, papers: Papers, worker: Worker) -> None:
        super().__init__()
        self._papers = papers
        self._stored: StoredReversal | None = None
        self._names: Mapping[str, Text] = {}
        self._say: Words | None = None
        self._word = Line(role="heading")
        self._amount = MoneyLabel(size=tokens.CHANGE, bold=True, left=True)
        self._how = Wrapped(size=tokens.LEAD)
        self._pieces = Wrapped(size=tokens.READ)
        self._number = Elided(role="read")
        self._printing = Wrapped(colour="muted")
        self._next = Wrapped(colour="muted")
        self.paper = PaperView(worker, paper_mm=papers.profile.paper_mm)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._word)
        column.addWidget(self._amount)
        column.addWidget(self._how)
        column.addSpacing(24)
        column.addWidget(self._pieces)
        column.addSpacing(24)
        column.addWidget(self._number)
        column.addWidget(self._printing)
        column.addStretch(1)
        column.addWidget(self._next)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(24)
        row.addWidget(scrolled(inside), 11)
        row.addWidget(self.paper, 9)

    @property
    def amount_shown(self) -> str:
        """The amount it shows."""
        return self._amount.shown

    @property
    def number_shown(self) -> str:
        """The number it shows."""
        return self._number.whole

    def show_reversal(self, stored: StoredReversal, names: Mapping[str, Text]) -> None:
        """Show a refund or a void; `names` are the tenders' by code."""
        self._stored, self._names = stored, names
        self._printing.show_text("")
        self.paper.show_paper(lambda: self._papers.refund(stored), name=stored.reversal.number)
        self._refresh()

    def show_printing(self, text: str) -> None:
        """Say what becomes of its paper."""
        self._printing.show_text(text)

    def main_key(self, say: Words) -> MainKey | None:
        return MainKey(text=say("Next sale"), hint="Enter")

    def press(self) -> None:
        self.left.emit()

    def reword(self, say: Words) -> None:
        self._say = say
        self._refresh()

    def _refresh(self) -> None:
        if self._say is None or self._stored is None:
            return
        say, reversal = self._say, self._stored.reversal
        self._word.setText(say("Hand back"))
        self._amount.show_money(reversal.total)
        self._how.show_text(
            "\n".join(
                f"{tender_said(one, self._names, say)}  {baht(one.amount)}"
                for one in reversal.tenders
            )
        )
        names = (
            f"{line.quantity} {TIMES} {line.name.get(say.language)}" for line in reversal.lines[:8]
        )
        self._pieces.show_text("\n".join(names))
        if reversal.kind is ReversalKind.VOID:
            told = say("Receipt {number} is void. It keeps its number.", number=reversal.number)
        else:
            told = say("Refund {number}", number=reversal.number)
        self._number.show_text(told)
        self._next.show_text(say("The next scan starts the next sale."))
