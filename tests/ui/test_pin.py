"""How a PIN is typed: in any layout, by finger, and never by a scanner."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.signing_host import (
    BOSS,
    PIN,
    THAI_DIGITS,
    Fingers,
    Till,
    people,
    standing,
)
from tofan_pos.ui.kit.pin import PinField

KEYPAD = Qt.KeyboardModifier.KeypadModifier
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
