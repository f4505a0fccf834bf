"""Export in place: where to, how far it is, and that the stick may be taken out."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, FBT001

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout

from tofan_pos.counter.outbox import Exported, Outbox
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sentences import sentence
from tofan_pos.sentences.standing import onward
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.counter.sticks import places as places_at
from tofan_pos.ui.counter.sticks import sticks_in
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Line, Wrapped
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

_PLACES = 4


class ExportPage(Headed):
    """Writes what head office has not got. `exported` tells the folder when it is there."""

    exported = Signal(str)
    scanned = Signal(str)
    _progressed = Signal(int, int)

    has_main_key = True

    def __init__(self, outbox: Outbox, worker: Worker) -> None:
        super().__init__()
        self._outbox, self._worker = outbox, worker
        self._say: Words | None = None
        self._running = False
        self._outcome: Exported | Refusal | Trouble | None = None
        self._why = Wrapped(colour="muted")
        self._where = Line(role="muted")
        self.folder = EntryField()
        self.folder.entered.connect(self._entered)
        self.folder.escaped.connect(self.left)
        self._places = QVBoxLayout()
        self._places.setSpacing(8)
        self._keys: list[KeyButton] = []
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._said = Wrapped(size=tokens.LEAD, bold=True)
        self._progressed.connect(self._show_progress)
        self.body.addWidget(self._why)
        self.body.addWidget(self._where)
        self.body.addWidget(self.folder)
        self.body.addLayout(self._places)
        self.body.addWidget(self._progress)
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self._progress.hide()

    @property
    def outcome_shown(self) -> str:
        """What it says became of the export."""
        return self._said.text

    def open_at(self, folder: str) -> None:
        """Offer the folder used last, and the sticks that are in."""
        self._outcome = None
        places = places_at(sticks_in())
        self.folder.setText(folder or places[0])
        for key in self._keys:
            self._places.removeWidget(key)
            key.deleteLater()
        self._keys = []
        for place in dict.fromkeys(([folder] if folder else []) + places[:_PLACES]):
            key = KeyButton(icon="folder", size=tokens.READ, least=theme.target())
            key.put(place)
            key.clicked.connect(lambda _=False, place=place: self.folder.setText(place))
            self._places.addWidget(key)
            self._keys.append(key)
        self._refresh()

    def take_keyboard(self) -> bool:
        self.folder.setFocus()
        self.folder.selectAll()
        return True

    def main_key(self, say: Words) -> MainKey | None:
        if isinstance(self._outcome, Exported):
            return MainKey(text=say("Back to selling"), hint="Enter")
        return MainKey(text=say("Write the files"), hint="Enter", enabled=not self._running)

    def press(self) -> None:
        """Begin writing, on the worker; once it is written, go back."""
        if isinstance(self._outcome, Exported):
            self.left.emit()
            return
        text = self.folder.text().strip()
        if self._running or not text:
            return
        self._running, self._outcome = True, None
        folder = Path(text).expanduser()
        self._worker.run(
            lambda: self._outbox.export(folder, progress=self._progressed.emit),
            self._finished,
            failed=self._finished,
        )
        self._refresh()

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("Export to a folder"))
        self._why.show_text(
            say(
                "Writes everything head office has not acknowledged into signed files."
                " Selling goes on."
            )
        )
        self._where.setText(say("Folder or stick"))
        self.folder.setAccessibleName(say("Folder or stick"))
        self._progress.setAccessibleName(say("How far it is"))
        self._refresh()

    def dress(self) -> None:
        super().dress()
        self.folder.setMinimumHeight(theme.target() + 4)

    def _finished(self, outcome: Exported | Refusal | Trouble) -> None:
        self._running, self._outcome = False, outcome
        if isinstance(outcome, Exported):
            self.exported.emit(str(outcome.files[0].parent))
        self._refresh()

    def _show_progress(self, done: int, of: int) -> None:
        self._progress.setRange(0, of)
        self._progress.setValue(done)

    def _refresh(self) -> None:
        if self._say is None:
            return
        say, outcome = self._say, self._outcome
        self._progress.setVisible(self._running)
        self._why.setVisible(not isinstance(outcome, Exported))
        for key in self._keys:
            key.setVisible(not self._running and not isinstance(outcome, Exported))
        failed = isinstance(outcome, (Refusal, Trouble))
        self._said.colour("wrong" if failed else "ink" if self._running else "good")
        if self._running:
            self._said.show_text(say("Writing. Leave the stick in until this is done."))
        elif isinstance(outcome, Exported):
            entries = f"{outcome.last - outcome.first + 1:,}"
            written = say(
                "Entries written and checked: {entries}. It is safe to remove the stick.",
                entries=entries,
            )
            self._said.show_text(f"{written} {onward(say)}")
        else:
            self._said.show_text(sentence(outcome, say) if outcome else "")
        self.key_changed.emit()

    def _entered(self, text: str, scanned: bool) -> None:
        if scanned:
            self.scanned.emit(text)
        else:
            self.press()
