"""A stick that is plugged in is noticed, written to with two keys, and its answers are taken."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.counter.headoffice import HeadOffice
from tests.counter.publishing import published
from tests.ui.conftest import Counter, Open, ean
from tests.ui.office_host import K, open_page, page_of
from tofan_pos.sync.contact import Standing, ack_name
from tofan_pos.sync.published import catalogue_name
from tofan_pos.ui.counter.office_page import OfficePage
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.counter.sticks import FOLDER, Sticks, places, sticks_in

SHIFT = Qt.KeyboardModifier.ShiftModifier


def in_folder(media: Path) -> tuple[str, ...]:
    return tuple(str(path) for path in sorted(media.iterdir()))


def plugged_in(counter: Counter, media: Path, name: str = "STICK") -> Path:
    """Let a stick appear, as the system lets it."""
    stick = media / name
    stick.mkdir(parents=True)
    sticks = counter.window.rooms.office.sticks
    sticks.look()
    counter.bot.waitUntil(lambda: str(stick) in sticks.there, timeout=15_000)
    return stick


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    folder.mkdir()
    return folder


@pytest.fixture
def counter(open_counter: Open, media: Path) -> Counter:
    counter = open_counter(language="en", before=HeadOffice().enrol)
    sticks = counter.window.rooms.office.sticks
    sticks.find = lambda: in_folder(media)
    sticks.look()
    counter.bot.waitUntil(lambda: not sticks.busy, timeout=15_000)
    return counter


def test_it_is_offered_and_two_keys_write_and_take(counter: Counter, media: Path) -> None:
    stick = plugged_in(counter, media)
    assert "A stick is in" in counter.window.notice.text
    assert counter.window.pages.shows(ShelfPage)
    counter.hands.press(K.Key_F12, held=SHIFT)
    counter.hands.enter()
    counter.settle()
    page = page_of(counter)
    assert "safe to remove" in page.stick.said
    files = sorted(path.name for path in (stick / FOLDER).iterdir())
    assert [name for name in files if name.endswith(".tofan")] == files
    assert "Take it to head office" in page.stick.said
    assert "once head office has answered" in page.stick.said
    counter.hands.enter()
    assert not page.carrying
    counter.hands.press(K.Key_Escape)
    assert counter.window.pages.shows(ShelfPage)


def test_what_head_office_answered_is_taken_with_it(counter: Counter, media: Path) -> None:
    office, desk = HeadOffice(), counter.desk
    stick = plugged_in(counter, media)
    (stick / FOLDER).mkdir()
    head = desk.store.journal_size()[0]
    (stick / FOLDER / ack_name("TRY1", 1)).write_bytes(office.says(desk, head))
    open_page(counter)
    counter.hands.enter()
    counter.settle()
    assert desk.dealings.known().acked == head
    said = page_of(counter).stick.said
    assert f"acknowledged up to entry {head}" in said
    assert "Nothing had to be written" in said
    assert "Take it to head office" not in said


def test_only_what_is_plugged_in_since_is_announced(qtbot: QtBot, media: Path) -> None:
    (media / "OLD").mkdir()
    sticks, came = Sticks(find=lambda: in_folder(media)), list[str]()
    sticks.came.connect(came.append)
    with qtbot.waitSignal(sticks.changed):
        sticks.begin()
    assert sticks.there == (str(media / "OLD"),)
    (media / "NEW").mkdir()
    with qtbot.waitSignal(sticks.changed):
        sticks.look()
    assert came == [str(media / "NEW")]
    sticks.close()
    sticks.deleteLater()


def test_it_never_takes_the_place_of_another_sentence(counter: Counter, media: Path) -> None:
    counter.hands.scan("2000000010013")
    before = counter.window.notice.text
    assert before
    plugged_in(counter, media)
    assert counter.window.notice.text == before


def test_selling_goes_on_while_it_is_offered(counter: Counter, media: Path) -> None:
    plugged_in(counter, media)
    counter.hands.scan(ean(1))
    assert counter.quantities == {"CL-1": 1}
    assert counter.window.notice.text == ""


def test_a_stick_that_was_pulled_is_said_and_nothing_is_lost(counter: Counter, media: Path) -> None:
    stick = plugged_in(counter, media)
    open_page(counter)
    stick.rmdir()
    stick.write_text("gone")
    waiting = counter.desk.outbox.waiting().count
    counter.hands.enter()
    counter.settle()
    assert "cannot be written" in page_of(counter).stick.said
    assert counter.desk.outbox.waiting().count == waiting
    assert counter.window.pages.shows(OfficePage)
    stick.unlink()
    stick.mkdir()
    counter.hands.enter()  # in again: the same key writes
    counter.settle()
    assert "safe to remove" in page_of(counter).stick.said


@pytest.mark.skipif(os.name != "posix", reason="places are named as on POSIX systems")
def test_sticks_are_offered_before_the_persons_own_folder() -> None:
    offered = places(("/media/me/A", "/media/me/B"))
    assert offered[:2] == [f"/media/me/A/{FOLDER}", f"/media/me/B/{FOLDER}"]
    assert len(offered) == 3


def test_what_the_system_tells_is_asked_on_a_thread_of_its_own(qtbot: QtBot) -> None:
    sticks = Sticks(find=sticks_in)
    with qtbot.waitSignal(sticks.changed, timeout=10_000):
        sticks.begin()
    assert isinstance(sticks.there, tuple)
    sticks.close()
    sticks.deleteLater()


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (Standing.REVOKED, "has revoked this till's key"),
        (Standing.RETIRED, "taken this till down for good"),
        (Standing.TAKEN, "there are two of it"),
    ],
)
def test_bad_news_on_a_stick_is_told_beside_what_was_written(
    counter: Counter, media: Path, standing: Standing, said: str
) -> None:
    office, stick = HeadOffice(), plugged_in(counter, media)
    (stick / FOLDER).mkdir()
    letter = office.says(counter.desk, 0, hash_=bytes(32), standing=standing, newest_epoch=1)
    (stick / FOLDER / ack_name("TRY1", 1)).write_bytes(letter)
    open_page(counter)
    counter.hands.enter()
    counter.settle()
    assert said in page_of(counter).stick.said


def test_an_old_answer_and_an_old_catalogue_are_called_old(counter: Counter, media: Path) -> None:
    office, stick = HeadOffice(), plugged_in(counter, media)
    folder = stick / FOLDER
    folder.mkdir()
    (folder / catalogue_name(13)).write_bytes(published(13, key=office.key))
    (folder / ack_name("TRY1", 1)).write_bytes(office.says(counter.desk, 0, hash_=bytes(32)))
    open_page(counter)
    counter.hands.enter()
    counter.settle()
    assert "A new catalogue came (version 13)" in page_of(counter).stick.said
    (folder / catalogue_name(13)).unlink()
    (folder / catalogue_name(6)).write_bytes(published(6, key=office.key))
    counter.hands.enter()
    counter.hands.enter()
    counter.settle()
    said = page_of(counter).stick.said
    assert "Head office's answer there is old" in said
    assert "(version 6) is older than the one in use (13)" in said
