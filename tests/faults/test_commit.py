"""A disk that fails in the middle of a payment: the sale is made once, or not at all."""

import errno
from pathlib import Path

import pytest

from tests.faults.conftest import Cases


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ("FAIL_ONCE", errno.EIO),
        ("FAIL_ONCE", errno.ENOSPC),
        ("FAIL_ON", errno.EIO),
        ("FAIL_ON", errno.ENOSPC),
        ("FAIL_DONE", errno.EIO),
    ],
)
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
