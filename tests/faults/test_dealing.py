"""Dealing with head office on a disk that fails: words, keys, epochs and catalogues.

Each test is of rows of what must survive, and names them.
"""

import errno
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.domain.baskets import SOAK
from tests.faults import dealing
from tests.faults.conftest import FAILURES, Cases
from tests.faults.crash import Disk, states
from tests.faults.dealing import GOOD
from tests.faults.disk import recorded
from tests.figures import Figure
from tofan_pos.domain.errors import Refusal, Trouble

KILLS = ("KILL", "KILL_TORN")
STEP = 1 if SOAK else 7
STATES = 20_000 if SOAK else 250


@pytest.fixture
def dealer(work: Path) -> Path:
    """Return a till to be copied to where it remembers to stand: a copy is noticed elsewhere."""
    dealing.make(work / "till")
    return Path(shutil.move(work / "till", work / "template"))


@pytest.fixture
def house(work: Path) -> Path:
    dealing.make_office(work / "house")
    return work / "house"


@pytest.mark.parametrize("kill", KILLS)
def test_rows_1_3_8_killed_at_any_write_of_a_till_that_deals(
    run: Cases, dealer: Path, kill: str, figure: Figure
) -> None:
    cases = run("deal", dealer, kill, STEP)
    figure(f"row 3: killed at {len(cases)} writes of dealings with head office ({kill})")
    for case in cases:
        assert {name: case[name] for name in GOOD} == GOOD, case
    assert cases[-1]["ended"]
    assert len(cases[-1]["said"]) == len(dealing.ACTS)
    assert cases[-1]["call"] > 60


@pytest.mark.parametrize("kill", KILLS)
def test_rows_2_4_killed_at_any_write_of_an_intake(
    run: Cases, house: Path, kill: str, figure: Figure
) -> None:
    cases = run("receive", house, kill, 1 if SOAK else 5)
    figure(f"row 2: killed at {len(cases)} writes of an intake ({kill})")
    whole = dict.fromkeys(("all_or_nothing", "kept", "apart", "once", "again"), True)
    for case in cases:
        assert {name: case[name] for name in whole} == whole, case
    assert cases[-1]["said"] == ["imported:8", "quarantined:8"]
    assert cases[-1]["call"] > 10


@pytest.mark.parametrize(("what", "error"), FAILURES if SOAK else FAILURES[::2])
def test_rows_4_5_a_failing_write_while_dealing_does_nothing_twice(
    run: Cases, dealer: Path, what: str, error: int, figure: Figure
) -> None:
    cases = run("fail_deals", dealer, what, error, STEP)
    figure(f"row 4: {len(cases)} writes that failed ({what}, {errno.errorcode[error]})")
    for case in cases:
        assert {name: case[name] for name in GOOD} == GOOD, case
        assert case["tries"][-1] != "trouble", case
        assert case["begun"] == (case["act"] == "begin_epoch"), case
    assert {case["act"] for case in cases} == set(dealing.ACTS)
    assert "trouble" in {answer for case in cases for answer in case["tries"]}


def test_rows_1_8_a_power_cut_at_any_moment_of_dealing(
    run: Cases, dealer: Path, work: Path, figure: Figure
) -> None:
    log, folder = work / "calls", work / "till"
    run("record_deal", dealer, log)
    calls = [
        call
        if call.kind == "A"
        else replace(
            call,
            path="\n".join(
                "" if part == "." else part
                for part in (str(Path(one).relative_to(folder)) for one in call.path.split("\n"))
            ),
        )
        for call in recorded(log)
    ]
    faults: Counter[str] = Counter()
    tried = 0
    for _, said, found in states(Disk.of(dealer), calls, count=STATES, seed=20261122):
        faults[fault(found, folder, said)] += 1
        tried += 1
    figure(f"row 1: {tried} states after a power cut within dealings with head office")
    del faults[""]
    assert not faults, faults.most_common(5)
    assert tried == STATES


def fault(found: dict[str, bytes], folder: Path, said: list[str]) -> str:
    """Return what is wrong with a till that comes up after the power went, or nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in found.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if path.suffix in {".key", ".pepper"}:
            path.chmod(0o600)
    try:
        left = dealing.look(folder, said)
    except (Trouble, Refusal) as problem:
        return f"it does not open: {problem}"
    return (
        "" if left == GOOD else str({name: left[name] for name in GOOD if left[name] != GOOD[name]})
    )
