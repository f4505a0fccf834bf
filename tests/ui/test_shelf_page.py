"""Finding by typing, by category and by picture, and the story that is told meanwhile."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from tests.ui.conftest import HOSTILE, TOLD, Counter, Open, ean
from tofan_pos.counter.setup import load_catalogue
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.money import baht
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.text import Wrapped, clean, lines


def shelf(counter: Counter) -> ShelfPage:
    return counter.window.pages.of(ShelfPage)


def titles(counter: Counter) -> list[str]:
    return [tile.title for tile in shelf(counter).tiles.tiles]


def test_favourites_are_there_from_the_start(counter: Counter) -> None:
    assert {tile.thing.code for tile in shelf(counter).tiles.tiles} == {
        "CL-1",
        "BA-1",
        "UN-1",
        "HO-1",
    }


def test_part_of_a_thai_name_and_enter(counter: Counter) -> None:
    counter.hands.type("ขมิ้น")
    counter.bot.waitUntil(lambda: titles(counter) == ["สบู่ขมิ้น"], timeout=15_000)
    counter.hands.enter()
    assert counter.quantities == {"SO-1": 1}
    assert counter.window.field.text() == ""
    assert len(titles(counter)) == 4


def test_enter_before_the_results_are_drawn_takes_what_they_would_be(counter: Counter) -> None:
    counter.hands.type("turmeric")
    counter.hands.enter()
    assert counter.quantities == {"SO-1": 1}


def test_arrows_choose_among_what_was_found(counter: Counter) -> None:
    counter.hands.type("พวงกุญแจ")
    counter.bot.waitUntil(lambda: len(titles(counter)) == 40, timeout=15_000)
    counter.hands.press(Qt.Key.Key_Right)
    counter.hands.press(Qt.Key.Key_Down)
    counter.hands.press(Qt.Key.Key_Left)
    chosen = shelf(counter).tiles.highlighted()
    assert chosen is shelf(counter).tiles.tiles[shelf(counter).tiles.columns].thing
    counter.hands.enter()
    assert counter.quantities == {chosen.code: 1}


def test_a_code_typed_in_full_is_that_product_and_not_the_first_that_holds_it(
    counter: Counter,
) -> None:
    counter.hands.type("KE-03")
    counter.hands.enter()
    assert counter.quantities == {"KE-03": 1}


def test_nothing_found_is_said_and_enter_says_more(counter: Counter) -> None:
    counter.hands.type("qqqq")
    counter.bot.waitUntil(lambda: shelf(counter).searching == "qqqq", timeout=15_000)
    assert titles(counter) == []
    counter.hands.enter()
    assert counter.quantities == {}
    assert counter.window.notice.isVisible()


def test_escape_clears_what_was_typed(counter: Counter) -> None:
    counter.hands.type("ขมิ้น")
    counter.hands.press(Qt.Key.Key_Escape)
    assert counter.window.field.text() == ""
    assert len(titles(counter)) == 4


def test_keys_alone_reach_a_category_and_take_from_it(counter: Counter) -> None:
    counter.hands.press(Qt.Key.Key_F4)
    counter.hands.press(Qt.Key.Key_Down)
    category = shelf(counter).rail.current()
    assert category is not None
    counter.hands.press(Qt.Key.Key_Right)
    counter.hands.press(Qt.Key.Key_Return, "\r")
    assert sum(counter.quantities.values()) == 1
    assert counter.window.field.hasFocus()


def test_a_picture_pressed_is_sold(counter: Counter) -> None:
    tiles = shelf(counter).tiles
    place = tiles.visualRect(tiles.model().index(0, 0)).center()
    QTest.mouseClick(tiles.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert sum(counter.quantities.values()) == 1


def test_a_scan_while_a_list_has_the_keyboard_is_sold_all_the_same(counter: Counter) -> None:
    counter.hands.press(Qt.Key.Key_F4)
    counter.hands.scan(ean(2))
    assert counter.quantities == {"BA-1": 1}


def test_the_chosen_lines_story_is_told_with_its_share(counter: Counter) -> None:
    counter.hands.scan(ean(1))
    counter.settle()
    story = shelf(counter).story
    assert "กี่เอว" in story.told
    assert "สามวัน" in story.told
    share = counter.desk.register.reckoning().lines[0].share
    assert baht(share) in story.makers_shown
    counter.hands.scan(ean(3))
    counter.settle()
    assert "กี่เอว" not in story.told


def test_a_story_whose_approval_has_lapsed_is_not_told(counter: Counter) -> None:
    counter.hands.scan(ean(2))
    counter.settle()
    assert shelf(counter).story.name_shown == "กระติบข้าว"
    assert "กี่เอว" not in shelf(counter).story.told


def test_a_whole_story_is_told_to_its_end(counter: Counter) -> None:
    long = Text(th="ผืนหนึ่งใช้เวลาสามวัน " * 200 + "จบเรื่อง")
    goods = counter.desk.store.whole_catalogue()
    telling = [replace(p, story=replace(TOLD, long=long)) for p in goods.products if p.story]
    silent = [p for p in goods.products if not p.story]
    load_catalogue(
        counter.desk.journal,
        replace(goods, products=(*telling, *silent)),
        sha256="1" * 64,
        access=counter.desk.access,
    )
    counter.window.sale.take(counter.desk.shelf.scan(ean(1)))
    counter.settle()
    counter.hands.press(Qt.Key.Key_F5)
    counter.settle()
    area = shelf(counter).story.findChild(QScrollArea, "told")
    assert area is not None
    words, bar = area.widget(), area.verticalScrollBar()
    assert isinstance(words, Wrapped)
    counter.bot.waitUntil(lambda: bar.maximum() > 0, timeout=15_000)
    broken = lines(words.text, theme.font(tokens.READ), words.width(), most=999)
    assert broken[-1].endswith("จบเรื่อง")
    assert words.height() >= len(broken) * theme.line_height(tokens.READ)
    assert bar.maximum() >= words.height() - area.viewport().height()


def test_what_is_only_looked_at_is_told_too(counter: Counter) -> None:
    counter.hands.scan(ean(3))
    counter.hands.type("ขาวม้า")
    counter.bot.waitUntil(lambda: "กี่เอว" in shelf(counter).story.told, timeout=15_000)


def test_hostile_names_are_text(counter: Counter) -> None:
    counter.hands.scan(ean(6))
    counter.settle()
    shown = shelf(counter).story.name_shown
    assert shown == clean(HOSTILE)
    assert "<img src=x onerror=alert(1)>" in shown
    assert not any(c in shown for c in "\u202e\u202c\n\x1b")
    assert counter.window.width() == 1366


def test_markup_in_a_name_is_text_in_its_tooltip(counter: Counter) -> None:
    counter.hands.scan(ean(6))
    counter.settle()
    role = Qt.ItemDataRole.ToolTipRole
    lines_model, tiles_model = counter.window.basket.lines.model(), shelf(counter).tiles.model()
    tips = [str(lines_model.index(0, 0).data(role))]
    tips += [str(tiles_model.index(n, 0).data(role)) for n in range(tiles_model.rowCount())]
    hostile = [told for told in tips if "onerror" in told]
    assert len(hostile) == 2
    for told in hostile:
        assert "<img" not in told
        page = QTextDocument()
        page.setHtml(told)
        assert "<img src=x onerror=alert(1)>" in page.toPlainText()


def test_a_scan_reads_no_favourites_and_begins_no_search(counter: Counter) -> None:
    shown = shelf(counter).tiles.tiles
    counter.hands.scan(ean(1))
    counter.bot.wait(120)
    assert shelf(counter).tiles.tiles is shown


class _Painted(QObject):
    """Notes which widgets are painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.seen.append(watched)
        return False


def test_a_scan_paints_neither_the_tiles_nor_the_status(
    counter: Counter, qapp: QApplication
) -> None:
    counter.hands.scan(ean(1))
    counter.hands.scan(ean(2))
    painted = _Painted()
    qapp.installEventFilter(painted)
    counter.settle()
    quiet = 0
    while quiet < 5:
        painted.seen.clear()
        qapp.processEvents()
        quiet = 0 if painted.seen else quiet + 1
    counter.hands.scan(ean(1))
    counter.bot.waitUntil(
        lambda: counter.window.basket.lines.viewport() in painted.seen, timeout=15_000
    )
    qapp.removeEventFilter(painted)
    still = (shelf(counter).tiles.viewport(), shelf(counter).rail.viewport(), counter.window.status)
    assert not set(still) & set(painted.seen)
    painted.deleteLater()


def test_dark_and_large_text_open_and_sell(open_counter: Open) -> None:
    counter = open_counter(language="en", dark=True)
    counter.window.looks.turn_text_size()
    counter.window.looks.turn_look()
    counter.hands.scan(ean(1))
    counter.hands.enter()
    counter.hands.enter()
    assert counter.sold() == 1
    for _ in range(3):
        counter.window.looks.turn_text_size()
