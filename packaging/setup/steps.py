"""Hides how set-up speaks and waits: one line a step, one sentence where it cannot go on."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EVERY = 10.0
"""Seconds between two progress lines where they cannot be rewritten (a log file)."""


class CannotGoOn(Exception):  # noqa: N818 - a sentence for a person, not a fault in the program
    """Set-up needs something only a person can do; the text says what, in one sentence."""


class Step:
    """One step under way: its line, rewritten on a terminal as it gets on."""

    def __init__(self, title: str, *, live: bool) -> None:
        self._title = title
        self._live = live
        self._began = self._told = time.monotonic()

    def tell(self, detail: str) -> None:
        """Say what the step is at: at once on a terminal, now and then in a log."""
        now = time.monotonic()
        if self._live and detail:
            _rewrite(f"{self._title}: {detail} [{now - self._began:.0f} s]")
        elif detail and now - self._told >= EVERY:
            self._told = now
            print(f"  {detail}", file=sys.stderr, flush=True)

    def end(self, word: str) -> None:
        """Say how the step ended."""
        if self._live:
            _rewrite(f"{self._title}: {word} in {time.monotonic() - self._began:.0f} s\n")


@contextmanager
def step(title: str) -> Iterator[Step]:
    """Say that a step begins, and on a terminal how it ended."""
    live = sys.stderr.isatty()
    under_way = Step(title, live=live)
    print(title, end="" if live else "\n", file=sys.stderr, flush=True)
    try:
        yield under_way
    except BaseException:
        under_way.end("stopped")
        raise
    under_way.end("done")


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock of set-up, so that two of them in one folder go one after the other."""
    if os.name != "posix":
        yield
        return
    import fcntl  # noqa: PLC0415 - only there on POSIX

    path.parent.mkdir(exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _rewrite(line: str) -> None:
    print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
