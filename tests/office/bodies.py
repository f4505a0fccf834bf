"""Bodies of documents as a till writes them, to be honest with or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from msgspec import structs

from tofan_pos.domain.catalogue import TaxKind, Text
from tofan_pos.domain.reversal import SoldLine, part_of
from tofan_pos.sync.documents import (
    LineBody,
    PolicyBody,
    ReversalBody,
    ReversalLineBody,
    SaleBody,
    TenderBody,
    VoidBody,
)
from tofan_pos.sync.events import GroupBody, GroupsBody


@dataclass(frozen=True)
class Part:
    """A line of a sale that matters to the ledger; amounts in satang."""

    group: str = "G1"
    quantity: int = 1
    paid: int = 107_00
    vat: int = 7_00
    share: int = 70_00


def sale(n: int, *parts: Part, day: str = "2026-11-22", name: str = "ผ้าทอมือ") -> SaleBody:
    """Return a completed sale of some lines."""
    lines = parts or (Part(),)
    total = sum(part.paid for part in lines)
    return SaleBody(
        business_date=day,
        by="S01",
        document="VAT_RECEIPT",
        id=f"{n:032x}",
        lines=tuple(
            LineBody(
                code=f"TF-{at}",
                group=part.group,
                gross=part.paid * part.quantity,
                discounted=part.paid * part.quantity - part.paid,
                name_th=name,
                name_en="Cloth",
                paid=part.paid,
                price=part.paid,
                quantity=part.quantity,
                share=part.share,
                tax="standard",
                vat=part.vat,
            )
            for at, part in enumerate(lines)
        ),
        n=n,
        number=f"CTW1-V{n:06d}",
        # A basis nobody knows is taken as said, so a part's share may be anything.
        policy=PolicyBody(basis="as_said", number=1, rate_bp=7000),
        share=sum(part.share for part in lines),
        tenders=(TenderBody(amount=total, kind="cash"),),
        total=total,
        vat=sum(part.vat for part in lines),
        vat_rate_bp=700,
    )


def refund(
    n: int,
    sold: SaleBody,
    taken: Mapping[int, int] | None = None,
    *,
    before: Mapping[int, int] = MappingProxyType({}),
    **changes: Any,
) -> ReversalBody:
    """Return a refund of lines of a sale (place: pieces), of all of them where none is named."""
    chosen = {at: line.quantity for at, line in enumerate(sold.lines)} if taken is None else taken
    return structs.replace(_reversal(ReversalBody, n, sold, chosen, before), **changes)


def void(sold: SaleBody, **changes: Any) -> VoidBody:
    """Return the void of a sale."""
    whole = {at: line.quantity for at, line in enumerate(sold.lines)}
    return structs.replace(_reversal(VoidBody, sold.n, sold, whole, {}), **changes)


Reversed = TypeVar("Reversed", bound=ReversalBody)


def _reversal(
    kind: type[Reversed],
    n: int,
    sold: SaleBody,
    chosen: Mapping[int, int],
    before: Mapping[int, int],
) -> Reversed:
    lines = tuple(
        reversal_line(sold.lines[at], at, quantity=quantity, before=before.get(at, 0))
        for at, quantity in chosen.items()
    )
    total = sum(line.paid for line in lines)
    return kind(
        business_date=sold.business_date,
        by="S01",
        id="",
        lines=lines,
        n=n,
        number=sold.number,
        of=sold.number,
        of_date=sold.business_date,
        policy=sold.policy,
        reason="ชำรุด",
        share=sum(line.share for line in lines),
        tenders=(TenderBody(amount=total, kind="cash"),),
        total=total,
        vat=sum(line.vat for line in lines),
        vat_rate_bp=sold.vat_rate_bp,
    )


def reversal_line(line: LineBody, at: int, *, quantity: int, before: int = 0) -> ReversalLineBody:
    """Return so many pieces of a line that come back, as the domain reckons them."""
    whole = SoldLine(
        position=at,
        code=line.code,
        name=Text(line.name_th, line.name_en),
        group=line.group,
        quantity=line.quantity,
        paid=line.paid,
        tax=TaxKind(line.tax),
        vat=line.vat,
        share=line.share,
    )
    part = part_of(whole, before=before, quantity=quantity)
    return ReversalLineBody(
        code=part.code,
        group=part.group,
        line=at,
        name_th=part.name.th,
        name_en=part.name.en,
        paid=part.paid,
        quantity=quantity,
        share=part.share,
        tax=line.tax,
        vat=part.vat,
    )


def groups(**labels: str) -> GroupsBody:
    """Return an entry that names groups: `G1="Weavers"`."""
    return GroupsBody(
        groups=tuple(
            GroupBody(code=code, label_en=label, label_th=f"กลุ่ม {label}")
            for code, label in labels.items()
        )
    )
