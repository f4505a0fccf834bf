"""How the commands speak: one sentence on stderr for a refusal, one JSON object a line for scripts.

Exit codes: 0 done, 1 refused, 2 wrong usage; never a traceback.
"""

import json
import locale
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tofan_pos import resources
from tofan_pos.crash import CRASH_FILE, keep_crash
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sentences import sentence
from tofan_pos.settings import read_settings
from tofan_pos.words import Words

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

REFUSED = 1


def words() -> Words:
    """Return the words spoken: `TOFAN_LANG`, else Thai under a Thai locale, else English."""
    named = os.environ.get("TOFAN_LANG", "")
    if named not in {"th", "en"}:
        spoken = locale.getlocale()[0] or os.environ.get("LANG", "")
        named = "th" if spoken.lower().startswith(("th", "thai")) else "en"
    return resources.words(named)


def say_json(record: dict[str, Any]) -> None:
    """Print one object on one line."""
    click.echo(json.dumps(record, ensure_ascii=False))


def progress(length: int, label: str) -> "ProgressBar[int]":
    """Return a progress bar on stderr, so that stdout stays for what was asked."""
    return click.progressbar(
        length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    )


def complain(text: str) -> None:
    """Print a sentence on stderr."""
    click.echo(text, err=True)


def explain(problem: Refusal | Trouble) -> None:
    """Word a problem on stderr; a workbook's faults follow it, one a line."""
    say = words()
    complain(sentence(problem, say))
    faults = problem.facts.get("faults", ())
    if isinstance(faults, tuple) and faults:
        from tofan_pos.sentences.workbook import faults_of  # noqa: PLC0415 - selling reads none

        for line in faults_of(faults, say):
            complain(f"  {line}")


def run(command: Callable[..., Any], name: str) -> None:
    """Run a command line and leave with its exit code."""
    with suppress(locale.Error):
        locale.setlocale(locale.LC_CTYPE, "")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = command(prog_name=name, standalone_mode=False)
    except click.exceptions.Abort:
        say = words()
        complain(say("Stopped; nothing was changed."))
        code = REFUSED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (Refusal, Trouble) as problem:
        explain(problem)
        code = REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = REFUSED
    except Exception:  # noqa: BLE001 - the crash handler: what is left is a bug of ours
        code = _crashed()
    sys.exit(code if isinstance(code, int) else 0)


def _crashed() -> int:
    """Keep a bug's traceback for support, and tell the person where it is."""
    report = traceback.format_exc()
    folder = read_settings(os.environ).folder
    path = folder / CRASH_FILE
    say = words()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        keep_crash(path, report, at=datetime.now(UTC))
        complain(
            say(
                "The program made a mistake and stopped. Completed sales are safe. "
                "Please send {path} to support.",
                path=path,
            )
        )
    except OSError:
        complain(say("The program made a mistake and stopped. Completed sales are safe."))
    return REFUSED


class FolderPath(click.Path):
    """A folder, as a `Path`."""

    def __init__(self) -> None:
        """Take any name; whether it can be used is found out when it is."""
        super().__init__(file_okay=False, path_type=Path)


class FilePath(click.Path):
    """A file, as a `Path`."""

    def __init__(self) -> None:
        """Take any name; whether it can be used is found out when it is."""
        super().__init__(dir_okay=False, path_type=Path)
