"""To a stick or folder and back: what waits is written, what head office answered is taken."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: FBT001

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from tofan_pos.counter.stick import Brought
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sentences import sentence
from tofan_pos.ui.counter.carrying import brought_said, removable_said
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Line, Wrapped
from tofan_pos.words import Words


class StickCard(QWidget):
    """Asks where, and tells what came of it. `entered`, `escaped` and `scanned` are its field's."""

    entered = Signal()
    escaped = Signal()
    scanned = Signal(str)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._say: Words | None = None
        self.busy = False
        self.outcome: Brought | Refusal | Trouble | None = None
        self._why = Wrapped(colour="muted")
        self._where = Line(role="muted")
        self.folder = EntryField()
        self.folder.entered.connect(self._entered)
        self.folder.escaped.connect(self.escaped)
        self._places = QVBoxLayout()
        self._places.setSpacing(8)
        self._keys: list[KeyButton] = []
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._safe = Wrapped(size=tokens.LEAD, bold=True)
        self._said = Wrapped()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        above: tuple[QWidget, ...] = (self._why, self._where, self.folder)
        below: tuple[QWidget, ...] = (self._progress, self._safe, self._said)
        for part in above:
            column.addWidget(part)
        column.addLayout(self._places)
        for part in below:
            column.addWidget(part)
        column.addStretch(1)
        self._progress.hide()

    @property
    def is_done(self) -> bool:
        """Whether everything is written, and the stick may be taken out."""
        return isinstance(self.outcome, Brought)

    @property
    def said(self) -> str:
        """What it says became of it."""
        return "\n".join(filter(None, (self._safe.text, self._said.text)))

    def offer(self, places: Sequence[str]) -> None:
        """Offer folders, the first one in the field."""
        self.outcome = None
        self.folder.setText(places[0] if places else "")
        for key in self._keys:
            self._places.removeWidget(key)
            key.deleteLater()
        self._keys = []
        for place in places:
            key = KeyButton(icon="folder", size=tokens.READ, least=theme.target())
            key.put(place)
            key.clicked.connect(lambda _=False, place=place: self.folder.setText(place))
            self._places.addWidget(key)
            self._keys.append(key)
        self._refresh()

    def begin(self) -> None:
        """Say that it is being written."""
        self.busy, self.outcome = True, None
        self._progress.setRange(0, 0)
        self._refresh()

    def show_progress(self, done: int, of: int) -> None:
        """Show how much of the writing is done."""
        self._progress.setRange(0, of)
        self._progress.setValue(done)

    def finish(self, outcome: Brought | Refusal | Trouble) -> None:
        """Say what came of it."""
        self.busy, self.outcome = False, outcome
        self._refresh()

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        self._why.show_text(
            say(
                "Writes what head office has not acknowledged, and takes what it has answered:"
                " acknowledgements, catalogues, enrolment. Selling goes on."
            )
        )
        self._where.setText(say("Folder or stick"))
        self.folder.setAccessibleName(say("Folder or stick"))
        self._progress.setAccessibleName(say("How far it is"))
        self._refresh()

    def dress(self) -> None:
        """Take sizes from the look in force."""
        self.folder.setMinimumHeight(theme.target() + 4)
        for words in (self._why, self._safe, self._said):
            words.break_anew()

    def _refresh(self) -> None:
        say, outcome = self._say, self.outcome
        if say is None:
            return
        self._progress.setVisible(self.busy)
        safe = said = ""
        if self.busy:
            safe = say("Writing. Leave the stick in until this is done.")
        elif isinstance(outcome, Brought):
            said, safe = brought_said(outcome, say), removable_said(outcome, say)
        elif outcome is not None:
            safe = sentence(outcome, say)
        failed = isinstance(outcome, (Refusal, Trouble))
        self._safe.colour("wrong" if failed else "ink" if self.busy else "good")
        self._safe.show_text(safe)
        self._said.show_text(said)
        # What was going to be done gives its place to what was.
        self._why.setVisible(not self.is_done)
        for key in self._keys:
            key.setVisible(not self.is_done and not self.busy)
        self.changed.emit()

    def _entered(self, text: str, scanned: bool) -> None:
        if scanned:
            self.scanned.emit(text)
        else:
            self.entered.emit()
