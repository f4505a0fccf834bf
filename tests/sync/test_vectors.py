"""What the documents say of the bytes is what the program makes, and a stranger can read them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.counter.tills import make_till, opened, ring
from tests.sync.vectors import FILE, TILL, links, vectors
from tofan_pos.sync.sealed import unseal

DOCS = FILE.parent
READER = DOCS / "read_sync_file.py"


def told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def stranger(file: Path, *keys: bytes) -> subprocess.CompletedProcess[str]:
    """Run the reader of the documents, in a folder where nothing of ours can be imported."""
    return subprocess.run(
        (sys.executable, "-I", READER, file, *(key.hex() for key in keys)),
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=file.parent,
        env={"PYTHONIOENCODING": "utf-8"},
    )


def test_the_vectors_are_what_is_made_today() -> None:
    before, now = told(), vectors()
    # How tightly it is packed may differ by the packer's version; what is in it may not.
    files = before.pop("sync_file"), now.pop("sync_file")
    assert before == now
    for content in files:
        sealed = unseal(bytes.fromhex(content))
        assert sealed.links() == links()
        assert sealed.public_key == TILL.public


def test_the_worked_example_is_the_vectors_own() -> None:
    text = (DOCS / "sync-format.md").read_text("utf-8")
    found = told()
    for part in (*(one["hash"] for one in found["entries"]), found["keys"]["till"]["fingerprint"]):
        assert part in text
    assert f"```json\n{found['entries'][1]['line']}\n```" in text


def test_a_stranger_reads_the_vectors_file(tmp_path: Path) -> None:
    file = tmp_path / "run.tofan"
    file.write_bytes(bytes.fromhex(told()["sync_file"]))
    read = stranger(file, TILL.public)
    assert read.returncode == 0, read.stderr
    assert [json.loads(line) for line in read.stdout.splitlines()] == [
        json.loads(link.line) for link in links()
    ]


def test_a_stranger_reads_what_a_real_till_writes(tmp_path: Path) -> None:
    make_till(tmp_path / "till")
    with opened(tmp_path / "till") as desk:
        for _ in range(20):
            ring(desk, "TF-SCARF", "TF-HONEY")
        (file,) = desk.outbox.export(tmp_path / "stick").files
        entries = [row.line for row in desk.store.entries()][:-1]
        key = desk.identity.public_key
    read = stranger(file, key)
    assert read.returncode == 0, read.stderr
    assert [json.loads(line) for line in read.stdout.splitlines()] == list(map(json.loads, entries))
    assert stranger(file, bytes(32)).stderr == "refused: signed by a stranger\n"


@pytest.mark.parametrize("place", range(0, 900, 37))
def test_a_stranger_refuses_what_was_changed(tmp_path: Path, place: int) -> None:
    content = bytearray(bytes.fromhex(told()["sync_file"]))
    content[place % len(content)] ^= 0x10
    file = tmp_path / "changed.tofan"
    file.write_bytes(content)
    read = stranger(file, TILL.public)
    assert (read.returncode, read.stdout) == (1, "")
    assert read.stderr.startswith("refused: ")


def test_the_reader_is_short_and_takes_nothing_of_ours() -> None:
    text = READER.read_text("utf-8")
    assert len(text.splitlines()) <= 60
    assert "tofan_pos" not in text
