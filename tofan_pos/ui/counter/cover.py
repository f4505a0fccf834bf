"""What covers the whole window: the woven band, the brand, the time, a sentence, a quiet key."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Literal, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sentences import sentence
from tofan_pos.thai.dates import BANGKOK, format_date, format_time
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.band import Band
from tofan_pos.ui.kit.keys import QuietButton
from tofan_pos.ui.kit.money import MoneyLabel
from tofan_pos.ui.kit.notice import Notice
from tofan_pos.ui.kit.scroll import scrolled
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.words import Words

_TICK_MS = 1_000
_WIDEST = 920


class Cover(Page):
    """A page over all others, with its own sentence; `ticked` every second while it is seen."""

    language_wanted = Signal()
    ticked = Signal()

    def __init__(self, *, brand: Text, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._brand, self._clock = brand, clock
        self._say: Words | None = None
        self._told: Callable[[Words], str] | None = None
        self.notice = Notice()
        self.notice.dismissed.connect(self.hush)
        self._name = Wrapped(size=tokens.BIG, bold=True, colour="indigo", most=1)
        self._date = Wrapped(colour="muted", most=1)
        self._time = MoneyLabel(size=tokens.TOTAL, bold=True)
        self.language_key = QuietButton("language")
        self.language_key.clicked.connect(self.language_wanted)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._arrange()

    def _arrange(self) -> None:
        named = QVBoxLayout()
        named.setSpacing(0)
        named.addWidget(self._name)
        named.addWidget(self._date)
        head = QHBoxLayout()
        head.setSpacing(32)
        head.addLayout(named, 1)
        head.addWidget(self._time)
        rule = QFrame()
        rule.setObjectName("rule")
        inside = QWidget()
        inside.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(rule)
        column.addWidget(self.notice)
        column.addLayout(self.body, 1)
        column.addLayout(self.foot)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inside, 1000)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Band())
        whole.addWidget(scrolled(middle), 1)
        whole.addWidget(Band())

    def tell(self, problem: Refusal | Trouble) -> None:
        """Say what went otherwise, here: the window's own sentence is covered."""
        self.tell_words(partial(sentence, problem))

    def tell_words(self, told: Callable[[Words], str]) -> None:
        """Say what is only of this page."""
        self._told = told
        if self._say is not None:
            self.notice.tell(told(self._say))

    def hush(self) -> None:
        """Say nothing any more."""
        self._told = None
        self.notice.hide()

    def reword(self, say: Words) -> None:
        self._say = say
        self._name.show_text(self._brand.get(say.language))
        self.language_key.put(say("ไทย / English"), hint="F9")
        self.notice.name_close(say("Dismiss"))
        if self._told is not None:
            self.notice.tell(self._told(say))
        self.look()

    def dress(self) -> None:
        self.language_key.dress()
        for words in (self._name, self._date):
            words.break_anew()
        self._time.updateGeometry()

    def look(self) -> None:
        """Show the time as it is."""
        if self._say is None:
            return
        now = self._clock()
        language = cast("Literal['th', 'en']", self._say.language)
        day = now.astimezone(BANGKOK).date()
        self._time.show_text(format_time(now))
        self._date.show_text(format_date(day, language=language, style="long"))

    def _on_tick(self) -> None:
        self.look()
        self.ticked.emit()

    def showEvent(self, event: QShowEvent) -> None:
        self.look()
        self._tick.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        self.hush()
        super().hideEvent(event)

    def covers_key(self, key: Qt.Key) -> bool:
        """Do what a key does on any cover; tell whether it did."""
        if key == Qt.Key.Key_F9:
            self.language_wanted.emit()
        return key == Qt.Key.Key_F9


class Covers(QStackedLayout):
    """What a window shows: its own content, or one cover over all of it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setContentsMargins(0, 0, 0, 0)
        self.under = QWidget()
        self.addWidget(self.under)

    @property
    def cover(self) -> Cover | None:
        """The cover that is shown, or None where the content is."""
        shown = self.currentWidget()
        return shown if isinstance(shown, Cover) else None

    def put_over(self, cover: Cover) -> None:
        """Show a cover over everything, and let it have the keyboard."""
        if self.indexOf(cover) < 0:
            self.addWidget(cover)
        self.setCurrentWidget(cover)
        cover.take_keyboard()

    def take_away(self) -> None:
        """Show the content again."""
        self.setCurrentWidget(self.under)
