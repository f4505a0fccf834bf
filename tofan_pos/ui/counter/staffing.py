"""Who works at the till: adding people, giving PINs, and showing what each may do."""

from PySide6.QtCore import QObject, Signal

from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.domain.people import Right, Role, staff_code
from tofan_pos.domain.pin import check_new_pin
from tofan_pos.ui.counter.attempt import Attempt
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.rights import RightsPage
from tofan_pos.ui.counter.staff_page import StaffPage


class Staffing(QObject):
    """Listens to both pages as they are made, and calls the verbs about people."""

    problem = Signal(object)
    all_well = Signal()
    changed = Signal()
    told = Signal(object)

    def __init__(
        self, desk: Desk, *, pages: Pages, attempt: Attempt, parent: QObject | None = None
    ) -> None:
        """Do nothing yet."""
        super().__init__(parent)
        self._desk, self._pages, self._attempt = desk, pages, attempt
        pages.made.connect(self._listen)

    def open_staff(self) -> None:
        """Show the people, to those who may change them."""
        self._attempt.run(
            lambda approval: self._desk.access.warrant(Right.MANAGE_STAFF, approval),
            lambda _: self._show_staff(),
        )

    def open_rights(self) -> None:
        """Show who may do what, to anybody."""
        access = self._desk.access
        page = self._pages.of(RightsPage)
        mine = access.who.role if access.who else Role.CASHIER
        page.show_rights(access.rights_table(), limits=access.limits, mine=mine)
        self.all_well.emit()
        self._pages.turn_to(RightsPage).take_keyboard()

    def _show_staff(self) -> None:
        try:
            staff = self._desk.access.staff()
        except Trouble as trouble:
            self.problem.emit(trouble)
            return
        self._pages.of(StaffPage).show_staff(staff)
        self.all_well.emit()
        self._pages.turn_to(StaffPage).take_keyboard()

    def _added(self, code: str, name: str, role: Role, pin: str) -> None:
        try:
            self._desk.access.add_staff(code, name, role, pin)
        except (Refusal, Trouble) as problem:
            self._refused(problem)
            return
        self._done()

    def _pin_given(self, code: str, pin: str) -> None:
        try:
            self._desk.access.change_pin(code, pin)
        except (Refusal, Trouble) as problem:
            self._refused(problem)
            return
        self._done()

    def _pin_typed(self, code: str, pin: str) -> None:
        """Refuse a PIN that everybody would try before it is typed a second time."""
        try:
            check_new_pin(pin, code=staff_code(code))
        except Refusal as refusal:
            self._refused(refusal)

    def _refused(self, problem: Refusal | Trouble) -> None:
        self._pages.of(StaffPage).refuse(problem)
        self.problem.emit(problem)

    def _done(self) -> None:
        self._show_staff()
        self.changed.emit()

    def _differed(self) -> None:
        self.told.emit(
            lambda say: say("The two PINs were not the same. Type it twice again."),
        )

    def _listen(self, page: Page) -> None:
        if isinstance(page, StaffPage):
            page.added.connect(self._added)
            page.pin_given.connect(self._pin_given)
            page.pin_typed.connect(self._pin_typed)
            page.differed.connect(self._differed)
            page.touched.connect(self.all_well)
            page.rights_wanted.connect(self.open_rights)
