"""What the counter's window does without until something needs it: its start pays for nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.counter.tills import make_till

LATER = (
    "alembic",
    "escpos",
    "openpyxl",
    "psycopg",
    "reportlab",
    "rich",
    "sqlalchemy",
    "tofan_pos.office",
    "tofan_pos.workbook",
)

START = """
import sys
from pathlib import Path
import tofan_pos.cli.counter
from tofan_pos import app, window
from tofan_pos.settings import Settings
from tofan_pos.ui.kit.sounds import Silence

folder = Path(sys.argv[1])
desk = app.build_counter(folder)
shown = window.make_window(desk, Settings(folder=folder), sounds=Silence())
told = []
shown.ready.connect(lambda: told.append(sorted(sys.modules)))
shown.show()
gui = window.gui()
while not told:
    gui.processEvents()
print("\\n".join(told[0]))
shown.close()
desk.close()
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("till") / "till"
    make_till(folder)
    done = subprocess.run(
        [sys.executable, "-c", START, str(folder)],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_window_is_there(loaded: list[str]) -> None:
    assert {"tofan_pos.ui.counter.window", "PySide6.QtWidgets", "sqlite3"} <= set(loaded)


@pytest.mark.parametrize("library", LATER)
def test_the_window_starts_without(loaded: list[str], library: str) -> None:
    found = [name for name in loaded if name == library or name.startswith(f"{library}.")]
    assert not found


def test_a_key_in_a_file_needs_no_keyring(loaded: list[str]) -> None:
    assert "keyring" not in loaded
