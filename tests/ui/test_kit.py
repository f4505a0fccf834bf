"""The parts windows are made of: colours, text, rhythm, tones, the worker."""

import threading
import wave
from functools import partial
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tofan_pos import resources
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.sounds import SystemSounds
from tofan_pos.ui.kit.text import breaks_are_warm, clean, elided, elided_before, lines
from tofan_pos.ui.kit.tokens import DARK, LIGHT, READABLE, contrast
from tofan_pos.ui.kit.tones import Tone, wav
from tofan_pos.ui.kit.worker import Worker


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", READABLE, ids="-on-".join)
def test_every_text_can_be_read(colours: tokens.Colours, pair: tuple[str, str]) -> None:
    ink, ground = (getattr(colours, name) for name in pair)
    assert contrast(ink, ground) >= 4.5


def test_contrast_is_what_the_standard_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_stylesheet_names_no_token_that_is_not_there(qapp: QApplication) -> None:
    theme.apply(qapp, dark=True, text_percent=200)
    assert "$" not in qapp.styleSheet()
    theme.apply(qapp, dark=False)
    assert LIGHT.accent not in resources.path("theme", "window.qss").read_text(encoding="utf-8")
    qapp.setStyleSheet("")


def test_digits_are_all_as_wide(qapp: QApplication) -> None:
    theme.apply(qapp, dark=False)
    measure = QFontMetricsF(theme.font(tokens.TOTAL, bold=True)).horizontalAdvance
    assert len({round(measure(digit), 2) for digit in "0123456789"}) == 1
    qapp.setStyleSheet("")


@given(st.text(max_size=120))
def test_cleaned_text_steers_nothing(text: str) -> None:
    cleaned = clean(text)
    assert not any(c in cleaned for c in "\r\n\x1b\u202e\u200b\u2066\u2028\x00")
    assert clean(cleaned) == cleaned


@pytest.mark.usefixtures("qapp")
@given(st.text(alphabet="กขคงจาิีุู่้ำ aB1<>&", max_size=200), st.integers(60, 400), st.integers(1, 5))
def test_lines_fit_their_place(text: str, width: int, most: int) -> None:
    breaks_are_warm()
    font = theme.font(tokens.READ)
    broken = lines(text, font, width, most=most)
    assert len(broken) <= most
    assert all(QFontMetricsF(font).horizontalAdvance(line) <= width + 1 for line in broken)


@pytest.mark.usefixtures("qapp")
@given(st.text(alphabet="กขเแไโะาิู่้ำ a1", min_size=9, max_size=60), st.integers(40, 200))
def test_a_cut_parts_no_vowel_from_its_letter(text: str, width: int) -> None:
    font = theme.font(tokens.READ)
    if QFontMetricsF(font).horizontalAdvance(text) > width:
        assert not elided(text, font, width).endswith(tuple(f"{v}…" for v in "เแไโ "))
        assert not elided_before(text, font, width).startswith(tuple(f"…{v}" for v in "ะาิู่้ำ "))


@pytest.mark.usefixtures("qapp")
def test_thai_breaks_between_words() -> None:
    breaks_are_warm()
    broken = lines("ลูกค้าเลือกซื้อผ้าทอมือย้อมครามกลับบ้าน", theme.font(tokens.READ), 120)
    assert len(broken) > 1
    assert not any(line.startswith(tuple("ะาิีึืุูั็่้๊๋์ำ")) for line in broken)
    assert "ทอมือ" in " ".join(broken)


@pytest.mark.usefixtures("qapp")
@given(st.lists(st.integers(0, 30), min_size=3, max_size=30), st.booleans())
def test_a_scanners_pace_is_told_from_a_persons(
    gaps: list[int],
    by_hand: bool,  # noqa: FBT001 - a strategy's answer
) -> None:
    field = EntryField()
    handed: list[tuple[str, bool]] = []
    field.entered.connect(lambda text, scanned: handed.append((text, scanned)))
    now = 10_000
    for gap in [0, *gaps]:
        now += gap + (120 if by_hand else 0)
        _send(field, Qt.Key.Key_7, "7", now)
    _send(field, Qt.Key.Key_Return, "\r", now + 10)
    assert handed == [("7" * (len(gaps) + 1), not by_hand)]
    field.deleteLater()


@pytest.mark.usefixtures("qapp")
def test_a_bouncing_enter_is_one_enter() -> None:
    field = EntryField()
    handed: list[str] = []
    field.entered.connect(lambda text, _: handed.append(text))
    field.entered.connect(field.clear)
    _send(field, Qt.Key.Key_7, "7", 1_000)
    for stamp in (1_010, 1_020, 1_159):
        _send(field, Qt.Key.Key_Return, "\r", stamp)
    assert handed == ["7"]
    _send(field, Qt.Key.Key_Return, "\r", 1_160)
    assert handed == ["7", ""]
    field.deleteLater()


def _send(field: EntryField, key: Qt.Key, text: str, stamp: int) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
    event.setTimestamp(stamp)
    QApplication.sendEvent(field, event)


@pytest.mark.parametrize("tone", list(Tone))
def test_tones_are_short_and_the_files_are_what_the_code_makes(tone: Tone) -> None:
    made = wav(tone)
    assert resources.path("sounds", f"{tone.value}.wav").read_bytes() == made
    with wave.open(BytesIO(made)) as file:
        assert 0.05 <= file.getnframes() / file.getframerate() <= 0.5
    assert len({wav(other) for other in Tone}) == len(Tone)


@pytest.mark.usefixtures("qapp")
def test_a_till_without_a_player_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    sounds = SystemSounds()
    sounds.play(Tone.SCAN)
    sounds.close()


def test_the_worker_answers_in_order_on_this_thread(qtbot: QtBot) -> None:
    worker, answers = Worker(), list[object]()
    here = threading.get_ident()

    def note(value: object) -> None:
        assert threading.get_ident() == here
        answers.append(value)

    def fail() -> None:
        raise Trouble(Ailment.DISK_FULL)

    worker.run(lambda: threading.get_ident() != here, note)
    worker.run(fail, failed=lambda problem: note(problem.args[0]))
    worker.run(lambda: 3, note)
    qtbot.waitUntil(lambda: worker.under_way == 0, timeout=15_000)
    assert answers == [True, "disk_full", 3]
    worker.close()


def test_a_closed_worker_answers_nothing(qapp: QApplication) -> None:
    worker, answers = Worker(), list[object]()
    for n in range(20):
        worker.run(partial(int, n), answers.append)
    worker.close()
    worker.run(lambda: 99, answers.append)
    qapp.processEvents()  # what was answered before the end lies in the queue
    assert answers == []


def test_a_bug_in_a_job_reaches_the_crash_handler(qtbot: QtBot) -> None:
    worker = Worker()
    with qtbot.captureExceptions() as crashes:
        worker.run(lambda: 1 // 0)
        qtbot.waitUntil(lambda: worker.under_way == 0, timeout=15_000)
    assert [kind for kind, *_ in crashes] == [ZeroDivisionError]
    worker.close()
