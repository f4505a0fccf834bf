"""Scans made while the Thai layout was on."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.thai.keyboard import decode, decodings

VECTORS = json.loads(
    (Path(__file__).parent / "vectors" / "kedmanee.json").read_text(encoding="utf-8")
)
PAIRS: dict[str, str] = VECTORS["unshifted"] | VECTORS["shifted"]
TYPED_BY = {us: thai for thai, us in PAIRS.items()}


@pytest.mark.parametrize(("thai", "us"), PAIRS.items())
def test_every_key(thai: str, us: str) -> None:
    assert decode(thai) == us


def test_all_94_keys_are_known() -> None:
    assert "".join(sorted(PAIRS.values())) == "".join(map(chr, range(0x21, 0x7F)))


@pytest.mark.parametrize(("typed", "meant"), VECTORS["scans"].items())
def test_scans(typed: str, meant: str) -> None:
    assert decodings(typed)[:2] == (typed, meant)


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1))
def test_any_code_survives_the_thai_layout(code: str) -> None:
    typed = "".join(TYPED_BY[key] for key in code)
    assert decode(typed) == code
    assert code in decodings(typed)


@given(st.text())
def test_readings_are_clean_and_differ(text: str) -> None:
    readings = decodings(text)
    assert len(set(readings)) == len(readings)
    assert all(reading and reading == reading.strip() for reading in readings)
    assert not any(c < " " or c == "\u200b" for reading in readings for c in reading)


def test_a_latin_code_is_never_read_as_thai() -> None:
    assert decodings("12-4") == ("12-4",)
    assert decodings("TF-00123-A") == ("TF-00123-A", "tf-00123-a")


def test_a_code_of_twos_and_threes_is_read() -> None:
    assert decodings("/-/-") == ("/-/-", "2323")


def test_controls_zero_width_and_blanks_are_dropped() -> None:
    assert decodings("\x02 คคถจๅ/-ภถุึคต\u200b\r\n")[1] == "8850123456789"
    assert decodings(" \t\x00\u200b\r") == ()
    assert decodings("") == ()


def test_marks_keep_the_order_of_the_keys() -> None:
    # ้ before ุ: NFC would turn them round and with them the digits.
    assert decode("ุ้") == "h6"


def test_split_am_is_offered_both_ways() -> None:
    assert decodings("ก\u0e4d\u0e32")[1:3] == ("dYk", "de")


def test_caps_lock() -> None:
    assert "8840" in decodings("๕๕๓๗")
    assert "TF-01" in decodings("tf-01")


def test_a_huge_scan_is_read_whole() -> None:
    # Long enough that anything but one walk over it would never end.
    assert decodings("คคถจๅ" * 100_000)[1] == "88501" * 100_000
