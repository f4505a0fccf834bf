"""A bug's traceback is kept for support in one way, whether in a window or on a command line."""

import os
import stat
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tofan_pos.cli import speech
from tofan_pos.crash import CRASH_FILE, keep_crash
from tofan_pos.ui.kit.application import catch_crashes

AT = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes, links and pipes are POSIX's")


def on_a_command_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a command fail of a bug, as `tofan-pos` does."""

    def buggy(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setenv("TOFAN_DATA", str(folder))
    monkeypatch.setenv("TOFAN_LANG", "en")
    with pytest.raises(SystemExit) as left:
        speech.run(buggy, "tofan-pos")
    assert left.value.code == speech.REFUSED


def in_a_window(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a window's crash handler meet a bug."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "__stderr__", None)
    told: list[Path] = []
    catch_crashes(folder / CRASH_FILE, told.append, clock=lambda: AT)
    sys.excepthook(ZeroDivisionError, ZeroDivisionError(), None)
    assert told == [folder / CRASH_FILE]


WAYS = pytest.mark.parametrize("crash", [on_a_command_line, in_a_window])
Crash = Callable[[Path, pytest.MonkeyPatch], None]


@POSIX
@WAYS
@pytest.mark.parametrize("mode", [None, 0o666])
def test_it_is_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crash: Crash, mode: int | None
) -> None:
    path = tmp_path / CRASH_FILE
    if mode is not None:
        path.write_text("before\n")
        path.chmod(mode)
    crash(tmp_path, monkeypatch)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    report = path.read_text("utf-8")
    assert "ZeroDivisionError" in report
    assert report.startswith("20" if mode is None else "before\n")
    # What was there stays.
    crash(tmp_path, monkeypatch)
    assert path.read_text("utf-8").startswith(report)


@POSIX
@WAYS
@pytest.mark.parametrize("exists", [True, False])
def test_a_link_in_its_place_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crash: Crash, *, exists: bool
) -> None:
    folder, elsewhere = tmp_path / "till", tmp_path / "elsewhere"
    folder.mkdir()
    if exists:
        elsewhere.write_text("keep")
    (folder / CRASH_FILE).symlink_to(elsewhere)
    crash(folder, monkeypatch)
    assert elsewhere.exists() == exists
    assert not exists or elsewhere.read_text() == "keep"


@POSIX
def test_a_pipe_in_its_place_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / CRASH_FILE)
    with pytest.raises(OSError, match="No such device"):
        keep_crash(tmp_path / CRASH_FILE, "report", at=AT)


def test_it_says_when(tmp_path: Path) -> None:
    keep_crash(tmp_path / CRASH_FILE, "report", at=AT)
    assert (tmp_path / CRASH_FILE).read_text() == "2026-11-22T03:04:05Z\nreport\n"
