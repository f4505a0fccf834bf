"""Hides how clay and glaze are drawn: soft light on the left, a shade on the right."""

import math
from random import Random

from PySide6.QtGui import QPainter, QPainterPath

from drawing import patterns
from drawing.canvas import (
    BLUSH,
    CELADON,
    CLAY,
    INDIGO,
    INK,
    LEAF,
    MARIGOLD,
    MIST,
    RAISED,
    SAGE,
    SAND,
    STRAW,
    around,
    darker,
    dot,
    fill,
    ground,
    lighter,
    line,
    mirrored,
    oval,
    petal,
    placed,
    rect,
    shadow,
    smooth,
    standing_shadow,
    stroke,
    within,
)


def _crackle(p: QPainter, x: float, y: float, w: float, h: float, name: str, seed: int) -> None:
    random = Random(seed)
    for _ in range(34):
        px, py = x + random.uniform(0, w), y + random.uniform(0, h)
        angle = random.uniform(0, math.tau)
        points = [(px, py)]
        for _ in range(3):
            angle += random.uniform(-0.9, 0.9)
            px, py = px + math.cos(angle) * 15, py + math.sin(angle) * 15
            points.append((px, py))
        stroke(p, smooth(points, closed=False), name, 1, alpha=0.42)


def _lit(p: QPainter, body: QPainterPath, x: float) -> None:
    """Shade the right of a round body about `x` and light its left."""
    box = body.boundingRect()
    with within(p, body):
        fill(p, rect(x + box.width() * 0.24, box.top(), box.width(), box.height()), INK, 0.07)
        fill(p, rect(x + box.width() * 0.38, box.top(), box.width(), box.height()), INK, 0.09)
        fill(p, rect(x - box.width() * 0.38, box.top(), box.width() * 0.09, box.height()), RAISED,
             0.34)  # fmt: skip


def celadon_cup(p: QPainter) -> None:
    ground(p, SAND, table=250)
    standing_shadow(p, 296, 300, 140)
    fill(p, oval(296, 298, 142, 20), darker(CELADON, 0.3))
    fill(p, oval(296, 292, 142, 20), CELADON)
    fill(p, oval(296, 290, 104, 12), darker(CELADON, 0.15))
    body = mirrored([(390, 96), (386, 180), (362, 252), (334, 282), (330, 290)], 296)
    fill(p, body, CELADON)
    with within(p, body):
        _crackle(p, 200, 96, 192, 200, darker(CELADON, 0.6), 11)
        fill(p, rect(200, 272, 200, 22), darker(CELADON, 0.28))
    _lit(p, body, 296)
    fill(p, oval(296, 96, 94, 24), lighter(CELADON, 0.45))
    fill(p, oval(296, 98, 86, 19), darker(CELADON, 0.2))
    fill(p, oval(296, 103, 78, 14), "#C79A4B")
    fill(p, oval(276, 101, 30, 4), RAISED, 0.5)
    for x, seed in ((268, 0), (300, 1), (330, 2)):
        steam = [(x + 7 * math.sin(k * 1.5 + seed), 74 - k * 9) for k in range(6)]
        stroke(p, smooth(steam, closed=False), RAISED, 5, alpha=0.8)


def lotus_plate(p: QPainter) -> None:
    ground(p, BLUSH, disc=None)
    with placed(p, 296, 176):
        shadow(p, oval(0, 0, 158), 6, 12)
        fill(p, oval(0, 0, 158), darker(CELADON, 0.25))
        fill(p, oval(-1, -2, 156), CELADON)
        for count, size, width, tone, start in (
            (16, 148, 60, 0.05, 0.0),
            (12, 112, 60, 0.18, 15.0),
            (8, 74, 54, 0.30, 0.0),
        ):
            for degrees, _, _ in around(count, start=start):
                with placed(p, 0, 0, turn=degrees):
                    leaf = petal(size, width)
                    fill(p, leaf, lighter(CELADON, 0.12 + tone))
                    stroke(p, leaf, darker(CELADON, 0.38), 2.6, alpha=0.85)
                    line(p, (size * 0.55, 0), (size * 0.86, 0), darker(CELADON, 0.3), 2, 0.6)
        fill(p, oval(0, 0, 24), darker(CELADON, 0.18))
        for _, c, s in around(7):
            dot(p, c * 13, s * 13, 3.4, lighter(CELADON, 0.5))
        dot(p, 0, 0, 3.4, lighter(CELADON, 0.5))
        stroke(p, oval(-1, -2, 152), lighter(CELADON, 0.6), 2.5)
        _crackle(p, -110, -110, 220, 220, darker(CELADON, 0.5), 4)


def ash_vase(p: QPainter) -> None:
    ground(p, SAGE, table=278)
    standing_shadow(p, 296, 318, 92)
    body = mirrored([(330, 34), (318, 56), (316, 84), (362, 122), (396, 176), (386, 244),
                     (350, 304), (344, 318)], 296)  # fmt: skip
    fill(p, body, "#7A4B34")
    with within(p, body):
        fill(p, smooth([(330, 90), (410, 110), (410, 330), (340, 330), (372, 220)]), "#4A2A22", 0.8)
        glaze = smooth([(250, 20), (350, 20), (340, 70), (380, 120), (388, 160), (372, 196),
                        (356, 168), (344, 176), (334, 246), (320, 252), (312, 186), (296, 178),
                        (284, 216), (272, 220), (264, 180), (246, 190), (232, 270), (220, 268),
                        (214, 190), (196, 170), (214, 126), (262, 90), (272, 56)])  # fmt: skip
        fill(p, glaze, "#8C9A5B")
        fill(p, smooth([(230, 130), (270, 100), (330, 104), (372, 140), (330, 150), (290, 140),
                        (240, 156)]), "#B9C184", 0.8)  # fmt: skip
        random = Random(8)
        for _ in range(120):
            dot(p, random.uniform(196, 396), random.uniform(90, 320), random.uniform(0.8, 2),
                "#2F1C16", 0.5)  # fmt: skip
    for x, y in ((327, 248), (278, 216), (226, 266)):
        dot(p, x, y, 8, "#A7B26E")
        dot(p, x - 2, y - 2, 2.5, RAISED, 0.8)
    _lit(p, body, 296)
    fill(p, oval(296, 34, 34, 9), "#A7B26E")
    fill(p, oval(296, 35, 26, 6), "#33201A")


def painted_bowl(p: QPainter) -> None:
    ground(p, STRAW, table=250)
    standing_shadow(p, 296, 306, 110)
    porcelain = "#F4F6F5"
    fill(p, mirrored([(350, 284), (346, 308)], 296), darker(porcelain, 0.14))
    body = mirrored([(448, 118), (436, 186), (396, 256), (344, 290), (330, 292)], 296)
    fill(p, body, porcelain)
    with within(p, body):
        vine = [(140 + k * 13, 198 + 24 * math.sin(k * 0.72)) for k in range(26)]
        stroke(p, smooth(vine, closed=False), INDIGO, 4)
        for k in range(1, 25):
            x, y = vine[k]
            up = -1 if k % 2 else 1
            with placed(p, x, y, turn=up * 62 - 10):
                fill(p, petal(27, 17), "#5478B0" if k % 3 else INDIGO)
                line(p, (2, 0), (22, 0), porcelain, 1.3, 0.8)
        for x, y in ((212, 176), (296, 220), (380, 178)):
            fill(p, oval(x, y, 27), porcelain)
            patterns.blossom(p, x, y, 31, ("#3F64A0", INDIGO), 6)
            dot(p, x, y, 4, porcelain)
        for y, width in ((132, 5.0), (141, 2.0), (268, 5.0)):
            arc = smooth([(130, y), (296, y + 20), (462, y)], closed=False)
            stroke(p, arc, INDIGO, width)
    _lit(p, body, 296)
    fill(p, oval(296, 118, 152, 36), "#FFFFFF")
    stroke(p, oval(296, 118, 150, 34), INDIGO, 3)
    fill(p, oval(296, 124, 136, 27), "#DCE4EA")
    patterns.blossom(p, 296, 132, 15, ("#5478B0", INDIGO), 6)


def planter(p: QPainter) -> None:
    ground(p, MIST, table=272)
    standing_shadow(p, 296, 316, 120)
    for turn, size, tone in ((-90, 124, LEAF), (-122, 112, "#4B8A64"), (-58, 112, "#4B8A64"),
                             (-150, 96, LEAF), (-30, 96, LEAF), (-106, 96, "#7FB08C"),
                             (-74, 96, "#7FB08C")):  # fmt: skip
        with placed(p, 296, 146, turn=turn):
            fill(p, petal(size, 46), tone)
            line(p, (8, 0), (size * 0.9, 0), lighter(tone, 0.4), 2)
    fill(p, mirrored([(414, 296), (402, 318)], 296), darker(CLAY, 0.2))
    body = mirrored([(396, 170), (382, 240), (364, 302)], 296)
    fill(p, body, CLAY)
    with within(p, body):
        for k in range(5):
            wave = [(180 + i * 9, 216 + k * 10 + 7 * math.sin(i * 0.8)) for i in range(27)]
            stroke(p, smooth(wave, closed=False), darker(CLAY, 0.32), 3.4)
            stroke(p, smooth([(x, y + 2.5) for x, y in wave], closed=False), lighter(CLAY), 1.2)
    _lit(p, body, 296)
    rim = rect(186, 140, 220, 42, 8)
    fill(p, rim.translated(0, 6), INK, 0.18)
    fill(p, rim, lighter(CLAY, 0.14))
    _lit(p, rim, 296)


def leaf_dish(p: QPainter) -> None:
    ground(p, BLUSH, disc=None)
    glaze = "#8A9A4E"
    with placed(p, 296, 180, turn=-14):
        outline = smooth([(-196, 6), (-140, -58), (-60, -100), (40, -104), (128, -66), (204, 0),
                          (128, 62), (40, 100), (-60, 96), (-140, 60)])  # fmt: skip
        shadow(p, outline, 6, 14)
        fill(p, outline.translated(0, 8), darker(glaze, 0.45))
        fill(p, outline, glaze)
        stem = smooth([(-190, 6), (-228, 14), (-250, 34)], closed=False)
        stroke(p, stem.translated(0, 5), darker(glaze, 0.45), 15)
        stroke(p, stem, glaze, 13)
        with within(p, outline):
            with placed(p, -6, 2, scale=0.84):
                fill(p, outline, darker(glaze, 0.12))
            line(p, (-196, 6), (196, 0), lighter(glaze, 0.45), 5)
            for k in range(8):
                x = -150 + k * 42
                for side in (-1, 1):
                    vein = smooth([(x, 4), (x + 34, side * 44), (x + 74, side * 92)], closed=False)
                    stroke(p, vein, lighter(glaze, 0.45), 2.6)
        stroke(p, outline, lighter(glaze, 0.5), 3.5)
        fill(p, oval(8, 4, 74, 50), "#7A2A1C")
        fill(p, oval(2, -2, 64, 40), "#A83A22")
        for k in range(11):
            a = k * 2.4
            fill(p, oval(4 + math.cos(a) * k * 4.6, math.sin(a) * k * 3, 4.5, 2.4),
                 MARIGOLD if k % 3 else LEAF)  # fmt: skip
        fill(p, oval(-22, -20, 20, 5), RAISED, 0.5)


DRAWINGS = {
    "TF-CER-001": celadon_cup,
    "TF-CER-002": lotus_plate,
    "TF-CER-003": ash_vase,
    "TF-CER-004": painted_bowl,
    "TF-CER-005": planter,
    "TF-CER-006": leaf_dish,
}
