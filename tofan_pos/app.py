"""The composition root: where a counter and a head office are put together, and nothing else."""

import os
import shutil
import time
import uuid
from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import tofan_pos
from tofan_pos import resources
from tofan_pos.counter import setup
from tofan_pos.counter.access import Access
from tofan_pos.counter.backup import Backups
from tofan_pos.counter.day import Day
from tofan_pos.counter.dealings import Dealings
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.drawer import Drawer
from tofan_pos.counter.epochs import Epochs
from tofan_pos.counter.incoming import Incoming
from tofan_pos.counter.journal import Journal
from tofan_pos.counter.outbox import Outbox
from tofan_pos.counter.pack import Pack
from tofan_pos.counter.papers import Papers
from tofan_pos.counter.parking import Parking
from tofan_pos.counter.refunds import Refunds
from tofan_pos.counter.register import Register
from tofan_pos.counter.reprints import Reprints
from tofan_pos.counter.shelf import Shelf
from tofan_pos.counter.spool import Spool
from tofan_pos.counter.till_keys import TillKeys
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.till import Seller, TillProfile
from tofan_pos.printing.spooling import sender
from tofan_pos.settings import Settings, read_settings
from tofan_pos.store.counter import FILE_NAME, CounterStore
from tofan_pos.store.facts import Identity
from tofan_pos.sync.marks import Marks
from tofan_pos.sync.pepper import pepper_store
from tofan_pos.thai.dates import business_day
from tofan_pos.words import LANGUAGES, Words

if TYPE_CHECKING:
    from tofan_pos.counter.courier import Courier
    from tofan_pos.office.identity import Identity as OfficeIdentity
    from tofan_pos.office.intake import Intake
    from tofan_pos.office.reception import Reception
    from tofan_pos.store.office import OfficeStore
    from tofan_pos.sync.keys import SigningKey
    from tofan_pos.workbook import Checked

Clock = Callable[[], datetime]

LAST_PLAUSIBLE_YEAR = 2400
BUDDHIST_ERA = 543

SAMPLE = ("sample", "catalogue.xlsx")
BRAND = Seller(
    brand=Text("ทอฝัน by พม.", "Tofan by MSDHS"),
    owner=Text(
        "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์",
        "Ministry of Social Development and Human Security",
    ),
)
"""Whose counters these are; the rest of a receipt's head is each till's own setting."""

TRAINING_FOLDER, TRAINING_TILL = "training", "TRAIN"
"""Where a till to learn on lives, and the code that no real till bears."""

TRIAL_PAGE = "https://tofan.example/s/"
"""Where a trial receipt's story codes lead: a name that is reserved for examples (RFC 2606)."""


def utc_now() -> datetime:
    """Return the present moment in UTC: the only clock that is real."""
    return in_common_era(datetime.now(UTC))


def in_common_era(moment: datetime) -> datetime:
    """Return a moment read from a computer whose clock was set to the Buddhist year, put right."""
    if moment.year <= LAST_PLAUSIBLE_YEAR:
        return moment
    year = moment.year - BUDDHIST_ERA
    leap_day = (moment.month, moment.day) == (2, 29) and not isleap(year)
    return moment.replace(year=year, day=28 if leap_day else moment.day)


def chance() -> float:
    """Return a random number from 0 up to 1, so that tills do not all do a thing at once."""
    return int.from_bytes(os.urandom(4), "big") / 2**32


def new_id() -> str:
    """Return a fresh id: 48 bits of the time in milliseconds, then 80 random ones, in hex.

    Ids that grow with time keep the index over them in order, and each insert on its last page.
    """
    milliseconds = int(utc_now().timestamp() * 1000)
    return (milliseconds.to_bytes(6, "big") + os.urandom(10)).hex()


def all_words() -> dict[str, Words]:
    """Return the words of every language."""
    return {language: resources.words(language) for language in LANGUAGES}


def read_workbook(path: Path | None, *, clock: Clock = utc_now) -> tuple["Checked", str]:
    """Read and check a catalogue workbook (the sample where none is named), with its SHA-256."""
    from tofan_pos.workbook import read_catalogue  # noqa: PLC0415 - selling reads no workbook

    workbook = path or resources.path(*SAMPLE)
    checked = read_catalogue(workbook, today=clock().date())
    return checked, sha256(workbook.read_bytes()).hexdigest()


def new_profile(till: str, **chosen: object) -> TillProfile:
    """Return the profile of a new till: the brand's head, and the settings that were chosen."""
    who = {"till": till, "epoch": 1, "install_id": uuid.uuid4().hex, "seller": BRAND}
    return TillProfile(**(who | chosen))  # type: ignore[arg-type]  # checked by the command line


def trial_profile() -> TillProfile:
    """Return the profile of the trial till that newcomers try things on."""
    counter = Text("เคาน์เตอร์ทดลองขาย", "Trial counter")
    return new_profile("TRY1", seller=replace(BRAND, counter=counter), story_page=TRIAL_PAGE)


def has_till(folder: Path) -> bool:
    """Tell whether a till has been set up in a folder."""
    return (folder / FILE_NAME).is_file()


def make_till(
    folder: Path, profile: TillProfile, catalogue: Path | None = None, *, clock: Clock = utc_now
) -> tuple[Identity, "Checked"]:
    """Set a till up in a folder. Raises `Refusal` or `Trouble`; then there is no till."""
    if has_till(folder):
        raise Refusal(Why.TILL_EXISTS, path=str(folder))
    checked, digest = read_workbook(catalogue, clock=clock)
    identity = setup.set_up(
        folder,
        profile=profile,
        catalogue=checked.catalogue,
        catalogue_sha256=digest,
        clock=clock,
        random_bytes=os.urandom,
    )
    return identity, checked


def uptime() -> int:
    """Return the seconds since the computer started: no clock that anybody can set."""
    return int(time.monotonic())


def marks(settings: Settings) -> Marks | None:
    """Return what this computer remembers of its tills outside their files."""
    return Marks(settings.tills) if settings.tills else None


def build_counter(
    folder: Path,
    *,
    clock: Clock = utc_now,
    make_id: Callable[[], str] = new_id,
    ticks: Callable[[], int] = uptime,
    marks: Marks | None = None,
) -> Desk:
    """Put together the counter whose till is in a folder. Raises `Refusal` or `Trouble`.

    `marks` is what this computer remembers of its tills outside their files.
    """
    if not has_till(folder):
        raise Refusal(Why.NO_TILL_HERE, path=str(folder))
    store = CounterStore(folder / FILE_NAME)
    try:
        before = setup.profile_of(setup.identity_in(store))
        remembered = None if before.training else marks
        epochs = Epochs(Journal(store, before, clock), folder, remembered, os.urandom)
        beginning = epochs.look()
        identity = setup.identity_in(store)
        profile = setup.profile_of(identity)
    except (Refusal, Trouble):
        store.close()
        raise
    journal = Journal(store, profile, clock, epochs.moved)
    shelf = Shelf(store)
    keys = TillKeys(folder, store)
    pepper = pepper_store(folder, identity.install_id, guarded=identity.key_guarded)
    papers = Papers(store, profile, all_words(), keys)
    access = Access(
        journal=journal,
        # Where people work already, a new pepper would shut all of them out.
        pepper=lambda: pepper.load() if store.staff() else pepper.load_or_make(os.urandom),
        ticks=ticks,
        limits=profile.limits,
        random_bytes=os.urandom,
    )
    register = Register(journal=journal, shelf=shelf, access=access, new_id=make_id)
    incoming = Incoming(journal, access, register)
    incoming.begin()
    outbox, backups = Outbox(journal, keys, access), Backups(journal, access)
    return Desk(
        store=store,
        profile=profile,
        clock=clock,
        journal=journal,
        access=access,
        register=register,
        parking=Parking(journal, access, register, make_id),
        refunds=Refunds(
            journal=journal, access=access, papers=papers, register=register, new_id=make_id
        ),
        reprints=Reprints(journal, access, papers),
        drawer=Drawer(journal, access),
        day=Day(journal=journal, access=access, keys=keys),
        shelf=shelf,
        papers=papers,
        spool=Spool(store, papers, sender(profile.printer, paper_mm=profile.paper_mm)),
        outbox=outbox,
        backups=backups,
        pack=Pack(store, papers, backups, outbox),
        incoming=incoming,
        epochs=epochs,
        dealings=Dealings(journal, keys, access, epochs),
        beginning=beginning,
    )


def courier_to(desk: Desk, address: str, *, ca_file: Path | None = None) -> "Courier":
    """Return what carries between a till and head office's receiver at an address.

    `ca_file` is trusted besides what the system trusts. Raises `Refusal(SERVER_ADDRESS)`.
    """
    from tofan_pos.counter.courier import Courier  # noqa: PLC0415 - a start needs no network
    from tofan_pos.sync.https import Line  # noqa: PLC0415 - as above

    line = Line(address, program=tofan_pos.__version__, clock=desk.clock, ca_file=ca_file)
    return Courier(
        desk.dealings,
        desk.outbox,
        desk.incoming,
        line,
        folder=desk.store.path.parent,
        nonce=lambda: os.urandom(16).hex(),
    )


def build_training(folder: Path, *, clock: Clock = utc_now) -> Desk:
    """Put together a till to learn on beside the real one in a folder, begun anew each time.

    It sells what the real one sells; nothing else is shared. Raises `Refusal` or `Trouble`.
    """
    real = CounterStore(folder / FILE_NAME)
    try:
        profile = setup.profile_of(setup.identity_in(real))
        catalogue = real.whole_catalogue()
    finally:
        real.close()
    place = folder / TRAINING_FOLDER
    _clear_training(place)
    learning = replace(
        profile,
        till=TRAINING_TILL,
        epoch=1,
        install_id=uuid.uuid4().hex,
        training=True,
        two_to_close=False,
    )
    setup.set_up(
        place,
        profile=learning,
        catalogue=catalogue,
        catalogue_sha256=sha256(TRAINING_TILL.encode()).hexdigest(),
        clock=clock,
        random_bytes=os.urandom,
    )
    return build_counter(place, clock=clock)


def _clear_training(place: Path) -> None:
    """Take away the till somebody learned on before; any other till there is left alone.

    Raises `Refusal(TILL_EXISTS)` for such a one.
    """
    if has_till(place):
        before = CounterStore(place / FILE_NAME)
        try:
            learned_on = setup.profile_of(setup.identity_in(before)).training
        finally:
            before.close()
        if not learned_on:
            raise Refusal(Why.TILL_EXISTS, path=str(place))
    shutil.rmtree(place, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Office:
    """Head office: its database, the intake and the reception over it, and the date in Bangkok."""

    store: "OfficeStore"
    intake: "Intake"
    reception: "Reception"
    identity: "OfficeIdentity"
    today: Callable[[], date]

    def key(self) -> "SigningKey":
        """Return head office's key, made on first need. Raises `Trouble` where it is not here."""
        return self.identity.key()


def build_office(url: str, *, clock: Clock = utc_now, folder: Path | None = None) -> Office:
    """Put together head office over a database that was set up. Raises `Refusal` or `Trouble`.

    Its key, where no keyring guards it, is in a file beside a SQLite database, else in `folder`,
    the program's own where none is named.
    """
    from tofan_pos.office.identity import (  # noqa: PLC0415 - a counter starts without it
        Identity as OfficeIdentity,
    )
    from tofan_pos.office.intake import Intake  # noqa: PLC0415 - as above
    from tofan_pos.office.reception import Reception  # noqa: PLC0415 - as above
    from tofan_pos.store.office import OfficeStore  # noqa: PLC0415 - as above

    store = OfficeStore(url)
    try:
        store.check()
    except (Refusal, Trouble):
        store.close()
        raise

    def today() -> date:
        return business_day(clock())

    place = store.folder or folder or read_settings(os.environ).folder
    identity = OfficeIdentity(store, place, os.urandom)
    intake = Intake(store, clock)
    return Office(store, intake, Reception(store, intake, identity, clock), identity, today)
