"""People to test with: a crew with good PINs, and a till they share that can be restarted."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from tests.counter.tills import Clock
from tofan_pos.counter import setup
from tofan_pos.counter.access import Access
from tofan_pos.counter.journal import Journal
from tofan_pos.counter.pins import make_verifier
from tofan_pos.counter.proof import Flaw, prove
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.domain.people import Limits, Role, Staff
from tofan_pos.store.counter import FILE_NAME, CounterStore
from tofan_pos.sync.entries import kind_of, read_entry
from tofan_pos.sync.events import LoginFailedBody
from tofan_pos.sync.kinds import Body

PINS = {
    "LEAD1": "907351",
    "LEAD2": "482913",
    "SELL1": "190826",
    "SELL2": "251046",
    "TAN": "804627",
    "YIM": "635207",
}
"""Everybody's PIN, by their code."""
ROLES = {
    "LEAD1": Role.SUPERVISOR,
    "LEAD2": Role.SUPERVISOR,
    "SELL1": Role.CASHIER,
    "SELL2": Role.CASHIER,
    "TAN": Role.TRAINEE,
    "YIM": Role.SUPPORT,
}
WRONG = "771529"
PEPPER = sha256(b"pepper").digest()
ORDINARY = {"opened", "catalogue", "groups", "clock_step"}
"""The entries that are of no people."""


@cache
def crew() -> tuple[Staff, ...]:
    """Return the crew as a catalogue holds it."""
    return tuple(
        Staff(code=code, name=code.title(), role=role, verifier=verifier(code))
        for code, role in ROLES.items()
    )


@cache
def verifier(code: str) -> str:
    """Return what head office would publish of somebody's PIN."""
    return make_verifier(PINS[code], lambda length: sha256(code.encode()).digest()[:length])


@dataclass
class Ticks:
    """How long the computer has been running: it stands still until it is told otherwise."""

    at: int = 5_000

    def __call__(self) -> int:
        """Return the seconds since it started."""
        return self.at


@dataclass
class House:
    """A till, and whatever surrounds it. `access` is of the run since the last `restart`."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    ticks: Ticks = field(default_factory=Ticks)
    pepper: bytes | None = PEPPER
    """None where the keyring has lost it."""
    meanwhile: Callable[[], object] = str
    """What happens while a PIN is looked at."""

    def __post_init__(self) -> None:
        """Start the program for the first time."""
        self._open()

    def _open(self) -> None:
        self.store = CounterStore(self.folder / FILE_NAME)
        profile = setup.profile_of(setup.identity_in(self.store))
        self.journal = Journal(self.store, profile, self.clock)
        self.access = Access(
            journal=self.journal,
            pepper=self._pepper,
            ticks=self.ticks,
            limits=Limits(),
            random_bytes=lambda length: sha256(b"salt").digest()[:length],
        )

    def _pepper(self) -> bytes:
        if self.pepper is None:
            raise Trouble(Ailment.KEY_MISSING, path="keyring")
        self.meanwhile()
        return self.pepper

    def restart(self) -> Access:
        """End the program and start it again over the same file."""
        self.store.close()
        self._open()
        return self.access

    def load(self, *people: Staff) -> None:
        """Load a catalogue's people."""
        with self.journal.fact() as fact:
            self.access.load_staff(fact, people)

    def staffed(self) -> Access:
        """Load the crew and start anew, as on any morning."""
        self.load(*crew())
        return self.restart()

    def sign_in(self, code: str) -> None:
        """Have somebody of the crew sign in, with the PIN they were given first."""
        self.access.sign_in(code, PINS[code])

    def entries(self) -> list[tuple[str, Body]]:
        """Return what the journal tells of people, as kind and body."""
        found = [read_entry(entry.line) for entry in self.store.entries()]
        return [
            (kind_of(entry), entry.body)  # type: ignore[union-attr]  # none is opaque here
            for entry in found
            if kind_of(entry) not in ORDINARY
        ]

    def flaw(self) -> Flaw | None:
        """Return what is wrong with the till by its own journal."""
        return prove(self.store, setup.identity_in(self.store)).flaw

    def is_whole(self) -> bool:
        """Tell whether the journal proves itself."""
        return self.flaw() is None

    def tamper(self, statement: str, *values: object) -> None:
        """Write into the till's file behind the program's back."""
        with closing(sqlite3.connect(self.store.path)) as raw, raw:
            assert raw.execute(statement, values).rowcount > 0


@contextmanager
def refuses(why: Why, **facts: object) -> Iterator[None]:
    """Expect a refusal, with these facts among its own."""
    with pytest.raises(Refusal) as refusal:
        yield
    assert refusal.value.why is why
    assert facts.items() <= refusal.value.facts.items(), refusal.value.facts


def mistake(house: House, code: str, times: int = 1) -> None:
    """Type wrong PINs, waiting out whatever they cost."""
    for _ in range(times):
        house.ticks.at += 900
        with pytest.raises(Refusal, match=r"pin_wrong|pin_locked"):
            house.access.sign_in(code, WRONG)


def failed(house: House) -> list[tuple[str, int, int]]:
    """Return the wrong PINs journalled: whose, the how-manieth, and the wait."""
    found = (body for _, body in house.entries() if isinstance(body, LoginFailedBody))
    return [(body.who, body.failures, body.wait) for body in found]
