"""Who may do what, as the till itself asks it: every right, in groups, by role."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102, N802

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from tofan_pos.domain.money import baht
from tofan_pos.domain.people import Limits, May, Right, Role
from tofan_pos.sentences.people import right_said, role_said
from tofan_pos.ui.counter.page import Headed
from tofan_pos.ui.counter.wording import percent
from tofan_pos.ui.kit import icons, theme, tokens
from tofan_pos.ui.kit.text import Wrapped, elided
from tofan_pos.words import Words

Table = Mapping[Right, Mapping[Role, May]]

_ORDER = (Role.TRAINEE, Role.CASHIER, Role.SUPERVISOR, Role.SUPPORT)
_SELLING = (Right.SELL, Right.DISCOUNT, Right.DISCOUNT_ABOVE, Right.PRICE_OVERRIDE)
_RETURNS = (
    Right.REFUND,
    Right.REFUND_ABOVE,
    Right.REFUND_WITHOUT_RECEIPT,
    Right.REFUND_OTHER_TILL,
    Right.REFUND_OTHER_TENDER,
    Right.VOID_DOCUMENT,
)
_PAPERS = (Right.REPRINT, Right.REPRINT_AGAIN)
_DAY = (
    Right.OPEN_SESSION,
    Right.CLOSE_SESSION,
    Right.CLOSE_DIFFERENCE,
    Right.ROLL_DATE,
    Right.X_REPORT,
)
_DRAWER = (Right.PAID_IN, Right.PAID_OUT, Right.PICKUP, Right.NO_SALE, Right.CHANGE_DRAWER)
_TILL = (Right.EXPORT, Right.CONNECT, Right.MANAGE_STAFF)
_GROUPED = frozenset((*_SELLING, *_RETURNS, *_PAPERS, *_DAY, *_DRAWER, *_TILL))
_CELL, _LARGE = 92, 125

_STEP = QAbstractSlider.SliderAction
_TURNS = {
    Qt.Key.Key_Up: _STEP.SliderSingleStepSub,
    Qt.Key.Key_Down: _STEP.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: _STEP.SliderPageStepSub,
    Qt.Key.Key_PageDown: _STEP.SliderPageStepAdd,
    Qt.Key.Key_Home: _STEP.SliderToMinimum,
    Qt.Key.Key_End: _STEP.SliderToMaximum,
}


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    rights: tuple[Right, ...]


class RightsPage(Headed):
    """Shows a table of rights; the column of whoever is signed in stands out."""

    def __init__(self) -> None:
        super().__init__()
        self._table: Table = {}
        self._limits, self._mine = Limits(), Role.CASHIER
        self._say: Words | None = None
        self._legend, self._bounds = Wrapped(colour="muted"), Wrapped(colour="muted")
        self._sheet = QWidget()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.addWidget(self._legend)
        self.body.addWidget(self._bounds)
        self.body.addWidget(self._sheet)
        self.body.addStretch(1)

    def show_rights(self, table: Table, *, limits: Limits, mine: Role) -> None:
        """Show what each role may, up to which limits, and which of them is one's own."""
        self._table, self._limits, self._mine = table, limits, mine
        self._fill()

    def take_keyboard(self) -> bool:
        self.setFocus()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the pages of the table by its own keys; any other is the window's."""
        area = self.findChild(QScrollArea)
        if area is None or event.key() not in _TURNS:
            super().keyPressEvent(event)
            return
        area.verticalScrollBar().triggerAction(_TURNS[Qt.Key(event.key())])

    def said(self, right: Right, role: Role) -> str:
        """Return what a cell says, as a screen reader does."""
        found = self._sheet.findChild(_Cell, f"{right.value}.{role.value}")
        return found.accessibleName() if isinstance(found, _Cell) else ""

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("Who may do what"))
        self._fill()

    def dress(self) -> None:
        super().dress()
        self._fill()

    def _fill(self) -> None:
        """Lay the table anew: it is looked at rarely, and seldom twice alike."""
        say = self._say
        if say is None or not self._table:
            return
        self._legend.show_text(
            say(
                "Yes: by themselves. Asks: a supervisor's PIN is asked for on the spot."
                " A dash: not at all."
            )
        )
        self._bounds.show_text(
            say(
                "Limits of this till: discounts up to {percent}, returns up to {refund}, a"
                " difference up to {difference}.",
                percent=f"{percent(self._limits.discount_bp)} %",
                refund=baht(self._limits.refund),
                difference=baht(self._limits.difference),
            )
        )
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 0 if _is_large() else 1)
        for place in range(1, len(_ORDER) + 1):
            grid.setColumnStretch(place, 1 if _is_large() else 0)
        row = 0
        for group in _groups(self._table, say):
            row = self._add_group(grid, row, group, say)
        self.body.replaceWidget(self._sheet, sheet)
        self._sheet.deleteLater()
        self._sheet.hide()
        self._sheet = sheet
        sheet.show()

    def _add_group(self, grid: QGridLayout, row: int, group: _Group, say: Words) -> int:
        title = Wrapped(size=tokens.LEAD, bold=True)
        title.show_text(group.title)
        row = self._place_name(grid, row, title)
        for place, role in enumerate(_ORDER, start=1):
            head = _Cell(role_said(role, say), colour="ink" if role is self._mine else "muted")
            head.stand_out(role is self._mine)
            grid.addWidget(head, row, place)
        rule = QFrame()
        rule.setObjectName("rule")
        grid.addWidget(rule, row + 1, 0, 1, len(_ORDER) + 1)
        row += 2
        for right in group.rights:
            name = Wrapped(middle=True)
            name.show_text(right_said(right, say))
            row = self._place_name(grid, row, name)
            for place, role in enumerate(_ORDER, start=1):
                cell = _cell_of(self._table[right][role], say)
                cell.setObjectName(f"{right.value}.{role.value}")
                cell.stand_out(role is self._mine)
                grid.addWidget(cell, row, place)
            row += 1
        grid.setRowMinimumHeight(row, 16)
        return row + 1

    def _place_name(self, grid: QGridLayout, row: int, name: Wrapped) -> int:
        """Place what a row is about, above its cells where the type is large; return their row."""
        if _is_large():
            grid.addWidget(name, row, 0, 1, len(_ORDER) + 1)
            return row + 1
        grid.addWidget(name, row, 0)
        return row


class _Cell(QWidget):
    """A short word in the middle of its place, with an icon before it where it has one."""

    def __init__(self, text: str, *, icon: str = "", colour: str = "ink", said: str = "") -> None:
        super().__init__()
        self._text, self._icon, self._colour = text, icon, colour
        self._stands_out = False
        self.setAccessibleName(said or text)
        wide = QSizePolicy.Policy.Expanding if _is_large() else QSizePolicy.Policy.Fixed
        self.setSizePolicy(wide, QSizePolicy.Policy.Preferred)

    def stand_out(self, mine: bool) -> None:  # noqa: FBT001 - a state, told
        """Stand on a ground of its own."""
        self._stands_out = mine

    def sizeHint(self) -> QSize:
        return QSize(
            _CELL * min(theme.look().text_percent, _LARGE) // 100,
            theme.line_height(tokens.READ) + 6,
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._stands_out:
            painter.fillRect(self.rect(), theme.colour("chosen"))
        font = theme.font(tokens.SMALL)
        painter.setFont(font)
        painter.setPen(theme.colour(self._colour))
        inside = self.rect().adjusted(4, 0, -4, 0)
        side = theme.icon_size(16) if self._icon else 0
        cut = elided(self._text, font, inside.width() - (side + 4 if side else 0))
        wide = painter.fontMetrics().horizontalAdvance(cut) + (side + 4 if side else 0)
        left = inside.left() + (inside.width() - wide) // 2
        if side:
            top = inside.center().y() - side // 2 + 1
            mark = icons.pixmap(self._icon, colour=self._colour, size=side)
            painter.drawPixmap(left, top, mark)
            left += side + 4
        inside.setLeft(left)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), cut)


def _is_large() -> bool:
    """Tell whether the type is so large that a name and four cells have no room in one row."""
    return theme.look().text_percent > _LARGE


def _cell_of(may: May, say: Words) -> _Cell:
    if may is May.YES:
        return _Cell(say("Yes"), icon="check", colour="good")
    if may is May.ASK:
        return _Cell(say("Asks"), icon="key", colour="indigo")
    return _Cell("–", colour="muted", said=say("Not allowed"))


def _groups(table: Table, say: Words) -> tuple[_Group, ...]:
    """Return every right of a table, in groups; what no group knows stands in the last one."""
    rest = tuple(right for right in table if right not in _GROUPED)
    return (
        _Group(say("Selling"), _SELLING),
        _Group(say("Returns and voids"), _RETURNS),
        _Group(say("Papers"), _PAPERS),
        _Group(say("The day"), _DAY),
        _Group(say("The drawer"), _DRAWER),
        _Group(say("The till"), (*_TILL, *rest)),
    )
