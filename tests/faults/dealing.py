"""What passes between a till and head office, as stories to be killed and spoilt at every write.

The folder holds all that is written to: the till's own, what its computer remembers, and head
office's database.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.counter.headoffice import HeadOffice
from tests.counter.tills import catalogue, make_till, proof, ring
from tests.office.forge import AT, Till, sale
from tofan_pos import app
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.count import Count
from tofan_pos.domain.published import Catalogue
from tofan_pos.office.intake import Outcome
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.contact import acknowledgement_in
from tofan_pos.sync.marks import Marks
from tofan_pos.sync.published import seal_catalogue
from tofan_pos.sync.sales import read_moment
from tofan_pos.sync.sealed import unseal

Say = Callable[[str], None]
Found = dict[str, Any]
OFFICE = HeadOffice()
PRICE = 123_45
"""What the scarf costs by the catalogue that head office sends."""


@contextmanager
def at_the_till(folder: Path) -> Iterator[Desk]:
    """Open the till, on a computer that remembers it."""
    desk = app.build_counter(folder / "till", marks=Marks(folder / "marks"))
    try:
        if desk.day.session is None:
            desk.day.open(Count())
        yield desk
    finally:
        desk.close()


def make(folder: Path) -> None:
    """Set up a till that trusts head office and has sold twice."""
    make_till(folder / "till")
    with at_the_till(folder) as desk:
        OFFICE.enrol(desk)
        for _ in range(2):
            ring(desk)


def sent() -> bytes:
    """Return the catalogue that head office sends."""
    scarf, *others = catalogue().products
    plain = replace(scarf, price=PRICE, picture="", story=None)
    goods = Catalogue(products=(plain, *others[1:]), groups=catalogue().groups)
    return seal_catalogue(goods, version=1, at=read_moment(AT), key=OFFICE.key)


def last(desk: Desk) -> int:
    """Return the number of the journal's last entry."""
    return desk.store.journal_size()[0]


# --- each act once, by its name ------------------------------------------------------------------


def take_word(desk: Desk) -> str:
    """Take head office's word that it holds everything."""
    word = OFFICE.says(desk, last(desk))
    return f"acked:{desk.dealings.take_acknowledgement(word).acked}"


def rotate(desk: Desk) -> str:
    """Take another key."""
    desk.dealings.rotate_key()
    return f"key:{desk.identity.public_key.hex()}"


def take_catalogue(desk: Desk) -> str:
    """Take a catalogue, to be applied later."""
    desk.incoming.take(sent())
    return "taken:1"


def apply_catalogue(desk: Desk) -> str:
    """Sell by it."""
    desk.incoming.apply()
    return f"catalogue:{desk.dealings.known().catalogue}"


def begin_epoch(desk: Desk) -> str:
    """Begin an epoch."""
    return f"epoch:{desk.dealings.begin_epoch()}"


def sell(desk: Desk) -> str:
    """Sell one piece."""
    return f"sale:{ring(desk).sale.number}"


ACTS: dict[str, Callable[[Desk], str]] = {
    "take_word": take_word,
    "rotate": rotate,
    "take_catalogue": take_catalogue,
    "apply_catalogue": apply_catalogue,
    "begin_epoch": begin_epoch,
    "sell": sell,
}


def deal(folder: Path, say: Say) -> None:
    """Do every act once, in turn."""
    with at_the_till(folder) as desk:
        for act in ACTS.values():
            say(act(desk))


def lacking(desk: Desk, said: list[str]) -> list[str]:
    """Return what was said to be done, and is not there."""
    known = desk.dealings.known()
    with desk.store.reading() as look:
        lines = b"\n".join(row.line for row in look.events("sale", "key_rotated", "epoch_opened"))
    sold = b"\n".join(row.line for row in desk.store.entries())
    there: dict[str, Callable[[str], bool]] = {
        "acked": lambda word: known.acked >= int(word),
        "key": lambda word: word.encode() in lines,
        "taken": lambda word: max(desk.incoming.waiting(), known.catalogue) >= int(word),
        "catalogue": lambda word: known.catalogue >= int(word),
        "epoch": lambda word: desk.identity.epoch >= int(word),
        "sale": lambda word: f'"number":"{word}"'.encode() in sold,
    }
    pairs = (word.split(":", 1) for word in said)
    return [f"{name}:{word}" for name, word in pairs if not there[name](word)]


def look(folder: Path, said: list[str]) -> Found:
    """Open the till again: is all there, does it sell at one price, and seal all that it has."""
    with at_the_till(folder) as desk:
        found = proof(desk)
        lacks = lacking(desk, said)
        goods = {one.code: one.price for one in desk.store.whole_catalogue().products}
        price = goods["TF-SCARF"]
        by = desk.dealings.known().catalogue
        following = sell(desk)
        seals = [unseal(run.content) for run in desk.outbox.runs()]
        whole = sum(seal.header.count for seal in seals)
        waits = last(desk) - desk.dealings.known().acked
        again = proof(desk)
    return {
        "flaw": found.flaw,
        "lacks": lacks,
        "one_price": price == (PRICE if by else 590_00),
        "used_again": following in said,
        "sealed": whole == waits,
        "flaw_after": again.flaw,
    }


GOOD: Found = {
    "flaw": None,
    "lacks": [],
    "one_price": True,
    "used_again": False,
    "sealed": True,
    "flaw_after": None,
}
"""What `look` finds where all is well."""


# --- head office ---------------------------------------------------------------------------------


def make_office(folder: Path) -> None:
    """Set up head office: it trusts a till, holds half of what that sends, and knows a fork."""
    folder.mkdir(parents=True)
    url = f"sqlite:///{folder / 'office.db'}"
    OfficeStore.create(url).close()
    till = Till()
    for n in range(1, 9):
        till.write(sale(n))
    twin = till.branch(5)
    twin.write(sale(60))
    office = app.build_office(url, clock=lambda: read_moment(AT))
    till.enrolled(office.store)
    office.key()
    office.intake.take_bytes(till.file(1, 4), folder)
    office.store.close()
    (folder / "rest.tofan").write_bytes(till.file(3, 8))
    (folder / "fork.tofan").write_bytes(twin.file(5, 6))


def receive(folder: Path, say: Say) -> None:
    """Take the rest of a till's entries, then a fork's, and answer each."""
    office = app.build_office(f"sqlite:///{folder / 'office.db'}", clock=lambda: read_moment(AT))
    for name in ("rest", "fork"):
        taken = office.reception.take((folder / f"{name}.tofan").read_bytes())
        said = acknowledgement_in(taken.letter or b"").body
        say(f"{taken.result.outcome}:{said.head}")
    office.store.close()


def after_receiving(folder: Path, said: list[str]) -> Found:
    """Look at what is there, and have both come again."""
    office = app.build_office(f"sqlite:///{folder / 'office.db'}", clock=lambda: read_moment(AT))
    before = office.store.counts()
    apart = len(office.store.apart())
    outcomes = [
        office.reception.take((folder / f"{name}.tofan").read_bytes()).result.outcome
        for name in ("rest", "fork")
    ]
    after = office.store.counts()
    found = {
        "all_or_nothing": (before["entries"], before["sales"]) in {(4, 4), (8, 8)} and apart <= 1,
        "kept": before["entries"] == 8 or not said,
        "apart": apart == 1 or len(said) < 2,
        "once": (after["entries"], after["sales"], len(office.store.apart())) == (8, 8, 1),
        "again": outcomes[0] in {Outcome.IMPORTED, Outcome.ALREADY_THERE}
        and outcomes[1] is Outcome.QUARANTINED,
    }
    office.store.close()
    return {name: bool(is_so) for name, is_so in found.items()}
