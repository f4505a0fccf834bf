"""Enrolment: a till introduces its key to head office, and head office answers with its own."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.sync.folder import read_at_most
from tofan_pos.sync.keys import SigningKey, fingerprint
from tofan_pos.sync.letters import LARGEST, read_letter, write_letter
from tofan_pos.sync.record import Digest, Epoch, InstallId, KeyHex, Moment, Record, TillCode, Whole

FILE_NAME = "enrolment-request.json"
REQUEST_SUFFIX, GRANT_SUFFIX = ".tofanreq", ".tofangrant"
"""How the files of a request and of its answer end: `TILL-EPOCH` before it."""

_REQUEST = "tofan enrolment request 1"
_GRANT = "tofan enrolment grant 1"


class Beginning(StrEnum):
    """Why an epoch of a till began."""

    FIRST = "first"
    """The till was set up."""
    RESTORED = "restored"
    """Its file is older than what the till had written already: a backup was put in its place."""
    MOVED = "moved"
    """Its file was found on a computer, or for a user, that it has no mark of."""
    COPIED = "copied"
    """The same till still stands in another folder of this computer."""
    KEY_LOST = "key_lost"
    """Its key is gone."""
    FORKED = "forked"
    """Head office holds other entries under the same numbers."""


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks to be enrolled. `install_id` is 32 digits of `0-9a-f`; `public_key` is 32 bytes.

    `after` is the number of the last entry before this epoch, `after_hash` its hash in hex.
    """

    till: str
    epoch: int
    install_id: str
    public_key: bytes
    why: Beginning = Beginning.FIRST
    after: int = 0
    after_hash: str = "0" * 64
    program: str = ""

    @property
    def fingerprint(self) -> str:
        """What two people compare before the key is trusted."""
        return fingerprint(self.public_key)


class _RequestBody(Record, frozen=True):
    epoch: Epoch
    install_id: InstallId
    public_key: KeyHex
    till: TillCode
    after: Whole = 0
    after_hash: Digest = "0" * 64
    program: Annotated[str, msgspec.Meta(max_length=40)] = ""
    why: Beginning = Beginning.FIRST


def write_request(request: Request, key: SigningKey) -> bytes:
    """Return the request's bytes, signed by the key it introduces."""
    body = _RequestBody(
        after=request.after,
        after_hash=request.after_hash,
        epoch=request.epoch,
        install_id=request.install_id,
        program=request.program,
        public_key=request.public_key.hex(),
        till=request.till,
        why=request.why,
    )
    return write_letter(_REQUEST, body, key)


def read_request(path: Path) -> Request:
    """Read a request whose signature holds. Raises `Refusal(NOT_AN_ENROLMENT)` or `Trouble`."""
    return request_in(read_short(path), name=str(path))


def request_in(content: bytes, *, name: str = "") -> Request:
    """Return the request in a letter's bytes. Raises `Refusal(NOT_AN_ENROLMENT)`."""
    try:
        body, signer = read_letter(_REQUEST, _RequestBody, content, why=Why.NOT_AN_ENROLMENT)
    except Refusal as error:
        raise Refusal(Why.NOT_AN_ENROLMENT, path=name) from error
    first = body.epoch == 1
    consistent = (
        signer.hex() == body.public_key
        and first == (body.why is Beginning.FIRST)
        and first == (body.after == 0)
        and (body.after == 0) == (body.after_hash == "0" * 64)
    )
    if not consistent:
        raise Refusal(Why.NOT_AN_ENROLMENT, path=name)
    return Request(
        body.till,
        body.epoch,
        body.install_id,
        signer,
        body.why,
        body.after,
        body.after_hash,
        body.program,
    )


class GrantBody(Record, frozen=True):
    """Head office's answer to a request: this till's key is trusted, and whom the till may trust.

    `server` is the address of head office's receiver, empty where there is none; `office` is the
    name people know head office by, to be shown beside its key's fingerprint.
    """

    at: Moment
    epoch: Epoch
    office: Annotated[str, msgspec.Meta(max_length=80)]
    till: TillCode
    till_key: KeyHex
    server: Annotated[str, msgspec.Meta(max_length=200)] = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A grant whose signature holds, and the key that signed it: head office's, if people agree.

    `content` are the bytes of its letter.
    """

    body: GrantBody
    office_key: bytes
    content: bytes = field(default=b"", repr=False)

    @property
    def fingerprint(self) -> str:
        """What two people compare before head office is trusted."""
        return fingerprint(self.office_key)


def write_grant(body: GrantBody, key: SigningKey) -> bytes:
    """Return a grant's bytes, signed by head office's key."""
    return write_letter(_GRANT, body, key)


def grant_in(content: bytes) -> Grant:
    """Return the grant in a letter's bytes. Raises `Refusal(NOT_A_GRANT)`."""
    body, signer = read_letter(_GRANT, GrantBody, content, why=Why.NOT_A_GRANT)
    return Grant(body, signer, content)


def read_short(path: Path) -> bytes:
    """Return what a letter's file holds, one byte more than a letter can have at most.

    Raises `Trouble(FILE_UNREADABLE)`.
    """
    return read_at_most(path, LARGEST)
