"""The printer's bytes: the same dots, few bytes, and no command that is not ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.printing.printer import read
from tests.receipt import samples
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.printing.compose import compose
from tofan_pos.printing.escpos import MOST_ROWS, receipt_bytes
from tofan_pos.printing.raster import Bitmap, raster
from tofan_pos.receipt.paper import MM58, MM80, Paper

pytestmark = pytest.mark.usefixtures("qapp")

OURS = ["\x1b@", "\x1bd", "\x1dV\x01"]


def drawn(count: int, paper: Paper, *, budget: int = 0) -> Bitmap:
    return raster(compose(samples.document(samples.basket(count), budget=budget), paper))


@st.composite
def bitmaps(draw: st.DrawFn) -> Bitmap:
    stride, height = draw(st.integers(1, 9)), draw(st.integers(1, 400))
    row = st.one_of(
        st.just(b""), st.binary(max_size=stride), st.sampled_from([b"\x1bp\x00", b"\x1dV\x00"])
    )
    rows = [draw(row)[:stride].ljust(stride, b"\0") for _ in range(draw(st.integers(1, 40)))]
    data = b"".join(rows[y * len(rows) // height] for y in range(height))
    return Bitmap(width=stride * 8, height=height, stride=stride, data=data)


@given(bitmap=bitmaps())
def test_any_picture_comes_out_dot_for_dot(bitmap: Bitmap) -> None:
    printed = read(receipt_bytes(bitmap), stride=bitmap.stride)
    assert b"".join(printed.rows) == bitmap.data
    assert all(rows <= MOST_ROWS <= 255 for _, rows in printed.strips)
    assert printed.commands == OURS


@given(bitmap=bitmaps())
def test_strips_never_cost_more_than_the_plain_raster(bitmap: Bitmap) -> None:
    header = 8 * -(-bitmap.height // MOST_ROWS)
    # Cutting a run of strips at the most rows may cost a header more for each.
    assert len(receipt_bytes(bitmap)) <= len(bitmap.data) + 2 * header + 8 + 2 + 3 + 3


@pytest.mark.parametrize("paper", [MM58, MM80], ids=lambda paper: paper.name)
@pytest.mark.parametrize("count", [1, 3, 10, 40])
def test_a_receipt_prints_dot_for_dot_in_half_the_bytes(paper: Paper, count: int) -> None:
    bitmap = drawn(count, paper)
    data = receipt_bytes(bitmap)
    printed = read(data, stride=bitmap.stride)
    assert b"".join(printed.rows) == bitmap.data
    assert len(data) <= len(bitmap.data) * (0.5 if count >= 10 else 0.55)
    assert len(printed.strips) <= bitmap.height / 8


def test_the_drawer_opens_only_when_asked() -> None:
    bitmap = drawn(1, MM80)
    assert read(receipt_bytes(bitmap, drawer=True), stride=bitmap.stride).commands == [
        "\x1b@",
        "\x1bp",
        *OURS[1:],
    ]
    assert read(receipt_bytes(bitmap, cut=False), stride=bitmap.stride).commands == OURS[:2]


@pytest.mark.parametrize(
    "name",
    ["\x1bp\x00\x19\xfa", "\x1d(k\x04\x001A2\x00", "\x10\x14\x01\x00\x01", "\x1bp" * 30_000],
)
def test_a_name_never_becomes_a_command(name: str) -> None:
    whole = samples.one(100_00, name=Text(name, name))
    document = samples.document(whole, language=ReceiptLanguage.BOTH)
    bitmap = raster(compose(document, MM58))
    assert read(receipt_bytes(bitmap), stride=bitmap.stride).commands == OURS
