"""Hands at the counter: keys pressed at a person's or a scanner's pace, with times of their own."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tofan_pos.ui.counter.window import CounterWindow

SLOW_MS, FAST_MS = 180, 8
NONE = Qt.KeyboardModifier.NoModifier


class Hands(QObject):
    """Sends real key events to whatever has the keyboard, and counts what people press."""

    def __init__(self, window: CounterWindow) -> None:
        super().__init__()
        self.window = window
        self.now = 1_000
        self.pressed = 0

    def press(
        self, key: Qt.Key, text: str = "", *, held: Qt.KeyboardModifier = NONE, after: int = SLOW_MS
    ) -> None:
        """Press and let go of one key."""
        self.pressed += 1
        self._key(key, text, held=held, after=after)

    def hold(self, key: Qt.Key, times: int) -> None:
        """Hold a key down: one press, then repeats."""
        self.press(key, "\r")
        for _ in range(times):
            self._send(QEvent.Type.KeyPress, key, "\r", NONE, repeated=True)

    def enter(self) -> None:
        """Press Enter."""
        self.press(Qt.Key.Key_Return, "\r")

    def type(self, text: str) -> None:
        """Type at a person's pace."""
        for letter in text:
            self.press(_key_of(letter), letter)

    def scan(self, text: str, *, ending: str = "\r", pace: int = FAST_MS) -> None:
        """Let a scanner type a code and its ending; a person's keys are not counted."""
        self.now += 1_000
        for letter in text:
            self._key(_key_of(letter), letter, held=NONE, after=pace)
        for mark in ending:
            self._key(Qt.Key.Key_Return, mark, held=NONE, after=pace)

    def _key(self, key: Qt.Key, text: str, *, held: Qt.KeyboardModifier, after: int) -> None:
        self.now += after
        self._send(QEvent.Type.KeyPress, key, text, held)
        self._send(QEvent.Type.KeyRelease, key, text, held)

    def _send(
        self,
        kind: QEvent.Type,
        key: Qt.Key,
        text: str,
        held: Qt.KeyboardModifier,
        *,
        repeated: bool = False,
    ) -> None:
        event = QKeyEvent(kind, key, held, text, repeated)
        event.setTimestamp(self.now)
        QApplication.sendEvent(self.window.focusWidget() or self.window, event)


def _key_of(letter: str) -> Qt.Key:
    code = ord(letter.upper())
    return Qt.Key(code) if code < 0x80 else Qt.Key(0)
