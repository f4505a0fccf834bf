"""From a completed sale to the document a customer takes home: what is said, in which order."""

from collections.abc import Iterator, Mapping

from tofan_pos.domain.catalogue import Story, Text
from tofan_pos.domain.money import baht, shown
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.reversal import Reversal
from tofan_pos.domain.sale import Sale
from tofan_pos.domain.till import TillProfile
from tofan_pos.receipt import goods, parts
from tofan_pos.receipt.document import (
    Align,
    Barcode,
    Block,
    Document,
    Framed,
    Pair,
    Paragraph,
    Rule,
    Signatures,
    Size,
    Space,
    Square,
    Stamp,
)
from tofan_pos.receipt.voice import Voice
from tofan_pos.words import Words

THAI_TITLE = "ใบเสร็จรับเงิน"


def receipt(  # noqa: PLR0913 - a receipt is all of these at once
    sale: Sale,
    *,
    profile: TillProfile,
    anchor: str,
    stories: Mapping[str, Story],
    words: Mapping[str, Words],
    tender_names: Mapping[str, Text] = parts.NO_NAMES,
    copy: int = 0,
    return_code: str = "",
    voided: Reversal | None = None,
    gift: bool = False,
    training: bool = False,
) -> Document:
    """Return the receipt of a sale in the languages of the till's profile.

    `anchor` is the journal's short proof (eight characters) printed at the foot; `stories` are
    keyed by product code, and only those approved on the sale's business date are told; `words`
    are keyed by language, `tender_names` by the tender types' codes; `copy` is nought for the
    first print, then which reprint this is.

    `return_code` is the text of a QR code to return goods by, at another till too: best of
    capital letters and digits, which it holds tightly. `voided` is the sale's void: the paper is
    the same, marked, with all amounts as they were. A `gift` receipt names things and how many,
    and no amount at all.
    """
    voice = Voice.of(profile, words)
    inner: tuple[Block, ...]
    if gift:
        inner = (
            *parts.head(profile, voice),
            *parts.voided_mark(voided, voice),
            *_title(sale, voice.say("Gift receipt"), voice, copy=copy),
            *goods.unpriced(sale, voice),
            *_gift(sale, voice),
            *goods.told(sale, voice, profile=profile, stories=stories),
            *_foot(sale, voice, anchor=anchor),
        )
    else:
        # In Thai whatever the paper's language: the law asks for the title in Thai script.
        title = (THAI_TITLE, *voice.say("Receipt"))
        inner = (
            *parts.head(profile, voice),
            *parts.voided_mark(voided, voice),
            *_title(sale, title, voice, copy=copy),
            *goods.priced(sale, voice),
            *_sums(sale, voice, names=tender_names),
        )
        if voided is None:
            inner += (
                *_makers(sale, voice),
                *goods.told(sale, voice, profile=profile, stories=stories),
                *_foot(sale, voice, anchor=anchor, return_code=return_code),
            )
        else:
            inner += tuple(_void_foot(sale, voice, anchor=anchor, copy=copy))
    return parts.bound(sale.number, voice, inner, training=training)


def _title(sale: Sale, titles: tuple[str, ...], voice: Voice, *, copy: int) -> Iterator[Block]:
    yield from parts.titled(titles)
    yield from parts.copied(copy, voice)
    yield from parts.numbered(
        sale.number, sale.at, sale.till, voice, business_date=sale.business_date
    )
    yield Space(0.5)
    yield Rule()
    yield Space(1)


def _sums(sale: Sale, voice: Voice, *, names: Mapping[str, Text]) -> Iterator[Block]:
    if sale.discount is not None or sale.promotion is not None:
        yield from _taken_off(sale, voice)
    yield Pair(left=voice.label("Pieces"), right=f"{sale.quantity:,}", size=Size.SMALL)
    yield Pair(left=voice.label("Total"), right=baht(sale.total), size=Size.HUGE, bold=True)
    if sale.kind is DocumentKind.VAT_RECEIPT:
        yield from parts.vat_part(sale.lines, voice, vat=sale.vat, rate_bp=sale.vat_rate_bp)
    # Where nothing was due, no cash was handed over, and none given back.
    tenders = [t for t in sale.tenders if sale.total or not t.kind.is_cash]
    if tenders:
        yield from parts.closed_off()
    goods_back = voice.label("Paid with returned goods")
    yield from parts.tender_rows(
        tenders, voice, names=names, goods=goods_back, exchange=sale.exchange_of
    )
    if any(tender.kind.is_cash for tender in tenders):
        yield Pair(left=voice.label("Change"), right=shown(sale.change), bold=True)


def _taken_off(sale: Sale, voice: Voice) -> Iterator[Block]:
    """Say what the basket came to before, and what a promotion or discount took off all of it."""
    left = sale.basket_discount
    yield Pair(left=voice.label("Subtotal"), right=shown(sale.total + left))
    if sale.promotion is not None:
        name, amount = goods.promoted(sale.promotion, voice), sale.promotion.amount
        yield Pair(left=name, right=parts.off(amount), size=Size.SMALL)
        left -= amount
    if sale.discount is not None:
        name = goods.discounted(sale.discount, voice)
        yield Pair(left=name, right=parts.off(left), size=Size.SMALL)


def _makers(sale: Sale, voice: Voice) -> Iterator[Block]:
    if not sale.share:
        return
    rate, amount = parts.percent(sale.policy.rate_bp), baht(sale.share)
    yield Space(2)
    yield Framed(
        texts=voice.say("{rate} %: {amount} goes to the makers", rate=rate, amount=amount),
        notes=voice.say("of the price before VAT") if sale.vat else (),
    )


def _gift(sale: Sale, voice: Voice) -> Iterator[Block]:
    yield Pair(left=voice.label("Pieces"), right=f"{sale.quantity:,}", size=Size.SMALL)
    if sale.share:
        rate = parts.percent(sale.policy.rate_bp)
        yield Space(1)
        yield Framed(texts=voice.say("For the makers: {rate} %", rate=rate))


def _foot(sale: Sale, voice: Voice, *, anchor: str, return_code: str = "") -> Iterator[Block]:
    yield Space(3)
    yield from _number_to_scan(sale, voice, anchor=anchor)
    if return_code:
        yield Space(2)
        yield Square(data=return_code, captions=(voice.label("For returns"),))
    yield Space(2)
    yield Stamp(voice.label("Store stamp"))
    yield Space(2)
    for text in voice.say("Thank you for choosing handmade"):
        yield Paragraph(text=text, bold=True, align=Align.CENTRE)


def _void_foot(sale: Sale, voice: Voice, *, anchor: str, copy: int) -> Iterator[Block]:
    if sale.share:
        left = voice.label("Makers' share lessened by")
        yield from parts.closed_off()
        yield Pair(left=left, right=shown(sale.share), size=Size.SMALL)
    if not copy:
        yield Space(2)
        yield Signatures((voice.label("Customer's signature"),))
    yield Space(3)
    yield from _number_to_scan(sale, voice, anchor=anchor)


def _number_to_scan(sale: Sale, voice: Voice, *, anchor: str) -> Iterator[Block]:
    yield Barcode(sale.number)
    proof = voice.label("Journal") + f" {anchor}"
    yield Paragraph(text=proof, size=Size.SMALL, align=Align.CENTRE)
