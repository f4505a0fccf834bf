"""Hides how indigo-dyed cloths are drawn."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath

from drawing import patterns
from drawing.canvas import (
    BAMBOO,
    BLUSH,
    COTTON,
    HUSK,
    INDIGO,
    INK,
    MIST,
    RAISED,
    SAND,
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
    placed,
    poly,
    rect,
    shadow,
    smooth,
    stroke,
    within,
)
from drawing.weaving import fringe


def ripple_scarf(p: QPainter) -> None:
    ground(p, MIST)
    with placed(p, 296, 170, turn=-14):
        cloth = smooth([(-300, -64), (-150, -82), (0, -62), (150, -82), (310, -62), (310, 70),
                        (150, 54), (0, 76), (-150, 56), (-300, 72)])  # fmt: skip
        shadow(p, cloth)
        fill(p, cloth, INDIGO)
        with within(p, cloth):
            for i, x in enumerate((-232, -78, 78, 232)):
                patterns.ripples(p, x, -4, 6, 12.5, lighter(SKY, 0.55), seed=i + 3)
                dot(p, x, -4, 5, RAISED)
            with placed(p, -320, -90):
                patterns.threads(p, 640, 180, INK)


def mudmee_shawl(p: QPainter) -> None:
    ground(p, SAND)
    with placed(p, 296, 148, turn=3):
        w, h = 352, 188
        shadow(p, rect(-w / 2, -h / 2, w, h))
        for y in (h / 2, h / 2 + 18):
            with placed(p, 0, 18 - (y - h / 2)):
                fringe(p, -w / 2, h / 2, w, (SKY, INDIGO)[int(y > h / 2)], down=38)
        with within(p, rect(-w / 2, -h / 2, w, h + 18, 6)), placed(p, -w / 2, -h / 2):
            patterns.ikat(p, w, h + 18, (INK, SKY, INDIGO, COTTON), pitch=58.7, seed=7)
            for y in (2, 172, 186, 198):
                fill(p, rect(0, y, w, 4), COTTON, 0.9)
            patterns.threads(p, w, h + 18, INK)


def spiral_tote(p: QPainter) -> None:
    ground(p, STRAW, table=286)
    for start, end, top in ((238, 354, 22), (252, 340, 40)):
        handle = QPainterPath(QPointF(start, 140))
        handle.cubicTo(start + 4, top - 22, end - 4, top - 22, end, 140)
        stroke(p, handle, darker(INDIGO, 0.3) if top == 22 else INDIGO, 11)
    bag = smooth([(196, 122), (296, 126), (396, 122)], closed=False)
    bag.lineTo(410, 314)
    bag.quadTo(296, 324, 182, 314)
    bag.closeSubpath()
    shadow(p, bag)
    fill(p, bag, INDIGO)
    with within(p, bag):
        patterns.spiral(p, 296, 222, 9, 190, lighter(SKY, 0.6))
        dot(p, 296, 222, 9, INDIGO)
        fill(p, rect(180, 116, 240, 20), darker(INDIGO, 0.35))
        with placed(p, 180, 116):
            patterns.threads(p, 240, 210, INK)
    stitches = [(x, 130.0) for x in range(200, 396, 1)]
    patterns.dashes(p, stitches, COTTON, length=6, width=1.8)


def handkerchief(p: QPainter) -> None:
    ground(p, BLUSH, disc=None)
    with placed(p, 286, 176, turn=-12):
        shadow(p, poly([(-128, -128), (128, -128), (128, 30), (30, 128), (-128, 128)]))
        with within(p, rect(-128, -128, 256, 256, 3)):
            fill(p, rect(-128, -128, 256, 256), INDIGO)
            for i in range(-4, 5):
                for j in range(-4, 5):
                    with placed(p, i * 58, j * 58, turn=45):
                        for reach, width in ((29, 7.0), (17, 4.0)):
                            stroke(p, rect(-reach, -reach, 2 * reach, 2 * reach, 6),
                                   lighter(SKY, 0.65), width, alpha=0.85)  # fmt: skip
                        dot(p, 0, 0, 5, RAISED)
            with placed(p, -128, -128):
                patterns.threads(p, 256, 256, INK)
        stroke(p, rect(-128, -128, 256, 256, 3), SKY, 4)
        fill(p, poly([(128, 128), (128, 30), (30, 128)]).translated(-5, -5), INK, 0.18)
        fill(p, poly([(30, 128), (128, 30), (40, 40)]), mix(INDIGO, SKY, 0.55))
        stroke(p, poly([(30, 128), (40, 40), (128, 30)], closed=False), SKY, 3)
        fill(p, poly([(22, 135), (135, 22), (140, 140)]), BLUSH)


def shirt(p: QPainter) -> None:
    ground(p, SAND)
    body = poly([(238, 50), (272, 42), (320, 42), (354, 50), (470, 110), (438, 176), (380, 148),
                 (384, 318), (208, 318), (212, 148), (154, 176), (122, 110)])  # fmt: skip
    shadow(p, body)
    fill(p, body, INDIGO)
    with within(p, body):
        with placed(p, 120, 40):
            patterns.threads(p, 352, 280, RAISED, 5)
        for x in (212, 380):
            line(p, (x, 148), (x + (24 if x < 296 else -24), 66), INK, 2.4, 0.6)
        fill(p, rect(204, 306, 184, 12), INK, 0.35)
        fill(p, poly([(154, 176), (122, 110), (130, 106), (163, 171)]), INK, 0.35)
        fill(p, poly([(438, 176), (470, 110), (462, 106), (429, 171)]), INK, 0.35)
        fill(p, rect(286, 46, 20, 272), lighter(INDIGO, 0.12))
    fill(p, oval(296, 44, 32, 19), SAND)
    fill(p, oval(296, 38, 30, 12), darker(INDIGO, 0.4))
    stroke(p, smooth([(264, 42), (276, 58), (296, 64), (316, 58), (328, 42)], closed=False),
           INK, 6)  # fmt: skip
    for i in range(5):
        dot(p, 296, 90 + i * 46, 7, HUSK)
        dot(p, 294.5, 88.5 + i * 46, 5.4, lighter(HUSK, 0.2))
        for dx in (-2, 2):
            dot(p, 296 + dx, 90 + i * 46, 1.2, INK)
    pocket = rect(324, 176, 42, 48, 4)
    fill(p, pocket, lighter(INDIGO, 0.1))
    patterns.dashes(p, [(326.0 + x, 184.0) for x in range(39)], COTTON, length=4, width=1.4)


def shade_hanging(p: QPainter) -> None:
    ground(p, SAND)
    w = 26
    stroke(p, poly([(170, 58), (296, 14), (422, 58)], closed=False), HUSK, 3)
    fill(p, rect(150, 52, 292, 12, 6), BAMBOO)
    for x in (200, 290, 386):
        fill(p, rect(x, 52, 4, 12), darker(BAMBOO))
    shadow(p, rect(188, 62, 216, 256))
    for i in range(8):
        t = i / 7
        tone = mix("#E3ECF2", "#5E86B5", t * 2) if t < 0.5 else mix("#5E86B5", INK, t * 2 - 1)
        fill(p, rect(188, 62 + i * 30, 216, 30.5), tone)
        edge = [(188 + k * 18, 62 + i * 30 + (2.4 if k % 2 else -1.2)) for k in range(13)]
        if i:
            stroke(p, smooth(edge, closed=False), tone, 4)
    for x in range(8):
        line(p, (194 + x * w + 8, 302), (194 + x * w + 8, 322), INK, 3)
    with placed(p, 188, 62):
        patterns.threads(p, 216, 240, INK)
    for x in (200, 230, 260, 290, 320, 350, 380):
        fill(p, rect(x + 3, 48, 6, 20, 2), "#E3ECF2")


DRAWINGS = {
    "TF-IND-001": ripple_scarf,
    "TF-IND-002": mudmee_shawl,
    "TF-IND-003": spiral_tote,
    "TF-IND-004": handkerchief,
    "TF-IND-005": shirt,
    "TF-IND-006": shade_hanging,
}
