"""What the guide of a till to learn on sees of it, and the sentence for each thing to press."""

# Each sentence is named for what it asks somebody to do.
# ruff: noqa: D103

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Self

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.count import PIECES
from tofan_pos.domain.money import SATANG, baht, suggest_notes
from tofan_pos.words import Words

FLOAT_NOTES, NOTE = 2, 1000_00
"""The float of the exercise, and the note that its customer hands over."""


class Place(Enum):
    """Where the window is, as far as the guide can tell it apart."""

    SELL = auto()
    PAY = auto()
    DONE = auto()
    OPEN = auto()
    ASK = auto()
    RECEIPTS = auto()
    PIECES = auto()
    RETURNED = auto()
    COUNT = auto()
    SETTLE = auto()
    CLOSED = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What can be seen of a till at one moment; amounts in satang.

    `sales`, `refunds` and `closed` are how many there have been; `receipt` and `change` are of
    the last sale; `chosen`, `reason` and `worth` of the return under way. `cash` and `others` are
    what the drawer and the slips should come to, `off` by how much the count differs from that.
    """

    place: Place = Place.SELL
    session_open: bool = False
    pieces: int = 0
    due: int = 0
    exchange: bool = False
    sales: int = 0
    refunds: int = 0
    closed: int = 0
    receipt: str = ""
    change: int = 0
    chosen: int = 0
    reason: bool = False
    worth: int = 0
    cash: int = 0
    others: tuple[tuple[Text, int], ...] = ()
    off: int = 0
    example: Text | None = None
    """A product that may be typed by its name."""

    def since(self, base: Self) -> Self:
        """Return the same view with what had been done before `base` left out."""
        return replace(
            self,
            sales=max(self.sales - base.sales, 0),
            refunds=max(self.refunds - base.refunds, 0),
            closed=max(self.closed - base.closed, 0),
        )


def pieces_said(amount: int, say: Words) -> str:
    """Write an amount as the fewest notes and coins: `฿1,000 × 2 · ฿20 × 1`.

    What no coin makes is left to the field for a sum.
    """
    said, rest = [], amount
    for piece in PIECES:
        count, rest = divmod(rest, piece)
        if count:
            money = f"฿{piece // SATANG:,}" if piece % SATANG == 0 else baht(piece)
            said.append(f"{money} × {count}")
    if rest or not said:
        where = say("In the sum")
        said.append(f"{where} {baht(rest)}")
    return " · ".join(said)


def handed(due: int) -> int:
    """Return what the exercise's customer hands over: as many large notes as it takes."""
    return max(-(-due // NOTE), 1) * NOTE


def to_open(view: View, say: Words) -> str:
    if view.place is Place.OPEN:
        return say(
            "Count the float: type {n} at ฿1,000, then press F12 (or touch “{key}”).",
            n=FLOAT_NOTES,
            key=say("Open the session"),
        )
    return say(
        "No session is open: press Shift F6 (or touch “{more}”, then “{key}”), and the till asks"
        " for the float.",
        more=say("More"),
        key=say("The drawer"),
    )


def to_pick(view: View, say: Words) -> str:
    if view.example is None:
        return say("Scan a product, touch a picture, or type part of a name and press Enter.")
    return say(
        "Scan a product, touch a picture, or type a name such as “{name}” and press Enter.",
        name=view.example.get(say.language),
    )


def to_two(_: View, say: Words) -> str:
    return say(
        "Make it two pieces: press Ctrl ↑, or touch + at its line. Is there only one of it? Then"
        " take another product as well."
    )


def to_pay(_: View, say: Words) -> str:
    return say("Take the money: press F12 (or touch “{key}”).", key=say("Pay"))


def to_cash(view: View, say: Words) -> str:
    amount = handed(view.due)
    notes = suggest_notes(view.due)
    facts = {"amount": baht(amount), "digits": amount // SATANG}
    if amount in notes:
        key = f"F{5 + notes.index(amount)}"
        return say(
            "The customer hands you {amount}: press {key} or touch that sum, or type {digits} and"
            " press Enter.",
            key=key,
            **facts,
        )
    return say(
        "The customer hands you {amount}: type {digits} and press Enter, or use the keys on the"
        " screen.",
        **facts,
    )


def to_change(view: View, say: Words) -> str:
    return say(
        "The change stands in large type: {amount}. Hand it over, then press Enter (or touch"
        " “{key}”).",
        amount=baht(view.change),
        key=say("Next sale"),
    )


def to_return(_: View, say: Words) -> str:
    return say(
        "A customer brings a piece back: press F6 (or touch “{more}”, then “{key}”).",
        more=say("More"),
        key=say("Return or exchange"),
    )


def to_find(view: View, say: Words) -> str:
    if view.place is Place.RECEIPTS:
        return say(
            "Choose receipt {number}, then press Enter (or touch “{key}”).",
            number=view.receipt,
            key=say("Return or exchange"),
        )
    return say(
        "Which receipt? {number}: type its last digits, {digits}, and press Enter, or scan it; or"
        " touch “{key}”.",
        number=view.receipt,
        digits=view.receipt.rpartition("-")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ0"),
        key=say("Find it in the list"),
    )


def to_piece(_: View, say: Words) -> str:
    return say("One piece comes back: press the space bar, or touch + at its line.")


def to_reason(_: View, say: Words) -> str:
    return say("Why does it come back? Press F5, or touch a reason.")


def to_refund(view: View, say: Words) -> str:
    key = say("Pay back {amount}", amount=baht(view.worth))
    return say("Pay the money back: press Enter (or touch “{key}”).", key=key)


def to_hand_back(_: View, say: Words) -> str:
    return say(
        "Hand back the sum in large type, then press Enter (or touch “{key}”).",
        key=say("Next sale"),
    )


def to_empty(view: View, say: Words) -> str:
    if view.exchange and not view.pieces:
        return say("An exchange is under way: take a product for it and pay first.")
    return say("Something is still in the basket: pay for it, or press Ctrl Delete twice.")


def to_close(_: View, say: Words) -> str:
    return say(
        "The day is over: press Shift F8 (or touch “{more}”, then “{key}”).",
        more=say("More"),
        key=say("Close the day"),
    )


def to_count(view: View, say: Words) -> str:
    there = [pieces_said(view.cash, say)]
    there += [f"{name.get(say.language)} {baht(amount)}" for name, amount in view.others]
    return say(
        "For practice, the drawer holds {pieces}: type each number (↓ goes on), then press F12.",
        pieces=" · ".join(there),
    )


def to_sign(view: View, say: Words) -> str:
    if view.off:
        return say(
            "The count is off by {amount}. Choose why with F5, then press F12; or touch “{key}”.",
            amount=baht(view.off),
            key=say("Count once more"),
        )
    return say("The drawer agrees. Press F12 (or touch “{key}”).", key=say("Close the session"))


def to_back(_: View, say: Words) -> str:
    return say("Go back to selling first: press Esc (or touch “{key}”).", key=say("Back"))
