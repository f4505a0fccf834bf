"""Hides how silver and beads are drawn: bright edges on deep grounds."""

import math
from itertools import pairwise
from random import Random

from PySide6.QtGui import QPainter, QPainterPath

from drawing import patterns
from drawing.canvas import (
    BRICK,
    CLAY,
    COTTON,
    HUSK,
    INDIGO,
    INK,
    LEAF,
    MARIGOLD,
    RAISED,
    SAGE,
    SILVER,
    SKY,
    STRAW,
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
    rect,
    smooth,
    stroke,
    within,
)


def rope_ring(p: QPainter) -> None:
    ground(p, INDIGO, table=0)
    for x, y, tilt, scale in ((222, 204, -14, 0.8), (346, 176, 10, 1.12)):
        with placed(p, x, y, turn=tilt, scale=scale):
            stroke(p, oval(10, 16, 100, 92), INK, 20, alpha=0.35)
            band = oval(0, 0, 100, 92)
            stroke(p, band, "#6E7785", 24)
            for k in range(44):
                at = band.pointAtPercent(k / 44)
                with placed(p, at.x(), at.y(), turn=-band.angleAtPercent(k / 44) + 38):
                    fill(p, oval(0, 0, 14, 5.4), SILVER)
                    fill(p, oval(-1, -1.6, 10, 2.1), "#FFFFFF", 0.9)
                    stroke(p, oval(0, 0, 14, 5.4), "#4A5261", 1.5)
    for x, y, r in ((452, 84, 9), (142, 96, 7), (486, 246, 6)):
        for turn in (0, 90):
            with placed(p, x, y, turn=turn):
                fill(p, oval(0, 0, r * 1.6, r * 0.2), COTTON, 0.9)


def blossom_earrings(p: QPainter) -> None:
    ground(p, LEAF)
    for x, lean in ((218, -3), (374, 3)):
        with placed(p, x, 74, turn=lean):
            hook = smooth([(0, 40), (-2, 6), (-16, -22), (-36, -14), (-38, 16)], closed=False)
            stroke(p, hook, darker(SILVER, 0.3), 6)
            stroke(p, hook, SILVER, 3.6)
            stroke(p, oval(0, 48, 8), SILVER, 3.4)
            with placed(p, 0, 130):
                for dx, alpha in ((9, 0.2),):
                    fill(p, oval(dx, 12, 76), INK, alpha)
                for degrees, _, _ in around(8):
                    with placed(p, 0, 0, turn=degrees):
                        leaf = petal(78, 46)
                        fill(p, leaf, darker(SILVER, 0.2))
                        fill(p, petal(75, 38), SILVER)
                        for bend in (-7, 0, 7):
                            line(p, (22, bend * 0.7), (60, bend), "#7C8696", 1.8)
                        fill(p, oval(40, -6, 16, 3), "#FFFFFF", 0.8)
                for degrees, _, _ in around(8, start=-67.5):
                    with placed(p, 0, 0, turn=degrees):
                        fill(p, petal(38, 22), lighter(SILVER, 0.4))
                        stroke(p, petal(38, 22), "#7C8696", 1.8)
                dot(p, 0, 0, 13, "#7C8696")
                dot(p, -1, -1, 11, SILVER)
                dot(p, -4, -4, 4, "#FFFFFF")


def vine_cuff(p: QPainter) -> None:
    ground(p, mix(BRICK, INK, 0.35), disc=(296, 176))
    with placed(p, 296, 170):
        fill(p, oval(12, 112, 190, 46), INK, 0.3)
        inner = oval(0, -58, 184, 56)
        fill(p, inner, "#69727F")
        with within(p, inner):
            fill(p, oval(0, -40, 160, 44), "#8C95A3")
            gap = smooth([(-30, -130), (30, -130), (24, -40), (30, 20), (-30, 20), (-24, -40)])
            fill(p, gap, mix(BRICK, INK, 0.42))
            stroke(p, gap, "#D5DAE0", 4)
        band = QPainterPath()
        band.moveTo(-186, -60)
        band.cubicTo(-176, 16, 176, 16, 186, -60)
        band.lineTo(178, 46)
        band.cubicTo(160, 150, -160, 150, -178, 46)
        band.closeSubpath()
        fill(p, band, SILVER)
        with within(p, band):
            random = Random(2)
            for _ in range(900):
                dot(p, random.uniform(-190, 190), random.uniform(-60, 150), 1.3, "#6E7785", 0.7)
            curve = [(-178 + k * 356 / 24, 0.0) for k in range(25)]
            vine = [
                (x, 62 - (x / 186) ** 2 * 64 + 13 * math.sin(k * 0.95))
                for k, (x, _) in enumerate(curve)
            ]
            stroke(p, smooth(vine, closed=False), "#5B6574", 8)
            stroke(p, smooth(vine, closed=False), "#F4F6F8", 4)
            for k in range(1, 24):
                with placed(p, *vine[k], turn=(58 if k % 2 else -118) + k * 2):
                    fill(p, petal(32, 20), "#5B6574")
                    fill(p, petal(29, 15), "#F4F6F8")
                    line(p, (3, 0), (22, 0), "#7C8696", 1.5)
            for k in (4, 12, 20):
                patterns.blossom(p, *vine[k], 22, ("#FFFFFF", "#7C8696"), 6)
            fill(p, rect(100, -80, 100, 240), INK, 0.14)
        stroke(p, band, "#8C95A3", 4)
        stroke(p, inner, "#A6AEBA", 3)


def bead_bracelet(p: QPainter) -> None:
    ground(p, STRAW)
    with placed(p, 296, 160):
        for dx, dy, alpha in ((8, 12, 0.14),):
            stroke(p, oval(dx, dy, 132, 98), INK, 13, alpha=alpha)
        ring = oval(0, 0, 132, 98)
        points = [ring.pointAtPercent(k / 60) for k in range(61)]
        for k, (near, far) in enumerate(pairwise(points)):
            patterns.braid(
                p, (near.x(), near.y()), (far.x(), far.y()), BRICK if k % 2 else MARIGOLD, 11
            )
        for x in (-26, 26):
            fill(p, rect(x - 14, -108, 28, 20, 8), darker(BRICK, 0.2))
            for k in range(4):
                line(p, (x - 9 + k * 6, -107), (x - 9 + k * 6, -89), darker(BRICK, 0.5), 1.6)
        for x, sway in ((-40, -18), (40, 18)):
            tail = smooth([(x, -98), (x + sway, -128), (x + sway * 2.6, -136)], closed=False)
            stroke(p, tail, BRICK, 6)
            dot(p, x + sway * 2.6, -136, 8, MARIGOLD)
        fill(p, oval(4, 108, 35), INK, 0.2)
        fill(p, oval(0, 98, 34), "#8C95A3")
        with within(p, oval(0, 98, 34)):
            for k in range(40):
                a = k * 2.399
                r = 5.2 * math.sqrt(k)
                shade = ("#EEF1F4", "#C3CAD3", "#FFFFFF", "#AEB7C2")[k % 4]
                dot(p, math.cos(a) * r, 98 + math.sin(a) * r, 5.6, shade)
            fill(p, oval(14, 112, 30, 24), INK, 0.16)
        dot(p, -12, 84, 6, "#FFFFFF")


def clay_necklace(p: QPainter) -> None:
    ground(p, SAGE)
    with placed(p, 296, 50):
        path = QPainterPath()
        path.moveTo(-150, -60)
        path.cubicTo(-150, 330, 150, 330, 150, -60)
        stroke(p, path, HUSK, 2.6)
        tones = (BRICK, INDIGO, COTTON, MARIGOLD, CLAY)
        random = Random(9)
        # Beads sit side by side: each is as far from the last as both their halves are wide.
        along, length, k, last = 6.0, path.length(), 0, 0.0
        while along < length - 6:
            size = 11 + 13 * math.sin(math.pi * along / length) ** 2
            along += last + size + 1.5
            last = size
            t = min(1.0, path.percentAtLength(along))
            k += 1
            at = path.pointAtPercent(t)
            rx, ry = size, size * random.uniform(0.9, 1.02)
            tone = tones[k % 5]
            with placed(p, at.x(), at.y(), turn=-path.angleAtPercent(t)):
                fill(p, oval(4, 7, rx, ry), INK, 0.16)
                fill(p, oval(0, 0, rx, ry), darker(tone, 0.12))
                with within(p, oval(0, 0, rx, ry)):
                    band = COTTON if tone != COTTON else SKY
                    fill(p, rect(-rx * 0.12, -30, rx * 0.24, 60), band)
                    for edge in (-rx * 0.34, rx * 0.26):
                        fill(p, rect(edge, -30, rx * 0.08, 60), band)
                fill(p, oval(-rx * 0.35, -ry * 0.4, rx * 0.25, ry * 0.18), RAISED, 0.5)


DRAWINGS = {
    "TF-JEW-001": rope_ring,
    "TF-JEW-002": blossom_earrings,
    "TF-JEW-003": vine_cuff,
    "TF-JEW-004": bead_bracelet,
    "TF-JEW-005": clay_necklace,
}
