"""What a till and head office say to each other at every contact: hello, and an acknowledgement.

Both are letters. They travel as bodies of HTTPS and as files beside sync files, the same bytes.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import msgspec

from tofan_pos.domain.errors import Why
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.letters import read_letter, write_letter
from tofan_pos.sync.record import Count, Digest, Epoch, InstallId, Moment, Record, TillCode, Whole

ACK_SUFFIX = ".tofanack"
"""How the file of an acknowledgement ends: `TILL-EPOCH.tofanack`."""

MOST_MISSING = 20
"""How many gaps an acknowledgement names, lowest first; the rest are named at the next."""

_HELLO = "tofan hello 1"
_ACKNOWLEDGEMENT = "tofan acknowledgement 1"

_Short = Annotated[str, msgspec.Meta(max_length=40)]


class HelloBody(Record, frozen=True):
    """A till tells who it is and how far it has come.

    `head` and `hash` are its newest entry's, so that head office knows of a tail that it was
    never sent; `catalogue` is the version it sells by. `nonce` is 128 random bits in hex, which
    the answer repeats.
    """

    at: Moment
    catalogue: Whole
    epoch: Epoch
    hash: Digest
    head: Whole
    nonce: InstallId
    program: _Short
    till: TillCode


class Standing(StrEnum):
    """What a till's key is worth to head office."""

    TRUSTED = "trusted"
    REVOKED = "revoked"
    """Nothing that it signs is taken in any more; the till needs a new epoch."""
    RETIRED = "retired"
    """The till was taken down for good: nothing more is expected of it."""
    UNKNOWN = "unknown"
    """Nobody has enrolled this key yet. Selling goes on, and is heard of later."""
    TAKEN = "taken"
    """The epoch is another key's: the till was copied, and needs an epoch of its own."""


class RunBody(Record, frozen=True):
    """Entries from `first` to `last`, both included."""

    first: Whole
    last: Whole


class PartedBody(Record, frozen=True):
    """The first entry at which the till's journal and head office's part ways.

    `hash` is, in hex, what head office holds under that number: a till whose own differs has
    been copied or restored without noticing, and goes on under a new epoch.
    """

    hash: Digest
    seq: Whole


class AcknowledgementBody(Record, frozen=True):
    """How far head office holds a till's journal in one piece, counted along one epoch's chain.

    The chain of an epoch leads through the epochs before it up to where each was left. `head` and
    `hash` are the last entry's that is held with all before it. `serial` grows with every
    acknowledgement that head office gives, so that an old one is known as old; `catalogue` is the
    newest version there is for this till; `missing` are the gaps beyond `head`. `nonce` repeats a
    hello's.
    """

    at: Moment
    catalogue: Whole
    epoch: Epoch
    hash: Digest
    head: Whole
    serial: Whole
    till: TillCode
    missing: Annotated[tuple[RunBody, ...], msgspec.Meta(max_length=MOST_MISSING)] = ()
    newest_epoch: Count = 0
    """The highest epoch of this till that head office knows of; nought where it knows none."""
    nonce: str = ""
    parted: PartedBody | None = None
    standing: Standing = Standing.TRUSTED


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An acknowledgement whose signature holds, and the key that signed it."""

    body: AcknowledgementBody
    office_key: bytes


@dataclass(frozen=True, slots=True)
class Hello:
    """A hello whose signature holds, and the key that signed it."""

    body: HelloBody
    public_key: bytes


def write_hello(body: HelloBody, key: SigningKey) -> bytes:
    """Return a hello's bytes, signed by the till."""
    return write_letter(_HELLO, body, key)


def hello_in(content: bytes) -> Hello:
    """Return the hello in a letter's bytes. Raises `Refusal(NOT_A_HELLO)`."""
    return Hello(*read_letter(_HELLO, HelloBody, content, why=Why.NOT_A_HELLO))


def write_acknowledgement(body: AcknowledgementBody, key: SigningKey) -> bytes:
    """Return an acknowledgement's bytes, signed by head office."""
    return write_letter(_ACKNOWLEDGEMENT, body, key)


def acknowledgement_in(content: bytes) -> Acknowledgement:
    """Return the acknowledgement in a letter's bytes. Raises `Refusal(NOT_AN_ACKNOWLEDGEMENT)`."""
    body, signer = read_letter(
        _ACKNOWLEDGEMENT, AcknowledgementBody, content, why=Why.NOT_AN_ACKNOWLEDGEMENT
    )
    return Acknowledgement(body, signer)


def ack_name(till: str, epoch: int) -> str:
    """Return the name of the file that acknowledges an epoch of a till."""
    return f"{till}-{epoch}{ACK_SUFFIX}"
