"""Sales and profiles to print, plain and awkward."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tofan_pos import resources
from tofan_pos.domain.basket import Basket, BasketLine, Bearer, Discount, DiscountKind
from tofan_pos.domain.catalogue import Product, SharePolicy, Story, TaxKind, Text
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.sale import Sale, Tender, TenderKind, Terms, complete
from tofan_pos.domain.till import ReceiptLanguage, Seller, TillProfile
from tofan_pos.receipt.build import receipt
from tofan_pos.receipt.document import Document
from tofan_pos.receipt.layout import lay_out
from tofan_pos.receipt.paper import A4, MM80, Codes, Layout, Paper
from tofan_pos.receipt.text import columns, text

STACKED = Text(
    "ผ้าทอมือน้ำผึ้งปั่นญี่ปุ่นกี่กระตุกที่นุ่มที่สุดในหมู่บ้าน",
    "Hand-spun honey-dyed cotton from a fly-shuttle loom, the softest in the village",
)
NAMES = (
    Text("ผ้าขาวม้าฝ้ายทอมือ ตาหมากรุก", "Pha khao ma, checked cotton wrap"),
    Text("ผ้าพันคอฝ้ายลายขิด", "Khit-patterned cotton scarf"),
    STACKED,
    Text("ผ้าไหมมัดหมี่ ลายข้าวหลามตัด", "Mudmee silk length, diamond motif"),
    Text("กระเป๋าสานกระจูด ใบเล็ก", "Krajood basket, small"),
    Text("ต่างหูเงินลายดอกพิกุล", "Silver earrings, bullet-wood flower"),
    Text("สบู่ใยบวบมะขาม", "Tamarind loofah soap"),
)
LONG = Text(
    "ลายตาหมากรุกของผ้าขาวม้าเกิดจากด้ายสองสีที่สลับกันทั้งทางยืนและทางพุ่ง "
    "จังหวะของสีต้องนับเส้นให้ครบตั้งแต่ตอนเดินด้ายยืน ช่างทอด้วยกี่กระตุกได้วันละราวสองผืน "
    "แล้วซักน้ำเปล่าหนึ่งครั้งให้เนื้อผ้าเข้าที่ ผ้ากว้าง 75 ยาว 180 เซนติเมตร",
    "The check of a pha khao ma comes from two colours alternating in both warp and weft, so every "
    "stripe is counted before weaving begins. On a fly-shuttle loom a weaver finishes about two "
    "cloths a day. It measures 75 by 180 cm.",
)
SHORT = Text(
    "ฝ้ายย้อมสีก่อนขึ้นกี่ ทอตาหมากรุกเนื้อแน่น ยิ่งซักยิ่งนุ่ม",
    "Yarn-dyed cotton in a close check that softens with every wash.",
)
STORY = Story(short=SHORT, long=LONG, approved_until=date(2027, 12, 31))
AT = datetime(2026, 11, 22, 7, 5, 42, tzinfo=UTC)


def product(n: int, *, price: int = 290_00, name: Text | None = None) -> Product:
    """Return the n-th product."""
    return Product(
        code=f"TF-WEA-{n:03d}", name=name or NAMES[n % len(NAMES)], price=price, group="G-IND"
    )


def percent(value: int, reason: str = "เปิดร้านวันแรก") -> Discount:
    """Return a discount in hundredths of a percent."""
    return Discount(kind=DiscountKind.PERCENT, value=value, reason=reason, bearer=Bearer.BRAND)


def basket(count: int, *, discounted: bool = False) -> Basket:
    """Return a basket of so many lines, prices and quantities varied."""
    prices = (390_00, 690_00, 4800_00, 8900_00, 320_00, 1250_50, 89_00)
    lines = tuple(
        BasketLine(
            product=product(n, price=prices[n % len(prices)]),
            quantity=(1, 2, 1, 1, 3)[n % 5],
            discount=percent(10_00) if discounted and n % 3 == 1 else None,
        )
        for n in range(count)
    )
    whole = percent(5_00, "สมาชิกห้าง") if discounted else None
    return Basket(lines=lines, discount=whole)


def one(price: int, *, name: Text | None = None) -> Basket:
    """Return a basket of one thing at a price."""
    return Basket(lines=(BasketLine(product=product(0, price=price, name=name)),))


def with_exempt(whole: Basket) -> Basket:
    """Return the basket with its first product exempt from VAT."""
    first, *others = whole.lines
    changed = replace(first, product=replace(first.product, vat=TaxKind.EXEMPT))
    return replace(whole, lines=(changed, *others))


def sale(
    whole: Basket,
    *,
    kind: DocumentKind = DocumentKind.VAT_RECEIPT,
    extra: int = 12_50,
    till: str = "CTW1",
    epoch: int = 1,
) -> Sale:
    """Return the completed sale of a basket, paid in cash with `extra` satang over."""
    rate = 700 if kind is DocumentKind.VAT_RECEIPT else 0
    return complete(
        whole,
        (Tender(TenderKind.CASH, whole.total + extra),),
        terms=Terms(kind=kind, vat_rate_bp=rate, policy=SharePolicy()),
        sale_id="0199",
        till=till,
        epoch=epoch,
        n=42,
        at=AT,
        business_date=date(2026, 11, 22),
        by="S01",
    )


def profile(
    *,
    language: ReceiptLanguage = ReceiptLanguage.TH,
    kind: DocumentKind = DocumentKind.VAT_RECEIPT,
    budget: int = 120,
    page: str = "https://tofan.example/s/",
) -> TillProfile:
    """Return a till's profile."""
    seller = Seller(
        brand=Text("ทอฝัน by พม.", "Tofan by MSDHS"),
        owner=Text(
            "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์",
            "Ministry of Social Development and Human Security",
        ),
        tax_id="0994000158378" if kind is DocumentKind.VAT_RECEIPT else "",
        counter=Text("เซ็นทรัลเวิลด์ ชั้น 1 โซนอีเดน", "CentralWorld, floor 1, Eden zone"),
    )
    return TillProfile(
        till="CTW1",
        epoch=1,
        install_id="i",
        seller=seller,
        kind=kind,
        receipt_language=language,
        story_budget_mm=budget,
        story_page=page,
    )


WORDS = {language: resources.words(language) for language in ("th", "en")}


def document(  # noqa: PLR0913 - what a receipt may vary in
    whole: Basket,
    *,
    language: ReceiptLanguage = ReceiptLanguage.TH,
    kind: DocumentKind = DocumentKind.VAT_RECEIPT,
    budget: int = 120,
    page: str = "https://tofan.example/s/",
    story: Story | None = STORY,
    extra: int = 12_50,
    copy: int = 0,
) -> Document:
    """Return the receipt of a basket, each product with the same story."""
    sold = sale(whole, kind=kind, extra=extra)
    stories = {line.code: story for line in sold.lines} if story else {}
    return receipt(
        sold,
        profile=profile(language=language, kind=kind, budget=budget, page=page),
        anchor="9f3ac71e",
        stories=stories,
        words=WORDS,
        copy=copy,
    )


def measure(text: str, size: int, bold: bool) -> float:  # noqa: FBT001 - the shape of a Measure
    """Measure like a plain face: no width for marks, bold a tenth wider."""
    return columns(text) * size * (0.55 if bold else 0.5)


def _square(data: str) -> tuple[str, ...]:
    side = 21 + len(data) // 8
    return ("1" * side,) * side


CODES = Codes(barcode=lambda data: "110" * len(data) + "11", qr=_square)
"""Codes that nothing can read, and that need no library."""


def laid_out(whole: Document, paper: Paper = MM80) -> Layout:
    """Return a document laid out by the plain face."""
    return lay_out(whole, paper, measure, codes=CODES)


WIDE = replace(A4, name="wide", width=4_000, pairs_from=0, page_height=0)


def said(whole: Document) -> str:
    """Return a document as text on a sheet so wide that nothing is broken."""
    return text(laid_out(whole, WIDE))


def worded(message: str, **facts: object) -> dict[str, str]:
    """Return a message by language."""
    return {language: word(message, **facts) for language, word in WORDS.items()}
