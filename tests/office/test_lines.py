"""A session that lies across epochs: added up along the entries that led there, lie by lie."""

from pathlib import Path

import pytest
from msgspec import structs

from tests.office.forge import Till, key_of, void
from tests.office.shifts import Shift, full_day, line, sold
from tests.office.test_days import taken
from tests.office.test_lies import other
from tofan_pos.app import Office
from tofan_pos.domain.numbering import epoch_of_number
from tofan_pos.office.checks import DayCheck, Finding, Seal, check_days
from tofan_pos.office.days import till_report
from tofan_pos.office.exceptions import exceptions
from tofan_pos.store.office_chain import Piece
from tofan_pos.sync.days import sign_figures
from tofan_pos.sync.documents import SaleBody
from tofan_pos.sync.enrolment import Beginning


def crossing(till: Till) -> Shift:
    """Forge a session with something of everything, gone on with in the till's next epoch."""
    shift = full_day(till)
    shift.till = shift.till.next_epoch()
    shift.write(sold(40, line(2), line(1, 30_00, tax="exempt")))
    first = shift.of(SaleBody)[0]
    shift.write(void(first, approved_by="S09"))
    return shift


def brought(office: Office, folder: Path, *tills: Till) -> list[DayCheck]:
    for till in tills:
        till.enrolled(office.store)
        taken(office, till, folder)
    return check_days(office.store)


def test_a_session_is_added_up_across_epochs(office: Office, tmp_path: Path) -> None:
    left = Till()
    shift = crossing(left)
    so_far = shift.report()
    shift.close()
    after = full_day(
        shift.till, 2, first=50, before=so_far.grand_total, parked_before=so_far.parked
    )
    after.close()
    found = brought(office, tmp_path, left, shift.till)
    assert [(one.finding, one.differences, one.unchecked) for one in found] == [
        (Finding.AGREES, (), ())
    ] * 2
    assert [one.seal for one in found] == [Seal.HOLDS] * 2
    assert [one.z.number for one in found] == ["CTW1.2-Z000001", "CTW1.2-Z000002"]
    assert till_report(office.store, "CTW1", 2, 1).voids.count == 2


def test_what_was_written_after_it_was_left_is_in_no_z_of_the_next(
    office: Office, tmp_path: Path
) -> None:
    left = Till()
    shift = crossing(left)
    for n in range(60, 63):
        left.write(sold(n, line(3)))
    shift.close()
    (check,) = brought(office, tmp_path, left, shift.till)
    assert (check.finding, check.unchecked) == (Finding.AGREES, ())
    assert office.store.net("CTW1", [Piece(1, 1, left.head.seq)]) > check.z.report.net.total


def test_a_z_of_an_epoch_waits_for_those_before(office: Office, tmp_path: Path) -> None:
    left = Till().enrolled(office.store)
    shift = crossing(left)
    shift.close()
    (alone,) = brought(office, tmp_path, shift.till)
    assert (alone.finding, alone.wrong) == (Finding.NOT_YET, False)
    taken(office, left, tmp_path, (5, 0))
    assert [one.finding for one in check_days(office.store)] == [Finding.NOT_YET]
    taken(office, left, tmp_path)
    assert [one.finding for one in check_days(office.store)] == [Finding.AGREES]


@pytest.mark.parametrize(
    "name",
    ["epoch", "n", "seq", "anchor", "parked", "grand_total_before", "sales", "voids", "runs"],
)
def test_no_figure_across_epochs_can_lie(office: Office, tmp_path: Path, name: str) -> None:
    left = Till()
    shift = crossing(left)
    shift.count()
    closed = shift.close()
    shift.till.links.pop()
    said = getattr(closed.figures, name)
    if name == "runs":
        said = (structs.replace(said[0], first=other(said[0].first)), *said[1:])
    elif name in {"sales", "voids"}:
        said = structs.replace(said, total=other(said.total))
    else:
        said = other(said)
    lied = structs.replace(closed.figures, **{name: said})
    signature = sign_figures(lied, shift.till.key)
    shift.till.write(structs.replace(closed, figures=lied, signature=signature))
    found = [one for one in brought(office, tmp_path, left, shift.till) if one.wrong]
    assert [one.finding for one in found] == [Finding.DIFFERS], name


def test_what_was_sold_before_an_epoch_cannot_be_left_out(office: Office, tmp_path: Path) -> None:
    left = Till()
    shift = crossing(left)
    shift.bodies = shift.bodies[-2:]
    shift.close()
    (check,) = brought(office, tmp_path, left, shift.till)
    assert check.finding is Finding.DIFFERS
    assert {"sales.total", "grand_total_before"} & {one.name for one in check.differences}


def test_z_numbers_follow_across_epochs(office: Office, tmp_path: Path) -> None:
    left = Till()
    first = full_day(left)
    so_far = first.report()
    first.close()
    later = left.next_epoch(why=Beginning.KEY_LOST)
    skipped = full_day(later, 3, first=30, before=so_far.grand_total, parked_before=so_far.parked)
    skipped.close()
    _, check = brought(office, tmp_path, left, later)
    assert [(one.name, one.says, one.finds) for one in check.differences] == [("session", 3, 2)]


def test_a_z_holds_under_the_key_in_force_alone(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    shift = full_day(till)
    shift.till = changed = till.rotate()
    assert changed.links is till.links
    at = till.head.seq
    so_far = shift.report()
    closed = shift.close()
    second = full_day(changed, 2, first=30, before=so_far.grand_total, parked_before=so_far.parked)
    figures = second.close().figures
    changed.links.pop()
    changed.write(
        structs.replace(closed, figures=figures, signature=sign_figures(figures, key_of("honest")))
    )
    taken(office, till, tmp_path, (1, at))
    taken(office, changed, tmp_path, (at + 1, 0))
    assert [one.seal for one in check_days(office.store)] == [Seal.HOLDS, Seal.WRONG]
    first = next(exceptions(office.store))
    assert (first.what, first.seq, first.by) == ("key_changed", at, "S01")


def test_recounts_and_receipts_are_told_across_epochs(office: Office, tmp_path: Path) -> None:
    left = Till()
    shift = full_day(left)
    shift.count({"cash": 1_00})
    shift.till = left.next_epoch(why=Beginning.KEY_LOST)
    shift.count({"cash": 2_00})
    shift.close()
    brought(office, tmp_path, left, shift.till)
    told = [one for one in exceptions(office.store) if one.epoch == 2]
    assert [(one.what, one.about) for one in told][:2] == [("epoch", ""), ("recount", "2")]
    # After the date was rolled, what bears none is of that day, in whichever epoch.
    assert told[1].business_date.isoformat() == "2026-11-23"


@pytest.mark.parametrize(
    ("number", "epoch"),
    [
        ("CTW1-V000001", 1),
        ("CTW1.2-V000001", 2),
        ("CTW1.10-C1000000", 10),
        *(
            (name, 0)
            for name in ("CTW1.1-V000001", "CTW1.02-V1", "CTW1.x-V1", "CTW12-V1", "", "V1")
        ),
        ("CTW1.²-V000001", 0),
    ],
)
def test_a_number_tells_its_epoch(number: str, epoch: int) -> None:
    assert epoch_of_number(number, till="CTW1") == epoch
