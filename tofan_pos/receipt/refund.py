"""From a refund to the paper a customer takes home for what came back, and signs for.

It is no credit note: that one names the buyer, and has its own title and series.
"""

from collections.abc import Iterator, Mapping

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.money import baht, shown
from tofan_pos.domain.reversal import Reversal, ReversalLine
from tofan_pos.domain.till import TillProfile
from tofan_pos.receipt import parts
from tofan_pos.receipt.document import (
    Align,
    Barcode,
    Block,
    Detail,
    Document,
    Item,
    Pair,
    Paragraph,
    Rule,
    Signatures,
    Size,
    Space,
)
from tofan_pos.receipt.voice import Voice
from tofan_pos.words import Words


def refund(  # noqa: PLR0913 - a paper is all of these at once
    reversal: Reversal,
    *,
    profile: TillProfile,
    words: Mapping[str, Words],
    anchor: str,
    tender_names: Mapping[str, Text] = parts.NO_NAMES,
    exchange: str = "",
    copy: int = 0,
    training: bool = False,
) -> Document:
    """Return the paper of a refund, in the languages of the till's profile.

    `tender_names` are keyed by the tender types' codes; `exchange` is the number of the sale that
    the refund went into, where it was an exchange; `anchor` and `copy` are as on a receipt. A
    void has no paper of its own: it is the receipt, marked.
    """
    voice = Voice.of(profile, words)
    inner = (
        *parts.head(profile, voice),
        *_title(reversal, voice, copy=copy),
        *_lines(reversal, voice),
        *_sums(reversal, voice),
        *_paid_back(reversal, voice, names=tender_names, exchange=exchange),
        *_foot(reversal, voice, anchor=anchor),
    )
    return parts.bound(reversal.number, voice, inner, training=training)


def _title(reversal: Reversal, voice: Voice, *, copy: int) -> Iterator[Block]:
    yield from parts.titled(voice.say("Refund receipt"))
    yield from parts.copied(copy, voice)
    yield from parts.numbered(
        reversal.number, reversal.at, reversal.till, voice, business_date=reversal.business_date
    )
    yield Space(0.5)
    if reversal.of:
        yield Pair(left=voice.label("For receipt"), right=reversal.of, size=Size.SMALL)
        yield from parts.dated(voice.say("Sold on"), voice.dates(reversal.of_date))
    else:
        yield Pair(
            left=voice.label("For receipt"), right=voice.label("No receipt"), size=Size.SMALL
        )
    yield Space(0.5)
    yield Rule()
    yield Space(1)


def _lines(reversal: Reversal, voice: Voice) -> Iterator[Block]:
    for line in reversal.lines:
        name, *other_names = voice.each(line.name) or (line.code,)
        details = [Detail(other) for other in other_names]
        if line.quantity > 1:
            details.append(Detail(_quantity(line, voice)))
        yield Item(name=name, amount=shown(line.paid), details=tuple(details))
        yield Space(0.5)
    yield from parts.closed_off()


def _quantity(line: ReversalLine, voice: Voice) -> str:
    """Write how many at what price; of a discounted line a piece may be worth no whole satang."""
    each, rest = divmod(line.paid, line.quantity)
    if rest:
        return voice.label("{count} pieces", count=line.quantity)
    return f"{line.quantity} {parts.TIMES} {shown(each)}"


def _sums(reversal: Reversal, voice: Voice) -> Iterator[Block]:
    yield Pair(left=voice.label("Pieces"), right=f"{reversal.quantity:,}", size=Size.SMALL)
    total = baht(reversal.total)
    yield Pair(left=voice.label("Paid back"), right=total, size=Size.HUGE, bold=True)
    if reversal.vat_rate_bp:
        yield from parts.vat_part(
            reversal.lines, voice, vat=reversal.vat, rate_bp=reversal.vat_rate_bp
        )
        if reversal.of and reversal.vat:
            # Reckoned anew, the parts of a receipt would not add up to its VAT.
            for text in voice.say("Part of the original receipt's VAT"):
                yield Paragraph(text=text, size=Size.SMALL, align=Align.RIGHT)
    yield from parts.closed_off()


def _paid_back(
    reversal: Reversal, voice: Voice, *, names: Mapping[str, Text], exchange: str
) -> Iterator[Block]:
    goods = voice.label("Exchanged goods")
    yield from parts.tender_rows(
        reversal.tenders, voice, names=names, goods=goods, exchange=exchange
    )
    yield from parts.closed_off()
    yield Pair(left=voice.label("Reason"), right=reversal.reason, size=Size.SMALL)
    yield from parts.people_pairs(reversal.by, reversal.approved_by, voice)
    if reversal.share:
        left = voice.label("Makers' share lessened by")
        yield Pair(left=left, right=shown(reversal.share), size=Size.SMALL)


def _foot(reversal: Reversal, voice: Voice, *, anchor: str) -> Iterator[Block]:
    yield Space(2)
    yield Signatures((voice.label("Customer's signature"),))
    yield Space(3)
    yield Barcode(reversal.number)
    proof = voice.label("Journal") + f" {anchor}"
    yield Paragraph(text=proof, size=Size.SMALL, align=Align.CENTRE)
