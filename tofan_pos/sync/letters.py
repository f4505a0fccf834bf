"""Letters: small signed texts between a till and head office, each kind with a purpose of its own.

A letter is canonical JSON of three members: `body`, the writer's public `key` (hex) and its
Ed25519 `signature` (hex) over the purpose, a line feed and the body's canonical bytes. So one
kind of letter can never pass for another, and each letter has one spelling only.
"""

from typing import TypeVar

import msgspec

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.sync.canonical import canonical, holds_nought, read_canonical
from tofan_pos.sync.keys import SigningKey, holds
from tofan_pos.sync.record import KeyHex, Record, SignatureHex

LARGEST = 16 * 1024
"""How many bytes a letter may have."""

_Body = TypeVar("_Body", bound=Record)


class _Letter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    body: msgspec.Raw
    key: KeyHex
    signature: SignatureHex


_LETTER = msgspec.json.Decoder(_Letter)


def write_letter(purpose: str, body: Record, key: SigningKey) -> bytes:
    """Return a letter's bytes, ended by a line feed; the same body and key give the same bytes."""
    said = canonical(body)
    letter = _Letter(
        body=msgspec.Raw(said),
        key=key.public.hex(),
        signature=key.sign(_signed(purpose, said)).hex(),
    )
    return canonical(letter) + b"\n"


def read_letter(
    purpose: str, kind: type[_Body], content: bytes, *, why: Why
) -> tuple[_Body, bytes]:
    """Return a letter's body and the public key that signed it; whose key it is, the caller asks.

    The signature is checked over the raw bytes before anything in them is read. Raises
    `Refusal(why)` for all that is not exactly such a letter.
    """
    try:
        if len(content) > LARGEST or not content.endswith(b"\n"):
            raise Refusal(why)
        letter = read_canonical(content[:-1], _LETTER)
        public, said = bytes.fromhex(letter.key), bytes(letter.body)
        if not holds(public, bytes.fromhex(letter.signature), _signed(purpose, said)):
            raise Refusal(why)
        if holds_nought(said):
            raise Refusal(why)
        return read_canonical(said, msgspec.json.Decoder(kind)), public
    except ValueError as error:
        raise Refusal(why) from error


def _signed(purpose: str, said: bytes) -> bytes:
    return f"{purpose}\n".encode() + said
