"""One till in full: who it is, how far it came, why its epochs began, what a person is to do."""

# Qt names, documents and calls what it has us override.

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.fingerprint import Fingerprint
from tofan_pos.ui.kit.scroll import reveal, scrolled
from tofan_pos.ui.kit.text import Line, Wrapped
from tofan_pos.ui.office.asking import Asking, Deed
from tofan_pos.ui.office.task_card import TaskCard
from tofan_pos.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label, what it says, and its colour's token."""

    label: str
    text: str
    tone: str = "ink"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading and the lines under it."""

    title: str
    lines: tuple[str, ...]
    tone: str = "ink"


@dataclass(frozen=True, slots=True, kw_only=True)
class TillShown:
    """One till, worded. `tasks` are ids, each with its sentence."""

    title: str
    under: str
    under_tone: str
    fingerprint: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    tasks: tuple[tuple[str, str], ...]
    deeds: tuple[Deed, ...]


class TillPane(QFrame):
    """Shows a till. `settled` carries a task, who dealt with it and a note; `wanted` a deed."""

    settled = Signal(str, str, str)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._say: Words | None = None
        self._shown: TillShown | None = None
        self.title, self._under = Line(role="big"), Wrapped(bold=True)
        self.fingerprint, self._compare = Fingerprint(), Wrapped(colour="muted", size=tokens.SMALL)
        self._facts, self._parts = QWidget(), QWidget()
        self._grid, self._list = QGridLayout(self._facts), QVBoxLayout(self._parts)
        self._tasks_title = Wrapped(bold=True, colour="wrong")
        self._who_label, self.who = Line(role="small"), QLineEdit()
        self.cards: list[TaskCard] = []
        self.asking = Asking()
        self._build()
        self.asking.wanted.connect(self.wanted)
        # After the question has found its place.
        self.asking.asked.connect(
            lambda: reveal(self.asking.leave_key), Qt.ConnectionType.QueuedConnection
        )
        self.who.textChanged.connect(lambda _: self._mark_who(wrong=False))

    def _build(self) -> None:
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(14, 10, 14, 14)
        self._column.setSpacing(8)
        for layout in (self._grid, self._list):
            layout.setContentsMargins(0, 8, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._list.setSpacing(4)
        self.who.setMaxLength(60)
        for part in (
            self.title,
            self._under,
            self._tasks_title,
            self._who_label,
            self.who,
            self.fingerprint,
            self._compare,
            self._facts,
            self._parts,
            self.asking,
        ):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._outside = QVBoxLayout(self)
        self._outside.setContentsMargins(2, 2, 2, 2)
        self._scroll = scrolled(self._inside)
        self._outside.addWidget(self._scroll)

    def stand(self, *, whole: bool) -> None:
        """Stand as tall as all it says, in a page that scrolls, or scroll by itself."""
        if whole is (self._scroll.widget() is None):
            return
        if whole:
            self._outside.addWidget(self._scroll.takeWidget())
            # What scrolls is painted by its area; here the card shows through.
            self._inside.setAutoFillBackground(False)
        else:
            self._outside.removeWidget(self._inside)
            self._scroll.setWidget(self._inside)
        self._scroll.setVisible(not whole)
        self._inside.show()

    @property
    def shown(self) -> TillShown | None:
        """What it shows."""
        return self._shown

    def show_till(self, shown: TillShown) -> None:
        """Show a till; what is being written about its tasks stays."""
        if shown == self._shown or self._say is None:
            return
        before, self._shown = self._shown, shown
        if before is None or before.title != shown.title:
            self.asking.forget()
            self._scroll.verticalScrollBar().setValue(0)
        self.title.setText(shown.title)
        self._under.show_text(shown.under)
        self._under.colour(shown.under_tone)
        self.fingerprint.show_text(shown.fingerprint, word=self._say("Fingerprint"))
        self.setAccessibleName(f"{shown.title}, {shown.under}")
        self._show_facts(shown.facts)
        self._show_parts(shown.parts)
        self._show_tasks(shown.tasks)
        self.asking.offer(shown.deeds, leave=self._say("Leave it as it is"))

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        self._compare.show_text(say("The till shows the same under Head office."))
        self._tasks_title.show_text(say("For a person to look at"))
        self._who_label.setText(say("Your name"))
        self.who.setAccessibleName(say("Your name"))
        self._shown = None

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self.fingerprint.updateGeometry()
        self.asking.dress()
        self.who.setMinimumHeight(theme.target())
        for card in self.cards:
            card.dress()
        for words in self.findChildren(Wrapped):
            words.break_anew()

    def _show_facts(self, facts: Sequence[Fact]) -> None:
        _clear(self._grid)
        for row, fact in enumerate(facts):
            label = Line(fact.label, role="muted")
            text = Wrapped(colour=fact.tone, bold=fact.tone == "wrong")
            text.show_text(fact.text)
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, 1)

    def _show_parts(self, parts: Sequence[Part]) -> None:
        _clear(self._list)
        for part in parts:
            title = Wrapped(bold=True, colour=part.tone)
            title.show_text(part.title)
            self._list.addWidget(title)
            for line in part.lines:
                words = Wrapped()
                words.show_text(line)
                self._list.addWidget(words)

    def _show_tasks(self, tasks: Sequence[tuple[str, str]]) -> None:
        kept = {card.task: card for card in self.cards}
        wanted = [task for task, _ in tasks]
        for task, card in kept.items():
            if task not in wanted:
                self._column.removeWidget(card)
                card.hide()
                card.deleteLater()
        self.cards = []
        place = self._column.indexOf(self._tasks_title) + 1
        for at, (task, sentence) in enumerate(tasks):
            card = kept.get(task) or self._new_card(task)
            if self._say is not None:
                card.show_task(sentence, self._say)
            self._column.insertWidget(place + at, card)
            self.cards.append(card)
        for part in (self._tasks_title, self._who_label, self.who):
            part.setVisible(bool(tasks))

    def _new_card(self, task: str) -> TaskCard:
        card = TaskCard(task)
        card.settled.connect(self._settle)
        return card

    def _settle(self, task: str, note: str) -> None:
        who = self.who.text().strip()
        if not who:
            self._mark_who(wrong=True)
            self.who.setFocus()
            return
        self.settled.emit(task, who, note)

    def _mark_who(self, *, wrong: bool) -> None:
        state = "wrong" if wrong else ""
        if self.who.property("state") != state:
            self.who.setProperty("state", state)
            self.who.style().unpolish(self.who)
            self.who.style().polish(self.who)


def _clear(layout: QGridLayout | QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
