"""Hides how people type a rate, a count and a short code into a cell, as `cells` does for others.

Each function reads one cell: it returns None where the cell turns out blank, and raises Unfit with
the problem where it cannot be read.
"""

import re
from decimal import Decimal
from typing import Final

from tofan_pos.domain.tax import WHOLE_BP
from tofan_pos.workbook import cells
from tofan_pos.workbook.faults import Problem, Unfit
from tofan_pos.workbook.sheets import Cell, Kind

MOST_COUNTED: Final = 2**31 - 1

_PERCENT: Final = re.compile(r"(?P<sign>-?)(?P<number>[0-9]{1,9}(?:\.[0-9]{1,20})?)(?P<named>%?)")
_NAMED: Final = re.compile(r"ร้อยละ|เปอร์เซ็นต์|เปอร์เซนต์|percent", re.IGNORECASE)
_COUNT: Final = re.compile("[0-9]{1,10}")
_PIECES: Final = re.compile(r"ชิ้น|อัน|pieces?|pcs\.?", re.IGNORECASE)
_SHORT_CODE: Final = re.compile("[A-Z0-9]{2,12}")
# In hundredths of a percent: what a computed rate may be off by, and still be the one it stands for
_NOISE: Final = 1e-4


def percent(cell: Cell) -> int | None:
    """Return a rate in hundredths of a percent, from `10`, `10%`, `ร้อยละ 10` or a rate cell.

    A number below one without a sign may stand for a rate or for a hundredth of it, and is unfit.
    """
    if cell.kind is Kind.NUMBER:
        return _percent_of_number(cell)
    if cell.kind is not Kind.TEXT:
        raise Unfit(Problem.PERCENT_UNREADABLE)
    text = cells.plain(cell).replace(" ", "")
    if not text:
        return None
    cells.refuse_card(text)
    bare, names = _NAMED.subn("", text)
    match = _PERCENT.fullmatch(bare)
    if match is None or names > 1:
        raise Unfit(Problem.PERCENT_UNREADABLE)
    if match["sign"]:
        raise Unfit(Problem.PERCENT_OUT_OF_RANGE)
    rate = Decimal(match["number"])
    if 0 < rate < 1 and not (names or match["named"]):
        raise Unfit(Problem.PERCENT_UNCLEAR)
    if rate * 100 % 1:
        raise Unfit(Problem.PERCENT_TOO_FINE)
    return _within(int(rate * 100))


def _percent_of_number(cell: Cell) -> int:
    number = cells.number_of(cell.text)
    if number is None:
        raise Unfit(Problem.PERCENT_UNREADABLE)
    if not 0 <= number <= 100:
        raise Unfit(Problem.PERCENT_OUT_OF_RANGE)
    if 0 < number < 1 and not cell.percent:
        raise Unfit(Problem.PERCENT_UNCLEAR)
    exact = number * (WHOLE_BP if cell.percent else 100)
    rate = round(exact)
    if abs(exact - rate) > _NOISE:
        raise Unfit(Problem.PERCENT_TOO_FINE)
    return _within(rate)


def _within(rate: int) -> int:
    if rate > WHOLE_BP:
        raise Unfit(Problem.PERCENT_OUT_OF_RANGE)
    return rate


def count(cell: Cell) -> int | None:
    """Return a whole number from nought on, from `3`, `๓` or `3 ชิ้น`."""
    if cell.kind not in {Kind.NUMBER, Kind.TEXT}:
        raise Unfit(Problem.COUNT_UNREADABLE)
    text = cells.plain(cell)
    if not text:
        return None
    cells.refuse_card(text)
    bare = _PIECES.sub("", text).strip()
    if not _COUNT.fullmatch(bare) or int(bare) > MOST_COUNTED:
        raise Unfit(Problem.COUNT_UNREADABLE)
    return int(bare)


def short_code(cell: Cell) -> str | None:
    """Return a code of two to twelve of A-Z and 0-9; small letters become capitals."""
    text = cells.plain(cell)
    if not text:
        return None
    cells.refuse_card(text)
    # Folded only where it is plain: some foreign letters become two of A-Z.
    code = text.upper() if text.isascii() else text
    if not _SHORT_CODE.fullmatch(code):
        raise Unfit(Problem.SHORT_CODE)
    return code
