"""How a return begins: what to scan, and the two ways where nothing can be scanned."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.words import Words


class Asking(QWidget):
    """Emits `list_wanted` to look the receipt up, `no_receipt_wanted` where there is none."""

    list_wanted = Signal()
    no_receipt_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._how = Wrapped(size=tokens.READ, colour="muted")
        self._list, self._none = KeyButton(icon="search"), KeyButton(icon="basket")
        self._list.clicked.connect(self.list_wanted)
        self._none.clicked.connect(self.no_receipt_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._how)
        column.addSpacing(16)
        column.addWidget(self._list)
        column.addWidget(self._none)
        column.addStretch(1)

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._how.show_text(
            say(
                "Scan the code on the receipt, or type its number; the last digits will do for"
                " this till's own. Receipts of other tills are scanned by their large code."
            )
        )
        self._list.put(
            say("Find it in the list"), below=say("By day, amount or product"), hint="F10"
        )
        self._none.put(say("No receipt"), below=say("At today's price"), hint="F3")
