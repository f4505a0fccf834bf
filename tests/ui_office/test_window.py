"""The frame: rooms by key, finger and mouse; language and look at run time; nothing unnamed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QWidget,
)

from tests.office.forge import Till
from tests.ui_office.conftest import CTRL, Open, Seen
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.office.rail import RailKey
from tofan_pos.ui.office.rooms import ROOMS


def controls(window: QWidget) -> Iterator[QWidget]:
    """Yield whatever can be worked, shown or not."""
    for kind in (QAbstractButton, QLineEdit, QAbstractItemView, QProgressBar):
        for widget in window.findChildren(kind):
            if not isinstance(widget, QHeaderView) and not widget.objectName().startswith("qt_"):
                yield widget


@pytest.mark.parametrize("digits", ["12", "ๅ/"], ids=["latin", "thai"])
def test_each_room_has_its_digit_on_either_layout(seen: Seen, digits: str) -> None:
    for place, digit in ((1, digits[1]), (0, digits[0])):
        seen.press(Qt.Key(ord(digit)), digit, held=CTRL)
        assert seen.window.shown is seen.window.room(place)
        assert [key.isChecked() for key in seen.window.rail.keys] == [place == 0, place == 1]


def test_a_digit_without_a_room_does_nothing(seen: Seen) -> None:
    seen.press(Qt.Key.Key_9, "9", held=CTRL)
    assert seen.window.shown is seen.inbox


def test_rooms_are_opened_by_a_press_and_made_on_first_need(seen: Seen) -> None:
    QTest.mouseClick(seen.window.rail.keys[1], Qt.MouseButton.LeftButton)
    assert seen.window.shown is seen.tills


def test_the_rail_is_walked_with_arrows_and_opened_with_enter(seen: Seen) -> None:
    seen.window.rail.keys[0].setFocus()
    seen.press(Qt.Key.Key_Down)
    assert seen.window.focusWidget() is seen.window.rail.keys[1]
    seen.press(Qt.Key.Key_Return, "\r")
    assert seen.window.shown is seen.tills


def test_tab_comes_to_every_control_that_is_shown(seen: Seen) -> None:
    met: list[QWidget] = []
    for _ in range(40):
        at = seen.window.focusWidget()
        assert at is not None
        if met and at is met[0]:
            break
        met.append(at)
        seen.press(Qt.Key.Key_Tab, "\t")
    reachable = {
        widget
        for widget in controls(seen.window)
        if widget.isVisible() and widget.isEnabled() and not isinstance(widget, QProgressBar)
    }
    assert reachable <= set(met)


@pytest.mark.parametrize("language", ["th", "en"])
def test_whatever_can_be_worked_has_a_name(open_office: Open, language: str, stick: Path) -> None:
    seen = open_office(language=language)
    till = Till.with_sales(3).enrolled(seen.office.store)
    till.save(stick)
    asking = Till(code="EMQ2", key=Till().key).save_request(stick)
    asking.rename(stick / "enrolment-request.json")
    seen.drop(stick)
    for place in range(len(ROOMS)):
        seen.window.go_to(place)
        seen.settle()
    nameless = [type(one).__name__ for one in controls(seen.window) if not one.accessibleName()]
    assert not nameless


def test_the_language_is_turned_while_it_runs_and_remembered(
    seen: Seen, till: Till, stick: Path
) -> None:
    seen.drop(till.save(stick))
    english = seen.told()
    seen.press(Qt.Key.Key_F9)
    assert seen.window.language == "th"
    assert seen.inbox.heading.text() != "Inbox"
    assert seen.told() != english
    assert seen.window.status.facts[-1].text == "ไทย"
    seen.press(Qt.Key.Key_F9)
    assert seen.told() == english


def test_dark_and_larger_text_are_one_key_each(seen: Seen) -> None:
    seen.press(Qt.Key.Key_F10)
    assert seen.window.looks.dark
    assert theme.look().dark
    for percent in (125, 150, 200, 100):
        seen.press(Qt.Key.Key_F11)
        assert theme.look().text_percent == percent


@pytest.mark.parametrize("language", ["th", "en"])
def test_at_twice_the_text_it_fits_a_small_screen_and_no_room_is_cut(
    open_office: Open, language: str
) -> None:
    seen = open_office(language=language)
    for _ in range(3):
        seen.press(Qt.Key.Key_F11)
    assert theme.look().text_percent == 200
    hint = seen.window.minimumSizeHint()
    assert hint.width() <= 1366
    assert hint.height() <= 768
    for key in seen.window.rail.findChildren(RailKey):
        words = QFontMetricsF(theme.font(tokens.READ, bold=True)).horizontalAdvance(key.text())
        assert key.width() >= words + theme.icon_size(24) + 48
    seen.press(Qt.Key.Key_F11)


def test_the_line_below_tells_database_key_language_and_the_time(seen: Seen) -> None:
    database, key, kept, language = seen.window.status.facts
    assert database.text == "office.sqlite3"
    assert seen.office.identity.fingerprint in key.text
    assert not key.wrong
    assert kept.wrong  # no keyring in tests: the key lies in a file
    assert "safe" in kept.more
    assert language.text == "English"
    seen.press(Qt.Key.Key_F9)
    shown = [label.text() for label in seen.window.status.findChildren(QLabel)]
    assert any("2569" in text and text.endswith("14:05") for text in shown)


def test_a_mistake_of_the_program_is_told_in_place(seen: Seen, tmp_path: Path) -> None:
    seen.window.crash(tmp_path / "crash.txt")
    assert "crash.txt" in seen.window.notice.text
    seen.press(Qt.Key.Key_Escape)
    assert not seen.window.notice.text


def test_a_missing_key_is_told_and_files_are_taken_in_all_the_same(
    open_office: Open, stick: Path
) -> None:
    before = open_office()
    (key,) = before.office.identity.folder.glob("office-*.key")
    key.unlink()
    seen = open_office()
    assert "missing" in seen.window.status.facts[1].text
    till = Till.with_sales(3).enrolled(seen.office.store)
    seen.drop(till.save(stick))
    (entry,) = seen.inbox.results.entries
    assert entry.told.happened.startswith("Imported")
    assert "No answer could be written beside it" in entry.told.do
    assert not seen.inbox.answered.text


def test_closing_while_files_are_taken_in_leaves_nothing_by_half(seen: Seen, stick: Path) -> None:
    till = Till.with_sales(30).enrolled(seen.office.store)
    for seq in range(1, 31):
        till.save(stick, seq, seq)
    seen.drop(stick, settle=False)
    seen.window.close()
    spans = seen.office.store.spans("CTW1", 1)
    assert sum(span.last - span.first + 1 for span in spans) == seen.office.store.counts()["sales"]
