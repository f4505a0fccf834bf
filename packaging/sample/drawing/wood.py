"""Hides how coconut shell and wood are drawn."""

import math

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
    SILVER,
    STRAW,
    TEAK,
    around,
    darker,
    dot,
    fill,
    ground,
    line,
    mirrored,
    mix,
    oval,
    placed,
    rect,
    shadow,
    smooth,
    standing_shadow,
    stroke,
    within,
)


def coconut_bowl(p: QPainter) -> None:
    ground(p, SAND, table=240)
    standing_shadow(p, 296, 304, 112)
    body = mirrored([(430, 134), (414, 226), (352, 296), (330, 304)], 296)
    fill(p, body, HUSK)
    with within(p, body):
        for k in range(26):
            a = k * 2.399
            x, y = 296 + math.cos(a) * k * 5.2, 226 + math.sin(a) * k * 2.6
            with placed(p, x, y, turn=70 + k * 3):
                fill(p, oval(0, 0, 11, 1.6), "#B98A5E", 0.7)
        for x in (210, 262, 330, 380):
            stroke(p, smooth([(x, 150), (x * 0.8 + 59, 220), (296, 308)], closed=False), "#3E2415",
                   2, alpha=0.6)  # fmt: skip
        fill(p, smooth([(176, 160), (208, 160), (220, 220), (262, 282), (214, 250)]), RAISED, 0.18)
    fill(p, oval(296, 134, 134, 38), "#8B5E3C")
    fill(p, oval(296, 137, 124, 32), "#3F2618")
    fill(p, oval(296, 146, 108, 22), "#5A3822")
    stroke(p, oval(296, 134, 131, 36), "#B98A5E", 2.5)
    for x, y, name in ((250, 134, BRICK), (286, 124, MARIGOLD), (326, 130, LEAF), (352, 142, BRICK),
                       (306, 148, COTTON), (268, 150, MARIGOLD)):  # fmt: skip
        fill(p, oval(x, y, 25, 15), darker(name, 0.12))
        fill(p, oval(x - 2, y - 3, 21, 11), name)


def chopping_board(p: QPainter) -> None:
    ground(p, SAGE, disc=None)
    with placed(p, 282, 180):
        shadow(p, oval(0, 0, 178, 140), 8, 22)
        fill(p, oval(0, 16, 178, 138), darker(TEAK, 0.5))
        fill(p, oval(0, 0, 178, 138), HUSK)
        fill(p, oval(0, 0, 170, 131), "#E0B98A")
        for k in range(11):
            t = 1 - k / 11
            points = [
                (
                    c * 160 * t + 14 + 3 * math.sin(d / 20 + k),
                    s * 122 * t - 6 + 3 * math.cos(d / 15),
                )
                for d, c, s in around(22)
            ]
            stroke(p, smooth(points), "#A87442", 2.2, alpha=0.8)
        fill(p, oval(14, -6, 40, 28), "#7A4A2C", 0.75)
        line(p, (14, -6), (120, 60), "#8B5A34", 2)
    with placed(p, 404, 150, turn=-58):
        fill(p, smooth([(-130, 6), (-60, -18), (40, -20), (44, 22), (-110, 22)]), INK, 0.18)
        fill(p, smooth([(-134, -2), (-60, -26), (40, -28), (44, 14), (-112, 14)]), SILVER)
        line(p, (-118, 12), (42, 13), RAISED, 3)
        fill(p, rect(40, -26, 96, 30, 12), HUSK)
        for x in (62, 88, 114):
            dot(p, x, -11, 4, BAMBOO)
    for k in range(4):
        with placed(p, 214 + k * 30, 204 + (k % 2) * 20):
            fill(p, oval(0, 3, 17, 15), INK, 0.15)
            fill(p, oval(0, 0, 17, 15), LEAF)
            fill(p, oval(0, 0, 13, 11.5), "#D8E8B0")
            for _, c, s in around(8):
                line(p, (0, 0), (c * 11, s * 10), LEAF, 1, 0.5)


def wheeled_elephant(p: QPainter) -> None:
    ground(p, STRAW, table=282)
    standing_shadow(p, 296, 318, 160)
    with placed(p, 300, 168):
        stroke(p, smooth([(-170, 108), (-210, 132), (-250, 120), (-290, 138)], closed=False),
               BRICK, 4)  # fmt: skip
        wood = "#C9935A"
        body = smooth([(-30, -108), (60, -110), (124, -70), (136, 6), (132, 104), (80, 104),
                       (72, 48), (8, 50), (2, 104), (-50, 104), (-58, 40), (-84, 40), (-104, 66),
                       (-112, 96), (-146, 108), (-164, 86), (-146, 74), (-148, 12), (-122, -60),
                       (-80, -96)])  # fmt: skip
        fill(p, body.translated(7, 6), darker(wood, 0.45))
        fill(p, body, wood)
        with within(p, body), placed(p, -170, -110):
            patterns.grain(p, 320, 220, HUSK, seed=5, lines=15)
        saddle = smooth([(0, -112), (82, -110), (92, -20), (50, 2), (2, -14)])
        with within(p, body):
            fill(p, saddle, INDIGO)
            stroke(p, saddle, MARIGOLD, 7)
        patterns.blossom(p, 46, -54, 26, (MARIGOLD, BRICK))
        ear = smooth([(-66, -74), (-20, -70), (-8, -20), (-34, 26), (-66, 0)])
        fill(p, ear.translated(4, 5), INK, 0.3)
        fill(p, ear, TEAK)
        dot(p, -98, -34, 7, INK)
        dot(p, -100, -36, 2, RAISED)
        for x in (-26, 106):
            fill(p, oval(x, 116, 36), darker(BRICK, 0.35))
            fill(p, oval(x - 2, 114, 34), BRICK)
            fill(p, oval(x - 2, 114, 22), COTTON)
            for _, c, s in around(6):
                line(p, (x - 2, 114), (x - 2 + c * 21, 114 + s * 21), BRICK, 5)
            dot(p, x - 2, 114, 8, MARIGOLD)


def buttons(p: QPainter) -> None:
    ground(p, BLUSH)
    with placed(p, 296, 176, turn=5):
        card = rect(-150, -112, 300, 224, 8)
        shadow(p, card)
        fill(p, card, RAISED)
        with within(p, card), placed(p, -150, -112):
            patterns.fibres(p, 300, 224, "#B9A27A", seed=3)
        stroke(p, rect(-140, -102, 280, 204, 4), LEAF, 2)
        dot(p, 0, -88, 7, BLUSH)
        for k in range(6):
            x, y = -90 + (k % 3) * 90, -32 + k // 3 * 86
            shade = (HUSK, "#7E5330", "#4F2F1C")[(k * 2) % 3]
            fill(p, oval(x + 3, y + 5, 36), INK, 0.2)
            fill(p, oval(x, y, 36), darker(shade, 0.25))
            fill(p, oval(x - 1, y - 2, 34), shade)
            with within(p, oval(x, y, 33)), placed(p, x - 36, y - 36, turn=k * 4):
                patterns.grain(p, 80, 72, "#C59A6A", seed=k, lines=8)
            stroke(p, oval(x, y, 23), darker(shade, 0.4), 2.5)
            for dx in (-7, 7):
                dot(p, x + dx, y, 4.5, INK)
            line(p, (x - 7, y), (x + 7, y), COTTON, 3.6)


def teak_spoons(p: QPainter) -> None:
    ground(p, MIST, disc=None)
    for x, turn, kind, shade in ((232, -24, "ladle", TEAK), (356, 22, "turner", "#B98250")):
        with placed(p, x, 176, turn=turn):
            if kind == "ladle":
                head = smooth([(0, -146), (46, -118), (52, -72), (24, -34), (9, -10), (-9, -10),
                               (-24, -34), (-52, -72), (-46, -118)])  # fmt: skip
            else:
                head = smooth([(-44, -146), (0, -152), (44, -146), (50, -110), (34, -46), (9, -10),
                               (-9, -10), (-34, -46), (-50, -110)])  # fmt: skip
            handle = rect(-10, -24, 20, 184, 10)
            whole = head.united(handle)
            shadow(p, whole)
            fill(p, whole, shade)
            with within(p, whole), placed(p, 60, -160, turn=90):
                patterns.grain(p, 330, 120, HUSK, seed=len(kind), lines=15)
            if kind == "ladle":
                fill(p, oval(0, -84, 37, 46), darker(shade, 0.3))
                fill(p, oval(3, -78, 33, 40), darker(shade, 0.14))
            else:
                for dx in (-20, 0, 20):
                    fill(p, rect(dx - 4, -128, 8, 66, 4), mix(MIST, INK, 0.08))
            dot(p, 0, 144, 4.5, MIST)


DRAWINGS = {
    "TF-WOO-001": coconut_bowl,
    "TF-WOO-002": chopping_board,
    "TF-WOO-003": wheeled_elephant,
    "TF-WOO-004": buttons,
    "TF-WOO-005": teak_spoons,
}
