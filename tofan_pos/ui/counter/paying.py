"""Takes the money: what field and keys do while one pays, from what is due to the stored sale."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: FBT001

import re

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.sale import TenderKind
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.sale import OpenSale
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keypad import ERASE

_AMOUNT = re.compile(r"[\d,]*[.,][\d,.]*", re.ASCII)
_SHORTEST_CODE = 8


class Paying(QObject):
    """Listens to the payment page. `purpose_changed` when the field is for something else."""

    problem = Signal(object)
    all_well = Signal()
    purpose_changed = Signal()

    def __init__(
        self, sale: OpenSale, *, field: EntryField, pages: Pages, parent: QObject | None = None
    ) -> None:
        """Take nothing yet."""
        super().__init__(parent)
        self._sale, self._field, self._pages = sale, field, pages
        pages.made.connect(self._listen)

    @property
    def shown(self) -> bool:
        """Whether the payment page is the one shown."""
        return self._pages.shows(PayPage)

    def open(self) -> bool:
        """Ask for the money; tell whether there is anything to pay."""
        if not self._sale.basket.lines:
            self.problem.emit(Refusal(Why.BASKET_EMPTY))
            return False
        self.all_well.emit()
        self._field.clear()
        page, owed = self._pages.of(PayPage), self._sale.owed
        page.stop_asking()
        page.typed("")
        page.show_types(self._sale.tender_types)
        page.show_due(owed.due, credit=owed.credit, back=owed.back)
        self._pages.turn_to(PayPage)
        self._field.setFocus()
        return True

    def press(self, text: str) -> None:
        """Take what was typed, or the exact amount: Enter, or the large key."""
        try:
            self._pages.of(PayPage).pay_typed(text)
        except Refusal as refusal:
            self._refused(refusal)

    def entered(self, text: str, scanned: bool) -> bool:
        """Take what was handed over with Enter; False for what is a product's code.

        A voucher's number may be scanned; no other scan is ever taken for money or a reference.
        """
        if not self.shown:
            return False
        asked = self._pages.of(PayPage).asking
        if asked is not None:
            code = scanned and asked.kind is not TenderKind.VOUCHER
        else:
            code = is_code(text, scanned=scanned)
        if code:
            return False
        self.press(text)
        return True

    def escape(self) -> bool:
        """Go one step back on the page: what was typed, then a reference; False beyond."""
        if not self.shown:
            return False
        page = self._pages.of(PayPage)
        if self._field.text():
            self._field.clear()
            page.typed("")
            return True
        return page.stop_asking()

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key does while one pays; tell whether it did anything."""
        if not self.shown:
            return False
        try:
            return self._pages.of(PayPage).key(event, field_empty=not self._field.text())
        except Refusal as refusal:
            self._refused(refusal)
            return True

    def edited(self, text: str) -> None:
        """Show what is being typed."""
        if self.shown:
            self._pages.of(PayPage).typed(text)

    # --- inside ---------------------------------------------------------------------------------

    def _refused(self, refusal: Refusal) -> None:
        self.problem.emit(refusal)
        self._field.setFocus()
        self._field.selectAll()

    def _used(self) -> None:
        self.all_well.emit()
        self._field.clear()
        self._field.setFocus()
        self.purpose_changed.emit()

    def _type(self, mark: str) -> None:
        if mark == ERASE:
            self._field.backspace()
        else:
            self._field.insert(mark)
        self.all_well.emit()
        self.edited(self._field.text())

    def _listen(self, page: Page) -> None:
        if isinstance(page, PayPage):
            page.paid.connect(self._sale.pay)
            page.refused.connect(self._refused)
            page.used.connect(self._used)
            page.keypad.typed.connect(self._type)


def is_code(text: str, *, scanned: bool) -> bool:
    """Tell a scan from an amount of money: nothing that may be a code is ever taken as money."""
    if scanned:
        return True
    return len(text) >= _SHORTEST_CODE and _AMOUNT.fullmatch(text) is None
