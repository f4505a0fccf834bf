"""Thousands of mutated sync files: none crashes the intake or changes a row, none is slow."""

import os
import random
import time
from pathlib import Path

import zstandard

from tests.office.forge import Part, Till, all_rows, forged, groups, key_of, sale
from tofan_pos.app import Office
from tofan_pos.domain.errors import Refusal
from tofan_pos.office.intake import Outcome

FILES = 10_000 if os.environ.get("TOFAN_SOAK") else 500
SLOWEST = 2.0
WORDS = (b"\0", b"\xff", b'"', b"{", b"[", b"\n", b"-1", b"9" * 30, b"1.5", b"null", b"\\u0000")


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few things changed, cut, doubled, moved or put in."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        at = chance.randrange(len(changed) + 1)
        until = min(len(changed), at + chance.choice((1, 1, 2, 4, 32, 400)))
        match chance.randrange(6):
            case 0:
                changed[at:until] = chance.randbytes(until - at)
            case 1:
                del changed[at:until]
            case 2:
                changed[at:at] = changed[at:until]
            case 3:
                changed[at:at] = chance.choice(WORDS)
            case 4:
                part = changed[at:until]
                del changed[at:until]
                to = chance.randrange(len(changed) + 1)
                changed[to:to] = part
            case _:
                if at < len(changed):
                    changed[at] ^= 1 << chance.randrange(8)
    return bytes(changed)


def test_no_mutated_file_crashes_or_changes_anything(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    chance = random.Random(20_261_122)
    till = Till().enrolled(office.store)
    till.write(groups(G1="Weavers"))
    for n in range(1, 4):
        till.write(sale(n, Part(), Part(group="G2")))
    office.intake.take(till.save(tmp_path))
    before = all_rows(office_url)
    honest = till.file()
    raw = b"".join(link.line + b"\n" for link in till.links)
    packed = zstandard.ZstdCompressor().compress(raw)
    path, slowest, forks = tmp_path / "mutated.tofan", 0.0, 0
    for n in range(FILES):
        # A third is damaged under a signature that no longer holds; the rest is signed anew by
        # the till's own key, so that every check behind the signature has its turn. Where that
        # makes another journal of it, it is a fork, as all of the true one is held: kept apart.
        if n % 3 == 0:
            content = mutated(honest, chance)
        elif n % 3 == 1:
            content = forged(till, raw, packed=mutated(packed, chance), lies={"hash": "1" * 64})
        else:
            key = till.key if chance.random() < 0.9 else key_of("stranger")
            content = forged(till, mutated(raw, chance), key=key)
        if content == honest:
            continue
        path.write_bytes(content)
        begun = time.process_time()
        result = office.intake.take(path)
        slowest = max(slowest, time.process_time() - begun)
        if result.outcome in {Outcome.REFUSED, Outcome.QUARANTINED}:
            assert isinstance(result.problem, Refusal)
            forks += result.outcome is Outcome.QUARANTINED
        else:
            # A mutation that undid itself.
            assert result.outcome is Outcome.ALREADY_THERE
    after = all_rows(office_url)
    assert forks > 0
    assert len(after.pop("quarantine")) <= forks
    before.pop("quarantine")
    assert after == before
    assert slowest < SLOWEST
