"""Keys to press: a large one that says what it does and which key of the keyboard does it."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102, N802

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from tofan_pos.ui.kit import icons, theme, tokens
from tofan_pos.ui.kit.text import elided

_ROUND, _ICON = 10, 24


class KeyButton(QPushButton):
    """A large key: a word, a line below, its hint at the right; `accent` for the one to press."""

    def __init__(
        self, *, accent: bool = False, size: int = tokens.LEAD, icon: str = "", least: int = 64
    ) -> None:
        super().__init__()
        self._accent, self._size, self._icon, self._least = accent, size, icon, least
        self._below = self._hint = ""
        # A finger's press must not take the keyboard from the field that scans go to.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, text: str, *, below: str = "", hint: str = "") -> None:
        """Set what stands on the key, under it, and which key of the keyboard it is."""
        if (text, below, hint) == (self.text(), self._below, self._hint):
            return
        self._below, self._hint = below, hint
        self.setText(text)
        name = " ".join(filter(None, (text, below)))
        self.setAccessibleName(f"{name} ({hint})" if hint else name)
        self.updateGeometry()
        self.update()

    def bear(self, icon: str) -> None:
        """Bear another icon: what it does has turned round."""
        self._icon = icon
        self.update()

    def be_accent(self, accent: bool) -> None:  # noqa: FBT001 - the accent, or not
        """Be the one key to press on the screen, or one among others."""
        self._accent = accent
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(theme.font(self._size, bold=True)).horizontalAdvance(self.text())
        hint = QFontMetricsF(theme.font(tokens.SMALL)).horizontalAdvance(self._hint)
        icon = theme.icon_size(_ICON) + 8 if self._icon else 0
        return QSize(int(width + hint) + 64 + icon, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(96, self._height())

    def _height(self) -> int:
        text = theme.line_height(self._size) + (
            theme.line_height(tokens.SMALL) if self._below else 0
        )
        return max(self._least, text + tokens.GRID * 2)

    def _shades(self) -> tuple[QColor, QColor, QColor]:
        """Return the key's ground, edge and ink."""
        if not self.isEnabled():
            return theme.colour("sunken"), theme.colour("line"), theme.colour("muted")
        if self._accent:
            ground = theme.colour("accent_pressed" if self.isDown() else "accent")
            return (
                ground,
                theme.colour("ink" if self.hasFocus() else "accent"),
                theme.colour("on_accent"),
            )
        down = self.isDown() or self.underMouse()
        edge = "indigo" if self.hasFocus() or self.isDown() else "line"
        return theme.colour("chosen" if down else "raised"), theme.colour(edge), theme.colour("ink")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink = self._shades()
        painter.setBrush(ground)
        painter.setPen(QPen(edge, 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        inside = self.rect().adjusted(16, 6, -16, -6)
        inside = self._draw_hint(painter, inside, ink)
        if self._icon:
            side = theme.icon_size(_ICON)
            top = inside.center().y() - side // 2
            token = "muted" if not self.isEnabled() else "on_accent" if self._accent else "indigo"
            painter.drawPixmap(
                inside.left(), top, icons.pixmap(self._icon, colour=token, size=side)
            )
            inside.setLeft(inside.left() + side + 12)
        self._draw_words(painter, inside, ink)

    def _draw_hint(self, painter: QPainter, inside: QRect, ink: QColor) -> QRect:
        if not self._hint:
            return inside
        font = theme.font(tokens.SMALL)
        painter.setFont(font)
        width = int(QFontMetricsF(font).horizontalAdvance(self._hint)) + 14
        height = theme.line_height(tokens.SMALL) + 2
        cap = QRect(inside.right() - width, inside.center().y() - height // 2, width, height)
        quiet = ink if self._accent and self.isEnabled() else theme.colour("muted")
        painter.setPen(QPen(quiet, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, 5, 5)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._hint)
        return inside.adjusted(0, 0, -width - 10, 0)

    def _draw_words(self, painter: QPainter, inside: QRect, ink: QColor) -> None:
        font = theme.font(self._size, bold=True)
        painter.setFont(font)
        painter.setPen(ink)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if not (self._accent or self._hint or self._icon or self._below):
            left = Qt.AlignmentFlag.AlignCenter
        height, low = theme.line_height(self._size), theme.line_height(tokens.SMALL)
        top = inside.center().y() - (height + (low if self._below else 0)) // 2 + 1
        row = QRect(inside.left(), top, inside.width(), height)
        painter.drawText(row, int(left), elided(self.text(), font, inside.width()))
        if self._below:
            small = theme.font(tokens.SMALL)
            painter.setFont(small)
            if not self._accent:
                painter.setPen(theme.colour("muted"))
            under = QRect(inside.left(), top + height, inside.width(), low)
            painter.drawText(under, int(left), elided(self._below, small, inside.width()))


class IconButton(QPushButton):
    """A square key with an icon; its words are its name and tooltip."""

    def __init__(self, icon: str, *, colour: str = "ink", quiet: bool = False) -> None:
        super().__init__()
        self._name, self._colour = icon, colour
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(theme.target(), theme.target())
        if quiet:
            self.setProperty("role", "quiet")
        self.dress()

    def dress(self) -> None:
        """Take the icon's colour from the look in force."""
        self.setFixedSize(theme.target(), theme.target())
        side = theme.icon_size(24)
        self.setIcon(icons.icon(self._name, colour=self._colour, size=side))
        self.setIconSize(QSize(side, side))

    def put(self, text: str, *, hint: str = "") -> None:
        """Name the key."""
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({hint})" if hint else text)


class QuietButton(QPushButton):
    """A word to press, with an icon, that does not ask for attention; `alarm` makes it do so."""

    def __init__(self, icon: str = "") -> None:
        super().__init__()
        self._name, self._alarm, self._bare = icon, False, False
        self.setProperty("role", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def dress(self) -> None:
        """Take the size from the look in force."""
        self.updateGeometry()
        self.update()

    def be_bare(self, bare: bool) -> None:  # noqa: FBT001 - the icon alone, or with its words
        """Show the icon alone where there is no room for the words; they stay its name."""
        if bare != self._bare:
            self._bare = bare
            self.dress()

    def put(self, text: str, *, hint: str = "", alarm: bool = False) -> None:
        """Set its words."""
        self._alarm = alarm
        self.setText(text)
        self.setAccessibleName(f"{text} ({hint})" if hint else text)
        self.setToolTip(f"{text} ({hint})" if hint else "")
        self.updateGeometry()
        self.update()

    @property
    def whole_width(self) -> int:
        """How many pixels it takes with all of its words."""
        words = QFontMetricsF(theme.font(tokens.READ)).horizontalAdvance(self.text())
        icon = theme.icon_size(20) + 6 if self._name else 0
        return int(words) + 26 + icon

    def sizeHint(self) -> QSize:
        bare = max(theme.icon_size(20) + 24, tokens.TARGET)
        return QSize(bare if self._bare else self.whole_width, theme.target())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = "muted" if not self.isEnabled() else "wrong" if self._alarm else "indigo"
        lit = self.isEnabled() and (self.underMouse() or self.isDown())
        if lit or self.hasFocus() or self._alarm:
            edge = ink if self.hasFocus() or self.isDown() or self._alarm else "chosen"
            painter.setPen(QPen(theme.colour(edge), 2))
            ground = "wrong_ground" if self._alarm else "chosen" if lit else "raised"
            painter.setBrush(theme.colour(ground))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        inside = self.rect().adjusted(12, 0, -12, 0)
        if self._name:
            side = theme.icon_size(20)
            top = inside.center().y() - side // 2 + 1
            painter.drawPixmap(inside.left(), top, icons.pixmap(self._name, colour=ink, size=side))
            inside.setLeft(inside.left() + side + 6)
        if self._bare:
            return
        font = theme.font(tokens.READ)
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, int(left), elided(self.text(), font, inside.width() + 1))


class TextButton(QPushButton):
    """A plain key in the stylesheet's own dress, for choices and keypads."""

    def __init__(self, text: str = "", *, checkable: bool = False) -> None:
        super().__init__(text)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(theme.target(), theme.target())
        self.setAccessibleName(text)

    def put(self, text: str) -> None:
        """Set its words."""
        self.setText(text)
        self.setAccessibleName(text)
