"""The page of head office, by keyboard alone and by touch alone: who trusts whom, and its keys."""

from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from tests.counter.headoffice import HeadOffice
from tests.ui.conftest import PIN, Counter, Open, ean
from tests.ui.office_host import K, cloud, open_page, page_of, touch, touch_main
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.domain.people import Role
from tofan_pos.printing.codes import qr
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.enrolment import GRANT_SUFFIX, request_in
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.request_code import request_letter
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.menu import MenuPage
from tofan_pos.ui.counter.office_overview import Wish
from tofan_pos.ui.counter.office_page import OfficePage
from tofan_pos.ui.counter.sending import Carriage
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.kit.text import Line
from tofan_pos.ui.kit.tokens import TARGET

CASHIER, TRAINEE = "C1", "T1"
CLERK_PIN = "251046"


def staff(desk: Desk) -> None:
    desk.access.add_staff(CASHIER, "คนขายสอง", Role.CASHIER, CLERK_PIN)
    desk.access.add_staff(TRAINEE, "ผู้ฝึกหัดหนึ่ง", Role.TRAINEE, CLERK_PIN)


def grant_in(folder: Path, counter: Counter, office: HeadOffice) -> None:
    folder.mkdir(exist_ok=True)
    content = office.grant(counter.desk.dealings.request())
    (folder / f"TRY1-1{GRANT_SUFFIX}").write_bytes(content)


def to_nobody(_: Desk) -> Carriage:
    def nobody(_: str) -> NoReturn:
        raise Trouble(Ailment.NETWORK_DOWN)

    return Carriage(courier_to=nobody)


def type_folder(counter: Counter, folder: Path) -> None:
    counter.hands.press(K.Key_F4)
    counter.hands.type(str(folder))
    counter.hands.enter()
    counter.settle()


def asked_of_a_supervisor(counter: Counter) -> str:
    assert counter.window.pages.shows(ApprovePage)
    return counter.window.pages.of(ApprovePage).asked.text


# --- the page -----------------------------------------------------------------------------------


def test_one_key_opens_it_and_the_same_key_leaves(counter: Counter) -> None:
    open_page(counter)
    counter.hands.press(K.Key_F12, held=Qt.KeyboardModifier.ShiftModifier)
    assert counter.window.pages.shows(ShelfPage)
    open_page(counter)
    counter.hands.press(K.Key_Escape)
    assert counter.window.pages.shows(ShelfPage)


def test_one_act_has_one_name_and_the_keyboard_shows_where_it_is(open_counter: Open) -> None:
    counter = open_counter(language="en")
    page = open_page(counter)
    main = page.main_key(counter.window.say)
    assert main is not None
    assert main.text == page.overview.keys[Wish.STICK].text()
    assert page.overview.is_ringed
    counter.hands.press(K.Key_F2)
    assert not page.overview.is_ringed
    assert any(word.text() == "F2" for word in page.overview.findChildren(Line))


def test_a_finger_gets_there_by_the_menu(open_counter: Open) -> None:
    counter = open_counter(language="en")
    counter.window.menu_key.click()
    assert counter.window.pages.shows(MenuPage)
    touch(counter, "Head office")
    assert counter.window.pages.shows(OfficePage)
    touch(counter, "Back")
    assert counter.window.pages.shows(ShelfPage)


def test_a_till_that_is_not_enrolled_shows_its_request(open_counter: Open) -> None:
    counter = open_counter(language="en")
    page = open_page(counter)
    dealings = counter.desk.dealings
    assert page.overview.till_print.text == dealings.fingerprint
    assert page.overview.office_print.text == ""
    assert "not enrolled" in page.overview.state.text
    assert "Selling goes on" in page.overview.state.text
    assert page.view is not None
    letter = request_letter(page.view.request)
    assert letter == dealings.request()
    assert request_in(letter).fingerprint == dealings.fingerprint
    assert tuple(page.overview.code.rows) == qr(page.view.request)


def test_the_request_is_saved_as_a_file(open_counter: Open, tmp_path: Path) -> None:
    counter = open_counter(language="en")
    sticks = counter.window.rooms.office.sticks
    sticks.find = lambda: (str(tmp_path / "stick"),)
    sticks.look()
    counter.bot.waitUntil(lambda: bool(sticks.there), timeout=15_000)
    open_page(counter)
    counter.hands.press(K.Key_F3)
    counter.settle()
    written = tmp_path / "stick" / "tofan-export" / "TRY1-1.tofanreq"
    assert written.read_bytes() == counter.desk.dealings.request()
    assert str(written) in counter.window.notice.text


# --- trusting head office -----------------------------------------------------------------------


def test_a_grant_is_accepted_by_keys_alone(open_counter: Open, tmp_path: Path) -> None:
    counter, office = open_counter(language="en"), HeadOffice("Central")
    grant_in(tmp_path / "stick", counter, office)
    page = open_page(counter)
    type_folder(counter, tmp_path / "stick")
    assert page.asking
    assert page.asked.fingerprint.text == fingerprint(office.key.public)
    assert "Central" in page.asked.title.text
    counter.hands.enter()  # no yes by an Enter too many
    assert counter.desk.dealings.known().office_key == b""
    assert page.asking
    counter.hands.press(K.Key_F12)
    counter.settle()
    known = counter.desk.dealings.known()
    assert known.office_key == office.key.public
    assert page.overview.office_print.text == counter.desk.dealings.office_fingerprint
    assert page.overview.state.text == "Head office trusts this till."
    assert "from now on" in counter.window.notice.text
    assert page.overview.code.rows == ()


def test_a_grant_is_accepted_by_touch_alone(open_counter: Open, tmp_path: Path) -> None:
    counter, office = open_counter(language="en"), HeadOffice()
    stick = tmp_path / "stick"
    stick.mkdir()
    grant_in(stick / "tofan-export", counter, office)
    sticks = counter.window.rooms.office.sticks
    sticks.find = lambda: (str(stick),)
    sticks.look()
    counter.bot.waitUntil(lambda: bool(sticks.there), timeout=15_000)
    counter.window.menu_key.click()
    touch(counter, "Head office")
    touch_main(counter)
    assert page_of(counter).asking
    touch(counter, "It is the same")
    assert counter.desk.dealings.known().office_key == office.key.public


def test_what_differs_is_not_trusted(open_counter: Open, tmp_path: Path) -> None:
    counter = open_counter(language="en")
    grant_in(tmp_path / "stick", counter, HeadOffice("Somebody"))
    page = open_page(counter)
    type_folder(counter, tmp_path / "stick")
    counter.hands.press(K.Key_Escape)
    assert not page.asking
    assert counter.desk.dealings.known().office_key == b""
    assert "differs" in counter.window.notice.text


def test_another_head_office_is_called_another(open_counter: Open, tmp_path: Path) -> None:
    counter = open_counter(language="en", before=HeadOffice("first").enrol)
    grant_in(tmp_path / "stick", counter, HeadOffice("second"))
    page = open_page(counter)
    type_folder(counter, tmp_path / "stick")
    assert page.asking
    assert "not the head office" in page.asked.question.text(counter.window.say)  # type: ignore[union-attr]


def test_a_grant_of_the_one_that_is_trusted_asks_nothing(
    open_counter: Open, tmp_path: Path
) -> None:
    office = HeadOffice()
    counter = open_counter(language="en", before=office.enrol)
    grant_in(tmp_path / "stick", counter, office)
    page = open_page(counter)
    type_folder(counter, tmp_path / "stick")
    assert not page.asking
    assert "safe to remove" in page.stick.said


# --- its keys -----------------------------------------------------------------------------------


def test_a_cashier_pauses_on_a_supervisors_word(open_counter: Open) -> None:
    office = HeadOffice()

    def before(desk: Desk) -> None:
        staff(desk)
        office.enrol(desk)
        desk.dealings.set_server("https://pos.example")
        desk.access.sign_in(CASHIER, CLERK_PIN)

    counter = open_counter(language="en", before=before, carriage=to_nobody)
    open_page(counter)
    counter.hands.press(K.Key_F6)
    assert asked_of_a_supervisor(counter).startswith("Pause sending")
    counter.hands.type(PIN)
    assert counter.window.pages.shows(OfficePage)
    assert counter.desk.dealings.known().paused
    assert cloud(counter) == ("pause", False)
    counter.hands.press(K.Key_F6)
    assert asked_of_a_supervisor(counter).startswith("Resume sending")
    counter.hands.type(PIN)
    assert not counter.desk.dealings.known().paused


@pytest.mark.parametrize(
    ("key", "act"), [(K.Key_F7, "Change this till's key"), (K.Key_F8, "Begin a new epoch")]
)
def test_a_supervisor_reads_what_is_to_be_done_to_the_key(
    open_counter: Open, key: Qt.Key, act: str
) -> None:
    def before(desk: Desk) -> None:
        staff(desk)
        HeadOffice().enrol(desk)
        desk.access.sign_in(CASHIER, CLERK_PIN)

    counter = open_counter(language="en", before=before)
    open_page(counter)
    counter.hands.press(key)
    counter.hands.press(K.Key_F12)
    assert asked_of_a_supervisor(counter).startswith(act)
    counter.window.turn_language()
    assert not asked_of_a_supervisor(counter).startswith(act)


def test_somebody_who_learns_may_change_nothing(open_counter: Open) -> None:
    def before(desk: Desk) -> None:
        staff(desk)
        desk.access.sign_in(TRAINEE, CLERK_PIN)

    counter = open_counter(language="en", before=before)
    entries = counter.desk.store.journal_size()
    page = open_page(counter)
    counter.hands.press(K.Key_F8)
    counter.hands.press(K.Key_F12)
    assert page.isVisible()
    assert counter.desk.store.journal_size() == entries
    assert counter.window.notice.text


def test_the_address_is_typed_kept_and_refused(open_counter: Open) -> None:
    counter = open_counter(language="en")
    page = open_page(counter)
    counter.hands.press(K.Key_F2)
    counter.hands.type("http://pos.example")
    counter.hands.enter()
    assert "no address" in counter.window.notice.text
    assert counter.desk.dealings.known().server == ""
    assert page.overview.address == "http://pos.example"
    counter.hands.press(K.Key_Escape)
    assert page.overview.address == ""
    counter.hands.press(K.Key_F2)
    counter.hands.type("https://pos.example:8443")
    counter.hands.enter()
    assert counter.desk.dealings.known().server == "https://pos.example:8443"
    assert "kept" in counter.window.notice.text


def test_the_key_is_changed_once_it_was_asked_twice(open_counter: Open) -> None:
    counter = open_counter(language="en", before=HeadOffice().enrol)
    page, before = open_page(counter), counter.desk.dealings.fingerprint
    counter.hands.press(K.Key_F7)
    assert page.asking
    counter.hands.press(K.Key_Escape)
    assert counter.desk.dealings.fingerprint == before
    counter.hands.press(K.Key_F7)
    counter.hands.press(K.Key_F12)
    assert counter.desk.dealings.fingerprint != before
    assert page.overview.till_print.text == counter.desk.dealings.fingerprint
    counter.hands.press(K.Key_F7)
    counter.hands.press(K.Key_F12)
    assert "Send first" in counter.window.notice.text


def test_a_new_epoch_is_begun_and_asks_for_enrolling(open_counter: Open) -> None:
    office = HeadOffice()

    def before(desk: Desk) -> None:
        office.enrol(desk)
        desk.dealings.take_acknowledgement(office.says(desk, 2, standing=Standing.REVOKED))

    counter = open_counter(language="en", before=before)
    page = open_page(counter)
    assert "revoked" in page.overview.state.text
    assert cloud(counter)[1]
    counter.hands.enter()  # the large key says so
    assert page.asking
    counter.hands.press(K.Key_F12)
    counter.settle()
    assert counter.desk.identity.epoch == 2
    assert "epoch 2" in page.overview.state.text
    assert page.overview.code.rows
    assert page.overview.till_print.text == counter.desk.dealings.fingerprint


def test_a_scan_on_the_page_is_sold(counter: Counter) -> None:
    open_page(counter)
    counter.hands.scan(ean(1))
    assert counter.quantities == {"CL-1": 1}
    open_page(counter)
    counter.hands.press(K.Key_F2)
    counter.hands.scan(ean(1))
    assert counter.quantities == {"CL-1": 2}


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("enrolled", [True, False])
def test_every_control_has_a_name_and_is_large_enough(
    open_counter: Open, language: str, *, enrolled: bool
) -> None:
    counter = open_counter(
        language=language, before=HeadOffice().enrol if enrolled else lambda _: None
    )
    page = open_page(counter)
    for wish in (None, Wish.STICK, Wish.EPOCH):
        if wish is not None:
            page.show_overview()
            page.wished.emit(wish)
        counter.settle()
        for control in counter.window.findChildren(QWidget):
            if isinstance(control, QAbstractButton | QLineEdit) and control.isVisible():
                where = f"{type(control).__name__} {control.accessibleName()!r}"
                assert control.accessibleName().strip(), where
                assert min(control.height(), control.width()) >= TARGET, where
