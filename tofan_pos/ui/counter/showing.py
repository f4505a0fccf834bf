"""Draws the sale as it stands: the basket, what is due, the chosen line's story, the large key."""

from PySide6.QtCore import QObject, QTimer

from tofan_pos.counter.register import Register
from tofan_pos.domain.basket import Basket, BasketLine, Reckoning
from tofan_pos.domain.catalogue import Product
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.basket import BasketPanel
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.done import DonePage
from tofan_pos.ui.counter.page import MainKey
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.returned_page import ReturnedPage
from tofan_pos.ui.counter.sale import OpenSale
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.counter.tenders import Owed
from tofan_pos.words import Words

_AFTER_PAINT_MS = 10
"""The screen is asked to paint at once, and does so within this time."""


class Showing(QObject):
    """Reckons the basket once for each change, and hands everybody their part of it.

    What a scan changes in the basket is painted first. The story is told after that: breaking its
    lines takes longer than everything else.
    """

    def __init__(
        self, register: Register, sale: OpenSale, *, basket: BasketPanel, pages: Pages
    ) -> None:
        """Show nothing until it is given words."""
        super().__init__(basket)
        self._register, self._sale, self._basket, self._pages = register, sale, basket, pages
        self._say: Words | None = None
        self._looked_at: Product | None = None
        self._reckoning: Reckoning | None = None
        self._shown: Basket | None = None
        self._after_paint = QTimer(self)
        self._after_paint.setSingleShot(True)
        self._after_paint.setInterval(_AFTER_PAINT_MS)
        self._after_paint.timeout.connect(self._tell_story)
        sale.changed.connect(self.show_sale)

    @property
    def told(self) -> bool:
        """Whether the story shown is that of the sale as it stands."""
        return not self._after_paint.isActive()

    def reword(self, say: Words) -> None:
        """Show everything in a language."""
        self._say = say
        self._basket.reword(say)
        self.show_sale()

    def show_sale(self) -> None:
        """Show the basket as it stands."""
        if self._say is None:
            return
        basket, reckoning = self._register.basket, self._register.reckoning()
        self._reckoning = reckoning
        owed = self._sale.owed
        self._basket.show_basket(
            basket, reckoning, owed=owed, chosen=self._sale.chosen, say=self._say
        )
        self._follow(basket, owed)
        self._after_paint.start()
        self.show_main_key()

    def _follow(self, basket: Basket, owed: Owed) -> None:
        """Let the page that is shown be about the basket as it stands, or go back from it."""
        pages, before, self._shown = self._pages, self._shown, basket
        if before is not None and before.lines and not basket.lines:
            # What was taken beside cash was for that basket.
            pages.of(PayPage).clear()
        if pages.shows(PayPage):
            if basket.lines:
                pages.of(PayPage).show_due(owed.due, credit=owed.credit, back=owed.back)
            else:
                pages.turn_to(ShelfPage)
        elif pages.shows(DiscountPage):
            if basket.lines:
                pages.of(DiscountPage).follow(self._sale.line, basket)
            else:
                pages.turn_to(ShelfPage)
        elif before is not basket and pages.shows(ApprovePage):
            # What a supervisor was asked for was about another basket.
            pages.turn_to(ShelfPage)

    def look_at(self, product: Product | None) -> None:
        """Tell the story of a product that is only looked at; None for the chosen line again."""
        if product is not self._looked_at and self._say is not None:
            self._looked_at = product
            self._after_paint.start()

    def show_main_key(self) -> None:
        """Let the large key say what it does on the page shown."""
        say = self._say
        if say is None:
            return
        page, sells = self._pages.shown, bool(self._sale.basket.lines)
        gives = sells and self._sale.owed.back
        text = say("Give the rest back") if gives else say("Pay")
        key = page.main_key(say) or MainKey(text=text, hint="F12", enabled=sells)
        self._basket.pay.put(key.text, below=key.below, hint=key.hint)
        self._basket.pay.setEnabled(key.enabled)
        self._basket.invite(page.invitation(say) or self._invitation(say))

    def _invitation(self, say: Words) -> str:
        if self._sale.owed.credit is not None:
            return say("Scan what is taken instead.\nOr press a picture, or type part of a name.")
        return say("Scan a product to begin.\nOr press a picture, or type part of a name.")

    def show_printing(self, text: str) -> None:
        """Say what becomes of the paper of what was just done."""
        pages = self._pages
        if pages.shows(ReturnedPage):
            pages.of(ReturnedPage).show_printing(text)
        else:
            pages.of(DonePage).show_printing(text)

    def ask_void(self, asked: bool) -> None:  # noqa: FBT001 - a signal's shape
        """Ask for a second press before the basket is emptied."""
        if self._say is not None:
            self._basket.ask_again(asking=asked, say=self._say)

    def _tell_story(self) -> None:
        say, reckoning = self._say, self._reckoning
        if say is None or reckoning is None:
            return
        line, product, share = self._sale.line, self._looked_at, 0
        if product is not None:
            one = Basket(lines=(BasketLine(product=product),))
            share = self._register.terms.reckon(one).share
        elif line is not None:
            product, share = line.product, reckoning.lines[self._sale.chosen].share
        told = bool(product and product.story and product.story.may_be_told(self._register.today))
        self._pages.of(ShelfPage).story.show_line(product, share=share, told=told, say=say)
