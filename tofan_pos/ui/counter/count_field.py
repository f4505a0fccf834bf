"""A small field for one number of a count: a scan never stays in it, Enter and arrows move on."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from time import monotonic

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QScrollArea

from tofan_pos.domain.count import MOST_PIECES
from tofan_pos.domain.money import parse_baht
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField

_PIECES, _SUM = r"\d{0,5}", r"[\d,]{0,10}(\.\d{0,2})?"
# In digits, and what the stylesheet puts around them.
_PIECES_WIDE, _SUM_WIDE, _MARGINS = 5, 8, 36
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_STEPS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}
_SCAN_LEAST, _SCAN_PACE_MS, _SCAN_GAP_MS = 4, 35, 100
_ECHO_MS = 150


class CountField(EntryField):
    """How many of a note or coin, or (`money`) a sum in baht.

    `moved` with 1 or -1 for the next or the field before; `entered(text, scanned)` for Enter. It
    takes no letters, so the field's own rule, which compares keys with what stands there, cannot
    see a scan here: the run of keys is kept apart, and what stood before it comes back.
    """

    moved = Signal(int)
    reached = Signal()

    def __init__(self, *, money: bool = False) -> None:
        super().__init__()
        self._money = money
        self._run: list[str] = []
        self._began = self._last = 0
        self._before = ""
        self._scanned_at = -_ECHO_MS
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        pattern = QRegularExpression(_SUM if money else _PIECES)
        self.setValidator(QRegularExpressionValidator(pattern, self))
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.dress()

    @property
    def pieces(self) -> int:
        """How many pieces stand there."""
        return int(self.text() or 0)

    @property
    def satang(self) -> int:
        """The sum that stands there. Raises `Refusal(AMOUNT_UNREADABLE | AMOUNT_OUT_OF_RANGE)`."""
        return parse_baht(self.text()) if self.text().strip() else 0

    def step(self, by: int) -> None:
        """Count a piece more, or one less."""
        if not self._money:
            self.setText(str(min(max(self.pieces + by, 0), MOST_PIECES)))
            self.selectAll()

    def type(self, mark: str) -> None:
        """Take a digit or point from the keypad."""
        self.insert(mark)

    def dress(self) -> None:
        """Take sizes from the look in force."""
        self.setMinimumHeight(theme.target())
        digits = (
            theme.look().px(tokens.LEAD) * 14 // 25 * (_SUM_WIDE if self._money else _PIECES_WIDE)
        )
        self.setFixedWidth(digits + _MARGINS)

    def take(self) -> None:
        """Take the keyboard, with what stands there ready to be typed over, and come into sight."""
        self.setFocus()
        self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._run.clear()
        place = self.parentWidget()
        while place is not None and not isinstance(place, QScrollArea):
            place = place.parentWidget()
        if isinstance(place, QScrollArea):
            place.ensureWidgetVisible(self, 0, 16)
        self.reached.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        stamp = event.timestamp() or int(monotonic() * 1000)
        if key in _ENTERS:
            event.accept()
            if not event.isAutoRepeat() and stamp - self._scanned_at >= _ECHO_MS:
                self._hand_over(stamp)
            return
        if key in _MOVES:
            event.accept()
            self.moved.emit(_MOVES[key])
            return
        if event.text().isprintable() and event.text():
            self._keep_run(event.text(), stamp)
        if key in _STEPS:
            event.accept()
            self.step(_STEPS[key])
            return
        super().keyPressEvent(event)

    def _keep_run(self, text: str, stamp: int) -> None:
        if not self._run or stamp - self._last > _SCAN_GAP_MS:
            self._run, self._began, self._before = [], stamp, self.text()
        self._run.append(text)
        self._last = stamp

    def _hand_over(self, stamp: int) -> None:
        run, self._run = self._run, []
        paced = self._last - self._began <= _SCAN_PACE_MS * (len(run) - 1)
        if len(run) >= _SCAN_LEAST and paced and stamp - self._last <= _SCAN_GAP_MS:
            self._scanned_at = stamp
            self.setText(self._before)
            self.entered.emit("".join(run), True)  # noqa: FBT003 - the signal's shape
        else:
            self.entered.emit(self.text(), False)  # noqa: FBT003 - as above
