"""How a closing ends: what it says, who signs it, and what comes after it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.counter.tills import Paper, catalogue, ring
from tests.ui.keeping_host import (
    BOSS,
    CASHIER,
    NEWCOMER,
    Hosting,
    Hosts,
    KeepingHost,
    SellPage,
    approve,
)
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.count import parse_count
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.sale import Tender, TenderKind, TenderType
from tofan_pos.sync import kinds
from tofan_pos.sync.entries import read_entry
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.close_day import ClosePage, Step
from tofan_pos.ui.counter.evidence import evidence
from tofan_pos.ui.counter.report_page import ReportPage
from tofan_pos.ui.counter.settling import happening_said

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


def with_tenders() -> object:
    return replace(catalogue(), tender_types=(CARD, TRANSFER))


def sell_by(host: KeepingHost, type_: TenderType) -> int:
    host.desk.register.scan("TF-SCARF")
    total = host.desk.register.basket.total
    host.desk.register.pay([Tender(type_.kind, total, type_.code)])
    return total


def test_what_may_explain_it_is_there_newest_first(host: Hosting) -> None:
    one = host(float_="1000")
    desk = one.desk
    sold = ring(desk, "TF-SCARF", "TF-SCARF")
    desk.refunds.refund(desk.refunds.find(sold.sale.number), {0: 1}, "Colour")
    desk.refunds.void(ring(desk, "TF-HONEY"), "Wrong")
    desk.drawer.pay_out(50_00, "Travel")
    desk.drawer.no_sale("Change a note")
    desk.register.scan("TF-BASKET")
    desk.register.void_basket()
    one.keeping.open_close()
    count(one, expected(one))
    wanted = ("basket_voided", "no_sale", "paid_out", "void", "refund")
    said = [text.partition(" ")[2].strip() for text in page_of(one).settling.events_shown]
    assert said == [happening_said(what, one.say) for what in wanted]
    session = desk.day.session
    assert session is not None
    tallies = evidence(desk.store, session).tallies()
    assert tallies["paid_out"] == (1, 50_00)
    assert tallies["refund"] == (1, 590_00)
    assert tallies["void"] == (1, 10_00)
    assert tallies["basket_voided"] == (1, 333_33)


def test_a_reason_and_a_bag_go_onto_the_z(host: Hosting) -> None:
    one = host(float_="1000")
    one.keeping.open_close()
    count(one, 990_00)
    one.f(5)
    page_of(one).settling.bag.setFocus()
    one.type("SB-0042")
    one.enter()
    body = closing(one).body
    z = one.desk.day.z().z
    assert (z.closing.reason, z.closing.bag) == ("Change given wrong", "SB-0042")
    assert body.approved_by == ""


def test_a_bags_barcode_may_be_scanned(host: Hosting) -> None:
    one = host(float_="1000")
    one.keeping.open_close()
    count(one, 1000_00)
    one.scan("SB00420042")
    assert page_of(one).step is Step.SETTLE
    one.f(12)
    assert one.desk.day.z().z.closing.bag == "SB00420042"


def test_where_a_reason_is_needed_its_field_is_in_sight_and_the_key_says_so(
    host: Hosting, qtbot: QtBot
) -> None:
    one = host(float_="1000")
    one.resize(one.width(), 420)
    one.keeping.open_close()
    count(one, 500_00)
    page, field = page_of(one), page_of(one).settling.reasons.field

    def in_sight() -> bool:
        seen = page.area.viewport()
        return seen.rect().contains(field.rect().translated(field.mapTo(seen, QPoint())))

    assert field.hasFocus()
    qtbot.waitUntil(in_sight, timeout=15_000)
    key = page.main_key(one.say)
    assert key is not None
    assert key.below == "Give a reason first"
    page.area.verticalScrollBar().setValue(0)
    assert not in_sight()
    one.f(12)
    qtbot.waitUntil(in_sight, timeout=15_000)
    one.f(5)
    key = page.main_key(one.say)
    assert key is not None
    assert key.below == "Prints the Z report"


def test_where_all_agrees_nothing_has_to_be_explained_or_counted_again(host: Hosting) -> None:
    one = host(float_="1000")
    one.keeping.open_close()
    count(one, 990_00)
    settling = page_of(one).settling
    assert settling.reasons.isVisible()
    one.f(5)
    settling.again.click()
    count(one, 1000_00)
    assert not settling.reasons.isVisible()
    assert not settling.again.isVisible()
    one.f(6)
    one.f(12)
    assert one.desk.day.z().z.closing.reason == ""


def test_an_exact_first_count_offers_no_second(host: Hosting) -> None:
    one = host(float_="1000")
    one.keeping.open_close()
    count(one, 1000_00)
    assert not page_of(one).settling.again.isVisible()


def test_above_the_limit_a_reason_is_needed_and_a_supervisor(host: Hosting) -> None:
    one = host(float_="1000", as_=CASHIER)
    one.keeping.open_close()
    count(one, 500_00)
    one.f(12)
    assert whys(one) == [Why.DIFFERENCE_UNEXPLAINED]
    assert page_of(one).settling.reasons.field.hasFocus()
    one.f(8)
    one.f(12)
    approve(one)
    assert page_of(one).step is Step.CLOSED
    body = closing(one).body
    assert (body.figures.by, body.approved_by) == (CASHIER, BOSS)


def test_where_two_close_the_second_gives_their_pin(host: Hosting) -> None:
    one = host(float_="1000", as_=CASHIER, two_to_close=True)
    one.keeping.open_close()
    count(one, 1000_00)
    one.f(12)
    approve(one)
    z = one.desk.day.z().z
    assert (z.seconded, z.approved_by) == (BOSS, "")
    assert page_of(one).step is Step.CLOSED


def test_two_to_close_and_a_difference_take_two_words_and_no_more(host: Hosting) -> None:
    one = host(float_="1000", as_=CASHIER, two_to_close=True)
    one.keeping.open_close()
    count(one, 100_00)
    one.f(5)
    one.f(12)
    approve(one)
    approve(one)
    assert page_of(one).step is Step.CLOSED
    z = one.desk.day.z().z
    assert (z.seconded, z.approved_by) == (BOSS, BOSS)


def test_a_newcomer_counts_and_closes_on_a_supervisors_word(host: Hosting) -> None:
    one = host(float_="1000", as_=NEWCOMER)
    one.keeping.open_close()
    count(one, 1000_00)
    approve(one)
    assert page_of(one).step is Step.SETTLE
    one.f(12)
    approve(one)
    assert page_of(one).step is Step.CLOSED


def test_an_approval_that_is_not_given_leaves_the_day_open(host: Hosting) -> None:
    one = host(float_="1000", as_=CASHIER)
    one.keeping.open_close()
    count(one, 100_00)
    one.f(5)
    one.f(12)
    assert one.pages.shows(ApprovePage)
    one.press(Qt.Key.Key_Escape)
    assert page_of(one).step is Step.SETTLE
    assert page_of(one).settling.reasons.reason
    assert one.desk.day.session is not None


# --- closed -------------------------------------------------------------------------------------


def closed(host: Hosting, **settings: object) -> KeepingHost:
    one = host(float_="1000", **settings)
    one.keeping.open_close()
    count(one, 1000_00)
    one.f(12)
    assert page_of(one).step is Step.CLOSED
    return one


def test_the_days_pack_says_how_it_goes_and_is_made_once(host: Hosting) -> None:
    one = closed(host)
    page = page_of(one)
    one.f(12)
    page.show_pack(["Printing"], busy=True)
    one.f(12)
    assert len(one.packs) == 1
    page.show_pack(["The stick is full"], failed=True)
    one.f(12)
    assert len(one.packs) == 2
    page.show_pack(["Z printed", "Safe to remove"])
    assert page.closed.lines_said == "Z printed\nSafe to remove"
    one.f(12)
    assert len(one.packs) == 2
    assert one.pages.shows(SellPage)


def test_the_next_days_closing_begins_with_nothing_counted(host: Hosting) -> None:
    one = closed(host)
    one.desk.day.open(parse_count("500"))
    one.keeping.open_close()
    page = page_of(one)
    assert page.step is Step.COUNT
    assert page.grid.is_untouched
    count(one, 500_00)
    assert page.settling.differences_shown == ["Agrees"]
    assert not page.settling.bag.text()


def test_the_last_z_is_printed_again_as_a_copy(host: Hosting, qtbot: QtBot) -> None:
    paper = Paper()
    one = closed(host, paper=paper)
    one.keeping.open_report()
    page = one.pages.of(ReportPage)
    qtbot.waitUntil(lambda: page.paper.drawn, timeout=15_000)
    one.f(12)
    assert not one.problems
    assert page.said == "It is being printed."
    assert one.main.isEnabled()
    with one.desk.store.reading() as look:
        (event,) = look.events("reprinted")
    entry = read_entry(event.line)
    assert isinstance(entry, kinds.Reprinted)
    assert (entry.body.number, entry.body.copy) == ("TST1-Z000001", 1)
    while one.desk.spool.print_next():
        pass
    assert paper.sent[-1] == "TST1-Z000001"
