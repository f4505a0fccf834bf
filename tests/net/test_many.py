"""Many tills sell and send at once over a bad link, while the receiver is killed and begun again.

Small in every run; 20 tills of 500 sales with `make soak`, which prints its figures.
"""

import json
import os
import random
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.counter.tills import make_till, opened, quick_folder
from tests.domain.baskets import SOAK
from tests.net.carrying import introduce
from tests.net.headquarters import ROOT, Headquarters
from tests.net.link import Fault, Kind, Link
from tofan_pos.app import Office, utc_now
from tofan_pos.office.gaps import all_gaps
from tofan_pos.sync.chain import Head

TILLS, SALES, EVERY = (20, 500, 10) if SOAK else (4, 50, 4)
PROCESSES = 4 if SOAK else 2
KILLS = 8 if SOAK else 2
KINDS = (Kind.CUT, Kind.RESET, Kind.DELAY)
LONG = 3600


def bad_link(seed: int) -> Any:
    """Return what makes every third connection fail somewhere, the same on every run."""
    chance = random.Random(seed)

    def fault_of(_: int) -> Fault | None:
        after, up = chance.randrange(2500), chance.random() < 0.5
        kind = chance.choice(KINDS)
        return Fault(kind, after, up=up) if chance.random() < 1 / 3 else None

    return fault_of


def test_everything_is_there_once(
    office: Office, office_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as stack:
        folder = stack.enter_context(quick_folder())
        office.key()
        folders, receiver = [], stack.enter_context(Headquarters(office_url))
        link = stack.enter_context(Link(receiver.port, fault_of=bad_link(4)))
        for number in range(TILLS):
            place = folder / f"till-{number}"
            place.mkdir()
            make_till(place, till=f"NET{number}", clock=utc_now)
            with opened(place, clock=utc_now) as desk:
                introduce(desk, office)
            folders.append(place)
        begun = time.monotonic()
        hands = [begin(link.port, folders[at::PROCESSES]) for at in range(PROCESSES)]
        kills = 0
        while kills < KILLS and any(process.poll() is None for process in hands):
            if link.has_reached((kills + 1) * TILLS * 3, seconds=0.1):
                # In the middle of whatever it is at; the next port is another one.
                receiver.kill()
                kills += 1
                receiver.begin()
                link.target = receiver.port
        told = [line for process in hands for line in ended(process)]
        seconds = time.monotonic() - begun
        assert sorted(line["till"] for line in told) == sorted(f"NET{n}" for n in range(TILLS))
        assert {line["left"] for line in told} == {0}, told
        counts = office.store.counts()
        assert counts["sales"] == TILLS * SALES
        heads = [head_of(place) for place in folders]
        assert counts["entries"] == sum(head.seq for head in heads)
        for number, head in enumerate(heads):
            assert office.store.hash_at(f"NET{number}", 1, head.seq) == head.hash
        assert not all_gaps(office.store)
        assert not office.store.apart()
        assert link.struck
        assert kills
        if SOAK:
            with capsys.disabled():
                print(figures(told, link, kills, seconds, office_url))  # noqa: T201 - asked for by `make soak`


def begin(port: int, folders: list[Path]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.net.hands", str(port), str(SALES), str(EVERY), *folders],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def ended(process: "subprocess.Popen[str]") -> list[dict[str, Any]]:
    said, _ = process.communicate(timeout=LONG)
    assert process.returncode == 0
    return [json.loads(line) for line in said.splitlines()]


def head_of(folder: Path) -> Head:
    with opened(folder, clock=utc_now, session=False) as desk, desk.store.reading() as look:
        last = look.head()
    assert last
    return Head(last.seq, last.hash)


def figures(told: list[dict[str, Any]], link: Link, kills: int, seconds: float, url: str) -> str:
    met: dict[str, int] = {}
    for line in told:
        for name, times in line["met"].items():
            met[name] = met.get(name, 0) + times
    return (
        f"\n{TILLS} tills x {SALES} sales, {url.partition(':')[0]}: all there once; "
        f"{seconds:.0f} s, {link.connections} connections, "
        f"{link.reached} of them found it there, {len(link.struck)} faults struck, "
        f"{kills} kills, {sum(line['files'] for line in told)} files, "
        f"{link.moved / 1e6:.1f} MB both ways, contacts {dict(sorted(met.items()))}"
    )
