"""Head office's signed word to a till: how far it holds the journal, and how the till stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tofan_pos.office.reach import Held, Reach, reach
from tofan_pos.store.office import EnrolledTill, OfficeStore
from tofan_pos.store.office_chain import Apart
from tofan_pos.store.office_tills import REVOKED, UNKNOWN, Signer
from tofan_pos.sync.chain import GENESIS, Head
from tofan_pos.sync.contact import (
    MOST_MISSING,
    AcknowledgementBody,
    Hello,
    HelloBody,
    PartedBody,
    RunBody,
    Standing,
    write_acknowledgement,
)
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.sales import write_moment


@dataclass(frozen=True, slots=True)
class Acknowledging:
    """Writes acknowledgements. Each one's serial is newer than all before, for its epoch."""

    store: OfficeStore
    key: Callable[[], SigningKey]
    clock: Callable[[], datetime]

    def of_hello(self, hello: Hello) -> bytes:
        """Answer a hello, whoever sent it, and remember what it told where its key is known."""
        body = hello.body
        signer, row = self.store.whose(hello.public_key, body.till, body.epoch)
        standing = standing_of(signer, row, body.till, body.epoch)
        if standing in {Standing.UNKNOWN, Standing.TAKEN}:
            # Anybody can say hello: nothing is written for a stranger.
            return self._to_stranger(body, standing, row)
        told = {"told_head": body.head, "program": body.program, "catalogue": body.catalogue}
        return self._answer(
            body.till, body.epoch, told, nonce=body.nonce, end=Head(body.head, _digest(body))
        )

    def of_file(self, till: str, epoch: int, apart: Apart | None = None) -> bytes:
        """Answer a file of a till's epoch that has come in; `apart` where it was kept apart."""
        return self._answer(till, epoch, {}, apart=apart, accepted=True)

    def of_epoch(self, till: str, epoch: int, *, accepted: bool = False) -> bytes:
        """Return the word for an epoch, to be left where its till may find it.

        `accepted`: a file of it was just taken, whoever's key it was.
        """
        return self._answer(till, epoch, None, accepted=accepted)

    def _answer(  # noqa: PLR0913 - what is known of whoever is answered
        self,
        till: str,
        epoch: int,
        told: dict[str, Any] | None,
        *,
        nonce: str = "",
        end: Head | None = None,
        apart: Apart | None = None,
        accepted: bool = False,
    ) -> bytes:
        key, now = self.key(), self.clock()
        newest = self.store.newest_publication()
        with self.store.contact(till) as contact:
            held = Held.of(contact.chain)
            row = held.epochs[epoch]
            serial = _serial(row, now)
            heard = {} if told is None else {"heard_at": write_moment(now), **told}
            contact.change(epoch, serial=serial, **heard)
            found = _within(held, epoch, reach(held, epoch), end)
            parted = parted_at(apart) if apart else _parted(held, epoch, end)
        standing = standing_of_row(row)
        if accepted and standing in {Standing.REVOKED, Standing.UNKNOWN}:
            # A later epoch's key has spoken for it.
            standing = Standing.TRUSTED
        sells = standing not in {Standing.REVOKED, Standing.RETIRED}
        body = AcknowledgementBody(
            at=write_moment(now),
            catalogue=newest.version if newest and sells else 0,
            epoch=epoch,
            hash=found.head.hash.hex(),
            head=found.head.seq,
            missing=_missing(found),
            newest_epoch=max(held.epochs),
            nonce=nonce,
            parted=parted,
            serial=serial,
            standing=standing,
            till=till,
        )
        return write_acknowledgement(body, key)

    def _to_stranger(self, hello: HelloBody, standing: Standing, row: EnrolledTill | None) -> bytes:
        now = self.clock()
        with self.store.chain(hello.till) as chain:
            newest_epoch = max((one.epoch for one in chain.epochs()), default=0)
        body = AcknowledgementBody(
            at=write_moment(now),
            catalogue=0,
            epoch=hello.epoch,
            hash=GENESIS.hex(),
            head=0,
            newest_epoch=newest_epoch,
            nonce=hello.nonce,
            serial=_serial(row, now),
            standing=standing,
            till=hello.till,
        )
        return write_acknowledgement(body, self.key())


def standing_of(signer: Signer | None, row: EnrolledTill | None, till: str, epoch: int) -> Standing:
    """Return what a key is worth to head office when it speaks for an epoch of a till."""
    if signer is None or signer.till != till or signer.epoch < epoch or row is None:
        # An epoch that a later one vouched for is taken too: its entries came from elsewhere.
        return Standing.UNKNOWN if row is None else Standing.TAKEN
    if signer.standing == UNKNOWN:
        return Standing.UNKNOWN
    return Standing.REVOKED if signer.standing == REVOKED else standing_of_row(row)


def standing_of_row(row: EnrolledTill) -> Standing:
    """Return how an epoch of a till stands."""
    if row.standing in {REVOKED, UNKNOWN}:
        return Standing(row.standing)
    return Standing.RETIRED if row.retired_at else Standing.TRUSTED


def parted_at(apart: Apart) -> PartedBody | None:
    """Tell a till where a file that was kept apart parts, where head office holds something."""
    return PartedBody(hash=apart.held.hex(), seq=apart.seq) if apart.held else None


def _parted(held: Held, epoch: int, end: Head | None) -> PartedBody | None:
    """Return where a till whose journal ends so has parted from what is held, if it has.

    Without an end, that is the last place where anybody's has. A till that is on the branch which
    is held finds its own entry there, and goes on.
    """
    if end is not None and end.seq:
        here = held.entry(epoch, end.seq)
        if here is not None and here != end.hash:
            return PartedBody(hash=here.hex(), seq=end.seq)
    most = end.seq if end is not None else None
    forks = [
        run
        for run in held.apart
        if run.epoch == epoch and run.held and (most is None or run.seq <= most)
    ]
    if end is not None and forks:
        # The branch that this till is on, where it is known.
        own = {run.sha256 for run in held.apart_with(end)}
        forks = [run for run in forks if run.sha256 in own] or forks
    return parted_at(max(forks, key=lambda run: run.seq)) if forks else None


def _within(held: Held, epoch: int, found: Reach, end: Head | None) -> Reach:
    """Return how far a till's own journal is held, where that ends within what is held.

    It may be an older copy of itself, which can tell nothing of entries it does not have.
    """
    if end is None:
        return found
    missing = tuple(run for run in found.missing if run[0] <= end.seq)
    if end.seq >= found.head.seq:
        return Reach(found.head, missing)
    here = held.entry(epoch, end.seq)
    if end.seq == held.epochs[epoch].after:
        here = bytes.fromhex(held.epochs[epoch].after_hash)
    return Reach(end if here == end.hash else found.head, missing)


def _missing(found: Reach) -> tuple[RunBody, ...]:
    return tuple(RunBody(first=first, last=last) for first, last in found.missing[:MOST_MISSING])


def _serial(row: EnrolledTill | None, now: datetime) -> int:
    """Return a serial newer than the last, also where that one was forgotten with a database."""
    return max((row.serial if row else 0) + 1, int(now.timestamp() * 1000))


def _digest(body: HelloBody) -> bytes:
    return bytes.fromhex(body.hash)
