"""`make`, from a folder with spaces in its name, on an environment that only pretends."""

import os
import re
import shutil
import socket
import subprocess
import sys
import venv
from pathlib import Path

import environment
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """#!/bin/sh
echo "asked: $*"
echo "platform: $QT_QPA_PLATFORM"
echo "folder: $PWD"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy what make needs, with a program that says how it was called, and no pip at all."""
    copy = tmp_path / "ทอฝัน, a copy"
    shutil.copytree(ROOT / "packaging" / "setup", copy / "packaging" / "setup")
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, copy)
    venv.create(copy / ".venv", symlinks=True)
    program = copy / ".venv" / "bin" / "tofan-pos"
    program.write_text(PROGRAM)
    program.chmod(0o755)
    return copy


def make(project: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ("make", *arguments),
        check=False,
        capture_output=True,
        text=True,
        cwd=project,
        env={**os.environ, "QT_QPA_PLATFORM": "", **environ},
    )


def test_run_without_a_screen_takes_the_tour(project: Path) -> None:
    environment.mark_ready(project / ".venv", "run", environment.fingerprint(project))
    ran = make(project, "run", "ARGS=--language en")
    assert ran.stdout.splitlines() == [
        "asked: --demo --tour build/tour --language en",
        "platform: offscreen",
        f"folder: {project}",
    ]


def test_run_with_a_screen_opens_the_till(project: Path) -> None:
    environment.mark_ready(project / ".venv", "screen", environment.fingerprint(project))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as display:
        # That space is the whole machine's: another run must not have the same name.
        number = 200_000 + os.getpid()
        display.bind(f"\0/tmp/.X11-unix/X{number}")
        display.listen()
        ran = make(project, "run", DISPLAY=f":{number}")
    assert ran.stdout.splitlines()[:2] == ["asked: --demo", "platform: "]


def test_what_was_stopped_half_way_is_begun_again(project: Path) -> None:
    folder = project / ".venv"
    (folder / "unfinished").touch()
    (folder / "rubbish").touch()
    environment.mark_ready(folder, "test", "another")
    # Without an index to fetch from, it gets as far as a new environment and one sentence.
    ran = make(project, "run", PIP_NO_INDEX="1", PIP_FIND_LINKS="", PIP_CONFIG_FILE=os.devnull)
    assert ran.returncode != 0
    assert "run make again" in ran.stderr
    assert not (folder / "rubbish").exists()
    assert list(folder.glob("ready-*")) == []


def test_without_a_python_one_sentence_says_so(project: Path) -> None:
    shutil.rmtree(project / ".venv")
    tools = project / "tools"
    tools.mkdir()
    for tool in ("make", "sh", "dash"):
        if found := shutil.which(tool):
            (tools / tool).symlink_to(found)
    ran = make(project, "run", PATH=str(tools))
    assert ran.returncode != 0
    assert "Install Python 3.11 or newer, then run make again" in ran.stderr


def test_help_tells_every_target_there_is_and_no_other(project: Path) -> None:
    told = set(re.findall(r"^  ([a-z-]+) ", make(project).stdout, re.MULTILINE))
    promised = {
        "run",
        "test",
        "lint",
        "bench",
        "screens",
        "golden",
        "soak",
        "words",
        "clean",
        "format",
    }
    assert told == promised | {"help"}


def test_an_unknown_verb_is_answered_with_the_known_ones() -> None:
    setup = (sys.executable, ROOT / "packaging" / "setup", "dance")
    ran = subprocess.run(setup, check=False, capture_output=True, text=True)
    assert ran.returncode == 2
    assert "run | test | start" in ran.stderr


def test_ci_runs_the_same_door() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text()
    subprocess.run(("bash", "-n", script), check=True)
