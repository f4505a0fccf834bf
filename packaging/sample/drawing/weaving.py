"""Hides how woven cloths are drawn: folded, hung, rolled or sewn."""

from collections.abc import Callable

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
    RAISED,
    SAGE,
    SAND,
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


def fringe(p: QPainter, x: float, y: float, w: float, name: str, *, down: float = 22) -> None:
    """Draw knotted warp ends hanging from the line at `y`, from `x` over the width `w`."""
    for i in range(int(w / 9)):
        left = x + 4.5 + i * 9
        line(p, (left, y), (left - 2, y + down), name, 2.6)
        dot(p, left, y + down * 0.3, 3, name)


def _folded(
    p: QPainter, w: float, h: float, cloth: Callable[[], None], edge: str, layers: int = 3
) -> None:
    """Draw a folded stack about the origin: the cloth on top, its folds seen below."""
    shadow(p, rect(-w / 2, -h / 2, w, h + layers * 11, 10))
    for layer in range(layers, 0, -1):
        name = edge if layer % 2 else lighter(edge, 0.25)
        fill(p, rect(-w / 2, -h / 2 + layer * 11, w, h, 12), darker(name, 0.1))
    with within(p, rect(-w / 2, -h / 2, w, h, 10)), placed(p, -w / 2, -h / 2):
        cloth()
        patterns.threads(p, w, h, INK)


def checked_wrap(p: QPainter) -> None:
    ground(p, SAND)
    with placed(p, 296, 158, turn=-5):
        _folded(
            p,
            330,
            196,
            lambda: patterns.check(p, 330, 196, (COTTON, BRICK, INK), 27.5),
            mix(BRICK, COTTON, 0.35),
            layers=3,
        )


def khit_scarf(p: QPainter) -> None:
    ground(p, SAGE)
    fill(p, rect(120, 42, 352, 14, 7), darker(BAMBOO, 0.1))
    fill(p, rect(120, 42, 352, 5, 2.5), lighter(BAMBOO))
    for x, h, seed in ((-52, 224, 0), (44, 262, 1)):
        w = 128
        with placed(p, 296 + x, 30, turn=2 - 4 * seed):
            outline = rect(-w / 2, 0, w, h, 9)
            shadow(p, outline)
            fringe(p, -w / 2, h - 2, w, darker(MARIGOLD, 0.1))
            with within(p, outline), placed(p, -w / 2, 0):
                fill(p, rect(0, 0, w, h), LEAF)
                for row, y in enumerate(range(h - 38, 0, -66)):
                    accent = (MARIGOLD, COTTON)[row % 2]
                    patterns.khit(p, w, y, (COTTON, LEAF, accent), 3.8)
                    fill(p, rect(0, y - 31, w, 4), MARIGOLD)
                    fill(p, rect(0, y - 37, w, 2), COTTON)
                patterns.threads(p, w, h, INK)
                fill(p, rect(0, 0, w, 12), RAISED, 0.22)
                fill(p, rect(0, 26, w, 8), INK, 0.12)


def chok_skirt(p: QPainter) -> None:
    ground(p, BLUSH)
    outline = poly([(186, 30), (406, 30), (420, 322), (172, 322)])
    shadow(p, outline)
    fill(p, outline, INK)
    with within(p, outline), placed(p, 166, 30):
        fill(p, rect(0, 0, 260, 26), mix(BRICK, COTTON, 0.2))
        for i in range(9):
            y = 40 + i * 15
            fill(p, rect(0, y, 260, 5), mix(INDIGO, BRICK, 0.6))
            fill(p, rect(0, y + 7, 260, 1.6), MARIGOLD)
        fill(p, rect(0, 176, 260, 116), BRICK)
        fill(p, rect(0, 174, 260, 5), MARIGOLD)
        patterns.teeth(p, 260, 192, MARIGOLD, 10)
        patterns.khit(p, 260, 226, (MARIGOLD, INK, COTTON), 4.4)
        for i in range(7):
            patterns.stepped_diamond(p, i * 52.8 + 26.4, 226, 2, 4.4, LEAF)
        patterns.teeth(p, 260, 260, COTTON, -8)
        fill(p, rect(0, 256, 260, 3), COTTON)
        fill(p, rect(0, 274, 260, 6), MARIGOLD)
        fill(p, rect(0, 283, 260, 3), LEAF)
        patterns.threads(p, 260, 292, INK)
    line(p, (296, 32), (298, 172), RAISED, 2, 0.12)


def mudmee_silk(p: QPainter) -> None:
    ground(p, STRAW)
    wine = "#7A2338"
    cloth = smooth([(40, 118), (150, 92), (296, 112), (442, 92), (560, 116), (556, 296),
                    (440, 276), (296, 300), (150, 278), (36, 302)])  # fmt: skip
    shadow(p, cloth)
    with within(p, cloth), placed(p, 20, 84):
        patterns.ikat(p, 560, 230, (wine, MARIGOLD, BRICK, "#F3D9A0", LEAF), pitch=80)
        patterns.threads(p, 560, 230, INK)
        for x, alpha in ((90, 0.10), (236, 0.14), (390, 0.10), (500, 0.12)):
            fill(p, rect(x, 0, 34, 230), RAISED, alpha)
    roll = rect(30, 54, 532, 62, 31)
    shadow(p, roll, 0, 8)
    with within(p, roll), placed(p, 30, 54):
        patterns.ikat(p, 540, 62, (wine, MARIGOLD, BRICK, "#F3D9A0", LEAF), pitch=80, seed=4)
        fill(p, rect(0, 0, 540, 14), RAISED, 0.16)
        fill(p, rect(0, 44, 540, 18), INK, 0.22)
    for x in (38, 554):
        fill(p, oval(x, 85, 13, 30), darker(wine, 0.2))
        stroke(p, oval(x, 85, 7, 18), MARIGOLD, 2)
        dot(p, x, 85, 4, MARIGOLD)


def placemats(p: QPainter) -> None:
    ground(p, SAGE, disc=None)
    for x, y, turn, tone in ((252, 150, -9, LEAF), (330, 196, 6, "#5C7F8E")):
        with placed(p, x, y, turn=turn):
            mat = rect(-160, -100, 320, 200)
            shadow(p, mat)
            for side in (-172, 160):
                for i in range(25):
                    line(p, (side, -96 + i * 8), (side + 12, -96 + i * 8), COTTON, 2.4)
            with within(p, mat), placed(p, -160, -100):
                patterns.nested_squares(p, 320, 200, (lighter(tone, 0.2), COTTON), 53.4)
                patterns.threads(p, 320, 200, INK)
            for edge in (-152, 140):
                fill(p, rect(edge, -100, 12, 200), darker(tone, 0.15))


def brocade_cushion(p: QPainter) -> None:
    ground(p, STRAW, table=276)
    _cushion(p, BRICK, lambda: _flower_rows(p))


def _cushion(p: QPainter, name: str, cloth: Callable[[], None]) -> None:
    outline = QPainterPath(QPointF(174, 52))
    outline.quadTo(296, 70, 418, 52)
    outline.quadTo(404, 176, 422, 306)
    outline.quadTo(296, 288, 170, 306)
    outline.quadTo(188, 176, 174, 52)
    shadow(p, outline, 12, 8)
    fill(p, outline, name)
    with within(p, outline):
        cloth()
        with placed(p, 160, 40):
            patterns.threads(p, 280, 280, INK)
        fill(p, smooth([(170, 250), (296, 268), (424, 240), (440, 330), (150, 330)]), INK, 0.13)
    stroke(p, outline, darker(name, 0.3), 4)


def _flower_rows(p: QPainter) -> None:
    for row in range(8):
        for column in range(9):
            x = 168 + column * 33 + (16 if row % 2 else 0)
            y = 62 + row * 33
            patterns.stepped_diamond(p, x, y, 3, 4, MARIGOLD if row % 2 else COTTON)
            patterns.stepped_diamond(p, x, y, 1, 5, BRICK)


DRAWINGS = {
    "TF-WEA-001": checked_wrap,
    "TF-WEA-002": khit_scarf,
    "TF-WEA-003": chok_skirt,
    "TF-WEA-004": mudmee_silk,
    "TF-WEA-005": placemats,
    "TF-WEA-006": brocade_cushion,
}
