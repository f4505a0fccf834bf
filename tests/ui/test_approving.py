"""A supervisor's word asked for in place, and the verb done with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.signing_host import (
    BOSS,
    CLERK,
    OTHER,
    PIN,
    WRONG,
    Fingers,
    Till,
    people,
    standing,
)
from tofan_pos.counter.access import Approval
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Right
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.page import Page
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
    staffed: Till, fingers: Fingers
) -> None:
    staffed.desk.access.sign_in(CLERK, PIN)
    still: list[Refusal] = []
    staffed.attempt.still.connect(still.append)
    done: list[object] = []
    staffed.attempt.run(lambda a: staffed.desk.access.warrant(Right.PAID_OUT, a), done.append)
    names = staffed.pages.of(ApprovePage).who.names
    names.choose(BOSS)
    fingers.type(WRONG)
    assert staffed.pages.shows(ApprovePage)
    for _ in range(4):
        fingers.type(WRONG)
    reasons = [problem.why for problem in staffed.said if isinstance(problem, Refusal)]
    assert reasons == [Why.PIN_WRONG] * 4 + [Why.PIN_LOCKED]
    assert "0:30" in names.tile(BOSS).accessibleName()
    staffed.ticks[0] += 5
    names.look()
    assert still[-1].facts["wait"] == 25
    quiet = staffed.quiet
    staffed.ticks[0] += 25
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
