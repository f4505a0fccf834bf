"""A PIN being typed: six dots, never a digit; by the keyboard in any of its layouts, or a finger.

The digits live here and in the one signal that hands them over; nothing here names or logs them.
"""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102, N802

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from tofan_pos.thai.keyboard import decode
from tofan_pos.thai.numerals import to_arabic
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.keypad import ERASE
from tofan_pos.ui.kit.keys import TextButton
from tofan_pos.ui.kit.ticks import now_ms

DIGITS = 6
_PACE_MS, _PAUSE_MS, _LEAST = 35, 100, 4
"""Four keys at a scanner's pace are a scan, until the keys have paused: no PIN, no wrong one."""
_GAP, _WIDEST_GAP = 8, 32
TALL, LOW = ("789", "456", "123", " 0\b"), ("12345\b", "67890")
"""How the digits may lie: as on a till, or in two rows where a form needs the height."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COMMAND = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class PinField(QWidget):
    """Six places for digits. The sixth hands the PIN over by itself: `completed(pin)`.

    It then shows six dots and takes no more until `clear`, unless it `keeps` them for a form.
    Arrows are handed on as `stepped(-1 | 1)`, Enter as `entered`, Esc as `escaped`.
    """

    completed = Signal(str)
    edited = Signal()
    entered = Signal()
    escaped = Signal()
    stepped = Signal(int)

    def __init__(self, *, keeps: bool = False, now: Callable[[], int] = now_ms) -> None:
        super().__init__()
        self._keeps, self._now = keeps, now
        self._digits, self._count, self._held = "", 0, False
        self._stamps: list[int] = []
        self._scanning = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # An input method would compose digits somewhere else, in the open.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._tell()

    @property
    def count(self) -> int:
        """How many digits it shows as typed."""
        return self._count

    @property
    def pin(self) -> str:
        """What was typed so far, for a form that keeps it."""
        return self._digits

    def clear(self) -> None:
        """Forget what was typed, and take digits again."""
        self._digits, self._count = "", 0
        self._stamps.clear()
        self._tell()

    def hold(self, held: bool) -> None:  # noqa: FBT001 - a state, told
        """Take no digits while nobody is chosen or somebody is shut out; arrows still work."""
        if held != self._held:
            self._held = held
            self.clear()

    def type(self, mark: str) -> None:
        """Take a digit, or `ERASE`, as a finger gives it."""
        self._stamps.clear()
        if mark == ERASE:
            self._erase()
        else:
            self._take(mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if held & _COMMAND:
            super().keyPressEvent(event)
            return
        event.accept()
        if key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _ENTERS:
            self._enter(event)
        elif key == Qt.Key.Key_Backspace:
            self._erase()
        elif key == Qt.Key.Key_Delete:
            self.clear()
        elif event.text() and event.text().isprintable():
            # Whatever is printable ends here: no part of a PIN may go on to a field behind.
            self._typed(event)
        else:
            super().keyPressEvent(event)

    def _enter(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat() and not self._is_scan(event.timestamp() or self._now()):
            self.entered.emit()
        self._stamps.clear()
        self._scanning = False

    def _typed(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        if self._is_scan(event.timestamp() or self._now()):
            if not self._keeps or self._count < DIGITS:
                self.clear()
            self._scanning = True
            return
        digit = _digit(event)
        if digit:
            self._take(digit)

    def _is_scan(self, stamp: int) -> bool:
        """Tell whether the keys of late came at a scanner's pace; keep when this one did."""
        pause = stamp - self._stamps[-1] if self._stamps else _PAUSE_MS
        if not 0 <= pause < _PAUSE_MS:
            self._stamps.clear()
            self._scanning = False
        self._stamps.append(stamp)
        last = self._stamps[-_LEAST:]
        return self._scanning or (
            len(last) == _LEAST and last[-1] - last[0] <= _PACE_MS * (_LEAST - 1)
        )

    def _take(self, digit: str) -> None:
        if self._held or self._count >= DIGITS:
            return
        self._digits += digit
        self._count += 1
        self._tell()
        self.edited.emit()
        if self._count < DIGITS:
            return
        pin = self._digits
        if not self._keeps:
            self._digits = ""
        # Looking at a PIN takes a while on purpose: the sixth dot is to be seen before.
        self.repaint()
        self.completed.emit(pin)

    def _erase(self) -> None:
        if self._count > 0 and (self._keeps or self._count < DIGITS):
            self._digits = self._digits[:-1]
            self._count -= 1
            self._tell()
            self.edited.emit()

    def _tell(self) -> None:
        self.setAccessibleDescription(f"{self._count} / {DIGITS}")
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        self.clear()
        super().hideEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _side(self) -> int:
        return max(tokens.TARGET, theme.line_height(tokens.LEAD) + tokens.GRID)

    def sizeHint(self) -> QSize:
        return QSize(DIGITS * self._side() + (DIGITS - 1) * _GAP, self._side() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(DIGITS * 24 + (DIGITS - 1) * _GAP, self._side() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self._side(), (self.width() - (DIGITS - 1) * _GAP) / DIGITS)
        # The places reach as far as the digits below them, where that is not too far apart.
        between = (self.width() - DIGITS * side) / (DIGITS - 1)
        step = side + min(max(between, _GAP), _WIDEST_GAP)
        for place in range(DIGITS):
            box = QRectF(place * step, 4, side, self.height() - 8).adjusted(1, 1, -1, -1)
            lit = self.hasFocus() and not self._held and place == min(self._count, DIGITS - 1)
            painter.setBrush(theme.colour("sunken" if self._held else "raised"))
            painter.setPen(QPen(theme.colour("indigo" if lit else "line"), 2))
            painter.drawRoundedRect(box, 10, 10)
            if place < self._count:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("ink"))
                painter.drawEllipse(box.center(), side / 6, side / 6)


class DigitPad(QWidget):
    """Digits for fingers: emits `typed` with one, or `ERASE`."""

    typed = Signal(str)

    def __init__(self, rows: tuple[str, ...] = TALL) -> None:
        super().__init__()
        self._rows = len(rows)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(_GAP)
        self._keys: dict[str, TextButton] = {}
        for y, row in enumerate(rows):
            for x, mark in enumerate(row):
                if mark == " ":
                    continue
                key = TextButton("⌫" if mark == ERASE else mark)
                key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
                key.setProperty("role", "digit")
                key.setMinimumWidth(tokens.TARGET)
                # Tab goes from names to the PIN and on; the digits are on the keyboard already.
                key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                key.clicked.connect(lambda _=False, mark=mark: self.typed.emit(mark))
                grid.addWidget(key, y, x)
                self._keys[mark] = key
        self.dress()

    def key(self, mark: str) -> TextButton:
        """Return the key of a digit or `ERASE`."""
        return self._keys[mark]

    def name_erase(self, text: str) -> None:
        """Name the key that takes the last digit back."""
        self._keys[ERASE].setAccessibleName(text)
        self._keys[ERASE].setToolTip(text)

    def dress(self) -> None:
        """Take sizes from the look in force."""
        between = (self._rows - 1) * _GAP
        self.setMinimumHeight(self._rows * theme.target() + between)
        self.setMaximumHeight(self._rows * max(64, theme.target()) + between)


def _digit(event: QKeyEvent) -> str:
    """Return the digit a key stands for, whichever layout is switched on, or an empty text."""
    text = to_arabic(event.text())
    if len(text) == 1 and text.isascii() and text.isdigit():
        return text
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
        return ""
    # Under the Thai layout the row of digits types ๅ / - ภ ถ and so on.
    read = decode(event.text())
    return read if len(read) == 1 and read.isascii() and read.isdigit() else ""
