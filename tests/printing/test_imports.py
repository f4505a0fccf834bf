"""What loads when: a till paints first and learns to print after."""

import subprocess
import sys

import pytest

HEAVY = ("escpos", "reportlab", "barcode", "segno", "pythainlp", "PIL", "PySide6.QtWidgets")


@pytest.mark.parametrize("module", ["raster", "escpos", "compose", "codes", "devices", "pdf"])
def test_a_renderer_loads_nothing_it_may_not_need(module: str) -> None:
    program = (
        f"import sys, tofan_pos.printing.{module}\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.strip() == "[]"


def test_the_command_line_can_draw_without_a_window() -> None:
    program = (
        "from tofan_pos.printing.raster import ensure_gui, raster, png\n"
        "from tofan_pos.printing.compose import compose\n"
        "from tofan_pos.receipt.document import Document, Paragraph\n"
        "from tofan_pos.receipt.paper import MM58\n"
        "ensure_gui(); ensure_gui()\n"
        "blocks = (Paragraph(text='ทอฝัน'),)\n"
        "bitmap = raster(compose(Document(title='t', languages=('th',), blocks=blocks), MM58))\n"
        "print(png(bitmap)[1:4], any(bitmap.data))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.strip() == "b'PNG' True"
    assert ran.stderr == ""


def test_warming_up_loads_all_that_a_roll_of_paper_needs() -> None:
    program = (
        "import sys\n"
        "from tofan_pos.printing.compose import warm\n"
        "warm()\n"
        "print([name in sys.modules for name in ('barcode', 'segno', 'reportlab')])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.strip() == "[True, True, False]"
