"""Reading what somebody sends, never more of it than is wanted and never longer than is decent."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import anyio
from starlette.requests import ClientDisconnect, Request

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.limits import Limits
from tofan_pos.sync.envelope import Front
from tofan_pos.sync.sealed import LARGEST_FILE, Header, front_of


class Busy(Exception):  # noqa: N818 - no error: somebody is asked to come back
    """Too much is asked at once; in `seconds` it may be asked again. `much` is their own doing."""

    def __init__(self, seconds: float, *, much: bool = False) -> None:
        """Say when to come back."""
        super().__init__(seconds)
        self.seconds = seconds
        self.much = much


class Dawdled(Exception):  # noqa: N818 - as above
    """A body came too slowly."""


_LONGEST_NUMBER = 15
"""No length that anybody could mean has more digits."""

Share = tuple[object, int]
"""Whom something is for, and how many of it they may have at once."""


@dataclass(slots=True)
class Slots:
    """How many of something there may be at once, and whose they are; nobody waits for one."""

    most: int
    taken: int = 0
    _held: Counter[object] = field(default_factory=Counter)

    @contextmanager
    def one(self, seconds: float, *shares: Share) -> Iterator[None]:
        """Hold a slot out of everybody's share. Raises `Busy(seconds)` where none is free."""
        if self.taken >= self.most or any(self._held[whose] >= most for whose, most in shares):
            raise Busy(seconds)
        whose = Counter(whose for whose, _ in shares)
        self.taken += 1
        self._held += whose
        try:
            yield
        finally:
            self.taken -= 1
            # Who holds none is forgotten.
            self._held -= whose


async def letter(request: Request, limits: Limits) -> bytes:
    """Read a letter's body. Raises `Refusal(FILE_TOO_LARGE)`, `Dawdled` or `ClientDisconnect`."""
    _check_declared(request, limits.letter)
    content = bytearray()
    async for piece in _pieces(request, limits):
        content += piece
        if len(content) > limits.letter:
            raise Refusal(Why.FILE_TOO_LARGE, most=limits.letter)
    return bytes(content)


class Coming:
    """A sync file on its way: its front is read first, the rest only where somebody wants it."""

    def __init__(self, request: Request, limits: Limits) -> None:
        """Read nothing yet. Raises `Refusal(FILE_TOO_LARGE)` for what says that it is."""
        _check_declared(request, LARGEST_FILE)
        self._pieces = _pieces(request, limits)
        self._content = bytearray()

    async def front(self) -> Front:
        """Read as far as the front. Raises as `letter` and `front_of` do, and as `whole`."""
        async for piece in self._pieces:
            self._content += piece
            if found := front_of(self._content):
                return found
        raise Refusal(Why.FILE_CUT)

    async def whole(self, front: Front, header: Header) -> bytes:
        """Read on to the end, which is where the front says, as what it says.

        Raises as `letter` does, and `Refusal(FILE_CUT | CONTENT_CHANGED)`.
        """
        length = front.length + header.packed
        digest = sha256(self._content[front.length :])
        self._check(length)
        async for piece in self._pieces:
            self._content += piece
            self._check(length)
            digest.update(piece)
        if self.received < length:
            raise Refusal(Why.FILE_CUT)
        if digest.hexdigest() != header.packed_sha256:
            raise Refusal(Why.CONTENT_CHANGED)
        return bytes(self._content)

    @property
    def received(self) -> int:
        """How many bytes have come."""
        return len(self._content)

    def _check(self, length: int) -> None:
        if self.received > length:
            raise Refusal(Why.CONTENT_CHANGED)


def _check_declared(request: Request, most: int) -> None:
    """Refuse by its declared length what would only be refused after having come."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and (len(declared) > _LONGEST_NUMBER or int(declared) > most):
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
