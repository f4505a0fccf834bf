"""What no typed text may carry: numbers of payment cards, and characters that are commands."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.guard import checked_text, holds_card_number

CARDS = (
    "4222222222222",  # 13 digits
    "30569309025904",  # 14
    "378282246310005",  # 15
    "4111111111111111",  # 16
    "5555555555554444",
    "6304000000000000000",  # 19
)
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def grouped(card: str, separator: str) -> str:
    return separator.join(card[i : i + 4] for i in range(0, len(card), 4))


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("separator", ["", " ", "-", " - ", "  ", ".", "/", "\u2013", "\u00a0"])
def test_a_card_number_is_found_however_it_is_written(card: str, separator: str) -> None:
    for text in (
        grouped(card, separator),
        f"บัตร {grouped(card, separator)} ค่ะ",
        f"x{grouped(card, separator)}y",
    ):
        for digits in (text, text.translate(THAI), text.translate(WIDE)):
            assert holds_card_number(digits), digits


@pytest.mark.parametrize(
    "separator", [",", ", ", ":", " : ", ";", "|", "+", "*", "'", ")(", "\uff0c", "\u060c"]
)
def test_no_sign_between_its_groups_hides_it(separator: str) -> None:
    amex = "378282246310005"
    by_its_own_groups = separator.join((amex[:4], amex[4:10], amex[10:]))
    for text in (*(grouped(card, separator) for card in CARDS), by_its_own_groups):
        for digits in (text, f"12{separator}{text}", f"{text}{separator}12", text.translate(THAI)):
            assert holds_card_number(digits), digits


@pytest.mark.parametrize(
    "around", ["{} 12", "12 {}", "7-{}", "{}-7", "{} 4111 1111 1111 1112", "1 2 {} 3 4"]
)
def test_other_numbers_beside_it_do_not_hide_it(around: str) -> None:
    assert holds_card_number(around.format("4111 1111 1111 1111"))
    assert holds_card_number(around.format("4111111111111111"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ผ้าทอ 12 ชิ้น",
        "8850123456788",
        "4111111111111112",
        "411111111111",
        "4111 1111 1111",
        "CTW1-V000042",
        "2569-11-22 10:30",
        "081 234 5678",
        "36 37 38 39 40 41 42 43 44 45 46",
        "1,234,567,890,123.00",
        "4,111,111,111,111,111.00",
        "41,111,111,111,111.11 บาท",
        "411,111,111,111,111,1",
        "41, 11, 11, 11, 11, 11, 11, 11",
        "41:11:11:11:11:11:11:11",
        "4111,11,11,1111,1111",
    ],
)
def test_other_numbers_pass(text: str) -> None:
    assert not holds_card_number(text)


@given(st.integers(10**11, 10**18 - 1))
def test_the_right_last_digit_is_what_makes_it_a_card(number: int) -> None:
    assert sum(holds_card_number(f"{number}{last}") for last in range(10)) == 1


@pytest.mark.parametrize("part", ["1", "1111,", "1111,,,,", "1, ", "1111 1", ",", "1111111111111x"])
def test_no_text_is_long_to_look_into(part: str) -> None:
    # The process's own time, which does not pass while others have the machine.
    begun = time.process_time()
    holds_card_number(part * (32_767 // len(part)))
    assert time.process_time() - begun < 1


@given(st.integers(0, 10**19 - 1), st.integers(0, 99))
def test_an_amount_is_never_taken_for_a_card(baht: int, satang: int) -> None:
    assert not holds_card_number(f"{baht:,}.{satang:02}")


@given(st.text(st.characters(), max_size=200))
def test_checked_text_is_one_clean_line(text: str) -> None:
    try:
        cleaned = checked_text(text, longest=80)
    except Refusal as refusal:
        assert refusal.why in {Why.TEXT_TOO_LONG, Why.CARD_NUMBER}  # noqa: PT017
        return
    assert len(cleaned) <= 80
    assert cleaned == " ".join(cleaned.split())
    assert not any(unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs"} for c in cleaned)
    cleaned.encode()
    assert checked_text(cleaned, longest=80) == cleaned


@pytest.mark.parametrize(
    "command", ["\x1bp\x00", "\x00", "\u202e", "\u2066", "\ufeff", "\r\n", "\x9b", "\ud800"]
)
def test_commands_become_spaces(command: str) -> None:
    cleaned = checked_text(f"ก{command}ข", longest=80)
    assert cleaned.replace("p", "").split() == ["ก", "ข"]
    assert cleaned.isprintable()


def test_separators_that_vanish_cannot_hide_a_card() -> None:
    with pytest.raises(Refusal) as refused:
        checked_text("4111\u200b1111\n1111\t1111", longest=80)
    assert refused.value.why is Why.CARD_NUMBER


def test_too_long_is_refused_after_trimming() -> None:
    assert checked_text(f"  {'ก' * 80}  ", longest=80) == "ก" * 80
    with pytest.raises(Refusal):
        checked_text("ก" * 81, longest=80)
