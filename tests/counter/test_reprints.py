"""Papers asked for again: the first by anybody, each marked, each an entry."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest

from tests.counter.people import refuses
from tests.counter.tills import Paper, make_till, opened, proof, ring
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.journal import Fact, Journal
from tofan_pos.counter.reprints import Again, Reprints
from tofan_pos.domain.count import parse_count
from tofan_pos.domain.errors import Why
from tofan_pos.domain.people import Right, Role
from tofan_pos.printing.compose import compose
from tofan_pos.receipt.document import Document
from tofan_pos.receipt.paper import MM80
from tofan_pos.receipt.text import text

ROOT = Path(__file__).parents[2]
SUPERVISOR, CASHIER = "482913", "570284"


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """Return a till with a supervisor, S1, and a cashier, C1, who has it."""
    desk.access.first_supervisor("S1", "หัวหน้า", SUPERVISOR)
    desk.access.add_staff("C1", "แคชเชียร์", Role.CASHIER, CASHIER)
    desk.access.sign_in("C1", CASHIER)
    return desk


def said(desk: Desk, seq: int) -> str:
    found = desk.papers.at(seq)
    assert found is not None
    return shown(found[1])


def shown(document: Document) -> str:
    return text(compose(document, MM80))


def test_the_first_is_anybodys_and_the_second_a_supervisors(staffed: Desk) -> None:
    sold = ring(staffed)
    number = sold.sale.number
    first = staffed.reprints.reprint()
    assert (first.number, first.copy) == (number, 1)
    with refuses(Why.APPROVAL_NEEDED, right=Right.REPRINT_AGAIN):
        staffed.reprints.reprint(number)
    word = staffed.access.approve(Right.REPRINT_AGAIN, "S1", SUPERVISOR)
    second = staffed.reprints.reprint(number, approval=word)
    assert second.copy == 2
    other = ring(staffed)
    assert staffed.reprints.reprint(other.sale.number).copy == 1, "each paper counts for itself"
    x = staffed.day.x()
    assert (x.reprints, x.overrides) == (3, 1)
    assert proof(staffed).flaw is None


def test_each_copy_says_which_it_is(desk: Desk) -> None:
    sold = ring(desk)
    original = shown(desk.papers.receipt(sold))
    first, second = desk.reprints.reprint(), desk.reprints.reprint()
    assert "สำเนา" not in original
    assert "สำเนา" in said(desk, first.seq)
    assert "พิมพ์ซ้ำครั้งที่ 1" in said(desk, first.seq)
    assert "พิมพ์ซ้ำครั้งที่ 2" in said(desk, second.seq)


def test_a_refund_and_a_void_are_printed_again_too(desk: Desk) -> None:
    sold = ring(desk, "TF-SCARF", "TF-SCARF")
    back = desk.refunds.refund(desk.refunds.of_sale(sold), {0: 1}, "สี").reversal
    again = desk.reprints.reprint(back.number)
    assert (again.number, again.copy) == ("TST1-C000001", 1)
    assert "TST1-C000001" in said(desk, again.seq)
    assert "สำเนา" in said(desk, again.seq)
    gone = ring(desk)
    desk.refunds.void(gone, "ผิด")
    paper = said(desk, desk.reprints.reprint(gone.sale.number).seq)
    assert "ยกเลิก" in paper
    assert "สำเนา" in paper


def test_a_z_is_printed_again(desk: Desk) -> None:
    desk.day.count(parse_count("0"))
    stored = desk.day.close()
    again = desk.reprints.reprint(stored.z.number)
    assert (again.number, again.copy) == ("TST1-Z000001", 1)
    paper = said(desk, again.seq)
    assert "TST1-Z000001" in paper
    assert "สำเนา" in paper
    assert desk.reprints.reprint(stored.z.number).copy == 2


def test_a_gift_has_no_prices_and_counts_for_no_copy(staffed: Desk) -> None:
    sold = ring(staffed)
    gifts = [staffed.reprints.gift(sold.sale.number) for _ in range(2)]
    assert [gift.copy for gift in gifts] == [0, 0]
    paper = said(staffed, gifts[0].seq)
    assert sold.sale.number in paper
    assert "590" not in paper
    assert staffed.reprints.reprint().copy == 1


def test_only_a_sale_makes_a_gift(desk: Desk) -> None:
    """A refund's paper would come out as it was first, prices and all, and unmarked."""
    sold = ring(desk)
    back = desk.refunds.refund(desk.refunds.of_sale(sold), {0: 1}, "สี").reversal
    before = desk.store.journal_size()
    with refuses(Why.NO_SUCH_RECEIPT):
        desk.reprints.gift(back.number)
    assert desk.store.journal_size() == before


def test_what_is_not_there_is_not_printed(desk: Desk) -> None:
    before = desk.store.journal_size()
    with refuses(Why.NOTHING_SOLD_YET):
        desk.reprints.reprint()
    for number in ("TST1-V000001", "TST1-C000001", "TST1-Z000001", "OTH1-V000001", "x"):
        with refuses(Why.NO_SUCH_RECEIPT):
            desk.reprints.reprint(number)
    assert desk.store.journal_size() == before


def test_it_goes_to_the_printer_once_and_opens_no_drawer(desk: Desk, paper: Paper) -> None:
    ring(desk)
    again = desk.reprints.reprint()
    while desk.spool.print_next():
        pass
    assert paper.sent == ["TST1-V000001", "TST1-V000001"]
    found = desk.papers.at(again.seq)
    assert found is not None
    assert not found[1].opens_drawer


class Beaten(Journal):
    """A journal whose next fact comes just after that of somebody who was quicker."""

    quicker: ClassVar[list[Callable[[], object]]] = []

    @contextmanager
    def fact(self, *, epoch: int = 0) -> Iterator[Fact]:
        while self.quicker:
            self.quicker.pop()()
        with Journal.fact(self, epoch=epoch) as fact:
            yield fact


def test_a_window_that_was_quicker_makes_it_the_second(staffed: Desk) -> None:
    ring(staffed)
    journal = Beaten(staffed.store, staffed.profile, staffed.clock)
    journal.quicker.append(staffed.reprints.reprint)
    with refuses(Why.APPROVAL_NEEDED, right=Right.REPRINT_AGAIN):
        Reprints(journal, staffed.access, staffed.papers).reprint()
    assert staffed.day.x().reprints == 1


PRINTING = """
import sys
from pathlib import Path
from tests.counter.tills import opened
with opened(Path(sys.argv[1])) as desk:
    for _ in range(10):
        print(desk.reprints.reprint().copy)
"""


def test_two_programs_never_print_one_copy_twice(tmp_path: Path) -> None:
    make_till(tmp_path)
    with opened(tmp_path) as desk:
        ring(desk)
    both = [
        subprocess.Popen(
            (sys.executable, "-c", PRINTING, str(tmp_path)),
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(2)
    ]
    printed = [int(word) for program in both for word in program.communicate()[0].split()]
    assert [program.returncode for program in both] == [0, 0]
    assert sorted(printed) == list(range(1, 21))


def test_again_is_told_whole(desk: Desk) -> None:
    sold = ring(desk)
    assert desk.reprints.reprint() == Again(sold.sale.number, 1, sold.seq + 1)
