"""Goes over to what head office publishes: between two sales, never within one.

Prices of a new day hold and stories over their lease leave when the day turns; both wait for an
empty basket, as a new catalogue does.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from tofan_pos.counter.desk import Desk
from tofan_pos.counter.incoming import Applied
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sentences import sentence
from tofan_pos.thai.dates import business_day
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.return_page import ReturnPage
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.words import Words

_REST_MS = 1_500
_WITHIN: tuple[type[Page], ...] = (ApprovePage, DiscountPage, PayPage, ReturnPage)
"""Pages on which something is going on that a new price must not change."""


class Arriving(QObject):
    """`turned` after other products or prices hold; `told` and `warned` with what to say of it."""

    turned = Signal()
    told = Signal(object)
    warned = Signal(object)
    problem = Signal(object)

    def __init__(self, desk: Desk, *, pages: Pages, parent: QObject) -> None:
        """Wait to look."""
        super().__init__(parent)
        self._desk, self._pages = desk, pages
        self._day = business_day(desk.clock())
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.look)

    def soon(self) -> None:
        """Look in a moment: what was just done is to be painted first."""
        if not (self._rest.isActive() or self._desk.profile.training):
            self._rest.start()

    def close(self) -> None:
        """Look no more."""
        self._rest.stop()

    def look(self) -> None:
        """Go over to what has come, if nothing is being sold at this moment."""
        if not self.between_sales:
            return
        try:
            self._turn_day()
            self._apply()
        except Trouble as trouble:
            self.problem.emit(trouble)

    @property
    def between_sales(self) -> bool:
        """Whether nothing is in the basket, and nothing of a sale or return is under way."""
        register = self._desk.register
        going_on = any(self._pages.shows(kind) for kind in _WITHIN)
        if self._pages.shows(ShelfPage) and self._pages.of(ShelfPage).searching:
            going_on = True  # somebody is looking at what a search has found
        return not (register.basket.lines or register.exchange is not None or going_on)

    def _turn_day(self) -> None:
        today = business_day(self._desk.clock())
        if today != self._day:
            self._day = today
            self._desk.incoming.begin()
            self.turned.emit()

    def _apply(self) -> None:
        incoming = self._desk.incoming
        if not incoming.waiting():
            incoming.used()
            return
        try:
            applied = incoming.apply()
        except Refusal:
            return  # a basket was begun meanwhile: between the next two sales
        if applied is None:
            return
        if applied.problem is not None:
            self.warned.emit(lambda say: _put_aside_said(applied, say))
            return
        self.turned.emit()
        self.told.emit(lambda say: _applied_said(applied, say))


def _applied_said(applied: Applied, say: Words) -> str:
    return say(
        "New catalogue: prices and stories of {n} products, version {version}.",
        n=f"{applied.products:,}",
        version=applied.version,
    )


def _put_aside_said(applied: Applied, say: Words) -> str:
    why = sentence(applied.problem, say) if applied.problem else ""
    return say(
        "The new catalogue (version {version}) was put aside; selling goes on by the one before."
        " {why}",
        version=applied.version,
        why=why,
    )
