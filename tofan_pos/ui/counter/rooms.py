"""The counter's areas beside the sale: returns, receipts, parked baskets, the day, people."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tofan_pos.counter.day import StoredZ
from tofan_pos.counter.desk import Desk
from tofan_pos.ui.counter.attempt import Attempt
from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.connecting import Connecting
from tofan_pos.ui.counter.keeping import Keeping
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.parking import SettingAside
from tofan_pos.ui.counter.receipts import LookingUp
from tofan_pos.ui.counter.returning import Returning
from tofan_pos.ui.counter.sending import Carriage
from tofan_pos.ui.counter.serving import Serving
from tofan_pos.ui.counter.staffing import Staffing
from tofan_pos.ui.counter.telling import Telling
from tofan_pos.ui.kit.worker import Worker


class Rooms(QObject):
    """Makes the areas, and speaks for all of them with one voice.

    `problem`, `still`, `all_well` and `said` are for the sentence beside the field; `changed` after
    something was written; `sale_changed` after the basket is another; `back` to go on selling;
    `scanned` with what was scanned on a page that has no use for it; `returned` with the
    `StoredReversal` of what came back; `pack_wanted` with the
    `StoredZ` whose day's pack is to be made.
    """

    problem = Signal(object)
    still = Signal(object)
    all_well = Signal()
    said = Signal(object)
    changed = Signal()
    sale_changed = Signal()
    back = Signal()
    scanned = Signal(str)
    returned = Signal(object)
    pack_wanted = Signal(object)

    def __init__(  # noqa: PLR0913 - each is a part of the window they work with
        self,
        desk: Desk,
        *,
        pages: Pages,
        field: QWidget,
        worker: Worker,
        carriage: Carriage | None,
        parent: QObject,
    ) -> None:
        """Make the areas; `field` gets the keyboard where a page has no field of its own."""
        super().__init__(parent)
        self.attempt = Attempt(desk.access, pages=pages, field=field, parent=self)
        attempt = self.attempt
        self.keeping = Keeping(desk, pages=pages, attempt=attempt, worker=worker, parent=self)
        self.returning = Returning(desk, pages=pages, attempt=attempt, field=field, parent=self)
        self.aside = SettingAside(desk, pages=pages, attempt=attempt, parent=self)
        self.looking = LookingUp(desk, pages=pages, attempt=attempt, worker=worker, parent=self)
        self.staffing = Staffing(desk, pages=pages, attempt=attempt, parent=self)
        self.office = Connecting(
            desk, pages=pages, attempt=attempt, worker=worker, carriage=carriage, parent=self
        )
        self._wire()

    @property
    def deeds(self) -> Mapping[Deed, Callable[[], object]]:
        """What each deed of theirs does."""
        return {
            Deed.RETURN: self.returning.open_return,
            Deed.PARK: self.aside.open,
            Deed.REPRINT: self.looking.reprint_last,
            Deed.RECEIPT: self.looking.open,
            Deed.OPEN_DAY: self.keeping.open_session,
            Deed.DRAWER: self.keeping.open_drawer,
            Deed.REPORT: self.keeping.open_report,
            Deed.CLOSE_DAY: self.keeping.open_close,
            Deed.STAFF: self.staffing.open_staff,
            Deed.RIGHTS: self.staffing.open_rights,
            Deed.OFFICE: self.office.open,
        }

    def join(self, *, serving: Serving, telling: Telling) -> None:
        """Let what is said stand beside the field, and go back to selling where that is asked."""
        self.problem.connect(serving.refused)
        self.still.connect(telling.problem)
        self.all_well.connect(telling.hush)
        self.said.connect(telling.tell)
        self.office.warned.connect(telling.warn)
        self.office.hinted.connect(telling.hint)
        self.back.connect(serving.doing.back)
        self.scanned.connect(serving.scanned_elsewhere)

    def _wire(self) -> None:
        areas = (
            self.keeping,
            self.returning,
            self.aside,
            self.looking,
            self.staffing,
            self.office,
        )
        for area in (self.attempt, *areas):
            area.problem.connect(self.problem)
            area.all_well.connect(self.all_well)
        attempt = self.attempt
        attempt.still.connect(self.still)
        for area in areas:
            area.changed.connect(self.changed)
        for going in (self.keeping, self.returning, self.aside, self.looking, self.office):
            going.back.connect(self.back)
        self.returning.sale_changed.connect(self.sale_changed)
        self.returning.list_wanted.connect(self.looking.open)
        self.aside.sale_changed.connect(self.sale_changed)
        self.looking.return_wanted.connect(self.returning.open)
        self.looking.voided.connect(self.returning.show_reversal)
        self.looking.said.connect(self.said)
        self.staffing.told.connect(self.said)
        self.office.told.connect(self.said)
        self.office.scanned.connect(self.scanned)
        self.keeping.scanned.connect(self.scanned)
        self.returning.returned.connect(self.returned)
        self.keeping.pack_wanted.connect(self._pack_wanted)

    def _pack_wanted(self, stored: StoredZ) -> None:
        self.pack_wanted.emit(stored)
