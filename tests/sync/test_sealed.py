"""The sync file: the same bytes for the same run, and refused unless every byte is its own."""

import json
import random
import resource
import tracemalloc
from hashlib import sha256

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.baskets import SOAK
from tests.sync.records import BODIES, KEY, written
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.sync.canonical import canonical
from tofan_pos.sync.chain import GENESIS, Head, Link
from tofan_pos.sync.entries import LONGEST_LINE, SCHEMA
from tofan_pos.sync.events import ClockStepBody
from tofan_pos.sync.keys import KEY_BYTES, SIGNATURE_BYTES, SigningKey
from tofan_pos.sync.sealed import (
    LARGEST_FILE,
    MAGIC,
    MOST_PACKED,
    MOST_RATIO,
    MOST_RAW,
    reads,
    runs,
    seal,
    signed_part,
    unseal,
)

RUN = written(*BODIES)
MUTATIONS = 300_000 if SOAK else 10_000
MIB = 1024 * 1024


def sealed(run: list[Link] = RUN, prev: bytes = GENESIS) -> bytes:
    return seal(run, till="CTW1", epoch=1, prev=prev, key=KEY)


FILE = sealed()
PAYLOAD = len(MAGIC) + 2 + int.from_bytes(FILE[8:10], "big") + KEY_BYTES + SIGNATURE_BYTES


def refusal(content: bytes) -> Why | None:
    try:
        unseal(content).links()
    except Refusal as refused:
        return refused.why
    return None


def remade(lines: bytes | None = None, packed: bytes | None = None, **changes: object) -> bytes:
    """Return the file with another header or content, signed by the right key all the same."""
    header = json.loads(FILE[10 : PAYLOAD - KEY_BYTES - SIGNATURE_BYTES])
    if lines is not None:
        packed = zstandard.compress(lines)
        header |= {"raw": len(lines), "count": lines.count(b"\n")}
        header["last"] = header["first"] + header["count"] - 1
    body = FILE[PAYLOAD:] if packed is None else packed
    header |= {"packed": len(body), "packed_sha256": sha256(body).hexdigest()}
    return signed(canonical(header | changes), body)


def signed(header: bytes, body: bytes) -> bytes:
    part = signed_part(header, KEY.public)
    return part + KEY.sign(part) + body


def test_what_is_sealed_comes_back() -> None:
    found = unseal(FILE)
    assert found.links() == RUN
    assert found.public_key == KEY.public
    assert (found.header.till, found.header.first, found.header.last) == ("CTW1", 1, len(RUN))


def test_the_same_run_gives_the_same_bytes() -> None:
    assert sealed() == FILE
    again = unseal(FILE).links()
    assert sealed(again) == FILE


def test_what_was_remade_without_a_change_holds() -> None:
    assert remade() == FILE


@pytest.mark.parametrize("mask", [0x01, 0x80, 0xFF])
def test_a_flip_of_any_byte_is_refused(mask: int) -> None:
    accepted = [
        place
        for place in range(len(FILE))
        if refusal(FILE[:place] + bytes([FILE[place] ^ mask]) + FILE[place + 1 :]) is None
    ]
    assert not accepted


def test_a_cut_at_any_length_is_refused() -> None:
    assert not [length for length in range(len(FILE)) if refusal(FILE[:length]) is None]


@pytest.mark.parametrize("more", [b"\0", b"\n", b"x" * 100, FILE])
def test_anything_behind_it_is_refused(more: bytes) -> None:
    assert refusal(FILE + more) is not None
    assert refusal(more + FILE) is not None or more == FILE


def mutated(chance: random.Random, content: bytes) -> bytes:
    """Return the bytes with one to four changes of the kinds that disks and people make."""
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(content) + 1)
        other = chance.randrange(len(content) + 1)
        first, last = sorted((place, other))
        content = chance.choice(
            (
                content[:place] + chance.randbytes(1) + content[place + 1 :],
                content[:place] + chance.randbytes(chance.randint(1, 9)) + content[place:],
                content[:first] + content[last:],
                content[:place] + content[first:last] + content[place:],
                content[:first] + bytes(last - first) + content[last:],
            )
        )
    return content


def test_mutated_files_are_refused() -> None:
    chance = random.Random(20261122)
    accepted = 0
    for _ in range(MUTATIONS):
        changed = mutated(chance, FILE)
        accepted += changed != FILE and refusal(changed) is None
    assert accepted == 0


def test_mutated_headers_and_contents_are_refused_though_signed() -> None:
    chance = random.Random(20261123)
    header = FILE[10 : PAYLOAD - KEY_BYTES - SIGNATURE_BYTES]
    for _ in range(MUTATIONS // 8):
        # Whoever holds the key may write anything; it is an exact file or refused, never a crash.
        found = signed(mutated(chance, header)[:65_535], FILE[PAYLOAD:])
        if refusal(found) is None:
            # Only what it says of itself may differ; the run and the chain hold.
            assert unseal(found).lines() == [link.line for link in RUN]
        packed = mutated(chance, FILE[PAYLOAD:])
        if refusal(remade(packed=packed)) is None:
            assert unseal(remade(packed=packed)).lines() == [link.line for link in RUN]


@given(st.binary(max_size=400))
def test_any_bytes_are_refused(content: bytes) -> None:
    assert refusal(content) is not None
    assert refusal(MAGIC + content) is not None


def test_another_key_does_not_sign_for_this_one() -> None:
    other = SigningKey(bytes(32))
    part = FILE[: PAYLOAD - SIGNATURE_BYTES]
    assert refusal(part + other.sign(part) + FILE[PAYLOAD:]) is Why.SIGNATURE_WRONG


def test_files_of_this_schema_and_the_one_before_are_read() -> None:
    assert [version for version in range(-1, 4) if reads(version)] == [SCHEMA]
    assert [version for version in range(-1, 9) if reads(version, newest=5)] == [4, 5]
    assert [version for version in range(-1, 9) if reads(version, newest=2)] == [1, 2]


RAW = b"".join(link.line + b"\n" for link in RUN)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Why.FILE_CUT),
        (b"PK\x03\x04" + bytes(200), Why.NOT_A_SYNC_FILE),
        (FILE[:200], Why.FILE_CUT),
        (FILE[:-1], Why.FILE_CUT),
        (bytes(LARGEST_FILE + 1), Why.FILE_TOO_LARGE),
        (remade(schema=2), Why.VERSION_UNKNOWN),
        (remade(till="ctw1"), Why.TILL_CODE),
        (remade(first=2), Why.ENTRY_MALFORMED),
        (remade(first=0, last=4), Why.ENTRY_MALFORMED),
        (remade(packing="gzip"), Why.ENTRY_MALFORMED),
        (remade(more=1), Why.ENTRY_MALFORMED),
        (remade(RAW, prev="11" * 32), Why.CHAIN_BROKEN),
        (remade(RAW, hash="11" * 32), Why.CHAIN_BROKEN),
        (remade(RAW.replace(b"Weavers", b"Weaver5")), Why.CHAIN_BROKEN),
        (remade(RAW[:-1]), Why.CONTENT_CHANGED),
        (remade(packed=b"\0" * len(FILE)), Why.CONTENT_CHANGED),
        (remade(packed=zstandard.compress(RAW) + b"\0"), Why.CONTENT_CHANGED),
        (remade(packed=RAW, packing="none"), None),
        (remade(b"\n\n"), Why.CHAIN_BROKEN),
        (remade(RAW + b"x" * (LONGEST_LINE + 1) + b"\n"), Why.UNPACKS_TOO_LARGE),
    ],
)
def test_what_is_refused_and_why(content: bytes, why: Why | None) -> None:
    assert refusal(content) is why


def without_size(raw: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_content_size=False).compress(raw)


@pytest.mark.parametrize("lie", [len(RAW), MOST_RAW, 64 * MIB])
def test_bombs_do_not_go_off(lie: int) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    zeros = bytes(64 * MIB)
    for packed in (zstandard.compress(zeros), without_size(zeros)):
        for said in (lie, len(zeros), MOST_RATIO * len(packed)):
            assert refusal(remade(packed=packed, raw=said)) is not None
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 300 * 1024, "kibibytes"


def test_millions_of_tiny_lines_are_counted_before_they_are_cut() -> None:
    raw = random.Random(7).randbytes(MIB // 2).replace(b"\n", b"\r") + b"ab\n" * (6 * MIB)
    packed = zstandard.compress(raw)
    assert len(raw) <= MOST_RATIO * len(packed)
    content = remade(packed=packed, raw=len(raw))
    tracemalloc.start()
    try:
        assert refusal(content) is Why.CONTENT_CHANGED
        assert tracemalloc.get_traced_memory()[1] < 3 * len(raw)
    finally:
        tracemalloc.stop()


def long_tail(count: int, size: int) -> list[Link]:
    head, links = Head(), []
    chance = random.Random(count)
    for _ in range(count):
        links.append(head.then(chance.randbytes(size).hex().encode()))
        head = Head(links[-1].seq, links[-1].hash)
    return links


def test_runs_are_cut_by_count_and_always_at_the_same_places() -> None:
    links = long_tail(45_000, 8)
    cut = [(run[0].seq, run[-1].seq) for run in runs(links)]
    assert cut == [(1, 20_000), (20_001, 40_000), (40_001, 45_000)]
    longer = [(run[0].seq, run[-1].seq) for run in runs([*links, *long_tail(1, 8)])]
    assert longer[:2] == cut[:2]


def test_runs_of_the_longest_lines_fit_a_file() -> None:
    links = long_tail(300, LONGEST_LINE // 2)
    prev, restored = GENESIS, []
    for run in runs(links):
        content = sealed(run, prev)
        assert len(content) <= MOST_PACKED
        restored += unseal(content).links()
        prev = run[-1].hash
    assert restored == links


def test_no_entries_make_no_run() -> None:
    assert list(runs([])) == []


def test_lines_as_alike_as_a_bomb_go_unpacked() -> None:
    alike = written(*[ClockStepBody(seconds=1)] * 3)
    head, links = Head(), []
    for _ in range(20_000):
        links.append(head.then(alike[0].line))
        head = Head(links[-1].seq, links[-1].hash)
    found = unseal(sealed(links))
    assert found.header.packing == "none"
    assert found.links() == links
