"""The lines of a catalogue file as strict records: one kind for each thing that is published."""

from typing import Annotated

from msgspec import Meta, Struct

from tofan_pos.domain.basket import Bearer
from tofan_pos.domain.catalogue import Basis, TaxKind
from tofan_pos.domain.people import Role
from tofan_pos.domain.promotion import PromotionKind, Scope
from tofan_pos.domain.sale import TenderKind
from tofan_pos.sync.record import Day, Digest, Epoch, KeyHex, Record, TillCode, Whole

Flag = Annotated[int, Meta(ge=0, le=1)]


class Line(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="kind"):
    """One thing that is published; what has its default is left out."""


class GroupLine(Line, frozen=True, tag="group"):
    """A producer group."""

    code: str
    label_th: str
    label_en: str = ""


class StoryPart(Record, frozen=True):
    """What a product tells, and the last day on which it may."""

    until: Day
    long_en: str = ""
    long_th: str = ""
    short_en: str = ""
    short_th: str = ""


class ProductLine(Line, frozen=True, tag="product"):
    """A product; `price` in satang, `picture` a SHA-256."""

    code: str
    group: str
    name_th: str
    price: Whole
    active: Flag = 1
    barcode: str = ""
    category_en: str = ""
    category_th: str = ""
    favourite: Flag = 0
    name_en: str = ""
    picture: str = ""
    story: StoryPart | None = None
    unique: Flag = 0
    vat: TaxKind = TaxKind.STANDARD


class StaffLine(Line, frozen=True, tag="staff"):
    """Somebody who works at the tills."""

    code: str
    name: str
    role: Role
    verifier: str
    active: Flag = 1


class PromotionLine(Line, frozen=True, tag="promotion"):
    """A promotion."""

    code: str
    lowers: PromotionKind
    name_th: str
    scope: Scope
    value: Whole
    about: str = ""
    bearer: Bearer = Bearer.BRAND
    count: Whole = 1
    least: Whole = 0
    mall: str = ""
    name_en: str = ""
    since: Day | None = None
    until: Day | None = None


class TenderLine(Line, frozen=True, tag="tender"):
    """A way to pay beside cash."""

    code: str
    name_th: str
    paid_by: TenderKind
    name_en: str = ""
    needs_reference: Flag = 1


class TillLine(Line, frozen=True, tag="till"):
    """A key that receipts of a till's epoch are signed with."""

    epoch: Epoch
    public_key: KeyHex
    till: TillCode


class PriceLine(Line, frozen=True, tag="price"):
    """A product's price from a business date on."""

    price: Whole
    product: str
    since: Day


class PolicyLine(Line, frozen=True, tag="policy"):
    """The makers' share from a business date on."""

    number: Whole
    rate_bp: Whole
    since: Day
    basis: Basis = Basis.PAID_WITHOUT_VAT


class RateLine(Line, frozen=True, tag="vat"):
    """The VAT rate from a business date on."""

    rate_bp: Whole
    since: Day


class HeadLine(Line, frozen=True, tag="head"):
    """The head of papers from a business date on."""

    since: Day
    branch: str = ""
    brand_en: str = ""
    brand_th: str = ""
    owner_en: str = ""
    owner_th: str = ""
    tax_id: str = ""


class PictureLine(Line, frozen=True, tag="picture"):
    """A picture that follows the lines, in their order: its length and SHA-256."""

    sha256: Digest
    size: Whole


Known = (
    GroupLine
    | ProductLine
    | StaffLine
    | PromotionLine
    | TenderLine
    | TillLine
    | PriceLine
    | PolicyLine
    | RateLine
    | HeadLine
    | PictureLine
)
ORDER: tuple[type[Line], ...] = (
    GroupLine,
    ProductLine,
    StaffLine,
    PromotionLine,
    TenderLine,
    TillLine,
    PriceLine,
    PolicyLine,
    RateLine,
    HeadLine,
    PictureLine,
)
"""Lines stand in the order of their kinds, so that a catalogue has one spelling."""
