"""One exchange over HTTP or HTTPS, and every way in which it can fail, as a `Trouble`.

Hides urllib3 and the sockets under it. No answer is followed anywhere else, none is waited for
longer than was agreed in all, and no connection is used whose certificate does not hold.
"""

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import HTTPError, LocationParseError, ProxySchemeUnknown

from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.sync.address import Address, Patience
from tofan_pos.sync.mishaps import causes_of, is_outdated, trouble_of

NO_CHECK_TIME = 0x200000
"""OpenSSL's flag by which a certificate is checked in all but its dates."""

_PIECE = 64 * 1024


class Outdated(Exception):  # noqa: N818 - a finding, to be looked into
    """A certificate does not hold today by this computer's clock."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer's status and headers (names in lower case); its body is read in pieces."""

    status: int
    headers: Mapping[str, str]
    _response: urllib3.BaseHTTPResponse
    _watch: "_Watch"

    def give(self, seconds: float) -> None:
        """Wait so much longer for the rest of the body, in all."""
        self._watch.give(seconds)

    def pieces(self, most: int) -> Iterator[bytes]:
        """Yield the body as it comes. Raises `Trouble`; `ANSWER_DAMAGED` where it is too long."""
        size = 0
        while True:
            with _troubles(self._watch):
                piece = self._response.read1(_PIECE, decode_content=False)
            if self._watch.late:
                raise Trouble(Ailment.NETWORK_SLOW)
            if not piece:
                return
            size += len(piece)
            if size > most:
                raise Trouble(Ailment.ANSWER_DAMAGED)
            yield piece

    def content(self, most: int) -> bytes:
        """Return the whole body. Raises as `pieces` does."""
        return b"".join(self.pieces(most))


class Wire:
    """One address and the connection to it; one thread exchanges, any may cut it."""

    def __init__(
        self,
        address: Address,
        *,
        patience: Patience,
        trust: ssl.SSLContext,
        proxy: str = "",
    ) -> None:
        """Make ready; nothing is connected before something is sent.

        Raises `Trouble(NETWORK_PROXY)` for a proxy of a kind that cannot be used.
        """
        self._address, self._patience = address, patience
        self._watch = _Watch()
        self._manager = _manager(proxy, trust)
        self._pool = self._manager.connection_from_host(address.host, address.port, address.scheme)
        self._pool.ConnectionCls = _watched(self._pool, self._watch)

    @contextmanager
    def exchange(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Iterator[Reply]:
        """Send a request and yield the reply to it. Raises `Trouble` or `Outdated`."""
        patience = self._patience
        with self._watch.during(patience.total + len(body) / patience.slowest):
            with _troubles(self._watch):
                response = self._pool.urlopen(
                    method,
                    self._address.path + path,
                    body=body,
                    headers=dict(headers or {}),
                    retries=False,
                    redirect=False,
                    timeout=urllib3.Timeout(connect=patience.connect, read=patience.read),
                    preload_content=False,
                    decode_content=False,
                    assert_same_host=False,
                )
            try:
                named = {name.lower(): value for name, value in response.headers.items()}
                yield Reply(response.status, named, response, self._watch)
            finally:
                _give_back(response)

    def cut(self) -> None:
        """Break off what goes on, from another thread; this wire then serves no more."""
        self._watch.end()

    def close(self) -> None:
        """Give the connection back."""
        self._manager.clear()


def _give_back(response: urllib3.BaseHTTPResponse) -> None:
    """Keep the connection for the next request where the answer was read to its end."""
    if response.length_remaining == 0:
        response.release_conn()
    else:
        response.close()


class _Watch:
    """Shuts a request's socket once it has lasted too long in all, however it trickles.

    `late` tells that it was shut, `private` that TLS was agreed on with whom it should be.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer: threading.Timer | None = None
        self._ended = False
        self.late = self.private = False

    @contextmanager
    def during(self, seconds: float) -> Iterator[None]:
        """Watch over one request."""
        with self._lock:
            self.late = self._ended
        self.give(seconds)
        try:
            yield
        finally:
            self._stop()

    def give(self, seconds: float) -> None:
        """Give a request so much time from now on."""
        self._stop()
        self._timer = threading.Timer(seconds, self.cut)
        self._timer.daemon = True
        self._timer.start()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
            self._timer = None

    def over(self, sock: socket.socket) -> None:
        """Watch over a connection's socket, besides what was watched."""
        with self._lock:
            self._sockets = [one for one in self._sockets if one.fileno() >= 0] + [sock]
            if self.late:
                _shut(sock)

    def end(self) -> None:
        """Cut what goes on, and whatever would begin after it."""
        self._ended = True
        self.cut()

    def cut(self) -> None:
        """Shut the sockets, so that whoever waits for them waits no longer."""
        with self._lock:
            self.late = True
            for sock in self._sockets:
                _shut(sock)


def _shut(sock: socket.socket) -> None:
    # It may not be connected any more, or have been given over to TLS.
    with suppress(OSError):
        # The plain one's: TLS's own would take the session away under whoever reads from it.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _watched(pool: HTTPConnectionPool, watch: _Watch) -> type[HTTPConnection]:
    """Return the pool's kind of connection, its sockets shown to a watch."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            sock = super()._new_conn()
            watch.over(sock)
            return sock

    class Private(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            sock = super()._new_conn()
            watch.over(sock)
            return sock

        def connect(self) -> None:
            watch.private = False
            super().connect()
            watch.over(self.sock)
            watch.private = True

    return Private if pool.scheme == "https" else Plain


def trust(ca_file: Path | None, *, dates: bool = True) -> ssl.SSLContext:
    """Return whom to trust: whom the system trusts, and the authorities in a file (PEM) besides.

    To read all that takes a tenth of a second. Without `dates` certificates are checked in all
    but their dates: only to ask the time. Raises `Trouble(FILE_UNREADABLE)`.
    """
    context = ssl.create_default_context()
    if not dates:
        context.verify_flags |= NO_CHECK_TIME
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError) as error:
            raise Trouble(Ailment.FILE_UNREADABLE, path=str(ca_file)) from error
    return context


def _manager(proxy: str, context: ssl.SSLContext) -> urllib3.PoolManager:
    if not proxy:
        return urllib3.PoolManager(num_pools=1, maxsize=1, ssl_context=context)
    try:
        shown = urllib3.util.parse_url(proxy if "://" in proxy else f"http://{proxy}")
        headers = urllib3.make_headers(proxy_basic_auth=shown.auth) if shown.auth else None
        return urllib3.ProxyManager(
            shown._replace(auth=None).url,
            num_pools=1,
            maxsize=1,
            proxy_headers=headers,
            ssl_context=context,
        )
    except (LocationParseError, ProxySchemeUnknown, AttributeError) as error:
        raise Trouble(Ailment.NETWORK_PROXY, detail="?") from error


@contextmanager
def _troubles(watch: _Watch) -> Iterator[None]:
    """Turn what urllib3 and the sockets raise into what people can be told."""
    try:
        yield
    except (HTTPError, HTTPException, OSError) as error:
        causes = causes_of(error)
        if is_outdated(causes):
            raise Outdated from error
        raise trouble_of(causes, late=watch.late, private=watch.private) from error
