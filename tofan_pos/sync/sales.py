"""A sale as a journal entry's body, and back."""

from datetime import date, datetime

from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.catalogue import Basis, SharePolicy, TaxKind, Text
from tofan_pos.domain.money import MOST, round_half_up
from tofan_pos.domain.numbering import DocumentKind, document_number
from tofan_pos.domain.sale import Line, Sale, Tender, TenderKind
from tofan_pos.domain.tax import WHOLE_BP
from tofan_pos.sync.entries import (
    DiscountBody,
    LineBody,
    PolicyBody,
    SaleBody,
    Sold,
    TenderBody,
)

DOCUMENT_KINDS = frozenset(DocumentKind)
"""The kinds of document this program knows."""


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
        policy=PolicyBody(
            basis=sale.policy.basis.value, number=sale.policy.number, rate_bp=sale.policy.rate_bp
        ),
        share=sale.share,
        tenders=tuple(TenderBody(amount=t.amount, kind=t.kind.value) for t in sale.tenders),
        total=sale.total,
        vat=sale.vat,
        vat_rate_bp=sale.vat_rate_bp,
        discount=_discount_body(sale.discount),
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
        discount=_discount_of(body.discount),
        tenders=tuple(Tender(TenderKind(t.kind), t.amount) for t in body.tenders),
        total=body.total,
        vat_rate_bp=body.vat_rate_bp,
        vat=body.vat,
        policy=SharePolicy(
            number=body.policy.number,
            rate_bp=body.policy.rate_bp,
            basis=Basis(body.policy.basis),
        ),
    )


def holds_together(entry: Sold) -> bool:
    """Tell whether a sale agrees with itself: its number, its day, and every sum to the satang.

    A signature shows who wrote an entry, not that it is right; what a broken till or a stolen key
    makes up must not be paid out. Kinds of document and bases that are new here are taken as said.
    """
    body, lines = entry.body, entry.body.lines
    try:
        date.fromisoformat(body.business_date)
        # Not `read_moment`: its strptime would cost more than all the rest.
        datetime.fromisoformat(entry.at)
    except ValueError:
        return False
    paid = vat = share = 0
    for line in lines:
        if not (
            line.gross == line.price * line.quantity <= MOST
            and line.paid == line.gross - line.discounted - line.basket_discount
            and line.vat <= line.paid
            and line.share <= line.paid
        ):
            return False
        paid += line.paid
        vat += line.vat
        share += line.share
    return (
        bool(lines)
        and (paid, vat, share) == (body.total, body.vat, body.share)
        and body.total <= MOST
        and sum([tender.amount for tender in body.tenders]) >= body.total
        and _number_holds(entry)
        and _share_holds(body)
    )


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
        discount=_discount_body(line.discount),
        discounted=line.discounted,
        name_en=line.name.en,
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
        discount=_discount_of(body.discount),
        basket_discount=body.basket_discount,
        paid=body.paid,
        tax=TaxKind(body.tax),
        vat=body.vat,
        share=body.share,
    )


def _discount_body(discount: Discount | None) -> DiscountBody | None:
    if discount is None:
        return None
    return DiscountBody(
        bearer=discount.bearer.value,
        kind=discount.kind.value,
        reason=discount.reason,
        value=discount.value,
    )


def _discount_of(body: DiscountBody | None) -> Discount | None:
    if body is None:
        return None
    return Discount(
        kind=DiscountKind(body.kind),
        value=body.value,
        reason=body.reason,
        bearer=Bearer(body.bearer),
    )
