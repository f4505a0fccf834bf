"""Killed at any call to the disk: what was acknowledged is there, whole, and selling goes on."""

from pathlib import Path
from typing import Any

import pytest

from tests.domain.baskets import SOAK
from tests.faults.conftest import Cases
from tests.faults.shift import SHIFT

KILLS = ("KILL", "KILL_TORN")
STEPS = {"KILL": 1, "KILL_TORN": 1} if SOAK else {"KILL": 2, "KILL_TORN": 5}
"""Every how many-th call is the last. Torn, it differs from the next one's only for writes."""


def calls(cases: list[dict[str, Any]]) -> int:
    """Return how many calls the story made, as its own end shows."""
    assert [case["ended"] for case in cases] == [False] * (len(cases) - 1) + [True]
    last: int = cases[-1]["call"]
    return last


@pytest.mark.parametrize("kill", KILLS)
def test_killed_while_selling(run: Cases, new_till: Path, kill: str) -> None:
    cases = run("sell", new_till, kill, STEPS[kill])
    for case in cases:
        done = case["numbers"]
        assert (case["flaw"], case["flaw_after"]) == (None, None), case
        assert done == list(range(1, len(done) + 1)), case
        # One sale more may be there: committed, and killed before it could say so.
        assert len(case["said"]) <= len(done) <= len(case["said"]) + 1, case
        assert case["said"] == [f"TST1-V{n:06d}" for n in done[: len(case["said"])]], case
        assert case["next"] == f"TST1-V{len(done) + 1:06d}", case
        assert case["sales"] == len(done) + 1, case
        if done:
            was, after = case["states"]
            assert (was, after) in {
                ("waiting", "waiting"),
                ("sending", "unknown"),
                ("printed", "printed"),
            }, case
    assert calls(cases) > 40
    assert cases[-1]["numbers"] == [1, 2]


@pytest.mark.parametrize("kill", KILLS)
def test_killed_while_exporting(run: Cases, new_till: Path, kill: str) -> None:
    cases = run("export", new_till, kill, STEPS[kill])
    for case in cases:
        assert case["flaw"] is case["flaw_after"] is case["flaw_at_end"] is None, case
        assert all(case["files"].values()), "half a file stands under its name"
        assert set(case["said"]) <= set(case["files"]), case
        assert case["same"], case
        assert case["stray"] == [], case
    assert calls(cases) > 10
    assert cases[-1]["said"]


@pytest.mark.parametrize("kill", KILLS)
def test_killed_while_setting_up(run: Cases, empty: Path, kill: str) -> None:
    cases = run("init", empty, kill, 1 if SOAK else 8 * STEPS[kill])
    for case in cases:
        assert case["flaw"] is None, case
        assert case["next"] == "TST1-V000001", case
        assert case["request"], case
        assert case["made"] or not case["said"], case
    assert not cases[0]["made"]
    assert calls(cases) > 40


@pytest.mark.parametrize("kill", KILLS)
def test_killed_in_the_middle_of_a_shift(run: Cases, busy_till: Path, kill: str) -> None:
    cases = run("shift", busy_till, kill, 1 if SOAK else 2 * STEPS[kill])
    whole = [kind for _, kind in SHIFT]
    for case in cases:
        done, said = case["told"], case["said"]
        assert (case["flaw"], case["flaw_after"]) == (None, None), case
        assert done == whole[: len(done)], case
        assert len(said) <= len(done) <= len(said) + 1, case
        assert said == done[: len(said)], case
        assert case["told_after"] == whole, case
        assert (case["z"], case["z_sums"]) == ("TST1-Z000001", [1, 1, 500]), case
        assert len(set(case["grand_total"])) == 1, case
    assert calls(cases) > 80
    assert cases[-1]["told"] == whole
