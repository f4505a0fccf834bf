"""The pepper: kept as a key is, beside it and not in its place, and never made twice."""

import stat
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from tests.sync.records import KEY
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.sync.keys import KeyringKeys
from tofan_pos.sync.pepper import pepper_store

PEPPER = bytes(range(100, 132))


def made(length: int) -> bytes:
    return PEPPER[:length]


def other(length: int) -> bytes:
    return bytes(length)


class Drawer(KeyringBackend):
    """A keyring that keeps its secrets in memory."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's own
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


def test_it_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    store = pepper_store(tmp_path, "i1", guarded=False)
    assert store.load_or_make(made) == PEPPER
    assert store.load_or_make(other) == store.load() == PEPPER
    (file,) = tmp_path.iterdir()
    assert file.name == "till-i1.pepper"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not store.guarded


def test_one_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        pepper_store(tmp_path, "i1", guarded=False).load()
    assert trouble.value.ailment is Ailment.KEY_MISSING
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("content", "mode"), [("00", 0o600), ("00" * 32, 0o644)])
def test_one_that_cannot_be_used_is_not_replaced(tmp_path: Path, content: str, mode: int) -> None:
    file = tmp_path / "till-i1.pepper"
    file.write_text(content)
    file.chmod(mode)
    with pytest.raises(Trouble) as trouble:
        pepper_store(tmp_path, "i1", guarded=False).load_or_make(made)
    assert trouble.value.ailment is Ailment.KEY_UNREADABLE
    assert file.read_text() == content


def test_a_keyring_keeps_it_apart_from_the_key(tmp_path: Path) -> None:
    before, drawer = keyring.get_keyring(), Drawer()
    keyring.set_keyring(drawer)
    try:
        KeyringKeys("i1").save(KEY)
        store = pepper_store(tmp_path, "i1", guarded=True)
        assert store.load_or_make(made) == store.load() == PEPPER
        assert store.guarded
        assert KeyringKeys("i1").load() == KEY
        drawer.kept = dict.fromkeys(drawer.kept, "not hex")
        with pytest.raises(Trouble) as trouble:
            store.load_or_make(other)
        assert trouble.value.ailment is Ailment.KEY_UNREADABLE
        assert set(drawer.kept.values()) == {"not hex"}, "what cannot be read is not replaced"
    finally:
        keyring.set_keyring(before)
    assert list(tmp_path.iterdir()) == []
    assert len(drawer.kept) == 2
