"""What was sold, line by line: names, quantities, what was taken off, and the stories to tell."""

from collections.abc import Iterator, Mapping

from tofan_pos.domain.basket import Discount, DiscountKind
from tofan_pos.domain.catalogue import Story, TaxKind
from tofan_pos.domain.money import shown
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.promotion import Promoted
from tofan_pos.domain.sale import Line, Sale
from tofan_pos.domain.till import TillProfile
from tofan_pos.receipt import parts
from tofan_pos.receipt.document import Block, Detail, Item, Space, Stories, Telling
from tofan_pos.receipt.voice import Voice


def priced(sale: Sale, voice: Voice) -> Iterator[Block]:
    """Say each line with its price, and what a discount or promotion took off it."""
    taxed = sale.kind is DocumentKind.VAT_RECEIPT
    mixed = taxed and len({line.tax for line in sale.lines}) > 1
    for line in sale.lines:
        name, *other_names = voice.each(line.name) or (line.code,)
        details = [Detail(other) for other in other_names]
        if line.quantity > 1:
            details.append(Detail(f"{line.quantity} {parts.TIMES} {shown(line.price)}"))
        details.extend(_repriced(line, voice))
        if line.promotion is not None:
            details.append(Detail(promoted(line.promotion, voice), parts.off(line.discounted)))
        elif line.discount is not None:
            details.append(Detail(discounted(line.discount, voice), parts.off(line.discounted)))
        if mixed and line.tax is TaxKind.EXEMPT:
            details.append(Detail(voice.label("Exempt from VAT")))
        yield Item(name=name, amount=shown(line.gross), details=tuple(details))
        yield Space(0.5)
    yield from parts.closed_off()


def _repriced(line: Line, voice: Voice) -> Iterator[Detail]:
    """Say what the catalogue asks, and why the line has another price."""
    if (line.listed or line.price_reason) and line.listed != line.price:
        said = voice.label("Listed price") + f" {shown(line.listed)}"
        yield Detail(f"{said} · {line.price_reason}" if line.price_reason else said)


def unpriced(sale: Sale, voice: Voice) -> Iterator[Block]:
    """Say each line with its quantity alone: what a gift may tell."""
    for line in sale.lines:
        name, *other_names = voice.each(line.name) or (line.code,)
        details = tuple(Detail(other) for other in other_names)
        yield Item(name=name, amount=f"{parts.TIMES} {line.quantity}", details=details)
        yield Space(0.5)
    yield from parts.closed_off()


def promoted(promotion: Promoted, voice: Voice) -> str:
    """Return what a promotion is called."""
    return voice.name(promotion.name, otherwise=voice.label("Promotion"))


def discounted(discount: Discount, voice: Voice) -> str:
    """Return how a discount was given, and why."""
    percent = f" {parts.percent(discount.value)} %" if discount.kind is DiscountKind.PERCENT else ""
    return voice.label("Discount") + f"{percent} ({discount.reason})"


def told(
    sale: Sale, voice: Voice, *, profile: TillProfile, stories: Mapping[str, Story]
) -> Iterator[Block]:
    """Tell the story of each product once, where it may be told on the sale's day."""
    first_of_each = {line.code: line for line in reversed(sale.lines)}
    telling = [
        _telling(line, stories[line.code], voice)
        for line in sale.lines
        if first_of_each[line.code] is line
        and line.code in stories
        and stories[line.code].may_be_told(sale.business_date)
    ]
    tellings = tuple(each for each in telling if each.texts)
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


def _telling(line: Line, story: Story, voice: Voice) -> Telling:
    """Return the short story, or the whole one where it is all there is."""
    return Telling(
        code=line.code,
        name=voice.name(line.name, otherwise=line.code),
        texts=voice.each(story.short) or voice.each(story.long),
    )
