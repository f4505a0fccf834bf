"""Money as whole satang (1 baht = 100 satang): reading, writing, rounding and sharing out."""

import re
from collections.abc import Sequence

from tofan_pos.domain.errors import Refusal, Why

SATANG = 100
MOST = 10_000_000_00
"""The largest amount one document may reach: ten million baht, far above any counter's day."""

NOTES = (1000_00, 500_00, 100_00, 50_00, 20_00)
COINS = (10_00, 5_00, 2_00, 1_00, 50, 25)

_AMOUNT = re.compile(
    r"(?P<baht>\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(?P<satang>\d{1,2}))?", re.ASCII
)


def round_half_up(numerator: int, denominator: int) -> int:
    """Return `numerator / denominator` as an integer, halves away from zero."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    top, bottom = abs(numerator), abs(denominator)
    return sign * ((2 * top + bottom) // (2 * bottom))


def allocate(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share `total` out in proportion to `weights` so that the parts sum to it exactly.

    Each part is within one satang of its exact share; what is left over goes to the largest
    remainders, earlier parts first. Weights are not negative; where all are nought, the first
    part takes the whole. A negative total mirrors its positive one, so reversals cancel.
    """
    if not weights:
        if total:
            message = "an amount cannot be shared among nobody"
            raise ValueError(message)
        return ()
    if min(weights) < 0:
        message = "weights must not be negative"
        raise ValueError(message)
    if total < 0:
        return tuple(-part for part in allocate(-total, weights))
    whole = sum(weights)
    if whole == 0:
        return (total, *([0] * (len(weights) - 1)))
    parts = [total * weight // whole for weight in weights]
    left = total - sum(parts)
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[:left]:
        parts[i] += 1
    return tuple(parts)


def parse_baht(text: str) -> int:
    """Read an amount as a person types it (`1,234.5`) into satang.

    Raises `Refusal(AMOUNT_UNREADABLE)` for anything that is no amount, and
    `Refusal(AMOUNT_OUT_OF_RANGE)` above `MOST`.
    """
    match = _AMOUNT.fullmatch(text.strip().removeprefix("฿").strip())
    if match is None:
        raise Refusal(Why.AMOUNT_UNREADABLE, text=text[:40])
    satang = int(match["baht"].replace(",", "")) * SATANG + int(
        (match["satang"] or "0").ljust(2, "0")
    )
    if satang > MOST:
        raise Refusal(Why.AMOUNT_OUT_OF_RANGE, most=MOST)
    return satang


def plain(satang: int) -> str:
    """Write an amount for machines: baht with two decimals and no commas, as in `-1234.50`."""
    sign = "-" if satang < 0 else ""
    return f"{sign}{abs(satang) // SATANG}.{abs(satang) % SATANG:02d}"


def shown(satang: int) -> str:
    """Write an amount for people, without a sign of currency, as in `1,234.50`."""
    sign = "\N{MINUS SIGN}" if satang < 0 else ""
    return f"{sign}{abs(satang) // SATANG:,}.{abs(satang) % SATANG:02d}"


def baht(satang: int) -> str:
    """Write an amount for people with the sign of the baht, as in `฿1,234.50`."""
    sign = "\N{MINUS SIGN}" if satang < 0 else ""
    return f"{sign}฿{shown(abs(satang))}"


def suggest_notes(due: int, *, most: int = 4) -> tuple[int, ...]:
    """Return the sums a customer is likely to hand over for `due`, above it, smallest first.

    Each is `due` rounded up to a sum that the notes in a purse can make.
    """
    if due <= 0:
        return ()
    steps = (
        (20_00, 50_00, 100_00, 500_00, 1000_00)
        if due < 100_00
        else (50_00, 100_00, 500_00, 1000_00)
    )
    sums = {-(-due // step) * step for step in steps}
    return tuple(sorted(s for s in sums if s > due)[:most])
