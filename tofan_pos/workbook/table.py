"""Hides where a sheet's columns stand: finds the sheet and its header, and yields its lines."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from tofan_pos.workbook.cells import one_line, written
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
    english: str
    """The column that need not be there, but without which English is missing."""
    most_rows: int


@dataclass(slots=True, kw_only=True)
class Line:
    """One row under its header; what is wrong in it goes to the findings by column."""

    sheet: str
    row: int
    cells: Mapping[str, Cell]
    places: Mapping[str, int]
    findings: Findings
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

    def note(self, column: str, problem: Problem, value: str = "", **facts: object) -> None:
        """Take down a fault or a warning in a column of this line."""
        if column in self.places:
            facts["cell"] = f"{column_letters(self.places[column])}{self.row}"
        fault = Fault(
            sheet=self.sheet,
            row=self.row,
            column=column,
            problem=problem,
            value=shortened(value),
            facts=facts,
        )
        if self.findings.add(fault):
            self.faulty.add(column)


def lines(book: Workbook, table: Table, findings: Findings) -> Iterator[Line]:
    """Yield the lines of a table, and take down what is wrong with its sheet and its columns."""
    found = [(name, part) for name, part in book.sheets if _key(name) == _key(table.name)]
    if len(found) != 1:
        problem = Problem.SHEET_TWICE if found else Problem.SHEET_MISSING
        findings.add(Fault(sheet=table.name, problem=problem, value=table.name))
        return
    merged: list[str] = []
    places: dict[str, int] | None = None
    header = count = 0
    for row in rows(book, found[0][1], merged=merged):
        if not any(cell.text.strip() or cell.kind is Kind.FORMULA for cell in row.cells.values()):
            continue
        if places is None:
            header = row.number
            places = _places(row, table, findings)
            continue
        cells = {name: row.cells[at] for name, at in places.items() if at in row.cells}
        if not cells:
            continue
        count += 1
        if count > table.most_rows:
            fault = Fault(
                sheet=table.name,
                row=row.number,
                problem=Problem.TOO_MANY_ROWS,
                facts={"most": table.most_rows},
            )
            findings.add(fault)
            return
        yield Line(sheet=table.name, row=row.number, cells=cells, places=places, findings=findings)
    if not count:
        findings.add(Fault(sheet=table.name, problem=Problem.NO_ROWS, value=table.name))
    _note_merged(table.name, merged, header=header, findings=findings)


def _key(name: str) -> str:
    return name.strip().casefold()


def _places(row: Row, table: Table, findings: Findings) -> dict[str, int]:
    """Return where each known column stands, by its name in the header row."""
    places: dict[str, int] = {}
    for at, cell in sorted(row.cells.items()):
        shown = _header(cell)
        name = shown.casefold().replace(" ", "_").replace("-", "_")
        cell_name = f"{column_letters(at)}{row.number}"
        facts: dict[str, object] = {"cell": cell_name}
        if not name:
            continue
        if name not in table.columns:
            problem = Problem.COLUMN_UNKNOWN
        elif name in places:
            problem = Problem.COLUMN_TWICE
            facts["other"] = f"{column_letters(places[name])}{row.number}"
        else:
            places[name] = at
            continue
        findings.add(
            Fault(
                sheet=table.name,
                row=row.number,
                column=shortened(name),
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
                    sheet=table.name,
                    row=row.number,
                    column=name,
                    problem=Problem.COLUMN_MISSING if required else Problem.ENGLISH_MISSING,
                    value=name,
                )
            )
    return places


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
