"""The ways to pay beside cash as large keys, and what has been taken so far as a list."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.sale import Tender, TenderType
from tofan_pos.ui.counter.comeback import tender_said
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.keys import IconButton, KeyButton
from tofan_pos.ui.kit.money import MoneyLabel
from tofan_pos.ui.kit.text import Elided, tip
from tofan_pos.words import Words

_K = Qt.Key
TENDER_KEYS = (
    _K.Key_F5,
    _K.Key_F6,
    _K.Key_F7,
    _K.Key_F8,
    _K.Key_F9,
    _K.Key_F10,
    _K.Key_F11,
)
"""With Ctrl, the tenders in the catalogue's order: where they are does not hang on the layout."""
PART_KEY = _K.Key_F12
_LARGE = 125
_LEAST = 56


def tender_of(event: QKeyEvent) -> int | None:
    """Return which way to pay a key stands for, -1 for a part in cash, None for any other key."""
    key = _K(event.key())
    if (
        event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        != Qt.KeyboardModifier.ControlModifier
    ):
        return None
    if key == PART_KEY:
        return -1
    return TENDER_KEYS.index(key) if key in TENDER_KEYS else None


class TenderKeys(QWidget):
    """Emits `chosen` with a way to pay's place, or -1 for a part in cash."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._types: tuple[TenderType, ...] = ()
        self._columns = 0
        self._keys: list[KeyButton] = []
        self._part = self._key(-1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def show_types(self, types: Sequence[TenderType]) -> None:
        """Have a key for each of these; the part in cash comes last."""
        if tuple(types) != self._types:
            self._types = tuple(types)
            self._lay_out()
        self.setVisible(bool(self._types))

    def dress(self) -> None:
        """Take sizes from the look in force: large words stand below one another."""
        if self._columns != self._wanted_columns:
            self._lay_out()
        self.updateGeometry()

    @property
    def _wanted_columns(self) -> int:
        return 2 if theme.look().text_percent <= _LARGE else 1

    def _lay_out(self) -> None:
        self._columns = self._wanted_columns
        while len(self._keys) < len(self._types):
            self._keys.append(self._key(len(self._keys)))
        for key in (*self._keys, self._part):
            self._grid.removeWidget(key)
            key.hide()
        shown = [*self._keys[: len(self._types)], self._part] if self._types else []
        for place, key in enumerate(shown):
            self._grid.addWidget(key, place // self._columns, place % self._columns)
            key.show()
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < self._columns))

    def allow(self, *, tenders: bool, part: bool) -> None:
        """Let the keys be pressed, or not."""
        for key in self._keys:
            key.setEnabled(tenders)
        self._part.setEnabled(part)

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        for place, (key, how) in enumerate(zip(self._keys, self._types, strict=False)):
            name = how.name.get(say.language)
            hint = f"Ctrl F{5 + place}" if place < len(TENDER_KEYS) else ""
            key.put(name, below=hint)
            key.setToolTip(tip(name))
        self._part.put(say("Part in cash"), below="Ctrl F12")

    def _key(self, place: int) -> KeyButton:
        key = KeyButton(size=tokens.READ, least=_LEAST)
        key.setParent(self)
        key.clicked.connect(lambda: self.chosen.emit(place))
        return key


class TenderList(QFrame):
    """What was taken so far; emits `removed` with a place."""

    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 4, 0, 4)
        self._column.setSpacing(4)
        self.hide()

    @property
    def shown(self) -> list[str]:
        """What it says was taken."""
        return [row.said for row in self._rows if not row.isHidden()]

    def show_tenders(
        self, tenders: Sequence[Tender], names: Mapping[str, Text], say: Words
    ) -> None:
        """Show what was taken; the last one is what Backspace takes away."""
        while len(self._rows) < len(tenders):
            row = _Row(len(self._rows))
            row.removed.connect(self.removed)
            self._rows.append(row)
            self._column.addWidget(row)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(tenders))
            if place < len(tenders):
                row.show_tender(
                    tenders[place], names, say=say, hint="⌫" if place + 1 == len(tenders) else ""
                )
        self.setVisible(bool(tenders))

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        for row in self._rows:
            row.dress()


class _Row(QWidget):
    """One tender: its name, its reference, its amount, and a key that takes it away."""

    removed = Signal(int)

    def __init__(self, place: int) -> None:
        super().__init__()
        self._name, self._reference = Elided(), Elided(role="small")
        self._amount = MoneyLabel(size=tokens.LEAD, bold=True)
        self._remove = IconButton("remove", quiet=True)
        self._remove.clicked.connect(lambda: self.removed.emit(place))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._reference)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self._amount)
        row.addWidget(self._remove)

    @property
    def said(self) -> str:
        """What it says."""
        return " ".join(filter(None, (self._name.whole, self._reference.whole, self._amount.shown)))

    def show_tender(
        self, tender: Tender, names: Mapping[str, Text], *, say: Words, hint: str
    ) -> None:
        """Show a tender."""
        name = tender_said(tender, names, say)
        self._name.show_text(name)
        self._reference.show_text(tender.reference)
        self._reference.setVisible(bool(tender.reference))
        self._amount.show_money(tender.amount)
        self._remove.put(say("Take {name} away", name=name), hint=hint)

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self._remove.dress()
