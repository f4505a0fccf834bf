"""Scenes of people and of the day: signing in, floats, drawers and closings."""

from pathlib import Path

from tests.screens.selling import done_scene, three
from tests.screens.stage import Play, Stage, do, say_scene
from tests.screens.worlds import PINS
from tofan_pos.domain.people import Role
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.close_day import ClosePage
from tofan_pos.ui.counter.counting import CountGrid
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.drawer_page import Act, DrawerPage
from tofan_pos.ui.counter.open_day import OpenPage
from tofan_pos.ui.counter.receipts_page import ReceiptsPage
from tofan_pos.ui.counter.staff_page import StaffPage

WRONG = "771529"

# --- people -----------------------------------------------------------------------------------


def first_refused(stage: Stage) -> None:
    cover = stage.window.guard.first_run
    cover.name.setText("หัวหน้าหนึ่ง")
    for digit in "123456":
        cover.pins.once.type(digit)


def shut_out(stage: Stage) -> None:
    for _ in range(6):
        stage.window.guard.lock_page.given.emit("S1", WRONG)


def basket_waits(stage: Stage) -> None:
    three(stage)
    do(stage, Deed.LOCK)


def hand_over(stage: Stage) -> None:
    three(stage)
    do(stage, Deed.HAND_OVER)


def pin_scene(stage: Stage, code: str, digits: int) -> None:
    who = stage.window.pages.of(ApprovePage).who
    if len(who.names.codes) > 1:
        who.names.choose(code)
    for digit in PINS[code][:digits]:
        who.pin.type(digit)


def approve_discount(stage: Stage) -> None:
    three(stage)
    do(stage, Deed.DISCOUNT_LINE)
    page = stage.window.pages.of(DiscountPage)
    page.value.setText("25")
    page._reasons.pick(0)  # noqa: SLF001 - the page gives it by its keys
    page.press()
    pin_scene(stage, "S1", 3)


def approve_wrong(stage: Stage) -> None:
    ask_void(stage)
    stage.window.pages.of(ApprovePage).given.emit("S2", WRONG)


def ask_void(stage: Stage) -> None:
    done_scene(stage)
    do(stage, Deed.RECEIPT)
    page = stage.window.pages.of(ReceiptsPage)
    page.one.void_wanted.emit(
        page.receipt.number if page.receipt else "", say_scene(stage, "คิดเงินผิด", "Mischarged")
    )


def new_person(stage: Stage) -> None:
    do(stage, Deed.STAFF)
    page = stage.window.pages.of(StaffPage)
    page.name.setText("ลำดวน")
    page.choose_role(Role.TRAINEE)
    for digit in "48291":
        page.pins.once.type(digit)


def new_pin(stage: Stage) -> None:
    do(stage, Deed.STAFF)
    page = stage.window.pages.of(StaffPage)
    page.names.choose("C1")
    for digit in "123456":
        page.pins.once.type(digit)


# --- the day ----------------------------------------------------------------------------------


def count_scene(grid: CountGrid, notes: dict[int, str]) -> None:
    for piece, pieces in notes.items():
        grid.field(piece).setText(pieces)


NOTES = {1000_00: "2", 500_00: "1", 100_00: "14", 20_00: "23", 10_00: "7", 5_00: "12", 25: "3"}


def counted_float(stage: Stage) -> None:
    page = stage.window.pages.of(OpenPage)
    count_scene(page.grid, NOTES)
    page.grid.field(10_00).take()


def nothing_counted(stage: Stage) -> None:
    stage.window.pages.of(OpenPage).press()


def drawer_scene(act: Act, *, amount: str = "", reason: int = 0) -> Play:
    def play(stage: Stage) -> None:
        do(stage, Deed.DRAWER)
        page = stage.window.pages.of(DrawerPage)
        page.choose(act)
        page.amount.setText(amount)
        if act is Act.CHANGE_DRAWER:
            page.name.setText("B")
        else:
            page.reasons.pick(reason)
        if act is Act.PICKUP:
            page.bag.setText("B-0043")

    return play


def drawer_done(stage: Stage) -> None:
    drawer_scene(Act.PAID_OUT, amount="120", reason=1)(stage)
    stage.window.pages.of(DrawerPage).press()


def no_reason(stage: Stage) -> None:
    do(stage, Deed.DRAWER)
    page = stage.window.pages.of(DrawerPage)
    page.amount.setText("500")
    page.press()


def z_scene(stage: Stage) -> None:
    stage.window.rooms.keeping._show_last_z()  # noqa: SLF001 - as the page's key does


def closing(stage: Stage) -> None:
    do(stage, Deed.CLOSE_DAY)
    count_scene(stage.window.pages.of(ClosePage).grid, NOTES)


def settled(off: int) -> Play:
    """Count what is there but for `off` satang."""

    def play(stage: Stage) -> None:
        expected = stage.desk.day.x().expected()
        do(stage, Deed.CLOSE_DAY)
        page = stage.window.pages.of(ClosePage)
        page.grid.loose.setText(f"{(expected['cash'] + off) / 100:.2f}")
        for key, amount in expected.items():
            if key != "cash" and amount:
                page.grid.field(key).setText(f"{amount / 100:.2f}")
        page.press()
        stage.settle()

    return play


def reason_missing(stage: Stage) -> None:
    settled(-350_00)(stage)
    stage.window.pages.of(ClosePage).press()


def closed_scene(stage: Stage) -> None:
    settled(20_00)(stage)
    page = stage.window.pages.of(ClosePage)
    page.settling.reasons.pick(0)
    page.settling.bag.setText("B-0044")
    page.press()
    stage.settle()


def packed_scene(stage: Stage) -> None:
    closed_scene(stage)
    page = stage.window.pages.of(ClosePage)
    page.press()
    stage.settle()
    rename_pack(page)


def rename_pack(page: ClosePage) -> None:
    """Show where a pack would lie on a counter's own computer."""
    lines = page.closed.lines_said.split("\n")
    shown = [f"E:/{Path(line).name}" if line.startswith("/") else line for line in lines]
    page.show_pack(shown)


def pack_failed(stage: Stage) -> None:
    closed_scene(stage)
    Path(stage.folder).write_text("no folder")
    stage.window.serving.doing.exported_to = f"{stage.folder}/E"
    stage.window.pages.of(ClosePage).press()
    stage.settle()
