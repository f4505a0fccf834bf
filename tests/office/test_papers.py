"""The share report on paper says what the ledger says, and nothing runs in it."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.office.figures import HOSTILE, report, standing, totals
from tofan_pos import resources
from tofan_pos.domain.money import shown
from tofan_pos.office.finality import NAMED
from tofan_pos.office.papers import basis, report_pdf, report_sheet
from tofan_pos.printing.ink import Pen, broken, measure
from tofan_pos.receipt.document import Align
from tofan_pos.store.twice import SoldAgain, TakenBack
from tofan_pos.thai.words import baht_text
from tofan_pos.words import Words

opened = cast("Any", pypdfium2).PdfDocument  # it tells nothing of its types


def pages(content: bytes) -> list[str]:
    """Return each page's text as a reader copies it."""
    document = opened(content)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(str(text.get_text_range()))
        text.close()
        page.close()
    document.close()
    return texts


def test_the_paper_names_brand_title_month_and_sums(say: Words) -> None:
    (text,) = pages(report_pdf(report(*map(totals, range(3))), say))
    for words in ("ทอฝัน by พม.", "รายงานส่วนแบ่งผู้ผลิต", "Makers' share report", "G-002"):
        assert words in text
    assert "พฤศจิกายน พ.ศ. 2569" in text
    assert "November 2026" in text
    assert text.count(shown(107_00 * 6)) == 2  # at the head and in the total
    assert "70 %" in text
    assert ("30 พ.ย. 2569" if say.language == "th" else "30 Nov 2026") in text


def test_the_share_is_in_words_in_thai_alone() -> None:
    whole = report(*map(totals, range(3)))
    (thai,) = pages(report_pdf(whole, resources.words("th")))
    (english,) = pages(report_pdf(whole, resources.words("en")))
    assert baht_text(whole.share) in thai
    assert baht_text(whole.share) not in english


@pytest.mark.parametrize("missing", [1, 4321])
def test_missing_entries_are_announced(say: Words, missing: int) -> None:
    (text,) = pages(report_pdf(report(totals(), tills=(standing(missing=missing),)), say))
    first = "ยังไม่ใช่ยอดสุดท้าย" if say.language == "th" else "Not final"
    assert first in text
    assert f"{missing:,}" in text
    (text,) = pages(report_pdf(report(totals()), say))
    assert "ยังไม่ใช่ยอดสุดท้าย" not in text
    assert "Not final" not in text


def test_the_basis_names_the_policies_that_it_was_sold_under(say: Words) -> None:
    for policies in ((), (1,)):
        text = basis(report(totals(), policies=policies), say)
        assert "70 %" in text
    sold = report(totals(), policies=(1, 3))
    (page,) = pages(report_pdf(sold, say))
    assert "70 %" not in page
    assert "1, 3" in basis(sold, say)


def test_cautions_without_number_still_make_a_paper(say: Words) -> None:
    back = tuple(TakenBack(f"CTW1-V{n:06}", "G1", 1, 3, 70_00) for n in range(20))
    again = tuple(SoldAgain(f"TF-{n}", "จาน", "Dish", "G1", 2, 0, 140_00) for n in range(20))
    found = pages(report_pdf(report(totals(), taken_back=back, sold_again=again), say))
    text = "".join(found)
    assert text.count("CTW1-V0000") == text.count("TF-") == NAMED


def test_a_month_without_sales_is_still_a_paper(say: Words) -> None:
    (text,) = pages(report_pdf(report(documents=0), say))
    assert ("ไม่มีรายการขาย" if say.language == "th" else "Nothing was sold") in text
    assert "0.00" in text
    if say.language == "th":
        assert "ศูนย์บาทถ้วน" in text


def test_one_group_is_named(say: Words) -> None:
    (text,) = pages(report_pdf(report(totals(), group="G-000"), say))
    assert ("เฉพาะกลุ่ม G-000" if say.language == "th" else "Only group G-000") in text


def test_many_groups_go_on_under_the_same_heading(say: Words) -> None:
    groups = tuple(map(totals, range(200)))
    found = pages(report_pdf(report(*groups), say))
    share, forward = (
        ("ส่วนแบ่งผู้ผลิต", "ยอดยก") if say.language == "th" else ("Makers' share", "forward")
    )
    codes = [re.findall(r"G-\d{3}", page) for page in found]
    assert [code for page in codes for code in page] == [group.group for group in groups]
    done = 0
    for number, page in enumerate(found, start=1):
        assert share in page
        assert str(number) in page
        assert str(len(found)) in page.splitlines()[-1]
        if done:
            assert page.count(shown(sum(g.sales for g in groups[:done]))) >= 1
        done += len(codes[number - 1])
        assert page.count(forward) == (number > 1) + (number < len(found))
    assert shown(sum(g.share for g in groups)) in found[-1]


@pytest.mark.parametrize("count", range(8, 30))
def test_the_total_never_stands_on_a_page_without_a_group(count: int) -> None:
    found = pages(report_pdf(report(*map(totals, range(count))), resources.words("en")))
    assert re.search(r"G-\d{3}", found[-1])
    assert "Approved by" in found[-1]


def test_refunds_can_exceed_sales(say: Words) -> None:
    back = totals(pieces=-3, sales=0, refunds=1_200_00, vat=-78_50, share=-785_05)
    (text,) = pages(report_pdf(report(back), say))
    assert "−785.05" in text
    assert "1,200.00" in text
    if say.language == "th":
        assert "ลบเจ็ดร้อยแปดสิบห้าบาทห้าสตางค์" in text


def test_hostile_names_are_drawn_as_text(say: Words, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    groups = [totals(at, group=f"G{at}", label_th=t, label_en=t) for at, t in enumerate(HOSTILE)]
    content = report_pdf(report(*groups), say)
    text = "\n".join(pages(content))
    assert "<b>bold</b>" in text
    assert "=HYPERLINK" in text
    for forbidden in (b"/JavaScript", b"/Launch", b"/URI", b"/EmbeddedFile", b"\x1bp0"):
        assert forbidden not in content
    assert len(pages(content)) < 4


def test_the_same_report_gives_the_same_bytes(say: Words) -> None:
    one, other = report(*map(totals, range(40))), report(totals(4))
    first = report_pdf(one, say), report_sheet(one, say)
    report_pdf(other, say)
    report_sheet(other, say)
    assert (report_pdf(one, say), report_sheet(one, say)) == first


def test_it_is_a4_and_carries_its_own_letters(say: Words) -> None:
    content = report_pdf(report(totals(4)), say)
    document = opened(content)
    assert document[0].get_size() == pytest.approx((595.276, 841.89), abs=0.1)
    assert "2026" in document.get_metadata_value("Title").replace("2569", "2026")
    document.close()
    assert content.count(b"/FontFile2") == 2


def test_stacked_marks_are_drawn_apart() -> None:
    """Shaping lifts the tone over the vowel; unshaped, the two are drawn into one another."""
    pen = Pen(title="t", author="a", language="th")
    pen.text("ปั่น", 100, 100)
    pen.turn()
    document = opened(pen.finish())
    page = document[0]
    vowel, tone, _ = (found.get_bounds() for found in page.get_objects())
    page.close()
    document.close()
    assert tone[1] > vowel[3]


@given(st.text(max_size=200), st.floats(20, 400))
def test_broken_lines_keep_their_width(text: str, width: float) -> None:
    lines = broken(text, width)
    for line in lines:
        assert measure(line) <= width or len(line) <= 6, line
    kept = "".join("".join(lines).split())
    assert len(kept) <= len(text)


def test_a_text_wider_than_its_room_is_set_smaller() -> None:
    pen = Pen(title="t", author="a", language="en")
    pen.text("9,999,999,999,999.99", 100, 100, align=Align.RIGHT, room=40)
    pen.turn()
    document = opened(pen.finish())
    text = document[0].get_textpage()
    assert text.count_rects() == 1
    left, _, right, _ = text.get_rect(0)
    document.close()
    assert 100 - 41 <= left < right <= 100 + 1


@pytest.mark.parametrize("count", [1, 30, 90])
def test_the_tills_lead_to_the_documents(say: Words, count: int) -> None:
    found = pages(report_pdf(report(totals(), tills=tuple(map(standing, range(count)))), say))
    codes = [code for page in found for code in re.findall(r"TL\d{3}(?=-V000101)", page)]
    assert codes == [f"TL{at:03d}" for at in range(count)]
    assert "1,234" in found[0]
    assert "TL000-V000120" in found[0]
    heading = "เลขที่แรก" if say.language == "th" else "First number"
    assert all(heading in page for page in found)
    assert f"TL{count - 1:03d}" in found[-1]
    assert ("ผู้อนุมัติ" if say.language == "th" else "Approved by") in found[-1]


@pytest.mark.parametrize("groups", range(1, 26, 3))
def test_nobody_signs_a_page_without_a_row(groups: int) -> None:
    say = resources.words("en")
    for count in range(1, 40, 2):
        tills = tuple(map(standing, range(count)))
        found = pages(report_pdf(report(*map(totals, range(groups)), tills=tills), say))
        assert re.search(r"TL\d{3}-V", found[-1])
        assert "Approved by" in found[-1]


def test_every_page_of_a_report_that_is_not_final_is_marked(say: Words) -> None:
    tills = tuple(map(standing, range(60)))
    found = pages(report_pdf(report(totals(), tills=tills, as_of=date(2026, 11, 30)), say))
    assert len(found) > 1
    assert all("ยังไม่ใช่ยอดสุดท้าย" in page and "Not final" in page for page in found)
    found = pages(report_pdf(report(totals(), tills=tills), say))
    assert not any("ยังไม่ใช่ยอดสุดท้าย" in page or "Not final" in page for page in found)
    assert ("ยอดสุดท้าย ตาม" if say.language == "th" else "Final, as held on") in found[0]


def test_a_date_that_cannot_be_true_is_on_a_final_paper_too(say: Words) -> None:
    whole = report(totals(), misdated=3, tills=(standing(misdated=3),))
    assert whole.final
    said = "นาฬิกา" if say.language == "th" else "Look at the till's clock"
    assert said in " ".join(pages(report_pdf(whole, say))[0].split())


@pytest.mark.parametrize("sales", [1_00, 12_345_678_90, 9_999_999_999_99])
def test_the_sums_at_the_head_keep_apart(sales: int) -> None:
    """Each ends where the next one's sign has not begun yet."""
    group = totals(sales=sales, refunds=sales // 2, vat=sales // 30, share=sales // 3)
    document = opened(report_pdf(report(group), resources.words("en")))
    page, text = document[0], document[0].get_textpage()
    spots, heights = [], []
    for value in (sales, sales // 2, sales // 30, sales - sales // 2 - sales // 30, sales // 3):
        found = text.search(shown(value)).get_next()
        boxes = [text.get_charbox(at) for at in range(found[0], found[0] + found[1])]
        spots.append((min(box[0] for box in boxes), max(box[2] for box in boxes)))
        heights.append(boxes[-1][3] - boxes[-1][1])
    text.close()
    page.close()
    document.close()
    assert all(right + 12 < left for (_, right), (left, _) in pairwise(spots))
    assert spots[-1][1] < 595 - 42
    assert max(heights) - min(heights) < 1, "all are set in one size"
