"""Guards the window: who is signed in, the covers over it, and the lock when nobody is there."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tofan_pos.counter.desk import Desk
from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.cover import Cover
from tofan_pos.ui.counter.first_run import FirstRunPage
from tofan_pos.ui.counter.idle import IdleLock
from tofan_pos.ui.counter.lock import LockPage
from tofan_pos.ui.counter.signing import Signing
from tofan_pos.words import Words


class Guard(QObject):
    """Covers and uncovers the window. `covered` with the cover to show; `changed` as `Signing`'s.

    A till to learn on is nobody's: it has no covers and locks itself never.
    """

    covered = Signal(object)
    uncovered = Signal()
    problem = Signal(object)
    changed = Signal()
    training_wanted = Signal()
    language_wanted = Signal()

    def __init__(self, desk: Desk, *, now: Callable[[], int], parent: QWidget) -> None:
        """Wait to be begun; `now` is in milliseconds of a clock that nobody can set."""
        super().__init__(parent)
        self._desk = desk
        brand, clock = desk.profile.seller.brand, desk.clock
        self.lock_page = LockPage(brand=brand, clock=clock)
        self.first_run = FirstRunPage(brand=brand, clock=clock)
        for cover in (self.lock_page, self.first_run):
            cover.setParent(parent)
            cover.hide()
        self.idle = IdleLock(desk.profile.lock_after_s, now=now, parent=self)
        self.signing = Signing(
            desk, lock_page=self.lock_page, first_run=self.first_run, parent=self
        )
        self.idle.idle.connect(self.signing.lock)
        self.signing.covered.connect(self._cover)
        self.signing.signed_in.connect(self._uncover)
        self.signing.problem.connect(self.problem)
        self.signing.changed.connect(self.changed)
        self.signing.training_wanted.connect(self.training_wanted)
        self.signing.language_wanted.connect(self.language_wanted)

    @property
    def deeds(self) -> Mapping[Deed, Callable[[], object]]:
        """What each deed of it does."""
        if self._desk.profile.training:
            return dict.fromkeys((Deed.LOCK, Deed.HAND_OVER, Deed.TRAINING), _nothing)
        return {
            Deed.LOCK: self.signing.lock,
            Deed.HAND_OVER: self.signing.hand_over,
            Deed.TRAINING: self.training_wanted.emit,
        }

    def begin(self) -> None:
        """Ask who is there."""
        if self._desk.profile.training:
            self.uncovered.emit()
        else:
            self.signing.begin()

    def close(self) -> None:
        """Watch no more."""
        self.idle.stop()

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        for cover in (self.lock_page, self.first_run):
            cover.reword(say)

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        for cover in (self.lock_page, self.first_run):
            cover.dress()

    def _cover(self, cover: Cover) -> None:
        self.idle.stop()
        self.covered.emit(cover)

    def _uncover(self) -> None:
        self.idle.begin()
        self.uncovered.emit()


def _nothing() -> None:
    """Do nothing: on a till to learn on there is nobody to lock out."""
