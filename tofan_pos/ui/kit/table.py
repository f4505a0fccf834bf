"""A table to read, put in order, search and copy from, by mouse, finger or keys alone."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.grid import Grid, GridRow, Heading, Index
from tofan_pos.ui.kit.scroll import by_finger
from tofan_pos.ui.kit.text import clean, elided

_SIDE, _ARROW = 12, 5
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def _side(*, right: bool) -> Qt.AlignmentFlag:
    return _MIDDLE | (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)


class _Painter(QStyledItemDelegate):
    """Draws cells: words at the left, figures at the right, the chosen row on its own ground."""

    def __init__(self, view: "Table") -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place: QRect = option.rect
        grid = self._view.grid
        cell, heading = grid.cell(index), grid.headings[index.column()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(place, theme.colour("chosen"))
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, theme.colour("line"))
        if chosen and self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            painter.setPen(QPen(theme.colour("indigo"), 2))
            painter.drawLine(place.left(), place.top() + 1, place.right() + 1, place.top() + 1)
            painter.drawLine(place.left(), place.bottom(), place.right() + 1, place.bottom())
        font = theme.font(tokens.READ, bold=cell.strong)
        painter.setFont(font)
        painter.setPen(theme.colour(cell.tone))
        inside = place.adjusted(_SIDE, 0, -_SIDE, 0)
        text = elided(clean(cell.text), font, inside.width() + 1)
        painter.drawText(inside, int(_side(right=heading.right)), text)
        painter.restore()


class _Head(QHeaderView):
    """The headings; the one the rows are in order of bears an arrow."""

    def __init__(self, view: "Table") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def sizeHint(self) -> QSize:
        return QSize(0, theme.target())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        heading = self._view.grid.headings[logicalIndex]
        by, down = self._view.grid.order
        painter.save()
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        mine = by == logicalIndex
        font = theme.font(tokens.SMALL, bold=True)
        painter.setFont(font)
        painter.setPen(theme.colour("ink" if mine else "muted"))
        inside = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        if mine:
            inside = self._draw_arrow(painter, inside, down=down, right=heading.right)
        text = elided(heading.name, font, inside.width() + 1)
        painter.drawText(inside, int(_side(right=heading.right)), text)
        painter.restore()

    @staticmethod
    def _draw_arrow(painter: QPainter, inside: QRect, *, down: bool, right: bool) -> QRect:
        """Draw the arrow beside the words, away from the figures' edge."""
        half, middle = _ARROW, inside.center().y() + 1
        left = inside.left() + half if right else inside.right() - half
        tip_y, base_y = (middle + 3, middle - 2) if down else (middle - 3, middle + 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("indigo"), 2)
        painter.save()
        painter.setPen(pen)
        painter.drawLine(left - half + 1, base_y, left, tip_y)
        painter.drawLine(left, tip_y, left + half - 1, base_y)
        painter.restore()
        gone = 2 * half + 4
        return inside.adjusted(gone if right else 0, 0, 0 if right else -gone, 0)


class Table(QTableView):
    """Shows a grid. `chosen` carries the key of the row that is chosen, empty for none.

    Shift ← → chooses the column the rows are in order of, Shift ↑ ↓ which end is on top; Ctrl C
    copies the chosen row.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("table")
        self.grid = Grid(self)
        self._key = ""
        self.setModel(self.grid)
        self.setItemDelegate(_Painter(self))
        self._head = _Head(self)
        self.setHorizontalHeader(self._head)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        by_finger(self)
        self._head.sectionClicked.connect(self._clicked)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._light(now.row()))
        self.grid.modelReset.connect(self._find_again)

    @property
    def key(self) -> str:
        """What the chosen row is known by, empty where none is."""
        return self._key

    def fill(self, headings: Sequence[Heading], rows: Sequence[GridRow]) -> None:
        """Show other rows; the one that was chosen stays chosen where it is still there."""
        fresh = tuple(headings) != self.grid.headings
        self.grid.fill(headings, rows)
        if fresh:
            self.fit()

    def choose(self, key: str) -> None:
        """Choose the row known by a key."""
        row = self.grid.row_of(key)
        if row >= 0:
            self.selectRow(row)

    def copy_all(self) -> str:
        """Put every row shown on the clipboard, headings on top; return what was put there."""
        text = self.grid.as_text(range(len(self.grid.lines)))
        QApplication.clipboard().setText(text)
        return text

    def fit(self) -> None:
        """Give the columns their widths: what is left over is shared by those that hold words."""
        self.verticalHeader().setDefaultSectionSize(theme.target())
        headings = self.grid.headings
        if not headings:
            return
        bold = QFontMetricsF(theme.font(tokens.SMALL, bold=True))
        scale = theme.look().px(tokens.READ) / tokens.READ
        widths = [
            max(int(one.width * scale), int(bold.horizontalAdvance(one.name)) + 2 * _SIDE + 16)
            for one in headings
        ]
        spare = self.viewport().width() - sum(widths)
        words = [at for at, one in enumerate(headings) if not one.right] or [0]
        for at, wide in enumerate(widths):
            more = spare // len(words) if spare > 0 and at in words else 0
            self.setColumnWidth(at, wide + more)

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self._head.setFixedHeight(theme.target())
        self.fit()
        self.viewport().update()

    # --- Qt's own -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = [at for at in (self.currentIndex().row(),) if at >= 0]
            QApplication.clipboard().setText(self.grid.as_text(rows))
            return
        by, down = self.grid.order
        last = len(self.grid.headings) - 1
        if event.modifiers() == Qt.KeyboardModifier.ShiftModifier and last >= 0:
            moves = {
                Qt.Key.Key_Left: (max(by - 1, 0), down),
                Qt.Key.Key_Right: (min(by + 1, last), down),
                Qt.Key.Key_Up: (by, False),
                Qt.Key.Key_Down: (by, True),
            }
            if Qt.Key(event.key()) in moves:
                self._order(*moves[Qt.Key(event.key())])
                return
        if event.text().isprintable() and event.text() and not event.modifiers():
            # Letters belong to the field that narrows the table down.
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _clicked(self, column: int) -> None:
        by, down = self.grid.order
        self._order(column, not down if column == by else False)

    def _order(self, by: int, down: bool) -> None:  # noqa: FBT001 - both make one order
        self.grid.put_in_order(by, down=down)
        self._head.viewport().update()
        self.scrollTo(self.grid.index(max(self.currentIndex().row(), 0), by))

    def _light(self, row: int) -> None:
        key = self.grid.lines[row].key if 0 <= row < len(self.grid.lines) else ""
        if key and key != self._key:
            self._key = key
            self.chosen.emit(key)

    def _find_again(self) -> None:
        """Choose the same row again among those shown now, else the first."""
        rows = len(self.grid.lines)
        row = self.grid.row_of(self._key)
        if row < 0 and rows:
            row = 0
        if row >= 0:
            index = self.grid.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self._light(row)
        elif self._key:
            self._key = ""
            self.chosen.emit("")
