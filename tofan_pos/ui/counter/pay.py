"""Payment in place of the tiles: what is due, likely notes, other tenders, what remains or goes."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.money import baht, parse_baht, suggest_notes
from tofan_pos.domain.sale import TenderType
from tofan_pos.ui.counter.comeback import names_of
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.counter.tender_keys import TenderKeys, TenderList, tender_of
from tofan_pos.ui.counter.tenders import Owed, Taken, check_amount
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.keypad import Keypad
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.money import MoneyLabel
from tofan_pos.ui.kit.text import Line, Wrapped
from tofan_pos.ui.kit.ticks import now_ms
from tofan_pos.words import Words

NOTE_KEYS = (Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8)
_TOO_SOON_MS = 400
"""A finger that bounces on a tender must not take what remains, nor the next one away."""


class PayPage(Headed):
    """Emits `paid` with the tenders that were handed over, and `refused` with a `Refusal`.

    `used` says that what was typed is used up: the field begins anew, for what `purpose` says.
    What was taken beside cash is kept until `clear`, also while one goes back to the basket.
    """

    paid = Signal(object)
    refused = Signal(object)
    used = Signal()

    has_main_key = True

    def __init__(self, *, now: Callable[[], int] = now_ms) -> None:
        super().__init__()
        self._now, self._used_at = now, -_TOO_SOON_MS
        self._owed = Owed(0)
        self._taken = Taken()
        self._types: tuple[TenderType, ...] = ()
        self._asked: tuple[TenderType, int] | None = None
        self._text = ""
        self._typed: int | None = None
        self._notes: tuple[int, ...] = ()
        self._say: Words | None = None
        self._due_word, self._back_word = Line(role="lead"), Line(role="lead")
        self._sums, self._ask = Wrapped(colour="muted"), Wrapped(size=tokens.LEAD, bold=True)
        self._notes_word = Line(role="muted")
        self._due_money = MoneyLabel(size=tokens.TOTAL, bold=True, left=True)
        self._change = MoneyLabel(size=tokens.TOTAL, bold=True, left=True)
        self._keys = [KeyButton(size=tokens.BIG, least=64) for _ in NOTE_KEYS]
        for place, key in enumerate(self._keys):
            key.clicked.connect(lambda _=False, place=place: self.pay_note(place))
        self.tender_keys, self.tender_list = TenderKeys(), TenderList()
        self.tender_keys.chosen.connect(self._choose)
        self.tender_list.removed.connect(self._remove)
        self.keypad = Keypad()
        self._build()
        self.tender_keys.show_types(())

    def _build(self) -> None:
        notes = QGridLayout()
        notes.setSpacing(8)
        for place, key in enumerate(self._keys):
            notes.addWidget(key, place, 0)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._due_word)
        left.addWidget(self._due_money)
        left.addWidget(self._sums)
        left.addSpacing(8)
        left.addWidget(self.tender_list)
        left.addSpacing(16)
        left.addWidget(self._ask)
        left.addWidget(self._notes_word)
        left.addSpacing(8)
        left.addLayout(notes)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._back_word)
        right.addWidget(self._change)
        right.addSpacing(24)
        right.addWidget(self.keypad, 6)
        right.addSpacing(16)
        right.addWidget(self.tender_keys)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(32)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)

    # --- what it shows --------------------------------------------------------------------------

    @property
    def change_shown(self) -> str:
        """What it says goes back, or is still to be paid."""
        return self._change.shown

    @property
    def due_shown(self) -> str:
        """What it says is to be paid yet, or goes back."""
        return self._due_money.shown

    @property
    def tenders_shown(self) -> list[str]:
        """What it says was taken so far."""
        return self.tender_list.shown

    @property
    def asking(self) -> TenderType | None:
        """The tender whose reference is being asked for."""
        return self._asked[0] if self._asked else None

    def show_types(self, types: Sequence[TenderType]) -> None:
        """Offer these tenders beside cash."""
        self._types = tuple(types)
        self.tender_keys.show_types(types)
        self._fit_keypad()
        if self._say is not None:
            self.tender_keys.reword(self._say)

    def show_due(self, due: int, *, credit: int | None = None, back: int = 0) -> None:
        """Show what is due, in satang, and the sums a customer is likely to hand over.

        In an exchange `credit` is what comes back is worth, `back` what it is worth beyond.
        """
        self._owed = Owed(due, back, credit)
        self._refresh()

    def clear(self) -> None:
        """Have taken nothing: the sale is done, or there is none."""
        self._taken = Taken()
        self._asked = None
        self._refresh()

    def purpose(self, say: Words) -> tuple[str, str]:
        """Return what the window's field is for here, and the icon that says so."""
        if self._asked is None:
            due = say("Amount handed over"), "cash"
            return due if self._remains else (say("Nothing to take: press Enter"), "check")
        name = self._asked[0].name.get(say.language)
        return say("Reference that {name} shows", name=name), "receipt"

    # --- what it takes --------------------------------------------------------------------------

    def typed(self, text: str) -> None:
        """Take what is being typed: an amount, or a reference while one is asked for."""
        self._text = text
        try:
            amount = text.strip() and self._asked is None
            self._typed = parse_baht(text) if amount else None
        except Refusal:
            self._typed = None
        self._refresh()

    def pay_note(self, place: int) -> None:
        """Take the suggested sum at a place, from nought."""
        if place < len(self._notes) and self._asked is None:
            self._pay(self._taken.with_cash(self._notes[place]))

    def pay_typed(self, text: str) -> None:
        """Take what was typed, or the exact amount where nothing was. Raises `Refusal`."""
        if self._asked is not None:
            how, amount = self._asked
            self._take(how, amount, text)
            return
        if text.strip():
            self._pay(self._taken.with_cash(parse_baht(text)))
        elif self._remains or (not self._taken.tenders and self._owed.credit is None):
            self._pay(self._taken.with_cash(self._remains))
        else:
            self._pay(self._taken)

    def choose(self, place: int) -> None:
        """Take what is typed, or all that remains, by the tender at a place. Raises `Refusal`.

        Where the tender needs a reference, it is asked for first. -1 takes a part in cash.
        """
        if not self._remains or place >= len(self._types):
            return
        if place < 0:
            taken = self._taken.with_part(parse_baht(self._text), due=self._owed.due)
            self._use(taken)
            return
        how = self._types[place]
        if self._asked is not None:
            amount = self._asked[1]
        else:
            amount = parse_baht(self._text) if self._text.strip() else self._remains
        check_amount(amount, remains=self._remains)
        if not how.needs_reference:
            self._take(how, amount, "")
            return
        self._asked = (how, amount)
        self._use(self._taken)

    def stop_asking(self) -> bool:
        """Ask for no reference any more; tell whether one was asked for."""
        if self._asked is None:
            return False
        self._asked = None
        self._use(self._taken)
        return True

    def remove(self, place: int) -> None:
        """Take a tender away again."""
        self._asked = None
        self._use(self._taken.without(place))

    def key(self, event: QKeyEvent, *, field_empty: bool) -> bool:
        """Do what a key does on this page alone; tell whether it did. Raises `Refusal`."""
        key, once = Qt.Key(event.key()), not event.isAutoRepeat()
        tender = tender_of(event)
        if tender is not None:
            if once:
                self.choose(tender)
        elif event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        elif key in NOTE_KEYS:
            if once:
                self.pay_note(NOTE_KEYS.index(key))
        elif key == Qt.Key.Key_Backspace and field_empty and self._taken.tenders:
            if once:
                self.remove(len(self._taken.tenders) - 1)
        else:
            return False
        return True

    # --- the large key, words and looks ---------------------------------------------------------

    def main_key(self, say: Words) -> MainKey | None:
        if self._asked is not None:
            how, amount = self._asked
            name = how.name.get(say.language)
            text = say("Take {amount}", amount=baht(amount))
            return MainKey(text=text, below=name, hint="Enter", enabled=bool(self._text.strip()))
        remains = self._remains
        if self._typed is not None:
            text = say("Take {amount}", amount=baht(self._typed))
            enough = self._typed >= remains
            back = self._taken.with_cash(self._typed).change(self._owed.due)
            below = say("Change {amount}", amount=baht(back)) if enough else ""
            return MainKey(text=text, below=below, hint="Enter", enabled=enough)
        if remains:
            return MainKey(text=say("Exact {amount}", amount=baht(remains)), hint="Enter")
        return MainKey(text=say("Finish the sale"), below=self._goes_back(say), hint="Enter")

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("Payment"))
        self._notes_word.setText(say("Handed over"))
        self.tender_keys.reword(say)
        self.keypad.name_erase(say("Take back the last digit"))
        self._refresh()

    def dress(self) -> None:
        super().dress()
        self.tender_list.dress()
        self.tender_keys.dress()
        self._sums.break_anew()
        self._ask.break_anew()
        self._fit_keypad()

    # --- inside ---------------------------------------------------------------------------------

    def _fit_keypad(self) -> None:
        """Leave the tenders their room below the keypad."""
        each = max(theme.target(), 60) if self._types else 84
        self.keypad.setMaximumHeight(4 * each + 24)

    @property
    def _remains(self) -> int:
        return self._taken.remains(self._owed.due)

    @property
    def _too_soon(self) -> bool:
        return 0 <= self._now() - self._used_at < _TOO_SOON_MS

    def _remove(self, place: int) -> None:
        if not self._too_soon:
            self.remove(place)

    def _choose(self, place: int) -> None:
        if self._too_soon:
            return
        try:
            self.choose(place)
        except Refusal as refusal:
            self.refused.emit(refusal)

    def _take(self, how: TenderType, amount: int, reference: str) -> None:
        taken = self._taken.with_tender(how, amount, due=self._owed.due, reference=reference)
        self._asked = None
        self._use(taken)
        if not self._remains:
            self._pay(taken)

    def _use(self, taken: Taken) -> None:
        """Go on from what was taken, with nothing typed."""
        self._taken, self._text, self._typed = taken, "", None
        self._used_at = self._now()
        self._refresh()
        self.used.emit()

    def _pay(self, taken: Taken) -> None:
        self.paid.emit(taken.tenders)

    def _goes_back(self, say: Words) -> str:
        change = self._taken.change(self._owed.due)
        if self._owed.back:
            return say("Give back {amount}", amount=baht(self._owed.back))
        return say("Change {amount}", amount=baht(change)) if change else say("Nothing to pay")

    def _refresh(self) -> None:
        if self._say is None:
            return
        say, remains = self._say, self._remains
        self._show_owed(say, remains)
        self.tender_list.show_tenders(self._taken.tenders, names_of(self._types), say)
        self._show_asked(say)
        self._show_notes(say, remains)
        self._show_change(say, remains)
        short = self._typed is not None and 0 < self._typed < remains
        self.tender_keys.allow(tenders=remains > 0, part=short)
        # Where nothing is due, nothing is typed.
        for part in (self.keypad, self._back_word, self._change):
            part.setVisible(self._owed.due > 0)
        self.tender_keys.setVisible(bool(self._types) and self._owed.due > 0)
        self.key_changed.emit()

    def _show_owed(self, say: Words, remains: int) -> None:
        owed = self._owed
        if owed.back:
            self._due_word.setText(say("To give back"))
            self._due_money.show_money(owed.back)
        else:
            self._due_word.setText(say("Still to pay") if self._taken.tenders else say("To pay"))
            self._due_money.show_money(remains)
        if owed.credit is not None:
            sums = say(
                "{total} for what is bought, {credit} for what comes back",
                total=baht(owed.total),
                credit=baht(owed.credit),
            )
        else:
            sums = say("Of {total}", total=baht(owed.total)) if self._taken.tenders else ""
        self._sums.show_text(sums)
        self._sums.setVisible(bool(sums))

    def _show_asked(self, say: Words) -> None:
        self._ask.setVisible(self._asked is not None)
        if self._asked is not None:
            how, amount = self._asked
            self._ask.show_text(
                say(
                    "{name}, {amount}: enter the reference it shows.",
                    name=how.name.get(say.language),
                    amount=baht(amount),
                )
            )

    def _show_notes(self, say: Words, remains: int) -> None:
        # The more was taken, the fewer sums are offered: all of it is seen at once.
        most = max(len(self._keys) - (len(self._taken.tenders) + 1) // 2, 1)
        self._notes = suggest_notes(remains, most=most)
        offered = self._notes if self._asked is None else ()
        self._notes_word.setVisible(bool(offered))
        for place, key in enumerate(self._keys):
            key.setVisible(place < len(offered))
            if place < len(offered):
                note = offered[place]
                back = say("Change {amount}", amount=baht(note - remains))
                key.put(baht(note), below=back, hint=f"F{5 + place}")

    def _show_change(self, say: Words, remains: int) -> None:
        given = self._taken.with_cash(self._typed or 0)
        if self._typed is not None and self._typed < remains:
            self._back_word.setText(say("Still to pay"))
            self._change.show_money(remains - self._typed, colour="wrong")
            return
        self._back_word.setText(say("Change"))
        change = given.change(self._owed.due)
        self._change.show_money(change, colour="good" if self._typed is not None else "muted")
