"""What can be done with the chosen line: one less, one more, a discount, out."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.keys import QuietButton
from tofan_pos.ui.kit.stepper import Stepper
from tofan_pos.words import Words


class LineTools(QWidget):
    """Emits intents; it knows nothing of the line but its quantity."""

    stepped = Signal(int)
    discount = Signal()
    remove = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stepper = Stepper()
        self._stepper.stepped.connect(self.stepped)
        self._discount = QuietButton("discount")
        self._discount.clicked.connect(self.discount)
        self._remove = QuietButton("remove")
        self._remove.clicked.connect(self.remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._stepper)
        row.addStretch(1)
        row.addWidget(self._discount)
        row.addWidget(self._remove)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFixedHeight(theme.target())

    def show_quantity(self, quantity: int, *, single: bool) -> None:
        """Show how many; one of a kind cannot become more."""
        self._stepper.show_value(quantity, least=1, most=1 if single else None)

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._stepper.name(less=say("One less"), more=say("One more"), value=say("Quantity"))
        self._discount.put(say("Discount"), hint="F2")
        self._remove.put(say("Remove"), hint="Delete")
        self._fit()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self._stepper.dress()
        self._discount.dress()
        self._remove.dress()
        self.setFixedHeight(theme.target())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the words away where they would push the keys over the edge."""
        keys = (self._discount, self._remove)
        whole = self._stepper.sizeHint().width() + sum(key.whole_width for key in keys)
        for key in keys:
            key.be_bare(whole > self.width())
