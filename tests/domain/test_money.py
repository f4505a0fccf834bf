"""Money: whole satang, shared out to the last one, read as people type it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import (
    COINS,
    MOST,
    NOTES,
    allocate,
    baht,
    parse_baht,
    plain,
    round_half_up,
    shown,
    suggest_notes,
)

AMOUNTS = st.integers(-MOST, MOST)
WEIGHTS = st.lists(st.integers(0, MOST), min_size=1, max_size=60)


@given(AMOUNTS, WEIGHTS)
def test_parts_sum_to_the_whole(total: int, weights: list[int]) -> None:
    assert sum(allocate(total, weights)) == total


@given(AMOUNTS, WEIGHTS.filter(any))
def test_each_part_is_within_one_satang_of_its_exact_share(total: int, weights: list[int]) -> None:
    whole = sum(weights)
    for part, weight in zip(allocate(total, weights), weights, strict=True):
        assert abs(part - Fraction(total * weight, whole)) < 1
        assert weight or not part


@given(AMOUNTS, WEIGHTS)
def test_a_reversal_cancels_part_by_part(total: int, weights: list[int]) -> None:
    mirrored = allocate(-total, weights)
    assert [a + b for a, b in zip(allocate(total, weights), mirrored, strict=True)] == [0] * len(
        weights
    )


@given(st.integers(0, MOST), st.integers(1, 60))
def test_equal_weights_get_parts_a_satang_apart_at_most(total: int, count: int) -> None:
    parts = allocate(total, [7] * count)
    assert max(parts) - min(parts) <= 1
    assert list(parts) == sorted(parts, reverse=True), "what is left over goes to the first"


def test_where_nothing_weighs_anything_the_first_takes_all() -> None:
    assert allocate(5, [0, 0, 0]) == (5, 0, 0)
    assert allocate(-5, [0, 0]) == (-5, 0)


def test_nobody_can_share_nothing_but_not_something() -> None:
    assert allocate(0, []) == ()
    with pytest.raises(ValueError, match="nobody"):
        allocate(1, [])
    with pytest.raises(ValueError, match="negative"):
        allocate(1, [1, -1])


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_halves_go_away_from_zero(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator)
    rounded = round_half_up(numerator, denominator)
    assert abs(rounded - exact) <= Fraction(1, 2)
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


@given(st.integers(0, MOST))
def test_what_is_written_can_be_typed_back(satang: int) -> None:
    assert parse_baht(plain(satang)) == satang
    assert parse_baht(baht(satang)) == satang
    assert parse_baht(f"  {shown(satang)} ") == satang


@pytest.mark.parametrize(
    ("text", "satang"),
    [
        ("0", 0),
        ("7", 7_00),
        ("7.5", 7_50),
        ("7.05", 7_05),
        ("1,234.5", 1234_50),
        ("฿ 12", 12_00),
        ("10,000,000", MOST),
        ("000012", 12_00),
    ],
)
def test_amounts_as_people_type_them(text: str, satang: int) -> None:
    assert parse_baht(text) == satang


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "฿", ".", ".5", "5.", "1.234", "12,34", "1,2345", "-5", "+5", "1e3", "0x10"),
        *("NaN", "5 5", "1_000", "๑๐", "５", "12.3.4", "1" * 10, "1,234,567,890", "\x00", "1\n2"),
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_baht(text)
    assert refused.value.why is Why.AMOUNT_UNREADABLE


@given(st.text())
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        assert 0 <= parse_baht(text) <= MOST
    except Refusal as refusal:
        assert refusal.why in {Why.AMOUNT_UNREADABLE, Why.AMOUNT_OUT_OF_RANGE}  # noqa: PT017


def test_more_than_ten_million_is_out_of_range() -> None:
    with pytest.raises(Refusal) as refused:
        parse_baht("10000000.01")
    assert refused.value.why is Why.AMOUNT_OUT_OF_RANGE


def test_a_negative_amount_is_written_with_its_sign_before_the_baht() -> None:
    assert (plain(-5), shown(-123456), baht(-5)) == ("-0.05", "−1,234.56", "−฿0.05")


@given(st.integers(-100, MOST))
def test_suggested_sums_are_above_what_is_due_and_made_of_notes(due: int) -> None:
    sums = suggest_notes(due)
    assert list(sums) == sorted(set(sums))
    assert len(sums) <= 4
    for suggested in sums:
        assert due < suggested <= due + NOTES[0]
        # Twenties and a fifty make every ten above thirty, and are made of nothing smaller.
        assert suggested % 20_00 == 0 or (suggested >= 50_00 and suggested % 10_00 == 0)
    assert bool(sums) == (due > 0 and due % NOTES[0] != 0)


@pytest.mark.parametrize(
    ("due", "sums"),
    [
        (3_00, (20_00, 50_00, 100_00, 500_00)),
        (87_50, (100_00, 500_00, 1000_00)),
        (590_00, (600_00, 1000_00)),
        (1234_25, (1250_00, 1300_00, 1500_00, 2000_00)),
        (1000_00, ()),
        (0, ()),
    ],
)
def test_suggestions_for_common_sums(due: int, sums: tuple[int, ...]) -> None:
    assert suggest_notes(due) == sums


def test_the_coins_and_notes_of_the_baht() -> None:
    assert tuple(sorted(NOTES, reverse=True)) == NOTES
    assert tuple(sorted(COINS, reverse=True)) == COINS
    assert set(NOTES) | set(COINS) == {
        *(100_000, 50_000, 10_000, 5_000, 2_000),
        *(1_000, 500, 200, 100, 50, 25),
    }
