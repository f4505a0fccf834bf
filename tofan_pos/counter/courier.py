"""The courier: one contact with head office over the network, from hello to the newest catalogue.

It only carries. What is sent, believed and taken is decided where it always is, so that a stick
and a line come to the same. All of it may be done again at any time: nothing is doubled by it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from tofan_pos.counter.dealings import Dealings, Heard
from tofan_pos.counter.outbox import Outbox
from tofan_pos.counter.parcel import Parcel, parcel_in
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.enrolment import Beginning

if TYPE_CHECKING:
    from tofan_pos.counter.incoming import Incoming
    from tofan_pos.sync.https import Line

MOST_ROUNDS = 3
"""How often one contact says hello: again where something changed what there is to say."""

_NOBODY = frozenset({Standing.UNKNOWN, Standing.TAKEN})


class Step(StrEnum):
    """What a contact is at."""

    GREETING = "greeting"
    ASKING = "asking"
    """To be enrolled."""
    SENDING = "sending"
    """Sync files; told in entries."""
    FETCHING = "fetching"
    """The newest catalogue; told in bytes."""


Told = Callable[[Step, int, int], None]
"""Told what a contact is at, how much of it is done, and of how much; noughts where none knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What came of a contact.

    `standing` is None where the till trusts no head office yet. `grant` is then its answer, for
    people to compare, or empty while it waits for a person there. `catalogue` is the version that
    was fetched, nought if none. `refused` is the first file's refusal, all others were sent.
    """

    standing: Standing | None = None
    files: int = 0
    acked: int = 0
    grant: bytes = b""
    catalogue: int = 0
    began: Beginning | None = None
    refused: Refusal | None = None
    cancelled: bool = False


class _Cancelled(Exception):  # noqa: N818 - no error: somebody wanted it so
    """The contact was broken off between two steps, when it had `reached` so much."""

    def __init__(self, reached: Contact) -> None:
        super().__init__()
        self.reached = reached


class Courier:
    """One till's courier; one contact at a time, on whatever thread."""

    def __init__(  # noqa: PLR0913 - each is one thing it carries between
        self,
        dealings: Dealings,
        outbox: Outbox,
        incoming: "Incoming",
        line: "Line",
        *,
        folder: Path,
        nonce: Callable[[], str],
    ) -> None:
        """Carry between a till, whose folder is `folder`, and a line.

        `nonce` makes 32 random digits of `0-9a-f`, others each time.
        """
        self._dealings, self._outbox, self._incoming = dealings, outbox, incoming
        self._line, self._folder, self._nonce = line, folder, nonce
        self._carried = 0

    def contact(
        self, *, cancelled: Callable[[], bool] = lambda: False, told: Told = lambda *_: None
    ) -> Contact:
        """Make one contact. Raises `Refusal` or `Trouble`; what was acknowledged by then stands.

        `cancelled` is asked between steps. A pause is for whoever begins contacts by themselves:
        here it is not looked at.
        """
        done = Contact()
        try:
            for _ in range(MOST_ROUNDS):
                done, again = self._round(done, _Between(cancelled, told))
                if not again:
                    break
        except _Cancelled as stop:
            return replace(stop.reached, cancelled=True)
        finally:
            self._line.close()
        return done

    def cut(self) -> None:
        """Break off what is being said, from another thread; the contact ends in a `Trouble`."""
        self._line.cut()

    def _round(self, done: Contact, between: "_Between") -> tuple[Contact, bool]:
        """Say hello and do what it asks for; tell whether the till has to say hello again."""
        between(done, Step.GREETING)
        heard = self._hello()
        if heard is None:
            between(done, Step.ASKING)
            grant = self._line.ask_enrolment(self._dealings.request())
            return replace(done, grant=grant or b""), False
        done = replace(
            done, standing=heard.standing, acked=heard.acked, began=done.began or heard.began
        )
        if heard.began is not None:
            return done, True
        if heard.standing is Standing.REVOKED:
            raise Refusal(Why.KEY_REVOKED, till=self._dealings.journal.profile.till)
        done, again = self._send(done, between)
        if heard.standing in _NOBODY and not again:
            between(done, Step.ASKING)
            return done, self._line.ask_enrolment(self._dealings.request()) is not None
        if not again:
            done = self._fetch(done, between)
        return done, again

    def _hello(self) -> Heard | None:
        """Say hello; None where the till trusts no head office yet."""
        nonce = self._nonce()
        answer = self._line.hello(self._dealings.hello(nonce))
        try:
            return self._dealings.take_acknowledgement(answer, nonce)
        except Refusal as refusal:
            if refusal.why is Why.NO_OFFICE_YET:
                return None
            raise

    def _send(self, done: Contact, between: "_Between") -> tuple[Contact, bool]:
        """Send what waits, file by file; tell whether to say hello again.

        A file that is refused does not hold up those behind it. Where the till's key is unknown,
        what an earlier one has sealed may be welcome all the same, and may tell of the new key.
        """
        from tofan_pos.sync.sealed import front_of  # noqa: PLC0415 - a window starts without it

        again = False
        strange = self._own_key() if done.standing in _NOBODY else b""
        last = done.acked + self._outbox.waiting().count
        for run in self._outbox.runs():
            if strange and run.last <= self._carried:
                continue
            front = front_of(run.content)
            if front is None or front.public_key == strange:
                break
            between(done, Step.SENDING, run.first - 1, max(last, run.last))
            try:
                answer = self._line.send(run.content)
            except Refusal as refusal:
                done = replace(done, refused=done.refused or refusal)
                continue
            done = replace(done, files=done.files + 1)
            self._carried = run.last
            heard = self._acknowledged(answer)
            if heard is None or strange:
                # It was of an epoch before this one: the next hello tells what it came to.
                again = True
                continue
            done = replace(done, acked=heard.acked, began=done.began or heard.began)
            if heard.began is not None or heard.acked < heard.before:
                # What waits is not what it was: head office has lost some, or has it otherwise.
                return done, True
        return done, again

    def _own_key(self) -> bytes:
        """Return the key that this till says hello with."""
        return self._dealings.keys.known_by(self._dealings.known().acked).public

    def _acknowledged(self, answer: bytes) -> Heard | None:
        try:
            return self._dealings.take_acknowledgement(answer)
        except Refusal as refusal:
            if refusal.why is Why.NOT_FOR_THIS_TILL:
                return None
            raise

    def _fetch(self, done: Contact, between: "_Between") -> Contact:
        """Fetch the newest catalogue, if it is not here; go on from what came before."""
        known = self._dealings.known()
        if known.newest_catalogue <= self._incoming.held():
            return done
        parcel = parcel_in(self._folder)
        content = parcel.whole()
        if content is None:
            between(done, Step.FETCHING)
            content = self._fetched(parcel, lambda *at: between(done, Step.FETCHING, *at))
        if content is None:
            return done
        try:
            version = self._incoming.take(content)
        except Refusal:
            parcel.drop()
            raise
        parcel.drop()
        return replace(done, catalogue=version)

    def _fetched(self, parcel: Parcel, at: Callable[[int, int], None]) -> bytes | None:
        hello = self._dealings.hello(self._nonce())
        with self._line.catalogue(hello, offset=parcel.size, sha256=parcel.sha256) as found:
            if found is None:
                return None
            if not found.first:
                parcel.drop()
            parcel = Parcel(self._folder, found.sha256, found.first)
            for piece in found.pieces:
                parcel = parcel.add(piece)
                at(parcel.size, found.size)
        content = parcel.whole()
        if content is None:
            parcel.drop()
            raise Trouble(Ailment.ANSWER_DAMAGED)
        return content


@dataclass(frozen=True, slots=True)
class _Between:
    """What happens between two steps: people are told, and may have had enough."""

    cancelled: Callable[[], bool]
    told: Told

    def __call__(self, done: Contact, step: Step, at: int = 0, of: int = 0) -> None:
        if self.cancelled():
            raise _Cancelled(done)
        self.told(step, at, of)
