"""Everything that has a key, for fingers: reached by the button beside the field."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout

from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.page import Headed
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Line, Wrapped
from tofan_pos.words import Words


@dataclass(frozen=True, slots=True)
class _Entry:
    icon: str
    hint: str
    text: Callable[[Words], str]


_AFTER_SALE = {
    Deed.RETURN: _Entry("swap", "F6", lambda say: say("Return or exchange")),
    Deed.PARK: _Entry("basket", "F7", lambda say: say("Park / take up")),
    Deed.REPRINT: _Entry("printer", "F8", lambda say: say("Reprint")),
    Deed.RECEIPT: _Entry("receipt", "F10", lambda say: say("Receipts")),
}
_DAY = {
    Deed.DRAWER: _Entry("cash", "Shift F6", lambda say: say("The drawer")),
    Deed.REPORT: _Entry("report", "Shift F7", lambda say: say("X report")),
    Deed.CLOSE_DAY: _Entry("day", "Shift F8", lambda say: say("Close the day")),
    Deed.EXPORT: _Entry("export", "Shift F11", lambda say: say("Export")),
    Deed.OFFICE: _Entry("cloud", "Shift F12", lambda say: say("Head office")),
    Deed.LOCK: _Entry("lock", "F11", lambda say: say("Lock")),
    Deed.HAND_OVER: _Entry("person", "", lambda say: say("Hand over")),
}
_PEOPLE_AND_WINDOW = {
    Deed.STAFF: _Entry("people", "", lambda say: say("People")),
    Deed.RIGHTS: _Entry("key", "Shift F10", lambda say: say("Rights")),
    Deed.TRAINING: _Entry("story", "", lambda say: say("Training")),
    Deed.HELP: _Entry("help", "F1", lambda say: say("Every key")),
    Deed.LANGUAGE: _Entry("language", "F9", lambda say: say("ไทย / English")),
}
_COLUMNS, _GAP = 3, 8


class MenuPage(Headed):
    """Emits `wanted` with a deed, `look_wanted` for light or dark, `text_wanted` for its size."""

    wanted = Signal(object)
    look_wanted = Signal()
    text_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keys: dict[Deed, KeyButton] = {}
        self._look, self._text = _tile("moon"), _tile("text")
        self._look.clicked.connect(self.look_wanted)
        self._text.clicked.connect(self.text_wanted)
        after, day, window = (
            [self._key(deed, entry) for deed, entry in group.items()]
            for group in (_AFTER_SALE, _DAY, _PEOPLE_AND_WINDOW)
        )
        self._titles = tuple(Line(role="muted") for _ in range(3))
        self._groups = (after, day, [*window, self._look, self._text])
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        self._about = Wrapped(size=tokens.SMALL, colour="muted")
        self.body.setSpacing(_GAP)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.body.addWidget(self._about)
        self._lay_out(_COLUMNS)

    def show_about(self, text: str) -> None:
        """Say which till this is."""
        self._about.show_text(text)

    def reword(self, say: Words) -> None:
        super().reword(say)
        self.heading.show_text(say("More"))
        titles = (say("After the sale"), say("The day"), say("People and window"))
        for line, title in zip(self._titles, titles, strict=True):
            line.setText(title)
        for deed, entry in (_AFTER_SALE | _DAY | _PEOPLE_AND_WINDOW).items():
            self._keys[deed].put(entry.text(say), hint=entry.hint)
        self._look.put(say("Light or dark"))
        self._text.put(say("Size of text"))
        self._fit()

    def dress(self) -> None:
        super().dress()
        for key in chain.from_iterable(self._groups):
            key.updateGeometry()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # --- inside ---------------------------------------------------------------------------------

    def _key(self, deed: Deed, entry: _Entry) -> KeyButton:
        key = self._keys[deed] = _tile(entry.icon)
        key.clicked.connect(lambda: self.wanted.emit(deed))
        return key

    def _fit(self) -> None:
        """Have as many columns as leave every word whole."""
        widest = max(key.sizeHint().width() for key in chain.from_iterable(self._groups))
        columns = (self.width() + _GAP) // (widest + _GAP)
        self._lay_out(min(max(columns, 1), _COLUMNS))

    def _lay_out(self, columns: int) -> None:
        """Stand the groups side by side, or below one another where there is less room."""
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.count():
            self._grid.takeAt(0)
        beside, row = columns == _COLUMNS, 0
        for place, (title, keys) in enumerate(zip(self._titles, self._groups, strict=True)):
            if beside:
                self._grid.addWidget(title, 0, place)
                for y, key in enumerate(keys, start=1):
                    self._grid.addWidget(key, y, place)
                continue
            self._grid.addWidget(title, row, 0, 1, columns)
            for n, key in enumerate(keys):
                self._grid.addWidget(key, row + 1 + n // columns, n % columns)
            row += 1 + -(-len(keys) // columns)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, int(column < columns))


def _tile(icon: str) -> KeyButton:
    return KeyButton(size=tokens.READ, icon=icon)
