"""A discount in place: how much, why, and who bears it; for the chosen line or the whole basket."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, FBT001

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout

from tofan_pos.domain.basket import Basket, BasketLine, Bearer, Discount, DiscountKind
from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.money import baht, parse_baht
from tofan_pos.domain.money import plain as plain_baht
from tofan_pos.ui.counter.page import Headed, MainKey
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
    """Emits `given` with a discount or None to take it away, and `scanned` with a code."""

    given = Signal(object)
    refused = Signal(object)
    scanned = Signal(str)

    has_main_key = True

    def __init__(self) -> None:
        super().__init__()
        self.whole = False
        self._line: BasketLine | None = None
        self._amount_of = 0
        self._say: Words | None = None
        self._what = Elided(role="lead")
        self.value, self.reason = EntryField(), EntryField()
        self._percent, self._amount = (
            TextButton("%", checkable=True),
            TextButton("฿", checkable=True),
        )
        self._quick = [TextButton(f"{p} %") for p in _PERCENTS]
        self._reasons: list[TextButton] = []
        self._bearers = {bearer: TextButton(checkable=True) for bearer in Bearer}
        self._value_word, self._reason_word = Line(role="muted"), Line(role="muted")
        self._bearer_word = Line(role="muted")
        self._remove = QuietButton("remove")
        self.keypad = Keypad()
        self._kinds, self._who = QButtonGroup(self), QButtonGroup(self)
        self._wire()
        self._build()

    def _wire(self) -> None:
        for field in (self.value, self.reason):
            field.entered.connect(self._entered)
            field.escaped.connect(self.left)
        for button in (self._percent, self._amount):
            self._kinds.addButton(button)
        for button in self._bearers.values():
            self._who.addButton(button)
        for amount, button in zip(_PERCENTS, self._quick, strict=True):
            button.clicked.connect(lambda _=False, amount=amount: self._take_percent(amount))
        self._remove.clicked.connect(lambda: self.given.emit(None))
        self.keypad.typed.connect(self._type)
        self._percent.setChecked(True)
        self._bearers[Bearer.BRAND].setChecked(True)

    def _build(self) -> None:
        kinds = QHBoxLayout()
        kinds.setSpacing(8)
        kinds.addWidget(self.value, 1)
        kinds.addWidget(self._percent)
        kinds.addWidget(self._amount)
        quick = Flow(gap=8)
        for button in self._quick:
            button.setProperty("role", "tight")
            quick.addWidget(button)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._value_word)
        left.addLayout(kinds)
        left.addLayout(quick)
        left.addWidget(self.keypad, 6)
        left.addStretch(1)
        self._reason_flow = Flow(gap=8)
        bearers = QHBoxLayout()
        bearers.setSpacing(8)
        for button in self._bearers.values():
            bearers.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._reason_word)
        right.addWidget(self.reason)
        right.addLayout(self._reason_flow)
        right.addSpacing(16)
        right.addWidget(self._bearer_word)
        right.addLayout(bearers)
        right.addStretch(1)
        right.addWidget(self._remove)
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
        """Begin a discount on a line, or on the whole basket, from the one it has."""
        self.whole = line is None
        discount = basket.discount if line is None else line.discount
        self._line, self._amount_of = line, basket.subtotal if line is None else line.gross
        if self._say:
            self._name_it(self._say)
        self._remove.setVisible(discount is not None)
        kind = discount.kind if discount else DiscountKind.PERCENT
        self.choose(kind, discount.bearer if discount else Bearer.BRAND)
        self.reason.setText(discount.reason if discount else "")
        self.value.setText(_value_said(discount) if discount else "")
        self.value.selectAll()

    def take_keyboard(self) -> bool:
        self.value.setFocus()
        return True

    def main_key(self, say: Words) -> MainKey | None:
        return MainKey(text=say("Give the discount"), hint="Enter")

    def press(self) -> None:
        """Emit the discount as it stands, or what is wrong with it."""
        try:
            # Hundredths of a percent are read as baht are: two decimals.
            value = parse_baht(self.value.text().replace("%", ""))
        except Refusal as refusal:
            self.refused.emit(refusal)
            self.value.setFocus()
            self.value.selectAll()
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

    def ask_reason(self) -> None:
        """Take the keyboard to where a reason is missing."""
        self.reason.setFocus()

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self._name_it(say)
        self.heading.show_text(say("Discount"))
        self._value_word.setText(say("How much"))
        self.value.setAccessibleName(say("How much"))
        self._percent.setAccessibleName(say("Percent"))
        self._amount.setAccessibleName(say("Baht"))
        self._reason_word.setText(say("Why"))
        self.reason.setAccessibleName(say("Why"))
        self.reason.setPlaceholderText(say("Choose below, or type"))
        self._bearer_word.setText(say("Who bears it"))
        for bearer, button in self._bearers.items():
            button.put(bearer_said(bearer, say))
        self._remove.put(say("Take the discount away"))
        self.keypad.name_erase(say("Take back the last digit"))
        self._show_reasons((say("Member"), say("Festival"), say("Small flaw"), say("Many pieces")))

    def dress(self) -> None:
        super().dress()
        self._remove.dress()
        for field in (self.value, self.reason):
            field.setMinimumHeight(theme.target() + 4)

    def _name_it(self, say: Words) -> None:
        amount = baht(self._amount_of)
        if self._line is None:
            self._what.show_text(say("The whole basket, {amount}", amount=amount))
        else:
            name = self._line.product.name.get(say.language)
            self._what.show_text(f"{name}, {amount}")

    def _show_reasons(self, reasons: tuple[str, ...]) -> None:
        while len(self._reasons) < len(reasons):
            button = TextButton()
            button.clicked.connect(lambda _=False, button=button: self._take_reason(button.text()))
            self._reason_flow.addWidget(button)
            self._reasons.append(button)
        for button, reason in zip(self._reasons, reasons, strict=True):
            button.put(reason)

    def _take_reason(self, reason: str) -> None:
        self.reason.setText(reason)
        self.value.setFocus()

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
