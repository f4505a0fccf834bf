"""The register: the open basket, and the one transaction that makes it a sale."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tofan_pos.counter.journal import Journal
from tofan_pos.counter.shelf import Shelf
from tofan_pos.domain.basket import Basket, Discount, Reckoning
from tofan_pos.domain.catalogue import Product, SharePolicy
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.sale import Tender, Terms, check_payment, complete
from tofan_pos.domain.tax import rate_on
from tofan_pos.store.facts import StoredSale
from tofan_pos.sync.sales import sale_body
from tofan_pos.thai.dates import business_day

SETUP_USER = "SETUP"
"""Who sells at a till that has no staff of its own yet: its set-up supervisor."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A product that went into the basket, and the line it stands on."""

    product: Product
    index: int


class Register:
    """One till's open sale. Every verb is whole: it succeeds, or raises and changes nothing."""

    def __init__(
        self, *, journal: Journal, shelf: Shelf, new_id: Callable[[], str], by: str = SETUP_USER
    ) -> None:
        """Start with an empty basket; `new_id` makes a sale's own id, time-ordered."""
        self._journal, self._shelf, self._new_id = journal, shelf, new_id
        self._by = by
        self._sale_id = ""
        self._unsure = False
        self.policy = SharePolicy()
        self.basket = Basket()

    @property
    def by(self) -> str:
        """Who sells."""
        return self._by

    @property
    def today(self) -> date:
        """The business date."""
        return business_day(self._journal.clock())

    @property
    def terms(self) -> Terms:
        """The terms of a sale made now."""
        kind = self._journal.profile.kind
        rate = rate_on(self.today) if kind is DocumentKind.VAT_RECEIPT else 0
        return Terms(kind=kind, vat_rate_bp=rate, policy=self.policy)

    def reckoning(self) -> Reckoning:
        """Work out the basket as it stands."""
        return self.terms.reckon(self.basket)

    def scan(self, text: str) -> Scanned:
        """Put the product that was scanned into the basket."""
        return self.take(self._shelf.scan(text))

    def take(self, product: Product) -> Scanned:
        """Put one piece of a product into the basket."""
        self._settle_doubt()
        self.basket, index = self.basket.scan(product)
        return Scanned(self.basket.lines[index].product, index)

    def set_quantity(self, index: int, quantity: int) -> None:
        """Change how many of a line are sold."""
        self._change(self.basket.set_quantity(index, quantity))

    def void_line(self, index: int) -> None:
        """Take a line out of the basket."""
        self._change(self.basket.void_line(index))

    def discount_line(self, index: int, discount: Discount | None) -> None:
        """Give a line a discount, or take it away."""
        self._change(self.basket.discount_line(index, discount))

    def discount_basket(self, discount: Discount | None) -> None:
        """Give the whole basket a discount, or take it away."""
        self._change(self.basket.discount_basket(discount))

    def void_basket(self) -> None:
        """Empty the basket."""
        self._change(Basket())

    def pay(self, tenders: Sequence[Tender]) -> StoredSale:
        """Complete the sale in one transaction; when this returns, it is durable.

        A commit that raised may have happened all the same, so the sale has its own id from
        before the commit, and is looked for under it before anything is tried again.
        """
        self._settle_doubt()
        check_payment(self.basket, tenders)
        self._sale_id = self._sale_id or self._new_id()
        try:
            done = self._commit(tenders)
        except Trouble:
            self._unsure = True
            found = self._find_doubtful()
            if found is None:
                raise
            done = found
        except BaseException:
            # A bug, or an interruption: nobody knows what was committed before the next look.
            self._unsure = True
            raise
        self._start_next()
        return done

    def _commit(self, tenders: Sequence[Tender]) -> StoredSale:
        profile, terms = self._journal.profile, self.terms
        with self._journal.fact() as fact:
            sale = complete(
                self.basket,
                tenders,
                terms=terms,
                sale_id=self._sale_id,
                till=profile.till,
                epoch=profile.epoch,
                n=fact.tx.next_n(terms.kind.series),
                at=fact.at,
                business_date=business_day(fact.at),
                by=self._by,
            )
            link = fact.write(sale_body(sale))
            fact.tx.add_sale(sale, link.seq, print_it=bool(profile.printer))
        return StoredSale(sale, link.seq, link.hash, "waiting" if profile.printer else "", "")

    def _change(self, basket: Basket) -> None:
        self._settle_doubt()
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
        self._sale_id = ""
        self._unsure = False
