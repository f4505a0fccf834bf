"""Hides how things of sa paper are drawn: books, cards, lantern, parasol."""

import math
from random import Random

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath

from drawing import patterns
from drawing.canvas import (
    BLUSH,
    BRICK,
    CLAY,
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

VIOLET = "#5B4BA8"


def notebook(p: QPainter) -> None:
    ground(p, SAGE)
    with placed(p, 296, 176, turn=8):
        fill(p, rect(-84, -126, 196, 262, 4).translated(10, 12), INK, 0.14)
        fill(p, rect(-84, -124, 196, 260, 3), COTTON)
        for k in range(4):
            line(p, (108 - k * 2, -118), (108 - k * 2, 132), darker(SAND, 0.15), 0.8)
        fill(p, rect(-92, -132, 196, 264, 4), "#E3CFA0")
        with within(p, rect(-92, -132, 196, 264, 4)), placed(p, -92, -132):
            patterns.fibres(p, 196, 264, "#A88952", seed=2, count=110)
            with placed(p, 64, 232, turn=-66):
                patterns.sprig(p, 178, 5, (LEAF, "#6B8F4E"))
            patterns.blossom(p, 148, 66, 17, (BRICK, MARIGOLD), 6)
            fill(p, rect(0, 0, 30, 264), CLAY, 0.45)
        for k in range(5):
            y = -108 + k * 54
            line(p, (-92, y), (-62, y), BRICK, 4)
            dot(p, -62, y, 4.5, INK)
        line(p, (-62, -108), (-62, 108), BRICK, 4)


def flower_cards(p: QPainter) -> None:
    ground(p, BLUSH, disc=None)
    looks = (
        (172, 184, -15, "#E9DDC0", VIOLET, MARIGOLD, 5),
        (418, 184, 14, "#DDE3CC", BRICK, COTTON, 8),
        (296, 168, -1, RAISED, MARIGOLD, BRICK, 6),
    )
    for x, y, turn, paper, bloom, heart, petals in looks:
        with placed(p, x, y, turn=turn):
            card = rect(-80, -118, 160, 236, 4)
            shadow(p, card)
            fill(p, card, paper)
            with within(p, card), placed(p, -80, -118):
                patterns.fibres(p, 160, 236, darker(paper, 0.25), seed=petals, count=60)
            stem = smooth([(6, 92), (-6, 40), (4, -18)], closed=False)
            stroke(p, stem, LEAF, 4)
            for ly, t in ((66, -30), (40, 205), (20, -36)):
                with placed(p, -2, ly, turn=t):
                    fill(p, petal(44, 20), "#6B8F4E")
            for degrees, _, _ in around(petals):
                with placed(p, 4, -32, turn=degrees):
                    fill(p, petal(52, 32 if petals < 8 else 22), bloom, 0.92)
                    line(p, (10, 0), (40, 0), darker(bloom, 0.3), 1.4, 0.6)
            dot(p, 4, -32, 11, heart)
            patterns.blossom(p, -36, 14, 11, (bloom, heart))
            patterns.blossom(p, 40, 40, 9, (bloom, heart))


def paper_lantern(p: QPainter) -> None:
    ground(p, mix(BRICK, INK, 0.55), disc=(296, 180), radius=160)
    line(p, (296, 0), (296, 50), COTTON, 3)
    fill(p, oval(296, 184, 150), MARIGOLD, 0.10)
    globe = oval(296, 184, 128, 126)
    fill(p, globe, "#F3D9A0")
    with within(p, globe):
        fill(p, oval(296, 190, 82), "#FBE9BE")
        fill(p, oval(296, 194, 44), "#FFF8E4")
        for k in range(-9, 10):
            bend = math.sin(k / 9 * math.pi / 2) * 128
            fold = QPainterPath(QPointF(296, 58))
            fold.cubicTo(296 + bend * 1.33, 100, 296 + bend * 1.33, 268, 296, 310)
            stroke(p, fold, "#B9853C", 2 if k % 2 else 1.2, alpha=0.75)
        for k in range(5):
            y = 92 + k * 46
            arc = [(160 + i * 15, y + (7 if i % 2 else -7)) for i in range(19)]
            stroke(p, poly(arc, closed=False), "#D9AE66", 2, alpha=0.75)
        with placed(p, 168, 58):
            patterns.fibres(p, 256, 250, "#B9853C", seed=4, count=50)
    for y, w in ((50, 34), (300, 30)):
        fill(p, rect(296 - w, y, w * 2, 16, 6), HUSK)
    line(p, (296, 316), (296, 330), BRICK, 4)
    for k in range(-3, 4):
        line(p, (296, 326), (296 + k * 4, 350), MARIGOLD, 2.4)


def parasol(p: QPainter) -> None:
    ground(p, MIST, disc=None)
    with placed(p, 296, 178):
        line(p, (0, 0), (210, 150), TEAK, 9)
        rim = poly([(c * 158, s * 158) for _, c, s in around(36)])
        shadow(p, rim, 8, 12)
        fill(p, rim, BRICK)
        with within(p, rim):
            fill(p, oval(0, 0, 142), "#B84A38")
            fill(p, oval(0, 0, 66), BRICK)
            for k, (degrees, c, s) in enumerate(around(36)):
                line(p, (c * 20, s * 20), (c * 158, s * 158), darker(BRICK, 0.4), 1.6, 0.7)
                if k % 6 == 0:
                    with placed(p, c * 104, s * 104, turn=degrees + 90):
                        for turn in (24, 156):
                            with placed(p, 0, 4, turn=turn):
                                patterns.sprig(p, 52, 3, ("#8FC0A0", LEAF))
                        patterns.blossom(p, 0, -4, 30, (COTTON, MARIGOLD), 6)
                elif k % 6 == 3:
                    patterns.blossom(p, c * 106, s * 106, 17, (MARIGOLD, COTTON))
        stroke(p, oval(0, 0, 66), MARIGOLD, 3)
        stroke(p, rim, MARIGOLD, 5)
        fill(p, oval(0, 0, 21), INK)
        fill(p, oval(0, 0, 15), MARIGOLD)
        dot(p, 0, 0, 7, INK)


def wrapping_paper(p: QPainter) -> None:
    ground(p, STRAW, disc=None)
    with placed(p, 196, 184, turn=-8):
        sheet = rect(-130, -116, 270, 236, 3)
        shadow(p, sheet)
        with within(p, sheet):
            fill(p, sheet, COTTON)
            with placed(p, -130, -116):
                patterns.fibres(p, 270, 236, "#C9B487", seed=9, count=60)
            random = Random(4)
            for j in range(5):
                for i in range(5):
                    x = -104 + i * 54 + random.uniform(-2, 2)
                    y = -92 + j * 54 + random.uniform(-2, 2)
                    tone = mix(INDIGO, COTTON, random.uniform(0.05, 0.25))
                    for degrees, _, _ in around(4, start=-45):
                        with placed(p, x, y, turn=degrees):
                            fill(p, petal(27, 20), tone)
                            line(p, (8, 0), (21, 0), COTTON, 1.6)
                    dot(p, x, y, 4.6, COTTON)
                    dot(p, x + 27, y + 27, 4, tone)
    with placed(p, 446, 196, turn=12):
        box = rect(-82, -66, 164, 132, 3)
        shadow(p, box)
        fill(p, box, COTTON)
        with within(p, box):
            for j in range(4):
                for i in range(5):
                    for degrees, _, _ in around(4, start=-45):
                        with placed(p, -72 + i * 38, -54 + j * 38, turn=degrees):
                            fill(p, petal(19, 14), INDIGO)
            fill(p, rect(-10, -66, 20, 132), BRICK)
            fill(p, rect(-82, -10, 164, 20), BRICK)
        for turn in (-30, 210, 60, 120):
            with placed(p, 0, 0, turn=turn):
                fill(p, petal(54, 40 if turn in (-30, 210) else 16), lighter(BRICK, 0.12))
                stroke(p, petal(54, 40 if turn in (-30, 210) else 16), darker(BRICK), 2)
        dot(p, 0, 0, 11, darker(BRICK, 0.15))


DRAWINGS = {
    "TF-PAP-001": notebook,
    "TF-PAP-002": flower_cards,
    "TF-PAP-003": paper_lantern,
    "TF-PAP-004": parasol,
    "TF-PAP-005": wrapping_paper,
}
