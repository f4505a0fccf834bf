"""A sale as a journal entry's body, and back."""

from collections.abc import Iterable
from datetime import date, datetime

from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.catalogue import Basis, SharePolicy, TaxKind, Text
from tofan_pos.domain.money import MOST, round_half_up
from tofan_pos.domain.numbering import DocumentKind, document_number
from tofan_pos.domain.promotion import Promoted
from tofan_pos.domain.sale import Line, Sale, Tender, TenderKind, VoidedLine
from tofan_pos.domain.tax import WHOLE_BP
from tofan_pos.sync.documents import (
    DiscountBody,
    LineBody,
    PolicyBody,
    PromotedBody,
    SaleBody,
    TenderBody,
    VoidedLineBody,
)
from tofan_pos.sync.kinds import Sold

DOCUMENT_KINDS = frozenset(DocumentKind)
"""The kinds of document this program knows."""
WITHOUT_CHANGE = frozenset(kind for kind in TenderKind if not kind.is_cash)
"""The kinds of tender this program knows to give no change."""


def write_moment(at: datetime) -> str:
    """Write a UTC moment to the second, as entries hold it."""
    # Not strftime, whose %Y is not four digits everywhere for a clock before the year 1000.
    return at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def read_moment(text: str) -> datetime:
    """Read a moment as entries hold it. Raises `ValueError`."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")


def sale_body(sale: Sale) -> SaleBody:
    """Return what an entry says of a sale."""
    return SaleBody(
        business_date=sale.business_date.isoformat(),
        by=sale.by,
        document=sale.kind.value,
        id=sale.id,
        lines=tuple(map(_line_body, sale.lines)),
        n=sale.n,
        number=sale.number,
        policy=policy_body(sale.policy),
        share=sale.share,
        tenders=tender_bodies(sale.tenders),
        total=sale.total,
        vat=sale.vat,
        vat_rate_bp=sale.vat_rate_bp,
        discount=discount_body(sale.discount),
        exchange_of=sale.exchange_of,
        promotion=_promoted_body(sale.promotion),
        voided=voided_bodies(sale.voided),
    )


def sale_of(entry: Sold) -> Sale:
    """Return the sale an entry tells of. Raises `ValueError` for words the domain lacks."""
    body = entry.body
    return Sale(
        id=body.id,
        till=entry.till,
        epoch=entry.epoch,
        kind=DocumentKind(body.document),
        n=body.n,
        at=read_moment(entry.at),
        business_date=date.fromisoformat(body.business_date),
        by=body.by,
        lines=tuple(map(_line_of, body.lines)),
        discount=discount_of(body.discount),
        tenders=tenders_of(body.tenders),
        total=body.total,
        vat_rate_bp=body.vat_rate_bp,
        vat=body.vat,
        policy=policy_of(body.policy),
        promotion=_promoted_of(body.promotion),
        voided=tuple(VoidedLine(v.code, v.quantity, v.amount) for v in body.voided),
        exchange_of=body.exchange_of,
    )


def policy_body(policy: SharePolicy) -> PolicyBody:
    """Return what an entry says of a share policy."""
    return PolicyBody(basis=policy.basis.value, number=policy.number, rate_bp=policy.rate_bp)


def policy_of(body: PolicyBody) -> SharePolicy:
    """Return the share policy an entry names. Raises `ValueError`."""
    return SharePolicy(number=body.number, rate_bp=body.rate_bp, basis=Basis(body.basis))


def tender_bodies(tenders: Iterable[Tender]) -> tuple[TenderBody, ...]:
    """Return what an entry says of tenders."""
    return tuple(
        TenderBody(amount=t.amount, kind=t.kind.value, code=t.code, reference=t.reference)
        for t in tenders
    )


def tenders_of(bodies: Iterable[TenderBody]) -> tuple[Tender, ...]:
    """Return the tenders an entry tells of. Raises `ValueError`."""
    return tuple(Tender(TenderKind(t.kind), t.amount, t.code, t.reference) for t in bodies)


def voided_bodies(voided: Iterable[VoidedLine]) -> tuple[VoidedLineBody, ...]:
    """Return what an entry says of lines taken out before completion."""
    return tuple(VoidedLineBody(code=v.code, quantity=v.quantity, amount=v.amount) for v in voided)


def holds_together(entry: Sold) -> bool:
    """Tell whether a sale agrees with itself: its number, its day, and every sum to the satang.

    A signature shows who wrote an entry, not that it is right; what a broken till or a stolen key
    makes up must not be paid out. Kinds of document and of tender, and bases, that are new here are
    taken as said.
    """
    body, lines = entry.body, entry.body.lines
    try:
        date.fromisoformat(body.business_date)
        # Not `read_moment`: its strptime would cost more than all the rest.
        datetime.fromisoformat(entry.at)
    except ValueError:
        return False
    paid = off = vat = share = 0
    for line in lines:
        if not (
            line.gross == line.price * line.quantity <= MOST
            and line.paid == line.gross - line.discounted - line.basket_discount
            and line.vat <= line.paid
            and line.share <= line.paid
            and (
                line.promotion is None
                or (
                    _promotion_holds(line.promotion, line.discounted, line.discount)
                    and not line.price_reason
                )
            )
            and (not line.listed or (line.price_reason and line.listed != line.price))
            and (not line.unique or line.quantity == 1)
        ):
            return False
        paid += line.paid
        off += line.basket_discount
        vat += line.vat
        share += line.share
    return (
        bool(lines)
        and (paid, vat, share) == (body.total, body.vat, body.share)
        and body.total <= MOST
        and _tenders_hold(body)
        and (body.promotion is None or _promotion_holds(body.promotion, off, body.discount))
        and _number_holds(entry)
        and _share_holds(body)
    )


def _promotion_holds(promoted: PromotedBody, off: int, discount: DiscountBody | None) -> bool:
    """Tell whether a promotion is all that was taken off."""
    return promoted.amount == off and discount is None


def _tenders_hold(body: SaleBody) -> bool:
    """Tell whether a sale is paid, and what is known not to be cash gives no change."""
    paid = sum([tender.amount for tender in body.tenders])
    if paid == body.total:
        return True
    without_cash = sum([t.amount for t in body.tenders if t.kind in WITHOUT_CHANGE])
    return paid > body.total >= without_cash


def _number_holds(entry: Sold) -> bool:
    body = entry.body
    if body.document in DOCUMENT_KINDS:
        series = DocumentKind(body.document).series
        named = document_number(till=entry.till, epoch=entry.epoch, series=series, n=body.n)
        return body.number == named
    return body.number.startswith((f"{entry.till}-", f"{entry.till}.{entry.epoch}-"))


def _share_holds(body: SaleBody) -> bool:
    if body.policy.basis != Basis.PAID_WITHOUT_VAT:
        return True
    return body.share == round_half_up((body.total - body.vat) * body.policy.rate_bp, WHOLE_BP)


def _line_body(line: Line) -> LineBody:
    return LineBody(
        code=line.code,
        group=line.group,
        gross=line.gross,
        name_th=line.name.th,
        paid=line.paid,
        price=line.price,
        quantity=line.quantity,
        share=line.share,
        tax=line.tax.value,
        vat=line.vat,
        basket_discount=line.basket_discount,
        discount=discount_body(line.discount),
        discounted=line.discounted,
        listed=line.listed,
        name_en=line.name.en,
        price_reason=line.price_reason,
        promotion=_promoted_body(line.promotion),
        unique=int(line.unique),
    )


def _line_of(body: LineBody) -> Line:
    return Line(
        code=body.code,
        name=Text(body.name_th, body.name_en),
        group=body.group,
        quantity=body.quantity,
        price=body.price,
        gross=body.gross,
        discounted=body.discounted,
        discount=discount_of(body.discount),
        basket_discount=body.basket_discount,
        paid=body.paid,
        tax=TaxKind(body.tax),
        vat=body.vat,
        share=body.share,
        promotion=_promoted_of(body.promotion),
        listed=body.listed,
        price_reason=body.price_reason,
        unique=bool(body.unique),
    )


def _promoted_body(promotion: Promoted | None) -> PromotedBody | None:
    if promotion is None:
        return None
    return PromotedBody(
        amount=promotion.amount,
        bearer=promotion.bearer,
        code=promotion.code,
        name_th=promotion.name.th,
        name_en=promotion.name.en,
    )


def _promoted_of(body: PromotedBody | None) -> Promoted | None:
    if body is None:
        return None
    name = Text(body.name_th, body.name_en)
    return Promoted(code=body.code, name=name, bearer=body.bearer, amount=body.amount)


def discount_body(discount: Discount | None) -> DiscountBody | None:
    """Return what an entry says of a discount."""
    if discount is None:
        return None
    return DiscountBody(
        bearer=discount.bearer.value,
        kind=discount.kind.value,
        reason=discount.reason,
        value=discount.value,
    )


def discount_of(body: DiscountBody | None) -> Discount | None:
    """Return the discount an entry tells of. Raises `ValueError`."""
    if body is None:
        return None
    return Discount(
        kind=DiscountKind(body.kind),
        value=body.value,
        reason=body.reason,
        bearer=Bearer(body.bearer),
    )
