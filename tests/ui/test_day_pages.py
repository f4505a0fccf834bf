"""Opening the day, its date, the drawer between sales and the X report, by keys and fingers."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.counter.tills import Clock, barcode
from tests.ui.keeping_host import BOSS, CASHIER, Hosting, Hosts, KeepingHost, SellPage, approve
from tofan_pos.domain.count import PIECES, Count
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.sync import kinds
from tofan_pos.sync.entries import read_entry
from tofan_pos.ui.counter.drawer_page import Act, DrawerPage
from tofan_pos.ui.counter.open_day import OpenPage, RollPage
from tofan_pos.ui.kit.keys import TextButton


@pytest.fixture
def host(qtbot: QtBot, tmp_path: Path) -> Iterator[Hosting]:
    """Return what opens a till under the day's pages."""
    hosts = Hosts(qtbot, tmp_path)
    yield hosts.open
    hosts.end()


def whys(host: KeepingHost) -> list[object]:
    return [p.why if isinstance(p, Refusal) else p for p in host.problems]


def last_entry(host: KeepingHost) -> object:
    """Return the last thing the journal holds of the day, sales and people left out."""
    wanted = ("session_opened", "movement", "no_sale", "date_rolled", "counted", "session_closed")
    with host.desk.store.reading() as look:
        (event,) = look.events(*wanted, newest=1)
    return read_entry(event.line)


# --- opening ------------------------------------------------------------------------------------


def test_the_float_is_counted_by_note_and_coin_and_enter_on_the_last_opens(host: Hosting) -> None:
    one = host()
    one.keeping.open_session()
    for piece in PIECES:
        one.type({1000_00: "2", 20_00: "10", 25: "4"}.get(piece, ""))
        one.enter()
    session = one.desk.day.session
    assert session is not None
    assert session.opening == Count.of({1000_00: 2, 20_00: 10, 25: 4})
    assert one.pages.shows(SellPage)
    assert one.changes == 1
    assert not one.problems


def test_an_open_page_asks_for_the_float_and_not_for_a_scan(host: Hosting) -> None:
    one = host()
    one.keeping.open_session()
    assert one.pages.shown.invitation(one.say).startswith("First count the float")


def test_a_sum_will_do_and_f12_opens_from_anywhere(host: Hosting) -> None:
    one = host()
    one.keeping.open_session()
    page = one.pages.of(OpenPage)
    page.grid.loose.take()
    one.type("2000.50")
    assert page.grid.total_shown == "฿2,000.50"
    page.drawer.setText("Drawer A")
    one.f(12)
    session = one.desk.day.session
    assert session is not None
    assert (session.opening.total, session.drawer) == (2000_50, "Drawer A")


def test_an_empty_count_says_so_before_it_opens_with_nothing(host: Hosting) -> None:
    one = host()
    one.keeping.open_session()
    page = one.pages.of(OpenPage)
    one.f(12)
    assert one.desk.day.session is None
    assert page.asks
    assert one.main.text() == "Open with ฿0.00"
    one.type("1")
    assert not page.asks
    one.press(Qt.Key.Key_Backspace)
    one.f(12)
    one.f(12)
    session = one.desk.day.session
    assert session is not None
    assert session.opening.total == 0


@pytest.mark.parametrize(("language", "day"), [("th", "22 พ.ย. 2569"), ("en", "22 Nov 2026")])
def test_the_business_date_is_shown_in_the_era_of_the_language(
    host: Hosting, language: str, day: str
) -> None:
    one = host(language=language)
    one.keeping.open_session()
    assert day in one.pages.of(OpenPage).heading.whole


def test_arrows_walk_the_fields_and_plus_and_minus_count_pieces(host: Hosting) -> None:
    one = host()
    one.keeping.open_session()
    grid = one.pages.of(OpenPage).grid
    one.press(Qt.Key.Key_Down)
    assert grid.field(500_00).hasFocus()
    one.press(Qt.Key.Key_Plus, "+")
    one.press(Qt.Key.Key_Plus, "+")
    one.press(Qt.Key.Key_Minus, "-")
    assert grid.count().pieces == ((500_00, 1),)
    one.press(Qt.Key.Key_Up)
    assert grid.field(1000_00).hasFocus()
    one.press(Qt.Key.Key_Minus, "-")
    assert grid.field(1000_00).text() == "0"
    one.press(Qt.Key.Key_Tab)
    assert grid.field(500_00).hasFocus()


def test_fingers_alone_count_and_clear(host: Hosting) -> None:
    one = host()
    one.keeping.open_session()
    grid = one.pages.of(OpenPage).grid
    grid.field(100_00).setFocus()
    for mark in "12":
        key = next(k for k in grid.keypad.findChildren(TextButton) if k.text() == mark)
        key.click()
    assert grid.total_shown == "฿1,200.00"
    assert grid.field(100_00).hasFocus()
    clear = next(b for b in grid.findChildren(QAbstractButton) if b.text() == "Clear the count")
    clear.click()
    assert grid.is_untouched
    assert grid.total_shown == "฿0.00"


@pytest.mark.parametrize("ending", ["\r", "\r\r"])
def test_a_scan_is_handed_on_and_leaves_the_count_as_it_was(host: Hosting, ending: str) -> None:
    one = host()
    one.keeping.open_session()
    grid = one.pages.of(OpenPage).grid
    one.type("7")
    one.scan(barcode("885012345678"), ending=ending)
    assert one.scans == [barcode("885012345678")]
    assert grid.count().pieces == ((1000_00, 7),)
    assert grid.field(1000_00).hasFocus()


def test_a_scan_under_the_thai_layout_is_handed_on_whole(host: Hosting) -> None:
    one = host()
    one.keeping.open_session()
    one.scan("-ๅจุคตึ")
    assert one.scans == ["-ๅจุคตึ"]
    assert one.pages.of(OpenPage).grid.is_untouched


def test_more_money_than_there_is_is_refused_and_nothing_opens(host: Hosting) -> None:
    one = host()
    one.keeping.open_session()
    grid = one.pages.of(OpenPage).grid
    grid.field(1000_00).setText("99999")
    grid.loose.setText("9,999,999.99")
    assert grid.total_shown == "–"
    one.f(12)
    assert whys(one) == [Why.AMOUNT_OUT_OF_RANGE]
    assert one.desk.day.session is None


def test_what_was_counted_waits_while_one_looks_elsewhere(host: Hosting) -> None:
    one = host()
    one.keeping.open_session()
    one.type("3")
    one.press(Qt.Key.Key_Escape)
    assert one.pages.shows(SellPage)
    one.keeping.open_session()
    assert one.pages.of(OpenPage).grid.total_shown == "฿3,000.00"


def test_where_a_session_is_open_there_is_nothing_to_open(host: Hosting) -> None:
    one = host(float_="100")
    one.keeping.open_session()
    assert one.pages.shows(SellPage)


# --- the date -----------------------------------------------------------------------------------


def test_a_date_left_behind_is_said_and_rolled_by_one_key(host: Hosting) -> None:
    clock = Clock()
    one = host(float_="100", clock=clock)
    assert not one.keeping.remind_date()
    clock.move(timedelta(days=1))
    assert one.keeping.remind_date()
    assert one.pages.of(RollPage).said == "Sales still count for 22 November 2026."
    one.f(12)
    session = one.desk.day.session
    assert session is not None
    assert session.business_date.day == 23
    assert one.pages.shows(SellPage)
    assert not one.keeping.remind_date()


def test_a_cashier_rolls_the_date_on_a_supervisors_word(host: Hosting) -> None:
    clock = Clock()
    one = host(float_="100", clock=clock, as_=CASHIER)
    clock.move(timedelta(days=1))
    one.keeping.remind_date()
    one.f(12)
    approve(one)
    entry = last_entry(one)
    assert isinstance(entry, kinds.DateRolled)
    assert (entry.body.by, entry.body.approved_by) == (CASHIER, BOSS)


# --- the drawer ---------------------------------------------------------------------------------


def test_cash_goes_in_by_amount_reason_key_and_enter(host: Hosting) -> None:
    one = host(float_="1000")
    one.keeping.open_drawer()
    one.type("250.50")
    one.f(5)
    one.enter()
    entry = last_entry(one)
    assert isinstance(entry, kinds.Moved)
    assert (entry.body.movement, entry.body.amount) == ("paid_in", 250_50)
    assert entry.body.reason == "More change"
    page = one.pages.of(DrawerPage)
    assert "TST1-M000001" in page.said
    assert "฿250.50" in page.said
    assert one.main.text() == "Back to selling"
    one.enter()
    assert one.pages.shows(SellPage)


def test_the_acts_are_chosen_by_arrows_and_a_pickup_has_its_bag(host: Hosting) -> None:
    one = host(float_="1000")
    one.keeping.open_drawer()
    one.press(Qt.Key.Key_Down)
    one.press(Qt.Key.Key_Down)
    page = one.pages.of(DrawerPage)
    assert page.act is Act.PICKUP
    one.type("500")
    one.f(5)
    page.bag.setFocus()
    one.type("B-77")
    one.enter()
    entry = last_entry(one)
    assert isinstance(entry, kinds.Moved)
    assert (entry.body.movement, entry.body.bag) == ("pickup", "B-77")


def test_a_cashier_pays_out_with_a_supervisors_pin_and_comes_back(host: Hosting) -> None:
    one = host(float_="1000", as_=CASHIER)
    one.keeping.open_drawer()
    one.pages.of(DrawerPage).choose(Act.PAID_OUT)
    one.type("120")
    one.f(6)
    one.enter()
    approve(one)
    entry = last_entry(one)
    assert isinstance(entry, kinds.Moved)
    assert (entry.body.by, entry.body.approved_by) == (CASHIER, BOSS)
    assert one.pages.shows(DrawerPage)
    assert "TST1-M000001" in one.pages.of(DrawerPage).said
