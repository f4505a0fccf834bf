"""Which pages the counter has, and how each is made when it is first wanted."""

from collections.abc import Callable, Mapping

from tofan_pos.counter.desk import Desk
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.close_day import ClosePage
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.done import DonePage
from tofan_pos.ui.counter.drawer_page import DrawerPage
from tofan_pos.ui.counter.export import ExportPage
from tofan_pos.ui.counter.help import HelpPage
from tofan_pos.ui.counter.menu import MenuPage
from tofan_pos.ui.counter.office_page import OfficePage
from tofan_pos.ui.counter.open_day import OpenPage, RollPage
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.parked_page import ParkedPage
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.pictures import Pictures
from tofan_pos.ui.counter.receipts_page import ReceiptsPage
from tofan_pos.ui.counter.report_page import ReportPage
from tofan_pos.ui.counter.return_page import ReturnPage
from tofan_pos.ui.counter.returned_page import ReturnedPage
from tofan_pos.ui.counter.rights import RightsPage
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.counter.staff_page import StaffPage
from tofan_pos.ui.kit.worker import Worker

Makers = Mapping[type[Page], Callable[[], Page]]


def makers(desk: Desk, *, pictures: Pictures, worker: Worker, drawing: Worker) -> Makers:
    """Return how each kind of page is made for a desk."""
    return {
        ShelfPage: lambda: ShelfPage(
            desk.shelf, pictures, is_shut=lambda: desk.day.session is None
        ),
        PayPage: PayPage,
        DonePage: lambda: DonePage(desk.papers, drawing),
        DiscountPage: DiscountPage,
        ExportPage: lambda: ExportPage(desk.outbox, worker),
        HelpPage: HelpPage,
        MenuPage: MenuPage,
        OfficePage: OfficePage,
        ApprovePage: ApprovePage,
        OpenPage: OpenPage,
        RollPage: RollPage,
        DrawerPage: DrawerPage,
        ReportPage: lambda: ReportPage(
            drawing, paper_mm=desk.profile.paper_mm, has_printer=bool(desk.profile.printer)
        ),
        ClosePage: lambda: ClosePage(drawing, paper_mm=desk.profile.paper_mm),
        ReturnPage: ReturnPage,
        ReturnedPage: lambda: ReturnedPage(desk.papers, drawing),
        ReceiptsPage: lambda: ReceiptsPage(desk.papers, drawing),
        ParkedPage: ParkedPage,
        StaffPage: StaffPage,
        RightsPage: RightsPage,
    }
