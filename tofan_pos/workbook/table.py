"""Hides where a sheet's columns stand: finds the sheet and its header, and yields its lines."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from tofan_pos.workbook.cells import one_line, plain, written
from tofan_pos.workbook.faults import Fault, Findings, Problem, Unfit, shortened
from tofan_pos.workbook.rows import column_letters, rows
from tofan_pos.workbook.sheets import Cell, Kind, Row, Workbook

T = TypeVar("T")

_LONGEST_NAME: Final = 4_000
_UNCOMPUTED: Final = {
    Kind.FORMULA: Problem.FORMULA_WITHOUT_VALUE,
    Kind.ERROR: Problem.FORMULA_ERROR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a sheet should look like: its name, its columns, and those it cannot do without."""

    name: str
    columns: tuple[str, ...]
    required: frozenset[str]
    english: str = ""
    """The column that need not be there, but without which English is missing."""
    most_rows: int
    optional: bool = False
    """Whether a catalogue may do without the sheet, or without a row in it."""
    other_name: str = ""
    """What the sheet may be called instead."""
    other_columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What its columns may be called instead."""
    secret: frozenset[str] = frozenset()
    """Columns whose cells are never shown again: a PIN may stand there by mistake."""

    def name_of(self, sheet: str) -> str:
        """Return which of the table's names a sheet bears, or nothing where it is another's."""
        names = (self.name, self.other_name)
        return next((name for name in names if name and _key(name) == _key(sheet)), "")

    def headings(self) -> dict[str, tuple[str, str]]:
        """Return each column under all that may stand over it, and how that is written."""
        others = {
            _heading(other): (column, other)
            for column, names in self.other_columns.items()
            for other in names
        }
        return others | {column: (column, column) for column in self.columns}


@dataclass(slots=True, kw_only=True)
class Line:
    """One row under its header; what is wrong in it goes to the findings by column."""

    sheet: str
    row: int
    cells: Mapping[str, Cell]
    places: Mapping[str, int]
    findings: Findings
    headings: Mapping[str, str]
    """How the sheet itself calls its columns."""
    secret: frozenset[str]
    faulty: set[str] = field(default_factory=set)
    """The columns with a fault in this line."""

    def read(self, column: str, reader: Callable[[Cell], T | None], blank: T) -> T:
        """Return what the cell says, or `blank` where it says nothing or is found faulty."""
        cell = self.cells.get(column)
        if cell is None:
            return blank
        try:
            if cell.kind in _UNCOMPUTED:
                raise Unfit(_UNCOMPUTED[cell.kind])  # noqa: TRY301 - one way for all faults
            value = reader(cell)
        except Unfit as unfit:
            self.note(column, unfit.problem, written(cell), **unfit.facts)
            return blank
        return blank if value is None else value

    def require(self, column: str, reader: Callable[[Cell], T | None], blank: T) -> T:
        """Return what the cell says; a cell that says nothing is a fault, unless it has one."""
        value = self.read(column, reader, blank)
        if value == blank:
            self.note_blank(column, Problem.BLANK)
        return value

    def note_blank(self, column: str, problem: Problem) -> None:
        """Take down that a cell says nothing, where it is not faulty, nor its column missing."""
        if column in self.places and column not in self.faulty:
            self.note(column, problem)

    def note_missing(self, column: str, value: object) -> None:
        """Fault a column that is not there, though this line cannot do without it."""
        if not value and column not in self.places:
            self.note(column, Problem.COLUMN_MISSING, column)

    def refuse_unheeded(self, column: str, beside: str) -> None:
        """Fault a cell that would change nothing, though whoever filled it in thinks it does."""
        cell = self.cells.get(column)
        if cell is None or not plain(cell) or column in self.faulty:
            return

        def refuse(_: Cell) -> None:
            raise Unfit(Problem.UNHEEDED, beside=beside)

        self.read(column, refuse, None)

    def note(self, column: str, problem: Problem, value: str = "", **facts: object) -> None:
        """Take down a fault or a warning in a column of this line."""
        if column in self.places:
            facts["cell"] = f"{column_letters(self.places[column])}{self.row}"
        fault = Fault(
            sheet=self.sheet,
            row=self.row,
            column=self.headings.get(column, column),
            problem=problem,
            value="" if column in self.secret else shortened(value),
            facts=facts,
        )
        if self.findings.add(fault):
            self.faulty.add(column)


def sheet_of(book: Workbook, table: Table) -> str:
    """Return by which of its names a table's sheet is in the workbook; nothing if it is not."""
    return next((name for title, _ in book.sheets if (name := table.name_of(title))), "")


def lines(book: Workbook, table: Table, findings: Findings) -> Iterator[Line]:
    """Yield the lines of a table, and take down what is wrong with its sheet and its columns."""
    found = [(name, part) for title, part in book.sheets if (name := table.name_of(title))]
    if len(found) != 1:
        if found or not table.optional:
            problem = Problem.SHEET_TWICE if found else Problem.SHEET_MISSING
            value = ", ".join(dict.fromkeys(name for name, _ in found)) or table.name
            findings.add(Fault(sheet=table.name, problem=problem, value=value))
        return
    ((sheet, part),) = found
    merged: list[str] = []
    places: dict[str, int] | None = None
    headings: dict[str, str] = {}
    header = count = 0
    for row in rows(book, part, merged=merged):
        if not any(cell.text.strip() or cell.kind is Kind.FORMULA for cell in row.cells.values()):
            continue
        if places is None:
            header = row.number
            places, headings = _places(row, table, sheet, findings)
            continue
        cells = {name: row.cells[at] for name, at in places.items() if at in row.cells}
        if not cells:
            continue
        count += 1
        if count > table.most_rows:
            fault = Fault(
                sheet=sheet,
                row=row.number,
                problem=Problem.TOO_MANY_ROWS,
                facts={"most": table.most_rows},
            )
            findings.add(fault)
            return
        yield Line(
            sheet=sheet,
            row=row.number,
            cells=cells,
            places=places,
            findings=findings,
            headings=headings,
            secret=table.secret,
        )
    if not count and not table.optional:
        findings.add(Fault(sheet=sheet, problem=Problem.NO_ROWS, value=sheet))
    _note_merged(sheet, merged, header=header, findings=findings)


def _key(name: str) -> str:
    return name.strip().casefold()


def _heading(shown: str) -> str:
    return shown.casefold().replace(" ", "_").replace("-", "_")


def _places(
    row: Row, table: Table, sheet: str, findings: Findings
) -> tuple[dict[str, int], dict[str, str]]:
    """Return where each known column stands, and how it is called in the header row."""
    places: dict[str, int] = {}
    headings: dict[str, str] = {}
    known = table.headings()
    for at, cell in sorted(row.cells.items()):
        shown = _header(cell)
        heading = _heading(shown)
        cell_name = f"{column_letters(at)}{row.number}"
        facts: dict[str, object] = {"cell": cell_name}
        if not heading:
            continue
        name, title = known.get(heading, ("", ""))
        if not name:
            problem = Problem.COLUMN_UNKNOWN
        elif name in places:
            problem = Problem.COLUMN_TWICE
            facts["other"] = f"{column_letters(places[name])}{row.number}"
        else:
            places[name], headings[name] = at, title
            continue
        findings.add(
            Fault(
                sheet=sheet,
                row=row.number,
                column=shortened(heading),
                problem=problem,
                value=shortened(shown),
                facts=facts,
            )
        )
    for name in table.columns:
        if name not in places and (name in table.required or name == table.english):
            required = name in table.required
            findings.add(
                Fault(
                    sheet=sheet,
                    row=row.number,
                    column=name,
                    problem=Problem.COLUMN_MISSING if required else Problem.ENGLISH_MISSING,
                    value=name,
                )
            )
    return places, headings


def _header(cell: Cell) -> str:
    try:
        return one_line(cell, longest=_LONGEST_NAME) or ""
    except Unfit:
        return "?"  # a column that cannot be one of ours


def _note_merged(name: str, merged: list[str], *, header: int, findings: Findings) -> None:
    for area in merged:
        first, _, last = area.partition(":")
        if header and _row_of(last or first) >= header:
            findings.add(
                Fault(
                    sheet=name,
                    row=_row_of(first),
                    problem=Problem.MERGED_CELLS,
                    value=shortened(area),
                    facts={"cell": first},
                )
            )


def _row_of(reference: str) -> int:
    digits = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 7):
        raise Unfit(Problem.DAMAGED)
    return int(digits)
