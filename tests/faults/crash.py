"""What a disk may hold after the power went: built from a record of calls, one state after another.

A call that was not synced may be lost, be done in part by sectors of 512 bytes, or overtake others;
a folder's own changes likewise, until the folder is synced. What was synced is there.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.disk import Call

SECTOR = 512


@dataclass
class File:
    """A file's synced content, and the calls on it since."""

    content: bytearray = field(default_factory=bytearray)
    pending: list[Call] = field(default_factory=list)

    def sync(self) -> None:
        """Make all that is pending last."""
        for call in self.pending:
            _apply(self.content, call, whole=True, chance=_NO_CHANCE)
        self.pending.clear()

    def after_crash(self, chance: random.Random) -> bytes:
        """Return what may be found in it."""
        content = bytearray(self.content)
        calls = _survivors(self.pending, chance)
        torn = chance.random() < 0.5
        for call in calls:
            _apply(content, call, whole=not torn, chance=chance)
        return bytes(content)


_NO_CHANCE = random.Random(0)


def _survivors(calls: Sequence[Call], chance: random.Random) -> list[Call]:
    """Return none, all, the first, some, or some of them in another order."""
    kind = chance.randrange(5)
    if kind == 0:
        return []
    if kind == 1:
        return list(calls)
    if kind == 2:
        return list(calls[: chance.randint(0, len(calls))])
    kept = [call for call in calls if chance.random() < 0.5]
    if kind == 4:
        chance.shuffle(kept)
    return kept


def _apply(content: bytearray, call: Call, *, whole: bool, chance: random.Random) -> None:
    if call.kind == "T":
        _grow(content, call.offset)
        del content[call.offset :]
        return
    at, end = call.offset, call.offset + len(call.data)
    while at < end:
        until = min(end, (at // SECTOR + 1) * SECTOR)
        if whole or chance.random() < 0.7:
            _grow(content, until)
            content[at:until] = call.data[at - call.offset : until - call.offset]
        at = until


def _grow(content: bytearray, length: int) -> None:
    content.extend(bytes(max(0, length - len(content))))


@dataclass
class Disk:
    """All files below a folder: by the names they go by now, and by those that were synced."""

    names: dict[str, File]
    synced: dict[str, File]
    pending: list[tuple[Call, File | None]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    honest: bool = True
    """Whether a sync does what it says."""

    @classmethod
    def of(cls, folder: Path, *, honest: bool = True) -> "Disk":
        """Return the disk that holds a folder, all of it synced."""
        paths = (path for path in folder.rglob("*") if path.is_file())
        files = {
            str(path.relative_to(folder)): File(bytearray(path.read_bytes())) for path in paths
        }
        return cls(dict(files), dict(files), honest=honest)

    def take(self, call: Call) -> None:
        """Do one call; its path is relative to the folder."""
        if call.kind == "A":
            self.marks.append(call.path)
        elif call.kind in {"W", "T"}:
            self.names[call.path].pending.append(call)
        elif call.kind == "S" and self.honest:
            self._sync(call.path)
        elif call.kind == "C":
            self.names[call.path] = made = File()
            self.pending.append((call, made))
        elif call.kind == "U":
            self.pending.append((call, self.names.pop(call.path)))
        elif call.kind == "R":
            old, new = call.path.split("\n")
            self.names[new] = self.names.pop(old)
            self.pending.append((call, self.names[new]))

    def _sync(self, path: str) -> None:
        if path in self.names:
            self.names[path].sync()
            return
        for call, made in self.pending:
            if _parent(call) == path:
                _rename(self.synced, call, made)
        self.pending = [(call, made) for call, made in self.pending if _parent(call) != path]

    def after_crash(self, chance: random.Random) -> dict[str, bytes]:
        """Return the files that may be found, by name."""
        names = dict(self.synced)
        calls = [call for call, _ in self.pending]
        kept = set(map(id, _survivors(calls, chance)))
        for call, made in self.pending:
            if id(call) in kept:
                _rename(names, call, made)
        return {name: file.after_crash(chance) for name, file in names.items()}


def _rename(names: dict[str, File], call: Call, made: File | None) -> None:
    if call.kind == "C" and made is not None:
        names[call.path] = made
    elif call.kind == "U":
        names.pop(call.path, None)
    elif call.kind == "R":
        old, new = call.path.split("\n")
        moved = names.pop(old, None)
        if moved is not None:
            names[new] = moved


def _parent(call: Call) -> str:
    parent = str(Path(call.path.split("\n")[0]).parent)
    return "" if parent == "." else parent


def states(
    disk: Disk, calls: Sequence[Call], *, count: int, seed: int
) -> Iterator[tuple[int, list[str], dict[str, bytes]]]:
    """Yield `count` states spread over all prefixes: calls done, words marked, files found."""
    chance = random.Random(seed)
    moments = sorted(chance.randrange(len(calls) + 1) for _ in range(count))
    done = 0
    for moment in moments:
        for call in calls[done:moment]:
            disk.take(call)
        done = moment
        yield moment, list(disk.marks), disk.after_crash(chance)
