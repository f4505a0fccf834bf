"""The enrolment request: a till introduces its key to head office, signed by that key."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.domain.numbering import till_code
from tofan_pos.sync.entries import canonical
from tofan_pos.sync.keys import SigningKey, fingerprint, holds
from tofan_pos.sync.record import Count, Digest

FILE_NAME = "enrolment-request.json"
_LARGEST = 4096
_PURPOSE = b"tofan enrolment request 1\n"

# 128 bits in hexadecimal: it is shown, stored and named in files, so it may be nothing else.
InstallId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks to be enrolled. `install_id` is 32 digits of `0-9a-f`; `public_key` is 32 bytes."""

    till: str
    epoch: int
    install_id: str
    public_key: bytes

    @property
    def fingerprint(self) -> str:
        """What two people compare before the key is trusted."""
        return fingerprint(self.public_key)


class _Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    epoch: Count
    install_id: InstallId
    public_key: Digest
    till: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    request: _Body
    signature: str


def write_request(request: Request, key: SigningKey) -> bytes:
    """Return the file's bytes: the request and the till's own signature over it."""
    body = _Body(
        epoch=request.epoch,
        install_id=request.install_id,
        public_key=request.public_key.hex(),
        till=request.till,
    )
    signature = key.sign(_PURPOSE + canonical(body)).hex()
    return canonical(_File(request=body, signature=signature)) + b"\n"


def read_request(path: Path) -> Request:
    """Read a request whose signature holds. Raises `Refusal(NOT_AN_ENROLMENT)` or `Trouble`."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise Trouble(Ailment.FILE_UNREADABLE, path=str(path)) from error
    try:
        found = msgspec.json.decode(content, type=_File)
        public = bytes.fromhex(found.request.public_key)
        signed = _PURPOSE + canonical(found.request)
        whole = len(content) <= _LARGEST and holds(public, bytes.fromhex(found.signature), signed)
        till_code(found.request.till)
    except (msgspec.MsgspecError, ValueError, RecursionError, Refusal) as error:
        raise Refusal(Why.NOT_AN_ENROLMENT, path=str(path)) from error
    if not whole:
        raise Refusal(Why.NOT_AN_ENROLMENT, path=str(path))
    body = found.request
    return Request(body.till, body.epoch, body.install_id, public)
