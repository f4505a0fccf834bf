"""The people of a till: who works here, somebody new, and a new PIN for somebody."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.people import Role, Staff
from tofan_pos.sentences.people import role_said
from tofan_pos.ui.counter.names import NameTiles
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.counter.pin_twice import PinTwice
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.flow import Flow
from tofan_pos.ui.kit.keys import KeyButton, QuietButton, TextButton
from tofan_pos.ui.kit.pin import LOW
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.words import Words


class StaffPage(Headed):
    """Emits `added(code, name, role, pin)`, `pin_given(code, pin)`, and `rights_wanted`.

    `pin_typed(code, pin)` once a new PIN was typed once; `differed` where the second was another.
    """

    added = Signal(str, str, object, str)
    pin_given = Signal(str, str)
    pin_typed = Signal(str, str)
    differed = Signal()
    rights_wanted = Signal()
    scanned = Signal(str)
    touched = Signal()

    has_main_key = True

    def __init__(self) -> None:
        super().__init__()
        self._say: Words | None = None
        self._staff: tuple[Staff, ...] = ()
        self.names, self.pins = NameTiles(), PinTwice(LOW)
        self.new_key, self.rights_key = KeyButton(size=tokens.READ, icon="plus"), QuietButton("key")
        self.code, self.name = EntryField(), EntryField()
        self._roles = {role: TextButton(checkable=True) for role in Role}
        self._role_group = QButtonGroup(self)
        self._whose = Wrapped(bold=True)
        self._code_word, self._name_word = Wrapped(colour="muted"), Wrapped(colour="muted")
        self._role_word = Wrapped(colour="muted")
        self._new = QWidget()
        self._wire()
        self._build()

    def _wire(self) -> None:
        for button in self._roles.values():
            self._role_group.addButton(button)
        self._roles[Role.CASHIER].setChecked(True)
        self.names.chosen.connect(self._chosen)
        self.new_key.clicked.connect(self.begin_new)
        self.rights_key.clicked.connect(self.rights_wanted)
        self.code.entered.connect(lambda _, scanned: None if scanned else self.name.setFocus())
        self.name.entered.connect(lambda *_: self.pins.take_keyboard())
        for field in (self.code, self.name):
            field.escaped.connect(self.left)
            field.textEdited.connect(self.touched)
        self.pins.escaped.connect(self.left)
        self.pins.entered.connect(self.press)
        self.pins.first.connect(self._typed_once)
        self.pins.both.connect(self.key_changed)
        self.pins.differed.connect(self.differed)
        for pin in (self.pins.once, self.pins.again):
            pin.edited.connect(self.touched)
            pin.edited.connect(self.key_changed)

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.new_key)
        left.addWidget(self.names, 1)
        left.addWidget(self.rights_key)
        new = QVBoxLayout(self._new)
        new.setContentsMargins(0, 0, 0, 0)
        new.setSpacing(4)
        roles = Flow(gap=8)
        for button in self._roles.values():
            button.setProperty("role", "tight")
            roles.addWidget(button)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        for word, field, share in (
            (self._code_word, self.code, 2),
            (self._name_word, self.name, 3),
        ):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(word, 0, Qt.AlignmentFlag.AlignBottom)
            column.addWidget(field)
            fields.addLayout(column, share)
        new.addLayout(fields)
        new.addWidget(self._role_word)
        new.addLayout(roles)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._whose)
        right.addWidget(self._new)
        right.addWidget(self.pins)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)

    @property
    def whose(self) -> str:
        """Whose PIN is being given; empty while somebody new is being added."""
        return self.names.code

    def show_staff(self, staff: Sequence[Staff]) -> None:
        """Show who works here, and begin with somebody new."""
        self._staff = tuple(staff)
        self.names.show_people(self._staff)
        self.begin_new()

    def begin_new(self) -> None:
        """Ask for somebody new; a free code is offered."""
        self.names.choose("")
        self.code.setText(_free_code(self._staff))
        self.name.clear()
        self.choose_role(Role.CASHIER)
        self.take_keyboard()

    def choose_role(self, role: Role) -> None:
        """Choose what somebody new is."""
        self._roles[role].setChecked(True)

    def take_keyboard(self) -> bool:
        if self.whose:
            self.pins.take_keyboard()
        else:
            self.code.setFocus()
            self.code.selectAll()
        return True

    def refuse(self, problem: Refusal | Trouble) -> None:
        """Go to what is to be mended; a PIN that did not do is forgotten."""
        why = problem.why if isinstance(problem, Refusal) else None
        self.pins.clear()
        if why in {Why.STAFF_CODE, Why.STAFF_EXISTS} and not self.whose:
            self.take_keyboard()
        elif why in {Why.TEXT_TOO_LONG, Why.CARD_NUMBER} and not self.whose:
            self.name.setFocus()
        else:
            self.pins.take_keyboard()
        self.key_changed.emit()

    def main_key(self, say: Words) -> MainKey | None:
        text = say("Give the new PIN") if self.whose else say("Add to the staff")
        return MainKey(text=text, hint="Enter", enabled=bool(self.pins.pin))

    def press(self) -> None:
        """Emit what was filled in, once the PIN was typed twice."""
        pin = self.pins.pin
        if not pin:
            self.pins.take_keyboard()
        elif self.whose:
            self.pin_given.emit(self.whose, pin)
        else:
            role = next(role for role, button in self._roles.items() if button.isChecked())
            self.added.emit(self.code.text(), self.name.text(), role, pin)

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("People"))
        self.names.reword(say)
        self.pins.reword(say)
        self.new_key.put(say("Somebody new"))
        self.rights_key.put(say("Who may do what"))
        self._code_word.show_text(say("Staff code"))
        self.code.setAccessibleName(say("Staff code"))
        self._name_word.show_text(say("Name shown"))
        self.name.setAccessibleName(say("Name on screen and on receipts"))
        self.name.setPlaceholderText(say("May stay empty"))
        self._role_word.show_text(say("Works as"))
        for role, button in self._roles.items():
            button.put(role_said(role, say))
        self._name_it()

    def dress(self) -> None:
        super().dress()
        self.names.dress()
        self.pins.dress()
        self.rights_key.dress()
        for words in (self._whose, self._code_word, self._name_word, self._role_word):
            words.break_anew()
        for field in (self.code, self.name):
            field.setMinimumHeight(theme.target() + 4)

    def _chosen(self) -> None:
        self.pins.clear()
        self._new.setVisible(not self.whose)
        self._name_it()
        self.touched.emit()
        self.key_changed.emit()
        if self.whose:
            self.pins.take_keyboard()

    def _typed_once(self, pin: str) -> None:
        self.pin_typed.emit(self.whose or self.code.text(), pin)

    def _name_it(self) -> None:
        if self._say is None:
            return
        person = next((one for one in self._staff if one.code == self.whose), None)
        self._whose.show_text(
            self._say("A new PIN for {name}", name=person.name)
            if person
            else self._say("Somebody new")
        )


def _free_code(staff: Sequence[Staff]) -> str:
    """Return a code that is nobody's yet, so that fingers alone can add somebody."""
    taken = {person.code for person in staff}
    number = 1
    while f"C{number}" in taken:
        number += 1
    return f"C{number}"
