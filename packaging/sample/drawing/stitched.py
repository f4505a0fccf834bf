"""Hides how embroidered things are drawn, stitch by stitch where a stitch can be seen."""

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath

from drawing import patterns
from drawing.canvas import (
    BAMBOO,
    BLUSH,
    BRICK,
    COTTON,
    INDIGO,
    INK,
    LEAF,
    MARIGOLD,
    MIST,
    RAISED,
    SAGE,
    SAND,
    SILVER,
    SKY,
    STRAW,
    darker,
    dot,
    fill,
    ground,
    lighter,
    line,
    mix,
    oval,
    petal,
    placed,
    poly,
    rect,
    shadow,
    smooth,
    stroke,
    within,
)

ROSE = "#D9818C"


def _satin_flower(p: QPainter, x: float, y: float, size: float, name: str, petals: int = 6) -> None:
    for i in range(petals):
        with placed(p, x, y, turn=360 * i / petals - 90):
            leaf = petal(size, size * 0.72)
            fill(p, leaf, name)
            with within(p, leaf):
                for k in range(-6, 7):
                    line(p, (0, k * 0.4), (size, k * size * 0.07), lighter(name, 0.55), 1.2, 0.7)
    for i in range(7):
        angle = math.tau * i / 7
        reach = size * 0.16 if i else 0
        dot(p, x + math.cos(angle) * reach, y + math.sin(angle) * reach, size * 0.1, MARIGOLD)


def coin_purse(p: QPainter) -> None:
    ground(p, BLUSH, table=290)
    body = smooth([(204, 120), (388, 120), (432, 190), (416, 278), (344, 314), (248, 314),
                   (176, 278), (160, 190)])  # fmt: skip
    shadow(p, body)
    fill(p, body, INDIGO)
    with within(p, body):
        with placed(p, 150, 100):
            patterns.threads(p, 300, 220, RAISED)
        for x, y, turn in ((296, 306, -90), (222, 292, -120), (370, 292, -60)):
            with placed(p, x, y, turn=turn):
                patterns.sprig(p, 104, 4, ("#6FA37F", LEAF))
        _satin_flower(p, 296, 200, 50, MARIGOLD)
        _satin_flower(p, 216, 216, 36, ROSE)
        _satin_flower(p, 376, 216, 36, COTTON)
    frame = smooth([(192, 138), (206, 92), (296, 78), (386, 92), (400, 138)], closed=False)
    stroke(p, frame, "#9C7430", 15)
    stroke(p, frame, "#D6AE5B", 10)
    stroke(p, frame.translated(0, -2), "#F0D48F", 2.5)
    for x, y in ((287, 66), (306, 60)):
        dot(p, x, y, 13, "#9C7430")
        dot(p, x - 1, y - 1, 10.5, "#D6AE5B")
        dot(p, x - 4, y - 4, 3, "#F8E6B8")


def napkins(p: QPainter) -> None:
    ground(p, SAGE, disc=None)
    for x, y, turn, tone in ((266, 158, -13, mix(SAND, LEAF, 0.12)), (318, 190, 7, RAISED)):
        with placed(p, x, y, turn=turn):
            shadow(p, rect(-150, -104, 300, 208, 3))
            fill(p, rect(-150, -104, 300, 208, 3), tone)
            with placed(p, -150, -104):
                patterns.threads(p, 300, 208, INK)
            for i in range(34):
                for y_edge in (-92, 90):
                    line(p, (-136 + i * 8, y_edge), (-133 + i * 8, y_edge + 5), LEAF, 1.5, 0.5)
    with placed(p, 318, 190, turn=7):
        line(p, (-150, 30), (150, 30), SAND, 2)
        with placed(p, 118, 76, turn=-152):
            patterns.sprig(p, 186, 6, (LEAF, "#7FAE6B"))
        for i in range(3):
            patterns.blossom(p, 96 - i * 26, 26 - (i % 2) * 20, 8, (BRICK, MARIGOLD))


def lotus_hoop(p: QPainter) -> None:
    ground(p, MIST, disc=None)
    with placed(p, 296, 182):
        shadow(p, oval(0, 0, 150))
        fill(p, oval(0, 0, 152), darker(BAMBOO, 0.3))
        fill(p, oval(0, 0, 149), BAMBOO)
        stroke(p, oval(0, 0, 144), lighter(BAMBOO), 2)
        fill(p, oval(0, 0, 138), darker(BAMBOO, 0.3))
        fill(p, oval(0, 0, 136), COTTON)
        fill(p, rect(-11, -172, 22, 24, 4), "#B8935A")
        fill(p, rect(-20, -168, 40, 7, 3), "#8C6A35")
        with within(p, oval(0, 0, 136)):
            with placed(p, -136, -136):
                patterns.threads(p, 272, 272, INK)
            fill(p, oval(-52, 96, 88, 26), LEAF)
            fill(p, oval(66, 104, 70, 20), "#5E9470")
            for k in range(-4, 5):
                line(p, (-52, 96), (-52 + k * 20, 96 + 24 - abs(k) * 3), "#7FB08C", 1.5, 0.8)
            line(p, (0, 60), (6, 140), LEAF, 7)
            shades = ("#B84F73", "#CC6C8B", "#DB8BA3", "#E8A9B9", "#F3C8CF", "#FBE4E4")
            for tier, (count, size, width, spread) in enumerate(
                ((7, 124, 58, 150), (5, 112, 58, 100), (3, 98, 58, 52))
            ):
                order = sorted((-abs(k - (count - 1) / 2), k) for k in range(count))
                for _, k in order:
                    turn = -90 + (k / (count - 1) - 0.5) * spread
                    with placed(p, 0, 66, turn=turn):
                        for step in range(4):
                            leaf = petal(size * (1 - step * 0.15), width * (1 - step * 0.17))
                            fill(p, leaf, shades[min(5, tier + step)])
                        stroke(p, petal(size, width), shades[0], 1.4, alpha=0.7)
                        for ray in (-8, 0, 8):
                            line(
                                p, (size * 0.3, ray * 0.6), (size * 0.72, ray), shades[0], 1.1, 0.5
                            )
            for k in range(-2, 3):
                dot(p, k * 8, 60 - abs(k) * -2, 4, MARIGOLD)


YAM_BAND = (
    "r  r     r  r     r  r     r  r ",
    " gg   y   gg   y   gg   y   gg  ",
    " gg  yyy  gg  yyy  gg  yyy  gg  ",
    "r  ryy yyr  ryy yyr  ryy yyr  ry",
    " gg  yyy  gg  yyy  gg  yyy  gg  ",
    " gg   y   gg   y   gg   y   gg  ",
    "r  r     r  r     r  r     r  r ",
)


def yam_bag(p: QPainter) -> None:
    ground(p, STRAW)
    strap = QPainterPath(QPointF(196, 150))
    strap.cubicTo(190, -8, 402, -8, 396, 150)
    stroke(p, strap, darker(BRICK, 0.3), 27)
    stroke(p, strap, BRICK, 23)
    stroke(p, strap, MARIGOLD, 3)
    bag = rect(176, 116, 240, 190, 8)
    shadow(p, bag)
    fill(p, bag, COTTON)
    with within(p, bag):
        with placed(p, 176, 116):
            patterns.threads(p, 240, 190, INK)
            for y in (0, 180):
                fill(p, rect(0, y, 240, 10), BRICK)
            colors = {"r": BRICK, "y": MARIGOLD, "g": LEAF}
            for y in (20, 120):
                with placed(p, 0, y):
                    patterns.crosses(p, YAM_BAND, 7.5, colors)
            with placed(p, 0, 84):
                patterns.crosses(p, ("bb  " * 8, "  bb" * 8, "bb  " * 8), 7.5, {"b": INDIGO})
        for x in (176, 404):
            fill(p, rect(x, 116, 12, 190), BRICK)
    for i in range(15):
        x = 186 + i * 16
        line(p, (x, 306), (x, 328), (BRICK, MARIGOLD, LEAF)[i % 3], 4)
        dot(p, x, 310, 4.5, (BRICK, MARIGOLD, LEAF)[i % 3])


def elephant_ring(p: QPainter) -> None:
    ground(p, SAGE)
    stroke(p, oval(296, 48, 30), darker(SILVER, 0.35), 7)
    stroke(p, oval(296, 48, 30), SILVER, 4)
    line(p, (296, 78), (296, 122), darker(BRICK, 0.1), 6)
    dot(p, 296, 98, 8, MARIGOLD)
    with placed(p, 306, 214):
        body = smooth([(-20, -98), (56, -90), (104, -50), (116, 10), (112, 92), (70, 92), (66, 46),
                       (10, 48), (6, 92), (-38, 92), (-44, 30), (-72, 28), (-92, 40), (-96, 72),
                       (-122, 84), (-134, 66), (-122, 54), (-130, 6), (-110, -54),
                       (-66, -84)])  # fmt: skip
        shadow(p, body)
        fill(p, body, INDIGO)
        with within(p, body), placed(p, -140, -110):
            patterns.threads(p, 280, 220, RAISED)
        saddle = smooth([(-4, -100), (62, -96), (84, -30), (56, 22), (4, 18), (-16, -40)])
        with within(p, body):
            fill(p, saddle, BRICK)
            stroke(p, saddle, MARIGOLD, 6)
        patterns.blossom(p, 34, -40, 25, (MARIGOLD, COTTON))
        for k, (x, y) in enumerate(((8, -74), (58, -70), (66, -16), (8, 0))):
            dot(p, x, y, 5, COTTON if k % 2 else "#8FC0A0")
        ear = smooth([(-62, -66), (-26, -66), (-14, -24), (-34, 16), (-62, -4)])
        fill(p, ear.translated(3, 4), INK, 0.25)
        fill(p, ear, lighter(INDIGO, 0.18))
        patterns.dashes(p, [(q.x(), q.y()) for q in map(ear.pointAtPercent, _steps())], COTTON,
                        length=5, width=2)  # fmt: skip
        dot(p, -88, -30, 5.5, RAISED)
        dot(p, -89, -30, 3.4, INK)
        stroke(p, smooth([(114, -10), (130, 14), (126, 40)], closed=False), INDIGO, 6)
        for x in (-30, -18, 78, 90, 102):
            stroke(p, oval(x, 90, 5, 6), COTTON, 1.6)


def _steps(count: int = 300) -> list[float]:
    return [k / count for k in range(count + 1)]


def book_cover(p: QPainter) -> None:
    ground(p, SAND)
    with placed(p, 296, 166, turn=-7):
        fill(p, rect(-92, -128, 206, 264, 6).translated(10, 12), INK, 0.14)
        fill(p, rect(-88, -124, 200, 258, 4), COTTON)
        for i in range(5):
            line(p, (112 - i, -118 + i), (112 - i, 128), darker(SAND, 0.2), 0.8)
        cover = rect(-100, -132, 206, 264, 8)
        fill(p, cover, INDIGO)
        with within(p, cover):
            with placed(p, -68, -132):
                patterns.waves(p, 180, 270, COTTON, 44)
            with placed(p, -100, -132):
                patterns.threads(p, 206, 264, INK)
            fill(p, rect(-100, -132, 32, 264), darker(INDIGO, 0.4))
            fill(p, rect(-70, -132, 3, 264), SKY, 0.5)
        patterns.braid(p, (-20, 128), (-12, 158), MARIGOLD, 9)
        fill(p, poly([(-18, 154), (-6, 154), (-4, 172), (-22, 172)]), MARIGOLD)


DRAWINGS = {
    "TF-EMB-001": coin_purse,
    "TF-EMB-002": napkins,
    "TF-EMB-003": lotus_hoop,
    "TF-EMB-004": yam_bag,
    "TF-EMB-005": elephant_ring,
    "TF-EMB-006": book_cover,
}
