"""One head office over a real database, its real window offscreen, and hands to work it with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.office.forge import Till
from tofan_pos import app as composition
from tofan_pos import office_window
from tofan_pos.app import Office
from tofan_pos.settings import Settings
from tofan_pos.store.office import OfficeStore
from tofan_pos.ui.kit.sounds import Silence
from tofan_pos.ui.office.inbox import InboxRoom
from tofan_pos.ui.office.room import Choosing
from tofan_pos.ui.office.tills_room import TillsRoom
from tofan_pos.ui.office.window import OfficeWindow

MOMENT = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton


@dataclass
class Chosen:
    """What a person chooses next when asked for places on the disk."""

    files: list[Path] = field(default_factory=list)
    folder: Path | None = None
    target: Path | None = None

    def choosing(self) -> Choosing:
        return Choosing(
            files=lambda _parent, _title: self.files,
            folder=lambda _parent, _title: self.folder,
            target=lambda _parent, _title, _name: self.target,
        )


@dataclass
class Seen:
    """A window, the head office under it, and what works it."""

    office: Office
    window: OfficeWindow
    sounds: Silence
    bot: QtBot
    chosen: Chosen
    clock: list[datetime]

    def settle(self) -> None:
        """Wait until everything that was begun off the window's thread has come back."""
        self.bot.waitUntil(lambda: self.window.at_rest, timeout=15_000)

    @property
    def inbox(self) -> InboxRoom:
        room = self.window.room(0)
        assert isinstance(room, InboxRoom)
        return room

    @property
    def tills(self) -> TillsRoom:
        room = self.window.room(1)
        assert isinstance(room, TillsRoom)
        return room

    def press(
        self,
        key: Qt.Key,
        text: str = "",
        *,
        held: Qt.KeyboardModifier = NONE,
        settle: bool = True,
        repeated: bool = False,
    ) -> None:
        """Press and let go of one key, wherever the keyboard is; `repeated` where it stays down."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            at = self.window.focusWidget() or self.window
            QApplication.sendEvent(at, QKeyEvent(kind, key, held, text, repeated))
        if settle:
            self.settle()

    def type(self, text: str) -> None:
        """Type a text."""
        for letter in text:
            code = ord(letter.upper())
            self.press(Qt.Key(code if code < 0x80 else 0), letter)

    def scan(self, code: str) -> None:
        """Type a code as a scanner does, Enter after it."""
        for letter in code:
            code_point = ord(letter)
            self.press(Qt.Key(code_point if code_point < 0x80 else 0), letter, settle=False)
        self.press(Qt.Key.Key_Return, "\r", settle=False)
        self.press(Qt.Key.Key_Enter, "\n")

    def drop(self, *paths: Path, settle: bool = True) -> bool:
        """Drop files and folders on the window; tell whether it would take them."""
        mime = mime_of(*paths)
        place = QPoint(400, 300)
        enter = QDragEnterEvent(place, COPY, mime, LEFT, NONE)
        QApplication.sendEvent(self.window, enter)
        if enter.isAccepted():
            QApplication.sendEvent(
                self.window, QDropEvent(place.toPointF(), COPY, mime, LEFT, NONE)
            )
        if settle:
            self.settle()
        return enter.isAccepted()

    def told(self) -> list[str]:
        """Return what the inbox tells of files, from the top."""
        return [entry.told.happened for entry in self.inbox.results.entries]


def mime_of(*paths: Path) -> QMimeData:
    """Return files as they are dropped or copied."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


Open = Callable[..., Seen]


@pytest.fixture
def open_office(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Open]:
    """Return what opens a head office, also one that was opened before, in a language and look."""
    opened: list[Seen] = []

    def open_one(*, language: str = "en", dark: bool = False, name: str = "office") -> Seen:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        url = f"sqlite:///{folder / 'office.sqlite3'}"
        OfficeStore.create(url).close()
        clock = [MOMENT]
        office = composition.build_office(url, clock=lambda: clock[0])
        sounds, chosen = Silence(), Chosen()
        window = office_window.make_window(
            office,
            Settings(folder=folder, language=language, dark=dark),
            sounds=sounds,
            choosing=chosen.choosing(),
            memory=QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat),
        )
        with qtbot.waitSignal(window.ready, timeout=10_000):
            window.show()
        seen = Seen(office, window, sounds, qtbot, chosen, clock)
        opened.append(seen)
        seen.settle()
        return seen

    yield open_one
    for seen in opened:
        if seen.window.isVisible():
            seen.settle()
        seen.window.close()
        seen.window.deleteLater()
        seen.office.store.close()
    qapp.setStyleSheet("")


@pytest.fixture
def seen(open_office: Open) -> Seen:
    return open_office()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Return a folder that stands for a stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def till(seen: Seen) -> Till:
    """Return an enrolled till with twelve sales."""
    return Till.with_sales(12).enrolled(seen.office.store)
