"""Where a bug's traceback is kept for support: one file, for its owner alone, that only grows."""

import os
from datetime import datetime
from pathlib import Path

CRASH_FILE = "crash.txt"


def keep_crash(path: Path, report: str, *, at: datetime) -> None:
    """Add a traceback to the file; `at` is now (UTC). Raises `OSError`.

    It may hold what was on screen, so nobody else on the computer reads it, whoever made it
    first; and it is written nowhere else, where somebody has left a link or a pipe.
    """
    with open(path, "a", encoding="utf-8", opener=_opened_alone) as file:
        # Not strftime, whose %Y is not four digits everywhere for a clock before the year 1000.
        file.write(f"{at.replace(tzinfo=None).isoformat(timespec='seconds')}Z\n{report}\n")


def _opened_alone(path: str, flags: int) -> int:
    for name in ("O_NOFOLLOW", "O_NONBLOCK"):
        flags |= getattr(os, name, 0)
    handle = os.open(path, flags, 0o600)
    if os.name == "posix":
        os.fchmod(handle, 0o600)
    return handle
