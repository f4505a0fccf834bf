"""The gate for text on its way to paper."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.receipt.printable import LONGEST, MOST_MARKS, printable


@given(st.text())
def test_what_comes_out_prints_and_comes_out_again_the_same(text: str) -> None:
    out = printable(text)
    assert out.isprintable()
    assert out == out.strip()
    assert printable(out) == out
    out.encode()  # no lone surrogate is left


@given(st.text(alphabet="กขคงที่นั่นผึ้งปั่น์ฯๆ๐๑ abcXYZ019.,%()-", max_size=200))
def test_plain_thai_and_english_keep_all_but_extra_spaces(text: str) -> None:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) == "Mn" else 0
        if marks > MOST_MARKS:
            return
    assert printable(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1bp\x00\x19", "p"),
        ("a\u202eb\u2066c", "abc"),
        ("a\u200bb", "ab"),
        ("\ud800", ""),
        ("a\r\nb\tc", "a b c"),
        ("<img src=x>", "<img src=x>"),
        ("=1+1", "=1+1"),
    ],
)
def test_hostile_text_comes_out_as_text(hostile: str, harmless: str) -> None:
    assert printable(hostile) == harmless


def test_towers_of_marks_are_cut() -> None:
    assert printable("ก" + "้" * 300) == "ก" + "้" * MOST_MARKS


def test_too_long_ends_in_an_ellipsis() -> None:
    out = printable("ก" * 65_536)
    assert len(out) == LONGEST + 1
    assert out.endswith("…")
