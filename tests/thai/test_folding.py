"""Search folding: one form for everything that looks the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.thai.folding import fold, fold_loose, tidy

THAI = st.text(st.characters(min_codepoint=0x0E00, max_codepoint=0x0E7F))
# Small alphabets meet the rules far more often than free text does.
TRICKY = st.text(alphabet="นก\u0e4dำา\u0e48\u0e49\u0e4aีุู\u0e3aเแ์็ๆฯ \u200b.-๑1Aßİ\u0301\u0323\u05b0")
ANY = st.one_of(st.text(), THAI, TRICKY)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("น\u0e49\u0e33", "น้ำ"),
        ("ท\u0e4d\u0e32", "ทำ"),
        ("เเม่", "แม่"),
        ("เ\u200bเม่", "แม่"),
        ("ท\u0e48\u0e35", "ที\u0e48"),
        ("อย\u0e39\u0e48\u0e48", "อย\u0e39\u0e48"),
        ("ค\u0e4c\u0e38\u0e4c", "ค\u0e38\u0e4c"),
        ("๑๒๓", "123"),
        ("  ผ้า\u00a0 ไหม\u200b\n", "ผ้า ไหม"),
        ("TF-001", "tf-001"),
        ("Straße", "strasse"),
        ("cafe\u0301", "café"),
        ("ก\x1bpข\x00", "กpข"),
        ("", ""),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_compatibility_forms_are_kept() -> None:
    assert fold("น้ำ ② ﬁ Ａ") != unicodedata.normalize("NFKC", "น้ำ ② ﬁ Ａ").lower()
    assert "ำ" in fold("น้ำ")
    assert fold("②") == "②"


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ผ้าขาวม้า", "ผาขาวมา"),
        ("ต่าง ๆ ฯลฯ", "ตาง ล"),
        ("ศิลป์ (เล็ก)", "ศิลป เลก"),
        ("TF-00123-A", "tf00123a"),
        ("เ.เม่", "แม"),
        ("...", ""),
    ],
)
def test_fold_loose(typed: str, folded: str) -> None:
    assert fold_loose(typed) == folded


@given(ANY)
def test_idempotent(text: str) -> None:
    folded, loose = fold(text), fold_loose(text)
    assert fold(folded) == folded
    assert fold_loose(loose) == loose


@given(ANY)
def test_the_loose_tier_is_no_finer(text: str) -> None:
    assert fold_loose(fold(text)) == fold_loose(text)


@given(ANY)
def test_invisible_characters_change_nothing(text: str) -> None:
    scattered = "\u200b".join(text) + "\ufeff"
    assert fold(scattered) == fold(text)


@given(ANY)
def test_canonical_forms_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_tidy_keeps_capitals() -> None:
    assert tidy(" Tofan  น\u0e33\u0e49 ") == "Tofan น้ำ"


@pytest.mark.parametrize("unit", ["\u0e4d", "่", "ํา", "เเ", "ํ่", "\u200b", " "])
def test_hostile_repetition(unit: str) -> None:
    # Long enough that anything but one walk over it would never end.
    text = unit * 1_000_000
    folded = fold_loose(text)
    assert len(folded) <= len(text)
    assert fold_loose(folded) == folded
