"""The documents a till issues, as journal entries hold them: sales, refunds and voids."""

from typing import Annotated

from msgspec import Meta

from tofan_pos.sync.record import Count, Day, Name, Record, Whole


class DiscountBody(Record, frozen=True):
    """A discount as given: hundredths of a percent or satang, its reason and its bearer."""

    bearer: str
    kind: str
    reason: str
    value: Whole


class PromotedBody(Record, frozen=True):
    """What a promotion took off, in satang: its code, its names and its bearer."""

    amount: Whole
    bearer: str
    code: str
    name_th: str
    name_en: str = ""


class LineBody(Record, frozen=True):
    """A line as sold; amounts in satang. `listed` is the catalogue's price where it differs.

    `unique` is 1 where there is one such piece only.
    """

    code: str
    group: str
    gross: Whole
    name_th: str
    paid: Whole
    price: Whole
    quantity: Whole
    share: Whole
    tax: str
    vat: Whole
    basket_discount: Whole = 0
    discount: DiscountBody | None = None
    discounted: Whole = 0
    listed: Whole = 0
    name_en: str = ""
    price_reason: str = ""
    promotion: PromotedBody | None = None
    unique: Annotated[int, Meta(ge=0, le=1)] = 0


class TenderBody(Record, frozen=True):
    """What was handed over, in satang; `code` is the tender type's, empty for cash."""

    amount: Whole
    kind: str
    code: str = ""
    reference: str = ""


class VoidedLineBody(Record, frozen=True):
    """A line taken out before completion; the amount in satang."""

    amount: Whole
    code: str
    quantity: Whole


class PolicyBody(Record, frozen=True):
    """The share policy a sale was made under; `rate_bp` in hundredths of a percent."""

    basis: str
    number: Count
    rate_bp: Whole


class SaleBody(Record, frozen=True):
    """A completed sale; amounts in satang."""

    business_date: Day
    by: str
    document: Name
    id: Name
    lines: tuple[LineBody, ...]
    n: Whole
    number: Name
    policy: PolicyBody
    share: Whole
    tenders: tuple[TenderBody, ...]
    total: Whole
    vat: Whole
    vat_rate_bp: Whole
    discount: DiscountBody | None = None
    exchange_of: str = ""
    promotion: PromotedBody | None = None
    voided: tuple[VoidedLineBody, ...] = ()


class ReversalLineBody(Record, frozen=True):
    """What comes back of one line of the sale, by its place there; amounts in satang."""

    code: str
    group: str
    line: Count
    name_th: str
    paid: Whole
    quantity: Whole
    share: Whole
    tax: str
    vat: Whole
    name_en: str = ""


class ReversalBody(Record, frozen=True):
    """A refund; amounts in satang, positive. `of` is the sale's number, empty without a receipt."""

    business_date: Day
    by: str
    id: Name
    lines: tuple[ReversalLineBody, ...]
    n: Whole
    number: Name
    of: Name
    of_date: Day
    policy: PolicyBody
    reason: str
    share: Whole
    tenders: tuple[TenderBody, ...]
    total: Whole
    vat: Whole
    vat_rate_bp: Whole
    approved_by: str = ""


class VoidBody(ReversalBody, frozen=True):
    """The void of a sale of the same session: all of it, under the sale's own number."""
