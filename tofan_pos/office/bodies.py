"""Reading what somebody sends, never more of it than is wanted and never longer than is decent."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import anyio
from starlette.requests import ClientDisconnect, Request

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.limits import Limits
from tofan_pos.sync.envelope import Front
from tofan_pos.sync.sealed import LARGEST_FILE, front_of


class Busy(Exception):  # noqa: N818 - no error: somebody is asked to come back
    """Too much is asked at once; in `seconds` it may be asked again. `much` is their own doing."""

    def __init__(self, seconds: float, *, much: bool = False) -> None:
        """Say when to come back."""
        super().__init__(seconds)
        self.seconds = seconds
        self.much = much


class Dawdled(Exception):  # noqa: N818 - as above
    """A body came too slowly."""


@dataclass(slots=True)
class Slots:
    """How many of something there may be at once; nobody waits for one."""

    most: int
    taken: int = 0

    @contextmanager
    def one(self, seconds: float) -> Iterator[None]:
        """Hold a slot. Raises `Busy(seconds)` where none is free."""
        if self.taken >= self.most:
            raise Busy(seconds)
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1


async def letter(request: Request, limits: Limits) -> bytes:
    """Read a letter's body. Raises `Refusal(FILE_TOO_LARGE)`, `Dawdled` or `ClientDisconnect`."""
    _check_declared(request, limits.letter)
    content = bytearray()
    async for piece in _pieces(request, limits):
        content += piece
        if len(content) > limits.letter:
            raise Refusal(Why.FILE_TOO_LARGE, most=limits.letter)
    return bytes(content)


async def sync_file(
    request: Request, limits: Limits, admit: Callable[[Front], Awaitable[int]]
) -> bytes:
    """Read a sync file's body; `admit` looks at its front before the rest is read.

    It returns how long the whole file is, or raises. Raises as `letter` does, and what
    `front_of` raises; `Refusal(FILE_CUT)` where the body ends too soon.
    """
    _check_declared(request, LARGEST_FILE)
    content = bytearray()
    whole = 0
    async for piece in _pieces(request, limits):
        content += piece
        if not whole and (front := front_of(content)):
            whole = await admit(front)
        if whole and len(content) > whole:
            raise Refusal(Why.CONTENT_CHANGED)
    if not whole or len(content) < whole:
        raise Refusal(Why.FILE_CUT)
    return bytes(content)


def _check_declared(request: Request, most: int) -> None:
    """Refuse by its declared length what would only be refused after having come."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > most:
        raise Refusal(Why.FILE_TOO_LARGE, most=most)


async def _pieces(request: Request, limits: Limits) -> AsyncIterator[bytes]:
    begun, size = anyio.current_time(), 0
    while True:
        left = begun + limits.grace + size / limits.slowest - anyio.current_time()
        try:
            with anyio.fail_after(min(limits.stall, max(0, left))):
                message: Any = await request.receive()
        except TimeoutError as error:
            raise Dawdled from error
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        piece = message.get("body", b"")
        size += len(piece)
        yield piece
        if not message.get("more_body", False):
            return
