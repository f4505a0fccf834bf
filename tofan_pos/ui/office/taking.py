"""Taking in what was dropped, on the worker: what is a request, what a sync file, and how far."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.office.answering import is_request
from tofan_pos.office.enrolment import grant_path
from tofan_pos.office.intake import Outcome, Result
from tofan_pos.sync.enrolment import REQUEST_SUFFIX, read_short, request_in
from tofan_pos.sync.folder import write_durably
from tofan_pos.ui.office.request_card import Asked
from tofan_pos.ui.office.room import Seat

_REQUESTS = (".json", REQUEST_SUFFIX)


@dataclass(frozen=True, slots=True)
class Took:
    """What an import came to: a result for each file, requests that were found, and if it ended."""

    results: tuple[Result, ...]
    asked: tuple[Asked, ...]
    stopped: bool


class Taking(QObject):
    """Takes in what it is given, one import after another. `ended` carries a `Took`."""

    begun = Signal()
    progressed = Signal(int, int, str)
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, seat: Seat, parent: QObject) -> None:
        """Wait for something to take in."""
        super().__init__(parent)
        self._seat = seat
        self._stop = Event()
        self._running = False
        self._next: list[Path] = []

    @property
    def running(self) -> bool:
        """Whether an import goes on."""
        return self._running

    def begin(self, paths: Iterable[Path]) -> None:
        """Take files and folders in; while an import goes on, they wait for its end."""
        self._next += [path for path in paths if path not in self._next]
        if self._running or not self._next:
            return
        given, self._next = tuple(self._next), []
        self._running = True
        self._stop.clear()
        self.begun.emit()
        self._seat.worker.run(lambda: self._take(given), self._ended, failed=self._failed)

    def cancel(self) -> None:
        """Stop after the file under way; what was taken in stays, and nothing is taken by half."""
        self._next.clear()
        self._stop.set()

    def _take(self, given: Sequence[Path]) -> Took:
        """Take in, off the window's thread."""
        asked: list[Asked] = []
        results: list[Result] = []
        for path in _requests(given):
            try:
                asked += self._ask(path)
            except (Refusal, Trouble) as problem:
                results.append(Result(path=path, outcome=Outcome.REFUSED, problem=problem))
        files = [path for path in given if path.suffix.lower() not in _REQUESTS or path.is_dir()]
        if files:
            results += self._seat.reception.take_paths(
                files, progress=self._progress, cancelled=self._stop.is_set
            )
        return Took(
            tuple(results),
            tuple(asked),
            self._stop.is_set(),
        )

    def _progress(self, done: int, of: int) -> None:
        self.progressed.emit(done, of, "")

    def _ask(self, path: Path) -> list[Asked]:
        """Bring a request to reception: what is trusted already is answered beside it at once."""
        content = read_short(path)
        request = request_in(content, name=str(path))
        letter = self._seat.reception.ask(content)
        if letter is None:
            return [Asked(request, path)]
        write_durably(grant_path(path.parent, request), letter)
        return []

    def _ended(self, took: Took) -> None:
        self._running = False
        self.ended.emit(took)
        self.begin(())

    def _failed(self, problem: Refusal | Trouble) -> None:
        self._running = False
        self.failed.emit(problem)
        self.begin(())


def grant(seat: Seat, asked: Asked) -> Path | None:
    """Trust a till, and write the answer beside its request; return where, or nothing to write to.

    Raises `Refusal` or `Trouble`.
    """
    letter = seat.reception.enrol(asked.request)
    if asked.path is None:
        return None
    path = grant_path(asked.path.parent, asked.request)
    write_durably(path, letter)
    return path


def _requests(given: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are enrolment requests, or were dropped as such."""
    for path in given:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if is_request(one) and one.is_file())
        elif path.suffix.lower() in _REQUESTS:
            yield path
