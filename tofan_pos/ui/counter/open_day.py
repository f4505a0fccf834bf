"""Opening the day: the float is counted, and a date left behind is rolled forward."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, FBT001

from datetime import date
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.money import baht
from tofan_pos.domain.session import LONGEST_WORDS
from tofan_pos.thai.dates import Language, Style, format_date
from tofan_pos.ui.counter.counting import CountGrid
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Line, Wrapped
from tofan_pos.words import Words


def day_said(day: date, say: Words, *, style: Style = "long") -> str:
    """Write a date as people at the counter read it, พ.ศ. in Thai."""
    return format_date(day, language=cast("Language", say.language), style=style)


class OpenPage(Headed):
    """Emits `wanted(Count, drawer's name)`; `refused` for what cannot be read as money."""

    wanted = Signal(object, str)
    refused = Signal(object)
    scanned = Signal(str)

    has_main_key = True

    def __init__(self) -> None:
        super().__init__()
        self._say: Words | None = None
        self._day: date | None = None
        self._asked = False
        self.grid = CountGrid()
        self._drawer_word = Line(role="muted")
        self.drawer = EntryField()
        self.drawer.setMaxLength(LONGEST_WORDS)
        self._nothing = Wrapped(size=tokens.LEAD, bold=True)
        self._nothing.hide()
        self.grid.changed.connect(self._changed)
        self.grid.finished.connect(self.press)
        self.grid.scanned.connect(self.scanned)
        self.grid.escaped.connect(self.left)
        self.drawer.entered.connect(self._entered)
        self.drawer.escaped.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._drawer_word)
        row.addWidget(self.drawer, 1)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self.grid)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def open_for(self, day: date) -> None:
        """Begin a count for a day's float; what was counted for it already is kept."""
        if day != self._day:
            self._day = day
            self.forget()
        self._ask(asked=False)
        self._refresh()

    def forget(self) -> None:
        """Have counted nothing."""
        self.grid.clear()
        self.drawer.clear()

    @property
    def asks(self) -> str:
        """What it asks before a session opens over nothing, empty otherwise."""
        return self._nothing.text if self._asked else ""

    def take_keyboard(self) -> bool:
        self.grid.take_keyboard()
        return True

    def main_key(self, say: Words) -> MainKey | None:
        if self._asked:
            return MainKey(text=say("Open with {amount}", amount=baht(0)), hint="F12")
        below = say("Float {amount}", amount=self.grid.total_shown)
        return MainKey(text=say("Open the session"), below=below, hint="F12")

    def invitation(self, say: Words) -> str:
        return say("First count the float and open the session.\nThen a scan begins the sale.")

    def press(self) -> None:
        """Emit what was counted; where nothing was, say so first."""
        try:
            count = self.grid.count()
        except Refusal as refusal:
            self.refused.emit(refusal)
            return
        if self.grid.is_untouched and not self._asked:
            self._ask(asked=True)
            return
        self.wanted.emit(count, self.drawer.text().strip())

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.grid.reword(say)
        self.grid.name_total(say("Opening float"))
        self._drawer_word.setText(say("Drawer's name"))
        self.drawer.setAccessibleName(say("Drawer's name"))
        self.drawer.setPlaceholderText(say("Only where there are several"))
        self._nothing.show_text(
            say("Nothing has been counted. Press once more to open with an empty drawer.")
        )
        self._refresh()

    def dress(self) -> None:
        super().dress()
        self.grid.dress()
        self.drawer.setMinimumHeight(theme.target() + 4)
        self._nothing.break_anew()

    def _refresh(self) -> None:
        if self._say is not None and self._day is not None:
            day = day_said(self._day, self._say, style="short")
            self.heading.show_text(self._say("Open the session of {day}", day=day))
        self.key_changed.emit()

    def _changed(self) -> None:
        self._ask(asked=False)

    def _ask(self, *, asked: bool) -> None:
        self._asked = asked
        self._nothing.setVisible(asked)
        self.key_changed.emit()

    def _entered(self, text: str, scanned: bool) -> None:
        if scanned:
            self.drawer.clear()
            self.scanned.emit(text)
        else:
            self.press()


class RollPage(Headed):
    """Says that sales still count for a day that is over. `rolled` to go on with today."""

    rolled = Signal()
    close_wanted = Signal()

    has_main_key = True

    def __init__(self) -> None:
        super().__init__()
        self._say: Words | None = None
        self._from: date | None = None
        self._to: date | None = None
        self._still = Wrapped(size=tokens.BIG, bold=True)
        self._why = Wrapped(size=tokens.LEAD, colour="muted")
        self._close, self._stay = KeyButton(icon="check"), KeyButton(icon="back")
        self._close.clicked.connect(self.close_wanted)
        self._stay.clicked.connect(self.left)
        self.body.addWidget(self._still)
        self.body.addWidget(self._why)
        self.body.addSpacing(8)
        self.body.addWidget(self._close)
        self.body.addWidget(self._stay)
        self.body.addStretch(1)

    @property
    def said(self) -> str:
        """What it says."""
        return self._still.text

    def show_days(self, still: date, today: date) -> None:
        """Show which day sales count for, and which day it is."""
        self._from, self._to = still, today
        self._refresh()

    def take_keyboard(self) -> bool:
        # Not the keys: Enter, the large key, is to roll the date, not to press one of them.
        return False

    def main_key(self, say: Words) -> MainKey | None:
        if self._to is None:
            return None
        return MainKey(text=say("Go on with today"), below=day_said(self._to, say), hint="Enter")

    def press(self) -> None:
        self.rolled.emit()

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("The date"))
        self._close.put(say("Close the session"), hint="Shift F8")
        self._refresh()

    def dress(self) -> None:
        super().dress()
        for words in (self._still, self._why):
            words.break_anew()
        for key in (self._close, self._stay):
            key.updateGeometry()

    def _refresh(self) -> None:
        say = self._say
        if say is None or self._from is None or self._to is None:
            return
        still = day_said(self._from, say)
        self._still.show_text(say("Sales still count for {day}.", day=still))
        self._why.show_text(
            say(
                "By the clock it is {day}. A supervisor can let sales count for it from now on;"
                " what was sold so far stays where it is.",
                day=day_said(self._to, say),
            )
        )
        self._stay.put(say("Stay with {day}", day=still), hint="Esc")
        self.key_changed.emit()
