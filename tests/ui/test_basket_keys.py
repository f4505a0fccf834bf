"""Choosing, more, less, out, discounts and languages: by keys and by fingers alike."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import Counter, ean
from tofan_pos.domain.basket import Bearer, DiscountKind
from tofan_pos.domain.money import baht
from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.shelf import ShelfPage

CTRL, KEYPAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier


def two_lines(counter: Counter) -> None:
    counter.hands.scan(ean(1))
    counter.hands.scan(ean(2))


def test_arrows_choose_the_line_that_keys_work_on(counter: Counter) -> None:
    two_lines(counter)
    counter.hands.press(Qt.Key.Key_Up)
    counter.hands.press(Qt.Key.Key_Plus, "+", held=KEYPAD)
    counter.hands.press(Qt.Key.Key_Up, held=CTRL)
    assert counter.quantities == {"CL-1": 3, "BA-1": 1}
    counter.hands.press(Qt.Key.Key_Minus, "-", held=KEYPAD)
    counter.hands.press(Qt.Key.Key_Down)
    counter.hands.press(Qt.Key.Key_Delete)
    assert counter.quantities == {"CL-1": 2}
    assert counter.window.sale.chosen == 0


def test_a_minus_of_the_main_keyboard_is_text_because_thai_scans_begin_with_it(
    counter: Counter,
) -> None:
    two_lines(counter)
    counter.hands.press(Qt.Key.Key_Minus, "-")
    assert counter.quantities == {"CL-1": 1, "BA-1": 1}
    assert counter.window.field.text() == "-"


def test_fingers_step_and_remove(counter: Counter) -> None:
    two_lines(counter)
    tools = counter.window.basket.tools
    assert tools.isVisible()
    tools.stepped.emit(1)
    assert counter.quantities["BA-1"] == 2
    tools.remove.emit()
    assert counter.quantities == {"CL-1": 1}


def test_the_last_piece_is_not_stepped_away(counter: Counter) -> None:
    counter.hands.scan(ean(1))
    counter.hands.press(Qt.Key.Key_Down, held=CTRL)
    assert counter.quantities == {"CL-1": 1}
    assert counter.window.notice.isVisible()


def test_one_of_a_kind_is_not_sold_twice(counter: Counter) -> None:
    counter.hands.scan(ean(4))
    counter.hands.scan(ean(4))
    assert counter.quantities == {"UN-1": 1}
    assert counter.window.notice.isVisible()


def test_emptying_asks_for_a_second_press_and_forgets_when_something_else_is_done(
    counter: Counter,
) -> None:
    two_lines(counter)
    counter.hands.press(Qt.Key.Key_Delete, held=CTRL)
    assert len(counter.quantities) == 2
    counter.hands.press(Qt.Key.Key_Up)
    counter.hands.press(Qt.Key.Key_Delete, held=CTRL)
    assert len(counter.quantities) == 2
    counter.hands.press(Qt.Key.Key_Delete, held=CTRL)
    assert counter.quantities == {}


def give(counter: Counter, key: Qt.Key, value: str, reason: str) -> DiscountPage:
    counter.hands.press(key)
    page = counter.window.pages.of(DiscountPage)
    assert counter.window.pages.shows(DiscountPage)
    assert counter.window.focusWidget() is page.value
    counter.hands.type(value)
    page.reason.setText(reason)
    counter.hands.enter()
    return page


def test_a_percentage_off_the_chosen_line(counter: Counter) -> None:
    two_lines(counter)
    give(counter, Qt.Key.Key_F2, "12.5", "สมาชิก")
    discount = counter.window.sale.basket.lines[1].discount
    assert discount is not None
    assert (discount.kind, discount.value) == (DiscountKind.PERCENT, 12_50)
    assert (discount.reason, discount.bearer) == ("สมาชิก", Bearer.BRAND)
    assert counter.window.pages.shows(ShelfPage)
    assert counter.window.field.hasFocus()
    row = counter.window.basket.lines.rows[1]
    assert (row.amount, row.off) == ("140.00", "\N{MINUS SIGN}20.00")


def test_an_amount_off_the_whole_basket_and_away_again(counter: Counter) -> None:
    two_lines(counter)
    counter.hands.press(Qt.Key.Key_F3)
    page = counter.window.pages.of(DiscountPage)
    page.choose(DiscountKind.AMOUNT, Bearer.MALL)
    counter.hands.type("50")
    page.reason.setText("เทศกาล")
    counter.hands.enter()
    assert counter.window.sale.basket.total == 500_00
    counter.hands.press(Qt.Key.Key_F3)
    assert page.value.text() == "50.00"
    page.given.emit(None)
    assert counter.window.sale.basket.total == 550_00


@pytest.mark.parametrize(("value", "reason"), [("120", "x"), ("0", "x"), ("ten", "x"), ("10", "")])
def test_a_discount_that_cannot_be_is_said_and_the_page_stays(
    counter: Counter, value: str, reason: str
) -> None:
    two_lines(counter)
    give(counter, Qt.Key.Key_F2, value, reason)
    assert counter.window.notice.isVisible()
    assert counter.window.pages.shows(DiscountPage)
    assert counter.window.sale.basket.total == 550_00


def test_a_scan_while_a_discount_is_being_given_is_sold(counter: Counter) -> None:
    two_lines(counter)
    counter.hands.press(Qt.Key.Key_F2)
    counter.hands.scan(ean(3))
    assert counter.quantities["SO-1"] == 1
    assert all(line.discount is None for line in counter.window.sale.basket.lines)


def test_the_language_turns_and_nothing_else_does(counter: Counter) -> None:
    two_lines(counter)
    before = counter.window.sale.basket
    assert counter.window.basket.lines.rows[0].name == "ผ้าขาวม้าทอมือ"
    counter.hands.press(Qt.Key.Key_F9)
    assert counter.window.basket.lines.rows[0].name == "Handwoven cloth"
    assert counter.window.sale.basket is before
    assert counter.window.basket.pay.text() == "Pay"
    counter.hands.press(Qt.Key.Key_F9)
    assert counter.window.basket.lines.rows[0].name == "ผ้าขาวม้าทอมือ"


def test_a_sentence_turns_with_the_language(counter: Counter) -> None:
    counter.hands.scan("NOSUCH-1")
    counter.hands.press(Qt.Key.Key_F9)
    assert counter.window.notice.text.startswith("No product has the code NOSUCH-1")


def test_the_totals_say_what_goes_to_the_makers(counter: Counter) -> None:
    two_lines(counter)
    share = counter.desk.register.reckoning().share
    assert share > 0
    assert baht(share) in counter.window.basket.totals.makers_shown


@pytest.mark.parametrize("deed", list(Deed))
def test_every_deed_can_be_done_at_any_time_without_falling_over(
    counter: Counter, deed: Deed
) -> None:
    counter.window.serving.doing.do(deed)
    counter.settle()
    counter.window.serving.doing.back()
    two_lines(counter)
    counter.window.serving.doing.do(deed)
    counter.settle()
    assert counter.sold() == 0
