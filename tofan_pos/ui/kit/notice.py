"""A sentence beside the field: what happened and what to do. Dismissing it loses nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from tofan_pos.ui.kit.keys import IconButton
from tofan_pos.ui.kit.text import Wrapped


class Notice(QFrame):
    """Hidden until it has something to say; never in the way of a key."""

    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._sentence = Wrapped(most=3, middle=True)
        self._close = IconButton("close", quiet=True)
        self._close.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 4, 4)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, empty while hidden."""
        return self._sentence.text if not self.isHidden() else ""

    def tell(self, sentence: str, *, kind: str = "wrong") -> None:
        """Say a sentence: `wrong`, `good`, or `ask` for one that waits for a second press."""
        if kind != self.property("kind"):
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)
        self._sentence.show_text(sentence)
        self.setAccessibleName(sentence)
        self.show()

    def name_close(self, text: str) -> None:
        """Name the key that dismisses it."""
        self._close.put(text, hint="Esc")
        self._close.dress()

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
