"""Who may come in, and how much of the receiver they may have: rooms, shares and what is known.

Whatever a till sends is its own proof, and may be sent by anybody who found it: so what a key may
have and what an address may have are counted apart.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass

import anyio
from starlette.requests import Request

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.bodies import Busy, Coming, Dawdled, Slots
from tofan_pos.office.enrolment import MOST_SENT, PENDING
from tofan_pos.office.limits import Askers, Buckets, Limits, Memory, Seconds, neighbourhood
from tofan_pos.sync.envelope import Front
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.sealed import Header, header_of

Knows = Callable[[bytes], Awaitable[bool]]
"""Tells whether any till was ever enrolled under a key."""


@dataclass(frozen=True, slots=True, eq=False)
class _Sending:
    """A file that is being read, and the room it has."""

    room: ExitStack
    reading: anyio.CancelScope

    def give_up(self) -> None:
        """Read no more of it, and give its room back at once."""
        self.reading.cancel()
        self.room.close()


class Admission:
    """What one receiver has given to whom; all of it is on one thread."""

    def __init__(self, limits: Limits, knows: Knows, now: Seconds) -> None:
        self.memory = Memory(limits.remembered, now)
        self.bodies, self.letters = Slots(limits.bodies), Slots(limits.letters)
        self._limits, self._knows = limits, knows
        self._requests = Buckets(limits.requests, now)
        self._content = Buckets(limits.content, now)
        self._addresses = Buckets(limits.strangers, now)
        self._sending: dict[tuple[str, bytes], _Sending] = {}
        self._askers = Askers(limits.asking, PENDING.total_seconds(), now)

    # --- room -----------------------------------------------------------------------------------

    def letter(self, request: Request) -> AbstractContextManager[None]:
        """Give the room of a letter, for which nobody need show a key. Raises `Busy`."""
        share = _home(request), self._limits.letters_of_address
        return self.letters.one(self._limits.busy, share)

    @contextmanager
    def body(self, request: Request, key: bytes) -> Iterator[ExitStack]:
        """Give the room of a file, which is given back at the latest here. Raises `Busy`.

        A till has room left where somebody elsewhere sends what is its own, and others have some
        where a whole bag of sticks is lost. Whoever sends anew from the same place has given up
        what they were sending.
        """
        limits, sender = self._limits, self._sender(request, key)
        if earlier := self._sending.pop(sender, None):
            earlier.give_up()
        with ExitStack() as room:
            shares = (key, limits.of_key), (sender[0], limits.of_address)
            room.enter_context(self.bodies.one(limits.busy, *shares))
            yield room

    # --- shares ---------------------------------------------------------------------------------

    def count(self, key: bytes) -> None:
        """Count a request against its till, whose key is known and has signed it. Raises `Busy`."""
        _wait(self._requests.take(key))

    def knock(self, request: Request, *, cost: float = 1) -> None:
        """Count what no till of ours sent against its address. Raises `Busy`."""
        _wait(self._addresses.take(_home(request), cost))

    async def is_known(self, key: bytes) -> bool:
        """Tell whether any till was ever enrolled under a key, as it was a moment ago."""
        known = self.memory.recall(key)
        if known is None:
            known = await self._knows(key)
            self.memory.keep(key, known=known)
        return known

    # --- enrolment ------------------------------------------------------------------------------

    def room_to_ask(self, request: Request, key: bytes) -> int:
        """Return how many requests may wait already for a key's to join them; counts as a knock."""
        self.knock(request, cost=2)
        return MOST_SENT if self._askers.let_in(_home(request), key) else 0

    def enrolled(self, request: Request, key: bytes) -> None:
        """Note that a key waits no more, and is known."""
        self._askers.forget(_home(request), key)
        self.memory.forget(key)

    # --- sync files -----------------------------------------------------------------------------

    async def front(self, request: Request, front: Front) -> Header:
        """Let a sync file in by its front, and return what that says, which its till has signed.

        Raises `Busy`, `Refusal(NOT_ENROLLED)`, and as `header_of`.
        """
        key = front.public_key
        if not await self.is_known(key):
            self.knock(request)
            raise Refusal(Why.NOT_ENROLLED, fingerprint=fingerprint(key))
        try:
            header = header_of(front)
        except Refusal:
            self.knock(request)
            raise
        _wait(self._requests.take((_home(request), key)))
        return header

    async def whole(
        self, request: Request, coming: Coming, front: Front, header: Header, *, room: ExitStack
    ) -> bytes:
        """Read the rest of a file, which its till answers for once it is whole and true.

        Until then it may be anybody's who found its beginning: that comes out of what the address
        may send, and nothing of it out of the till's own. Raises `Busy`, and as `Coming.whole`.
        """
        key, size = front.public_key, front.length + header.packed
        sender = self._sender(request, key)
        _wait(self._requests.wait(key))
        _wait(max(self._content.wait(name, size) for name in (key, sender)))
        with anyio.CancelScope() as scope:
            mine = self._sending[sender] = _Sending(room, scope)
            try:
                content = await coming.whole(front, header)
            finally:
                if self._sending.get(sender) is mine:
                    del self._sending[sender]
                self._content.spend(sender, coming.received)
        if scope.cancelled_caught:
            raise Dawdled
        self._requests.spend(key)
        self._content.spend(key, coming.received)
        return content

    def _sender(self, request: Request, key: bytes) -> tuple[str, bytes]:
        """Return who sends what a key has signed, as far as anybody can tell."""
        return _home(request), key


def address_of(request: Request) -> str:
    """Return the address of whoever asks."""
    return request.client.host if request.client else ""


def _home(request: Request) -> str:
    return neighbourhood(address_of(request))


def _wait(seconds: float) -> None:
    if seconds:
        raise Busy(seconds, much=True)
