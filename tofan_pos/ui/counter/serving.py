"""How the counter serves: what a scan, an Enter, a key or a finger does, page by page."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: FBT001

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent

from tofan_pos.domain.basket import Discount
from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.store.facts import StoredSale
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.bindings import MAY_REPEAT, Deed, deed_of
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.doing import Doing
from tofan_pos.ui.counter.done import DonePage
from tofan_pos.ui.counter.export import ExportPage
from tofan_pos.ui.counter.menu import MenuPage
from tofan_pos.ui.counter.office_page import OfficePage
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.parked_page import ParkedPage
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.paying import Paying
from tofan_pos.ui.counter.receipts_page import ReceiptsPage
from tofan_pos.ui.counter.return_page import ReturnPage
from tofan_pos.ui.counter.sale import OpenSale
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.sounds import Sounds
from tofan_pos.ui.kit.tones import Tone


class Receipts(Protocol):
    """What begins a return: it knows a receipt's code, and opens it."""

    def is_receipt(self, text: str) -> bool:
        """Tell whether a scan is a receipt's."""
        ...

    def open(self, text: str) -> None:
        """Begin with that receipt."""
        ...


class Serving(QObject):
    """Turns what comes from field, keys and fingers into verbs and turns of the page."""

    problem = Signal(object)
    all_well = Signal()
    sold = Signal(object)

    def __init__(  # noqa: PLR0913 - it stands between all of these
        self,
        sale: OpenSale,
        *,
        field: EntryField,
        pages: Pages,
        sounds: Sounds,
        others: Mapping[Deed, Callable[[], object]],
        receipts: Receipts,
        paying: Paying,
    ) -> None:
        """Listen to the field and to every page as it is made.

        `others` are deeds that are done elsewhere, `receipts` knows a receipt when one is scanned.
        """
        super().__init__()
        self.sale, self._field, self._pages, self._sounds = sale, field, pages, sounds
        self._receipts, self._paying = receipts, paying
        self.doing = Doing(sale, field=field, pages=pages, paying=paying, others=others)
        self.doing.problem.connect(self.refused)
        self.doing.all_well.connect(self.all_well)
        field.entered.connect(self.entered)
        field.escaped.connect(self.escape)
        field.textEdited.connect(self._edited)
        sale.refused.connect(self.refused)
        sale.paid.connect(self._paid)
        sale.allowed.connect(self._allowed)
        paying.problem.connect(self.refused)
        paying.all_well.connect(self.all_well)
        pages.made.connect(self._listen)

    # --- what comes from the field --------------------------------------------------------------

    def entered(self, text: str, scanned: bool) -> None:
        """Take what was handed over with Enter."""
        self.doing.forget_void()
        if self._paying.entered(text, scanned):
            return
        if text:
            self._scan(text, scanned=scanned)
        else:
            self.doing.press_main()

    def escape(self) -> None:
        """Go one step back: the sentence, then what was typed, then the page."""
        self.doing.forget_void()
        self.all_well.emit()
        if self._paying.escape():
            return
        if self._field.text():
            self._field.clear()
            self._look_up("")
        elif self._pages.shows(ShelfPage):
            self._pages.of(ShelfPage).fold_story()
        elif self._pages.shows(ApprovePage):
            self._pages.of(ApprovePage).cancelled.emit()
        else:
            self.doing.back()

    def look_up(self, text: str) -> None:
        """Show what a text finds, once its keys have come to rest."""
        if text == self._field.text() and not self._pages.shows(PayPage):
            self._look_up(text)

    # --- keys and fingers -----------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key does; tell whether it did anything."""
        page = self._pages.shown
        if isinstance(page, ReturnPage | ReceiptsPage | OfficePage) and page.key(event):
            return True
        if self._paying.key(event):
            return True
        shelf = self._pages.of(ShelfPage)
        if self._pages.shows(ShelfPage) and shelf.searching and self._steer(event):
            return True
        deed = deed_of(event, field_empty=not self._field.text())
        if deed is None:
            return False
        if not event.isAutoRepeat() or deed in MAY_REPEAT:
            self.doing.do(deed)
        return True

    # --- inside ---------------------------------------------------------------------------------

    def _scan(self, text: str, *, scanned: bool) -> None:
        """Sell what was scanned, or what typing has found; a receipt's code begins a return."""
        if self._receipts.is_receipt(text):
            self._field.clear()
            self._receipts.open(text)
            return
        found = None if scanned or not self._pages.shows(ShelfPage) else self._found(text)
        self._went(self.sale.scan(text) if found is None else self.sale.take(found))

    def _found(self, text: str) -> Product | None:
        """Return what the tiles have highlighted for a text, or the one whose code it is."""
        shelf = self._pages.of(ShelfPage)
        if shelf.searching != text.strip():
            shelf.search(text)
        if not shelf.searching:
            return None
        return shelf.with_code(text) or shelf.tiles.highlighted()

    def _take(self, product: Product) -> None:
        self.doing.forget_void()
        self._went(self.sale.take(product))

    def _went(self, well: bool) -> None:
        if not well:
            self._field.setFocus()
            self._field.selectAll()
            return
        self._sounds.play(Tone.SCAN)
        self.all_well.emit()
        self.doing.back()

    def scanned_elsewhere(self, text: str) -> None:
        """Take a scan that came while a page's own field had the keyboard."""
        self.doing.forget_void()
        self._scan(text, scanned=True)

    def _paid(self, stored: StoredSale) -> None:
        self._sounds.play(Tone.DONE)
        self.all_well.emit()
        self._field.clear()
        self._pages.of(DonePage).show_sale(stored)
        self._pages.turn_to(DonePage)
        self._field.setFocus()
        self.sold.emit(stored)

    def refused(self, problem: Refusal | Trouble) -> None:
        """Say what is in the way, and sound it."""
        self._sounds.play(Tone.UNKNOWN)
        if isinstance(problem, Refusal) and problem.why is Why.NO_SESSION:
            self.doing.do(Deed.OPEN_DAY)
        self.problem.emit(problem)
        if isinstance(problem, Refusal) and problem.why is Why.SALE_ALREADY_DONE:
            self.doing.back()

    def _discount(self, discount: Discount | None) -> None:
        self.sale.discount(discount, whole=self._pages.of(DiscountPage).whole)

    def _allowed(self) -> None:
        """Go on selling after a discount or a price that was given."""
        self.all_well.emit()
        self.doing.back()

    def _edited(self, text: str) -> None:
        self.doing.forget_void()
        self.all_well.emit()
        self._paying.edited(text)

    def _look_up(self, text: str) -> None:
        if self._pages.shows(ApprovePage):
            return
        if text and not self._pages.shows(ShelfPage):
            self._pages.turn_to(ShelfPage)
        shelf = self._pages.of(ShelfPage)
        if self._pages.shows(ShelfPage):
            shelf.fold_story()
            shelf.search(text)

    def _steer(self, event: QKeyEvent) -> bool:
        at_end = self._field.cursorPosition() == len(self._field.text())
        return self._pages.of(ShelfPage).steer(event, sideways=at_end)

    def _listen(self, page: Page) -> None:
        # What was said of a page is not about the one behind it.
        page.left.connect(self.all_well)
        page.left.connect(self.doing.back)
        match page:
            case ShelfPage():
                page.taken.connect(self._take)
                page.paying_wanted.connect(self.doing.open_payment)
                page.opening_wanted.connect(lambda: self.doing.do(Deed.OPEN_DAY))
            case DiscountPage():
                page.given.connect(self._discount)
                page.priced.connect(self.sale.override_price)
                page.refused.connect(self.refused)
                page.scanned.connect(self.scanned_elsewhere)
            case ExportPage() | ParkedPage():
                page.scanned.connect(self.scanned_elsewhere)
            case MenuPage():
                page.wanted.connect(self.doing.do)
            case _:
                pass
