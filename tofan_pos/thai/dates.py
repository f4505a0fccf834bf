"""Hides two calendars' years, two sets of digits and Bangkok's clock.

Inside the program a date is Christian era (CE) and a time is UTC; only people meet พ.ศ.
"""

import re
from datetime import date, datetime, timedelta, timezone
from typing import Final, Literal

from tofan_pos.thai.numerals import to_arabic

BANGKOK: Final = timezone(timedelta(hours=7), "Asia/Bangkok")
"""Thailand's time: UTC+7 the year round, so no time-zone database is needed."""

THAI_MONTHS: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
THAI_MONTHS_SHORT: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

Language = Literal["th", "en"]
Style = Literal["long", "short", "numeric"]

_BUDDHIST_YEARS_AHEAD: Final = 543
_LAST_CE_YEAR: Final = 2400  # a larger typed year can only be พ.ศ.
_FIRST_CE_YEAR: Final = 1900
_LONGEST_DATE: Final = 60

_MONTH_BY_NAME: Final = {
    name.replace(".", "").casefold(): month
    for names in (
        THAI_MONTHS,
        THAI_MONTHS_SHORT,
        _ENGLISH_MONTHS,
        tuple(name[:3] for name in _ENGLISH_MONTHS),
    )
    for month, name in enumerate(names, start=1)
} | {"sept": 9}

_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{4})")
_COMPACT: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NAMED: Final = re.compile(
    r"([0-9]{1,2})[ -]?([^\W0-9_][^0-9]*?)[ -]?(พ\.?ศ\.?|ค\.?ศ\.?)? ?([0-9]{4})"
)


def parse_date(text_or_number: str | int) -> date:
    """Return the date a person typed, in CE.

    Takes 31/12/2569, 31-12-2569, 31.12.2569, 2569-12-31, 2026-12-31, 31 ธ.ค. 2569,
    31 ธันวาคม พ.ศ. 2569, 31 Dec 2026 and the number 20261231, with Thai or Arabic digits, the day
    before the month. A year above 2400 is พ.ศ.; พ.ศ. or ค.ศ. written out must agree with that.

    Raises ValueError for anything else: other shapes, two-digit years, days that do not exist
    (29 February is judged by the CE year), and years outside 1900-2400 CE.
    """
    text = " ".join(to_arabic(str(text_or_number)).split())
    if len(text) > _LONGEST_DATE:
        raise ValueError("too long for a date")
    era = ""
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = int(match[1]), int(match[3]), int(match[4])
    elif match := _COMPACT.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    elif match := _NAMED.fullmatch(text):
        day, month, year = int(match[1]), _month(match[2]), int(match[4])
        era = (match[3] or "")[:1]
    else:
        raise ValueError(f"not a date: {text!r}")
    return date(_common_era(year, era=era), month, day)


def _month(name: str) -> int:
    month = _MONTH_BY_NAME.get(name.replace(".", "").strip().casefold())
    if month is None:
        raise ValueError(f"not a month: {name!r}")
    return month


def _common_era(year: int, *, era: str) -> int:
    is_buddhist = year > _LAST_CE_YEAR
    if era and (era == "พ") != is_buddhist:
        raise ValueError(f"the year {year} does not belong to the era written beside it")
    common = year - _BUDDHIST_YEARS_AHEAD if is_buddhist else year
    if not _FIRST_CE_YEAR <= common <= _LAST_CE_YEAR:
        raise ValueError(f"not a year this program works with: {year}")
    return common


def format_date(day: date, *, language: Language, style: Style) -> str:
    """Return the date as people read it: Thai with the พ.ศ. year, English with the CE year.

    ``long`` 22 พฤศจิกายน 2569, ``short`` 22 พ.ย. 2569, ``numeric`` 22/11/2569 (day and month in
    two digits). The year always has its four digits, as tax papers need.

    >>> format_date(date(2026, 11, 22), language="th", style="short")
    '22 พ.ย. 2569'
    """
    thai = language == "th"
    year = day.year + _BUDDHIST_YEARS_AHEAD if thai else day.year
    if style == "numeric":
        return f"{day.day:02}/{day.month:02}/{year:04}"
    if style == "long":
        name = (THAI_MONTHS if thai else _ENGLISH_MONTHS)[day.month - 1]
    else:
        name = THAI_MONTHS_SHORT[day.month - 1] if thai else _ENGLISH_MONTHS[day.month - 1][:3]
    return f"{day.day} {name} {year:04}"


def format_time(moment: datetime) -> str:
    """Return Bangkok's hour and minute, 14:05. Raises ValueError for a time without a zone."""
    return f"{_in_bangkok(moment):%H:%M}"


def business_day(moment: datetime) -> date:
    """Return the date in Bangkok at a UTC moment. Raises ValueError for a time without a zone."""
    return _in_bangkok(moment).date()


def _in_bangkok(moment: datetime) -> datetime:
    # astimezone() would silently read a bare time as this machine's own zone.
    if moment.utcoffset() is None:
        raise ValueError("a time needs its zone")
    return moment.astimezone(BANGKOK)
