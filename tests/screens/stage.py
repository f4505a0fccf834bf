"""Where scenes play, what a scene is, and the hands that get the window there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tests.screens.worlds import World
from tofan_pos.counter.desk import Desk
from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.window import CounterWindow


class Stage(Protocol):
    """Where a scene plays."""

    window: CounterWindow
    desk: Desk
    folder: str

    def settle(self) -> None:
        """Wait until nothing is under way."""
        ...


Play = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture. `large` ones are also drawn at other sizes of window and type.

    `who` is signed in, nobody where it is empty; `days` after the till was last used.
    """

    name: str
    play: Play
    world: World = World.SAMPLE
    who: str = "S1"
    days: int = 0
    training: bool = False
    large: bool = False


# --- hands ------------------------------------------------------------------------------------


def scan_scene(stage: Stage, *codes: str) -> None:
    for code in codes:
        stage.window.serving.entered(code, True)  # noqa: FBT003 - a scan


def type_scene(stage: Stage, text: str) -> None:
    stage.window.field.setText(text)
    stage.window.field.textEdited.emit(text)
    stage.window.serving.look_up(text)


def do(stage: Stage, deed: Deed) -> None:
    stage.window.serving.doing.do(deed)
    stage.settle()


def deed_scene(deed: Deed) -> Play:
    return lambda stage: do(stage, deed)


def press(stage: Stage) -> None:
    stage.window.serving.doing.press_main()
    stage.settle()


def say_scene(stage: Stage, thai: str, english: str) -> str:
    return thai if stage.window.language == "th" else english
