"""What holds from a business date on: prices, the makers' share, VAT, and the head of papers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from tofan_pos.domain.catalogue import SharePolicy, Text
from tofan_pos.domain.tax import STATUTORY_RATES, TaxRate, rate_on
from tofan_pos.domain.till import Seller


class RuleKind(StrEnum):
    """What a rule is about."""

    SHARE = "share"
    VAT = "vat"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class DatedPrice:
    """What a product costs from a (CE) business date on, in satang with VAT."""

    product: str
    since: date
    price: int


@dataclass(frozen=True, slots=True)
class DatedPolicy:
    """The makers' share from a (CE) business date on."""

    since: date
    policy: SharePolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of papers from a (CE) business date on; what is empty stays as the till has it."""

    since: date
    brand: Text = field(default_factory=Text)
    owner: Text = field(default_factory=Text)
    tax_id: str = ""
    branch: str = ""

    def over(self, seller: Seller) -> Seller:
        """Return the seller that a till's papers name while this head is in force."""
        return replace(
            seller,
            brand=self.brand if self.brand != Text() else seller.brand,
            owner=self.owner if self.owner != Text() else seller.owner,
            tax_id=self.tax_id or seller.tax_id,
            branch=self.branch or seller.branch,
        )

    def says_the_same(self, other: "Head | None") -> bool:
        """Tell whether papers look alike under another head, or under none."""
        return replace(other or Head(since=self.since), since=self.since) == self


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Every rule that head office has given, each kind in the order of its dates."""

    policies: tuple[DatedPolicy, ...] = ()
    rates: tuple[TaxRate, ...] = ()
    heads: tuple[Head, ...] = ()

    def policy_on(self, day: date) -> SharePolicy:
        """Return the share policy of a business date; before the first one, the program's own."""
        found = _last(self.policies, day)
        return found.policy if found else SharePolicy()

    def rate_on(self, day: date) -> int:
        """Return the VAT rate of a business date; before the first one, the statutory rate."""
        found = _last(self.rates, day)
        return found.rate_bp if found else rate_on(day, STATUTORY_RATES)

    def head_on(self, day: date) -> Head | None:
        """Return the head of papers of a business date, or None where none was given."""
        return _last(self.heads, day)

    def seller_on(self, day: date, seller: Seller) -> Seller:
        """Return the seller that papers of a business date name, at the till of `seller`."""
        head = self.head_on(day)
        return head.over(seller) if head else seller

    def after(self, before: "Rules", day: date) -> "Rules":
        """Return these rules as a till keeps them that takes them over on a business date.

        What its papers said until then they go on saying when they are printed again: heads of
        before stand as they were in force, and these begin on that day.
        """
        was = tuple(head for head in before.heads if head.since < day)
        now, held = self.head_on(day), was[-1] if was else None
        same = now.says_the_same(held) if now else held is None or held.says_the_same(None)
        begun = () if same else (replace(now or Head(since=day), since=day),)
        return replace(
            self, heads=(*was, *begun, *(head for head in self.heads if head.since > day))
        )


_Dated = TypeVar("_Dated", DatedPolicy, TaxRate, Head)


def _last(dated: Sequence[_Dated], day: date) -> _Dated | None:
    """Return the last of those in force on a day; they stand in the order of their dates."""
    return next((one for one in reversed(dated) if one.since <= day), None)
