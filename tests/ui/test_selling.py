"""Scan, pay, next: in as few keys as promised, and never by accident."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Counter, ean
from tofan_pos.domain.money import baht
from tofan_pos.thai.keyboard import _THAI, _US
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.done import DonePage
from tofan_pos.ui.counter.open_day import OpenPage
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.kit.tones import Tone


def test_three_items_and_exact_cash_take_two_keys_and_the_next_scan_starts_the_next_sale(
    counter: Counter,
) -> None:
    for number in (1, 2, 1):
        counter.hands.scan(ean(number))
    assert counter.quantities == {"CL-1": 2, "BA-1": 1}
    counter.hands.enter()
    counter.hands.enter()
    assert counter.hands.pressed == 2
    assert counter.sold() == 1
    assert counter.window.pages.shows(DonePage)
    assert counter.sounds.played == [Tone.SCAN] * 3 + [Tone.DONE]
    counter.hands.scan(ean(3))
    assert counter.hands.pressed == 2
    assert counter.quantities == {"SO-1": 1}
    assert counter.window.pages.shows(ShelfPage)


def test_one_suggested_note_takes_two_keys_as_well(counter: Counter) -> None:
    for number in (1, 2, 3):
        counter.hands.scan(ean(number))
    counter.hands.press(Qt.Key.Key_F12)
    counter.hands.press(Qt.Key.Key_F5)
    assert counter.hands.pressed == 2
    stored = counter.desk.store.last_sale()
    assert stored is not None
    assert stored.sale.total == 639_50
    assert stored.sale.tendered == 650_00


def test_a_typed_amount_shows_its_change_before_and_after(counter: Counter) -> None:
    counter.hands.scan(ean(1))
    counter.hands.enter()
    counter.hands.type("500")
    pay = counter.window.pages.of(PayPage)
    assert pay.change_shown == baht(110_00)
    counter.hands.enter()
    assert counter.window.pages.of(DonePage).change_shown == baht(110_00)


def test_too_little_is_said_and_nothing_is_sold(counter: Counter) -> None:
    counter.hands.scan(ean(1))
    counter.hands.enter()
    counter.hands.type("100")
    counter.hands.enter()
    assert counter.sold() == 0
    assert baht(290_00) in counter.window.notice.text
    assert counter.window.pages.shows(PayPage)


def test_what_is_no_amount_is_said_and_nothing_is_sold(counter: Counter) -> None:
    counter.hands.scan(ean(1))
    counter.hands.enter()
    counter.hands.type("4x0")
    counter.hands.enter()
    assert counter.sold() == 0
    assert "4x0" in counter.window.notice.text


@pytest.mark.parametrize("pace", [8, 60])
def test_a_scan_under_the_thai_layout_is_the_same_scan(counter: Counter, pace: int) -> None:
    thai = ean(1).translate(str.maketrans(_US, _THAI))
    counter.hands.scan(thai, pace=pace)
    assert counter.quantities == {"CL-1": 1}


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        ("NOSUCH-1", "NOSUCH-1"),
        (ean(1)[:-1] + str((int(ean(1)[-1]) + 1) % 10), ean(1)[:12]),
        (ean(5), "หมดแล้ว"),
        ("8" * 10_000, "10000"),
        ("    ", ""),
    ],
    ids=["unknown", "wrong digit", "inactive", "10,000 characters", "blank"],
)
def test_a_scan_that_sells_nothing_is_said_heard_and_overwritten_by_the_next(
    counter: Counter, code: str, fact: str
) -> None:
    counter.window.field.setText(code[:-1])
    counter.window.field.setCursorPosition(len(code))
    counter.hands.scan(code[-1])
    assert counter.quantities == {}
    assert fact in counter.window.notice.text
    assert counter.window.notice.isVisible()
    assert counter.sounds.played == [Tone.UNKNOWN]
    counter.hands.scan(ean(2))
    assert counter.quantities == {"BA-1": 1}
    assert not counter.window.notice.isVisible()


def test_enter_held_down_opens_the_payment_and_pays_nothing(counter: Counter) -> None:
    counter.hands.scan(ean(1))
    counter.hands.hold(Qt.Key.Key_Return, 40)
    assert counter.sold() == 0
    assert counter.window.pages.shows(PayPage)


@pytest.mark.parametrize("ending", ["\r\n", "\r\r"])
def test_a_scanner_that_ends_with_two_enters_opens_nothing(counter: Counter, ending: str) -> None:
    for _ in range(3):
        counter.hands.scan(ean(1), ending=ending)
    assert counter.quantities == {"CL-1": 3}
    assert counter.window.pages.shows(ShelfPage)
    counter.hands.scan("NOSUCH-1", ending=ending)
    assert counter.sold() == 0
    assert counter.window.pages.shows(ShelfPage)


@pytest.mark.parametrize("pace", [8, 60])
@pytest.mark.parametrize("code", [ean(2), "KE-01"])
def test_a_scan_while_paying_goes_to_the_basket_and_never_to_the_money(
    counter: Counter, code: str, pace: int
) -> None:
    counter.hands.scan(ean(1))
    counter.hands.enter()
    if pace > 8 and len(code) < 8:
        code = ean(101)
    counter.hands.scan(code, pace=pace)
    assert counter.sold() == 0
    assert len(counter.quantities) == 2


def test_large_amounts_with_a_point_are_still_money(counter: Counter) -> None:
    counter.hands.scan(ean(1))
    counter.hands.enter()
    counter.hands.type("10,000.00")
    counter.hands.enter()
    stored = counter.desk.store.last_sale()
    assert stored is not None
    assert stored.sale.tendered == 10_000_00


def test_the_change_stays_until_the_next_thing_typed(counter: Counter) -> None:
    counter.hands.scan(ean(1))
    counter.hands.enter()
    counter.hands.type("1000")
    counter.hands.enter()
    counter.settle()
    done = counter.window.pages.of(DonePage)
    assert counter.window.pages.shows(DonePage)
    assert done.change_shown == baht(610_00)
    assert done.preview.shown > 0
    counter.hands.type("สบู่")
    counter.bot.waitUntil(lambda: counter.window.pages.shows(ShelfPage), timeout=15_000)


def test_a_finger_that_bounces_on_the_large_key_does_not_pay(counter: Counter) -> None:
    counter.hands.scan(ean(1))
    assert counter.window.basket.pay.isEnabled()
    counter.window.basket.pay.click()
    counter.window.basket.pay.click()
    assert counter.window.pages.shows(PayPage)
    assert counter.sold() == 0


def test_enter_with_an_empty_basket_says_how_to_begin(counter: Counter) -> None:
    counter.hands.enter()
    assert counter.window.pages.shows(ShelfPage)
    assert counter.window.notice.isVisible()


def test_without_a_session_the_large_key_opens_one_and_so_does_a_scan(counter: Counter) -> None:
    session = counter.desk.day.session
    assert session is not None
    counter.desk.day.count(session.opening)
    counter.desk.day.close()
    counter.hands.press(Qt.Key.Key_F1)
    counter.hands.press(Qt.Key.Key_Escape)
    say = counter.window.say
    assert counter.window.basket.pay.text() == say("Open the session")
    assert counter.window.basket.invitation == say(
        "No session is open.\nPress F12 and count the float."
    )
    counter.hands.press(Qt.Key.Key_F12)
    assert counter.window.pages.shows(OpenPage)
    counter.hands.press(Qt.Key.Key_Escape)
    counter.hands.scan(ean(1))
    assert counter.window.pages.shows(OpenPage)
    assert counter.window.notice.isVisible()
    counter.hands.press(Qt.Key.Key_Escape)
    assert not counter.window.notice.isVisible()


def test_a_free_basket_can_be_completed(counter: Counter) -> None:
    counter.hands.scan(ean(1))
    counter.hands.press(Qt.Key.Key_F2)
    counter.hands.type("100")
    page = counter.window.pages.of(DiscountPage)
    page.reason.setText("gift")
    page.press()
    counter.hands.enter()
    counter.hands.enter()
    stored = counter.desk.store.last_sale()
    assert stored is not None
    assert (stored.sale.total, stored.sale.tendered) == (0, 0)


def test_no_dialog_ever_opens(counter: Counter) -> None:
    counter.hands.scan("NOSUCH-1")
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F11, Qt.Key.Key_F10, Qt.Key.Key_Escape):
        counter.hands.press(key)
        assert QApplication.activeModalWidget() is None
        assert QApplication.activePopupWidget() is None
    counter.settle()
