"""A till's line to somebody on loopback, and what comes of what is said on it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.net.answering import PATIENCE, Server, Talk
from tofan_pos import resources
from tofan_pos.domain.errors import Ailment, Refusal, Trouble
from tofan_pos.sentences import sentence
from tofan_pos.sync.address import Patience
from tofan_pos.sync.contact import AcknowledgementBody, Standing, write_acknowledgement
from tofan_pos.sync.https import Line
from tofan_pos.sync.keys import SigningKey

HURRY = Patience(connect=5, read=0.3, total=0.9, slowest=10**9)
"""What a test waits for on purpose it waits for this long."""

UNHURRIED = Patience(connect=PATIENCE, read=PATIENCE, total=PATIENCE)
OFFICE = SigningKey(bytes(range(32)))
ACK = write_acknowledgement(
    AcknowledgementBody(
        at="2026-11-22T03:04:05Z",
        catalogue=0,
        epoch=1,
        hash="0" * 64,
        head=0,
        serial=1,
        till="CTW1",
        standing=Standing.TRUSTED,
    ),
    OFFICE,
)
PAGE = b"<html><title>Mall WiFi</title>Please sign in.</html>"
TAG = "ab" * 32


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def line_to(
    server: Server | str, *, ca: Path | None = None, patience: Patience = UNHURRIED
) -> Iterator[Line]:
    address = server if isinstance(server, str) else server.address
    made = Line(address, program="1", clock=now, ca_file=ca, patience=patience)
    with closing(made):
        yield made


def problem_of(
    talk: Talk, *, patience: Patience = UNHURRIED, content: bytes = b"x"
) -> Trouble | Refusal:
    """Return what comes of sending something to a server that talks like that."""
    with Server(talk) as server, line_to(server, patience=patience) as line:
        return problem(line, content)


def problem(line: Line, content: bytes = b"x") -> Trouble | Refusal:
    with pytest.raises((Trouble, Refusal)) as raised:
        line.send(content)
    found = raised.value
    assert isinstance(found, Trouble | Refusal)
    for language in ("th", "en"):
        said = sentence(found, resources.words(language))
        assert said
        assert "{" not in said
    return found


def ailment(found: Trouble | Refusal) -> Ailment:
    assert isinstance(found, Trouble), found
    return found.ailment
