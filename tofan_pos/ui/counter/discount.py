"""A discount or another price in place: how much, why, who bears it; for a line or the basket."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, FBT001, N802

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout

from tofan_pos.domain.basket import Basket, BasketLine, Bearer, Discount, DiscountKind
from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.money import baht, parse_baht
from tofan_pos.domain.money import plain as plain_baht
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.counter.reasons import Reasons
from tofan_pos.ui.counter.wording import bearer_said, percent
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.flow import Flow
from tofan_pos.ui.kit.keypad import ERASE, Keypad
from tofan_pos.ui.kit.keys import QuietButton, TextButton
from tofan_pos.ui.kit.text import Elided, Line
from tofan_pos.words import Words

_PERCENTS = (5, 10, 15, 20)


class DiscountPage(Headed):
    """Emits `given` with a discount, `priced` with a price and a reason; with None to take it away.

    `scanned` comes with a code.
    """

    given = Signal(object)
    priced = Signal(object, str)
    refused = Signal(object)
    scanned = Signal(str)

    has_main_key = True

    def __init__(self) -> None:
        super().__init__()
        self.whole = False
        self._line: BasketLine | None = None
        self._discount: Discount | None = None
        self._amount_of = 0
        self._say: Words | None = None
        self._what = Elided(role="lead")
        self.value, self._reasons = EntryField(), Reasons()
        self.reason = self._reasons.field
        self._percent, self._amount = (
            TextButton("%", checkable=True),
            TextButton("฿", checkable=True),
        )
        self.price_key = TextButton(checkable=True)
        self._quick = [TextButton(f"{p} %") for p in _PERCENTS]
        self._was_pricing = False
        self._bearers = {bearer: TextButton(checkable=True) for bearer in Bearer}
        self._bearer_word = Line(role="muted")
        self.remove_key = QuietButton("remove")
        self.keypad = Keypad()
        self._kinds, self._who = QButtonGroup(self), QButtonGroup(self)
        self._wire()
        self._build()

    def _wire(self) -> None:
        self.value.entered.connect(self._entered)
        self.value.escaped.connect(self.left)
        self._reasons.picked.connect(self.value.setFocus)
        self._reasons.entered.connect(self.press)
        self._reasons.scanned.connect(self.scanned)
        self._reasons.escaped.connect(self.left)
        for button in (self._percent, self._amount, self.price_key):
            self._kinds.addButton(button)
        for button in self._bearers.values():
            self._who.addButton(button)
        for amount, button in zip(_PERCENTS, self._quick, strict=True):
            button.clicked.connect(lambda _=False, amount=amount: self._take_percent(amount))
        self._kinds.buttonClicked.connect(self._turn)
        self.remove_key.clicked.connect(self._take_away)
        self.keypad.typed.connect(self._type)
        self._percent.setChecked(True)
        self._bearers[Bearer.BRAND].setChecked(True)

    def _build(self) -> None:
        kinds, quick = Flow(gap=8), Flow(gap=8)
        for button in (self._percent, self._amount, self.price_key):
            kinds.addWidget(button)
        for button in self._quick:
            button.setProperty("role", "tight")
            quick.addWidget(button)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.value)
        left.addLayout(kinds)
        left.addLayout(quick)
        left.addWidget(self.keypad, 6)
        left.addStretch(1)
        bearers = QHBoxLayout()
        bearers.setSpacing(8)
        for button in self._bearers.values():
            bearers.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._reasons)
        right.addSpacing(16)
        right.addWidget(self._bearer_word)
        right.addLayout(bearers)
        right.addStretch(1)
        right.addWidget(self.remove_key)
        row = QHBoxLayout()
        row.setSpacing(32)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.body.addWidget(self._what)
        self.body.addLayout(row, 1)

    def choose(self, kind: DiscountKind, bearer: Bearer) -> None:
        """Choose how it is stated and who bears it."""
        (self._percent if kind is DiscountKind.PERCENT else self._amount).setChecked(True)
        self._bearers[bearer].setChecked(True)

    def open_for(self, line: BasketLine | None, basket: Basket) -> None:
        """Begin a discount on a line, or on the whole basket, from the one it has.

        Where the line has another price, begin with that.
        """
        self.whole = line is None
        self.follow(line, basket)
        discount = self._discount
        self.price_key.setVisible(line is not None)
        kind = discount.kind if discount else DiscountKind.PERCENT
        self.choose(kind, discount.bearer if discount else Bearer.BRAND)
        if discount is None and line is not None and line.price_override is not None:
            self.price_key.setChecked(True)
        self._begin()

    def follow(self, line: BasketLine | None, basket: Basket) -> None:
        """Be about the line chosen now, with what was typed kept."""
        self._line = None if self.whole else line
        self._discount = basket.discount if self._line is None else self._line.discount
        self._amount_of = basket.subtotal if self._line is None else self._line.gross
        self._dress_kind()

    def take_keyboard(self) -> bool:
        self.value.setFocus()
        return True

    def main_key(self, say: Words) -> MainKey | None:
        text = say("Set the price") if self.pricing else say("Give the discount")
        return MainKey(text=text, hint="Enter")

    @property
    def about_shown(self) -> str:
        """What it says the discount or the price is for."""
        return self._what.whole

    @property
    def pricing(self) -> bool:
        """Whether it is another price that is being given."""
        return self.price_key.isChecked()

    def turn_to_price(self) -> None:
        """Give another price instead of a discount."""
        if self._line is not None:
            self.price_key.setChecked(True)
            self._begin()

    def press(self) -> None:
        """Emit the discount or the price as it stands, or what is wrong with it."""
        try:
            # Hundredths of a percent are read as baht are: two decimals.
            value = parse_baht(self.value.text().replace("%", ""))
        except Refusal as refusal:
            self.refused.emit(refusal)
            self.value.setFocus()
            self.value.selectAll()
            return
        if self.pricing:
            self.priced.emit(value, self.reason.text())
            return
        percent_chosen = self._percent.isChecked()
        self.given.emit(
            Discount(
                kind=DiscountKind.PERCENT if percent_chosen else DiscountKind.AMOUNT,
                value=value,
                reason=self.reason.text(),
                bearer=next(b for b, button in self._bearers.items() if button.isChecked()),
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The key that opened the page turns to the next kind; F5 to F8 are the reasons.
        if event.key() == (Qt.Key.Key_F3 if self.whole else Qt.Key.Key_F2):
            if not event.isAutoRepeat():
                self._turn_on()
        elif not self._reasons.key(event):
            super().keyPressEvent(event)

    def ask_reason(self) -> None:
        """Take the keyboard to where a reason is missing."""
        self.reason.setFocus()

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("Discount or another price"))
        self.price_key.put(say("New price"))
        for button in (self._percent, self._amount, self.price_key):
            button.setToolTip("F2 · F3")
        self._percent.setAccessibleName(say("Percent"))
        self._amount.setAccessibleName(say("Baht"))
        self._bearer_word.setText(say("Who bears it"))
        for bearer, button in self._bearers.items():
            button.put(bearer_said(bearer, say))
        self.keypad.name_erase(say("Take back the last digit"))
        self._dress_kind()

    def dress(self) -> None:
        super().dress()
        self.remove_key.dress()
        self._reasons.dress()
        self.value.setMinimumHeight(theme.target() + 4)

    def _turn(self) -> None:
        """Go over to another kind by hand; what was typed stays where it means the same."""
        if self.pricing != self._was_pricing:
            self._begin()
        self.value.setFocus()

    def _turn_on(self) -> None:
        """Go over to the next kind."""
        kinds = [self._percent, self._amount, *([] if self.whole else [self.price_key])]
        now = next(place for place, kind in enumerate(kinds) if kind.isChecked())
        kinds[(now + 1) % len(kinds)].setChecked(True)
        self._turn()

    def _begin(self) -> None:
        """Begin with what the line or basket has of this kind."""
        line, discount = self._line, self._discount
        value = reason = ""
        if self.pricing:
            if line is not None and line.price_override is not None:
                value, reason = plain_baht(line.price_override), line.price_reason
        elif discount is not None:
            value = _value_said(discount) if self._is_of_kind(discount) else ""
            reason = discount.reason
        self.value.setText(value)
        self._reasons.clear()
        self.reason.setText(reason)
        self.value.selectAll()
        self._dress_kind()

    def _is_of_kind(self, discount: Discount) -> bool:
        return (discount.kind is DiscountKind.PERCENT) == self._percent.isChecked()

    def _take_away(self) -> None:
        if self.pricing:
            self.priced.emit(None, "")
        else:
            self.given.emit(None)

    def _dress_kind(self) -> None:
        """Show what goes with a discount, or with a price."""
        pricing, line, say = self.pricing, self._line, self._say
        self._was_pricing = pricing
        overridden = line is not None and line.price_override is not None
        self.remove_key.setVisible(overridden if pricing else self._discount is not None)
        for part in (self._bearer_word, *self._bearers.values(), *self._quick):
            part.setVisible(not pricing)
        if say is None:
            return
        self._name_it(say)
        asked = say("New price") if pricing else say("How much")
        self.value.setPlaceholderText(asked)
        self.value.setAccessibleName(asked)
        self.remove_key.put(
            say("The listed price again") if pricing else say("Take the discount away")
        )
        self._reasons.reword(
            (say("Price on the label"), say("Small flaw"), say("Display piece"), say("Last piece"))
            if pricing
            else (say("Member"), say("Festival"), say("Small flaw"), say("Many pieces")),
            say,
        )
        self.key_changed.emit()

    def _name_it(self, say: Words) -> None:
        amount = baht(self._amount_of)
        if self._line is None:
            self._what.show_text(say("The whole basket, {amount}", amount=amount))
        else:
            line = self._line
            name = line.product.name.get(say.language)
            listed = say("listed at {amount}", amount=baht(line.product.price))
            self._what.show_text(f"{name}, {listed}" if self.pricing else f"{name}, {amount}")

    def _take_percent(self, amount: int) -> None:
        self._percent.setChecked(True)
        self.value.setText(str(amount))

    def _type(self, mark: str) -> None:
        if mark == ERASE:
            self.value.backspace()
        else:
            self.value.insert(mark)

    def _entered(self, text: str, scanned: bool) -> None:
        if scanned:
            self.scanned.emit(text)
        else:
            self.press()


def _value_said(discount: Discount) -> str:
    if discount.kind is DiscountKind.PERCENT:
        return percent(discount.value)
    return plain_baht(discount.value)
