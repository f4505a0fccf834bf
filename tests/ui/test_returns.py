"""Taking back: in as few keys as promised, never more than was bought, and asked where it must."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.counter.tills import cash, opened, ring
from tests.ui.taking_host import (
    CTRL,
    KEYPAD,
    SellPage,
    TakingHost,
    last_refund,
    refunds,
    sell,
    taking,
)
from tofan_pos.domain.errors import Why
from tofan_pos.domain.money import baht
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.sync.return_code import return_code
from tofan_pos.thai.keyboard import _THAI, _THAI_SHIFT, _US, _US_SHIFT
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.return_page import ReturnPage
from tofan_pos.ui.counter.returned_page import ReturnedPage

SCARF_EAN = "8850123456787"
TO_THAI = str.maketrans(_US + _US_SHIFT, _THAI + _THAI_SHIFT)


@pytest.fixture
def till(qtbot: QtBot, tmp_path: Path) -> Iterator[TakingHost]:
    with taking(qtbot, tmp_path) as host:
        yield host


@pytest.fixture
def cashiers(qtbot: QtBot, tmp_path: Path) -> Iterator[TakingHost]:
    with taking(qtbot, tmp_path, who="SELL1") as host:
        yield host


def page(host: TakingHost) -> ReturnPage:
    assert host.pages.shows(ReturnPage)
    return host.pages.of(ReturnPage)


def taken(host: TakingHost) -> list[int]:
    shown = page(host).shown
    assert shown is not None
    return [line.taken for line in shown.lines]


def test_one_item_comes_back_with_one_scan_and_three_keys(till: TakingHost) -> None:
    number = sell(till, "TF-SCARF", "TF-BASKET", "TF-BASKET").sale.number
    till.scan(number)
    till.space()
    till.f(5)
    till.enter()
    assert till.pressed == 3
    done = last_refund(till).reversal
    assert (done.of, done.total, done.reason) == (number, 590_00, "Damaged")
    assert [line.code for line in done.lines] == ["TF-SCARF"]
    returned = till.pages.of(ReturnedPage)
    assert till.pages.shows(ReturnedPage)
    assert (returned.amount_shown, done.number in returned.number_shown) == (baht(590_00), True)
    assert till.changes == 1


def test_the_only_piece_is_taken_already(till: TakingHost) -> None:
    till.scan(sell(till, "TF-SCARF").sale.number)
    assert taken(till) == [1]
    till.f(6)
    till.enter()
    assert till.pressed == 2
    assert last_refund(till).reversal.reason == "Wrong colour or size"


def test_the_next_scan_after_a_refund_is_the_next_sale(till: TakingHost) -> None:
    till.scan(sell(till, "TF-SCARF").sale.number)
    till.f(5)
    till.enter()
    till.scan(SCARF_EAN)
    assert till.scans == [SCARF_EAN]


@pytest.mark.parametrize("layout", ["us", "thai", "capslock"])
def test_a_receipt_is_known_in_every_layout_and_a_product_never_taken_for_one(
    till: TakingHost, layout: str
) -> None:
    number = sell(till, "TF-SCARF").sale.number
    said = {"us": number, "thai": number.translate(TO_THAI), "capslock": number.lower()}[layout]
    assert till.returning.is_receipt(said)
    for product in (SCARF_EAN, "TF-SCARF", "TF-S000001", "42", "", "ผ้าพันคอ", "A" * 10_000):
        assert not till.returning.is_receipt(product)
    till.scan(said)
    assert page(till).shown is not None


def test_a_product_whose_code_looks_like_a_number_is_a_product(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with taking(qtbot, tmp_path) as host:
        assert host.returning.is_receipt("TF-R000001")
        product = host.desk.shelf.scan("TF-SCARF")
        with host.desk.store.writing() as tx:
            tx.connection.execute(
                "UPDATE product SET barcode = 'TF-R000001' WHERE code = ?", (product.code,)
            )
        assert not host.returning.is_receipt("TF-R000001")


def test_a_scanner_that_ends_with_two_enters_pays_nothing_and_says_nothing(
    till: TakingHost,
) -> None:
    number = sell(till, "TF-SCARF").sale.number
    till.scan(number, ending="\r\r")
    assert taken(till) == [1]
    assert (refunds(till), till.problems) == (0, [])


def test_scans_take_pieces_of_their_lines_and_no_more_than_were_bought(till: TakingHost) -> None:
    till.scan(sell(till, "TF-SCARF", "TF-BASKET", "TF-BASKET").sale.number)
    till.scan("TF-BASKET")
    till.scan("TF-BASKET")
    assert taken(till) == [0, 2]
    till.scan("TF-BASKET")
    assert till.whys() == [Why.MORE_THAN_BOUGHT]
    till.scan("TF-HONEY")
    till.scan("NOSUCH-1")
    assert till.whys()[1:] == [Why.MORE_THAN_BOUGHT, Why.UNKNOWN_CODE]
    assert taken(till) == [0, 2]


def test_arrows_highlight_and_keys_step_both_ways(till: TakingHost) -> None:
    till.scan(sell(till, "TF-SCARF", "TF-BASKET", "TF-BASKET").sale.number)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Up, held=CTRL)
    till.press(Qt.Key.Key_Plus, "+", held=Qt.KeyboardModifier.ShiftModifier)
    assert taken(till) == [0, 2]
    till.press(Qt.Key.Key_Minus, "-", held=KEYPAD)
    assert taken(till) == [0, 1]
    till.press(Qt.Key.Key_Down, held=CTRL)
    till.press(Qt.Key.Key_Down, held=CTRL)
    assert taken(till) == [0, 0]
    assert not till.main.isEnabled()


def test_keys_work_as_well_while_the_list_has_the_keyboard(till: TakingHost) -> None:
    till.scan(sell(till, "TF-SCARF", "TF-BASKET").sale.number)
    page(till).pieces.lines.setFocus()
    till.press(Qt.Key.Key_Down)
    till.space()
    assert taken(till) == [0, 1]
    page(till).pieces.lines.setFocus()
    till.scan("TF-SCARF")
    assert taken(till) == [1, 1]
    page(till).pieces.lines.setFocus()
    till.press(Qt.Key.Key_Escape)
    assert till.pages.shows(SellPage)


def test_a_name_typed_takes_a_piece(till: TakingHost) -> None:
    till.scan(sell(till, "TF-SCARF", "TF-BASKET").sale.number)
    till.type("bamboo")
    till.enter()
    assert taken(till) == [0, 1]


def test_what_came_back_before_is_shown_and_the_first_line_left_is_highlighted(
    till: TakingHost,
) -> None:
    number = sell(till, "TF-SCARF", "TF-BASKET", "TF-BASKET").sale.number
    found = till.desk.refunds.find(number)
    till.desk.refunds.refund(found, {0: 1, 1: 1}, "x")
    till.scan(number)
    shown = page(till).shown
    assert shown is not None
    assert [line.left for line in shown.lines] == [0, 1]
    assert page(till).pieces.at == 1
    # One piece is all that is left, so it is taken already.
    assert taken(till) == [0, 1]


def test_nothing_chosen_and_no_reason_are_said_and_pay_nothing(till: TakingHost) -> None:
    till.scan(sell(till, "TF-SCARF", "TF-SCARF").sale.number)
    till.press(Qt.Key.Key_Down)
    till.enter()
    till.space()
    till.enter()
    assert till.whys() == [Why.NOTHING_CHOSEN, Why.REASON_MISSING]
    assert refunds(till) == 0
    till.type("too short")
    till.enter()
    assert last_refund(till).reversal.reason == "too short"


@pytest.mark.parametrize(
    ("said", "why"),
    [("TST1-R000099", Why.NO_SUCH_RECEIPT), ("TOFANR1.AAAA", Why.RETURN_CODE_WRONG)],
)
def test_what_cannot_be_taken_back_is_said_and_no_page_turns(
    till: TakingHost, said: str, why: Why
) -> None:
    till.scan(said)
    assert till.whys() == [why]
    assert till.pages.shows(SellPage)


def test_a_void_receipt_is_refused(till: TakingHost) -> None:
    stored = sell(till, "TF-SCARF")
    till.desk.refunds.void(stored, "x")
    till.scan(stored.sale.number)
    assert till.whys() == [Why.ALREADY_VOIDED]


def test_a_refunds_own_number_opens_the_sale_it_is_of(till: TakingHost) -> None:
    number = sell(till, "TF-SCARF", "TF-SCARF").sale.number
    till.desk.refunds.refund(till.desk.refunds.find(number), {0: 1}, "x")
    till.scan("TST1-C000001")
    shown = page(till).shown
    assert shown is not None
    assert shown.number == number


def test_the_key_asks_for_the_receipt_and_the_last_digits_will_do(till: TakingHost) -> None:
    sell(till, "TF-SCARF")
    till.returning.open_return()
    assert page(till).shown is None
    till.type("1")
    till.enter()
    assert taken(till) == [1]
    till.returning.open_return()
    assert till.pages.shows(SellPage)


def test_a_cashier_pays_back_alone_up_to_the_limit_and_asks_above_it(
    cashiers: TakingHost,
) -> None:
    till = cashiers
    number = sell(till, *["TF-SCARF"] * 5).sale.number
    till.scan(number)
    for _ in range(3):
        till.space()
    till.f(7)
    till.enter()
    assert refunds(till) == 1
    till.scan(sell(till, *["TF-SCARF"] * 4).sale.number)
    for _ in range(4):
        till.space()
    till.f(7)
    till.enter()
    assert till.pages.shows(ApprovePage)
    assert refunds(till) == 1
    till.approve()
    assert till.pages.shows(ReturnedPage)
    done = last_refund(till).reversal
    assert (done.total, done.by, done.approved_by) == (2360_00, "SELL1", "LEAD2")


def test_a_card_goes_back_to_the_card_and_cash_instead_takes_an_approval(
    cashiers: TakingHost,
) -> None:
    till = cashiers
    till.scan(sell(till, "TF-SCARF", by=TenderKind.CARD).sale.number)
    shown = page(till).shown
    assert shown is not None
    assert [tender.kind for tender in shown.tenders] == [TenderKind.CARD]
    till.f(3)
    till.f(5)
    till.enter()
    assert till.pages.shows(ApprovePage)
    till.approve()
    assert last_refund(till).reversal.tenders == (Tender(TenderKind.CASH, 590_00),)


def test_an_approval_called_off_leaves_the_return_as_it_was(cashiers: TakingHost) -> None:
    till = cashiers
    till.scan(sell(till, "TF-SCARF", by=TenderKind.CARD).sale.number)
    till.f(3)
    till.f(5)
    till.enter()
    till.pages.of(ApprovePage).cancelled.emit()
    assert taken(till) == [1]
    assert page(till).pieces.reasons.reason == "Damaged"
    assert refunds(till) == 0


def test_an_exchange_sets_its_worth_against_the_next_sale(till: TakingHost) -> None:
    till.scan(sell(till, "TF-SCARF").sale.number)
    till.f(6)
    till.f(4)
    assert till.pages.shows(SellPage)
    assert till.sale_changes == 1
    till.desk.register.scan("TF-BASKET")
    assert (till.desk.register.due, till.desk.register.back) == (0, 256_67)
    paid = till.desk.register.pay([])
    assert paid.sale.exchange_of == last_refund(till).reversal.number


def test_without_a_receipt_pieces_are_put_on_a_list_and_it_takes_an_approval(
    cashiers: TakingHost,
) -> None:
    till = cashiers
    till.returning.open_return()
    till.f(3)
    till.scan("TF-SCARF")
    till.scan("TF-BASKET")
    till.scan("TF-BASKET")
    till.type("honey")
    till.enter()
    assert taken(till) == [1, 2, 1]
    till.press(Qt.Key.Key_Up)
    till.press(Qt.Key.Key_Up)
    till.press(Qt.Key.Key_Minus, "-", held=KEYPAD)
    assert taken(till) == [2, 1]
    till.f(5)
    till.enter()
    till.approve()
    done = last_refund(till).reversal
    assert (done.of, done.total) == ("", 676_66)


def test_another_tills_code_is_taken_with_an_approval(cashiers: TakingHost, tmp_path: Path) -> None:
    till = cashiers
    with opened(tmp_path / "other") as other:
        code = return_code(ring(other, "TF-SCARF").sale, other.outbox.keys.load())
    till.scan(code)
    shown = page(till).shown
    assert shown is not None
    assert shown.number == "OTH1-V000001"
    till.f(5)
    till.enter()
    till.approve()
    assert last_refund(till).reversal.of == "OTH1-V000001"


def test_another_window_that_was_quicker_is_said_and_nothing_is_paid_twice(
    till: TakingHost,
) -> None:
    number = sell(till, "TF-SCARF").sale.number
    till.scan(number)
    till.desk.refunds.refund(till.desk.refunds.find(number), {0: 1}, "x")
    till.f(5)
    till.enter()
    assert till.whys() == [Why.MORE_THAN_BOUGHT]
    assert refunds(till) == 1


def test_the_language_turns_and_the_choice_stays(till: TakingHost) -> None:
    till.scan(sell(till, "TF-SCARF", "TF-SCARF").sale.number)
    till.space()
    assert page(till).pieces.lines.rows[0].name == "Indigo cotton scarf"
    till.speak("th")
    assert page(till).pieces.lines.rows[0].name == "ผ้าพันคอฝ้ายทอมือ ย้อมคราม"
    assert taken(till) == [1]


def test_an_open_basket_stays_while_something_comes_back(till: TakingHost) -> None:
    number = sell(till, "TF-SCARF").sale.number
    till.desk.register.scan("TF-BASKET")
    till.scan(number)
    till.f(5)
    till.enter()
    assert refunds(till) == 1
    till.desk.register.pay(cash(333_33))
