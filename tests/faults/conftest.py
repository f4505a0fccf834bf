"""Hides the shim's making, and the till that every case begins with."""

import errno
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.counter.tills import make_till, opened, quick_folder, ring
from tests.faults.disk import build, environment

if sys.platform != "linux":
    # The shim stands on the loader and the /proc of Linux; the store is the same everywhere.
    collect_ignore_glob = ["test_*.py"]

Cases = Callable[..., list[dict[str, Any]]]

FAILURES = [
    ("FAIL_ONCE", errno.EIO),
    ("FAIL_ONCE", errno.ENOSPC),
    ("FAIL_ON", errno.EIO),
    ("FAIL_ON", errno.ENOSPC),
    ("FAIL_DONE", errno.EIO),
]
"""What the shim is told to do to a call, and the error it answers with."""


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("shim"))


@pytest.fixture(scope="session")
def new_till() -> Iterator[Path]:
    """Yield a till that has sold nothing yet, its session open."""
    with quick_folder() as place:
        make_till(place / "till", printer="file:receipts")
        with opened(place / "till"):
            pass
        yield place / "till"


@pytest.fixture(scope="session")
def busy_till() -> Iterator[Path]:
    """Yield a till in the middle of a session: three sales of three pieces each."""
    with quick_folder() as place:
        make_till(place / "till", printer="file:receipts")
        with opened(place / "till") as desk:
            for _ in range(3):
                ring(desk, "TF-SCARF", "TF-SCARF", "TF-SCARF")
        yield place / "till"


@pytest.fixture
def work() -> Iterator[Path]:
    """Yield where cases are tried. It may be memory: what is lost there, the shim decides."""
    with quick_folder() as place:
        yield place


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty")


@pytest.fixture
def run(shim: Path, work: Path) -> Cases:
    """Return what runs the program above the shim and returns its cases."""

    def run(verb: str, template: Path, *arguments: object) -> list[dict[str, Any]]:
        ran = subprocess.run(
            (
                *(sys.executable, "-m", "tests.faults.host", verb, template, work),
                *map(str, arguments),
            ),
            check=False,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[2],
            env=environment(shim),
        )
        assert ran.returncode == 0, ran.stderr
        return [json.loads(line) for line in ran.stdout.splitlines()]

    return run
