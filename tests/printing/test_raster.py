"""The picture: two colours, nothing cut, codes that other programs read."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
import zxingcpp
from PIL import Image

from tests.receipt import samples
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.printing.codes import CODES, barcode, qr
from tofan_pos.printing.compose import compose
from tofan_pos.printing.fonts import measure
from tofan_pos.printing.raster import Bitmap, png, raster
from tofan_pos.receipt.document import Barcode, Block, Document, Paragraph, Size, Space
from tofan_pos.receipt.layout import lay_out
from tofan_pos.receipt.paper import MM58, MM80, Paper

pytestmark = pytest.mark.usefixtures("qapp")

STACKED = ("ปั่น", "ญี่ปุ่น", "กี่", "ที่สุด", "น้ำผึ้ง", "ป้ำ", "ผื้น", "ฬี้", "ญู", "ฐู", "Åg")


def image(bitmap: Bitmap) -> Image.Image:
    return Image.open(io.BytesIO(png(bitmap))).convert("L")


def on_paper(image_of: Image.Image) -> Image.Image:
    """Return the picture with the white that every roll has beside what a printer can print."""
    paper = Image.new("L", (image_of.width + 80, image_of.height + 80), 255)
    paper.paste(image_of, (40, 40))
    return paper


def only(*blocks: Block, paper: Paper = MM80) -> Bitmap:
    return raster(compose(Document(title="t", languages=("th",), blocks=blocks), paper))


def test_the_png_is_the_bitmap_dot_for_dot() -> None:
    bitmap = raster(compose(samples.document(samples.basket(3)), MM58))
    picture = image(bitmap)
    assert picture.size == (bitmap.width, bitmap.height) == (384, bitmap.height)
    assert bitmap.stride * bitmap.height == len(bitmap.data)
    assert set(picture.get_flattened_data()) == {0, 255}
    packed = picture.point(lambda grey: 255 - grey).convert("1").tobytes()
    assert packed == bitmap.data


@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("paper", [MM58, MM80], ids=lambda paper: paper.name)
def test_no_mark_is_cut_or_touches_the_next_line(size: Size, paper: Paper, *, bold: bool) -> None:
    for word in STACKED:
        line = Paragraph(text=word, size=size, bold=bold)
        above, both = only(Space(4), line, Space(4), paper=paper), only(line, line, paper=paper)
        box = image(above).point(lambda grey: 255 - grey).getbbox()
        height = round(paper.sizes[size] * 1.65)
        assert box is not None
        assert box[1] >= 32 - 1
        assert box[3] <= 32 + height + 1
        assert both.height == 2 * height


def test_text_is_as_wide_as_it_was_measured() -> None:
    for text in (*STACKED, "1,234,567.89", "Handwoven cotton", samples.STACKED.th):
        bitmap = only(Paragraph(text=text), paper=MM80)
        lines = compose(
            Document(title="t", languages=("th",), blocks=(Paragraph(text=text),)), MM80
        ).rows
        box = image(bitmap).point(lambda grey: 255 - grey).getbbox()
        assert box is not None
        widest = max(cell.width for row in lines for cell in row.cells)
        assert abs(box[2] - widest) <= 4


def test_digits_are_tabular() -> None:
    assert len({measure(digit * 7, 24, bold) for bold in (False,) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("paper", [MM58, MM80], ids=lambda paper: paper.name)
@pytest.mark.parametrize(
    ("till", "epoch"), [("CTW1", 1), ("CTW1", 2), ("CENTRAL8", 1), ("WWWWWWWW", 12)]
)
def test_another_program_reads_the_number(paper: Paper, till: str, epoch: int) -> None:
    sold = samples.sale(samples.basket(1), till=till, epoch=epoch)
    found = zxingcpp.read_barcodes(on_paper(image(only(Barcode(sold.number), paper=paper))))
    assert [code.text for code in found] == [sold.number]


def test_another_program_reads_the_receipt_number_off_a_whole_receipt() -> None:
    document = samples.document(samples.basket(10), budget=80)
    found = zxingcpp.read_barcodes(on_paper(image(raster(compose(document, MM80)))))
    texts = {code.text for code in found}
    assert document.title in texts
    assert any(text.startswith("https://tofan.example/s/TF-WEA-") for text in texts)


@pytest.mark.parametrize("paper", [MM58, MM80], ids=lambda paper: paper.name)
def test_another_program_reads_the_longest_story_address(paper: Paper) -> None:
    document = samples.document(samples.basket(60), budget=75, language=ReceiptLanguage.TH)
    found = zxingcpp.read_barcodes(on_paper(image(raster(compose(document, paper)))))
    assert any(code.text.startswith("https://tofan.example/s/") for code in found)


def test_codes_refuse_what_they_cannot_hold() -> None:
    for text in ("ทอฝัน", "", "\x1bp", "a\n"):
        with pytest.raises(ValueError, match="Code 128"):
            barcode(text)
    with pytest.raises(ValueError, match=r"."):
        qr("x" * 5_000)


def test_hostile_names_draw_without_a_word_from_qt() -> None:
    for name in ("\x1bp" * 30_000, "🧵👩🏽‍🎨", "ก" + "\u0e49" * 500, "\ud800", "<img src=x>"):
        document = samples.document(samples.one(100_00, name=Text(name, name)))
        layout = lay_out(document, MM58, measure, codes=CODES)
        assert raster(layout).height == layout.height


def test_a_worker_draws_the_same_dots_as_the_window() -> None:
    layouts = [compose(samples.document(samples.basket(n)), MM80) for n in (1, 3, 10)] * 4
    here = [raster(layout).data for layout in layouts]
    with ThreadPoolExecutor(4) as workers:
        there = [bitmap.data for bitmap in workers.map(raster, layouts)]
    assert there == here
