"""Everything that has a key, for fingers: reached by the button beside the field."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel

from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.page import Headed
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.words import Words


@dataclass(frozen=True, slots=True)
class _Entry:
    icon: str
    hint: str
    text: Callable[[Words], str]


_ENTRIES = {
    Deed.RETURN: _Entry("back", "F6", lambda say: say("Return or exchange")),
    Deed.PARK: _Entry("basket", "F7", lambda say: say("Park / take up")),
    Deed.REPRINT: _Entry("printer", "F8", lambda say: say("Reprint")),
    Deed.RECEIPT: _Entry("receipt", "F10", lambda say: say("Receipts")),
    Deed.DRAWER: _Entry("cash", "Shift F6", lambda say: say("The drawer")),
    Deed.REPORT: _Entry("text", "Shift F7", lambda say: say("X report")),
    Deed.CLOSE_DAY: _Entry("key", "Shift F8", lambda say: say("Close the day")),
    Deed.LOCK: _Entry("key", "F11", lambda say: say("Lock")),
    Deed.HAND_OVER: _Entry("person", "", lambda say: say("Hand over")),
    Deed.STAFF: _Entry("person", "", lambda say: say("People")),
    Deed.RIGHTS: _Entry("help", "Shift F10", lambda say: say("Rights")),
    Deed.TRAINING: _Entry("star", "", lambda say: say("Training")),
    Deed.EXPORT: _Entry("export", "Shift F11", lambda say: say("Export")),
    Deed.HELP: _Entry("help", "F1", lambda say: say("Every key")),
    Deed.LANGUAGE: _Entry("language", "F9", lambda say: say("ไทย / English")),
}
_COLUMNS = 3


class MenuPage(Headed):
    """Emits `wanted` with a deed, `look_wanted` for light or dark, `text_wanted` for its size."""

    wanted = Signal(object)
    look_wanted = Signal()
    text_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keys: dict[Deed, KeyButton] = {}
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, (deed, entry) in enumerate(_ENTRIES.items()):
            key = KeyButton(icon=entry.icon)
            key.clicked.connect(lambda _=False, deed=deed: self.wanted.emit(deed))
            grid.addWidget(key, place // _COLUMNS, place % _COLUMNS)
            self._keys[deed] = key
        self._look, self._text = KeyButton(icon="moon"), KeyButton(icon="text")
        self._look.clicked.connect(self.look_wanted)
        self._text.clicked.connect(self.text_wanted)
        for place, key in enumerate((self._look, self._text), start=len(_ENTRIES)):
            grid.addWidget(key, place // _COLUMNS, place % _COLUMNS)
        self._about = Wrapped(size=tokens.SMALL, colour="muted")
        self.body.addLayout(grid)
        self.body.addWidget(QLabel(), 1)
        self.body.addWidget(self._about)

    def show_about(self, text: str) -> None:
        """Say which till this is."""
        self._about.show_text(text)

    def reword(self, say: Words) -> None:
        super().reword(say)
        self.heading.show_text(say("More"))
        for deed, key in self._keys.items():
            key.put(_ENTRIES[deed].text(say), hint=_ENTRIES[deed].hint)
        self._look.put(say("Light or dark"))
        self._text.put(say("Size of text"))
