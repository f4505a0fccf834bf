"""Hides the many ways in which people type a text, price, barcode, date, yes or no into a cell.

Each function reads one cell: it returns None where the cell turns out blank, and raises Unfit with
the problem where it cannot be read.
"""

import math
import re
from datetime import date
from typing import Final

from tofan_pos.domain import wording
from tofan_pos.domain.catalogue import TaxKind, has_right_check_digit, is_ean
from tofan_pos.domain.money import MOST, SATANG
from tofan_pos.thai.dates import parse_date
from tofan_pos.thai.numerals import to_arabic
from tofan_pos.workbook.faults import Problem, Unfit
from tofan_pos.workbook.sheets import Cell, Kind

LONGEST_CODE: Final = 24

_CODE: Final = re.compile(r"[A-Za-z0-9._-]+")
_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,400}(?:\.[0-9]{0,400})?(?:[eE][-+]?[0-9]{1,4})?")
_PRICE: Final = re.compile(
    r"(?P<sign>[-\N{MINUS SIGN}(]?)(?P<baht>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
    r"(?:\.(?P<satang>[0-9]+))?\)?(?:[.,]?-)?"
)
_CURRENCY: Final = re.compile(r"฿|บาท|baht|thb", re.IGNORECASE)
# In satang: what a computed price may be off by, and still be the whole satang it stands for.
_NOISE: Final = 1e-4
_EXACT: Final = 10**17

_YES: Final = frozenset(["1", "true", "yes", "y", "x", "on", "ใช่", "จริง", "✓", "✔", "☑", "✅"])
_NO: Final = frozenset(
    ["0", "false", "no", "n", "off", "-", "ไม่", "ไม่ใช่", "เท็จ", "✗", "✘", "☐", "❌"]
)
_STANDARD: Final = frozenset(
    ["standard", "std", "vat", "7", "7%", "7.0%", "7.00%", "7.0", "7.00", "0.07", "ปกติ"]
)
_EXEMPT: Final = frozenset(
    ["exempt", "none", "ยกเว้น", "ยกเว้นภาษี", "ยกเว้นvat", "ไม่มี", "ไม่มีvat", "novat", "non-vat"]
)
_VAT_RATES: Final = (7.0, 0.07)

_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2199
_BUDDHIST_FROM: Final = 2400
_BUDDHIST_AHEAD: Final = 543


def one_line(cell: Cell, *, longest: int) -> str | None:
    """Return a text on one line, without control and invisible characters and spare spaces."""
    return _checked(flat(written(cell)), longest)


def paragraphs(cell: Cell, *, longest: int) -> str | None:
    """Return a text that may have paragraphs: cleaned as one line is, its lines kept apart."""
    return _checked(wording.paragraphs(written(cell)), longest)


def code(cell: Cell) -> str | None:
    """Return a code of A-Z, 0-9, hyphen, point and underline; small letters become capitals."""
    text = plain(cell)
    if not text:
        return None
    if not (is_ean(text) and has_right_check_digit(text)):
        refuse_card(text)
    if not _CODE.fullmatch(text):
        raise Unfit(Problem.CODE_CHARACTERS)
    if len(text) > LONGEST_CODE:
        raise Unfit(Problem.TOO_LONG, most=LONGEST_CODE, length=len(text))
    return text.upper()


def barcode(cell: Cell) -> str | None:
    """Return an EAN-8 or EAN-13 whose check digit is right; its spaces and hyphens are left out.

    A barcode kept as a number may come short: `may_lack_zeros` tells so.
    """
    text = re.sub("[ -]", "", plain(cell))
    if not text:
        return None
    if may_lack_zeros(cell, text):
        whole = text.zfill(8 if len(text) == 7 else 13)
        if has_right_check_digit(whole):
            return whole
        raise Unfit(Problem.BARCODE_LOST_ZEROS)
    if not is_ean(text):
        refuse_card(text)
        raise Unfit(Problem.BARCODE_SHAPE)
    if not has_right_check_digit(text):
        raise Unfit(Problem.BARCODE_CHECK)
    return text


def may_lack_zeros(cell: Cell, text: str) -> bool:
    """Tell whether this is a number of as many digits as a barcode that lost zeros has left."""
    return cell.kind is Kind.NUMBER and text.isdigit() and len(text) in {7, 10, 11, 12}


def price(cell: Cell) -> int | None:
    """Return a price in satang, from baht as a number or as people write it (`฿1,180.50`)."""
    if cell.kind is Kind.NUMBER and not cell.percent:
        return _price_of_number(cell.text)
    if cell.kind is not Kind.TEXT:
        raise Unfit(Problem.PRICE_UNREADABLE)
    text = to_arabic(flat(cell.text))
    if not text:
        return None
    match = _PRICE.fullmatch(_CURRENCY.sub("", text).replace(" ", ""))
    if match is None or len(text) > 40:
        raise Unfit(Problem.PRICE_UNREADABLE)
    if match["sign"]:
        raise Unfit(Problem.PRICE_NEGATIVE)
    satang = match["satang"] or "0"
    if len(satang) > 2:  # not even noughts: `1.180` may well mean 1,180
        raise Unfit(Problem.PRICE_TOO_FINE)
    return _affordable(int(match["baht"].replace(",", "")) * SATANG + int(satang.ljust(2, "0")))


def _price_of_number(text: str) -> int:
    number = number_of(text)
    if number is None:
        raise Unfit(Problem.PRICE_UNREADABLE)
    if number < 0:
        raise Unfit(Problem.PRICE_NEGATIVE)
    if number > MOST:
        raise Unfit(Problem.PRICE_TOO_HIGH, most=MOST // SATANG)
    satang = round(number * SATANG)
    if abs(number * SATANG - satang) > _NOISE:
        raise Unfit(Problem.PRICE_TOO_FINE)
    return _affordable(satang)


def _affordable(satang: int) -> int:
    if satang > MOST:
        raise Unfit(Problem.PRICE_TOO_HIGH, most=MOST // SATANG)
    return satang


def yes_no(cell: Cell) -> bool | None:
    """Return what a yes or a no means, in Thai, English, a tick or a figure."""
    said = word(cell)
    if not said:
        return None
    if said in _YES or said in _NO:
        return said in _YES
    raise Unfit(Problem.YES_NO_UNREADABLE)


def vat(cell: Cell) -> TaxKind | None:
    """Return how VAT applies; a rate of nought is no exemption in law, and is not taken for one."""
    said = word(cell)
    if not said:
        return None
    number = number_of(said) if cell.kind is Kind.NUMBER else None
    if said in _STANDARD or any(
        number is not None and math.isclose(number, rate) for rate in _VAT_RATES
    ):
        return TaxKind.STANDARD
    if said in _EXEMPT:
        return TaxKind.EXEMPT
    raise Unfit(Problem.VAT_UNKNOWN)


def day(cell: Cell) -> date | None:
    """Return a CE date, from a date cell or as people write one; years above 2400 are พ.ศ."""
    text = flat(written(cell))
    if not text:
        return None
    try:
        found = _day_of_cell(text) if cell.kind is Kind.DATE else parse_date(text)
    except ValueError as error:
        raise Unfit(Problem.DATE_UNREADABLE) from error
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise Unfit(Problem.DATE_FAR_OFF)
    return found


def _day_of_cell(text: str) -> date:
    # A spreadsheet set to CE takes 31/12/2571 for that far year, and keeps it as a date.
    found = date.fromisoformat(text)
    if found.year > _BUDDHIST_FROM:
        return found.replace(year=found.year - _BUDDHIST_AHEAD)
    return found


def written(cell: Cell) -> str:
    """Return the cell's text as its reader sees it: whole numbers without exponent or `.0`."""
    if cell.kind is Kind.YES_NO:
        return "TRUE" if cell.text == "1" else "FALSE"
    if cell.kind is Kind.NUMBER:
        number = number_of(cell.text)
        if number is not None and number.is_integer() and abs(number) < _EXACT:
            return str(int(number))
    return cell.text


def number_of(text: str) -> float | None:
    """Return the number that a cell keeps as text; infinite where it is beyond all bounds."""
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else math.inf


def flat(text: str) -> str:
    """Return a text on one line, without control and invisible characters and spare spaces."""
    return wording.one_line(text)


def plain(cell: Cell) -> str:
    """Return what a cell says on one line, its digits as 0-9."""
    return to_arabic(flat(written(cell)))


def word(cell: Cell) -> str:
    """Return what a cell says as one word to be looked up: no capitals, no spaces."""
    return plain(cell).casefold().replace(" ", "")


def _checked(text: str, longest: int) -> str | None:
    refuse_card(text)
    if len(text) > longest:
        raise Unfit(Problem.TOO_LONG, most=longest, length=len(text))
    return text or None


def refuse_card(text: str) -> None:
    """Raise Unfit where a text holds what reads as the number of a payment card."""
    if wording.reads_as_card(text):
        raise Unfit(Problem.CARD_NUMBER)
