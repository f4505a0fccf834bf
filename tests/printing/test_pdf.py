"""PDFs, read back by another program."""

from typing import Any, cast

import pypdfium2
import pytest

from tests.receipt import day, samples
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.money import shown
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.printing.compose import compose
from tofan_pos.printing.pdf import pdf
from tofan_pos.receipt.paper import A4, MM58, MM80, Paper
from tofan_pos.receipt.refund import refund

opened = cast("Any", pypdfium2).PdfDocument  # it tells nothing of its types


def pages(data: bytes) -> list[str]:
    document = opened(data)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return texts


@pytest.mark.parametrize("paper", [MM58, MM80, A4], ids=lambda paper: paper.name)
def test_thai_can_be_read_back_with_every_mark(paper: Paper) -> None:
    layout = compose(samples.document(samples.basket(3, discounted=True)), paper)
    read = "".join("".join(pages(pdf(layout))).split())
    cells = [cell.text for row in layout.rows for cell in row.cells]
    assert len(cells) > 20
    for text in cells:
        assert "".join(text.split()) in read


def test_the_same_layout_gives_the_same_bytes() -> None:
    document = samples.document(samples.basket(2))
    assert pdf(compose(document, MM80)) == pdf(compose(document, MM80))


def test_it_carries_its_number_and_its_own_letters() -> None:
    data = pdf(compose(samples.document(samples.basket(1)), MM80))
    document = opened(data)
    assert document.get_metadata_value("Title") == "CTW1-V000042"
    document.close()
    assert b"/FontFile2" in data
    assert len(data) < 80_000


def test_a_roll_is_one_page_as_long_as_it_needs() -> None:
    layout = compose(samples.document(samples.basket(40)), MM80)
    document = opened(pdf(layout))
    assert len(document) == 1
    width, height = document[0].get_size()
    assert width == pytest.approx(80 / 25.4 * 72, abs=0.1)
    assert height == pytest.approx((layout.height / 8 + 8) / 25.4 * 72, abs=0.1)
    document.close()


def test_a_long_receipt_on_a4_has_numbered_pages_and_loses_no_line() -> None:
    whole = samples.basket(60)
    layout = compose(samples.document(whole, language=ReceiptLanguage.BOTH), A4)
    texts = pages(pdf(layout))
    assert len(texts) > 1
    for number, text in enumerate(texts, start=1):
        assert f"{number} / {len(texts)}" in text
    read = "".join(texts)
    for line in samples.sale(whole).lines:
        assert shown(line.gross) in read


@pytest.mark.parametrize("lines", range(1, 5))
def test_no_page_holds_an_ornament_alone(lines: int) -> None:
    back = day.returned(day.mixed(4), dict.fromkeys(range(lines), 1))
    paper = refund(
        back,
        profile=samples.profile(language=ReceiptLanguage.BOTH),
        words=samples.WORDS,
        anchor=day.ANCHOR,
        tender_names=day.TENDERS,
    )
    texts = pages(pdf(compose(paper, A4)))
    assert all(len(text.splitlines()) > len(texts) > 0 for text in texts)


def test_a_short_receipt_on_a4_is_one_page_without_a_number() -> None:
    texts = pages(pdf(compose(samples.document(samples.basket(1)), A4)))
    assert len(texts) == 1
    assert "1 / 1" not in texts[0]


def test_markup_in_a_name_stays_text_and_opens_nothing() -> None:
    name = '<img src="file:///etc/passwd"/><b>ผ้า</b>&amp;'
    (text,) = pages(pdf(compose(samples.document(samples.one(1_00, name=Text(name, ""))), MM80)))
    assert '<img src="file' in "".join(text.split("\r\n")).replace("<imgsrc", "<img src")
