"""Colours and sizes by name, light and dark; the one place where a colour is written down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """What each colour is for. Values are `#RRGGBB`."""

    ground: str
    raised: str
    sunken: str
    line: str
    ink: str
    muted: str
    indigo: str
    on_indigo: str
    chosen: str
    accent: str
    accent_pressed: str
    on_accent: str
    good: str
    wrong: str
    wrong_ground: str
    cloth: str
    motif: str


LIGHT = Colours(
    ground="#F7F3EA",
    raised="#FFFDF8",
    sunken="#EEE7D8",
    line="#D9CFBC",
    ink="#1B2A49",
    muted="#5B6478",
    indigo="#27406B",
    on_indigo="#FFFFFF",
    chosen="#E8EDF5",
    accent="#F2A93B",
    accent_pressed="#E39A2B",
    on_accent="#1B2A49",
    good="#2E6F4E",
    wrong="#A33B2B",
    wrong_ground="#FBEBE5",
    cloth="#27406B",
    motif="#F7F3EA",
)
DARK = Colours(
    ground="#141B2B",
    raised="#1D273B",
    sunken="#182134",
    line="#3A4660",
    ink="#F3EDE0",
    muted="#A9B1C4",
    indigo="#A9C1EC",
    on_indigo="#141B2B",
    chosen="#2A3855",
    accent="#F2B24F",
    accent_pressed="#DFA03F",
    on_accent="#141B2B",
    good="#86CFA5",
    wrong="#F2968A",
    wrong_ground="#3A2430",
    cloth="#2B3C62",
    motif="#A9C1EC",
)

READABLE = (
    ("ink", "ground"),
    ("ink", "raised"),
    ("ink", "sunken"),
    ("ink", "chosen"),
    ("ink", "wrong_ground"),
    ("muted", "ground"),
    ("muted", "raised"),
    ("muted", "sunken"),
    ("muted", "chosen"),
    ("indigo", "ground"),
    ("indigo", "raised"),
    ("indigo", "sunken"),
    ("indigo", "chosen"),
    ("on_indigo", "indigo"),
    ("on_accent", "accent"),
    ("on_accent", "accent_pressed"),
    ("good", "ground"),
    ("good", "raised"),
    ("good", "chosen"),
    ("wrong", "ground"),
    ("wrong", "raised"),
    ("wrong", "wrong_ground"),
)
"""Every pair of a text's colour and what it stands on; each must reach 4.5:1."""

SMALL, READ, LEAD, BIG, TOTAL, CHANGE = 14, 16, 20, 28, 44, 72
"""Type in pixels at 100 %."""

GRID = 8
TARGET = 48
"""The least height and width of what a finger presses, in pixels."""


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
