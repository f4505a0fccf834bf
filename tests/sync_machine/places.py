"""Tills as folders on computers: opened, copied, put back, robbed of their keys."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from tofan_pos import app
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.count import Count
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.sync.marks import Marks


@dataclass(frozen=True, slots=True)
class Computer:
    """A computer, by what it remembers of its tills."""

    n: int
    marks: Marks


@dataclass(slots=True)
class Copy:
    """A backup: its file, and the journal in it."""

    file: Path
    chain: list[bytes]
    epoch: int


@dataclass
class Place:
    """One till's folder on one computer. `chain` are the hashes of its journal."""

    n: int
    till: str
    folder: Path
    computer: Computer
    clock: Callable[[], datetime]
    chain: list[bytes] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    _desk: Desk | None = None

    def __str__(self) -> str:
        return f"{self.till} in {self.folder.name} on computer {self.computer.n}"

    @property
    def desk(self) -> Desk:
        """The open till."""
        if self._desk is None:
            self._desk = app.build_counter(self.folder, clock=self.clock, marks=self.computer.marks)
        return self._desk

    def close(self) -> None:
        """Close the till, as at an end of its program."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def ready(self) -> Desk:
        """Return the till with a session open."""
        if self.desk.day.session is None:
            self.desk.day.open(Count())
        return self.desk

    def keep(self, copy: Path) -> None:
        """Remember a backup that was made."""
        self.copies.append(Copy(copy, self.chain.copy(), self.desk.identity.epoch))

    def put_back(self, copy: Copy) -> bool:
        """Put a backup in the place of the till's file; tell whether that changes anything."""
        self.close()
        shutil.copy(copy.file, self.folder / FILE_NAME)
        changes = copy.chain != self.chain
        self.chain = copy.chain.copy()
        return changes

    def copied(self, n: int, folder: Path, computer: Computer) -> "Place":
        """Copy the folder, as it lies there, on to a computer."""
        self.close()
        shutil.copytree(self.folder, folder)
        return Place(n, self.till, folder, computer, self.clock, self.chain.copy())

    def imaged(self, n: int, folder: Path, computer: Computer) -> "Place":
        """Copy the whole disk: what the other computer remembers agrees with what it has."""
        twin = self.copied(n, folder, computer)
        for path in self.computer.marks.folder.glob("*.mark"):
            mark = self.computer.marks.read(path.stem)
            if mark is not None:
                there = folder if mark.folder == self.folder.resolve() else mark.folder
                computer.marks.write(path.stem, replace(mark, folder=there.resolve()))
        return twin

    def lose_keys(self) -> None:
        """Lose every key file."""
        self.close()
        for key in self.folder.glob("*.key"):
            key.unlink()

    def powerless(self, halfway: Path) -> None:
        """Have the power go within a fact: the disk is as it was before the commit."""
        self.close()
        shutil.rmtree(self.folder)
        shutil.move(halfway, self.folder)
