"""Keys: kept where only their owner reads them, and told apart by a short fingerprint."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import KeyringLocked

from tests.sync.records import KEY
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.sync.keys import (
    FileKeys,
    KeyringKeys,
    KeyStore,
    SigningKey,
    fingerprint,
    holds,
    keyring_serves,
)


class Drawer(KeyringBackend):
    """A keyring that keeps its secrets in memory, and can be locked."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's own
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._unlocked()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._unlocked()
        self.kept[service, username] = password

    def _unlocked(self) -> None:
        if self.locked:
            raise KeyringLocked("locked")


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    before, backend = keyring.get_keyring(), Drawer()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def ailment(store: KeyStore, key: SigningKey | None = None) -> Ailment:
    with pytest.raises(Trouble) as trouble:
        store.save(key) if key else store.load()
    return trouble.value.ailment


def test_a_key_in_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    store = FileKeys(tmp_path / "till.key")
    store.save(KEY)
    assert store.load() == KEY
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert not store.guarded


def test_a_key_is_never_written_over_another(tmp_path: Path) -> None:
    store = FileKeys(tmp_path / "till.key")
    store.save(KEY)
    assert ailment(store, SigningKey(bytes(32))) is Ailment.KEY_UNREADABLE
    assert store.load() == KEY


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_key_that_others_can_reach_is_not_used(tmp_path: Path, mode: int) -> None:
    store = FileKeys(tmp_path / "till.key")
    store.save(KEY)
    store.path.chmod(mode)
    assert ailment(store) is Ailment.KEY_UNREADABLE


@pytest.mark.parametrize("content", [b"", b"00", b"zz" * 32, b"00" * 33, b"\xff\xfe", b"\0" * 64])
def test_a_damaged_key_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "till.key"
    path.write_bytes(content)
    path.chmod(0o600)
    assert ailment(FileKeys(path)) is Ailment.KEY_UNREADABLE


def test_a_missing_key_is_told(tmp_path: Path) -> None:
    assert ailment(FileKeys(tmp_path / "none.key")) is Ailment.KEY_MISSING
    assert ailment(FileKeys(tmp_path)) is Ailment.KEY_UNREADABLE
    assert ailment(FileKeys(tmp_path / "no" / "folder.key"), KEY) is Ailment.FOLDER_UNWRITABLE


def test_a_keyring_keeps_it(drawer: Drawer) -> None:
    assert keyring_serves()
    store = KeyringKeys("i1")
    assert ailment(store) is Ailment.KEY_MISSING
    store.save(KEY)
    assert store.load() == KEY
    assert store.guarded
    assert ailment(KeyringKeys("i2")) is Ailment.KEY_MISSING
    drawer.locked = True
    assert ailment(store) is Ailment.KEY_UNREADABLE
    assert ailment(store, KEY) is Ailment.KEY_UNREADABLE
    drawer.locked = False
    drawer.kept = dict.fromkeys(drawer.kept, "not hex")
    assert ailment(store) is Ailment.KEY_UNREADABLE


def test_a_keyring_that_keeps_nothing_does_not_serve(drawer: Drawer) -> None:
    assert drawer.kept == {}
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]  # as above
    assert not keyring_serves()


def test_a_secret_is_not_shown() -> None:
    assert KEY.secret.hex() not in repr(KEY)
    assert repr(KEY.secret) not in repr(KEY)


@given(st.binary(min_size=32, max_size=32))
def test_fingerprints_are_read_aloud(secret: bytes) -> None:
    key = SigningKey(secret)
    symbols = "[0-9A-HJKMNP-TV-Z]{4}"
    assert re.fullmatch(f"{symbols}-{symbols}-{symbols}", fingerprint(key.public))
    assert fingerprint(key.public) == fingerprint(SigningKey(secret).public)


def test_one_bit_changes_a_fingerprint() -> None:
    public = KEY.public
    found = {fingerprint(public)}
    for bit in range(256):
        flipped = int.from_bytes(public, "big") ^ 1 << bit
        found.add(fingerprint(flipped.to_bytes(32, "big")))
    assert len(found) == 257


def test_a_signature_is_for_its_own_message_and_key() -> None:
    signature = KEY.sign(b"message")
    assert holds(KEY.public, signature, b"message")
    assert not holds(KEY.public, signature, b"Message")
    assert not holds(SigningKey(bytes(32)).public, signature, b"message")
    assert not holds(KEY.public, signature[:-1], b"message")
    assert not holds(KEY.public[:-1], signature, b"message")
    assert KEY.sign(b"message") == signature, "the same message, the same signature"
