"""What every room of head office's window is: it words itself, dresses, and looks anew."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData, QSettings, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.office.reception import Reception
from tofan_pos.store.office import OfficeStore
from tofan_pos.ui.kit.sounds import Sounds
from tofan_pos.ui.kit.text import Line, Wrapped
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

SIDE, GAP = 24, 16
"""A page's margin, and what lies between its parts; of the 8 px grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """How a person is asked for places on the disk; none chosen is an empty answer."""

    files: Callable[[QWidget, str], list[Path]]
    folder: Callable[[QWidget, str], Path | None]
    target: Callable[[QWidget, str, str], Path | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """What a room works with: head office under it, and what the window lends every room."""

    store: OfficeStore
    reception: Reception
    clock: Callable[[], datetime]
    worker: Worker
    sounds: Sounds
    choosing: Choosing
    memory: QSettings


class Room(QWidget):
    """A room. `waiting` tells how many things in it wait for a person; `problem` what went wrong.

    `changed` follows whatever was written: the other rooms look anew. `room_wanted` carries the
    code of another room to go to.
    """

    waiting = Signal(int)
    changed = Signal()
    problem = Signal(object)
    room_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.heading, self.about = Line(role="big"), Wrapped(colour="muted", most=2)
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.heading)
        titles.addWidget(self.about)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addLayout(titles, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(SIDE, GAP, SIDE, GAP)
        self.body.setSpacing(GAP)
        self.body.addLayout(self.head)

    @property
    def at_rest(self) -> bool:
        """Whether nothing that it began is still under way."""
        return True

    def look(self) -> None:
        """Look at how things stand, and show it."""

    def reword(self, say: Words) -> None:
        """Say everything in a language."""

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""

    def take_keyboard(self) -> None:
        """Give the keyboard to what is used first."""

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        """Take a key nothing else wanted; tell whether it did."""
        return False

    def drop(self, dropped: QMimeData) -> bool:
        """Take what was dropped or pasted anywhere on the window; tell whether it did."""
        return False

    def close_room(self) -> None:
        """Stop whatever goes on."""
