"""A pack for which there is no room, or no leave: whole files or none, and one sentence."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter.tills import make_till, opened, proof, ring
from tofan_pos import resources
from tofan_pos.counter import setup
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.proof import prove
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.store.counter import CounterStore
from tofan_pos.sync.sealed import unseal


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Yield a till whose day is closed."""
    make_till(tmp_path / "till")
    with opened(tmp_path / "till", session=False) as desk:
        desk.day.open(Count())
        ring(desk, "TF-SCARF", "TF-BASKET")
        ring(desk)
        desk.day.count(Count.of({}, loose=1_513_33))
        desk.day.close()
        yield desk


def whole(folder: Path) -> bool:
    """Tell whether every file in a folder is what its name says, none half of it."""
    for path in files(folder):
        content = path.read_bytes()
        if path.suffix == ".pdf":
            good = content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF")
        elif path.suffix == ".csv":
            good = content.endswith(b"\r\n") and content.count(b"\r\n") == 4
        elif path.suffix == ".sqlite3":
            copy = CounterStore(path)
            good = prove(copy, setup.identity_in(copy)).flaw is None
            copy.close()
        else:
            good = path.suffix == ".tofan" and bool(unseal(content).links())
        if not good:
            return False
    return True


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


SMALL = 24 * 1024
LIMITED = """
import resource, sys
from pathlib import Path
from tests.counter.tills import opened
from tofan_pos import resources
from tofan_pos.domain.errors import Trouble
with opened(Path(sys.argv[1]), session=False) as desk:
    stored = desk.day.z()
    before = desk.store.journal_size()
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    try:
        desk.pack.make(stored, Path(sys.argv[2]), resources.words("en"))
    except Trouble as trouble:
        print(trouble.ailment.value, desk.store.journal_size() == before)
"""


@pytest.mark.parametrize("room", [0, 100, SMALL, 3 * SMALL])
def test_where_there_is_no_room_nothing_is_half_written(
    desk: Desk, tmp_path: Path, room: int
) -> None:
    stick, folder = tmp_path / "stick", desk.store.path.parent
    stick.mkdir()
    ran = subprocess.run(
        (sys.executable, "-c", LIMITED, str(folder), str(stick), str(room)),
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert ran.returncode == 0, ran.stderr
    ailment, kept = ran.stdout.split()
    assert ailment in {"disk_full", "folder_unwritable", "disk_failed"}
    assert kept == "True", "no backup is told of that is not there"
    assert whole(stick)
    assert not [path for path in files(stick) if path.name.endswith((".part", "-journal"))]
    assert proof(desk).flaw is None


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """Yield a folder that nobody can write to, not even root."""
    place = tmp_path / "sealed"
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "ro", "tofan", str(place))
    mounted = os.geteuid() == 0 and subprocess.run(mount, check=False, capture_output=True)
    if not mounted or mounted.returncode != 0:
        place.chmod(0o500)
    yield place
    place.chmod(0o700) if not mounted or mounted.returncode != 0 else subprocess.run(
        ("umount", place), check=True
    )


def test_a_folder_that_is_read_only_is_told_of(desk: Desk, sealed: Path) -> None:
    before = desk.store.journal_size()
    with pytest.raises(Trouble) as trouble:
        desk.pack.make(desk.day.z(), sealed, resources.words("en"))
    assert trouble.value.ailment is Ailment.FOLDER_UNWRITABLE
    with pytest.raises(Trouble):
        desk.backups.make(sealed)
    assert desk.store.journal_size() == before
    assert files(sealed) == []
