"""What comes back: never more than was bought, to the satang, however and by whomever."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.counter.tills import (
    Paper,
    cash,
    catalogue,
    make_till,
    opened,
    proof,
    ring,
)
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.catalogue import KnownTill, Text
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.reversal import (
    ReversalKind,
)
from tofan_pos.domain.sale import Tender, TenderKind, TenderType
from tofan_pos.sync.return_code import MARK, read_return_code, return_code

ROOT = Path(__file__).parents[2]
REASON = "สีไม่ถูกใจ"
CARD = TenderType(code="EDC1", kind=TenderKind.CARD, name=Text("บัตร", "Card"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    goods = replace(catalogue(), tender_types=(CARD,))
    make_till(tmp_path, goods=goods, printer="file:receipts")
    with opened(tmp_path, paper=Paper()) as desk:
        yield desk


def refused(why: Why, verb: object, *args: object, **more: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        verb(*args, **more)  # type: ignore[operator]
    assert caught.value.why is why
    return caught.value


def test_one_piece_comes_back_and_is_paid_back(desk: Desk) -> None:
    sold = ring(desk, "TF-SCARF", "TF-SCARF", "TF-BASKET")
    found = desk.refunds.find(sold.sale.number)
    assert (found.left(0), found.left(1), found.own) == (2, 1, True)
    assert desk.refunds.worth(found, {0: 1}) == 590_00
    done = desk.refunds.refund(found, {0: 1}, REASON)
    reversal = done.reversal
    assert (reversal.number, reversal.total) == ("TST1-C000001", 590_00)
    assert reversal.tenders == (Tender(TenderKind.CASH, 590_00),)
    assert (reversal.of, reversal.reason, reversal.by) == (sold.sale.number, REASON, "SETUP")
    assert desk.refunds.find(sold.sale.number).left(0) == 1
    assert proof(desk).flaw is None


@pytest.mark.parametrize("typed", ["TST1-V000001", "tst1-v000001 ", "1", "ะหะๅขอจจจจจๅ", "๑"])
def test_a_number_is_read_however_it_was_typed(desk: Desk, typed: str) -> None:
    sold = ring(desk)
    assert desk.refunds.find(typed).origin.number == sold.sale.number


def test_more_than_was_bought_is_refused_over_all_refunds(desk: Desk) -> None:
    sold = ring(desk, "TF-SCARF", "TF-SCARF")
    stale = desk.refunds.of_sale(sold)
    desk.refunds.refund(stale, {0: 2}, REASON)
    answer = refused(Why.MORE_THAN_BOUGHT, desk.refunds.refund, stale, {0: 1}, REASON)
    assert answer.facts["left"] == 0
    for chosen, why in (
        ({}, Why.NOTHING_CHOSEN),
        ({7: 1}, Why.NO_SUCH_LINE),
        ({0: 0}, Why.QUANTITY_OUT_OF_RANGE),
        ({0: -1}, Why.QUANTITY_OUT_OF_RANGE),
    ):
        refused(why, desk.refunds.refund, stale, chosen, REASON)
    refused(Why.REASON_MISSING, desk.refunds.refund, stale, {0: 1}, "  ")
    assert proof(desk).entries == desk.store.journal_size()[0]


def test_without_a_session_nothing_comes_back(desk: Desk) -> None:
    sold = ring(desk)
    desk.day.count(Count.of({}, loose=590_00))
    desk.day.close()
    found = desk.refunds.of_sale(sold)
    refused(Why.NO_SESSION, desk.refunds.refund, found, {0: 1}, REASON)
    refused(Why.NO_SESSION, desk.refunds.exchange, found, {0: 1}, REASON)


def test_what_was_paid_by_card_goes_back_to_the_card(desk: Desk) -> None:
    for _ in range(2):
        desk.register.scan("TF-SCARF")
    card = Tender(TenderKind.CARD, 700_00, "EDC1", "000778")
    sold = desk.register.pay([card, Tender(TenderKind.CASH, 500_00)])
    assert sold.sale.change == 20_00
    found = desk.refunds.of_sale(sold)
    first = desk.refunds.refund(found, {0: 1}, REASON).reversal
    assert first.tenders == (replace(card, amount=590_00),)
    second = desk.refunds.refund(desk.refunds.of_sale(sold), {0: 1}, REASON).reversal
    assert second.tenders == (replace(card, amount=110_00), Tender(TenderKind.CASH, 480_00))


def test_paying_back_otherwise_must_come_to_the_same(desk: Desk) -> None:
    found = desk.refunds.of_sale(ring(desk))
    less = [Tender(TenderKind.CASH, 589_99)]
    refused(Why.PAID_BACK_DIFFERS, desk.refunds.refund, found, {0: 1}, REASON, tenders=less)
    strange = [Tender(TenderKind.VOUCHER, 590_00, "V1")]
    refused(Why.TENDER_UNKNOWN, desk.refunds.refund, found, {0: 1}, REASON, tenders=strange)


def test_an_exchange_is_one_pair_of_documents(desk: Desk) -> None:
    sold = ring(desk, "TF-SCARF")
    assert desk.refunds.exchange(desk.refunds.of_sale(sold), {0: 1}, REASON) == 590_00
    desk.register.scan("TF-BASKET")
    assert (desk.register.due, desk.register.back) == (0, 256_67)
    entries = desk.store.journal_size()[0]
    done = desk.register.pay([])
    assert desk.store.journal_size()[0] == entries + 2
    assert done.sale.tenders == (Tender(TenderKind.EXCHANGE, 333_33),)
    with desk.store.reading() as look:
        (refund,) = look.reversals_of(sold.sale.number)
    assert done.sale.exchange_of == refund.number
    assert refund.tenders == (Tender(TenderKind.EXCHANGE, 333_33), Tender(TenderKind.CASH, 256_67))
    assert desk.register.exchange is None
    x = desk.day.x()
    assert x.expected()["cash"] == 590_00 - 256_67
    assert proof(desk).flaw is None


def test_an_exchange_for_something_dearer_is_paid_up(desk: Desk) -> None:
    sold = ring(desk, "TF-BASKET")
    desk.refunds.exchange(desk.refunds.of_sale(sold), {0: 1}, REASON)
    desk.register.scan("TF-SCARF")
    assert (desk.register.due, desk.register.back) == (256_67, 0)
    refused(Why.PAID_TOO_LITTLE, desk.register.pay, cash(256_66))
    done = desk.register.pay(cash(300_00))
    assert (done.sale.change, done.sale.total) == (43_33, 590_00)
    refused(Why.VOID_EXCHANGE, desk.refunds.void, done, REASON)


def test_an_exchange_that_was_beaten_changes_nothing(desk: Desk) -> None:
    sold = ring(desk)
    found = desk.refunds.of_sale(sold)
    desk.refunds.exchange(found, {0: 1}, REASON)
    desk.refunds.refund(found, {0: 1}, REASON)
    desk.register.scan("TF-BASKET")
    before = desk.store.journal_size()
    refused(Why.MORE_THAN_BOUGHT, desk.register.pay, [])
    assert desk.store.journal_size() == before
    desk.refunds.forget_exchange()
    assert desk.register.pay(cash(333_33)).sale.n == 2


def test_a_void_takes_the_whole_sale_back_and_keeps_its_number(desk: Desk) -> None:
    sold = ring(desk, "TF-SCARF", "TF-DISH")
    done = desk.refunds.void(sold, "คิดเงินผิด").reversal
    number = sold.sale.number
    assert (done.kind, done.number, done.of) == (ReversalKind.VOID, number, number)
    assert (done.total, done.vat, done.share) == (
        sold.sale.total,
        sold.sale.vat,
        sold.sale.share,
    )
    refused(Why.ALREADY_VOIDED, desk.refunds.void, sold, REASON)
    refused(Why.ALREADY_VOIDED, desk.refunds.find, sold.sale.number)
    assert ring(desk, "TF-DISH").sale.n == 2, "the piece that came back is for sale again"
    net = desk.day.x().net
    assert (net.count, net.total) == (1, 10_00)
    assert proof(desk).flaw is None


def test_what_cannot_be_voided(desk: Desk) -> None:
    old = ring(desk)
    desk.day.count(Count.of({}, loose=590_00))
    desk.day.close()
    refused(Why.NO_SESSION, desk.refunds.void, old, REASON)
    desk.day.open(Count())
    refused(Why.VOID_OTHER_SESSION, desk.refunds.void, old, REASON)
    partly = ring(desk, "TF-SCARF", "TF-SCARF")
    desk.refunds.refund(desk.refunds.of_sale(partly), {0: 1}, REASON)
    refused(Why.ALREADY_REFUNDED, desk.refunds.void, partly, REASON)


def test_a_piece_of_which_there_is_one_is_sold_once(desk: Desk) -> None:
    first = ring(desk, "TF-DISH")
    refused(Why.UNIQUE_SOLD, desk.register.scan, "TF-DISH")
    desk.refunds.refund(desk.refunds.of_sale(first), {0: 1}, REASON)
    ring(desk, "TF-DISH")
    refused(Why.UNIQUE_SOLD, desk.register.scan, "TF-DISH")


def test_without_a_receipt_it_is_worth_what_it_costs_today(desk: Desk) -> None:
    product = desk.shelf.scan("TF-SCARF")
    found = desk.refunds.without_receipt([(product, 2)])
    done = desk.refunds.refund(found, {0: 2}, REASON).reversal
    assert (done.of, done.total, done.vat) == ("", 1180_00, 77_20)
    assert proof(desk).flaw is None


def test_another_tills_receipt_comes_back_by_its_code(desk: Desk, tmp_path: Path) -> None:
    make_till(tmp_path / "other", till="OTH1")
    with opened(tmp_path / "other") as other:
        sold = ring(other, "TF-SCARF", "TF-BASKET").sale
        code = return_code(sold, other.outbox.keys.load())
        key = other.identity.public_key
    assert code.startswith(MARK)
    assert code.removeprefix(MARK).isalnum()
    refused(Why.RETURN_TILL_UNKNOWN, desk.refunds.find, code)
    known = (KnownTill("OTH1", 1, key),)
    with desk.journal.fact() as fact:
        fact.tx.replace_catalogue(replace(catalogue(), known_tills=known), [])
    found = desk.refunds.find(code.lower())
    assert (found.own, found.origin.number) == (False, sold.number)
    assert [line.name.th for line in found.origin.lines] == [line.name.th for line in sold.lines]
    done = desk.refunds.refund(found, {1: 1}, REASON).reversal
    line = sold.lines[1]
    assert (done.total, done.vat, done.share) == (line.paid, line.vat, line.share)
    again = desk.refunds.find(code)
    refused(Why.MORE_THAN_BOUGHT, desk.refunds.refund, again, {1: 1}, REASON)
    wrong = code[:-30] + ("A" if code[-30] != "A" else "B") + code[-29:]
    refused(Why.RETURN_CODE_WRONG, desk.refunds.find, wrong)
    refused(Why.RETURN_CODE_WRONG, read_return_code, MARK + "A" * 9)
