"""The register: the open basket, and the one transaction that makes it a sale."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from tofan_pos.counter.access import Access, Approval
from tofan_pos.counter.journal import Fact, Journal
from tofan_pos.counter.shelf import Shelf
from tofan_pos.domain.basket import Basket, Discount, DiscountKind, Reckoning
from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.money import round_half_up
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.people import Right
from tofan_pos.domain.promotion import in_force
from tofan_pos.domain.reversal import Reversal
from tofan_pos.domain.rules import Rules
from tofan_pos.domain.sale import (
    Tender,
    TenderKind,
    TenderType,
    Terms,
    VoidedLine,
    check_payment,
    complete,
)
from tofan_pos.domain.tax import WHOLE_BP
from tofan_pos.store.facts import StoredSale
from tofan_pos.sync.events import BasketVoidedBody
from tofan_pos.sync.sales import sale_body, voided_bodies
from tofan_pos.thai.dates import business_day

if TYPE_CHECKING:
    from tofan_pos.domain.session import Session


@dataclass(frozen=True, slots=True)
class Scanned:
    """A product that went into the basket, and the line it stands on."""

    product: Product
    index: int


class GivenInExchange(Protocol):
    """Pieces a customer gives back against what is in the basket: one pair of documents."""

    @property
    def credit(self) -> int:
        """What they are worth, in satang."""
        ...

    def give_back(self, fact: Fact, *, against: int) -> Reversal:
        """Write the refund within the sale's own transaction; `against` satang go into it."""
        ...


class Register:
    """One till's open sale. Every verb is whole: it succeeds, or raises and changes nothing."""

    def __init__(
        self, *, journal: Journal, shelf: Shelf, access: Access, new_id: Callable[[], str]
    ) -> None:
        """Start with an empty basket; `new_id` makes a sale's own id, time-ordered."""
        self._journal, self._shelf, self._access, self._new_id = journal, shelf, access, new_id
        self._sale_id = ""
        self._unsure = False
        self._given_freely = 0
        """Up to how much off the basket, in satang, a supervisor has seen and allowed."""
        self._session: Session | None = None
        self._types: tuple[TenderType, ...] | None = None
        self._rules: Rules | None = None
        self.basket = Basket()
        self.exchange: GivenInExchange | None = None

    # --- what it stands on ----------------------------------------------------------------------

    @property
    def by(self) -> str:
        """Who sells. Raises `Refusal(NOT_SIGNED_IN)`."""
        return self._access.by

    @property
    def today(self) -> date:
        """The business date of the session, or the day by the clock where none is open."""
        session = self._session
        return session.business_date if session else business_day(self._journal.clock())

    @property
    def terms(self) -> Terms:
        """The terms of a sale made now."""
        if self._rules is None or not self.basket.lines:
            with self._journal.store.reading() as look:
                self._session, self._rules = look.session()[0], look.rules()
        return self._terms_on(self.today, self._rules)

    def _terms_on(self, day: date, rules: Rules) -> Terms:
        """Return the terms of a sale of a business date."""
        kind = self._journal.profile.kind
        rate = rules.rate_on(day) if kind is DocumentKind.VAT_RECEIPT else 0
        return Terms(kind=kind, vat_rate_bp=rate, policy=rules.policy_on(day))

    def look_again(self) -> None:
        """Look at the catalogue anew: another one is in force."""
        self._types = self._rules = None

    @property
    def tender_types(self) -> tuple[TenderType, ...]:
        """The tenders beside cash that the catalogue names."""
        if self._types is None:
            with self._journal.store.reading() as look:
                self._types = look.tender_types()
        return self._types

    @property
    def due(self) -> int:
        """What the customer pays, in satang: nought where more comes back than goes out."""
        return max(self.basket.total - self._credit, 0)

    @property
    def back(self) -> int:
        """What the customer gets back beyond the basket in an exchange, in satang."""
        return max(self._credit - self.basket.total, 0)

    @property
    def _credit(self) -> int:
        return self.exchange.credit if self.exchange else 0

    def reckoning(self) -> Reckoning:
        """Work out the basket as it stands."""
        return self.terms.reckon(self.basket)

    # --- the basket -----------------------------------------------------------------------------

    def scan(self, text: str) -> Scanned:
        """Put the product that was scanned into the basket."""
        return self._put_in(self._shelf.scan(text))

    def take(self, product: Product) -> Scanned:
        """Put one piece of a product into the basket. The first one begins a sale.

        It is sold as the catalogue has it now: what is shown on a screen may be of yesterday.
        Raises `Refusal(NO_SESSION)` where no till session is open.
        """
        now = self._journal.store.products_with([product.code])
        return self._put_in(now.get(product.code, product))

    def _put_in(self, product: Product) -> Scanned:
        self._settle_doubt()
        basket = self.basket if self.basket.lines else self._fresh()
        if product.unique:
            self._check_unsold(product)
        self.basket, index = basket.scan(product)
        return Scanned(self.basket.lines[index].product, index)

    def set_quantity(self, index: int, quantity: int) -> None:
        """Change how many of a line are sold."""
        self._change(self.basket.set_quantity(index, quantity))

    def void_line(self, index: int) -> None:
        """Take a line out of the basket; with the last one the basket is voided."""
        shrunk = self.basket.void_line(index)
        if shrunk.lines:
            self._change(shrunk)
            return
        self._settle_doubt()
        self._void(shrunk.voided)

    def void_basket(self) -> None:
        """Empty the basket, and journal what was in it."""
        self._settle_doubt()
        basket = self.basket
        lines = (VoidedLine(x.product.code, x.quantity, x.net) for x in basket.lines)
        self._void((*basket.voided, *lines))

    def discount_line(
        self, index: int, discount: Discount | None, *, approval: Approval | None = None
    ) -> None:
        """Give a line a discount, or take it away."""
        changed = self.basket.discount_line(index, discount)
        line = changed.lines[index]
        above = self._allow(discount, line.gross, about=line.product.code, approval=approval)
        self._give(changed, above=above)

    def discount_basket(
        self, discount: Discount | None, *, approval: Approval | None = None
    ) -> None:
        """Give the whole basket a discount, or take it away."""
        changed = self.basket.discount_basket(discount)
        above = self._allow(discount, changed.subtotal, about="", approval=approval)
        self._give(changed, above=above)

    def override_price(
        self, index: int, price: int | None, reason: str, *, approval: Approval | None = None
    ) -> None:
        """Give a line another price than the catalogue's, or its own again with None."""
        changed = self.basket.override_price(index, price, reason)
        self._settle_doubt()
        if price is not None:
            about = f"{changed.lines[index].product.code} {price}"
            self._access.override(Right.PRICE_OVERRIDE, about, approval)
        self._give(changed, above=price is not None)

    def put(self, basket: Basket) -> None:
        """Take up a basket that was set aside. Raises `Refusal(BASKET_OPEN)` over another one."""
        self._settle_doubt()
        if self.basket.lines:
            raise Refusal(Why.BASKET_OPEN)
        self.basket = basket

    def fresh(self) -> Basket:
        """Return an empty basket with today's promotions. Raises `Refusal(NO_SESSION)`."""
        return self._fresh()

    def put_away(self) -> Basket:
        """Give the basket to who keeps it, and start with an empty one."""
        self._settle_doubt()
        basket = self.basket
        self._start_next()
        return basket

    def right_to(self, discount: Discount, amount: int) -> Right:
        """Return the right that a discount takes off so much, in satang."""
        percent = discount.kind is DiscountKind.PERCENT
        share = discount.value if percent else round_half_up(discount.value * WHOLE_BP, amount or 1)
        limit = self._journal.profile.limits.discount_bp
        return Right.DISCOUNT if share <= limit else Right.DISCOUNT_ABOVE

    # --- paying ---------------------------------------------------------------------------------

    def pay(self, tenders: Sequence[Tender], *, approval: Approval | None = None) -> StoredSale:
        """Complete the sale in one transaction; when this returns, it is durable.

        What was taken off by hand is weighed once more, all of it together: a basket may have
        shrunk or grown since each part was allowed. In an exchange the tenders are for what is
        due beyond what comes back. A commit that raised may have happened all the same, so the
        sale has its own id from before the commit, and is looked for under it before anything is
        tried again.
        """
        self._settle_doubt()
        warrant = self._access.warrant(Right.SELL)
        against = min(self._credit, self.basket.total)
        given = (Tender(TenderKind.EXCHANGE, against),) if self.exchange else ()
        paid = check_payment(self.basket, (*given, *tenders), types=self.tender_types)
        self._weigh_given(approval)
        self._sale_id = self._sale_id or self._new_id()
        try:
            done = self._commit(paid, by=warrant.by, against=against)
        except Trouble:
            self._unsure = True
            found = self._find_doubtful()
            if found is None:
                raise
            done = found
        except Refusal:
            # The transaction said no, and nothing of it was committed.
            raise
        except BaseException:
            # A bug, or an interruption: nobody knows what was committed before the next look.
            self._unsure = True
            raise
        self._start_next()
        return done

    def _commit(self, tenders: Sequence[Tender], *, by: str, against: int) -> StoredSale:
        profile, basket = self._journal.profile, self.basket
        unique = [line.product for line in basket.lines if line.product.unique]
        with self._journal.fact() as fact:
            session = fact.session
            # Of the date that the sale bears, whoever has rolled it meanwhile.
            terms = self._terms_on(session.business_date, fact.tx.rules())
            refund = self.exchange.give_back(fact, against=against) if self.exchange else None
            for product in unique:
                if fact.tx.is_sold(product.code):
                    raise Refusal(Why.UNIQUE_SOLD, name=product.name)
            self._check_vouchers(fact, tenders)
            sale = complete(
                basket,
                tenders,
                terms=terms,
                sale_id=self._sale_id,
                till=profile.till,
                epoch=fact.epoch,
                n=fact.tx.next_n(terms.kind.series),
                at=fact.at,
                business_date=session.business_date,
                by=by,
                voided=basket.voided,
                exchange_of=refund.number if refund else "",
            )
            link = fact.write(sale_body(sale), paper=True)
            fact.tx.add_sale(sale, link.seq, unique=[product.code for product in unique])
        return StoredSale(sale, link.seq, link.hash, "waiting" if profile.printer else "", "")

    # --- inside ---------------------------------------------------------------------------------

    def _fresh(self) -> Basket:
        self._access.warrant(Right.SELL)
        with self._journal.store.reading() as look:
            self._session = look.session()[0]
            promotions, self._types = look.promotions(), look.tender_types()
            self._rules = look.rules()
        if self._session is None:
            raise Refusal(Why.NO_SESSION)
        mall = self._journal.profile.mall
        return Basket(promotions=in_force(promotions, self._session.business_date, mall))

    def _check_vouchers(self, fact: Fact, tenders: Sequence[Tender]) -> None:
        """Refuse a voucher that was taken before: it is paper, and can be handed over twice."""
        names = {one.code: one.name for one in self.tender_types}
        for tender in tenders:
            if tender.kind is TenderKind.VOUCHER and fact.tx.is_reference_used(
                tender.code, tender.reference
            ):
                raise Refusal(
                    Why.REFERENCE_USED, name=names[tender.code], reference=tender.reference
                )

    def _check_unsold(self, product: Product) -> None:
        with self._journal.store.reading() as look:
            if look.is_sold(product.code):
                raise Refusal(Why.UNIQUE_SOLD, name=product.name)

    def _allow(
        self, discount: Discount | None, amount: int, *, about: str, approval: Approval | None
    ) -> bool:
        """Ask for the right to a discount; taking one away needs none. Tell if it is above."""
        self._settle_doubt()
        if discount is None:
            return False
        said = f"{about} {discount.kind.value} {discount.value} {discount.reason}".strip()
        right = self.right_to(discount, amount)
        self._access.override(right, said, approval)
        return right is Right.DISCOUNT_ABOVE

    def _give(self, changed: Basket, *, above: bool) -> None:
        """Take over a basket with something off; what was `above` the limit has been allowed."""
        self._change(changed)
        if above:
            self._given_freely = max(self._given_freely, changed.given)

    def _weigh_given(self, approval: Approval | None) -> None:
        """Hold all that was taken off by hand against the limit, and what was allowed above it."""
        basket, limit = self.basket, self._journal.profile.limits.discount_bp
        if basket.given * WHOLE_BP <= basket.listed * limit or basket.given <= self._given_freely:
            return
        self._access.override(Right.DISCOUNT_ABOVE, f"{basket.given} off", approval)
        self._given_freely = basket.given

    def _void(self, lines: tuple[VoidedLine, ...]) -> None:
        if lines:
            by = self._access.by
            with self._journal.fact() as fact:
                fact.write(BasketVoidedBody(by=by, lines=voided_bodies(lines)))
        self._start_next()

    def _change(self, basket: Basket) -> None:
        self._settle_doubt()
        _ = self._access.by  # nobody changes a basket behind the lock
        self.basket = basket

    def _settle_doubt(self) -> None:
        """Before anything else, find out whether a commit that raised has happened."""
        if not self._unsure:
            return
        found = self._journal.store.sale_with_id(self._sale_id)
        self._unsure = False
        if found is not None:
            self._start_next()
            raise Refusal(Why.SALE_ALREADY_DONE, number=found.sale.number)

    def _find_doubtful(self) -> StoredSale | None:
        """Look for the doubtful sale at once; None where it is not there or nobody can tell."""
        try:
            found = self._journal.store.sale_with_id(self._sale_id)
        except Trouble:
            return None
        self._unsure = False
        return found

    def _start_next(self) -> None:
        self.basket = Basket()
        self.exchange = None
        self._given_freely = 0
        self._sale_id = ""
        self._unsure = False
