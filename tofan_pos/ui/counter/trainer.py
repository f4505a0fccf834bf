"""The trainer of a till to learn on: looks at the till, and lets its strip say what to do next."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from tofan_pos.counter.desk import Desk
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.domain.report import CASH
from tofan_pos.ui.counter.close_day import ClosePage, Step
from tofan_pos.ui.counter.done import DonePage
from tofan_pos.ui.counter.guide import Guide
from tofan_pos.ui.counter.guide_words import Place, View
from tofan_pos.ui.counter.open_day import OpenPage
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.receipts_page import ReceiptsPage
from tofan_pos.ui.counter.return_page import ReturnPage
from tofan_pos.ui.counter.returned_page import ReturnedPage
from tofan_pos.ui.counter.sale import OpenSale
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.counter.training import TrainingStrip
from tofan_pos.words import Words

_PLACES = {
    ShelfPage: Place.SELL,
    PayPage: Place.PAY,
    DonePage: Place.DONE,
    OpenPage: Place.OPEN,
    ReceiptsPage: Place.RECEIPTS,
    ReturnedPage: Place.RETURNED,
}
_STEPS = {Step.COUNT: Place.COUNT, Step.SETTLE: Place.SETTLE, Step.CLOSED: Place.CLOSED}
_LONGEST_NAME = 24


def place_of(pages: Pages) -> Place:
    """Return where the window is."""
    page = pages.currentWidget()
    match page:
        case ReturnPage():
            return Place.ASK if page.shown is None else Place.PIECES
        case ClosePage():
            return _STEPS[page.step]
        case _:
            return next((p for kind, p in _PLACES.items() if isinstance(page, kind)), Place.OTHER)


def example_of(desk: Desk) -> Text | None:
    """Return the shortest name among the favourites that can be sold twice, or None."""
    names = [p.name for p in desk.shelf.favourites() if not p.unique and p.price]
    names = [name for name in names if max(len(name.th), len(name.en)) <= _LONGEST_NAME]
    return min(names, key=lambda name: len(name.th or name.en), default=None)


def view_of(desk: Desk, *, pages: Pages, sale: OpenSale, example: Text | None) -> View:
    """Return what can be seen at this moment. Raises `Refusal` or `Trouble`."""
    with desk.store.reading() as look:
        session, last, _ = look.session()
        reversals = len(look.events("refund", "void"))
        sold = look.last_sale()
    place, lines = place_of(pages), sale.basket.lines
    returning = pages.of(ReturnPage) if place is Place.PIECES else None
    comeback = returning.shown if returning else None
    cash, others, off = _drawer(desk) if session else (0, (), 0)
    return View(
        place=place,
        session_open=session is not None,
        pieces=sum(line.quantity for line in lines),
        due=sale.owed.due,
        exchange=desk.register.exchange is not None,
        sales=desk.store.sale_counts()[0],
        refunds=reversals,
        closed=last - (1 if session else 0),
        receipt=sold.sale.number if sold else "",
        change=sold.sale.change if sold else 0,
        chosen=comeback.taken if comeback else 0,
        worth=comeback.worth if comeback else 0,
        reason=bool(returning and returning.pieces.reasons.reason),
        cash=cash,
        others=others,
        off=off,
        example=example,
    )


def _drawer(desk: Desk) -> tuple[int, tuple[tuple[Text, int], ...], int]:
    """Return what cash and slips should come to, and by how much a count that stands is off.

    Nobody is told that at a till that is real.
    """
    names = desk.papers.tender_names()
    expected = desk.day.x().expected()
    others = tuple(
        (names.get(key, Text(key, key)), amount)
        for key, amount in expected.items()
        if key != CASH and amount
    )
    counted = desk.day.counted()
    off = max((abs(one.difference) for one in counted.settled), default=0) if counted else 0
    return expected[CASH], others, off


class Trainer(QObject):
    """Leads somebody through their first sale, return and closing, in `strip`.

    `look` may be called at every change and as often as one likes: it looks once, after what is
    under way has come to rest. `stopped` when somebody has learned enough.
    """

    stopped = Signal()

    def __init__(
        self, desk: Desk, *, pages: Pages, sale: OpenSale, parent: QObject | None = None
    ) -> None:
        """Begin at the first step. The desk is one of a till to learn on."""
        super().__init__(parent)
        self._see = partial(view_of, desk, pages=pages, sale=sale, example=example_of(desk))
        self._pages = pages
        self._closed = False
        self._say: Words | None = None
        self._view = View()
        self._refresh()
        self.guide = Guide(self._view)
        self.strip = TrainingStrip()
        self.strip.skipped.connect(self.skip)
        self.strip.again.connect(self.begin_anew)
        self.strip.stopped.connect(self.stopped)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._look)
        pages.turned.connect(self.look)
        pages.made.connect(self._listen)
        sale.changed.connect(self.look)
        sale.paid.connect(self.look)
        self.look()

    @property
    def at_rest(self) -> bool:
        """Whether the strip shows the till as it stands."""
        return not self._rest.isActive()

    def look(self, *_: object) -> None:
        """Look at the till again soon: something may have changed."""
        if not self._closed:
            self._rest.start()

    def skip(self) -> None:
        """Go on without the present step."""
        self._look()
        self.guide = self.guide.skip(self._view)
        self._show()
        self._give_back_keyboard()

    def begin_anew(self) -> None:
        """Begin again at the first step, from the till as it stands."""
        self._refresh()
        self.guide = Guide(self._view).seen(self._view)
        self._show()
        self._give_back_keyboard()

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        self.strip.reword(say)
        self._show()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self.strip.dress()

    def close(self) -> None:
        """Look no more: the till is being closed."""
        self._closed = True
        self._rest.stop()

    # --- inside ---------------------------------------------------------------------------------

    def _listen(self, page: Page) -> None:
        """Look again when something changes within a page that the guide looks into."""
        if isinstance(page, ReturnPage | ClosePage):
            page.key_changed.connect(self.look)
        if isinstance(page, ReturnPage):
            page.pieces.reasons.field.textChanged.connect(self.look)

    def _look(self) -> None:
        self._refresh()
        self.guide = self.guide.seen(self._view)
        self._show()

    def _refresh(self) -> None:
        try:
            self._view = self._see()
        except (Refusal, Trouble):
            # The window says what is wrong with the till's file; the guide waits.
            return

    def _show(self) -> None:
        if self._say is None:
            return
        guide, say = self.guide, self._say
        self.strip.show_step(
            guide.told(self._view, say), guide.progress(say), over=guide.step is None
        )

    def _give_back_keyboard(self) -> None:
        """Let the page have the keyboard again that one of the strip's keys was reached with."""
        if self.strip.has_keyboard:
            self._pages.shown.take_keyboard()
