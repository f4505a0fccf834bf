"""Hides how soap and candles are drawn."""

import math
from random import Random

from PySide6.QtGui import QPainter

from drawing import patterns
from drawing.canvas import (
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
    SKY,
    STRAW,
    around,
    darker,
    dot,
    fill,
    ground,
    lighter,
    line,
    mirrored,
    mix,
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

VIOLET = "#5B4BA8"


def _bar(p: QPainter, x: float, y: float, w: float, h: float, name: str) -> None:
    """Draw a soap bar seen from a little above: top face, front and side."""
    deep = 44
    top = poly([(x, y), (x + deep, y - deep), (x + w + deep, y - deep), (x + w, y)])
    side = poly(
        [(x + w, y), (x + w + deep, y - deep), (x + w + deep, y + h - deep), (x + w, y + h)]
    )
    fill(p, poly([(x, y + h), (x + w, y + h), (x + w + deep + 26, y + h - deep + 10),
                  (x + w + 26, y + h + 12), (x + 16, y + h + 12)]), INK, 0.14)  # fmt: skip
    for face, tone in ((top, lighter(name, 0.4)), (side, darker(name, 0.2))):
        fill(p, face, tone)
        stroke(p, face, tone, 6)
    fill(p, rect(x - 3, y - 3, w + 6, h + 6, 8), name)


def turmeric_soap(p: QPainter) -> None:
    ground(p, SAGE, table=236)
    tone = "#E8AE3C"
    _bar(p, 176, 156, 210, 118, tone)
    with placed(p, 281, 215):
        stroke(p, oval(0, 0, 41), darker(tone, 0.22), 4)
        patterns.blossom(p, 0, 0, 32, (darker(tone, 0.22), tone), 6)
    random = Random(3)
    for _ in range(40):
        dot(p, random.uniform(180, 382), random.uniform(160, 270), 1.6, BRICK, 0.45)
    with placed(p, 446, 268, turn=-18):
        root = smooth([(-58, 0), (-30, -24), (10, -20), (22, -46), (42, -42), (38, -12), (66, -4),
                       (62, 22), (10, 24), (-40, 24)])  # fmt: skip
        fill(p, root.translated(6, 9), INK, 0.16)
        fill(p, root, "#B97B32")
        for k in range(6):
            stroke(p, smooth([(-40 + k * 18, -18), (-36 + k * 18, 0), (-40 + k * 18, 20)],
                             closed=False), "#8A5520", 2.4)  # fmt: skip
        fill(p, oval(64, 9, 8, 13), "#F19A2B")
    for x, y, r in ((140, 286, 15), (162, 302, 9), (118, 304, 8)):
        stroke(p, oval(x, y, r), RAISED, 3)
        fill(p, oval(x, y, r), RAISED, 0.35)


def rice_soap(p: QPainter) -> None:
    ground(p, MIST, table=236)
    tone = "#F2E9D4"
    _bar(p, 176, 150, 210, 118, tone)
    band = poly([(236, 147), (280, 103), (370, 103), (326, 147)])
    fill(p, band, lighter(LEAF, 0.55))
    fill(p, rect(236, 147, 90, 124), mix(LEAF, SAGE, 0.35))
    with within(p, rect(236, 147, 90, 124)), placed(p, 236, 147):
        patterns.fibres(p, 90, 124, RAISED, seed=6, count=34)
    with placed(p, 282, 262, turn=-96):
        line(p, (0, 0), (88, 8), MARIGOLD, 3)
        for k in range(7):
            for side in (-1, 1):
                with placed(p, 16 + k * 11, k * 1.0, turn=side * 34):
                    fill(p, petal(22, 9), COTTON)
    for x, y, size in ((120, 264, 30), (160, 292, 22)):
        for degrees, _, _ in around(6):
            with placed(p, x, y, turn=degrees):
                fill(p, petal(size, size * 0.6), RAISED)
                stroke(p, petal(size, size * 0.6), SKY, 1, alpha=0.6)
        dot(p, x, y, size * 0.17, MARIGOLD)
    random = Random(5)
    for _ in range(30):
        with placed(p, random.uniform(440, 530), random.uniform(268, 306),
                    turn=random.uniform(0, 180)):  # fmt: skip
            fill(p, oval(0, 0, 9, 3), RAISED)
            stroke(p, oval(0, 0, 9, 3), "#C9B487", 1)


def _flame(p: QPainter, x: float, y: float, size: float) -> None:
    fill(p, oval(x, y - size * 0.8, size * 2.1), MARIGOLD, 0.13)
    fill(p, oval(x, y - size * 0.8, size * 1.3), MARIGOLD, 0.16)
    line(p, (x, y + size * 0.3), (x, y - size * 0.2), INK, 3)
    for scale, name in ((1.0, "#F0862B"), (0.72, MARIGOLD), (0.4, "#FFF3C9")):
        s = size * scale
        fill(p, smooth([(x, y - s * 1.9), (x + s * 0.5, y - s * 0.6), (x + s * 0.3, y),
                        (x - s * 0.3, y), (x - s * 0.5, y - s * 0.6)]), name)  # fmt: skip


def shell_candle(p: QPainter) -> None:
    ground(p, darker(LEAF, 0.3), table=252)
    standing_shadow(p, 296, 310, 110)
    body = mirrored([(420, 166), (408, 240), (360, 300), (336, 310)], 296)
    fill(p, body, HUSK)
    with within(p, body):
        for k in range(9):
            x = 190 + k * 26
            stroke(p, smooth([(x, 160), (x * 0.82 + 53, 240), (296, 320)], closed=False), "#4A2C18",
                   2.2, alpha=0.7)  # fmt: skip
        fill(p, smooth([(186, 184), (214, 184), (226, 234), (258, 284), (216, 258)]), RAISED, 0.2)
    fill(p, oval(296, 166, 124, 34), "#8B5E3C")
    fill(p, oval(296, 168, 114, 28), "#F5EBCF")
    fill(p, oval(296, 172, 62, 14), "#FFF7E0")
    _flame(p, 296, 160, 36)
    for x, turn in ((132, -80), (118, -66), (146, -96)):
        with placed(p, x, 304, turn=turn):
            fill(p, petal(190, 12), "#9DBB6B")
            fill(p, petal(70, 15), "#E3E8BE")


def beeswax_pair(p: QPainter) -> None:
    ground(p, mix(INDIGO, INK, 0.3), table=286)
    for x, top in ((236, 92), (352, 122)):
        standing_shadow(p, x, 312, 50)
        body = rect(x - 33, top, 66, 312 - top, 8)
        fill(p, body, "#E0A63E")
        with within(p, body):
            for j in range(24):
                for i in range(6):
                    cx = x - 36 + i * 15 + (7.5 if j % 2 else 0)
                    cy = top + 8 + j * 12.6
                    cell = poly([(cx + c * 8, cy + s * 8) for _, c, s in around(6)])
                    stroke(p, cell, "#B87B22", 2.2)
            fill(p, rect(x - 26, top, 9, 240), RAISED, 0.3)
            fill(p, rect(x + 12, top, 22, 240), INK, 0.14)
        fill(p, oval(x, top + 2, 33, 9), "#F0C468")
        spiral = [
            (x + math.cos(k * 0.5) * k * 0.95, top + 2 + math.sin(k * 0.5) * k * 0.26)
            for k in range(31)
        ]
        stroke(p, smooth(spiral, closed=False), "#B87B22", 2)
        _flame(p, x, top - 8, 24)


def herb_compress(p: QPainter) -> None:
    ground(p, STRAW, table=262)
    standing_shadow(p, 286, 310, 120)
    fill(p, smooth([(272, 142), (258, 70), (240, 36), (270, 46), (286, 28), (302, 46), (332, 34),
                    (314, 72), (300, 142)]), "#EFE4C8")  # fmt: skip
    for k in range(5):
        stroke(p, smooth([(276 + k * 5, 140), (274 + k * 6, 90), (262 + k * 12, 50)], closed=False),
               "#C9B98F", 1.8)  # fmt: skip
    for k in range(8):
        line(p, (266, 84 + k * 8), (308, 80 + k * 8), BRICK if k % 2 else darker(BRICK, 0.2), 6)
    ball = smooth([(286, 136), (370, 168), (404, 236), (366, 298), (286, 312), (206, 298),
                   (168, 236), (202, 168)])  # fmt: skip
    fill(p, ball, "#EFE4C8")
    with within(p, ball):
        random = Random(12)
        for _ in range(70):
            with placed(p, random.uniform(180, 392), random.uniform(180, 310),
                        turn=random.uniform(0, 180)):  # fmt: skip
                fill(p, petal(20, 9), (LEAF, "#D6A03C", "#8FA15A")[random.randrange(3)], 0.3)
        for k in range(9):
            stroke(p, smooth([(286, 138), (196 + k * 22, 200), (170 + k * 29, 300)], closed=False),
                   "#C9B98F", 2)  # fmt: skip
        fill(p, smooth([(350, 150), (420, 220), (390, 320), (300, 320), (360, 270)]), INK, 0.09)
    for x, y, turn in ((446, 292, -20), (470, 306, 8)):
        with placed(p, x, y, turn=turn):
            fill(p, oval(0, 0, 34, 12), "#C08A45")
            fill(p, oval(30, 0, 7, 10), "#F3C96B")
    for turn in (-28, -8, 12):
        with placed(p, 92, 306, turn=turn - 40):
            fill(p, petal(88, 34), LEAF)
            line(p, (4, 0), (80, 0), "#8FC0A0", 2)


DRAWINGS = {
    "TF-SOA-001": turmeric_soap,
    "TF-SOA-002": rice_soap,
    "TF-SOA-003": shell_candle,
    "TF-SOA-004": beeswax_pair,
    "TF-SOA-005": herb_compress,
}
