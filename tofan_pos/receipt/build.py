"""From a completed sale to the document a customer takes home: what is said, in which order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from tofan_pos.domain.basket import Discount, DiscountKind
from tofan_pos.domain.catalogue import Story, TaxKind, Text
from tofan_pos.domain.money import baht, shown
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.sale import Line, Sale
from tofan_pos.domain.till import Seller, TillProfile
from tofan_pos.receipt.document import (
    Align,
    Band,
    Barcode,
    Block,
    Detail,
    Document,
    Framed,
    Item,
    Pair,
    Paragraph,
    Rule,
    Size,
    Space,
    Stamp,
    Stories,
    Telling,
)
from tofan_pos.thai.dates import BANGKOK, format_date, format_time
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.thai.dates import Language

HEAD_OFFICE = "00000"
THAI_TITLE = "ใบเสร็จรับเงิน"
MINUS = "\N{MINUS SIGN}"
TIMES = "\N{MULTIPLICATION SIGN}"


def receipt(  # noqa: PLR0913 - a receipt is all of these at once
    sale: Sale,
    *,
    profile: TillProfile,
    anchor: str,
    stories: Mapping[str, Story],
    words: Mapping[str, Words],
    copy: int = 0,
) -> Document:
    """Return the receipt of a sale in the languages of the till's profile.

    `anchor` is the journal's short proof (eight characters) printed at the foot; `stories` are
    keyed by product code, and only those approved on the sale's business date are told; `words`
    are keyed by language; `copy` is nought for the first print, then which reprint this is.
    """
    voice = _Voice(tuple(words[language] for language in profile.receipt_language.languages))
    blocks = (
        *_head(profile, voice),
        *_title(sale, voice, copy=copy),
        *_lines(sale, voice),
        *_sums(sale, voice),
        *_makers(sale, voice),
        *_stories(sale, voice, profile=profile, stories=stories),
        *_foot(sale, voice, anchor=anchor),
    )
    return Document(title=sale.number, languages=voice.languages, blocks=blocks)


@dataclass(frozen=True, slots=True)
class _Voice:
    """Words each message in every language of the paper, Thai first."""

    words: tuple[Words, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(word.language for word in self.words)

    def label(self, message: str) -> str:
        """Return a short message on one line, with a stroke between languages."""
        return " / ".join(self.say(message))

    def say(self, message: str, /, **facts: object) -> tuple[str, ...]:
        """Return a message in each language, apart: it is too long for one line."""
        return tuple(dict.fromkeys(word(message, **facts) for word in self.words))

    def each(self, text: Text) -> tuple[str, ...]:
        """Return a text in each language of the paper, none twice and none empty."""
        texts = dict.fromkeys(text.get(language) for language in self.languages)
        return tuple(filter(None, texts))


def _head(profile: TillProfile, voice: _Voice) -> Iterator[Block]:
    seller = profile.seller
    yield Band()
    yield Space(1.5)
    brand, *other_brand = voice.each(seller.brand) or ("",)
    yield Paragraph(text=brand, size=Size.LARGE, bold=True, align=Align.CENTRE)
    small = [*other_brand, *voice.each(seller.owner), *_registration(seller, voice)]
    small += voice.each(seller.counter)
    for text in small:
        yield Paragraph(text=text, size=Size.SMALL, align=Align.CENTRE)
    yield Space(1.5)


def _registration(seller: Seller, voice: _Voice) -> Iterator[str]:
    if not seller.tax_id:
        return
    yield voice.label("Tax ID") + f" {seller.tax_id}"
    if seller.branch == HEAD_OFFICE:
        yield voice.label("Head office")
    else:
        yield voice.label("Branch") + f" {seller.branch}"


def _title(sale: Sale, voice: _Voice, *, copy: int) -> Iterator[Block]:
    yield Rule()
    yield Space(0.5)
    # In Thai whatever the paper's language: the law asks for the title in Thai script.
    titles = dict.fromkeys((THAI_TITLE, *voice.say("Receipt")))
    yield Paragraph(text=" / ".join(titles), bold=True, align=Align.CENTRE)
    if copy:
        for text in voice.say("Copy, reprint no. {n}", n=copy):
            yield Paragraph(text=text, bold=True, align=Align.CENTRE)
    yield Pair(left=voice.label("No."), right=sale.number, size=Size.SMALL)
    day, label = sale.at.astimezone(BANGKOK).date(), voice.label("Date")
    for language in voice.languages:
        written = format_date(day, language=cast("Language", language), style="short")
        yield Pair(left=label, right=f"{written}  {format_time(sale.at)}", size=Size.SMALL)
        label = ""
    yield Pair(left=voice.label("POS ID"), right=sale.till, size=Size.SMALL)
    yield Space(0.5)
    yield Rule()
    yield Space(1)


def _lines(sale: Sale, voice: _Voice) -> Iterator[Block]:
    taxed = sale.kind is DocumentKind.VAT_RECEIPT
    mixed = taxed and len({line.tax for line in sale.lines}) > 1
    for line in sale.lines:
        name, *other_names = voice.each(line.name) or (line.code,)
        details = [Detail(other) for other in other_names]
        if line.quantity > 1:
            details.append(Detail(f"{line.quantity} {TIMES} {shown(line.price)}"))
        if line.discount is not None:
            details.append(Detail(_discount(line.discount, voice), _off(line.discounted)))
        if mixed and line.tax is TaxKind.EXEMPT:
            details.append(Detail(voice.label("Exempt from VAT")))
        yield Item(name=name, amount=shown(line.gross), details=tuple(details))
        yield Space(0.5)
    yield Space(0.5)
    yield Rule()
    yield Space(0.5)


def _discount(discount: Discount, voice: _Voice) -> str:
    percent = f" {_percent(discount.value)} %" if discount.kind is DiscountKind.PERCENT else ""
    return voice.label("Discount") + f"{percent} ({discount.reason})"


def _sums(sale: Sale, voice: _Voice) -> Iterator[Block]:
    if sale.discount is not None:
        subtotal = sale.total + sale.basket_discount
        yield Pair(left=voice.label("Subtotal"), right=shown(subtotal))
        off = _off(sale.basket_discount)
        yield Pair(left=_discount(sale.discount, voice), right=off, size=Size.SMALL)
    yield Pair(left=voice.label("Pieces"), right=f"{sale.quantity:,}", size=Size.SMALL)
    yield Pair(left=voice.label("Total"), right=baht(sale.total), size=Size.HUGE, bold=True)
    if sale.kind is DocumentKind.VAT_RECEIPT:
        yield from _vat(sale, voice)
    yield Space(0.5)
    yield Rule()
    yield Space(0.5)
    for tender in sale.tenders:
        yield Pair(left=voice.label("Cash"), right=shown(tender.amount))
    yield Pair(left=voice.label("Change"), right=shown(sale.change), bold=True)


def _vat(sale: Sale, voice: _Voice) -> Iterator[Block]:
    taxable = sum(line.paid for line in sale.lines if line.tax is TaxKind.STANDARD)
    exempt = sale.total - taxable
    rows: list[tuple[str, int]] = []
    if taxable:
        yield Paragraph(text=voice.label("VAT included"), size=Size.SMALL, align=Align.RIGHT)
        rows.append((voice.label("Value before VAT"), taxable - sale.vat))
        rows.append((voice.label("VAT") + f" {_percent(sale.vat_rate_bp)} %", sale.vat))
    if exempt:
        rows.append((voice.label("Value exempt from VAT"), exempt))
    for left, amount in rows:
        yield Pair(left=left, right=shown(amount), size=Size.SMALL)


def _makers(sale: Sale, voice: _Voice) -> Iterator[Block]:
    if not sale.share:
        return
    rate, amount = _percent(sale.policy.rate_bp), baht(sale.share)
    yield Space(2)
    yield Framed(
        texts=voice.say("{rate} %: {amount} goes to the makers", rate=rate, amount=amount),
        notes=voice.say("of the price before VAT") if sale.vat else (),
    )


def _stories(
    sale: Sale, voice: _Voice, *, profile: TillProfile, stories: Mapping[str, Story]
) -> Iterator[Block]:
    first_of_each = {line.code: line for line in reversed(sale.lines)}
    told = [
        _telling(line, stories[line.code], voice)
        for line in sale.lines
        if first_of_each[line.code] is line
        and line.code in stories
        and stories[line.code].may_be_told(sale.business_date)
    ]
    tellings = tuple(telling for telling in told if telling.texts)
    if tellings:
        yield Space(2)
        yield Stories(
            heading=voice.label("The story of each piece"),
            tellings=tellings,
            budget_mm=profile.story_budget_mm,
            more=voice.label("More stories"),
            scan=voice.label("Scan to read"),
            page=profile.story_page,
        )


def _telling(line: Line, story: Story, voice: _Voice) -> Telling:
    """Return the short story, or the whole one where it is all there is."""
    return Telling(
        code=line.code,
        name=" / ".join(voice.each(line.name)) or line.code,
        texts=voice.each(story.short) or voice.each(story.long),
    )


def _foot(sale: Sale, voice: _Voice, *, anchor: str) -> Iterator[Block]:
    yield Space(3)
    yield Barcode(sale.number)
    proof = voice.label("Journal") + f" {anchor}"
    yield Paragraph(text=proof, size=Size.SMALL, align=Align.CENTRE)
    yield Space(2)
    yield Stamp(voice.label("Store stamp"))
    yield Space(2)
    for text in voice.say("Thank you for choosing handmade"):
        yield Paragraph(text=text, bold=True, align=Align.CENTRE)
    yield Space(1)
    yield Band()


def _off(amount: int) -> str:
    return f"{MINUS}{shown(amount)}"


def _percent(basis_points: int) -> str:
    """Write hundredths of a percent as people do: 7, 12.5, 0.25."""
    whole, part = divmod(basis_points, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")
