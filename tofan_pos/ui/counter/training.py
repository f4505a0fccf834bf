"""Training: a band over every screen of a till to learn on, and who leads through it.

The band is woven of the house's warm accent, drawn aslant; nothing else in the window is.
"""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from functools import partial

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.ui.counter.close_day import ClosePage
from tofan_pos.ui.counter.guide import Guide
from tofan_pos.ui.counter.guide_words import View
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.return_page import ReturnPage
from tofan_pos.ui.counter.sale import OpenSale
from tofan_pos.ui.counter.seeing import example_of, view_of
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Elided, Line, Wrapped
from tofan_pos.ui.kit.tokens import Colours
from tofan_pos.words import Words

PURPOSE = "สำหรับฝึก · FOR TRAINING"
"""What the band says in every language, as every paper of such a till does."""

_STRIPE, _EDGE = 28, 6
_WARM = {False: ("raised", 0.34, 0.56), True: ("ground", 0.22, 0.34)}
_LEAST_SENTENCE = 480


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
            shortcut.activated.connect(partial(_press, key))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._build()

    def _build(self) -> None:
        named = QVBoxLayout()
        named.setSpacing(0)
        named.addWidget(self._purpose)
        named.addWidget(self._progress)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        for key, _, _ in self._keys:
            keys.addWidget(key)
        self._top = QHBoxLayout()
        self._top.setSpacing(16)
        self._top.addLayout(named, 1)
        self._middle = QHBoxLayout()
        self._top.addLayout(self._middle, 3)
        self._top.addLayout(keys)
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.setContentsMargins(16, 8, 16, 8 + _EDGE)
        self._column.setSpacing(4)
        self._column.addLayout(self._top)
        self._middle.addWidget(self._sentence)

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
        self.skip_key.put(say("Skip step"), hint="Ctrl F1")
        self.again_key.put(say("Start over"), hint="Ctrl F2")
        self.stop_key.put(say("Stop training"), hint="Ctrl F3")
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
