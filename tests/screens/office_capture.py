"""Draws head office's window, as `capture.py` draws the counter's."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QSettings
from PySide6.QtWidgets import QApplication

from tests.screens.office_scenes import OfficeScene
from tests.screens.office_worlds import Headquarters
from tofan_pos import app as composition
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.sounds import Silence
from tofan_pos.ui.office.house import House
from tofan_pos.ui.office.room import Choosing
from tofan_pos.ui.office.window import OfficeWindow

_PATIENCE_MS = 8_000


class Look(Protocol):
    """How a scene is drawn."""

    @property
    def language(self) -> str: ...
    @property
    def dark(self) -> bool: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def text_percent(self) -> int: ...


class Stage:
    """One window on one head office, from opening to closing."""

    def __init__(self, app: QApplication, house: Headquarters, look: Look) -> None:
        self._app, self.house = app, house
        theme.apply(app, look.dark, text_percent=look.text_percent)
        office = house.office
        self.window = OfficeWindow(
            House(store=office.store, reception=office.reception, clock=house.clock),
            words=composition.all_words(),
            language=look.language,
            dark=look.dark,
            sounds=Silence(),
            choosing=Choosing(files=lambda *_: [], folder=lambda *_: None, target=lambda *_: None),
            memory=QSettings(str(house.stick / "window.ini"), QSettings.Format.IniFormat),
        )
        self.window.resize(look.width, look.height)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Wait until it is painted and nothing is under way."""
        deadline = QDeadlineTimer(_PATIENCE_MS)
        quiet = 0
        while quiet < 3 and not deadline.hasExpired():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            quiet = quiet + 1 if self.window.at_rest else 0

    def draw(self, path: Path) -> None:
        """Write what is seen."""
        self.settle()
        self.window.grab().save(str(path))

    def close(self) -> None:
        """Close the window and the database."""
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.house.office.store.close()


def draw(app: QApplication, scene: OfficeScene, look: Look, target: Path, place: Path) -> None:
    """Draw one scene in one way; `place` is a folder for its head office."""
    stage = Stage(app, scene.opened(place), look)
    scene.play(stage)
    stage.draw(target)
    stage.close()
