"""What stands under the chosen line of a list that is no basket: a stepper, or nothing."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102

from PySide6.QtWidgets import QWidget

from tofan_pos.ui.counter.line_tools import LineTools
from tofan_pos.ui.kit.keys import QuietButton
from tofan_pos.words import Words


class PieceTools(LineTools):
    """Steps how many pieces come back, from none to as many as still can."""

    def __init__(self) -> None:
        super().__init__()
        self._taken, self._most = 0, 0
        for key in self.findChildren(QuietButton):
            key.hide()

    def show_pieces(self, taken: int, *, most: int) -> None:
        """Show how many come back of the chosen line, and how many can."""
        self._taken, self._most = taken, most
        self.show_quantity(taken, single=False)

    def show_quantity(self, quantity: int, *, single: bool) -> None:
        self._stepper.show_value(self._taken, least=0, most=self._most)

    def reword(self, say: Words) -> None:
        self._stepper.name(less=say("One less"), more=say("One more"), value=say("Comes back"))


class NoTools(LineTools):
    """Nothing: the chosen line is only marked."""

    def __init__(self) -> None:
        super().__init__()
        for key in self.findChildren(QWidget):
            key.hide()
        self.setFixedHeight(0)

    def show_quantity(self, quantity: int, *, single: bool) -> None:
        """Show none."""

    def dress(self) -> None:
        self.setFixedHeight(0)
