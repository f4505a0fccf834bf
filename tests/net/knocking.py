"""Knocks at a receiver's door over plain sockets, with any bytes and from any of our addresses."""

import re
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.net.answering import PATIENCE

HELLO_HEAD = b"POST /v1/hello HTTP/1.1\r\nhost: a\r\ncontent-length: %d\r\n\r\n"
FILE_HEAD = b"POST /v1/runs HTTP/1.1\r\nhost: a\r\ncontent-length: %d\r\n\r\n"
METERS = b"GET /metrics HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"

several_addresses = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere 127.0.0.2 is nobody"
)


@contextmanager
def connected(port: int, address: str = "127.0.0.1") -> Iterator[socket.socket]:
    """Connect from one of this computer's own addresses, each of which is somebody else."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE, (address, 0)) as peer:
        yield peer


def status_of(peer: socket.socket) -> int:
    """Read an answer's status, and its head to the end."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = peer.recv(1)
        assert piece, head
        head += piece
    assert b"\r\ntofan: 1\r\n" in head
    return int(head.split(b" ")[1])


def begin_hello(peer: socket.socket, letter: bytes) -> None:
    """Ask so far that the receiver waits for the letter itself, which it says."""
    head = HELLO_HEAD[:-2] + b"expect: 100-continue\r\n\r\n"
    peer.sendall(head % len(letter))
    said = b""
    while not said.endswith(b"\r\n\r\n"):
        piece = peer.recv(1)
        assert piece, said
        said += piece
    assert said.startswith(b"HTTP/1.1 100 ")


def until_held(port: int, bodies: int) -> None:
    """Ask the meters until so many files have come as far as they are to."""
    until_metered(port, "tofan_bodies", bodies)


def until_metered(port: int, meter: str, value: float) -> None:
    """Ask a meter until it tells a number."""
    deadline = time.monotonic() + PATIENCE
    while _metered(port, meter) != value:
        assert time.monotonic() < deadline


def _metered(port: int, meter: str) -> float:
    # From an address of its own: it takes no place from whoever is watched.
    source = "127.0.0.99" if sys.platform == "linux" else "127.0.0.1"
    with connected(port, source) as peer:
        peer.sendall(METERS)
        said = b""
        while piece := peer.recv(65536):
            said += piece
    found = re.search(rb"^%s (\S+)$" % meter.encode(), said, re.MULTILINE)
    assert found, said
    return float(found[1])
