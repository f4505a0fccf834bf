"""Draws a laid-out paper as a picture of black and white dots, the same for printer and screen."""

import os
from dataclasses import dataclass, field

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter

from tofan_pos.printing.fonts import qt_font
from tofan_pos.receipt.paper import Cell, Layout

_BLACK = QColor(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A picture of dots: rows of `stride` bytes, most significant bit leftmost, 1 is black."""

    width: int
    height: int
    stride: int
    data: bytes = field(repr=False)


def ensure_gui() -> None:
    """Make sure Qt can draw, for programs that have no windows of their own."""
    global _gui  # noqa: PLW0603 - Qt keeps one application, and somebody must own it
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _gui = QGuiApplication(["tofan_pos"])


_gui: QGuiApplication | None = None


def raster(layout: Layout) -> Bitmap:
    """Return the layout drawn at its own size, one dot a pixel; needs a QGuiApplication."""
    width, height = layout.paper.width, max(1, layout.height)
    grey = QImage(width, height, QImage.Format.Format_Grayscale8)
    grey.fill(255)
    painter = QPainter(grey)
    painter.setPen(_BLACK)
    for row in layout.rows:
        for bar in row.bars:
            painter.fillRect(bar.x, row.top + bar.y, bar.width, bar.height, _BLACK)
        for cell in row.cells:
            _write(painter, cell, baseline=row.top + row.baseline)
    painter.end()
    return _inked(grey)


def png(bitmap: Bitmap) -> bytes:
    """Return the picture as a PNG file."""
    image = _image(bitmap)
    target = QByteArray()
    buffer = QBuffer(target)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(target.data())


def _write(painter: QPainter, cell: Cell, *, baseline: int) -> None:
    painter.setFont(qt_font(cell.size, bold=cell.bold))
    painter.drawText(round(cell.left), baseline, cell.text)


def _inked(grey: QImage) -> Bitmap:
    """Return the grey drawing with every dot black or white, none dithered.

    Qt cuts at half grey: no stroke of a dot or more can vanish then, wherever it falls, nor grow
    by more than half a dot.
    """
    mono = grey.convertToFormat(
        QImage.Format.Format_Mono,
        Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither,
    )
    stride, padded = -(-grey.width() // 8), mono.bytesPerLine()
    data = bytes(mono.constBits())
    if padded != stride:
        data = b"".join(data[at : at + stride] for at in range(0, len(data), padded))
    return Bitmap(width=grey.width(), height=grey.height(), stride=stride, data=data)


def _image(bitmap: Bitmap) -> QImage:
    image = QImage(
        bitmap.data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_Mono
    )
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    return image
