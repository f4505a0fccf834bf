"""What a statement of account says, worded and ready to be set on paper."""

from collections.abc import Callable
from dataclasses import dataclass

from tofan_pos.receipt.document import Align

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the table; `width` in millimetres. All columns together are 180 wide."""

    heading: str
    width: float
    align: Align = Align.RIGHT
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One of the sums at the head, joined to the one before by a `sign` such as a minus."""

    label: str
    value: str
    sign: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A place to sign: who signs, and the words for the date beside it."""

    role: str
    dated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A second, smaller table under the first: what its sums were taken from."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Cells, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a statement says, worded. Every row has as many cells as there are columns."""

    brand: str
    owner: str
    title: str
    other_title: str
    period: str
    facts: tuple[str, ...]
    figures: tuple[Figure, ...]
    columns: tuple[Column, ...]
    rows: tuple[Cells, ...]
    total: Cells
    carried: Callable[[int], Cells]
    """The sums of the first so many rows, for the foot of a page and the head of the next."""
    carried_forward: str
    brought_forward: str
    page: Callable[[int, int], str]
    """Names a page, given its number and how many there are."""
    empty: str = ""
    in_words: str = ""
    notes: tuple[str, ...] = ()
    mark: str = ""
    """A word or two on how far the statement may be trusted, set large by the title."""
    warnings: tuple[str, ...] = ()
    listing: Listing | None = None
    signatures: tuple[Signature, ...] = ()
    language: str = "th"
