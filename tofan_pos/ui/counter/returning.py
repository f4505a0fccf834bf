"""Takes pieces back: from a scanned receipt to the money handed over, or to an exchange."""

import re
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tofan_pos.counter.access import Approval
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.returnable import Returnable
from tofan_pos.domain.catalogue import Product, Text
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.reversal import SoldLine, part_of
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.store.facts import StoredReversal
from tofan_pos.sync.return_code import LONGEST, is_return_code
from tofan_pos.thai.keyboard import decodings
from tofan_pos.ui.counter.attempt import Attempt
from tofan_pos.ui.counter.comeback import Comeback, ComebackLine, names_of
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.return_page import ReturnPage
from tofan_pos.ui.counter.returned_page import ReturnedPage

_NUMBER = re.compile(r"[A-Z][A-Z0-9]{1,7}(?:\.\d{1,4})?-[RVC]\d{6,9}", re.ASCII)
_MOST = 99
"""So many pieces of one product may come back without a receipt."""


@dataclass(frozen=True, slots=True)
class _Return:
    """What is coming back: of which sale, how many pieces by line, and whether all in cash.

    Without a receipt `pieces` are the products put on the list by hand, one line each.
    """

    of: Returnable
    taken: dict[int, int] = field(default_factory=dict)
    in_cash: bool = False
    pieces: tuple[Product, ...] | None = None


class Returning(QObject):
    """Listens to the pages of a return.

    `returned` carries the stored refund or void that is to be handed back; `sale_changed` comes
    after an exchange has begun.
    """

    problem = Signal(object)
    all_well = Signal()
    changed = Signal()
    back = Signal()
    sale_changed = Signal()
    returned = Signal(object)
    list_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        pages: Pages,
        attempt: Attempt,
        field: QWidget,
        parent: QObject | None = None,
    ) -> None:
        """Wait for a receipt; `field` gets the keyboard where a page has no field of its own."""
        super().__init__(parent)
        self._desk, self._pages, self._attempt, self._field = desk, pages, attempt, field
        self._return: _Return | None = None
        pages.made.connect(self.listen)

    # --- how a return begins --------------------------------------------------------------------

    def is_receipt(self, text: str) -> bool:
        """Tell whether a scan is a receipt's number or return code, in either layout.

        What is a product's code is none, whatever it looks like.
        """
        if len(text) > 2 * LONGEST:
            return False
        readings = [reading.strip().upper() for reading in decodings(text)]
        if any(map(is_return_code, readings)):
            return True
        if not any(map(_NUMBER.fullmatch, readings)):
            return False
        return self._desk.store.product_by_code(*readings) is None

    def open_return(self) -> None:
        """Ask for a receipt, or go back where one was asked for."""
        if self._pages.shows(ReturnPage):
            self.back.emit()
            return
        self._return = None
        self.all_well.emit()
        self._pages.of(ReturnPage).ask()
        self._turn()

    def open(self, text: str) -> None:
        """Begin with the sale whose number or code was scanned; say what is in the way."""
        try:
            found = self._found(text)
        except (Refusal, Trouble) as problem:
            self.problem.emit(problem)
            return
        lefts = {line.position: found.left(line.position) for line in found.origin.lines}
        only = [position for position, left in lefts.items() if left]
        alone = len(only) == 1 and lefts[only[0]] == 1
        self._begin(_Return(found, {only[0]: 1} if alone else {}))

    def without_receipt(self) -> None:
        """Begin with an empty list, to put pieces on by scan or name."""
        try:
            self._begin(_Return(self._desk.refunds.without_receipt(()), pieces=()))
        except (Refusal, Trouble) as problem:
            self.problem.emit(problem)

    def listen(self, page: Page) -> None:
        """Listen to the pages of a return, once they are made."""
        if isinstance(page, ReturnPage):
            page.looked_for.connect(self._look_for)
            page.scanned.connect(self._scanned)
            page.typed.connect(self._typed)
            page.named.connect(self._named)
            page.taken.connect(self._take)
            page.stepped.connect(self._step)
            page.refund_wanted.connect(self._refund)
            page.exchange_wanted.connect(self._exchange)
            page.cash_turned.connect(self._turn_cash)
            page.list_wanted.connect(self.list_wanted)
            page.no_receipt_wanted.connect(self.without_receipt)
        elif isinstance(page, ReturnedPage):
            page.paper.failed.connect(self.problem)

    def _look_for(self, text: str) -> None:
        if text.strip():
            self.open(text)
        else:
            self.problem.emit(Refusal(Why.SCAN_EMPTY))

    def _found(self, text: str) -> Returnable:
        refunds, papers = self._desk.refunds, self._desk.papers
        try:
            return refunds.find(text)
        except Refusal as refusal:
            if refusal.why is not Why.NO_SUCH_RECEIPT:
                raise
            try:
                number = papers.find_refund(text).reversal.of
            except Refusal:
                raise refusal from None
            return refunds.find(number)

    def _begin(self, begun: _Return) -> None:
        lines = begun.of.origin.lines
        first = next((i for i, line in enumerate(lines) if begun.of.left(line.position)), 0)
        shown = self._worked_out(begun)
        if shown is None:
            return
        self._return = begun
        self.all_well.emit()
        self._pages.of(ReturnPage).begin(shown, at=first if lines else -1)
        self._turn()

    def _turn(self) -> None:
        self._pages.turn_to(ReturnPage).take_keyboard()

    # --- which pieces ---------------------------------------------------------------------------

    def _scanned(self, text: str) -> None:
        if self.is_receipt(text):
            self.open(text)
            return
        now = self._return
        codes = [reading.strip().upper() for reading in decodings(text)]
        known = {line.code for line in now.of.origin.lines} if now else set()
        code = next((code for code in codes if code in known), None)
        try:
            product = None if code else self._desk.shelf.scan(text)
        except (Refusal, Trouble) as problem:
            self.problem.emit(problem)
            return
        if product is not None:
            self._take(product)
        elif code is not None:
            self._take_code(code)

    def _typed(self, text: str) -> None:
        if self._return is not None:
            self._pages.of(ReturnPage).show_offers(self._offers(text))

    def _named(self, text: str) -> None:
        offers = self._offers(text)
        if offers:
            self._take(offers[0])
        else:
            self._scanned(text)

    def _offers(self, text: str) -> list[Product]:
        """Return the products a text may mean; with a receipt, those on it alone."""
        now = self._return
        if now is None or not text.strip():
            return []
        if now.pieces is not None:
            return self._desk.shelf.search(text, limit=8)
        on_it = {line.code for line in now.of.origin.lines}
        return [one for one in self._desk.shelf.search(text, limit=400) if one.code in on_it]

    def _take(self, product: Product) -> None:
        """Take back one piece of a product."""
        now = self._return
        if now is None:
            return
        lines = now.of.origin.lines
        if now.pieces is None:
            self._take_code(product.code, name=product.name)
        elif any(line.code == product.code for line in lines):
            self._take_code(product.code)
        else:
            taken = {**now.taken, len(now.pieces): 1}
            self._go_on(replace(now, pieces=(*now.pieces, product), taken=taken), at=len(lines))

    def _take_code(self, code: str, *, name: Text | None = None) -> None:
        now = self._return
        if now is None:
            return
        on_it = [line for line in now.of.origin.lines if line.code == code]
        line = next(
            (one for one in on_it if now.taken.get(one.position, 0) < _left(now, one)), None
        )
        if line is not None:
            self._step(line.position, 1)
        elif on_it:
            self._step(on_it[0].position, 1)
        else:
            said = name or Text(code, code)
            self.problem.emit(Refusal(Why.MORE_THAN_BOUGHT, name=said, left=0, asked=1))

    def _step(self, position: int, by: int) -> None:
        now = self._return
        if now is None:
            return
        lines = now.of.origin.lines
        at = next(i for i, line in enumerate(lines) if line.position == position)
        asked = now.taken.get(position, 0) + by
        left = _left(now, lines[at])
        if asked > left:
            name = lines[at].name
            self.problem.emit(Refusal(Why.MORE_THAN_BOUGHT, name=name, left=left, asked=asked))
            return
        taken = {**now.taken, position: max(asked, 0)}
        if now.pieces is not None and asked <= 0:
            kept = [(one, taken[i]) for i, one in enumerate(now.pieces) if i != position]
            taken = {i: quantity for i, (_, quantity) in enumerate(kept)}
            now = replace(now, pieces=tuple(one for one, _ in kept))
        self._go_on(replace(now, taken={k: n for k, n in taken.items() if n}), at=at)

    def _turn_cash(self) -> None:
        if self._return is not None:
            self._go_on(replace(self._return, in_cash=not self._return.in_cash))

    def _go_on(self, now: _Return, *, at: int | None = None) -> None:
        try:
            if now.pieces is not None:
                pieces = [(one, now.taken[i]) for i, one in enumerate(now.pieces)]
                now = replace(now, of=self._desk.refunds.without_receipt(pieces))
        except (Refusal, Trouble) as problem:
            self.problem.emit(problem)
            return
        shown = self._worked_out(now)
        if shown is not None:
            self._return = now
            self.all_well.emit()
            self._pages.of(ReturnPage).show_comeback(shown, at=at)

    # --- the money ------------------------------------------------------------------------------

    def _worked_out(self, now: _Return) -> Comeback | None:
        """Return what a return comes to, or None where that was refused, and said."""
        refunds, origin = self._desk.refunds, now.of.origin
        try:
            usual = refunds.paid_back(now.of, now.taken) if now.taken else ()
            names = names_of(self._desk.register.tender_types)
        except (Refusal, Trouble) as problem:
            self.problem.emit(problem)
            return None
        worth = sum(tender.amount for tender in usual)
        return Comeback(
            number=origin.number,
            day=origin.business_date,
            lines=tuple(_line(now, line) for line in origin.lines),
            worth=worth,
            tenders=(Tender(TenderKind.CASH, worth),) if now.in_cash else usual,
            names=names,
            in_cash=now.in_cash,
            may_be_cash=any(not tender.kind.is_cash for tender in usual),
        )

    def _refund(self, reason: str) -> None:
        now = self._ready(reason)
        if now is None:
            return
        tenders = self._pages.of(ReturnPage).shown
        cash = tenders.tenders if tenders is not None and now.in_cash else None

        def refund(approval: Approval | None) -> StoredReversal:
            return self._desk.refunds.refund(
                now.of, now.taken, reason, tenders=cash, approval=approval
            )

        self._attempt.run(refund, self._refunded, about=now.of.origin.number)

    def _refunded(self, stored: StoredReversal) -> None:
        self._return = None
        self._pages.of(ReturnPage).ask()
        self.show_reversal(stored)

    def show_reversal(self, stored: StoredReversal) -> None:
        """Show what is to be handed back, after a refund or a void."""
        page = self._pages.of(ReturnedPage)
        page.show_reversal(stored, names_of(self._desk.register.tender_types))
        self._pages.turn_to(ReturnedPage)
        self._field.setFocus()
        self.changed.emit()
        self.returned.emit(stored)

    def _exchange(self, reason: str) -> None:
        now = self._ready(reason)
        if now is None:
            return

        def exchange(approval: Approval | None) -> int:
            return self._desk.refunds.exchange(now.of, now.taken, reason, approval=approval)

        self._attempt.run(exchange, self._exchanged, about=now.of.origin.number)

    def _exchanged(self, _credit: int) -> None:
        self._return = None
        self._pages.of(ReturnPage).ask()
        self.sale_changed.emit()
        self.back.emit()

    def _ready(self, reason: str) -> _Return | None:
        """Return what comes back once there are pieces and a reason, else say what is missing."""
        now = self._return
        if now is None or not now.taken:
            self.problem.emit(Refusal(Why.NOTHING_CHOSEN))
            return None
        if not reason:
            self.problem.emit(Refusal(Why.REASON_MISSING))
            self._pages.of(ReturnPage).ask_reason()
            return None
        return now


def _left(now: _Return, line: SoldLine) -> int:
    """Return how many pieces of a line can come back in all."""
    return now.of.left(line.position) if now.pieces is None else _MOST


def _line(now: _Return, line: SoldLine) -> ComebackLine:
    taken, left = now.taken.get(line.position, 0), now.of.left(line.position)
    before = line.quantity - left
    return ComebackLine(
        position=line.position,
        name=line.name,
        bought=line.quantity,
        left=_left(now, line),
        taken=taken,
        each=part_of(line, before=min(before, line.quantity - 1), quantity=1).paid,
        worth=part_of(line, before=before, quantity=taken).paid,
        listed=now.pieces is not None,
    )
