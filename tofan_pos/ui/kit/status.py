"""The line at the bottom: who sells, the printer, what head office has not got yet, the time."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from tofan_pos.ui.kit import icons, theme, tokens
from tofan_pos.ui.kit.flow import Flow
from tofan_pos.ui.kit.text import Line, tip

HEIGHT = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing the line tells: an icon, a text, whether it is wrong, and more in its tooltip."""

    icon: str
    text: str
    wrong: bool = False
    more: str = ""


class StatusLine(QFrame):
    """Shows facts from left to right, the clock at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self._parts: list[tuple[QWidget, QLabel, QLabel]] = []
        self._facts: list[Fact] = []
        left = QWidget()
        self._flow = Flow(left, gap=24, below=0)
        self._clock = Line(role="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 5)
        row.addWidget(left, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._clock, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(HEIGHT)

    @property
    def facts(self) -> list[Fact]:
        """What it tells."""
        return self._facts

    def show_facts(self, facts: list[Fact]) -> None:
        """Tell these facts; only those that changed are drawn anew."""
        while len(self._parts) < len(facts):
            self._parts.append(self._add_part())
        for place, part in enumerate(self._parts):
            part[0].setVisible(place < len(facts))
            old = self._facts[place] if place < len(self._facts) else None
            if place < len(facts) and facts[place] != old:
                _fill(part, facts[place])
        self._facts = list(facts)

    def show_clock(self, text: str) -> None:
        """Tell the time."""
        self._clock.setText(text)
        self._clock.setAccessibleName(text)

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        for part, fact in zip(self._parts, self._facts, strict=False):
            _fill(part, fact)

    def _add_part(self) -> tuple[QWidget, QLabel, QLabel]:
        holder, mark, words = QWidget(), QLabel(), Line(role="small")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(mark)
        row.addWidget(words)
        self._flow.addWidget(holder)
        return holder, mark, words


def _fill(part: tuple[QWidget, QLabel, QLabel], fact: Fact) -> None:
    holder, mark, words = part
    size = (theme.look().px(tokens.READ) + tokens.READ) // 2
    mark.setPixmap(icons.pixmap(fact.icon, colour="wrong" if fact.wrong else "muted", size=size))
    state = "wrong" if fact.wrong else ""
    if words.property("state") != state:
        words.setProperty("state", state)
        words.style().unpolish(words)
        words.style().polish(words)
    words.setText(fact.text)
    holder.setToolTip(tip(fact.more or fact.text))
    holder.setAccessibleName(f"{fact.text}. {fact.more}" if fact.more else fact.text)
