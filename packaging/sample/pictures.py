"""Hides which function draws which product, and how a drawing becomes a small PNG."""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from drawing import (
    basketry,
    canvas,
    clay,
    indigo,
    pantry,
    paper,
    silver,
    soap,
    stitched,
    weaving,
    wood,
)
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter

Drawing = Callable[[QPainter], None]

DRAWINGS: Final[Mapping[str, Drawing]] = {
    **basketry.DRAWINGS,
    **clay.DRAWINGS,
    **indigo.DRAWINGS,
    **pantry.DRAWINGS,
    **paper.DRAWINGS,
    **silver.DRAWINGS,
    **soap.DRAWINGS,
    **stitched.DRAWINGS,
    **weaving.DRAWINGS,
    **wood.DRAWINGS,
}

COLOURS_KEPT: Final = 160


def render(code: str) -> QImage:
    """Return the product's picture, 592 x 352 pixels. Raises KeyError for an unknown code."""
    image = canvas.new_image()
    p = canvas.begin(image)
    DRAWINGS[code](p)
    p.end()
    return canvas.finished(image)


def png(image: QImage) -> bytes:
    """Return a PNG with a palette: flat drawings lose nothing and weigh a third."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    full = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    small = full.quantize(COLOURS_KEPT, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def save(codes: Sequence[str], folder: Path) -> None:
    """Draw each product into `folder`, named by its code in lower case."""
    folder.mkdir(parents=True, exist_ok=True)
    for code in codes:
        (folder / f"{code.lower()}.png").write_bytes(png(render(code)))


def save_sheet(codes: Sequence[str], folder: Path, target: Path, *, columns: int = 7) -> None:
    """Put the saved pictures side by side, at twice a tile's size, to look at them."""
    wide, high, gap = 296, 176, 8
    rows = -(-len(codes) // columns)
    sheet = Image.new(
        "RGB", (columns * (wide + gap) + gap, rows * (high + gap) + gap), canvas.RAISED
    )
    for index, code in enumerate(codes):
        picture = Image.open(folder / f"{code.lower()}.png").convert("RGB")
        spot = (gap + index % columns * (wide + gap), gap + index // columns * (high + gap))
        sheet.paste(picture.resize((wide, high), Image.Resampling.LANCZOS), spot)
    target.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(target)
