"""What no text typed or scanned at a till may carry: control bytes, and numbers of payment cards."""

import re

from tofan_pos.domain.errors import Refusal, Why

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_DIGITS = re.compile(r"[0-9](?:[ -]?[0-9]){12,18}(?![0-9])", re.ASCII)


def checked_text(text: str, *, longest: int) -> str:
    """Return a person's text, trimmed, without control and direction characters.

    Raises `Refusal(TEXT_TOO_LONG)` beyond `longest` characters, and `Refusal(CARD_NUMBER)` where
    it holds what reads as a payment card's number: none is ever stored.
    """
    cleaned = " ".join(_CONTROL.sub(" ", text).split())
    if len(cleaned) > longest:
        raise Refusal(Why.TEXT_TOO_LONG, most=longest)
    if holds_card_number(cleaned):
        raise Refusal(Why.CARD_NUMBER)
    return cleaned


def holds_card_number(text: str) -> bool:
    """Tell whether any run of 13 to 19 digits (spaces and hyphens allowed) passes Luhn."""
    runs = (re.sub(r"\D", "", match.group()) for match in _DIGITS.finditer(text))
    return any(_luhn(run) for run in runs)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - Luhn casts out nines
    return total % 10 == 0
