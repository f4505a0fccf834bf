"""A forged till's letters, for tests that need no whole counter."""

from tests.office.forge import Till
from tofan_pos.sync.enrolment import write_request

NONCE = "0123456789abcdef" * 2
FRONT = 2048
"""More than the front of any of our files, less than any of them that is padded."""


def hello_of(till: Till, *, catalogue: int = 0) -> bytes:
    """Return the till's hello."""
    return till.hello(nonce=NONCE, catalogue=catalogue)


def request_of(till: Till) -> bytes:
    """Return the till's wish to be enrolled."""
    return write_request(till.request(), till.key)


def padded(content: bytes) -> list[bytes]:
    """Return a file's bytes as a front, and pieces that nobody should ask for."""
    return [content[:FRONT], *(b"x" * 1024 for _ in range(50))]
