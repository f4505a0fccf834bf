"""The shelf's categories in one column beside the tiles: favourites first."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, FBT003, N802

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tofan_pos.counter.shelf import Category
from tofan_pos.ui.kit import icons, theme, tokens
from tofan_pos.ui.kit.scroll import by_finger
from tofan_pos.ui.kit.text import clean, draw_lines, lines, tip
from tofan_pos.words import Words

WIDTH = 152
_SIDE = 12
_STAR = 20
_ROUND = 10

Index = QModelIndex | QPersistentModelIndex


class _Painter(QStyledItemDelegate):
    """Draws a category in up to two lines; the first row carries a star."""

    def __init__(self, rail: "Rail") -> None:
        super().__init__(rail)
        self._rail = rail

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        wide = option.rect.width() - 2 * _SIDE
        broken = lines(str(index.data()), theme.font(tokens.READ), wide, most=2)
        tall = max(1, len(broken)) * theme.line_height(tokens.READ) + 14
        return QSize(0, max(theme.target(), tall) + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = option.state
        cell: QRect = option.rect.adjusted(0, 2, 0, -2)
        chosen = bool(state & QStyle.StateFlag.State_Selected) and not self._rail.resting
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or hovered:
            painter.setBrush(theme.colour("indigo" if chosen else "chosen"))
            painter.setPen(QPen(theme.colour("ink"), 3) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        ink = "on_indigo" if chosen else "ink"
        inside = cell.adjusted(_SIDE, 0, -_SIDE, 0)
        if index.row() == 0:
            top = cell.center().y() - _STAR // 2 + 1
            painter.drawPixmap(inside.left(), top, icons.pixmap("star", colour=ink, size=_STAR))
            inside.setLeft(inside.left() + _STAR + 8)
        font = theme.font(tokens.READ, bold=chosen)
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        text = str(index.data())
        broken = lines(text, font, inside.width(), most=2)
        tall = len(broken) * theme.line_height(tokens.READ)
        inside.setTop(cell.top() + (cell.height() - tall) // 2)
        draw_lines(painter, text, inside, size=tokens.READ, most=2)
        painter.restore()


class Rail(QListWidget):
    """Emits `chosen` with a category, or None for the favourites."""

    chosen = Signal(object)
    entered_tiles = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.resting = False
        self.setItemDelegate(_Painter(self))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        by_finger(self.viewport())
        self._categories: list[Category] = []
        self.currentRowChanged.connect(self._changed)
        self.itemClicked.connect(lambda _: self._changed(self.currentRow()))

    def fill(self, categories: list[Category], say: Words) -> None:
        """Show the categories in a language; what was chosen stays so."""
        row = max(self.currentRow(), 0)
        self._categories = categories
        names = [say("Favourites"), *(category.name(say.language) for category in categories)]
        self.blockSignals(True)
        self.clear()
        for name in names:
            item = QListWidgetItem(clean(name))
            item.setToolTip(tip(item.text()))
            self.addItem(item)
        self.setCurrentRow(min(row, len(names) - 1))
        self.blockSignals(False)
        self.setAccessibleName(say("Categories"))

    def current(self) -> Category | None:
        """Return the chosen category, or None for the favourites."""
        row = self.currentRow()
        return self._categories[row - 1] if 0 < row <= len(self._categories) else None

    def rest(self, *, resting: bool) -> None:
        """Show no category as chosen while something else fills the tiles."""
        if resting != self.resting:
            self.resting = resting
            self.viewport().update()

    def dress(self) -> None:
        """Take sizes from the look in force."""
        more = theme.look().text_percent - 100
        self.setFixedWidth(WIDTH + WIDTH * more // 200)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered_tiles.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _changed(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(self.current())
