"""Hides what every history begins with, made once."""

from collections.abc import Iterator

import pytest

from tests.counter.tills import quick_folder
from tests.sync_machine.machine import Templates


@pytest.fixture(scope="session")
def templates() -> Iterator[Templates]:
    with quick_folder() as folder:
        yield Templates(folder)
