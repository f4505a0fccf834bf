"""Sees to it that what waits for the printer gets printed, without anybody waiting for that."""

from PySide6.QtCore import QObject, QTimer, Signal

from tofan_pos.counter.spool import Spool
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.ui.kit.worker import Worker

_AGAIN_MS = 10_000


class Printing(QObject):
    """Prints on the worker, one receipt after another; after trouble, tries again by itself."""

    changed = Signal()
    doubtful = Signal(object)

    def __init__(self, spool: Spool, worker: Worker, parent: QObject | None = None) -> None:
        """Do nothing yet."""
        super().__init__(parent)
        self._spool, self._worker = spool, worker
        self._busy = False
        self.waiting = 0
        self.trouble: Refusal | Trouble | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.kick)

    def begin(self) -> None:
        """Find what was being printed when the program ended last, then print what waits."""
        self._worker.run(self._spool.recover, self._recovered, failed=self._failed)

    def kick(self) -> None:
        """Print what waits, if nothing is being printed."""
        if not self._busy:
            self._busy = True
            self._worker.run(self._print_one, self._printed, failed=self._failed)

    def close(self) -> None:
        """Try no more."""
        self._again.stop()

    def _recovered(self, found: list[int]) -> None:
        if found:
            self.doubtful.emit(found)
        self.kick()

    def _print_one(self) -> tuple[bool, int, Trouble | None]:
        try:
            printed = self._spool.print_next()
        except Trouble as trouble:
            return False, self._spool.waiting(), trouble
        return printed, self._spool.waiting(), None

    def _printed(self, answer: tuple[bool, int, Trouble | None]) -> None:
        more, self.waiting, self.trouble = answer
        self._busy = False
        if more:
            self.kick()
        elif self.trouble is not None:
            self._again.start()
        self.changed.emit()

    def _failed(self, problem: Refusal | Trouble) -> None:
        self._busy = False
        self.trouble = problem
        self._again.start()
        self.changed.emit()
