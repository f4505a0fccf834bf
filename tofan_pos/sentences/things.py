"""What a catalogue holds, each thing in a phrase that leaves nothing of it out."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, cast

from tofan_pos.domain.basket import Bearer
from tofan_pos.domain.catalogue import KnownTill, ProducerGroup, TaxKind, Text
from tofan_pos.domain.money import baht
from tofan_pos.domain.promotion import Promotion, PromotionKind, Scope
from tofan_pos.domain.rules import Head
from tofan_pos.domain.sale import TenderKind, TenderType
from tofan_pos.sentences.marking import N_
from tofan_pos.sync.keys import fingerprint
from tofan_pos.thai.dates import format_date
from tofan_pos.words import Words, plain_text

_TENDERS: Mapping[TenderKind, str] = {
    TenderKind.CASH: N_("Cash"),
    TenderKind.CARD: N_("Card"),
    TenderKind.TRANSFER: N_("Transfer"),
    TenderKind.VOUCHER: N_("Voucher"),
    TenderKind.EXCHANGE: N_("Exchange"),
}
_BEARERS: Mapping[str, str] = {
    Bearer.BRAND: N_("borne by the brand"),
    Bearer.MALL: N_("borne by the mall"),
    Bearer.SHARED: N_("shared by brand and mall"),
}
_TAXED: Mapping[TaxKind, str] = {
    TaxKind.STANDARD: N_("with VAT"),
    TaxKind.EXEMPT: N_("exempt from VAT"),
}


def rate_said(rate_bp: int) -> str:
    """Return a rate as people write it, `67.25 %`."""
    return f"{rate_bp / 100:g} %"


def day_said(day: date, say: Words) -> str:
    """Return a day as people read it."""
    return format_date(day, language=cast("Literal['th', 'en']", say.language), style="short")


def text_said(text: Text) -> str:
    """Return a text in both its languages, as either may be what differs."""
    return plain_text(" / ".join(filter(None, (text.th, text.en))))


def tax_said(kind: TaxKind, say: Words) -> str:
    """Tell whether a product bears VAT."""
    return say(_TAXED[kind])


def group_said(group: ProducerGroup, _say: Words) -> str:
    """Return a group's label."""
    return text_said(group.label)


def tender_said(tender: TenderType, say: Words) -> str:
    """Tell what a way to pay is called, what it is, and whether it takes a reference."""
    parts = [text_said(tender.name), say(_TENDERS[tender.kind])]
    if tender.needs_reference:
        parts.append(say("with a reference"))
    return ", ".join(parts)


def till_said(till: KnownTill, _say: Words) -> str:
    """Name a till by its key."""
    name = till.till if till.epoch == 1 else f"{till.till}.{till.epoch}"
    return f"{plain_text(name)} ({fingerprint(till.public_key)})"


def head_said(head: Head | None, say: Words) -> str:
    """Tell what the head of papers says; what it leaves empty stays as the till has it."""
    parts = [text_said(head.brand), text_said(head.owner)] if head else []
    if head and head.tax_id:
        parts.append(say("tax number {number}", number=head.tax_id))
    if head and head.branch:
        parts.append(say("branch {number}", number=head.branch))
    return ", ".join(filter(None, parts)) or say("as the till has it")


def promotion_said(promotion: Promotion, say: Words) -> str:
    """Tell what a promotion takes off what, when, where, and who bears it."""
    parts = [text_said(promotion.name), _off(promotion, say), _days(promotion, say)]
    if promotion.mall:
        parts.append(say("only at {mall}", mall=promotion.mall))
    parts.append(say(_BEARERS[promotion.bearer]))
    return ", ".join(parts)


def _off(promotion: Promotion, say: Words) -> str:
    what = _about(promotion, say)
    match promotion.kind:
        case PromotionKind.PERCENT:
            return say("{rate} off {what}", rate=rate_said(promotion.value), what=what)
        case PromotionKind.AMOUNT:
            return say("{amount} off {what}", amount=baht(promotion.value), what=what)
        case PromotionKind.N_FOR_PRICE:
            return say(
                "{count} for {amount} of {what}",
                count=promotion.count,
                amount=baht(promotion.value),
                what=what,
            )


def _about(promotion: Promotion, say: Words) -> str:
    match promotion.scope:
        case Scope.PRODUCT:
            return say("product {name}", name=promotion.about)
        case Scope.CATEGORY:
            return say("category {name}", name=promotion.about)
        case Scope.BASKET if promotion.least:
            return say("a basket of {amount} or more", amount=baht(promotion.least))
        case Scope.BASKET:
            return say("the whole basket")


def _days(promotion: Promotion, say: Words) -> str:
    since, until = promotion.since, promotion.until
    if since and until:
        return say("{first} to {last}", first=day_said(since, say), last=day_said(until, say))
    if since:
        return say("from {day} on", day=day_said(since, say))
    return say("until {day}", day=day_said(until, say)) if until else say("at any time")
