"""What a table holds: rows of cells, put in order and narrowed down; no widget knows how."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: B008, D102, N802

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tofan_pos.thai.folding import fold_loose
from tofan_pos.ui.kit.text import clean, tip

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in a cell. `order` is what rows are put in order by; `tone` a colour's token."""

    text: str
    order: str | int | float = ""
    tone: str = "ink"
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column: its name, its least width in pixels at 100 %, and on which side its words stand."""

    name: str
    width: int
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A row: what it is known by, and a cell for each column."""

    key: str
    cells: tuple[Cell, ...]


class Grid(QAbstractTableModel):
    """Rows as they are shown: those that hold every word asked for, in the order asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headings: tuple[Heading, ...] = ()
        self._all: tuple[GridRow, ...] = ()
        self._lines: tuple[GridRow, ...] = ()
        self._by, self._down, self._asked = 0, False, ""

    @property
    def lines(self) -> tuple[GridRow, ...]:
        """The rows shown, from the top."""
        return self._lines

    @property
    def of(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    @property
    def order(self) -> tuple[int, bool]:
        """Which column the rows are in order of, and whether the largest is on top."""
        return self._by, self._down

    def fill(self, headings: Sequence[Heading], lines: Sequence[GridRow]) -> None:
        """Show other rows, in the order and as narrowed down as before."""
        if (tuple(headings), tuple(lines)) == (self.headings, self._all):
            return
        self.headings, self._all = tuple(headings), tuple(lines)
        self._arrange()

    def narrow(self, asked: str) -> None:
        """Show only the rows in which every word asked for stands."""
        if asked != self._asked:
            self._asked = asked
            self._arrange()

    def put_in_order(self, by: int, *, down: bool) -> None:
        """Put the rows in order of a column."""
        if (by, down) != (self._by, self._down):
            self._by, self._down = by, down
            self._arrange()

    def row_of(self, key: str) -> int:
        """Return where the row known by a key is shown, or -1."""
        return next((at for at, line in enumerate(self._lines) if line.key == key), -1)

    def as_text(self, rows: Sequence[int]) -> str:
        """Return rows as text to be pasted: headings on top, tabs between the columns."""
        table = [[heading.name for heading in self.headings]]
        table += [[cell.text for cell in self._lines[row].cells] for row in rows]
        return "\n".join("\t".join(row) for row in table)

    def _arrange(self) -> None:
        self.beginResetModel()
        words = fold_loose(self._asked).split()
        kept = [line for line in self._all if all(word in _folded(line) for word in words)]
        kept.sort(key=self._order_of, reverse=self._down)
        self._lines = tuple(kept)
        self.endResetModel()

    def _order_of(self, line: GridRow) -> tuple[bool, str | int | float]:
        order = line.cells[self._by].order if self._by < len(line.cells) else ""
        # Numbers and words never meet in one column, but an empty cell may stand among either.
        return (order != "", order if order != "" else 0)

    # --- Qt's own -------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def cell(self, index: Index) -> Cell:
        """Return what stands at a place."""
        return self._lines[index.row()].cells[index.column()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell, heading = self.cell(index), self.headings[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{heading.name}: {cell.text}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(clean(cell.text))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        across = orientation == Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole and section < len(self.headings):
            return self.headings[section].name
        return None


def _folded(line: GridRow) -> str:
    return fold_loose(" ".join(cell.text for cell in line.cells))
