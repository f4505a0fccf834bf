"""What every answer of the receiver has in common: its mark, its time, and no traceback."""

import logging
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tofan_pos.office.limits import Seconds
from tofan_pos.office.meters import Meters

MARK = (b"tofan", b"1")
"""The header by which a till knows that head office answered, and no Wi-Fi's sign-in page."""

_log = logging.getLogger("tofan.receiver")


@dataclass(frozen=True, slots=True)
class Doorway:
    """ASGI middleware: marks, counts and times every answer; a bug answers 500 and goes on."""

    app: ASGIApp
    meters: Meters
    paths: frozenset[str]
    now: Seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"] if scope["path"] in self.paths else "other"
        begun, status = self.now(), 0

        async def received() -> Message:
            message = await receive()
            self.meters.received.inc(len(message.get("body", b"")))
            return message

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = _marked(message)
            self.meters.sent.inc(len(message.get("body", b"")))
            await send(message)

        app = _two_lengths if _tells_two_lengths(scope) else self.app
        try:
            await app(scope, received, marked)
        except ClientDisconnect:
            status = status or 499
        except Exception as error:  # noqa: BLE001 - a bug of ours must not take the others down
            _log.error("%s: %s", path, _place(error))
            if status:
                raise ConnectionAbortedError from None
            await JSONResponse({"why": "server_failed"}, status_code=500)(scope, receive, marked)
        finally:
            self.meters.requests.labels(path, str(status)).inc()
            self.meters.seconds.labels(path).observe(self.now() - begun)


def _tells_two_lengths(scope: Scope) -> bool:
    """Tell whether a request says in two ways where it ends (RFC 9112, 6.3).

    A proxy in front may have believed the other: what comes behind would be somebody else's words.
    """
    return {b"content-length", b"transfer-encoding"} <= {name for name, _ in scope["headers"]}


_two_lengths = JSONResponse(
    {"why": "two_lengths"}, status_code=400, headers={"connection": "close"}
)


def _marked(message: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    # It comes first, so that an answer that broke off early is still known as ours.
    return {**message, "headers": [MARK, *message.get("headers", ())]}


def _place(error: BaseException) -> str:
    """Name a bug's kind and where it is; what it says could name a person or a secret."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {where}"
