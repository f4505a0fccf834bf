"""What no text typed at a till may carry: control bytes, and numbers of payment cards."""

import re
import unicodedata

from tofan_pos.domain.errors import Refusal, Why

# Lone surrogates too: they can be typed, but neither stored nor signed.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff]"
)
_RUN = re.compile(r"[0-9]+(?:[\s./_\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212-]{1,3}[0-9]+)*")
# Any other sign parts groups of four and more, as cards have them (4-4-4-4, 4-6-5), but not those
# of three, as 1,234,567,890,123.00 has them, nor of two, as dates and times have them.
_LONG_RUN = re.compile(r"(?<![0-9])(?:[0-9]{4,}+[\W_]{1,3}+)+[0-9]++")
_CARD = range(13, 20)
"""How many digits a payment card's number has (ISO/IEC 7812)."""
_SHORTEST_GROUP = 3
"""What is shorter than this beside a card's number is another number; only its end may be."""


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
    """Tell whether 13 to 19 digits in a row pass Luhn, in any script's digits.

    Spaces, hyphens, dots and slashes may stand between groups of them, and other numbers beside;
    between groups of four and more, any signs. An amount with commas is no card, whatever its sum.
    """
    plain = "".join(_digit(character) for character in text)
    runs = (*_RUN.findall(plain), *_LONG_RUN.findall(plain))
    return any(_holds_card(re.findall("[0-9]+", run)) for run in runs)


def _holds_card(groups: list[str]) -> bool:
    whole = "".join(groups)
    if len(whole) in _CARD and _luhn(whole):
        return True
    for start in range(len(groups)):
        number = ""
        for group in groups[start:]:
            number += group
            if len(number) >= _CARD.stop:
                break
            if len(number) in _CARD and _luhn(number):
                return True
            if len(group) < _SHORTEST_GROUP:
                break
    return False


def _digit(character: str) -> str:
    if character.isascii():
        return character
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled  # Luhn casts out nines
    return total % 10 == 0
