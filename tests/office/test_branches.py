"""Copied, restored and forked tills in any order of files: nothing is lost, and all are told so."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.office.forge import Till, key_of, sale
from tofan_pos.app import Office
from tofan_pos.office.gaps import Gap, gaps_of
from tofan_pos.office.intake import Outcome
from tofan_pos.office.tasks import Kind, tasks
from tofan_pos.sync.chain import GENESIS, Head
from tofan_pos.sync.contact import AcknowledgementBody, Standing, acknowledgement_in
from tofan_pos.sync.enrolment import Beginning

codes = count(1)
ROUNDS = 6


@dataclass
class Machine:
    """A computer with a till on it: the epochs it went through, each up to where it was left."""

    past: list[Till] = field(default_factory=list)
    now: Till = field(default_factory=Till)

    def segments(self) -> Iterator[tuple[Till, int, int]]:
        """Yield each epoch's till, its first entry and its last on this machine."""
        line = [*self.past, self.now]
        for till, later in zip(line, [*line[1:], None], strict=True):
            last = later.after if later else self.now.head.seq
            if till.first <= last:
                yield till, till.first, last

    def files(self, chance: random.Random, *, after: int = 0) -> Iterator[bytes]:
        """Yield all beyond an entry as files, cut anywhere."""
        for till, first, last in self.segments():
            at = max(first, after + 1)
            while at <= last:
                end = min(last, at + chance.randrange(12))
                yield till.file(at, end)
                at = end + 1

    def copy(self) -> "Machine":
        """Return the same till on another computer."""
        return Machine(list(self.past), self.now.branch(len(self.now.links)))

    def begin(self, world: "World", why: Beginning, at: int) -> None:
        """Begin a new epoch after an entry, and have it enrolled."""
        lost = []
        if at < self.now.head.seq:
            lost.append(self.now.lost(max(at, self.now.after) + 1))
        while self.now.after > at:
            self.now = self.past.pop()
            if at < self.now.head.seq:
                lost.append(self.now.lost(max(at, self.now.after) + 1))
        number = next(world.epochs)
        key = key_of(f"{self.now.code}/{number}")
        later = self.now.next_epoch(at, why=why, lost=tuple(lost), epoch=number, key=key)
        self.past.append(self.now)
        self.now = later.enrolled(world.office.store)


@dataclass
class World:
    """A head office, and the machines that all began as one till."""

    office: Office
    chance: random.Random
    machines: list[Machine]
    epochs: Iterator[int] = field(default_factory=lambda: count(2))
    sales: Iterator[int] = field(default_factory=lambda: count(1))

    def sell(self, at: int, times: int) -> None:
        for _ in range(times):
            self.machines[at % len(self.machines)].now.write(sale(next(self.sales)))

    def act(self, what: str, at: int, back: int) -> None:
        machine = self.machines[at % len(self.machines)]
        end = machine.now.head.seq
        if what == "copy":
            self.machines.append(machine.copy())
        elif what == "noticed":
            other = machine.copy()
            other.begin(self, Beginning.COPIED, end)
            self.machines.append(other)
        elif what == "restored":
            machine.begin(self, Beginning.RESTORED, max(1, end - back))
        elif what == "unnoticed":
            # A backup from within the same epoch, put in the till's place, and nobody noticed.
            keep = max(machine.now.first, end - back)
            machine.now = machine.now.branch(keep)
        elif what == "send":
            self.deliver(machine.files(self.chance))

    def deliver(self, files: Iterator[bytes]) -> None:
        shuffled = list(files)
        self.chance.shuffle(shuffled)
        for file in shuffled:
            if self.chance.random() < 0.8:
                self.take(file)

    def take(self, file: bytes) -> None:
        result = self.office.intake.take_bytes(file, Path("-"))
        assert result.outcome is not Outcome.REFUSED, result.problem

    def settle(self, machine: Machine) -> AcknowledgementBody:
        """Have a machine say hello and send what it is told, once, as a till does."""
        said = acknowledgement_in(self.office.reception.hello(machine.now.hello())).body
        assert said.standing is Standing.TRUSTED
        links = machine.now.links
        if said.parted is not None:
            own = links[said.parted.seq - 1].hash if said.parted.seq <= len(links) else b""
            if own and own.hex() != said.parted.hash:
                machine.begin(self, Beginning.FORKED, machine.now.head.seq)
                return said
        own = GENESIS if said.head == 0 else b""
        if 0 < said.head <= len(links):
            own = links[said.head - 1].hash
        agrees = own.hex() == said.hash
        for file in machine.files(self.chance, after=said.head if agrees else 0):
            self.take(file)
        return said


acts = st.lists(
    st.tuples(
        st.sampled_from(["copy", "noticed", "restored", "unnoticed", "send", "sell", "sell"]),
        st.integers(0, 3),
        st.integers(1, 6),
    ),
    max_size=10,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=settings().max_examples // 2,
)
@given(acts, st.integers(0, 2**32))
def test_all_of_it_arrives_and_every_till_learns_so(
    office: Office, doings: list[tuple[str, int, int]], seed: int
) -> None:
    code = f"B{next(codes)}"
    till = Till(code, key=key_of(code)).enrolled(office.store)
    world = World(office, random.Random(seed), [Machine([], till)])
    world.sell(0, 3)
    for what, at, back in doings:
        world.act(what, at, back)
        world.sell(at, back if what == "sell" else 1)
    for _ in range(ROUNDS):
        told = [world.settle(machine) for machine in world.machines]
        heads = [machine.now.head.hash.hex() for machine in world.machines]
        if [said.hash for said in told] == heads:
            break
    for machine, said in zip(world.machines, told, strict=True):
        head = machine.now.head
        assert (said.head, said.hash) == (head.seq, head.hash.hex())
        assert said.missing == ()
        for epoch, seq, digest in entries_of(machine):
            assert is_held(office, code, epoch, Head(seq, digest))


def entries_of(machine: Machine) -> Iterator[tuple[int, int, bytes]]:
    for till, first, last in machine.segments():
        for link in till.links[first - 1 : last]:
            yield till.epoch, link.seq, link.hash


def is_held(office: Office, code: str, epoch: int, entry: Head) -> bool:
    if office.store.hash_at(code, epoch, entry.seq) == entry.hash:
        return True
    with office.store.chain(code) as chain:
        return bool(chain.apart_holding(entry.seq, entry.hash))


@pytest.mark.parametrize("order", ["held first", "copy first"])
def test_a_chain_leads_through_what_was_kept_apart(office: Office, order: str) -> None:
    """A copy sold without noticing, then noticed: its new epoch follows the branch kept apart."""
    till = Till().enrolled(office.store)
    world = World(office, random.Random(1), [Machine([], till)])
    world.sell(0, 5)
    world.act("copy", 0, 0)
    one, other = world.machines
    world.sell(0, 4)
    world.sell(1, 3)
    for machine in (one, other) if order == "held first" else (other, one):
        for file in machine.files(world.chance):
            world.take(file)
    apart = other if order == "held first" else one
    assert world.settle(apart).parted is not None
    assert apart.now.epoch == 2
    world.settle(apart)
    said = world.settle(apart)
    assert (said.head, said.parted, said.newest_epoch) == (apart.now.head.seq, None, 2)


@pytest.mark.parametrize(
    ("order", "apart"), [((7, 8), [(7, 7), (8, 8)]), ((8, 7), [(7, 7)]), ((5,), [(5, 8)])]
)
def test_what_was_kept_apart_before_what_is_held_is_not_missing(
    office: Office, order: tuple[int, ...], apart: list[tuple[int, int]]
) -> None:
    """The middle of a branch came last: it leads to what is held, and does not follow it."""
    till = Till().enrolled(office.store)
    world = World(office, random.Random(1), [Machine([], till)])
    world.sell(0, 4)
    world.act("copy", 0, 0)
    one, other = (machine.now for machine in world.machines)
    world.sell(0, 8)
    world.sell(1, 2)
    for file in (other.file(1, 6), one.file(11, 12), one.file(9, 10)):
        world.take(file)
    assert gaps_of(office.store, "CTW1", 1) == (Gap("CTW1", 1, 7, 8),)
    for first in order:
        world.take(one.file(first, first if len(order) > 1 else 8))
    # Entry 7 follows another 6 than is held; what comes after it joins what is held behind it.
    assert [(run.first, run.last) for run in office.store.apart()] == apart
    assert gaps_of(office.store, "CTW1", 1) == ()
    world.sell(0, 1)
    assert world.settle(world.machines[0]).parted is not None
    world.settle(world.machines[0])
    said = world.settle(world.machines[0])
    assert (said.head, said.missing) == (14, ())
    assert {task.kind for task in tasks(office.store)} == {Kind.FORK}
