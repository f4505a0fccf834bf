"""How a till stands with head office, on one sheet: who trusts whom, what waits, and every key."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, FBT001, N802

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from tofan_pos.ui.counter import office_view
from tofan_pos.ui.counter.office_view import OfficeView
from tofan_pos.ui.kit import icons, theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.fingerprint import Fingerprint, QrCode
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Elided, Line, Wrapped
from tofan_pos.words import Words

_QR_SIDE, _GAP = 280, 8
_MOST_COLUMNS = 3


class Wish(Enum):
    """What can be wanted of the page, and the key of the keyboard that it has there."""

    REQUEST = Qt.Key.Key_F3
    STICK = Qt.Key.Key_F4
    SEND = Qt.Key.Key_F5
    PAUSE = Qt.Key.Key_F6
    ROTATE = Qt.Key.Key_F7
    EPOCH = Qt.Key.Key_F8

    @property
    def hint(self) -> str:
        """How the key is named."""
        return f"F{self.value - Qt.Key.Key_F1 + 1}"


_ICONS = {
    Wish.REQUEST: "export",
    Wish.STICK: "stick",
    Wish.SEND: "cloud-up",
    Wish.PAUSE: "pause",
    Wish.ROTATE: "key",
    Wish.EPOCH: "swap",
}


class Overview(QWidget):
    """Emits `wished` with a `Wish`, `addressed` with the address typed, and what its field does."""

    wished = Signal(object)
    addressed = Signal(str)
    entered = Signal()
    escaped = Signal()
    scanned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._view: OfficeView | None = None
        self._say: Words | None = None
        self._mark = QLabel()
        self.mark = ("", "")
        self.state = Wrapped(size=tokens.LEAD, bold=True)
        self.began, self.waiting = Wrapped(), Wrapped(colour="muted")
        self.trouble, self.sending = Wrapped(colour="wrong"), Wrapped(colour="muted")
        self.outlived = Wrapped(colour="wrong")
        self._till, self._office = Elided(role="muted"), Elided(role="muted")
        self.till_print, self.office_print = Fingerprint(), Fingerprint()
        self._server_word = Elided(role="muted")
        self.server = EntryField()
        self.server.setMaxLength(200)
        self.server.entered.connect(self._entered)
        self.server.escaped.connect(self._escaped)
        self.code = QrCode(side=_QR_SIDE)
        self._code_word = Wrapped(size=tokens.SMALL, colour="muted", centred=True)
        self.keys = {
            wish: KeyButton(size=tokens.READ, icon=_ICONS[wish], least=52) for wish in Wish
        }
        self._wanted: tuple[Wish, ...] = tuple(Wish)
        for wish, key in self.keys.items():
            key.setParent(self)
            key.clicked.connect(lambda _=False, wish=wish: self.wished.emit(wish))
        self._build()

    def _build(self) -> None:
        self._card = card = QFrame()
        card.setObjectName("card")
        beside = QHBoxLayout(card)
        beside.setContentsMargins(16, 10, 16, 10)
        beside.setSpacing(16)
        beside.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(4)
        for words in self._said():
            said.addWidget(words)
        beside.addLayout(said, 1)
        # Beside one another; below one another where the code takes the room beside them.
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(12)
        for word, part in ((self._till, self.till_print), (self._office, self.office_print)):
            self._pair.addLayout(_labelled(word, part), 1)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(self._pair)
        left.addLayout(_labelled(self._server_word, self.server, hint="F2"))
        left.addStretch(1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(4)
        right.addWidget(self.code)
        right.addWidget(self._code_word)
        right.addStretch(1)
        self._right = QWidget()
        self._right.setLayout(right)
        self._right.setFixedWidth(_QR_SIDE)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(24)
        self._middle.addLayout(left, 1)
        self._middle.addWidget(self._right)
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card)
        column.addLayout(self._middle)
        column.addLayout(self._grid)
        column.addStretch(1)

    def _said(self) -> tuple[Wrapped, ...]:
        """Return what the card says, from the top."""
        return (
            self.state,
            self.began,
            self.waiting,
            self.sending,
            self.trouble,
            self.outlived,
        )

    # --- what is shown --------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """The address as it stands in the field."""
        return self.server.text().strip()

    def can(self, wish: Wish) -> bool:
        """Tell whether a wish can be wished now."""
        return wish in self._wanted and self.keys[wish].isEnabled()

    @property
    def is_changed(self) -> bool:
        """Whether another address was typed than the one in force."""
        return self._view is not None and self.address != self._view.known.server

    def show_view(self, view: OfficeView, *, code: tuple[str, ...]) -> None:
        """Show how things stand, and the request's code; an address being typed is left alone."""
        typed = self.is_changed
        self._view = view
        if not typed:
            self._show_address(view.known.server)
        self.code.show_rows(code, name=self._say("Enrolment request") if self._say else "")
        self._right.setVisible(bool(code))
        self._refresh()

    def ring(self, *, shown: bool) -> None:
        """Show that its keys are those of the keyboard now."""
        self._card.setProperty("focused", shown)
        self._card.style().unpolish(self._card)
        self._card.style().polish(self._card)

    @property
    def is_ringed(self) -> bool:
        """Whether it shows that."""
        return bool(self._card.property("focused"))

    def forget_address(self) -> None:
        """Let the field show the address in force again."""
        if self._view is not None:
            self._show_address(self._view.known.server)

    def _show_address(self, address: str) -> None:
        if self.server.text() != address:
            self.server.setText(address)
            self.server.setCursorPosition(0)

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        self._server_word.show_text(say("Address of head office's server"))
        self.server.setAccessibleName(say("Address of head office's server"))
        self.server.setPlaceholderText("https://…")
        self._code_word.show_text(say("Enrolment request: head office can scan it"))
        self._refresh()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self.server.setMinimumHeight(theme.target())
        for words in self._said():
            words.break_anew()
        self._code_word.break_anew()
        self._refresh()

    def _refresh(self) -> None:
        view, say = self._view, self._say
        if view is None or say is None:
            return
        self.mark = _mark_of(view, say)
        name, colour = self.mark
        self._mark.setPixmap(icons.pixmap(name, colour=colour, size=theme.icon_size(28)))
        for words, text in (
            (self.state, office_view.state_said(view, say)),
            (self.began, office_view.began_said(view, say)),
            (self.waiting, office_view.waiting_said(view, say)),
            (self.sending, office_view.sending_said(view, say)),
            (self.trouble, office_view.trouble_said(view, say)),
            (self.outlived, office_view.outlived_said(view, say)),
        ):
            words.show_text(text)
            words.setVisible(bool(text))
        self.waiting.colour("wrong" if view.is_late else "muted")
        self.trouble.colour("muted" if office_view.is_passing(view) else "wrong")
        self._name_keys(view, say)

    def _name_keys(self, view: OfficeView, say: Words) -> None:
        mine = say("This till: {till}, epoch {epoch}", till=view.till, epoch=view.epoch)
        theirs = say("Head office: {office}", office=view.known.office)
        if not view.known.office_key:
            theirs = say("Head office: none is trusted yet")
        self._till.show_text(mine)
        self._office.show_text(theirs)
        word = say("Fingerprint")
        self.till_print.show_text(view.fingerprint, word=word, whose=mine)
        self.office_print.show_text(view.office_fingerprint, word=word, whose=theirs)
        paused = view.known.paused
        for wish, text in (
            (Wish.REQUEST, say("Save the request")),
            (Wish.STICK, say("By stick")),
            (Wish.SEND, say("Send now")),
            (Wish.PAUSE, say("Resume sending") if paused else say("Pause sending")),
            (Wish.ROTATE, say("Change the key")),
            (Wish.EPOCH, say("New epoch")),
        ):
            self.keys[wish].put(text, hint=wish.hint)
        self.keys[Wish.PAUSE].bear("play" if paused else "pause")
        self.keys[Wish.SEND].setEnabled(not view.underway.busy)
        # What a request is for, and what a key that nobody trusts yet could be changed for.
        unwanted = {Wish.REQUEST} if view.enrolled else {Wish.ROTATE}
        if not view.sends:
            unwanted |= {Wish.SEND, Wish.PAUSE}
        self._wanted = tuple(wish for wish in Wish if wish not in unwanted)
        self._fit()

    def _fit(self) -> None:
        """Lay the keys in as many columns as leave every word whole."""
        shown = [self.keys[wish] for wish in self._wanted]
        widest = max(key.sizeHint().width() for key in shown)
        columns = min(max((self.width() + _GAP) // (widest + _GAP), 1), _MOST_COLUMNS)
        while self._grid.count():
            self._grid.takeAt(0)
        for key in self.keys.values():
            key.setVisible(key in shown)
        self._fit_prints()
        for place, key in enumerate(shown):
            self._grid.addWidget(key, place // columns, place % columns)
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(column, int(column < columns))

    def _fit_prints(self) -> None:
        """Stand what is compared, and the code, where there is room for it at its full size."""
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        coded, names = bool(self.code.rows), (self._till.whole_width, self._office.whole_width)
        one = self.till_print.sizeHint().width()
        left = self.width() - (_QR_SIDE + 24 if coded else 0)
        self._middle.setDirection(beside if not coded or left >= one else below)
        if coded and left < one:
            left = self.width()
        wide = max(one, *names)
        self._pair.setDirection(beside if left >= 2 * wide + 12 else below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # --- the field ------------------------------------------------------------------------------

    def _entered(self, text: str, scanned: bool) -> None:
        if scanned:
            self.forget_address()
            self.scanned.emit(text)
        elif self.is_changed:
            self.addressed.emit(self.address)
        else:
            self.entered.emit()

    def _escaped(self) -> None:
        if self.is_changed:
            self.forget_address()
        else:
            self.escaped.emit()


def _mark_of(view: OfficeView, say: Words) -> tuple[str, str]:
    """Return the icon that stands beside what is said, and its colour."""
    if office_view.needs_somebody(view, say):
        return "warning", "wrong"
    return ("check", "good") if view.is_well else ("key", "indigo")


def _labelled(word: QWidget, part: QWidget, *, hint: str = "") -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    above = QHBoxLayout()
    above.addWidget(word, 1)
    if hint:
        above.addWidget(Line(hint, role="cap"))
    column.addLayout(above)
    column.addWidget(part)
    return column
