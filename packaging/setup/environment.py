"""Hides the program's own Python environment: making it, filling it, and knowing it is current.

Everything lies in `.venv` beside the project. A stamp in it holds the fingerprint of what it
was made from, so a second `make` only compares two short texts.
"""

import hashlib
import importlib.util
import os
import queue
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from steps import CannotGoOn, Step, step

ROOT = Path(__file__).resolve().parents[2]
LEVELS = ("run", "screen", "test")
"""What an environment is ready for; each level holds all that stands before it."""


def python(venv: Path) -> Path:
    """Return the interpreter of an environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(root: Path) -> str:
    """Return the digest of all that decides what is installed, the folder's own place included."""
    digest = hashlib.sha256(repr((str(root), sys.version_info[:2])).encode())
    sources = (root / "packaging" / "setup").glob("*.py")
    for path in (root / "pyproject.toml", root / "constraints.txt", *sorted(sources)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_ready(venv: Path, level: str, print_of: str) -> bool:
    """Tell whether the environment was completed at this level, or above, from this fingerprint."""
    if not python(venv).exists():
        return False
    enough = LEVELS[LEVELS.index(level) :]
    return any(_read(venv / f"ready-{name}") == print_of for name in enough)


def mark_ready(venv: Path, level: str, print_of: str) -> None:
    """Write the stamp of a completed environment, whole or not at all."""
    draft = venv / f"ready-{level}.draft"
    draft.write_text(print_of, encoding="ascii")
    draft.replace(venv / f"ready-{level}")


def can_fill(venv: Path) -> bool:
    """Tell whether a pip is at hand, now or with a new environment; Debian's Python has none."""
    at_hand = any(importlib.util.find_spec(name) for name in ("ensurepip", "pip"))
    return at_hand or (not _is_broken(venv) and _has_pip(venv))


def fill(root: Path, venv: Path, *, dev: bool) -> None:
    """Make the environment unless it stands, and install the program and its packages in it."""
    if _is_broken(venv):
        _make(venv)
    # From here to the end of pip a sudden stop may leave half a package behind, which pip would
    # take for a whole one: the mark makes the next run start over.
    mark = venv / "unfinished"
    mark.touch()
    for stamp in venv.glob("ready-*"):
        stamp.unlink()
    with step("Installing Python packages (the first time, some 150 MB are fetched)") as doing:
        # The build tool comes first and from the same list, so that a later change of
        # pyproject.toml can be installed without a network.
        base = ("install", "-c", "constraints.txt")
        _pip(doing, root, venv, (*base, "setuptools>=77"))
        project = ".[dev]" if dev else "."
        _pip(doing, root, venv, (*base, "--no-build-isolation", "-e", project))
    mark.unlink()


def clean_environ(venv: Path) -> dict[str, str]:
    """Return the process environment without what would turn pip or Python elsewhere."""
    turned = ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT")
    environ = {name: value for name, value in os.environ.items() if name not in turned}
    environ["VIRTUAL_ENV"] = str(venv)
    return environ


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _is_broken(venv: Path) -> bool:
    if (venv / "unfinished").exists() or not python(venv).exists():
        return True
    # After an upgrade of the system's Python the link leads to another one, without packages.
    check = (
        "import os, sys, sysconfig; "
        "sys.exit(sys.version_info < (3, 11) or not os.path.isdir(sysconfig.get_path('purelib')))"
    )
    return subprocess.run((python(venv), "-Ic", check), check=False).returncode != 0


def _make(venv: Path) -> None:
    with step("Making the Python environment in .venv"):
        if venv.exists():
            shutil.rmtree(venv)
        importlib.invalidate_caches()  # python3-venv may have come a moment ago
        seed = () if importlib.util.find_spec("ensurepip") else ("--without-pip",)
        made = subprocess.run(
            (sys.executable, "-m", "venv", *seed, venv),
            check=False,
            capture_output=True,
            text=True,
            env={**clean_environ(venv), "PIP_USER": "0"},
        )
        if made.returncode != 0:
            shutil.rmtree(venv, ignore_errors=True)
            raise CannotGoOn(
                "Python cannot make an environment here: "
                + (made.stderr or made.stdout).strip().splitlines()[-1]
            )


def _has_pip(venv: Path) -> bool:
    return os.name == "nt" or any((venv / "lib").glob("python*/site-packages/pip"))


def _pip(doing: Step, root: Path, venv: Path, arguments: tuple[str, ...]) -> None:
    own = (str(python(venv)), "-m", "pip")
    lent = (sys.executable, "-m", "pip", "--python", str(python(venv)))
    quiet = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off")
    command = (*(own if _has_pip(venv) else lent), *arguments, *quiet)
    temporary = venv / "fetching"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    environ = {**clean_environ(venv), "PIP_USER": "0", "PYTHONUNBUFFERED": "1"}
    environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)))
    code, lines = _follow(doing, command, root, environ, temporary)
    shutil.rmtree(temporary, ignore_errors=True)
    if code != 0:
        # pip ended by itself, so it put back what it had begun: nothing is unfinished.
        (venv / "unfinished").unlink()
        told = [line for line in lines if line.startswith("ERROR")] or lines[-1:]
        raise CannotGoOn(
            "The Python packages could not be installed (is there a network?); "
            f"run make again. pip says: {' '.join(told[-2:])}"
        )


def _follow(
    doing: Step,
    command: tuple[str, ...],
    root: Path,
    environ: Mapping[str, str],
    temporary: Path,
) -> tuple[int, list[str]]:
    """Run pip, telling what it fetches and how much of it has come; return its code and lines."""
    said: queue.Queue[str | None] = queue.Queue()
    lines: list[str] = []
    detail = ""
    with subprocess.Popen(
        command,
        cwd=root,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        threading.Thread(target=_listen, args=(pip, said), daemon=True).start()
        while True:
            try:
                line = said.get(timeout=0.5)
            except queue.Empty:
                # pip keeps its bar to itself when it does not speak to a terminal, so what has
                # come is read from the files it is writing.
                got = sum(_size(path) for path in temporary.rglob("*.whl"))
                fetching = got and detail.startswith("fetching")
                doing.tell(f"{detail}, {got / 1e6:.0f} MB so far" if fetching else detail)
                continue
            if line is None:
                break
            lines.append(line)
            detail = wording(line) or detail
            doing.tell(detail)
    return pip.returncode, lines


def wording(line: str) -> str:
    """Return what a line of pip's means to a person, or nothing."""
    if fetched := re.match(r"\s*Downloading (?:\S*/)?([\w.]+?)-(\d[^-\s]*)\S* \((.*)\)", line):
        name, version, size = fetched.groups()
        return f"fetching {name.replace('_', '-')} {version} ({size})"
    return "putting them in place" if line.startswith("Installing collected") else ""


def _listen(pip: subprocess.Popen[str], said: queue.Queue[str | None]) -> None:
    if pip.stdout is not None:
        for line in pip.stdout:
            said.put(line.rstrip())
    said.put(None)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
