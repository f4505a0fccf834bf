"""Setting a till up: its file, its key, its first entries, and a catalogue to sell from."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

import tofan_pos
from tofan_pos.counter.access import Access, Approval
from tofan_pos.counter.epochs import Epochs
from tofan_pos.counter.journal import Clock, Journal
from tofan_pos.counter.laying import lay_out, let_go
from tofan_pos.counter.till_keys import key_store
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.domain.people import Right
from tofan_pos.domain.published import Catalogue, over, without
from tofan_pos.domain.till import TillProfile
from tofan_pos.store.counter import FILE_NAME, CounterStore
from tofan_pos.store.dealings import EpochRow
from tofan_pos.store.facts import Identity
from tofan_pos.store.till_file import alone
from tofan_pos.sync import keys
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.events import CatalogueBody, OpenedBody
from tofan_pos.sync.folder import make_folder, sync_folder, unwritten, write_durably
from tofan_pos.sync.pepper import pepper_store
from tofan_pos.thai.dates import business_day


def set_up(  # noqa: PLR0913 - each is a fact only the composition root can bring
    folder: Path,
    *,
    profile: TillProfile,
    catalogue: Catalogue,
    catalogue_sha256: str,
    clock: Clock,
    random_bytes: Callable[[int], bytes],
) -> Identity:
    """Make a till in a folder and leave its enrolment request there.

    The till's file appears under its name only when it is whole, so a set-up that was cut short
    is begun again. Raises `Refusal(TILL_EXISTS)` or `Trouble`.
    """
    make_folder(folder)
    with alone(folder / "setup.lock"):
        if (folder / FILE_NAME).exists():
            raise Refusal(Why.TILL_EXISTS, path=str(folder))
        _clear(folder, profile)
        key = keys.SigningKey(random_bytes(keys.KEY_BYTES))
        guarded = keys.keyring_serves()
        key_store(folder, profile.install_id, guarded=guarded).save(key)
        identity = Identity(
            till=profile.till,
            epoch=profile.epoch,
            install_id=profile.install_id,
            public_key=key.public,
            key_guarded=guarded,
            settings=settings_of(profile),
        )
        with closing(CounterStore.create(_unfinished(folder))) as store:
            journal = Journal(store, profile, clock)
            _open(journal, identity)
            pepper = pepper_store(folder, profile.install_id, guarded=guarded)
            access = Access(
                journal=journal,
                pepper=lambda: pepper.load_or_make(random_bytes),
                ticks=_no_ticks,
                limits=profile.limits,
                random_bytes=random_bytes,
            )
            load_catalogue(journal, catalogue, sha256=catalogue_sha256, access=access)
            if not profile.training:
                epochs = Epochs(journal, folder, None, random_bytes)
                write_durably(epochs.request_path, epochs.request())
        _publish(folder)
    return identity


def _clear(folder: Path, profile: TillProfile) -> None:
    """Take away what a set-up that was cut short has left."""
    unfinished = _unfinished(folder)
    # The key of a till that never came to be: nothing was signed for it.
    key_file = _key_file(folder, profile.install_id)
    try:
        for rest in (unfinished, _journal_of(unfinished), key_file):
            rest.unlink(missing_ok=True)
    except OSError as error:
        raise unwritten(error, folder) from error


def _open(journal: Journal, identity: Identity) -> None:
    """Write who the till is, and its first entry."""
    with journal.fact(epoch=identity.epoch) as fact:
        fact.tx.set_identity(identity)
        first = EpochRow(
            identity.epoch, 1, identity.install_id, identity.public_key, Beginning.FIRST.value
        )
        fact.tx.add_epoch(first)
        fact.write(
            OpenedBody(
                document=journal.profile.kind.value,
                install_id=identity.install_id,
                program=tofan_pos.__version__,
                public_key=identity.public_key.hex(),
            )
        )


def _publish(folder: Path) -> None:
    """Give the finished file its name: the commit of the set-up."""
    unfinished = _unfinished(folder)
    try:
        _journal_of(unfinished).unlink(missing_ok=True)
        unfinished.replace(folder / FILE_NAME)
        sync_folder(folder)
    except OSError as error:
        raise unwritten(error, folder) from error


def _unfinished(folder: Path) -> Path:
    return folder / f"{FILE_NAME}.new"


def _journal_of(file: Path) -> Path:
    return file.with_name(f"{file.name}-journal")


def load_catalogue(
    journal: Journal,
    catalogue: Catalogue,
    *,
    sha256: str,
    access: Access,
    approval: Approval | None = None,
) -> None:
    """Put a checked catalogue in the place of the one before, whole, and journal it.

    The people it names work here from now on; `access` seals their PINs for this till. Raises
    `Refusal(NOT_SIGNED_IN | NOT_ALLOWED | APPROVAL_NEEDED)` for who may not.
    """
    # Who works here is a supervisor's affair, what is sold also support's.
    right = Right.MANAGE_STAFF if catalogue.staff else Right.LOAD_CATALOGUE
    warrant = access.warrant(right, approval)
    with journal.fact() as fact:
        fact.write(
            CatalogueBody(
                products=len(catalogue.products),
                sha256=sha256,
                approved_by=warrant.approved_by,
                by=warrant.by,
            )
        )
        # A story whose time is over is not laid down only to be taken out again.
        told = without(catalogue, over(catalogue, business_day(fact.at)))
        left = lay_out(fact, told)
        if catalogue.staff:
            access.load_staff(fact, catalogue.staff)
        let_go(fact, journal.store, left)


def settings_of(profile: TillProfile) -> dict[str, Any]:
    """Return a profile's settings as plain values for the till's file."""
    plain: dict[str, Any] = msgspec.to_builtins(profile)
    return {name: plain[name] for name in plain if name not in _IDENTITY}


def identity_in(store: CounterStore) -> Identity:
    """Return who a till's file says it is. Raises `Refusal(NO_TILL_HERE)` where it does not say."""
    identity = store.identity()
    if identity is None:
        raise Refusal(Why.NO_TILL_HERE, path=str(store.path.parent))
    return identity


def profile_of(identity: Identity) -> TillProfile:
    """Return the profile that a till's file holds. Raises `Trouble(STORE_DAMAGED)`."""
    who = {name: getattr(identity, name) for name in _IDENTITY}
    try:
        return msgspec.convert(identity.settings | who, TillProfile)
    except msgspec.ValidationError as error:
        raise Trouble(Ailment.STORE_DAMAGED, detail=str(error)) from error


def _no_ticks() -> int:
    """Return nought: nobody gives a PIN while a till is being set up."""
    return 0


_IDENTITY = ("till", "epoch", "install_id")


def _key_file(folder: Path, install_id: str) -> Path:
    return folder / f"till-{install_id}.key"
