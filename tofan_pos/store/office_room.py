"""What head office's store knows of tills: who they are, what is held of them, what was told."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.engine import Connection, Engine

from tofan_pos.domain.catalogue import KnownTill
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.store import office_tills as tills
from tofan_pos.store.engine import reading, steady, writing
from tofan_pos.store.office_chain import Apart, Chain, Span, apart_on, hash_at_on, spans_on
from tofan_pos.store.office_desk import DeskRow, desk_on, name_desk, open_desk
from tofan_pos.store.office_intake import TillIntake
from tofan_pos.store.office_published import (
    Publication,
    add_on,
    before_on,
    known_tills_on,
    newest_on,
    next_version_on,
    version_on,
)
from tofan_pos.store.office_settled import Settlement, settle_on, settlements_on
from tofan_pos.store.office_tills import EnrolledTill, Signer
from tofan_pos.store.office_turned_away import TurnedAway, turn_away_on, turned_away_on


@dataclass(frozen=True, slots=True)
class Contact:
    """The open transaction in which one till is answered."""

    _connection: Connection
    chain: Chain

    def change(self, epoch: int, **values: object) -> None:
        """Set columns of an epoch's row."""
        tills.change(self._connection, self.chain.till, epoch, **values)


class TillRoom:
    """The part of head office's store that tills are dealt with in."""

    _engine: Engine

    # --- head office itself ---------------------------------------------------------------------

    def desk(self) -> DeskRow | None:
        """Return head office's own row, None before it has a key."""
        with reading(self._engine) as connection:
            return desk_on(connection)

    def open_desk(self, make: Callable[[], DeskRow]) -> DeskRow:
        """Return head office's own row; where there is none, keep the one that is made.

        Whoever asks meanwhile waits, so that it is made once.
        """
        with writing(self._engine) as connection:
            tills.lock_till(connection, "head office")
            desk = desk_on(connection)
            if desk is None:
                desk = make()
                open_desk(connection, desk)
            return desk

    def name_desk(self, *, name: str | None = None, server: str | None = None) -> None:
        """Set what people know head office by, and where its receiver is; None leaves it."""
        with writing(self._engine) as connection:
            name_desk(connection, name=name, server=server)

    # --- tills ----------------------------------------------------------------------------------

    def enrol(self, till: EnrolledTill) -> bool:
        """Trust a till's key, and forget its request; tell whether it is new.

        Raises `Refusal(ALREADY_ENROLLED | KEY_REVOKED)`.
        """
        with writing(self._engine) as connection:
            return tills.enrol_on(connection, till)

    def tills(self) -> list[EnrolledTill]:
        """Return every epoch of every till, by code and number."""
        with reading(self._engine) as connection:
            return tills.rows_on(connection)

    def till(self, till: str, epoch: int) -> EnrolledTill | None:
        """Return one epoch of a till."""
        with reading(self._engine) as connection:
            return tills.epoch_on(connection, till, epoch)

    def whose(
        self, public_key: bytes, till: str, epoch: int
    ) -> tuple[Signer | None, EnrolledTill | None]:
        """Return whose a key is, and the epoch that somebody spoke of with it."""
        with reading(self._engine) as connection:
            return tills.signer_on(connection, public_key), tills.epoch_on(connection, till, epoch)

    def keys(self, till: str, epoch: int) -> list[tuple[int, bytes]]:
        """Return the keys of an epoch, each after the entry by which it was taken."""
        with reading(self._engine) as connection:
            return tills.keys_on(connection, till, epoch)

    def decide(self, till: str, epochs: Collection[int] = (), **values: str) -> None:
        """Set what people decided on epochs of a till, or on every one where none is named.

        Raises `Refusal(NO_SUCH_TILL | NO_SUCH_EPOCH)`; then nothing is set.
        """
        with writing(self._engine) as connection:
            tills.lock_till(connection, till)
            known = tills.epochs_on(connection, till)
            if not known:
                raise Refusal(Why.NO_SUCH_TILL, till=till[:16])
            for epoch in sorted(set(epochs) - {row.epoch for row in known}):
                raise Refusal(Why.NO_SUCH_EPOCH, till=till, epoch=epoch)
            for row in known:
                if not epochs or row.epoch in epochs:
                    tills.decide_on(connection, row, values)

    # --- requests that wait for a person --------------------------------------------------------

    def add_request(  # noqa: PLR0913 - the columns of a row, and how long and how many
        self,
        public_key: bytes,
        *,
        till: str,
        epoch: int,
        at: str,
        content: bytes,
        most: int,
        since: str = "",
    ) -> bool:
        """Keep a request for a person, over one of the same key; tell whether there was room.

        Where `most` wait already there is none for another key: whoever came first stays. Those
        that have not asked again since a moment are forgotten.
        """
        with writing(self._engine) as connection:
            tills.drop_requests_before(connection, since)
            waits = tills.drop_requests(connection, [public_key])
            if not waits and tills.requests_waiting(connection) >= most:
                return False
            tills.add_request(
                connection, public_key=public_key, till=till, epoch=epoch, at=at, content=content
            )
            return True

    def requests(self) -> list[tuple[str, bytes]]:
        """Return when each request that waits came, and its bytes, oldest first."""
        with reading(self._engine) as connection:
            return tills.requests_on(connection)

    def drop_requests(self, keys: Iterable[bytes]) -> None:
        """Forget requests, by the keys they introduce."""
        with writing(self._engine) as connection:
            tills.drop_requests(connection, keys)

    # --- files that were turned away ------------------------------------------------------------

    def turn_away(self, rows: Sequence[TurnedAway], *, most: int) -> None:
        """Keep that files were not taken in for whose key they bore; the newest `most` stay."""
        with writing(self._engine) as connection:
            turn_away_on(connection, rows, keep=most)

    def turned_away(self) -> list[TurnedAway]:
        """Return what was turned away and has not come in since, by till, epoch and key."""
        with reading(self._engine) as connection:
            return turned_away_on(connection)

    # --- journals -------------------------------------------------------------------------------

    def spans(self, till: str, epoch: int) -> list[Span]:
        """Return what is held of an epoch of a till's journal, in order."""
        with reading(self._engine) as connection:
            return spans_on(connection, till, epoch)

    def hash_at(self, till: str, epoch: int, seq: int) -> bytes | None:
        """Return the hash of an entry that is held."""
        with reading(self._engine) as connection:
            return hash_at_on(connection, till, epoch, seq)

    def apart(self) -> list[Apart]:
        """Return every file that was kept apart, without what is in it."""
        with reading(self._engine) as connection:
            return apart_on(connection)

    @contextmanager
    def chain(self, till: str) -> Iterator[Chain]:
        """Open a look at all that is held of a till, as at one moment."""
        with steady(self._engine) as connection:
            yield Chain(connection, till)

    @contextmanager
    def intake(self, till: str, epoch: int) -> Iterator[TillIntake]:
        """Open the one transaction in which a file's entries are added to a till's journal.

        Nobody else writes about that till meanwhile. On PostgreSQL it may end in
        `Trouble(STORE_BUSY, again=True)`, where two waited for each other: then try again.
        """
        with writing(self._engine) as connection:
            tills.lock_till(connection, till)
            yield TillIntake(connection, till, epoch)

    @contextmanager
    def contact(self, till: str) -> Iterator[Contact]:
        """Open the one transaction in which a till is answered; nobody else writes about it."""
        with writing(self._engine) as connection:
            tills.lock_till(connection, till)
            yield Contact(connection, Chain(connection, till))

    # --- what was published ---------------------------------------------------------------------

    def add_publication(self, publication: Publication) -> None:
        """Keep a catalogue that was published."""
        with writing(self._engine) as connection:
            add_on(connection, publication)

    def publish(self, make: Callable[[int], Publication]) -> Publication:
        """Keep the catalogue that `make` makes of the next version, and return it.

        However many publish at once, each gets a version of its own.
        """
        with writing(self._engine) as connection:
            publication = make(next_version_on(connection))
            add_on(connection, publication)
        return publication

    def known_tills(self) -> list[KnownTill]:
        """Return every key that a receipt of a trusted till may be signed with."""
        with reading(self._engine) as connection:
            return known_tills_on(connection)

    def newest_publication(self, *, with_content: bool = False) -> Publication | None:
        """Return the newest catalogue that was published, None before the first."""
        with reading(self._engine) as connection:
            return newest_on(connection, with_content=with_content)

    def publication(self, version: int) -> Publication | None:
        """Return one catalogue that was published, with its file."""
        with reading(self._engine) as connection:
            return version_on(connection, version)

    def publication_before(self, version: int) -> Publication | None:
        """Return the catalogue published before a version, with its file."""
        with reading(self._engine) as connection:
            return before_on(connection, version)

    # --- tasks ----------------------------------------------------------------------------------

    def settlements(self) -> dict[str, Settlement]:
        """Return the newest settlement of each task that a person has dealt with."""
        with reading(self._engine) as connection:
            return settlements_on(connection)

    def settle(self, settlement: Settlement) -> None:
        """Keep that a person has dealt with a task."""
        with writing(self._engine) as connection:
            # A lock like a till's, so that two people have one after the other.
            tills.lock_till(connection, f"task {settlement.task}")
            settle_on(connection, settlement)


def is_passing(problem: Trouble) -> bool:
    """Tell whether a database's trouble was of the moment only, so that one tries again at once."""
    return bool(problem.facts.get("again"))
