"""Where lines may end, and whole texts in lines."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.thai.breaks import break_points, warm, wrap
from tofan_pos.thai.clusters import ZERO_WIDTH, grapheme_flags
from tofan_pos.thai.words_brand import BRAND_WORDS

warm()

PIECES = st.sampled_from(
    [
        *BRAND_WORDS[:40],
        *(
            "ที่",
            "สวย",
            "งาม",
            "ๆ",
            " ๆ",
            "ฯ",
            "ฯลฯ",
            " ",
            "  ",
            "1,234.50",
            "250 บาท",
            "฿",
            "(",
            ")",
        ),
        *(
            "ก",
            "่",
            "เ",
            "ำ",
            "์",
            "\u0e4d",
            "า",
            "hand-woven",
            "TF-00123-A",
            "\n",
            "\u200b",
            "%",
            ".",
            "é",
        ),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=80))


def divided(text: str) -> list[str]:
    cuts = [0, *break_points(text), len(text)]
    return [text[a:b] for a, b in pairwise(cuts)]


@pytest.mark.parametrize(
    "line",
    [
        "ผ้าทอมือ|ย้อมคราม|ลาย|มัดหมี่ |ราคา |1,234.50 บาท",
        "กระเป๋า|ทอมือ|ถือ",
        "ทอฝัน by พม. |ส่งเสริม|อาชีพ|คนพิการ|และ|ครอบครัว",
        "เด็ก ๆ |ชอบ|ของเล่น ฯลฯ |และ|กรุงเทพฯ|เมือง|ใหญ่",
        "ผ้าพันคอ|ไหม|ทอมือ |(ลายน้ำไหล) |ขนาด |20x180 ซม.",
        "ใบกำกับภาษี|อย่าง|ย่อ |วันที่ |22 พ.ย. 2569 |เวลา |14:05 น.",
        "วัสดุ|ธรรมชาติ|100%|ไม่|ใช้|สารเคมี",
        "hand-|woven |indigo-|dyed |T-shirt |TF-00123-A",
        "เสื้อ|Tofan|ไซส์|L",
        "ราคา |฿ 1,250 |เท่านั้น",
        "ราคา|๑,๒๕๐ บาท",
        "สีแดง/|น้ำเงิน",
        "( ผ้า )",
        "no\u00a0break |here",
    ],
)
def test_known_lines(line: str) -> None:
    assert "|".join(divided(line.replace("|", ""))) == line


def test_zero_width_characters_have_no_say() -> None:
    assert divided("ผ้าทอ\u200bมือ\u200bลาย") == ["ผ้าทอ\u200bมือ\u200b", "ลาย"]


def test_am_in_two_parts_is_known_to_the_dictionary() -> None:
    assert divided("น\u0e49\u0e4d\u0e32ใจงาม") == ["น\u0e49\u0e4d\u0e32ใจ", "งาม"]
    assert divided("ท\u0e4d\u0e32งาน") == ["ท\u0e4d\u0e32งาน"]


@given(TEXTS)
def test_points_are_sound(text: str) -> None:
    points = break_points(text)
    assert list(points) == sorted(set(points))
    graphemes = grapheme_flags(text)
    for point in points:
        assert 0 < point < len(text)
        assert graphemes[point] or text[point - 1] == "\u200d"
        if text[point - 1] in "\n\r\v\f\x85\u2028\u2029":
            continue
        assert text[point] not in "ๆฯ)]}%,.!?"
        assert text[point - 1] not in "(฿["


@given(
    st.text(alphabet="กามือทผ้า ๆx1", max_size=12), st.sampled_from(BRAND_WORDS), st.text(max_size=12)
)
def test_no_break_inside_a_brand_word(before: str, word: str, after: str) -> None:
    text = before + word + after
    inside = range(len(before) + 1, len(before) + len(word))
    assert not set(break_points(text)) & set(inside)


def cells(text: str) -> float:
    """Measure as a printer does: marks take no room."""
    return float(len(re.sub("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", "", text)))


@given(TEXTS, st.integers(1, 40))
def test_lines_fit_and_keep_the_text(text: str, width: int) -> None:
    lines = wrap(text, width=width, measure=cells)
    for line in lines:
        assert cells(line) <= width or sum(grapheme_flags(line)) == 2
        assert line == line.rstrip(" \t")
        assert not re.search(f"[{ZERO_WIDTH}\n\r]", line)
    squeezed = re.sub(rf"[\s{ZERO_WIDTH}]", "", text)
    assert re.sub(r"\s", "", "".join(lines)) == squeezed


@given(TEXTS)
def test_a_wide_line_changes_only_ends(text: str) -> None:
    plain = re.sub(f"[{ZERO_WIDTH}]", "", text)
    paragraphs = re.split("\r\n|[\n\r\v\f\x85\u2028\u2029]", plain)
    spaces = " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
    assert wrap(text, width=1e9, measure=len) == tuple(p.rstrip(spaces) for p in paragraphs)


def test_lines_are_as_full_as_may_be() -> None:
    text = "ผ้าทอมือ ย้อมคราม ลายมัดหมี่ จากกลุ่มสตรีทอผ้า"
    assert wrap(text, width=14, measure=cells) == (
        "ผ้าทอมือ ย้อมคราม",
        "ลายมัดหมี่ จากกลุ่ม",
        "สตรีทอผ้า",
    )


def test_newlines_and_blank_lines() -> None:
    assert wrap("ก\n\r\n ข  \n", width=10, measure=len) == ("ก", "", " ข", "")
    assert wrap("", width=10, measure=len) == ("",)
    assert wrap("   ", width=1, measure=len) == ("",)


def test_a_word_wider_than_the_line_is_cut_between_characters() -> None:
    assert wrap("น้ำน้ำ", width=1, measure=lambda s: float(s.count("น"))) == ("น้ำ", "น้ำ")
    assert wrap("abcdefg hi", width=3, measure=len) == ("abc", "def", "g", "hi")
    assert wrap("เก้าอี้", width=1, measure=cells) == ("เ", "ก้", "า", "อี้")


@pytest.mark.parametrize("width", [0, -1, float("nan")])
def test_no_width_is_refused(width: float) -> None:
    with pytest.raises(ValueError, match="width"):
        wrap("ก", width=width, measure=len)


HOSTILE = {
    "one letter": "ก" * 65_536,
    "one word": "การ" * 21_845,
    "closing": ")" * 65_536,
    "opening": "( " * 32_768,
    "marks": "่" * 65_536,
    "rings": "\u0e4d" * 65_536,
    "leading vowels": "เ" * 65_536,
    "brand": "ทอมือ" * 13_107,
    "figures": "1," * 32_768,
    "spaces": "x" + " " * 65_534 + "x",
    "hyphens": "aa-" * 21_845,
    "joined": "👩\u200d" * 32_768,
    "zero width": "ก\u200b" * 32_768,
    "lines": "\n" * 65_536,
    "prose": "ผ้าทอมือ ราคา 250 บาท " * 2_978,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_of_hostile_text_little_is_measured(name: str) -> None:
    measured = 0

    def measure(text: str) -> float:
        nonlocal measured
        measured += len(text)
        return len(text)

    wrap(HOSTILE[name], width=32, measure=measure)
    assert measured <= 65 * 65_536  # far from the two thousand millions of a naive search


def test_threads_agree() -> None:
    texts = [f"ผ้าทอมือย้อมครามลายที่ {number} จากกลุ่มสตรี" for number in range(200)] * 2
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(break_points, texts))
    assert answers == [break_points(text) for text in texts]


PROBE = """
import sys, tofan_pos.thai.breaks, tofan_pos.thai.dictionary as dictionary
assert dictionary._lexicon.cache_info().currsize == 0
from tofan_pos.thai.breaks import wrap
wrap("ผ้าทอมือ", width=3, measure=len)
assert not [name for name in sys.modules if name.startswith("pythainlp")]
"""


def test_nothing_heavy_is_imported_and_home_stays_clean(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "PYTHONUTF8": "1"}
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", PROBE], check=True, env=home, cwd=root)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("แล้วจะส่งทั้งหมด", "แล้ว จะ ส่ง ทั้งหมด"),
        ("จากบิลเดิม", "จาก บิล เดิม"),
        ("ถูกรับซ้ำ", "ถูก รับ ซ้ำ"),
        ("จากรุ่นที่สอง", "จาก รุ่น ที่สอง"),
        ("ชำระแบบสำรองจ่าย", "ชำระ แบบ สำรอง จ่าย"),
        ("มูลค่าที่เหลือ", "มูลค่า ที่ เหลือ"),
        ("ให้ใช้แฟลชไดรฟ์ที่เครื่องขาย", "ให้ ใช้ แฟลชไดรฟ์ ที่ เครื่องขาย"),
    ],
)
def test_no_rare_word_cuts_one_of_every_day(text: str, words: str) -> None:
    assert divided(text) == words.split()
