"""What a catalogue file says, line by line: strict records, and the catalogue they make."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

import msgspec

from tofan_pos.domain.basket import Bearer
from tofan_pos.domain.catalogue import (
    KnownTill,
    Picture,
    ProducerGroup,
    Product,
    SharePolicy,
    Story,
    Text,
)
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Staff
from tofan_pos.domain.promotion import Promotion
from tofan_pos.domain.published import Catalogue
from tofan_pos.domain.rules import DatedPolicy, DatedPrice, Head, Rules
from tofan_pos.domain.sale import TenderType
from tofan_pos.domain.tax import TaxRate
from tofan_pos.sync.canonical import canonical, read_canonical
from tofan_pos.sync.catalogue_records import (
    ORDER,
    GroupLine,
    HeadLine,
    Known,
    Line,
    PictureLine,
    PolicyLine,
    PriceLine,
    ProductLine,
    PromotionLine,
    RateLine,
    StaffLine,
    StoryPart,
    TenderLine,
    TillLine,
)

LONGEST_LINE = 64 * 1024

_PLACE = {kind: place for place, kind in enumerate(ORDER)}
_DECODER: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Known)


def lines_of(catalogue: Catalogue) -> Iterator[bytes]:
    """Yield a catalogue's lines, without line feeds, pictures last and without their bytes."""
    return map(canonical, _records(catalogue))


def _records(catalogue: Catalogue) -> Iterator[Line]:
    for group in catalogue.groups:
        yield GroupLine(code=group.code, label_th=group.label.th, label_en=group.label.en)
    yield from map(_product_line, catalogue.products)
    for person in catalogue.staff or ():
        yield StaffLine(
            code=person.code,
            name=person.name,
            role=person.role,
            verifier=person.verifier,
            active=int(person.active),
        )
    yield from map(_promotion_line, catalogue.promotions)
    for one in catalogue.tender_types:
        yield TenderLine(
            code=one.code,
            name_th=one.name.th,
            paid_by=one.kind,
            name_en=one.name.en,
            needs_reference=int(one.needs_reference),
        )
    for till in catalogue.known_tills:
        yield TillLine(epoch=till.epoch, public_key=till.public_key.hex(), till=till.till)
    for price in catalogue.prices:
        yield PriceLine(price=price.price, product=price.product, since=price.since.isoformat())
    yield from _rule_lines(catalogue.rules)
    for picture in catalogue.pictures:
        yield PictureLine(sha256=picture.sha256, size=len(picture.content))


def _product_line(product: Product) -> ProductLine:
    story = product.story
    part = None
    if story is not None and story.approved_until is not None:
        part = StoryPart(
            until=story.approved_until.isoformat(),
            long_en=story.long.en,
            long_th=story.long.th,
            short_en=story.short.en,
            short_th=story.short.th,
        )
    return ProductLine(
        code=product.code,
        group=product.group,
        name_th=product.name.th,
        price=product.price,
        active=int(product.active),
        barcode=product.barcode,
        category_en=product.category.en,
        category_th=product.category.th,
        favourite=int(product.favourite),
        name_en=product.name.en,
        picture=product.picture,
        story=part,
        unique=int(product.unique),
        vat=product.vat,
    )


def _promotion_line(promotion: Promotion) -> PromotionLine:
    return PromotionLine(
        code=promotion.code,
        lowers=promotion.kind,
        name_th=promotion.name.th,
        scope=promotion.scope,
        value=promotion.value,
        about=promotion.about,
        bearer=Bearer(promotion.bearer),
        count=promotion.count,
        least=promotion.least,
        mall=promotion.mall,
        name_en=promotion.name.en,
        since=promotion.since.isoformat() if promotion.since else None,
        until=promotion.until.isoformat() if promotion.until else None,
    )


def _rule_lines(rules: Rules) -> Iterator[Line]:
    for dated in rules.policies:
        yield PolicyLine(
            number=dated.policy.number,
            rate_bp=dated.policy.rate_bp,
            since=dated.since.isoformat(),
            basis=dated.policy.basis,
        )
    for rate in rules.rates:
        yield RateLine(rate_bp=rate.rate_bp, since=rate.since.isoformat())
    for head in rules.heads:
        yield HeadLine(
            since=head.since.isoformat(),
            branch=head.branch,
            brand_en=head.brand.en,
            brand_th=head.brand.th,
            owner_en=head.owner.en,
            owner_th=head.owner.th,
            tax_id=head.tax_id,
        )


# --- reading -------------------------------------------------------------------------------------

_Kind = TypeVar("_Kind", bound=Line)


def catalogue_of(lines: Iterable[bytes], pictures: bytes) -> Catalogue:
    """Return the catalogue that lines make, with the pictures that follow one another in bytes.

    Raises `Refusal(NOT_A_CATALOGUE_FILE)` for a line that is not canonical, not in its place, or
    of no known kind, and where the pictures are not exactly those that are named.
    """
    found: dict[type[Line], list[Line]] = {kind: [] for kind in ORDER}
    place = 0
    for line in lines:
        record = _read(line)
        if _PLACE[type(record)] < place:
            raise Refusal(Why.NOT_A_CATALOGUE_FILE, detail="order of lines")
        place = _PLACE[type(record)]
        found[type(record)].append(record)

    def of(kind: type[_Kind]) -> list[_Kind]:
        return [record for record in found[kind] if isinstance(record, kind)]

    try:
        return Catalogue(
            products=tuple(map(_product_of, of(ProductLine))),
            groups=tuple(
                ProducerGroup(one.code, Text(one.label_th, one.label_en)) for one in of(GroupLine)
            ),
            pictures=tuple(_pictures_of(of(PictureLine), pictures)),
            staff=tuple(map(_staff_of, of(StaffLine))) or None,
            promotions=tuple(map(_promotion_of, of(PromotionLine))),
            tender_types=tuple(map(_tender_of, of(TenderLine))),
            known_tills=tuple(
                KnownTill(one.till, one.epoch, bytes.fromhex(one.public_key))
                for one in of(TillLine)
            ),
            prices=tuple(
                DatedPrice(one.product, date.fromisoformat(one.since), one.price)
                for one in of(PriceLine)
            ),
            rules=Rules(
                policies=tuple(map(_policy_of, of(PolicyLine))),
                rates=tuple(
                    TaxRate(date.fromisoformat(one.since), one.rate_bp) for one in of(RateLine)
                ),
                heads=tuple(map(_head_of, of(HeadLine))),
            ),
        )
    except ValueError as error:
        # A day that no calendar has.
        raise Refusal(Why.NOT_A_CATALOGUE_FILE, detail=str(error)) from error


def _read(line: bytes) -> Line:
    try:
        return read_canonical(line, _DECODER)
    except ValueError as error:
        raise Refusal(Why.NOT_A_CATALOGUE_FILE, detail=str(error)) from error


def _pictures_of(named: Iterable[PictureLine], content: bytes) -> Iterator[Picture]:
    start = 0
    for one in named:
        yield Picture(one.sha256, content[start : start + one.size])
        start += one.size
    if start != len(content):
        raise Refusal(Why.NOT_A_CATALOGUE_FILE, detail="pictures")


def _product_of(line: ProductLine) -> Product:
    part = line.story
    story = None
    if part is not None:
        story = Story(
            short=Text(part.short_th, part.short_en),
            long=Text(part.long_th, part.long_en),
            approved_until=date.fromisoformat(part.until),
        )
    return Product(
        code=line.code,
        name=Text(line.name_th, line.name_en),
        price=line.price,
        group=line.group,
        category=Text(line.category_th, line.category_en),
        barcode=line.barcode,
        vat=line.vat,
        unique=bool(line.unique),
        favourite=bool(line.favourite),
        active=bool(line.active),
        story=story,
        picture=line.picture,
    )


def _staff_of(line: StaffLine) -> Staff:
    return Staff(
        code=line.code,
        name=line.name,
        role=line.role,
        verifier=line.verifier,
        active=bool(line.active),
    )


def _promotion_of(line: PromotionLine) -> Promotion:
    return Promotion(
        code=line.code,
        name=Text(line.name_th, line.name_en),
        kind=line.lowers,
        value=line.value,
        scope=line.scope,
        about=line.about,
        count=line.count,
        least=line.least,
        since=date.fromisoformat(line.since) if line.since else None,
        until=date.fromisoformat(line.until) if line.until else None,
        mall=line.mall,
        bearer=line.bearer.value,
    )


def _tender_of(line: TenderLine) -> TenderType:
    return TenderType(
        code=line.code,
        kind=line.paid_by,
        name=Text(line.name_th, line.name_en),
        needs_reference=bool(line.needs_reference),
    )


def _policy_of(line: PolicyLine) -> DatedPolicy:
    policy = SharePolicy(number=line.number, rate_bp=line.rate_bp, basis=line.basis)
    return DatedPolicy(date.fromisoformat(line.since), policy)


def _head_of(line: HeadLine) -> Head:
    return Head(
        since=date.fromisoformat(line.since),
        brand=Text(line.brand_th, line.brand_en),
        owner=Text(line.owner_th, line.owner_en),
        tax_id=line.tax_id,
        branch=line.branch,
    )
