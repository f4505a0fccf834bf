"""A whole day at the counter without a network, through the real window and the real root."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.hands import Hands
from tofan_pos import app
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.proof import prove
from tofan_pos.domain.count import PIECES
from tofan_pos.domain.people import Role
from tofan_pos.office.checks import Finding, Seal, check_days, read_z
from tofan_pos.office.days import till_report
from tofan_pos.office.enrolment import enrol
from tofan_pos.office.intake import Outcome
from tofan_pos.office.ledger import share_report
from tofan_pos.settings import Settings
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.days import code_text
from tofan_pos.sync.enrolment import FILE_NAME, read_request
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.kinds import SessionClosed
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.close_day import ClosePage
from tofan_pos.ui.counter.window import CounterWindow
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.sounds import Silence
from tofan_pos.window import make_window

K = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
BOSS, CLERK, OTHER = "482913", "570284", "316940"
MORNING = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
CODES = ("TF-SOA-001", "TF-CER-001", "TF-IND-004", "TF-WEA-005", "TF-PAN-001", "TF-PAP-001")


@dataclass
class Booth:
    """A till, its window, and hands before it."""

    desk: Desk
    window: CounterWindow
    hands: Hands
    bot: QtBot
    clock: list[datetime]
    chance: random.Random = field(default_factory=lambda: random.Random(2569))

    def settle(self) -> None:
        """Wait until everything begun off the window's thread has come back."""
        self.bot.waitUntil(lambda: self.window.at_rest, timeout=30_000)

    def sell(self, *codes: str, how: str = "exact") -> None:
        """Scan, then take the money: exact, a suggested note, or by card."""
        before = self.desk.store.document_counts()["sale"]
        for code in codes:
            self.hands.scan(code)
        self.pay(how)
        assert self.desk.store.document_counts()["sale"] == before + 1
        self.clock[0] += timedelta(minutes=6)

    def pay(self, how: str = "exact") -> None:
        """Take the money for what is in the basket."""
        self.hands.press(K.Key_F12)
        if how == "card":
            self.hands.press(K.Key_F5, held=CTRL)
            self.hands.type("00771")
            self.hands.enter()
        elif how == "note":
            self.hands.press(K.Key_F5)
        else:
            self.hands.enter()

    def sign_in(self, code: str, pin: str) -> None:
        """Choose who one is on the lock's names, and give a PIN."""
        names = self.window.guard.lock_page.who.names
        for _ in range(6):
            if names.code == code:
                break
            self.hands.press(K.Key_Down)
        assert names.code == code
        self.hands.type(pin)

    def approve(self) -> None:
        """Let the supervisor give their PIN where it is asked for."""
        assert self.window.pages.shows(ApprovePage)
        self.hands.type(BOSS)
        assert not self.window.pages.shows(ApprovePage)

    @property
    def number(self) -> str:
        """The last receipt's number."""
        stored = self.desk.store.last_sale()
        assert stored is not None
        return stored.sale.number

    @property
    def back(self) -> int:
        """How many refunds and voids there are."""
        return self.desk.store.document_counts()["reversal"]


@pytest.fixture
def booth(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Booth]:
    clock = [MORNING]
    folder = tmp_path / "till"
    profile = app.new_profile("CTW1", printer=f"file:{tmp_path / 'paper'}")
    app.make_till(folder, profile, clock=lambda: clock[0])
    desk = app.build_counter(folder, clock=lambda: clock[0])
    window = make_window(desk, Settings(folder=folder), sounds=Silence())
    with qtbot.waitSignal(window.ready, timeout=20_000):
        window.show()
    booth = Booth(desk, window, Hands(window), qtbot, clock)
    booth.settle()
    yield booth
    booth.settle()
    window.close()
    window.deleteLater()
    booth.hands.deleteLater()
    desk.close()
    qapp.setStyleSheet("")
    theme.apply(qapp, dark=False)
    qapp.setStyleSheet("")


def test_a_whole_day(booth: Booth, tmp_path: Path) -> None:
    desk, hands, window = booth.desk, booth.hands, booth.window
    the_morning(booth)
    for sale in range(48):
        codes = booth.chance.choices(CODES, k=booth.chance.randint(1, 4))
        booth.sell(*codes, how=booth.chance.choice(["exact", "note", "exact", "card"]))
        if sale == 20:
            three_baskets_wait(booth)
        elif sale == 30:
            somebody_forgets_their_pin(booth)
        elif sale == 40:
            money_goes_in_and_out(booth)
    pieces_come_back(booth)
    a_bill_is_voided(booth)
    a_discount_above_the_limit(booth)
    z_number = the_evening(booth)
    booth.settle()
    assert prove(desk.store, desk.identity).flaw is None
    z = desk.day.z().z
    assert (z.number, z.difference) == (z_number, -20_00)
    report = z.report
    assert (report.sales.count, report.refunds.count, report.voids.count) == (60, 5, 1)
    assert (report.paid_in.amount, report.paid_out.amount) == (300_00, 45_00)
    assert (report.overrides, report.parked, report.no_sales) == (3, 0, 0)
    assert window.printing.waiting == 0
    assert hands.pressed > 200
    head_office_agrees(booth, tmp_path)


def the_morning(booth: Booth) -> None:
    """Set up a first supervisor and two cashiers, and open with a float of 2,000."""
    desk, hands = booth.desk, booth.hands
    assert booth.window.covered
    hands.enter()
    hands.type("หัวหน้าหนึ่ง")
    hands.enter()
    hands.type(BOSS)
    hands.type(BOSS)
    hands.enter()
    assert not booth.window.covered
    desk.access.add_staff("C1", "คนขายหนึ่ง", Role.CASHIER, CLERK)
    desk.access.add_staff("C2", "บัว", Role.CASHIER, OTHER)
    hands.type("1")
    hands.enter()
    hands.type("2")
    hands.press(K.Key_F12)
    session = desk.day.session
    assert session is not None
    assert session.opening.total == 2000_00
    hands.press(K.Key_F11)
    assert booth.window.covered
    hands.scan(CODES[0])
    assert not booth.window.sale.basket.lines, "a locked till sells nothing"
    booth.sign_in("C1", CLERK)
    assert desk.access.by == "C1"


def three_baskets_wait(booth: Booth) -> None:
    """Three are parked; all are taken up again, one by another cashier after a hand-over."""
    desk, hands = booth.desk, booth.hands
    for code in CODES[:3]:
        hands.scan(code)
        hands.press(K.Key_F7)
        hands.enter()
    assert len(desk.parking.waiting()) == 3
    for left in (2, 1):
        hands.press(K.Key_F7)
        hands.enter()
        assert len(desk.parking.waiting()) == left
        booth.pay()
    hands.scan(CODES[4])
    hands.press(K.Key_F11)
    booth.sign_in("C2", OTHER)
    assert desk.access.by == "C2"
    assert [line.product.code for line in booth.window.sale.basket.lines] == [CODES[4]]
    booth.pay()
    hands.press(K.Key_F7)
    hands.enter()
    booth.pay()
    assert not desk.parking.waiting()


def somebody_forgets_their_pin(booth: Booth) -> None:
    """Five wrong PINs shut one cashier out; a colleague goes on at once."""
    hands = booth.hands
    hands.press(K.Key_F11)
    for _ in range(5):
        booth.sign_in("C2", "999123")
    assert booth.desk.store.failures("C2")[0] == 5
    booth.sign_in("C1", CLERK)
    assert not booth.window.covered


def money_goes_in_and_out(booth: Booth) -> None:
    """Cash in by the cashier alone, cash out on the supervisor's word."""
    hands = booth.hands
    hands.press(K.Key_F6, held=SHIFT)
    hands.type("300")
    hands.press(K.Key_F5)
    hands.enter()
    hands.press(K.Key_Escape)
    hands.press(K.Key_F6, held=SHIFT)
    hands.press(K.Key_Down)
    hands.type("45")
    hands.press(K.Key_F5)
    hands.enter()
    booth.approve()
    hands.press(K.Key_Escape)


def pieces_come_back(booth: Booth) -> None:
    """Four refunds in one scan and three keys each, and an exchange for something dearer."""
    hands = booth.hands
    for code in CODES[:4]:
        booth.sell(code, code)
        before = hands.pressed
        hands.scan(booth.number)
        hands.press(K.Key_Space, " ")
        hands.press(K.Key_F5)
        hands.enter()
        assert hands.pressed - before == 3
    assert booth.back == 4
    booth.sell(CODES[0])
    hands.scan(booth.number)
    hands.press(K.Key_F6)
    hands.press(K.Key_F4)
    hands.scan(CODES[3])
    booth.pay()
    assert booth.back == 5


def a_bill_is_voided(booth: Booth) -> None:
    """By the cashier, on the supervisor's word."""
    hands = booth.hands
    booth.sell(CODES[1])
    hands.press(K.Key_F10)
    booth.settle()
    hands.press(K.Key_F7)
    hands.press(K.Key_F5)
    hands.enter()
    booth.approve()
    assert booth.back == 6


def a_discount_above_the_limit(booth: Booth) -> None:
    """Twenty percent, which a cashier may not give alone."""
    hands = booth.hands
    hands.scan(CODES[1])
    hands.press(K.Key_F3)
    hands.type("20")
    hands.press(K.Key_F5)
    hands.enter()
    booth.approve()
    assert booth.window.sale.basket.discounted
    booth.pay()


def the_evening(booth: Booth) -> str:
    """Count blind, 20 baht short, and close in four keys and the counted notes."""
    desk, hands, window = booth.desk, booth.hands, booth.window
    expected = desk.day.x().expected()
    left = expected["cash"] - 20_00
    before = hands.pressed
    hands.press(K.Key_F8, held=SHIFT)
    page = window.pages.of(ClosePage)
    typed = hands.pressed
    for piece in PIECES:
        many, left = divmod(left, piece)
        if many:
            hands.type(str(many))
        hands.enter()
    for key, amount in expected.items():
        if key != "cash":
            page.grid.field(key).setFocus()
            hands.type(f"{amount / 100:.2f}")
    counted = hands.pressed - typed
    hands.press(K.Key_F12)
    hands.press(K.Key_F12)
    assert desk.day.session is None
    number = desk.day.z().z.number
    hands.press(K.Key_F12)
    booth.bot.waitUntil(lambda: window.at_rest, timeout=30_000)
    assert hands.pressed - before - counted <= 4
    return number


def head_office_agrees(booth: Booth, tmp_path: Path) -> None:
    """Take the day's pack in, and hold every figure of the Z against what came in."""
    desk = booth.desk
    pack = desk.store.path.parent / "packs"
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    OfficeStore.create(url).close()
    office = app.build_office(url, clock=lambda: booth.clock[0])
    enrol(office.store, read_request(desk.store.path.parent / FILE_NAME), clock=app.utc_now)
    results = office.intake.take_all([pack])
    assert [result.outcome for result in results] == [Outcome.IMPORTED]
    (check,) = check_days(office.store)
    assert (check.finding, check.seal, check.differences) == (Finding.AGREES, Seal.HOLDS, ())
    z = desk.day.z()
    own, theirs = z.z.report, till_report(office.store, "CTW1", 1, 1)
    for figure in (
        *("sales", "refunds", "voids", "net", "runs", "discounts", "paid_in", "paid_out"),
        *("pickups", "no_sales", "reprints", "overrides", "voided_lines", "voided_baskets"),
        *("parked", "opening", "grand_total", "seq", "anchor", "business_date"),
    ):
        assert getattr(own, figure) == getattr(theirs, figure), figure
    assert own.expected() == theirs.expected()
    shares = share_report(office.store, "2026-11", as_of=office.today())
    assert (shares.sales - shares.refunds, shares.share) == (own.net.total, own.net.share)
    with desk.store.reading() as look:
        row = look.entry_at(z.seq)
    assert row is not None
    entry = read_entry(row.line)
    assert isinstance(entry, SessionClosed)
    photographed = read_z(office.store, code_text(entry.body.figures, entry.body.signature))
    assert photographed.seal is Seal.HOLDS
    office.store.close()
