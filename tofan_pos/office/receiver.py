"""The receiver: head office's door to the network, an ASGI app over the reception.

Whoever knocks is looked at as cheaply as can be: size, form, key, signature, in this order. What
a till sends is its own proof; TLS only keeps others from reading it. Nothing is told of a sale or
a person, neither in answers nor in logs nor in meters.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple, Unpack

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.office import bodies
from tofan_pos.office.admission import Admission, address_of
from tofan_pos.office.bodies import Busy, Coming, Dawdled
from tofan_pos.office.doorway import Doorway
from tofan_pos.office.limits import Limits, Seconds
from tofan_pos.office.meters import CONTENT_TYPE, Meters
from tofan_pos.office.pulse import Pulse
from tofan_pos.office.ranges import catalogue_answer
from tofan_pos.sync.contact import Hello, Standing, acknowledgement_in, hello_in
from tofan_pos.sync.enrolment import request_in
from tofan_pos.sync.keys import fingerprint

if TYPE_CHECKING:
    from tofan_pos.office.reception import Reception
    from tofan_pos.store.office_published import Publication

LETTER = "application/json"

_STATUS: Mapping[Why, int] = {
    Why.NOT_ENROLLED: 403,
    Why.KEY_DIFFERS: 403,
    Why.KEY_REVOKED: 403,
    Why.ALREADY_ENROLLED: 409,
    Why.FILE_TOO_LARGE: 413,
    Why.UNPACKS_TOO_LARGE: 413,
}
"""What a refusal is in HTTP; every other one is 400."""

_log = logging.getLogger("tofan.receiver")
_T = TypeVar("_T")
_Ts = TypeVarTuple("_Ts")
Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """What the receiver asks of the rest of head office besides its reception.

    `knows` tells whether any till was ever enrolled under a key, by one look into an index;
    `ready` whether the database answers. `now` tells growing seconds, `time` those since 1970.
    `near` tells whether an address may read the meters.
    """

    knows: Callable[[bytes], bool]
    ready: Callable[[], bool]
    now: Seconds
    time: Seconds
    near: Callable[[str], bool]


def receiver(
    reception: "Reception",
    neighbours: Neighbours,
    *,
    limits: Limits | None = None,
    meters: Meters | None = None,
) -> Starlette:
    """Return the app that answers tills under `/v1/`, and `/health` and `/metrics`."""
    meters = meters or Meters()
    door = _Receiver(reception, neighbours, limits or Limits(), meters)
    routes = [
        Route("/v1/hello", door.answering(door.hello), methods=["POST"]),
        Route("/v1/runs", door.answering(door.runs), methods=["POST"]),
        Route("/v1/enrolments", door.answering(door.enrolments), methods=["POST"]),
        Route("/v1/catalogue", door.answering(door.catalogue), methods=["POST"]),
        Route("/health", door.health, methods=["GET"]),
        Route("/metrics", door.metrics, methods=["GET"]),
    ]
    paths = frozenset(route.path for route in routes)
    return Starlette(
        routes=routes,
        middleware=[Middleware(Doorway, meters=meters, paths=paths, now=neighbours.now)],
        exception_handlers={HTTPException: _elsewhere},
    )


class _Receiver:
    """One receiver's state and answers; everything but the database work is on one thread."""

    def __init__(
        self, reception: "Reception", neighbours: Neighbours, limits: Limits, meters: Meters
    ) -> None:
        self._reception = reception
        self._beside = neighbours
        self._limits = limits
        self._meters = meters
        admission = self._admission = Admission(limits, self._knows, neighbours.now)
        meters.bodies.set_function(lambda: admission.bodies.taken)
        meters.letters.set_function(lambda: admission.letters.taken)
        self._pulse = Pulse(neighbours.ready, neighbours.now)
        self._newest: Publication | None = None
        self._workers = CapacityLimiter(limits.threads)
        self._checkers = CapacityLimiter(limits.threads)

    # --- answers --------------------------------------------------------------------------------

    async def hello(self, request: Request) -> Response:
        """Acknowledge how far a till is held, whoever it is."""
        with self._admission.letter(request):
            content, said = await self._hello_of(request)
            if await self._admission.is_known(said.public_key):
                self._admission.count(said.public_key)
            else:
                self._admission.knock(request)
            answer = await self._work(self._reception.hello, content)
            self._note(said, answer)
            return Response(answer, media_type=LETTER)

    async def runs(self, request: Request) -> Response:
        """Take in a sync file, and acknowledge it; one that is held already by its front."""
        with self._admission.letter(request):
            coming = Coming(request, self._limits)
            front = await coming.front()
            header = await self._admission.front(request, front)
            taken = await self._work(self._reception.recognise, header, front.public_key)
        if taken is None:
            # Only a till's file is given the room of one: a stranger's stays a letter's.
            with self._admission.body(request, front.public_key) as room:
                content = await self._admission.whole(request, coming, front, header, room=room)
                taken = await self._work(self._reception.take, content)
        self._meters.took(taken.result)
        if taken.letter is None:
            raise taken.result.problem or Trouble(Ailment.SERVER_REFUSED)
        return Response(taken.letter, media_type=LETTER)

    async def enrolments(self, request: Request) -> Response:
        """Keep a till's wish to be enrolled, or grant it where people have agreed."""
        with self._admission.letter(request):
            content = await bodies.letter(request, self._limits)
            asked = self._checked(request, request_in, content)
            room = self._admission.room_to_ask(request, asked.public_key)
            grant = await self._work(self._reception.ask, content, room)
            if grant is None:
                return JSONResponse({"waits": True, "till": asked.till}, status_code=202)
            self._admission.enrolled(request, asked.public_key)
            return Response(grant, media_type=LETTER)

    async def catalogue(self, request: Request) -> Response:
        """Hand a till the newest catalogue, or what it lacks of it."""
        with self._admission.letter(request):
            content, said = await self._hello_of(request)
            if not await self._admission.is_known(said.public_key):
                self._admission.knock(request)
                raise Refusal(
                    Why.NOT_ENROLLED, till=said.body.till, fingerprint=fingerprint(said.public_key)
                )
            self._admission.count(said.public_key)
        with self._admission.body(request, said.public_key):
            newest = await self._work(self._reception.newest_for, content)
            if newest is None or newest.version <= said.body.catalogue:
                return Response(status_code=204)
            return catalogue_answer(request.headers, self._shared(newest))

    async def health(self, _: Request) -> Response:
        """Tell whether the database answers."""
        ready = await self._pulse.beats(self._limits.stall)
        return JSONResponse({"ready": ready}, status_code=200 if ready else 503)

    async def metrics(self, request: Request) -> Response:
        """Show the meters to whoever is near; to others there is nothing here."""
        told = {"forwarded", "x-forwarded-for"} & set(request.headers)
        if told or not self._beside.near(address_of(request)):
            return JSONResponse({"why": "not_here"}, status_code=404)
        return Response(self._meters.text(), media_type=CONTENT_TYPE)

    # --- what is asked --------------------------------------------------------------------------

    async def _hello_of(self, request: Request) -> tuple[bytes, Hello]:
        content = await bodies.letter(request, self._limits)
        return content, self._checked(request, hello_in, content)

    def _checked(self, request: Request, read: Callable[[bytes], _T], content: bytes) -> _T:
        """Read a letter whose signature holds; a wrong one counts against its address."""
        try:
            return read(content)
        except Refusal:
            self._admission.knock(request)
            raise

    async def _knows(self, key: bytes) -> bool:
        return await to_thread.run_sync(self._beside.knows, key, limiter=self._checkers)

    # --- how it is answered ---------------------------------------------------------------------

    async def _work(self, verb: Callable[[Unpack[_Ts]], _T], *about: *_Ts) -> _T:
        """Do work that waits for the database; once begun it is always ended."""
        return await to_thread.run_sync(verb, *about, limiter=self._workers)

    def _shared(self, newest: "Publication") -> "Publication":
        """Return the catalogue that others are being sent: it is in memory once for all of them."""
        if self._newest is None or self._newest.sha256 != newest.sha256:
            self._newest = newest
        return self._newest

    def _note(self, said: Hello, answer: bytes) -> None:
        """Meter how far a known till is held, and forget that its key was strange a moment ago."""
        told = acknowledgement_in(answer).body
        if told.standing is Standing.TRUSTED:
            self._admission.memory.keep(said.public_key, known=True)
            self._meters.heard.labels(told.till).set(self._beside.time())
            self._meters.behind.labels(told.till).set(max(0, said.body.head - told.head))

    def answering(self, handler: Handler) -> Handler:
        """Answer with a reason, in JSON, where a handler will not or cannot."""

        async def answered(request: Request) -> Response:
            try:
                return await handler(request)
            except Refusal as refusal:
                status = _STATUS.get(refusal.why, 400)
                return self._no(refusal.why.value, status, refusal.facts)
            except Trouble as trouble:
                if trouble.ailment is not Ailment.SERVER_BUSY:
                    # Whoever asks too much is in the meters: a log that they fill helps nobody.
                    _log.warning("%s: %s", request.url.path, trouble.ailment.value)
                return self._no(Ailment.SERVER_BUSY.value, 503, {}, wait=self._limits.busy * 6)
            except Busy as busy:
                status = 429 if busy.much else 503
                return self._no(Ailment.SERVER_BUSY.value, status, {}, wait=busy.seconds)
            except Dawdled:
                return self._no(Ailment.NETWORK_SLOW.value, 408, {})

        return answered

    def _no(
        self, why: str, status: int, facts: Mapping[str, object], *, wait: float = 0
    ) -> Response:
        self._meters.refused.labels(why).inc()
        told = {name: fact for name, fact in facts.items() if isinstance(fact, str | int)}
        headers = {"retry-after": str(ceil(wait))} if wait else {}
        return JSONResponse({"why": why, **told}, status_code=status, headers=headers)


async def _elsewhere(_: Request, error: Exception) -> Response:
    """Answer for paths and methods there are none of."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return JSONResponse({"why": "not_here"}, status_code=status)
