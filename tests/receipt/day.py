"""A day to print: a mixed sale, what came back of it, what went through the drawer, its closing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.receipt import samples
from tofan_pos.domain.basket import Basket
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.count import Count
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.promotion import Promoted
from tofan_pos.domain.report import (
    Closing,
    DocumentRun,
    Sums,
    Tally,
    TenderTotal,
    TillReport,
    ZReport,
    settle,
)
from tofan_pos.domain.reversal import SERIES, Origin, Reversal, ReversalKind, reverse_lines
from tofan_pos.domain.sale import Sale, Tender, TenderKind
from tofan_pos.domain.session import Movement, MovementKind, Session

TENDERS = {
    "KBANK": Text("บัตรเครดิต (เครื่องรูดธนาคาร)", "Credit card"),
    "GIFT": Text("บัตรกำนัลห้าง", "Mall voucher"),
    "ODD": Text("\x1bp โอน <b>", "\u202etransfer"),
}
THREE_FOR = Promoted(code="P1", name=Text("3 ชิ้น 500", "3 for 500"), bearer="brand", amount=40_00)
MALL_DAY = Promoted(
    code="P2", name=Text("วันสมาชิกห้าง", "Mall members' day"), bearer="mall", amount=100_00
)
ANCHOR = "9f3ac71e"
AT = samples.AT + timedelta(hours=3)
DAY = date(2026, 11, 22)


def mixed(count: int = 3, *, kind: DocumentKind = DocumentKind.VAT_RECEIPT) -> Sale:
    """Return a sale with a promotion on its second line and one on its basket, paid three ways."""
    sold = samples.sale(samples.basket(count), kind=kind, extra=0)
    first, second, *others = sold.lines
    second = replace(second, promotion=THREE_FOR, discounted=40_00, paid=second.paid - 40_00)
    first = replace(first, basket_discount=100_00, paid=first.paid - 100_00, listed=450_00)
    total = sold.total - 140_00
    tenders = (
        Tender(TenderKind.CARD, 500_00, code="KBANK", reference="004512"),
        Tender(TenderKind.VOUCHER, 100_00, code="GIFT", reference="VC-2026-11-000000918273"),
        Tender(TenderKind.CASH, total - 600_00 + 7_25),
    )
    return replace(
        sold, lines=(first, second, *others), total=total, tenders=tenders, promotion=MALL_DAY
    )


def returned(
    sold: Sale,
    chosen: dict[int, int],
    *,
    kind: ReversalKind = ReversalKind.REFUND,
    tenders: tuple[Tender, ...] = (),
    reason: str = "สีไม่ตรงกับที่ต้องการ",
) -> Reversal:
    """Return the reversal of chosen quantities of a sale, paid back in cash if not told."""
    lines = reverse_lines(Origin.of(sold), chosen, {})
    back = sum(line.paid for line in lines)
    return Reversal(
        kind=kind,
        id="0200",
        till=sold.till,
        epoch=sold.epoch,
        n=1 if kind is ReversalKind.REFUND else sold.n,
        series=SERIES if kind is ReversalKind.REFUND else sold.kind.series,
        at=AT,
        business_date=DAY,
        by="S01",
        approved_by="S09",
        of=sold.number,
        of_date=sold.business_date,
        reason=reason,
        lines=lines,
        tenders=tenders or (Tender(TenderKind.CASH, back),),
        vat_rate_bp=sold.vat_rate_bp,
        policy=sold.policy,
    )


def void_of(sold: Sale) -> Reversal:
    """Return the void of a whole sale."""
    whole = {position: line.quantity for position, line in enumerate(sold.lines)}
    return returned(sold, whole, kind=ReversalKind.VOID, reason="กดผิดรายการ")


def exchanged(whole: Basket) -> Sale:
    """Return the sale of an exchange: part of it paid with what came back."""
    sold = samples.sale(whole, extra=0)
    back = Tender(TenderKind.EXCHANGE, 590_00)
    tenders = (back, Tender(TenderKind.CASH, sold.total - 590_00))
    return replace(sold, tenders=tenders, exchange_of="CTW1-C000001")


def moved(kind: MovementKind, *, amount: int = 5_000_00, reason: str = "ซื้อถุงกระดาษ") -> Movement:
    """Return a movement of cash."""
    return Movement(
        kind=kind,
        till="CTW1",
        epoch=1,
        n=7,
        at=AT,
        business_date=DAY,
        amount=amount,
        reason=reason,
        by="S01",
        approved_by="S09" if kind is MovementKind.PAID_OUT else "",
        bag="SB-004417" if kind is MovementKind.PICKUP else "",
        drawer="B" if kind is MovementKind.CHANGE_DRAWER else "",
    )


FLOAT = Count.of({500_00: 1, 100_00: 10, 20_00: 20, 10_00: 8, 1_00: 15, 25: 20})


def session(opening: Count = FLOAT) -> Session:
    """Return an open session."""
    return Session(
        n=12,
        seq=300,
        business_date=DAY,
        opened_at=datetime(2026, 11, 22, 2, 58, tzinfo=UTC),
        by="S01",
        opening=opening,
        drawer="A",
    )


def report(*, times: int = 1) -> TillReport:
    """Return a session's figures; `times` makes its amounts larger."""
    return TillReport(
        till="CTW1",
        epoch=1,
        n=12,
        opened_at=datetime(2026, 11, 21, 2, 58, tzinfo=UTC),
        opened_by="S01",
        at=datetime(2026, 11, 22, 14, 6, tzinfo=UTC),
        by="S02",
        business_date=DAY,
        first_business_date=date(2026, 11, 21),
        opening=FLOAT.total,
        runs=(
            DocumentRun("V", 60, "CTW1-V000101", "CTW1-V000160"),
            DocumentRun("C", 1, "CTW1-C000004", "CTW1-C000004"),
            DocumentRun("M", 4, "CTW1-M000031", "CTW1-M000034"),
        ),
        sales=Sums(60, 48_230_50 * times, 3_155_27 * times, 31_552_66 * times),
        refunds=Sums(1, 590_00 * times, 38_60 * times, 385_98 * times),
        voids=Sums(1, 1_250_00 * times, 81_78 * times, 817_75 * times),
        discounts=(("brand", 840_00 * times), ("mall", 1_200_50 * times), ("shared", 15_00)),
        price_changes=Tally(2, 310_00),
        no_receipt=Tally(1, 590_00),
        exchanges=Tally(1, 690_00),
        tenders=(
            TenderTotal("cash", 20_230_50 * times, 590_00 * times),
            TenderTotal("KBANK", 25_000_00 * times, 1_250_00 * times, 1_000_00),
            TenderTotal("GIFT", 3_000_00 * times, 0),
            TenderTotal("exchange", 690_00, 690_00),
        ),
        paid_in=Tally(1, 1_000_00),
        paid_out=Tally(2, 345_00),
        pickups=Tally(1, 10_000_00 * times),
        no_sales=3,
        reprints=2,
        overrides=4,
        voided_lines=Tally(7, 4_120_00),
        voided_baskets=Tally(1, 690_00),
        parked=1,
        grand_total_before=1_188_419_39,
        seq=20_417,
        anchor=ANCHOR,
    )


def closed(
    figures: TillReport, *, short: int = 20_00, again: bool = True, seconded: str = "S03"
) -> ZReport:
    """Return the Z of a session's figures, so many satang short in cash."""
    left = figures.expected()["cash"] - short
    counted: dict[int, int] = {}
    for piece in (1000_00, 100_00, 20_00, 1_00, 25):
        counted[piece], left = divmod(left, piece)
    cash = Count.of(counted)
    closing = Closing(
        cash=cash,
        tenders=tuple((key, amount) for key, amount in figures.expected().items() if key != "cash"),
        first_cash=Count((), cash.total - 100_00) if again else None,
        reason="ทอนเงินผิด" if short else "",
        bag="SB-004418",
        counted_by="S01",
        counts=3 if again else 1,
    )
    return ZReport(
        report=figures,
        closing=closing,
        settled=settle(figures, closing.counted()),
        approved_by="S09",
        seconded=seconded,
        signature="ab" * 64,
    )


def code(length: int) -> str:
    """Return letters and digits of base 32, like a return's or a Z's code."""
    return "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[n * 37 % 101 % 32] for n in range(length))
