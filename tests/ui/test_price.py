"""Another price, a discount that needs a supervisor's word, and promotions as they are shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.paying_host import PayingHost, paying
from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.errors import Why
from tofan_pos.domain.money import baht
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.shelf import ShelfPage

MINUS = "\N{MINUS SIGN}"


@pytest.fixture
def host(qtbot: QtBot, tmp_path: Path) -> Iterator[PayingHost]:
    with paying(qtbot, tmp_path / "till") as host:
        yield host


@pytest.fixture
def cashier(qtbot: QtBot, tmp_path: Path) -> Iterator[PayingHost]:
    with paying(qtbot, tmp_path / "till", who="SELL1") as host:
        yield host


def discounting(host: PayingHost, *codes: str) -> DiscountPage:
    """Put pieces into the basket and begin a discount on the last one."""
    for code in codes:
        assert host.sale.scan(code)
    page = host.pages.of(DiscountPage)
    page.open_for(host.sale.line, host.sale.basket)
    host.pages.turn_to(DiscountPage)
    page.take_keyboard()
    return page


def overrides(host: PayingHost) -> int:
    """Count the overrides in the journal."""
    with host.desk.store.reading() as look:
        return len(look.events("override"))


# --- another price ------------------------------------------------------------------------------


def test_another_price_by_keys_alone(host: PayingHost) -> None:
    page = discounting(host, "TF-SCARF")
    host.f(2)
    host.f(2)
    assert page.pricing
    host.type("450")
    host.f(6)
    host.enter()
    line = host.sale.line
    assert line is not None
    assert (line.price, line.price_reason) == (450_00, "Small flaw")
    assert host.pages.shows(ShelfPage)
    row = host.basket.lines.rows[0]
    assert row.amount == "450.00"
    assert "was 590.00" in row.under
    assert overrides(host) == 1


def test_a_price_without_a_reason_is_not_given(host: PayingHost) -> None:
    discounting(host, "TF-SCARF").turn_to_price()
    host.type("450")
    host.enter()
    assert host.why() is Why.REASON_MISSING
    assert host.pages.shows(DiscountPage)
    assert host.sale.basket.total == 590_00
    assert overrides(host) == 0


def test_what_is_no_price_is_said(host: PayingHost) -> None:
    page = discounting(host, "TF-SCARF")
    page.turn_to_price()
    page.reason.setText("x")
    host.type("45o")
    host.enter()
    assert host.why() is Why.AMOUNT_UNREADABLE
    assert host.sale.basket.total == 590_00


def test_the_page_begins_with_the_price_given_and_gives_the_listed_one_again(
    host: PayingHost,
) -> None:
    host.sale.scan("TF-SCARF")
    host.sale.override_price(450_00, "label")
    page = discounting(host)
    assert page.pricing
    assert (page.value.text(), page.reason.text()) == ("450.00", "label")
    page.remove_key.click()
    assert host.sale.basket.total == 590_00
    assert "was" not in host.basket.lines.rows[0].under


def test_the_whole_basket_has_no_price_of_its_own(host: PayingHost) -> None:
    host.sale.scan("TF-SCARF")
    page = host.pages.of(DiscountPage)
    page.open_for(None, host.sale.basket)
    host.pages.turn_to(DiscountPage)
    page.take_keyboard()
    assert not page.price_key.isVisibleTo(page)
    page.turn_to_price()
    assert not page.pricing
    for _ in range(4):
        host.f(3)
        assert not page.pricing


def test_what_was_typed_stays_between_percent_and_baht_but_is_no_price(host: PayingHost) -> None:
    page = discounting(host, "TF-SCARF")
    host.type("12")
    host.f(2)
    assert page.value.text() == "12"
    host.f(2)
    assert page.pricing
    assert not page.value.text()


def test_the_page_is_about_the_line_that_is_chosen(host: PayingHost) -> None:
    page = discounting(host, "TF-SCARF", "TF-BASKET")
    page.reason.setText("flaw")
    host.type("10")
    host.sale.choose(0)
    assert page.about_shown.startswith("Indigo cotton scarf")
    host.enter()
    lines = host.sale.basket.lines
    assert lines[0].discount is not None
    assert lines[1].discount is None


# --- a supervisor's word ------------------------------------------------------------------------


def test_a_cashier_s_price_waits_for_a_supervisor(cashier: PayingHost) -> None:
    page = discounting(cashier, "TF-SCARF")
    page.turn_to_price()
    page.reason.setText("flaw")
    cashier.type("450")
    cashier.enter()
    assert cashier.pages.shows(ApprovePage)
    assert cashier.sale.basket.total == 590_00
    cashier.approve()
    assert cashier.sale.basket.total == 450_00
    assert cashier.pages.shows(ShelfPage)
    assert overrides(cashier) == 1


def test_a_discount_within_the_limit_is_the_cashier_s_own_and_one_above_is_not(
    cashier: PayingHost,
) -> None:
    cashier.sale.scan("TF-SCARF")
    limit = cashier.desk.profile.limits.discount_bp
    within, above = (
        Discount(kind=DiscountKind.PERCENT, value=value, reason="x", bearer=Bearer.BRAND)
        for value in (limit, limit + 1)
    )
    assert cashier.sale.discount(within, whole=False)
    assert not cashier.sale.discount(above, whole=True)
    assert cashier.pages.shows(ApprovePage)
    assert cashier.sale.basket.discount is None
    cashier.approve()
    assert cashier.sale.basket.discount == above


def test_an_approval_that_is_given_up_leaves_the_page_as_it_was(cashier: PayingHost) -> None:
    page = discounting(cashier, "TF-SCARF")
    page.turn_to_price()
    page.reason.setText("flaw")
    cashier.type("450")
    cashier.enter()
    cashier.pages.of(ApprovePage).cancelled.emit()
    assert cashier.pages.shows(DiscountPage)
    assert (page.value.text(), page.reason.text()) == ("450", "flaw")
    assert cashier.sale.basket.total == 590_00


@pytest.mark.parametrize("verb", ["step", "remove", "empty"])
def test_no_word_is_given_for_a_basket_that_has_changed(cashier: PayingHost, verb: str) -> None:
    cashier.sale.scan("TF-BASKET")
    cashier.sale.scan("TF-SCARF")
    cashier.sale.override_price(450_00, "flaw")
    assert cashier.pages.shows(ApprovePage)
    if verb == "step":
        cashier.sale.step(1)
    elif verb == "remove":
        cashier.sale.remove()
    else:
        cashier.sale.empty()
    assert cashier.pages.shows(ShelfPage)
    assert not cashier.attempt.asking


def test_a_language_that_turns_gives_up_no_approval(cashier: PayingHost) -> None:
    cashier.sale.scan("TF-SCARF")
    cashier.sale.override_price(450_00, "flaw")
    cashier.showing.reword(cashier.words["th"])
    assert cashier.attempt.asking


# --- promotions ---------------------------------------------------------------------------------


def test_a_promotion_is_named_on_its_line_with_what_it_saves(host: PayingHost) -> None:
    host.sale.scan("TF-HONEY")
    row = host.basket.lines.rows[0]
    assert "A baht off honey" in row.under
    assert (row.amount, row.off) == ("9.00", f"{MINUS}1.00")
    assert host.basket.totals.off_shown == [("Promotions", f"{MINUS}1.00")]


def test_a_discount_by_hand_takes_the_promotion_s_place(host: PayingHost) -> None:
    host.sale.scan("TF-HONEY")
    off = Discount(kind=DiscountKind.AMOUNT, value=2_00, reason="dent", bearer=Bearer.BRAND)
    assert host.sale.discount(off, whole=False)
    row = host.basket.lines.rows[0]
    assert "A baht off honey" not in row.under
    assert "dent" in row.under
    assert host.basket.totals.off_shown == [("Line discounts", f"{MINUS}2.00")]


def test_a_promotion_on_the_whole_basket_is_named_in_the_sums(host: PayingHost) -> None:
    host.sale.scan("TF-SCARF")
    assert not host.basket.totals.off_shown
    host.sale.step(1)
    totals = host.basket.totals
    assert totals.off_shown == [("100 off from 1,000", f"{MINUS}100.00")]
    assert totals.total_shown == baht(1_080_00)


def test_lines_that_were_taken_out_are_not_shown(host: PayingHost) -> None:
    host.sale.scan("TF-SCARF")
    host.sale.scan("TF-HONEY")
    host.sale.remove()
    assert [row.name for row in host.basket.lines.rows] == ["Indigo cotton scarf"]
