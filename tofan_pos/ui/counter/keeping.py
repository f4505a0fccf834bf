"""Keeping the till: opens and closes its day, moves its cash, shows its figures."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tofan_pos.counter.access import Approval
from tofan_pos.counter.day import Counted, StoredZ
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.drawer import StoredMovement
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.people import Right
from tofan_pos.domain.report import TillReport
from tofan_pos.domain.session import Session
from tofan_pos.ui.counter.attempt import Attempt
from tofan_pos.ui.counter.close_day import ClosePage
from tofan_pos.ui.counter.drawer_page import Act, Asked, DrawerPage, Finished
from tofan_pos.ui.counter.evidence import evidence, tenders_to_count
from tofan_pos.ui.counter.open_day import OpenPage, RollPage
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.report_page import ReportPage
from tofan_pos.ui.kit.worker import Worker

if TYPE_CHECKING:
    from tofan_pos.receipt.document import Document

_MISSING = frozenset({Why.REASON_MISSING, Why.DIFFERENCE_UNEXPLAINED, Why.BAG_MISSING})
"""What is refused for the want of words."""


class Keeping(QObject):
    """Turns to the day's pages and calls the day's verbs.

    `changed` after something was written; `back` to go on selling; `scanned` with what was scanned
    on one of its pages; `opened` with the new session; `closed` with the `StoredZ`;
    `pack_wanted` with the `StoredZ` whose day's pack is to be made: answer with `show_pack` of
    `ClosePage`.
    """

    problem = Signal(object)
    all_well = Signal()
    changed = Signal()
    back = Signal()
    scanned = Signal(str)
    opened = Signal(object)
    closed = Signal(object)
    pack_wanted = Signal(object)

    def __init__(
        self,
        desk: Desk,
        *,
        pages: Pages,
        attempt: Attempt,
        worker: Worker,
        parent: QObject | None = None,
    ) -> None:
        """Listen to the day's pages as they are made; `worker` is the one that prints."""
        super().__init__(parent)
        self._desk, self._pages, self._attempt, self._worker = desk, pages, attempt, worker
        self._z: StoredZ | None = None
        self._paper: Callable[[], tuple[str, Document]] | None = None
        pages.made.connect(self._listen)

    # --- turning to a page ----------------------------------------------------------------------

    def open_session(self) -> None:
        """Ask for the float. Where a session is open, there is nothing to ask."""
        if self._desk.day.session is not None:
            self.back.emit()
            return
        self._pages.of(OpenPage).open_for(self._desk.day.today)
        self._show(OpenPage)

    def remind_date(self) -> bool:
        """Say that sales still count for a day that is over; tell whether they do.

        For when nothing is in the basket.
        """
        session, today = self._desk.day.session, self._desk.day.today
        if session is None or not self._desk.day.is_overdue():
            return False
        self._pages.of(RollPage).show_days(session.business_date, today)
        self._show(RollPage)
        return True

    def open_drawer(self) -> None:
        """Offer what can be done with the drawer between sales."""
        if self._needs_session():
            return
        self._pages.of(DrawerPage).begin()
        self._show(DrawerPage)

    def open_report(self) -> None:
        """Show the X report; without a session, the last Z."""
        if self._desk.day.session is None:
            self._show_last_z()
            return
        self._attempt.run(lambda approval: self._desk.day.x(approval=approval), self._show_x)

    def open_close(self) -> None:
        """Begin closing the day, or go on where a count already stands."""
        if self._needs_session():
            return
        register = self._desk.register
        if register.basket.lines or register.exchange is not None:
            self.problem.emit(Refusal(Why.BASKET_OPEN))
            return
        page = self._pages.of(ClosePage)
        session, found = self._desk.day.session, self._desk.day.counted()
        if session is None:
            return
        page.ask_count(
            tenders_to_count(self._desk.store, session),
            names=self._desk.papers.tender_names(),
            parked=self._desk.parking.waiting(),
        )
        if found is not None:
            self._show_settled(found)
        self._show(ClosePage)

    # --- opening --------------------------------------------------------------------------------

    def _open(self, count: Count, drawer: str) -> None:
        self._attempt.run(
            lambda approval: self._desk.day.open(count, drawer=drawer, approval=approval),
            self._opened,
        )

    def _opened(self, session: Session) -> None:
        self._pages.of(OpenPage).forget()
        self.changed.emit()
        self.opened.emit(session)
        self.back.emit()

    def _roll(self) -> None:
        self._attempt.run(
            lambda approval: self._desk.day.roll_date(approval=approval), self._rolled
        )

    def _rolled(self, _: Session) -> None:
        self.changed.emit()
        self.back.emit()

    # --- the drawer -----------------------------------------------------------------------------

    def _move(self, asked: Asked) -> None:
        drawer = self._desk.drawer

        def verb(approval: Approval | None) -> Finished:
            match asked.act:
                case Act.PAID_IN:
                    done = drawer.pay_in(asked.amount, asked.reason, approval=approval)
                case Act.PAID_OUT:
                    done = drawer.pay_out(asked.amount, asked.reason, approval=approval)
                case Act.PICKUP:
                    done = drawer.pickup(
                        asked.amount, asked.reason, bag=asked.bag, approval=approval
                    )
                case Act.CHANGE_DRAWER:
                    done = drawer.change_drawer(
                        asked.reason, amount=asked.amount, approval=approval
                    )
                case Act.NO_SALE:
                    drawer.no_sale(asked.reason, approval=approval)
                    return Finished(act=asked.act)
            return _finished(asked.act, done)

        self._try(verb, self._moved, missing=self._pages.of(DrawerPage).ask_reason)

    def _moved(self, finished: Finished) -> None:
        self.changed.emit()
        self._pages.of(DrawerPage).show_done(finished)

    # --- figures --------------------------------------------------------------------------------

    def _show_x(self, report: TillReport) -> None:
        papers, blind = self._desk.papers, self._desk.access.counts_blind
        self._paper = lambda: (f"{report.till}-X{report.n:06d}", papers.x(report, blind=blind))
        self._pages.of(ReportPage).show_report(lambda: papers.x(report, blind=blind))
        self._show(ReportPage)

    def _show_last_z(self) -> None:
        try:
            stored = self._desk.day.z()
        except (Refusal, Trouble) as problem:
            self.problem.emit(problem)
            return
        self._pages.of(ReportPage).show_report(
            partial(self._z_paper, stored),
            z_number=stored.z.number,
            has_session=self._desk.day.session is not None,
        )
        self._paper = None
        self._show(ReportPage)

    def _z_paper(self, stored: StoredZ) -> "Document":
        found = self._desk.papers.at(stored.seq)
        if found is None:
            raise Refusal(Why.NO_Z_YET)
        return found[1]

    def _print(self) -> None:
        page, paper = self._pages.of(ReportPage), self._paper
        if page.z_number:
            self._attempt.run(
                lambda approval: self._desk.reprints.reprint(page.z_number, approval=approval),
                lambda _: self._reprinted(),
            )
        elif paper is not None:
            # An X is no entry, so it has no place in the queue: it goes to the printer or not.
            page.show_printing()
            self._worker.run(
                lambda: self._desk.spool.send(*paper()),
                lambda _: page.show_printed(),
                failed=page.show_printed,
            )

    def _reprinted(self) -> None:
        self._pages.of(ReportPage).show_printing(queued=True)
        self.changed.emit()

    # --- closing --------------------------------------------------------------------------------

    def _count(self, cash: Count, tenders: Mapping[str, int]) -> None:
        day = self._desk.day
        self._attempt.run(
            lambda approval: day.count(cash, tenders, approval=approval), self._counted
        )

    def _counted(self, found: Counted) -> None:
        self.changed.emit()
        self._show_settled(found)
        self._pages.of(ClosePage).take_keyboard()

    def _show_settled(self, found: Counted) -> None:
        session = self._desk.day.session
        if session is None:
            return
        off = max(abs(one.difference) for one in found.settled)
        self._pages.of(ClosePage).show_settled(
            found,
            evidence=evidence(self._desk.store, session),
            needs_reason=off > self._desk.profile.limits.difference,
        )

    def _close(self, reason: str, bag: str) -> None:
        closing = _Closing(self._desk, reason=reason, bag=bag)
        self._try(closing, self._closed, missing=self._pages.of(ClosePage).ask_reason)

    def _closed(self, stored: StoredZ) -> None:
        self._z = stored
        page = self._pages.of(ClosePage)
        page.show_closed(stored, partial(self._z_paper, stored))
        page.take_keyboard()
        self.changed.emit()
        self.closed.emit(stored)

    def _pack(self) -> None:
        if self._z is not None:
            self.pack_wanted.emit(self._z)

    # --- inside ---------------------------------------------------------------------------------

    def _needs_session(self) -> bool:
        """Ask for a session where there is none; tell whether it did."""
        if self._desk.day.session is not None:
            return False
        self.open_session()
        self.problem.emit(Refusal(Why.NO_SESSION))
        return True

    def _try(
        self,
        verb: Callable[[Approval | None], object],
        done: Callable[..., None],
        *,
        missing: Callable[[], None],
    ) -> None:
        """Attempt a verb; where words are missing, the keyboard goes to where they are given."""

        def watched(approval: Approval | None) -> object:
            try:
                return verb(approval)
            except Refusal as refusal:
                if refusal.why in _MISSING:
                    missing()
                raise

        self._attempt.run(watched, done)

    def _show(self, kind: type[Page]) -> None:
        self.all_well.emit()
        self._pages.turn_to(kind).take_keyboard()

    def _listen(self, page: Page) -> None:
        match page:
            case OpenPage():
                page.wanted.connect(self._open)
            case RollPage():
                page.rolled.connect(self._roll)
                page.close_wanted.connect(self.open_close)
                return
            case DrawerPage():
                page.wanted.connect(self._move)
            case ReportPage():
                page.print_wanted.connect(self._print)
                page.x_wanted.connect(self.open_report)
                page.z_wanted.connect(self._show_last_z)
                page.failed.connect(self.problem)
                return
            case ClosePage():
                page.counted.connect(self._count)
                page.close_wanted.connect(self._close)
                page.pack_wanted.connect(self._pack)
            case _:
                return
        page.refused.connect(self.problem)
        page.scanned.connect(self.scanned)


class _Closing:
    """The closing as a verb: it remembers whose word it has, for it may take two people's."""

    def __init__(self, desk: Desk, *, reason: str, bag: str) -> None:
        self._desk, self._reason, self._bag = desk, reason, bag
        self._asked_second = False
        self._approval: Approval | None = None
        self._second: Approval | None = None

    def __call__(self, approval: Approval | None) -> StoredZ:
        if approval is not None and self._asked_second:
            self._second = approval
        elif approval is not None:
            self._approval = approval
        self._asked_second = False
        try:
            return self._desk.day.close(
                reason=self._reason, bag=self._bag, approval=self._approval, second=self._second
            )
        except Refusal as refusal:
            if refusal.why is not Why.SECOND_PERSON:
                raise
            self._asked_second = True
            raise Refusal(Why.APPROVAL_NEEDED, right=Right.CLOSE_SESSION) from refusal


def _finished(act: Act, done: StoredMovement) -> Finished:
    return Finished(act=act, amount=done.movement.amount, number=done.movement.number)
