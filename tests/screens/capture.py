"""Draws every view, in both languages, light and dark, to be looked at.

Run `python tests/screens/capture.py [FOLDER] [--only PATTERN]`; it needs no screen.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

from PySide6.QtWidgets import QApplication  # noqa: E402

from tests.screens import worlds  # noqa: E402
from tests.screens.drawing import Drawing, Shot  # noqa: E402
from tests.screens.office_capture import draw  # noqa: E402
from tests.screens.office_scenes import SCENES as OFFICE_SCENES  # noqa: E402
from tests.screens.office_scenes import OfficeScene  # noqa: E402
from tests.screens.scenes import SCENES  # noqa: E402
from tests.screens.stage import Scene  # noqa: E402
from tofan_pos import app as composition  # noqa: E402
from tofan_pos.counter.desk import Desk  # noqa: E402
from tofan_pos.domain.errors import Ailment, Trouble  # noqa: E402
from tofan_pos.ui.counter.sending import Carriage  # noqa: E402
from tofan_pos.ui.counter.window import CounterWindow  # noqa: E402
from tofan_pos.ui.kit import theme  # noqa: E402
from tofan_pos.ui.kit.sounds import Silence  # noqa: E402

USUAL = tuple(Shot(language, dark) for language in ("th", "en") for dark in (False, True))
OTHERS = (
    Shot(width=1920, height=1080),
    Shot(width=1024, height=768),
    Shot(text_percent=200),
    Shot(language="en", width=1920, height=1080, text_percent=200),
)


class Stage(Drawing[CounterWindow]):
    """One window on one till, from opening to closing."""

    def __init__(self, app: QApplication, desk: Desk, shot: Shot, folder: str) -> None:
        self.desk, self.folder = desk, folder
        theme.apply(app, shot.dark, text_percent=shot.text_percent)
        window = CounterWindow(
            desk,
            words=composition.all_words(),
            language=shot.language,
            dark=shot.dark,
            sounds=Silence(),
            carriage=Carriage(courier_to=_nowhere),
        )
        super().__init__(app, window, shot)

    def draw(self, path: Path) -> None:
        """Write what is seen, the cursor behind what is typed."""
        self.settle()
        self.window.field.setCursorPosition(len(self.window.field.text()))
        super().draw(path)

    def close(self) -> None:
        """Close the window and the till."""
        super().close()
        self.desk.close()


def _nowhere(_: str) -> NoReturn:
    raise Trouble(Ailment.NETWORK_DOWN)


def wanted(only: str) -> Iterator[tuple[Scene | OfficeScene, Shot]]:
    """Yield every scene in every way it is drawn."""
    scenes: tuple[Scene | OfficeScene, ...] = (*SCENES, *OFFICE_SCENES)
    for scene in scenes:
        shots = USUAL + (OTHERS if scene.large else ())
        for shot in shots:
            if re.search(only, f"{scene.name}-{shot.suffix}"):
                yield scene, shot


def _till(place: Path, till: Path, scene: Scene) -> Desk:
    """Return a fresh till: made once of a kind, then copied, for making one is slow."""
    made = place / scene.world.value
    if not made.exists():
        worlds.make(scene.world, made)
    shutil.copytree(made, till)
    now = worlds.MOMENT + timedelta(days=scene.days)
    if scene.training:
        return composition.build_training(till, clock=lambda: now)
    desk = composition.build_counter(till, clock=lambda: now)
    if scene.who and scene.world is not worlds.World.BARE:
        desk.access.sign_in(scene.who, worlds.PINS[scene.who])
    return desk


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "screens")
    parser.add_argument("--only", default="", help="a pattern found in the pictures' names")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as place:
        for n, (scene, shot) in enumerate(wanted(asked.only)):
            till, target = Path(place) / str(n), asked.folder / f"{scene.name}-{shot.suffix}.png"
            if isinstance(scene, OfficeScene):
                draw(app, scene, shot, target, till)
                continue
            desk = _till(Path(place), till, scene)
            stage = Stage(app, desk, shot, str(till / "stick"))
            scene.play(stage)
            stage.draw(target)
            stage.close()
            shutil.rmtree(till, ignore_errors=True)
    app.processEvents()


if __name__ == "__main__":
    main()
