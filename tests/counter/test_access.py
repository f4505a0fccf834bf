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
        house.access.approve(Right.REFUND, "LEAD2", PINS["LEAD2"])


def test_a_pin_gives_somebody_the_till(house: House) -> None:
    person = house.access.sign_in(" sell1 ", PINS["SELL1"])
    assert (person.code, person.role, house.access.by) == ("SELL1", Role.CASHIER, "SELL1")
    assert house.access.who == person
    assert signed_in(house) == [("SELL1", "")]
    assert house.is_whole()


def test_thai_digits_are_the_same_pin(house: House) -> None:
    house.access.sign_in("SELL1", PINS["SELL1"].translate({48 + d: 0xE50 + d for d in range(10)}))
    assert house.access.by == "SELL1"


def test_unlocking_is_no_new_entry(house: House) -> None:
    house.sign_in("SELL1")
    house.access.lock()
    assert house.access.who is None
    assert house.access.last is not None
    assert house.access.last.code == "SELL1"
    house.sign_in("SELL1")
    assert signed_in(house) == [("SELL1", "")]


def test_a_hand_over_names_both(house: House) -> None:
    for code in ("SELL1", "SELL2", "SELL1"):
        house.sign_in(code)
    house.access.lock()
    house.sign_in("LEAD2")
    assert signed_in(house) == [
        ("SELL1", ""),
        ("SELL2", "SELL1"),
        ("SELL1", "SELL2"),
        ("LEAD2", "SELL1"),
    ]


def test_the_first_of_a_run_is_journalled_anew(house: House) -> None:
    house.sign_in("SELL1")
    house.restart()
    house.sign_in("SELL1")
    assert signed_in(house) == [("SELL1", ""), ("SELL1", "")]


def test_a_hand_over_that_fails_changes_nothing(house: House) -> None:
    house.sign_in("SELL1")
    with refuses(Why.PIN_WRONG):
        house.access.sign_in("SELL2", WRONG)
    assert house.access.by == "SELL1"


def test_the_list_of_people_proves_no_pin(house: House) -> None:
    assert [person.code for person in house.access.staff()] == sorted(PINS)
    assert {person.verifier for person in house.access.staff()} == {""}
    assert house.access.sign_in("SELL1", PINS["SELL1"]).verifier == ""


# --- approvals ------------------------------------------------------------------------------------


def test_an_approval_serves_once(house: House) -> None:
    house.sign_in("SELL1")
    with refuses(Why.APPROVAL_NEEDED, right=Right.NO_SALE):
        house.access.warrant(Right.NO_SALE)
    approval = house.access.approve(Right.NO_SALE, "lead2", PINS["LEAD2"])
    warrant = house.access.warrant(Right.NO_SALE, approval)
    assert (warrant.by, warrant.approved_by) == ("SELL1", "LEAD2")
    with refuses(Why.APPROVAL_NEEDED):
        house.access.warrant(Right.NO_SALE, approval)
    assert house.access.by == "SELL1", "the supervisor has not taken the till over"


def test_an_approval_is_for_one_thing(house: House) -> None:
    house.sign_in("SELL1")
    approval = house.access.approve(Right.NO_SALE, "LEAD2", PINS["LEAD2"])
    with refuses(Why.APPROVAL_NEEDED, right=Right.PAID_OUT):
        house.access.warrant(Right.PAID_OUT, approval)
    assert house.access.warrant(Right.NO_SALE, approval).approved_by == "LEAD2", "nor is it spent"


def test_an_approval_cannot_be_made_up(house: House) -> None:
    house.sign_in("SELL1")
    approval = house.access.approve(Right.NO_SALE, "LEAD2", PINS["LEAD2"])
    for forged in (
        replace(approval, serial=approval.serial + 1),
        replace(approval, right=Right.PAID_OUT),
        replace(approval, by="LEAD1"),
    ):
        with refuses(Why.APPROVAL_NEEDED):
            house.access.warrant(forged.right, forged)


def test_two_approvals_are_two(house: House) -> None:
    house.sign_in("SELL1")
    approvals = [house.access.approve(Right.NO_SALE, "LEAD2", PINS["LEAD2"]) for _ in range(2)]
    assert [house.access.warrant(Right.NO_SALE, one).approved_by for one in approvals] == [
        "LEAD2",
        "LEAD2",
    ]


def test_an_approval_ends_with_the_session_of_whom_it_was_given_to(house: House) -> None:
    house.sign_in("SELL1")
    lost = house.access.approve(Right.NO_SALE, "LEAD2", PINS["LEAD2"])
    house.sign_in("SELL2")
    with refuses(Why.APPROVAL_NEEDED):
        house.access.warrant(Right.NO_SALE, lost)
    house.sign_in("SELL1")
    with refuses(Why.APPROVAL_NEEDED):
        house.access.warrant(Right.NO_SALE, lost)


def test_locking_voids_approvals(house: House) -> None:
    house.sign_in("SELL1")
    approval = house.access.approve(Right.NO_SALE, "LEAD2", PINS["LEAD2"])
    house.access.lock()
    with refuses(Why.NOT_SIGNED_IN):
        house.access.warrant(Right.NO_SALE, approval)
    house.sign_in("SELL1")
    with refuses(Why.APPROVAL_NEEDED):
        house.access.warrant(Right.NO_SALE, approval)
    with refuses(Why.APPROVAL_NEEDED):
        house.access.second(Right.NO_SALE, approval)


@pytest.mark.parametrize("gone", [{"active": False}, {"role": Role.CASHIER}], ids=str)
def test_the_word_of_who_is_no_supervisor_any_more_is_worth_nothing(
    house: House, gone: dict[str, object]
) -> None:
    house.sign_in("SELL1")
    approval = house.access.approve(Right.NO_SALE, "LEAD2", PINS["LEAD2"])
    changed = (replace(p, **gone) if p.code == "LEAD2" else p for p in crew())  # type: ignore[arg-type]
    house.load(*changed)
    for verb in (house.access.warrant, house.access.second):
        with refuses(Why.APPROVAL_NEEDED, right=Right.NO_SALE):
            verb(Right.NO_SALE, approval)
    with refuses(Why.APPROVAL_NEEDED):
        house.access.override(Right.NO_SALE, "TF-SCARF", approval)


@pytest.mark.parametrize("code", ["SELL1", "LEAD2"])
def test_nobody_approves_themselves(house: House, code: str) -> None:
    house.sign_in(code)
    with refuses(Why.APPROVES_THEMSELVES):
        house.access.approve(Right.NO_SALE, code.lower(), PINS[code])


@pytest.mark.parametrize("code", ["SELL2", "TAN", "YIM"])
def test_only_supervisors_approve(house: House, code: str) -> None:
    house.sign_in("SELL1")
    with refuses(Why.MAY_NOT_APPROVE, who=code):
        house.access.approve(Right.NO_SALE, code, PINS[code])


def test_a_stranger_approves_nothing(house: House) -> None:
    house.sign_in("SELL1")
    with refuses(Why.NO_SUCH_STAFF):
        house.access.approve(Right.NO_SALE, "NOBODY", WRONG)


def test_guessing_a_supervisors_pin_shuts_that_supervisor_out(house: House) -> None:
    house.sign_in("SELL1")
    for _ in range(4):
        with refuses(Why.PIN_WRONG):
            house.access.approve(Right.NO_SALE, "LEAD2", WRONG)
    with refuses(Why.PIN_LOCKED, wait=30):
        house.access.approve(Right.NO_SALE, "LEAD2", WRONG)
    with refuses(Why.PIN_LOCKED):
        house.sign_in("LEAD2")
    assert [who for who, _, _ in failed(house)] == ["LEAD2"] * 5
    assert house.access.approve(Right.NO_SALE, "LEAD1", PINS["LEAD1"]).by == "LEAD1", (
        "the other may"
    )


def test_a_second_person_is_another_one_whatever_the_first_may(house: House) -> None:
    house.sign_in("LEAD2")
    with refuses(Why.APPROVAL_NEEDED):
        house.access.second(Right.CLOSE_SESSION, None)
    approval = house.access.approve(Right.CLOSE_SESSION, "LEAD1", PINS["LEAD1"])
    assert house.access.warrant(Right.CLOSE_SESSION, approval).approved_by == "", "by own right"
    with refuses(Why.APPROVAL_NEEDED):
        house.access.second(Right.NO_SALE, approval)
    assert house.access.second(Right.CLOSE_SESSION, approval) == "LEAD1"
    with refuses(Why.APPROVAL_NEEDED):
        house.access.second(Right.CLOSE_SESSION, approval)
