"""What the files that leave and reach a till begin with, signed before anything of it is read.

Bytes, in order: magic (8), length of the header (2, big-endian), header (canonical JSON), the
signer's public key (32), and an Ed25519 signature over all of these (64). A body follows, which
the header pins by length and SHA-256. So one signature covers every byte.
"""

from dataclasses import dataclass

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.sync.keys import KEY_BYTES, SIGNATURE_BYTES, SigningKey, holds

_LENGTH_BYTES = 2


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before a file's body. Nothing of it is believed yet; `said` is what is signed."""

    said: bytes
    unproved: bytes
    """The header, whoever wrote it."""
    public_key: bytes
    signature: bytes

    @property
    def length(self) -> int:
        """How many bytes stand before the body."""
        return len(self.said) + len(self.signature)

    def header(self) -> bytes:
        """Return the header as the key's owner signed it. Raises `Refusal(SIGNATURE_WRONG)`."""
        if not holds(self.public_key, self.signature, self.said):
            raise Refusal(Why.SIGNATURE_WRONG)
        return self.unproved


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """How one kind of file begins, and how many bytes it may have.

    `stranger` is what a file is refused for that begins otherwise.
    """

    magic: bytes
    longest_header: int
    most_body: int
    stranger: Why

    @property
    def largest(self) -> int:
        """So many bytes a whole file may have."""
        front = len(self.magic) + _LENGTH_BYTES + self.longest_header
        return front + KEY_BYTES + SIGNATURE_BYTES + self.most_body

    def signed_part(self, header: bytes, public_key: bytes) -> bytes:
        """Return the bytes a file's signature is made over."""
        return self.magic + len(header).to_bytes(_LENGTH_BYTES, "big") + header + public_key

    def sign(self, header: bytes, key: SigningKey) -> bytes:
        """Return what stands before a body, signed."""
        signed = self.signed_part(header, key.public)
        return signed + key.sign(signed)

    def front_of(self, content: bytes | bytearray) -> Front | None:
        """Return a file's front, or None while more of the file must come before it is there.

        Raises `Refusal(FILE_TOO_LARGE)`, and `Refusal` for a stranger, as soon as it can be told.
        """
        if content[: len(self.magic)] != self.magic[: len(content)]:
            raise Refusal(self.stranger)
        start = len(self.magic) + _LENGTH_BYTES
        if len(content) < start:
            return None
        length = int.from_bytes(content[len(self.magic) : start], "big")
        if length > self.longest_header:
            raise Refusal(Why.FILE_TOO_LARGE, most=self.largest)
        key_at = start + length
        said_end, body = key_at + KEY_BYTES, key_at + KEY_BYTES + SIGNATURE_BYTES
        if len(content) < body:
            return None
        said, signature = bytes(content[:said_end]), bytes(content[said_end:body])
        return Front(said, said[start:key_at], said[key_at:], signature)

    def open(self, content: bytes) -> Front:
        """Return the front of a file that is here as a whole.

        Raises `Refusal(FILE_TOO_LARGE | FILE_CUT)`, and `Refusal` for a stranger.
        """
        if len(content) > self.largest:
            raise Refusal(Why.FILE_TOO_LARGE, most=self.largest)
        front = self.front_of(content)
        if front is None:
            short = 0 < len(content) < len(self.magic)
            raise Refusal(self.stranger if short else Why.FILE_CUT)
        return front
