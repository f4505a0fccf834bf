"""Draws head office's window, as `capture.py` draws the counter's."""

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from tests.screens.drawing import Drawing, Shot
from tests.screens.office_scenes import OfficeScene
from tests.screens.office_worlds import Headquarters
from tofan_pos import app as composition
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.sounds import Silence
from tofan_pos.ui.office.house import House
from tofan_pos.ui.office.room import Choosing
from tofan_pos.ui.office.window import OfficeWindow


class Stage(Drawing[OfficeWindow]):
    """One window on one head office, from opening to closing."""

    def __init__(self, app: QApplication, house: Headquarters, shot: Shot) -> None:
        self.house = house
        theme.apply(app, shot.dark, text_percent=shot.text_percent)
        office = house.office
        window = OfficeWindow(
            House(store=office.store, reception=office.reception, clock=house.clock),
            words=composition.all_words(),
            language=shot.language,
            dark=shot.dark,
            sounds=Silence(),
            choosing=Choosing(files=lambda *_: [], folder=lambda *_: None, target=lambda *_: None),
            memory=QSettings(str(house.stick / "window.ini"), QSettings.Format.IniFormat),
        )
        super().__init__(app, window, shot)

    def close(self) -> None:
        """Close the window and the database."""
        super().close()
        self.house.office.store.close()


def draw(app: QApplication, scene: OfficeScene, shot: Shot, target: Path, place: Path) -> None:
    """Draw one scene in one way; `place` is a folder for its head office."""
    stage = Stage(app, scene.opened(place), shot)
    scene.play(stage)
    stage.draw(target)
    stage.close()
