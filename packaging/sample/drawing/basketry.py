"""Hides how baskets, vine and sedge are drawn."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath

from drawing import patterns
from drawing.canvas import (
    BAMBOO,
    BLUSH,
    BRICK,
    COTTON,
    HUSK,
    INDIGO,
    INK,
    LEAF,
    MARIGOLD,
    MIST,
    RAISED,
    SAGE,
    SILVER,
    STRAW,
    TEAK,
    around,
    darker,
    dot,
    fill,
    ground,
    lighter,
    line,
    mirrored,
    oval,
    placed,
    rect,
    shadow,
    smooth,
    standing_shadow,
    stroke,
    within,
)


def _bound(p: QPainter, path: QPainterPath, name: str, width: float, *, wraps: int = 46) -> None:
    """Draw a rim or handle bound with rattan."""
    stroke(p, path, darker(name, 0.45), width + 3)
    stroke(p, path, name, width)
    for k in range(wraps + 1):
        at = path.pointAtPercent(k / wraps)
        with placed(p, at.x(), at.y(), turn=-path.angleAtPercent(k / wraps)):
            line(p, (-1, -width * 0.4), (2, width * 0.4), darker(name, 0.4), 1.6, 0.7)


def market_basket(p: QPainter) -> None:
    ground(p, SAGE, table=268)
    standing_shadow(p, 296, 310, 150)
    handle = QPainterPath(QPointF(170, 160))
    handle.cubicTo(190, -28, 402, -28, 422, 160)
    _bound(p, handle, TEAK, 13)
    body = mirrored([(434, 152), (420, 230), (392, 310)], 296)
    fill(p, body, BAMBOO)
    with within(p, body), placed(p, 148, 146):
        patterns.plait(p, 300, 170, (BAMBOO, lighter(BAMBOO, 0.4)), size=19)
        fill(p, rect(0, 76, 300, 19), LEAF, 0.45)
        fill(p, rect(0, 0, 46, 180), INK, 0.10)
        fill(p, rect(250, 0, 46, 180), INK, 0.16)
    _bound(p, smooth([(156, 152), (226, 162), (296, 165), (366, 162), (436, 152)], closed=False),
           TEAK, 15)  # fmt: skip
    _bound(p, smooth([(200, 308), (296, 316), (392, 308)], closed=False), TEAK, 9, wraps=30)


def rice_basket(p: QPainter) -> None:
    ground(p, STRAW, table=262)
    standing_shadow(p, 296, 316, 118)
    cord = QPainterPath(QPointF(194, 140))
    cord.cubicTo(120, -20, 470, -30, 398, 140)
    stroke(p, cord, BRICK, 5)
    foot = mirrored([(376, 290), (394, 318)], 296)
    fill(p, foot, HUSK)
    body = mirrored([(396, 146), (404, 220), (372, 300)], 296)
    with within(p, body), placed(p, 180, 140):
        patterns.plait(p, 240, 170, (BAMBOO, lighter(BAMBOO, 0.5)), size=11, twill=2)
        for y in (52, 112):
            for k in range(12):
                patterns.stepped_diamond(p, 8 + k * 21, y, 3, 5, HUSK)
        fill(p, rect(0, 0, 30, 170), INK, 0.1)
        fill(p, rect(190, 0, 50, 170), INK, 0.14)
    lid = mirrored([(370, 66), (402, 84), (410, 152)], 296)
    fill(p, lid.translated(0, 7), INK, 0.2)
    with within(p, lid), placed(p, 176, 60):
        patterns.plait(p, 244, 100, (lighter(BAMBOO, 0.2), lighter(BAMBOO, 0.6)), size=11, twill=2)
        for k in range(13):
            patterns.stepped_diamond(p, 4 + k * 21, 58, 3, 5, HUSK)
        fill(p, rect(0, 0, 34, 100), INK, 0.08)
        fill(p, rect(194, 0, 50, 100), INK, 0.12)
    _bound(p, smooth([(182, 151), (296, 160), (410, 151)], closed=False), TEAK, 8)
    for x in (198, 394):
        dot(p, x, 138, 7, BRICK)


def vine_handbag(p: QPainter) -> None:
    ground(p, BLUSH, table=282)
    standing_shadow(p, 296, 306, 150)
    vine = "#4A2A1A"
    handle = QPainterPath(QPointF(222, 140))
    handle.cubicTo(232, 0, 360, 0, 370, 140)
    _bound(p, handle, "#5E3824", 12, wraps=60)
    body = mirrored([(398, 134), (448, 190), (446, 266), (400, 306)], 296)
    shadow(p, body, 6, 4)
    fill(p, body, vine)
    with within(p, body):
        for k in range(34):
            y = 134 + k * 5.2
            arc = smooth([(140, y), (296, y + 10), (452, y)], closed=False)
            stroke(p, arc, "#7A4A2C" if k % 2 else "#2F1910", 2.6)
        for k in range(70):
            line(p, (140 + k * 4.6, 126), (136 + k * 4.6, 320), "#8C5A38", 0.9, 0.35)
        for row, y in enumerate((206, 262)):
            for k in range(7):
                x = 164 + k * 44 + (22 if row else 0)
                for _, cx, sy in around(8):
                    line(p, (x, y), (x + cx * 12, y + sy * 12), "#D9A869", 3.4)
                dot(p, x, y, 3.4, vine)
        fill(p, smooth([(190, 150), (250, 142), (236, 190), (180, 280), (168, 220)]), RAISED, 0.10)
    _bound(p, smooth([(194, 138), (296, 150), (398, 138)], closed=False), "#5E3824", 11, wraps=70)
    fill(p, rect(280, 132, 32, 40, 10), darker(SILVER, 0.3))
    fill(p, rect(282, 133, 28, 37, 9), SILVER)
    patterns.blossom(p, 296, 151, 9, (RAISED, darker(SILVER, 0.3)), 8)


def sedge_tote(p: QPainter) -> None:
    ground(p, MIST, table=288)
    standing_shadow(p, 296, 318, 150)
    for top, name in ((34, darker(TEAK, 0.4)), (50, TEAK)):
        handle = QPainterPath(QPointF(242, 150))
        handle.cubicTo(244, top - 30, 348, top - 30, 350, 150)
        stroke(p, handle, name, 11)
    bag = mirrored([(418, 122), (426, 220), (410, 318)], 296)
    with within(p, bag), placed(p, 160, 116):
        sedge = "#D8C48F"
        patterns.plait(p, 276, 210, (sedge, lighter(sedge, 0.45)), size=13, twill=2)
        for y in (60, 128):
            fill(p, rect(0, y, 276, 39), BRICK, 0.72)
        fill(p, rect(0, 73, 276, 13), INDIGO, 0.6)
        fill(p, rect(232, 0, 50, 210), INK, 0.10)
    rim = smooth([(174, 123), (296, 131), (418, 123)], closed=False)
    stroke(p, rim, "#B99F63", 9)
    for x in (242, 350):
        fill(p, rect(x - 12, 118, 24, 46, 5), TEAK)
        patterns.dashes(p, [(x, 124.0 + k) for k in range(36)], COTTON, length=4, width=1.8)


def coasters(p: QPainter) -> None:
    ground(p, SAGE, disc=None, table=0)
    fibre = "#B98F55"
    for x, y in ((186, 128), (330, 104), (258, 236)):
        with placed(p, x, y):
            shadow(p, oval(0, 0, 86, 74), 5, 9)
            fill(p, oval(0, 6, 86, 74), darker(fibre, 0.4))
            patterns.coil(p, 86, 74, fibre, step=12)
    with placed(p, 414, 222):
        shadow(p, oval(0, 0, 86, 74), 5, 9)
        fill(p, oval(0, 6, 86, 74), darker(fibre, 0.4))
        patterns.coil(p, 86, 74, fibre, step=12)
        glass = mirrored([(46, -128), (38, -20), (34, 6)], 0)
        fill(p, oval(0, 4, 40, 16), INK, 0.2)
        fill(p, glass, "#E7F0F2", 0.8)
        fill(p, mirrored([(43, -92), (38, -20), (33, 4)], 0), "#B4546A", 0.85)
        fill(p, oval(0, -92, 43, 11), "#D27F90")
        stroke(p, oval(0, -128, 46, 12), RAISED, 3)
        fill(p, rect(-30, -112, 7, 100, 3), RAISED, 0.6)
        for dx, turn in ((-12, 12), (14, -18)):
            with placed(p, dx, -94, turn=turn):
                fill(p, rect(-11, -10, 22, 18, 4), RAISED, 0.75)


def lampshade(p: QPainter) -> None:
    ground(p, darker(INDIGO, 0.35), disc=(296, 196), radius=156)
    fill(p, oval(296, 196, 128), MARIGOLD, 0.16)
    line(p, (296, 0), (296, 74), COTTON, 3)
    body = mirrored([(326, 76), (420, 130), (440, 210), (392, 290), (360, 308)], 296)
    fill(p, body, "#FBD98C", 0.5)
    fill(p, oval(296, 196, 58), "#FFE9B0", 0.55)
    fill(p, oval(296, 190, 26, 32), "#FFF6DC")
    with within(p, body), placed(p, 140, 70):
        patterns.hexagons(p, 312, 250, "#C8923F", 44)
    stroke(p, body, darker(BAMBOO, 0.35), 6)
    fill(p, rect(262, 66, 68, 16, 7), TEAK)
    _bound(p, smooth([(230, 306), (296, 316), (362, 306)], closed=False), BAMBOO, 9, wraps=24)


DRAWINGS = {
    "TF-BAS-001": market_basket,
    "TF-BAS-002": rice_basket,
    "TF-BAS-003": vine_handbag,
    "TF-BAS-004": sedge_tote,
    "TF-BAS-005": coasters,
    "TF-BAS-006": lampshade,
}
