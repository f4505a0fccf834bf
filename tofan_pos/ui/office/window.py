"""Head office's one window: a rail of rooms at the left, the room at the right, facts below."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sentences import sentence
from tofan_pos.ui.kit.band import Band
from tofan_pos.ui.kit.looks import Looks
from tofan_pos.ui.kit.moments import clock_said
from tofan_pos.ui.kit.notice import Notice
from tofan_pos.ui.kit.sounds import Sounds
from tofan_pos.ui.kit.status import StatusLine
from tofan_pos.ui.kit.warming import settle, warm_up
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.ui.office.facts import facts_of
from tofan_pos.ui.office.house import House, Nameplate, nameplate_of
from tofan_pos.ui.office.inbox import InboxRoom
from tofan_pos.ui.office.rail import Rail
from tofan_pos.ui.office.request_card import TRUST_KEY
from tofan_pos.ui.office.room import SIDE, Choosing, Room, Seat
from tofan_pos.ui.office.rooms import ROOMS
from tofan_pos.ui.office.scanning import Scan
from tofan_pos.words import Words

_TICK_MS = 15_000
_DIGITS, _THAI_DIGITS = "123456789", "ๅ/-ภถุึคต"
"""The row of digits, and what the same keys type under the Thai layout."""

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Told = Callable[[Words], str]


class OfficeWindow(QWidget):
    """The window of one head office. `ready` when it is painted."""

    ready = Signal()

    def __init__(  # noqa: PLR0913 - what only the composition root can bring
        self,
        house: House,
        *,
        words: Mapping[str, Words],
        language: str,
        dark: bool,
        sounds: Sounds,
        choosing: Choosing,
        memory: QSettings,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self._house, self._words, self._sounds = house, words, sounds
        self.language = language
        self.looks = Looks(dark=dark, parent=self)
        self._worker, self._warming, self._scan = Worker(self), Worker(self), Scan()
        self._seat = Seat(
            store=house.store,
            reception=house.reception,
            clock=house.clock,
            worker=self._worker,
            sounds=sounds,
            choosing=choosing,
            memory=memory,
        )
        self.band, self.rail, self.status, self.notice = Band(), Rail(ROOMS), StatusLine(), Notice()
        self.pages = QStackedWidget()
        self._rooms: dict[int, Room] = {}
        self._place, self._plate = 0, Nameplate()
        self._told: Told | None = None
        self._kind, self._painted = "wrong", False
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._wire()
        self._build()
        self.turn_to(0)
        self._dress()
        self._reword()

    # --- putting it together --------------------------------------------------------------------

    def _build(self) -> None:
        note = QVBoxLayout()
        note.setContentsMargins(SIDE, 16, SIDE, 0)
        note.addWidget(self.notice)
        page = QVBoxLayout()
        page.setSpacing(0)
        page.addLayout(note)
        page.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(page, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setMinimumSize(960, 640)

    def _wire(self) -> None:
        self.rail.chosen.connect(self.go_to)
        self.rail.language_wanted.connect(self.turn_language)
        self.rail.look_wanted.connect(self.looks.turn_look)
        self.rail.text_wanted.connect(self.looks.turn_text_size)
        self.looks.changed.connect(self._look_anew)
        self.notice.dismissed.connect(self.hush)
        self._tick.timeout.connect(self._look)

    # --- rooms ----------------------------------------------------------------------------------

    def room(self, place: int) -> Room:
        """Return the room at a place of the rail, made and worded."""
        room = self._rooms.get(place)
        if room is None:
            room = self._rooms[place] = ROOMS[place].make(self._seat)
            room.waiting.connect(partial(self.rail.show_waiting, place))
            room.problem.connect(self.tell_problem)
            room.changed.connect(partial(self._written, room))
            room.room_wanted.connect(self._go_to_code)
            self.pages.addWidget(room)
            room.dress()
            room.reword(self.say)
        return room

    @property
    def shown(self) -> Room:
        """The room that is shown."""
        return self.room(self._place)

    def turn_to(self, place: int) -> None:
        """Show the room at a place of the rail, as things stand now."""
        room = self.room(place)
        self._place = place
        self.hush()
        self.rail.show_room(place)
        self.pages.setCurrentWidget(room)
        room.look()

    def go_to(self, place: int) -> None:
        """Show a room, and give it the keyboard."""
        self.turn_to(place)
        self.room(place).take_keyboard()

    def _go_to_code(self, code: str) -> None:
        self.go_to([kind.code for kind in ROOMS].index(code))

    def _written(self, by: Room) -> None:
        """Have the other rooms count again what waits in them: something was written."""
        for room in self._rooms.values():
            if room is not by:
                room.look()

    # --- language and look ----------------------------------------------------------------------

    @property
    def say(self) -> Words:
        """The words of the language in force."""
        return self._words[self.language]

    def turn_language(self) -> None:
        """Go over to the other language; the room and what is under way in it stay."""
        languages = list(self._words)
        self.language = languages[(languages.index(self.language) + 1) % len(languages)]
        self._seat.memory.setValue("language", self.language)
        self._reword()

    def _look_anew(self) -> None:
        self._seat.memory.setValue("dark", self.looks.dark)
        self._dress()
        self._reword()

    def _dress(self) -> None:
        self.rail.dress()
        self.status.dress()
        for room in self._rooms.values():
            room.dress()
        self.update()

    def _reword(self) -> None:
        say = self.say
        self.setWindowTitle(say("Tofan head office"))
        self.notice.name_close(say("Dismiss"))
        self.rail.reword(say)
        for room in self._rooms.values():
            room.reword(say)
        if self._told is not None:
            self.notice.tell(self._told(say), kind=self._kind)
        self._show_facts()

    # --- showing --------------------------------------------------------------------------------

    def _show_facts(self) -> None:
        self.rail.show_office(self._plate.name or self.say("Head office"))
        if self._plate != Nameplate():
            self.status.show_facts(facts_of(self._house, self._plate, self.say))
        self.status.show_clock(clock_said(self._house.clock(), self.language))

    def _know(self, plate: Nameplate) -> None:
        self._plate = plate
        self._show_facts()

    def _look(self) -> None:
        self._show_facts()
        self.shown.look()

    def tell_problem(self, problem: Refusal | Trouble) -> None:
        """Say what went otherwise, in the page and in no window of its own."""
        self._tell(partial(sentence, problem))

    def crash(self, path: Path) -> None:
        """Say that the program made a mistake, and where its report is; work goes on."""
        self._tell(
            lambda say: say(
                "The program made a mistake; what was taken in before is safe."
                " Please send {path} to support.",
                path=path,
            )
        )

    def hush(self) -> None:
        """Say nothing any more."""
        self._told = None
        self.notice.hide()

    def _tell(self, told: Told, *, kind: str = "wrong") -> None:
        self._told, self._kind = told, kind
        self.notice.tell(told(self.say), kind=kind)

    @property
    def at_rest(self) -> bool:
        """Whether it is painted and all that it began has come back."""
        busy = self._worker.under_way or self._warming.under_way
        return self._painted and not busy and all(room.at_rest for room in self._rooms.values())

    # --- Qt's own -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if (code := self._scan.press(event)) is not None:
            self._scanned(code)
            return
        if event.isAutoRepeat() and (key in _ENTERS or key == TRUST_KEY):
            # Held down, one answer would answer the next question too.
            return
        place = _room_of(event)
        if place is not None and place < len(ROOMS):
            self.go_to(place)
        elif key in self._deeds:
            self._deeds[key](self)
        elif key in _ENTERS and isinstance(at := self.focusWidget(), QAbstractButton):
            at.click()
        elif key == Qt.Key.Key_Escape and not self.notice.isHidden():
            self.hush()
        elif not self.shown.key(key, held):
            super().keyPressEvent(event)

    def _scanned(self, code: str) -> None:
        """Bring a request that was scanned to the inbox."""
        if not code:
            return
        self._go_to_code("inbox")
        inbox = self.shown
        if isinstance(inbox, InboxRoom):
            inbox.take_code(code)

    _deeds: Mapping[Qt.Key, Callable[["OfficeWindow"], None]] = {
        Qt.Key.Key_F5: lambda self: self._look(),
        Qt.Key.Key_F9: lambda self: self.turn_language(),
        Qt.Key.Key_F10: lambda self: self.looks.turn_look(),
        Qt.Key.Key_F11: lambda self: self.looks.turn_text_size(),
    }

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._offered(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._offered(event)

    def _offered(self, event: QDragMoveEvent) -> None:
        """Take files wherever they are dropped: whoever drops some wants them taken in."""
        if event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        for place in range(len(ROOMS)):
            if self.room(place).drop(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self.turn_to(place)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._begin)

    def closeEvent(self, event: QCloseEvent) -> None:
        # Gone at once: what was begun, as a line half open, ends out of sight.
        self.hide()
        self._tick.stop()
        for room in self._rooms.values():
            room.close_room()
        for part in (self._worker, self._warming, self._sounds):
            part.close()
        super().closeEvent(event)

    def _begin(self) -> None:
        """Do what need not be done before the first paint."""
        self._tick.start()
        self._warming.run(warm_up, lambda _: settle(self))
        self._worker.run(lambda: nameplate_of(self._house), self._know)
        for place in range(len(ROOMS)):
            self.room(place).look()
        self.shown.take_keyboard()
        self.ready.emit()


def _room_of(event: QKeyEvent) -> int | None:
    """Return which room's key was pressed, under either layout of the keyboard."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    pressed = chr(event.key()) if event.key() < 0x110000 else ""
    for row in (_DIGITS, _THAI_DIGITS):
        if pressed and pressed in row:
            return row.index(pressed)
    return None
