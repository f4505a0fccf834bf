"""A laid-out paper as plain text: the same lines, for search, tests and screen readers."""

import unicodedata

from tofan_pos.receipt.document import Align
from tofan_pos.receipt.paper import Cell, Layout, Row


def text(layout: Layout) -> str:
    """Return the layout's rows of text as lines, in as many columns as the paper has.

    A line may be longer where narrow letters put more on paper than there are columns.
    """
    lines = [_line(row, layout) for row in layout.rows if row.cells]
    return "\n".join(lines) + "\n"


def columns(string: str) -> int:
    """Return how many columns a text takes: Thai marks above and below take none."""
    return sum(unicodedata.category(character) not in {"Mn", "Me"} for character in string)


def _line(row: Row, layout: Layout) -> str:
    line = ""
    for cell in row.cells:
        start = max(_start(cell, layout), columns(line) + (1 if line else 0))
        line += " " * (start - columns(line)) + cell.text
    return line


def _start(cell: Cell, layout: Layout) -> int:
    wide, all_columns = columns(cell.text), layout.paper.columns
    if cell.align is Align.RIGHT and cell.x == layout.paper.width:
        return max(0, all_columns - wide)
    if cell.align is Align.CENTRE:
        return max(0, (all_columns - wide) // 2)
    return max(0, round(cell.left * all_columns / layout.paper.width))
