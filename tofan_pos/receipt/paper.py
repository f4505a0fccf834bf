"""Papers, and what stands on them in whole dots (8 to the millimetre): rows of text and bars."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tofan_pos.receipt.document import Align, Size

DOTS_PER_MM = 8

Measure = Callable[[str, int, bool], float]
"""How wide a text is, in dots, at a size in dots, bold or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """How codes are encoded: Code 128 as one string of modules, QR as a tuple of rows of them.

    A module is `1` where it is black and `0` where it is not; quiet zones are not included. Each
    raises ValueError for what it cannot hold.
    """

    barcode: Callable[[str], str]
    qr: Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper's printable width, the sizes of its type, and a page's height or 0 for a roll.

    All in dots. Pairs begin at `pairs_from`, so that on a wide sheet a label stays by its amount.
    """

    name: str
    width: int
    sizes: Mapping[Size, int]
    columns: int
    page_height: int = 0
    pairs_from: int = 0


def _sizes(small: int, body: int, large: int, huge: int) -> Mapping[Size, int]:
    return MappingProxyType(dict(zip(Size, (small, body, large, huge), strict=True)))


MM80 = Paper(name="80 mm", width=576, sizes=_sizes(22, 26, 40, 48), columns=48)
MM58 = Paper(name="58 mm", width=384, sizes=_sizes(20, 24, 34, 38), columns=32)
A4 = Paper(
    name="A4",
    width=180 * DOTS_PER_MM,
    sizes=_sizes(28, 32, 60, 56),
    columns=96,
    page_height=257 * DOTS_PER_MM,
    pairs_from=90 * DOTS_PER_MM,
)
SHEET = Paper(
    name="A4, one column",
    width=104 * DOTS_PER_MM,
    sizes=_sizes(20, 24, 38, 44),
    columns=72,
    page_height=257 * DOTS_PER_MM,
)
"""What narrow papers are set on where A4 was asked for: a column in its middle."""


def paper_of(mm: int) -> Paper:
    """Return the roll of that width in millimetres, 58 or 80; wider means 80."""
    return MM58 if mm <= 58 else MM80


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A piece of text in a row: `x` is the edge or middle that `align` keeps to."""

    text: str
    x: int
    align: Align
    size: int
    bold: bool
    width: float

    @property
    def left(self) -> float:
        """Where the text begins."""
        return self.x - self.width * _SHIFT[self.align]


_SHIFT = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}


@dataclass(frozen=True, slots=True)
class Bar:
    """A black rectangle; `y` counts from the top of its row."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A strip of paper with what stands on it; `baseline` counts from `top`.

    A row that is `kept` must not be parted from the next one by the end of a page.
    """

    height: int
    top: int = 0
    baseline: int = 0
    kept: bool = False
    cells: tuple[Cell, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A document laid out on a paper: rows from top to bottom, none overlapping."""

    title: str
    paper: Paper
    height: int
    rows: tuple[Row, ...]
