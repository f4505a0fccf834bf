"""The power goes, at any moment of a day: nothing acknowledged is lost, no number used again."""

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.counter.tills import numbers, opened, proof, ring
from tests.domain.baskets import SOAK
from tests.faults.conftest import Cases
from tests.faults.crash import Disk, states
from tests.faults.disk import Call, recorded
from tests.faults.shift import BUSY, MARKED, SHIFT, told
from tests.figures import Figure
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sync.sealed import unseal

BATCHES = range(8 if SOAK else 1)
STATES = 15_000 if SOAK else 400


@pytest.fixture
def calls(run: Cases, busy_till: Path, work: Path) -> list[Call]:
    return calls_of_a_day(run, busy_till, work)


def calls_of_a_day(run: Cases, busy_till: Path, work: Path, *pragmas: str) -> list[Call]:
    """Return the calls of a day, paths relative to the till's folder."""
    log = work / "calls"
    (case,) = run("record", busy_till, log, *pragmas)
    found = [_relative(call, work / "till") for call in recorded(log)]
    marks = sum(call.kind == "A" for call in found)
    # Making a folder is recorded and not counted on; every other call is one of the count.
    assert len(found) - marks == case["calls"]
    assert marks == len(SHIFT) + 5
    return found


def _relative(call: Call, folder: Path) -> Call:
    if call.kind == "A":
        return call
    parts = [str(Path(path).relative_to(folder)) for path in call.path.split("\n")]
    return replace(call, path="\n".join("" if part == "." else part for part in parts))


def rebuilt(found: dict[str, bytes], folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in found.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if path.suffix == ".key":
            path.chmod(0o600)
    return folder


def fault(folder: Path, said: Sequence[str]) -> str:
    """Return what is wrong with a till that comes up after the power went, or nothing."""
    try:
        with opened(folder, session=False) as desk:
            if flaw := proof(desk).flaw:
                return f"the journal does not hold: {flaw}"
            there, sold = told(desk, BUSY), numbers(desk)
            if desk.day.session is None:
                desk.day.open(Count())
            following = ring(desk).sale.number
            if flaw := proof(desk).flaw:
                return f"the journal does not hold after the next sale: {flaw}"
    except (Trouble, Refusal) as problem:
        return f"it does not open: {problem}"
    acknowledged = [word for word in said if word in MARKED]
    files = [folder / "stick" / name for name in said if name.endswith(".tofan")]
    wrong = {
        f"numbers have gaps: {sold}": sold != list(range(1, len(sold) + 1)),
        f"acknowledged facts are lost: {acknowledged} of {there}": (
            there[: len(acknowledged)] != acknowledged
        ),
        f"facts that nobody made: {there}": len(there) > len(acknowledged) + 1,
        f"a number is used again: {following}": following != f"TST1-V{len(sold) + 1:06d}",
        "an acknowledged file is not whole": not all(map(is_whole, files)),
    }
    return next((what for what, is_so in wrong.items() if is_so), "")


def is_whole(path: Path) -> bool:
    try:
        unseal(path.read_bytes()).links()
    except (OSError, Refusal):
        return False
    return True


@pytest.mark.parametrize("batch", BATCHES)
def test_nothing_acknowledged_is_lost(
    batch: int, calls: list[Call], busy_till: Path, work: Path, figure: Figure
) -> None:
    faults: Counter[str] = Counter()
    tried = distinct = 0
    seen: set[int] = set()
    seed = 20261122 + batch
    for moment, said, found in states(Disk.of(busy_till), calls, count=STATES, seed=seed):
        folder = rebuilt(found, work / "after")
        wrong = fault(folder, said)
        tried += 1
        state = hash((moment, *sorted(found.items())))
        distinct += state not in seen
        seen.add(state)
        if wrong:
            faults[wrong] += 1
    figure(f"row 1: {tried} states after a power cut in a day, {distinct} of them distinct")
    assert not faults, faults.most_common(5)
    assert tried == STATES


def test_the_drivers_own_default_would_lose_sales(run: Cases, busy_till: Path, work: Path) -> None:
    """The replay sees what the store's pragmas are for (see docs/decisions)."""
    calls = calls_of_a_day(run, busy_till, work, "default")
    faults = [
        wrong
        for _moment, said, found in states(Disk.of(busy_till), calls, count=150, seed=2)
        if (wrong := fault(rebuilt(found, work / "after"), said))
    ]
    assert any("acknowledged facts are lost" in wrong for wrong in faults)


def test_a_disk_that_lies_about_syncs_is_caught(
    calls: list[Call], busy_till: Path, work: Path
) -> None:
    """The replay would see a lost sale: where syncs do nothing, it sees many."""
    lying = Disk.of(busy_till, honest=False)
    faults = [
        wrong
        for _moment, said, found in states(lying, calls, count=60, seed=1)
        if (wrong := fault(rebuilt(found, work / "after"), said))
    ]
    assert len(faults) > 10


def test_a_state_with_everything_done_is_the_till_itself(
    calls: list[Call], busy_till: Path, work: Path
) -> None:
    disk = Disk.of(busy_till)
    for call in calls:
        disk.take(call)
    for file in disk.names.values():
        file.sync()
    found = {name: bytes(file.content) for name, file in disk.names.items()}
    assert set(found) == {
        str(path.relative_to(work / "till"))
        for path in (work / "till").rglob("*")
        if path.is_file()
    }
    for name, content in found.items():
        assert content == (work / "till" / name).read_bytes(), name
