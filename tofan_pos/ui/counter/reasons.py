"""Why something is done: four usual reasons as keys F5 to F8, and a field for any other."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: FBT001

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tofan_pos.domain.session import LONGEST_WORDS
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.flow import Flow
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.words import Words

_KEYS = (Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8)


class Reasons(QWidget):
    """Emits `picked` for a usual reason, and what its field does."""

    picked = Signal()
    entered = Signal()
    scanned = Signal(str)
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = EntryField()
        self.field.setMaxLength(LONGEST_WORDS)
        self.field.entered.connect(self._entered)
        self.field.escaped.connect(self.escaped)
        self._keys = [KeyButton(size=tokens.READ, least=theme.target()) for _ in _KEYS]
        flow = Flow(gap=8)
        for place, key in enumerate(self._keys):
            key.clicked.connect(lambda _=False, place=place: self.pick(place))
            flow.addWidget(key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addLayout(flow)

    @property
    def reason(self) -> str:
        """The reason as it stands."""
        return self.field.text().strip()

    def clear(self) -> None:
        """Have no reason yet."""
        self.field.clear()

    def pick(self, place: int) -> None:
        """Take one of the usual reasons."""
        self.field.setText(self._keys[place].text())
        self.picked.emit()

    def key(self, event: QKeyEvent) -> bool:
        """Take the reason a key stands for; tell whether it stands for one."""
        key = Qt.Key(event.key())
        if key not in _KEYS or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        if not event.isAutoRepeat():
            self.pick(_KEYS.index(key))
        return True

    def reword(self, usual: Sequence[str], say: Words) -> None:
        """Say everything in a language, with its usual reasons; a reason given stays."""
        why, how = say("Why"), say("Choose below, or type")
        self.field.setAccessibleName(why)
        self.field.setPlaceholderText(f"{why}: {how}")
        for place, (key, reason) in enumerate(zip(self._keys, usual, strict=True)):
            key.put(reason, hint=f"F{5 + place}")

    def dress(self) -> None:
        """Take sizes from the look in force."""
        self.field.setMinimumHeight(theme.target() + 4)
        for key in self._keys:
            key.updateGeometry()

    def _entered(self, text: str, scanned: bool) -> None:
        if scanned:
            self.field.clear()
            self.scanned.emit(text)
        else:
            self.entered.emit()
