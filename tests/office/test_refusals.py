"""What is damaged, forged or beyond the limits is refused whole, and changes nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.office.forge import (
    AT,
    Till,
    all_rows,
    block,
    forged,
    frame,
    groups,
    key_of,
    sale,
    signed,
)
from tofan_pos.app import Office
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.intake import Intake, Outcome
from tofan_pos.sync.canonical import canonical
from tofan_pos.sync.sealed import LARGEST_FILE, MAGIC, MOST_LINES, MOST_RAW

MEBI = 1024 * 1024


def refusal(intake: Intake, path: Path, content: bytes) -> Why:
    """Return why a file is refused; anything but a refusal fails."""
    path.write_bytes(content)
    result = intake.take(path)
    assert result.outcome is Outcome.REFUSED
    assert (result.added, result.sales) == (0, 0)
    assert isinstance(result.problem, Refusal)
    return result.problem.why


@contextmanager
def nothing_changes(url: str) -> Iterator[None]:
    before = all_rows(url)
    yield
    assert all_rows(url) == before


@pytest.fixture
def small(office: Office, tmp_path: Path) -> Till:
    """Return an enrolled till of two small entries, the first of which is held."""
    till = Till().enrolled(office.store)
    till.write(groups(G1="Weavers"))
    office.intake.take(till.save(tmp_path))
    till.write(sale(1))
    return till


def test_a_flipped_byte_is_refused_wherever_it_is(
    office: Office, office_url: str, small: Till, tmp_path: Path
) -> None:
    content, path = small.file(), tmp_path / "flipped.tofan"
    with nothing_changes(office_url):
        for at in range(len(content)):
            for flip in (1 << at % 8, 0xFF):
                flipped = content[:at] + bytes([content[at] ^ flip]) + content[at + 1 :]
                refusal(office.intake, path, flipped)
    path.write_bytes(content)
    assert office.intake.take(path).added == 1


def test_a_file_cut_short_is_refused_at_every_length(
    office: Office, office_url: str, small: Till, tmp_path: Path
) -> None:
    content, path = small.file(), tmp_path / "cut.tofan"
    with nothing_changes(office_url):
        reasons = [refusal(office.intake, path, content[:at]) for at in range(len(content))]
    assert set(reasons) == {Why.FILE_CUT, Why.NOT_A_SYNC_FILE}
    assert set(reasons[len(MAGIC) :]) == {Why.FILE_CUT}


def test_a_file_that_goes_on_is_refused(
    office: Office, office_url: str, small: Till, tmp_path: Path
) -> None:
    with nothing_changes(office_url):
        for more in (b"\0", b"\n", small.file()):
            path = tmp_path / "more.tofan"
            assert refusal(office.intake, path, small.file() + more) is Why.CONTENT_CHANGED
        path = tmp_path / "huge.tofan"
        assert refusal(office.intake, path, MAGIC + bytes(LARGEST_FILE)) is Why.FILE_TOO_LARGE


def test_parts_of_two_files_do_not_make_a_third(
    office: Office, office_url: str, small: Till, tmp_path: Path
) -> None:
    whole, first = small.file(), small.file(1, 1)
    with nothing_changes(office_url):
        for at in range(1, min(len(whole), len(first))):
            spliced = first[:at] + whole[at:]
            if spliced != whole:  # while both still begin alike
                refusal(office.intake, tmp_path / "spliced.tofan", spliced)


def tree(**changes: Any) -> dict[str, Any]:
    plain = {"at": AT, "body": {}, "epoch": 1, "kind": "weather", "seq": 1, "till": "CTW1", "v": 1}
    return {name: value for name, value in (plain | changes).items() if value is not ...}


def nested(depth: int) -> Any:
    return 1 if depth == 0 else [nested(depth - 1)]


SOLD = json.loads(canonical(sale(1)))
LINES: dict[str, bytes] = {
    "float": canonical(tree(body={"a": 1.5})),
    "whole float": canonical(tree()).replace(b"{}", b'{"a":1.0}'),
    "exponent": canonical(tree()).replace(b"{}", b'{"a":1e3}'),
    "minus nought": canonical(tree()).replace(b"{}", b'{"a":-0}'),
    "NaN": canonical(tree()).replace(b"{}", b'{"a":NaN}'),
    "infinity": canonical(tree()).replace(b"{}", b'{"a":-Infinity}'),
    "true": canonical(tree(body={"a": True})),
    "null": canonical(tree(body=None)),
    "too large": canonical(tree(body={"a": 2**53})),
    "far too large": canonical(tree()).replace(b"{}", b'{"a":' + b"9" * 400 + b"}"),
    "duplicate key": canonical(tree()).replace(b"{}", b'{"a":1,"a":1}'),
    "duplicate head": canonical(tree())[:-1] + b',"v":1}',
    "unsorted": canonical(tree()).replace(b"{}", b'{"b":1,"a":1}'),
    "space": canonical(tree()) + b" ",
    "other spelling": canonical(tree(kind="weather")).replace(b"weather", b"w\\u0065ather"),
    "nine deep": canonical(tree(body=nested(8))),
    "bottomless": b"[" * 60_000,
    "bottomless body": canonical(tree()).replace(b"{}", b'{"a":' * 10_000 + b"1" + b"}" * 10_000),
    "no text": b"\xff\xfe\x00",
    "surrogate": canonical(tree()).replace(b"{}", b'"\\ud800"'),
    "nought in kind": canonical(tree(kind="wea\0ther")),
    "nought in a name": canonical(tree(kind="sale", body=SOLD | {"by": "S\0"})),
    "nothing": b"",
    "an array": b"[]",
    "a word": b'"sale"',
    "two entries": canonical(tree()) * 2,
    "carriage return": canonical(tree()) + b"\r",
    "no kind": canonical(tree(kind=...)),
    "no version": canonical(tree(v=...)),
    "kind is a number": canonical(tree(kind=1)),
    "seq is a text": canonical(tree(seq="1")),
    "another seq": canonical(tree(seq=2)),
    "another till": canonical(tree(till="MBK2")),
    "another epoch": canonical(tree(epoch=2)),
    "a sale of our schema that is none": canonical(tree(kind="sale")),
    "a sale with more": canonical(tree(kind="sale", body=SOLD | {"buyer": "x"})),
    "a sale with less": canonical(tree(kind="sale", body={**SOLD, "lines": [{}]})),
    "a sale on no day": canonical(tree(kind="sale", body=SOLD | {"business_date": "2569"})),
    "a day and more": canonical(tree(kind="sale", body=SOLD | {"business_date": "2026-11-22\n"})),
    "a negative total": canonical(tree(kind="sale", body=SOLD | {"total": -1})),
    "a policy no column holds": canonical(
        tree(kind="sale", body=SOLD | {"policy": SOLD["policy"] | {"number": 2**31}})
    ),
    "too long": canonical(tree(body={"a": "ก" * 22_000})),
}


def test_an_entry_that_is_not_canonical_is_refused_with_its_whole_file(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    till = Till().enrolled(office.store)
    good = canonical(tree(seq=2))
    with nothing_changes(office_url):
        for name, line in LINES.items():
            for packing in ("zstd", "none"):
                content = forged(till, line + b"\n" + good + b"\n", packing=packing)
                reason = refusal(office.intake, tmp_path / "entry.tofan", content)
                bad = {Why.ENTRY_MALFORMED, Why.UNPACKS_TOO_LARGE, Why.CONTENT_CHANGED}
                assert reason in bad, name


def test_the_longest_and_the_deepest_entries_are_taken(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    room = 64 * 1024 - len(canonical(tree(body={"a": ""})))
    till.tell(body={"a": "x" * room})
    till.tell(body=nested(7))
    till.tell(body={"\\u0000": "\\\\u0000"})
    till.tell(body={"a": -(2**53) + 1, "b": 2**53 - 1})
    assert len(till.links[0].line) == 64 * 1024
    assert office.intake.take(till.save(tmp_path)).unknown == 4


GOOD = canonical(tree()) + b"\n"
LIES: list[dict[str, Any]] = [
    {"schema": 0},
    {"schema": 2},
    {"schema": "1"},
    {"count": 2},
    {"count": 0},
    {"first": 0},
    {"first": 2},
    {"last": 2, "count": 2},
    {"last": 2**53 - 1, "count": 2**53 - 1},
    {"epoch": 2**31},
    {"epoch": -1},
    {"epoch": 1.0},
    {"till": "ctw1"},
    {"till": "CTW1\0"},
    {"till": "\x1b[2J"},
    {"till": "../CTW1"},
    {"till": "C" * 1000},
    {"packing": "gzip"},
    {"packed": 0},
    {"packed": 2**53 - 1},
    {"raw": 0},
    {"raw": len(GOOD) + 1},
    {"raw": 2**53 - 1},
    {"raw": MOST_RAW + 1},
    {"prev": "0" * 63},
    {"prev": "0" * 64 + "\n"},
    {"prev": "1" * 64},
    {"hash": "1" * 64},
    {"hash": "G" * 64},
    {"packed_sha256": "0" * 64},
    {"more": 1},
]


def test_a_header_that_lies_is_refused(office: Office, office_url: str, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    with nothing_changes(office_url):
        for lie in LIES:
            refusal(office.intake, tmp_path / "lie.tofan", forged(till, GOOD, lies=lie))
        for header in (b"", b"{}", b"[" * 2048, b"\xff" * 9, b'{"schema":1}', b'{"schema":' * 200):
            refusal(office.intake, tmp_path / "lie.tofan", signed(header, till.key, GOOD))
        honest = forged(till, GOOD)
        start = len(MAGIC) + 2
        end = start + int.from_bytes(honest[len(MAGIC) : start], "big")
        spaced = honest[start:end].replace(b":", b": ")
        refusal(office.intake, tmp_path / "lie.tofan", signed(spaced, till.key, GOOD))
        refusal(office.intake, tmp_path / "lie.tofan", honest[: len(MAGIC)] + b"\xff\xff" + honest)
    assert office.intake.take(till_file(tmp_path, honest)).added == 1


def till_file(folder: Path, content: bytes) -> Path:
    path = folder / "honest.tofan"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("version", [0, 2, 99])
def test_another_schema_of_files_is_named(office: Office, tmp_path: Path, version: int) -> None:
    till = Till().enrolled(office.store)
    path = till_file(tmp_path, forged(till, GOOD, lies={"schema": version}))
    problem = office.intake.take(path).problem
    assert isinstance(problem, Refusal)
    assert (problem.why, problem.facts) == (Why.VERSION_UNKNOWN, {"version": version})


def test_too_many_lines_are_refused_before_they_are_read(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    till = Till().enrolled(office.store)
    raw = b"".join(b"%d\n" % n for n in range(MOST_LINES + 1))
    with nothing_changes(office_url):
        for packing in ("zstd", "none"):
            content = forged(till, raw, packing=packing)
            reason = refusal(office.intake, tmp_path / "many.tofan", content)
            assert reason is Why.UNPACKS_TOO_LARGE


BOMBS: dict[str, tuple[bytes, dict[str, int]]] = {
    "more than fifty times": (
        frame(claims=MEBI, window=20, blocks=[block(b"0", times=2**17)] * 8),
        {"raw": MEBI},
    ),
    "a size that lies low": (
        frame(
            claims=400,
            window=20,
            blocks=[block(b"0", times=2**17, last=False)] * 400 + [block(b"0", times=2**17)],
        ),
        {"raw": 400},
    ),
    "a size that lies high": (
        frame(claims=64 * MEBI, window=20, blocks=[block(b"\n")]),
        {"raw": 400},
    ),
    "a header that lies low": (
        frame(claims=2**17, window=20, blocks=[block(b"0", times=2**17), b" " * 3000]),
        {"raw": 400},
    ),
    "a window of a gibibyte": (
        frame(claims=len(GOOD), window=30, blocks=[block(GOOD)]),
        {"raw": len(GOOD)},
    ),
    "a window beyond all": (
        frame(claims=len(GOOD), window=41, blocks=[block(GOOD)]),
        {"raw": len(GOOD)},
    ),
    "two frames": (
        frame(claims=len(GOOD), window=20, blocks=[block(GOOD)]) * 2,
        {"raw": 2 * len(GOOD)},
    ),
    "a frame and what may be skipped": (
        frame(claims=len(GOOD), window=20, blocks=[block(GOOD)])
        + b"\x50\x2a\x4d\x18\x04\0\0\0skip",
        {"raw": len(GOOD)},
    ),
    "only what may be skipped": (b"\x50\x2a\x4d\x18\x04\0\0\0skip", {"raw": 4}),
    "no frame": (b"not packed at all", {"raw": 17}),
    "nothing": (b"", {"raw": 0}),
    "no end": (
        frame(claims=len(GOOD), window=20, blocks=[block(GOOD, last=False)]),
        {"raw": len(GOOD)},
    ),
}


def test_a_bomb_is_refused_and_costs_nothing(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    resource = pytest.importorskip("resource", reason="only POSIX tells how much memory was used")
    till = Till().enrolled(office.store)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with nothing_changes(office_url):
        for packed, lies in BOMBS.values():
            content = forged(till, GOOD, packed=packed, lies=lies)
            refusal(office.intake, tmp_path / "bomb.tofan", content)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 100 * 1024, "KiB"


def test_a_hand_made_frame_that_keeps_the_limits_is_taken(office: Office, tmp_path: Path) -> None:
    """So that what the bombs above are refused for is their lie, and not how they were made."""
    till = Till().enrolled(office.store)
    packed = frame(claims=len(GOOD), window=20, blocks=[block(GOOD)])
    path = till_file(tmp_path, forged(till, GOOD, packed=packed))
    assert office.intake.take(path).added == 1


def test_a_strangers_bomb_is_not_even_unpacked(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    packed = frame(claims=MEBI, window=20, blocks=[block(b"0", times=2**17)] * 8 + [b" " * MEBI])
    content = forged(till, GOOD, packed=packed, lies={"raw": MEBI}, key=key_of("stranger"))
    assert refusal(office.intake, tmp_path / "bomb.tofan", content) is Why.KEY_DIFFERS


def test_a_chain_that_does_not_hold_is_refused(
    office: Office, office_url: str, small: Till, tmp_path: Path
) -> None:
    lines = [link.line for link in small.links]
    swapped = b"".join(line + b"\n" for line in reversed(lines))
    hashes = small.head.hash.hex()
    with nothing_changes(office_url):
        content = forged(small, swapped, lies={"hash": hashes})
        assert refusal(office.intake, tmp_path / "chain.tofan", content) is Why.CHAIN_BROKEN
        content = forged(small, lines[1] + b"\n", lies={"hash": sha256(b"").hexdigest()})
        refusal(office.intake, tmp_path / "chain.tofan", content)
