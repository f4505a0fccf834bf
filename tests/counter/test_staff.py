"""The people themselves: set up, named by a catalogue, let in, changed, let go."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.counter.people import PINS, House, crew, mistake, refuses, verifier
from tests.counter.tills import Clock
from tofan_pos.counter.proof import Flaw
from tofan_pos.domain.errors import Ailment, Trouble, Why
from tofan_pos.domain.people import SETUP, Right, Role, Staff
from tofan_pos.sync.events import SignedInBody, StaffBody, StaffMemberBody


@pytest.fixture
def house(folder: Path) -> Iterator[House]:
    """Yield a till where the crew works, as the morning finds it."""
    house = House(folder)
    house.staffed()
    yield house
    house.store.close()


@pytest.fixture
def bare(folder: Path) -> Iterator[House]:
    """Yield a till where nobody works yet."""
    house = House(folder)
    yield house
    house.store.close()


def test_a_till_without_people_acts_as_its_set_up(bare: House) -> None:
    access = bare.access
    assert access.needs_first_run
    assert (access.who, access.by, access.staff()) == (SETUP, "SETUP", [])
    assert access.warrant(Right.MANAGE_STAFF).by == "SETUP"


def test_the_first_supervisor_is_set_up_and_has_the_till(bare: House) -> None:
    person = bare.access.first_supervisor("lead2", " หัวหน้าสอง ", PINS["LEAD2"])
    assert (person.code, person.name, person.role) == ("LEAD2", "หัวหน้าสอง", Role.SUPERVISOR)
    assert bare.access.by == "LEAD2"
    assert not bare.access.needs_first_run
    assert bare.entries() == [
        ("staff", StaffBody(by="SETUP", staff=(StaffMemberBody(code="LEAD2", role="supervisor"),))),
        ("signed_in", SignedInBody(by="LEAD2", role="supervisor", after="SETUP")),
    ]
    with refuses(Why.NOT_ALLOWED):
        bare.access.first_supervisor("LEAD1", "", PINS["LEAD1"])
    bare.restart()
    assert bare.access.who is None
    bare.sign_in("LEAD2")
    assert bare.is_whole()


@pytest.mark.parametrize(
    ("code", "name", "pin", "why"),
    [
        ("F", "Lead Two", PINS["LEAD2"], Why.STAFF_CODE),
        ("SETUP", "Lead Two", PINS["LEAD2"], Why.STAFF_EXISTS),
        ("LEAD2", "F" * 41, PINS["LEAD2"], Why.TEXT_TOO_LONG),
        ("LEAD2", "Lead Two", "12345", Why.PIN_SHAPE),
        ("LEAD2", "Lead Two", "123456", Why.PIN_TRIVIAL),
        ("F482913", "Lead Two", "482913", Why.PIN_TRIVIAL),
    ],
)
def test_a_first_supervisor_who_will_not_do(
    bare: House, code: str, name: str, pin: str, why: Why
) -> None:
    with refuses(why):
        bare.access.first_supervisor(code, name, pin)
    assert bare.access.who is SETUP
    assert bare.entries() == []


def test_the_set_up_can_let_nobody_in_but_a_supervisor(bare: House) -> None:
    with refuses(Why.NOT_ALLOWED):
        bare.access.add_staff("SELL1", "Sell One", Role.CASHIER, PINS["SELL1"])
    bare.access.add_staff("LEAD2", "Lead Two", Role.SUPERVISOR, PINS["LEAD2"])
    with refuses(Why.NOT_SIGNED_IN):
        bare.access.warrant(Right.SELL)
    bare.sign_in("LEAD2")


def test_the_set_up_ends_when_another_window_lets_people_in(bare: House) -> None:
    other = House(bare.folder)
    other.load(*crew())
    other.store.close()
    with refuses(Why.NOT_SIGNED_IN):
        bare.access.warrant(Right.SELL)
    with refuses(Why.NOT_ALLOWED):
        bare.access.first_supervisor("EVIL", "", PINS["LEAD2"])


# --- people come and go ---------------------------------------------------------------------------


def test_a_catalogue_names_who_works_here(house: House) -> None:
    members = tuple(StaffMemberBody(code=p.code, role=p.role.value) for p in crew())
    assert house.entries() == [("staff", StaffBody(by="", staff=members))]
    house.load(*(replace(person, active=person.code == "LEAD2") for person in crew()))
    assert [person.code for person in house.access.staff()] == ["LEAD2"]
    for code in ("SELL1", "LEAD1"):
        with refuses(Why.NO_SUCH_STAFF):
            house.sign_in(code)


def test_a_catalogue_without_people_leaves_those_there_are(house: House) -> None:
    house.load()
    house.load(*(replace(person, active=False) for person in crew()))
    assert len(house.access.staff()) == len(crew())
    assert len(house.entries()) == 1


def test_whoever_a_catalogue_no_longer_names_is_out_at_once(house: House) -> None:
    house.sign_in("SELL1")
    house.load(*(person for person in crew() if person.code != "SELL1"))
    with refuses(Why.NOT_SIGNED_IN):
        house.access.warrant(Right.SELL)


def test_whoever_becomes_something_else_signs_in_as_that(house: House) -> None:
    house.sign_in("LEAD1")
    house.load(*(replace(p, role=Role.CASHIER) if p.code == "LEAD1" else p for p in crew()))
    with refuses(Why.NOT_SIGNED_IN):
        house.access.warrant(Right.NO_SALE)
    house.sign_in("LEAD1")
    with refuses(Why.APPROVAL_NEEDED):
        house.access.warrant(Right.NO_SALE)
    signed = [body for _, body in house.entries() if isinstance(body, SignedInBody)]
    assert [(body.by, body.role) for body in signed] == [
        ("LEAD1", "supervisor"),
        ("LEAD1", "cashier"),
    ]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"code": "x"}, Why.STAFF_CODE),
        ({"code": "setup"}, Why.STAFF_EXISTS),
        ({"code": "LEAD2"}, Why.STAFF_EXISTS),
        ({"name": "M" * 41}, Why.TEXT_TOO_LONG),
        ({"verifier": ""}, Why.PIN_VERIFIER),
        ({"verifier": "nonsense"}, Why.PIN_VERIFIER),
    ],
)
def test_a_catalogue_with_a_fault_changes_nothing(
    bare: House, changes: dict[str, str], why: Why
) -> None:
    sell1 = Staff(code="SELL1", name="Sell One", role=Role.CASHIER, verifier=verifier("SELL1"))
    lead2 = next(person for person in crew() if person.code == "LEAD2")
    with refuses(why):
        bare.load(lead2, replace(sell1, **changes))  # type: ignore[arg-type]  # texts all
    assert bare.access.needs_first_run
    assert bare.entries() == []


def test_what_is_sealed_is_not_sealed_again(house: House) -> None:
    with refuses(Why.PIN_VERIFIER, who="LEAD1"):
        house.load(*house.store.staff())


def test_a_supervisor_lets_somebody_in(house: House) -> None:
    house.sign_in("LEAD2")
    house.access.add_staff("new1", "", Role.TRAINEE, "635208")
    kind, body = house.entries()[-1]
    assert kind == "staff"
    assert isinstance(body, StaffBody)
    assert body.by == "LEAD2"
    assert StaffMemberBody(code="NEW1", role="trainee") in body.staff
    assert len(body.staff) == len(crew()) + 1
    assert house.access.sign_in("NEW1", "635208").name == "NEW1"
    with refuses(Why.NOT_ALLOWED):
        house.access.add_staff("NEW2", "", Role.TRAINEE, "635208")


def test_nobody_is_let_in_twice(house: House) -> None:
    house.sign_in("LEAD2")
    with refuses(Why.STAFF_EXISTS, code="SELL1"):
        house.access.add_staff("sell1", "Another", Role.SUPERVISOR, PINS["SELL1"])


def test_a_new_pin_is_the_only_one_and_forgives(house: House) -> None:
    mistake(house, "SELL1", 7)
    house.sign_in("LEAD2")
    with refuses(Why.PIN_TRIVIAL):
        house.access.change_pin("SELL1", "111111")
    with refuses(Why.NO_SUCH_STAFF):
        house.access.change_pin("NOBODY", "635208")
    house.access.change_pin("sell1", "635208")
    with refuses(Why.PIN_WRONG, left=4):
        house.sign_in("SELL1")
    assert house.access.sign_in("SELL1", "635208").code == "SELL1"
    assert house.is_whole()


def test_whoever_is_gone_is_gone_until_let_in_again(house: House) -> None:
    house.sign_in("LEAD2")
    house.access.remove_staff("sell1")
    assert "SELL1" not in [person.code for person in house.access.staff()]
    with refuses(Why.NO_SUCH_STAFF):
        house.sign_in("SELL1")
    with refuses(Why.NO_SUCH_STAFF):
        house.access.remove_staff("SELL1")
    house.access.add_staff("SELL1", "Sell One", Role.CASHIER, "635208")
    assert house.access.sign_in("SELL1", "635208").code == "SELL1"


def test_a_supervisor_always_stays(house: House) -> None:
    house.sign_in("LEAD2")
    house.access.remove_staff("LEAD1")
    with refuses(Why.NOT_ALLOWED):
        house.access.remove_staff("lead2")


@pytest.mark.parametrize("code", ["SELL1", "TAN", "YIM"])
def test_people_are_a_supervisors_affair(house: House, code: str) -> None:
    house.sign_in(code)
    before = house.entries()
    with refuses(Why.NOT_ALLOWED, right=Right.MANAGE_STAFF):
        house.access.add_staff("NEW1", "", Role.SUPERVISOR, "635208")
    with refuses(Why.NOT_ALLOWED, right=Right.MANAGE_STAFF):
        house.access.change_pin(code, "635208")
    with refuses(Why.NOT_ALLOWED, right=Right.MANAGE_STAFF):
        house.access.remove_staff("LEAD2")
    assert house.entries() == before


# --- two windows at once --------------------------------------------------------------------------


@pytest.fixture
def other(house: House) -> Iterator[House]:
    """Yield another window of the till where the crew works."""
    other = House(house.folder)
    yield other
    other.store.close()


@pytest.mark.parametrize("how", ["first_supervisor", "add_staff", "catalogue"])
def test_of_two_first_runs_one_wins(bare: House, how: str) -> None:
    """The other window is through while this one still works on its PIN."""
    other = House(bare.folder)
    verbs: dict[str, Callable[[], object]] = {
        "first_supervisor": lambda: bare.access.first_supervisor("EVIL", "", PINS["LEAD2"]),
        "add_staff": lambda: bare.access.add_staff("EVIL", "", Role.SUPERVISOR, PINS["LEAD2"]),
        "catalogue": lambda: bare.load(*crew()),
    }
    if how == "catalogue":
        other.access.first_supervisor("LEAD1", "", PINS["LEAD1"])
    else:
        bare.meanwhile = lambda: other.access.first_supervisor("LEAD1", "", PINS["LEAD1"])
    with refuses(Why.NOT_ALLOWED, right=Right.MANAGE_STAFF):
        verbs[how]()
    assert [person.code for person in other.access.staff()] == ["LEAD1"]
    other.store.close()


@dataclass
class Watched(Clock):
    """A clock that lets something happen whenever it is looked at: between a word and its act."""

    meanwhile: Callable[[], object] = str

    def __call__(self) -> datetime:
        self.meanwhile()
        return super().__call__()


def test_two_do_not_remove_each_other(house: House, other: House) -> None:
    clock = Watched()
    first = House(house.folder, clock)
    first.sign_in("LEAD2")
    other.sign_in("LEAD1")
    clock.meanwhile = lambda: other.access.remove_staff("LEAD2")
    with refuses(Why.NOT_ALLOWED):
        first.access.remove_staff("LEAD1")
    assert "LEAD1" in [person.code for person in house.access.staff()]
    first.store.close()


@pytest.mark.parametrize("verb", ["add", "change"])
def test_who_is_removed_meanwhile_manages_nobody(house: House, other: House, verb: str) -> None:
    house.sign_in("LEAD2")
    other.sign_in("LEAD1")
    house.meanwhile = lambda: other.access.remove_staff("LEAD2")
    with refuses(Why.NOT_ALLOWED):
        if verb == "add":
            house.access.add_staff("NEW1", "", Role.SUPERVISOR, "635208")
        else:
            house.access.change_pin("SELL1", "635208")
    assert house.is_whole()


# --- the till's file in other hands ---------------------------------------------------------------

SET_ROLE = "UPDATE staff SET role = 'supervisor' WHERE code = 'SELL1'"
COPY_PIN = (
    "UPDATE staff SET verifier = (SELECT verifier FROM staff WHERE code = 'SELL1') "
    "WHERE code = 'LEAD2'"
)


def test_an_emptied_table_is_no_new_till(house: House) -> None:
    running = House(house.folder)
    running.sign_in("LEAD2")
    house.tamper("DELETE FROM staff")
    with refuses(Why.NOT_SIGNED_IN):
        running.access.warrant(Right.MANAGE_STAFF)
    running.store.close()
    access = house.restart()
    assert access.who is None
    assert not access.needs_first_run
    with refuses(Why.NOT_SIGNED_IN):
        access.add_staff("EVIL", "", Role.SUPERVISOR, "635208")
    with refuses(Why.NOT_ALLOWED):
        access.first_supervisor("EVIL", "", "635208")
    with refuses(Why.NO_SUCH_STAFF, code="LEAD2"):
        house.sign_in("LEAD2")
    assert house.flaw() is Flaw.TABLES_DIFFER


def test_a_running_set_up_ends_though_the_table_is_emptied(bare: House) -> None:
    other = House(bare.folder)
    other.load(*crew())
    other.store.close()
    bare.tamper("DELETE FROM staff")
    with refuses(Why.NOT_SIGNED_IN):
        bare.access.warrant(Right.SELL)


def test_a_role_written_into_the_table_is_opened_by_no_pin(house: House) -> None:
    house.sign_in("SELL1")
    house.tamper(SET_ROLE)
    with refuses(Why.NOT_SIGNED_IN):
        house.access.warrant(Right.MANAGE_STAFF)
    with refuses(Why.PIN_WRONG):
        house.sign_in("SELL1")
    assert house.flaw() is Flaw.TABLES_DIFFER


def test_a_pin_copied_from_ones_own_row_opens_no_others(house: House) -> None:
    house.tamper(COPY_PIN)
    for code in ("SELL1", "LEAD2"):
        with refuses(Why.PIN_WRONG):
            house.access.sign_in("LEAD2", PINS[code])
    house.sign_in("SELL1")
    with refuses(Why.PIN_WRONG):
        house.access.approve(Right.NO_SALE, "LEAD2", PINS["SELL1"])


def test_what_was_written_into_the_table_is_journalled_as_nobodys_act(house: House) -> None:
    """A supervisor's next change of anybody would have made it one that looks right."""
    house.sign_in("LEAD2")
    before = house.entries()
    house.tamper(SET_ROLE)
    verbs: tuple[Callable[[], object], ...] = (
        lambda: house.access.add_staff("NEW1", "", Role.CASHIER, "635208"),
        lambda: house.access.change_pin("SELL1", "635208"),
        lambda: house.access.remove_staff("SELL2"),
    )
    for verb in verbs:
        with pytest.raises(Trouble) as trouble:
            verb()
        assert trouble.value.ailment is Ailment.STORE_DAMAGED
    assert house.entries() == before
    assert house.flaw() is Flaw.TABLES_DIFFER
    house.load(*crew())
    assert house.is_whole()
    house.sign_in("SELL1")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM staff",
        "DELETE FROM staff WHERE code = 'SELL1'",
        SET_ROLE,
        "UPDATE staff SET code = 'MAY' WHERE code = 'SELL1'",
        "UPDATE staff SET active = 0 WHERE code = 'SELL1'",
        "INSERT INTO staff SELECT 'EVIL', name, role, verifier, 1 FROM staff WHERE code = 'LEAD2'",
    ],
)
def test_the_people_are_held_against_the_journal(house: House, statement: str) -> None:
    house.sign_in("LEAD2")
    house.access.remove_staff("TAN")
    assert house.is_whole()
    house.tamper(statement)
    assert house.flaw() is Flaw.TABLES_DIFFER


def test_people_of_whom_the_journal_knows_nothing_are_found(bare: House) -> None:
    bare.tamper("INSERT INTO staff VALUES ('EVIL', 'Evil', 'supervisor', '', 1)")
    assert bare.flaw() is Flaw.TABLES_DIFFER
