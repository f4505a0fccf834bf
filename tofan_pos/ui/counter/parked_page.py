"""Baskets that wait: the list of them, or the name under which the open one is set aside."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, FBT001, N802

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tofan_pos.counter.parking import LONGEST_NAME, Parked
from tofan_pos.domain.money import baht, shown
from tofan_pos.thai.dates import business_day, format_time
from tofan_pos.ui.counter.comeback import day_said
from tofan_pos.ui.counter.lines import LinesView, Row, row_height
from tofan_pos.ui.counter.list_tools import NoTools
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.text import Line, Wrapped
from tofan_pos.words import Words


class ParkedPage(Headed):
    """Emits `named` with a name to park under, `recalled` with a basket's id, `scanned`."""

    named = Signal(str)
    recalled = Signal(str)
    scanned = Signal(str)

    has_main_key = True

    def __init__(self) -> None:
        super().__init__()
        self._say: Words | None = None
        self._parked: tuple[Parked, ...] = ()
        self._at = -1
        self._naming, self._usual, self._pieces, self._total = False, "", 0, 0
        self.entry = EntryField()
        self.entry.setMaxLength(LONGEST_NAME)
        self.entry.entered.connect(self._entered)
        self.entry.escaped.connect(self.left)
        self.lines = LinesView(NoTools())
        self.lines.installEventFilter(self)
        self.lines.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._choose(now.row())
        )
        self.lines.clicked.connect(lambda index: self._choose(index.row()))
        self._none = Wrapped(colour="muted")
        self._what = Wrapped(size=tokens.LEAD)
        self._name_word, self._why = Line(role="muted"), Wrapped(colour="muted")
        self._stack = QStackedWidget()
        self._build()

    def _build(self) -> None:
        listing, naming = QWidget(), QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines, 1)
        column.addWidget(self._none)
        column.addStretch()
        column = QVBoxLayout(naming)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._what)
        column.addSpacing(8)
        column.addWidget(self._name_word)
        column.addWidget(self.entry)
        column.addWidget(self._why)
        column.addStretch(1)
        self._stack.addWidget(listing)
        self._stack.addWidget(naming)
        self.body.addWidget(self._stack, 1)

    @property
    def chosen(self) -> Parked | None:
        """The highlighted basket."""
        return self._parked[self._at] if 0 <= self._at < len(self._parked) else None

    @property
    def naming(self) -> bool:
        """Whether it asks for a name."""
        return self._naming

    def ask_name(self, usual: str, *, pieces: int, total: int) -> None:
        """Ask under which name the open basket is set aside; `usual` where none is typed."""
        self._naming, self._usual, self._pieces, self._total = True, usual, pieces, total
        self.entry.clear()
        self._refresh()

    def show_parked(self, parked: Sequence[Parked]) -> None:
        """List the baskets that wait, the first one highlighted."""
        self._naming, self._parked = False, tuple(parked)
        self._at = 0 if parked else -1
        self._refresh()

    def take_keyboard(self) -> bool:
        (self.entry if self._naming else self.lines).setFocus()
        return True

    def main_key(self, say: Words) -> MainKey | None:
        if self._naming:
            return MainKey(text=say("Set aside"), below=baht(self._total), hint="Enter")
        one = self.chosen
        below = f"{one.name or format_time(one.at)} · {baht(one.total)}" if one else ""
        return MainKey(text=say("Take up again"), below=below, hint="Enter", enabled=bool(one))

    def press(self) -> None:
        """Set the basket aside under the name typed, or take the highlighted one up."""
        if self._naming:
            self.named.emit(self.entry.text().strip() or self._usual)
        elif self.chosen is not None:
            self.recalled.emit(self.chosen.id)

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.lines.setAccessibleName(say("Baskets set aside"))
        self.entry.setAccessibleName(say("Name"))
        self._name_word.setText(say("Name"))
        self._why.show_text(
            say("A name helps to find it again: a customer's, or what it is. Enter alone will do.")
        )
        self._none.show_text(say("No basket waits. F7 sets the open basket aside."))
        self._refresh()

    def dress(self) -> None:
        super().dress()
        self.entry.setMinimumHeight(theme.target() + 4)
        self.lines.dress()
        self.lines.setMinimumHeight(3 * row_height())

    def _refresh(self) -> None:
        say = self._say
        if say is None:
            return
        self._stack.setCurrentIndex(1 if self._naming else 0)
        if self._naming:
            self.heading.show_text(say("Set the basket aside"))
            pieces = say("Pieces: {n}", n=self._pieces)
            self._what.show_text(f"{pieces} · {baht(self._total)}")
            self.entry.setPlaceholderText(self._usual)
        else:
            self.heading.show_text(say("Baskets set aside"))
            self.lines.show_rows([_row(one, say) for one in self._parked], self._at)
            self.lines.setVisible(bool(self._parked))
            self._none.setVisible(not self._parked)
        self.key_changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                if not event.isAutoRepeat():
                    self.press()
                return True
            if key == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if event.text() and event.text().isprintable():
                # A scan, or typing: the window's, not the list's own search by letter.
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._parked) and row != self._at:
            self._at = row
            self._refresh()

    def _entered(self, text: str, scanned: bool) -> None:
        if scanned:
            self.entry.clear()
            self.scanned.emit(text)
        else:
            self.press()


def _row(parked: Parked, say: Words) -> Row:
    when = f"{day_said(business_day(parked.at), say)}  {format_time(parked.at)}"
    by = say("Cashier {name}", name=parked.by)
    pieces = say("Pieces: {n}", n=parked.pieces)
    return Row(
        name=parked.name or format_time(parked.at),
        under=f"{when} · {by} · {pieces}",
        amount=shown(parked.total),
        off="",
        quantity=parked.pieces,
        single=False,
    )
