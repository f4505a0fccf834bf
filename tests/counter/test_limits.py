"""Limits that add up: what a cashier may give alone, however it is cut into pieces."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.counter.tills import cash, catalogue, make_till, opened, proof, ring
from tofan_pos.counter.access import Approval
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.count import parse_count
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Right, Role
from tofan_pos.domain.sale import Tender, TenderKind, TenderType
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.events import OverrideBody
from tofan_pos.sync.kinds import Overridden

SUPERVISOR, CASHIER = "482913", "570284"
CARD = TenderType(code="EDC1", kind=TenderKind.CARD, name=Text("บัตร", "Card"))
PAPER = TenderType(code="VOU", kind=TenderKind.VOUCHER, name=Text("บัตรกำนัล", "Voucher"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    make_till(tmp_path, goods=replace(catalogue(), tender_types=(CARD, PAPER)))
    with opened(tmp_path, session=False) as desk:
        desk.access.first_supervisor("S1", "หัวหน้า", SUPERVISOR)
        desk.access.add_staff("C1", "แคชเชียร์", Role.CASHIER, CASHIER)
        desk.access.sign_in("C1", CASHIER)
        desk.day.open(parse_count("2000"))
        yield desk


def refused(why: Why, verb: Callable[..., object], *args: object, **more: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        verb(*args, **more)
    assert caught.value.why is why
    return caught.value


def off(value: int, kind: DiscountKind = DiscountKind.PERCENT) -> Discount:
    return Discount(kind=kind, value=value, reason="สมาชิก", bearer=Bearer.BRAND)


def word(desk: Desk, right: Right) -> Approval:
    return desk.access.approve(right, "S1", SUPERVISOR)


def needs(right: Right, verb: Callable[..., object], *args: object) -> None:
    assert refused(Why.APPROVAL_NEEDED, verb, *args).facts["right"] is right


def overrides(desk: Desk) -> list[OverrideBody]:
    found = (read_entry(entry.line) for entry in desk.store.entries())
    return [entry.body for entry in found if isinstance(entry, Overridden)]


def test_a_discount_does_not_grow_as_its_basket_shrinks(desk: Desk) -> None:
    register = desk.register
    for _ in range(10):
        register.scan("TF-SCARF")
    register.discount_line(0, off(590_00, DiscountKind.AMOUNT))
    register.set_quantity(0, 1)
    assert register.basket.total == 0
    needs(Right.DISCOUNT_ABOVE, register.pay, cash(0))
    sold = register.pay(cash(0), approval=word(desk, Right.DISCOUNT_ABOVE))
    assert (sold.sale.total, sold.sale.voided[0].quantity) == (0, 9)
    assert desk.day.x().overrides == 1


def test_small_discounts_together_are_a_large_one(desk: Desk) -> None:
    register = desk.register
    register.scan("TF-SCARF")
    register.discount_line(0, off(1000))
    register.discount_basket(off(1000))
    needs(Right.DISCOUNT_ABOVE, register.pay, cash(590_00))
    register.discount_basket(None)
    assert register.pay(cash(590_00)).sale.total == 531_00


def test_what_was_allowed_covers_no_more_than_was_shown(desk: Desk) -> None:
    register = desk.register
    register.scan("TF-SCARF")
    asked = refused(Why.APPROVAL_NEEDED, register.override_price, 0, 1_00, "ตำหนิ")
    assert asked.facts["right"] is Right.PRICE_OVERRIDE
    register.override_price(0, 1_00, "ตำหนิ", approval=word(desk, Right.PRICE_OVERRIDE))
    register.set_quantity(0, 50)
    needs(Right.DISCOUNT_ABOVE, register.pay, cash(50_00))
    register.set_quantity(0, 1)
    assert register.pay(cash(1_00)).sale.total == 1_00
    x = desk.day.x()
    assert (x.price_changes.count, x.price_changes.amount) == (1, 589_00)


def test_a_price_above_the_catalogues_closes_too_and_pays_for_no_discount(desk: Desk) -> None:
    register = desk.register
    register.scan("TF-SCARF")
    word_on_price = word(desk, Right.PRICE_OVERRIDE)
    register.override_price(0, 700_00, "งานสั่งทำ", approval=word_on_price)
    register.scan("TF-BASKET")
    register.discount_line(1, off(1000))
    assert register.basket.given == 33_33
    register.pay(cash(register.basket.total))
    x = desk.day.x()
    assert (x.price_changes.count, x.price_changes.amount) == (1, -110_00)
    desk.day.count(parse_count("2999.99"))
    assert desk.day.close().z.report.price_changes == x.price_changes


def test_a_refund_in_slices_is_one_refund(desk: Desk) -> None:
    sold = ring(desk, *["TF-SCARF"] * 6)
    refunds = desk.refunds
    for _ in range(3):
        refunds.refund(refunds.of_sale(sold), {0: 1}, "สี")
    needs(Right.REFUND_ABOVE, refunds.refund, refunds.of_sale(sold), {0: 1}, "สี")


def test_an_exchange_makes_no_cash_out_of_a_card(desk: Desk) -> None:
    register, refunds = desk.register, desk.refunds
    register.scan("TF-SCARF")
    sold = register.pay([Tender(TenderKind.CARD, 590_00, "EDC1", "77")])
    refunds.exchange(refunds.of_sale(sold), {0: 1}, "เปลี่ยน")
    register.scan("TF-SCARF")
    again = register.pay([])
    needs(Right.REFUND_OTHER_TENDER, refunds.refund, refunds.of_sale(again), {0: 1}, "x")
    x = desk.day.x()
    assert (x.exchanges.count, x.exchanges.amount) == (1, 590_00)


def test_an_exchange_that_is_worth_something_else_now_is_chosen_again(desk: Desk) -> None:
    register, refunds = desk.register, desk.refunds
    for _ in range(3):
        register.scan("TF-BASKET")
    register.discount_basket(off(1, DiscountKind.AMOUNT))
    sold = register.pay(cash(999_98))
    refunds.exchange(refunds.of_sale(sold), {0: 1}, "เปลี่ยน")
    refunds.refund(refunds.of_sale(sold), {0: 1}, "สี")
    register.scan("TF-BASKET")
    before = desk.store.journal_size()
    worth = refunds.worth(refunds.of_sale(sold), {0: 1})
    if worth != 333_33:
        refused(Why.EXCHANGE_CHANGED, register.pay, cash(register.due))
        assert desk.store.journal_size() == before
    refunds.forget_exchange()
    register.pay(cash(333_33))
    assert proof(desk).flaw is None


def test_the_same_voucher_is_taken_once(desk: Desk) -> None:
    register = desk.register
    paper = Tender(TenderKind.VOUCHER, 590_00, "VOU", "V-0001")
    register.scan("TF-SCARF")
    first = register.pay([paper])
    register.scan("TF-SCARF")
    refused(Why.REFERENCE_USED, register.pay, [paper])
    register.void_basket()
    desk.refunds.void(first, "ผิด", approval=word(desk, Right.VOID_DOCUMENT))
    register.scan("TF-SCARF")
    assert register.pay([paper]).sale.n == 2


def test_no_more_leaves_the_drawer_than_is_in_it(desk: Desk) -> None:
    refused(Why.DRAWER_SHORT, desk.drawer.pickup, 2000_01, "ฝาก", bag="B1")
    refused(Why.BAG_MISSING, desk.drawer.pickup, 100_00, "ฝาก")
    assert desk.drawer.pickup(2000_00, "ฝาก", bag="B1").movement.n == 1
    out = word(desk, Right.PAID_OUT)
    refused(Why.DRAWER_SHORT, desk.drawer.pay_out, 25, "น้ำ", approval=out)


def test_a_coin_put_in_does_not_make_the_count_blind_again(desk: Desk) -> None:
    desk.day.count(parse_count("1"))
    desk.day.count(parse_count("2"))
    desk.drawer.pay_in(25, "พบเหรียญ")
    needs(Right.CLOSE_DIFFERENCE, desk.day.count, parse_count("2000.25"))
    found = desk.day.count(parse_count("2000.25"), approval=word(desk, Right.CLOSE_DIFFERENCE))
    assert (found.closing.counts, found.closing.first_cash) == (3, parse_count("1"))
    (override,) = overrides(desk)
    assert (override.about, override.right) == ("count 3", Right.CLOSE_DIFFERENCE)
    assert (override.by, override.approved_by) == ("C1", "S1"), "whose word it was is told"
    z = desk.day.close().z
    assert (z.difference, z.closing.counts, z.closing.counted_by) == (0, 3, "C1")
    assert z.report.overrides == 1


def test_who_sells_may_not_send_nor_load(desk: Desk, tmp_path: Path) -> None:
    desk.access.sign_in("S1", SUPERVISOR)
    desk.access.add_staff("T1", "ฝึก", Role.TRAINEE, "704193")
    desk.access.sign_in("T1", "704193")
    for verb in (desk.outbox.export, desk.backups.make):
        refused(Why.NOT_ALLOWED, verb, tmp_path / "stick")
    desk.access.lock()
    refused(Why.NOT_SIGNED_IN, desk.outbox.export, tmp_path / "stick")
    refused(Why.NOT_SIGNED_IN, desk.backups.make, tmp_path / "stick")
    assert not (tmp_path / "stick").exists()


def test_behind_the_lock_the_basket_stays_as_it_is(desk: Desk) -> None:
    for code in ("TF-SCARF", "TF-BASKET"):
        desk.register.scan(code)
    before = desk.register.basket
    desk.access.lock()
    refused(Why.NOT_SIGNED_IN, desk.register.set_quantity, 0, 2)
    refused(Why.NOT_SIGNED_IN, desk.register.void_basket)
    assert desk.register.basket == before
