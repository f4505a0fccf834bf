"""What a deed does, whoever asks for it: a key, a finger, the large key at the bottom right."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: FBT003

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.export import ExportPage
from tofan_pos.ui.counter.help import HelpPage
from tofan_pos.ui.counter.menu import MenuPage
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.paying import Paying
from tofan_pos.ui.counter.sale import OpenSale
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.kit.field import EntryField


class Doing(QObject):
    """Turns the pages and calls the sale's verbs; the field gets the keyboard back afterwards."""

    problem = Signal(object)
    all_well = Signal()
    void_asked = Signal(bool)
    language_wanted = Signal()

    def __init__(
        self,
        sale: OpenSale,
        *,
        field: EntryField,
        pages: Pages,
        paying: Paying,
        others: Mapping[Deed, Callable[[], object]],
    ) -> None:
        """Do nothing yet; `others` are deeds that are done elsewhere."""
        super().__init__()
        self._sale, self._field, self._pages = sale, field, pages
        self._paying, self._others = paying, others
        self._void_asked = False
        self.exported_to = ""

    def do(self, deed: Deed) -> None:
        """Do a deed, whoever asks for it."""
        if deed is not Deed.VOID_BASKET:
            self.forget_void()
        if deed in self._others:
            self._others[deed]()
        else:
            self._deeds[deed](self)

    def back(self) -> None:
        """Go back to selling."""
        self._field.clear()
        shelf = self._pages.turn_to(ShelfPage)
        if shelf.searching:
            shelf.search("")
        self._field.setFocus()

    def open_payment(self) -> None:
        """Ask for the money, if there is anything to pay."""
        if not self._sale.basket.lines and not self._pages.shows(ShelfPage):
            self.back()
        self._paying.open()

    def open_discount(self, *, whole: bool) -> None:
        """Begin a discount on the chosen line or the whole basket."""
        line = self._sale.line
        if line is None:
            self.problem.emit(Refusal(Why.BASKET_EMPTY))
            return
        self.all_well.emit()
        page = self._pages.of(DiscountPage)
        page.open_for(None if whole else line, self._sale.basket)
        self._pages.turn_to(DiscountPage)
        page.take_keyboard()

    def press_main(self) -> None:
        """Do what the one large key says on this page."""
        page = self._pages.shown
        if isinstance(page, PayPage):
            self._paying.press(self._field.text())
        elif page.has_main_key:
            page.press()
        else:
            self.open_payment()

    def _void_basket(self) -> None:
        if not self._sale.basket.lines:
            return
        if not self._void_asked:
            self._void_asked = True
            self.void_asked.emit(True)
            return
        self.forget_void()
        if self._sale.empty():
            self.back()

    def forget_void(self) -> None:
        """Ask no longer whether the basket is to be emptied."""
        if self._void_asked:
            self._void_asked = False
            self.void_asked.emit(False)

    def _show_export(self) -> None:
        self._pages.of(ExportPage).open_at(self.exported_to)
        self._turn(ExportPage)

    def _to_shelf(self) -> None:
        self.back()
        self._pages.of(ShelfPage).rail.setFocus()

    def _turn_story(self) -> None:
        if self._pages.shows(ShelfPage):
            self._pages.of(ShelfPage).turn_story()

    def _turn(self, kind: type[Page]) -> None:
        """Show a page, or go back from it where it is shown already."""
        if self._pages.shows(kind):
            self.back()
            return
        self.all_well.emit()
        page = self._pages.turn_to(kind)
        if not page.take_keyboard():
            self._field.setFocus()

    _deeds: Mapping[Deed, Callable[["Doing"], object]] = {
        Deed.HELP: lambda self: self._turn(HelpPage),
        Deed.DISCOUNT_LINE: lambda self: self.open_discount(whole=False),
        Deed.DISCOUNT_BASKET: lambda self: self.open_discount(whole=True),
        Deed.SHELF: _to_shelf,
        Deed.STORY: _turn_story,
        Deed.LANGUAGE: lambda self: self.language_wanted.emit(),
        Deed.EXPORT: _show_export,
        Deed.MENU: lambda self: self._turn(MenuPage),
        Deed.PAY: press_main,
        Deed.UP: lambda self: self._sale.choose(self._sale.chosen - 1),
        Deed.DOWN: lambda self: self._sale.choose(self._sale.chosen + 1),
        Deed.MORE: lambda self: self._sale.step(1),
        Deed.LESS: lambda self: self._sale.step(-1),
        Deed.VOID_LINE: lambda self: self._sale.remove(),
        Deed.VOID_BASKET: _void_basket,
    }
