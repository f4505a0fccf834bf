"""The till session: its float, its figures, the blind count and the Z that ends it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.counter.tills import (
    Clock,
    Paper,
    cash,
    catalogue,
    make_till,
    opened,
    proof,
    quick_folder,
    ring,
)
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.count import PIECES, Count, parse_count
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Limits, Right, Role
from tofan_pos.domain.report import CASH, TenderTotal, TillReport, settle
from tofan_pos.domain.sale import Tender, TenderKind, TenderType
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.sync.days import code_text, figures_body, figures_hold, read_code
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.kinds import SessionClosed

CARD = TenderType(code="EDC1", kind=TenderKind.CARD, name=Text("บัตร", "Card"))
SUPERVISOR, CASHIER = "482913", "570284"


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    make_till(tmp_path, goods=replace(catalogue(), tender_types=(CARD,)), printer="file:receipts")
    with opened(tmp_path, clock=clock, paper=Paper(), session=False) as desk:
        yield desk


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """Give the till a supervisor, S1, and a cashier, C1, who has it."""
    desk.access.first_supervisor("S1", "หัวหน้า", SUPERVISOR)
    desk.access.add_staff("C1", "แคชเชียร์", Role.CASHIER, CASHIER)
    desk.access.sign_in("C1", CASHIER)
    return desk


def refused(why: Why, verb: Callable[..., object], *args: object, **more: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        verb(*args, **more)
    assert caught.value.why is why
    return caught.value


def closed(desk: Desk, counted: int, *, card: int = 0) -> SessionClosed:
    desk.day.count(Count.of({}, loose=counted), {"EDC1": card} if card else {})
    entry = read_entry(next(iter(desk.store.entries(desk.day.close().seq - 1))).line)
    assert isinstance(entry, SessionClosed)
    return entry


def test_a_session_opens_over_a_counted_float(desk: Desk) -> None:
    session = desk.day.open(parse_count("1000x1, 500x1, 100x5"), drawer="ลิ้นชัก 2")
    assert (session.n, session.opening.total, session.drawer) == (1, 2000_00, "ลิ้นชัก 2")
    assert desk.day.session == session
    refused(Why.SESSION_OPEN, desk.day.open, Count())
    assert proof(desk).flaw is None


def test_nothing_is_sold_or_moved_without_a_session(desk: Desk) -> None:
    for verb in (
        lambda: desk.register.scan("TF-SCARF"),
        lambda: desk.drawer.pay_in(100, "ทอน"),
        lambda: desk.drawer.no_sale("แลก"),
        desk.day.x,
        lambda: desk.day.count(Count()),
        desk.day.close,
        desk.day.roll_date,
    ):
        refused(Why.NO_SESSION, verb)
    assert desk.store.journal_size()[0] == 3


def test_a_session_survives_the_program(tmp_path: Path, clock: Clock) -> None:
    make_till(tmp_path)
    with opened(tmp_path, clock=clock) as desk:
        ring(desk)
        before = desk.day.session
    clock.move(timedelta(days=3))
    with opened(tmp_path, clock=clock, session=False) as desk:
        assert desk.day.session == before
        assert ring(desk).sale.business_date == date(2026, 11, 22)
        assert desk.day.is_overdue()
        assert desk.day.roll_date().business_date == date(2026, 11, 25)
        refused(Why.DATE_NOT_LATER, desk.day.roll_date)
        refused(Why.DATE_NOT_LATER, desk.day.roll_date, date(2026, 11, 24))
        x = desk.day.x()
        assert (x.first_business_date, x.business_date) == (date(2026, 11, 22), date(2026, 11, 25))
        assert proof(desk).flaw is None


def a_day(desk: Desk) -> None:
    """Do one of everything."""
    desk.day.open(parse_count("2000"))
    sold = ring(desk, "TF-SCARF", "TF-SCARF", "TF-BASKET")
    desk.register.scan("TF-SCARF")
    desk.register.discount_basket(
        Discount(kind=DiscountKind.PERCENT, value=1000, reason="สมาชิก", bearer=Bearer.MALL)
    )
    desk.register.pay([Tender(TenderKind.CARD, 531_00, "EDC1", "0042")])
    wrong = ring(desk, "TF-HONEY")
    desk.refunds.refund(desk.refunds.of_sale(sold), {0: 1}, "สี")
    desk.refunds.void(wrong, "คิดผิด")
    for code in ("TF-SCARF", "TF-HONEY"):
        desk.register.scan(code)
    desk.register.void_line(1)
    desk.register.void_basket()
    desk.register.scan("TF-BASKET")
    desk.parking.park("ลูกค้าหมวกแดง")
    desk.drawer.pay_in(300_00, "เงินทอนเพิ่ม")
    desk.drawer.pay_out(45_00, "น้ำดื่ม")
    desk.drawer.pickup(1000_00, "นำฝาก", bag="B-1")
    desk.drawer.no_sale("แลกเหรียญ")
    desk.reprints.reprint(sold.sale.number)


def test_x_states_the_day(desk: Desk) -> None:
    a_day(desk)
    x = desk.day.x()
    assert (x.sales.count, x.sales.total) == (3, 1513_33 + 531_00 + 10_00)
    assert (x.refunds.count, x.refunds.total) == (1, 590_00)
    assert (x.voids.count, x.voids.total) == (1, 10_00)
    assert (x.net.count, x.net.total) == (2, 1454_33)
    assert x.discounts == (("mall", 59_00),)
    assert x.tenders == (
        TenderTotal("cash", 1523_33, 600_00, 10_00),
        TenderTotal("EDC1", 531_00, 0),
    )
    assert (x.paid_in.amount, x.paid_out.amount, x.pickups.amount) == (300_00, 45_00, 1000_00)
    assert x.expected() == {"cash": 2000_00 + 923_33 + 300_00 - 45_00 - 1000_00, "EDC1": 531_00}
    assert (x.no_sales, x.reprints, x.overrides, x.parked) == (1, 1, 0, 1)
    assert (x.voided_lines.count, x.voided_baskets.count, x.voided_baskets.amount) == (0, 1, 600_00)
    runs = [(run.series, run.count, run.first, run.last) for run in x.runs]
    assert runs == [
        ("C", 1, "TST1-C000001", "TST1-C000001"),
        ("V", 3, "TST1-V000001", "TST1-V000003"),
        ("M", 3, "TST1-M000001", "TST1-M000003"),
    ]


def test_x_changes_no_byte(desk: Desk) -> None:
    a_day(desk)
    path = desk.store.path
    before = {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}
    for _ in range(3):
        desk.papers.x(desk.day.x())
    after = {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}
    assert after == before
    assert FILE_NAME in before


def test_the_count_is_blind_and_made_twice_at_most(desk: Desk) -> None:
    a_day(desk)
    refused(Why.NOT_COUNTED, desk.day.close)
    first = desk.day.count(parse_count("2000"), {"EDC1": 531_00})
    assert [one.difference for one in first.settled] == [-178_33, 0]
    assert first.may_recount
    second = desk.day.count(parse_count("1000x2,100x1,50x1"), {"EDC1": 531_00})
    assert [one.difference for one in second.settled] == [-28_33, 0]
    assert not second.may_recount
    assert second.closing.first_cash == parse_count("2000")
    refused(Why.COUNTED_TWICE, desk.day.count, parse_count("2178.33"))
    ring(desk)
    assert desk.day.counted() is None, "what was counted before a sale no longer counts"
    refused(Why.NOT_COUNTED, desk.day.close)
    assert desk.day.count(parse_count("2768.33"), {"EDC1": 531_00}).settled[0].difference == 0


def test_only_tenders_that_were_taken_are_counted(desk: Desk) -> None:
    desk.day.open(Count())
    refused(Why.TENDER_UNKNOWN, desk.day.count, Count(), {"NONE": 1})
    refused(Why.TENDER_UNKNOWN, desk.day.count, Count(), {"cash": 1})


def test_a_z_is_numbered_signed_and_ends_the_session(desk: Desk) -> None:
    a_day(desk)
    x = desk.day.x()
    entry = closed(desk, 2178_33 - 20_00, card=531_00)
    figures = entry.body.figures
    stored = desk.day.z()
    assert (stored.z.number, stored.z.difference) == ("TST1-Z000001", -20_00)
    report = stored.z.report
    assert (report.net, report.runs, report.parked) == (x.net, x.runs, 1)
    assert (report.grand_total_before, report.grand_total) == (0, x.net.total)
    assert (report.seq, report.anchor) == (entry.seq - 1, figures.anchor)
    assert figures_hold(figures, entry.body.signature, desk.identity.public_key)
    assert desk.day.session is None
    refused(Why.NO_SESSION, desk.register.scan, "TF-SCARF")
    desk.day.open(Count())
    ring(desk)
    closed(desk, 590_00)
    assert (desk.day.z().z.report.n, desk.day.z(1).z) == (2, stored.z)
    assert desk.day.z().z.report.grand_total_before == x.net.total
    refused(Why.NO_Z_YET, desk.day.z, 3)
    assert proof(desk).flaw is None


def test_a_photograph_of_the_z_is_enough(desk: Desk) -> None:
    a_day(desk)
    body = closed(desk, 2178_33, card=531_00).body
    text = code_text(body.figures, body.signature)
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.")
    figures, signature = read_code(f" {text.lower()}\n")
    assert (figures, signature) == (body.figures, body.signature)
    assert figures_hold(figures, signature, desk.identity.public_key)
    z = desk.day.z().z
    more = replace(z.report.sales, total=z.report.sales.total + 1)
    changed = figures_body(replace(z.report, sales=more), z.settled)
    assert not figures_hold(changed, signature, desk.identity.public_key)
    refused(Why.ENTRY_MALFORMED, read_code, text[:-3])
    refused(Why.ENTRY_MALFORMED, read_code, "TOFANZ1.")
    refused(Why.ENTRY_MALFORMED, read_code, "")


def test_a_difference_above_the_limit_takes_a_supervisor_and_a_reason(staffed: Desk) -> None:
    desk = staffed
    desk.day.open(parse_count("2000"))
    desk.day.count(parse_count("1899.99"))
    blind = refused(Why.DIFFERENCE_UNEXPLAINED, desk.day.close)
    assert blind.facts == {"differences": ()}
    asked = refused(Why.APPROVAL_NEEDED, desk.day.close, reason="ทอนเกิน")
    assert asked.facts["right"] is Right.CLOSE_DIFFERENCE
    refused(Why.APPROVES_THEMSELVES, desk.access.approve, Right.CLOSE_DIFFERENCE, "C1", CASHIER)
    word = desk.access.approve(Right.CLOSE_DIFFERENCE, "S1", SUPERVISOR)
    z = desk.day.close(reason="ทอนเกิน", approval=word).z
    assert (z.report.by, z.approved_by, z.closing.reason) == ("C1", "S1", "ทอนเกิน")


def test_up_to_the_limit_a_cashier_closes_alone(staffed: Desk) -> None:
    staffed.day.open(parse_count("2000"))
    staffed.day.count(parse_count("1900"))
    z = staffed.day.close().z
    assert (z.difference, z.approved_by) == (-100_00, "")
    assert Limits().difference == 100_00


def test_two_sign_where_the_till_asks_for_two(tmp_path: Path) -> None:
    make_till(tmp_path, two_to_close=True)
    with opened(tmp_path, session=False) as desk:
        desk.access.first_supervisor("S1", "หัวหน้า", SUPERVISOR)
        desk.access.add_staff("C1", "แคชเชียร์", Role.CASHIER, CASHIER)
        desk.access.sign_in("C1", CASHIER)
        desk.day.open(Count())
        desk.day.count(Count())
        refused(Why.SECOND_PERSON, desk.day.close)
        second = desk.access.approve(Right.CLOSE_SESSION, "S1", SUPERVISOR)
        assert desk.day.close(second=second).z.seconded == "S1"


def test_a_z_without_the_key_is_better_than_no_z(desk: Desk) -> None:
    desk.day.open(Count())
    for file in desk.store.path.parent.glob("*.key"):
        file.unlink()
    body = closed(desk, 0).body
    assert body.signature == ""
    assert proof(desk).flaw is None


@pytest.mark.parametrize("text", ["1000x1,500x2", " 1000 x 1 , 500×2", "2000", "฿2,000.00"])
def test_a_count_is_read(text: str) -> None:
    assert parse_count(text).total == 2000_00


@pytest.mark.parametrize("text", ["3x1", "1000x", "x", "1000x1,", "-5", "1000x9999999", "abc"])
def test_no_count_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_count(text)
    assert caught.value.why in {Why.COUNT_UNREADABLE, Why.AMOUNT_UNREADABLE}


@given(st.dictionaries(st.sampled_from(PIECES), st.integers(0, 50)), st.integers(0, 10_000))
def test_a_count_sums(pieces: dict[int, int], loose: int) -> None:
    counted = Count.of(pieces, loose=loose)
    assert counted.total == sum(piece * many for piece, many in pieces.items()) + loose


TOTALS = st.lists(
    st.tuples(st.sampled_from(["cash", "A", "B"]), st.integers(0, 9999), st.integers(0, 9999)),
    unique_by=lambda one: one[0],
)


@given(TOTALS, st.dictionaries(st.sampled_from(["cash", "A", "B"]), st.integers(0, 99_999)))
def test_settling_balances(totals: list[tuple[str, int, int]], counted: dict[str, int]) -> None:
    now = Clock()()
    report = TillReport(
        till="T",
        epoch=1,
        n=1,
        opened_at=now,
        opened_by="C",
        at=now,
        by="C",
        business_date=now.date(),
        first_business_date=now.date(),
        opening=500,
        tenders=tuple(TenderTotal(*one) for one in totals),
    )
    settled = settle(report, counted)
    assert settled[0].key == CASH
    net = sum(taken - (back if key == CASH else 0) for key, taken, back in totals)
    assert sum(one.expected for one in settled) == net + 500
    assert sum(one.counted for one in settled) == sum(counted.values())
    assert sum(one.difference for one in settled) == sum(counted.values()) - net - 500


# --- a day at random, added up by somebody else ---------------------------------------------------

ACTS = st.lists(
    st.sampled_from(["sell", "sell", "sell", "card", "back", "void", "in", "out", "exchange"]),
    max_size=14,
)


@given(ACTS)
def test_any_day_adds_up(acts: list[str]) -> None:
    """What the drawer should hold is what was put in it, whatever was done in whichever order."""
    with quick_folder() as folder:
        make_till(folder, goods=replace(catalogue(), tender_types=(CARD,)))
        with opened(folder, session=False) as desk:
            desk.day.open(parse_count("500"))
            held, card, sold = 500_00, 0, []
            for act in acts:
                if act == "sell":
                    sold.append(ring(desk, "TF-SCARF", "TF-BASKET"))
                    held += 923_33
                elif act == "card":
                    desk.register.scan("TF-SCARF")
                    desk.register.pay([Tender(TenderKind.CARD, 590_00, "EDC1", "1")])
                    card += 590_00
                elif act == "in":
                    held += desk.drawer.pay_in(10_00, "ทอน").movement.amount
                elif act == "out":
                    held -= desk.drawer.pay_out(5_00, "น้ำ").movement.amount
                elif sold and act == "back":
                    found = desk.refunds.of_sale(sold.pop())
                    held -= desk.refunds.refund(found, {0: 1}, "สี").reversal.total
                elif sold and act == "void":
                    held -= desk.refunds.void(sold.pop(), "ผิด").reversal.total
                elif sold:
                    desk.refunds.exchange(desk.refunds.of_sale(sold.pop()), {1: 1}, "เปลี่ยน")
                    desk.register.scan("TF-SCARF")
                    desk.register.pay(cash(desk.register.due))
                    held += 590_00 - 333_33
            x = desk.day.x()
            assert x.expected().get("EDC1", 0) == card
            assert x.expected()["cash"] == held
            assert x.net.total == held + card - x.opening - x.paid_in.amount + x.paid_out.amount
            assert x.net.share + x.refunds.share + x.voids.share == x.sales.share
            assert proof(desk).flaw is None
