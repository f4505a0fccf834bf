"""A till to learn on: its strip leads a newcomer through the day, and nothing of it is real."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from itertools import count, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.counter.tills import Clock, make_till, open_till, ring
from tests.receipt.samples import said
from tests.ui.hands import Hands
from tests.ui.learning_host import Lesson, digests, trainer_of
from tofan_pos import app as composition
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.ui.counter.close_day import ClosePage
from tofan_pos.ui.counter.guide import STEPS, Guide
from tofan_pos.ui.counter.guide_words import Place, View
from tofan_pos.ui.counter.help import HelpPage
from tofan_pos.ui.counter.open_day import OpenPage
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.counter.training import PURPOSE, grounds
from tofan_pos.ui.counter.window import CounterWindow
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.sounds import Silence
from tofan_pos.ui.kit.tokens import DARK, LIGHT, TARGET, Colours, contrast

if TYPE_CHECKING:
    from tofan_pos.counter.desk import Desk

K = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
TOLD = Text("ผ้าพันคอ", "Scarf")

Learn = Callable[..., Lesson]


@pytest.fixture
def learn(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Learn]:
    lessons: list[Lesson] = []
    reals: list[Desk] = []

    def begin(language: str = "en", *, text_percent: int = 100, dark: bool = False) -> Lesson:
        folder = tmp_path / f"till{len(lessons)}"
        make_till(folder)
        # The real one stays open beside it, as it does in the program.
        real = open_till(folder)
        ring(real)
        reals.append(real)
        before = digests(folder)
        desk = composition.build_training(folder, clock=Clock())
        theme.apply(qapp, dark, text_percent=text_percent)
        times = count(1_000, 1_000)

        def now() -> int:
            return next(times)

        window = CounterWindow(
            desk,
            words=composition.all_words(),
            language=language,
            dark=dark,
            sounds=Silence(),
            now=now,
        )
        trainer = trainer_of(window)
        window.resize(1366, 768)
        with qtbot.waitSignal(window.ready, timeout=10_000):
            window.show()
        lesson = Lesson(desk, window, trainer, Hands(window), qtbot, folder, before)
        lessons.append(lesson)
        lesson.settle()
        return lesson

    yield begin
    for lesson in lessons:
        lesson.settle()
        lesson.window.close()
        lesson.window.deleteLater()
        lesson.hands.deleteLater()
        lesson.desk.close()
    for real in reals:
        real.close()
    qapp.setStyleSheet("")


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_newcomer_is_led_through_a_whole_day_by_keyboard_alone(
    learn: Learn, language: str
) -> None:
    lesson = learn(language)
    hands, say = lesson.hands, lesson.window.say
    assert "฿1,000" in lesson.expect("open")
    hands.type("2")
    lesson.key(K.Key_F12)
    example = Text("ตะกร้าสานไม้ไผ่", "Bamboo basket").get(language)
    assert example in lesson.expect("pick")
    hands.type(example)
    hands.enter()
    assert "Ctrl ↑" in lesson.expect("two")
    lesson.key(K.Key_Up, held=CTRL)
    assert "F12" in lesson.expect("pay")
    lesson.key(K.Key_F12)
    assert "฿1,000.00" in lesson.expect("cash")
    hands.type("1000")
    hands.enter()
    assert "฿333.34" in lesson.expect("change")
    hands.enter()
    assert "F6" in lesson.expect("return")
    lesson.key(K.Key_F6)
    sale = lesson.desk.store.last_sale()
    assert sale is not None
    assert sale.sale.number in lesson.expect("find")
    hands.type("1")
    hands.enter()
    lesson.expect("piece")
    lesson.key(K.Key_Space)
    assert "F5" in lesson.expect("reason")
    lesson.key(K.Key_F5)
    assert say("Pay back {amount}", amount="฿333.33") in lesson.expect("refund")
    hands.enter()
    lesson.expect("hand back")
    hands.enter()
    assert "Shift F8" in lesson.expect("close")
    lesson.key(K.Key_F8, held=SHIFT)
    assert "฿1,000 × 2" in lesson.expect("count")
    lesson.type_count()
    lesson.key(K.Key_F12)
    assert "F12" in lesson.expect("sign")
    lesson.key(K.Key_F12)
    lesson.expect("")
    assert not lesson.trainer.strip.skip_key.isEnabled()
    assert lesson.desk.day.z().z.difference == 0
    assert digests(lesson.real) == lesson.before


def test_a_newcomer_is_led_through_a_whole_day_by_touch_alone(learn: Learn) -> None:
    lesson = learn("en")
    window = lesson.window

    lesson.expect("open")
    lesson.touch_digits("2")
    lesson.touch_main()
    lesson.expect("pick")
    lesson.touch_row(window.pages.of(ShelfPage).tiles)
    lesson.expect("two")
    lesson.touch("One more", within=window.basket)
    lesson.expect("pay")
    lesson.touch_main()
    told = lesson.expect("cash")
    lesson.touch_digits("".join(takewhile(str.isdigit, told.partition("type ")[2])))
    lesson.touch_main()
    lesson.expect("change")
    lesson.touch_main()
    lesson.expect("return")
    QTest.mouseClick(window.menu_key, Qt.MouseButton.LeftButton)
    lesson.touch("Return or exchange", within=lesson.page)
    lesson.expect("find")
    lesson.touch("Find it in the list", within=lesson.page)
    assert "Choose receipt" in lesson.expect("find")
    lesson.touch_main()
    lesson.expect("piece")
    lesson.touch("One more", within=lesson.page)
    lesson.expect("reason")
    lesson.touch("Damaged", within=lesson.page)
    lesson.expect("refund")
    lesson.touch_main()
    lesson.expect("hand back")
    lesson.touch_main()
    lesson.expect("close")
    QTest.mouseClick(window.menu_key, Qt.MouseButton.LeftButton)
    lesson.touch("Close the day", within=lesson.page)
    lesson.expect("count")
    lesson.touch_count()
    lesson.touch_main()
    lesson.expect("sign")
    lesson.touch_main()
    lesson.expect("")
    assert lesson.desk.day.z().z.difference == 0


def test_every_paper_says_it_is_for_training_and_nothing_leaves_the_till(
    learn: Learn, tmp_path: Path
) -> None:
    lesson = learn("th")
    hands, desk = lesson.hands, lesson.desk
    hands.type("2")
    lesson.key(K.Key_F12)
    hands.type("TF-SCARF")
    hands.enter()
    hands.enter()
    hands.enter()
    lesson.key(K.Key_F6)
    hands.type("1")
    hands.enter()
    lesson.key(K.Key_F5)
    hands.enter()
    lesson.settle()
    lesson.key(K.Key_F8, held=SHIFT)
    lesson.type_count()
    lesson.key(K.Key_F12)
    lesson.key(K.Key_F12)
    lesson.settle()
    papers = [
        found
        for seq in range(1, desk.store.journal_size()[0] + 1)
        if (found := desk.papers.at(seq)) is not None
    ]
    titles = [number.rpartition("-")[2][0] for number, _ in papers]
    assert sorted(titles) == sorted("SVCZ")
    for number, paper in papers:
        text = said(paper)
        assert "สำหรับฝึก" in text, number
        assert "FOR TRAINING" in text, number
        assert number.startswith("TRAIN")
    with pytest.raises(Refusal) as refused:
        desk.outbox.export(tmp_path / "stick")
    assert refused.value.why is Why.TRAINING_ONLY
    with pytest.raises(Refusal) as refused:
        desk.pack.make(desk.day.z(), tmp_path / "stick", lesson.window.say)
    assert refused.value.why is Why.TRAINING_ONLY
    assert not (tmp_path / "stick").exists()


def test_nobody_gets_stuck_whatever_else_they_do(learn: Learn) -> None:
    lesson = learn("en")
    hands = lesson.hands
    lesson.key(K.Key_Escape)
    assert "Shift F6" in lesson.expect("open")
    lesson.key(K.Key_F6, held=SHIFT)
    assert lesson.window.pages.shows(OpenPage)
    hands.type("3")
    lesson.key(K.Key_F12)
    lesson.key(K.Key_F1)
    assert lesson.window.pages.shows(HelpPage)
    assert "Esc" in lesson.expect("pick")
    lesson.key(K.Key_Escape)
    hands.scan("TF-SCARF")
    hands.scan("TF-BASKET")
    lesson.expect("pay")
    lesson.key(K.Key_Delete, held=CTRL)
    lesson.key(K.Key_Delete, held=CTRL)
    assert "Scan a product" in lesson.expect("pay")
    hands.scan("TF-SCARF")
    lesson.key(K.Key_F12)
    hands.enter()
    lesson.expect("change")
    hands.scan("TRAIN-V000001")
    lesson.expect("reason")
    lesson.key(K.Key_Escape)
    assert "F6" in lesson.expect("reason")
    lesson.key(K.Key_F8, held=SHIFT)
    assert lesson.window.pages.shows(ClosePage)
    hands.type("1")
    lesson.key(K.Key_F12)
    QTest.keyClick(lesson.window, K.Key_F1, CTRL)
    QTest.keyClick(lesson.window, K.Key_F1, CTRL)
    QTest.keyClick(lesson.window, K.Key_F1, CTRL)
    assert "is off by" in lesson.expect("sign")
    lesson.key(K.Key_F5)
    lesson.key(K.Key_F12)
    assert "left out 3" in lesson.expect("")


def test_the_keys_skip_begin_again_and_stop(learn: Learn) -> None:
    lesson = learn("en")
    strip, window = lesson.trainer.strip, lesson.window
    for sequence in ((K.Key_F1, "pick"), (K.Key_F1, "two"), (K.Key_F2, "open")):
        QTest.keyClick(window, sequence[0], CTRL)
        lesson.expect(sequence[1])
    lesson.touch("Skip step")
    lesson.expect("pick")
    for key in (strip.skip_key, strip.again_key, strip.stop_key):
        assert min(key.width(), key.height()) >= TARGET
        assert key.accessibleName()
    with lesson.bot.waitSignal(window.closed, timeout=5_000):
        QTest.keyClick(window, K.Key_F3, CTRL)


def test_tab_and_enter_press_a_key_and_the_page_has_the_keyboard_again(learn: Learn) -> None:
    lesson = learn("en")
    lesson.trainer.strip.skip_key.setFocus(Qt.FocusReason.TabFocusReason)
    lesson.hands.enter()
    lesson.expect("pick")
    lesson.hands.type("2")
    lesson.key(K.Key_F12)
    assert lesson.desk.day.session is not None
    assert lesson.desk.day.session.opening.total == 2_000_00


def test_f9_turns_the_strip_too(learn: Learn) -> None:
    lesson = learn("th")
    thai = lesson.expect("open")
    lesson.key(K.Key_F9)
    assert lesson.expect("open") != thai
    assert PURPOSE in lesson.trainer.strip.accessibleName()


@pytest.mark.parametrize("text_percent", [100, 200])
@pytest.mark.parametrize("language", ["th", "en"])
def test_no_sentence_is_cut_and_the_window_keeps_its_size(
    learn: Learn, language: str, text_percent: int
) -> None:
    lesson = learn(language, text_percent=text_percent, dark=text_percent == 200)
    window, strip = lesson.window, lesson.trainer.strip
    worst = View(session_open=True, place=Place.COUNT, cash=9_893_75, example=TOLD, due=999_00)
    for place in range(len(STEPS) + 1):
        guide = Guide(View(), at=place)
        strip.show_step(guide.told(worst, window.say), guide.progress(window.say))
        QApplication.processEvents()
        assert (window.width(), window.height()) == (1366, 768)
        assert strip.height() <= 768 // 4
        for part in strip.findChildren(QWidget):
            assert strip.rect().contains(part.geometry())
        assert strip.sentence_is_whole


@pytest.mark.parametrize(("colours", "dark"), [(LIGHT, False), (DARK, True)])
def test_the_strip_can_be_read_and_is_like_nothing_else(colours: Colours, dark: bool) -> None:  # noqa: FBT001
    stripes = grounds(colours, dark=dark)
    assert min(contrast(colours.ink, stripe) for stripe in stripes) >= 4.5
    others = {getattr(colours, field.name) for field in fields(colours)}
    assert not others & set(stripes)
