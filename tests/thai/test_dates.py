"""Typed dates in and written dates out, in two calendars."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.thai.dates import (
    BANGKOK,
    Language,
    Style,
    business_day,
    format_date,
    format_time,
    parse_date,
)
from tofan_pos.thai.numerals import to_thai

NEW_YEARS_EVE = date(2026, 12, 31)
DAYS = st.dates(date(1900, 1, 1), date(2400, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "31/12/2569", "31-12-2569", "31.12.2569", "2569-12-31", "2026-12-31", "2026/12/31",
        "31/12/2026", " 31 / 12 / 2569 ", "๓๑/๑๒/๒๕๖๙", "31 ธ.ค. 2569", "31 ธค 2569",
        "31ธ.ค.2569", "31 ธันวาคม 2569", "๓๑ ธันวาคม ๒๕๖๙", "31 ธันวาคม พ.ศ. 2569",
        "31 ธ.ค. พ.ศ.2569", "31 ธันวาคม ค.ศ. 2026", "31 Dec 2026", "31-Dec-2026",
        "31 DECEMBER 2026", "31 december 2569", "20261231", "25691231",
    ],
)  # fmt: skip
def test_typed(typed: str) -> None:
    assert parse_date(typed) == NEW_YEARS_EVE


def test_a_number() -> None:
    assert parse_date(20261231) == parse_date(25691231) == NEW_YEARS_EVE


@pytest.mark.parametrize(
    "typed",
    [
        "", "x", "31/12/69", "31/12/26", "69-12-31", "31 ธ.ค. 69", "31/13/2569", "32/12/2569",
        "0/1/2569", "31/2/2569", "29/2/2569", "29/2/2568", "31/12-2569", "31/12/25690",
        "31 ธันวา 2569", "31 Dez 2026", "31 ธ.ค. พ.ศ. 2026", "31 ธ.ค. ค.ศ. 2569", "31/12/0543",
        "31/12/9999", "31/12/1899", "31122569", "٣١/12/2569", "-1", "31 2569", "9" * 10_000,
    ],
)  # fmt: skip
def test_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_date(typed)


@pytest.mark.parametrize("number", [0, -20261231, 311269, True, 46387])
def test_refused_numbers(number: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_date(number)


def test_leap_day_follows_the_common_era() -> None:
    assert parse_date("29/2/2567") == date(2024, 2, 29)  # 2567 is no multiple of four


@pytest.mark.parametrize(
    ("language", "style", "written"),
    [
        ("th", "long", "22 พฤศจิกายน 2569"),
        ("th", "short", "22 พ.ย. 2569"),
        ("th", "numeric", "22/11/2569"),
        ("en", "long", "22 November 2026"),
        ("en", "short", "22 Nov 2026"),
        ("en", "numeric", "22/11/2026"),
    ],
)
def test_written(language: Language, style: Style, written: str) -> None:
    assert format_date(date(2026, 11, 22), language=language, style=style) == written


def test_single_digits() -> None:
    day = date(2026, 3, 5)
    assert format_date(day, language="th", style="numeric") == "05/03/2569"
    assert format_date(day, language="th", style="short") == "5 มี.ค. 2569"


@given(DAYS, st.sampled_from(["th", "en"]), st.sampled_from(["long", "short", "numeric"]))
def test_what_is_written_can_be_typed(day: date, language: Language, style: Style) -> None:
    written = format_date(day, language=language, style=style)
    assert parse_date(written) == parse_date(to_thai(written)) == parse_date(day.isoformat()) == day


@given(st.text(alphabet="0123456789๐๙/-. ธ.ค.พศDecมกราคม", max_size=24))
def test_anything_typed_is_a_date_or_a_value_error(text: str) -> None:
    try:
        day = parse_date(text)
    except ValueError:
        return
    assert 1900 <= day.year <= 2400


def test_bangkok_time() -> None:
    assert BANGKOK.utcoffset(None) == timedelta(hours=7)
    assert format_time(datetime(2026, 11, 22, 7, 5, 59, tzinfo=UTC)) == "14:05"
    assert business_day(datetime(2026, 11, 22, 16, 59, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert business_day(datetime(2026, 11, 22, 17, 0, tzinfo=UTC)) == date(2026, 11, 23)
    assert business_day(datetime(2026, 11, 23, 0, 30, tzinfo=BANGKOK)) == date(2026, 11, 23)


def test_a_time_without_a_zone_is_refused() -> None:
    bare = datetime(2026, 11, 22, 7, 5)  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        format_time(bare)
    with pytest.raises(ValueError, match="zone"):
        business_day(bare)
