"""Scenes of the till and its head office: how it stands, what is asked, and the way by stick."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.counter.headoffice import HeadOffice
from tests.screens.selling import three
from tests.screens.stage import Play, Stage, do
from tofan_pos.counter.courier import Step
from tofan_pos.counter.stick import to_folder_and_back
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.domain.published import LEASE_DAYS
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.enrolment import GRANT_SUFFIX, Beginning
from tofan_pos.sync.sales import write_moment
from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.office_overview import Wish
from tofan_pos.ui.counter.office_page import OfficePage
from tofan_pos.ui.counter.sending import Underway

SERVER = "https://pos.tofan.example"
OFFICE = "ทอฝัน ส่วนกลาง"


def enrolled(stage: Stage, *, standing: Standing = Standing.TRUSTED, server: str = SERVER) -> None:
    """Have head office trust the till and hold all but the last entries."""
    office = HeadOffice(OFFICE)
    dealings = stage.desk.dealings
    dealings.trust(office.grant(dealings.request(), server=server))
    head = stage.desk.store.journal_size()[0] - 3
    dealings.take_acknowledgement(office.says(stage.desk, head, standing=standing))
    stage.window.watch.look()


def stands(stage: Stage, underway: Underway) -> None:
    sending = stage.window.rooms.office.sending
    sending.stands = underway
    sending.changed.emit()
    stage.settle()


def page_of(stage: Stage) -> OfficePage:
    return stage.window.pages.of(OfficePage)


def office_new(stage: Stage) -> None:
    do(stage, Deed.OFFICE)


def office_trusted(stage: Stage) -> None:
    enrolled(stage)
    three(stage)
    do(stage, Deed.OFFICE)


def office_underway(underway: Underway) -> Play:
    def play(stage: Stage) -> None:
        enrolled(stage)
        do(stage, Deed.OFFICE)
        soon = stage.desk.clock() + timedelta(minutes=4)
        stands(stage, replace(underway, again_at=soon if underway.problem else None))

    return play


offline = office_underway(Underway(problem=Trouble(Ailment.NETWORK_DOWN)))
portal = office_underway(Underway(problem=Trouble(Ailment.NETWORK_PORTAL)))
listener = office_underway(Underway(problem=Trouble(Ailment.TLS_UNTRUSTED)))
under_way = office_underway(Underway(busy=True, step=Step.SENDING, at=1_200, of=3_450))


def selling_while_sent(stage: Stage) -> None:
    enrolled(stage)
    three(stage)
    stands(stage, Underway(busy=True, step=Step.SENDING, at=1, of=3))


def office_paused(stage: Stage) -> None:
    enrolled(stage)
    stage.desk.dealings.pause(paused=True)
    stage.window.watch.look()
    do(stage, Deed.OFFICE)


def office_stands(standing: Standing) -> Play:
    def play(stage: Stage) -> None:
        enrolled(stage, standing=standing)
        do(stage, Deed.OFFICE)

    return play


office_revoked, office_retired = map(office_stands, (Standing.REVOKED, Standing.RETIRED))


def office_restored(stage: Stage) -> None:
    enrolled(stage)
    stage.desk.epochs.begin(Beginning.RESTORED)
    do(stage, Deed.OFFICE)


def office_outlived(stage: Stage) -> None:
    """Two backups lie on a stick in a drawer, from before stories left."""
    enrolled(stage)
    old = write_moment(stage.desk.clock() - timedelta(days=LEASE_DAYS + 1))
    with stage.desk.journal.fact() as fact:
        for seq in (18, 40):
            fact.tx.tell_backup(f"{stage.folder}/drawer/TRY1-1-{seq:08d}.backup.sqlite3", old)
    do(stage, Deed.OFFICE)


def told_epoch(why: Beginning) -> Play:
    def play(stage: Stage) -> None:
        stage.desk.epochs.begin(why)
        stage.window.rooms.office.greet()
        stage.settle()

    return play


told_restored, told_copied = told_epoch(Beginning.RESTORED), told_epoch(Beginning.COPIED)


def told_clock(stage: Stage) -> None:
    with stage.desk.journal.fact() as fact:
        fact.at -= timedelta(hours=7)
        from tofan_pos.sync.events import ClockStepBody  # noqa: PLC0415 - here alone

        fact.write(ClockStepBody(seconds=7 * 3600))
    stage.window.rooms.office.greet()
    stage.settle()


def grant_asked(stage: Stage) -> None:
    folder = Path(stage.folder)
    folder.mkdir()
    content = HeadOffice(OFFICE).grant(stage.desk.dealings.request(), server=SERVER)
    (folder / f"TRY1-1{GRANT_SUFFIX}").write_bytes(content)
    do(stage, Deed.OFFICE)
    page_of(stage).carry_wanted.emit(str(folder))
    stage.settle()


def asked(wish: Wish) -> Play:
    def play(stage: Stage) -> None:
        enrolled(stage)
        do(stage, Deed.OFFICE)
        page_of(stage).wished.emit(wish)
        stage.settle()

    return play


def stick_offered(stage: Stage) -> None:
    enrolled(stage)
    plug_in(stage, "E:", "F:")
    do(stage, Deed.OFFICE)
    page_of(stage).wished.emit(Wish.STICK)
    stage.settle()


def stick_told(stage: Stage) -> None:
    three(stage)
    plug_in(stage)
    plug_in(stage, "E:")


def plug_in(stage: Stage, *drives: str) -> None:
    sticks = stage.window.rooms.office.sticks
    sticks.find = lambda: drives
    sticks.look()
    wait_for(stage, lambda: sticks.there == drives)


def wait_for(stage: Stage, done: Callable[[], bool]) -> None:
    for _ in range(200):
        stage.settle()
        if done():
            return


def stick_done(stage: Stage) -> None:
    office = HeadOffice(OFFICE)
    dealings = stage.desk.dealings
    dealings.trust(office.grant(dealings.request(), server=""))
    folder = Path(stage.folder)
    to_folder_and_back(dealings, stage.desk.outbox, folder)
    head = stage.desk.store.journal_size()[0] - 2
    (folder / "TRY1-1.tofanack").write_bytes(office.says(stage.desk, head))
    do(stage, Deed.OFFICE)
    page = page_of(stage)
    page.wished.emit(Wish.STICK)
    page.carry_wanted.emit(str(folder))
    stage.settle()
    page.stick.folder.setText("E:/tofan-export")


def stick_failed(stage: Stage) -> None:
    enrolled(stage)
    Path(stage.folder).write_text("no folder")
    do(stage, Deed.OFFICE)
    page = page_of(stage)
    page.wished.emit(Wish.STICK)
    page.carry_wanted.emit(f"{stage.folder}/E")
    stage.settle()
    page.stick.folder.setText("E:/tofan-export")


def approve_pause(stage: Stage) -> None:
    stage.desk.access.sign_in("S1", "482913")
    enrolled(stage)
    stage.desk.access.sign_in("C1", "251046")
    stage.window.watch.look()
    do(stage, Deed.OFFICE)
    page_of(stage).wished.emit(Wish.PAUSE)
    stage.settle()
