"""The drawer: cash in and out with a reason and a slip, and a pulse that is sent once."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.counter.people import refuses
from tests.counter.printer import Emulator, Mood, listening
from tests.counter.tills import Clock, Paper, cash, make_till, opened, proof, ring
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.spool import Spool
from tofan_pos.domain.count import parse_count
from tofan_pos.domain.errors import Trouble, Why
from tofan_pos.domain.money import MOST
from tofan_pos.domain.people import Right, Role
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.domain.session import MovementKind
from tofan_pos.printing.escpos import INITIALISE, OPEN_DRAWER
from tofan_pos.printing.spooling import sender
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.kinds import Moved, NoSale

SUPERVISOR, CASHIER = "482913", "570284"


def last(desk: Desk) -> object:
    with desk.store.reading() as look:
        head = look.head()
        assert head is not None
        row = look.entry_at(head.seq)
    assert row is not None
    return read_entry(row.line)


def test_each_movement_is_numbered_and_has_its_slip(desk: Desk, paper: Paper) -> None:
    moved = [
        desk.drawer.pay_in(2_000_00, "เงินทอนเพิ่ม"),
        desk.drawer.pay_out(45_00, "น้ำดื่ม"),
        desk.drawer.pickup(1_000_00, "นำฝาก", bag="B-1"),
        desk.drawer.change_drawer("ลิ้นชัก 2", amount=500_00),
    ]
    numbers = [f"TST1-M{n:06d}" for n in range(1, 5)]
    assert [one.movement.number for one in moved] == numbers
    while desk.spool.print_next():
        pass
    assert paper.sent == numbers
    x = desk.day.x()
    assert (x.paid_in.amount, x.paid_out.amount, x.pickups.amount) == (2_000_00, 45_00, 1_000_00)
    assert x.expected()["cash"] == 2_000_00 - 45_00 - 1_000_00, "a change of drawer moves nothing"
    assert proof(desk).flaw is None


def test_a_slip_is_the_movement_that_its_entry_tells(desk: Desk, clock: Clock) -> None:
    desk.drawer.pay_in(1_000_00, "ทอน")
    moved = desk.drawer.pickup(1_000_00, "  นำฝาก\u202e ", bag="B-1").movement
    entry = last(desk)
    assert isinstance(entry, Moved)
    body = entry.body
    assert (body.movement, body.amount, body.reason, body.bag, body.by) == (
        "pickup",
        1_000_00,
        "นำฝาก",
        "B-1",
        "SETUP",
    )
    assert (moved.at, moved.kind) == (clock(), MovementKind.PICKUP)


def test_numbers_go_on_over_sessions_and_restarts(folder: Path) -> None:
    with opened(folder) as desk:
        desk.drawer.pay_in(1_00, "ทอน")
        desk.day.count(parse_count("1"))
        desk.day.close()
    with opened(folder) as desk:
        assert desk.drawer.pay_in(1_00, "ทอน").movement.number == "TST1-M000002"
        assert desk.day.x().paid_in.count == 1
        assert proof(desk).flaw is None


@pytest.mark.parametrize("amount", [0, -1, MOST + 1])
def test_an_amount_that_cannot_move(desk: Desk, amount: int) -> None:
    before = desk.store.journal_size()
    for verb in (
        desk.drawer.pay_in,
        desk.drawer.pay_out,
        partial(desk.drawer.pickup, bag="B-1"),
    ):
        with refuses(Why.AMOUNT_OUT_OF_RANGE):
            verb(amount, "เหตุผล")
    if amount:
        with refuses(Why.AMOUNT_OUT_OF_RANGE):
            desk.drawer.change_drawer("2", amount=amount)
    assert desk.store.journal_size() == before


def test_words_that_cannot_be_kept(desk: Desk) -> None:
    before = desk.store.journal_size()
    for words, why in (
        ("  ", Why.REASON_MISSING),
        ("x" * 81, Why.TEXT_TOO_LONG),
        ("4111 1111 1111 1111", Why.CARD_NUMBER),
    ):
        with refuses(why):
            desk.drawer.pay_out(1_00, words)
        with refuses(why):
            desk.drawer.no_sale(words)
        with refuses(why):
            desk.drawer.change_drawer(words)
        if words.strip():
            with refuses(why):
                desk.drawer.pickup(1_00, "ฝาก", bag=words)
    assert desk.store.journal_size() == before


def test_no_more_goes_out_than_there_is(desk: Desk) -> None:
    ring(desk)
    before = desk.store.journal_size()
    with refuses(Why.DRAWER_SHORT):
        desk.drawer.pay_out(590_01, "น้ำ")
    with refuses(Why.DRAWER_SHORT):
        desk.drawer.pickup(590_01, "ฝาก", bag="B-1")
    with refuses(Why.BAG_MISSING):
        desk.drawer.pickup(1_00, "ฝาก", bag="  ")
    assert desk.store.journal_size() == before
    desk.drawer.pickup(590_00, "ฝาก", bag="B-1")
    assert desk.day.x().expected()["cash"] == 0


def test_without_a_session_nothing_moves_and_no_word_is_spent(folder: Path) -> None:
    with opened(folder, session=False) as desk:
        desk.access.first_supervisor("S1", "หัวหน้า", SUPERVISOR)
        desk.access.add_staff("C1", "แคชเชียร์", Role.CASHIER, CASHIER)
        desk.access.sign_in("C1", CASHIER)
        word = desk.access.approve(Right.NO_SALE, "S1", SUPERVISOR)
        with refuses(Why.NO_SESSION):
            desk.drawer.no_sale("แลก", approval=word)
        desk.day.open(parse_count(""))
        with refuses(Why.APPROVAL_NEEDED, right=Right.NO_SALE):
            desk.drawer.no_sale("แลก")
        desk.drawer.no_sale("แลก", approval=word)
        entry = last(desk)
        assert isinstance(entry, NoSale)
        assert (entry.body.by, entry.body.approved_by) == ("C1", "S1")
        with refuses(Why.APPROVAL_NEEDED):
            desk.drawer.no_sale("แลก", approval=word)
        assert desk.day.x().overrides == 1


def test_the_drawer_that_is_worked_with_is_kept(folder: Path) -> None:
    with opened(folder) as desk:
        desk.drawer.change_drawer("ลิ้นชัก 2")
    with opened(folder) as desk:
        session = desk.day.session
        assert session is not None
        assert session.drawer == "ลิ้นชัก 2"


# --- the pulse ------------------------------------------------------------------------------------


@pytest.fixture
def printer() -> Iterator[Emulator]:
    with listening() as emulator:
        yield emulator


@pytest.fixture
def wired(tmp_path: Path, printer: Emulator) -> Iterator[Desk]:
    """Yield a till that draws its papers and sends them to a printer that listens."""
    make_till(tmp_path / "till", printer=printer.address)
    with opened(tmp_path / "till") as desk:
        send = sender(printer.address, paper_mm=58)
        yield replace(desk, spool=Spool(desk.store, desk.papers, send))


def pulses(printer: Emulator) -> list[int]:
    """Return how often each paper that came in whole opens the drawer."""
    return [paper.count(OPEN_DRAWER) for paper in printer.printed]


def print_all(desk: Desk) -> None:
    while desk.spool.print_next():
        pass


def test_what_moves_cash_opens_the_drawer_once(wired: Desk, printer: Emulator) -> None:
    sold = ring(wired)
    wired.drawer.pay_in(5_00, "ทอน")
    wired.drawer.no_sale("แลก")
    wired.refunds.refund(wired.refunds.of_sale(sold), {0: 1}, "สี")
    print_all(wired)
    print_all(wired)
    assert pulses(printer) == [1, 1, 1, 1]
    assert printer.printed[2] == INITIALISE + OPEN_DRAWER, "a no-sale has no paper"


def test_what_moves_none_does_not(wired: Desk, printer: Emulator) -> None:
    sold = ring(wired)
    print_all(wired)
    wired.reprints.reprint(sold.sale.number)
    wired.reprints.gift(sold.sale.number)
    wired.day.count(parse_count("590"))
    wired.day.close()
    print_all(wired)
    assert pulses(printer) == [1, 0, 0, 0], "the sale's own, and no more"


@pytest.mark.parametrize("mood", [Mood.HANGS_UP, Mood.OUT_OF_PAPER])
def test_a_second_try_does_not_open_it_again(wired: Desk, printer: Emulator, mood: Mood) -> None:
    """Whoever wanted it open has opened it by hand meanwhile, and may be gone."""
    ring(wired)
    wired.drawer.no_sale("แลก")
    wired.drawer.pay_out(5_00, "น้ำ")
    for _ in range(3):
        printer.mood = mood
        with pytest.raises(Trouble):
            wired.spool.print_next()
        printer.mood = Mood.WELL
        assert wired.spool.print_next()
    assert pulses(printer) == [0, 0], "and a no-sale's second try is nothing at all"
    assert wired.spool.waiting() == 0


def test_the_pulse_is_not_sent_again_after_a_restart(wired: Desk, printer: Emulator) -> None:
    wired.drawer.no_sale("แลก")
    printer.mood = Mood.HANGS_UP
    with pytest.raises(Trouble):
        wired.spool.print_next()
    printer.mood = Mood.WELL
    with opened(wired.store.path.parent) as again:
        while again.spool.print_next():
            pass
        assert again.spool.waiting() == 0
    assert printer.printed == []


def test_a_sale_without_cash_leaves_it_shut(desk: Desk) -> None:
    desk.register.scan("TF-SCARF")
    with refuses(Why.TENDER_UNKNOWN):
        desk.register.pay([Tender(TenderKind.CARD, 590_00, "NONE", "1")])
    by_cash = desk.register.pay(cash(590_00))
    found = desk.papers.at(by_cash.seq)
    assert found is not None
    assert found[1].opens_drawer
