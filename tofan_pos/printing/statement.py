"""A statement of account as PDF: A4 pages of one table, with its sums, notes and signatures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tofan_pos.printing.account import Cells, Column, Figure, Listing, Signature, Statement
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
    measure,
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
GUTTER = 4 * MM
"""Between a sum at the head and its neighbour's edge."""

FINE, BOLD = 0.4, 0.9
QUIET_ROW = Type(size=SMALL)
ROOM_TO_SIGN = 16 * MM


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
        self._headings(said.columns)
        for at, row in enumerate(rows):
            room = BOTTOM - self._y
            last = at == len(rows) - 1
            if rest + end > room and (last or row.height + carried > room):
                self._turn(at)
            self._row(row)
            rest -= row.height
        if not rows and end > BOTTOM - self._y:
            self._turn(0)
        self._sums()
        if said.listing:
            self._listing(said.listing)
        self._close()
        self._foot()
        self._pen.turn()
        return self._number

    def _turn(self, done: int) -> None:
        """Close the page with the sums so far, and begin the next with them."""
        said = self._said
        if done:
            self._sum_row(_named(said.carried_forward, said.carried(done)))
        self._next_page()
        self._headings(said.columns)
        if done:
            self._sum_row(_named(said.brought_forward, said.carried(done)))

    def _next_page(self) -> None:
        said = self._said
        self._foot()
        self._pen.turn()
        self._number += 1
        self._y = MARGIN
        self._text(said.brand, MARGIN, 10, Type(size=11, bold=True, colour=INDIGO))
        named = f"{said.title}  ·  {said.period}"
        self._text(named, RIGHT, 10, PLAIN, align=Align.RIGHT)
        if said.mark:
            marked, before = Type(bold=True, colour=WRONG), measure(f"{named}    ")
            self._text(said.mark, RIGHT - before, 10, marked, align=Align.RIGHT)
        self._y += 7 * MM

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
        if said.mark:
            self._stamp(said.mark)
        self._y += 56
        for fact in said.facts:
            self._text(fact, RIGHT, SMALL * RISE, QUIET, align=Align.RIGHT)
            self._y += SMALL * LINE
        self._y += 3 * MM
        if said.warnings:
            self._warn(said.warnings)
        if said.figures:
            self._figures(said.figures)

    def _band(self) -> None:
        woven = band(round(ACROSS / MM * DOTS_PER_MM))
        self._pen.bars(woven, MARGIN, self._y, colour=INDIGO)
        self._y += woven.height / DOTS_PER_MM * MM

    def _stamp(self, mark: str) -> None:
        """Draw the mark as a rubber stamp would stand: on the left, level with the period."""
        kind = Type(size=13, bold=True, colour=WRONG)
        wide = min(measure(mark, kind) + 8 * MM, ACROSS / 2)
        self._pen.frame(MARGIN, self._y + 48, wide, 8.5 * MM, colour=WRONG)
        room = wide - 6 * MM
        self._text(mark, MARGIN + wide / 2, 64.5, kind, align=Align.CENTRE, room=room)

    def _warn(self, warnings: tuple[str, ...]) -> None:
        """Draw what speaks against the figures, a sentence under the other, by a red rule."""
        kind = Type(colour=WRONG)
        lines = [line for text in warnings for line in broken(text, ACROSS - 6 * MM, kind)]
        height = len(lines) * BODY * LINE + 2 * MM
        self._pen.fill(MARGIN, self._y, 1 * MM, height, colour=WRONG)
        for at, line in enumerate(lines):
            self._text(line, MARGIN + 4 * MM, MM + BODY * (at * LINE + RISE), kind)
        self._y += height + 4 * MM

    def _figures(self, figures: tuple[Figure, ...]) -> None:
        """Draw the sums at the head, each as wide as it needs, joined to the one before it."""
        height = 17 * MM
        values, labels = Type(size=13, bold=True), Type(size=SMALL)
        widths, scale = _shares(
            [max(measure(f.value, values), measure(f.label, labels)) for f in figures]
        )
        self._pen.fill(MARGIN, self._y, ACROSS, height, colour=COTTON)
        left = MARGIN
        for figure, wide in zip(figures, widths, strict=True):
            if figure.strong:
                self._pen.fill(left, self._y, wide, height, colour=INDIGO)
            ink, quiet = (WHITE, WHITE) if figure.strong else (INK, MUTED)
            x, room = left + GUTTER, wide - 2 * GUTTER
            label = replace(labels, size=labels.size * scale, colour=quiet)
            value = replace(values, size=values.size * scale, colour=ink)
            self._text(figure.label, x, 17, label, room=room)
            self._text(figure.value, x, 36, value, room=room)
            if figure.sign:
                self._text(figure.sign, left, 36, Type(size=12, colour=MUTED), align=Align.CENTRE)
            left += wide
        self._y += height + 5 * MM

    def _headings(self, columns: Sequence[Column]) -> None:
        heading = Type(size=SMALL, bold=True, colour=WHITE)
        cells = tuple(column.heading for column in columns)
        row = _broken_row(cells, columns, heading)
        self._pen.fill(MARGIN, self._y, ACROSS, row.height, colour=INDIGO)
        self._cells(row, heading, columns)
        self._y += row.height

    def _row(self, row: _Row) -> None:
        self._cells(row, PLAIN, self._said.columns)
        self._y += row.height
        self._rule(FINE, GREY)

    def _sum_row(self, cells: Cells, *, strong: bool = False) -> None:
        row = _broken_row(cells, self._said.columns, STRONG if strong else SOFT)
        self._pen.fill(MARGIN, self._y, ACROSS, row.height, colour=COTTON)
        if strong:
            self._rule(BOLD, INK)
        self._cells(row, STRONG if strong else SOFT, self._said.columns)
        self._y += row.height
        if strong:
            # A sum is closed by a double line.
            self._rule(BOLD, INK)
            self._rule(BOLD, INK, below=1.8)

    def _sums(self) -> None:
        """Draw what stands right under the table: its total, in figures and in words."""
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

    def _listing(self, listing: Listing) -> None:
        """Draw the second table; its last row is kept with the notes and the signatures."""
        columns = listing.columns
        for at, row in enumerate(_listed(listing)):
            last = at == len(listing.rows) - 1
            needed = row.height + (self._close_height() if last else 0)
            if at == 0:
                self._caption(listing)
            elif needed > BOTTOM - self._y:
                self._next_page()
                self._headings(columns)
            self._cells(row, QUIET_ROW, columns)
            self._y += row.height
            self._rule(FINE, GREY)
        self._y += 2 * MM

    def _caption(self, listing: Listing) -> None:
        for line in broken(listing.caption, ACROSS, STRONG):
            self._text(line, MARGIN, BODY * RISE, STRONG)
            self._y += BODY * LINE
        self._y += MM
        self._headings(listing.columns)

    def _close(self) -> None:
        """Draw what ends the statement: its notes, and the places to sign."""
        said = self._said
        for line in self._note_lines():
            self._text(line, MARGIN, SMALL * RISE, QUIET)
            self._y += SMALL * LINE
        if said.signatures:
            self._y += ROOM_TO_SIGN
            self._sign(said.signatures)

    def _end_height(self) -> float:
        """Return how much must stay together with the table's last row."""
        said = self._said
        height = _broken_row(said.total, said.columns, STRONG).height + 6 * MM
        height += 13 * MM if not said.rows else 0
        height += len(self._words_lines()) * BODY * LINE
        if said.listing is None:
            return height + self._close_height()
        first, *more = _listed(said.listing)
        headings = _broken_row(tuple(c.heading for c in said.listing.columns), said.listing.columns)
        caption = len(broken(said.listing.caption, ACROSS, STRONG)) * BODY * LINE + MM
        height += caption + headings.height + first.height
        return height + (0 if more else self._close_height())

    def _close_height(self) -> float:
        height = len(self._note_lines()) * SMALL * LINE + 2 * MM
        return height + (ROOM_TO_SIGN + 4 * BODY * LINE if self._said.signatures else 0)

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

    def _cells(self, row: _Row, kind: Type, columns: Sequence[Column]) -> None:
        left = MARGIN
        for column, lines in zip(columns, row.lines, strict=True):
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


def _listed(listing: Listing) -> list[_Row]:
    return [_broken_row(cells, listing.columns, QUIET_ROW) for cells in listing.rows]


def _shares(texts: Sequence[float]) -> tuple[list[float], float]:
    """Return how wide each sum's place is, and how far all are set smaller to fit side by side."""
    room = ACROSS - 2 * GUTTER * len(texts)
    scale = min(1.0, room / (sum(texts) or 1))
    spare = (room - sum(texts) * scale) / len(texts)
    return [text * scale + spare + 2 * GUTTER for text in texts], scale
