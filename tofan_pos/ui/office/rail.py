"""The quiet rail at the left: a word and an icon for each room, and how the window looks."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102, N802

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout

from tofan_pos.ui.kit import icons, theme, tokens
from tofan_pos.ui.kit.keys import QuietButton
from tofan_pos.ui.kit.text import Elided, elided
from tofan_pos.ui.office.rooms import RoomKind
from tofan_pos.words import Words

_ICON, _SIDE, _BAR, _ROUND = 24, 16, 4, 10
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RailKey(QPushButton):
    """A room's key: icon, word, and how many things wait there for a person."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon, self._waiting, self._hint = icon, 0, ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, text: str, *, hint: str, waiting_said: str) -> None:
        """Set its word, its key of the keyboard, and how what waits there is said."""
        self._hint = hint
        self.setText(text)
        waits = f", {waiting_said}" if self._waiting else ""
        self.setAccessibleName(f"{text}{waits} ({hint})")
        self.setToolTip(f"{text} ({hint})")
        self.updateGeometry()
        self.update()

    @property
    def waiting(self) -> int:
        """How many things wait in its room."""
        return self._waiting

    def show_waiting(self, count: int) -> None:
        """Show how many things wait in its room; nought shows nothing."""
        self._waiting = count
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(theme.font(tokens.READ, bold=True)).horizontalAdvance(self.text())
        count = QFontMetricsF(theme.font(tokens.SMALL, bold=True)).horizontalAdvance("000")
        wide = 2 * _SIDE + theme.icon_size(_ICON) + 12 + int(words + count) + 32
        return QSize(wide, theme.target() + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit, here = self.underMouse() or self.isDown(), self.isChecked()
        whole = self.rect().adjusted(1, 1, -1, -1)
        painter.setBrush(theme.colour("chosen" if lit or here else "sunken"))
        edge = QPen(theme.colour("indigo"), 2) if self.hasFocus() else Qt.PenStyle.NoPen
        painter.setPen(edge)
        painter.drawRoundedRect(whole, _ROUND, _ROUND)
        if here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("indigo"))
            bar = QRect(whole.left() + 4, whole.top() + 12, _BAR, whole.height() - 24)
            painter.drawRoundedRect(bar, 2, 2)
        inside = whole.adjusted(_SIDE, 0, -_SIDE + 4, 0)
        inside = self._draw_count(painter, inside)
        side = theme.icon_size(_ICON)
        top = inside.center().y() - side // 2 + 1
        token = "indigo" if here else "muted"
        painter.drawPixmap(inside.left(), top, icons.pixmap(self._icon, colour=token, size=side))
        inside.setLeft(inside.left() + side + 12)
        font = theme.font(tokens.READ, bold=here)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        painter.drawText(inside, int(_LEFT), elided(self.text(), font, inside.width() + 1))

    def _draw_count(self, painter: QPainter, inside: QRect) -> QRect:
        if not self._waiting:
            return inside
        font = theme.font(tokens.SMALL, bold=True)
        text = str(self._waiting) if self._waiting < 1000 else "999+"
        tall = theme.line_height(tokens.SMALL) + 2
        wide = max(int(QFontMetricsF(font).horizontalAdvance(text)) + 14, tall)
        cap = QRect(inside.right() - wide + 1, inside.center().y() - tall // 2 + 1, wide, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("indigo"))
        painter.drawRoundedRect(cap, tall / 2, tall / 2)
        painter.setFont(font)
        painter.setPen(theme.colour("on_indigo"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, text)
        return inside.adjusted(0, 0, -wide - 8, 0)


class Rail(QFrame):
    """The rooms' keys above, the look's below. `chosen` carries a room's place."""

    chosen = Signal(int)
    language_wanted = Signal()
    look_wanted = Signal()
    text_wanted = Signal()

    def __init__(self, kinds: Sequence[RoomKind]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._kinds = kinds
        self._say: Words | None = None
        self.name = Elided(role="heading")
        self._office = Elided(role="small")
        self.keys = [RailKey(kind.icon) for kind in kinds]
        self._language, self._look, self._text = (
            QuietButton(icon) for icon in ("language", "moon", "text")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 8, 8)
        column.setSpacing(4)
        titles = QVBoxLayout()
        titles.setContentsMargins(16, 0, 8, 12)
        titles.setSpacing(0)
        titles.addWidget(self.name)
        titles.addWidget(self._office)
        column.addLayout(titles)
        for place, key in enumerate(self.keys):
            key.clicked.connect(lambda _=False, place=place: self.chosen.emit(place))
            column.addWidget(key)
        column.addStretch(1)
        for button, wanted in (
            (self._language, self.language_wanted),
            (self._look, self.look_wanted),
            (self._text, self.text_wanted),
        ):
            button.clicked.connect(wanted)
            column.addWidget(button)

    def show_room(self, place: int) -> None:
        """Mark the room that is shown."""
        for at, key in enumerate(self.keys):
            key.setChecked(at == place)

    def show_waiting(self, place: int, count: int) -> None:
        """Show how many things wait in a room."""
        self.keys[place].show_waiting(count)
        if self._say is not None:
            self._word(place, self._say)

    def show_office(self, name: str) -> None:
        """Show what people know head office by."""
        self._office.show_text(name)

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        self.setAccessibleName(say("Rooms"))
        self.name.show_text("ทอฝัน by พม.")
        for place in range(len(self._kinds)):
            self._word(place, say)
        other = "English" if say.language == "th" else "ภาษาไทย"
        self._language.put(other, hint="F9")
        self._look.put(say("Light or dark"), hint="F10")
        self._text.put(say("Text size"), hint="F11")
        self._fit()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        for button in (self._language, self._look, self._text):
            button.dress()
        for key in self.keys:
            key.updateGeometry()
            key.update()
        self._fit()

    def _fit(self) -> None:
        """Be as wide as the longest word needs, so that none is cut at any size of type."""
        wide = max(key.sizeHint().width() for key in self.keys) + 16
        looks = (self._language, self._look, self._text)
        wide = max(wide, *(button.sizeHint().width() + 16 for button in looks))
        wide = max(wide, self.name.whole_width + 40)
        self.setFixedWidth(max(208, (wide + 7) // 8 * 8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self.focusWidget() is not None:
            self.focusNextPrevChild(step > 0)
            return
        super().keyPressEvent(event)

    def _word(self, place: int, say: Words) -> None:
        key = self.keys[place]
        key.put(
            say(self._kinds[place].name),
            hint=f"Ctrl {place + 1}",
            waiting_said=say("waiting for you: {n}", n=key.waiting),
        )
