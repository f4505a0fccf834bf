"""The server under the receiver: sockets, TLS, patience with the slow, and an orderly end."""

import asyncio
import signal
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.office.limits import neighbourhood


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the server waits, in seconds, and how many it serves at once."""

    head: float = 15
    """From a connection's beginning, or the answer before, to the next request's head, whole."""
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
        config = uvicorn.Config(
            app,
            host=place.host,
            port=place.port,
            loop="asyncio",
            http=type("Patient", (_Patient,), {"patience": patience}),
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
        self._place, self._server = place, _Server(config, ready)

    def run(self) -> None:
        """Serve until SIGTERM, Ctrl-C or `stop`.

        Raises `Refusal(SERVER_ADDRESS)` for a place nobody can listen at.
        """
        try:
            asyncio.run(self._server.serve())
        except SystemExit as error:
            # Raised by uvicorn, which has logged why, where it cannot listen.
            where = f"{self._place.host}:{self._place.port}"
            raise Refusal(Why.SERVER_ADDRESS, text=where) from error

    def stop(self) -> None:
        """Tell it, from any thread, to end what runs and take nothing more."""
        self._server.should_exit = True


class _Server(uvicorn.Server):
    """Tells when it is ready, and returns when it was told to end, as any function does."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        self._ready(f"{'https' if self.config.is_ssl else 'http'}://{shown}:{port}")

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
    _idle: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.patience.connections or self._hoards():
            transport.abort()
        else:
            self._wait()

    def _hoards(self) -> bool:
        """Tell whether this address has more than its share, and would keep others out."""
        here = _home(self)
        return sum(_home(one) == here for one in self.connections) > self.patience.each

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


def _home(protocol: Any) -> str:
    """Return what the address at a connection's other end counts as."""
    return neighbourhood(protocol.client[0]) if protocol.client else ""


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
