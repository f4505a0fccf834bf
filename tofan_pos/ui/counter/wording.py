"""Small wordings that several parts of the window share: discounts, ages, names in a language."""

from datetime import datetime
from typing import Literal, cast

from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.money import shown
from tofan_pos.thai.dates import BANGKOK, format_date, format_time
from tofan_pos.words import Words

MINUS = "\N{MINUS SIGN}"
TIMES = "\N{MULTIPLICATION SIGN}"


def percent(basis_points: int) -> str:
    """Write hundredths of a percent as people do: 7, 12.5, 0.25."""
    whole, part = divmod(basis_points, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")


def discount_said(discount: Discount, say: Words) -> str:
    """Say what a discount is and why, without its amount."""
    if discount.kind is DiscountKind.PERCENT:
        return say(
            "{percent} off, {reason}",
            percent=f"{percent(discount.value)} %",
            reason=discount.reason,
        )
    return say("Discount, {reason}", reason=discount.reason)


def off(amount: int) -> str:
    """Write what is taken off."""
    return f"{MINUS}{shown(amount)}"


def bearer_said(bearer: Bearer, say: Words) -> str:
    """Name who bears a discount."""
    return {
        Bearer.BRAND: say("The brand"),
        Bearer.MALL: say("The mall"),
        Bearer.SHARED: say("Shared"),
    }[bearer]


def age_said(since: datetime, now: datetime, say: Words) -> str:
    """Say how long ago something was, in the largest unit that fits."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 1:
        return say("just now")
    if minutes < 60:
        return say("{n} min", n=minutes)
    hours = minutes // 60
    if hours < 48:
        return say("{n} h", n=hours)
    return say("{n} days", n=hours // 24)


def clock_said(now: datetime, language: str) -> str:
    """Write the day and time as people at the counter read it."""
    day = now.astimezone(BANGKOK).date()
    lang = cast("Literal['th', 'en']", language)
    return f"{format_date(day, language=lang, style='short')}  {format_time(now)}"
