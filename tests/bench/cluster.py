"""Hides a private PostgreSQL for figures: the tests' own programs and settings, started here."""

import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import INITDB, OWNER, QUICK, run, servant, url


@contextmanager
def cluster() -> Iterator[str]:
    """Yield the SQLAlchemy URL of a private server's first database."""
    home = Path(tempfile.mkdtemp(prefix="tofan-pg-"))
    account = servant()
    if account is not None:
        shutil.chown(home, account)
    data = str(home / "data")
    try:
        run("initdb", "-D", data, "-U", OWNER, *INITDB, home=home)
        settings = (part for setting in QUICK for part in ("-c", setting))
        options = shlex.join(("-k", str(home), *settings))
        run("pg_ctl", "start", "-w", "-D", data, "-l", f"{home}/log", "-o", options, home=home)
        try:
            yield url(home, "postgres")
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data, home=home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
