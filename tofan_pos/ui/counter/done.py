"""After paying: the change in the largest type there is, until the next scan."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.counter.papers import Papers
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.domain.money import baht
from tofan_pos.domain.sale import Sale, Tender, TenderKind
from tofan_pos.store.facts import StoredSale
from tofan_pos.ui.counter.comeback import tender_said
from tofan_pos.ui.counter.page import MainKey, Page
from tofan_pos.ui.counter.preview import ReceiptPreview
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.money import MoneyLabel
from tofan_pos.ui.kit.scroll import scrolled
from tofan_pos.ui.kit.text import Elided, Line, Wrapped
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tofan_pos.domain.catalogue import Text


class DonePage(Page):
    """Shows a sale that is durable: what goes back, its number, the makers' share, its receipt."""

    has_main_key = True

    def __init__(self, papers: Papers, worker: Worker) -> None:
        super().__init__()
        self._papers = papers
        self._stored: StoredSale | None = None
        self._names: Mapping[str, Text] = {}
        self._back: tuple[Tender, ...] = ()
        self._say: Words | None = None
        self._word = Line(role="heading")
        self._change = MoneyLabel(size=tokens.CHANGE, bold=True, left=True)
        self._sums = Wrapped(size=tokens.LEAD)
        self._makers = Wrapped(size=tokens.LEAD, bold=True, colour="good")
        self._number = Elided(role="read")
        self._printing = Wrapped(colour="muted")
        self._next = Wrapped(colour="muted")
        self.preview = ReceiptPreview(papers, worker)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._word)
        left.addWidget(self._change)
        left.addWidget(self._sums)
        left.addSpacing(24)
        left.addWidget(self._makers)
        left.addSpacing(24)
        left.addWidget(self._number)
        left.addWidget(self._printing)
        left.addStretch(1)
        left.addWidget(self._next)
        inside = QWidget()
        inside.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(24)
        row.addWidget(scrolled(inside), 11)
        row.addWidget(self.preview, 9)

    @property
    def change_shown(self) -> str:
        """The change it shows."""
        return self._change.shown

    @property
    def sums_shown(self) -> str:
        """What it says was received."""
        return self._sums.text

    @property
    def printing_shown(self) -> str:
        """What it says becomes of the receipt."""
        return self._printing.text

    def show_sale(self, stored: StoredSale) -> None:
        """Show a completed sale."""
        self._stored = stored
        self._look_up(stored.sale)
        self.preview.show_sale(stored)
        self._refresh()

    def show_printing(self, text: str) -> None:
        """Say what becomes of the receipt."""
        self._printing.show_text(text)

    def main_key(self, say: Words) -> MainKey | None:
        return MainKey(text=say("Next sale"), hint="Enter")

    def press(self) -> None:
        self.left.emit()

    def reword(self, say: Words) -> None:
        self._say = say
        self._refresh()

    def _refresh(self) -> None:
        if self._say is None or self._stored is None:
            return
        say, sale = self._say, self._stored.sale
        back = sum(tender.amount for tender in self._back)
        self._word.setText(say("To give back") if back else say("Change due"))
        self._change.show_money(back or sale.change)
        self._sums.show_text("\n".join(self._received(sale, say)))
        self._makers.show_text(say("{amount} goes to the makers", amount=baht(sale.share)))
        self._number.show_text(say("Receipt {number}", number=sale.number))
        self._next.show_text(say("The next scan starts the next sale."))
        self.preview.setAccessibleName(say("Receipt {number}", number=sale.number))

    def _received(self, sale: Sale, say: Words) -> list[str]:
        """Say what was taken, and in an exchange what came back."""
        if [tender.kind for tender in sale.tenders] == [TenderKind.CASH]:
            received, total = baht(sale.tendered), baht(sale.total)
            return [say("Received {received} for {total}", received=received, total=total)]
        said = [say("Total {total}", total=baht(sale.total))]
        for tender in sale.tenders:
            parts = (tender_said(tender, self._names, say), baht(tender.amount), tender.reference)
            said.append("  ".join(filter(None, parts)))
        if sale.exchange_of:
            said.append(say("Taken back as {number}", number=sale.exchange_of))
        said += [
            say("Give back by {name}: {amount}", name=name, amount=baht(tender.amount))
            for tender in self._back
            if (name := tender_said(tender, self._names, say))
        ]
        return said

    def _look_up(self, sale: Sale) -> None:
        """Look up what the sale itself does not hold; without it the sale is shown all the same."""
        self._names, self._back = {}, ()
        try:
            if any(tender.code for tender in sale.tenders) or sale.exchange_of:
                self._names = self._papers.tender_names()
            if sale.exchange_of:
                refund = self._papers.find_refund(sale.exchange_of).reversal
                self._back = tuple(t for t in refund.tenders if t.kind is not TenderKind.EXCHANGE)
        except (Refusal, Trouble):
            return
