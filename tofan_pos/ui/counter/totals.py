"""The sums under the basket: pieces, what is taken off, what comes back, makers, and the total."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.domain.basket import Basket, Reckoning
from tofan_pos.domain.money import baht, shown
from tofan_pos.ui.counter.tenders import Owed
from tofan_pos.ui.counter.wording import discount_said, off
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.keys import IconButton
from tofan_pos.ui.kit.money import MoneyLabel
from tofan_pos.ui.kit.text import Elided, Line
from tofan_pos.words import Words


class Totals(QWidget):
    """Shows a basket's figures; a row that has nothing to say is not there.

    `exchange_dropped` asks to take nothing back.
    """

    exchange_dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pieces = Elided(role="muted")
        self._subtotal = MoneyLabel(colour="muted")
        self._line_word, self._line_off = Elided(role="muted"), MoneyLabel(colour="good")
        self._basket_word, self._basket_off = Elided(role="muted"), MoneyLabel(colour="good")
        self._back_word, self._back = Elided(), MoneyLabel(colour="good", bold=True)
        self._drop = IconButton("close", quiet=True)
        self._drop.clicked.connect(self.exchange_dropped)
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
        back = QHBoxLayout()
        back.setSpacing(8)
        back.addWidget(self._back_word, 1)
        back.addWidget(self._drop)
        back.addWidget(self._back)
        last = QHBoxLayout()
        last.addWidget(self._word)
        last.addWidget(self._total, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(rows)
        column.addLayout(back)
        column.addWidget(self._makers)
        column.addLayout(last)

    @property
    def makers_shown(self) -> str:
        """What it says goes to the makers."""
        return self._makers.whole

    @property
    def off_shown(self) -> list[tuple[str, str]]:
        """What it says is taken off, and how much: from the lines, then from the whole."""
        rows = ((self._line_word, self._line_off), (self._basket_word, self._basket_off))
        return [(word.whole, amount.shown) for word, amount in rows if not word.isHidden()]

    @property
    def total_shown(self) -> str:
        """The sum in large type."""
        return self._total.shown

    @property
    def back_shown(self) -> str:
        """What it says comes back, empty where nothing does."""
        return "" if self._back.isHidden() else self._back.shown

    def show_basket(
        self, basket: Basket, reckoning: Reckoning, say: Words, *, owed: Owed | None = None
    ) -> None:
        """Show what a basket comes to, and in an exchange what is owed."""
        for part in (self._pieces, self._subtotal, self._makers):
            part.setVisible(bool(basket.lines))
        self._pieces.show_text(say("Pieces") + f" {basket.quantity:,}")
        self._subtotal.show_text(shown(basket.gross))
        lines = sum(line.discounted for line in basket.lines)
        self._row(self._line_word, self._line_off, _lines_said(basket, say), lines)
        self._row(self._basket_word, self._basket_off, _whole_said(basket, say), basket.discounted)
        self._makers.show_text(say("{amount} goes to the makers", amount=baht(reckoning.share)))
        self._show_owed(owed or Owed(basket.total), say, empty=not basket.lines)

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._drop.put(say("Take nothing back"))

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self._drop.dress()

    def _show_owed(self, owed: Owed, say: Words, *, empty: bool) -> None:
        for part in (self._back_word, self._back, self._drop):
            part.setVisible(owed.credit is not None)
        if owed.credit is not None:
            self._back_word.show_text(say("Less what comes back"))
            self._back.show_text(off(owed.credit))
        if owed.back:
            self._word.setText(say("To give back"))
            self._total.show_money(owed.back, colour="ink")
        else:
            self._word.setText(say("Total") if owed.credit is None else say("To pay"))
            self._total.show_money(owed.due, colour="muted" if empty else "ink")

    @staticmethod
    def _row(word: Elided, amount: MoneyLabel, said: str, taken: int) -> None:
        word.setVisible(bool(taken))
        amount.setVisible(bool(taken))
        if taken:
            word.show_text(said)
            amount.show_text(off(taken))


def _lines_said(basket: Basket, say: Words) -> str:
    """Say what is taken off the lines: by hand, by promotions, or both."""
    by_hand = any(line.discount is not None for line in basket.lines)
    if not any(line.promotion is not None for line in basket.lines):
        return say("Line discounts")
    return say("Promotions and line discounts") if by_hand else say("Promotions")


def _whole_said(basket: Basket, say: Words) -> str:
    """Say what is taken off the whole basket."""
    if basket.discount is not None:
        return discount_said(basket.discount, say)
    return basket.promotion.name.get(say.language) if basket.promotion is not None else ""
