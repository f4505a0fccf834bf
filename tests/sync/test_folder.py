"""A folder as transport: a file is there whole, or not at all."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PosixPath
from typing import Any

import pytest

from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.sync.folder import read_at_most, write_durably

CONTENT = b"journal" * 10_000

# A limit on the size of files, in a program of its own. A disk that is full: tests/faults.
LIMITED = """
import resource, signal, sys
from pathlib import Path
from tofan_pos.domain.errors import Trouble
from tofan_pos.sync.folder import write_durably
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    write_durably(Path(sys.argv[1]), b"x" * 20_000)
except Trouble as trouble:
    sys.exit(trouble.ailment.value)
"""


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_nothing_beside_it(tmp_path: Path) -> None:
    write_durably(tmp_path / "a.tofan", CONTENT)
    assert (tmp_path / "a.tofan").read_bytes() == CONTENT
    assert listed(tmp_path) == ["a.tofan"]


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.tofan"
    path.write_bytes(b"before")
    (tmp_path / ".a.tofan.part").write_bytes(b"left by a crash" * 100_000)
    write_durably(path, CONTENT)
    assert path.read_bytes() == CONTENT
    assert listed(tmp_path) == ["a.tofan"]


def test_a_file_that_does_not_fit_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "a.tofan"
    path.write_bytes(b"before")
    ran = subprocess.run(
        (sys.executable, "-c", LIMITED, str(path)),
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert ran.stderr.strip() == Ailment.FOLDER_UNWRITABLE.value
    assert path.read_bytes() == b"before"
    assert listed(tmp_path) == ["a.tofan"]


def test_a_folder_that_is_not_there_or_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "none", tmp_path / "file"):
        with pytest.raises(Trouble) as trouble:
            write_durably(folder / "a.tofan", CONTENT)
        assert trouble.value.ailment is Ailment.FOLDER_UNWRITABLE


def test_a_name_that_is_taken_by_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.tofan" / "inside").mkdir(parents=True)
    with pytest.raises(Trouble):
        write_durably(tmp_path / "a.tofan", CONTENT)
    assert listed(tmp_path) == ["a.tofan"]


def linked(link: Path, target: Path) -> bool:
    """Leave a link in the folder, where this system lets us."""
    try:
        link.symlink_to(target)
    except (OSError, NotImplementedError):  # Windows asks for a right
        return False
    return True


@pytest.mark.parametrize("planted", [".a.tofan.part", "a.tofan"])
@pytest.mark.parametrize("there", [True, False])
def test_a_link_left_in_the_folder_is_never_followed(
    tmp_path: Path,
    planted: str,
    there: bool,  # noqa: FBT001
) -> None:
    folder, elsewhere = tmp_path / "stick", tmp_path / "elsewhere"
    folder.mkdir()
    if there:
        elsewhere.write_bytes(b"precious")
    assert linked(folder / planted, elsewhere) or os.name == "nt"
    write_durably(folder / "a.tofan", CONTENT)
    assert (elsewhere.read_bytes() if there else elsewhere.exists()) == (
        b"precious" if there else 0
    )
    assert not (folder / "a.tofan").is_symlink()
    assert (folder / "a.tofan").read_bytes() == CONTENT
    assert listed(folder) == ["a.tofan"]


def test_what_another_holds_open_under_the_draft_name_is_not_written_into(tmp_path: Path) -> None:
    draft = tmp_path / ".a.tofan.part"
    draft.write_bytes(b"theirs")
    other_name = tmp_path / "theirs"
    os.link(draft, other_name)
    write_durably(tmp_path / "a.tofan", CONTENT)
    assert other_name.read_bytes() == b"theirs"


def test_a_folder_under_the_draft_name_is_no_way_in(tmp_path: Path) -> None:
    (tmp_path / ".a.tofan.part").mkdir()
    with pytest.raises(Trouble) as trouble:
        write_durably(tmp_path / "a.tofan", CONTENT)
    assert trouble.value.ailment is Ailment.FOLDER_UNWRITABLE
    assert listed(tmp_path) == [".a.tofan.part"]


def test_who_may_read_it_is_for_the_umask_to_say(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_durably(tmp_path / "a.tofan", CONTENT)
    finally:
        os.umask(before)
    may = 0o666 if os.name == "nt" else 0o640  # Windows has no umask
    assert (tmp_path / "a.tofan").stat().st_mode & 0o777 == may


class Contested(PosixPath):
    """A name under which somebody else puts a pipe, as soon as it was looked at or written."""

    def is_file(self) -> bool:
        found = super().is_file()
        put_a_pipe(self)
        return found

    def replace(self, target: Any) -> Any:
        replaced = super().replace(target)
        put_a_pipe(Path(target))
        return replaced


WRITTEN_INTO: list[int] = []


def put_a_pipe(path: Path) -> None:
    """Put a pipe in a file's place, so full that whoever reads it all the same does not wait."""
    other = Path(f"{path}.pipe")
    os.mkfifo(other)
    WRITTEN_INTO.append(os.open(other, os.O_RDWR | os.O_NONBLOCK))
    os.write(WRITTEN_INTO[-1], b"x" * 1000)
    other.rename(path)


@pytest.fixture
def contested(tmp_path: Path) -> Iterator[Path]:
    yield Contested(tmp_path / "a.tofan")
    while WRITTEN_INTO:
        os.close(WRITTEN_INTO.pop())


def test_a_pipe_put_in_a_files_place_is_not_read(contested: Path) -> None:
    contested.write_bytes(b"before")
    with pytest.raises(Trouble) as trouble:
        read_at_most(contested, 999)
    assert trouble.value.ailment is Ailment.FILE_UNREADABLE


def test_a_pipe_put_in_the_place_of_what_was_written_is_not_read(contested: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        write_durably(contested, b"x" * 999)
    assert trouble.value.ailment is Ailment.FOLDER_UNWRITABLE


def test_a_plain_file_is_read_no_further_than_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.tofan"
    path.write_bytes(CONTENT)
    assert read_at_most(path, len(CONTENT)) == CONTENT
    assert read_at_most(path, 3) == CONTENT[:4]
    for other in (tmp_path, tmp_path / "none", Path(os.devnull)):
        with pytest.raises(Trouble):
            read_at_most(other, 3)
