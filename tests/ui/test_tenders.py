"""Paying with more than cash: what is taken, what remains, what is refused, what comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.paying_host import CARD, GIFT, PayingHost, paying
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import baht
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.ui.counter.done import DonePage
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.counter.tenders import Owed, Taken

SCARF, DISH = 590_00, 10_00


@pytest.fixture
def host(qtbot: QtBot, tmp_path: Path) -> Iterator[PayingHost]:
    with paying(qtbot, tmp_path / "till") as host:
        yield host


# --- cash is first, and as before ---------------------------------------------------------------


def test_cash_takes_as_few_keys_as_before(host: PayingHost) -> None:
    host.pay_for("TF-SCARF", "TF-DISH")
    host.enter()
    assert host.pressed == 1
    assert host.tenders == [("cash", SCARF + DISH, "")]
    host.pay_for("TF-SCARF")
    host.f(5)
    assert host.pressed == 2
    assert host.tenders == [("cash", 600_00, "")]


def test_a_till_without_other_tenders_offers_none(host: PayingHost) -> None:
    host.page.show_types(())
    host.page.show_due(SCARF)
    assert not host.page.tender_keys.isVisibleTo(host.page)
    host.pages.turn_to(PayPage)
    host.f(5, ctrl=True)
    assert host.page.asking is None


def test_too_little_cash_is_said_by_what_is_missing(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.type("100")
    host.enter()
    assert host.last is None
    problem = host.problems[-1]
    assert isinstance(problem, Refusal)
    assert (problem.why, problem.facts["missing"]) == (Why.PAID_TOO_LITTLE, 490_00)


# --- one other tender ---------------------------------------------------------------------------


def test_all_by_card_asks_the_reference_in_place(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.f(5, ctrl=True)
    assert host.page.asking == CARD
    assert host.placeholders[-1] == "Reference that Card shows"
    host.type("884213")
    host.enter()
    assert host.tenders == [("CARD", SCARF, "884213")]
    assert host.last is not None
    assert host.last.change == 0
    assert host.pages.shows(DonePage)
    assert "Card" in host.pages.of(DonePage).sums_shown
    assert "884213" in host.pages.of(DonePage).sums_shown


def test_what_needs_no_reference_completes_with_one_key(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.f(7, ctrl=True)
    assert host.pressed == 1
    assert host.tenders == [("GV", SCARF, "")]


def test_a_missing_reference_is_asked_for_and_nothing_is_sold(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.f(5, ctrl=True)
    host.enter()
    assert host.why() is Why.REFERENCE_MISSING
    assert host.page.asking == CARD
    host.type("4111111111111111")
    host.enter()
    assert host.why() is Why.CARD_NUMBER
    assert host.last is None
    assert not host.page.tenders_shown


def test_escape_goes_back_step_by_step(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.f(5, ctrl=True)
    host.type("12")
    host.press(Qt.Key.Key_Escape)
    assert (host.field.text(), host.page.asking) == ("", CARD)
    host.press(Qt.Key.Key_Escape)
    assert host.page.asking is None
    assert host.placeholders[-1] == "Amount handed over"
    assert host.pages.shows(PayPage)
    host.press(Qt.Key.Key_Escape)
    assert host.pages.shows(ShelfPage)


def test_while_a_reference_is_asked_for_no_note_is_taken(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.f(5, ctrl=True)
    host.f(5)
    assert host.last is None


# --- several tenders ----------------------------------------------------------------------------


def test_card_first_and_the_rest_in_cash_with_change(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.type("400")
    host.f(5, ctrl=True)
    host.type("A1")
    host.enter()
    assert host.last is None
    assert host.page.tenders_shown == [f"Card A1 {baht(400_00)}"]
    assert host.page.due_shown == baht(190_00)
    host.type("200")
    assert host.page.change_shown == baht(10_00)
    host.enter()
    assert host.tenders == [("CARD", 400_00, "A1"), ("cash", 200_00, "")]
    assert host.last is not None
    assert host.last.change == 10_00
    assert host.pages.of(DonePage).change_shown == baht(10_00)


def test_a_part_in_cash_first_and_the_rest_by_voucher(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.type("90")
    host.f(12, ctrl=True)
    assert host.page.due_shown == baht(500_00)
    host.f(7, ctrl=True)
    assert sorted(host.tenders) == [("GV", 500_00, ""), ("cash", 90_00, "")]


def test_two_cards_are_two_tenders_and_two_heaps_of_cash_are_one(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    for amount, reference in (("100", "X1"), ("200", "X2")):
        host.type(amount)
        host.f(5, ctrl=True)
        host.type(reference)
        host.enter()
    host.type("50")
    host.f(12, ctrl=True)
    host.enter()
    assert host.tenders == [
        ("CARD", 100_00, "X1"),
        ("CARD", 200_00, "X2"),
        ("cash", 290_00, ""),
    ]


def test_more_than_remains_is_refused_for_what_is_not_cash(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.type("600")
    host.f(5, ctrl=True)
    problem = host.problems[-1]
    assert isinstance(problem, Refusal)
    assert (problem.why, problem.facts["over"]) == (Why.CHANGE_ONLY_FROM_CASH, 10_00)
    assert host.page.asking is None
    assert host.field.text() == "600"


@pytest.mark.parametrize("typed", ["0", "4x0", "-5"])
def test_what_is_no_amount_is_never_charged(host: PayingHost, typed: str) -> None:
    host.pay_for("TF-SCARF")
    host.type(typed)
    host.f(7, ctrl=True)
    assert host.why() is Why.AMOUNT_UNREADABLE
    assert host.last is None


def test_a_tender_is_taken_away_again_by_key_and_by_finger(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    for amount in ("100", "50"):
        host.type(amount)
        host.f(7, ctrl=True)
    host.press(Qt.Key.Key_Backspace)
    assert host.page.due_shown == baht(490_00)
    host.page.tender_list.removed.emit(0)
    assert host.page.due_shown == baht(490_00)
    host.now += 400
    host.page.tender_list.removed.emit(0)
    assert host.page.due_shown == baht(SCARF)
    assert not host.page.tenders_shown


def test_a_finger_that_bounces_on_a_tender_takes_it_once(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.type("100")
    for _ in range(2):
        host.page.tender_keys.chosen.emit(2)
    assert host.page.due_shown == baht(490_00)
    assert host.last is None
    host.now += 400
    host.page.tender_keys.chosen.emit(2)
    assert host.tenders == [("GV", 100_00, ""), ("GV", 490_00, "")]


def test_backspace_takes_a_digit_while_there_is_one(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.type("100")
    host.f(7, ctrl=True)
    host.type("12")
    host.press(Qt.Key.Key_Backspace)
    assert host.field.text() == "1"
    assert len(host.page.tenders_shown) == 1


# --- the basket goes on living ------------------------------------------------------------------


def test_what_was_taken_stays_while_a_forgotten_piece_is_scanned(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.type("400")
    host.f(7, ctrl=True)
    host.scan("TF-HONEY")
    assert host.pages.shows(ShelfPage)
    assert host.last is None
    host.pay_for()
    assert host.page.due_shown == baht(190_00 + 9_00)


def test_what_was_taken_does_not_outlive_the_basket(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.type("400")
    host.f(7, ctrl=True)
    host.sale.empty()
    host.pay_for("TF-SCARF")
    assert not host.page.tenders_shown
    assert host.page.due_shown == baht(SCARF)
    host.f(7, ctrl=True)
    host.pay_for("TF-HONEY")
    assert not host.page.tenders_shown


def test_a_basket_that_shrinks_below_the_card_is_not_completed(host: PayingHost) -> None:
    host.pay_for("TF-SCARF", "TF-HONEY")
    host.type("595")
    host.f(7, ctrl=True)
    host.sale.remove()
    host.enter()
    assert host.why() is Why.CHANGE_ONLY_FROM_CASH
    assert host.last is None
    assert host.page.tenders_shown


def test_a_scan_is_sold_and_never_a_card_s_reference_but_a_coupon_s_number_is(
    host: PayingHost,
) -> None:
    host.pay_for("TF-SCARF")
    host.f(5, ctrl=True)
    host.scan("TF-HONEY")
    assert host.last is None
    assert len(host.sale.basket.lines) == 2
    host.pay_for()
    assert host.page.asking is None
    host.f(8, ctrl=True)
    host.scan("GIFT-000123")
    assert host.tenders == [("SL", SCARF + 9_00, "GIFT-000123")]


def test_words_turn_with_the_language_while_a_reference_is_asked_for(host: PayingHost) -> None:
    host.pay_for("TF-SCARF")
    host.type("100")
    host.f(7, ctrl=True)
    host.f(5, ctrl=True)
    host.pages.reword(host.words["th"])
    assert host.page.tenders_shown == [f"บัตรของขวัญ {baht(100_00)}"]
    assert "บัตร" in host.page.purpose(host.words["th"])[0]
    assert host.page.asking == CARD


# --- exchange -----------------------------------------------------------------------------------


def exchange(host: PayingHost, *bought: str) -> None:
    """Sell a scarf and honey, and let the scarf come back against other pieces."""
    for code in ("TF-SCARF", "TF-HONEY"):
        host.desk.register.scan(code)
    sold = host.desk.register.pay([Tender(TenderKind.CASH, 1_000_00)])
    found = host.desk.refunds.find(sold.sale.number)
    host.desk.refunds.exchange(found, {0: 1}, "size")
    host.sale.settle()
    for code in bought:
        assert host.sale.scan(code)


def test_the_basket_says_what_comes_back_and_what_is_due(host: PayingHost) -> None:
    exchange(host)
    totals = host.basket.totals
    assert totals.back_shown == f"\N{MINUS SIGN}{SCARF // 100}.00"
    assert totals.total_shown == baht(SCARF)
    host.sale.scan("TF-SCARF")
    host.sale.scan("TF-BASKET")
    assert totals.total_shown == baht(333_33)


def test_a_dearer_exchange_is_paid_by_card(host: PayingHost) -> None:
    exchange(host, "TF-SCARF", "TF-BASKET")
    host.paying.open()
    assert host.page.due_shown == baht(333_33)
    host.f(5, ctrl=True)
    host.type("Z9")
    host.enter()
    assert host.tenders[0][:2] == ("exchange", SCARF)
    assert host.tenders[1] == ("CARD", 333_33, "Z9")


def test_an_even_exchange_takes_no_money(host: PayingHost) -> None:
    exchange(host, "TF-SCARF")
    host.paying.open()
    host.enter()
    assert [tender[:2] for tender in host.tenders] == [("exchange", SCARF)]


def test_a_cheaper_exchange_gives_back_without_a_tender(host: PayingHost) -> None:
    exchange(host, "TF-BASKET")
    host.paying.open()
    back = SCARF - 333_33
    assert host.page.due_shown == baht(back)
    assert host.basket.totals.total_shown == baht(back)
    key = host.page.main_key(host.say)
    assert key is not None
    assert baht(back) in key.below
    host.enter()
    assert host.last is not None
    assert [tender[:2] for tender in host.tenders] == [("exchange", 333_33)]
    done = host.pages.of(DonePage)
    assert done.change_shown == baht(back)
    assert host.last.exchange_of in done.sums_shown


def test_an_exchange_can_be_dropped_and_the_basket_is_sold_all_the_same(host: PayingHost) -> None:
    exchange(host, "TF-SCARF")
    host.basket.totals.exchange_dropped.emit()
    assert host.desk.register.exchange is None
    assert not host.basket.totals.back_shown
    host.paying.open()
    host.enter()
    assert host.tenders == [("cash", SCARF, "")]


# --- sums ---------------------------------------------------------------------------------------

amounts = st.integers(1, 2_000_00)


@given(due=amounts, cash=st.lists(amounts, max_size=4), others=st.lists(amounts, max_size=4))
def test_what_remains_and_what_goes_back_are_one_sum(
    due: int, cash: list[int], others: list[int]
) -> None:
    taken = Taken()
    for amount in cash:
        taken = taken.with_cash(amount)
    for amount in others:
        remains = taken.remains(due)
        if amount > remains:
            with pytest.raises(Refusal):
                taken.with_tender(GIFT, amount, due=due)
        else:
            taken = taken.with_tender(GIFT, amount, due=due)
    handed = sum(tender.amount for tender in taken.tenders)
    assert taken.remains(due) - taken.change(due) == due - handed
    assert sum(tender.kind.is_cash for tender in taken.tenders) <= 1
    beside = sum(tender.amount for tender in taken.tenders if not tender.kind.is_cash)
    assert beside <= due


@given(total=st.integers(0, 9_000_00), credit=st.integers(0, 9_000_00))
def test_what_is_owed_tells_the_basket_s_own_total(total: int, credit: int) -> None:
    assert Owed(max(total - credit, 0), max(credit - total, 0), credit).total == total
