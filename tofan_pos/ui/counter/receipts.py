"""Looks receipts up: searches, prints them again, voids them, and hands them on to a return."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from tofan_pos.counter.desk import Desk
from tofan_pos.counter.lookup import Lookup, Receipt
from tofan_pos.counter.reprints import Again
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.store.facts import StoredReversal
from tofan_pos.thai.dates import business_day
from tofan_pos.ui.counter.attempt import Attempt
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.receipts_page import ReceiptsPage, Span
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words


class LookingUp(QObject):
    """Listens to the page of receipts.

    `return_wanted` carries a receipt's number, `voided` the stored void that a return's last page
    is to show, and `said` what was done, as a function that words it.
    """

    problem = Signal(object)
    all_well = Signal()
    changed = Signal()
    back = Signal()
    return_wanted = Signal(str)
    voided = Signal(object)
    said = Signal(object)

    def __init__(
        self,
        desk: Desk,
        *,
        pages: Pages,
        attempt: Attempt,
        worker: Worker,
        parent: QObject | None = None,
    ) -> None:
        """Wait to be opened; searches run on `worker`."""
        super().__init__(parent)
        self._desk, self._pages, self._attempt, self._worker = desk, pages, attempt, worker
        self._lookup = Lookup(desk.store, desk.profile, desk.shelf, desk.papers)
        self._searches = 0
        pages.made.connect(self.listen)

    def open(self) -> None:
        """Show the newest receipts, the last one highlighted; or go back where they are shown."""
        if self._pages.shows(ReceiptsPage):
            self.back.emit()
            return
        self.all_well.emit()
        page = self._pages.of(ReceiptsPage)
        page.begin()
        self._pages.turn_to(ReceiptsPage)
        page.take_keyboard()

    def reprint_last(self) -> None:
        """Print the last sale's receipt again."""
        self._reprint("last")

    def listen(self, page: Page) -> None:
        """Listen to the page of receipts, once it is made."""
        if isinstance(page, ReceiptsPage):
            page.searched.connect(self._search)
            page.lit.connect(self._show)
            page.one.reprint_wanted.connect(self._reprint)
            page.one.gift_wanted.connect(self._gift)
            page.one.return_wanted.connect(self.return_wanted)
            page.one.void_wanted.connect(self._void)
            page.one.paper.failed.connect(self.problem)

    # --- finding --------------------------------------------------------------------------------

    def _search(self, text: str, span: Span) -> None:
        """Look for receipts: the newest at once, anything else off the window's thread."""
        today = business_day(self._desk.clock())
        day = {Span.TODAY: today, Span.YESTERDAY: today - timedelta(days=1)}.get(span)
        self._searches += 1
        find = partial(self._lookup.find, text, today=today, day=day)
        came = partial(self._came, self._searches)
        if text:
            self._worker.run(find, came, failed=self._not_found)
            return
        try:
            came(find())
        except Trouble as trouble:
            self._not_found(trouble)

    def _came(self, search: int, found: list[Receipt]) -> None:
        if search == self._searches:
            self._pages.of(ReceiptsPage).show_receipts(found)

    def _not_found(self, problem: Refusal | Trouble) -> None:
        self._pages.of(ReceiptsPage).show_receipts(())
        self.problem.emit(problem)

    def _show(self, receipt: Receipt) -> None:
        try:
            stored = self._desk.store.sale_at(receipt.seq)
        except Trouble as trouble:
            self.problem.emit(trouble)
            return
        if stored is not None:
            self._pages.of(ReceiptsPage).show_paper(stored)

    # --- papers and voids -----------------------------------------------------------------------

    def _reprint(self, number: str) -> None:
        reprints = self._desk.reprints
        about = "" if number == "last" else number
        self._attempt.run(
            lambda approval: reprints.reprint(number, approval=approval), self._printed, about=about
        )

    def _gift(self, number: str) -> None:
        reprints = self._desk.reprints
        self._attempt.run(
            lambda approval: reprints.gift(number, approval=approval), self._printed, about=number
        )

    def _printed(self, again: Again) -> None:
        told = _again_said(again, prints=bool(self._desk.profile.printer))
        self.changed.emit()
        self.said.emit(told)

    def _void(self, number: str, reason: str) -> None:
        page = self._pages.of(ReceiptsPage)
        if not reason:
            self.problem.emit(Refusal(Why.REASON_MISSING))
            page.ask_reason()
            return
        try:
            stored = self._desk.papers.find(number)
        except (Refusal, Trouble) as problem:
            self.problem.emit(problem)
            return
        refunds = self._desk.refunds
        self._attempt.run(
            lambda approval: refunds.void(stored, reason, approval=approval),
            self._was_voided,
            about=number,
        )

    def _was_voided(self, stored: StoredReversal) -> None:
        self.voided.emit(stored)


def _again_said(again: Again, *, prints: bool) -> Callable[[Words], str]:
    number, copy = again.number, again.copy

    def said(say: Words) -> str:
        what = (
            say("Copy {n} of {number}", n=copy, number=number)
            if copy
            else say("Gift receipt of {number}", number=number)
        )
        if prints:
            return say("{paper} is being printed.", paper=what)
        return say("{paper} is noted. No printer is set up.", paper=what)

    return said
