"""A forged till's letters, for tests that need no whole counter."""

from tests.office.forge import AT, Till
from tofan_pos.sync.contact import HelloBody, write_hello
from tofan_pos.sync.enrolment import write_request

NONCE = "0123456789abcdef" * 2


def hello_of(till: Till, *, nonce: str = NONCE, catalogue: int = 0) -> bytes:
    """Return the till's hello."""
    body = HelloBody(
        at=AT,
        catalogue=catalogue,
        epoch=till.epoch,
        hash=till.head.hash.hex(),
        head=till.head.seq,
        nonce=nonce,
        program="1.0",
        till=till.code,
    )
    return write_hello(body, till.key)


def request_of(till: Till) -> bytes:
    """Return the till's wish to be enrolled."""
    return write_request(till.request(), till.key)
