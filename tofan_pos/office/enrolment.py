"""Enrolment: a person compares a fingerprint, and from then on a till's key is trusted.

What came over the network waits for that person; what was revoked or retired is decided here too.
"""

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.office.identity import Identity
from tofan_pos.store.office import EnrolledTill, OfficeStore
from tofan_pos.store.office_tills import REVOKED, UNKNOWN
from tofan_pos.sync.enrolment import GRANT_SUFFIX, GrantBody, Request, request_in, write_grant
from tofan_pos.sync.sales import write_moment

MOST_PENDING = 1000
"""So many requests wait at most: anybody can send one, and a person reads them."""

MOST_SENT = 500
"""So many wait at most where one more comes over the network: people who bring one find room."""

PENDING = timedelta(days=14)
"""How long a request waits; a till that still wants to be enrolled asks again at each contact."""


def enrol(store: OfficeStore, request: Request, *, clock: Callable[[], datetime]) -> bool:
    """Trust the till of a request whose fingerprint a person has compared.

    Tell whether it is new. Raises `Refusal(ALREADY_ENROLLED)` where the till has another key
    already, or the key belongs to another till, and `Refusal(KEY_REVOKED)`.
    """
    return store.enrol(
        EnrolledTill(
            till=request.till,
            epoch=request.epoch,
            install_id=request.install_id,
            public_key=request.public_key,
            enrolled_at=write_moment(clock()),
            after=request.after,
            after_hash=request.after_hash,
            why=request.why.value,
            program=request.program,
        )
    )


def grant(store: OfficeStore, identity: Identity, request: Request) -> bytes:
    """Return the letter that tells a till it is trusted, and whom it may trust.

    The same request has the same answer. Raises `Refusal(NOT_ENROLLED)` and as `Identity.key`.
    """
    row = store.till(request.till, request.epoch)
    if row is None or row.public_key != request.public_key or row.standing == UNKNOWN:
        raise Refusal(Why.NOT_ENROLLED, till=request.till, fingerprint=request.fingerprint)
    desk = identity.desk()
    body = GrantBody(
        at=row.enrolled_at,
        epoch=row.epoch,
        office=desk.name,
        server=desk.server,
        till=row.till,
        till_key=row.public_key.hex(),
    )
    return write_grant(body, identity.key())


def ask(
    store: OfficeStore,
    identity: Identity,
    content: bytes,
    *,
    clock: Callable[[], datetime],
    room: int = MOST_PENDING,
) -> bytes | None:
    """Answer a request: a grant where its key is trusted; else it waits for a person, and None.

    Where `room` wait already another is put off, and never one of them for it: nobody pushes a
    till out by asking much. Raises `Refusal(NOT_AN_ENROLMENT | ALREADY_ENROLLED | KEY_REVOKED)`,
    and `Trouble(SERVER_BUSY)` for what was put off.
    """
    request = request_in(content)
    signer, row = store.whose(request.public_key, request.till, request.epoch)
    if row is not None and row.standing != UNKNOWN:
        row.admit(request.public_key, after=request.after, after_hash=request.after_hash)
        return grant(store, identity, request)
    mine = signer is None or (signer.till, signer.epoch) == (request.till, request.epoch)
    if not mine and signer is not None and not signer.is_hearsay:
        raise Refusal(Why.ALREADY_ENROLLED, till=request.till)
    now = clock()
    kept = store.add_request(
        request.public_key,
        till=request.till,
        epoch=request.epoch,
        at=write_moment(now),
        content=content,
        most=room,
        since=write_moment(now - PENDING),
    )
    if not kept:
        raise Trouble(Ailment.SERVER_BUSY)
    return None


def pending(store: OfficeStore) -> list[Request]:
    """Return the requests that wait for a person, oldest first."""
    found = []
    for _, content in store.requests():
        # One that an older program kept may be no request to this one.
        with suppress(Refusal):
            found.append(request_in(content))
    return found


def grant_path(folder: Path, request: Request) -> Path:
    """Return where a till looks for its grant in a folder."""
    return folder / f"{request.till}-{request.epoch}{GRANT_SUFFIX}"


def revoke(store: OfficeStore, till: str, epochs: Collection[int] = ()) -> None:
    """Trust the keys of epochs no more, or of every epoch: nothing they sign is taken in.

    What has come in stands. Raises `Refusal(NO_SUCH_TILL | NO_SUCH_EPOCH)`.
    """
    store.decide(till, epochs, standing=REVOKED)


def retire(
    store: OfficeStore, till: str, epochs: Collection[int] = (), *, clock: Callable[[], datetime]
) -> None:
    """Expect nothing more of a till, or of some epochs: it was taken down for good.

    What comes all the same is taken in. Raises `Refusal(NO_SUCH_TILL | NO_SUCH_EPOCH)`.
    """
    store.decide(till, epochs, retired_at=write_moment(clock()))
