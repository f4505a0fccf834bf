"""A printer on a socket of its own, with the faults that printers have."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum

READY = bytes((0b0001_0010, 0b0001_0010))
OUT_OF_PAPER = bytes((0b0011_0010, 0b0111_0010))
COVER_OPEN = bytes((0b0001_0110, 0b0001_0010))
_QUESTION = b"\x10\x04\x02\x10\x04\x04"


class Mood(Enum):
    """How the printer takes the next connection."""

    WELL = "well"
    OUT_OF_PAPER = "out of paper"
    COVER_OPEN = "cover open"
    HANGS_UP = "hangs up before a byte"
    UNPLUGGED = "unplugged midway"


@dataclass
class Emulator:
    """Listens on a port of this machine; keeps what was printed whole."""

    server: socket.socket
    mood: Mood = Mood.WELL
    torn: int = 0
    _whole: list[bytes] = field(default_factory=list)
    _busy: threading.Lock = field(default_factory=threading.Lock)

    @property
    def printed(self) -> list[bytes]:
        """What was printed whole; where somebody has sent, once that has come in."""
        with self._busy:
            return list(self._whole)

    @property
    def address(self) -> str:
        """Its address as a till's setting."""
        host, port = self.server.getsockname()
        return f"tcp:{host}:{port}"

    def serve(self) -> None:
        """Take one connection after another until the server's socket is shut."""
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            # It answers before it takes a paper: whoever has sent one has found it busy.
            with self._busy, connection:
                connection.settimeout(5)
                try:
                    self._take(connection)
                except OSError:
                    self.torn += 1

    def _take(self, connection: socket.socket) -> None:
        if self.mood is Mood.HANGS_UP:
            self.torn += 1
            return
        asked = b""
        while len(asked) < len(_QUESTION):
            asked += connection.recv(len(_QUESTION) - len(asked))
        assert asked == _QUESTION
        answer = {Mood.OUT_OF_PAPER: OUT_OF_PAPER, Mood.COVER_OPEN: COVER_OPEN}
        connection.sendall(answer.get(self.mood, READY))
        paper = b""
        while got := connection.recv(512):
            paper += got
            if self.mood is Mood.UNPLUGGED:
                # Closing over what is unread sends a reset, as pulling the plug would.
                self.torn += 1
                return
        if paper:
            self._whole.append(paper)


@contextmanager
def listening() -> Iterator[Emulator]:
    """Run a printer until the block ends."""
    server = socket.create_server(("127.0.0.1", 0))
    printer = Emulator(server)
    thread = threading.Thread(target=printer.serve)
    thread.start()
    try:
        yield printer
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()
