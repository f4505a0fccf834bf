"""Locking a till, unlocking it, and handing it over, by real keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.signing_host import (
    BOSS,
    CLERK,
    PIN,
    WRONG,
    Fingers,
    Till,
    people,
    standing,
)
from tofan_pos.domain.count import Count
from tofan_pos.domain.people import Role

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


def told(till: Till) -> str:
    return till.lock.notice.text


def test_six_digits_unlock_by_themselves(staffed: Till, fingers: Fingers) -> None:
    staffed.signing.lock()
    assert shown(staffed) is staffed.lock
    assert staffed.desk.access.who is None
    fingers.type(PIN)
    assert staffed.desk.access.by == BOSS
    assert shown(staffed) is staffed.selling
    assert fingers.presses == 6


def test_whoever_had_it_is_chosen_when_it_locks_and_nobody_when_it_is_handed_over(
    staffed: Till,
) -> None:
    staffed.signing.lock()
    assert staffed.lock.who.names.code == BOSS
    staffed.signing.hand_over()
    assert not staffed.lock.who.names.code


def test_a_hand_over_keeps_the_basket_and_tells_whose_it_is(
    staffed: Till, fingers: Fingers
) -> None:
    desk = staffed.desk
    desk.day.open(Count())
    desk.register.scan("TF-SCARF")
    desk.register.set_quantity(0, 3)
    basket = desk.register.basket
    staffed.signing.hand_over()
    assert "หัวหน้าหนึ่ง" in staffed.lock.waiting.text
    assert "3" in staffed.lock.waiting.text
    fingers.press(K.Key_Down)
    assert staffed.lock.who.names.code == CLERK
    fingers.type(PIN)
    assert desk.access.by == CLERK
    assert desk.register.basket == basket


def test_nothing_of_the_basket_is_seen_on_the_lock(staffed: Till) -> None:
    staffed.desk.day.open(Count())
    scanned = staffed.desk.register.scan("TF-SCARF")
    staffed.signing.lock()
    seen = [w.accessibleName() for w in staffed.lock.findChildren(QWidget) if w.isVisible()]
    seen += [w.text() for w in staffed.lock.findChildren(QLabel)]
    assert scanned is not None
    assert not [text for text in seen if "Indigo" in text or "590" in text]


def test_a_wrong_pin_is_forgotten_counted_and_told(staffed: Till, fingers: Fingers) -> None:
    staffed.signing.lock()
    fingers.type(WRONG)
    assert staffed.desk.access.who is None
    assert staffed.lock.who.pin.count == 0
    assert told(staffed)
    assert staffed.desk.store.failures(BOSS)[0] == 1
    fingers.type(PIN[0])
    assert not told(staffed)
    fingers.type(PIN[1:])
    assert staffed.desk.access.by == BOSS


def test_whoever_is_shut_out_sees_the_wait_run_down_while_others_sign_in(
    staffed: Till, fingers: Fingers
) -> None:
    staffed.signing.lock()
    for _ in range(5):
        fingers.type(WRONG)
    names = staffed.lock.who.names
    assert "0:30" in names.tile(BOSS).accessibleName()
    staffed.ticks[0] += 10
    names.look()
    assert "0:20" in names.tile(BOSS).accessibleName()
    assert "20" in told(staffed)
    fingers.type(PIN)
    assert staffed.desk.access.who is None
    names.choose(CLERK)
    assert "0:20" in names.tile(BOSS).accessibleName()
    fingers.type(PIN)
    assert staffed.desk.access.by == CLERK


def test_a_wait_outlives_the_lock_page_and_ends(staffed: Till, fingers: Fingers) -> None:
    staffed.signing.lock()
    for _ in range(5):
        fingers.type(WRONG)
    staffed.lock.who.names.choose(CLERK)
    fingers.type(PIN)
    staffed.ticks[0] += 12
    staffed.signing.lock()
    names = staffed.lock.who.names
    assert "0:18" in names.tile(BOSS).accessibleName()
    staffed.ticks[0] += 18
    names.look()
    assert ":" not in names.tile(BOSS).accessibleName()
    assert not names.left(BOSS)
    names.choose(BOSS)
    fingers.type(PIN)
    assert staffed.desk.access.by == BOSS


def test_no_key_reaches_what_the_lock_covers(staffed: Till, fingers: Fingers) -> None:
    staffed.signing.hand_over()
    for key in (K.Key_F2, K.Key_F12, K.Key_Escape, K.Key_Delete, K.Key_Return):
        fingers.press(key)
    fingers.type("scarf")
    assert staffed.field.text() == ""
    assert shown(staffed) is staffed.lock


@pytest.mark.parametrize("more", [0, 8], ids=["few", "many"])
def test_one_key_or_touch_asks_for_language_and_for_training(
    staffed: Till, fingers: Fingers, qtbot: QtBot, more: int
) -> None:
    for number in range(more):
        staffed.desk.access.add_staff(f"N{number}", "", Role.CASHIER, PIN)
    staffed.signing.hand_over()
    with qtbot.waitSignal(staffed.signing.language_wanted):
        fingers.press(K.Key_F9)
    with qtbot.waitSignal(staffed.signing.training_wanted):
        fingers.press(K.Key_F5)
    assert "F5" in staffed.lock.training_key.accessibleName()
    with qtbot.waitSignal(staffed.signing.training_wanted):
        staffed.lock.training_key.click()


def test_of_many_people_a_code_is_typed_or_scanned(staffed: Till, fingers: Fingers) -> None:
    for number in range(20, 28):
        staffed.desk.access.add_staff(f"N{number}", "", Role.CASHIER, PIN)
    staffed.signing.hand_over()
    assert staffed.focusWidget() is staffed.lock.who.code
    fingers.type("zz9")
    fingers.press(K.Key_Return, "\r")
    assert told(staffed)
    fingers.type("n25")
    fingers.press(K.Key_Return, "\r")
    fingers.type(PIN)
    assert staffed.desk.access.by == "N25"


def test_a_wait_is_forgotten_with_a_new_pin(staffed: Till, fingers: Fingers) -> None:
    staffed.signing.hand_over()
    staffed.lock.who.names.choose(CLERK)
    for _ in range(5):
        fingers.type(WRONG)
    staffed.lock.who.names.choose(BOSS)
    fingers.type(PIN)
    staffed.desk.access.change_pin(CLERK, WRONG)
    staffed.signing.hand_over()
    staffed.lock.who.names.choose(CLERK)
    fingers.type(WRONG)
    assert staffed.desk.access.by == CLERK
