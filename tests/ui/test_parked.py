"""Baskets set aside and taken up again, by one key each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.taking_host import SellPage, TakingHost, sell, taking
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.ui.counter.parked_page import ParkedPage


@pytest.fixture
def till(qtbot: QtBot, tmp_path: Path) -> Iterator[TakingHost]:
    with taking(qtbot, tmp_path) as host:
        yield host


def page(host: TakingHost) -> ParkedPage:
    assert host.pages.shows(ParkedPage)
    return host.pages.of(ParkedPage)


def waiting(host: TakingHost) -> list[str]:
    return [one.name for one in host.desk.parking.waiting()]


def park(host: TakingHost, name: str, *codes: str) -> None:
    for code in codes:
        host.desk.register.scan(code)
    host.aside.open()
    host.type(name)
    host.enter()


def test_enter_alone_sets_the_basket_aside_under_the_time(till: TakingHost) -> None:
    till.desk.register.scan("TF-SCARF")
    till.aside.open()
    till.enter()
    assert till.pressed == 1
    assert waiting(till) == ["10:04"]
    assert till.desk.register.basket.lines == ()
    assert (till.pages.shows(SellPage), till.changes, till.sale_changes) == (True, 1, 1)


def test_the_key_pressed_twice_sets_it_aside_as_well(till: TakingHost) -> None:
    till.desk.register.scan("TF-SCARF")
    till.aside.open()
    till.aside.open()
    assert waiting(till) == ["10:04"]


def test_a_name_typed_stays_with_the_basket_and_escape_keeps_it_open(till: TakingHost) -> None:
    till.desk.register.scan("TF-SCARF")
    till.aside.open()
    till.type("Blue bag")
    till.press(Qt.Key.Key_Escape)
    assert (waiting(till), len(till.desk.register.basket.lines)) == ([], 1)
    park(till, "Blue bag")
    assert waiting(till) == ["Blue bag"]


def test_the_list_says_what_waits_and_enter_takes_the_highlighted_one_up(
    till: TakingHost,
) -> None:
    park(till, "one", "TF-SCARF")
    park(till, "two", "TF-BASKET", "TF-BASKET")
    till.aside.open()
    rows = page(till).lines.rows
    assert [(row.name, row.amount) for row in rows] == [("one", "590.00"), ("two", "666.66")]
    assert "LEAD1" in rows[1].under
    assert "Pieces: 2" in rows[1].under
    till.press(Qt.Key.Key_Down)
    till.enter()
    assert [line.quantity for line in till.desk.register.basket.lines] == [2]
    assert waiting(till) == ["one"]
    assert till.pages.shows(SellPage)


def test_with_none_waiting_the_list_says_so_and_enter_does_nothing(till: TakingHost) -> None:
    till.aside.open()
    assert not till.main.isEnabled()
    till.enter()
    assert till.problems == []
    till.aside.open()
    assert till.pages.shows(SellPage)


def test_what_is_no_longer_for_sale_is_said_by_name(till: TakingHost) -> None:
    park(till, "one", "TF-SCARF", "TF-BASKET")
    with till.desk.store.writing() as tx:
        tx.connection.execute("UPDATE product SET active = 0 WHERE code = 'TF-BASKET'")
    till.aside.open()
    till.enter()
    assert [line.product.code for line in till.desk.register.basket.lines] == ["TF-SCARF"]
    problem = till.problems[-1]
    assert isinstance(problem, Refusal)
    assert problem.why is Why.INACTIVE_PRODUCT
    assert "Bamboo basket" in str(problem.facts["name"])


def test_two_windows_cannot_take_the_same_basket_up(till: TakingHost) -> None:
    park(till, "one", "TF-SCARF")
    till.aside.open()
    till.desk.parking.recall(till.desk.parking.waiting()[0].id)
    till.desk.register.void_basket()
    till.enter()
    assert till.whys() == [Why.NO_SUCH_PARKED]


def test_a_scan_while_a_name_is_asked_for_is_a_scan(till: TakingHost) -> None:
    till.desk.register.scan("TF-SCARF")
    till.aside.open()
    till.scan("TF-BASKET")
    assert till.scans == ["TF-BASKET"]
    assert waiting(till) == []


def test_a_basket_in_an_exchange_is_not_set_aside(till: TakingHost) -> None:
    desk = till.desk
    sold = sell(till, "TF-SCARF")
    desk.refunds.exchange(desk.refunds.find(sold.sale.number), {0: 1}, "x")
    desk.register.scan("TF-BASKET")
    till.aside.open()
    till.enter()
    assert till.whys() == [Why.NOTHING_TO_PARK]
    assert len(desk.register.basket.lines) == 1
