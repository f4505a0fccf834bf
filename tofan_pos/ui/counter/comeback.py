"""What a return shows: a receipt's lines, how many come back of each, and how it is paid back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, cast

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.money import baht
from tofan_pos.domain.sale import Tender, TenderKind, TenderType
from tofan_pos.thai.dates import format_date
from tofan_pos.ui.counter.lines import Row
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.thai.dates import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ComebackLine:
    """A line of what was sold: amounts in satang; `each` is what the next piece is worth."""

    position: int
    name: Text
    bought: int
    left: int
    taken: int
    each: int
    worth: int
    listed: bool = False
    """Whether it is on no receipt, but was put on the list by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comeback:
    """A return as it stands. `number` is empty without a receipt; `worth` in satang."""

    number: str
    day: date
    lines: tuple[ComebackLine, ...]
    worth: int = 0
    tenders: tuple[Tender, ...] = ()
    names: Mapping[str, Text] = field(default_factory=dict)
    in_cash: bool = False
    may_be_cash: bool = False

    @property
    def taken(self) -> int:
        """How many pieces come back."""
        return sum(line.taken for line in self.lines)


def names_of(types: Sequence[TenderType]) -> dict[str, Text]:
    """Return the names of the tenders beside cash, by code."""
    return {one.code: one.name for one in types}


def row_of(line: ComebackLine, say: Words) -> Row:
    """Word a line for the list."""
    each = say("{amount} each", amount=baht(line.each))
    if line.listed:
        under = each
    elif line.left == 0:
        under = say("Bought {n} · all have come back", n=line.bought)
    elif line.left < line.bought:
        under = say(
            "Bought {n} · {back} came back before · {each}",
            n=line.bought,
            back=line.bought - line.left,
            each=each,
        )
    else:
        under = say("Bought {n} · {each}", n=line.bought, each=each)
    return Row(
        name=line.name.get(say.language),
        under=under,
        amount=baht(line.worth) if line.taken else "",
        off=say("Comes back: {n}", n=line.taken) if line.taken else "",
        quantity=line.taken,
        single=False,
    )


def tender_said(tender: Tender, names: Mapping[str, Text], say: Words) -> str:
    """Name how something is paid."""
    name = names[tender.code].get(say.language) if tender.code in names else ""
    return (
        name
        or {
            TenderKind.CASH: say("Cash"),
            TenderKind.CARD: say("Card"),
            TenderKind.TRANSFER: say("Transfer"),
            TenderKind.VOUCHER: say("Voucher"),
            TenderKind.EXCHANGE: say("Exchanged goods"),
        }[tender.kind]
    )


def tenders_said(shown: Comeback, say: Words, *, amounts: bool) -> str:
    """Say how it is paid back, with the amounts or the names alone."""
    if not shown.taken:
        return ""
    return " + ".join(
        f"{tender_said(tender, shown.names, say)} {baht(tender.amount)}"
        if amounts
        else tender_said(tender, shown.names, say)
        for tender in shown.tenders
    )


def day_said(day: date, say: Words) -> str:
    """Write a day as people read it."""
    return format_date(day, language=cast("Language", say.language), style="short")
