"""The open sale as the window works with it: the register's verbs, and which line is chosen."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tofan_pos.counter.register import Register
from tofan_pos.domain.basket import Basket, BasketLine, Discount
from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.domain.sale import Tender, TenderKind


class OpenSale(QObject):
    """Each verb either changes the basket and says so, or tells what was in the way.

    `changed` after every change, `refused` with a `Refusal` or `Trouble`, `paid` with the stored
    sale. `chosen` is the line being worked on, -1 in an empty basket.
    """

    changed = Signal()
    refused = Signal(object)
    paid = Signal(object)

    def __init__(self, register: Register, parent: QObject | None = None) -> None:
        """Begin where the register stands."""
        super().__init__(parent)
        self._register = register
        self.chosen = len(register.basket.lines) - 1

    @property
    def basket(self) -> Basket:
        """The basket as it stands."""
        return self._register.basket

    @property
    def line(self) -> BasketLine | None:
        """The chosen line."""
        lines = self.basket.lines
        return lines[self.chosen] if 0 <= self.chosen < len(lines) else None

    def scan(self, text: str) -> bool:
        """Put what was scanned into the basket; tell whether it went."""

        def scan() -> None:
            self.chosen = self._register.scan(text).index

        return self._try(scan)

    def take(self, product: Product) -> bool:
        """Put a product into the basket."""

        def take() -> None:
            self.chosen = self._register.take(product).index

        return self._try(take)

    def choose(self, index: int) -> None:
        """Choose a line."""
        if 0 <= index < len(self.basket.lines) and index != self.chosen:
            self.chosen = index
            self.changed.emit()

    def step(self, by: int) -> bool:
        """Sell one more or one less of the chosen line."""
        line = self.line
        if line is None:
            return False
        return self._try(lambda: self._register.set_quantity(self.chosen, line.quantity + by))

    def remove(self) -> bool:
        """Take the chosen line out."""
        if self.line is None:
            return False
        return self._try(lambda: self._register.void_line(self.chosen))

    def empty(self) -> bool:
        """Take everything out."""
        return self._try(self._register.void_basket)

    def discount(self, discount: Discount | None, *, whole: bool) -> bool:
        """Give the chosen line or the whole basket a discount, or take it away."""
        if whole:
            return self._try(lambda: self._register.discount_basket(discount))
        return self._try(lambda: self._register.discount_line(self.chosen, discount))

    def pay(self, amount: int) -> bool:
        """Complete the sale with cash; when this tells True, it is durable."""
        try:
            stored = self._register.pay([Tender(TenderKind.CASH, amount)])
        except (Refusal, Trouble) as problem:
            self._settle()
            self.refused.emit(problem)
            return False
        self._settle()
        self.paid.emit(stored)
        return True

    def _try(self, verb: Callable[[], None]) -> bool:
        try:
            verb()
        except (Refusal, Trouble) as problem:
            self._settle()
            self.refused.emit(problem)
            return False
        self._settle()
        self.changed.emit()
        return True

    def _settle(self) -> None:
        """Keep the chosen line inside the basket, whatever has become of it."""
        self.chosen = min(max(self.chosen, 0), len(self.basket.lines) - 1)
