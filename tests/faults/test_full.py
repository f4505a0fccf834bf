"""A disk that is really full: said so, nothing harmed, and selling goes on when there is room."""

import contextlib
import os
import resource
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.counter.tills import cash, make_till, numbers, opened, proof, ring
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.sync.sealed import unseal

SMALL = 400 * 1024


@dataclass
class Disk:
    """A small disk of its own; where none may be mounted, a limit on the size of every file."""

    folder: Path
    real: bool

    def fill(self) -> None:
        """Leave no room for another byte."""
        if not self.real:
            self._limit(1024)
            return
        with (self.folder / "somebody-elses").open("wb") as file, contextlib.suppress(OSError):
            while True:
                os.write(file.fileno(), bytes(512))

    def free(self) -> None:
        """Make room again."""
        if not self.real:
            self._limit(resource.getrlimit(resource.RLIMIT_FSIZE)[1])
            return
        (self.folder / "somebody-elses").unlink(missing_ok=True)

    @property
    def says(self) -> set[Ailment]:
        """What people are told."""
        told = {Ailment.DISK_FULL}
        return told if self.real else told | {Ailment.DISK_FAILED, Ailment.FOLDER_UNWRITABLE}

    def _limit(self, size: int) -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ("mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tofan", place),
        check=False,
        capture_output=True,
    )
    small = Disk(place, mounted.returncode == 0)
    yield small
    small.free()
    if small.real:
        subprocess.run(("umount", place), check=True)


def told(disk: Disk, trouble: pytest.ExceptionInfo[Trouble]) -> bool:
    return trouble.value.ailment in disk.says


def test_selling_stops_and_goes_on_when_there_is_room(disk: Disk) -> None:
    make_till(disk.folder / "till")
    with opened(disk.folder / "till") as desk:
        ring(desk)
        disk.fill()
        desk.register.scan("TF-SCARF")
        for _ in range(3):
            with pytest.raises(Trouble) as trouble:
                desk.register.pay(cash(590_00))
            assert told(disk, trouble)
            assert desk.register.basket.quantity == 1, "the basket is kept"
        assert numbers(desk) == [1]
        assert proof(desk).flaw is None
        disk.free()
        assert desk.register.pay(cash(590_00)).sale.number == "TST1-V000002"
        assert ring(desk).sale.number == "TST1-V000003"
        assert proof(desk).flaw is None


def test_selling_until_the_disk_is_full(disk: Disk) -> None:
    make_till(disk.folder / "till")
    sold = 0
    if disk.real:
        (disk.folder / "somebody-elses").write_bytes(bytes(60 * 1024))

    def sell() -> None:
        nonlocal sold
        while sold < 2_000:
            ring(desk)
            sold += 1
            if not disk.real and sold == 20:
                disk.fill()

    with opened(disk.folder / "till") as desk, pytest.raises(Trouble) as trouble:
        sell()
    assert told(disk, trouble)
    assert 5 < sold < 2_000
    disk.free()
    with opened(disk.folder / "till") as desk:
        assert numbers(desk) == list(range(1, sold + 1))
        assert proof(desk).flaw is None
        assert ring(desk).sale.n == sold + 1


def test_a_full_stick_gets_no_half_file(disk: Disk, tmp_path: Path) -> None:
    make_till(tmp_path / "till")
    with opened(tmp_path / "till") as desk:
        ring(desk)
        before = desk.store.journal_size()
        disk.fill()
        with pytest.raises(Trouble) as trouble:
            desk.outbox.export(disk.folder)
        assert told(disk, trouble)
        assert list(disk.folder.glob("*.tofan")) == []
        disk.free()
        assert desk.store.journal_size() == before
        (path,) = desk.outbox.export(disk.folder).files
        unseal(path.read_bytes()).links()
        assert [each.name for each in disk.folder.iterdir()] == [path.name]


def test_a_till_that_found_no_room_is_made_when_there_is(disk: Disk) -> None:
    disk.fill()
    for _ in range(2):
        with pytest.raises(Trouble) as trouble:
            make_till(disk.folder / "till")
        assert told(disk, trouble)
    disk.free()
    make_till(disk.folder / "till")
    with opened(disk.folder / "till") as desk:
        assert ring(desk).sale.number == "TST1-V000001"
        assert proof(desk).flaw is None


def test_a_till_that_found_room_for_half_of_itself(disk: Disk) -> None:
    if disk.real:
        (disk.folder / "somebody-elses").write_bytes(bytes(SMALL - 40 * 1024))
    else:
        disk.fill()
    with pytest.raises(Trouble) as trouble:
        make_till(disk.folder / "till")
    assert told(disk, trouble)
    disk.free()
    make_till(disk.folder / "till")
    with opened(disk.folder / "till") as desk:
        assert proof(desk).flaw is None
