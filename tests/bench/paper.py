"""What a receipt costs on paper and as PDF, against the libraries' own work on what is ready."""

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from itertools import count

from escpos.printer import Dummy
from PIL import Image
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas

from tests.bench.measure import Figure, compared, in_turns, timed
from tests.receipt import samples
from tofan_pos import resources
from tofan_pos.domain.basket import Basket, BasketLine
from tofan_pos.printing import compose, escpos, ink, pdf, raster
from tofan_pos.receipt.document import Document
from tofan_pos.receipt.paper import A4, MM80, Layout

LINES = 10
A_ROUND = 20
FACES = {False: "Bare", True: "Bare-Bold"}


def receipts() -> Iterator[Document]:
    """Yield receipts of ten lines, no two with the same prices, so that no cache knows them."""
    for n in count(1):
        lines = tuple(
            BasketLine(product=samples.product(line, price=(n * 13 + line * 101) % 9000 * 100 + 50))
            for line in range(LINES)
        )
        yield samples.document(Basket(lines=lines))


def receipt_raster(rounds: int) -> Iterator[Figure]:
    """Draw and pack whole receipts; the floor packs a picture that is ready."""
    raster.ensure_gui()
    papers = receipts()
    bitmap = raster.raster(compose.compose(next(papers), MM80))
    picture = Image.open(io.BytesIO(raster.png(bitmap))).convert("1")

    def draw() -> float:
        document = next(papers)
        return timed(lambda: escpos.receipt_bytes(raster.raster(compose.compose(document, MM80))))

    def convert() -> float:
        printer = Dummy()
        # It remarks on every picture, on standard output, that its profile knows no width.
        with redirect_stdout(io.StringIO()):
            return timed(lambda: printer.image(picture, impl="bitImageRaster"))

    times = in_turns(draw, convert, rounds=rounds, each=A_ROUND, warm=5)
    note = f"{LINES} lines, {bitmap.height} rows of {bitmap.width} dots"
    yield compared("receipt_raster", times, goal=0.5, rounds=rounds, note=note)
    yield Figure(
        name="receipt_bytes",
        ours=len(escpos.receipt_bytes(bitmap)),
        floor=bitmap.stride * bitmap.height + 8,
        unit="bytes",
        goal=0.5,
        rounds=1,
        note=note,
    )


def receipt_pdf(rounds: int) -> Iterator[Figure]:
    """Write an A4 page; the floor writes the same strings, shaped, at the same places."""
    for bold, name in FACES.items():
        registerFont(TTFont(name, str(resources.font(bold=bold)), shapable=True))
    papers = receipts()

    def ours() -> float:
        layout = compose.compose(next(papers), A4)
        return timed(lambda: pdf.pdf(layout))

    def floor() -> float:
        layout = compose.compose(next(papers), A4)
        return timed(lambda: _bare_page(layout))

    times = in_turns(ours, floor, rounds=rounds, each=10, warm=3)
    yield compared("receipt_pdf", times, goal=2.0, rounds=rounds, note="one A4 page")


def _bare_page(layout: Layout) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(ink.WIDTH, ink.HEIGHT), invariant=1, pageCompression=1)
    for row in layout.rows:
        y = ink.HEIGHT - (row.top + row.baseline) * pdf.POINT
        for cell in row.cells:
            size = cell.size * pdf.POINT
            canvas.setFont(FACES[cell.bold], size)
            shaped = shapeStr(cell.text, FACES[cell.bold], size, force=True)
            canvas.drawString(cell.left * pdf.POINT, y, shaped)
    canvas.showPage()
    canvas.save()
    return target.getvalue()
