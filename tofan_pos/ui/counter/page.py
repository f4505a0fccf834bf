"""What every page of the window's left side is: it words itself, dresses, and names its one key."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.ui.kit.keys import QuietButton
from tofan_pos.ui.kit.scroll import scrolled
from tofan_pos.ui.kit.text import Elided
from tofan_pos.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MainKey:
    """What the one large key says on a page, and whether it can be pressed."""

    text: str
    below: str = ""
    hint: str = ""
    enabled: bool = True


class Page(QWidget):
    """A page. `left` asks to go back to selling; `key_changed` to ask for the main key again."""

    left = Signal()
    key_changed = Signal()
    has_main_key = False

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")

    def reword(self, say: Words) -> None:
        """Say everything in a language."""

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""

    def main_key(self, say: Words) -> MainKey | None:
        """Return what the main key says here, or None where it stays the one that pays."""
        return None

    def press(self) -> None:
        """Do what the main key says."""

    def invitation(self, say: Words) -> str:
        """Return what an empty basket says beside it; nothing where the next scan sells."""
        return ""

    def take_keyboard(self) -> bool:
        """Take the keyboard where the page has a field of its own; tell whether it did."""
        return False


class Headed(Page):
    """A page with a heading and a way back."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = Elided(role="heading")
        self._back = QuietButton("back")
        self._back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(self._back)
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        self.area = scrolled(inside)
        column.addWidget(self.area, 1)

    def reword(self, say: Words) -> None:
        self._back.put(say("Back"), hint="Esc")

    def dress(self) -> None:
        self._back.dress()
