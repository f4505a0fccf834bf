"""As whom a verb acts: by name and PIN, on a supervisor's word, or as the set-up of a new till."""

from pathlib import Path

import pytest

from tests.cli.running import (
    CASHIER,
    PINS,
    SUPERVISOR,
    TRAINEE,
    Run,
    acting,
    entries,
    kinds,
    refused,
    unchanged,
)
from tofan_pos.sync.events import MovementBody, SessionOpenedBody, SignedInBody

OPEN = ("open", "--float", "100")


def test_a_till_without_staff_is_worked_by_its_set_up(run: Run, till: Path) -> None:
    assert run("open", till=till).code == 0
    body = entries(till)[-1][1]
    assert isinstance(body, SessionOpenedBody)
    assert body.by == "SETUP"
    before = kinds(till)
    stranger = run("x", "--user", "S1", till=till, TOFAN_PIN="482913")
    refused(stranger, "Nobody works here yet")
    assert kinds(till) == before


def test_somebody_acts_by_name_and_pin(run: Run, staffed: Path) -> None:
    who, environ = acting(CASHIER)
    assert run(*OPEN, "--user", "c1", till=staffed, **environ).code == 0
    signed, opened = (body for _, body in entries(staffed)[-2:])
    assert isinstance(signed, SignedInBody)
    assert isinstance(opened, SessionOpenedBody)
    assert (signed.by, opened.by, who) == (CASHIER, CASHIER, ("--user", CASHIER))


def test_a_wrong_pin_does_nothing_but_count(run: Run, staffed: Path) -> None:
    before = kinds(staffed)
    refused(run(*OPEN, "--user", CASHIER, till=staffed, TOFAN_PIN="190826"), "The PIN is not right")
    assert kinds(staffed) == [*before, "login_failed"]


def test_five_wrong_pins_shut_somebody_out_over_any_number_of_runs(run: Run, staffed: Path) -> None:
    for _ in range(5):
        wrong = run(*OPEN, "--user", CASHIER, till=staffed, TOFAN_PIN="190826")
        assert wrong.code == 1
    with unchanged(staffed):
        right = run(*OPEN, "--user", CASHIER, till=staffed, TOFAN_PIN=PINS[CASHIER])
        refused(right, "Too many wrong PINs")
    who, environ = acting(SUPERVISOR)
    assert run(*OPEN, *who, till=staffed, **environ).code == 0, "a colleague can go on"


def test_nobody_approves_themselves_and_only_supervisors_do(run: Run, staffed: Path) -> None:
    who, environ = acting(CASHIER)
    assert run(*OPEN, *who, till=staffed, **environ).code == 0
    out = ("pay-out", "5", "--reason", "น้ำ")
    own, pins = acting(CASHIER, CASHIER)
    refused(run(*out, *own, till=staffed, **pins), "Nobody approves themselves")
    other, pins = acting(CASHIER, TRAINEE)
    refused(run(*out, *other, till=staffed, **pins), "Only a supervisor can approve")
    assert "movement" not in kinds(staffed)


def test_an_approver_who_is_not_needed_is_not_asked(run: Run, staffed: Path) -> None:
    options, environ = acting(SUPERVISOR)
    assert run(*OPEN, *options, till=staffed, **environ).code == 0
    out = ("pay-out", "5", "--reason", "น้ำ", "--approver", "NOBODY")
    assert run(*out, *options, till=staffed, **environ).code == 0
    body = entries(staffed)[-1][1]
    assert isinstance(body, MovementBody)
    assert (body.by, body.approved_by) == (SUPERVISOR, "")


@pytest.mark.parametrize("verb", ["export", "pack"])
def test_what_leaves_the_till_takes_somebody(
    run: Run, staffed: Path, tmp_path: Path, verb: str
) -> None:
    who, environ = acting(CASHIER)
    assert run(*OPEN, *who, till=staffed, **environ).code == 0
    assert run("close", "--counted", "cash=100", *who, till=staffed, **environ).code == 0
    stick = tmp_path / "stick"
    with unchanged(staffed):
        refused(run(verb, "--to", stick, till=staffed), "Nobody is signed in")
    trainee, pins = acting(TRAINEE)
    refused(run(verb, "--to", stick, *trainee, till=staffed, **pins), "Your role may not do this")
    assert not stick.exists(), "nothing was written"
    assert run(verb, "--to", stick, *who, till=staffed, **environ).code == 0
    assert list(stick.rglob("*.tofan"))
