"""Small wordings that several parts of the window share: discounts and who bears them."""

from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.money import shown
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
