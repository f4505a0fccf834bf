"""Real tills that begin an epoch or change their key in mid-session: every figure still agrees."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.counter.headoffice import HeadOffice
from tests.counter.tills import Clock, cash, make_till, proof, ring
from tests.office.forge import AT
from tofan_pos import app
from tofan_pos.app import Office
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.count import parse_count
from tofan_pos.domain.sale import Tender
from tofan_pos.office.checks import Arrival, DayCheck, Finding, Seal, check_days, read_z
from tofan_pos.office.conflicts import conflicts
from tofan_pos.office.enrolment import enrol, retire
from tofan_pos.office.exceptions import exceptions
from tofan_pos.office.intake import Outcome
from tofan_pos.office.ledger import Lack, ShareReport, share_report
from tofan_pos.office.tasks import settle, tasks
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.store.facts import StoredSale
from tofan_pos.store.office_returns import Overdrawn
from tofan_pos.sync.days import code_text, figures_body
from tofan_pos.sync.enrolment import Beginning, request_in
from tofan_pos.sync.marks import Marks
from tofan_pos.sync.sales import read_moment

REASON = "ลูกค้าเปลี่ยนใจ"
OFF = Discount(kind=DiscountKind.AMOUNT, value=3_33, reason=REASON, bearer=Bearer.BRAND)
MONTH_OVER = date(2026, 12, 2)


@dataclass
class Counter:
    """A till at a counter, and the head office that its files are carried to."""

    office: Office
    place: Path
    clock: Clock = field(default_factory=Clock)
    sold: list[str] = field(default_factory=list)
    """Two sales of the morning: one to come back in parts, one to be voided."""

    @property
    def folder(self) -> Path:
        return self.place / "till"

    @contextmanager
    def open(self, folder: Path | None = None, *, marks: str = "marks") -> Iterator[Desk]:
        """Open the till as the program does, on a computer that remembers its tills."""
        where, known = folder or self.folder, Marks(self.place / marks)
        desk = app.build_counter(where, clock=self.clock, marks=known)
        try:
            yield desk
        finally:
            desk.close()

    def enrol(self, desk: Desk) -> None:
        """Have head office trust the till, and the till head office."""
        request = request_in(desk.dealings.request())
        enrol(self.office.store, request, clock=lambda: read_moment(AT))
        HeadOffice().enrol(desk)

    def send(self, desk: Desk) -> set[Outcome]:
        """Send everything, as over the network: nothing is written of it."""
        take = self.office.intake.take_bytes
        return {take(run.content, Path(run.name)).outcome for run in desk.outbox.runs()}

    def morning(self, desk: Desk) -> None:
        """Open a session and sell; two baskets stay parked, and a third waits."""
        desk.day.open(parse_count("1000x1"))
        self.sold = [ring(desk, "TF-SCARF", "TF-BASKET", "TF-SCARF").sale.number]
        desk.register.scan("TF-BASKET")
        desk.register.discount_line(0, OFF)
        desk.register.override_price(0, 300_00, REASON)
        self.sold.append(desk.register.pay(_paid(desk)).sale.number)
        found = desk.papers.find(self.sold[0])
        desk.refunds.refund(desk.refunds.of_sale(found), {0: 1}, REASON)
        for name in ("ลูกค้าหมวกแดง", "ลูกค้าหมวกเขียว"):
            desk.register.scan("TF-HONEY")
            desk.parking.park(name)
        desk.drawer.pay_in(300_00, REASON)

    def evening(self, desk: Desk) -> None:
        """Take back what the morning sold, sell on, count and close."""
        wrong = desk.papers.find(self.sold[1])
        desk.refunds.void(wrong, REASON)
        found = desk.papers.find(self.sold[0])
        desk.refunds.refund(desk.refunds.of_sale(found), {1: 1}, REASON)
        desk.parking.recall(desk.parking.waiting()[0].id)
        desk.register.pay(_paid(desk))
        ring(desk, "TF-BASKET", "TF-HONEY")
        desk.drawer.pay_out(45_00, REASON)
        self.close(desk)

    @staticmethod
    def close(desk: Desk) -> None:
        expected = desk.day.x().expected()
        others = {key: amount for key, amount in expected.items() if key != "cash"}
        for off in (20_00, 0):
            desk.day.count(parse_count(f"{(expected['cash'] - off) / 100:.2f}"), others)
        desk.day.close()

    def checks(self, count: int) -> list[DayCheck]:
        """Return the Zs, every figure of which is what head office finds."""
        found = check_days(self.office.store)
        assert [(one.finding, one.differences, one.unchecked) for one in found] == [
            (Finding.AGREES, (), ())
        ] * count, found
        assert [one.seal for one in found] == [Seal.HOLDS] * count
        return found

    def month(self) -> ShareReport:
        return share_report(self.office.store, "2026-11", as_of=MONTH_OVER)

    def lacks(self) -> list[tuple[Lack, list[str]]]:
        """Return what keeps the month open, and the tills it is about."""
        points = self.month().open_points
        return [(point.lack, [till.name for till in point.tills]) for point in points]

    def over(self, desk: Desk) -> None:
        """Have the till tell that it has come past the month's end."""
        self.clock.move(timedelta(days=10))
        desk.day.open(parse_count("100"))
        self.close(desk)
        self.send(desk)

    def give_way_to_a_twin(self) -> None:
        """Come past the month's end; in its place is then a copy that knows the first morning."""
        with self.open() as desk:
            self.morning(desk)
        # A disk is copied bit by bit: what the computer remembers is on both.
        shutil.copytree(self.folder, self.place / "twin")
        shutil.copytree(self.place / "marks", self.place / "twin_marks")
        with self.open() as desk:
            self.evening(desk)
            self.send(desk)
            self.over(desk)
        assert self.lacks() == []
        self.folder.rename(self.place / "other computer")
        (self.place / "twin").rename(self.folder)


def _paid(desk: Desk) -> list[Tender]:
    return cash(desk.register.basket.total)


@pytest.fixture
def counter(office: Office, tmp_path: Path) -> Counter:
    """Return an enrolled till that is remembered outside its file."""
    made = Counter(office, tmp_path)
    make_till(made.folder)
    with made.open() as desk:
        made.enrol(desk)
    return made


def test_an_epoch_begins_in_mid_session(counter: Counter) -> None:
    with counter.open() as desk:
        counter.morning(desk)
        counter.send(desk)
        desk.dealings.begin_epoch()
        counter.enrol(desk)
        counter.evening(desk)
        counter.morning(desk)
        desk.dealings.begin_epoch()
        desk.dealings.begin_epoch()
        counter.enrol(desk)
        counter.evening(desk)
        assert counter.send(desk) == {Outcome.IMPORTED, Outcome.ALREADY_THERE}
        stored = [desk.day.z(n) for n in (1, 2)]
        found = counter.checks(2)
        assert [check.z for check in found] == [one.z for one in stored]
        assert [check.z.number for check in found] == ["TST1.2-Z000001", "TST1.4-Z000002"]
        runs = {run.series: (run.count, run.first, run.last) for run in found[0].z.report.runs}
        assert runs["V"] == (4, "TST1-V000001", "TST1.2-V000004")
        assert runs["C"] == (2, "TST1-C000001", "TST1.2-C000002")
        assert runs["M"] == (2, "TST1-M000001", "TST1.2-M000002")
        assert found[0].z.report.voids.count == found[0].z.report.voided_baskets.count + 1
        assert found[0].z.report.price_changes.count == 0
        assert [check.z.report.parked for check in found] == [1, 2]
        assert found[1].z.report.grand_total_before == found[0].z.report.grand_total
        for check in found:
            figures = figures_body(check.z.report, check.z.settled)
            read = read_z(counter.office.store, code_text(figures, check.z.signature))
            assert (read.seal, read.arrival) == (Seal.HOLDS, Arrival.AGREES)
        counter.over(desk)
        assert proof(desk).flaw is None
    counter.checks(3)
    assert counter.lacks() == []
    first = list(exceptions(counter.office.store))[:3]
    assert [(one.what, one.epoch, one.reason) for one in first] == [
        ("epoch", epoch, "key_lost") for epoch in (2, 3, 4)
    ]


def test_a_backup_is_put_in_its_place_in_mid_session(counter: Counter) -> None:
    """What was sold after the backup had been sent already: it counts, but in no Z of the next."""
    with counter.open() as desk:
        counter.morning(desk)
        backup = desk.backups.make(counter.place / "safe")
        lost = [ring(desk).sale for _ in range(3)]
        desk.refunds.void(desk.papers.find(counter.sold[1]), REASON)
        assert counter.send(desk) == {Outcome.IMPORTED}
        before = counter.month().sales
    shutil.copy(backup, counter.folder / FILE_NAME)
    with counter.open() as desk:
        assert desk.beginning is Beginning.RESTORED
        counter.enrol(desk)
        counter.evening(desk)
        assert counter.send(desk) == {Outcome.IMPORTED, Outcome.ALREADY_THERE}
        (check,) = counter.checks(1)
        assert check.z == desk.day.z(1).z
        assert (check.z.report.sales.count, check.z.report.voids.count) == (4, 1)
        new = [one.sale for one in _sales(desk)][2:]
        assert counter.month().sales == before + sum(sale.total for sale in new)
        assert {sale.number for sale in lost}.isdisjoint(sale.number for sale in new)
        assert counter.lacks() == [(Lack.NOT_SENT_TO_THE_END, ["TST1.2"])]
        counter.over(desk)
    assert counter.lacks() == []
    assert counter.month().final
    # What was voided before and after is named for a person.
    (twice,) = conflicts(counter.office.store)
    assert isinstance(twice, Overdrawn)
    assert twice.lines[0].number == counter.sold[1]
    (left,) = counter.month().unclosed
    assert (left.name, left.goes_on, left.whole) == ("TST1", True, True)
    voided = twice.documents[0].total
    assert (left.sales, left.total) == (3, sum(sale.total for sale in lost) - voided)


def test_what_was_written_after_the_backup_is_waited_for(counter: Counter) -> None:
    with counter.open() as desk:
        counter.morning(desk)
        backup = desk.backups.make(counter.place / "safe")
        for _ in range(3):
            ring(desk)
        last = desk.store.journal_size()[0]
        late = counter.place / "late"
        desk.outbox.export(late)
    shutil.copy(backup, counter.folder / FILE_NAME)
    with counter.open() as desk:
        counter.enrol(desk)
        counter.evening(desk)
        counter.over(desk)
    assert counter.lacks() == [(Lack.ENTRIES_MISSING, ["TST1"])]
    (left, _) = counter.month().tills
    assert (left.missing, left.owed, left.expected) == (5, 5, False)
    (task,) = tasks(counter.office.store)
    assert [gap.last for gap in task.gaps] == [last + 1]  # that it was exported was written too
    told = counter.month().documents
    settle(counter.office.store, task.id, by="S", note="gone", clock=lambda: read_moment(AT))
    assert counter.lacks() == []
    assert (counter.month().tills[0].missing, counter.month().tills[0].owed) == (5, 0)
    # They come all the same, from a stick that somebody found.
    counter.office.intake.take_all([late])
    assert counter.month().documents == told + 3
    assert counter.month().tills[0].missing == 1
    assert counter.lacks() == []
    counter.checks(2)


def test_a_key_is_changed_in_mid_session(counter: Counter) -> None:
    with counter.open() as desk:
        counter.morning(desk)
        desk.dealings.rotate_key()
        counter.evening(desk)
        stored = desk.day.z(1)
        counter.morning(desk)
        counter.evening(desk)
        assert counter.send(desk) == {Outcome.IMPORTED}
    found = counter.checks(2)
    figures = figures_body(stored.z.report, stored.z.settled)
    read = read_z(counter.office.store, code_text(figures, stored.z.signature))
    assert (read.seal, read.arrival) == (Seal.HOLDS, Arrival.AGREES)
    assert [one.z.number for one in found] == ["TST1-Z000001", "TST1-Z000002"]
    assert next(exceptions(counter.office.store)).what == "key_changed"


def test_a_copy_goes_on_beside_what_it_was_made_of(counter: Counter) -> None:
    with counter.open() as desk:
        counter.morning(desk)
        counter.send(desk)
    shutil.copytree(counter.folder, counter.place / "copy")
    with counter.open(counter.place / "copy") as copy, counter.open() as desk:
        assert copy.beginning is Beginning.COPIED
        counter.enrol(copy)
        counter.evening(copy)
        counter.send(copy)
        counter.over(copy)
        assert counter.lacks() == [
            (Lack.NOT_SENT_TO_THE_END, ["TST1"]),
            (Lack.SESSION_OPEN, ["TST1"]),
        ]
        ring(desk)
        counter.close(desk)
        counter.send(desk)
    assert [check.z.number for check in counter.checks(3)] == [
        "TST1-Z000001",
        "TST1.2-Z000001",
        "TST1.2-Z000002",
    ]
    assert counter.lacks() == []


def test_a_till_that_was_carried_off_lets_go_of_its_month(counter: Counter) -> None:
    with counter.open() as desk:
        counter.morning(desk)
        counter.send(desk)
    with counter.open(marks="elsewhere") as desk:
        assert desk.beginning is Beginning.MOVED
        counter.enrol(desk)
        assert counter.lacks() == [
            (Lack.NOTHING_SENT, ["TST1.2"]),
        ]
        counter.send(desk)
        # The session is open still, in the epoch that it goes on in.
        assert (Lack.SESSION_OPEN, ["TST1.2"]) in counter.lacks()
        counter.evening(desk)
        counter.over(desk)
    assert counter.lacks() == []


def test_a_twin_is_kept_apart_until_somebody_settles_it(counter: Counter) -> None:
    counter.give_way_to_a_twin()
    with counter.open(marks="twin_marks") as desk:
        assert desk.beginning is None
        ring(desk)
        ring(desk)
        assert counter.send(desk) == {Outcome.QUARANTINED}
    assert counter.lacks() == [(Lack.KEPT_APART, ["TST1"])]
    october = share_report(counter.office.store, "2026-10", as_of=MONTH_OVER)
    assert Lack.KEPT_APART not in [point.lack for point in october.open_points]
    fork = next(one for one in exceptions(counter.office.store) if one.what == "fork")
    assert (fork.about, fork.amount) == ("2", 2 * 590_00)
    task = next(one for one in tasks(counter.office.store) if one.runs)
    settle(counter.office.store, task.id, by="S", note="a twin", clock=lambda: read_moment(AT))
    assert counter.lacks() == []
    assert [run.sales for till in counter.month().tills for run in till.set_aside] == [2]
    counter.checks(2)
    with counter.open(marks="twin_marks") as desk:
        ring(desk)
        counter.send(desk)
    assert counter.lacks() == [(Lack.KEPT_APART, ["TST1"])]


def test_a_twin_goes_on_in_an_epoch_of_its_own(counter: Counter) -> None:
    """What it sold under the other's numbers is kept apart, so its Z cannot be added up."""
    counter.give_way_to_a_twin()
    counter.clock.move(-timedelta(days=10))
    with counter.open(marks="twin_marks") as desk:
        ring(desk)
        counter.send(desk)
        desk.epochs.begin(Beginning.FORKED)
        counter.enrol(desk)
        assert Outcome.IMPORTED in counter.send(desk)
        assert (Lack.SESSION_OPEN, ["TST1.2"]) in counter.lacks()
        counter.evening(desk)
        counter.send(desk)
        counter.over(desk)
    found = check_days(counter.office.store)
    assert [(one.z.number, one.finding, one.seal, one.unchecked) for one in found] == [
        ("TST1-Z000001", Finding.AGREES, Seal.HOLDS, ()),
        ("TST1-Z000002", Finding.AGREES, Seal.HOLDS, ()),
        ("TST1.2-Z000001", Finding.NOT_YET, Seal.HOLDS, ()),
        ("TST1.2-Z000002", Finding.AGREES, Seal.HOLDS, ("grand_total_before", "parked")),
    ]
    assert counter.lacks() == [(Lack.KEPT_APART, ["TST1"])]


def test_nothing_is_waited_for_of_what_was_retired(counter: Counter) -> None:
    with counter.open() as desk:
        counter.morning(desk)
        counter.send(desk)
    assert [lack for lack, _ in counter.lacks()] == [Lack.NOT_SENT_TO_THE_END, Lack.SESSION_OPEN]
    retire(counter.office.store, "TST1", clock=lambda: read_moment(AT))
    assert counter.lacks() == []


def _sales(desk: Desk) -> list[StoredSale]:
    found: list[StoredSale] = []
    while (stored := desk.store.sale_numbered("V", len(found) + 1)) is not None:
        found.append(stored)
    return found
