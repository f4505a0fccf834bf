"""The drawer between sales: cash in, cash out, to the safe, opened for nothing, another drawer."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, FBT001, N802

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.money import baht
from tofan_pos.domain.session import LONGEST_WORDS
from tofan_pos.ui.counter.count_field import CountField
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.counter.reasons import Reasons
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keypad import ERASE, Keypad
from tofan_pos.ui.kit.keys import TextButton
from tofan_pos.ui.kit.text import Elided, Wrapped
from tofan_pos.words import Words


class Act(StrEnum):
    """What can be done with the drawer."""

    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    PICKUP = "pickup"
    NO_SALE = "no_sale"
    CHANGE_DRAWER = "change_drawer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be done: an amount in satang, why (for a change of drawer: its name), the bag."""

    act: Act
    amount: int = 0
    reason: str = ""
    bag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What was done, and the number of its slip where it has one."""

    act: Act
    amount: int = 0
    number: str = ""


Naming = Callable[[Words], str]
Four = Callable[[Words], tuple[str, str, str, str]]

_NAMES: dict[Act, Naming] = {
    Act.PAID_IN: lambda say: say("Cash paid in"),
    Act.PAID_OUT: lambda say: say("Cash paid out"),
    Act.PICKUP: lambda say: say("Cash to the safe"),
    Act.NO_SALE: lambda say: say("Open the drawer (no sale)"),
    Act.CHANGE_DRAWER: lambda say: say("Change of drawer"),
}
_REASONS: dict[Act, Four] = {
    Act.PAID_IN: lambda say: (
        say("More change"),
        say("Advance given back"),
        say("Money found"),
        say("From another till"),
    ),
    Act.PAID_OUT: lambda say: (
        say("Travel"),
        say("Drinking water"),
        say("Packing material"),
        say("Delivery"),
    ),
    Act.PICKUP: lambda say: (
        say("To the bank"),
        say("Kept in the safe"),
        say("To the office"),
        say("Too much in the drawer"),
    ),
    Act.NO_SALE: lambda say: (
        say("Change a note"),
        say("Change given wrong"),
        say("Check the drawer"),
        say("Receipt paper"),
    ),
}
_MOVES_CASH = frozenset({Act.PAID_IN, Act.PAID_OUT, Act.PICKUP, Act.CHANGE_DRAWER})


class DrawerPage(Headed):
    """Emits `wanted(Asked)`; `refused` for an amount that is none. ↑ and ↓ choose the act."""

    wanted = Signal(object)
    refused = Signal(object)
    scanned = Signal(str)

    has_main_key = True

    def __init__(self) -> None:
        super().__init__()
        self._say: Words | None = None
        self._finished: Finished | None = None
        self.act = Act.PAID_IN
        self.keys = {act: TextButton(checkable=True) for act in Act}
        self._group = QButtonGroup(self)
        for act, key in self.keys.items():
            key.setProperty("role", "choice")
            key.clicked.connect(lambda _=False, act=act: self.choose(act))
            self._group.addButton(key)
        self._amount_word, self._bag_word = Elided(role="muted"), Elided(role="muted")
        self._name_word = Elided(role="muted")
        self.amount, self.bag, self.name = CountField(money=True), EntryField(), EntryField()
        self.reasons, self.keypad = Reasons(), Keypad()
        self._said = Wrapped(size=tokens.LEAD, bold=True, colour="good")
        self._wire()
        self._build()

    def _wire(self) -> None:
        self.amount.moved.connect(self._step)
        self.amount.textChanged.connect(self._forget_done)
        for field in (self.amount, self.bag, self.name):
            field.entered.connect(
                lambda text, scanned, field=field: self._entered(field, text, scanned)
            )
            field.escaped.connect(self.left)
        for field in (self.bag, self.name):
            field.setMaxLength(LONGEST_WORDS)
        self.reasons.entered.connect(self.press)
        self.reasons.scanned.connect(self.scanned)
        self.reasons.escaped.connect(self.left)
        self.reasons.picked.connect(self._forget_done)
        self.keypad.typed.connect(self._type)

    def _build(self) -> None:
        acts = QVBoxLayout()
        acts.setSpacing(8)
        for key in self.keys.values():
            acts.addWidget(key)
        acts.addSpacing(8)
        acts.addWidget(self._said)
        acts.addStretch(1)
        form = QVBoxLayout()
        form.setSpacing(16)
        top = QHBoxLayout()
        top.setSpacing(16)
        # A bag and a new drawer are never asked for together: they share a place.
        cells: tuple[tuple[QWidget, ...], ...] = (
            (self._amount_word, self.amount),
            (self._name_word, self.name, self._bag_word, self.bag),
        )
        for stretch, widgets in enumerate(cells):
            cell = QVBoxLayout()
            cell.setSpacing(4)
            for widget in widgets:
                cell.addWidget(widget)
            cell.addStretch(1)
            top.addLayout(cell, stretch)
        form.addLayout(top)
        form.addWidget(self.reasons)
        form.addWidget(self.keypad, 1)
        form.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(acts, 2)
        row.addLayout(form, 3)
        self.body.addLayout(row, 1)

    # --- what it is told ------------------------------------------------------------------------

    def begin(self, act: Act = Act.PAID_IN) -> None:
        """Begin anew."""
        self._clear()
        self._finished = None
        self.choose(act)

    def choose(self, act: Act) -> None:
        """Choose what is to be done; an amount that was typed stays."""
        if act is not self.act:
            self.reasons.clear()
            self._finished = None
        self.act = act
        self.keys[act].setChecked(True)
        self._refresh()
        self.take_keyboard()

    def show_done(self, finished: Finished) -> None:
        """Say what was done, and be ready for the next."""
        self._clear()
        self._finished = finished
        self._refresh()
        self.take_keyboard()

    @property
    def said(self) -> str:
        """What it says was done."""
        return self._said.text

    # --- a page ---------------------------------------------------------------------------------

    def take_keyboard(self) -> bool:
        if self.act in _MOVES_CASH:
            self.amount.take()
        else:
            self.reasons.field.setFocus()
        return True

    def main_key(self, say: Words) -> MainKey | None:
        if self._finished is not None:
            return MainKey(text=say("Back to selling"), hint="Enter")
        try:
            amount = self.amount.satang
        except Refusal:
            amount = 0
        below = baht(amount) if self.act in _MOVES_CASH else ""
        return MainKey(text=_NAMES[self.act](say), below=below, hint="Enter")

    def press(self) -> None:
        """Emit what is to be done as it stands, or go back where it was done."""
        if self._finished is not None:
            self.left.emit()
            return
        changes = self.act is Act.CHANGE_DRAWER
        try:
            amount = self.amount.satang if self.act in _MOVES_CASH else 0
        except Refusal as refusal:
            self.refused.emit(refusal)
            self.amount.take()
            return
        self.wanted.emit(
            Asked(
                act=self.act,
                amount=amount,
                reason=self.name.text().strip() if changes else self.reasons.reason,
                bag=self.bag.text().strip() if self.act is Act.PICKUP else "",
            )
        )

    def ask_reason(self) -> None:
        """Take the keyboard to where a reason, a name, or a bag's number is missing."""
        if self.act is Act.CHANGE_DRAWER:
            self.name.setFocus()
        elif self.act is Act.PICKUP and self.reasons.reason:
            self.bag.setFocus()
        else:
            self.reasons.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.act is not Act.CHANGE_DRAWER and self.reasons.key(event):
            return
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("The drawer"))
        for act, key in self.keys.items():
            key.put(_NAMES[act](say))
            key.setMinimumWidth(key.sizeHint().width())
        self._bag_word.show_text(say("Bag no."))
        self.bag.setAccessibleName(say("Bag no."))
        self._name_word.show_text(say("Name of the new drawer"))
        self.name.setAccessibleName(say("Name of the new drawer"))
        self.keypad.name_erase(say("Take back the last digit"))
        self._refresh()

    def dress(self) -> None:
        super().dress()
        self.amount.dress()
        self.reasons.dress()
        for field in (self.bag, self.name):
            field.setMinimumHeight(theme.target() + 4)
        for key in self.keys.values():
            key.setMinimumSize(key.sizeHint().width(), theme.target() + 16)
        self._said.break_anew()

    # --- inside ---------------------------------------------------------------------------------

    def _refresh(self) -> None:
        say, act = self._say, self.act
        if say is None:
            return
        moves, changes = act in _MOVES_CASH, act is Act.CHANGE_DRAWER
        shown: dict[QWidget, bool] = {
            self._amount_word: moves,
            self.amount: moves,
            self.keypad: moves,
            self._name_word: changes,
            self.name: changes,
            self.reasons: not changes,
            self._bag_word: act is Act.PICKUP,
            self.bag: act is Act.PICKUP,
        }
        for widget, wanted in shown.items():
            widget.setVisible(wanted)
        if not changes:
            self.reasons.reword(_REASONS[act](say), say)
        word = say("In the new drawer") if changes else say("Amount")
        self._amount_word.show_text(word)
        self.amount.setAccessibleName(word)
        self._said.show_text(_done_said(self._finished, say) if self._finished else "")
        self._said.setVisible(self._finished is not None)
        self.key_changed.emit()

    def _clear(self) -> None:
        for field in (self.amount, self.bag, self.name):
            field.clear()
        self.reasons.clear()

    def _step(self, by: int) -> None:
        acts = list(Act)
        self.choose(acts[(acts.index(self.act) + by) % len(acts)])

    def _forget_done(self) -> None:
        if self._finished is not None and (self.amount.text() or self.reasons.reason):
            self._finished = None
            self._refresh()
        self.key_changed.emit()

    def _type(self, mark: str) -> None:
        field: EntryField = next((f for f in (self.bag, self.name) if f.hasFocus()), self.amount)
        if field is self.amount and not field.hasFocus():
            self.amount.take()
        if mark == ERASE:
            field.backspace()
        else:
            field.insert(mark)

    def _entered(self, field: EntryField, text: str, scanned: bool) -> None:
        if scanned:
            if field is not self.amount:
                field.clear()
            self.scanned.emit(text)
        else:
            self.press()


def _done_said(finished: Finished, say: Words) -> str:
    if finished.act is Act.NO_SALE:
        return say("The drawer is open. That is written down.")
    return say(
        "Done: {what}, {amount}. Slip {number}.",
        what=_NAMES[finished.act](say),
        amount=baht(finished.amount),
        number=finished.number,
    )
