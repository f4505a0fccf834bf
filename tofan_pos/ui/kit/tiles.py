"""A wall of tiles with pictures: drawn, not built of widgets, so that hundreds cost as few."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102, N802

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tofan_pos.ui.kit import icons, theme, tokens
from tofan_pos.ui.kit.scroll import by_finger
from tofan_pos.ui.kit.text import clean, draw_lines, tip

_GAP = 8
_WIDTH = 148
_ROUND = 10
_MARK = 32
_SHAPE = (148, 88)
"""Width and height of a picture, as they are made for the catalogue."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile shows, and the thing it stands for."""

    thing: Any
    title: str
    price: str
    picture: str = ""


Draw = Callable[[Any, QSize], QPixmap | None]
"""Gives the picture of a tile's thing at a size in pixels, or None until it is there."""


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.tiles: list[Tile] = []

    def fill(self, tiles: Sequence[Tile]) -> None:
        self.beginResetModel()
        self.tiles = list(tiles)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.tiles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        tile = self.tiles[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{clean(tile.title)}, {tile.price}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(clean(tile.title))
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, view: "TileView", draw: Draw) -> None:
        super().__init__(view)
        self._view, self._draw = view, draw

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tile = self._view.tiles[index.row()]
        state = option.state
        cell: QRect = option.rect
        card = cell.adjusted(0, 0, -_GAP, -_GAP)
        lit = self._view.highlights and self._view.currentIndex() == index
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillPath(shape, theme.colour("chosen" if lit or hovered else "raised"))
        top = QRect(card.left(), card.top(), card.width(), picture_height(card.width()))
        self._picture(painter, shape, top, tile)
        painter.setPen(QPen(theme.colour("indigo" if lit else "line"), 3 if lit else 1))
        painter.drawPath(shape)
        painter.setFont(theme.font(tokens.SMALL))
        painter.setPen(theme.colour("ink"))
        words = QRect(
            card.left() + 9, top.bottom() + 4, card.width() - 18, card.bottom() - top.bottom() - 4
        )
        draw_lines(painter, clean(tile.title), words, size=tokens.SMALL, most=_rows())
        painter.restore()

    def _picture(self, painter: QPainter, shape: QPainterPath, top: QRect, tile: Tile) -> None:
        painter.save()
        painter.setClipPath(shape)
        painter.setClipRect(top, Qt.ClipOperation.IntersectClip)
        picture = self._draw(tile.thing, top.size())
        if picture is None:
            painter.fillRect(top, theme.colour("sunken"))
            mark = QRect(0, 0, _MARK, _MARK)
            mark.moveCenter(top.center())
            painter.drawPixmap(mark, icons.pixmap("basket", colour="line", size=_MARK))
        else:
            painter.drawPixmap(top.topLeft(), picture)
        painter.setClipping(False)
        font = theme.font(tokens.SMALL, bold=True)
        painter.setFont(font)
        wide = QFontMetricsF(font).horizontalAdvance(tile.price) + 14
        tall = theme.line_height(tokens.SMALL)
        pill = QRectF(top.right() - wide - 5, top.bottom() - tall - 4, wide, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(pill, 6, 6)
        painter.setPen(theme.colour("ink"))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), tile.price)
        painter.restore()


def picture_height(width: int) -> int:
    """Return how tall a picture is at a width."""
    return width * _SHAPE[1] // _SHAPE[0]


class TileView(QListView):
    """Shows tiles; emits `chosen` with a tile's thing when one is pressed or entered."""

    chosen = Signal(object)
    left = Signal()
    lit = Signal(object)

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self.highlights = False
        self._tiles = _Model()
        self.setModel(self._tiles)
        self.setItemDelegate(_Painter(self, draw))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._choose)
        by_finger(self.viewport())

    @property
    def tiles(self) -> list[Tile]:
        """The tiles shown, in order."""
        return self._tiles.tiles

    @property
    def columns(self) -> int:
        """How many tiles stand side by side."""
        return max(2, round(self._room() / (_scaled(_WIDTH) + _GAP)))

    def show_tiles(self, tiles: Sequence[Tile], *, highlight: bool = False) -> None:
        """Show other tiles from the top, the first one highlighted or none."""
        self.highlights = highlight
        self._tiles.fill(tiles)
        self._set_grid()
        if tiles:
            self.setCurrentIndex(self._tiles.index(0))
        self.scrollToTop()
        self.lit.emit(self.highlighted())

    def highlighted(self) -> Any | None:
        """Return the highlighted tile's thing."""
        row = self.currentIndex().row()
        return self.tiles[row].thing if self.highlights and 0 <= row < len(self.tiles) else None

    def move(self, by: int) -> None:  # type: ignore[override]  # a tile's step, not a widget's
        """Move the highlight by a number of tiles."""
        if self.tiles:
            row = min(max(self.currentIndex().row() + by, 0), len(self.tiles) - 1)
            self.highlights = True
            self.setCurrentIndex(self._tiles.index(row))
            self.viewport().update()
            self.lit.emit(self.highlighted())

    def redraw(self, picture: str, size: QSize) -> None:
        """Draw the tiles anew that show a picture which has come, if it came at their size."""
        width = self.gridSize().width() - _GAP
        if size != QSize(width, picture_height(width)):
            return
        for row, tile in enumerate(self.tiles):
            if tile.picture == picture:
                self.update(self._tiles.index(row))

    def dress(self) -> None:
        """Take sizes from the look in force."""
        self._set_grid()
        self.viewport().update()

    def step_of(self, event: QKeyEvent) -> int | None:
        """Return by how many tiles an arrow key moves, or None for any other key."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        return {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self.columns,
            Qt.Key.Key_Down: self.columns,
        }.get(Qt.Key(event.key()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self.step_of(event)
        if step is not None:
            self.move(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_grid()
        super().resizeEvent(event)

    def _room(self) -> int:
        bar = 12
        return max(self.width() - bar, 2 * _WIDTH)

    def _set_grid(self) -> None:
        wide = (self._room() - 2) // self.columns
        words = _rows() * theme.line_height(tokens.SMALL) + 10
        self.setGridSize(QSize(wide, picture_height(wide - _GAP) + words + _GAP))

    def _choose(self, index: Index) -> None:
        if index.isValid():
            self.chosen.emit(self.tiles[index.row()].thing)


def _rows() -> int:
    """How many lines a name may take: large type leaves fewer letters in each."""
    return 2 if theme.look().text_percent <= 125 else 3


def _scaled(width: int) -> int:
    return width * (100 + theme.look().text_percent) // 200
