"""A small catalogue of everything that can be published, head office's key, and its files."""

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

from tofan_pos.domain.catalogue import (
    KnownTill,
    Picture,
    ProducerGroup,
    Product,
    SharePolicy,
    Story,
    TaxKind,
    Text,
)
from tofan_pos.domain.people import Role, Staff
from tofan_pos.domain.promotion import Promotion, PromotionKind, Scope
from tofan_pos.domain.published import Catalogue
from tofan_pos.domain.rules import DatedPolicy, DatedPrice, Head, Rules
from tofan_pos.domain.sale import TenderKind, TenderType
from tofan_pos.domain.tax import TaxRate
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.published import seal_catalogue

AT = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)
OFFICE = SigningKey(b"o" * 32)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
SHOWN = sha256(PICTURE).hexdigest()
VERIFIER = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + "A" * 43

SCARF = Product(
    code="TF-SCARF",
    name=Text("ผ้าพันคอครามทอมือ", "Indigo scarf"),
    price=590_00,
    group="G1",
    category=Text("ผ้าทอ", "Woven"),
    barcode="8850123456787",
    favourite=True,
    story=Story(
        short=Text("ย้อมครามธรรมชาติ", "Natural indigo"),
        long=Text("วรรคหนึ่ง\n\nวรรคสอง", "One\n\nTwo"),
        approved_until=date(2026, 12, 20),
    ),
    picture=SHOWN,
)
DISH = Product(
    code="TF-DISH",
    name=Text("จานดินเผา"),
    price=120_50,
    group="G2",
    vat=TaxKind.EXEMPT,
    unique=True,
    active=False,
)
WHOLE = Catalogue(
    products=(SCARF, DISH),
    groups=(
        ProducerGroup("G1", Text("กลุ่มทอผ้า", "Weavers")),
        ProducerGroup("G2", Text("กลุ่มปั้น")),
    ),
    pictures=(Picture(SHOWN, PICTURE),),
    staff=(
        Staff(code="LEAD1", name="หัวหน้าหนึ่ง", role=Role.SUPERVISOR, verifier=VERIFIER),
        Staff(code="SELL2", name="SELL2", role=Role.CASHIER, verifier=VERIFIER, active=False),
    ),
    promotions=(
        Promotion(
            code="TEN",
            name=Text("ลดสิบ", "Ten off"),
            kind=PromotionKind.PERCENT,
            value=1_000,
            scope=Scope.PRODUCT,
            about="TF-SCARF",
            since=date(2026, 11, 1),
        ),
        Promotion(
            code="SET",
            name=Text("สามชิ้น"),
            kind=PromotionKind.N_FOR_PRICE,
            value=1_500_00,
            scope=Scope.CATEGORY,
            about="ผ้าทอ",
            count=3,
            bearer="mall",
        ),
    ),
    tender_types=(
        TenderType(code="EDC", kind=TenderKind.CARD, name=Text("บัตร", "Card")),
        TenderType(
            code="QR", kind=TenderKind.TRANSFER, name=Text("โอน", "Transfer"), needs_reference=False
        ),
    ),
    known_tills=(KnownTill("CTW1", 1, b"k" * 32), KnownTill("CTW1", 1, b"l" * 32)),
    prices=(
        DatedPrice("TF-SCARF", date(2026, 12, 1), 490_00),
        DatedPrice("TF-SCARF", date(2027, 1, 1), 590_00),
    ),
    rules=Rules(
        policies=(DatedPolicy(date(2027, 1, 1), SharePolicy(number=2, rate_bp=7_500)),),
        rates=(TaxRate(date(2027, 10, 1), 1_000),),
        heads=(
            Head(
                since=date(2026, 12, 1),
                brand=Text("ทอฝัน", "Tofan"),
                tax_id="0994000158378",
                branch="00012",
            ),
        ),
    ),
)
"""Nothing of it is left to its default everywhere."""


def file_of(catalogue: Catalogue = WHOLE, version: int = 1, key: SigningKey = OFFICE) -> bytes:
    """Return a catalogue's file."""
    return seal_catalogue(catalogue, version=version, at=AT, key=key)


def with_scarf(**changes: object) -> Catalogue:
    """Return the catalogue with another scarf."""
    scarf = replace(SCARF, **changes)  # type: ignore[arg-type]  # what a test names
    return replace(WHOLE, products=(scarf, DISH))
