"""A disk that fails in the middle of a fact: it is done once, or not at all."""

from pathlib import Path

import pytest

from tests.domain.baskets import SOAK
from tests.faults.conftest import FAILURES, Cases
from tests.faults.shift import ACTS

STEP = 1 if SOAK else 4
"""Each how many-th call of an act fails; the acts begin at different ones."""


@pytest.mark.parametrize(("what", "error"), FAILURES)
def test_a_commit_that_raised_never_doubles_a_sale(
    run: Cases, new_till: Path, what: str, error: int
) -> None:
    cases = run("fail", new_till, what, error)
    answers: set[str] = set()
    for case in cases:
        assert case["numbers"] == [1, 2, 3], case
        assert case["next"] == "TST1-V000003", case
        assert (case["flaw"], case["flaw_after"], case["left"]) == (None, None, 0), case
        made = [answer for answer in case["tries"] if "TST1-" in answer]
        assert [answer.removeprefix("already ") for answer in made] == ["TST1-V000002"], case
        answers.update(answer for answer in case["tries"] if answer)
    met = [case["met"] for case in cases]
    assert met == [True] * (len(cases) - 1) + [False]
    assert len(cases) > 10
    assert "trouble" in answers, "nothing ever failed"


@pytest.mark.parametrize(("what", "error"), FAILURES if SOAK else FAILURES[::2])
def test_a_commit_that_raised_never_doubles_what_a_shift_does(
    run: Cases, busy_till: Path, what: str, error: int
) -> None:
    cases = run("fail_acts", busy_till, what, error, STEP)
    for case in cases:
        assert case["told"] == case["expected"], case
        assert (case["flaw"], case["flaw_after"]) == (None, None), case
        assert case["tries"][-1] in {"done", "already"}, case
    assert {case["act"] for case in cases} == set(ACTS)
    assert "trouble" in {answer for case in cases for answer in case["tries"]}
    assert len(cases) > 3 * len(ACTS)
