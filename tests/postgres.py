"""Hides a private PostgreSQL: a cluster of its own in a temporary folder, on a socket, unsafe."""

import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from system import find_program

OWNER = "postgres"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")
"""Nothing here outlives the tests, so nothing is made safe; nobody outside may connect."""

_numbers = count(1)


def program(name: str) -> Path:
    """Return one of the server's programs, or say how to get it."""
    found = find_program(name)
    if found is None:
        pytest.fail(f"PostgreSQL's {name} is missing; `make test` installs it", pytrace=False)
    return found


def servant() -> str | None:
    """Return the account to run as: the server refuses root."""
    if os.geteuid() != 0:
        return None
    accounts = {entry.pw_name for entry in pwd.getpwall()}
    return OWNER if OWNER in accounts else "nobody"


def run(name: str, *arguments: str, home: Path) -> None:
    """Run one of the server's programs as its account; a failure shows what it said."""
    account = servant()
    log = home / f"{name}.out"
    with log.open("ab") as out:
        # Into a file: a server that stays would hold a pipe open for ever.
        ran = subprocess.run(
            (program(name), *arguments),
            check=False,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            user=account,
            group=pwd.getpwnam(account).pw_gid if account else None,
            extra_groups=[] if account else None,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home)},
        )
    if ran.returncode != 0:
        pytest.fail(f"{name} failed:\n{log.read_text(errors='replace')}", pytrace=False)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Yield the SQLAlchemy URL of the private server's first database."""
    # Not pytest's own folder: a socket's path may not be longer than some 100 characters.
    home = Path(tempfile.mkdtemp(prefix="tofan-pg-"))
    account = servant()
    if account is not None:
        shutil.chown(home, account)
    data = str(home / "data")
    run("initdb", "-D", data, "-U", OWNER, *INITDB, home=home)
    options = shlex.join(
        (
            "-k",
            str(home),
            *(part for setting in QUICK for part in ("-c", setting)),
        )
    )
    try:
        run("pg_ctl", "start", "-w", "-D", data, "-l", f"{home}/log", "-o", options, home=home)
        yield url(home, "postgres")
        run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data, home=home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


INITDB = ("-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")


def url(home: Path, database: str) -> str:
    """Return SQLAlchemy's address of a database of the server that listens in this folder."""
    return f"postgresql+psycopg://{OWNER}@/{database}?host={home}"


@pytest.fixture(params=["sqlite", "postgresql"])
def office_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield the URL of a fresh, empty database, once in each of head office's two kinds."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'office.db'}"
        return
    first: str = request.getfixturevalue("postgres")
    name = f"office_{next(_numbers)}"
    plain = first.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield first.replace("/postgres?", f"/{name}?")
    with psycopg.connect(plain, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
