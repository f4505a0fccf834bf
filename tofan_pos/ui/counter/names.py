"""The people of a till as large tiles, one chosen; whoever is shut out shows how long for."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102, N802

from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tofan_pos.domain.people import Staff
from tofan_pos.sentences.people import role_said
from tofan_pos.ui.kit import icons, theme, tokens
from tofan_pos.ui.kit.flow import Flow
from tofan_pos.ui.kit.scroll import scrolled
from tofan_pos.ui.kit.text import elided, tip
from tofan_pos.words import Words

_TICK_MS = 500
_WIDE, _TALL, _ROUND, _ICON, _GAP = 208, 72, 10, 28, 8

_BAR = 12
"""As wide as a scroll bar."""


def _seconds() -> int:
    return int(monotonic())


def wait_said(seconds: int) -> str:
    """Write how long somebody is still shut out: 0:30, 14:59."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02d}"


class NameTiles(QWidget):
    """Tiles of people. `chosen` with a code or nothing; `freed` when a wait is over.

    `counted` when somebody's wait has become another.
    """

    chosen = Signal(str)
    freed = Signal(str)
    counted = Signal()

    def __init__(self, *, seconds: Callable[[], int] = _seconds) -> None:
        super().__init__()
        self._seconds = seconds
        self._say: Words | None = None
        self._staff: tuple[Staff, ...] = ()
        self._tiles: list[_NameTile] = []
        self._until: dict[str, int] = {}
        self._group = QButtonGroup(self)
        self._code = ""
        self._inside = QWidget()
        self._flow = Flow(self._inside, gap=_GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        area = scrolled(self._inside)
        # As tall as there is room, not as there are people: the page around it stays put.
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        column.addWidget(area)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(2 * _TALL + _GAP)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.look)

    @property
    def code(self) -> str:
        """Whose tile is chosen; empty where none is."""
        return self._code

    @property
    def codes(self) -> list[str]:
        """Whose tiles there are, in their order."""
        return [person.code for person in self._staff]

    def tile(self, code: str) -> QPushButton:
        """Return somebody's tile."""
        return self._tiles[self.codes.index(code)]

    def left(self, code: str) -> int:
        """Return for how many seconds more somebody is shut out."""
        return max(0, self._until[code] - self._seconds()) if code in self._until else 0

    def show_people(self, staff: Sequence[Staff], *, choose: str = "") -> None:
        """Show these people; one is chosen where they are told, or where there is but one.

        Waits shown before are forgotten: somebody may have a new PIN since.
        """
        self._staff = tuple(staff)
        self._until.clear()
        self._tick.stop()
        while len(self._tiles) < len(staff):
            self._tiles.append(self._add_tile(len(self._tiles)))
        self._widen()
        for place, tile in enumerate(self._tiles):
            tile.setVisible(place < len(staff))
        if len(staff) == 1:
            choose = staff[0].code
        self._code = choose if choose in self.codes else ""
        self._draw()

    def choose(self, code: str) -> None:
        """Choose somebody."""
        self._code = code if code in self.codes else ""
        self._draw()
        self.chosen.emit(self._code)

    def step(self, by: int) -> None:
        """Choose the next one, or the one before; from nobody, the first or the last."""
        codes = self.codes
        if codes:
            at = codes.index(self._code) if self._code else (-1 if by > 0 else 0)
            self.choose(codes[(at + by) % len(codes)])

    def shut_out(self, code: str, seconds: int) -> None:
        """Count down how long somebody is shut out."""
        self._until[code] = self._seconds() + seconds
        self._tick.start()
        self._draw()
        self.counted.emit()

    def look(self) -> None:
        """Show how long it still is for everybody who waits."""
        over = [code for code in self._until if not self.left(code)]
        for code in over:
            del self._until[code]
        if not self._until:
            self._tick.stop()
        self._draw()
        self.counted.emit()
        for code in over:
            self.freed.emit(code)

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        self._inside.setAccessibleName(say("Names"))
        self._draw()

    def dress(self) -> None:
        """Take sizes from the look in force."""
        self._widen()
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()

    def _widen(self) -> None:
        """Let the tiles of a row share all of its width."""
        columns = max(1, (self.width() - _BAR + _GAP) // (theme.icon_size(_WIDE) + _GAP))
        rows = -(-len(self._staff) // columns)
        tall = self._tiles[0].sizeHint().height() + _GAP if self._tiles else 0
        room = self.width() - (_BAR if rows * tall - _GAP > self.height() else 0)
        wide = (room - (columns - 1) * _GAP) // columns
        for tile in self._tiles:
            tile.widen(wide)
        self._flow.invalidate()

    def _add_tile(self, place: int) -> "_NameTile":
        tile = _NameTile()
        tile.clicked.connect(partial(self._press, place))
        self._group.addButton(tile)
        self._flow.addWidget(tile)
        return tile

    def _press(self, place: int, _: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's own
        self.choose(self._staff[place].code)

    def _draw(self) -> None:
        if self._say is None:
            return
        # An exclusive group never lets go of the last one that was chosen.
        self._group.setExclusive(False)
        for person, tile in zip(self._staff, self._tiles, strict=False):
            left = self.left(person.code)
            below = (
                self._say("Wait {time}", time=wait_said(left))
                if left
                else " · ".join((role_said(person.role, self._say), person.code))
            )
            tile.put(person.name, below=below, waits=bool(left))
            tile.setChecked(person.code == self._code)
        self._group.setExclusive(bool(self._code))


class _NameTile(QPushButton):
    """A name and what is below it, the chosen one in indigo."""

    def __init__(self) -> None:
        super().__init__()
        self._below, self._waits = "", False
        self._wide = _WIDE
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def put(self, name: str, *, below: str, waits: bool) -> None:
        """Set who it is."""
        self.setText(name)
        self._below, self._waits = below, waits
        self.setAccessibleName(f"{name}, {below}")
        self.setToolTip(tip(name))
        self.update()

    def widen(self, wide: int) -> None:
        """Be so many pixels wide."""
        self._wide = max(wide, _WIDE // 2)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        tall = theme.line_height(tokens.LEAD) + theme.line_height(tokens.SMALL) + 16
        return QSize(self._wide, max(_TALL, tall))

    def minimumSizeHint(self) -> QSize:
        return QSize(_WIDE // 2, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        picked = self.isChecked()
        lit = self.isDown() or self.underMouse()
        ground = "indigo" if picked else "chosen" if lit else "sunken" if self._waits else "raised"
        edge = "ink" if self.hasFocus() else "indigo" if picked or self.isDown() else "line"
        painter.setBrush(theme.colour(ground))
        painter.setPen(QPen(theme.colour(edge), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        ink = "on_indigo" if picked else "muted" if self._waits else "ink"
        side = theme.icon_size(_ICON)
        inside = self.rect().adjusted(12, 8, -12, -8)
        mark = icons.pixmap("person", colour="on_indigo" if picked else "indigo", size=side)
        painter.drawPixmap(inside.left(), inside.center().y() - side // 2 + 1, mark)
        inside.setLeft(inside.left() + side + 8)
        low = theme.line_height(tokens.SMALL)
        name, under = inside.adjusted(0, 0, 0, -low), QRect(inside)
        under.setTop(inside.bottom() - low + 1)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        font = theme.font(tokens.LEAD, bold=True)
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        painter.drawText(name, left, elided(self.text(), font, name.width()))
        font = theme.font(tokens.SMALL, bold=self._waits)
        painter.setFont(font)
        quiet = "on_indigo" if picked else "wrong" if self._waits else "muted"
        painter.setPen(theme.colour(quiet))
        painter.drawText(under, left, elided(self._below, font, under.width()))
