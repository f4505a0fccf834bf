"""The pieces that can come back, with how many do, why, and how they are paid back."""

# Qt names, documents and calls what it has us override.

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.money import baht
from tofan_pos.ui.counter.comeback import Comeback, row_of, tenders_said
from tofan_pos.ui.counter.lines import LinesView, row_height
from tofan_pos.ui.counter.list_tools import PieceTools
from tofan_pos.ui.counter.reasons import Reasons
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.flow import Flow
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Wrapped, clean
from tofan_pos.words import Words

_OFFERED = 3


class Pieces(QWidget):
    """Draws a `Comeback` with one line highlighted. `stepped` carries a line's position and step.

    `taken` carries a product that was offered and pressed; `exchange_pressed` the reason.
    """

    stepped = Signal(int, int)
    taken = Signal(object)
    cash_turned = Signal()
    exchange_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.shown: Comeback | None = None
        self.at = -1
        self._say: Words | None = None
        self._offered: tuple[Product, ...] = ()
        self._tools = PieceTools()
        self.lines, self.reasons = LinesView(self._tools), Reasons()
        self._empty = Wrapped(colour="muted", centred=True)
        self._offers = [KeyButton(size=tokens.READ, least=56) for _ in range(_OFFERED)]
        self._how = Wrapped(size=tokens.READ, middle=True)
        self._cash = KeyButton(size=tokens.READ, least=56)
        self._exchange = KeyButton(size=tokens.READ, least=56)
        self._wire()
        self._build()

    def _wire(self) -> None:
        self.lines.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._choose(now.row())
        )
        self._tools.stepped.connect(self.step)
        for place, key in enumerate(self._offers):
            key.clicked.connect(lambda _=False, place=place: self.taken.emit(self._offered[place]))
            key.hide()
        self._cash.clicked.connect(self.turn_cash)
        self._exchange.clicked.connect(self.press_exchange)

    def _build(self) -> None:
        offers = Flow(gap=8)
        for key in self._offers:
            offers.addWidget(key)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._how, 3)
        foot.addWidget(self._cash, 3)
        foot.addWidget(self._exchange, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(offers)
        column.addWidget(self.lines, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self.reasons)
        column.addLayout(foot)

    # --- what is shown --------------------------------------------------------------------------

    def show_comeback(self, shown: Comeback, *, at: int) -> None:
        """Show a return as it stands, with a line highlighted (none: -1)."""
        self.shown, self.at = shown, min(at, len(shown.lines) - 1)
        self._refresh()

    def show_offers(self, products: Sequence[Product]) -> None:
        """Offer products that the letters typed may mean."""
        self._offered = tuple(products[:_OFFERED])
        self._refresh_offers()

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        self.lines.setAccessibleName(say("What was sold"))
        self._tools.reword(say)
        self.reasons.reword(
            (
                say("Damaged"),
                say("Wrong colour or size"),
                say("Changed mind"),
                say("Mischarged"),
            ),
            say,
        )
        self._empty.show_text(
            say("Scan the pieces that come back, or type a name. Each is worth today's price.")
        )
        self._refresh()
        self._refresh_offers()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self.reasons.dress()
        self.lines.dress()
        self._leave_room()

    # --- what is done with it -------------------------------------------------------------------

    def move_by(self, by: int) -> None:
        """Highlight another line."""
        if self.shown is not None:
            self._choose(min(max(self.at + by, 0), len(self.shown.lines) - 1))

    def step(self, by: int) -> None:
        """Take one piece more or less of the highlighted line."""
        if by and self.shown is not None and 0 <= self.at < len(self.shown.lines):
            self.stepped.emit(self.shown.lines[self.at].position, by)

    def turn_cash(self) -> None:
        """Pay back in cash, or as it was paid."""
        if self.shown is not None and self.shown.may_be_cash:
            self.cash_turned.emit()

    def press_exchange(self) -> None:
        """Set the pieces against something else."""
        self.exchange_pressed.emit(self.reasons.reason)

    # --- inside ---------------------------------------------------------------------------------

    def _choose(self, row: int) -> None:
        if self.shown is not None and 0 <= row < len(self.shown.lines) and row != self.at:
            self.at = row
            self._refresh()

    def _refresh(self) -> None:
        say, shown = self._say, self.shown
        if say is None or shown is None:
            return
        self.lines.setVisible(bool(shown.lines))
        self._empty.setVisible(not shown.lines)
        if 0 <= self.at < len(shown.lines):
            line = shown.lines[self.at]
            self._tools.show_pieces(line.taken, most=line.left)
        self.lines.show_rows([row_of(line, say) for line in shown.lines], self.at)
        how = tenders_said(shown, say, amounts=True)
        told = say("Paid back: {how}", how=how) if how else say("Choose what comes back.")
        self._how.show_text(told)
        self._how.colour("ink" if how else "muted")
        as_paid, cash = say("As it was paid"), say("In cash instead")
        self._cash.put(as_paid if shown.in_cash else cash, hint="F3")
        self._cash.setVisible(shown.may_be_cash)
        self._exchange.put(say("Exchange"), below=say("For something else"), hint="F4")
        self._exchange.setEnabled(shown.taken > 0)

    def _leave_room(self) -> None:
        """Keep a line in sight beside the highlighted one, unless offers need its place."""
        beside = 0 if self._offered else row_height()
        self.lines.setMinimumHeight(beside + row_height() + theme.target() + 8)

    def _refresh_offers(self) -> None:
        self._leave_room()
        for place, key in enumerate(self._offers):
            offered = self._offered[place] if place < len(self._offered) else None
            key.setVisible(offered is not None)
            if offered is not None and self._say is not None:
                name = clean(offered.name.get(self._say.language))
                key.put(name, below=f"{offered.code} · {baht(offered.price)}")
