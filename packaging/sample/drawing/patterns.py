"""Hides how weaves, dyes, stitches and plaits are built from a few strokes.

Every pattern fills the rectangle from (0, 0) to (w, h) of the painter's present place; the caller
clips it to the object.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from random import Random

from PySide6.QtGui import QPainter

from drawing.canvas import (
    Point,
    darker,
    dot,
    fill,
    lighter,
    line,
    mix,
    oval,
    petal,
    placed,
    poly,
    rect,
    smooth,
    stroke,
)


def threads(p: QPainter, w: float, h: float, name: str, step: float = 4) -> None:
    """Draw the faint horizontal and vertical threads of a woven cloth."""
    for i in range(int(h / step) + 1):
        fill(p, rect(0, i * step, w, 1), name, 0.16)
    for i in range(int(w / step) + 1):
        fill(p, rect(i * step, 0, 1, h), name, 0.08)


def check(p: QPainter, w: float, h: float, colors: tuple[str, str, str], size: float = 26) -> None:
    """Draw a chequered wrap: ground, broad bands both ways, and a fine line between them."""
    base, band, fine = colors
    fill(p, rect(0, 0, w, h), base)
    for i in range(0, int(w / size) + 1, 2):
        fill(p, rect(i * size, 0, size, h), band, 0.62)
        fill(p, rect((i + 1.5) * size - 1.5, 0, 3, h), fine, 0.9)
    for i in range(0, int(h / size) + 1, 2):
        fill(p, rect(0, i * size, w, size), band, 0.62)
        fill(p, rect(0, (i + 1.5) * size - 1.5, w, 3), fine, 0.9)


def stepped_diamond(p: QPainter, x: float, y: float, rows: int, unit: float, name: str) -> None:
    """Draw a diamond in woven steps about (x, y), `rows` steps from centre to tip."""
    for row in range(-rows + 1, rows):
        half = (rows - abs(row) - 0.5) * unit
        fill(p, rect(x - half, y + (row - 0.5) * unit, 2 * half, unit * 1.03), name)


def khit(p: QPainter, w: float, y: float, colors: Sequence[str], unit: float = 4) -> None:
    """One row of stepped diamonds inside each other, 12 units high, centred on `y`."""
    pitch = unit * 12
    for i in range(int(w / pitch) + 2):
        x = i * pitch
        for rows, name in zip((6, 4, 2), colors, strict=False):
            stepped_diamond(p, x, y, rows, unit, name)
        stepped_diamond(p, x + pitch / 2, y - unit * 4.5, 2, unit, colors[-1])
        stepped_diamond(p, x + pitch / 2, y + unit * 4.5, 2, unit, colors[-1])


def teeth(p: QPainter, w: float, y: float, name: str, size: float = 10) -> None:
    """Draw a row of small triangles standing on `y`; hanging from it when `size` is negative."""
    for i in range(int(w / abs(size)) + 1):
        x = i * abs(size)
        fill(p, poly([(x, y), (x + abs(size) / 2, y - size), (x + abs(size), y)]), name)


def ikat(
    p: QPainter, w: float, h: float, colors: Sequence[str], *, pitch: float = 74, seed: int = 1
) -> None:
    """Mudmee: nested diamonds whose edges waver pick by pick, since the yarn was tied before."""
    random = Random(seed)
    fill(p, rect(0, 0, w, h), colors[0])
    pick = 3.0
    tall = pitch * 1.15
    for i in range(int(h / pick) + 1):
        y = i * pick
        slip = random.uniform(-3.2, 3.2)
        phase = abs((y / tall) % 1 - 0.5) * 2
        for row in range(int(w / pitch) + 2):
            for offset, lift in ((0.0, phase), (pitch / 2, 1 - phase)):
                x = row * pitch + offset + slip
                for ring, name in enumerate(colors[1:]):
                    half = (lift - 0.18 - ring * 0.24) * pitch / 2
                    if half > 0:
                        fill(p, rect(x - half, y, 2 * half, pick), name)


def nested_squares(
    p: QPainter, w: float, h: float, colors: tuple[str, str], pitch: float = 56
) -> None:
    """Luk kaew: diamonds within diamonds drawn by the diagonals of a point twill."""
    fill(p, rect(0, 0, w, h), colors[0])
    for i in range(int(w / pitch) + 2):
        for j in range(int(h / pitch) + 2):
            for ring in range(4):
                half = pitch / 2 * (1 - ring * 0.25)
                x, y = i * pitch, j * pitch
                diamond = poly([(x, y - half), (x + half, y), (x, y + half), (x - half, y)])
                stroke(p, diamond, colors[1], 3)


def blossom(
    p: QPainter, x: float, y: float, size: float, colors: tuple[str, str], petals: int = 5
) -> None:
    """Draw a round-petalled flower with a heart."""
    for i in range(petals):
        angle = math.tau * i / petals - math.pi / 2
        dot(
            p,
            x + math.cos(angle) * size * 0.55,
            y + math.sin(angle) * size * 0.55,
            size * (0.42 if petals < 7 else 0.3),
            colors[0],
        )
    dot(p, x, y, size * 0.32, colors[1])


def sprig(p: QPainter, length: float, leaves: int, colors: tuple[str, str]) -> None:
    """Draw a stem along +x with leaves in pairs, their veins lighter as if stitched."""
    line(p, (0, 0), (length, 0), colors[1], 3)
    for i in range(leaves):
        x = length * (i + 0.6) / leaves
        size = length / leaves * 1.15 * (1 - 0.35 * i / leaves)
        for turn in (-52, 52):
            with placed(p, x, 0, turn=turn):
                fill(p, petal(size, size * 0.55), colors[i % 2])
                line(p, (3, 0), (size * 0.9, 0), lighter(colors[i % 2], 0.5), 1.4, 0.8)
    with placed(p, length, 0):
        fill(p, petal(length / leaves, length / leaves * 0.5), colors[0])


def ripples(
    p: QPainter, x: float, y: float, rings: int, step: float, name: str, *, seed: int = 1
) -> None:
    """Tie-dye: broken, wavering rings where the binding kept the dye away."""
    random = Random(seed)
    for ring in range(1, rings + 1):
        radius = ring * step
        points = [
            (
                x + math.cos(math.tau * k / 28) * radius * random.uniform(0.96, 1.05),
                y + math.sin(math.tau * k / 28) * radius * random.uniform(0.94, 1.06),
            )
            for k in range(28)
        ]
        stroke(p, smooth(points), name, step * random.uniform(0.2, 0.42), alpha=0.85)
        for k in range(0, 28, 2):
            dot(p, *points[k], step * 0.16, name, 0.5)


def spiral(p: QPainter, x: float, y: float, arms: int, radius: float, name: str) -> None:
    """Spiral resist: pale arms that widen as they turn outwards."""
    for arm in range(arms):
        inner: list[Point] = []
        outer: list[Point] = []
        for k in range(15):
            t = k / 14
            angle = math.tau * arm / arms + t * 3.6
            reach = radius * (0.06 + 0.94 * t)
            spread = 0.12 + 0.05 * math.sin(k * 2.1 + arm)
            inner.append((x + math.cos(angle) * reach, y + math.sin(angle) * reach))
            outer.append(
                (x + math.cos(angle + spread) * reach, y + math.sin(angle + spread) * reach)
            )
        fill(p, smooth(inner + outer[::-1]), name, 0.88)


def plait(
    p: QPainter,
    w: float,
    h: float,
    colors: tuple[str, str],
    *,
    size: float = 16,
    twill: int = 1,
) -> None:
    """Over-and-under strips; `twill` 2 gives over two, under two with its running diagonal."""
    dark = darker(mix(*colors, 0.5), 0.5)
    fill(p, rect(0, 0, w, h), dark)
    gap = size * 0.1
    for j in range(int(h / size) + 1):
        for i in range(int(w / size) + 1):
            upright = (i + j) % 2 if twill == 1 else (i + j) % 4 < 2
            x, y = i * size, j * size
            if upright:
                fill(p, rect(x + gap, y - gap * 0.6, size - 2 * gap, size * 1.12, 2), colors[0])
                fill(p, rect(x + gap, y, size * 0.22, size), lighter(colors[0], 0.4), 0.5)
            else:
                fill(p, rect(x - gap * 0.6, y + gap, size * 1.12, size - 2 * gap, 2), colors[1])
                fill(p, rect(x, y + gap, size, size * 0.22), lighter(colors[1], 0.4), 0.5)


def hexagons(p: QPainter, w: float, h: float, name: str, pitch: float = 40) -> None:
    """Open six-sided plaiting: strips in three directions."""
    reach = w + h
    for direction in (0, 60, 120):
        with placed(p, w / 2, h / 2, turn=direction):
            for i in range(-int(reach / pitch), int(reach / pitch) + 1):
                y = i * pitch + pitch / 2
                for shift in (-3.6, 3.6):
                    line(p, (-reach, y + shift), (reach, y + shift), darker(name, 0.22), 5.4)
                    line(p, (-reach, y + shift - 0.7), (reach, y + shift - 0.7), name, 3.6)


def braid(p: QPainter, start: Point, end: Point, name: str, size: float = 9) -> None:
    """Draw a three-strand braid from one point to another."""
    length = math.dist(start, end)
    turn = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    with placed(p, *start, turn=turn):
        for i in range(int(length / (size * 0.62)) + 1):
            x = i * size * 0.62
            tilt = 32 if i % 2 else -32
            with placed(p, x, size * (0.2 if i % 2 else -0.2), turn=tilt):
                fill(p, oval(0, 0, size * 0.62, size * 0.34), darker(name, 0.35))
                fill(p, oval(-0.4, -0.6, size * 0.54, size * 0.26), name)


def crosses(p: QPainter, rows: Sequence[str], unit: float, colors: dict[str, str]) -> None:
    """Cross-stitch from rows of letters; a letter names a colour, a space is bare cloth."""
    for j, row in enumerate(rows):
        for i, letter in enumerate(row):
            if letter in colors:
                x, y, reach = (i + 0.5) * unit, (j + 0.5) * unit, unit * 0.36
                name = colors[letter]
                line(p, (x - reach, y - reach), (x + reach, y + reach), darker(name), unit * 0.3)
                line(p, (x - reach, y + reach), (x + reach, y - reach), name, unit * 0.3)


def dashes(
    p: QPainter, points: Sequence[Point], name: str, *, length: float = 9, width: float = 2.6
) -> None:
    """Draw running stitch along a polyline of dense points: as much thread above as below."""
    travelled, start = 0.0, points[0]
    shown = True
    for before, here in pairwise(points):
        travelled += math.dist(before, here)
        if travelled >= length:
            if shown:
                line(p, start, here, name, width)
            start, shown, travelled = here, not shown, 0.0


def waves(p: QPainter, w: float, h: float, name: str, radius: float = 44) -> None:
    """Overlapping fans of running stitch."""
    for j in range(int(h / (radius / 2)) + 3):
        for i in range(int(w / (2 * radius)) + 2):
            x = i * 2 * radius + (radius if j % 2 else 0)
            y = j * radius / 2
            for ring in (0.95, 0.66, 0.37):
                # Only the part not covered by the next row's fans is stitched.
                low = 0.0 if ring < 0.5 else math.acos(min(1.0, 0.5 / ring)) * 0.52
                arc = [
                    (
                        x + math.cos(math.pi + low + (math.pi - 2 * low) * k / 60) * radius * ring,
                        y + math.sin(math.pi + low + (math.pi - 2 * low) * k / 60) * radius * ring,
                    )
                    for k in range(61)
                ]
                dashes(p, arc, name, length=5.5, width=2.2)


def grain(p: QPainter, w: float, h: float, name: str, *, seed: int = 1, lines: int = 9) -> None:
    """Long, gently wavering lines of wood grain."""
    random = Random(seed)
    for i in range(lines):
        y = h * (i + 0.5) / lines
        points = [(w * k / 6, y + random.uniform(-3, 3)) for k in range(7)]
        stroke(p, smooth(points, closed=False), name, random.uniform(1.2, 2.6), alpha=0.45)


def fibres(p: QPainter, w: float, h: float, name: str, *, seed: int = 1, count: int = 60) -> None:
    """Draw the loose long fibres seen in sa paper."""
    random = Random(seed)
    for _ in range(count):
        x, y = random.uniform(0, w), random.uniform(0, h)
        points = [(x + k * 9, y + random.uniform(-7, 7)) for k in range(4)]
        with placed(p, x, y, turn=random.uniform(0, 180)), placed(p, -x, -y):
            stroke(p, smooth(points, closed=False), name, 1.1, alpha=0.5)


def coil(p: QPainter, rx: float, ry: float, name: str, *, step: float = 11) -> None:
    """Rings of a coiled braid about the origin, with slanted stitches."""
    rings = int(rx / step)
    for ring in range(rings, 0, -1):
        a, b = rx * ring / rings, ry * ring / rings
        fill(p, oval(0, 0, a, b), darker(name, 0.3))
        fill(p, oval(0, 0, a - 1.5, b - 1.5), name if ring % 2 else lighter(name, 0.12))
        count = max(6, int(a * 0.5))
        for k in range(count):
            angle = math.tau * k / count
            inner = (ring - 0.85) / ring
            line(
                p,
                (math.cos(angle) * a * 0.98, math.sin(angle) * b * 0.98),
                (math.cos(angle + 0.09) * a * inner, math.sin(angle + 0.09) * b * inner),
                darker(name, 0.3),
                1.6,
                0.6,
            )
