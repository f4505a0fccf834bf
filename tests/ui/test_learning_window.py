"""From the real till to the one to learn on, and back: two windows, of which one is seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.counter.tills import make_till, open_till
from tests.ui.hands import Hands
from tofan_pos import app as composition
from tofan_pos.settings import Settings
from tofan_pos.ui.counter.window import CounterWindow
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.sounds import Silence
from tofan_pos.window import make_window, train

PIN = "482913"


@pytest.fixture
def real(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[CounterWindow]:
    """Yield the window of a till where somebody works, locked, as any morning finds it."""
    make_till(tmp_path)
    with_people = composition.build_counter(tmp_path)
    with_people.access.first_supervisor("S1", "", PIN)
    with_people.close()
    desk = open_till(tmp_path, session=False)
    window = make_window(desk, Settings(folder=tmp_path, language="en"), sounds=Silence())
    window.training_wanted.connect(lambda: train(tmp_path, window))
    with qtbot.waitSignal(window.ready, timeout=20_000):
        window.show()
    qtbot.waitUntil(lambda: window.at_rest, timeout=20_000)
    assert window.covered
    yield window
    window.close()
    window.deleteLater()
    desk.close()
    theme.apply(qapp, dark=False)
    qapp.setStyleSheet("")


def seen(qapp: QApplication) -> list[CounterWindow]:
    every = qapp.topLevelWidgets()
    return [one for one in every if isinstance(one, CounterWindow) and one.isVisible()]


def test_one_key_and_back(real: CounterWindow, qapp: QApplication, qtbot: QtBot) -> None:
    hands = Hands(real)
    hands.press(Qt.Key.Key_F5)
    (learning,) = seen(qapp)
    assert learning is not real
    assert learning.trainer is not None
    assert learning.trainer.strip.isVisible()
    assert learning.language == real.language
    qtbot.waitUntil(lambda: learning.at_rest, timeout=20_000)
    learning.close()
    assert seen(qapp) == [real]
    assert real.covered, "nobody looked after it meanwhile"
    hands.deleteLater()


def test_what_is_in_the_way_is_said_where_people_look(
    real: CounterWindow, qapp: QApplication, tmp_path: Path
) -> None:
    (tmp_path / composition.TRAINING_FOLDER).write_text("no folder can be here", encoding="utf-8")
    hands = Hands(real)
    hands.press(Qt.Key.Key_F5)
    assert seen(qapp) == [real]
    notice = real.guard.lock_page.notice
    assert notice.isVisible()
    assert composition.TRAINING_FOLDER in notice.text
    hands.deleteLater()
