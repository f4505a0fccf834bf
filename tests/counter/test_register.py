"""The register: a sale is one fact, in its tables, its entry and its figures alike."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.counter.tills import NOW, Clock, cash, make_till, numbers, opened, proof, ring
from tests.domain.baskets import amount, baskets, percent
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.journal import Fact, Journal
from tofan_pos.counter.register import Register
from tofan_pos.domain.basket import Basket
from tofan_pos.domain.catalogue import Product, Text
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import MOST
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.store import rows
from tofan_pos.store.facts import EntryRow, StoredSale
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.kinds import Sold
from tofan_pos.sync.sales import sale_of

ROOT = Path(__file__).parents[2]


@given(baskets(), st.integers(0, 500_00))
def test_any_sale_is_the_same_everywhere(any_desk: Desk, basket: Basket, over: int) -> None:
    before = any_desk.store.journal_size()[0]
    any_desk.register.basket = basket
    reckoning = any_desk.register.reckoning()
    done = any_desk.register.pay(cash(basket.total + over))
    assert any_desk.register.basket == Basket()
    assert (done.sale.total, done.sale.vat, done.sale.share, done.sale.change) == (
        *(reckoning.total, reckoning.vat, reckoning.share),
        over,
    )
    *_, entry = any_desk.store.entries(before)
    check_everywhere(any_desk, done, entry)


def check_everywhere(desk: Desk, done: StoredSale, entry: EntryRow) -> None:
    """Hold a sale as it was returned against its entry and its rows."""
    told = read_entry(entry.line)
    assert isinstance(told, Sold)
    assert sale_of(told) == done.sale
    assert desk.store.sale_with_id(done.sale.id) == done
    assert desk.store.document_tables(entry.seq, entry.seq)[entry.seq] == [
        rows.sale_row(done.sale, entry.seq),
        *rows.line_rows(done.sale, entry.seq),
        *rows.tender_rows(done.sale, entry.seq),
    ]


def test_a_piece_of_which_there_is_one_is_told_everywhere(desk: Desk) -> None:
    before = desk.store.journal_size()[0]
    done = ring(desk, "TF-SCARF", "TF-DISH")
    assert [line.unique for line in done.sale.lines] == [False, True]
    (entry,) = desk.store.entries(before)
    check_everywhere(desk, done, entry)
    assert [row[-1] for row in rows.line_rows(done.sale, entry.seq)] == [False, True]
    assert proof(desk).flaw is None


def test_whatever_was_sold_the_journal_holds(any_desk: Desk) -> None:
    ring(any_desk)
    found = proof(any_desk)
    assert found.flaw is None
    assert found.sales == len(numbers(any_desk))


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80)


@given(WORDS, WORDS)
def test_hostile_names_stay_text(any_desk: Desk, thai: str, english: str) -> None:
    product = Product(code="X", name=Text(thai, english), price=1_00, group="G1")
    any_desk.register.take(product)
    done = any_desk.register.pay(cash(1_00))
    stored = any_desk.store.sale_with_id(done.sale.id)
    assert stored is not None
    assert stored.sale.lines[0].name == Text(thai, english)


def test_numbers_have_no_gaps_whatever_is_refused_between(desk: Desk) -> None:
    for i in range(12):
        with pytest.raises(Refusal):
            desk.register.pay(cash(MOST))
        desk.register.scan("TF-SCARF")
        with pytest.raises(Refusal):
            desk.register.pay(cash(1))
        if i % 3 == 0:
            desk.register.void_basket()
            continue
        desk.register.pay(cash(590_00))
    assert numbers(desk) == list(range(1, 9))
    assert proof(desk).flaw is None


def test_every_verb_of_the_basket(desk: Desk) -> None:
    register = desk.register
    register.scan("TF-SCARF")
    index = register.scan("TF-HONEY").index
    register.set_quantity(index, 3)
    register.discount_line(index, amount(5_00))
    register.discount_basket(percent(1000))
    register.scan("TF-BASKET")
    register.void_line(2)
    assert register.basket.total == 553_50
    done = register.pay(cash(600_00))
    assert done.sale.change == 46_50
    assert done.sale.discount == percent(1000)
    assert done.sale.number == "TST1-V000001"
    assert done.printed == "waiting"


def test_a_refused_verb_changes_nothing(desk: Desk) -> None:
    desk.register.scan("TF-DISH")
    before = desk.register.basket
    for act in (
        lambda: desk.register.scan("TF-DISH"),
        lambda: desk.register.scan("TF-OLD"),
        lambda: desk.register.scan("nothing"),
        lambda: desk.register.set_quantity(0, 2),
        lambda: desk.register.void_line(4),
        lambda: desk.register.discount_basket(amount(MOST)),
        lambda: desk.register.pay(cash(1)),
    ):
        with pytest.raises(Refusal):
            act()
        assert desk.register.basket == before


def test_a_seller_without_vat_has_another_series(tmp_path: Path) -> None:
    make_till(tmp_path, kind=DocumentKind.NON_VAT)
    with opened(tmp_path) as desk:
        done = ring(desk)
        assert (done.sale.number, done.sale.vat, done.sale.share) == ("TST1-R000001", 0, 413_00)
        assert done.printed == ""


def test_the_day_is_bangkoks_and_people_roll_it_over(desk: Desk, clock: Clock) -> None:
    clock.at = datetime(2026, 11, 22, 16, 59, 59, tzinfo=UTC)
    assert ring(desk).sale.business_date == date(2026, 11, 22)
    assert not desk.day.is_overdue()
    clock.move(timedelta(seconds=1))
    assert ring(desk).sale.business_date == date(2026, 11, 22)
    assert desk.day.is_overdue()
    desk.day.roll_date()
    assert ring(desk).sale.business_date == date(2026, 11, 23)
    assert not desk.day.is_overdue()


def kinds(desk: Desk) -> list[str]:
    return [row.kind for row in desk.store.entries()]


def test_a_clock_that_falls_back_is_noted_and_never_blocks(desk: Desk, clock: Clock) -> None:
    ring(desk)
    clock.move(timedelta(days=-1))
    ring(desk)
    ring(desk)
    assert kinds(desk)[-4:] == ["sale", "clock_step", "sale", "sale"]
    assert proof(desk).flaw is None
    assert numbers(desk) == [1, 2, 3]


@pytest.mark.parametrize(("behind", "noted"), [(120, False), (121, True), (1, False)])
def test_two_minutes_are_no_step(desk: Desk, clock: Clock, behind: int, *, noted: bool) -> None:
    clock.move(timedelta(seconds=-behind))
    ring(desk)
    assert ("clock_step" in kinds(desk)) == noted


def test_ten_years_on_and_back_again(desk: Desk, clock: Clock) -> None:
    clock.move(timedelta(days=3653))
    ring(desk)
    clock.at = NOW
    ring(desk)
    assert kinds(desk)[-3:] == ["sale", "clock_step", "sale"]
    assert proof(desk).flaw is None


@pytest.mark.parametrize("year", [2569, 543, 1970, 9998])
def test_a_clock_in_another_era_sells(desk: Desk, clock: Clock, year: int) -> None:
    clock.at = NOW.replace(year=year)
    done = ring(desk)
    assert done.sale.business_date == NOW.date(), "the session's day, whatever the clock says"
    clock.at = NOW
    ring(desk)
    assert numbers(desk) == [1, 2]
    assert proof(desk).flaw is None
    assert desk.outbox.waiting().count == desk.store.journal_size()[0]


class Interrupted(Journal):
    """A journal that is interrupted when its commit is done, once."""

    done: ClassVar[list[bool]] = []

    @contextmanager
    def fact(self, *, epoch: int = 0) -> Iterator[Fact]:
        with Journal.fact(self, epoch=epoch) as fact:
            yield fact
        if not self.done:
            self.done.append(True)
            raise KeyboardInterrupt


def test_an_interruption_after_the_commit_does_not_double_the_sale(desk: Desk) -> None:
    Interrupted.done.clear()
    journal = Interrupted(desk.store, desk.profile, desk.clock)
    ids = count(1)
    register = Register(
        journal=journal, shelf=desk.shelf, access=desk.access, new_id=lambda: f"id-{next(ids)}"
    )
    register.scan("TF-SCARF")
    with pytest.raises(KeyboardInterrupt):
        register.pay(cash(590_00))
    with pytest.raises(Refusal) as refused:
        register.pay(cash(590_00))
    assert refused.value.why is Why.SALE_ALREADY_DONE
    assert refused.value.facts == {"number": "TST1-V000001"}
    assert register.basket == Basket()
    register.scan("TF-SCARF")
    assert register.pay(cash(590_00)).sale.n == 2
    assert proof(desk).flaw is None


RINGING = """
import sys
from pathlib import Path
from tests.counter.tills import opened, ring
with opened(Path(sys.argv[1])) as desk:
    for _ in range(20):
        print(ring(desk, "TF-HONEY").sale.number)
"""


def test_two_programs_on_one_till_take_turns(folder: Path) -> None:
    both = [
        subprocess.Popen(
            (sys.executable, "-c", RINGING, str(folder)),
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(2)
    ]
    printed = [program.communicate()[0].split() for program in both]
    assert [program.returncode for program in both] == [0, 0]
    together = sorted(printed[0] + printed[1])
    assert together == [f"TST1-V{n:06d}" for n in range(1, 41)]
    with opened(folder) as desk:
        assert proof(desk).flaw is None
        assert proof(desk).sales == 40


def test_who_sells_is_no_person(desk: Desk) -> None:
    assert ring(desk).sale.by == "SETUP"


def test_a_sale_of_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        desk.register.pay(cash(0))
    assert refused.value.why is Why.BASKET_EMPTY
