"""Every key a till has signed with: which one is in force, and which one was for which entries."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.store.counter import CounterStore
from tofan_pos.store.facts import Identity
from tofan_pos.store.reading import Reading
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.keys import FileKeys, KeyringKeys, KeyStore, SigningKey
from tofan_pos.sync.kinds import KeyRotated

_ROTATED = "key_rotated"
_COMPARED = {Standing.TRUSTED.value, Standing.RETIRED.value}


@dataclass(frozen=True, slots=True)
class Period:
    """A run of the journal that one key is for: entries of one epoch, `last` None while it runs."""

    epoch: int
    first: int
    last: int | None
    public_key: bytes
    install_id: str
    begun: bool
    """Whether it is the key that the epoch began with."""

    @property
    def place(self) -> str:
        """Where its secret is kept."""
        if self.begun:
            return self.install_id
        return f"{self.install_id}-{self.public_key.hex()[:16]}"


def periods(look: Reading) -> list[Period]:
    """Return which key is for which entries, oldest first; together they cover the journal."""
    begun = [(row.epoch, row.first, row.public_key, row.install_id, True) for row in look.epochs()]
    ids = {epoch: install_id for epoch, _, _, install_id, _ in begun}
    rotated = [
        (entry.epoch, entry.seq + 1, bytes.fromhex(entry.body.public_key), ids[entry.epoch], False)
        for entry in (read_entry(event.line) for event in look.events(_ROTATED))
        if isinstance(entry, KeyRotated)
    ]
    # Where a key was changed right before an epoch began, both begin with the same entry.
    found = sorted((*begun, *rotated), key=lambda one: (one[1], one[0]))
    ends = [first - 1 for _, first, *_ in found[1:]]
    return [
        Period(epoch, first, last, public_key, install_id, is_first)
        for (epoch, first, public_key, install_id, is_first), last in zip(
            found, (*ends, None), strict=True
        )
        if last is None or last >= first
    ]


def key_store(folder: Path, place: str, *, guarded: bool) -> KeyStore:
    """Return where a key is: the OS keyring, or a file beside the till's own."""
    if guarded:
        return KeyringKeys(place)
    return FileKeys(folder / f"till-{place}.key")


@dataclass(frozen=True, slots=True)
class TillKeys:
    """One till's keys. As a key store it holds the one in force, whoever changed it last."""

    folder: Path
    store: CounterStore

    @property
    def guarded(self) -> bool:
        """Whether the operating system's keyring guards it; where not, people are warned."""
        return self._identity().key_guarded

    def load(self) -> SigningKey:
        """Return the key in force. Raises `Trouble(KEY_MISSING | KEY_UNREADABLE)`."""
        with self.store.reading() as look:
            (*_, now) = periods(look)
        return self._of(now)

    def save(self, key: SigningKey) -> None:
        """Keep a new key of this epoch, under a name of its own."""
        identity = self._identity()
        place = f"{identity.install_id}-{key.public.hex()[:16]}"
        key_store(self.folder, place, guarded=identity.key_guarded).save(key)

    def sealing(self) -> Callable[[Period], SigningKey]:
        """Return what tells which key seals the entries of a period.

        Its own, in the epoch in force. Earlier ones may be gone, revoked, or never have been
        enrolled: once people at head office have compared the key in force, it vouches for them.
        Raises `Trouble(KEY_MISSING | KEY_UNREADABLE)` when asked.
        """
        epoch = self._identity().epoch
        with self.store.reading() as look:
            known = look.head_office()
        trusted = bool(known.office_key) and known.standing in _COMPARED

        def key_for(period: Period) -> SigningKey:
            if period.epoch == epoch:
                return self._of(period)
            if not trusted:
                with suppress(Trouble):
                    return self._of(period)
            return self.load()

        return key_for

    def known_by(self, acked: int) -> SigningKey:
        """Return the key of this epoch that head office knows when it holds up to an entry.

        A key that was taken later is known once the entry that tells of it is held. Raises
        `Trouble(KEY_MISSING | KEY_UNREADABLE)`.
        """
        with self.store.reading() as look:
            found = periods(look)
        own = [period for period in found if period.epoch == found[-1].epoch]
        known = [period for period in own if period.first <= acked + 1] or own[:1]
        try:
            return self._of(known[-1])
        except Trouble:
            return self._of(own[-1])

    def for_epoch(self, epoch: int) -> SigningKey:
        """Return the last key of an epoch. Raises `Trouble(KEY_MISSING | KEY_UNREADABLE)`."""
        with self.store.reading() as look:
            found = [period for period in periods(look) if period.epoch == epoch]
        return self._of(found[-1])

    def _of(self, period: Period) -> SigningKey:
        # What guards keys was chosen once, when the till was set up on this computer; a till
        # that was carried to another one may have old keys in either place.
        guarded = self._identity().key_guarded
        problem: Trouble | None = None
        for there in (guarded, not guarded):
            try:
                key = key_store(self.folder, period.place, guarded=there).load()
            except Trouble as trouble:
                problem = problem or trouble
                continue
            if key.public != period.public_key:
                # Head office would refuse what it seals, and the till could not prove it.
                raise Trouble(Ailment.KEY_UNREADABLE, path=str(self.folder))
            return key
        raise problem or Trouble(Ailment.KEY_MISSING, path=str(self.folder))

    def _identity(self) -> Identity:
        identity = self.store.identity()
        if identity is None:
            raise Refusal(Why.NO_TILL_HERE, path=str(self.folder))
        return identity
