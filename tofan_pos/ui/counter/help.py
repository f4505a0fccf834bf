"""All keys on one page, beside the basket; nothing waits while it is open."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tofan_pos.ui.counter.bindings import Listed, listed
from tofan_pos.ui.counter.page import Headed
from tofan_pos.ui.kit.text import Line, Wrapped
from tofan_pos.words import Words


class HelpPage(Headed):
    """Lists the keys, in groups."""

    def __init__(self) -> None:
        super().__init__()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._scroll, 1)

    def reword(self, say: Words) -> None:
        super().reword(say)
        self.heading.show_text(say("Every key"))
        self._scroll.setAccessibleName(say("Every key"))
        groups = listed(say)
        widest = max(_key(row).sizeHint().width() for _, rows in groups for row in rows)
        selling, paying, after, day = (_group(title, rows, widest) for title, rows in groups)
        sheet = QWidget()
        row = QHBoxLayout(sheet)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(32)
        for stacked in ((selling, after), (paying, day)):
            column = QVBoxLayout()
            column.setSpacing(16)
            for group in stacked:
                column.addWidget(group)
            column.addStretch(1)
            row.addLayout(column, 1)
        self._scroll.setWidget(sheet)


def _key(row: Listed) -> Line:
    key = Line(row.key, role="key")
    key.setAlignment(Qt.AlignmentFlag.AlignCenter)
    key.ensurePolished()
    return key


def _group(title: str, rows: tuple[Listed, ...], widest: int) -> QWidget:
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, widest)
    grid.setColumnStretch(1, 1)
    grid.addWidget(Line(title, role="muted"), 0, 0, 1, 2)
    for y, row in enumerate(rows, start=1):
        key = _key(row)
        does = Wrapped()
        does.show_text(row.does)
        grid.addWidget(key, y, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(does, y, 1)
    return group
