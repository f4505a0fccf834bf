"""Hides how rice, dried flowers, tea and fruit are drawn in their bags, tins and bowls."""

from random import Random

from PySide6.QtGui import QPainter

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
    SAND,
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
    petal,
    placed,
    poly,
    rect,
    smooth,
    standing_shadow,
    stroke,
    within,
)

VIOLET = "#4C46A6"


def brown_rice(p: QPainter) -> None:
    ground(p, SAGE, table=264)
    standing_shadow(p, 270, 314, 130)
    neck = smooth([(238, 108), (212, 60), (240, 42), (270, 52), (302, 40), (328, 60), (302, 108)])
    fill(p, neck, darker(COTTON, 0.08))
    for k in range(5):
        line(p, (250 + k * 10, 104), (236 + k * 17, 58), "#BFB290", 1.8)
    body = mirrored([(306, 106), (370, 160), (388, 250), (366, 312)], 270)
    fill(p, body, COTTON)
    with within(p, body):
        with placed(p, 150, 100):
            patterns.threads(p, 240, 220, HUSK)
        fill(p, smooth([(350, 120), (400, 240), (380, 330), (320, 320), (362, 250)]), INK, 0.08)
        panicle = smooth([(234, 292), (246, 216), (276, 166), (316, 168), (334, 212)], closed=False)
        stroke(p, panicle, "#B98C3A", 3.4)
        for k in range(17):
            at = panicle.pointAtPercent(0.36 + k * 0.038)
            along = -panicle.angleAtPercent(0.36 + k * 0.038)
            with placed(p, at.x(), at.y(), turn=along + (34 if k % 2 else -34)):
                fill(p, petal(27, 11), "#C99A42" if k % 3 else "#DDB563")
                line(p, (3, 0), (22, 0), "#8F6826", 1.1)
        for turn in (-118, -40):
            with placed(p, 238, 286, turn=turn):
                fill(p, petal(92, 13), "#8FA15A")
    for k in range(4):
        line(p, (236, 100 + k * 5), (304, 100 + k * 5), BRICK, 5)
    stroke(p, smooth([(300, 110), (322, 130), (318, 156)], closed=False), BRICK, 4)
    random = Random(2)
    fill(p, smooth([(392, 316), (430, 276), (478, 262), (522, 284), (556, 316)]), "#B98A52")
    for _ in range(150):
        x = random.uniform(398, 550)
        y = 314 - random.random() * max(4.0, 46 - abs(x - 476) * 0.55)
        with placed(p, x, y, turn=random.uniform(0, 180)):
            fill(p, oval(0, 0, 8, 2.6), random.choice(("#D9B078", "#C2935A", "#E8CC9E")))


def butterfly_pea(p: QPainter) -> None:
    ground(p, STRAW, table=254)
    standing_shadow(p, 236, 306, 100)
    glass = mirrored([(330, 120), (326, 240), (300, 304)], 236)
    fill(p, glass, "#EAF0F4", 0.9)
    with within(p, glass):
        fill(p, rect(130, 156, 220, 60), "#7A5CC0")
        fill(p, rect(130, 190, 220, 120), VIOLET)
        fill(p, rect(130, 232, 220, 80), "#2F3F9E")
        fill(p, oval(236, 156, 94, 15), "#A58AD8")
        fill(p, rect(158, 130, 13, 160, 6), RAISED, 0.45)
    stroke(p, oval(236, 120, 94, 17), RAISED, 4)
    with placed(p, 318, 116, turn=20):
        fill(p, oval(0, 0, 36), "#6E9B3A")
        fill(p, oval(0, 0, 31), "#E3EDB6")
        for _, c, s in around(8):
            line(p, (0, 0), (c * 29, s * 29), "#A9C468", 2.4)
    for x, y, turn, size in ((430, 176, -20, 1.15), (496, 266, 40, 0.9), (396, 286, -70, 0.85)):
        with placed(p, x, y, turn=turn, scale=size):
            outline = smooth([(0, 44), (-46, 8), (-50, -34), (-18, -58), (0, -50), (18, -58),
                              (50, -34), (46, 8)])  # fmt: skip
            fill(p, outline.translated(5, 8), INK, 0.14)
            fill(p, outline, VIOLET)
            for k in range(-4, 5):
                line(p, (0, 30), (k * 11, -44 + abs(k) * 4), "#2F2C80", 1.5, 0.7)
            fill(p, smooth([(0, 40), (-18, 8), (0, -20), (18, 8)]), "#EDE6F6")
            fill(p, smooth([(0, 40), (-9, 14), (0, -4), (9, 14)]), MARIGOLD)
            fill(p, rect(-5, 40, 10, 18, 4), LEAF)


def roselle(p: QPainter) -> None:
    ground(p, SAGE, table=250)
    ruby = "#8E1F3A"
    standing_shadow(p, 276, 312, 128)
    bowl = mirrored([(420, 178), (400, 256), (338, 308), (320, 312)], 276)
    random = Random(6)
    spots = [(random.uniform(166, 388), random.uniform(112, 180)) for _ in range(24)]
    for x, y in sorted(spots, key=lambda spot: spot[1]):
        if abs(x - 276) > 118 - (178 - y) * 0.8:
            continue
        with placed(p, x, y, turn=random.uniform(-50, 50)):
            _calyx(p, random.choice((ruby, "#A62B49", "#74152E")))
    fill(p, bowl, BAMBOO)
    with within(p, bowl), placed(p, 130, 176):
        patterns.plait(p, 300, 140, (BAMBOO, lighter(BAMBOO, 0.4)), size=15, twill=2)
        fill(p, rect(220, 0, 80, 150), INK, 0.12)
    stroke(p, smooth([(134, 180), (276, 196), (418, 180)], closed=False), TEAK, 12)
    for x, y, turn in ((466, 286, 30), (510, 306, 80), (104, 302, -60)):
        with placed(p, x, y, turn=turn):
            _calyx(p, ruby)


def _calyx(p: QPainter, name: str) -> None:
    for turn in (-130, -110, -90, -70, -50):
        with placed(p, 0, 22, turn=turn):
            fill(p, petal(66, 26), darker(name, 0.15))
            fill(p, petal(62, 20), name)
            line(p, (8, 0), (54, 0), lighter(name, 0.3), 1.6, 0.7)
    fill(p, oval(0, 22, 15, 11), darker(name, 0.25))


def mulberry_tea(p: QPainter) -> None:
    ground(p, BLUSH, table=262)
    standing_shadow(p, 270, 312, 106)
    body = rect(176, 118, 188, 196, 12)
    fill(p, body, LEAF)
    with within(p, body):
        with placed(p, 176, 118):
            patterns.teeth(p, 188, 30, darker(LEAF, 0.3), 13)
        fill(p, rect(176, 150, 188, 4), MARIGOLD)
        fill(p, rect(176, 288, 188, 4), MARIGOLD)
        fill(p, oval(270, 220, 62), COTTON)
        stroke(p, oval(270, 220, 54), LEAF, 2)
        with placed(p, 270, 262):
            leaf = smooth([(0, 0), (-34, -16), (-38, -48), (-14, -66), (0, -88), (14, -66),
                           (38, -48), (34, -16)])  # fmt: skip
            fill(p, leaf, "#5E9470")
            line(p, (0, 8), (0, -78), LEAF, 3)
            for k in range(4):
                for side in (-1, 1):
                    line(p, (0, -10 - k * 15), (side * (26 - k * 4), -26 - k * 15), LEAF, 2)
        fill(p, rect(190, 118, 14, 200), RAISED, 0.2)
        fill(p, rect(322, 118, 44, 200), INK, 0.16)
    lid = rect(168, 74, 204, 54, 10)
    fill(p, lid.translated(0, 5), INK, 0.2)
    fill(p, lid, darker(LEAF, 0.25))
    fill(p, rect(186, 78, 14, 46, 4), RAISED, 0.2)
    stroke(p, poly([(172, 116), (368, 116)], closed=False), MARIGOLD, 3)
    random = Random(7)
    for _ in range(80):
        x = random.uniform(402, 532)
        y = 312 - random.random() * max(4.0, 44 - abs(x - 466) * 0.62)
        curl = smooth([(-12, 4), (-3, -5), (5, 3), (13, -4)], closed=False)
        with placed(p, x, y, turn=random.uniform(0, 180)):
            stroke(p, curl, random.choice(("#3E4F2A", "#5C6E3A", "#2E3B22")), 4)


def lemongrass_tea(p: QPainter) -> None:
    ground(p, STRAW, table=262)
    standing_shadow(p, 236, 312, 112)
    side = poly([(310, 84), (348, 62), (348, 296), (310, 314)])
    fill(p, poly([(138, 84), (176, 62), (348, 62), (310, 84)]), lighter("#A9C468", 0.4))
    fill(p, side, darker("#A9C468", 0.25))
    front = rect(138, 84, 172, 230)
    fill(p, front, "#A9C468")
    with within(p, front):
        for x, turn, size in ((168, -84, 210), (186, -94, 220), (204, -80, 190)):
            with placed(p, x, 322, turn=turn):
                fill(p, petal(size, 18), "#E3EDB6")
                fill(p, petal(size * 0.45, 22), RAISED)
                line(p, (6, 0), (size * 0.9, 0), LEAF, 1.5, 0.6)
        for turn in (-112, -90, -66, -42):
            with placed(p, 262, 322, turn=turn):
                fill(p, petal(168, 26), LEAF)
                line(p, (6, 0), (150, 0), "#8FC0A0", 2)
        fill(p, rect(138, 84, 172, 22), INDIGO)
        for k in range(9):
            patterns.stepped_diamond(p, 148 + k * 19.5, 95, 2, 4, MARIGOLD)
    with placed(p, 446, 244, turn=7):
        stroke(p, smooth([(-4, -50), (-30, -96), (16, -130), (52, -110)], closed=False), HUSK, 2)
        fill(p, rect(38, -132, 30, 34, 4), INDIGO)
        patterns.stepped_diamond(p, 53, -115, 2, 4, MARIGOLD)
        bag = poly([(-44, -30), (-22, -52), (18, -52), (40, -30), (40, 58), (-44, 58)])
        fill(p, bag.translated(7, 9), INK, 0.14)
        fill(p, bag, RAISED)
        with within(p, bag):
            fill(p, rect(-44, 0, 90, 60), "#C3CF86")
            random = Random(3)
            for _ in range(60):
                dot(p, random.uniform(-42, 40), random.uniform(2, 56), 2.6,
                    random.choice((LEAF, "#8FA15A", "#E3EDB6")))  # fmt: skip
            line(p, (-44, -30), (40, -30), SAND, 2)
        fill(p, rect(-10, -58, 12, 12, 2), MARIGOLD)


def dried_bananas(p: QPainter) -> None:
    ground(p, MIST, disc=None)
    with placed(p, 296, 182):
        leaf = smooth([(-250, 10), (-160, -92), (0, -124), (170, -96), (252, -8), (170, 92),
                       (0, 124), (-160, 98)])  # fmt: skip
        fill(p, leaf.translated(8, 12), INK, 0.14)
        fill(p, leaf, LEAF)
        with within(p, leaf):
            line(p, (-250, 10), (252, -8), "#8FC0A0", 6)
            for k in range(30):
                x = -240 + k * 17
                for side in (-1, 1):
                    line(p, (x, 4 - x * 0.035), (x + 42, side * 128), "#4B8A64", 2.4)
        fruit = smooth([(-70, 10), (-50, -18), (0, -30), (50, -18), (70, 8), (46, 20), (0, 14),
                        (-46, 26)])  # fmt: skip
        for x, y, turn, tone in ((-96, -44, -8, "#B4692A"), (40, -58, 6, "#C27A34"),
                                 (-120, 36, 10, "#A85E24"), (12, 22, -6, "#C98238"),
                                 (128, 2, 18, "#B4692A"), (84, 66, -10, "#BD7230")):  # fmt: skip
            with placed(p, x, y, turn=turn, scale=1.12):
                fill(p, fruit.translated(5, 9), INK, 0.28)
                fill(p, fruit, darker(tone, 0.3))
                fill(p, fruit.translated(0, -4), tone)
                for k in (-1, 1):
                    crease = smooth([(-56, 4 + k * 5), (0, -8 + k * 6), (56, 2 + k * 4)],
                                    closed=False)  # fmt: skip
                    stroke(p, crease, darker(tone, 0.35), 2, alpha=0.7)
                fill(p, smooth([(-40, -14), (0, -26), (36, -18), (0, -20)]), "#F6D08A", 0.8)
                dot(p, 67, 4, 6, HUSK)
    for x, y in ((76, 66), (524, 292)):
        patterns.blossom(p, x, y, 20, (MARIGOLD, BRICK), 6)


DRAWINGS = {
    "TF-PAN-001": brown_rice,
    "TF-PAN-002": butterfly_pea,
    "TF-PAN-003": roselle,
    "TF-PAN-004": mulberry_tea,
    "TF-PAN-005": lemongrass_tea,
    "TF-PAN-006": dried_bananas,
}
