"""A second branch of a till is kept apart whole: nothing held changes, nothing sent is lost."""

from pathlib import Path

import pytest
from msgspec import structs

from tests.office.forge import Part, Till, all_rows, key_of, sale
from tests.office.test_epochs import rung, why
from tofan_pos.app import Office
from tofan_pos.domain.errors import Why
from tofan_pos.office.intake import Outcome


def forked(till: Till, at: int, count: int, *, start: int = 1001) -> Till:
    """Return a copy of a till that went on its own way after an entry."""
    return rung(till.branch(at), count, start=start)


def test_it_is_kept_once_however_often_it_comes(
    office: Office, office_url: str, till: Till, tmp_path: Path
) -> None:
    copy = forked(till, 8, 6)
    office.intake.take(till.save(tmp_path))
    first = office.intake.take(copy.save(tmp_path))
    before = all_rows(office_url)
    again = office.intake.take(copy.save(tmp_path))
    assert (first.outcome, again.outcome) == (Outcome.QUARANTINED, Outcome.QUARANTINED)
    assert again.apart == first.apart
    assert (first.again, again.again) == (False, True)
    # A part of it, cut otherwise, is there too.
    part = office.intake.take(copy.save(tmp_path, 9, 12))
    assert (part.outcome, part.again) == (Outcome.QUARANTINED, True)
    assert all_rows(office_url) == before
    assert len(before["quarantine"]) == 1


def test_what_goes_on_from_it_is_kept_apart_too(
    office: Office, office_url: str, till: Till, tmp_path: Path
) -> None:
    copy = forked(till, 8, 20)
    office.intake.take(till.save(tmp_path))
    office.intake.take(copy.save(tmp_path, 9, 13))
    # Beyond all that is held: only by what came before is it known.
    for first, last in ((14, 18), (16, 22), (23, 28)):
        assert office.intake.take(copy.save(tmp_path, first, last)).outcome is Outcome.QUARANTINED
    assert [row[2] for row in all_rows(office_url)["entry"]] == list(range(1, 13))
    kept = office.store.apart()
    assert [(run.first, run.last, run.seq) for run in kept] == [
        (9, 13, 9),
        (14, 18, 9),
        (16, 22, 9),
        (23, 28, 9),
    ]
    # Each sale is counted in one file alone.
    assert [run.sales for run in kept] == [5, 5, 4, 6]
    over = office.intake.take(copy.save(tmp_path, 12, 20))
    assert over.apart is not None
    assert (over.apart.sales, over.again) == (0, True)
    copy.tell()
    tail = office.intake.take(copy.save(tmp_path, 29))
    assert tail.apart is not None
    assert (tail.apart.sales, tail.again) == (0, False)
    kept = office.store.apart()
    assert sum(run.total for run in kept) == 20 * 107_00


def test_the_till_that_is_held_goes_on(office: Office, till: Till, tmp_path: Path) -> None:
    copy = forked(till, 8, 9)
    office.intake.take(till.save(tmp_path))
    office.intake.take(copy.save(tmp_path, 9))
    rung(till, 8, start=13)
    assert office.intake.take(till.save(tmp_path, 13)).added == 8


def test_a_third_branch_parts_where_it_parts(office: Office, till: Till, tmp_path: Path) -> None:
    office.intake.take(till.save(tmp_path))
    office.intake.take(forked(till, 8, 6).save(tmp_path))
    third = office.intake.take(forked(till, 4, 10, start=2001).save(tmp_path))
    assert third.apart is not None
    assert (third.apart.seq, third.apart.sales) == (5, 10)
    inner = office.intake.take(forked(forked(till, 8, 6), 11, 5, start=3001).save(tmp_path, 9))
    assert inner.apart is not None
    assert (inner.apart.seq, inner.apart.sales) == (9, 5)


def test_numbers_that_come_twice_beyond_a_gap_show_a_fork(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    till = Till.with_sales(8).enrolled(office.store)
    # Both went on with sale 9; what lies between has not come in, so no hash shows it.
    copy = rung(till.branch(8), 9, start=9)
    rung(till, 3, start=30)
    rung(till, 6, start=9)
    office.intake.take(till.save(tmp_path, 12))
    before = all_rows(office_url)
    kept = office.intake.take(copy.save(tmp_path, 9, 10))
    assert kept.outcome is Outcome.QUARANTINED
    assert kept.apart is not None
    assert (kept.apart.seq, kept.apart.held, kept.apart.sales) == (9, b"", 2)
    after = all_rows(office_url)
    assert len(after.pop("quarantine")) == 1
    before.pop("quarantine")
    assert after == before


def test_a_number_that_comes_twice_in_one_chain_is_no_fork(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    till = Till.with_sales(3).enrolled(office.store)
    office.intake.take(till.save(tmp_path))
    rung(till, 1, start=3)
    before = all_rows(office_url)
    refused = office.intake.take(till.save(tmp_path, 4))
    assert (refused.outcome, why(refused)) == (Outcome.REFUSED, Why.ENTRY_CONTRADICTS)
    assert all_rows(office_url) == before


@pytest.mark.parametrize("first", ["honest", "thief"])
def test_an_id_copied_from_another_till_keeps_nobody_out(
    office: Office, office_url: str, tmp_path: Path, first: str
) -> None:
    honest = Till.with_sales(2).enrolled(office.store)
    thief = Till("MBK2", key=key_of("thief")).enrolled(office.store)
    stolen = structs.replace(sale(1, Part()), number="MBK2-V000001")
    thief.put(_line_of(thief, structs.replace(stolen, id=_id_of(honest))))
    tills = (honest, thief) if first == "honest" else (thief, honest)
    results = [office.intake.take(till.save(tmp_path)) for till in tills]
    assert {result.outcome for result in results} == {Outcome.IMPORTED}
    assert sorted(result.sales for result in results) == [1, 2]
    # Each is counted, and neither hides the other.
    rows = all_rows(office_url)["sale"]
    assert [(row[0], row[3] == _id_of(honest)) for row in rows] == [
        ("CTW1", True),
        ("CTW1", False),
        ("MBK2", True),
    ]
    rung(honest, 1, start=3)
    assert office.intake.take(honest.save(tmp_path)).added == 1


def test_an_id_that_comes_twice_at_one_till_is_refused(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    till = Till.with_sales(2).enrolled(office.store)
    office.intake.take(till.save(tmp_path))
    again = structs.replace(sale(3, Part()), number="CTW1-V000003", id=_id_of(till))
    till.put(_line_of(till, again, seq=3))
    before = all_rows(office_url)
    refused = office.intake.take(till.save(tmp_path, 3))
    assert (refused.outcome, why(refused)) == (Outcome.REFUSED, Why.ENTRY_CONTRADICTS)
    assert all_rows(office_url) == before


def test_an_id_of_an_epoch_before_is_kept_apart(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    till = Till.with_sales(2).enrolled(office.store)
    office.intake.take(till.save(tmp_path))
    later = till.next_epoch().enrolled(office.store)
    again = structs.replace(sale(3, Part()), number="CTW1.2-V000003", id=_id_of(till))
    later.put(_line_of(later, again, seq=4))
    before = all_rows(office_url)
    apart = office.intake.take(later.save(tmp_path))
    assert apart.outcome is Outcome.QUARANTINED
    assert all_rows(office_url)["sale"] == before["sale"]


def _id_of(till: Till) -> str:
    from msgspec import json  # noqa: PLC0415 - one test alone reads a line

    found: str = json.decode(till.links[0].line)["body"]["id"]
    return found


def _line_of(till: Till, body: object, *, seq: int = 1) -> bytes:
    from tofan_pos.sync.entries import entry_line  # noqa: PLC0415 - as above

    at = "2026-11-22T03:04:05Z"
    return entry_line(body, till=till.code, epoch=till.epoch, seq=seq, at=at)  # type: ignore[arg-type]


def test_a_damaged_file_is_refused_and_not_kept(office: Office, till: Till, tmp_path: Path) -> None:
    copy = forked(till, 8, 6)
    office.intake.take(till.save(tmp_path))
    path = copy.save(tmp_path)
    path.write_bytes(path.read_bytes()[:-3])
    assert office.intake.take(path).outcome is Outcome.REFUSED
    rung(copy, 1, start=1003)  # a number twice, so at odds with itself
    assert office.intake.take(copy.save(tmp_path)).outcome is Outcome.REFUSED
    assert office.store.apart() == []
