"""Tills, a head office, and everything that was ever put on its way between them."""

import random
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest

from tests.counter.tills import Clock, cash
from tests.sync_machine.goods import published
from tests.sync_machine.history import History
from tests.sync_machine.house import House, hashes_in
from tests.sync_machine.lossy import Harm, LossyLine, courier_over, harmed
from tests.sync_machine.places import Computer, Place
from tests.sync_machine.promises import Promise, held_to
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.office.intake import Outcome
from tofan_pos.office.reception import Taken
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.store.writing import Writing
from tofan_pos.sync.contact import ACK_SUFFIX, acknowledgement_in
from tofan_pos.sync.enrolment import grant_in, request_in
from tofan_pos.sync.marks import Marks

MOST_PLACES = 4
CODES = ("AA1", "BB2")
_OF_KEYS = {Why.NOT_ENROLLED, Why.KEY_DIFFERS, Why.KEY_REVOKED}
"""What a file of an honest till may be refused for: what its key is worth, never what is in it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An acknowledgement on its way."""

    till: str
    content: bytes


class PowerCut(Exception):  # noqa: N818 - it is one
    """The power goes."""


@dataclass
class World:
    """All there is. Verbs do; promises are held in `checks`, and some at once here."""

    folder: Path
    house: House
    clock: Clock
    chance: random.Random
    history: History = field(default_factory=History)
    places: list[Place] = field(default_factory=list)
    computers: list[Computer] = field(default_factory=list)
    sealed: set[bytes] = field(default_factory=set)
    """Digests of the files that honest tills have sealed."""
    runs: list[bytes] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    grants: list[bytes] = field(default_factory=list)
    catalogues: list[bytes] = field(default_factory=list)
    ever_held: set[bytes] = field(default_factory=set)
    stirred: set[int] = field(default_factory=set)
    """Places that something was done at since they were looked at."""
    tally: Counter[str] = field(default_factory=Counter)
    """What happened, and how often."""
    news: bool = False
    """Whether something was done at head office since it was looked at."""

    # --- places ---------------------------------------------------------------------------------

    def add_computer(self) -> Computer:
        """Put up a computer."""
        n = len(self.computers)
        self.computers.append(Computer(n, Marks(self.folder / f"marks-{n}")))
        return self.computers[-1]

    def add_till(self, code: str, template: Path) -> Place:
        """Put a till that was set up on a computer of its own."""
        n = len(self.places)
        folder = Path(shutil.copytree(template, self.folder / f"till-{n}"))
        place = Place(n, code, folder, self.add_computer(), self.clock)
        self.places.append(place)
        self.opened(place)
        # Its first backup is of the day it was set up.
        place.keep(template / FILE_NAME)
        return place

    def opened(self, place: Place, *, notices: bool = False) -> None:
        """Open a till; with `notices`, its file is another than its computer remembers."""
        began = place.desk.beginning
        held_to(Promise.NOTICED, began or not notices, str(place))
        self.tally[f"began: {began}"] += began is not None
        self.look_at(place)

    def look_at(self, place: Place, *, promised: bool = False) -> None:
        """Read what a till has written, and remember to look at it."""
        self.history.learn(place, promised=promised)
        self.stirred.add(place.n)

    def restart(self, place: Place) -> None:
        """End a till's program, and begin it again."""
        place.close()
        self.opened(place)

    # --- at the counter -------------------------------------------------------------------------

    def ring(self, place: Place, pieces: int) -> None:
        """Sell so many pieces."""
        desk = place.ready()
        self.look_at(place)
        for _ in range(pieces):
            desk.register.scan("TF-SCARF")
        desk.register.pay(cash(desk.register.basket.total))
        self.look_at(place, promised=True)

    def take_back(self, place: Place, n: int) -> None:
        """Take one piece of a sale back, if it is there and there is one left."""
        desk = place.ready()
        self.look_at(place)
        with suppress(Refusal):
            desk.refunds.refund(desk.refunds.find(str(n)), {0: 1}, "ลอง")
        self.look_at(place, promised=True)

    def sold_untold(self, place: Place) -> None:
        """Sell, and have the power go before anybody is told; the computer has not noted it."""
        desk = place.ready()
        self.look_at(place)
        marks = {path: path.read_bytes() for path in place.computer.marks.folder.iterdir()}
        desk.register.scan("TF-SCARF")
        desk.register.pay(cash(desk.register.basket.total))
        place.close()
        for path, content in marks.items():
            path.write_bytes(content)
        self.opened(place)

    def power_cut(self, place: Place) -> None:
        """Have the power go within a commit."""
        desk, halfway = place.ready(), self.folder / "halfway"
        self.look_at(place)
        desk.register.scan("TF-SCARF")

        def cut(*_: object) -> None:
            shutil.copytree(place.folder, halfway)
            raise PowerCut

        with pytest.MonkeyPatch.context() as patch, suppress(PowerCut):
            patch.setattr(Writing, "append", cut)
            desk.register.pay(cash(desk.register.basket.total))
        place.powerless(halfway)
        self.opened(place)

    # --- misfortunes ----------------------------------------------------------------------------

    def back_up(self, place: Place) -> None:
        """Make a backup of a till on a stick."""
        place.keep(place.desk.backups.make(self.folder / f"backups-{place.n}"))
        self.look_at(place)

    def restore(self, place: Place, n: int) -> None:
        """Put a backup in the place of a till's file."""
        if not place.copies:
            return
        copy = place.copies[n % len(place.copies)]
        changes = place.put_back(copy)
        self.opened(place, notices=changes)

    def clone(self, place: Place, kind: str) -> None:
        """Copy a till: beside itself, on to another computer, or with a whole disk."""
        if len(self.places) == MOST_PLACES:
            return
        n = len(self.places)
        folder = self.folder / f"till-{n}"
        (*_, epoch) = place.desk.store.epochs()
        if kind == "beside":
            twin = place.copied(n, folder, place.computer)
        elif kind == "away":
            twin = place.copied(n, folder, self.add_computer())
        else:
            twin = place.imaged(n, folder, self.add_computer())
        self.places.append(twin)
        self.opened(twin, notices=kind == "beside" or (kind == "away" and epoch.marked))
        self.opened(place)

    def lose_keys(self, place: Place) -> None:
        """Lose a till's keys."""
        place.lose_keys()
        self.opened(place)

    def rotate(self, place: Place) -> None:
        """Give a till another key."""
        with suppress(Refusal, Trouble):
            place.desk.dealings.rotate_key()
        self.look_at(place)

    def begin_epoch(self, place: Place) -> None:
        """Have people begin an epoch."""
        place.desk.dealings.begin_epoch()
        self.look_at(place)

    # --- on the way up --------------------------------------------------------------------------

    def seal(self, place: Place) -> None:
        """Seal what waits, and put it on its way."""
        with suppress(Trouble):
            for run in place.desk.outbox.runs():
                self.runs.append(run.content)
                self.note_sealed(run.content)

    def note_sealed(self, content: bytes) -> None:
        """Note a file that an honest till has sealed."""
        self.sealed.add(sha256(content).digest())

    def export(self, place: Place, stick: Path) -> None:
        """Write what waits on a stick."""
        with suppress(Refusal, Trouble):
            for path in place.desk.outbox.export(stick).files:
                self.note_sealed(path.read_bytes())
        self.look_at(place)

    def carry(self, stick: Path) -> None:
        """Have head office take what is on a stick, and leave its answers there."""
        stick.mkdir(exist_ok=True)
        before = {path.read_bytes() for path in stick.glob(f"*{ACK_SUFFIX}")}
        for result in self.house.office.reception.take_paths([stick]):
            self.judge(result.path.read_bytes(), Taken(result, None))
            if result.turned_away is not None:
                self.house.mind.turn_away(result.turned_away)
        for path in sorted(stick.glob(f"*{ACK_SUFFIX}")):
            letter = path.read_bytes()
            if letter not in before:
                # What lay there already was true when it was said.
                self.word(letter)

    def fetch(self, place: Place, stick: Path) -> None:
        """Have a till take what head office left on a stick."""
        stick.mkdir(exist_ok=True)
        found = place.desk.dealings.take_folder(stick)
        for path in found.catalogues:
            self.offer(place, path.read_bytes())
        self.look_at(place)

    def spoil(self, stick: Path, harm: Harm, where: int) -> None:
        """Lose, cut or flip a file on a stick."""
        files = sorted(path for path in stick.glob("*") if path.is_file())
        if not files:
            return
        path = files[where % len(files)]
        if harm in {Harm.CUT, Harm.FLIPPED} and path.stat().st_size:
            path.write_bytes(harmed(path.read_bytes(), harm, where))
        else:
            path.unlink()

    def receive(self, content: bytes) -> Taken:
        """Have head office take a file that came by itself."""
        taken = self.house.office.reception.take(content)
        self.judge(content, taken)
        if taken.letter is not None:
            self.word(taken.letter)
        return taken

    def judge(self, content: bytes, taken: Taken) -> None:
        """Hold what became of a file against whose it is."""
        self.news = True
        result, digest = taken.result, sha256(content)
        honest = digest.digest() in self.sealed
        self.tally[f"{'honest' if honest else 'harmed or forged'} file: {result.outcome}"] += 1
        if result.outcome is Outcome.REFUSED:
            problem = result.problem
            why = problem.why if isinstance(problem, Refusal) else None
            held_to(Promise.WELCOME, not honest or why in _OF_KEYS, f"{problem!r}")
            return
        held_to(Promise.SIGNED, honest, f"{result.outcome} {result.till}-{result.epoch}")
        hashes = hashes_in(content)
        mind = self.house.mind
        if result.outcome is Outcome.QUARANTINED and not mind.held.issuperset(hashes):
            mind.apart[digest.hexdigest()] = content
        mind.held.update(hashes)
        self.ever_held.update(hashes)

    def word(self, letter: bytes) -> None:
        """Hold head office's word against what it holds, and put the word on its way."""
        said = acknowledgement_in(letter).body
        self.letters.append(Letter(said.till, letter))
        self.tally[f"word: {said.standing}{', parted' if said.parted else ''}"] += 1
        if said.head:
            before = self.history.back(bytes.fromhex(said.hash))
            true = len(before) == said.head and all(
                one.hash in self.house.mind.held for one in before
            )
            held_to(Promise.TRUE_WORD, true, f"{said.till}-{said.epoch} up to {said.head}")

    # --- on the way down ------------------------------------------------------------------------

    def hear(self, place: Place, letter: bytes) -> None:
        """Have a till take an acknowledgement, whosever it is."""
        with suppress(Refusal):
            place.desk.dealings.take_acknowledgement(letter)
        self.look_at(place)

    def ask(self, place: Place) -> None:
        """Bring a till's request to head office."""
        with suppress(Trouble):
            content = place.desk.dealings.request()
            with suppress(Refusal):
                grant = self.house.office.reception.ask(content)
                self.grants.append(grant) if grant else None
        self.news = True

    def people_enrol(self) -> None:
        """Have a person enrol every request whose fingerprint a till shows at that moment."""
        reception, self.news = self.house.office.reception, True
        for request in reception.pending():
            if request.fingerprint in {one.desk.dealings.fingerprint for one in self.places}:
                with suppress(Refusal):
                    self.grants.append(reception.enrol(request))

    def grant(self, place: Place, content: bytes) -> None:
        """Have a person at the till compare whose a grant is, and trust it."""
        if grant_in(content).office_key == self.house.office.key().public:
            with suppress(Refusal):
                place.desk.dealings.trust(content)
        self.look_at(place)

    def enrol(self, place: Place) -> None:
        """Have people enrol a till, from request to grant, on the telephone to each other."""
        office, self.news = self.house.office, True
        try:
            content = place.desk.dealings.request()
            letter = office.reception.ask(content) or office.reception.enrol(request_in(content))
            place.desk.dealings.trust(letter)
        except Trouble:
            self.begin_epoch(place)
        except Refusal as refusal:
            if refusal.why not in {Why.ALREADY_ENROLLED, Why.KEY_REVOKED}:
                raise
            self.begin_epoch(place)
        self.look_at(place)

    def revoke(self, place: Place) -> None:
        """Have people trust a till's epoch no more."""
        identity = place.desk.identity
        with suppress(Refusal):
            self.house.office.reception.revoke(identity.till, identity.epoch)
        self.news = True

    def publish(self) -> None:
        """Publish a catalogue, newer than any before."""
        version = len(self.catalogues) + 1
        publication = published(version, at=self.clock(), key=self.house.office.key())
        self.house.office.store.add_publication(publication)
        self.catalogues.append(publication.content)

    def offer(self, place: Place, content: bytes) -> None:
        """Offer a till a catalogue, whichever and whosever, and apply it."""
        dealings = place.desk.dealings
        before = dealings.known().catalogue
        with suppress(Refusal):
            place.desk.incoming.take(content)
        place.desk.incoming.apply()
        now = dealings.known().catalogue
        price = place.desk.store.whole_catalogue().products[0].price
        held_to(Promise.FORWARD, now >= before, f"{place}: {before} to {now}")
        held_to(Promise.FORWARD, price == 590_00 + now, f"{place} sells at {price} by {now}")
        self.look_at(place)

    # --- over a line ----------------------------------------------------------------------------

    def contact(self, place: Place, *harms: tuple[Harm, int]) -> None:
        """Have a till's courier make one contact over a line that meets some harms."""
        line = LossyLine(
            reception=lambda: self.house.office.reception,
            take=self.receive,
            letter=self.word,
            sealed=self.note_sealed,
            harms=list(harms),
        )
        courier = courier_over(line, place.desk, nonce=lambda: self.chance.randbytes(16).hex())
        try:
            with suppress(Refusal, Trouble):
                done = courier.contact()
                if done.grant:
                    self.grant(place, done.grant)
        finally:
            self.look_at(place)
            self.news = True
