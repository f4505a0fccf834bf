"""Rows and facts: how a sale and a product lie in the till's tables, and come back."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.catalogue import Basis, Product, SharePolicy, Story, TaxKind, Text
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.promotion import Promoted
from tofan_pos.domain.sale import Line, Sale, Tender, TenderKind

Values = tuple[Any, ...]


def sale_row(sale: Sale, seq: int) -> Values:
    """Return a sale's row; columns as in `schema.sale`."""
    return (
        seq,
        sale.id,
        sale.kind.series,
        sale.n,
        moment(sale.at),
        sale.business_date.isoformat(),
        sale.by,
        sale.kind.value,
        sale.total,
        sale.vat_rate_bp,
        sale.vat,
        sale.share,
        sale.policy.number,
        sale.policy.rate_bp,
        sale.policy.basis.value,
        *_discount_values(sale.discount),
        *_promotion_values(sale.promotion),
        len(sale.voided),
        sum(line.amount for line in sale.voided),
        sale.exchange_of,
    )


def line_rows(sale: Sale, seq: int) -> list[Values]:
    """Return the rows of a sale's lines; columns as in `schema.sale_line`."""
    return [
        (
            seq,
            position,
            line.code,
            line.name.th,
            line.name.en,
            line.group,
            line.quantity,
            line.price,
            line.gross,
            line.discounted,
            *_discount_values(line.discount),
            line.basket_discount,
            line.paid,
            line.tax.value,
            line.vat,
            line.share,
            *_promotion_values(line.promotion),
            line.listed,
            line.price_reason,
            line.unique,
        )
        for position, line in enumerate(sale.lines)
    ]


def tender_rows(sale: Sale, seq: int) -> list[Values]:
    """Return the rows of a sale's tenders; columns as in `schema.tender`."""
    return [
        (seq, i, tender.kind.value, tender.amount, tender.code, tender.reference)
        for i, tender in enumerate(sale.tenders)
    ]


def sale_of(
    row: Any, lines: Iterable[Any], tenders: Iterable[Any], *, till: str, epoch: int
) -> Sale:
    """Return the sale that its rows hold, their values by name. Raises `Trouble(STORE_DAMAGED)`.

    Lines taken out before completion are in its entry alone; the tables hold what they come to.
    """
    with readable():
        return _sale_of(row, lines, tenders, till=till, epoch=epoch)


def _sale_of(
    row: Any, lines: Iterable[Any], tenders: Iterable[Any], *, till: str, epoch: int
) -> Sale:
    sold = tuple(map(_line_of, lines))
    return Sale(
        id=row.id,
        till=till,
        epoch=epoch,
        kind=DocumentKind(row.document),
        n=row.n,
        at=datetime.fromisoformat(row.at),
        business_date=date.fromisoformat(row.business_date),
        by=row.by,
        lines=sold,
        discount=_discount_of(row),
        promotion=_promotion_of(row, sum(line.basket_discount for line in sold)),
        exchange_of=row.exchange_of,
        tenders=tuple(Tender(TenderKind(t.kind), t.amount, t.code, t.reference) for t in tenders),
        total=row.total,
        vat_rate_bp=row.vat_rate_bp,
        vat=row.vat,
        policy=SharePolicy(
            number=row.policy, rate_bp=row.policy_rate_bp, basis=Basis(row.policy_basis)
        ),
    )


def product_row(product: Product) -> Values:
    """Return a product's row; columns as in `schema.product`."""
    story = product.story
    until = story.approved_until if story else None
    return (
        product.code,
        product.barcode,
        product.name.th,
        product.name.en,
        product.category.th,
        product.category.en,
        product.price,
        product.group,
        product.unique,
        product.favourite,
        product.vat.value,
        product.active,
        product.picture,
        until.isoformat() if until else None,
        story.short.th if story else "",
        story.short.en if story else "",
        story.long.th if story else "",
        story.long.en if story else "",
    )


def product_of(row: Values) -> Product:
    """Return the product that its row holds; columns as in `schema.product`.

    Raises `Trouble(STORE_DAMAGED)`.
    """
    with readable():
        return _product_of(row)


def _product_of(row: Values) -> Product:
    (
        code,
        barcode,
        name_th,
        name_en,
        category_th,
        category_en,
        price,
        group,
        unique,
        favourite,
        vat,
        active,
        picture,
        until,
        *stories,
    ) = row
    short_th, short_en, long_th, long_en = stories
    return Product(
        code=code,
        barcode=barcode,
        name=Text(name_th, name_en),
        category=Text(category_th, category_en),
        price=price,
        group=group,
        unique=bool(unique),
        favourite=bool(favourite),
        vat=TaxKind(vat),
        active=bool(active),
        picture=picture,
        story=Story(
            short=Text(short_th, short_en),
            long=Text(long_th, long_en),
            approved_until=date.fromisoformat(until) if until else None,
        )
        if any(stories)
        else None,
    )


def settings_of(text: object) -> dict[str, Any]:
    """Return a profile's settings. Raises `Trouble(STORE_DAMAGED)`."""
    with readable():
        if not isinstance(text, str) or not isinstance(found := json.loads(text), dict):
            raise TypeError("settings")
        return found


def key_of(value: object) -> bytes:
    """Return a profile's public key. Raises `Trouble(STORE_DAMAGED)`."""
    with readable():
        if not isinstance(value, bytes):
            raise TypeError("public key")
        return value


def moment(at: datetime) -> str:
    """Write a UTC moment to the second, so that text order is time's order."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


@contextmanager
def readable() -> Iterator[None]:
    """Tell a value that nobody wrote as damage: a changed byte makes other words and types."""
    try:
        yield
    except (TypeError, ValueError) as error:
        raise Trouble(Ailment.STORE_DAMAGED, detail=str(error)) from error


def _line_of(row: Any) -> Line:
    return Line(
        code=row.code,
        name=Text(row.name_th, row.name_en),
        group=row.maker_group,
        quantity=row.quantity,
        price=row.price,
        gross=row.gross,
        discounted=row.discounted,
        discount=_discount_of(row),
        basket_discount=row.basket_discount,
        paid=row.paid,
        tax=TaxKind(row.tax),
        vat=row.vat,
        share=row.share,
        promotion=_promotion_of(row, row.discounted),
        listed=row.listed,
        price_reason=row.price_reason,
        unique=bool(row.is_unique),
    )


def _promotion_values(promotion: Promoted | None) -> Values:
    if promotion is None:
        return (None, None, None, None)
    return (promotion.code, promotion.name.th, promotion.name.en, promotion.bearer)


def _promotion_of(row: Any, amount: int) -> Promoted | None:
    if row.promotion_code is None:
        return None
    return Promoted(
        code=row.promotion_code,
        name=Text(row.promotion_name_th, row.promotion_name_en),
        bearer=row.promotion_bearer,
        amount=amount,
    )


def _discount_values(discount: Discount | None) -> Values:
    if discount is None:
        return (None, None, None, None)
    return (discount.kind.value, discount.value, discount.reason, discount.bearer.value)


def _discount_of(row: Any) -> Discount | None:
    if row.discount_kind is None:
        return None
    return Discount(
        kind=DiscountKind(row.discount_kind),
        value=row.discount_value,
        reason=row.discount_reason,
        bearer=Bearer(row.discount_bearer),
    )
