"""What happened in a session beside its sales: what people look at when the drawer is off."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tofan_pos.domain.report import CASH, EXCHANGE
from tofan_pos.domain.session import MovementKind, Session
from tofan_pos.store.counter import CounterStore
from tofan_pos.sync import kinds
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.sales import read_moment

ENDLESS = 2**62
REFUND, VOID, NO_SALE, BASKET_VOIDED = "refund", "void", "no_sale", "basket_voided"
_KINDS = ("movement", "refund", "void", "no_sale", "basket_voided")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event: `what` is a `MovementKind`'s value or one of the words above; satang, unsigned.

    `reason` is as it was given, `number` the document's where it has one.
    """

    at: datetime
    what: str
    amount: int
    reason: str
    number: str
    by: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What happened, oldest first."""

    happenings: tuple[Happening, ...] = ()

    def tallies(self) -> Mapping[str, tuple[int, int]]:
        """Return how many of each there were and what they come to, in satang."""
        counts = Counter(one.what for one in self.happenings)
        sums: dict[str, int] = defaultdict(int)
        for one in self.happenings:
            sums[one.what] += one.amount
        order = (*(kind.value for kind in MovementKind), REFUND, VOID, NO_SALE, BASKET_VOIDED)
        return {what: (counts[what], sums[what]) for what in order if counts[what]}


def evidence(store: CounterStore, session: Session) -> Evidence:
    """Return what happened since a session was opened."""
    with store.reading() as look:
        events = look.events(*_KINDS, after=session.seq)
    found = (_happening(read_entry(event.line)) for event in events)
    return Evidence(tuple(one for one in found if one is not None))


def tenders_to_count(store: CounterStore, session: Session) -> Sequence[str]:
    """Return the keys of the tenders beside cash that were used: which, and never how much."""
    with store.reading() as look:
        sums = look.sums(session.seq, ENDLESS)
    return sorted({*sums.taken, *sums.refunded, *sums.voided} - {CASH, EXCHANGE})


def _happening(entry: object) -> Happening | None:
    match entry:
        case kinds.Moved(body=body):
            what, amount, reason, number = body.movement, body.amount, body.reason, body.number
        case kinds.Refunded(body=body):
            what, amount, reason, number = REFUND, body.total, body.reason, body.number
        case kinds.Voided(body=body):
            what, amount, reason, number = VOID, body.total, body.reason, body.number
        case kinds.NoSale(body=body):
            what, amount, reason, number = NO_SALE, 0, body.reason, ""
        case kinds.BasketVoided(body=body):
            amount = sum(line.amount for line in body.lines)
            what, reason, number = BASKET_VOIDED, "", ""
        case _:
            return None
    return Happening(
        at=read_moment(entry.at),
        what=what,
        amount=amount,
        reason=reason,
        number=number,
        by=body.by,
        approved_by=getattr(body, "approved_by", ""),
    )
