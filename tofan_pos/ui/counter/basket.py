"""The right side of the window: the basket, its sums, and the one large key to press."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from tofan_pos.domain.basket import Basket, BasketLine, Reckoning
from tofan_pos.domain.money import shown
from tofan_pos.ui.counter.line_tools import LineTools
from tofan_pos.ui.counter.lines import LinesView, Row
from tofan_pos.ui.counter.tenders import Owed
from tofan_pos.ui.counter.totals import Totals
from tofan_pos.ui.counter.wording import TIMES, discount_said, off
from tofan_pos.ui.kit import icons, tokens
from tofan_pos.ui.kit.keys import KeyButton, QuietButton
from tofan_pos.ui.kit.text import Line, Wrapped
from tofan_pos.words import Words

_EMPTY_ICON = 72


class BasketPanel(QFrame):
    """Draws a basket and emits what the cashier wants done with it."""

    line_chosen = Signal(int)
    stepped = Signal(int)
    line_discount = Signal()
    line_removed = Signal()
    basket_discount = Signal()
    emptied = Signal()
    exchange_dropped = Signal()
    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("basket")
        self._title = Line(role="heading")
        self._discount, self._empty_it = QuietButton("discount"), QuietButton("remove")
        self._discount.clicked.connect(self.basket_discount)
        self._empty_it.clicked.connect(self.emptied)
        tools = LineTools()
        self.tools = tools
        tools.stepped.connect(self.stepped)
        tools.discount.connect(self.line_discount)
        tools.remove.connect(self.line_removed)
        self.lines = LinesView(tools)
        self.lines.clicked.connect(lambda index: self.line_chosen.emit(index.row()))
        self.totals = Totals()
        self.totals.exchange_dropped.connect(self.exchange_dropped)
        self.pay = KeyButton(accent=True, size=tokens.BIG, least=84)
        self.pay.clicked.connect(self.pressed)
        self._nothing, self._nothing_icon, self._nothing_words = _nothing()
        middle = QWidget()
        self._stack = QStackedLayout(middle)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.lines)
        self._build(middle)

    def _build(self, middle: QWidget) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 8, 0)
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(self._discount)
        head.addWidget(self._empty_it)
        rule = QFrame()
        rule.setObjectName("rule")
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 16)
        foot.setSpacing(8)
        foot.addWidget(self.totals)
        foot.addWidget(self.pay)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(middle, 1)
        column.addWidget(rule)
        column.addLayout(foot)

    def show_basket(
        self,
        basket: Basket,
        reckoning: Reckoning,
        *,
        chosen: int,
        say: Words,
        owed: Owed | None = None,
    ) -> None:
        """Draw a basket with one line chosen (none: -1), and in an exchange what is owed."""
        rows = [_row(line, say) for line in basket.lines]
        self.lines.show_rows(rows, chosen)
        self._stack.setCurrentIndex(1 if rows else 0)
        self._discount.setEnabled(bool(rows))
        self._empty_it.setEnabled(bool(rows))
        self.totals.show_basket(basket, reckoning, say, owed=owed)

    def invite(self, text: str) -> None:
        """Say what comes next, where there are no lines yet."""
        self._nothing_words.show_text(text)

    @property
    def invitation(self) -> str:
        """What it says where there are no lines yet."""
        return self._nothing_words.text

    def ask_again(self, *, asking: bool, say: Words) -> None:
        """Let the key that empties the basket ask for a second press, or not."""
        text = say("Press again to empty") if asking else say("Empty")
        self._empty_it.put(text, hint="Ctrl Delete", alarm=asking)

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._title.setText(say("Basket"))
        self.lines.setAccessibleName(say("Lines of the basket"))
        self._discount.put(say("Discount on all"), hint="F3")
        self.ask_again(asking=False, say=say)
        self.tools.reword(say)
        self.totals.reword(say)

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self._discount.dress()
        self._empty_it.dress()
        self.lines.dress()
        self.totals.dress()
        self._nothing_icon.setPixmap(icons.pixmap("scan", colour="line", size=_EMPTY_ICON))


def _row(line: BasketLine, say: Words) -> Row:
    under = f"{line.quantity} {TIMES} {shown(line.price)}"
    if line.price_override is not None:
        was = say("was {amount}", amount=shown(line.product.price))
        under += f" · {was} · {line.price_reason}"
    if line.discount is not None:
        under += f" · {discount_said(line.discount, say)}"
    elif line.promotion is not None:
        under += f" · {line.promotion.name.get(say.language)}"
    return Row(
        name=line.product.name.get(say.language),
        under=under,
        amount=shown(line.net),
        off=off(line.discounted) if line.discount or line.promotion else "",
        quantity=line.quantity,
        single=line.product.unique,
    )


def _nothing() -> tuple[QWidget, QLabel, Wrapped]:
    """Return what stands where there are no lines yet: how to begin."""
    place = QWidget()
    picture = QLabel()
    picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
    words = Wrapped(colour="muted", centred=True)
    column = QVBoxLayout(place)
    column.setContentsMargins(32, 0, 32, 0)
    column.setSpacing(16)
    column.addStretch(2)
    column.addWidget(picture)
    column.addWidget(words)
    column.addStretch(3)
    return place, picture, words
