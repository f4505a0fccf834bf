"""The strip over every screen of a till to learn on: warm, aslant, and saying what to do next.

Its type grows half as fast as the window's: at full size it would take the room to pay in.
"""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102, N802

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.text import clean, draw_lines, lines
from tofan_pos.ui.kit.tokens import Colours
from tofan_pos.words import Words

PURPOSE = "สำหรับฝึก · FOR TRAINING"
"""What the band says in every language, as every paper of such a till does."""

_STRIPE, _EDGE = 24, 6
_SIDE, _ABOVE, _GAP, _BETWEEN = 16, 8, 24, 8
_WARM = {False: ("raised", 0.34, 0.56), True: ("ground", 0.22, 0.34)}
_ROUND = 10
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def grounds(colours: Colours, *, dark: bool) -> tuple[str, str]:
    """Return the two colours of the band's stripes, `#RRGGBB`: the accent, thinned twice."""
    under, *parts = _WARM[dark]
    accent, ground = QColor(colours.accent), QColor(getattr(colours, str(under)))
    first, second = (_mixed(accent, ground, float(part)) for part in parts)
    return first, second


def _mixed(over: QColor, under: QColor, part: float) -> str:
    shades = zip(
        (over.red(), over.green(), over.blue()),
        (under.red(), under.green(), under.blue()),
        strict=True,
    )
    return "#" + "".join(f"{round(a * part + b * (1 - part)):02X}" for a, b in shades)


def _half(size: int) -> int:
    """Return the size that comes out grown half as much as the look in force asks for."""
    percent = theme.look().text_percent
    return size * (percent + 100) // (2 * percent)


def _font(size: int, *, bold: bool = False) -> QFont:
    return theme.font(_half(size), bold=bold)


def _tall(size: int) -> int:
    return theme.line_height(_half(size))


def _wide(text: str, font: QFont) -> int:
    return int(QFontMetricsF(font).horizontalAdvance(text)) + 1


class TrainingStrip(QWidget):
    """Shows what to do now. `skipped`, `again` and `stopped` when its keys are pressed."""

    skipped = Signal()
    again = Signal()
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._purpose = _Said(size=tokens.LEAD, bold=True)
        self._progress, self._sentence = _Said(size=tokens.READ), _Said(size=tokens.READ, bold=True)
        self.skip_key, self.again_key, self.stop_key = (_StripKey() for _ in range(3))
        self._keys = (
            (self.skip_key, self.skipped, "Ctrl F1"),
            (self.again_key, self.again, "Ctrl F2"),
            (self.stop_key, self.stopped, "Ctrl F3"),
        )
        for key, signal, sequence in self._keys:
            key.clicked.connect(signal)
            shortcut = QShortcut(QKeySequence(sequence.replace(" ", "+")), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(key.click)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._purpose.show_text(PURPOSE)
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(_GAP)
        head.addWidget(self._purpose)
        head.addWidget(self._progress)
        head.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addStretch(1)
        left.addLayout(head)
        left.addWidget(self._sentence)
        left.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, _ABOVE, _SIDE, _ABOVE + _EDGE)
        row.setSpacing(_BETWEEN)
        row.addLayout(left, 1)
        row.addSpacing(_GAP - _BETWEEN)
        for key, _, _ in self._keys:
            row.addWidget(key)

    # --- what it shows --------------------------------------------------------------------------

    @property
    def sentence(self) -> str:
        """What it says to do."""
        return self._sentence.text

    @property
    def progress(self) -> str:
        """What it says of how far this is."""
        return self._progress.text

    @property
    def sentence_is_whole(self) -> bool:
        """Whether all of the sentence can be seen."""
        return self._sentence.tall(self._sentence.width()) <= self._sentence.height()

    @property
    def has_keyboard(self) -> bool:
        """Whether one of its keys has the keyboard."""
        return any(key.hasFocus() for key, _, _ in self._keys)

    def show_step(self, sentence: str, progress: str, *, over: bool = False) -> None:
        """Show what to do now and how far this is; `over` once there is nothing to skip."""
        self._progress.show_text(progress)
        self._sentence.show_text(sentence)
        self.skip_key.setEnabled(not over)
        self.setAccessibleName(f"{PURPOSE}. {progress}. {sentence}")
        self._fit()

    def reword(self, say: Words) -> None:
        """Say what its keys do in a language."""
        for (key, _, sequence), text in zip(
            self._keys, (say("Skip step"), say("Start over"), say("Stop training")), strict=True
        ):
            key.put(text, hint=sequence.replace("+", " "))
        self._fit()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        for key, _, _ in self._keys:
            key.updateGeometry()
        self._fit()
        self.update()

    # --- inside ---------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Be as tall as the sentence asks for in the room that the keys leave."""
        sizes = [key.sizeHint() for key, _, _ in self._keys]
        keys = sum(size.width() + _BETWEEN for size in sizes) - _BETWEEN
        room = max(self.width() - 2 * _SIDE - keys - _GAP, 1)
        named = self._purpose.line_width
        head, sentence = self._purpose.tall(named), self._sentence.tall(room)
        self._purpose.setFixedSize(named, head)
        rest = max(room - named - _GAP, 0)
        self._progress.setFixedSize(min(self._progress.line_width, rest), head)
        self._sentence.setFixedHeight(sentence)
        tall = max(head + sentence, *(size.height() for size in sizes))
        self.setFixedHeight(tall + 2 * _ABOVE + _EDGE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A button of Qt's takes the space bar alone.
        pressed = next((key for key, _, _ in self._keys if key.hasFocus()), None)
        if pressed is not None and event.key() in _ENTERS and not event.isAutoRepeat():
            pressed.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        first, second = grounds(theme.look().colours, dark=theme.look().dark)
        painter.fillRect(event.rect(), QColor(first))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        _slant(painter, whole, QColor(second), wide=_STRIPE)
        edge = QRectF(0, whole.height() - _EDGE, whole.width(), _EDGE)
        painter.fillRect(edge, theme.colour("accent"))
        painter.setClipRect(edge)
        _slant(painter, edge, theme.colour("on_accent"), wide=_EDGE * 2)


def _slant(painter: QPainter, place: QRectF, colour: QColor, *, wide: int) -> None:
    """Draw every other stripe of a place, leaning to the right."""
    painter.setBrush(colour)
    tall, left = place.height(), place.left() - place.height()
    while left < place.right():
        corners = (
            QPointF(left, place.bottom()),
            QPointF(left + tall, place.top()),
            QPointF(left + tall + wide, place.top()),
            QPointF(left + wide, place.bottom()),
        )
        painter.drawPolygon(QPolygonF(corners))
        left += 2 * wide


class _Said(QWidget):
    """Text in as many lines as it needs, on the strip's own ground."""

    def __init__(self, *, size: int, bold: bool = False) -> None:
        super().__init__()
        self._size, self._bold = size, bold
        self.text = ""

    def show_text(self, text: str) -> None:
        """Show a text."""
        self.text = clean(text)
        self.setAccessibleName(self.text)
        self.update()

    @property
    def line_width(self) -> int:
        """How wide the text is in one line, in pixels."""
        return _wide(self.text, self._font())

    def tall(self, width: int) -> int:
        """Return how tall the text is at a width, in pixels."""
        return len(lines(self.text, self._font(), max(width, 1))) * _tall(self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(theme.colour("ink"))
        above = max(self.height() - self.tall(self.width()), 0) // 2
        place = self.rect().adjusted(0, above, 0, 0)
        draw_lines(painter, self.text, place, size=_half(self._size))

    def _font(self) -> QFont:
        return _font(self._size, bold=self._bold)


class _StripKey(QPushButton):
    """A key of the strip: what it does, and below it which keys of the keyboard do it."""

    def __init__(self) -> None:
        super().__init__()
        self._hint = ""
        # A finger's press must not take the keyboard from the field that scans go to.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def put(self, text: str, *, hint: str) -> None:
        """Set what it does."""
        self._hint = hint
        self.setText(text)
        self.setAccessibleName(f"{text} ({hint})")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        text = _wide(self.text(), _font(tokens.READ, bold=True))
        hint = _wide(self._hint, _font(tokens.SMALL))
        tall = _tall(tokens.READ) + _tall(tokens.SMALL) + tokens.GRID
        return QSize(max(text, hint) + 2 * _SIDE, max(tall, tokens.TARGET))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isEnabled() and (self.isDown() or self.underMouse())
        ground = "sunken" if not self.isEnabled() else "chosen" if lit else "raised"
        painter.setBrush(theme.colour(ground))
        painter.setPen(QPen(theme.colour("indigo" if self.hasFocus() or lit else "line"), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        left, top = _SIDE, tokens.GRID // 2
        rows = (
            (self.text(), _font(tokens.READ, bold=True), _tall(tokens.READ), "ink"),
            (self._hint, _font(tokens.SMALL), _tall(tokens.SMALL), "muted"),
        )
        for text, font, tall, ink in rows:
            painter.setFont(font)
            painter.setPen(theme.colour(ink if self.isEnabled() else "muted"))
            place = QRect(left, top, self.width() - left, tall)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), text)
            top += tall
