"""Head office's key: made once, kept for its owner alone, missed where it is not."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.office.forge import all_rows
from tests.office.running import Run
from tofan_pos import app
from tofan_pos.app import Office
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.store import schema
from tofan_pos.store.engine import open_url, writing
from tofan_pos.store.office import OfficeStore


def test_a_database_without_a_key_gets_one_on_first_need(office: Office, office_url: str) -> None:
    assert all_rows(office_url)["desk"] == []
    key = office.key()
    ((_, office_id, public, guarded, name, server),) = all_rows(office_url)["desk"]
    assert (bytes(public), bool(guarded), name, server) == (key.public, False, "", "")
    file = office.identity.key_file(office.identity.desk())
    assert office_id.startswith(file.stem.removeprefix("office-"))
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = app.build_office(office_url)
    assert again.key() == key
    again.store.close()


def test_many_at_once_make_one_key(office: Office, office_url: str, tmp_path: Path) -> None:
    def ask(_: int) -> bytes:
        own = app.build_office(office_url, folder=tmp_path / "keys")
        try:
            return own.key().public
        finally:
            own.store.close()

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(ask, range(8)))
    assert len(found) == 1
    assert len(all_rows(office_url)["desk"]) == 1
    assert office.store.desk() is not None


@pytest.mark.parametrize("how", ["gone", "another", "open to others"])
def test_a_key_that_is_not_here_is_a_trouble(office: Office, office_url: str, how: str) -> None:
    office.key()
    file = office.identity.key_file(office.identity.desk())
    if how == "gone":
        file.unlink()
    elif how == "another":
        file.write_text("11" * 32 + "\n")
    else:
        file.chmod(0o644)
    other = app.build_office(office_url)
    with pytest.raises(Trouble) as trouble:
        other.key()
    other.store.close()
    assert trouble.value.ailment is Ailment.OFFICE_KEY_MISSING
    # What has it in memory goes on.
    assert office.key().public


def test_a_key_that_cannot_be_read_is_never_written_over(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    """A database from before the key, and the key's file open to others: both stay as they are."""
    other = app.build_office(office_url, folder=tmp_path)
    other.key()
    file = other.identity.key_file(other.identity.desk())
    other.store.close()
    content = file.read_bytes()
    engine = open_url(office_url)
    with writing(engine) as connection:
        connection.execute(schema.desk.delete())
    engine.dispose()
    file.chmod(0o644)
    again = app.build_office(office_url, folder=tmp_path)
    with pytest.raises(Trouble) as trouble:
        again.key()
    again.store.close()
    assert trouble.value.ailment is Ailment.OFFICE_KEY_MISSING
    assert file.read_bytes() == content
    assert office.store.desk() is None


def test_two_databases_are_two_head_offices(tmp_path: Path) -> None:
    keys = []
    for name in ("one", "other"):
        url = f"sqlite:///{tmp_path / name}.db"
        OfficeStore.create(url).close()
        office = app.build_office(url)
        keys.append(office.key().public)
        office.store.close()
    assert len(set(keys)) == 2


def test_init_tells_who_head_office_is(run: Run, office_url: str) -> None:
    made = run("init", "--db", office_url, "--name", "ทอฝัน", "--server", "https://o.example")
    assert (made.code, made.err) == (0, "")
    ((_, _, _, _, name, server),) = all_rows(office_url)["desk"]
    assert (name, server) == ("ทอฝัน", "https://o.example")
    # It is no secret where the secret is; and a name is kept until another is given.
    assert ".key" in made.out
    assert "no keyring" in made.out
    again = run("init", "--db", office_url)
    assert again.code == 0
    assert all_rows(office_url)["desk"][0][4:] == ("ทอฝัน", "https://o.example")
    run("init", "--db", office_url, "--server", "")
    assert all_rows(office_url)["desk"][0][4:] == ("ทอฝัน", "")


@pytest.mark.parametrize(
    "wrong", [("--server", "http://o.example"), ("--server", "o"), ("--name", "x" * 81)]
)
def test_init_refuses_what_tills_could_not_use(
    run: Run, office_url: str, wrong: tuple[str, str]
) -> None:
    refused = run("init", "--db", office_url, *wrong)
    assert (refused.code, refused.out) == (1, "")
    assert len(refused.err.splitlines()) == 1
