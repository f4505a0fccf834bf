"""All that tills ever wrote, told from outside: kept though a till's file is put back, or lost."""

from collections import defaultdict
from dataclasses import dataclass, field

from tests.sync_machine.places import Place
from tests.sync_machine.promises import Broken, Promise, held_to
from tofan_pos.sync.chain import GENESIS
from tofan_pos.sync.dealings import LostBody
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.kinds import EpochOpened, KeyRotated, Opened, Refunded, Sold, Voided

DOCUMENTS = {"sale", "refund", "void"}


@dataclass(frozen=True, slots=True)
class Written:
    """One entry as a till wrote it, and where; `share` is below nought for what came back."""

    till: str
    epoch: int
    seq: int
    prev: bytes
    hash: bytes
    kind: str
    computer: int
    number: str = ""
    id: str = ""
    share: int = 0
    total: int = 0
    lost: tuple[LostBody, ...] = ()
    key: bytes = b""

    @property
    def place(self) -> tuple[str, int, int]:
        """Its key at head office."""
        return self.till, self.epoch, self.seq


@dataclass
class History:
    """Every entry by its hash, and the documents that somebody was handed."""

    entries: dict[bytes, Written] = field(default_factory=dict)
    numbers: dict[tuple[str, str], set[bytes]] = field(default_factory=lambda: defaultdict(set))
    under: dict[tuple[str, int, int], set[bytes]] = field(default_factory=lambda: defaultdict(set))
    """The hashes of all that was ever written under one number of an epoch."""
    promised: set[bytes] = field(default_factory=set)
    """Documents that a till's verb returned: they are acknowledged to somebody."""

    def learn(self, place: Place, *, promised: bool = False) -> None:
        """Read what a till has written since; `promised`: its documents were handed out."""
        chain = place.chain
        if chain:
            with place.desk.store.reading() as look:
                last = look.entry_at(len(chain))
            held_to(
                Promise.WRITTEN,
                last is not None and last.hash == chain[-1],
                f"entry {len(chain)} of {place}",
            )
        for row in place.desk.store.entries(len(chain)):
            prev = chain[-1] if chain else GENESIS
            if row.hash not in self.entries:
                written = _read(row.line, prev, row.hash, place.computer.n)
                self._number(written)
                self.entries[row.hash] = written
                self.under[written.place].add(row.hash)
            if promised and self.entries[row.hash].kind in DOCUMENTS:
                self.promised.add(row.hash)
            chain.append(row.hash)

    def _number(self, new: Written) -> None:
        """Hold a new document's number against all before it.

        On one computer none may come a second time, whatever was put back or copied there: the
        computer remembers. Two computers that were one cannot know of each other.
        """
        if new.kind not in DOCUMENTS:
            return
        for other in map(self.entries.__getitem__, self.numbers[new.number, new.kind]):
            if other.computer == new.computer:
                raise Broken(Promise.NUMBERS, f"{new.number} at {other.place} and {new.place}")
        self.numbers[new.number, new.kind].add(new.hash)

    def back(self, digest: bytes) -> list[Written]:
        """Return an entry and all before it, newest first; empty for what nobody wrote."""
        found = []
        while digest != GENESIS:
            if digest not in self.entries:
                return []
            found.append(self.entries[digest])
            digest = found[-1].prev
        return found


def _read(line: bytes, prev: bytes, digest: bytes, computer: int) -> Written:
    entry = read_entry(line)
    kind = str(type(entry).__struct_config__.tag)
    known: dict[str, object] = {}
    match entry:
        case Sold():
            body = entry.body
            known = {"number": body.number, "id": body.id, "share": body.share}
            known["total"] = body.total
        case Refunded() | Voided():
            back = entry.body
            known = {"number": back.number, "id": back.id, "share": -back.share}
            known["total"] = -back.total
        case EpochOpened():
            known = {"lost": entry.body.lost, "key": bytes.fromhex(entry.body.public_key)}
        case Opened() | KeyRotated():
            known = {"key": bytes.fromhex(entry.body.public_key)}
    return Written(entry.till, entry.epoch, entry.seq, prev, digest, kind, computer, **known)  # type: ignore[arg-type]
