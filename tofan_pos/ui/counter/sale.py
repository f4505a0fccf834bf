"""The open sale as the window works with it: the register's verbs, and which line is chosen."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from tofan_pos.counter.access import Approval
from tofan_pos.counter.register import Register
from tofan_pos.domain.basket import Basket, BasketLine, Discount, DiscountKind
from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.domain.money import shown
from tofan_pos.domain.sale import Tender, TenderType
from tofan_pos.store.facts import StoredSale
from tofan_pos.ui.counter.tenders import Owed
from tofan_pos.ui.counter.wording import MINUS, off, percent

if TYPE_CHECKING:
    from tofan_pos.ui.counter.attempt import Attempt

T = TypeVar("T")


class OpenSale(QObject):
    """Each verb either changes the basket and says so, or tells what was in the way.

    `changed` after every change, `refused` with a `Refusal` or `Trouble`, `paid` with the stored
    sale; `allowed` after a discount or a price that was given, at once or on a supervisor's word.
    `chosen` is the line being worked on, -1 in an empty basket.

    What may need approval goes through `attempt` where there is one; that says itself what was in
    the way.
    """

    changed = Signal()
    refused = Signal(object)
    allowed = Signal()
    paid = Signal(object)

    def __init__(self, register: Register, parent: QObject | None = None) -> None:
        """Begin where the register stands."""
        super().__init__(parent)
        self._register = register
        self.attempt: Attempt | None = None
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

    @property
    def owed(self) -> Owed:
        """What is to be paid, or goes back in an exchange."""
        register = self._register
        exchange = register.exchange
        if exchange is None:
            return Owed(register.basket.total)
        return Owed(register.due, register.back, exchange.credit)

    @property
    def tender_types(self) -> tuple[TenderType, ...]:
        """The tenders beside cash."""
        return self._register.tender_types

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

    def settle(self) -> None:
        """Go on from the register as it stands: somebody else has changed what is in it."""
        self.chosen = len(self.basket.lines) - 1
        self.changed.emit()

    def drop_exchange(self) -> bool:
        """Take nothing back in exchange any more; what is in the basket is sold all the same."""

        def drop() -> None:
            self._register.exchange = None

        return self._try(drop)

    def discount(self, discount: Discount | None, *, whole: bool) -> bool:
        """Give the chosen line or the whole basket a discount, or take it away.

        Tells whether that was done at once; a supervisor's word may be asked for first.
        """
        register, index = self._register, self.chosen
        if whole:
            return self._ask(
                lambda approval: register.discount_basket(discount, approval=approval),
                about=_discount_about("", discount),
            )
        return self._ask(
            lambda approval: register.discount_line(index, discount, approval=approval),
            about=_discount_about(self._line_code, discount),
        )

    def override_price(self, price: int | None, reason: str) -> bool:
        """Give the chosen line another price in satang, or the catalogue's again with None.

        Tells whether that was done at once; a supervisor's word may be asked for first.
        """
        register, index, line = self._register, self.chosen, self.line
        listed = line.product.price if line else 0
        return self._ask(
            lambda approval: register.override_price(index, price, reason, approval=approval),
            about=f"{self._line_code} {shown(listed)} → {shown(price or 0)}",
        )

    def pay(self, tenders: Sequence[Tender]) -> bool:
        """Complete the sale with these tenders; when this tells True, it is durable."""
        paid = False

        def finish(stored: StoredSale) -> None:
            nonlocal paid
            paid = True
            self.paid.emit(stored)

        def pay(approval: Approval | None) -> StoredSale:
            return self._act(lambda: self._register.pay(tenders, approval=approval))

        if self.attempt is not None:
            # What was taken off by hand is weighed once more, and may take a supervisor's word.
            self.attempt.run(pay, finish, about=f"{MINUS}{shown(self.basket.given)}")
            return paid
        stored = self._tried(lambda: self._register.pay(tenders))
        if stored is not None:
            finish(stored)
        return paid

    @property
    def _line_code(self) -> str:
        return self.line.product.code if self.line else ""

    def _ask(self, verb: Callable[[Approval | None], None], *, about: str) -> bool:
        if self.attempt is None:
            well = self._try(lambda: verb(None))
            if well:
                self.allowed.emit()
            return well
        done = False

        def finish(_: None) -> None:
            nonlocal done
            done = True
            self.changed.emit()
            self.allowed.emit()

        self.attempt.run(lambda approval: self._act(lambda: verb(approval)), finish, about=about)
        return done

    def _try(self, verb: Callable[[], None]) -> bool:
        def whole() -> bool:
            verb()
            return True

        if not self._tried(whole):
            return False
        self.changed.emit()
        return True

    def _tried(self, verb: Callable[[], T]) -> T | None:
        try:
            return self._act(verb)
        except (Refusal, Trouble) as problem:
            self.refused.emit(problem)
            return None

    def _act(self, verb: Callable[[], T]) -> T:
        before = self.basket
        try:
            return verb()
        except (Refusal, Trouble):
            if self.basket is not before:
                # A sale that had been doubtful was done after all.
                self._settle()
                self.changed.emit()
            raise
        finally:
            self._settle()

    def _settle(self) -> None:
        """Keep the chosen line inside the basket, whatever has become of it."""
        self.chosen = min(max(self.chosen, 0), len(self.basket.lines) - 1)


def _discount_about(code: str, discount: Discount | None) -> str:
    """Say to a supervisor what is asked for, in no language: what it is for, and how much."""
    if discount is None:
        return code
    percent_off = discount.kind is DiscountKind.PERCENT
    amount = f"{MINUS}{percent(discount.value)} %" if percent_off else off(discount.value)
    return f"{code} {amount}".strip()
