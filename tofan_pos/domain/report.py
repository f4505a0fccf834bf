"""The figures of a till session, X and Z one type; `settle` holds them against the count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tofan_pos.domain.count import Count

CASH = "cash"
"""The key of cash among tenders; the others go by the catalogue's codes."""

EXCHANGE = "exchange"
"""The key of what was set against an exchange: it comes and goes within one visit."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Documents of one kind: how many, and what they come to in satang."""

    count: int = 0
    total: int = 0
    vat: int = 0
    share: int = 0
    exempt: int = 0
    """What of the total is exempt from VAT."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Movements of one kind: how many, and how much in satang."""

    count: int = 0
    amount: int = 0


@dataclass(frozen=True, slots=True)
class DocumentRun:
    """The documents of one series: how many, the first number and the last."""

    series: str
    count: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class TenderTotal:
    """What came in by one tender, change already taken off, and what was paid back by it.

    `voided` is the part of what was paid back that voids of the same session took back.
    """

    key: str
    taken: int
    paid_back: int
    voided: int = 0

    @property
    def net(self) -> int:
        """What is left of it, in satang."""
        return self.taken - self.paid_back


@dataclass(frozen=True, slots=True, kw_only=True)
class TillReport:
    """A session's figures at one moment; amounts in satang. `seq` and `anchor` are the journal's.

    `discounts` are by bearer (`brand`, `mall`, `shared`), of bills that were not voided; `tenders`
    by key, cash first. `price_changes` are lines at another price than the catalogue's, and what
    that took off; `no_receipt` are refunds without one; `exchanges` what was set against sales;
    `overrides` are entries somebody approved, and privileged acts by one's own right.
    `grand_total_before` is what all earlier sessions sold, less what was given back.
    """

    till: str
    epoch: int
    n: int
    opened_at: datetime
    opened_by: str
    at: datetime
    by: str
    business_date: date
    first_business_date: date
    opening: int
    runs: tuple[DocumentRun, ...] = ()
    sales: Sums = field(default_factory=Sums)
    refunds: Sums = field(default_factory=Sums)
    voids: Sums = field(default_factory=Sums)
    discounts: tuple[tuple[str, int], ...] = ()
    price_changes: Tally = field(default_factory=Tally)
    no_receipt: Tally = field(default_factory=Tally)
    exchanges: Tally = field(default_factory=Tally)
    tenders: tuple[TenderTotal, ...] = ()
    paid_in: Tally = field(default_factory=Tally)
    paid_out: Tally = field(default_factory=Tally)
    pickups: Tally = field(default_factory=Tally)
    no_sales: int = 0
    reprints: int = 0
    overrides: int = 0
    voided_lines: Tally = field(default_factory=Tally)
    voided_baskets: Tally = field(default_factory=Tally)
    parked: int = 0
    grand_total_before: int = 0
    seq: int = 0
    anchor: str = ""

    @property
    def net(self) -> Sums:
        """Sales less refunds and voids; the count is that of sales that stand."""
        return Sums(
            self.sales.count - self.voids.count,
            self.sales.total - self.refunds.total - self.voids.total,
            self.sales.vat - self.refunds.vat - self.voids.vat,
            self.sales.share - self.refunds.share - self.voids.share,
            self.sales.exempt - self.refunds.exempt - self.voids.exempt,
        )

    @property
    def grand_total(self) -> int:
        """What this till has sold, less what was given back, since it was set up."""
        return self.grand_total_before + self.net.total

    def expected(self) -> dict[str, int]:
        """Return what each tender should be counted to be, in satang.

        Cash is what lies in the drawer, float and movements with it. Of any other tender the slips
        of sales that stand are counted; slips of refunds are stated apart.
        """
        found = {CASH: 0} | {
            total.key: total.net if total.key == CASH else total.taken - total.voided
            for total in self.tenders
            if total.key != EXCHANGE
        }
        found[CASH] += (
            self.opening + self.paid_in.amount - self.paid_out.amount - self.pickups.amount
        )
        return found


@dataclass(frozen=True, slots=True)
class Settled:
    """One tender held against what was counted; `difference` is over where it is positive."""

    key: str
    expected: int
    counted: int

    @property
    def difference(self) -> int:
        """Over (positive) or short (negative), in satang."""
        return self.counted - self.expected


def settle(report: TillReport, counted: Mapping[str, int]) -> tuple[Settled, ...]:
    """Hold every tender against its count, cash first; what was not counted was counted nought."""
    expected = report.expected()
    keys = dict.fromkeys((*expected, *counted))
    return tuple(Settled(key, expected.get(key, 0), counted.get(key, 0)) for key in keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What people say at the closing: counts, why they differ, the bag, and who saw it."""

    cash: Count
    tenders: tuple[tuple[str, int], ...] = ()
    first_cash: Count | None = None
    """The first count of the session, where it was counted again."""
    reason: str = ""
    bag: str = ""
    counted_by: str = ""
    counts: int = 1
    """How often the drawer was counted in this session."""

    def counted(self) -> dict[str, int]:
        """Return what was counted by tender, in satang."""
        return {CASH: self.cash.total} | dict(self.tenders)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZReport:
    """A session's last word: its figures, the count, and the signature over both.

    `n` of the report is the Z's number. `signature` is empty where the key was missing; `seconded`
    is who signed it off beside the one who counted.
    """

    report: TillReport
    closing: Closing
    settled: tuple[Settled, ...]
    approved_by: str = ""
    seconded: str = ""
    signature: str = ""

    @property
    def number(self) -> str:
        """The Z's number, as in `CTW1-Z000012`."""
        report = self.report
        holder = report.till if report.epoch == 1 else f"{report.till}.{report.epoch}"
        return f"{holder}-Z{report.n:06d}"

    @property
    def difference(self) -> int:
        """Over or short in cash, in satang."""
        return next(one.difference for one in self.settled if one.key == CASH)
