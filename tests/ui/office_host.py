"""The page of head office at a counter, and hands that know its keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from tests.ui.conftest import Counter
from tofan_pos.ui.counter.office_page import OfficePage

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def open_page(counter: Counter) -> OfficePage:
    """Open the page with its key."""
    counter.hands.press(K.Key_F12, held=SHIFT)
    assert counter.window.pages.shows(OfficePage)
    return page_of(counter)


def page_of(counter: Counter) -> OfficePage:
    """Return the page."""
    return counter.window.pages.of(OfficePage)


def told(counter: Counter) -> str:
    """Return what the status line tells."""
    return " | ".join(fact.text for fact in counter.window.status.facts)


def cloud(counter: Counter) -> tuple[str, bool]:
    """Return the icon of what head office has not got, and whether it is shown in red."""
    facts = counter.window.status.facts
    return next((fact.icon, fact.wrong) for fact in facts if "acknowledged" in fact.text)


def touch(counter: Counter, name: str) -> None:
    """Press the key that bears these words with a finger, where there is one only."""
    counter.settle()
    found = [
        key
        for key in counter.window.findChildren(QAbstractButton)
        if key.isVisible() and key.text() == name and key is not counter.window.basket.pay
    ]
    assert len(found) == 1, (name, [key.text() for key in found])
    assert found[0].isEnabled(), name
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    counter.settle()


def touch_main(counter: Counter) -> None:
    """Press the one large key with a finger, not too soon."""
    counter.window._turned_at = -1_000  # noqa: SLF001 - a finger waits; a test need not
    QTest.mouseClick(counter.window.basket.pay, Qt.MouseButton.LeftButton)
    counter.settle()
