"""Sets baskets aside and takes them up again."""

from PySide6.QtCore import QObject, Signal

from tofan_pos.counter.desk import Desk
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.thai.dates import format_time
from tofan_pos.ui.counter.attempt import Attempt
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.parked_page import ParkedPage


class SettingAside(QObject):
    """Listens to the page of parked baskets. `sale_changed` after the open basket is another."""

    problem = Signal(object)
    all_well = Signal()
    changed = Signal()
    back = Signal()
    sale_changed = Signal()

    def __init__(
        self, desk: Desk, *, pages: Pages, attempt: Attempt, parent: QObject | None = None
    ) -> None:
        """Wait to be opened."""
        super().__init__(parent)
        self._desk, self._pages, self._attempt = desk, pages, attempt
        pages.made.connect(self.listen)

    def open(self) -> None:
        """Ask a name for the open basket, or list those that wait where none is open.

        Pressed again it parks at once under the usual name, or goes back from the list.
        """
        page = self._pages.of(ParkedPage)
        if self._pages.shows(ParkedPage):
            if page.naming:
                page.press()
            else:
                self.back.emit()
            return
        basket = self._desk.register.basket
        try:
            if basket.lines:
                pieces = sum(line.quantity for line in basket.lines)
                usual = format_time(self._desk.clock())
                page.ask_name(usual, pieces=pieces, total=basket.total)
            else:
                page.show_parked(self._desk.parking.waiting())
        except Trouble as trouble:
            self.problem.emit(trouble)
            return
        self.all_well.emit()
        self._pages.turn_to(ParkedPage)
        page.take_keyboard()

    def listen(self, page: Page) -> None:
        """Listen to the page of parked baskets, once it is made."""
        if isinstance(page, ParkedPage):
            page.named.connect(self._park)
            page.recalled.connect(self._recall)

    def _park(self, name: str) -> None:
        self._attempt.run(lambda _: self._desk.parking.park(name), lambda _: self._turned())

    def _recall(self, parked_id: str) -> None:
        self._attempt.run(lambda _: self._desk.parking.recall(parked_id), self._recalled)

    def _recalled(self, gone: tuple[str, ...]) -> None:
        self._turned()
        if gone:
            try:
                known = self._desk.store.products_with(list(gone))
            except Trouble:
                known = {}
            names = [known[code].name if code in known else Text(code, code) for code in gone]
            both = Text(*(", ".join(name.get(lang) for name in names) for lang in ("th", "en")))
            self.problem.emit(Refusal(Why.INACTIVE_PRODUCT, name=both))

    def _turned(self) -> None:
        self.changed.emit()
        self.sale_changed.emit()
        self.back.emit()
