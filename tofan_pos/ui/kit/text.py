"""Text on screen: always plain, cleaned of what would steer it, and broken where Thai allows."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tofan_pos.thai.breaks import wrap
from tofan_pos.ui.kit import theme, tokens

_LONGEST = 600


def clean(text: str) -> str:
    """Return a text as one line without control, direction and zero-width characters."""
    if text.isascii() and text.isprintable():
        return text
    kept = [
        " "
        if (kind := unicodedata.category(c)) in {"Cc", "Zl", "Zp"}
        else ""
        if kind == "Cf"
        else c
        for c in text
    ]
    return " ".join("".join(kept).split())


def elided(text: str, font: QFont, width: float) -> str:
    """Return a text cut with an ellipsis to a width in pixels."""
    return QFontMetricsF(font).elidedText(text[:_LONGEST], Qt.TextElideMode.ElideRight, width)


def lines(text: str, font: QFont, width: int, *, most: int = 99) -> tuple[str, ...]:
    """Return a text in lines no wider than `width` pixels; the last of `most` may be elided."""
    if width <= 0 or most <= 0:
        return ()
    return _lines(text, font.key(), width, most, _measure(font.key()))


@lru_cache(maxsize=32)
def _measure(key: str) -> Callable[[str], float]:
    font = QFont()
    font.fromString(key)
    font.setFeature(QFont.Tag("tnum"), 1)
    return QFontMetricsF(font).horizontalAdvance


@lru_cache(maxsize=1024)
def _lines(
    text: str, key: str, width: int, most: int, measure: Callable[[str], float]
) -> tuple[str, ...]:
    # Only as much is broken as can be shown: a text may be far longer than its place.
    shown = text[: most * max(8, width // 2)]
    broken = wrap(shown, width=width, measure=measure)
    if len(broken) <= most:
        return broken
    font = QFont()
    font.fromString(key)
    rest = shown[len(shown) - len(_rest(shown, broken[: most - 1])) :]
    return (*broken[: most - 1], elided(rest, font, width))


def _rest(text: str, before: tuple[str, ...]) -> str:
    place = 0
    for line in before:
        found = text.find(line, place)
        place = found + len(line) if found >= 0 else place
    return text[place:].lstrip()


def plain(text: str = "", *, role: str = "read") -> QLabel:
    """Return a label of plain text in one of the stylesheet's roles."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


class Elided(QLabel):
    """One line of plain text, cut with an ellipsis; the whole is in its tooltip."""

    def __init__(self, *, role: str = "read") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def show_text(self, text: str) -> None:
        """Show a text of any length and content."""
        self._whole = clean(text)
        self.setAccessibleName(self._whole)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        cut = elided(self._whole, self.font(), self.width())
        self.setText(cut)
        self.setToolTip(self._whole if cut != self._whole else "")


class Wrapped(QWidget):
    """Text in as many lines as it needs, or as there is room for, broken as Thai is."""

    def __init__(
        self,
        *,
        size: int = tokens.READ,
        bold: bool = False,
        colour: str = "ink",
        most: int = 99,
        centred: bool = False,
    ) -> None:
        super().__init__()
        self._size, self._bold, self._colour, self._most = size, bold, colour, most
        self._side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        self._text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str) -> None:
        """Show a text; newlines are kept."""
        cleaned = "\n".join(clean(part) for part in text.splitlines())
        if cleaned == self._text:
            return
        self._text = cleaned
        self.setAccessibleName(cleaned)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """What it shows."""
        return self._text

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        if not self._text:
            return 0
        broken = lines(self._text, self._font(), width, most=self._most)
        return len(broken) * theme.line_height(self._size)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        width = max(self.width(), 160)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(48, theme.line_height(self._size) if self._text else 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(theme.colour(self._colour))
        draw_lines(
            painter, self._text, self.rect(), size=self._size, most=self._most, side=self._side
        )

    def _font(self) -> QFont:
        return theme.font(self._size, bold=self._bold)


def draw_lines(  # noqa: PLR0913 - a text, a place, and how
    painter: QPainter,
    text: str,
    rect: QRect,
    *,
    size: int,
    most: int = 99,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> int:
    """Draw a text in lines from the top of a rectangle, as many as fit; return how many."""
    height = theme.line_height(size)
    room = min(most, max(1, rect.height() // height))
    broken = lines(text, painter.font(), rect.width(), most=room)
    for i, line in enumerate(broken):
        painter.drawText(
            rect.left(),
            rect.top() + i * height,
            rect.width(),
            height,
            int(Qt.AlignmentFlag.AlignVCenter | side),
            line,
        )
    return len(broken)
