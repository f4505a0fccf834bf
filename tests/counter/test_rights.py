"""Every role and every right, tried: what is allowed, what is asked for, what is refused."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter.people import PINS, ROLES, House, refuses
from tests.counter.tills import quick_folder
from tofan_pos.counter.access import PRIVILEGED, Access, Approval
from tofan_pos.domain.errors import Why
from tofan_pos.domain.people import RIGHTS, SETUP, May, Right, Role, Warrant
from tofan_pos.sync.events import OverrideBody

SOMEBODY = {role: next(code for code in PINS if ROLES[code] is role) for role in Role}
"""One of each role, by code."""
OTHER = "LEAD2"
"""A supervisor who is none of them."""


@pytest.fixture(scope="module")
def houses(new_till: Path) -> Iterator[dict[Role, House]]:
    """Yield one till, with one run of the program for each role, signed in."""
    with quick_folder() as place:
        folder = Path(shutil.copytree(new_till, place / "till"))
        first = House(folder)
        first.staffed()
        runs = {role: House(folder) for role in Role}
        for role, run in runs.items():
            run.access.sign_in(SOMEBODY[role], PINS[SOMEBODY[role]])
        yield runs
        for run in (first, *runs.values()):
            run.store.close()


def approved(access: Access, right: Right) -> Approval:
    return access.approve(right, OTHER, PINS[OTHER])


def overrides(house: House) -> list[OverrideBody]:
    return [body for _, body in house.entries() if isinstance(body, OverrideBody)]


CELLS = [(role, right) for right in Right for role in Role]


@pytest.mark.parametrize(("role", "right"), CELLS)
def test_a_role_may_what_the_table_says(
    houses: dict[Role, House], role: Role, right: Right
) -> None:
    access, by = houses[role].access, SOMEBODY[role]
    shown = access.rights_table()[right][role]
    if shown is May.YES:
        assert access.warrant(right) == Warrant(by)
    elif shown is May.NO:
        approval = approved(access, right)
        for given in (None, approval):
            with refuses(Why.NOT_ALLOWED, right=right):
                access.warrant(right, given)
    else:
        with refuses(Why.APPROVAL_NEEDED, right=right):
            access.warrant(right)
        approval = approved(access, right)
        assert access.warrant(right, approval) == Warrant(by, OTHER)
        with refuses(Why.APPROVAL_NEEDED, right=right):
            access.warrant(right, approval)


@pytest.mark.parametrize(("role", "right"), CELLS)
def test_an_override_is_an_entry_where_somebody_overrode(
    houses: dict[Role, House], role: Role, right: Right
) -> None:
    house, by = houses[role], SOMEBODY[role]
    shown, before = RIGHTS[right][role], overrides(house)
    if shown is May.NO:
        with refuses(Why.NOT_ALLOWED):
            house.access.override(right, "TF-SCARF")
        assert overrides(house) == before
        return
    approval = approved(house.access, right) if shown is May.ASK else None
    if shown is May.ASK:
        with refuses(Why.APPROVAL_NEEDED):
            house.access.override(right, "TF-SCARF")
        assert overrides(house) == before
    warrant = house.access.override(right, "TF-SCARF", approval)
    approver = OTHER if shown is May.ASK else ""
    assert warrant == Warrant(by, approver)
    expected = OverrideBody(about="TF-SCARF", approved_by=approver, by=by, right=right.value)
    written = [expected] if approver or right in PRIVILEGED else []
    assert overrides(house) == before + written
    if approval is not None:
        with refuses(Why.APPROVAL_NEEDED):
            house.access.override(right, "TF-SCARF", approval)


@pytest.mark.parametrize("right", Right)
def test_the_set_up_may_what_a_supervisor_may(folder: Path, right: Right) -> None:
    house = House(folder)
    assert house.access.warrant(right) == Warrant(SETUP.code)
    house.store.close()


def test_a_locked_till_allows_nothing(houses: dict[Role, House]) -> None:
    house = House(houses[Role.CASHIER].folder)
    for right in Right:
        with refuses(Why.NOT_SIGNED_IN):
            house.access.warrant(right)
        with refuses(Why.NOT_SIGNED_IN):
            house.access.override(right, "TF-SCARF")
    house.store.close()


def test_the_journal_of_all_this_is_whole(houses: dict[Role, House]) -> None:
    assert houses[Role.CASHIER].is_whole()
