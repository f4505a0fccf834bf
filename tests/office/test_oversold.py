"""One piece, two tills: both sales stand and are paid out, and head office names it once."""

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from tests.counter.tills import make_till, opened, ring
from tests.office.forge import AT, Part, Till, key_of, refund, sale, void
from tests.office.shifts import line, sold
from tofan_pos.app import Office
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.conflicts import conflicts
from tofan_pos.office.enrolment import enrol
from tofan_pos.office.intake import Outcome
from tofan_pos.office.ledger import share_report
from tofan_pos.store.office_returns import Overdrawn, Oversold
from tofan_pos.sync.documents import SaleBody
from tofan_pos.sync.enrolment import FILE_NAME, read_request
from tofan_pos.sync.sales import read_moment


@pytest.fixture
def tills(office: Office) -> tuple[Till, Till, Till]:
    """Return three enrolled tills, the last of them the second one set up anew."""
    return (
        Till().enrolled(office.store),
        Till("MBK2", key=key_of("other")).enrolled(office.store),
        Till("MBK2", epoch=2, key=key_of("anew")).enrolled(office.store),
    )


def sell(till: Till, n: int = 1, code: str = "TF-DISH", **changes: Any) -> SaleBody:
    """Sell a piece of which there is one, beside one of many."""
    facts: dict[str, Any] = {"code": code, "name_th": "จาน", "name_en": "Dish", "unique": 1}
    return till.write(sold(n, line(2), line(**(facts | changes))))


def take(office: Office, folder: Path, *tills: Till) -> None:
    for till in tills:
        result = office.intake.take(till.save(folder))
        assert result.outcome is Outcome.IMPORTED, result.problem


def oversold(office: Office) -> list[Oversold]:
    """Return what was sold too often, where nothing else is told."""
    told = conflicts(office.store)
    found = [one for one in told if isinstance(one, Oversold)]
    assert len(found) == len(told)
    return found


def test_both_sales_stand_and_one_conflict_is_told(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till]
) -> None:
    one, other, _ = tills
    first, second = sell(one), sell(other, price=53_50, name_th="จานใบเล็ก")
    take(office, tmp_path, one)
    assert conflicts(office.store) == ()
    take(office, tmp_path, other)
    (found,) = oversold(office)
    assert (found.code, found.name_th, found.name_en) == ("TF-DISH", "จาน", "Dish")
    assert (found.sold, found.returned) == (2, 0)
    assert [
        (d.till, d.epoch, d.document, d.number, d.business_date, d.total) for d in found.documents
    ] == [
        ("CTW1", 1, "VAT_RECEIPT", "CTW1-V000001", "2026-11-22", first.total),
        ("MBK2", 1, "VAT_RECEIPT", "MBK2-V000001", "2026-11-22", second.total),
    ]
    report = share_report(office.store, "2026-11", as_of=office.today())
    assert (report.documents, report.share) == (2, first.share + second.share)


def test_a_till_set_up_anew_is_another(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till]
) -> None:
    _, before, anew = tills
    sell(before)
    sell(anew)
    take(office, tmp_path, before, anew)
    (found,) = oversold(office)
    assert [(d.till, d.epoch, d.number) for d in found.documents] == [
        ("MBK2", 1, "MBK2-V000001"),
        ("MBK2", 2, "MBK2.2-V000001"),
    ]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_sold_taken_back_and_sold_elsewhere_is_none_in_any_order(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till], order: tuple[int, ...]
) -> None:
    one, other, third = tills
    bought = sell(one)
    other.write(refund(1, bought, {1: 1}))
    sell(third)
    take(office, tmp_path, *(tills[at] for at in order))
    assert conflicts(office.store) == ()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_any_order_tells_the_same(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till], order: tuple[int, ...]
) -> None:
    one, other, third = tills
    bought = sell(one, name_th="จาน ก")
    other.write(refund(1, bought, {1: 1}))
    sell(other, name_th="จาน ข")
    sell(third, name_th="จาน ค")
    sell(third, 2, "TF-BOWL")
    take(office, tmp_path, *(tills[at] for at in order))
    (found,) = oversold(office)
    assert (found.code, found.name_th, found.sold, found.returned) == ("TF-DISH", "จาน ก", 3, 1)
    assert [d.number for d in found.documents] == [
        "CTW1-V000001",
        "MBK2-C000001",
        "MBK2-V000001",
        "MBK2.2-V000001",
    ]


def test_a_voided_sale_and_what_came_without_a_receipt_count_as_come_back(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till]
) -> None:
    one, other, third = tills
    one.write(void(sell(one)))
    bought = sell(other)
    third.write(structs.replace(refund(1, bought, {1: 1}), of=""))
    sell(third)
    take(office, tmp_path, *tills)
    assert conflicts(office.store) == ()
    sell(one, 2)
    take(office, tmp_path, one)
    (found,) = oversold(office)
    assert (found.sold, found.returned, len(found.documents)) == (4, 2, 6)


def test_what_came_back_twice_is_still_one_piece(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till]
) -> None:
    one, other, third = tills
    bought = sell(one)
    one.write(refund(1, bought, {1: 1}))
    other.write(refund(1, bought, {1: 1}))
    sell(other)
    sell(third)
    take(office, tmp_path, *tills)
    twice, again = conflicts(office.store)
    assert isinstance(twice, Overdrawn)
    assert isinstance(again, Oversold)
    assert (again.sold, again.returned) == (3, 1)


def test_what_comes_back_of_many_is_not_the_piece(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till]
) -> None:
    one, other, third = tills
    many = sell(one, unique=0)
    one.write(refund(1, many, {0: 2, 1: 1}))
    sell(other)
    take(office, tmp_path, one, other)
    assert conflicts(office.store) == (), "what was sold as one of many is no conflict"
    sell(third)
    take(office, tmp_path, third)
    (found,) = oversold(office)
    assert (found.sold, found.returned) == (2, 0)


def test_many_of_a_code_are_none(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till]
) -> None:
    for till in tills:
        till.write(sale(1, Part(quantity=3), Part()))
    take(office, tmp_path, *tills)
    assert conflicts(office.store) == ()


def test_several_of_the_only_piece_contradict_themselves(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till]
) -> None:
    till = tills[0]
    till.write(sold(1, line(2, unique=1)))
    result = office.intake.take(till.save(tmp_path))
    assert result.outcome is Outcome.REFUSED
    assert isinstance(result.problem, Refusal)
    assert result.problem.why is Why.ENTRY_CONTRADICTS


def test_two_real_tills_sell_the_dish_offline(office: Office, tmp_path: Path) -> None:
    shares = []
    for code in ("TST1", "TST2"):
        folder = tmp_path / code
        make_till(folder, till=code)
        enrol(office.store, read_request(folder / FILE_NAME), clock=lambda: read_moment(AT))
        with opened(folder) as desk:
            shares.append(ring(desk, "TF-SCARF", "TF-DISH").sale.share)
            desk.outbox.export(tmp_path / "out")
    results = office.intake.take_all([tmp_path / "out"])
    assert {result.outcome for result in results} == {Outcome.IMPORTED}, results
    assert share_report(office.store, "2026-11", as_of=office.today()).share == sum(shares)
    (found,) = oversold(office)
    assert (found.code, found.sold) == ("TF-DISH", 2)
    assert [d.number for d in found.documents] == ["TST1-V000001", "TST2-V000001"]
    with opened(tmp_path / "TST1") as desk:
        bought = desk.store.sale_numbered("V", 1)
        assert bought is not None
        desk.refunds.refund(desk.refunds.of_sale(bought), {1: 1}, "ขายซ้ำ")
        desk.outbox.export(tmp_path / "later")
    assert office.intake.take_all([tmp_path / "later"])[0].outcome is Outcome.IMPORTED
    assert conflicts(office.store) == ()
