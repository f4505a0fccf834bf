"""Which pages the counter has, and how each is made when it is first wanted."""

from collections.abc import Callable, Mapping

from tofan_pos.counter.desk import Desk
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.done import DonePage
from tofan_pos.ui.counter.export import ExportPage
from tofan_pos.ui.counter.help import HelpPage
from tofan_pos.ui.counter.menu import MenuPage
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.pictures import Pictures
from tofan_pos.ui.counter.receipt import ReceiptPage
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.kit.worker import Worker

Makers = Mapping[type[Page], Callable[[], Page]]


def makers(desk: Desk, *, pictures: Pictures, worker: Worker, drawing: Worker) -> Makers:
    """Return how each kind of page is made for a desk."""
    return {
        ShelfPage: lambda: ShelfPage(desk.shelf, pictures),
        PayPage: PayPage,
        DonePage: lambda: DonePage(desk.papers, drawing),
        DiscountPage: DiscountPage,
        ExportPage: lambda: ExportPage(desk.outbox, worker),
        HelpPage: HelpPage,
        MenuPage: MenuPage,
        ReceiptPage: lambda: ReceiptPage(desk.papers, drawing),
    }
