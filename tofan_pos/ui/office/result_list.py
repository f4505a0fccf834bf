"""What became of each file, newest first: an icon, the file's name, and the sentence about it."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, B008, D102, N802

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tofan_pos.ui.kit import icons, theme, tokens
from tofan_pos.ui.kit.grid import Index
from tofan_pos.ui.kit.scroll import by_finger
from tofan_pos.ui.kit.text import clean, draw_lines, elided, elided_before, lines, tip
from tofan_pos.ui.office.result_words import Told

_SIDE, _PAD, _ICON = 16, 12, 24
_MOST = 4
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file as it is shown: its name, the folder it came from, when, and what is told of it."""

    name: str
    folder: str
    at: str
    told: Told

    @property
    def as_text(self) -> str:
        """The whole of it on one line, to be read aloud or pasted."""
        return " – ".join(filter(None, (self.name, self.told.happened, self.told.do)))


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; those that only came on top leave the others where they are."""
        fresh = len(entries) - len(self.entries)
        if fresh > 0 and list(entries[fresh:]) == self.entries:
            self.beginInsertRows(QModelIndex(), 0, fresh - 1)
            self.entries = list(entries)
            self.endInsertRows()
        elif list(entries) != self.entries:
            self.beginResetModel()
            self.entries = list(entries)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return clean(entry.as_text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(clean(f"{entry.folder}/{entry.name}"))
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, view: "ResultList") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = self._view.entries[index.row()]
        wide = self._view.viewport().width() - self._words_left() - _SIDE
        font, rows = theme.font(tokens.READ), 1
        for text in filter(None, (entry.told.happened, entry.told.do)):
            rows += len(lines(clean(text), font, wide, most=_MOST))
        return QSize(0, rows * theme.line_height(tokens.READ) + 2 * _PAD)

    @staticmethod
    def _words_left() -> int:
        return _SIDE + theme.icon_size(_ICON) + 12

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place: QRect = option.rect
        entry = self._view.entries[index.row()]
        painter.save()
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, theme.colour("line"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(theme.colour("chosen"))
            painter.setPen(QPen(theme.colour("indigo"), 2))
            painter.drawRoundedRect(place.adjusted(2, 2, -2, -3), 8, 8)
        side, tall = theme.icon_size(_ICON), theme.line_height(tokens.READ)
        top = place.top() + _PAD
        mark = icons.pixmap(entry.told.icon, colour=entry.told.tone, size=side)
        painter.drawPixmap(place.left() + _SIDE, top + (tall - side) // 2, mark)
        left = place.left() + self._words_left()
        inside = QRect(left, top, place.right() - _SIDE - left, tall)
        self._draw_name(painter, inside, entry)
        font = theme.font(tokens.READ)
        painter.setFont(font)
        under = QRect(left, top + tall, inside.width(), place.bottom() - _PAD - top - tall + 2)
        painter.setPen(theme.colour(entry.told.tone if entry.told.tone == "wrong" else "ink"))
        drawn = draw_lines(painter, clean(entry.told.happened), under, size=tokens.READ, most=_MOST)
        if entry.told.do:
            painter.setPen(theme.colour("ink"))
            under.setTop(under.top() + drawn * tall)
            draw_lines(painter, clean(entry.told.do), under, size=tokens.READ, most=_MOST)
        painter.restore()

    @staticmethod
    def _draw_name(painter: QPainter, inside: QRect, entry: Entry) -> None:
        """Draw the file's name, after it the folder while there is room, the time at the right."""
        small, bold = theme.font(tokens.SMALL), theme.font(tokens.READ, bold=True)
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(inside, int(_RIGHT), entry.at)
        room = inside.adjusted(0, 0, -int(QFontMetricsF(small).horizontalAdvance(entry.at)) - 16, 0)
        name = elided(clean(entry.name), bold, room.width())
        taken = int(QFontMetricsF(bold).horizontalAdvance(name)) + 12
        if room.width() - taken > 96:
            rest = room.adjusted(taken, 0, 0, 0)
            cut = elided_before(clean(entry.folder), small, rest.width())
            painter.drawText(rest, int(_LEFT), cut)
        painter.setFont(bold)
        painter.setPen(theme.colour("ink"))
        painter.drawText(room, int(_LEFT), name)


class ResultList(QListView):
    """Shows what became of files. Ctrl C copies the one the keyboard is on."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("results")
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        by_finger(self)

    @property
    def entries(self) -> list[Entry]:
        """What it shows, from the top."""
        return self._model.entries

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these, the first on top."""
        self._model.show_entries(entries)

    @property
    def as_text(self) -> str:
        """All that it shows, a line for each file."""
        return "\n".join(entry.as_text for entry in self.entries)

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            row = self.currentIndex().row()
            if row >= 0:
                QApplication.clipboard().setText(self.entries[row].as_text)
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
