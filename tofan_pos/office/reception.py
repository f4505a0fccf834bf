"""Head office's reception: all that tills bring or ask, whether by stick, network or hand.

Window, command line and receiver use it alike, and any number of threads and programs at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office import enrolment
from tofan_pos.office.acknowledging import Acknowledging, standing_of, standing_of_row
from tofan_pos.office.answering import (
    Answering,
    Brought,
    acknowledge_all,
    answer_folders,
    ask_in,
    is_request,
    retried,
)
from tofan_pos.office.identity import Identity
from tofan_pos.office.intake import Intake, Outcome, Progress, Result, files_in
from tofan_pos.office.repeats import repeats
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_published import Publication
from tofan_pos.sync.contact import Standing, hello_in
from tofan_pos.sync.enrolment import Beginning, Request
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.sealed import Header

MOST_TURNED_AWAY = 200
"""So many keys whose files were turned away are remembered, the newest."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a sync file, and the acknowledgement for its till; None where refused."""

    result: Result
    letter: bytes | None


@dataclass(frozen=True, slots=True)
class Reception:
    """Takes what tills bring, and answers them."""

    store: OfficeStore
    intake: Intake
    identity: Identity
    clock: Callable[[], datetime]

    @property
    def acknowledging(self) -> Acknowledging:
        """Who writes the acknowledgements."""
        return Acknowledging(self.store, self.identity.key, self.clock)

    def hello(self, content: bytes) -> bytes:
        """Answer a till's hello with an acknowledgement, whoever it is.

        Raises `Refusal(NOT_A_HELLO)`, and `Trouble` where head office's key is not here.
        """
        return self.acknowledging.of_hello(hello_in(content))

    def take(self, content: bytes, name: str = "") -> Taken:
        """Take a sync file's bytes, and acknowledge what is held then; `name` is only shown."""
        result = self.intake.take_bytes(content, Path(name or "-"))
        if result.outcome is Outcome.REFUSED:
            return Taken(result, None)
        letter = self.acknowledging.of_file(result.till, result.epoch, result.apart)
        return Taken(result, letter)

    def recognise(self, header: Header, public_key: bytes) -> Taken | None:
        """Acknowledge a run that is held already, as `take` would; None where it is not.

        The header's signature must hold. Raises `Refusal(KEY_REVOKED | NOT_ENROLLED)`.
        """
        if not repeats(self.store, header, public_key):
            return None
        result = Result(
            path=Path("-"),
            outcome=Outcome.ALREADY_THERE,
            till=header.till,
            epoch=header.epoch,
            first=header.first,
            last=header.last,
        )
        return Taken(result, self.acknowledging.of_file(header.till, header.epoch))

    def ask(self, content: bytes, room: int = enrolment.MOST_PENDING) -> bytes | None:
        """Answer an enrolment request with a grant; None where it waits for a person.

        Where `room` wait already, another is put off. Raises
        `Refusal(NOT_AN_ENROLMENT | ALREADY_ENROLLED | KEY_REVOKED)` and `Trouble(SERVER_BUSY)`.
        """
        return enrolment.ask(self.store, self.identity, content, clock=self.clock, room=room)

    def newest_for(self, content: bytes) -> Publication | None:
        """Return the newest catalogue for the till of a hello, None where it has that already.

        Raises `Refusal(NOT_A_HELLO | NOT_ENROLLED | KEY_REVOKED)`.
        """
        hello = hello_in(content)
        body = hello.body
        signer, row = self.store.whose(hello.public_key, body.till, body.epoch)
        standing = standing_of(signer, row, body.till, body.epoch)
        facts = {"till": body.till, "fingerprint": fingerprint(hello.public_key)}
        if standing in {Standing.UNKNOWN, Standing.TAKEN}:
            raise Refusal(Why.NOT_ENROLLED, **facts)
        if standing is Standing.REVOKED:
            raise Refusal(Why.KEY_REVOKED, **facts)
        if standing is Standing.RETIRED:
            # It sells no more, and the file holds what proves people's PINs.
            return None
        newest = self.store.newest_publication()
        if newest is None or newest.version <= body.catalogue:
            return None
        return self.store.publication(newest.version)

    def take_paths(
        self,
        paths: Iterable[Path],
        *,
        answer: bool = True,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> list[Result]:
        """Take what a person brought, as `bring` does; return what became of each file."""
        return self.bring(paths, answer=answer, progress=progress, cancelled=cancelled).results

    def bring(
        self,
        paths: Iterable[Path],
        *,
        answer: bool = True,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Brought:
        """Take files, and every sync file in folders; a bad one never stops the others.

        Requests among them, by their names, are kept for a person; so is what was turned away, as
        nobody else may hear of it again. With `answer`, acknowledgements, grants and the newest
        catalogue are left in the folders the files came from; where that cannot be, it is told
        why, and what was taken in stands.
        """
        paths = list(paths)
        files = [path for path in files_in(paths) if not is_request(path)]
        results: list[Result] = []
        for done, path in enumerate(files, 1):
            if cancelled and cancelled():
                break
            results.append(self.intake.take(path))
            if progress:
                progress(done, len(files))
        results = retried(self.intake, results)
        self._remember(results)
        asked = ask_in(self.ask, paths)
        if not answer:
            return Brought(results=results)
        return answer_folders(self._answering, results, asked)

    def _remember(self, results: Iterable[Result]) -> None:
        away = [result.turned_away for result in results if result.turned_away is not None]
        if away:
            self.store.turn_away(away, most=MOST_TURNED_AWAY)

    def acknowledge_all(self, folder: Path) -> list[Path]:
        """Leave every till's acknowledgement and the newest catalogue in a folder.

        Return the files. Raises `Trouble`.
        """
        return acknowledge_all(self._answering, folder)

    @property
    def _answering(self) -> Answering:
        return Answering(self.store, self.acknowledging)

    # --- what people decide ---------------------------------------------------------------------

    def pending(self) -> list[Request]:
        """Return the requests that wait for a person, oldest first."""
        return enrolment.pending(self.store)

    def enrol(self, request: Request) -> bytes:
        """Trust the till of a request whose fingerprint a person has compared; return its grant.

        Raises `Refusal(ALREADY_ENROLLED | KEY_REVOKED)`, and `Trouble` without head office's key.
        """
        self.identity.key()
        enrolment.enrol(self.store, request, clock=self.clock)
        return enrolment.grant(self.store, self.identity, request)

    def trusted_before(self, request: Request) -> list[int]:
        """Return the till's earlier epochs whose keys are trusted still.

        Where the till was moved or its key was lost, somebody else may have one.
        """
        if request.why not in {Beginning.MOVED, Beginning.KEY_LOST}:
            return []
        return [
            row.epoch
            for row in self.store.tills()
            if row.till == request.till and row.epoch < request.epoch
            if standing_of_row(row) is Standing.TRUSTED
        ]

    def forget(self, request: Request) -> None:
        """Put a request aside that no till of ours has made."""
        self.store.drop_requests([request.public_key])

    def revoke(self, till: str, *epochs: int) -> None:
        """Trust the keys of epochs no more, or of every one.

        Raises `Refusal(NO_SUCH_TILL | NO_SUCH_EPOCH)`.
        """
        enrolment.revoke(self.store, till, epochs)

    def retire(self, till: str, *epochs: int) -> None:
        """Expect nothing more of a till, or of some epochs.

        Raises `Refusal(NO_SUCH_TILL | NO_SUCH_EPOCH)`.
        """
        enrolment.retire(self.store, till, epochs, clock=self.clock)
