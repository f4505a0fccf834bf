"""The first start of a till, and the people who work at it, by real keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.signing_host import (
    CLERK,
    PIN,
    WRONG,
    Fingers,
    Till,
    people,
    standing,
)
from tofan_pos import app as composition
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Role
from tofan_pos.ui.counter.staff_page import StaffPage

K = Qt.Key


@pytest.fixture
def till(tmp_path: Path, qtbot: QtBot) -> Iterator[Till]:
    with standing(tmp_path, qtbot) as till:
        yield till


@pytest.fixture
def staffed(till: Till) -> Till:
    """Return a till where people work; the first supervisor has it."""
    people(till.desk)
    return till


@pytest.fixture
def fingers(till: Till) -> Fingers:
    return Fingers(till)


def shown(till: Till) -> QWidget | None:
    return till.stack.currentWidget()


def test_the_first_start_makes_one_supervisor(till: Till, fingers: Fingers) -> None:
    till.signing.begin()
    assert shown(till) is till.first_run
    fingers.type("boss")
    fingers.press(K.Key_Return, "\r")
    fingers.type("Malee")
    fingers.press(K.Key_Return, "\r")
    fingers.type(PIN + PIN)
    fingers.press(K.Key_Return, "\r")
    access = till.desk.access
    assert shown(till) is till.selling
    assert access.who is not None
    assert (access.who.code, access.who.name, access.who.role) == ("BOSS", "Malee", Role.SUPERVISOR)
    assert not access.needs_first_run
    assert not till.first_run.pins.pin


def test_fingers_alone_can_set_a_till_up(till: Till) -> None:
    till.signing.begin()
    for digit in PIN + PIN:
        till.first_run.pins.pad.key(digit).click()
    till.first_run.begin_key.click()
    assert till.desk.access.by == "S1"


def test_a_trivial_pin_is_refused_before_it_is_typed_again(till: Till, fingers: Fingers) -> None:
    till.signing.begin()
    till.first_run.pins.take_keyboard()
    fingers.type("123456")
    assert till.first_run.notice.text
    assert till.first_run.pins.once.count == 0
    fingers.type(PIN + WRONG)
    assert "same" in till.first_run.notice.text
    assert till.first_run.pins.once.count == 0
    assert till.desk.access.needs_first_run


def test_a_bad_code_is_mended_in_its_own_field(till: Till, fingers: Fingers) -> None:
    till.signing.begin()
    fingers.type("ก")
    till.first_run.pins.take_keyboard()
    fingers.type(PIN)
    assert till.first_run.notice.text
    assert till.focusWidget() is till.first_run.code


def test_a_till_with_people_begins_locked_and_nobody_is_chosen(
    tmp_path: Path, staffed: Till, qtbot: QtBot
) -> None:
    again = composition.build_counter(tmp_path)
    other = Till(again, [0])
    qtbot.addWidget(other)
    other.signing.begin()
    assert shown(other) is other.lock
    assert not other.lock.who.names.code
    assert len(other.lock.who.names.codes) == len(staffed.desk.access.staff())
    again.close()


def test_somebody_is_added_and_signs_in(staffed: Till, fingers: Fingers) -> None:
    staffed.staffing.open_staff()
    page = staffed.pages.of(StaffPage)
    fingers.type("D7")
    fingers.press(K.Key_Return, "\r")
    fingers.type("Dao")
    page.choose_role(Role.TRAINEE)
    fingers.press(K.Key_Return, "\r")
    fingers.type(PIN + PIN)
    fingers.press(K.Key_Return, "\r")
    assert staffed.said == []
    assert "D7" in page.names.codes
    assert staffed.desk.access.sign_in("D7", PIN).role is Role.TRAINEE


def test_a_new_pin_takes_the_place_of_the_old_one(staffed: Till, fingers: Fingers) -> None:
    staffed.staffing.open_staff()
    page = staffed.pages.of(StaffPage)
    page.names.choose(CLERK)
    fingers.type("111111")
    assert staffed.why is Why.PIN_TRIVIAL
    fingers.type(WRONG + WRONG)
    fingers.press(K.Key_Return, "\r")
    assert staffed.desk.access.sign_in(CLERK, WRONG).code == CLERK
    with pytest.raises(Refusal):
        staffed.desk.access.sign_in(CLERK, PIN)


def test_a_code_that_is_taken_is_refused_where_it_stands(staffed: Till, fingers: Fingers) -> None:
    staffed.staffing.open_staff()
    fingers.type(CLERK)
    staffed.pages.of(StaffPage).pins.take_keyboard()
    fingers.type(PIN + PIN)
    fingers.press(K.Key_Return, "\r")
    assert staffed.why is Why.STAFF_EXISTS
    assert staffed.focusWidget() is staffed.pages.of(StaffPage).code
