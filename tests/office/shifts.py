"""A till's day as a forger holds it: what was written, and the Z a till would make of it.

The Z's figures are added up here from the bodies in plain loops, apart from the program's own sums.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from msgspec import structs

from tests.office.forge import AT, Part, Till, refund, sale, void
from tofan_pos.domain.count import Count
from tofan_pos.domain.report import (
    DocumentRun,
    Sums,
    Tally,
    TenderTotal,
    TillReport,
    settle,
)
from tofan_pos.sync.chain import anchor
from tofan_pos.sync.days import count_body, count_of, figures_body, sign_figures
from tofan_pos.sync.documents import (
    DiscountBody,
    LineBody,
    PromotedBody,
    ReversalBody,
    SaleBody,
    TenderBody,
    VoidBody,
    VoidedLineBody,
)
from tofan_pos.sync.events import (
    BasketVoidedBody,
    CountedBody,
    DateRolledBody,
    FiguresBody,
    MovementBody,
    NoSaleBody,
    OverrideBody,
    ParkedBody,
    ParkedLineBody,
    RecalledBody,
    ReprintedBody,
    SessionClosedBody,
    SessionOpenedBody,
    TenderCountBody,
)
from tofan_pos.sync.kinds import Body
from tofan_pos.sync.sales import read_moment

Written = TypeVar("Written", bound=Body)
DAY = "2026-11-22"


@dataclass
class Shift:
    """A till session being forged: everything written since its opening."""

    till: Till
    n: int = 1
    opening: int = 2000_00
    before: int = 0
    parked_before: int = 0
    bodies: list[Body] = field(default_factory=list)

    def __post_init__(self) -> None:
        opening = count_body(Count(((1000_00, self.opening // 1000_00),)))
        self.till.write(SessionOpenedBody(business_date=DAY, by="S01", n=self.n, opening=opening))

    def write(self, body: Written) -> Written:
        """Write an entry and remember it."""
        written = self.till.write(body)
        self.bodies.append(written)
        return written

    def of(self, kind: type[Written]) -> list[Written]:
        """Return what was written of a kind, not of kinds made from it."""
        return [body for body in self.bodies if type(body) is kind]

    def figures(self, counted: Mapping[str, int] = MappingProxyType({})) -> FiguresBody:
        """Return the figures a till would state now, where so much was counted beside cash."""
        report = self.report()
        expected = report.expected()
        return figures_body(report, settle(report, expected | dict(counted)))

    def count(self, counted: Mapping[str, int] = MappingProxyType({}), *, by: str = "S03") -> None:
        """Count the drawer: what should be there, or what is said in its place."""
        found = self.report().expected() | dict(counted)
        others = sorted((key, amount) for key, amount in found.items() if key != "cash")
        notes, loose = divmod(found["cash"], 100_00)
        pieces = ((100_00, notes),) if notes else ()
        self.write(
            CountedBody(
                by=by,
                cash=count_body(Count(pieces, loose)),
                tenders=tuple(TenderCountBody(key=key, amount=amount) for key, amount in others),
            )
        )

    def close(
        self, counted: Mapping[str, int] = MappingProxyType({}), *, sign: bool = True, **lies: Any
    ) -> SessionClosedBody:
        """Close the session, counting it first where nobody has.

        `lies` stand in the figures in the place of the truth.
        """
        if not self.of(CountedBody):
            self.count(counted)
        counts = self.of(CountedBody)
        found = {one.key: one.amount for one in counts[-1].tenders}
        found["cash"] = count_of(counts[-1].cash).total
        figures = structs.replace(self.figures(found), **lies)
        return self.till.write(
            SessionClosedBody(
                cash=counts[-1].cash,
                counted_by=counts[-1].by,
                counts=len(counts),
                figures=figures,
                first_cash=counts[0].cash if len(counts) > 1 else None,
                signature=sign_figures(figures, self.till.key) if sign else "",
            )
        )

    def report(self) -> TillReport:
        """Add up what was written, in plain loops."""
        sales = self.of(SaleBody)
        taken, given = _tenders(sales), Counter[str]()
        voided_by, voids = Counter[str](), self.of(VoidBody)
        for back in (*self.of(ReversalBody), *voids):
            for tender in back.tenders:
                given[tender.code or tender.kind] += tender.amount
                if back in voids:
                    voided_by[tender.code or tender.kind] += tender.amount
        standing = [body for body in sales if body.number not in {void.of for void in voids}]
        changed = [line for body in standing for line in body.lines if line.price_reason]
        loose = [body for body in self.of(ReversalBody) if not body.of]
        set_off = [one for body in sales for one in body.tenders if one.kind == "exchange"]
        days = [body.business_date for body in self.of(DateRolledBody)]
        voided = [line for body in sales for line in body.voided]
        return TillReport(
            till=self.till.code,
            epoch=self.till.epoch,
            n=self.n,
            opened_at=read_moment(AT),
            opened_by="S01",
            at=read_moment(AT),
            by="S02",
            business_date=date.fromisoformat([DAY, *days][-1]),
            first_business_date=date.fromisoformat(DAY),
            opening=self.opening,
            runs=(
                *_run("C", self.of(ReversalBody)),
                *_run("V", sales),
                *_run("M", self.of(MovementBody)),
            ),
            sales=_sums(sales),
            refunds=_sums(self.of(ReversalBody)),
            voids=_sums(self.of(VoidBody)),
            discounts=tuple(_discounts(standing).items()),
            price_changes=Tally(
                len(changed), sum((one.listed - one.price) * one.quantity for one in changed)
            ),
            no_receipt=Tally(len(loose), sum(body.total for body in loose)),
            exchanges=Tally(len(set_off), sum(one.amount for one in set_off)),
            tenders=tuple(
                TenderTotal(key, taken[key], given[key], voided_by[key])
                for key in dict.fromkeys(("cash", *taken, *given))
            ),
            paid_in=self._moved("paid_in"),
            paid_out=self._moved("paid_out"),
            pickups=self._moved("pickup"),
            no_sales=len(self.of(NoSaleBody)),
            reprints=len(self.of(ReprintedBody)),
            overrides=sum(
                isinstance(body, OverrideBody) or bool(getattr(body, "approved_by", ""))
                for body in self.bodies
            ),
            voided_lines=Tally(len(voided), sum(line.amount for line in voided)),
            voided_baskets=Tally(
                len(self.of(BasketVoidedBody)),
                sum(line.amount for body in self.of(BasketVoidedBody) for line in body.lines),
            ),
            parked=self.parked_before + len(self.of(ParkedBody)) - len(self.of(RecalledBody)),
            grand_total_before=self.before,
            seq=self.till.head.seq,
            anchor=anchor(self.till.head.hash),
        )

    def _moved(self, kind: str) -> Tally:
        amounts = [body.amount for body in self.of(MovementBody) if body.movement == kind]
        return Tally(len(amounts), sum(amounts))


def _sums(bodies: list[Any]) -> Sums:
    names = ("total", "vat", "share")
    exempt = [line.paid for body in bodies for line in body.lines if line.tax == "exempt"]
    total, vat, share = (sum(getattr(body, name) for body in bodies) for name in names)
    return Sums(len(bodies), total, vat, share, sum(exempt))


def _run(series: str, bodies: list[Any]) -> tuple[DocumentRun, ...]:
    if not bodies:
        return ()
    return (DocumentRun(series, len(bodies), bodies[0].number, bodies[-1].number),)


def _tenders(sales: list[SaleBody]) -> Counter[str]:
    taken = Counter[str]()
    for body in sales:
        for tender in body.tenders:
            taken[tender.code or tender.kind] += tender.amount
        taken["cash"] -= sum(tender.amount for tender in body.tenders) - body.total
    return taken


def _discounts(sales: list[SaleBody]) -> Counter[str]:
    found = Counter[str]()
    for body in sales:
        for line in body.lines:
            for by, off in (
                (line.discount or line.promotion, line.discounted),
                (body.discount or body.promotion, line.basket_discount),
            ):
                if by and off:
                    found[by.bearer] += off
    return found


# --- what is sold in a day ------------------------------------------------------------------------


def discount(bearer: str) -> DiscountBody:
    return DiscountBody(bearer=bearer, kind="amount", reason="ลูกค้าประจำ", value=1)


def promoted(bearer: str, amount: int) -> PromotedBody:
    return PromotedBody(amount=amount, bearer=bearer, code="P1", name_th="โปร")


def sold(n: int, *lines: LineBody, **changes: Any) -> SaleBody:
    """Return a sale of whole lines, paid in cash to the satang where nothing else is said."""
    total, vat, share = (
        sum(getattr(line, name) for line in lines) for name in ("paid", "vat", "share")
    )
    facts: dict[str, Any] = {
        "lines": lines,
        "total": total,
        "vat": vat,
        "share": share,
        "tenders": (TenderBody(amount=total, kind="cash"),),
    }
    return structs.replace(sale(n), **(facts | changes))


def line(quantity: int = 1, price: int = 107_00, **changes: Any) -> LineBody:
    """Return a line whose discounts are what is said, and whose sums follow."""
    gross = price * quantity
    paid = gross - changes.get("discounted", 0) - changes.get("basket_discount", 0)
    vat = paid * 7 // 107
    if changes.get("tax") == "exempt":
        vat = 0
    facts: dict[str, Any] = {
        "quantity": quantity,
        "price": price,
        "gross": gross,
        "paid": paid,
        "vat": vat,
        "share": (paid - vat) * 7 // 10,
        "discounted": 0,
    }
    return structs.replace(sale(1, Part()).lines[0], **(facts | changes))


def movement(n: int, kind: str, amount: int, **changes: Any) -> MovementBody:
    facts: dict[str, Any] = {
        "amount": amount,
        "business_date": DAY,
        "by": "S01",
        "movement": kind,
        "n": n,
        "number": f"CTW1-M{n:06d}",
        "reason": "เงินทอน",
    }
    return MovementBody(**(facts | changes))


def parked(name: str) -> ParkedBody:
    lines = (ParkedLineBody(code="TF-0", quantity=1),)
    return ParkedBody(by="S01", id=name, lines=lines, name="ลูกค้า", total=107_00)


def full_day(till: Till, n: int = 1, *, first: int = 1, **so_far: Any) -> Shift:
    """Forge a session in which everything happens that a Z has a figure for."""
    shift = Shift(till, n, **so_far)
    c = first
    plain = shift.write(sold(c, line(3), line(1, 50_25)))
    shift.write(
        sold(
            c + 1,
            line(2, discounted=10_00, discount=discount("brand")),
            line(1, 99_99, discounted=5_01, promotion=promoted("mall", 5_01)),
            tenders=(
                TenderBody(amount=200_00, kind="card", code="EDC1", reference="0042"),
                TenderBody(amount=500_00, kind="cash"),
            ),
            voided=(
                VoidedLineBody(code="TF-9", quantity=2, amount=20_50),
                VoidedLineBody(code="TF-8", quantity=1, amount=1),
            ),
        )
    )
    basket = shift.write(
        sold(
            c + 2,
            line(1, basket_discount=7_00),
            line(4, basket_discount=3_00),
            discount=discount("shared"),
            tenders=(TenderBody(amount=525_00, kind="transfer", code="KB"),),
        )
    )
    by_card = TenderBody(amount=36_00, kind="card", code="EDC1", reference="0043")
    paid = (by_card, TenderBody(amount=100_00, kind="cash"))
    mistaken = shift.write(
        sold(
            c + 3,
            line(1, basket_discount=1_00),
            line(1, 30_00, tax="exempt", listed=45_00, price_reason="ชำรุด"),
            promotion=promoted("brand", 1_00),
            tenders=paid,
        )
    )
    shift.write(void(mistaken, approved_by="S09", tenders=paid))
    shift.write(refund(c, plain, {0: 1}))
    shift.write(refund(c + 1, plain, {0: 2, 1: 1}, before={0: 1}, approved_by="S09"))
    returned = refund(c + 2, basket, {1: 1})
    shift.write(
        structs.replace(returned, tenders=(TenderBody(amount=returned.total, kind="exchange"),))
    )
    exchanged = sold(c + 4, line(2), exchange_of=f"{till.holder}-C{c + 2:06d}")
    rest = exchanged.total - returned.total
    tenders = (
        TenderBody(amount=returned.total, kind="exchange"),
        TenderBody(amount=rest, kind="cash"),
    )
    shift.write(structs.replace(exchanged, tenders=tenders))
    shift.write(refund(c + 3, sold(1, line(2, 20_00, tax="exempt")), of="", approved_by="S09"))
    shift.write(
        sold(
            c + 5,
            line(3, 40_00, tax="exempt", listed=45_00, price_reason="ชำรุด"),
            line(1, 0, listed=9_00, price_reason="แถม"),
        )
    )
    shift.write(movement(1, "paid_in", 500_00))
    shift.write(movement(2, "paid_out", 120_50, approved_by="S09"))
    shift.write(movement(3, "pickup", 1000_00, bag="B1"))
    shift.write(movement(4, "change_drawer", 300_00, drawer="2"))
    shift.write(NoSaleBody(by="S01", reason="แลกเหรียญ", approved_by="S09"))
    shift.write(OverrideBody(about="TF-0", approved_by="S09", by="S01", right="discount"))
    shift.write(OverrideBody(about="TF-0 10", approved_by="", by="S09", right="price_override"))
    shift.write(ReprintedBody(by="S01", copy=1, number=plain.number, paper="receipt"))
    shift.write(
        ReprintedBody(by="S01", copy=2, number=plain.number, paper="receipt", approved_by="S09")
    )
    shift.write(
        BasketVoidedBody(by="S01", lines=(VoidedLineBody(code="TF-7", quantity=1, amount=77_00),))
    )
    shift.write(parked(f"a{n}"))
    shift.write(parked(f"b{n}"))
    shift.write(RecalledBody(by="S01", id=f"a{n}"))
    shift.write(DateRolledBody(business_date="2026-11-23", by="S01", approved_by="S09"))
    return shift
