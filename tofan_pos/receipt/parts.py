"""What more than one paper says the same way: its head, marks, numbers, people, VAT and money."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import zip_longest
from types import MappingProxyType

from tofan_pos.domain.catalogue import TaxKind, Text
from tofan_pos.domain.count import Count
from tofan_pos.domain.money import shown
from tofan_pos.domain.report import CASH, EXCHANGE
from tofan_pos.domain.reversal import Reversal, ReversalLine
from tofan_pos.domain.sale import Line, Tender, TenderKind
from tofan_pos.domain.till import Seller, TillProfile
from tofan_pos.receipt.document import (
    Align,
    Band,
    Block,
    Document,
    Framed,
    Pair,
    Paragraph,
    Rule,
    Size,
    Space,
    Tallied,
)
from tofan_pos.receipt.voice import Voice
from tofan_pos.thai.dates import business_day

HEAD_OFFICE = "00000"
MINUS = "\N{MINUS SIGN}"
TIMES = "\N{MULTIPLICATION SIGN}"
FIRST = "\N{HORIZONTAL ELLIPSIS}"

# Marks that everybody at a counter must understand, whatever the paper's language.
TRAINING = ("สำหรับฝึก", "FOR TRAINING")
VOID = "ยกเลิก / VOID"

LONGEST_REFERENCE = 16
SHORTENED = 10
"""Of a tender's reference longer than the first, so many of its last characters are printed."""

NO_NAMES: Mapping[str, Text] = MappingProxyType({})


def bound(
    title: str, voice: Voice, inner: Iterable[Block], *, training: bool, narrow: bool = False
) -> Document:
    """Return a paper between its two woven bands; one for training says so above and below."""
    mark = (Framed(texts=TRAINING, size=Size.LARGE),) if training else ()
    above, below = ((*mark, Space(2)), (Space(2), *mark)) if mark else ((), ())
    blocks = (*above, Band(), Space(1.5), *inner, Space(1), Band(), *below)
    return Document(title=title, languages=voice.languages, blocks=blocks, narrow=narrow)


def head(profile: TillProfile, voice: Voice, *, brief: bool = False) -> Iterator[Block]:
    """Say whose counter it is; a `brief` head, for what stays there, leaves the seller out."""
    seller = profile.seller
    brand, *other_brand = voice.each(seller.brand) or ("",)
    yield Paragraph(text=brand, size=Size.LARGE, bold=True, align=Align.CENTRE)
    small: list[str] = []
    if not brief:
        small = [*other_brand, *voice.each(seller.owner), *_registration(seller, voice)]
    small += voice.each(seller.counter)
    for text in small:
        yield Paragraph(text=text, size=Size.SMALL, align=Align.CENTRE)
    yield Space(1.5)


def _registration(seller: Seller, voice: Voice) -> Iterator[str]:
    if not seller.tax_id:
        return
    yield voice.label("Tax ID") + f" {seller.tax_id}"
    if seller.branch == HEAD_OFFICE:
        yield voice.label("Head office")
    else:
        yield voice.label("Branch") + f" {seller.branch}"


def titled(titles: Iterable[str], *, size: Size = Size.BODY) -> Iterator[Block]:
    """Say what paper this is, under a rule, in each language."""
    yield Rule()
    yield Space(0.5)
    whole = " / ".join(dict.fromkeys(titles))
    yield Paragraph(text=whole, size=size, bold=True, align=Align.CENTRE)


def closed_off() -> Iterator[Block]:
    """Part what was said from what follows."""
    yield Space(0.5)
    yield Rule()
    yield Space(0.5)


def copied(copy: int, voice: Voice) -> Iterator[Block]:
    """Mark a paper that has been printed before: `copy` is nought for the first print."""
    if copy:
        yield Space(0.5)
        yield Framed(texts=voice.say("Copy, reprint no. {n}", n=copy))
        yield Space(1)


def voided_mark(voided: Reversal | None, voice: Voice) -> Iterator[Block]:
    """Mark the paper of a sale that was taken back whole: when, why, and on whose word."""
    if voided is None:
        return
    said = [*voice.moments(voided.at), voided.reason, *people(voided.by, voided.approved_by, voice)]
    yield Framed(texts=(VOID,), notes=tuple(filter(None, said)), size=Size.HUGE)
    yield Space(1.5)


def people(by: str, approved_by: str, voice: Voice) -> Iterator[str]:
    """Name by their codes who did something, and who approved it."""
    if by:
        yield voice.label("By") + f" {by}"
    if approved_by:
        yield voice.label("Approved by") + f" {approved_by}"


def people_pairs(by: str, approved_by: str, voice: Voice) -> Iterator[Block]:
    """Name by their codes who did something, and who approved it, one under the other."""
    yield Pair(left=voice.label("By"), right=by, size=Size.SMALL)
    if approved_by:
        yield Pair(left=voice.label("Approved by"), right=approved_by, size=Size.SMALL)


def numbered(
    number: str, at: datetime, till: str, voice: Voice, *, business_date: date | None = None
) -> Iterator[Block]:
    """Say a paper's number, its date and time in each language, and its till.

    The business date stands beside the date where it is another day than the calendar's.
    """
    yield Pair(left=voice.label("No."), right=number, size=Size.SMALL)
    yield from dated(voice.say("Date"), voice.moments(at))
    if business_date is not None and business_date != business_day(at):
        yield from dated(voice.say("Business date"), voice.dates(business_date))
    yield Pair(left=voice.label("POS ID"), right=till, size=Size.SMALL)


def dated(labels: Iterable[str], written: Iterable[str]) -> Iterator[Block]:
    """Say a date in each language, each beside its own label."""
    for label, text in zip_longest(labels, written, fillvalue=""):
        yield Pair(left=label, right=text, size=Size.SMALL)


def vat_part(
    lines: Iterable[Line | ReversalLine], voice: Voice, *, vat: int, rate_bp: int
) -> Iterator[Block]:
    """Say what of a document is value, what VAT (in satang), and what is exempt from it."""
    lines = tuple(lines)
    taxable = sum(line.paid for line in lines if line.tax is TaxKind.STANDARD)
    exempt = sum(line.paid for line in lines) - taxable
    rows: list[tuple[str, int]] = []
    if taxable:
        yield Paragraph(text=voice.label("VAT included"), size=Size.SMALL, align=Align.RIGHT)
        rows.append((voice.label("Value before VAT"), taxable - vat))
        rows.append((voice.label("VAT") + f" {percent(rate_bp)} %", vat))
    if exempt:
        rows.append((voice.label("Value exempt from VAT"), exempt))
    for left, amount in rows:
        yield Pair(left=left, right=shown(amount), size=Size.SMALL)


# --- money ----------------------------------------------------------------------------------------


def tender_rows(
    tenders: Iterable[Tender],
    voice: Voice,
    *,
    names: Mapping[str, Text],
    goods: str,
    exchange: str,
) -> Iterator[Block]:
    """Say each tender by name, and its reference under it.

    `goods` is what an exchange's part is called, `exchange` the number of its other document.
    """
    for tender in tenders:
        name, reference = goods, exchange
        if tender.kind is not TenderKind.EXCHANGE:
            name = tender_name(tender.key, voice, names=names, kind=tender.kind)
            reference = shortened(tender.reference)
        yield Pair(left=name, right=shown(tender.amount))
        if reference:
            yield Pair(left=voice.label("Reference"), right=reference, size=Size.SMALL)


def tender_name(
    key: str, voice: Voice, *, names: Mapping[str, Text], kind: TenderKind | None = None
) -> str:
    """Return what a tender is called: as the catalogue names its code, or else by its kind."""
    if key in names:
        return voice.name(names[key], otherwise=key)
    by_kind = {
        CASH: voice.label("Cash"),
        EXCHANGE: voice.label("Returned goods"),
        TenderKind.CARD.value: voice.label("Card"),
        TenderKind.TRANSFER.value: voice.label("Transfer"),
        TenderKind.VOUCHER.value: voice.label("Voucher"),
    }
    return by_kind.get(kind.value if kind else key, key)


def shortened(reference: str) -> str:
    """Return a reference as paper needs it: whole where it is short, else its end."""
    if len(reference) <= LONGEST_REFERENCE:
        return reference
    return FIRST + reference[-SHORTENED:]


def counted_rows(count: Count, voice: Voice) -> Iterator[Block]:
    """Say how many of each note and coin were counted, and what that comes to."""
    for piece, many in count.pieces:
        face = shown(piece).removesuffix(".00")
        yield Tallied(
            left=face,
            count=f"{TIMES} {many:,}",
            right=shown(piece * many),
            size=Size.SMALL,
        )
    if count.loose and count.pieces:
        yield Pair(left=voice.label("Counted as a sum"), right=shown(count.loose), size=Size.SMALL)


def off(amount: int) -> str:
    """Write what is taken off, in satang."""
    return f"{MINUS}{shown(amount)}"


def percent(basis_points: int) -> str:
    """Write hundredths of a percent as people do: 7, 12.5, 0.25."""
    whole, part = divmod(basis_points, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")
