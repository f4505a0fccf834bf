"""Who has the till, and what a supervisor's word is good for."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.counter.people import PINS, WRONG, House, crew, failed, refuses
from tofan_pos.domain.errors import Why
from tofan_pos.domain.people import Right, Role
from tofan_pos.sync.events import SignedInBody


@pytest.fixture
def house(folder: Path) -> Iterator[House]:
    """Yield a till where the crew works, as the morning finds it."""
    house = House(folder)
    house.staffed()
    yield house
    house.store.close()


def signed_in(house: House) -> list[tuple[str, str]]:
    return [(b.by, b.after) for _, b in house.entries() if isinstance(b, SignedInBody)]


def test_a_morning_starts_locked(house: House) -> None:
    assert house.access.who is None
    assert not house.access.needs_first_run
    with refuses(Why.NOT_SIGNED_IN):
        _ = house.access.by
    with refuses(Why.NOT_SIGNED_IN):
        house.access.warrant(Right.SELL)
    with refuses(Why.NOT_SIGNED_IN):
        house.access.approve(Right.REFUND, "FON", PINS["FON"])


def test_a_pin_gives_somebody_the_till(house: House) -> None:
    person = house.access.sign_in(" mai ", PINS["MAI"])
    assert (person.code, person.role, house.access.by) == ("MAI", Role.CASHIER, "MAI")
    assert house.access.who == person
    assert signed_in(house) == [("MAI", "")]
    assert house.is_whole()


def test_thai_digits_are_the_same_pin(house: House) -> None:
    house.access.sign_in("MAI", PINS["MAI"].translate({48 + d: 0xE50 + d for d in range(10)}))
    assert house.access.by == "MAI"


def test_unlocking_is_no_new_entry(house: House) -> None:
    house.sign_in("MAI")
    house.access.lock()
    assert house.access.who is None
    assert house.access.last is not None
    assert house.access.last.code == "MAI"
    house.sign_in("MAI")
    assert signed_in(house) == [("MAI", "")]


def test_a_hand_over_names_both(house: House) -> None:
    for code in ("MAI", "NOI", "MAI"):
        house.sign_in(code)
    house.access.lock()
    house.sign_in("FON")
    assert signed_in(house) == [("MAI", ""), ("NOI", "MAI"), ("MAI", "NOI"), ("FON", "MAI")]


def test_the_first_of_a_run_is_journalled_anew(house: House) -> None:
    house.sign_in("MAI")
    house.restart()
    house.sign_in("MAI")
    assert signed_in(house) == [("MAI", ""), ("MAI", "")]


def test_a_hand_over_that_fails_changes_nothing(house: House) -> None:
    house.sign_in("MAI")
    with refuses(Why.PIN_WRONG):
        house.access.sign_in("NOI", WRONG)
    assert house.access.by == "MAI"


def test_the_list_of_people_proves_no_pin(house: House) -> None:
    assert [person.code for person in house.access.staff()] == sorted(PINS)
    assert {person.verifier for person in house.access.staff()} == {""}
    assert house.access.sign_in("MAI", PINS["MAI"]).verifier == ""


# --- approvals ------------------------------------------------------------------------------------


def test_an_approval_serves_once(house: House) -> None:
    house.sign_in("MAI")
    with refuses(Why.APPROVAL_NEEDED, right=Right.NO_SALE):
        house.access.warrant(Right.NO_SALE)
    approval = house.access.approve(Right.NO_SALE, "fon", PINS["FON"])
    warrant = house.access.warrant(Right.NO_SALE, approval)
    assert (warrant.by, warrant.approved_by) == ("MAI", "FON")
    with refuses(Why.APPROVAL_NEEDED):
        house.access.warrant(Right.NO_SALE, approval)
    assert house.access.by == "MAI", "the supervisor has not taken the till over"


def test_an_approval_is_for_one_thing(house: House) -> None:
    house.sign_in("MAI")
    approval = house.access.approve(Right.NO_SALE, "FON", PINS["FON"])
    with refuses(Why.APPROVAL_NEEDED, right=Right.PAID_OUT):
        house.access.warrant(Right.PAID_OUT, approval)
    assert house.access.warrant(Right.NO_SALE, approval).approved_by == "FON", "nor is it spent"


def test_an_approval_cannot_be_made_up(house: House) -> None:
    house.sign_in("MAI")
    approval = house.access.approve(Right.NO_SALE, "FON", PINS["FON"])
    for forged in (
        replace(approval, serial=approval.serial + 1),
        replace(approval, right=Right.PAID_OUT),
        replace(approval, by="FAH"),
    ):
        with refuses(Why.APPROVAL_NEEDED):
            house.access.warrant(forged.right, forged)


def test_two_approvals_are_two(house: House) -> None:
    house.sign_in("MAI")
    approvals = [house.access.approve(Right.NO_SALE, "FON", PINS["FON"]) for _ in range(2)]
    assert [house.access.warrant(Right.NO_SALE, one).approved_by for one in approvals] == [
        "FON",
        "FON",
    ]


def test_an_approval_ends_with_the_session_of_whom_it_was_given_to(house: House) -> None:
    house.sign_in("MAI")
    lost = house.access.approve(Right.NO_SALE, "FON", PINS["FON"])
    house.sign_in("NOI")
    with refuses(Why.APPROVAL_NEEDED):
        house.access.warrant(Right.NO_SALE, lost)
    house.sign_in("MAI")
    with refuses(Why.APPROVAL_NEEDED):
        house.access.warrant(Right.NO_SALE, lost)


def test_locking_voids_approvals(house: House) -> None:
    house.sign_in("MAI")
    approval = house.access.approve(Right.NO_SALE, "FON", PINS["FON"])
    house.access.lock()
    with refuses(Why.NOT_SIGNED_IN):
        house.access.warrant(Right.NO_SALE, approval)
    house.sign_in("MAI")
    with refuses(Why.APPROVAL_NEEDED):
        house.access.warrant(Right.NO_SALE, approval)
    with refuses(Why.APPROVAL_NEEDED):
        house.access.second(Right.NO_SALE, approval)


@pytest.mark.parametrize("gone", [{"active": False}, {"role": Role.CASHIER}], ids=str)
def test_the_word_of_who_is_no_supervisor_any_more_is_worth_nothing(
    house: House, gone: dict[str, object]
) -> None:
    house.sign_in("MAI")
    approval = house.access.approve(Right.NO_SALE, "FON", PINS["FON"])
    changed = (replace(p, **gone) if p.code == "FON" else p for p in crew())  # type: ignore[arg-type]
    house.load(*changed)
    for verb in (house.access.warrant, house.access.second):
        with refuses(Why.APPROVAL_NEEDED, right=Right.NO_SALE):
            verb(Right.NO_SALE, approval)
    with refuses(Why.APPROVAL_NEEDED):
        house.access.override(Right.NO_SALE, "TF-SCARF", approval)


@pytest.mark.parametrize("code", ["MAI", "FON"])
def test_nobody_approves_themselves(house: House, code: str) -> None:
    house.sign_in(code)
    with refuses(Why.APPROVES_THEMSELVES):
        house.access.approve(Right.NO_SALE, code.lower(), PINS[code])


@pytest.mark.parametrize("code", ["NOI", "TAN", "YIM"])
def test_only_supervisors_approve(house: House, code: str) -> None:
    house.sign_in("MAI")
    with refuses(Why.MAY_NOT_APPROVE, who=code):
        house.access.approve(Right.NO_SALE, code, PINS[code])


def test_a_stranger_approves_nothing(house: House) -> None:
    house.sign_in("MAI")
    with refuses(Why.NO_SUCH_STAFF):
        house.access.approve(Right.NO_SALE, "NOBODY", WRONG)


def test_guessing_a_supervisors_pin_shuts_that_supervisor_out(house: House) -> None:
    house.sign_in("MAI")
    for _ in range(4):
        with refuses(Why.PIN_WRONG):
            house.access.approve(Right.NO_SALE, "FON", WRONG)
    with refuses(Why.PIN_LOCKED, wait=30):
        house.access.approve(Right.NO_SALE, "FON", WRONG)
    with refuses(Why.PIN_LOCKED):
        house.sign_in("FON")
    assert [who for who, _, _ in failed(house)] == ["FON"] * 5
    assert house.access.approve(Right.NO_SALE, "FAH", PINS["FAH"]).by == "FAH", "the other may"


def test_a_second_person_is_another_one_whatever_the_first_may(house: House) -> None:
    house.sign_in("FON")
    with refuses(Why.APPROVAL_NEEDED):
        house.access.second(Right.CLOSE_SESSION, None)
    approval = house.access.approve(Right.CLOSE_SESSION, "FAH", PINS["FAH"])
    assert house.access.warrant(Right.CLOSE_SESSION, approval).approved_by == "", "by own right"
    with refuses(Why.APPROVAL_NEEDED):
        house.access.second(Right.NO_SALE, approval)
    assert house.access.second(Right.CLOSE_SESSION, approval) == "FAH"
    with refuses(Why.APPROVAL_NEEDED):
        house.access.second(Right.CLOSE_SESSION, approval)
