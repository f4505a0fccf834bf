"""Signing keys: made at the till, kept in the OS keyring or in a file only its owner can read."""

import contextlib
import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.sync.folder import unwritten

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_BYTES = 32
SIGNATURE_BYTES = 64
_SERVICE = "tofan-pos"
# Crockford's alphabet: no letter that is mistaken for a digit when read aloud.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """A till's Ed25519 key. It signs; its secret leaves it only for the key store."""

    secret: bytes

    @property
    def public(self) -> bytes:
        """The public key: 32 bytes."""
        return self._key().public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message: 64 bytes, the same for the same message."""
        return self._key().sign(message)

    def _key(self) -> "Ed25519PrivateKey":
        # A till sells without signing anything: the library is loaded when it first does.
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

        return ed25519.Ed25519PrivateKey.from_private_bytes(self.secret)


def holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Tell whether a signature over a message was made by the owner of a public key."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    try:
        ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """Return a key's short fingerprint for two people to compare: `XXXX-XXXX-XXXX`, 60 bits."""
    number = int.from_bytes(sha256(public).digest()[:8], "big") >> 4
    symbols = "".join(_ALPHABET[number >> shift & 31] for shift in range(55, -1, -5))
    return "-".join(symbols[i : i + 4] for i in range(0, 12, 4))


class KeyStore(Protocol):
    """Where a till's secret is kept."""

    @property
    def guarded(self) -> bool:
        """Whether the operating system's keyring guards it; where not, people are warned."""
        ...

    def load(self) -> SigningKey:
        """Return the key. Raises `Trouble` where it is missing or unreadable."""
        ...

    def save(self, key: SigningKey) -> None:
        """Keep a new key."""
        ...


@dataclass(frozen=True, slots=True)
class FileKeys:
    """A key in a file that only its owner can read."""

    path: Path
    guarded: bool = False

    def load(self) -> SigningKey:
        """Return the key. Raises `Trouble` where it is missing, short, or open to others."""
        try:
            if os.name == "posix" and stat.S_IMODE(self.path.stat().st_mode) & 0o077:
                raise Trouble(Ailment.KEY_UNREADABLE, path=str(self.path))
            secret = bytes.fromhex(self.path.read_text("ascii").strip())
        except FileNotFoundError as error:
            raise Trouble(Ailment.KEY_MISSING, path=str(self.path)) from error
        except (OSError, ValueError) as error:
            raise Trouble(Ailment.KEY_UNREADABLE, path=str(self.path)) from error
        return _key_of(secret, str(self.path))

    def save(self, key: SigningKey) -> None:
        """Write the key durably, for its owner alone, never over another.

        Raises `Trouble(KEY_UNREADABLE | DISK_FULL | FOLDER_UNWRITABLE)`; then no new file is left.
        """
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise Trouble(Ailment.KEY_UNREADABLE, path=str(self.path)) from error
        except OSError as error:
            raise unwritten(error, self.path.parent) from error
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(key.secret.hex() + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):
                self.path.unlink()
            raise unwritten(error, self.path.parent) from error


@dataclass(frozen=True, slots=True)
class KeyringKeys:
    """A key in the operating system's keyring, under the till's install id."""

    install_id: str
    guarded: bool = True

    def load(self) -> SigningKey:
        """Return the key. Raises `Trouble` where the keyring is shut or does not hold it."""
        import keyring  # noqa: PLC0415 - a till with its key in a file never pays for this

        try:
            secret = keyring.get_password(_SERVICE, self.install_id)
        except keyring.errors.KeyringError as error:
            raise Trouble(Ailment.KEY_UNREADABLE, path="keyring") from error
        if secret is None:
            raise Trouble(Ailment.KEY_MISSING, path="keyring")
        try:
            return _key_of(bytes.fromhex(secret), "keyring")
        except ValueError as error:
            raise Trouble(Ailment.KEY_UNREADABLE, path="keyring") from error

    def save(self, key: SigningKey) -> None:
        """Put the key into the keyring. Raises `Trouble` where it will not take it."""
        import keyring  # noqa: PLC0415 - as above

        try:
            keyring.set_password(_SERVICE, self.install_id, key.secret.hex())
        except keyring.errors.KeyringError as error:
            raise Trouble(Ailment.KEY_UNREADABLE, path="keyring") from error


def keyring_serves() -> bool:
    """Tell whether this computer has a keyring that really keeps secrets."""
    import keyring  # noqa: PLC0415 - only a till's set-up asks

    return keyring.get_keyring().priority >= 1


def _key_of(secret: bytes, where: str) -> SigningKey:
    if len(secret) != KEY_BYTES:
        raise Trouble(Ailment.KEY_UNREADABLE, path=where)
    return SigningKey(secret)
