"""What the system must have, and the one sentence where it has not."""

import re
import shutil
import sys
from pathlib import Path

import pytest
import system
from steps import CannotGoOn


def test_a_system_that_runs_these_tests_lacks_nothing() -> None:
    assert system.missing("test") == {}


def test_a_library_that_is_not_there_is_seen() -> None:
    assert not system.loads("libtofan-never-was.so.9")


def test_a_program_that_is_not_there_is_seen() -> None:
    assert system.find_program("tofan-never-was") is None


def test_the_server_is_found_off_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    on_path = shutil.which("initdb")
    monkeypatch.setenv("PATH", str(tmp_path))
    found = system.find_program("initdb")
    debian = any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    assert (found is not None) == debian
    assert debian or on_path


def test_without_debian_one_sentence_names_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotGoOn) as told:
        system.provide({"libEGL.so.1": "libegl1", "Xvfb": "xvfb"})
    sentence = str(told.value)
    assert {"Xvfb", "libEGL.so.1"} <= set(re.findall(r"[\w.]+\d|\w+", sentence))
    assert sentence.count("\n") == 0
    assert "make" in sentence


def test_nothing_lacking_asks_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    system.provide({})


def test_qt_of_this_environment_loads() -> None:
    system.check_widgets(Path(sys.executable))


def test_a_python_without_qt_is_told_apart(tmp_path: Path) -> None:
    bare = tmp_path / "python"
    bare.write_text("#!/bin/sh\necho 'ImportError: libtofan.so.9: cannot open' >&2\nexit 1\n")
    bare.chmod(0o755)
    with pytest.raises(CannotGoOn, match=r"libtofan\.so\.9"):
        system.check_widgets(bare)
