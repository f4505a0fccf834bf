"""What is shown of head office's window: a name, the head office it needs, and the way there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt

from tests.office.forge import Till, key_of
from tests.screens.office_worlds import (
    Headquarters,
    Open,
    fill_restored,
    fill_stick,
    open_forty,
    open_fresh,
)
from tofan_pos.ui.office.inbox import InboxRoom
from tofan_pos.ui.office.tills_room import TillsRoom
from tofan_pos.ui.office.window import OfficeWindow


class OfficeStage(Protocol):
    """Where a scene plays."""

    window: OfficeWindow
    house: Headquarters

    def settle(self) -> None:
        """Wait until nothing is under way."""
        ...


@dataclass(frozen=True, slots=True)
class OfficeScene:
    """One picture. `large` ones are also drawn at other sizes of window and type."""

    name: str
    play: Callable[[OfficeStage], None]
    opened: Open = open_fresh
    large: bool = False


def inbox(stage: OfficeStage) -> InboxRoom:
    room = stage.window.room(0)
    assert isinstance(room, InboxRoom)
    return room


def tills(stage: OfficeStage) -> TillsRoom:
    stage.window.go_to(1)
    stage.settle()
    room = stage.window.room(1)
    assert isinstance(room, TillsRoom)
    return room


def nothing(stage: OfficeStage) -> None:
    stage.settle()


def took(stage: OfficeStage) -> None:
    inbox(stage).take([fill_stick(stage.house)])
    stage.settle()


def lost(stage: OfficeStage) -> None:
    inbox(stage).take([fill_restored(stage.house)])
    stage.settle()


def task_of_lost(stage: OfficeStage) -> None:
    lost(stage)
    tills(stage).table.choose("CTW1")
    stage.settle()


def stranger(stage: OfficeStage) -> None:
    """Choose a till that nobody enrolled, whose file lay on a stick."""
    took(stage)
    tills(stage).table.choose("PGN3")
    stage.settle()


def plain(stage: OfficeStage) -> None:
    """Two files of one till, and nothing else to say."""
    till = Till.with_sales(12, key=key_of("CTW1")).enrolled(stage.house.office.store)
    paths = [till.save(stage.house.stick, 1, 6), till.save(stage.house.stick, 7, 12)]
    inbox(stage).take(paths)
    stage.settle()


def running(stage: OfficeStage) -> None:
    """As it looks in the middle of many files."""
    took(stage)
    room = inbox(stage)
    room.taking.begun.emit()
    room.drop_card.show_progress(118, 240, "")


def granted(stage: OfficeStage) -> None:
    took(stage)
    inbox(stage).cards[0].same_key.click()
    stage.settle()


def differs(stage: OfficeStage) -> None:
    took(stage)
    inbox(stage).cards[0].differs_key.click()
    stage.settle()


def crashed(stage: OfficeStage) -> None:
    plain(stage)
    stage.window.crash(stage.house.stick / "crash.txt")


def no_tills(stage: OfficeStage) -> None:
    tills(stage)


def forty(stage: OfficeStage) -> None:
    tills(stage)


def chosen(code: str) -> Callable[[OfficeStage], None]:
    def play(stage: OfficeStage) -> None:
        tills(stage).table.choose(code)
        stage.settle()

    return play


def sorted_by_age(stage: OfficeStage) -> None:
    table = tills(stage).table
    table.grid.put_in_order(1, down=False)
    table.choose("EMQ4")
    table.setFocus(Qt.FocusReason.TabFocusReason)


def searched(stage: OfficeStage) -> None:
    tills(stage).filter.setText("EMQ")
    stage.settle()


def revoking(stage: OfficeStage) -> None:
    room = tills(stage)
    room.table.choose("EMQ1")
    room.pane.asking.keys[0].click()
    stage.settle()


SCENES: tuple[OfficeScene, ...] = (
    OfficeScene("headoffice-inbox-empty", nothing, large=True),
    OfficeScene("headoffice-inbox-plain", plain),
    OfficeScene("headoffice-inbox-everything", took, large=True),
    OfficeScene("headoffice-inbox-running", running),
    OfficeScene("headoffice-inbox-granted", granted),
    OfficeScene("headoffice-inbox-differs", differs),
    OfficeScene("headoffice-inbox-lost", lost),
    OfficeScene("headoffice-crashed", crashed),
    OfficeScene("headoffice-tills-none", no_tills),
    OfficeScene("headoffice-tills-forty", forty, open_forty, large=True),
    OfficeScene("headoffice-tills-restored", chosen("CTW1"), open_forty),
    OfficeScene("headoffice-tills-fork", chosen("PGN1"), open_forty, large=True),
    OfficeScene("headoffice-tills-gap", chosen("MBK1"), open_forty),
    OfficeScene("headoffice-tills-stranger", stranger, large=True),
    OfficeScene("headoffice-tills-lost", task_of_lost),
    OfficeScene("headoffice-tills-oldest-first", sorted_by_age, open_forty),
    OfficeScene("headoffice-tills-search", searched, open_forty),
    OfficeScene("headoffice-tills-revoking", revoking, open_forty),
)
