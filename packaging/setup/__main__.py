"""Set-up from a bare Python 3.11: `python packaging/setup run | test | start [arguments]`.

`run` and `test` make ready; `start` makes ready and opens the till on its sample catalogue, or,
where there is no screen, draws the tour of all its views into `build/tour`.
"""

import os
import subprocess
import sys
from collections.abc import Sequence

import environment
import system
from screen import has_screen
from steps import CannotGoOn, only_one

TOUR = ("--tour", "build/tour")


def main(arguments: Sequence[str]) -> int:
    """Do one of the three verbs and return the exit code."""
    verb, *rest = arguments or ("help",)
    shown = has_screen(os.environ)
    levels = {"run": "run", "test": "test", "start": "screen" if shown else "run"}
    if verb not in levels:
        print("usage: python packaging/setup run | test | start [arguments]", file=sys.stderr)
        return 2
    try:
        prepare(levels[verb])
        return start(rest, shown=shown) if verb == "start" else 0
    except CannotGoOn as sentence:
        print(sentence, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; run make again to go on.", file=sys.stderr)
        return 130


def prepare(level: str) -> None:
    """Make the system and the environment ready for a level; at once where they are."""
    root = environment.ROOT
    venv = root / ".venv"
    stamp = environment.fingerprint(root)
    if environment.is_ready(venv, level, stamp):
        return
    if sys.prefix != sys.base_prefix:
        # An environment cannot be made over from within: the Python it came from does it.
        base: str = getattr(sys, "_base_executable", sys.executable)
        sys.exit(run((base, *sys.orig_argv[1:])))
    with only_one(root / "build" / "setup.lock"):
        if environment.is_ready(venv, level, stamp):
            return
        lacking = system.missing(level)
        if not environment.can_fill(venv):
            lacking["python3-venv"] = f"python3.{sys.version_info[1]}-venv"
        system.provide(lacking)
        environment.fill(root, venv, dev=level == "test")
        system.check_widgets(environment.python(venv))
        environment.mark_ready(venv, level, stamp)


def start(arguments: Sequence[str], *, shown: bool) -> int:
    """Become the till on its sample catalogue, or its tour where no window can be shown."""
    os.chdir(environment.ROOT)
    scripts = environment.python(environment.ROOT / ".venv").parent
    command = (str(scripts / "tofan-pos"), "--demo", *(() if shown else TOUR), *arguments)
    if not shown:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return run(command)


def run(command: Sequence[str]) -> int:
    """Turn this process into the command; where that is impossible, wait for it."""
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(command[0], list(command))  # noqa: S606 - no shell is wanted
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
