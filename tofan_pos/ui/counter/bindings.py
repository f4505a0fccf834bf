"""Every key of the counter and what it does, as data: pressed, listed under F1, and counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tofan_pos.words import Words


class Deed(StrEnum):
    """What a key does."""

    HELP = "help"
    DISCOUNT_LINE = "discount_line"
    DISCOUNT_BASKET = "discount_basket"
    SHELF = "shelf"
    STORY = "story"
    LANGUAGE = "language"
    RETURN = "return"
    PARK = "park"
    REPRINT = "reprint"
    RECEIPT = "receipt"
    LOCK = "lock"
    HAND_OVER = "hand_over"
    OPEN_DAY = "open_day"
    DRAWER = "drawer"
    REPORT = "report"
    CLOSE_DAY = "close_day"
    STAFF = "staff"
    RIGHTS = "rights"
    TRAINING = "training"
    EXPORT = "export"
    OFFICE = "office"
    MENU = "menu"
    PAY = "pay"
    UP = "up"
    DOWN = "down"
    MORE = "more"
    LESS = "less"
    VOID_LINE = "void_line"
    VOID_BASKET = "void_basket"


_K, _M = Qt.Key, Qt.KeyboardModifier
_PLAIN: Mapping[Qt.Key, Deed] = {
    _K.Key_F1: Deed.HELP,
    _K.Key_F2: Deed.DISCOUNT_LINE,
    _K.Key_F3: Deed.DISCOUNT_BASKET,
    _K.Key_F4: Deed.SHELF,
    _K.Key_F5: Deed.STORY,
    _K.Key_F6: Deed.RETURN,
    _K.Key_F7: Deed.PARK,
    _K.Key_F8: Deed.REPRINT,
    _K.Key_F9: Deed.LANGUAGE,
    _K.Key_F10: Deed.RECEIPT,
    _K.Key_F11: Deed.LOCK,
    _K.Key_F12: Deed.PAY,
}
# With Shift rather than Ctrl and a letter: a letter is another key under a Thai layout.
_WITH_SHIFT: Mapping[Qt.Key, Deed] = {
    _K.Key_F6: Deed.DRAWER,
    _K.Key_F7: Deed.REPORT,
    _K.Key_F8: Deed.CLOSE_DAY,
    _K.Key_F10: Deed.RIGHTS,
    _K.Key_F11: Deed.EXPORT,
    _K.Key_F12: Deed.OFFICE,
}
_WITH_CTRL: Mapping[Qt.Key, Deed] = {
    _K.Key_Up: Deed.MORE,
    _K.Key_Down: Deed.LESS,
    _K.Key_Delete: Deed.VOID_BASKET,
}
# These belong to the field while something is typed in it.
_WHILE_EMPTY: Mapping[Qt.Key, Deed] = {
    _K.Key_Up: Deed.UP,
    _K.Key_Down: Deed.DOWN,
    _K.Key_Delete: Deed.VOID_LINE,
}
_ON_KEYPAD: Mapping[Qt.Key, Deed] = {_K.Key_Plus: Deed.MORE, _K.Key_Minus: Deed.LESS}
MAY_REPEAT = frozenset({Deed.UP, Deed.DOWN, Deed.MORE, Deed.LESS})
"""What may go on while a key is held down; anything else happens once."""


def deed_of(event: QKeyEvent, *, field_empty: bool) -> Deed | None:
    """Return what a key does at this moment, or None where it is the field's own."""
    key = Qt.Key(event.key())
    held = event.modifiers()
    keypad = bool(held & _M.KeypadModifier)
    held &= ~_M.KeypadModifier
    if held == _M.ControlModifier:
        return _WITH_CTRL.get(key)
    if held == _M.ShiftModifier:
        return _WITH_SHIFT.get(key) or _PLAIN.get(key)
    if held != _M.NoModifier:
        return None
    if key in _PLAIN or not field_empty:
        return _PLAIN.get(key)
    return (_ON_KEYPAD.get(key) if keypad else None) or _WHILE_EMPTY.get(key)


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the list under F1."""

    key: str
    does: str


def listed(say: Words) -> tuple[tuple[str, tuple[Listed, ...]], ...]:
    """Return every key with what it does, in groups, in a language."""
    selling = (
        Listed(say("Scanner"), say("Puts the product into the basket, on any page")),
        Listed(say("Letters"), say("Find a product by name or code; Enter takes the first")),
        Listed("↑ ↓", say("Choose a line of the basket")),
        Listed("+ −", say("One more, one less (keypad, or Ctrl ↑↓)")),
        Listed("Delete", say("Take the chosen line out")),
        Listed("Ctrl Delete", say("Empty the basket (press twice)")),
        Listed("F2", say("Discount on the chosen line; again: another price")),
        Listed("F3", say("Discount on the whole basket")),
        Listed("F4", say("Favourites and categories")),
        Listed("F5", say("The whole story of the chosen line")),
    )
    paying = (
        Listed("F12", say("Pay (or Enter, when nothing is typed)")),
        Listed("Enter", say("Take the exact amount, or the one typed")),
        Listed("F5 – F8", say("Take a suggested sum")),
        Listed("Ctrl F5 …", say("Card, transfer, voucher, in their order")),
        Listed("Ctrl F12", say("Take what is typed as a part in cash")),
        Listed("Backspace", say("Take the last tender away")),
        Listed("Esc", say("Back to selling; the basket stays")),
    )
    after = (
        Listed("F6", say("Take pieces back, or exchange them (or scan the receipt)")),
        Listed("F7", say("Park the sale; with an empty basket, take one up again")),
        Listed("F8", say("Print the last receipt again")),
        Listed("F10", say("Receipts: look, print again, gift, void, return")),
    )
    day = (
        Listed("Shift F6", say("The drawer: cash in, cash out, open it")),
        Listed("Shift F7", say("X report: the figures so far")),
        Listed("Shift F8", say("Count the drawer and close the day")),
        Listed("F11", say("Lock the till")),
        Listed("Shift F10", say("Who may do what")),
        Listed("Shift F11", say("Write what head office has not got to a folder or stick")),
        Listed("Shift F12", say("Head office: sending and enrolment")),
        Listed("F1", say("This list")),
        Listed("F9", say("ไทย / English")),
    )
    return (
        (say("Selling"), selling),
        (say("Paying"), paying),
        (say("After the sale"), after),
        (say("The day"), day),
    )
