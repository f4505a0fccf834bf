"""Hides how a verb of `tofan-pos` is run as somebody, and how a till is looked at after."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from tests.office.running import Ran
from tofan_pos.store.counter import FILE_NAME, CounterStore
from tofan_pos.sync.entries import kind_of, read_entry
from tofan_pos.sync.kinds import Body

SUPERVISOR, CASHIER, TRAINEE = "S1", "C1", "T1"
PINS = {SUPERVISOR: "482913", CASHIER: "570284", TRAINEE: "804627"}


class Run(Protocol):
    """Runs a verb on a till; what is named in capitals goes into its environment."""

    def __call__(self, *arguments: object, till: Path | None = None, **environ: str) -> Ran: ...


def acting(user: str, approver: str = "") -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the options and the environment of somebody who acts, on somebody's word."""
    options, environ = ["--user", user], {"TOFAN_PIN": PINS[user]}
    if approver:
        options += ["--approver", approver]
        environ["TOFAN_APPROVER_PIN"] = PINS[approver]
    return tuple(options), environ


@contextmanager
def unchanged(folder: Path) -> Iterator[None]:
    """Expect that no byte of a till's folder changes."""
    before = contents(folder)
    yield
    assert contents(folder) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def entries(folder: Path) -> list[tuple[str, Body]]:
    """Return what a till's journal tells, as kind and body."""
    store = CounterStore(folder / FILE_NAME)
    try:
        found = [read_entry(row.line) for row in store.entries()]
    finally:
        store.close()
    return [(kind_of(entry), entry.body) for entry in found]  # type: ignore[union-attr]  # none is opaque


def kinds(folder: Path) -> list[str]:
    return [kind for kind, _ in entries(folder)]


def refused(ran: Ran, said: str) -> None:
    """Hold a verb to a refusal: code 1, one sentence on stderr, and nothing beside it."""
    assert (ran.code, ran.out) == (1, ""), ran
    assert said in ran.err
    assert ran.err.count("\n") == 1, ran.err
