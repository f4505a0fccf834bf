"""What strangers send: whole and well made, and signed with a key that nobody ever compared."""

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256

from tests.office.forge import key_of
from tests.sync_machine.goods import small_catalogue
from tests.sync_machine.places import Place
from tests.sync_machine.promises import Promise, held_to
from tests.sync_machine.world import World
from tofan_pos.domain.errors import Refusal
from tofan_pos.sync.chain import GENESIS, Link
from tofan_pos.sync.contact import (
    AcknowledgementBody,
    HelloBody,
    acknowledgement_in,
    write_acknowledgement,
    write_hello,
)
from tofan_pos.sync.enrolment import GrantBody, Request, write_grant, write_request
from tofan_pos.sync.published import seal_catalogue
from tofan_pos.sync.sales import write_moment
from tofan_pos.sync.sealed import seal

STRANGER = key_of("stranger")


def run(world: World, place: Place) -> None:
    """Send a till's own entries, sealed with the stranger's key."""
    store, epoch = place.desk.store, place.desk.identity.epoch
    (*_, row) = store.epochs()
    links = [Link(one.seq, one.line, one.hash) for one in store.entries(row.first - 1)]
    prev = place.chain[row.first - 2] if row.first > 1 else GENESIS
    world.receive(seal(links, till=place.till, epoch=epoch, prev=prev, key=STRANGER))


def acknowledgement(world: World, place: Place) -> None:
    """Tell a till that everything it has is held."""
    body = AcknowledgementBody(
        at=write_moment(world.clock()),
        catalogue=99,
        epoch=place.desk.identity.epoch,
        hash=place.chain[-1].hex(),
        head=len(place.chain),
        serial=10**15,
        till=place.till,
    )
    world.hear(place, write_acknowledgement(body, STRANGER))


def hello(world: World, place: Place) -> None:
    """Say hello in a till's name."""
    body = HelloBody(
        at=write_moment(world.clock()),
        catalogue=0,
        epoch=place.desk.identity.epoch,
        hash=sha256(b"nothing").hexdigest(),
        head=7,
        nonce="0" * 32,
        program="stranger",
        till=place.till,
    )
    letter = world.house.office.reception.hello(write_hello(body, STRANGER))
    told = acknowledgement_in(letter).body
    held_to(Promise.SPOKEN_FOR, told.standing in {"unknown", "taken"}, f"{told.standing}")
    held_to(Promise.SPOKEN_FOR, told.head == 0, "a stranger is told how far a till has come")
    before = place.desk.identity.epoch
    world.hear(place, letter)
    moved = place.desk.identity.epoch != before
    held_to(Promise.SPOKEN_FOR, not moved, "the answer to a stranger moves a till")
    world.news = True


def request(world: World, place: Place) -> None:
    """Ask to be enrolled in a till's name; no till shows that fingerprint."""
    asked = Request(place.till, place.desk.identity.epoch, "f" * 32, STRANGER.public)
    if asked.epoch == 1:
        with suppress(Refusal):
            granted = world.house.office.reception.ask(write_request(asked, STRANGER))
            held_to(Promise.SPOKEN_FOR, granted is None, "a stranger is trusted at once")
    world.news = True


def grant(world: World, place: Place) -> None:
    """Grant a till what it asks, as another head office."""
    identity = place.desk.identity
    body = GrantBody(
        at=write_moment(world.clock()),
        epoch=identity.epoch,
        office="office",
        till=place.till,
        till_key=identity.public_key.hex(),
    )
    world.grants.append(write_grant(body, STRANGER))
    world.grant(place, world.grants[-1])


def catalogue(world: World, place: Place) -> None:
    """Offer a till a catalogue of no head office that it knows."""
    goods = small_catalogue(1_00)
    world.offer(place, seal_catalogue(goods, version=99, at=world.clock(), key=STRANGER))


FORGERIES: dict[str, Callable[[World, Place], None]] = {
    "run": run,
    "acknowledgement": acknowledgement,
    "hello": hello,
    "request": request,
    "grant": grant,
    "catalogue": catalogue,
}
