"""What two tills do apart and only head office sees: one receipt taken back twice."""

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from tests.office.forge import Part, Till, key_of, refund, sale, void
from tofan_pos.app import Office
from tofan_pos.office.conflicts import conflicts
from tofan_pos.office.intake import Outcome
from tofan_pos.store.office_returns import Overdrawn
from tofan_pos.sync.documents import ReversalBody, SaleBody


@pytest.fixture
def tills(office: Office) -> tuple[Till, Till]:
    return (
        Till().enrolled(office.store),
        Till("MBK2", key=key_of("other")).enrolled(office.store),
    )


def take(office: Office, folder: Path, *tills: Till) -> None:
    for till in tills:
        result = office.intake.take(till.save(folder))
        assert result.outcome is Outcome.IMPORTED, result.problem


def overdrawn(office: Office) -> list[Overdrawn]:
    """Return what was taken back too often, where nothing else is told."""
    told = conflicts(office.store)
    found = [one for one in told if isinstance(one, Overdrawn)]
    assert len(found) == len(told)
    return found


def bought_at(till: Till) -> SaleBody:
    return till.write(sale(1, Part(quantity=2, paid=100_01, vat=6_54, share=65_43), Part("G2")))


def changed(body: ReversalBody, **changes: Any) -> ReversalBody:
    """Return a refund whose one line is another, its sums following."""
    (only,) = (structs.replace(line, **changes) for line in body.lines)
    tender = structs.replace(body.tenders[0], amount=only.paid)
    return structs.replace(body, lines=(only,), total=only.paid, tenders=(tender,))


def test_a_receipt_taken_back_at_two_tills_is_told(
    office: Office, tmp_path: Path, tills: tuple[Till, Till]
) -> None:
    one, other = tills
    bought = bought_at(one)
    one.write(refund(1, bought, {0: 2}))
    other.write(refund(1, bought, {0: 1}))
    take(office, tmp_path, one)
    assert conflicts(office.store) == ()
    take(office, tmp_path, other)
    (found,) = overdrawn(office)
    (line,) = found.lines
    assert (line.number, line.line, line.code) == ("CTW1-V000001", 0, "TF-0")
    assert (line.bought, line.returned, line.paid, line.paid_back) == (2, 3, 100_01, 150_02)
    assert [(d.till, d.number, d.document, d.total) for d in found.documents] == [
        ("CTW1", "CTW1-C000001", "REFUND", 100_01),
        ("MBK2", "MBK2-C000001", "REFUND", 50_01),
    ]


def test_what_comes_back_once_is_no_conflict(
    office: Office, tmp_path: Path, tills: tuple[Till, Till]
) -> None:
    one, other = tills
    bought = bought_at(one)
    one.write(refund(1, bought, {0: 1}))
    other.write(refund(1, bought, {0: 1, 1: 1}, before={0: 1}))
    without_receipt = structs.replace(refund(2, bought), of="")
    other.write(without_receipt)
    take(office, tmp_path, *tills)
    assert conflicts(office.store) == ()


def test_a_sale_that_has_not_come_in_waits(
    office: Office, tmp_path: Path, tills: tuple[Till, Till]
) -> None:
    one, other = tills
    bought = bought_at(one)
    other.write(refund(1, bought))
    other.write(refund(2, bought))
    take(office, tmp_path, other)
    assert conflicts(office.store) == ()
    take(office, tmp_path, one)
    (found,) = overdrawn(office)
    assert [line.line for line in found.lines] == [0, 1]


def test_a_voided_sale_that_is_given_back_elsewhere_is_told(
    office: Office, tmp_path: Path, tills: tuple[Till, Till]
) -> None:
    one, other = tills
    bought = bought_at(one)
    one.write(void(bought))
    other.write(refund(1, bought, {1: 1}))
    take(office, tmp_path, *tills)
    (found,) = overdrawn(office)
    assert [(line.line, line.bought, line.returned) for line in found.lines] == [(1, 1, 2)]
    assert [document.document for document in found.documents] == ["VOID", "REFUND"]


def test_more_money_than_was_paid_is_told(
    office: Office, tmp_path: Path, tills: tuple[Till, Till]
) -> None:
    one, _ = tills
    bought = bought_at(one)
    one.write(changed(refund(1, bought, {0: 1}), paid=100_02))
    take(office, tmp_path, one)
    (found,) = overdrawn(office)
    assert [(line.returned, line.paid_back) for line in found.lines] == [(1, 100_02)]


def test_a_line_that_was_never_sold_is_told(
    office: Office, tmp_path: Path, tills: tuple[Till, Till]
) -> None:
    one, _ = tills
    bought = bought_at(one)
    one.write(changed(refund(1, bought, {0: 1}), line=7))
    take(office, tmp_path, one)
    (found,) = overdrawn(office)
    assert [(line.line, line.bought, line.returned) for line in found.lines] == [(7, 0, 1)]


def test_another_product_than_was_sold_is_told(
    office: Office, tmp_path: Path, tills: tuple[Till, Till]
) -> None:
    one, _ = tills
    bought = bought_at(one)
    one.write(changed(refund(1, bought, {0: 1}), code="TF-DEAR"))
    take(office, tmp_path, one)
    (found,) = overdrawn(office)
    assert [(line.code, line.returned_code) for line in found.lines] == [("TF-0", "TF-DEAR")]
