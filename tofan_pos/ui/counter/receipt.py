"""The last receipt, looked at again."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102

from tofan_pos.counter.papers import Papers
from tofan_pos.store.facts import StoredSale
from tofan_pos.ui.counter.page import Headed
from tofan_pos.ui.counter.preview import ReceiptPreview
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words


class ReceiptPage(Headed):
    """Shows one stored sale's receipt."""

    def __init__(self, papers: Papers, worker: Worker) -> None:
        super().__init__()
        self._number = ""
        self._say: Words | None = None
        self.preview = ReceiptPreview(papers, worker)
        self.body.addWidget(self.preview, 1)

    def show_sale(self, stored: StoredSale) -> None:
        """Show a sale's receipt."""
        self._number = stored.sale.number
        self.preview.show_sale(stored)
        if self._say:
            self.reword(self._say)

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("Receipt {number}", number=self._number))
        self.preview.setAccessibleName(say("Receipt {number}", number=self._number))
