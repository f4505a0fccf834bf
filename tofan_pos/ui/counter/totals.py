"""The sums under the basket: pieces, discounts, what goes to the makers, and the total."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.domain.basket import Basket, Reckoning
from tofan_pos.domain.money import baht, shown
from tofan_pos.ui.counter.wording import discount_said, off
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.money import MoneyLabel
from tofan_pos.ui.kit.text import Elided, Line
from tofan_pos.words import Words


class Totals(QWidget):
    """Shows a basket's figures; a row that has nothing to say is not there."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces = Elided(role="muted")
        self._subtotal = MoneyLabel(colour="muted")
        self._line_word, self._line_off = Elided(role="muted"), MoneyLabel(colour="good")
        self._basket_word, self._basket_off = Elided(role="muted"), MoneyLabel(colour="good")
        self._makers = Elided(role="makers")
        self._word = Line(role="heading")
        self._total = MoneyLabel(size=tokens.TOTAL, bold=True)
        rows = QGridLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(0)
        rows.setColumnStretch(0, 1)
        for y, (word, amount) in enumerate(
            (
                (self._pieces, self._subtotal),
                (self._line_word, self._line_off),
                (self._basket_word, self._basket_off),
            )
        ):
            rows.addWidget(word, y, 0)
            rows.addWidget(amount, y, 1)
        last = QHBoxLayout()
        last.addWidget(self._word)
        last.addWidget(self._total, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(rows)
        column.addWidget(self._makers)
        column.addLayout(last)

    @property
    def makers_shown(self) -> str:
        """What it says goes to the makers."""
        return self._makers.whole

    def show_basket(self, basket: Basket, reckoning: Reckoning, say: Words) -> None:
        """Show what a basket comes to."""
        for part in (self._pieces, self._subtotal, self._makers):
            part.setVisible(bool(basket.lines))
        lines = sum(line.discounted for line in basket.lines)
        self._pieces.show_text(say("Pieces") + f" {basket.quantity:,}")
        self._subtotal.show_text(shown(basket.gross))
        self._row(self._line_word, self._line_off, say("Line discounts"), lines)
        said = discount_said(basket.discount, say) if basket.discount else ""
        self._row(self._basket_word, self._basket_off, said, basket.discounted)
        self._makers.show_text(say("{amount} goes to the makers", amount=baht(reckoning.share)))
        self._word.setText(say("Total"))
        self._total.show_money(basket.total, colour="ink" if basket.lines else "muted")

    @staticmethod
    def _row(word: Elided, amount: MoneyLabel, said: str, taken: int) -> None:
        word.setVisible(bool(taken))
        amount.setVisible(bool(taken))
        if taken:
            word.show_text(said)
            amount.show_text(off(taken))
