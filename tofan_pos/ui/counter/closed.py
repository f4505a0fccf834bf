"""The last step of closing: the Z, what it says at a glance, its paper, and the day's pack."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from tofan_pos.counter.day import StoredZ
from tofan_pos.domain.money import baht
from tofan_pos.sentences.day import over_or_short
from tofan_pos.ui.counter.paper_view import PaperView
from tofan_pos.ui.counter.settling import shade
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.money import MoneyLabel
from tofan_pos.ui.kit.scroll import scrolled
from tofan_pos.ui.kit.text import Line, Wrapped
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.receipt.document import Document


class Closed(QWidget):
    """Shows a closed session."""

    def __init__(self, worker: Worker, *, paper_mm: int) -> None:
        super().__init__()
        self._say: Words | None = None
        self._stored: StoredZ | None = None
        self._cash_word, self._share_word = Line(role="lead"), Line(role="lead")
        self._number = Wrapped(size=tokens.LEAD)
        self._difference = MoneyLabel(size=tokens.TOTAL, bold=True, left=True)
        self._share = MoneyLabel(size=tokens.TOTAL, bold=True, left=True, colour="good")
        self._sold = Wrapped(size=tokens.LEAD)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 0)
        self._lines = Wrapped(colour="good")
        self.paper = PaperView(worker, paper_mm=paper_mm)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        for widget, after in (
            (self._number, 16),
            (self._cash_word, 0),
            (self._difference, 16),
            (self._share_word, 0),
            (self._share, 16),
            (self._sold, 16),
            (self._progress, 8),
            (self._lines, 0),
        ):
            left.addWidget(widget)
            left.addSpacing(after)
        left.addStretch(1)
        inside = QWidget()
        inside.setLayout(left)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(scrolled(inside), 11)
        row.addWidget(self.paper, 9)
        self._progress.hide()

    @property
    def said(self) -> tuple[str, str, str]:
        """The Z's number, over or short, and the makers' share, as it shows them."""
        return self._number.text, self._difference.shown, self._share.shown

    @property
    def lines_said(self) -> str:
        """What it says became of the day's pack."""
        return self._lines.text

    def show_z(self, stored: StoredZ, build: Callable[[], "Document"]) -> None:
        """Show a Z; `build` makes its paper, on the worker."""
        self._stored = stored
        self.show_lines(())
        self.paper.show_paper(build, name=stored.z.number)
        self._refresh()

    def show_lines(self, lines: Sequence[str], *, busy: bool = False, failed: bool = False) -> None:
        """Show what became of the day's pack, line by line."""
        self._progress.setVisible(busy)
        self._lines.colour("wrong" if failed else "ink" if busy else "good")
        self._lines.show_text("\n".join(lines))

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        self._cash_word.setText(say("Cash"))
        self._share_word.setText(say("To the makers"))
        self._progress.setAccessibleName(say("How far it is"))
        self._refresh()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        for words in (self._number, self._sold, self._lines):
            words.break_anew()

    def _refresh(self) -> None:
        say, stored = self._say, self._stored
        if say is None or stored is None:
            return
        z = stored.z
        self._number.show_text(say("Z report {number}", number=z.number))
        said = over_or_short(z.difference, say)
        self._difference.show_text(said, colour=shade(z.difference))
        self._share.show_money(z.report.net.share)
        self._sold.show_text(
            say(
                "{count} sales, {amount} after returns",
                count=f"{z.report.net.count:,}",
                amount=baht(z.report.net.total),
            )
        )
        self.paper.setAccessibleName(say("Z report {number}", number=z.number))
