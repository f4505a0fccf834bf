"""The state machine: tills, head office and the way between them, in any history at all."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar, TypeVar, cast

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.counter.tills import Clock, make_till, quick_folder
from tests.sync_machine import checks, forging
from tests.sync_machine.goods import small_catalogue
from tests.sync_machine.house import Database, House, SqliteFile
from tests.sync_machine.lossy import Harm, harmed
from tests.sync_machine.places import Place
from tests.sync_machine.world import CODES, World
from tofan_pos import app
from tofan_pos.store.office import OfficeStore

ANY = st.integers(0, 2**16)
HARM = st.sampled_from([Harm.NONE, Harm.NONE, Harm.CUT, Harm.FLIPPED])
ON_A_LINE = st.lists(st.tuples(st.sampled_from(list(Harm)), ANY), max_size=4)
STICKS = st.sampled_from(["red", "blue"])
KINDS = st.sampled_from(["beside", "away", "image"])
_ROUNDS = 12


Verb = TypeVar("Verb", bound=Callable[..., None])
made_of: Callable[..., Callable[[Any], Any]] = rule


def may(**drawn: st.SearchStrategy[Any]) -> Callable[[Verb], Verb]:
    """Make a rule of what may happen, unless the machine is told of others that only may."""

    def made(verb: Verb) -> Verb:
        @wraps(verb)
        def done(self: "SyncMachine", **chosen: Any) -> None:
            self.whole = False
            verb(self, **chosen)
            self.whole = True

        allowed = precondition(lambda self: not self.only or verb.__name__ in self.only)
        return cast("Verb", made_of(**drawn)(allowed(done)))

    return made


class Templates:
    """What every history begins with, made once: a till of each code, and an empty database."""

    def __init__(self, folder: Path) -> None:
        self.tills = {}
        for code in CODES:
            make_till(folder / code, till=code, goods=small_catalogue())
            self.tills[code] = folder / code
        self.empty = folder / "empty.db"
        OfficeStore.create(f"sqlite:///{self.empty}").close()


def machine(
    templates: Templates,
    database: Callable[[Path], Database] | None = None,
    only: frozenset[str] = frozenset(),
) -> "type[SyncMachine]":
    """Return the machine over copies of templates, and over a kind of database.

    `only` names the rules that may happen, where not all may.
    """

    class Tills(SyncMachine):
        histories = 0
        tally: ClassVar[Counter[str]] = Counter()

        def make_database(self, folder: Path) -> Database:
            return database(folder) if database else SqliteFile(folder, templates.empty)

        def template(self, code: str) -> Path:
            return templates.tills[code]

    Tills.only = only
    return Tills


class SyncMachine(RuleBasedStateMachine):
    """Rules are what may happen; what must hold after each is in `checks`."""

    histories: ClassVar[int] = 0
    tally: ClassVar[Counter[str]] = Counter()
    """How many there were, and what was met in them."""
    only: ClassVar[frozenset[str]] = frozenset()
    """The rules that alone may happen; all, where none is named."""

    def __init__(self) -> None:
        super().__init__()
        type(self).histories += 1
        self.whole = True  # else it is told what broke first, and not what follows from that
        self._folder = quick_folder()
        folder = self._folder.__enter__()
        self._patch = pytest.MonkeyPatch()
        chance = random.Random(1)
        # The only chance there is, so that a history runs the same again.
        self._patch.setattr(app, "os", SimpleNamespace(urandom=chance.randbytes, environ={}))
        clock = Clock()
        self.world = World(folder, House(self.make_database(folder), folder, clock), clock, chance)
        for code in CODES:
            self.world.add_till(code, self.template(code))

    def make_database(self, folder: Path) -> Database:
        """Return head office's empty database."""
        raise NotImplementedError

    def template(self, code: str) -> Path:
        """Return a till's folder to be copied."""
        raise NotImplementedError

    def teardown(self) -> None:
        """Have all tills say all they have to head office, and look at everything once more."""
        world = self.world
        try:
            if self.whole:
                settle(world)
                checks.at_the_end(world)
        finally:
            type(self).tally.update(world.tally)
            for place in world.places:
                place.close()
            world.house.end()
            self._patch.undo()
            self._folder.__exit__(None, None, None)

    @invariant()
    def every_promise_holds(self) -> None:
        self.world.clock.move(timedelta(seconds=7))
        self.whole = False
        checks.after_a_step(self.world)
        self.whole = True

    def at(self, n: int) -> Place:
        """Return one of the tills there are."""
        return self.world.places[n % len(self.world.places)]

    def one_of(self, things: list[bytes], n: int) -> bytes:
        """Return one of the things that are on their way; the newest are asked for first."""
        return things[-1 - n % len(things)]

    def stick(self, name: str) -> Path:
        return self.world.folder / f"stick-{name}"

    @initialize(first=st.booleans(), second=st.booleans())
    def begin(self, *, first: bool, second: bool) -> None:
        for place, is_enrolled in zip(self.world.places, (first, second), strict=True):
            if is_enrolled:
                self.world.enrol(place)
        self.world.publish()
        self.world.publish()
        self.world.house.back_up()

    # --- at the counter -------------------------------------------------------------------------

    @may(till=ANY, pieces=st.integers(1, 3))
    def ring(self, till: int, pieces: int) -> None:
        self.world.ring(self.at(till), pieces)

    @may(till=ANY)
    def sell_and_send(self, till: int) -> None:
        self.world.ring(self.at(till), 1)
        self.world.contact(self.at(till))

    @may(till=ANY, n=st.integers(1, 6))
    def take_back(self, till: int, n: int) -> None:
        self.world.take_back(self.at(till), n)

    @may(till=ANY)
    def restart(self, till: int) -> None:
        self.world.restart(self.at(till))

    @may(till=ANY)
    def power_cut(self, till: int) -> None:
        self.world.power_cut(self.at(till))

    @may(till=ANY)
    def sold_untold(self, till: int) -> None:
        self.world.sold_untold(self.at(till))

    # --- misfortunes and people -----------------------------------------------------------------

    @may(till=ANY)
    def back_up(self, till: int) -> None:
        self.world.back_up(self.at(till))

    @may(till=ANY, n=ANY)
    def restore(self, till: int, n: int) -> None:
        self.world.restore(self.at(till), n)

    @may(till=ANY, kind=KINDS)
    def clone(self, till: int, kind: str) -> None:
        self.world.clone(self.at(till), kind)

    @may(till=ANY)
    def lose_keys(self, till: int) -> None:
        self.world.lose_keys(self.at(till))

    @may(till=ANY)
    def rotate(self, till: int) -> None:
        self.world.rotate(self.at(till))

    @may(till=ANY)
    def begin_epoch(self, till: int) -> None:
        self.world.begin_epoch(self.at(till))

    @may(till=ANY)
    def enrol(self, till: int) -> None:
        self.world.enrol(self.at(till))

    @may(till=ANY)
    def revoke(self, till: int) -> None:
        self.world.revoke(self.at(till))

    # --- over a line ----------------------------------------------------------------------------

    @may(till=ANY, harms=ON_A_LINE)
    def contact(self, till: int, harms: list[tuple[Harm, int]]) -> None:
        self.world.contact(self.at(till), *harms)

    @may(till=ANY)
    def seal(self, till: int) -> None:
        self.world.seal(self.at(till))

    @may(till=ANY, n=ANY, harm=HARM, where=ANY)
    def deliver(self, till: int, n: int, harm: Harm, where: int) -> None:
        if not self.world.runs:
            self.world.seal(self.at(till))
        if self.world.runs:
            self.world.receive(harmed(self.one_of(self.world.runs, n), harm, where))

    @may(till=ANY, n=ANY, harm=HARM, where=ANY)
    def hear(self, till: int, n: int, harm: Harm, where: int) -> None:
        place = self.at(till)
        mine = [one.content for one in self.world.letters if one.till == place.till]
        if mine:
            self.world.hear(place, harmed(self.one_of(mine, n), harm, where))

    @may(till=ANY, n=ANY, step=st.sampled_from(["ask", "enrol", "grant"]))
    def by_post(self, till: int, n: int, step: str) -> None:
        if step == "ask":
            self.world.ask(self.at(till))
        elif step == "enrol":
            self.world.people_enrol()
        elif self.world.grants:
            self.world.grant(self.at(till), self.one_of(self.world.grants, n))

    # --- on a stick -----------------------------------------------------------------------------

    @may(till=ANY, stick=STICKS)
    def export(self, till: int, stick: str) -> None:
        self.world.export(self.at(till), self.stick(stick))

    @may(stick=STICKS)
    def carry(self, stick: str) -> None:
        self.world.carry(self.stick(stick))

    @may(till=ANY, stick=STICKS)
    def fetch(self, till: int, stick: str) -> None:
        self.world.fetch(self.at(till), self.stick(stick))

    @may(stick=STICKS, harm=st.sampled_from([Harm.LOST, Harm.CUT, Harm.FLIPPED]), where=ANY)
    def spoil(self, stick: str, harm: Harm, where: int) -> None:
        self.world.spoil(self.stick(stick), harm, where)

    # --- head office ----------------------------------------------------------------------------

    @may()
    def office_backs_up(self) -> None:
        self.world.house.back_up()

    @may(n=ANY)
    def office_is_put_back(self, n: int) -> None:
        house = self.world.house
        if house.copies:
            house.put_back(n % len(house.copies))
            self.world.news = True

    @may()
    def publish(self) -> None:
        self.world.publish()

    @may(till=ANY, several=st.lists(ANY, min_size=1, max_size=3))
    def offer(self, till: int, several: list[int]) -> None:
        for n in several:
            self.world.offer(self.at(till), self.one_of(self.world.catalogues, n))

    # --- strangers ------------------------------------------------------------------------------

    @may(till=ANY, what=st.sampled_from([*forging.FORGERIES, "run"]))
    def forge(self, till: int, what: str) -> None:
        forging.FORGERIES[what](self.world, self.at(till))


def settle(world: World) -> None:
    """Have every till make contact, over a line that harms nothing, until all is acknowledged."""
    for place in world.places:
        world.restart(place)
        # Whatever it was told before: head office may have been put back since.
        world.contact(place)
    for _ in range(_ROUNDS):
        for place in world.places:
            world.clock.move(timedelta(seconds=7))
            if _is_done(place):
                continue
            world.contact(place)
            if place.desk.dealings.known().standing != "trusted" or _untrusting(place):
                world.enrol(place)
                world.contact(place)
        if all(map(_is_done, world.places)):
            return


def _is_done(place: Place) -> bool:
    known = place.desk.dealings.known()
    # One that head office has forgotten was acknowledged by what is there no more: people are shown
    # that it is not enrolled.
    return known.acked == len(place.chain) and known.standing not in {"unknown", "taken"}


def _untrusting(place: Place) -> bool:
    return not place.desk.dealings.known().office_key
