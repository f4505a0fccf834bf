"""Training: a band over every screen of a till to learn on, and who leads through it.

The band is woven of the house's warm accent, drawn aslant; nothing else in the window is.
"""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from functools import partial

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tofan_pos.counter.desk import Desk
from tofan_pos.ui.counter.close_day import ClosePage
from tofan_pos.ui.counter.guide import Guide
from tofan_pos.ui.counter.guide_words import View
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.return_page import ReturnPage
from tofan_pos.ui.counter.sale import OpenSale
from tofan_pos.ui.counter.seeing import example_of, seen
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Elided, Line, Wrapped
from tofan_pos.ui.kit.tokens import Colours
from tofan_pos.words import Words

PURPOSE = "สำหรับฝึก · FOR TRAINING"
"""What the band says in every language, as every paper of such a till does."""

_STRIPE, _EDGE = 24, 6
_SIDE, _ABOVE, _GAP, _BETWEEN = 16, 8, 24, 8
_WARM = {False: ("raised", 0.34, 0.56), True: ("ground", 0.22, 0.34)}
_LEAST_EMS = 30
"""So much room, in sizes of its type, makes a sentence readable beside the keys."""
_AFTER_MS = 0
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


class TrainingStrip(QWidget):
    """Shows what to do now. `skipped`, `again` and `stopped` when its keys are pressed."""

    skipped = Signal()
    again = Signal()
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._purpose = Line(PURPOSE, role="heading")
        self._progress = Elided()
        self._sentence = Wrapped(bold=True, middle=True)
        self.skip_key, self.again_key, self.stop_key = (_key() for _ in range(3))
        self._keys = (
            (self.skip_key, self.skipped, "Ctrl+F1"),
            (self.again_key, self.again, "Ctrl+F2"),
            (self.stop_key, self.stopped, "Ctrl+F3"),
        )
        for key, signal, sequence in self._keys:
            key.clicked.connect(signal)
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(key.click)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._build()

    def _build(self) -> None:
        named = QVBoxLayout()
        named.setSpacing(0)
        named.addStretch(1)
        named.addWidget(self._purpose)
        named.addWidget(self._progress)
        named.addStretch(1)
        self._beside, self._below = QVBoxLayout(), QVBoxLayout()
        self._beside.addWidget(self._sentence)
        top = QHBoxLayout()
        top.setSpacing(_GAP)
        top.addLayout(named)
        top.addLayout(self._beside, 1)
        keys = QHBoxLayout()
        keys.setSpacing(_BETWEEN)
        for key, _, _ in self._keys:
            keys.addWidget(key)
        top.addLayout(keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, _ABOVE, _SIDE, _ABOVE + _EDGE)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(self._below)

    # --- what it shows --------------------------------------------------------------------------

    @property
    def sentence(self) -> str:
        """What it says to do."""
        return self._sentence.text

    @property
    def progress(self) -> str:
        """What it says of how far this is."""
        return self._progress.whole

    def show_step(self, sentence: str, progress: str, *, over: bool = False) -> None:
        """Show what to do now and how far this is; `over` once there is nothing to skip."""
        self._progress.show_text(progress)
        self._sentence.show_text(sentence)
        self.skip_key.setEnabled(not over)
        self.setAccessibleName(f"{PURPOSE}. {progress}. {sentence}")
        self._fit()

    def reword(self, say: Words) -> None:
        """Say what its keys do in a language."""
        self.skip_key.put(say("Skip step"), below="Ctrl F1")
        self.again_key.put(say("Start over"), below="Ctrl F2")
        self.stop_key.put(say("Stop training"), below="Ctrl F3")
        self._fit()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        for key, _, _ in self._keys:
            key.updateGeometry()
        self._sentence.break_anew()
        self._fit()
        self.update()

    # --- inside ---------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Put the sentence below the keys where it has too little room beside them."""
        wide = self.width() - 2 * _SIDE
        head = QFontMetricsF(theme.font(tokens.READ)).horizontalAdvance(self._progress.whole)
        named = max(self._purpose.sizeHint().width(), int(head) + 1)
        self._progress.setFixedWidth(named)
        keys = sum(key.sizeHint().width() + _BETWEEN for key, _, _ in self._keys) - _BETWEEN
        room = wide - named - keys - 2 * _GAP
        beside = room >= theme.look().px(tokens.READ) * _LEAST_EMS
        self._move(self._beside if beside else self._below)
        heads = theme.line_height(tokens.LEAD) + theme.line_height(tokens.READ)
        tall = max(heads, *(key.sizeHint().height() for key, _, _ in self._keys))
        sentence = self._sentence.heightForWidth(max(room if beside else wide, 1))
        tall = max(tall, sentence) if beside else tall + sentence
        self.setFixedHeight(tall + 2 * _ABOVE + _EDGE)

    def _move(self, place: QVBoxLayout) -> None:
        if place.indexOf(self._sentence) < 0:
            for other in (self._beside, self._below):
                other.removeWidget(self._sentence)
            place.addWidget(self._sentence)

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


def _key() -> KeyButton:
    key = KeyButton(size=tokens.READ, least=theme.target())
    key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return key


class Trainer(QObject):
    """Leads somebody through their first sale, return and closing, in `strip`.

    `look` may be called at every change and as often as one likes: it looks once, after what is
    under way has come to rest. `stopped` when somebody has learned enough.
    """

    stopped = Signal()

    def __init__(
        self, desk: Desk, *, pages: Pages, sale: OpenSale, parent: QObject | None = None
    ) -> None:
        """Begin at the first step. The desk is one of a till to learn on."""
        super().__init__(parent)
        self._example = example_of(desk)
        self._see = partial(seen, desk, pages=pages, sale=sale, example=self._example)
        self._pages = pages
        self._say: Words | None = None
        self._view = self._see() or View()
        self.guide = Guide(self._view)
        self.strip = TrainingStrip()
        self.strip.skipped.connect(self.skip)
        self.strip.again.connect(self.begin_anew)
        self.strip.stopped.connect(self.stopped)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_AFTER_MS)
        self._rest.timeout.connect(self._look)
        pages.turned.connect(self.look)
        pages.made.connect(self._listen)
        sale.changed.connect(self.look)
        sale.paid.connect(self.look)
        self.look()

    @property
    def at_rest(self) -> bool:
        """Whether the strip shows the till as it stands."""
        return not self._rest.isActive()

    def look(self, *_: object) -> None:
        """Look at the till again soon: something may have changed."""
        self._rest.start()

    def skip(self) -> None:
        """Go on without the present step."""
        self._look()
        self.guide = self.guide.skip(self._view)
        self._show()
        self._give_back_keyboard()

    def begin_anew(self) -> None:
        """Begin again at the first step, from the till as it stands."""
        self._view = self._see() or self._view
        self.guide = Guide(self._view).seen(self._view)
        self._show()
        self._give_back_keyboard()

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        self.strip.reword(say)
        self._show()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self.strip.dress()

    def close(self) -> None:
        """Look no more: the till is being closed."""
        self._rest.stop()
        self._pages.turned.disconnect(self.look)

    # --- inside ---------------------------------------------------------------------------------

    def _listen(self, page: Page) -> None:
        """Look again when something changes within a page that the guide looks into."""
        if isinstance(page, ReturnPage | ClosePage):
            page.key_changed.connect(self.look)
        if isinstance(page, ReturnPage):
            page.pieces.reasons.field.textChanged.connect(self.look)

    def _look(self) -> None:
        view = self._see()
        if view is not None:
            self._view = view
            self.guide = self.guide.seen(view)
        self._show()

    def _show(self) -> None:
        if self._say is None:
            return
        guide, say = self.guide, self._say
        self.strip.show_step(
            guide.told(self._view, say), guide.progress(say), over=guide.step is None
        )

    def _give_back_keyboard(self) -> None:
        """Let the page have the keyboard again that one of the strip's keys was reached with."""
        if any(key.hasFocus() for key in self.strip.findChildren(KeyButton)):
            self._pages.shown.take_keyboard()
