"""Hides the making of a till: one is set up for the session and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter.computers import at
from tests.counter.tills import Clock, Paper, make_till, opened, quick_folder, ring
from tofan_pos.counter.desk import Desk


@pytest.fixture(scope="session")
def new_till() -> Iterator[Path]:
    with quick_folder() as place:
        make_till(place / "till", printer="file:receipts")
        yield place / "till"


@pytest.fixture
def folder(new_till: Path) -> Iterator[Path]:
    with quick_folder() as place:
        yield Path(shutil.copytree(new_till, place / "till"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def desk(folder: Path, clock: Clock, paper: Paper) -> Iterator[Desk]:
    with opened(folder, clock=clock, paper=paper) as desk:
        yield desk


@pytest.fixture(scope="module")
def any_desk(new_till: Path) -> Iterator[Desk]:
    """Yield one desk for all of a property's examples."""
    with quick_folder() as place, opened(shutil.copytree(new_till, place / "till")) as desk:
        yield desk


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    return tmp_path / "marks"


@pytest.fixture
def remembered(tmp_path: Path, marks: Path) -> Path:
    """Return a till that has sold twice, and is remembered."""
    make_till(tmp_path / "till")
    with at(tmp_path / "till", marks) as desk:
        ring(desk)
        ring(desk)
    return tmp_path / "till"
