"""A till to learn on in its real window, and the hands of somebody new."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QListView, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import Hands
from tofan_pos import app as composition
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.count import PIECES
from tofan_pos.ui.counter.counting import CountGrid
from tofan_pos.ui.counter.guide import STEPS
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.trainer import Trainer
from tofan_pos.ui.counter.window import CounterWindow

K = Qt.Key
NAMES = [step.name for step in STEPS]
_ENGLISH = re.compile(r"\b(the|press|touch)\b", re.IGNORECASE)
"""One of these is in every English sentence of the guide, and none is a key's name."""


@dataclass
class Lesson:
    """A till to learn on in its real window, and the hands of somebody new."""

    desk: Desk
    window: CounterWindow
    trainer: Trainer
    hands: Hands
    bot: QtBot
    real: Path
    before: dict[str, str]
    """What every file of the real till held before."""

    def settle(self) -> None:
        """Wait until window and strip show the till as it stands."""
        self.bot.waitUntil(lambda: self.window.at_rest and self.trainer.at_rest, timeout=15_000)

    def expect(self, name: str) -> str:
        """Hold the strip to being at a step, seen on this very page; return what it says."""
        self.settle()
        step = self.trainer.guide.step
        assert (step.name if step else "") == name
        strip = self.trainer.strip
        assert strip.isVisible()
        assert strip.mapTo(self.window, strip.rect().topLeft()).y() == 0
        assert strip.width() == self.window.width()
        place = NAMES.index(name) + 1 if name else len(NAMES)
        assert str(place) in strip.progress
        english = _ENGLISH.search(strip.sentence) is not None
        assert english is (self.window.language == "en"), strip.sentence
        return strip.sentence

    def key(
        self, key: Qt.Key, *, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key."""
        self.hands.press(key, " " if key == K.Key_Space else "", held=held)

    def touch(self, name: str, *, within: QWidget | None = None) -> None:
        """Press the key that bears these words, where a finger can."""
        found = [
            key
            for key in (within or self.window).findChildren(QAbstractButton)
            if key.isVisible() and name in (key.text(), key.accessibleName())
        ]
        assert len(found) == 1, (name, len(found))
        assert found[0].isEnabled(), name
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
        self.settle()

    def touch_main(self) -> None:
        """Press the one large key."""
        self.settle()
        QTest.mouseClick(self.window.basket.pay, Qt.MouseButton.LeftButton)
        self.settle()

    def touch_row(self, view: QListView, row: int = 0) -> None:
        """Press a row or tile."""
        place = view.visualRect(view.model().index(row, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.settle()

    def touch_digits(self, marks: str) -> None:
        """Press digits on the page's own keys."""
        for mark in marks:
            self.touch(mark, within=self.page)

    def touch_count(self) -> None:
        """Count with a finger what the drawer should hold."""
        grid = self.page.findChildren(CountGrid)[0]
        pieces, rest = self.drawer()
        for piece, number in pieces:
            QTest.mouseClick(grid.field(piece), Qt.MouseButton.LeftButton)
            self.touch_digits(str(number))
        if rest:
            QTest.mouseClick(grid.loose, Qt.MouseButton.LeftButton)
            self.touch_digits(f"{rest / 100:.2f}")

    def type_count(self) -> None:
        """Type what the drawer should hold, from the first field on."""
        pieces, rest = self.drawer()
        for piece in PIECES:
            self.hands.type(str(dict(pieces).get(piece, "")))
            self.key(K.Key_Down)
        self.hands.type(f"{rest / 100:.2f}" if rest else "")

    def drawer(self) -> tuple[list[tuple[int, int]], int]:
        """Return the notes and coins that the drawer should hold, and what no coin makes."""
        cash = self.desk.day.x().expected()["cash"]
        pieces = []
        for piece in PIECES:
            number, cash = divmod(cash, piece)
            if number:
                pieces.append((piece, number))
        return pieces, cash

    @property
    def page(self) -> Page:
        """The page shown."""
        return self.window.pages.shown


def digests(folder: Path) -> dict[str, str]:
    """Return what every file of the real till holds."""
    training = folder / composition.TRAINING_FOLDER
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in files
        if training not in path.parents
    }


def trainer_of(window: CounterWindow) -> Trainer:
    """Return who teaches in a window over a till to learn on."""
    assert window.trainer is not None
    return window.trainer
