"""A server on loopback that answers with any bytes at all, as only a broken one would."""

import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self

from tests.net.certificates import Certified

PATIENCE = 20.0
"""Seconds after which a test's own sockets give up, so that a fault of it never hangs."""

Talk = Callable[[socket.socket, bytes], None]
"""Answers a request (all of it, as bytes) on a connection."""


def says(content: bytes) -> Talk:
    """Return a talk that sends some bytes and hangs up."""

    def talk(peer: socket.socket, _: bytes) -> None:
        peer.sendall(content)

    return talk


def http(
    status: str,
    body: bytes = b"",
    *,
    marked: bool = True,
    length: int | None = None,
    **named: object,
) -> bytes:
    """Return an HTTP answer's bytes; `retry_after="3"` becomes a header."""
    headers = {"content-length": str(len(body) if length is None else length)}
    headers |= {name.replace("_", "-"): str(value) for name, value in named.items()}
    if marked:
        headers["tofan"] = "1"
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Doorway:
    """Listens on loopback while it is open; on leaving, it hangs up on all and waits for its own.

    What was begun for whoever came is over once the sockets in `ends` are shut down.
    """

    def __enter__(self) -> Self:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self.closing = threading.Event()
        self.ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.begin(self._open)
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._threads[0].join(PATIENCE)
        for end in self.ends:
            with suppress(OSError):
                # Not the shutdown of TLS, which another thread may be in the middle of.
                socket.socket.shutdown(end, socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)
        for end in self.ends:
            end.close()

    def begin(self, work: Callable[..., None], *about: Any) -> None:
        """Have something done on a thread of its own."""
        self._threads.append(threading.Thread(target=work, args=about, daemon=True))
        self._threads[-1].start()

    def meet(self, guest: socket.socket) -> None:
        """Begin what is to be done with a connection."""
        raise NotImplementedError

    def _open(self) -> None:
        while not self.closing.is_set():
            try:
                guest, _ = self._door.accept()
            except OSError:
                return
            self.meet(guest)


@dataclass
class Server(Doorway):
    """Answers each connection's first request; `heard` is what it was sent, decrypted."""

    talk: Talk
    certified: Certified | None = None
    hasty: bool = False
    """Whether it answers whatever comes first, and does not wait for a whole request."""
    heard: list[bytes] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._context = None
        if self.certified:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(self.certified.certificate, self.certified.key)
        return super().__enter__()

    @property
    def address(self) -> str:
        """Where it is."""
        return f"{'https' if self.certified else 'http'}://127.0.0.1:{self.port}"

    def meet(self, guest: socket.socket) -> None:
        self.begin(self._serve, guest)

    def _serve(self, peer: socket.socket) -> None:
        peer.settimeout(PATIENCE)
        try:
            if self._context:
                peer = self._context.wrap_socket(peer, server_side=True)
            self.ends.append(peer)
            request = peer.recv(65536) if self.hasty else whole_request(peer)
            if request:
                self.heard.append(request)
                self.talk(peer, request)
        except OSError:
            pass  # whoever asked went away, which is often the point
        finally:
            peer.close()


def whole_request(peer: socket.socket) -> bytes:
    """Read a request with its body; less where the peer sends no more."""
    content = b""
    while b"\r\n\r\n" not in content:
        piece = peer.recv(65536)
        if not piece:
            return content
        content += piece
    head, _, body = content.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    lengths = [line for line in lines if line.startswith(b"content-length:")]
    length = int(lengths[0].split(b":")[1]) if lengths else 0
    while len(body) < length:
        piece = peer.recv(65536)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body


@contextmanager
def nobody() -> Iterator[int]:
    """Yield a port at which nobody listens, and nobody will."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def is_closed(peer: socket.socket) -> bool:
    """Wait until the other side hangs up; False where it has not within the patience."""
    while select.select([peer], [], [], PATIENCE)[0]:
        try:
            if not peer.recv(65536):
                return True
        except ConnectionError:
            return True
    return False
