"""Looks at a till to learn on, as its guide sees it: the desk's facts and the page shown."""

from tofan_pos.counter.desk import Desk
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.domain.report import CASH
from tofan_pos.ui.counter.close_day import ClosePage, Step
from tofan_pos.ui.counter.done import DonePage
from tofan_pos.ui.counter.guide_words import Place, View
from tofan_pos.ui.counter.open_day import OpenPage
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.receipts_page import ReceiptsPage
from tofan_pos.ui.counter.return_page import ReturnPage
from tofan_pos.ui.counter.returned_page import ReturnedPage
from tofan_pos.ui.counter.sale import OpenSale
from tofan_pos.ui.counter.shelf import ShelfPage

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


def seen(desk: Desk, *, pages: Pages, sale: OpenSale, example: Text | None) -> View | None:
    """Return what can be seen, or None where the till's file cannot be read at this moment."""
    try:
        return view_of(desk, pages=pages, sale=sale, example=example)
    except (Refusal, Trouble):
        return None
