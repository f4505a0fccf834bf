"""VAT: a rate by date, taken once per document out of prices that include it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tofan_pos.domain.money import round_half_up

WHOLE_BP = 10_000
TAX_ID_DIGITS = 13


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A VAT rate in hundredths of a percent, in force from a (CE) day on."""

    since: date
    rate_bp: int


STATUTORY_RATES = (TaxRate(date(1999, 4, 1), 700),)
"""Thailand has charged 7 % (reduced from 10 % by decree) since April 1999."""


def rate_on(day: date, rates: Sequence[TaxRate] = STATUTORY_RATES) -> int:
    """Return the rate in force on a day; before the first one there is no VAT."""
    return max((rate for rate in rates if rate.since <= day), key=_since, default=_NO_RATE).rate_bp


def vat_within(total: int, rate_bp: int) -> int:
    """Return the VAT that a total in satang includes, rounded half up, as s.86 documents show it.

    The base is `total - vat`; it is never computed the other way round, nor summed from lines.
    """
    return round_half_up(total * rate_bp, WHOLE_BP + rate_bp)


def is_tax_id(text: str) -> bool:
    """Tell whether a text is a Thai tax number: 13 digits, the last of them the check digit.

    The first twelve are weighed 13 down to 2; the check digit is 11 less the rest by 11, by 10.
    """
    if len(text) != TAX_ID_DIGITS or not (text.isascii() and text.isdigit()):
        return False
    weighed = sum(int(digit) * (TAX_ID_DIGITS - place) for place, digit in enumerate(text[:-1]))
    return int(text[-1]) == (11 - weighed % 11) % 10


def _since(rate: TaxRate) -> date:
    return rate.since


_NO_RATE = TaxRate(date.min, 0)
