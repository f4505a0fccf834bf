"""Sends to head office by itself, on a thread of its own: selling never waits for any of it.

It decides when: soon after something was written, now and then besides, later after each failure,
at once where a connection appears or somebody wants it. What is said is the courier's affair.
"""

# Qt names, documents and calls what it has us override.

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from tofan_pos.counter.backoff import Backoff
from tofan_pos.counter.courier import Contact, Step, Told
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.sync.contact import Standing
from tofan_pos.ui.counter.reach import Reach
from tofan_pos.ui.kit.worker import Worker


class Carried(Protocol):
    """A courier with its line: it makes one contact, and can be broken off from another thread."""

    def contact(self, *, cancelled: Callable[[], bool] = ..., told: Told = ...) -> Contact:
        """Make one contact. Raises `Refusal` or `Trouble`."""
        ...

    def cut(self) -> None:
        """Break it off."""
        ...


def _no_chance() -> float:
    return 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriage:
    """What only the composition root can bring: a courier to an address, chance (0 to 1), pace.

    Times are in seconds.
    """

    courier_to: Callable[[str], Carried]
    chance: Callable[[], float] = _no_chance
    backoff: Backoff = field(default_factory=Backoff)
    rest: float = 4
    """What is written in quick succession goes in one contact."""
    still: float = 600
    """With nothing to send the till says hello this often, and hears of catalogues."""
    unenrolled: float = 60
    """A till that waits for a person at head office asks no oftener than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Underway:
    """How sending stands. `again_at` is when it is tried again, None where nothing is planned.

    `at` of `of` is what is done in the step it is at; noughts where nobody knows.
    """

    busy: bool = False
    step: Step | None = None
    at: int = 0
    of: int = 0
    problem: Refusal | Trouble | None = None
    again_at: datetime | None = None
    asked: bool = False
    """Whether head office has the request, and a person there has not answered yet."""


class Sending(QObject):
    """`changed` when how it stands is another; `met` with the `Contact` that was made."""

    changed = Signal()
    met = Signal(object)
    _told = Signal(object, int, int)

    def __init__(
        self, desk: Desk, carriage: Carriage | None, parent: QObject | None = None
    ) -> None:
        """Wait to be begun; without a carriage nothing is ever sent."""
        super().__init__(parent)
        self._desk = desk
        self._carriage = None if desk.profile.training else carriage
        self._backoff = carriage.backoff if carriage else Backoff()
        self._worker = Worker(self)
        self._carried: Carried | None = None
        self._begun = self._ended = self._held = False
        self.stands = Underway()
        self.reach = Reach(self)
        self.reach.online.connect(self._online)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._due)
        self._told.connect(self._show_step)

    @property
    def can_send(self) -> bool:
        """Whether there is anybody to send by."""
        return self._carriage is not None

    def begin(self) -> None:
        """Send by itself from now on."""
        if self._begun or self._carriage is None:
            return
        self._begun = True
        self.reach.begin()
        self.look()

    def look(self) -> None:
        """Plan the next contact: something may have been written, or paused, or addressed."""
        carriage, busy = self._carriage, self.stands.busy
        if carriage is None or not self._begun or self._ended or busy or self._held:
            return
        try:
            known, waiting = self._desk.dealings.known(), self._desk.outbox.waiting()
        except Trouble:
            return  # whoever shows the status line says so
        if known.paused or not known.server:
            self._timer.stop()
            return
        wait = carriage.rest if waiting.count else carriage.still
        left = self._timer.remainingTime() if self._timer.isActive() else -1
        if left < 0 or left > wait * 1000:
            self._timer.start(int(wait * 1000))

    def send_now(self) -> None:
        """Send at once, even while sending by itself is paused."""
        self._backoff = self._backoff.succeeded()
        self._go()

    def free(self) -> None:
        """Plan anew: what the last try found may hold no longer."""
        self._held = False
        self._timer.stop()
        self._stand(replace(self.stands, again_at=None, problem=None))
        self.look()

    def close(self) -> None:
        """Send no more; what is under way is broken off."""
        self._ended = True
        self._timer.stop()
        self.reach.close()
        self._worker.close(nudge=self._cut)

    # --- when -----------------------------------------------------------------------------------

    def _due(self) -> None:
        self._held = False
        try:
            paused = self._desk.dealings.known().paused
        except Trouble:
            paused = True
        if not paused:
            self._go()

    def _online(self) -> None:
        """Try at once: a connection has appeared."""
        if self._begun and not self.stands.busy and self.stands.problem is not None:
            self._backoff = self._backoff.succeeded()
            self._due()

    def _later(self, problem: Refusal | Trouble | None = None) -> datetime:
        """Plan the next try after one that did not do; return when it is."""
        carriage = self._carriage
        asked = problem.facts.get("retry_after", 0) if problem else 0
        least = float(asked) if isinstance(asked, int) else 0
        if problem is None and carriage is not None:
            least = carriage.unenrolled
        self._backoff, wait = self._backoff.failed(
            chance=carriage.chance() if carriage else 0, retry_after=least
        )
        # Until then nothing that is written brings it forward.
        self._held = True
        self._timer.start(int(wait * 1000))
        return self._desk.clock() + timedelta(seconds=wait)

    # --- one contact ----------------------------------------------------------------------------

    def _go(self) -> None:
        carriage = self._carriage
        if carriage is None or self._ended or self.stands.busy:
            return
        self._timer.stop()
        self._held = False
        self._stand(replace(self.stands, busy=True, step=None, at=0, of=0, again_at=None))

        def contact() -> Contact:
            server = self._desk.dealings.known().server
            if not server:
                raise Refusal(Why.NO_SERVER_YET)
            self._carried = carriage.courier_to(server)
            return self._carried.contact(cancelled=lambda: self._ended, told=self._told.emit)

        self._worker.run(contact, self._made, failed=self._failed)

    def _made(self, contact: Contact) -> None:
        self._carried = None
        problem = contact.refused
        trusted = contact.standing in {Standing.TRUSTED, Standing.RETIRED}
        again_at = None
        if problem is not None:
            again_at = self._later(problem)
        elif trusted:
            self._backoff = self._backoff.succeeded()
        elif not contact.grant:
            again_at = self._later()
        else:
            # There is an answer: it waits for people here now.
            self._held = True
        asked = not trusted and not contact.grant
        self._stand(Underway(problem=problem, again_at=again_at, asked=asked))
        self.met.emit(contact)
        self.look()

    def _failed(self, problem: Refusal | Trouble) -> None:
        self._carried = None
        nowhere = isinstance(problem, Refusal) and problem.why is Why.NO_SERVER_YET
        again_at = None if nowhere or self._paused() else self._later(problem)
        self._stand(Underway(problem=problem, again_at=again_at, asked=self.stands.asked))
        self.look()

    def _paused(self) -> bool:
        try:
            return self._desk.dealings.known().paused
        except Trouble:
            return False

    def _cut(self) -> None:
        if self._carried is not None:
            self._carried.cut()

    def _show_step(self, step: Step, at: int, of: int) -> None:
        if self.stands.busy:
            self._stand(replace(self.stands, step=step, at=at, of=of))

    def _stand(self, stands: Underway) -> None:
        if stands != self.stands:
            self.stands = stands
            self.changed.emit()
