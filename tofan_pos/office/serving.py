"""The server under the receiver: sockets, TLS, patience with the slow, and an orderly end."""

import asyncio
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.office.lobby import BACKLOG, Claim, Guest, Lobby, Peer, doors

if sys.platform != "win32":
    import resource

FILES = 4096
"""Room for all connections, those that are just ending, and the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the server waits, in seconds, and how many it serves at once."""

    handshake: float = 5
    """For TLS, from a connection's beginning; and for its end."""
    head: float = 15
    """From then, or the answer before, to the next request's head, whole."""
    reader: float = 30
    """How long an answer may lie unread."""
    end: int = 60
    """How long requests that run may go on after the server was told to end."""
    connections: int = 512
    each: int = 64
    """How many of them one address may have, where no proxy speaks for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to listen, and how private it is. Port 0 takes any that is free."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    proxies: tuple[str, ...] = ()
    """The addresses of proxies whose word on who asks is believed."""


class Serving:
    """A server over an app, until it is told to end; what runs then is ended first."""

    def __init__(
        self,
        app: ASGIApp,
        place: Place,
        *,
        ready: Callable[[str], None],
        patience: Patience | None = None,
    ) -> None:
        """Make ready; `ready` is told the address as soon as it answers.

        Raises `Trouble(FILE_UNREADABLE)` for a certificate that does not do.
        """
        patience = patience or Patience()
        if place.proxies:
            patience = replace(patience, each=patience.connections)
        self._lobby = Lobby(most=patience.connections, each=patience.each)
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http=type("Patient", (_Patient,), {"patience": patience, "lobby": self._lobby}),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(place.proxies),
            forwarded_allow_ips=list(place.proxies),
            # One more than ours, which then comes first.
            timeout_keep_alive=int(patience.head) + 1,
            timeout_graceful_shutdown=patience.end,
            h11_max_incomplete_event_size=16 * 1024,
            ssl_certfile=place.certificate,
            ssl_keyfile=place.key,
        )
        try:
            config.load()
        except (OSError, ssl.SSLError) as error:
            raise Trouble(Ailment.FILE_UNREADABLE, path=str(place.certificate)) from error
        self._place, self._server = place, _Server(config, ready, patience)

    def run(self) -> None:
        """Serve until SIGTERM, Ctrl-C or `stop`.

        Raises `Refusal(SERVER_ADDRESS)` for a place nobody can listen at.
        """
        place = self._place
        _want_files(FILES)
        try:
            listening = doors(place.host, place.port, self._lobby)
        except OSError as error:
            where = f"{place.host}:{place.port}"
            raise Refusal(Why.SERVER_ADDRESS, text=where) from error
        asyncio.run(self._server.serve(sockets=list(listening)))

    def stop(self) -> None:
        """Tell it, from any thread, to end what runs and take nothing more."""
        self._server.should_exit = True


class _Server(uvicorn.Server):
    """Tells when it is ready, and returns when it was told to end, as any function does."""

    def __init__(
        self, config: uvicorn.Config, ready: Callable[[str], None], patience: Patience
    ) -> None:
        super().__init__(config)
        self._ready, self._patience = ready, patience

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept; uvicorn's own would wait a minute for each one's handshake."""
        hurry = self._patience.handshake if self.config.is_ssl else None
        loop = asyncio.get_running_loop()
        self.servers = [
            await loop.create_server(
                self._protocol,
                sock=one,
                ssl=self.config.ssl,
                backlog=BACKLOG,
                ssl_handshake_timeout=hurry,
                ssl_shutdown_timeout=hurry,
            )
            for one in sockets or ()
        ]
        self.started = True
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        self._ready(f"{'https' if self.config.is_ssl else 'http'}://{shown}:{port}")

    def _protocol(self) -> "_Patient":
        made: _Patient = self.config.http_protocol_class(  # type: ignore[call-arg, assignment]
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return made

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        ends = (signal.SIGINT, signal.SIGTERM)
        before = {one: signal.signal(one, self.handle_exit) for one in ends}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


class _Patient(H11Protocol):
    """uvicorn's protocol, with the patience it lacks.

    It would wait for ever for a request's head, for the rest of a body that was answered already,
    and for whoever does not read an answer.
    """

    patience: ClassVar[Patience]
    lobby: ClassVar[Lobby]
    _idle: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        guest = self._guest(transport.get_extra_info("socket"))
        if guest is None or guest.shown_out:
            transport.abort()
            return
        guest.claim = self._claim
        self._wait()

    def _guest(self, peer: Peer) -> Guest | None:
        """Return who this is to the lobby."""
        found = self.lobby.guest(peer)
        # Not every system accepts through our door: on some they are first seen here.
        if found is None and self.lobby.enter(peer, self.client[0] if self.client else ""):
            found = self.lobby.guest(peer)
        return found

    def _claim(self) -> Claim:
        if self.cycle is None:
            return Claim.SILENT
        unread = self.transport.get_write_buffer_size()
        return Claim.SERVED if unread or not self.cycle.response_complete else Claim.IDLE

    def connection_lost(self, exc: Exception | None) -> None:
        _stop(self._idle)
        _stop(self._unread)
        super().connection_lost(exc)

    def handle_events(self) -> None:
        super().handle_events()
        if self.cycle is not None and not self.cycle.response_complete:
            _stop(self._idle)

    def on_response_complete(self) -> None:
        _stop(self._idle)
        self._wait()
        super().on_response_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(self.patience.reader, self.transport.abort)

    def resume_writing(self) -> None:
        _stop(self._unread)
        super().resume_writing()

    def _wait(self) -> None:
        self._idle = self.loop.call_later(self.patience.head, self.transport.abort)


def _want_files(most: int) -> None:
    """Let this program have so many files open, where it may: many systems begin with few."""
    if sys.platform != "win32":
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        if soft != resource.RLIM_INFINITY and soft < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
