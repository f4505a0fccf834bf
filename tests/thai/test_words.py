"""Amounts in words: the shared vectors, the Royal Institute's เอ็ด, and a reading back."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.thai.words import baht_text

VECTORS: dict[str, str] = json.loads(
    (Path(__file__).parent / "vectors" / "bahttext.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("baht", "words"), VECTORS.items())
def test_vectors(baht: str, words: str) -> None:
    assert baht_text(int(Decimal(baht) * 100)) == words


@pytest.mark.parametrize(
    ("satang", "words"),
    [
        (1, "หนึ่งสตางค์"),
        (11, "สิบเอ็ดสตางค์"),
        (101, "หนึ่งบาทหนึ่งสตางค์"),
        (2_000, "ยี่สิบบาทถ้วน"),
        (1_000_001_00, "หนึ่งล้านเอ็ดบาทถ้วน"),
        (10_000_000_00, "สิบล้านบาทถ้วน"),
        (21_000_000_00, "ยี่สิบเอ็ดล้านบาทถ้วน"),
        (101_000_000_00, "หนึ่งร้อยเอ็ดล้านบาทถ้วน"),
        (1_000_000_000_000_00, "หนึ่งล้านล้านบาทถ้วน"),
        (1_500_000_000_001_00, "หนึ่งล้านห้าแสนล้านเอ็ดบาทถ้วน"),
        (1_000_001_000_000_00, "หนึ่งล้านเอ็ดล้านบาทถ้วน"),
        (10**18 * 100, "หนึ่งล้านล้านล้านบาทถ้วน"),
        (123_456_78, "หนึ่งแสนสองหมื่นสามพันสี่ร้อยห้าสิบหกบาทเจ็ดสิบแปดสตางค์"),
    ],
)
def test_examples(satang: int, words: str) -> None:
    assert baht_text(satang) == words


def test_negative_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        baht_text(-1)


UNITS = {
    "หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4,
    "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9,
}  # fmt: skip
PLACES = {"แสน": 100_000, "หมื่น": 10_000, "พัน": 1_000, "ร้อย": 100, "สิบ": 10}


def read(words: str) -> int:
    """Read a Thai number, apart from the code under test."""
    total = group = digit = 0
    while words:
        if words.startswith("ล้าน"):
            total, group, digit = (total + group + digit) * 1_000_000, 0, 0
            words = words.removeprefix("ล้าน")
            continue
        for name, value in UNITS.items():
            if words.startswith(name):
                digit, words = value, words.removeprefix(name)
                break
        else:
            name = next(place for place in PLACES if words.startswith(place))
            group, digit, words = group + (digit or 1) * PLACES[name], 0, words.removeprefix(name)
    return total + group + digit


@given(st.integers(1, 10**20))
def test_words_read_back_as_the_amount(satang: int) -> None:
    baht, _, rest = baht_text(satang).removesuffix("ถ้วน").rpartition("บาท")
    assert read(baht) * 100 + read(rest.removesuffix("สตางค์")) == satang
