"""Asks the receiver's app as a server does, without one: a scope, pieces in, an answer out."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from starlette.types import ASGIApp, Message

ADDRESS = "192.0.2.7"
"""An address for documentation (RFC 5737): whoever asks, unless a test says otherwise."""


@dataclass
class Answer:
    """What came back, and how many pieces of the body had been asked for by then."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    read: int = 0

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def why(self) -> str:
        """Why not, as the body says."""
        return str(self.json["why"])


def ask(  # noqa: PLR0913 - each is one part of a request
    app: ASGIApp,
    path: str,
    body: bytes | Iterable[bytes] = b"",
    *,
    method: str = "POST",
    headers: Mapping[str, str] = MappingProxyType({}),
    client: str = ADDRESS,
    declared: bool = True,
) -> Answer:
    """Ask, the body in one piece or in several; `declared`: its length is said beforehand."""
    pieces = [body] if isinstance(body, bytes) else list(body)
    told = {name.lower(): value for name, value in headers.items()}
    if declared:
        told.setdefault("content-length", str(sum(map(len, pieces))))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in told.items()],
        "client": (client, 50_000),
        "server": ("office.example", 443),
        "state": {},
    }
    return asyncio.run(_ask(app, scope, pieces))


async def _ask(app: ASGIApp, scope: dict[str, Any], pieces: list[bytes]) -> Answer:
    answer = Answer()
    done = asyncio.Event()

    async def receive() -> Message:
        if answer.read >= len(pieces):
            # Nobody hangs up before the answer is there.
            await done.wait()
            return {"type": "http.disconnect"}
        answer.read += 1
        piece, more = pieces[answer.read - 1], answer.read < len(pieces)
        return {"type": "http.request", "body": piece, "more_body": more}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            named = [(name.decode(), value.decode()) for name, value in message["headers"]]
            answer.headers = dict(named)
        else:
            answer.body += message.get("body", b"")
            if not message.get("more_body", False):
                done.set()

    await app(scope, receive, send)
    return answer
