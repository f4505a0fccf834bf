"""The hash chain: each entry's SHA-256 covers its line and, through the one before, all before."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

GENESIS = bytes(32)
"""What stands before a till's first entry."""

ANCHOR = 8
"""How many characters of an entry's hash a receipt carries."""


@dataclass(frozen=True, slots=True)
class Link:
    """One entry in its place: sequence number, line without its line break, and chained hash."""

    seq: int
    line: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a journal; nought and `GENESIS` before the first."""

    seq: int = 0
    hash: bytes = GENESIS

    def then(self, line: bytes) -> Link:
        """Return the entry that a line makes after this one."""
        return Link(self.seq + 1, line, chained(self.hash, line))


def chained(previous: bytes, line: bytes) -> bytes:
    """Return the hash of a line that follows an entry with the hash `previous`."""
    return sha256(previous + line).digest()


def chain(previous: bytes, lines: Iterable[bytes]) -> list[bytes]:
    """Return the hash of each line in turn, starting after `previous`."""
    hashes = []
    for line in lines:
        previous = sha256(previous + line).digest()
        hashes.append(previous)
    return hashes


def anchor(entry_hash: bytes) -> str:
    """Return the few characters of a hash that stand on paper, outside the till."""
    return entry_hash.hex()[:ANCHOR]
