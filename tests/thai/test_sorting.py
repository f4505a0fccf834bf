"""The order of a Thai dictionary."""

import re
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.thai.sorting import sort_key

IN_ORDER = [
    # Consonants, then vowels by sign, then เ แ โ ใ ไ after their consonant.
    (
        "กก กด กบ กรรม กระเป๋า กล้วย กลอง กวาง ก่อ ก้อง กะ กะทิ กัก กับ กา กาก กาด กาน กาย กำ กิ่ง กี่ "
        "กึ่ง กุ้ง กูด เก เก่ง เก็บ เกม เกลือ เกวียน เกาะ เกิด แก แก้ว โกน ใกล้ ไก ไก่ ไกล ขอ ของ ขา ข้าว "
        "เข้า แขก ไข่ ครก คราม ควาย"
    ),
    "จริก จริม จรี จรึง จรุก",
    "รส ราก รู เรือ แรก ไร่ ฤดู ฤทธิ์ ลม ลิง เลือก",
    "ทราบ หมู เหมา ไหม อ่าง เอา ฮา",
    # The same letters: no mark, then ็ ่ ้ ๊ ๋.
    "ปา ป่า ป้า ป๊า ป๋า",
    "เกง เก็ง เก่ง เก้ง เก๊ง เก๋ง",
    "ไตก๋ง ไต่ไม ไต่ไม้ ไต้ไม",
    "การ การ์ การณ์ การ์ด การบ้าน",
    # The first mark that differs decides, not the first there is.
    "แกแก แกแก่ แก่แก",
]


def shuffled(words: list[str]) -> list[str]:
    return Random(7).sample(words, len(words))


@pytest.mark.parametrize("line", IN_ORDER)
def test_known_orders(line: str) -> None:
    words = line.split()
    assert sorted(shuffled(words), key=sort_key) == words


def test_numbers_latin_and_spaces() -> None:
    words = ["2", "๑๐", "100", "Apple", "apple", "Banana", "ผ้า", "ผ้า 2", "ผ้า 10", "ผ้าขาว"]
    assert sorted(shuffled(words), key=sort_key) == words


def test_long_numbers_sort_by_size() -> None:
    numbers = [str(10**power) for power in range(40)]
    assert sorted(shuffled(numbers), key=sort_key) == numbers


def test_spellings_that_look_alike_sort_alike() -> None:
    assert sort_key("น\u0e4d\u0e49\u0e32") == sort_key("น้ำ")
    assert sort_key("เเม่\u200b") == sort_key("แม่")


@given(st.text(), st.text(alphabet="กขคเแไา่้์็ 12ab"))
def test_keys_are_plain_and_repeatable(first: str, second: str) -> None:
    assert sort_key(first) == sort_key(first)
    assert "\x00" not in sort_key(first + second)


@given(st.text(alphabet="กขคงจ", min_size=1), st.sampled_from("่้๊๋"), st.text(alphabet="กขค"))
def test_a_tone_counts_only_between_equal_letters(word: str, tone: str, more: str) -> None:
    assert sort_key(word) < sort_key(word + tone) < sort_key(word + "ก" + more)


@pytest.fixture
def collate(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], list[str]]:
    monkeypatch.setenv("PYTHAINLP_READ_ONLY", "1")  # or the import leaves a folder at home
    from pythainlp.util.collate import collate as by_library  # noqa: PLC0415

    return by_library


def test_agrees_with_the_library_where_tones_do_not_matter(
    collate: Callable[[list[str]], list[str]],
) -> None:
    words = sorted(set(re.sub("[็-์]", "", " ".join(IN_ORDER)).split()))
    assert len(words) > 70
    assert collate(words) == sorted(words, key=sort_key)


def test_goes_further_than_the_library(collate: Callable[[list[str]], list[str]]) -> None:
    # The library weighs the first mark of a word only, wherever it stands, and cannot tell these
    # two apart; the dictionary looks at the first place where they differ.
    words = ["แก่แก", "แกแก่"]
    assert collate(words) == words
    assert collate(words[::-1]) == words[::-1]
    assert sorted(words, key=sort_key) == ["แกแก่", "แก่แก"]
    # It also puts the mark right behind the letters, where it outweighs the next consonant.
    assert collate(["ก่อ", "กอง"]) == ["กอง", "ก่อ"]
    assert sorted(["กอง", "ก่อ"], key=sort_key) == ["ก่อ", "กอง"]
