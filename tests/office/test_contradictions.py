"""What an enrolled till may sign and is not taken all the same: sales at odds with themselves."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from tests.office.forge import Part, Till, all_rows, sale
from tofan_pos.app import Office
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.intake import Outcome
from tofan_pos.sync.documents import PolicyBody, SaleBody

HONEST = PolicyBody(basis="paid_without_vat", number=1, rate_bp=7000)


def line(body: SaleBody, **changes: object) -> SaleBody:
    return structs.replace(body, lines=(structs.replace(body.lines[0], **changes), *body.lines[1:]))


CONTRADICTIONS: dict[str, Callable[[SaleBody], SaleBody]] = {
    "a day there is not": lambda body: structs.replace(body, business_date="2026-11-99"),
    "a total its lines do not make": lambda body: structs.replace(body, total=body.total + 1),
    "VAT its lines do not make": lambda body: structs.replace(body, vat=body.vat + 1),
    "a share its lines do not make": lambda body: structs.replace(body, share=body.share + 1),
    "a share above what was paid": lambda body: structs.replace(
        line(body, share=10**12), share=10**12
    ),
    "a share that is not its policy's": lambda body: structs.replace(
        line(body, share=body.share - 1), share=body.share - 1, policy=HONEST
    ),
    "a price that is not its amount's": lambda body: line(body, price=1),
    "a discount nobody took off": lambda body: line(body, discounted=1),
    "more than any sale": lambda body: structs.replace(
        line(body, price=2**52, gross=2**52, paid=2**52), total=2**52
    ),
    "a catalogue's price that no sum can hold": lambda body: line(
        body, listed=2**53 - 1, price_reason="x"
    ),
    "paid with too little": lambda body: structs.replace(body, tenders=()),
    "no lines": lambda body: structs.replace(body, lines=(), total=0, vat=0, share=0),
}


def outcome(office: Office, till: Till, folder: Path) -> tuple[Outcome, Why | None]:
    result = office.intake.take(till.save(folder))
    problem = result.problem
    return result.outcome, problem.why if isinstance(problem, Refusal) else None


REFUSED = (Outcome.REFUSED, Why.ENTRY_CONTRADICTS)


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_sale_at_odds_with_itself_is_refused(
    office: Office, office_url: str, tmp_path: Path, name: str
) -> None:
    till = Till.with_sales(2).enrolled(office.store)
    till.write(CONTRADICTIONS[name](sale(3)))
    before = all_rows(office_url)
    assert outcome(office, till, tmp_path) == REFUSED
    assert all_rows(office_url) == before


def test_the_honest_policy_holds_when_it_is_kept(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    till.write(structs.replace(sale(1, Part()), policy=HONEST))
    assert outcome(office, till, tmp_path) == (Outcome.IMPORTED, None)


def test_one_number_or_one_id_is_sold_once(office: Office, office_url: str, tmp_path: Path) -> None:
    till = Till.with_sales(2).enrolled(office.store)
    till.write(sale(2))
    before = all_rows(office_url)
    assert outcome(office, till, tmp_path) == REFUSED
    assert all_rows(office_url) == before


def test_another_tills_number_is_no_number_of_this_one(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    other = Till("EVL1", key=till.key)
    other.write(sale(1))
    till.put(other.links[0].line.replace(b'"till":"EVL1"', b'"till":"CTW1"'))
    assert outcome(office, till, tmp_path) == REFUSED


def test_a_pipe_among_the_files_holds_nothing_up(office: Office, tmp_path: Path) -> None:
    till = Till.with_sales(1).enrolled(office.store)
    till.save(tmp_path)
    os.mkfifo(tmp_path / "0.tofan")
    (tmp_path / "folder.tofan").mkdir()
    results = office.intake.take_all([tmp_path, tmp_path / "0.tofan"])
    assert [result.outcome for result in results] == [Outcome.IMPORTED, Outcome.REFUSED]
