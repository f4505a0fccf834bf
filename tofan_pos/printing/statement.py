"""A statement of account as PDF: A4 pages of one table, with its sums, notes and signatures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tofan_pos.printing.ink import (
    BODY,
    COTTON,
    GREY,
    HEIGHT,
    INDIGO,
    INK,
    LINE,
    MM,
    MUTED,
    PLAIN,
    QUIET,
    RISE,
    SMALL,
    SOFT,
    STRONG,
    TINY,
    WHITE,
    WIDTH,
    WRONG,
    Pen,
    Type,
    broken,
)
from tofan_pos.receipt.document import Align
from tofan_pos.receipt.ornament import band
from tofan_pos.receipt.paper import DOTS_PER_MM

MARGIN = 15 * MM
RIGHT = WIDTH - MARGIN
ACROSS = RIGHT - MARGIN
BOTTOM = HEIGHT - 18 * MM
"""Where the table ends on a page; the page's foot stands below."""

PADDING = 1.6 * MM
FINE, BOLD = 0.4, 0.9
ROOM_TO_SIGN = 16 * MM

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
    warning: str = ""
    signatures: tuple[Signature, ...] = ()
    language: str = "th"


def statement_pdf(statement: Statement) -> bytes:
    """Return the statement as PDF; the same statement gives the same bytes."""
    # How many pages there are is known only when they have been filled, and each one names it.
    pages = _Sheet(_pen(statement), statement, pages=0).draw()
    pen = _pen(statement)
    _Sheet(pen, statement, pages=pages).draw()
    return pen.finish()


def _pen(statement: Statement) -> Pen:
    title = f"{statement.title} {statement.period}"
    return Pen(title=title, author=statement.brand, language=statement.language)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table, its cells broken into lines."""

    lines: tuple[Cells, ...]
    height: float


class _Sheet:
    """The page being drawn. Everything is measured in points from its top left corner."""

    def __init__(self, pen: Pen, statement: Statement, *, pages: int) -> None:
        self._pen, self._said, self._pages = pen, statement, pages
        self._y = MARGIN
        self._number = 1

    def draw(self) -> int:
        """Draw every page and return how many there are.

        A page is left only for a row that does not fit, with the sums so far; the last row is
        kept with the total and the signatures, so that nobody signs an empty table.
        """
        said = self._said
        rows = [_broken_row(cells, said.columns) for cells in said.rows]
        rest = sum(row.height for row in rows)
        end, carried = self._end_height(), _broken_row(said.total, said.columns).height
        self._head()
        self._headings()
        for at, row in enumerate(rows):
            room = BOTTOM - self._y
            last = at == len(rows) - 1
            if rest + end > room and (last or row.height + carried > room):
                self._turn(at)
            self._row(row)
            rest -= row.height
        if not rows and end > BOTTOM - self._y:
            self._turn(0)
        self._end()
        self._foot()
        self._pen.turn()
        return self._number

    def _turn(self, done: int) -> None:
        """Close the page with the sums so far, and begin the next with them."""
        said = self._said
        if done:
            self._sum_row(_named(said.carried_forward, said.carried(done)))
        self._foot()
        self._pen.turn()
        self._number += 1
        self._y = MARGIN
        self._text(said.brand, MARGIN, 10, Type(size=11, bold=True, colour=INDIGO))
        named = f"{said.title}  ·  {said.period}"
        self._text(named, RIGHT, 10, PLAIN, align=Align.RIGHT)
        self._y += 7 * MM
        self._headings()
        if done:
            self._sum_row(_named(said.brought_forward, said.carried(done)))

    # --- what stands on a page, from the top ------------------------------------------------------

    def _head(self) -> None:
        said = self._said
        self._band()
        self._y += 4 * MM
        self._text(said.brand, MARGIN, 22, Type(size=22, bold=True, colour=INDIGO))
        self._text(said.owner, MARGIN, 39, QUIET)
        self._text(said.title, RIGHT, 17, Type(size=15, bold=True), align=Align.RIGHT)
        self._text(said.other_title, RIGHT, 31, QUIET, align=Align.RIGHT)
        self._text(said.period, RIGHT, 51, Type(size=14, colour=INDIGO), align=Align.RIGHT)
        self._y += 56
        for fact in said.facts:
            self._text(fact, RIGHT, SMALL * RISE, QUIET, align=Align.RIGHT)
            self._y += SMALL * LINE
        self._y += 3 * MM
        if said.warning:
            self._warn(said.warning)
        if said.figures:
            self._figures(said.figures)

    def _band(self) -> None:
        woven = band(round(ACROSS / MM * DOTS_PER_MM))
        self._pen.bars(woven, MARGIN, self._y, colour=INDIGO)
        self._y += woven.height / DOTS_PER_MM * MM

    def _warn(self, warning: str) -> None:
        lines = broken(warning, ACROSS - 8 * MM, STRONG)
        height = len(lines) * BODY * LINE + 3 * MM
        self._pen.frame(MARGIN, self._y, ACROSS, height, colour=WRONG)
        for at, line in enumerate(lines):
            below = 1.5 * MM + at * BODY * LINE + BODY * RISE
            self._text(line, MARGIN + 4 * MM, below, Type(bold=True, colour=WRONG))
        self._y += height + 4 * MM

    def _figures(self, figures: tuple[Figure, ...]) -> None:
        """Draw the sums at the head, each joined to the one before by its sign."""
        height, wide = 17 * MM, (ACROSS) / len(figures)
        self._pen.fill(MARGIN, self._y, ACROSS, height, colour=COTTON)
        for at, figure in enumerate(figures):
            left = MARGIN + at * wide
            if figure.strong:
                self._pen.fill(left, self._y, wide, height, colour=INDIGO)
            ink, quiet = (WHITE, WHITE) if figure.strong else (INK, MUTED)
            x, room = left + 4 * MM, wide - 6.5 * MM
            self._text(figure.label, x, 17, Type(size=SMALL, colour=quiet), room=room)
            self._text(figure.value, x, 36, Type(size=13, bold=True, colour=ink), room=room)
            if figure.sign:
                self._text(figure.sign, left, 36, Type(size=12, colour=MUTED), align=Align.CENTRE)
        self._y += height + 5 * MM

    def _headings(self) -> None:
        columns, heading = self._said.columns, Type(size=SMALL, bold=True, colour=WHITE)
        cells = tuple(column.heading for column in columns)
        row = _broken_row(cells, columns, heading)
        self._pen.fill(MARGIN, self._y, ACROSS, row.height, colour=INDIGO)
        self._cells(row, heading)
        self._y += row.height

    def _row(self, row: _Row) -> None:
        self._cells(row, PLAIN)
        self._y += row.height
        self._rule(FINE, GREY)

    def _sum_row(self, cells: Cells, *, strong: bool = False) -> None:
        row = _broken_row(cells, self._said.columns, STRONG if strong else SOFT)
        self._pen.fill(MARGIN, self._y, ACROSS, row.height, colour=COTTON)
        if strong:
            self._rule(BOLD, INK)
        self._cells(row, STRONG if strong else SOFT)
        self._y += row.height
        if strong:
            # A sum is closed by a double line.
            self._rule(BOLD, INK)
            self._rule(BOLD, INK, below=1.8)

    def _end(self) -> None:
        said = self._said
        if not said.rows:
            self._text(said.empty, WIDTH / 2, 8 * MM, SOFT, align=Align.CENTRE)
            self._y += 13 * MM
        self._sum_row(said.total, strong=True)
        self._y += 3 * MM
        for line in self._words_lines():
            self._text(line, RIGHT, BODY * RISE, STRONG, align=Align.RIGHT)
            self._y += BODY * LINE
        self._y += 3 * MM
        for line in self._note_lines():
            self._text(line, MARGIN, SMALL * RISE, QUIET)
            self._y += SMALL * LINE
        if said.signatures:
            self._y += ROOM_TO_SIGN
            self._sign(said.signatures)

    def _end_height(self) -> float:
        said = self._said
        height = _broken_row(said.total, said.columns, STRONG).height + 6 * MM
        height += 13 * MM if not said.rows else 0
        height += len(self._words_lines()) * BODY * LINE + len(self._note_lines()) * SMALL * LINE
        return height + (ROOM_TO_SIGN + 4 * BODY * LINE if said.signatures else 0)

    def _words_lines(self) -> Sequence[str]:
        words = self._said.in_words
        return broken(words, ACROSS, STRONG) if words else ()

    def _note_lines(self) -> list[str]:
        notes = self._said.notes
        return [line for note in notes for line in broken(note, ACROSS, QUIET)]

    def _sign(self, places: tuple[Signature, ...]) -> None:
        wide, half = (ACROSS) / len(places), 32 * MM
        for at, place in enumerate(places):
            middle = MARGIN + (at + 0.5) * wide
            self._pen.rule(middle - half, self._y, 2 * half, thick=FINE, colour=INK)
            name, role, dated = (BODY * (RISE + LINE * step) + 2 for step in range(3))
            self._text("(", middle - half + 2 * MM, name, SOFT)
            self._text(")", middle + half - 2 * MM, name, SOFT, align=Align.RIGHT)
            self._text(place.role, middle, role, STRONG, align=Align.CENTRE)
            blanks = f"{place.dated} {'.' * 10} / {'.' * 10} / {'.' * 14}"
            self._text(blanks, middle, dated, QUIET, align=Align.CENTRE)

    def _foot(self) -> None:
        said = self._said
        self._y = HEIGHT - 14 * MM
        self._rule(FINE, GREY)
        self._text(f"{said.brand}  ·  {said.title}", MARGIN, 12, TINY)
        page = said.page(self._number, self._pages)
        self._text(page, RIGHT, 12, TINY, align=Align.RIGHT)

    def _cells(self, row: _Row, kind: Type) -> None:
        left = MARGIN
        for column, lines in zip(self._said.columns, row.lines, strict=True):
            width = column.width * MM
            x = {Align.LEFT: left + PADDING, Align.CENTRE: left + width / 2}.get(
                column.align, left + width - PADDING
            )
            own = replace(kind, bold=kind.bold or column.bold)
            for at, line in enumerate(lines):
                below = PADDING / 2 + kind.size * (at * LINE + RISE)
                self._text(line, x, below, own, align=column.align, room=width - 2 * PADDING)
            left += width

    def _text(  # noqa: PLR0913 - as the pen's own
        self,
        text: str,
        x: float,
        below: float,
        kind: Type,
        *,
        align: Align = Align.LEFT,
        room: float = 0,
    ) -> None:
        """Draw one line whose baseline is so far below where the page is filled to."""
        self._pen.text(text, x, self._y + below, kind, align=align, room=room)

    def _rule(self, thick: float, colour: str, *, below: float = 0) -> None:
        self._pen.rule(MARGIN, self._y + below, ACROSS, thick=thick, colour=colour)


def _named(name: str, sums: Cells) -> Cells:
    """Return sums with what they are in the first cell that is empty and wide enough: the label."""
    return (sums[0], name, *sums[2:])


def _broken_row(cells: Cells, columns: Sequence[Column], kind: Type = PLAIN) -> _Row:
    """Break a row's words into lines; amounts stay whole and are set smaller if they must."""
    lines = tuple(
        broken(cell, column.width * MM - 2 * PADDING, replace(kind, bold=kind.bold or column.bold))
        if column.align is Align.LEFT or not any(map(str.isdigit, cell))
        else (cell,)
        for cell, column in zip(cells, columns, strict=True)
    )
    return _Row(lines, max(map(len, lines)) * kind.size * LINE + PADDING)
