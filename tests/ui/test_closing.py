"""Closing the day on its page: blind, counted again once, signed off, and the Z at the end."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.counter.tills import catalogue, proof, ring
from tests.ui.keeping_host import (
    Hosting,
    Hosts,
    KeepingHost,
    SellPage,
)
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import shown
from tofan_pos.domain.sale import Tender, TenderKind, TenderType
from tofan_pos.sync import kinds
from tofan_pos.sync.entries import read_entry
from tofan_pos.ui.counter.close_day import ClosePage, Step

CARD = TenderType(
    code="KB", kind=TenderKind.CARD, name=Text("บัตร", "Card terminal"), needs_reference=False
)
TRANSFER = TenderType(
    code="TR", kind=TenderKind.TRANSFER, name=Text("โอน", "Transfer"), needs_reference=False
)


@pytest.fixture
def host(qtbot: QtBot, tmp_path: Path) -> Iterator[Hosting]:
    """Return what opens a till under the day's pages."""
    hosts = Hosts(qtbot, tmp_path)
    yield hosts.open
    hosts.end()


def expected(host: KeepingHost) -> int:
    return host.desk.day.x().expected()["cash"]


def page_of(host: KeepingHost) -> ClosePage:
    return host.pages.of(ClosePage)


def whys(host: KeepingHost) -> list[object]:
    return [p.why if isinstance(p, Refusal) else p for p in host.problems]


def count(host: KeepingHost, satang: int) -> None:
    """Enter a sum of cash and hand the count in."""
    page_of(host).grid.loose.setText(f"{satang / 100:.2f}")
    host.f(12)


def counts_written(host: KeepingHost) -> int:
    with host.desk.store.reading() as look:
        return len(look.events("counted"))


def closing(host: KeepingHost) -> kinds.SessionClosed:
    with host.desk.store.reading() as look:
        (event,) = look.events("session_closed")
    entry = read_entry(event.line)
    assert isinstance(entry, kinds.SessionClosed)
    return entry


def read_on(page: QWidget) -> str:
    """Return every word and amount that can be seen or is read aloud on a page."""
    widgets = [page, *page.findChildren(QWidget)]
    seen = [w.accessibleName() for w in widgets if w.isVisible()]
    return "\n".join(seen + [w.text() for w in page.findChildren(QLabel) if w.isVisible()])


# --- the whole way ------------------------------------------------------------------------------


def test_a_day_closes_with_three_keys_beside_the_notes_and_the_pack_is_the_fourth(
    host: Hosting, qtbot: QtBot
) -> None:
    one = host(float_="1000x1")
    ring(one.desk, "TF-SCARF")
    one.keeping.open_close()
    keys = 1  # the one that opened the page
    one.type("1")
    for _ in range(3):
        one.enter()
    page = page_of(one)
    assert page.grid.field(50_00).hasFocus()
    page.grid.field(500_00).setText("1")
    page.grid.field(50_00).setText("1")
    page.grid.field(20_00).setText("1")
    before = one.pressed
    one.f(12)
    assert page.settling.differences_shown == ["Short ฿20.00"]
    one.f(12)
    assert page.step is Step.CLOSED
    assert page.closed.said == ("Z report TST1-Z000001", "Short ฿20.00", page.closed.said[2])
    one.f(12)
    assert keys + one.pressed - before == 4
    assert [stored.z.number for stored in one.packs] == ["TST1-Z000001"]
    assert one.desk.day.session is None
    assert proof(one.desk).flaw is None
    qtbot.waitUntil(lambda: page.closed.paper.drawn, timeout=15_000)


def test_the_makers_share_is_that_of_what_was_sold(host: Hosting) -> None:
    one = host(float_="0")
    stored = ring(one.desk, "TF-SCARF", "TF-BASKET")
    one.keeping.open_close()
    count(one, expected(one))
    one.f(12)
    number, difference, share = page_of(one).closed.said
    assert share == f"฿{shown(stored.sale.share)}"
    assert difference == "Agrees"
    assert number.endswith("TST1-Z000001")


def test_the_page_is_blind_until_the_count_is_taken_down(host: Hosting) -> None:
    one = host(float_="1234.50")
    ring(one.desk, "TF-SCARF")
    one.desk.drawer.pay_in(77_25, "More change")
    should = expected(one)
    one.keeping.open_close()
    one.type("1")
    read = read_on(page_of(one))
    for told in (should, 1234_50, 590_00, 77_25):
        assert shown(told) not in read
    assert not page_of(one).settling.isVisible()
    count(one, should - 1000_00 + 5)
    assert shown(should) in read_on(page_of(one))


def test_enter_on_the_last_field_hands_the_count_in_and_a_bouncing_key_does_not_close(
    host: Hosting,
) -> None:
    one = host(float_="0")
    one.keeping.open_close()
    page = page_of(one)
    page.grid.field(25).take()
    one.type("0")
    one.enter()
    assert page.step is Step.SETTLE
    one.press(Qt.Key.Key_Return, "\r", after=20)
    one.enter()
    assert page.step is Step.SETTLE
    assert one.desk.day.session is not None


# --- counting -----------------------------------------------------------------------------------


def with_tenders() -> object:
    return replace(catalogue(), tender_types=(CARD, TRANSFER))


def sell_by(host: KeepingHost, type_: TenderType) -> int:
    host.desk.register.scan("TF-SCARF")
    total = host.desk.register.basket.total
    host.desk.register.pay([Tender(type_.kind, total, type_.code)])
    return total


def test_only_the_tenders_that_were_used_are_asked_for_by_name(host: Hosting) -> None:
    one = host(float_="100", goods=with_tenders())
    total = sell_by(one, CARD)
    one.keeping.open_close()
    page = page_of(one)
    assert "Card terminal" in read_on(page)
    assert "Transfer" not in read_on(page)
    assert shown(total) not in read_on(page)
    one.speak("th")
    assert "บัตร" in read_on(page)
    page.grid.field("KB").setText("600")
    count(one, 100_00)
    assert page.settling.differences_shown == ["ตรง", page.settling.differences_shown[1]]
    assert "10.00" in page.settling.differences_shown[1]


def test_a_tender_left_out_is_asked_for_once(host: Hosting) -> None:
    one = host(float_="100", goods=with_tenders())
    total = sell_by(one, TRANSFER)
    one.keeping.open_close()
    page = page_of(one)
    count(one, 100_00)
    assert page.step is Step.COUNT
    assert page.asks
    assert page.grid.field("TR").hasFocus()
    one.type(str(total // 100))
    assert not page.asks
    one.enter()
    assert page.settling.differences_shown == ["Agrees", "Agrees"]


def test_counting_nothing_by_mistake_uses_up_no_count(host: Hosting) -> None:
    one = host(float_="100")
    one.keeping.open_close()
    one.f(12)
    assert page_of(one).asks
    assert counts_written(one) == 0
    one.f(12)
    assert counts_written(one) == 1
    assert page_of(one).settling.differences_shown == ["Short ฿100.00"]


def test_one_counts_again_once_and_both_counts_are_written_down(host: Hosting) -> None:
    one = host(float_="100")
    one.keeping.open_close()
    page = page_of(one)
    count(one, 10_00)
    page.settling.again.click()
    assert page.step is Step.COUNT
    count(one, 100_00)
    assert page.settling.differences_shown == ["Agrees"]
    assert not page.settling.again.isVisible()
    one.f(12)
    z = one.desk.day.z().z
    assert z.closing.first_cash == Count(loose=10_00)
    assert z.closing.cash == Count(loose=100_00)
    assert counts_written(one) == 2


def test_a_count_that_stands_is_gone_on_from_and_one_before_a_sale_is_not(host: Hosting) -> None:
    one = host(float_="100")
    one.keeping.open_close()
    count(one, 100_00)
    one.press(Qt.Key.Key_Escape)
    assert one.pages.shows(SellPage)
    one.keeping.open_close()
    assert page_of(one).step is Step.SETTLE
    ring(one.desk, "TF-HONEY")
    one.keeping.open_close()
    assert page_of(one).step is Step.COUNT


def test_parked_baskets_are_listed(host: Hosting) -> None:
    one = host(float_="100")
    one.desk.register.scan("TF-SCARF")
    one.desk.parking.park("Red shirt")
    one.keeping.open_close()
    said = page_of(one).parked_said
    assert "Red shirt" in said
    assert ": 1." in said


def test_a_basket_that_is_not_empty_keeps_the_day_open(host: Hosting) -> None:
    one = host(float_="100")
    one.desk.register.scan("TF-SCARF")
    one.keeping.open_close()
    assert whys(one) == [Why.BASKET_OPEN]
    assert one.pages.shows(SellPage)


def test_an_exchange_that_is_not_finished_keeps_the_day_open(host: Hosting) -> None:
    one = host(float_="1000")
    sold = ring(one.desk, "TF-SCARF")
    one.desk.refunds.exchange(one.desk.refunds.find(sold.sale.number), {0: 1}, "Colour")
    one.keeping.open_close()
    assert whys(one) == [Why.BASKET_OPEN]


# --- over and short -----------------------------------------------------------------------------
