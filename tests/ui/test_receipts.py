"""Receipts found again: by whatever is known of them, printed again, void, or taken back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.counter.tills import Clock
from tests.ui.taking_host import SellPage, TakingHost, sell, taking
from tofan_pos.counter.lookup import Lookup, Receipt
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Why
from tofan_pos.domain.money import baht
from tofan_pos.domain.reversal import ReversalKind
from tofan_pos.thai.dates import business_day
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.receipts_page import ReceiptsPage
from tofan_pos.ui.counter.return_page import ReturnPage
from tofan_pos.ui.counter.returned_page import ReturnedPage
from tofan_pos.ui.kit.keys import TextButton


@pytest.fixture
def till(qtbot: QtBot, tmp_path: Path) -> Iterator[TakingHost]:
    with taking(qtbot, tmp_path) as host:
        yield host


@pytest.fixture
def cashiers(qtbot: QtBot, tmp_path: Path) -> Iterator[TakingHost]:
    with taking(qtbot, tmp_path, who="SELL1") as host:
        yield host


def page(host: TakingHost) -> ReceiptsPage:
    assert host.pages.shows(ReceiptsPage)
    return host.pages.of(ReceiptsPage)


def listed(host: TakingHost) -> list[str]:
    return [receipt.number for receipt in page(host).receipts]


def look_for(host: TakingHost, bot: QtBot, text: str) -> list[str]:
    page(host).entry.clear()
    host.type(text)
    host.enter()
    host.settle(bot)
    return listed(host)


def numbers(host: TakingHost, text: str) -> list[str]:
    desk = host.desk
    lookup = Lookup(desk.store, desk.profile, desk.shelf, desk.papers)
    return [one.number for one in lookup.find(text, today=business_day(desk.clock()))]


def test_the_last_receipt_is_printed_again_with_one_key_and_then_takes_an_approval(
    cashiers: TakingHost,
) -> None:
    till = cashiers
    number = sell(till, "TF-SCARF").sale.number
    till.looking.reprint_last()
    assert till.said == [f"Copy 1 of {number} is noted. No printer is set up."]
    till.looking.reprint_last()
    assert till.pages.shows(ApprovePage)
    assert len(till.said) == 1
    till.approve()
    assert till.pages.shows(SellPage)
    assert till.said[1].startswith("Copy 2")


def test_before_the_first_sale_there_is_nothing_to_print_or_list(till: TakingHost) -> None:
    till.looking.reprint_last()
    assert len(till.problems) == 1
    till.looking.open()
    assert listed(till) == []
    assert not till.main.isEnabled()
    for n in (5, 6, 7, 8):
        till.f(n)
    till.enter()
    assert till.pages.shows(ReceiptsPage)


def test_opening_highlights_the_last_receipt_and_draws_it(till: TakingHost, qtbot: QtBot) -> None:
    sell(till, "TF-SCARF")
    last = sell(till, "TF-BASKET").sale.number
    till.looking.open()
    receipt = page(till).receipt
    assert receipt is not None
    assert receipt.number == last
    till.settle(qtbot)
    assert page(till).one.paper.drawn


def test_receipts_are_found_by_what_is_known_of_them(till: TakingHost, qtbot: QtBot) -> None:
    scarf = sell(till, "TF-SCARF").sale.number
    both = sell(till, "TF-SCARF", "TF-BASKET").sale.number
    basket = sell(till, "TF-BASKET").sale.number
    till.looking.open()
    assert look_for(till, qtbot, "2") == [both]
    assert look_for(till, qtbot, scarf) == [scarf]
    assert look_for(till, qtbot, scarf.lower()) == [scarf]
    assert look_for(till, qtbot, "590") == [scarf]
    assert look_for(till, qtbot, "923.33") == [both]
    assert look_for(till, qtbot, "TF-BASKET") == [basket, both]
    assert look_for(till, qtbot, "bamboo") == [basket, both]
    assert look_for(till, qtbot, "22/11") == [basket, both, scarf]
    assert look_for(till, qtbot, "nothing such") == []
    till.press(Qt.Key.Key_Escape)
    assert len(listed(till)) == 3


def test_a_day_without_a_year_is_the_last_one_that_was(till: TakingHost) -> None:
    number = sell(till, "TF-SCARF").sale.number
    assert numbers(till, "22/11") == [number]
    assert numbers(till, "๒๒/๑๑/๒๕๖๙") == [number]
    assert numbers(till, "22/11/2026") == [number]
    assert numbers(till, "23/11") == []
    assert numbers(till, "31/2") == []


def test_digits_may_be_a_number_or_an_amount_and_the_number_stands_first(
    till: TakingHost,
) -> None:
    first = sell(till, "TF-HONEY").sale.number
    for _ in range(9):
        sell(till, "TF-HONEY", "TF-HONEY")
    tenth = sell(till, "TF-HONEY").sale.number
    assert tenth.endswith("11")
    assert numbers(till, "10") == [first.replace("000001", "000010"), tenth, first]


def test_what_came_back_and_what_is_void_is_marked(till: TakingHost) -> None:
    refunded = sell(till, "TF-SCARF", "TF-SCARF")
    voided = sell(till, "TF-BASKET")
    till.desk.refunds.refund(till.desk.refunds.find(refunded.sale.number), {0: 1}, "x")
    till.desk.refunds.void(voided, "x")
    till.looking.open()
    found = page(till).receipts
    assert [(one.returned, one.voided) for one in found] == [(0, True), (1, False)]
    rows = page(till).lines.rows
    assert rows[0].under.startswith("Voided")
    assert "Came back: 1" in rows[1].under
    # What is void is neither taken back nor given as a present, but may be printed again.
    assert not till.main.isEnabled()
    till.f(5)
    till.f(7)
    assert not page(till).one.voiding
    till.f(8)
    assert till.said[-1].startswith("Copy 1")


def test_a_refunds_number_finds_its_sale(till: TakingHost) -> None:
    number = sell(till, "TF-SCARF").sale.number
    till.desk.refunds.refund(till.desk.refunds.find(number), {0: 1}, "x")
    assert numbers(till, "TST1-C000001") == [number]


def test_today_and_yesterday(qtbot: QtBot, tmp_path: Path) -> None:
    with taking(qtbot, tmp_path) as host:
        old = sell(host, "TF-SCARF").sale.number
        clock = host.desk.clock
        assert isinstance(clock, Clock)
        clock.move(timedelta(days=1))
        host.desk.day.roll_date(business_day(clock()))
        new = sell(host, "TF-BASKET").sale.number
        host.looking.open()
        found = {}
        for name in ("Today", "Yesterday", "All"):
            buttons = page(host).findChildren(TextButton)
            next(button for button in buttons if button.text() == name).click()
            found[name] = listed(host)
        assert found == {"Today": [new], "Yesterday": [old], "All": [new, old]}


def test_arrows_walk_the_list_and_keys_work_on_the_highlighted_one(
    till: TakingHost, qtbot: QtBot
) -> None:
    old = sell(till, "TF-SCARF").sale.number
    sell(till, "TF-BASKET")
    till.looking.open()
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Down)
    till.f(8)
    assert till.said[-1].startswith(f"Copy 1 of {old}")
    till.f(5)
    assert till.said[-1].startswith(f"Gift receipt of {old}")
    qtbot.waitUntil(lambda: page(till).one.paper.accessibleName() == old, timeout=15_000)


def test_a_return_begins_from_the_list(till: TakingHost) -> None:
    number = sell(till, "TF-SCARF").sale.number
    till.returning.open_return()
    till.f(10)
    till.enter()
    shown = till.pages.of(ReturnPage).shown
    assert till.pages.shows(ReturnPage)
    assert shown is not None
    assert shown.number == number


def test_a_void_asks_why_and_for_an_approval_then_says_what_to_hand_back(
    cashiers: TakingHost,
) -> None:
    till = cashiers
    number = sell(till, "TF-SCARF").sale.number
    till.looking.open()
    till.f(7)
    assert page(till).one.voiding
    till.enter()
    assert till.whys() == [Why.REASON_MISSING]
    till.f(6)
    till.enter()
    till.approve()
    assert till.pages.shows(ReturnedPage)
    assert till.pages.of(ReturnedPage).amount_shown == baht(590_00)
    with till.desk.store.reading() as look:
        done = look.reversals_of(number)
    assert [(one.kind, one.reason, one.approved_by) for one in done] == [
        (ReversalKind.VOID, "Rung up twice", "LEAD2")
    ]


def test_a_receipt_of_another_session_cannot_be_void(till: TakingHost) -> None:
    sell(till, "TF-SCARF")
    day = till.desk.day
    day.count(Count())
    day.close(reason="x")
    day.open(Count())
    till.looking.open()
    till.f(7)
    till.f(5)
    till.enter()
    assert till.whys() == [Why.VOID_OTHER_SESSION]


def test_escape_goes_back_one_step_at_a_time(till: TakingHost) -> None:
    sell(till, "TF-SCARF")
    till.looking.open()
    till.f(7)
    till.press(Qt.Key.Key_Escape)
    assert not page(till).one.voiding
    assert page(till).entry.hasFocus()
    till.press(Qt.Key.Key_Escape)
    assert till.pages.shows(SellPage)


def test_a_scanned_receipt_is_found_and_another_after_it(till: TakingHost, qtbot: QtBot) -> None:
    first, second = (sell(till, "TF-SCARF").sale.number for _ in range(2))
    till.looking.open()
    for number in (first, second):
        till.scan(number)
        till.settle(qtbot)
        assert listed(till) == [number]


def test_enter_before_the_search_has_come_back_does_nothing(till: TakingHost, qtbot: QtBot) -> None:
    sell(till, "TF-SCARF")
    wanted = sell(till, "TF-BASKET").sale.number
    sell(till, "TF-SCARF")
    till.looking.open()
    till.type("bamboo")
    till.enter()
    till.enter()
    assert till.pages.shows(ReceiptsPage)
    till.settle(qtbot)
    till.enter()
    shown = till.pages.of(ReturnPage).shown
    assert shown is not None
    assert shown.number == wanted


def test_a_receipt_in_a_list_holds_what_is_told_of_it(till: TakingHost) -> None:
    stored = sell(till, "TF-SCARF", "TF-BASKET", "TF-BASKET")
    desk = till.desk
    found = Lookup(desk.store, desk.profile, desk.shelf, desk.papers).find(
        stored.sale.number, today=business_day(desk.clock())
    )
    sale = stored.sale
    assert found == [
        Receipt(seq=stored.seq, number=sale.number, at=sale.at, total=sale.total, pieces=3)
    ]
