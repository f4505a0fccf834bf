"""What a paper says, as a few frozen blocks: no fonts, no dots, no printer."""

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """How loud a text is; each paper gives every size its own number of dots."""

    SMALL = "small"
    BODY = "body"
    LARGE = "large"
    HUGE = "huge"


class Align(StrEnum):
    """Which side a text keeps to."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text, broken into lines as the paper needs."""

    text: str
    size: Size = Size.BODY
    bold: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A label on the left and what it is on the right, on one line where both fit."""

    left: str
    right: str
    size: Size = Size.BODY
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """A small line under an item: how many at what price, or a discount and its amount."""

    left: str
    right: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing sold: its name, what it came to, and details under it."""

    name: str
    amount: str
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallied:
    """A label, how many, and how much: three columns, the figures under each other's."""

    left: str
    count: str
    right: str = ""
    size: Size = Size.BODY
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section, under a rule; no page ends between it and what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line across the paper; a `strong` one closes a sum."""

    strong: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """The woven band, the only ornament."""


@dataclass(frozen=True, slots=True)
class Space:
    """Empty paper, in millimetres."""

    mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """A statement in a frame, and small remarks under it: one for each language."""

    texts: tuple[str, ...]
    notes: tuple[str, ...] = ()
    size: Size = Size.BODY


@dataclass(frozen=True, slots=True)
class Barcode:
    """ASCII text as Code 128, for the counter's scanner, with the same text to read below."""

    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """Text as a QR code for a telephone or a 2D scanner, with a caption for each language.

    It is left out, caption and all, where it would be too fine to read; it is no larger than
    `most_mm`, unless its smallest readable size is.
    """

    data: str
    captions: tuple[str, ...] = ()
    most_mm: float = 34


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, with who signs under each: side by side where there is room."""

    captions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Room for a stamp between corner marks, `mm` high, with a caption."""

    caption: str
    mm: float = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A product's story: one paragraph for each language."""

    code: str
    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """Stories within a budget of paper in millimetres, heading and leftovers included.

    Those left untold are named after `more`, with one QR code of `page` and their codes, captioned
    `scan`; without a page they are only named.
    """

    heading: str
    tellings: tuple[Telling, ...]
    budget_mm: float
    more: str
    scan: str
    page: str = ""


Block = (
    Paragraph
    | Pair
    | Item
    | Tallied
    | Heading
    | Rule
    | Band
    | Space
    | Framed
    | Barcode
    | Square
    | Signatures
    | Stamp
    | Stories
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One paper from top to bottom. `title` is its number, for file names and metadata.

    A `narrow` one is of labels and amounts only: on a sheet it is set in one column.
    """

    title: str
    languages: tuple[str, ...]
    blocks: tuple[Block, ...]
    narrow: bool = False
    opens_drawer: bool = False
    """Whether the cash drawer opens when it is printed; one without blocks does only that."""
