"""Signing in, locking, handing over, approving in place, and the first start, by real keys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.counter.tills import make_till
from tests.ui.signing_host import (
    BOSS,
    CLERK,
    OTHER,
    PIN,
    THAI_DIGITS,
    WRONG,
    Fingers,
    Till,
    people,
)
from tofan_pos import app as composition
from tofan_pos.counter.access import Approval
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Right, Role
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.staff_page import StaffPage
from tofan_pos.ui.kit.pin import PinField

KEYPAD = Qt.KeyboardModifier.KeypadModifier
K = Qt.Key


@pytest.fixture
def ticks() -> list[int]:
    """Return the seconds since the computer started, to be moved."""
    return [10_000]


@pytest.fixture
def desk(tmp_path: Path, ticks: list[int]) -> Iterator[Desk]:
    make_till(tmp_path)
    desk = composition.build_counter(tmp_path, ticks=lambda: ticks[0])
    yield desk
    desk.close()


@pytest.fixture
def till(desk: Desk, ticks: list[int], qtbot: QtBot) -> Iterator[Till]:
    till = Till(desk, lambda: ticks[0])
    qtbot.addWidget(till)
    with qtbot.waitExposed(till):
        till.show()
    till.activateWindow()
    qtbot.waitUntil(till.isActiveWindow)
    yield till
    till.hide()


@pytest.fixture
def staffed(till: Till) -> Till:
    """Return a till where people work; the first supervisor has it."""
    people(till.desk)
    return till


@pytest.fixture
def fingers(till: Till) -> Fingers:
    return Fingers(till)


def shown(till: Till) -> QWidget:
    return till.stack.currentWidget()


def told(till: Till) -> str:
    return till.lock.notice.text


# --- the lock -------------------------------------------------------------------------------------


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
    assert "สมหญิง" in staffed.lock.waiting.text
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
    staffed: Till, fingers: Fingers, ticks: list[int]
) -> None:
    staffed.signing.lock()
    for _ in range(5):
        fingers.type(WRONG)
    names = staffed.lock.who.names
    assert "0:30" in names.tile(BOSS).accessibleName()
    ticks[0] += 10
    names.look()
    assert "0:20" in names.tile(BOSS).accessibleName()
    assert "20" in told(staffed)
    fingers.type(PIN)
    assert staffed.desk.access.who is None
    names.choose(CLERK)
    assert "0:20" in names.tile(BOSS).accessibleName()
    fingers.type(PIN)
    assert staffed.desk.access.by == CLERK


def test_a_wait_outlives_the_lock_page_and_ends(
    staffed: Till, fingers: Fingers, ticks: list[int]
) -> None:
    staffed.signing.lock()
    for _ in range(5):
        fingers.type(WRONG)
    staffed.lock.who.names.choose(CLERK)
    fingers.type(PIN)
    ticks[0] += 12
    staffed.signing.lock()
    names = staffed.lock.who.names
    assert "0:18" in names.tile(BOSS).accessibleName()
    ticks[0] += 18
    names.look()
    assert ":" not in names.tile(BOSS).accessibleName()
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


def test_f9_and_the_quiet_keys_ask_for_language_and_training(
    staffed: Till, fingers: Fingers, qtbot: QtBot
) -> None:
    staffed.signing.lock()
    with qtbot.waitSignal(staffed.signing.language_wanted):
        fingers.press(K.Key_F9)
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


# --- how a PIN is typed ---------------------------------------------------------------------------


@pytest.fixture
def pin(qtbot: QtBot) -> PinField:
    field = PinField()
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    return field


@pytest.mark.parametrize(
    "write",
    [
        str,
        lambda digit: THAI_DIGITS[digit],
        lambda digit: chr(ord("๐") + int(digit)),
    ],
    ids=["latin", "thai layout", "thai digits"],
)
def test_a_pin_is_the_same_in_every_layout(
    staffed: Till, fingers: Fingers, write: Callable[[str], str]
) -> None:
    staffed.signing.lock()
    fingers.type("".join(write(digit) for digit in PIN))
    assert staffed.desk.access.by == BOSS


def test_the_keypad_and_fingers_type_it_too(staffed: Till, fingers: Fingers) -> None:
    staffed.signing.lock()
    fingers.press(K.Key_Slash, "/", held=KEYPAD)
    fingers.press(K.Key_Minus, "-", held=KEYPAD)
    assert staffed.lock.who.pin.count == 0
    for digit in PIN[:3]:
        fingers.press(K(ord(digit)), digit, held=KEYPAD)
    for digit in PIN[3:]:
        staffed.lock.who.pad.key(digit).click()
    assert staffed.desk.access.by == BOSS


def test_a_scan_is_no_pin_and_no_wrong_one(staffed: Till, fingers: Fingers) -> None:
    staffed.signing.lock()
    fingers.scan("8850123456784")
    fingers.scan("TF-SCARF")
    assert staffed.desk.store.failures(BOSS)[0] == 0
    fingers.type(PIN)
    assert staffed.desk.access.by == BOSS


def test_a_held_key_is_one_digit(staffed: Till, fingers: Fingers) -> None:
    staffed.signing.lock()
    fingers.press(K.Key_1, "1")
    for _ in range(9):
        fingers.press(K.Key_1, "1", repeated=True)
    assert staffed.lock.who.pin.count == 1
    fingers.press(K.Key_Backspace)
    assert staffed.lock.who.pin.count == 0


def test_a_pin_stands_nowhere_on_screen(staffed: Till, fingers: Fingers) -> None:
    staffed.signing.lock()
    fingers.type(PIN[:5])
    for widget in (staffed.lock, *staffed.lock.findChildren(QWidget)):
        names = (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
        texts = [*names, repr(widget)]
        texts += [w.text() for w in (widget,) if isinstance(w, (QLabel, QPushButton))]
        assert not [text for text in texts if PIN[:5] in text]


def test_a_pin_is_forgotten_when_it_is_no_longer_seen(pin: PinField) -> None:
    for digit in PIN[:4]:
        pin.type(digit)
    assert pin.count == 4
    pin.hide()
    assert (pin.count, pin.pin) == (0, "")


# --- approvals ------------------------------------------------------------------------------------


def clerk_has_it(till: Till) -> None:
    till.desk.access.sign_in(CLERK, PIN)
    till.desk.day.open(Count())


def test_an_approval_is_asked_in_place_and_the_verb_done_again(
    staffed: Till, fingers: Fingers
) -> None:
    clerk_has_it(staffed)
    done: list[object] = []
    staffed.attempt.run(
        lambda approval: staffed.desk.drawer.no_sale("แลกเงิน", approval=approval),
        done.append,
        about="V000012",
    )
    page = staffed.pages.of(ApprovePage)
    assert staffed.pages.shows(ApprovePage)
    assert "V000012" in page.asked.text
    assert page.who.names.codes == [BOSS, OTHER]
    assert not done
    fingers.press(K.Key_Down)
    fingers.type(PIN)
    assert len(done) == 1
    assert type(staffed.pages.shown) is Page
    assert staffed.focusWidget() is staffed.field


def test_one_supervisor_is_chosen_already_and_never_whoever_asks(
    staffed: Till, fingers: Fingers
) -> None:
    staffed.attempt.run(
        lambda approval: staffed.desk.access.second(Right.CLOSE_SESSION, approval), lambda _: None
    )
    page = staffed.pages.of(ApprovePage)
    assert page.who.names.codes == [OTHER]
    assert page.who.names.code == OTHER
    fingers.type(PIN)
    assert not staffed.said
    assert not staffed.attempt.asking


def test_escape_changes_nothing_and_goes_back_to_the_page_before(
    staffed: Till, fingers: Fingers
) -> None:
    staffed.desk.access.sign_in(CLERK, PIN)
    staffed.pages.turn_to(StaffPage)
    entries = staffed.desk.store.journal_size()
    done: list[object] = []
    asked: list[Approval | None] = []

    def verb(approval: Approval | None) -> object:
        asked.append(approval)
        return staffed.desk.access.override(Right.PRICE_OVERRIDE, "TF-SCARF", approval)

    staffed.attempt.run(verb, done.append)
    fingers.press(K.Key_Down)
    fingers.type(PIN[:4])
    fingers.press(K.Key_Escape)
    assert staffed.pages.shows(StaffPage)
    assert staffed.pages.of(ApprovePage).who.pin.count == 0
    assert (done, asked) == ([], [None])
    assert staffed.desk.store.journal_size() == entries


def test_another_page_gives_the_question_up(staffed: Till, fingers: Fingers) -> None:
    staffed.desk.access.sign_in(CLERK, PIN)
    done: list[object] = []
    staffed.attempt.run(lambda a: staffed.desk.access.warrant(Right.PAID_OUT, a), done.append)
    staffed.pages.turn_to(StaffPage)
    assert not staffed.attempt.asking
    staffed.pages.of(ApprovePage).given.emit(BOSS, PIN)
    fingers.press(K.Key_Escape)
    assert not done


def test_wrong_pins_are_told_and_shut_a_supervisor_out_there_too(
    staffed: Till, fingers: Fingers, ticks: list[int]
) -> None:
    staffed.desk.access.sign_in(CLERK, PIN)
    still: list[Refusal] = []
    staffed.attempt.still.connect(still.append)
    done: list[object] = []
    staffed.attempt.run(lambda a: staffed.desk.access.warrant(Right.PAID_OUT, a), done.append)
    names = staffed.pages.of(ApprovePage).who.names
    names.choose(BOSS)
    fingers.type(WRONG)
    assert staffed.why is Why.PIN_WRONG
    assert staffed.pages.shows(ApprovePage)
    for _ in range(4):
        fingers.type(WRONG)
    assert staffed.why is Why.PIN_LOCKED
    assert "0:30" in names.tile(BOSS).accessibleName()
    ticks[0] += 5
    names.look()
    assert still[-1].facts["wait"] == 25
    quiet = staffed.quiet
    ticks[0] += 25
    names.look()
    assert staffed.quiet == quiet + 1
    fingers.type(PIN)
    assert len(done) == 1


def test_without_another_supervisor_it_says_so(till: Till, fingers: Fingers) -> None:
    till.desk.access.first_supervisor(BOSS, "", PIN)
    till.attempt.run(lambda a: till.desk.access.second(Right.CLOSE_SESSION, a), lambda _: None)
    assert till.pages.shows(ApprovePage)
    assert not till.pages.of(ApprovePage).who.isVisible()
    fingers.press(K.Key_Escape)
    assert type(till.pages.shown) is Page


def test_what_nobody_can_approve_is_refused_without_asking(staffed: Till) -> None:
    staffed.desk.access.sign_in(CLERK, PIN)
    staffed.staffing.open_staff()
    assert staffed.why is Why.NOT_ALLOWED
    assert type(staffed.pages.shown) is Page


# --- the first start ------------------------------------------------------------------------------


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
    other = Till(again, lambda: 0)
    qtbot.addWidget(other)
    other.signing.begin()
    assert shown(other) is other.lock
    assert not other.lock.who.names.code
    assert len(other.lock.who.names.codes) == len(staffed.desk.access.staff())
    again.close()


# --- the people -----------------------------------------------------------------------------------


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
