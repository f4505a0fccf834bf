"""Keeps the status line, the clock and the news of the printer true while the till stands open."""

from PySide6.QtCore import QObject, QTimer, Signal

from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Trouble
from tofan_pos.store.facts import StoredReversal, StoredSale
from tofan_pos.ui.counter.connecting import Connecting
from tofan_pos.ui.counter.facts import facts_of, printing_said
from tofan_pos.ui.counter.printing import Printing
from tofan_pos.ui.kit.moments import clock_said
from tofan_pos.ui.kit.status import StatusLine
from tofan_pos.words import Words

_TICK_MS = 15_000


class Watch(QObject):
    """Looks again every quarter of a minute, and whenever it is told that something happened."""

    problem = Signal(object)
    printing_said = Signal(str)

    def __init__(
        self,
        desk: Desk,
        status: StatusLine,
        *,
        printing: Printing,
        office: Connecting,
        parent: QObject,
    ) -> None:
        """Wait to be begun."""
        super().__init__(parent)
        self._desk, self._status = desk, status
        self._printing, self._office = printing, office
        self._say: Words | None = None
        self._last: StoredSale | StoredReversal | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.look)
        printing.changed.connect(self.look)
        office.sending.changed.connect(self.look)

    def begin(self, say: Words) -> None:
        """Look, and go on looking; from now on in this language."""
        self._say = say
        self._tick.start()
        self._office.begin()
        self.look()

    def sold(self, stored: StoredSale | StoredReversal) -> None:
        """Follow the printing of the document just made."""
        self._last = stored
        self.look()

    def close(self) -> None:
        """Look no more."""
        self._tick.stop()
        self._office.close()

    def look(self) -> None:
        """Show how things stand."""
        say, desk = self._say, self._desk
        if say is None:
            return
        try:
            unsent, unprinted = desk.outbox.waiting(), desk.spool.waiting()
        except Trouble as problem:
            self.problem.emit(problem)
            return
        trouble = self._printing.trouble
        self._status.show_facts(
            facts_of(
                desk,
                unsent=unsent,
                unprinted=unprinted,
                trouble=trouble,
                say=say,
                underway=self._office.sending.stands,
            )
        )
        self._office.look()
        self._status.show_clock(clock_said(desk.clock(), say.language))
        if self._last is not None:
            printed = bool(self._last.printed) and not unprinted and trouble is None
            state = "printed" if printed else self._last.printed
            self.printing_said.emit(printing_said(state, trouble, say))
