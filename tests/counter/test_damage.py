"""Bytes of a till's file that a disk has changed: noticed or harmless, and never a traceback."""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter.tills import make_till, opened, proof, quick_folder, ring
from tests.domain.baskets import SOAK, percent
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.store.counter import FILE_NAME

FLIPS = 50_000 if SOAK else 250


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as place:
        _sell(place / "till")
        yield place / "till"


def _sell(folder: Path) -> None:
    make_till(folder, printer="file:receipts")
    with opened(folder) as desk:
        for n in range(6):
            desk.register.scan("TF-HONEY")
            desk.register.discount_line(0, percent(1000))
            ring(desk, *(("TF-SCARF",) * n))


def facts(desk: Desk) -> list[object]:
    """Return all that a till is for: its journal, and its sales as they are read back."""
    entries = list(desk.store.entries())
    return [*entries, *(desk.store.sale_at(entry.seq) for entry in entries)]


def changes(content: bytes) -> Iterator[bytes]:
    chance = random.Random(20261122)
    places = [
        # The header and the schema's page whole: there a byte means most.
        *range(100),
        *(chance.randrange(len(content)) for _ in range(FLIPS)),
    ]
    for place in places:
        changed = bytearray(content)
        changed[place] ^= chance.choice((0x01, 0x80, 0xFF))
        yield bytes(changed)
    page = 4096
    for _ in range(FLIPS // 20):
        # A sector that was never written, or one that went elsewhere.
        changed = bytearray(content)
        place = chance.randrange(len(content) // 512) * 512
        changed[place : place + 512] = chance.choice((bytes(512), chance.randbytes(512)))
        yield bytes(changed)
        yield content[: chance.randrange(len(content) // page) * page + chance.choice((0, 700))]


def test_a_damaged_file_is_noticed_or_harmless(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = (folder / FILE_NAME).read_bytes()
    with opened(folder) as desk:
        whole = facts(desk)
    noticed = harmless = 0
    for changed in changes(content):
        (folder / FILE_NAME).write_bytes(changed)
        (folder / f"{FILE_NAME}-journal").unlink(missing_ok=True)
        try:
            with opened(folder) as desk:
                if proof(desk).flaw is not None:
                    noticed += 1
                    continue
                assert facts(desk) == whole, "a change went unnoticed"
                harmless += 1
        except (Trouble, Refusal):
            noticed += 1
    assert noticed > FLIPS // 5
    assert harmless > 0
    with capsys.disabled():
        sys.stdout.write(
            f"\n  {noticed} damaged files noticed, {harmless} held all that was sold\n"
        )
