"""The basket's lines as a list: what each is, how many, what it costs; one of them chosen."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102, N802

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from tofan_pos.ui.counter.line_tools import LineTools
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.scroll import by_finger
from tofan_pos.ui.kit.text import clean, elided, tip

_ROUND = 10
_SIDE = 16
_DRAWN = 16
"""So many lines are kept as drawn; fewer are seen at a time."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """One line as worded: its name, what stands under it, its amount, and how many pieces.

    `struck` strikes the amount out, where it no longer counts.
    """

    name: str
    under: str
    amount: str
    off: str
    quantity: int
    single: bool
    struck: bool = False


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Change only what differs, so that only that is drawn anew."""
        old, new = len(self.rows), len(rows)
        if new == old - 1:
            gone = next((i for i in range(new) if self.rows[i] != rows[i]), new)
            self.beginRemoveRows(QModelIndex(), gone, gone)
            del self.rows[gone]
            self.endRemoveRows()
        elif new < old:
            self.beginResetModel()
            self.rows = []
            self.endResetModel()
        kept = len(self.rows)
        for i in range(min(kept, new)):
            if self.rows[i] != rows[i]:
                self.rows[i] = rows[i]
                self.dataChanged.emit(self.index(i), self.index(i))
        if new > kept:
            self.beginInsertRows(QModelIndex(), kept, new - 1)
            self.rows += rows[kept:]
            self.endInsertRows()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{clean(row.name)}, {row.under}, {row.amount}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(clean(row.name))
        return None


class _Painter(QStyledItemDelegate):
    """Draws lines; the words of each are drawn once, since shaping them is what takes the time."""

    def __init__(self, view: "LinesView") -> None:
        super().__init__(view)
        self._view = view
        self._drawn: dict[tuple[Row, int, float], QPixmap] = {}
        self.dress()

    def dress(self) -> None:
        """Take sizes and colours from the look in force."""
        self._drawn.clear()
        self._low = QSize(0, row_height())
        self._high = QSize(0, row_height() + self._view.tools.height() + 8)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._high if index.row() == self._view.chosen else self._low

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place, chosen = index.row(), self._view.chosen
        cell: QRect = option.rect
        if place == chosen:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            card = QRectF(cell).adjusted(6, 1, -6, -1)
            painter.setBrush(theme.colour("chosen"))
            painter.setPen(
                QPen(theme.colour("indigo"), 2) if self._view.hasFocus() else Qt.PenStyle.NoPen
            )
            painter.drawRoundedRect(card, _ROUND, _ROUND)
            painter.restore()
        elif place + 1 != chosen:
            rule = QRect(cell.left() + _SIDE, cell.bottom(), cell.width() - 2 * _SIDE, 1)
            painter.fillRect(rule, theme.colour("line"))
        ratio = self._view.devicePixelRatioF()
        painter.drawPixmap(cell.topLeft(), self._words(self._view.rows[place], cell.width(), ratio))

    def _words(self, row: Row, width: int, ratio: float) -> QPixmap:
        drawn = self._drawn.pop((row, width, ratio), None)
        if drawn is None:
            size = QSize(width, self._low.height())
            drawn = QPixmap(size * ratio)
            drawn.setDevicePixelRatio(ratio)
            drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(drawn)
            _draw_words(painter, QRect(QPoint(0, 0), size), row)
            painter.end()
            while len(self._drawn) >= _DRAWN:
                del self._drawn[next(iter(self._drawn))]
        self._drawn[row, width, ratio] = drawn
        return drawn


def _draw_words(painter: QPainter, cell: QRect, row: Row) -> None:
    strong, small = theme.font(tokens.READ, bold=True), theme.font(tokens.SMALL)
    read, low = theme.line_height(tokens.READ), theme.line_height(tokens.SMALL)
    top = cell.top() + (row_height() - read - low) // 2
    left, right = cell.left() + _SIDE, cell.right() - _SIDE
    side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    before = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    amount = int(QFontMetricsF(strong).horizontalAdvance(row.amount)) + 12
    name = theme.font(tokens.READ)
    if row.struck:
        strong.setStrikeOut(True)
    painter.setPen(theme.colour("muted" if row.struck else "ink"))
    painter.setFont(strong)
    painter.drawText(QRect(right - amount, top, amount, read), side, row.amount)
    painter.setFont(name)
    room = right - amount - left
    cut = elided(clean(row.name), name, room)
    painter.drawText(QRect(left, top, room, read), before, cut)
    painter.setFont(small)
    taken = int(QFontMetricsF(small).horizontalAdvance(row.off)) + 12 if row.off else 0
    if row.off:
        painter.setPen(theme.colour("good"))
        painter.drawText(QRect(right - taken, top + read, taken, low), side, row.off)
    painter.setPen(theme.colour("muted"))
    room = right - taken - left
    cut = elided(clean(row.under), small, room)
    painter.drawText(QRect(left, top + read, room, low), before, cut)


def row_height() -> int:
    """Return a line's height in pixels when it is not chosen."""
    return theme.line_height(tokens.READ) + theme.line_height(tokens.SMALL) + 14


class LinesView(QListView):
    """The lines; the chosen one is taller and carries its tools."""

    def __init__(self, tools: LineTools) -> None:
        super().__init__()
        self.tools = tools
        self.chosen = -1
        self._lines = _Model()
        self.setModel(self._lines)
        self._painter = _Painter(self)
        self.setItemDelegate(self._painter)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAutoScroll(False)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        by_finger(self.viewport())
        tools.setParent(self.viewport())
        tools.hide()
        self.selectionModel().currentRowChanged.connect(self._chosen)
        self.verticalScrollBar().valueChanged.connect(self._place_tools)
        # What fades at the top must not be carried along by what scrolls.
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)

    @property
    def rows(self) -> list[Row]:
        """The lines shown."""
        return self._lines.rows

    def show_rows(self, rows: Sequence[Row], chosen: int) -> None:
        """Show the lines with one of them chosen (none: -1)."""
        self._lines.show_rows(rows)
        index = self._lines.index(chosen) if 0 <= chosen < len(rows) else QModelIndex()
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        self._choose()
        if index.isValid():
            row = rows[chosen]
            self.tools.show_quantity(row.quantity, single=row.single)
            self.scrollTo(index)
        self._place_tools()

    def dress(self) -> None:
        """Take sizes from the look in force."""
        self.tools.dress()
        self._painter.dress()
        self._lay_out()
        self._place_tools()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        # It takes what room there is; a hint of its own would make pages scroll that need not.
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.verticalScrollBar().value():
            return
        # Lines go on above: they fade there, or half a line of type would look broken.
        fade = QLinearGradient(0, 0, 0, theme.line_height(tokens.READ))
        full, none = theme.colour("raised"), theme.colour("raised")
        none.setAlpha(0)
        fade.setColorAt(0.3, full)
        fade.setColorAt(1, none)
        painter = QPainter(self.viewport())
        painter.fillRect(0, 0, self.viewport().width(), int(fade.finalStop().y()), fade)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.executeDelayedItemsLayout()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self._place_tools()

    def _choose(self) -> None:
        """Let the chosen line be the tall one."""
        row = self.currentIndex().row()
        if row != self.chosen:
            self.chosen = row
            self._lay_out()

    def _lay_out(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()

    def _chosen(self) -> None:
        self._choose()
        self._place_tools()

    def _place_tools(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            self.tools.hide()
            return
        cell = self.visualRect(index)
        size = QSize(cell.width() - 2 * _SIDE, self.tools.height())
        self.tools.setGeometry(QRect(QPoint(cell.left() + _SIDE, cell.top() + row_height()), size))
        self.tools.show()
