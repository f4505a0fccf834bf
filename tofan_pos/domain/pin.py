"""Which PINs will do, and how long wrong ones shut somebody out."""

import base64
import binascii
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tofan_pos.domain.errors import Refusal, Why

DIGITS = 6
FREE_TRIES = 5
"""The wrong PIN, in a row, that is the first to shut somebody out."""
FIRST_WAIT, LONGEST_WAIT = 30, 15 * 60
"""How many seconds that one costs, and the most that any costs."""
_FEWEST_DIFFERENT = 3
_SHAPE = re.compile(f"[0-9]{{{DIGITS}}}")
_NUMBER = "([1-9][0-9]{0,6})"
_VERIFIER = re.compile(
    rf"\$argon2id\$v=19\$m={_NUMBER},t={_NUMBER},p={_NUMBER}"
    r"\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{43})"
)
# What a till takes: no weaker than OWASP's advice (7 MiB, five times over), and no dearer than
# 64 MiB, four times over them, so that no catalogue can stop a till.
_KIB = range(7 * 1024, 64 * 1024 + 1)
_COST = range(5 * 7 * 1024, 4 * 64 * 1024 + 1)
_LANES = range(1, 5)
_YEARS = (range(1900, 2101), range(1900 + 543, 2101 + 543))
"""Years of the common era, and the same ones as พ.ศ."""


def plain_pin(typed: str) -> str:
    """Return a PIN as six digits of 0–9, whichever script's digits were typed.

    Raises `Refusal(PIN_SHAPE)` for anything else.
    """
    digits = "".join(_digit(character) for character in typed)
    if not _SHAPE.fullmatch(digits):
        raise Refusal(Why.PIN_SHAPE, digits=DIGITS)
    return digits


def check_new_pin(typed: str, *, code: str) -> str:
    """Return a PIN that somebody of a staff code may have from now on.

    Raises `Refusal(PIN_SHAPE | PIN_TRIVIAL)`. Docs: decisions/0008-pins.md.
    """
    pin = plain_pin(typed)
    if is_trivial(pin) or _is_of_code(pin, code):
        raise Refusal(Why.PIN_TRIVIAL)
    return pin


def is_trivial(pin: str) -> bool:
    """Tell whether six digits are among the first that anybody would try."""
    digits = [int(digit) for digit in pin]
    halves, thirds = (digits[:3], digits[3:]), (digits[::2], digits[1::2])
    return (
        len(set(digits)) < _FEWEST_DIFFERENT
        or len({(after - before) % 10 for before, after in pairwise(digits)}) == 1
        or digits[:3] in (digits[3:], digits[:2:-1])
        or digits[::2] == digits[1::2]
        or all(_goes_evenly(half) for half in halves)
        or all(_goes_evenly(third) for third in thirds)
        or _is_year(pin)
    )


def wait_after(failures: int) -> int:
    """Return for how many seconds the last of so many wrong PINs in a row shuts somebody out."""
    if failures < FREE_TRIES:
        return 0
    doublings = min(failures - FREE_TRIES, LONGEST_WAIT.bit_length())
    return min(FIRST_WAIT << doublings, LONGEST_WAIT)


def shut_out_for(failures: int, *, since: int, now: int) -> int:
    """Return for how many seconds more somebody is shut out; nought when they are not.

    `since` and `now` are seconds since the computer started, the last wrong PIN's and today's. A
    `now` before `since` is of a later start: how long it was switched off nobody knows, so the
    time since then is all that counts. Nothing here asks a clock that a person can set.
    """
    passed = now - since if now >= since else now
    return max(0, wait_after(failures) - passed)


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs to try a PIN: memory in KiB, passes over it, and lanes."""

    kib: int
    passes: int
    lanes: int

    @property
    def fits(self) -> bool:
        """Whether a till takes it: neither too weak nor too dear."""
        return self.kib in _KIB and self.kib * self.passes in _COST and self.lanes in _LANES


def verifier_cost(text: str) -> Cost | None:
    """Return what a published verifier costs to try, or None for what is none.

    One is argon2id's own text, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, salt and hash in base64
    without padding, the hash of 32 bytes.
    """
    match = _VERIFIER.fullmatch(text)
    if match is None or not (_is_base64(match[4]) and _is_base64(match[5])):
        return None
    return Cost(*(int(match[group]) for group in (1, 2, 3)))


def _is_base64(text: str) -> bool:
    """Tell whether a text is what writing some bytes as base64 gives, without its padding."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        return False
    return base64.b64encode(content).decode("ascii").rstrip("=") == text


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character, character))


def _goes_evenly(digits: Sequence[int]) -> bool:
    """Tell whether digits lie at one distance, as on a row or column of keys: 1-2-3, 1-4-7."""
    return len({after - before for before, after in pairwise(digits)}) == 1


def _is_year(pin: str) -> bool:
    """Tell whether a PIN is a year, filled up with noughts."""
    behind, before = int(pin[:4]), int(pin[2:])
    return any(
        (pin.endswith("00") and behind in years) or (pin.startswith("00") and before in years)
        for years in _YEARS
    )


def _is_of_code(pin: str, code: str) -> bool:
    """Tell whether a PIN stands in the digits of a staff code, or is them with noughts."""
    digits = "".join(character for character in code if character.isdecimal())
    filled = (digits.rjust(DIGITS, "0"), digits.ljust(DIGITS, "0"))
    return pin in digits or (bool(digits) and pin in filled)
