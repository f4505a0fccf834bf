"""The guide of a till to learn on: its steps, what each stands on, and how it is seen to be done.

No widget and no store: a `View` of the till comes in, a sentence goes out.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from tofan_pos.ui.counter import guide_words as words
from tofan_pos.ui.counter.guide_words import Place, View
from tofan_pos.words import Words

Tell = Callable[[View, Words], str]
Seen = Callable[[View], bool]


@dataclass(frozen=True, slots=True)
class Aim:
    """Something that has to stand, and what to do where it does not."""

    stands: Seen
    tell: Tell


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `tell` says what to press once all its `needs` stand; `done` sees it done."""

    name: str
    chapter: Callable[[Words], str]
    tell: Tell
    done: Seen
    needs: tuple[Aim, ...] = ()

    def told(self, view: View, say: Words) -> str:
        """Say what to do now: the first of its needs that does not stand, else the step itself."""
        missing = next((need for need in self.needs if not need.stands(view)), None)
        return (missing or self).tell(view, say)


# --- what has to stand ------------------------------------------------------------------------


def _at(*places: Place) -> Seen:
    return lambda view: view.place in places


_OPENED = Aim(lambda view: view.session_open, words.to_open)
_SELLING = Aim(_at(Place.SELL, Place.PAY, Place.DONE, Place.RETURNED), words.to_back)
_PICKED = Aim(lambda view: view.pieces > 0, words.to_pick)
_PAYING = Aim(_at(Place.PAY), words.to_pay)
_TO_SALE = (_OPENED, _SELLING, _PICKED, _PAYING)


def _sale(view: View, say: Words) -> str:
    missing = next((need for need in _TO_SALE if not need.stands(view)), None)
    return missing.tell(view, say) if missing else words.to_cash(view, say)


_SOLD = Aim(lambda view: bool(view.receipt), _sale)
_SOLD_NOW = Aim(lambda view: view.sales > 0, _sale)
_OFF_PAYING = Aim(_at(Place.SELL, Place.DONE, Place.RETURNED, Place.CLOSED), words.to_back)
_RETURNING = Aim(
    _at(Place.ASK, Place.RECEIPTS, Place.PIECES),
    lambda view, say: (words.to_return if _OFF_PAYING.stands(view) else words.to_back)(view, say),
)
_FOUND = Aim(_at(Place.PIECES), words.to_find)
_CHOSEN = Aim(lambda view: view.chosen > 0, words.to_piece)
_WHY = Aim(lambda view: view.reason, words.to_reason)
_TO_RETURN = (_SOLD, _OPENED, _RETURNING, _FOUND, _CHOSEN, _WHY)


def _returned(view: View, say: Words) -> str:
    missing = next((need for need in _TO_RETURN if not need.stands(view)), None)
    return (missing.tell if missing else words.to_refund)(view, say)


_RETURNED_NOW = Aim(lambda view: view.refunds > 0, _returned)
_EMPTY = Aim(lambda view: not view.pieces and not view.exchange, words.to_empty)
_CLOSING = Aim(_at(Place.COUNT, Place.SETTLE), words.to_close)
_COUNTED = Aim(_at(Place.SETTLE), words.to_count)


# --- the steps --------------------------------------------------------------------------------


def _first_sale(say: Words) -> str:
    return say("First sale")


def _first_return(say: Words) -> str:
    return say("First return")


def _first_close(say: Words) -> str:
    return say("First closing")


def _or_sold(stands: Seen) -> Seen:
    return lambda view: stands(view) or view.sales > 0


def _or_returned(stands: Seen) -> Seen:
    return lambda view: stands(view) or view.refunds > 0


def _or_closed(stands: Seen) -> Seen:
    return lambda view: stands(view) or view.closed > 0


def _left(place: Place, done: Seen) -> Seen:
    return lambda view: done(view) and view.place is not place


STEPS = (
    Step("open", _first_sale, words.to_open, _or_closed(_OPENED.stands)),
    Step("pick", _first_sale, words.to_pick, _or_sold(_PICKED.stands), (_OPENED, _SELLING)),
    Step("two", _first_sale, words.to_two, _or_sold(lambda view: view.pieces > 1), _TO_SALE[:3]),
    Step("pay", _first_sale, words.to_pay, _or_sold(_PAYING.stands), _TO_SALE[:3]),
    Step("cash", _first_sale, words.to_cash, _SOLD_NOW.stands, _TO_SALE),
    Step("change", _first_sale, words.to_change, _left(Place.DONE, _SOLD_NOW.stands), (_SOLD_NOW,)),
    Step("return", _first_return, words.to_return, _or_returned(_RETURNING.stands), _TO_RETURN[:3]),
    Step("find", _first_return, words.to_find, _or_returned(_FOUND.stands), _TO_RETURN[:3]),
    Step("piece", _first_return, words.to_piece, _or_returned(_CHOSEN.stands), _TO_RETURN[:4]),
    Step("reason", _first_return, words.to_reason, _or_returned(_WHY.stands), _TO_RETURN[:5]),
    Step("refund", _first_return, words.to_refund, _RETURNED_NOW.stands, _TO_RETURN),
    Step(
        "hand back",
        _first_return,
        words.to_hand_back,
        _left(Place.RETURNED, _RETURNED_NOW.stands),
        (_RETURNED_NOW,),
    ),
    Step("close", _first_close, words.to_close, _or_closed(_CLOSING.stands), (_OPENED, _EMPTY)),
    Step(
        "count",
        _first_close,
        words.to_count,
        _or_closed(_COUNTED.stands),
        (_OPENED, _EMPTY, _CLOSING),
    ),
    Step(
        "sign",
        _first_close,
        words.to_sign,
        lambda view: view.closed > 0,
        (_OPENED, _EMPTY, _CLOSING, _COUNTED),
    ),
)
"""The steps, in order. Each stands on what the till is like, never on which key was pressed."""


@dataclass(frozen=True, slots=True)
class Guide:
    """How far somebody has come: the step they are at, and how many they went without.

    It only goes forward, also past what was done before it was asked for.
    """

    base: View
    at: int = 0
    skipped: int = 0

    @property
    def step(self) -> Step | None:
        """The present step, None after the last."""
        return STEPS[self.at] if self.at < len(STEPS) else None

    def seen(self, view: View) -> Self:
        """Go on as far as what is seen allows."""
        now, at = view.since(self.base), self.at
        while at < len(STEPS) and STEPS[at].done(now):
            at += 1
        return replace(self, at=at)

    def skip(self, view: View) -> Self:
        """Go on without the present step."""
        if self.step is None:
            return self
        return replace(self, at=self.at + 1, skipped=self.skipped + 1).seen(view)

    def told(self, view: View, say: Words) -> str:
        """Say what to do now, or what has been learned."""
        if self.step is not None:
            return self.step.told(view.since(self.base), say)
        if self.skipped:
            return say(
                "That was all of it. You left out {n} of the steps: start over to try them too.",
                n=self.skipped,
            )
        return say(
            "Well done! You have opened the till, sold, given change, taken a piece back, counted"
            " the drawer and closed the day."
        )

    def progress(self, say: Words) -> str:
        """Say how far this is."""
        if self.step is None:
            return say("All {total} steps", total=len(STEPS))
        chapter = self.step.chapter(say)
        total, n = len(STEPS), self.at + 1
        return say("{chapter} · step {n} of {total}", chapter=chapter, n=n, total=total)
