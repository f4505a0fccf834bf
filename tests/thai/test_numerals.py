"""Thai and Arabic digits."""

from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.thai.numerals import to_arabic, to_thai


def test_both_ways() -> None:
    assert to_arabic("๐๑๒๓๔๕๖๗๘๙ บาท") == "0123456789 บาท"
    assert to_thai("0123456789 บาท") == "๐๑๒๓๔๕๖๗๘๙ บาท"


def test_other_scripts_digits_are_left() -> None:
    assert to_arabic("٣५") == "٣५"


@given(st.text())
def test_there_and_back(text: str) -> None:
    assert to_arabic(to_thai(text)) == to_arabic(text)
    assert len(to_thai(text)) == len(text)
