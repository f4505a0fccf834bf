"""A real till's days, through its own verbs: every figure on its Z is what head office finds."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.counter.tills import Clock, catalogue, make_till, opened, ring
from tests.office.forge import AT
from tofan_pos.app import Office
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.setup import load_catalogue
from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.count import parse_count
from tofan_pos.domain.people import Right, Role
from tofan_pos.domain.report import Tally
from tofan_pos.domain.sale import Tender, TenderKind, TenderType
from tofan_pos.office.checks import Arrival, Finding, Seal, check_days, read_z
from tofan_pos.office.conflicts import conflicts
from tofan_pos.office.enrolment import enrol
from tofan_pos.office.exceptions import exceptions
from tofan_pos.office.intake import Outcome
from tofan_pos.sync.days import code_text, figures_body
from tofan_pos.sync.enrolment import FILE_NAME, read_request
from tofan_pos.sync.sales import read_moment

CARD = TenderType(code="EDC1", kind=TenderKind.CARD, name=Text("บัตร", "Card"))
SUPERVISOR, CASHIER = "482913", "570284"
REASON = "ลูกค้าเปลี่ยนใจ"
GOODS = replace(catalogue(), tender_types=(CARD,))


def off(kind: DiscountKind, value: int, bearer: Bearer) -> Discount:
    return Discount(kind=kind, value=value, reason=REASON, bearer=bearer)


def a_day(desk: Desk, clock: Clock) -> None:
    """Do one of everything, two of some."""
    desk.day.open(parse_count("1000x1,500x2"))
    sold = ring(desk, "TF-SCARF", "TF-SCARF", "TF-BASKET")
    desk.register.scan("TF-SCARF")
    desk.register.scan("TF-BASKET")
    desk.register.discount_line(1, off(DiscountKind.AMOUNT, 3_33, Bearer.BRAND))
    desk.register.discount_basket(off(DiscountKind.PERCENT, 500, Bearer.MALL))
    desk.register.scan("TF-HONEY")
    desk.register.void_line(2)
    card = Tender(TenderKind.CARD, 500_00, "EDC1", "0042")
    desk.register.pay([card, Tender(TenderKind.CASH, 1000_00)])
    wrong = ring(desk, "TF-HONEY")
    approval = desk.access.approve(Right.VOID_DOCUMENT, "S1", SUPERVISOR)
    desk.refunds.void(wrong, REASON, approval=approval)
    desk.refunds.refund(desk.refunds.of_sale(sold), {0: 1}, REASON)
    desk.refunds.exchange(desk.refunds.of_sale(sold), {0: 1}, REASON)
    desk.register.scan("TF-BASKET")
    desk.register.pay([])
    desk.register.scan("TF-BASKET")
    listed = desk.register.basket.lines[0].product.price
    approval = desk.access.approve(Right.PRICE_OVERRIDE, "S1", SUPERVISOR)
    desk.register.override_price(0, listed - 7_00, REASON, approval=approval)
    desk.register.pay([Tender(TenderKind.CASH, 2000_00)])
    (honey,) = (one for one in catalogue().products if one.code == "TF-HONEY")
    approval = desk.access.approve(Right.REFUND_WITHOUT_RECEIPT, "S1", SUPERVISOR)
    loose = desk.refunds.without_receipt([(honey, 1)])
    desk.refunds.refund(loose, {0: 1}, REASON, approval=approval)
    desk.register.scan("TF-HONEY")
    desk.register.void_basket()
    for name in ("ลูกค้าหมวกแดง", "ลูกค้าหมวกเขียว"):
        desk.register.scan("TF-BASKET")
        desk.parking.park(name)
    desk.drawer.pay_in(300_00, REASON)
    approval = desk.access.approve(Right.PAID_OUT, "S1", SUPERVISOR)
    desk.drawer.pay_out(45_00, REASON, approval=approval)
    desk.drawer.pickup(500_00, REASON, bag="B-1")
    approval = desk.access.approve(Right.NO_SALE, "S1", SUPERVISOR)
    desk.drawer.no_sale(REASON, approval=approval)
    desk.reprints.reprint(sold.sale.number)
    the_evening(desk, clock)


def the_evening(desk: Desk, clock: Clock) -> None:
    """Load a catalogue, go over to the next day, count until it is right, and close."""
    approval = desk.access.approve(Right.LOAD_CATALOGUE, "S1", SUPERVISOR)
    load_catalogue(desk.journal, GOODS, sha256="1" * 64, access=desk.access, approval=approval)
    clock.move(timedelta(days=1))
    approval = desk.access.approve(Right.ROLL_DATE, "S1", SUPERVISOR)
    desk.day.roll_date(approval=approval)
    clock.move(-timedelta(hours=1))  # and the clock is put back before the count
    expected = desk.day.x().expected()
    tenders = {key: amount for key, amount in expected.items() if key != "cash"}
    desk.day.count(parse_count("1"), tenders)
    desk.day.count(parse_count(f"{(expected['cash'] - 20_00) / 100:.2f}"), tenders)
    desk.drawer.pay_in(1_00, REASON)  # which makes the counts void, and the next takes a word
    expected = desk.day.x().expected()
    approval = desk.access.approve(Right.CLOSE_DIFFERENCE, "S1", SUPERVISOR)
    counted = parse_count(f"{(expected['cash'] - 20_00) / 100:.2f}")
    desk.day.count(counted, tenders, approval=approval)
    desk.day.close()


def test_every_figure_of_a_z_is_what_head_office_finds(office: Office, tmp_path: Path) -> None:
    folder, clock = tmp_path / "till", Clock()
    make_till(folder, goods=GOODS)
    enrol(office.store, read_request(folder / FILE_NAME), clock=lambda: read_moment(AT))
    with opened(folder, clock=clock, session=False) as desk:
        desk.access.first_supervisor("S1", "หัวหน้า", SUPERVISOR)
        desk.access.add_staff("C1", "แคชเชียร์", Role.CASHIER, CASHIER)
        desk.access.sign_in("C1", CASHIER)
        for _ in range(2):
            a_day(desk, clock)
        stored = [desk.day.z(n) for n in (1, 2)]
        desk.outbox.export(folder / "out")
    results = office.intake.take_all([folder / "out"])
    assert {result.outcome for result in results} == {Outcome.IMPORTED}, results
    checks = check_days(office.store)
    assert [(check.finding, check.differences) for check in checks] == [(Finding.AGREES, ())] * 2
    assert [(check.seal, check.unchecked) for check in checks] == [(Seal.HOLDS, ())] * 2
    assert [check.z for check in checks] == [one.z for one in stored]
    report = checks[1].z.report
    assert (report.parked, report.overrides, report.reprints) == (4, 8, 1)
    assert (report.refunds.count, report.voids.count, report.voided_lines.count) == (3, 1, 1)
    assert dict(report.discounts)["brand"] == 3_33
    assert report.price_changes == Tally(1, 7_00)
    assert (report.no_receipt.count, report.exchanges.count) == (1, 1)
    assert report.sales.exempt > 0
    assert report.refunds.exempt == report.no_receipt.amount
    assert [run.series for run in report.runs if run.series == "M" and run.count == 4] == ["M"]
    assert {one.what for one in exceptions(office.store)} == {
        *("difference", "no_sale", "override", "paid_in", "paid_out", "pickup"),
        *("pin_change", "price_change", "recount", "refund", "void"),
    }
    for one in stored:
        figures = figures_body(one.z.report, one.z.settled)
        read = read_z(office.store, code_text(figures, one.z.signature))
        assert (read.seal, read.arrival) == (Seal.HOLDS, Arrival.AGREES)
    assert conflicts(office.store) == ()
