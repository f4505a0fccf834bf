"""What a person at the counter waits for: the start, a scan, and what the till takes of memory."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from tests.bench.measure import Figure, Times, compared, in_turns, tell
from tests.bench.world import FOLDER, World, copied

CHILD = Path(__file__).with_name("child.py")
SCANS = 40
MEMORY_SALES, MEMORY_MIB = 500, 170
DRIFT_SALES, DRIFT = 5000, 1.05


class Child:
    """A process that works when it is asked to."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Wait until it is ready."""
        self._process = process
        self._expect("ready")

    def ask(self, times: int) -> object:
        """Have so many pieces of work done; return its answer."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError
        self._process.stdin.write(f"{times}\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def _expect(self, word: str) -> None:
        if self._process.stdout is None or self._process.stdout.readline().strip() != word:
            message = f"the measured process never said {word}"
            raise RuntimeError(message)


@contextmanager
def child(*arguments: object) -> Iterator[Child]:
    """Run a process in a role."""
    with _started(*arguments) as process:
        try:
            yield Child(process)
        finally:
            process.kill()


def _started(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(CHILD), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """Return the environment of an installed program: its bytecode is kept between starts."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "PYTHONPATH": str(CHILD.parents[2]),
        "PYTHONPYCACHEPREFIX": str(FOLDER / "bytecode"),
    }


def cold_start(world: World, rounds: int) -> Iterator[Figure]:
    """Start whole processes until they say that they are ready, in turns."""
    till = copied(world.past, "start")
    times = in_turns(
        lambda: _until_ready("window", till),
        lambda: _until_ready("empty"),
        rounds=max(rounds, 9),
        warm=2,
    )
    note = f"warm; {world.products:,} products, {world.sales:,} past sales"
    yield compared("cold_start", times, goal=2.5, rounds=max(rounds, 9), note=note)


def _until_ready(*arguments: object) -> float:
    begun = perf_counter()
    with _started(*arguments) as process:
        if process.stdout is None or process.stdout.readline().strip() != "ready":
            message = f"{arguments[0]} did not start"
            raise RuntimeError(message)
        seconds = perf_counter() - begun
        process.wait()
    return seconds


def scan_to_paint(world: World, rounds: int) -> Iterator[Figure]:
    """Scan in the real window and in a bare table, in turns."""
    till = copied(world.past, "scan")
    with child("scans", till, world.products) as ours, child("table") as floor:
        times = Times([], [])
        for each, one in ((times.ours, ours), (times.floor, floor)):
            one.ask(10)
            each.clear()
        for _ in range(rounds):
            times.ours.extend(_seconds(ours.ask(SCANS)))
            times.floor.extend(_seconds(floor.ask(SCANS)))
    note = f"{world.products:,} products"
    yield compared("scan_to_paint", times, goal=1.5, rounds=rounds, p99_goal=10.0, note=note)


def till_memory(world: World, *, quick: bool) -> Iterator[Figure]:
    """Sell by the window's keys, and look at the process's memory."""
    many = DRIFT_SALES // 5 if quick else DRIFT_SALES
    with child("sales", copied(world.past, "memory"), world.products) as till:
        begun = float(str(till.ask(MEMORY_SALES)))
        tell(f"  {begun:.1f} MiB after {MEMORY_SALES:,} sales")
        grown = float(str(till.ask(many)))
    yield Figure(
        name="till_memory",
        ours=begun,
        floor=None,
        unit="MiB",
        goal=MEMORY_MIB,
        rounds=1,
        note=f"after {MEMORY_SALES} sales, printed to files",
    )
    yield Figure(
        name="till_memory_drift",
        ours=grown / begun,
        floor=None,
        unit="times",
        goal=DRIFT,
        rounds=1,
        note=f"{many:,} more sales",
    )


def _seconds(answer: object) -> list[float]:
    if not isinstance(answer, list):
        raise TypeError
    return [float(value) for value in answer]
