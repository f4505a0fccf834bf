"""Who has the till: locking it, unlocking it, handing it over, and the first start."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, Signal

from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.domain.people import staff_code
from tofan_pos.domain.pin import check_new_pin, shut_out_for
from tofan_pos.ui.counter.cover import Cover
from tofan_pos.ui.counter.first_run import FirstRunPage
from tofan_pos.ui.counter.lock import BasketLeft, LockPage


def _uptime() -> int:
    return int(monotonic())


class Signing(QObject):
    """Listens to both covers. `covered` with the one to show, `signed_in` when selling goes on.

    The basket stays as it is all the while. `problem` carries what the cover itself cannot say.
    """

    covered = Signal(object)
    signed_in = Signal()
    training_wanted = Signal()
    language_wanted = Signal()
    problem = Signal(object)
    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        lock_page: LockPage,
        first_run: FirstRunPage,
        ticks: Callable[[], int] = _uptime,
        parent: QObject | None = None,
    ) -> None:
        """Wait to be begun. `ticks` are the seconds since the computer started, as at the till."""
        super().__init__(parent)
        self._desk, self._ticks = desk, ticks
        self._lock, self._first_run = lock_page, first_run
        lock_page.given.connect(self._given)
        lock_page.training_wanted.connect(self.training_wanted)
        first_run.created.connect(self._created)
        first_run.pin_typed.connect(self._pin_typed)
        for cover in (lock_page, first_run):
            cover.language_wanted.connect(self.language_wanted)

    def begin(self) -> None:
        """Show what is to be done first: set the first supervisor up, sign in, or sell."""
        access = self._desk.access
        try:
            first = access.needs_first_run
        except Trouble as trouble:
            self.problem.emit(trouble)
            return
        if first:
            self._cover(self._first_run)
        elif access.who is None:
            self._show_lock(handing_over=False)
        else:
            self.signed_in.emit()

    def lock(self) -> None:
        """Lock the till; whoever had it is the one it asks first."""
        self._away(handing_over=False)

    def hand_over(self) -> None:
        """Lock the till for somebody else to take it over, with the basket as it is."""
        self._away(handing_over=True)

    def _away(self, *, handing_over: bool) -> None:
        if self._first_run.isVisible():
            return
        self._desk.access.lock()
        self._show_lock(handing_over=handing_over)
        self.changed.emit()

    def _show_lock(self, *, handing_over: bool) -> None:
        access, pieces = self._desk.access, self._desk.register.basket.quantity
        last = access.last
        left = BasketLeft(last.name, pieces) if last is not None and pieces else None
        try:
            staff = access.staff()
            waits = {person.code: self._wait_of(person.code) for person in staff}
        except Trouble as trouble:
            staff, waits = [], {}
            self._lock.tell(trouble)
        self._lock.open_for(
            staff, last=last.code if last else "", left=left, handing_over=handing_over
        )
        for code, seconds in waits.items():
            if seconds:
                self._lock.shut_out(code, seconds)
        self._cover(self._lock)

    def _wait_of(self, code: str) -> int:
        failures, since = self._desk.store.failures(code)
        return shut_out_for(failures, since=since, now=self._ticks())

    def _cover(self, cover: Cover) -> None:
        self.covered.emit(cover)
        cover.take_keyboard()

    def _given(self, code: str, pin: str) -> None:
        try:
            self._desk.access.sign_in(code, pin)
        except (Refusal, Trouble) as problem:
            self._lock.refuse(problem)
            return
        self._lock.forget()
        self._uncover()

    def _pin_typed(self, code: str, pin: str) -> None:
        """Refuse a PIN that everybody would try before it is typed a second time."""
        try:
            check_new_pin(pin, code=staff_code(code))
        except Refusal as refusal:
            self._first_run.refuse(refusal)

    def _created(self, code: str, name: str, pin: str) -> None:
        try:
            self._desk.access.first_supervisor(code, name, pin)
        except (Refusal, Trouble) as problem:
            self._first_run.refuse(problem)
            return
        self._first_run.pins.clear()
        self._uncover()

    def _uncover(self) -> None:
        self.signed_in.emit()
        self.changed.emit()
