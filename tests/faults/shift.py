"""What a shift does beside selling: each act one fact, to be spoilt at each write and redone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.counter.tills import cash
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Refusal, Trouble, Why

BUSY = 7
"""How many entries the busy till begins with: its set-up, its session, three sales."""
WHY = "ลอง"
ALREADY = {
    Why.ALREADY_VOIDED,
    Why.NO_SESSION,
    Why.NOTHING_TO_PARK,
    Why.SALE_ALREADY_DONE,
    Why.SESSION_OPEN,
}
"""What an act is refused with where it was done before."""
MARKED = {"sale", "refund", "void", "movement", "no_sale", "parked", "counted"} | {
    "session_opened",
    "session_closed",
}
"""The kinds of entry that are facts of a shift; all others tell of the program."""


def refund(desk: Desk) -> None:
    """Take one piece of the first sale back: of three, so that twice would be possible."""
    desk.refunds.refund(desk.refunds.find("1"), {0: 1}, WHY)


def void(desk: Desk) -> None:
    """Void the second sale."""
    desk.refunds.void(desk.papers.find("2"), WHY)


def pay_out(desk: Desk) -> None:
    """Take five baht out."""
    desk.drawer.pay_out(5_00, WHY)


def no_sale(desk: Desk) -> None:
    """Open the drawer for nothing."""
    desk.drawer.no_sale(WHY)


def count(desk: Desk) -> None:
    """Count the drawer."""
    desk.day.count(Count.of({}, loose=1_00))


def close(desk: Desk) -> None:
    """Close the session over what was counted."""
    desk.day.close(reason=WHY)


def reopen(desk: Desk) -> None:
    """Open the next session."""
    desk.day.open(Count.of({}, loose=100_00))


def begin_exchange(desk: Desk) -> None:
    """Set a piece of the third sale against what is in the basket."""
    desk.refunds.exchange(desk.refunds.find("3"), {0: 1}, WHY)
    desk.register.scan("TF-SCARF")
    desk.register.scan("TF-HONEY")


def exchange(desk: Desk) -> None:
    """Pay what is due beyond what came back."""
    desk.register.pay(cash(10_00))


def fill(desk: Desk) -> None:
    """Put something into the basket."""
    desk.register.scan("TF-SCARF")


def park(desk: Desk) -> None:
    """Set the basket aside."""
    desk.parking.park()


@dataclass(frozen=True, slots=True)
class Act:
    """An act, what must be done before it, and the kinds of the entries it is."""

    do: Callable[[Desk], None]
    kinds: tuple[str, ...]
    before: tuple[Callable[[Desk], None], ...] = ()


ACTS = {
    "refund": Act(refund, ("refund",)),
    "void": Act(void, ("void",)),
    "pay_out": Act(pay_out, ("movement",)),
    "exchange": Act(exchange, ("refund", "sale"), (begin_exchange,)),
    "park": Act(park, ("parked",), (fill,)),
    "close": Act(close, ("session_closed",), (count,)),
    "reopen": Act(reopen, ("session_opened",), (count, close)),
}
SHIFT: Sequence[tuple[Callable[[Desk], None], str]] = (
    (refund, "refund"),
    (void, "void"),
    (pay_out, "movement"),
    (no_sale, "no_sale"),
    (count, "counted"),
    (close, "session_closed"),
    (reopen, "session_opened"),
)
"""A shift to its end and the next one's beginning, each step with the kind of its entry."""


def told(desk: Desk, after: int) -> list[str]:
    """Return the kinds of the facts that the journal tells after an entry."""
    return [row.kind for row in desk.store.entries(after) if row.kind in MARKED]


def tried(act: Act, desk: Desk) -> str:
    """Do an act; say that it was done, was done before, or met trouble."""
    try:
        act.do(desk)
    except Trouble:
        return "trouble"
    except Refusal as refusal:
        if refusal.why not in ALREADY:
            raise
        return "already"
    return "done"
