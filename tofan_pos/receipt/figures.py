"""The sections of a till report: documents, trade, makers' share, discounts, tenders and drawer."""

from collections.abc import Iterator, Mapping

from tofan_pos.domain.basket import Bearer
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.money import baht, shown
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.report import CASH, EXCHANGE, TenderTotal, TillReport
from tofan_pos.domain.reversal import SERIES
from tofan_pos.receipt import parts
from tofan_pos.receipt.document import (
    Block,
    Detail,
    Framed,
    Heading,
    Item,
    Pair,
    Size,
    Space,
    Tallied,
)
from tofan_pos.receipt.voice import Voice

SLIPS = "M"
"""The series of the slips of cash in and out."""


def documents(report: TillReport, voice: Voice) -> Iterator[Block]:
    """Say of each series how many documents there are, the first and the last."""
    yield Heading(voice.label("Documents"))
    for run in report.runs:
        numbers = run.first if run.first == run.last else f"{run.first} – {run.last}"
        name = _series(run.series, voice)
        yield Item(name=name, amount=f"{run.count:,}", details=(Detail(numbers),))
    if not report.runs:
        yield Pair(left=voice.label("None"), right="0")


def _series(series: str, voice: Voice) -> str:
    if series in {kind.series for kind in DocumentKind}:
        return voice.label("Receipts")
    if series == SERIES:
        return voice.label("Returns")
    if series == SLIPS:
        return voice.label("Cash slips")
    return series


def trade(
    report: TillReport, voice: Voice, *, kind: DocumentKind, blind: bool = False
) -> Iterator[Block]:
    """Say what was sold, what came back, what is left of it, and the makers' share.

    A `blind` paper counts documents and says no sums: where all was paid in cash, their net is
    what lies in the drawer.
    """
    sales, refunds, voids, net = report.sales, report.refunds, report.voids, report.net
    yield Heading(voice.label("Sales and returns"))
    for name, sums, sign in (
        (voice.label("Sales"), sales, 1),
        (voice.label("Returns"), refunds, -1),
        (voice.label("Voided receipts"), voids, -1),
    ):
        amount = "" if blind else shown(sign * sums.total)
        yield Tallied(left=name, count=f"{sums.count:,}", right=amount)
    amount = "" if blind else shown(net.total)
    yield Tallied(left=voice.label("Net"), count=f"{net.count:,}", right=amount, bold=True)
    vat = kind is DocumentKind.VAT_RECEIPT or sales.vat or refunds.vat or voids.vat
    if vat and not blind:
        # Only together with the exempt value does the base show where the VAT comes from.
        for name, satang in (
            (voice.label("Value before VAT"), net.total - net.vat - net.exempt),
            (voice.label("VAT"), net.vat),
            (voice.label("Value exempt from VAT"), net.exempt),
        ):
            yield Pair(left=name, right=shown(satang), size=Size.SMALL)
    if blind:
        # The share too would tell the sum it is a part of.
        return
    yield Space(1.5)
    yield Framed(
        texts=(baht(net.share),),
        notes=(voice.label("The makers' share"), *_share_parts(report)),
        size=Size.LARGE,
    )
    yield Space(1)


def _share_parts(report: TillReport) -> Iterator[str]:
    taken_back = report.refunds.share + report.voids.share
    if taken_back:
        yield f"{shown(report.sales.share)} {parts.MINUS} {shown(taken_back)}"


def discounts(report: TillReport, voice: Voice) -> Iterator[Block]:
    """Say who gave how much in discounts and promotions."""
    yield Heading(voice.label("Discounts and promotions"))
    for bearer, amount in report.discounts:
        yield Pair(left=_bearer(bearer, voice), right=shown(-amount))
    if not report.discounts:
        yield Pair(left=voice.label("None"), right=shown(0))


def _bearer(bearer: str, voice: Voice) -> str:
    match bearer:
        case Bearer.BRAND:
            return voice.label("The brand")
        case Bearer.MALL:
            return voice.label("The mall")
        case Bearer.SHARED:
            return voice.label("Shared")
    return bearer


def tenders(report: TillReport, voice: Voice, *, names: Mapping[str, Text]) -> Iterator[Block]:
    """Say what came in by each tender, what was paid back by it, and what is left.

    An exchange comes and goes within one visit: it is not said unless something is left of it.
    """
    yield Heading(voice.label("How it was paid"))
    said = [total for total in report.tenders if total.net or total.key != EXCHANGE]
    for total in said:
        name = parts.tender_name(total.key, voice, names=names)
        details = tuple(_back(total, voice)) if total.paid_back else ()
        yield Item(name=name, amount=shown(total.net), details=details)
    if not said:
        yield Pair(left=voice.label("None"), right=shown(0))


def untold(voice: Voice) -> Iterator[Block]:
    """Say that a blind paper leaves out what the drawer should hold."""
    yield Space(1)
    yield Framed(texts=voice.say("Amounts by tender are shown after the count"))
    yield Space(1)


def _back(total: TenderTotal, voice: Voice) -> Iterator[Detail]:
    """Say what came in and went out by a tender; of slips, those of voids are not kept."""
    yield Detail(voice.label("Received"), shown(total.taken))
    yield Detail(voice.label("Paid back"), shown(-total.paid_back))
    if total.voided:
        yield Detail(voice.label("of that, voids"), shown(-total.voided))
    if total.key not in {CASH, EXCHANGE}:
        yield Detail(voice.label("Slips to count"), shown(total.taken - total.voided))


def drawer(report: TillReport, voice: Voice) -> Iterator[Block]:
    """Add up what should lie in the drawer, from the float to the last pickup."""
    paid_in, paid_out, pickups = report.paid_in, report.paid_out, report.pickups
    cash = sum(total.net for total in report.tenders if total.key == CASH)
    yield Heading(voice.label("Cash in the drawer"))
    yield Pair(left=voice.label("Opening float"), right=shown(report.opening))
    yield Pair(left=voice.label("Cash from sales"), right=shown(cash))
    yield _moved(voice.label("Paid in"), paid_in.count, paid_in.amount)
    yield _moved(voice.label("Paid out"), paid_out.count, -paid_out.amount)
    yield _moved(voice.label("To the safe"), pickups.count, -pickups.amount)
    expected = report.expected()[CASH]
    if expected < 0:
        beyond = voice.label("More paid out than there was")
        yield Pair(left=beyond, right=shown(expected), bold=True)
    else:
        yield Pair(left=voice.label("Should be there"), right=shown(expected), bold=True)


def _moved(name: str, count: int, amount: int) -> Tallied:
    return Tallied(left=name, count=f"{count:,}", right=shown(amount))


def happenings(report: TillReport, voice: Voice, *, blind: bool = False) -> Iterator[Block]:
    """Count what did not run straight: what a supervisor looks through.

    A `blind` paper does not say what was paid back.
    """
    lines, baskets = report.voided_lines, report.voided_baskets
    changed, unproved, swapped = report.price_changes, report.no_receipt, report.exchanges
    yield Heading(voice.label("Other events"))
    rows = (
        (voice.label("Price changes"), changed.count, shown(-changed.amount)),
        (
            voice.label("Returns without receipt"),
            unproved.count,
            "" if blind else shown(-unproved.amount),
        ),
        (voice.label("Exchanges"), swapped.count, "" if blind else shown(swapped.amount)),
        (voice.label("Voided lines"), lines.count, shown(lines.amount)),
        (voice.label("Voided baskets"), baskets.count, shown(baskets.amount)),
        (voice.label("Drawer opened without a sale"), report.no_sales, ""),
        (voice.label("Reprints"), report.reprints, ""),
        (voice.label("Approvals"), report.overrides, ""),
        (voice.label("Parked at the end"), report.parked, ""),
    )
    for name, count, amount in rows:
        yield Tallied(left=name, count=f"{count:,}", right=amount, size=Size.SMALL)


def grand_totals(report: TillReport, voice: Voice) -> Iterator[Block]:
    """Say what the till has sold in all, before this session and after it."""
    yield Heading(voice.label("Running total"))
    before = report.grand_total_before
    yield Pair(left=voice.label("Before this session"), right=shown(before), size=Size.SMALL)
    yield Pair(left=voice.label("This session"), right=shown(report.net.total), size=Size.SMALL)
    yield Pair(left=voice.label("Running total"), right=shown(report.grand_total), bold=True)
