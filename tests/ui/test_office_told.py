"""What is told of head office without being asked: on the line all day, on its page, and once."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.counter.headoffice import HeadOffice
from tests.ui.conftest import CODE, PIN, Open, ean
from tests.ui.office_host import cloud, open_page, told
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.domain.people import Role
from tofan_pos.domain.published import LEASE_DAYS
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.sales import write_moment
from tofan_pos.ui.counter.sending import Underway

CASHIER, CLERK_PIN = "C1", "251046"


# --- what stands on the screen all day ----------------------------------------------------------


def test_the_status_line_tells_what_waits_since_when_and_the_last_word(
    open_counter: Open,
) -> None:
    office = HeadOffice()
    counter = open_counter(language="en", before=office.enrol)
    waiting = counter.desk.outbox.waiting().count
    assert f"{waiting} not sent, oldest just now · acknowledged: none yet" in told(counter)
    head = counter.desk.store.journal_size()[0]
    counter.desk.dealings.take_acknowledgement(office.says(counter.desk, head - 2))
    counter.window.watch.look()
    assert "2 not sent, oldest just now · acknowledged 11:00" in told(counter)
    counter.clock[0] += timedelta(hours=24)
    counter.window.watch.look()
    assert cloud(counter) == ("cloud", False)
    counter.clock[0] += timedelta(minutes=1)
    counter.window.watch.look()
    assert cloud(counter) == ("cloud", True)
    assert "2 not sent, oldest 24 h · acknowledged 22 Nov 2026 11:00" in told(counter)
    counter.desk.dealings.take_acknowledgement(office.says(counter.desk, head))
    counter.window.watch.look()
    assert "Everything is sent · acknowledged" in told(counter)
    assert cloud(counter) == ("cloud", False)
    counter.desk.dealings.pause(paused=True)
    counter.window.watch.look()
    assert "paused" in told(counter)
    assert cloud(counter) == ("pause", False)


@pytest.mark.parametrize(
    ("standing", "said"),
    [(Standing.REVOKED, "The key is revoked · "), (Standing.RETIRED, "The till is retired · ")],
)
def test_a_till_that_head_office_is_done_with_says_so_first_and_in_red(
    open_counter: Open, standing: Standing, said: str
) -> None:
    office = HeadOffice()

    def before(desk: Desk) -> None:
        office.enrol(desk)
        desk.dealings.take_acknowledgement(office.says(desk, 2, standing=standing))

    counter = open_counter(language="en", before=before)
    (fact,) = (one for one in counter.window.status.facts if "acknowledged" in one.text)
    assert fact.text.startswith(said)
    assert fact.wrong
    assert "begin a new epoch" in fact.more
    page = open_page(counter)
    assert page.overview.mark == ("warning", "wrong")
    assert "begin a new epoch" in page.overview.state.text


@pytest.mark.parametrize(
    ("ailment", "mark"),
    [
        (None, ("check", "good")),
        (Ailment.NETWORK_DOWN, ("check", "good")),
        (Ailment.NETWORK_PORTAL, ("warning", "wrong")),
        (Ailment.TLS_UNTRUSTED, ("warning", "wrong")),
        (Ailment.CLOCK_WRONG, ("warning", "wrong")),
    ],
)
def test_no_green_tick_stands_above_trouble_that_is_for_a_person(
    open_counter: Open, ailment: Ailment | None, mark: tuple[str, str]
) -> None:
    counter = open_counter(language="en", before=HeadOffice().enrol)
    page = open_page(counter)
    sending = counter.window.rooms.office.sending
    sending.stands = Underway(problem=Trouble(ailment) if ailment else None)
    sending.changed.emit()
    assert page.overview.mark == mark


def test_no_green_tick_stands_above_what_has_waited_too_long(open_counter: Open) -> None:
    counter = open_counter(language="en", before=HeadOffice().enrol)
    page = open_page(counter)
    assert page.overview.mark == ("check", "good")
    counter.clock[0] += timedelta(hours=25)
    counter.window.rooms.office.look()
    assert page.overview.mark == ("warning", "wrong")


def test_no_green_tick_stands_above_backups_that_tell_too_much(
    open_counter: Open, tmp_path: Path
) -> None:
    def before(desk: Desk) -> None:
        HeadOffice().enrol(desk)
        old = write_moment(desk.clock() - timedelta(days=LEASE_DAYS + 1))
        with desk.journal.fact() as fact:
            fact.tx.tell_backup(f"{tmp_path}/drawer/TRY1-1-00000018.backup.sqlite3", old)

    counter = open_counter(language="en", before=before)
    page = open_page(counter)
    assert page.overview.mark == ("warning", "wrong")
    said = page.overview.outlived.text
    assert f"TRY1-1-00000018.backup.sqlite3 in {tmp_path}/drawer" in said


# --- what a supervisor has to know --------------------------------------------------------------


def test_why_an_epoch_began_is_told_to_a_supervisor_once_and_stays_on_the_page(
    open_counter: Open,
) -> None:
    def before(desk: Desk) -> None:
        desk.access.add_staff(CASHIER, "คนขายสอง", Role.CASHIER, CLERK_PIN)
        desk.epochs.begin(Beginning.RESTORED)
        desk.access.sign_in(CASHIER, CLERK_PIN)

    counter = open_counter(language="en", before=before)
    office = counter.window.rooms.office
    assert "backup" not in counter.window.notice.text
    counter.desk.access.sign_in(CODE, PIN)
    office.greet()
    assert "a backup was put in its place" in counter.window.notice.text
    assert "epoch 2" in counter.window.notice.text
    counter.window.telling.hush()
    office.greet()
    assert counter.window.notice.text == ""
    page = open_page(counter)
    assert "a backup was put in its place" in page.overview.began.text


def test_whoever_signs_in_with_a_say_is_told_at_the_lock(open_counter: Open) -> None:
    def before(desk: Desk) -> None:
        desk.epochs.begin(Beginning.MOVED)
        desk.access.lock()

    counter = open_counter(language="en", before=before)
    counter.window.guard.signing.lock()
    assert counter.window.covered
    counter.hands.type(PIN)
    counter.settle()
    assert not counter.window.covered
    assert "epoch 2" in counter.window.notice.text
    assert "carried here" in counter.window.notice.text


def test_a_clock_that_was_set_back_is_told(open_counter: Open) -> None:
    counter = open_counter(language="en")
    counter.clock[0] -= timedelta(hours=3)
    counter.hands.scan(ean(1))
    counter.hands.enter()
    counter.hands.enter()
    counter.settle()
    assert counter.sold() == 1
    assert "clock was set back by 3 h" in counter.window.notice.text
