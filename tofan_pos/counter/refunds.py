"""Taking back: refunds, exchanges and voids, each one transaction that checks what is left."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from tofan_pos.counter.access import Access, Approval
from tofan_pos.counter.journal import Fact, Journal
from tofan_pos.counter.papers import Papers
from tofan_pos.counter.register import Register
from tofan_pos.counter.returnable import (
    Returnable,
    check_not_voided,
    check_voidable,
    checked_tenders,
    in_cash,
    lines_of,
)
from tofan_pos.domain.basket import Basket
from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Right, Warrant
from tofan_pos.domain.reversal import (
    SERIES,
    GivenBack,
    Origin,
    Reversal,
    ReversalKind,
    ReversalLine,
    SoldLine,
    cash_in,
    paid_back_as_paid,
    reverse_lines,
)
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.domain.session import checked_reason
from tofan_pos.store.facts import StoredReversal, StoredSale
from tofan_pos.store.reading import Reading
from tofan_pos.sync.return_code import is_return_code, read_return_code
from tofan_pos.sync.reversals import reversal_body
from tofan_pos.thai.keyboard import decodings


@dataclass(frozen=True, slots=True)
class _Plan:
    """A refund worked out: its lines, how it is paid back, and the right it takes."""

    lines: tuple[ReversalLine, ...]
    tenders: tuple[Tender, ...]
    right: Right

    @property
    def total(self) -> int:
        return sum(line.paid for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Given:
    """Pieces given back in an exchange, until the sale they are set against is paid."""

    refunds: "Refunds"
    returnable: Returnable
    chosen: Mapping[int, int]
    reason: str
    warrant: Warrant
    credit: int

    def give_back(self, fact: Fact, *, against: int) -> Reversal:
        """Write the refund within the sale's own transaction."""
        refunds, returnable = self.refunds, self.returnable
        if returnable.origin.number:
            check_not_voided(fact.tx, returnable.origin.number)
        lines = lines_of(fact.tx, returnable.origin, self.chosen)
        worth = sum(line.paid for line in lines)
        if worth != self.credit:
            # Something of the same receipt came back meanwhile, and a satang fell otherwise.
            raise Refusal(Why.EXCHANGE_CHANGED, amount=worth)
        left = worth - against
        rest = refunds.as_paid(fact.tx, returnable, left) if left else ()
        tenders = (Tender(TenderKind.EXCHANGE, against), *(rest or in_cash(left)))
        return refunds.write(
            fact, returnable.origin, lines, tenders, reason=self.reason, warrant=self.warrant
        ).reversal


class Refunds:
    """One till's way of taking back. Each verb is whole, or raises and changes nothing."""

    def __init__(
        self,
        *,
        journal: Journal,
        access: Access,
        papers: Papers,
        register: Register,
        new_id: Callable[[], str],
    ) -> None:
        """Take back at this till."""
        self._journal, self._access, self._papers = journal, access, papers
        self._register, self._new_id = register, new_id

    # --- what comes back ------------------------------------------------------------------------

    def find(self, text: str) -> Returnable:
        """Return the sale whose number or code was scanned or typed, under either keyboard layout.

        Raises `Refusal(NO_SUCH_RECEIPT | ALREADY_VOIDED | RETURN_CODE_WRONG |
        RETURN_TILL_UNKNOWN)`.
        """
        code = next((r for r in decodings(text) if is_return_code(r)), None)
        if code is not None:
            return self._from_code(code)
        return self.of_sale(self._papers.find(text))

    def of_sale(self, stored: StoredSale) -> Returnable:
        """Return what can come back of one of this till's own sales."""
        number = stored.sale.number
        with self._journal.store.reading() as look:
            check_not_voided(look, number)
            return Returnable(Origin.of(stored.sale), look.given_back(number))

    def without_receipt(self, pieces: Sequence[tuple[Product, int]]) -> Returnable:
        """Return pieces nobody has a receipt for, at what they cost today."""
        basket = Basket()
        for product, quantity in pieces:
            basket, index = basket.scan(replace(product, active=True))
            basket = basket.set_quantity(index, quantity)
        terms = self._register.terms
        reckoning = terms.reckon(basket)
        origin = Origin(
            number="",
            till=self._journal.profile.till,
            business_date=self._register.today,
            total=reckoning.total,
            vat_rate_bp=terms.vat_rate_bp,
            policy=terms.policy,
            lines=tuple(
                SoldLine(
                    position=position,
                    code=reckoned.line.product.code,
                    name=reckoned.line.product.name,
                    group=reckoned.line.product.group,
                    quantity=reckoned.line.quantity,
                    paid=reckoned.paid,
                    tax=reckoned.line.product.vat,
                    vat=reckoned.vat,
                    share=reckoned.share,
                )
                for position, reckoned in enumerate(reckoning.lines)
            ),
        )
        return Returnable(origin)

    def worth(self, returnable: Returnable, chosen: Mapping[int, int]) -> int:
        """Return what chosen quantities (by line position) come to, in satang."""
        with self._journal.store.reading() as look:
            return sum(line.paid for line in lines_of(look, returnable.origin, chosen))

    def paid_back(self, returnable: Returnable, chosen: Mapping[int, int]) -> tuple[Tender, ...]:
        """Return how chosen quantities would be paid back: as they were paid, else in cash."""
        with self._journal.store.reading() as look:
            return self._plan(look, returnable, chosen, None).tenders

    # --- refund and exchange --------------------------------------------------------------------

    def refund(
        self,
        returnable: Returnable,
        chosen: Mapping[int, int],
        reason: str,
        *,
        tenders: Sequence[Tender] | None = None,
        approval: Approval | None = None,
    ) -> StoredReversal:
        """Take pieces back and pay for them, as they were paid unless `tenders` say otherwise."""
        reason = checked_reason(reason)
        with self._journal.store.reading() as look:
            plan = self._plan(look, returnable, chosen, tenders)
        self._require_session()
        warrant = self._access.warrant(plan.right, approval)
        with self._journal.fact() as fact:
            # Again, now that nobody else can write: another till window may have been quicker.
            plan = self._plan(fact.tx, returnable, chosen, tenders)
            written = self.write(
                fact, returnable.origin, plan.lines, plan.tenders, reason=reason, warrant=warrant
            )
        # Outside the block: until it ends, nothing of it is there.
        return written  # noqa: RET504 - as above

    def exchange(
        self,
        returnable: Returnable,
        chosen: Mapping[int, int],
        reason: str,
        *,
        approval: Approval | None = None,
    ) -> int:
        """Set pieces against what is sold next, and return what they are worth, in satang.

        Both documents are written when that sale is paid, in one transaction.
        """
        reason = checked_reason(reason)
        with self._journal.store.reading() as look:
            plan = self._plan(look, returnable, chosen, None)
        self._require_session()
        warrant = self._access.warrant(plan.right, approval)
        chosen = dict(chosen)
        self._register.exchange = _Given(self, returnable, chosen, reason, warrant, plan.total)
        return plan.total

    def forget_exchange(self) -> None:
        """Let the customer keep the pieces after all."""
        self._register.exchange = None

    # --- void -----------------------------------------------------------------------------------

    def void(
        self, stored: StoredSale, reason: str, *, approval: Approval | None = None
    ) -> StoredReversal:
        """Take a sale of this session back whole; it keeps its number.

        Raises `Refusal(VOID_OTHER_SESSION | ALREADY_VOIDED | ALREADY_REFUNDED | VOID_EXCHANGE)`.
        """
        reason = checked_reason(reason)
        with self._journal.store.reading() as look:
            check_voidable(look, stored)
        warrant = self._access.warrant(Right.VOID_DOCUMENT, approval)
        sale = stored.sale
        with self._journal.fact() as fact:
            # As it is stored: what somebody hands in here is not what is taken back.
            found = fact.tx.sale_numbered(sale.kind.series, sale.n)
            if found is None or found.sale.number != sale.number:
                raise Refusal(Why.NO_SUCH_RECEIPT, number=sale.number)
            stored, sale = found, found.sale
            check_voidable(fact.tx, stored)
            origin = Origin.of(sale)
            whole = {line.position: line.quantity for line in origin.lines}
            reversal = Reversal(
                kind=ReversalKind.VOID,
                id=self._new_id(),
                till=sale.till,
                epoch=sale.epoch,
                n=sale.n,
                series=sale.kind.series,
                at=fact.at,
                # The day of its sale, so that both count for the same month.
                business_date=sale.business_date,
                by=warrant.by,
                approved_by=warrant.approved_by,
                of=sale.number,
                of_date=sale.business_date,
                reason=reason,
                lines=reverse_lines(origin, whole, {}),
                tenders=paid_back_as_paid(origin, sale.total, ()) or in_cash(sale.total),
                vat_rate_bp=sale.vat_rate_bp,
                policy=sale.policy,
            )
            link = fact.write(reversal_body(reversal), paper=True)
            fact.tx.add_reversal(reversal, link.seq)
        return self._stored(reversal, link.seq, link.hash)

    # --- inside, and for the exchange -----------------------------------------------------------

    def as_paid(
        self, look: Reading, returnable: Returnable, total: int
    ) -> tuple[Tender, ...] | None:
        """Return how an amount goes back the way it came, or None where that cannot be."""
        number = returnable.origin.number
        before = look.reversals_of(number) if number else []
        earlier = [tender for reversal in before for tender in reversal.tenders]
        return paid_back_as_paid(returnable.origin, total, earlier)

    def write(  # noqa: PLR0913 - a refund is all of these
        self,
        fact: Fact,
        origin: Origin,
        lines: tuple[ReversalLine, ...],
        tenders: tuple[Tender, ...],
        *,
        reason: str,
        warrant: Warrant,
    ) -> StoredReversal:
        """Write a refund into an open transaction."""
        profile = self._journal.profile
        reversal = Reversal(
            kind=ReversalKind.REFUND,
            id=self._new_id(),
            till=profile.till,
            epoch=fact.epoch,
            n=fact.tx.next_refund_n(SERIES),
            series=SERIES,
            at=fact.at,
            business_date=fact.session.business_date,
            by=warrant.by,
            approved_by=warrant.approved_by,
            of=origin.number,
            of_date=origin.business_date,
            reason=reason,
            lines=lines,
            tenders=tuple(tender for tender in tenders if tender.amount),
            vat_rate_bp=origin.vat_rate_bp,
            policy=origin.policy,
        )
        link = fact.write(reversal_body(reversal), paper=True)
        fact.tx.add_reversal(reversal, link.seq)
        return self._stored(reversal, link.seq, link.hash)

    def _stored(self, reversal: Reversal, seq: int, digest: bytes) -> StoredReversal:
        waits = "waiting" if self._journal.profile.printer else ""
        return StoredReversal(reversal, seq, digest, waits, "")

    def _plan(
        self,
        look: Reading,
        returnable: Returnable,
        chosen: Mapping[int, int],
        tenders: Sequence[Tender] | None,
    ) -> _Plan:
        origin = returnable.origin
        if origin.number:
            check_not_voided(look, origin.number)
        lines = lines_of(look, origin, chosen)
        total = sum(line.paid for line in lines)
        usual = self.as_paid(look, returnable, total)
        paid = tuple(tenders) if tenders is not None else (usual or in_cash(total))
        if sum(tender.amount for tender in paid) != total or any(t.amount < 0 for t in paid):
            raise Refusal(Why.PAID_BACK_DIFFERS, amount=total)
        if tenders is not None:
            paid = checked_tenders(look, origin, paid)
        number = origin.number
        back = look.reversals_of(number) if number else []
        right = self._right(
            returnable,
            total,
            paid,
            usual,
            earlier=look.given_back(number) if number else {},
            cash_before=sum(cash_in(reversal.tenders) for reversal in back),
        )
        return _Plan(lines, paid, right)

    def _right(  # noqa: PLR0913 - all that a right hangs on
        self,
        returnable: Returnable,
        total: int,
        paid: tuple[Tender, ...],
        usual: tuple[Tender, ...] | None,
        *,
        earlier: Mapping[int, GivenBack],
        cash_before: int,
    ) -> Right:
        """Return the one right that a refund takes: the rarest of those that fit."""
        if not returnable.origin.number:
            return Right.REFUND_WITHOUT_RECEIPT
        if not returnable.own:
            return Right.REFUND_OTHER_TILL
        before = sum(given.paid for given in earlier.values())
        came = cash_in(returnable.origin.tenders) - returnable.origin.change
        if cash_in(paid) > cash_in(usual or paid) or cash_in(paid) > max(came - cash_before, 0):
            # Also where an exchange was paid with what had been paid by card.
            return Right.REFUND_OTHER_TENDER
        # All that has come back of one receipt, not this slip alone.
        above = before + total > self._journal.profile.limits.refund
        return Right.REFUND_ABOVE if above else Right.REFUND

    def _require_session(self) -> None:
        if self._journal.store.session() is None:
            raise Refusal(Why.NO_SESSION)

    def _from_code(self, text: str) -> Returnable:
        signed = read_return_code(text)
        profile, origin = self._journal.profile, signed.origin
        with self._journal.store.reading() as look:
            publics = look.keys_of_till(signed.till, signed.epoch)
            earlier = look.given_back(origin.number)
            own = look.epochs() if signed.till == profile.till else []
        mine = next((one for one in own if one.epoch == signed.epoch), None)
        if mine is not None:
            # What a backup did not hold was sold all the same: its paper proves it.
            with suppress(Refusal):
                return self.of_sale(self._papers.find(origin.number))
            publics = (*publics, mine.public_key)
        if not publics:
            raise Refusal(Why.RETURN_TILL_UNKNOWN, till=signed.till)
        if not any(map(signed.holds, publics)):
            raise Refusal(Why.RETURN_CODE_WRONG)
        products = self._journal.store.products_with([line.code for line in origin.lines])
        named = tuple(
            replace(line, name=products[line.code].name) if line.code in products else line
            for line in origin.lines
        )
        return Returnable(replace(origin, lines=named), earlier, own=False)
