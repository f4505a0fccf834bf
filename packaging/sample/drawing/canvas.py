"""Hides QPainter's state: colours by name, paths from points, clips and turns that undo themselves.

All drawings use one coordinate space of 592 x 352 units, the shape of a product tile's picture.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen

WIDTH: Final = 592
HEIGHT: Final = 352
# Clip paths are not antialiased by the raster engine, so we draw larger and scale down.
OVERSAMPLING: Final = 2

COTTON: Final = "#F7F3EA"
RAISED: Final = "#FFFDF8"
INK: Final = "#1B2A49"
INDIGO: Final = "#27406B"
MARIGOLD: Final = "#F2A93B"
LEAF: Final = "#2E6F4E"
BRICK: Final = "#A33B2B"

SKY: Final = "#8FA9CB"
MIST: Final = "#D9E1EA"
SAGE: Final = "#DCE5D5"
BLUSH: Final = "#F2DFD4"
STRAW: Final = "#F5E6C4"
SAND: Final = "#EDE2CD"
CLAY: Final = "#C9754F"
BAMBOO: Final = "#D9B36C"
HUSK: Final = "#6B4226"
TEAK: Final = "#A8703F"
CELADON: Final = "#A9C7AE"
SILVER: Final = "#D5DAE0"

Point = tuple[float, float]


def color(name: str, alpha: float = 1.0) -> QColor:
    """Return the colour `#RRGGBB` with an opacity from 0 to 1."""
    made = QColor(name)
    made.setAlphaF(alpha)
    return made


def mix(first: str, second: str, share: float) -> str:
    """Return the colour `share` of the way (0 to 1) from `first` to `second`."""
    a, b = QColor(first), QColor(second)
    return QColor(
        round(a.red() + (b.red() - a.red()) * share),
        round(a.green() + (b.green() - a.green()) * share),
        round(a.blue() + (b.blue() - a.blue()) * share),
    ).name()


def darker(name: str, share: float = 0.25) -> str:
    """Return the colour moved towards ink."""
    return mix(name, INK, share)


def lighter(name: str, share: float = 0.35) -> str:
    """Return the colour moved towards warm white."""
    return mix(name, RAISED, share)


def poly(points: Sequence[Point], *, closed: bool = True) -> QPainterPath:
    """Return a path of straight edges."""
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(*point)
    if closed:
        path.closeSubpath()
    return path


def smooth(points: Sequence[Point], *, closed: bool = True) -> QPainterPath:
    """Return a path of soft curves through every point (Catmull-Rom)."""
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    path = QPainterPath(QPointF(*points[0]))
    for i in range(count if closed else count - 1):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = at(i - 1), at(i), at(i + 1), at(i + 2)
        path.cubicTo(
            bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy
        )
    if closed:
        path.closeSubpath()
    return path


def rect(x: float, y: float, w: float, h: float, radius: float = 0) -> QPainterPath:
    """Return a rectangle, its corners rounded by `radius`."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(x, y, w, h), radius, radius)
    return path


def oval(x: float, y: float, rx: float, ry: float | None = None) -> QPainterPath:
    """Return an ellipse about (x, y); a circle when `ry` is left out."""
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), rx, rx if ry is None else ry)
    return path


def mirrored(right: Sequence[Point], x: float = 0) -> QPainterPath:
    """Return a soft closed outline: its right side, top to bottom, mirrored about `x`."""
    left = [(2 * x - px, py) for px, py in reversed(right)]
    path = smooth(right, closed=False)
    path.lineTo(*left[0])
    path.connectPath(smooth(left, closed=False))
    path.closeSubpath()
    return path


def petal(length: float, width: float) -> QPainterPath:
    """Return a pointed leaf or petal lying along +x from the origin."""
    path = QPainterPath(QPointF(0, 0))
    path.cubicTo(length * 0.25, -width * 0.75, length * 0.75, -width * 0.6, length, 0)
    path.cubicTo(length * 0.75, width * 0.6, length * 0.25, width * 0.75, 0, 0)
    return path


def fill(p: QPainter, path: QPainterPath, name: str, alpha: float = 1.0) -> None:
    """Fill a path with one colour."""
    p.fillPath(path, QBrush(color(name, alpha)))


def stroke(
    p: QPainter, path: QPainterPath, name: str, width: float = 3, *, alpha: float = 1.0
) -> None:
    """Draw a path's outline with round ends."""
    pen = QPen(color(name, alpha), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    p.strokePath(path, pen)


def line(
    p: QPainter, start: Point, end: Point, name: str, width: float = 3, alpha: float = 1.0
) -> None:
    """Draw one straight line with round ends."""
    stroke(p, poly([start, end], closed=False), name, width, alpha=alpha)


def dot(p: QPainter, x: float, y: float, radius: float, name: str, alpha: float = 1.0) -> None:
    """Draw one filled circle."""
    fill(p, oval(x, y, radius), name, alpha)


def shadow(p: QPainter, path: QPainterPath, dx: float = 10, dy: float = 12) -> None:
    """Lay the flat, soft-edged shadow of a path below it."""
    for step, alpha in ((1.25, 0.05), (1.0, 0.07), (0.6, 0.07)):
        fill(p, path.translated(dx * step, dy * step), INK, alpha)


def standing_shadow(p: QPainter, x: float, y: float, rx: float) -> None:
    """Lay the shadow of something that stands on a table at (x, y)."""
    for step, alpha in ((1.2, 0.06), (1.0, 0.09), (0.75, 0.10)):
        fill(p, oval(x + 8, y, rx * step, rx * 0.13 * step), INK, alpha)


@contextmanager
def within(p: QPainter, path: QPainterPath) -> Iterator[None]:
    """Draw only inside a path."""
    p.save()
    p.setClipPath(path, Qt.ClipOperation.IntersectClip)
    try:
        yield
    finally:
        p.restore()


@contextmanager
def placed(p: QPainter, x: float, y: float, *, turn: float = 0, scale: float = 1) -> Iterator[None]:
    """Draw with the origin at (x, y), turned by degrees clockwise and scaled."""
    p.save()
    p.translate(x, y)
    p.rotate(turn)
    p.scale(scale, scale)
    try:
        yield
    finally:
        p.restore()


def ground(
    p: QPainter,
    tint: str,
    *,
    disc: Point | None = (296, 170),
    radius: float = 150,
    table: float = 0,
) -> None:
    """Fill the ground: a quiet disc behind the object, a table edge at `table` if given."""
    fill(p, rect(0, 0, WIDTH, HEIGHT), tint)
    dark = QColor(tint).lightnessF() < 0.5
    if disc:
        fill(p, oval(*disc, radius), lighter(tint, 0.10 if dark else 0.45))
    if table:
        fill(p, rect(0, table, WIDTH, HEIGHT - table), darker(tint, 0.18 if dark else 0.09))


def around(count: int, *, start: float = -90) -> Iterator[tuple[float, float, float]]:
    """Yield (degrees, cosine, sine) for `count` directions round a circle."""
    for i in range(count):
        degrees = start + 360 * i / count
        yield degrees, math.cos(math.radians(degrees)), math.sin(math.radians(degrees))


def new_image() -> QImage:
    """Return an empty oversampled image to paint on."""
    image = QImage(WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING, QImage.Format.Format_RGB32)
    image.fill(color(COTTON))
    return image


def begin(image: QImage) -> QPainter:
    """Return a painter on `image` in the drawings' own units; the caller ends it."""
    p = QPainter(image)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.scale(OVERSAMPLING, OVERSAMPLING)
    p.setPen(Qt.PenStyle.NoPen)
    return p


def finished(image: QImage) -> QImage:
    """Return the image scaled down to its published size."""
    return image.scaled(
        WIDTH,
        HEIGHT,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
