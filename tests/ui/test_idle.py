"""A till that nobody touches locks itself, by a clock that the test moves."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tofan_pos.ui.counter.idle import IdleLock

AFTER_S = 90
NONE = Qt.KeyboardModifier.NoModifier


class Rig:
    """A lock over a field, with a clock in milliseconds."""

    def __init__(self, after_s: int) -> None:
        self.now, self.idled = 5_000, 0
        self.field = QLineEdit()
        self.lock = IdleLock(after_s, now=lambda: self.now)
        self.lock.idle.connect(self._idle)

    def _idle(self) -> None:
        self.idled += 1

    def wait(self, seconds: float) -> None:
        """Let time pass, then what the timer would do."""
        self.now += int(seconds * 1000)
        self.lock.look()

    def press(self) -> None:
        """Press a key in the field."""
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, NONE, "a")
        QApplication.sendEvent(self.field, event)

    def move(self) -> None:
        """Move the mouse over the field."""
        at = QPointF(1, 1)
        button = Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, at, at, button, button, NONE)
        QApplication.sendEvent(self.field, event)


@pytest.fixture
def rig(qtbot: QtBot) -> Iterator[Rig]:
    rig = Rig(AFTER_S)
    qtbot.addWidget(rig.field)
    rig.lock.begin()
    yield rig
    rig.lock.stop()


def test_it_locks_after_its_time_and_not_before(rig: Rig) -> None:
    rig.wait(AFTER_S - 0.001)
    assert rig.idled == 0
    assert rig.lock.watching
    rig.wait(0.001)
    assert rig.idled == 1
    assert not rig.lock.watching


def test_a_key_or_the_mouse_begins_the_time_anew(rig: Rig) -> None:
    for touch in (rig.press, rig.move):
        rig.wait(20)
        touch()
        rig.wait(60)
        assert rig.idled == 0
    rig.wait(30)
    assert rig.idled == 1


def test_what_is_painted_or_timed_is_nobodys_touch(rig: Rig) -> None:
    rig.now += 60_000
    for kind in (QEvent.Type.UpdateRequest, QEvent.Type.KeyRelease, QEvent.Type.Enter):
        QApplication.sendEvent(rig.field, QEvent(kind))
    rig.wait(30)
    assert rig.idled == 1


def test_the_key_that_wakes_a_computer_that_slept_sells_nothing(rig: Rig) -> None:
    rig.now += 8 * 3_600_000
    rig.press()
    assert rig.idled == 1
    assert rig.field.text() == ""
    rig.press()
    assert rig.field.text() == "a"


def test_the_timer_itself_looks(qtbot: QtBot) -> None:
    lock = IdleLock(1, now=iter(range(0, 10_000, 5_000)).__next__)
    with qtbot.waitSignal(lock.idle, timeout=5_000):
        lock.begin()


def test_nought_seconds_is_never(qtbot: QtBot) -> None:
    rig = Rig(0)
    qtbot.addWidget(rig.field)
    rig.lock.begin()
    assert not rig.lock.watching
    rig.now += 10**9
    rig.press()
    assert rig.idled == 0
