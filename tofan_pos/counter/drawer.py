"""The drawer between sales: cash in and out with a reason, and the drawer opened for nothing."""

from dataclasses import dataclass

from tofan_pos.counter.access import Access, Approval
from tofan_pos.counter.figures import cash_expected
from tofan_pos.counter.journal import Fact, Journal
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.guard import checked_text
from tofan_pos.domain.money import MOST
from tofan_pos.domain.people import Right, Warrant
from tofan_pos.domain.session import (
    LONGEST_WORDS,
    Movement,
    MovementKind,
    checked_amount,
    checked_reason,
)
from tofan_pos.sync.days import movement_body, movement_of
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.events import NoSaleBody
from tofan_pos.sync.kinds import Moved


@dataclass(frozen=True, slots=True)
class StoredMovement:
    """A movement and its place in the journal."""

    movement: Movement
    seq: int


@dataclass(frozen=True, slots=True)
class Drawer:
    """One till's drawer. Each verb needs an open session, and raises `Refusal` otherwise."""

    journal: Journal
    access: Access

    def pay_in(
        self, amount: int, reason: str, *, approval: Approval | None = None
    ) -> StoredMovement:
        """Put cash in that is from no sale; satang."""
        checked = checked_amount(amount), checked_reason(reason)
        return self._move(MovementKind.PAID_IN, *checked, Right.PAID_IN, approval)

    def pay_out(
        self, amount: int, reason: str, *, approval: Approval | None = None
    ) -> StoredMovement:
        """Take cash out for something the counter needs; satang."""
        checked = checked_amount(amount), checked_reason(reason)
        return self._move(MovementKind.PAID_OUT, *checked, Right.PAID_OUT, approval)

    def pickup(
        self, amount: int, reason: str, *, bag: str = "", approval: Approval | None = None
    ) -> StoredMovement:
        """Take cash to the safe, in a bag that has a number; satang."""
        checked = checked_amount(amount), checked_reason(reason)
        if not bag.strip():
            raise Refusal(Why.BAG_MISSING)
        return self._move(MovementKind.PICKUP, *checked, Right.PICKUP, approval, bag=bag)

    def change_drawer(
        self, name: str, *, amount: int = 0, approval: Approval | None = None
    ) -> StoredMovement:
        """Go on with another drawer; `amount` is what was counted into it, moved from the first."""
        if not 0 <= amount <= MOST:
            raise Refusal(Why.AMOUNT_OUT_OF_RANGE, most=MOST)
        drawer = checked_reason(name)
        kind, right = MovementKind.CHANGE_DRAWER, Right.CHANGE_DRAWER
        return self._move(kind, amount, drawer, right, approval, drawer=drawer)

    def no_sale(self, reason: str, *, approval: Approval | None = None) -> int:
        """Open the drawer without a sale; return the entry's number."""
        reason = checked_reason(reason)
        self._require_session()
        warrant = self.access.warrant(Right.NO_SALE, approval)
        with self.journal.fact() as fact:
            _ = fact.session
            link = fact.write(
                NoSaleBody(by=warrant.by, reason=reason, approved_by=warrant.approved_by),
                paper=True,
            )
        return link.seq

    def _move(  # noqa: PLR0913, PLR0917 - what a movement is
        self,
        kind: MovementKind,
        amount: int,
        reason: str,
        right: Right,
        approval: Approval | None,
        bag: str = "",
        drawer: str = "",
    ) -> StoredMovement:
        bag = checked_text(bag, longest=LONGEST_WORDS)
        self._require_session()
        warrant: Warrant = self.access.warrant(right, approval)
        profile = self.journal.profile
        with self.journal.fact() as fact:
            if kind.sign < 0 and amount > cash_expected(fact.tx, fact.session, head=fact.head):
                raise Refusal(Why.DRAWER_SHORT)
            movement = Movement(
                kind=kind,
                till=profile.till,
                epoch=fact.epoch,
                n=_next_n(fact),
                at=fact.at,
                business_date=fact.session.business_date,
                amount=amount,
                reason=reason,
                by=warrant.by,
                approved_by=warrant.approved_by,
                bag=bag,
                drawer=drawer,
            )
            link = fact.write(movement_body(movement), paper=True)
            if drawer:
                fact.tx.change_drawer(fact.session.n, drawer)
        return StoredMovement(movement, link.seq)

    def _require_session(self) -> None:
        if self.journal.store.session() is None:
            raise Refusal(Why.NO_SESSION)


def _next_n(fact: Fact) -> int:
    last = fact.tx.events("movement", newest=1)
    if not last:
        return 1
    entry = read_entry(last[0].line)
    if not isinstance(entry, Moved):
        raise TypeError(entry)
    return movement_of(entry).n + 1
