"""The day's papers as pictures and PDF: their codes read by another program, their pages whole."""

import io

import pytest
import zxingcpp
from PIL import Image

from tests.printing.test_pdf import pages
from tests.receipt import day, samples
from tofan_pos.domain.session import MovementKind
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.printing.compose import compose
from tofan_pos.printing.pdf import pdf
from tofan_pos.printing.raster import png, raster
from tofan_pos.receipt.build import receipt
from tofan_pos.receipt.document import Document, Square
from tofan_pos.receipt.paper import A4, MM58, MM80, Paper
from tofan_pos.receipt.refund import refund
from tofan_pos.receipt.report import till_report
from tofan_pos.receipt.slips import movement, opening
from tofan_pos.sync.days import code_text, figures_body, read_code

pytestmark = pytest.mark.usefixtures("qapp")

ROLLS = pytest.mark.parametrize("roll", [MM58, MM80], ids=lambda roll: roll.name)


def picture(document: Document, roll: Paper) -> Image.Image:
    """Return a paper as printed, with the white that every roll has beside the print."""
    drawn = Image.open(io.BytesIO(png(raster(compose(document, roll))))).convert("L")
    paper = Image.new("L", (drawn.width + 64, drawn.height + 64), 255)
    paper.paste(drawn, (32, 32))
    return paper


def photograph(paper: Image.Image) -> Image.Image:
    """Return it as a telephone sees it: askew, and no finer than the dots it was printed with."""
    turned = paper.rotate(4, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    size = (turned.width * 4 // 5, turned.height * 4 // 5)
    return turned.resize(size, Image.Resampling.BILINEAR)


def read(seen: Image.Image) -> set[str]:
    return {code.text for code in zxingcpp.read_barcodes(seen)}


def sale_paper(code: str, *, gift: bool = False) -> Document:
    return receipt(
        day.mixed(),
        profile=samples.profile(),
        anchor=day.ANCHOR,
        stories={},
        words=samples.WORDS,
        tender_names=day.TENDERS,
        return_code=code,
        gift=gift,
    )


def z_paper(code: str, *, language: ReceiptLanguage = ReceiptLanguage.TH) -> Document:
    figures = day.report()
    return till_report(
        figures,
        profile=samples.profile(language=language),
        words=samples.WORDS,
        z=day.closed(figures),
        code=code,
        tender_names=day.TENDERS,
    )


@ROLLS
@pytest.mark.parametrize("length", [40, 300, 700])
def test_another_program_reads_the_number_and_the_code_for_returns(
    roll: Paper, length: int
) -> None:
    code = day.code(length)
    paper = picture(sale_paper(code), roll)
    assert {"CTW1-V000042", code} <= read(paper)
    assert code in read(photograph(paper))


@ROLLS
def test_a_gift_can_be_exchanged_by_its_number(roll: Paper) -> None:
    assert read(picture(sale_paper("A", gift=True), roll)) == {"CTW1-V000042"}


@ROLLS
def test_a_photograph_of_a_z_tells_its_figures(roll: Paper) -> None:
    figures = day.report()
    z = day.closed(figures)
    body = figures_body(figures, z.settled)
    code = code_text(body, z.signature)
    assert len(code) > 900
    (seen,) = read(photograph(picture(z_paper(code), roll)))
    assert read_code(seen) == (body, z.signature)


@ROLLS
def test_every_slip_and_refund_is_found_by_its_number(roll: Paper) -> None:
    words, profile = samples.WORDS, samples.profile()
    back = refund(
        day.returned(day.mixed(), {0: 1}), profile=profile, words=words, anchor=day.ANCHOR
    )
    assert read(picture(back, roll)) == {"CTW1-C000001"}
    slip = movement(day.moved(MovementKind.PICKUP), profile=profile, words=words, anchor=day.ANCHOR)
    assert read(picture(slip, roll)) == {"CTW1-M000007"}


@ROLLS
def test_the_modules_of_a_code_are_three_dots_or_more(roll: Paper) -> None:
    for length in (20, 700, 1_000, 1_900):
        document = Document(
            title="t", languages=("th",), blocks=(Square(data=day.code(length), most_mm=20),)
        )
        bars = [bar for row in compose(document, roll).rows for bar in row.bars]
        assert bars or (roll is MM58 and length == 1_900)
        assert all(min(bar.width, bar.height) >= 3 for bar in bars)


@pytest.mark.parametrize("language", list(ReceiptLanguage))
def test_a_z_fills_few_pages_of_a4_and_leaves_no_heading_behind(
    language: ReceiptLanguage,
) -> None:
    found = pages(pdf(compose(z_paper(day.code(900), language=language), A4)))
    first, second, *_ = found
    assert len(found) == (3 if language is ReceiptLanguage.BOTH else 2)
    assert f"CTW1-Z0000121/{len(found)}" in first.replace(" ", "")
    last = [line for line in first.splitlines() if line.strip()][-2]
    assert any(digit in last for digit in "0123456789")
    assert "1,234,809.89" in second


def test_the_opening_fits_one_page() -> None:
    paper = opening(
        day.session(), profile=samples.profile(), words=samples.WORDS, anchor=day.ANCHOR
    )
    (only,) = pages(pdf(compose(paper, A4)))
    assert "2,000.00" in only
