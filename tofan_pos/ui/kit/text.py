"""Text on screen: always plain, cleaned of what would steer it, and broken where Thai allows."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102, N802

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from html import escape
from math import ceil

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tofan_pos.ui.kit import theme, tokens

_LONGEST = 600
_LEADING = " เแโใไ"
_FOLLOWING = " ะาำๅๆฯ\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a" + "".join(
    map(chr, range(0x0E47, 0x0E4F))
)
"""What a cut neither leaves before its ellipsis, nor begins with after it."""


@lru_cache(maxsize=2048)
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


def tip(text: str) -> str:
    """Return a tooltip that shows a text as it is: Qt takes what looks like markup for markup."""
    return f"<qt>{escape(text)}</qt>" if text else ""


def elided(text: str, font: QFont, width: float) -> str:
    """Return a text cut with an ellipsis to a width in pixels, no vowel left without its letter."""
    cut = QFontMetricsF(font).elidedText(text[:_LONGEST], Qt.TextElideMode.ElideRight, width)
    return f"{cut[:-1].rstrip(_LEADING)}…" if cut.endswith("…") and cut != text else cut


def elided_before(text: str, font: QFont, width: float) -> str:
    """Return the end of a text after an ellipsis, cut to a width as `elided` cuts."""
    cut = QFontMetricsF(font).elidedText(text[-_LONGEST:], Qt.TextElideMode.ElideLeft, width)
    return f"…{cut[1:].lstrip(_FOLLOWING)}" if cut.startswith("…") and cut != text else cut


def lines(text: str, font: QFont, width: int, *, most: int = 99) -> tuple[str, ...]:
    """Return a text in lines no wider than `width` pixels; the last of `most` may be elided."""
    if width <= 0 or most <= 0:
        return ()
    return _lines(text, font.key(), width, most, _measure(font.key()))


class _Breaker:
    """Whether the Thai word list is loaded. It takes longer than the rest of the window does."""

    ready = False


_breaker = _Breaker()


def breaks_are_warm() -> None:
    """Break lines as Thai is from now on: `thai.breaks.warm` has been run, on any thread."""
    _breaker.ready = True
    _lines.cache_clear()


def _wrap(text: str, *, width: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    if not _breaker.ready:
        return _wrap_at_spaces(text, width=width, measure=measure)
    from tofan_pos.thai.breaks import wrap  # noqa: PLC0415 - after the first paint

    return wrap(text, width=width, measure=measure)


def _wrap_at_spaces(text: str, *, width: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    """Break at spaces alone: what the first paint makes do with."""
    broken: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if line and measure(longer) > width:
                broken.append(line)
                longer = word
            line = longer
        broken.append(line)
    return tuple(broken)


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
    broken = _wrap(shown, width=width, measure=measure)
    if len(broken) <= most:
        return broken
    font = QFont()
    font.fromString(key)
    rest = shown[len(shown) - len(_rest(shown, broken[: most - 1])) :]
    return (*broken[: most - 1], elided(rest.replace("\n", " "), font, width))


def _rest(text: str, before: tuple[str, ...]) -> str:
    place = 0
    for line in before:
        found = text.find(line, place)
        place = found + len(line) if found >= 0 else place
    return text[place:].lstrip()


_SIZES = {
    "small": tokens.SMALL,
    "key": tokens.SMALL,
    "cap": tokens.SMALL,
    "lead": tokens.LEAD,
    "heading": tokens.LEAD,
    "big": tokens.BIG,
}


class Line(QLabel):
    """One line of plain text in one of the stylesheet's roles, tall enough for stacked marks."""

    def __init__(self, text: str = "", *, role: str = "read") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self._size = _SIZES.get(role, tokens.READ)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), theme.line_height(self._size)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Elided(QLabel):
    """Plain text of one line or a few, cut with an ellipsis; the whole is in its tooltip.

    It draws itself: a label's own `setText` would lay the window out anew at every scan. It is as
    tall as one line; who allows more gives it the height. `shrinks` has it drawn in small type
    where that keeps it whole.
    """

    def __init__(self, *, role: str = "read", most: int = 1, shrinks: bool = False) -> None:
        super().__init__()
        self._most, self._shrinks = most, shrinks
        self._size = _SIZES.get(role, tokens.READ)
        self._bold = role == "heading"
        self._colour = {"makers": "good", "muted": "muted", "small": "muted"}.get(role, "ink")
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def whole(self) -> str:
        """The text, cleaned and not cut."""
        return self._whole

    @property
    def whole_width(self) -> int:
        """How many pixels the text takes where it is not cut."""
        font = theme.font(self._size, bold=self._bold)
        return ceil(QFontMetricsF(font).horizontalAdvance(self._whole))

    def height_at(self, width: int) -> int:
        """Return how tall it is with all of the lines that it needs and may have at a width."""
        font = theme.font(self._size, bold=self._bold)
        broken = lines(self._whole, font, width, most=self._most)
        return max(len(broken), 1) * theme.line_height(self._size)

    def show_text(self, text: str) -> None:
        """Show a text of any length and content."""
        cleaned = clean(text)
        if cleaned != self._whole:
            self._whole = cleaned
            self.setAccessibleName(cleaned)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, theme.line_height(self._size))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        small = self._shrinks and self.whole_width > self.width()
        size = tokens.SMALL if small else self._size
        font = theme.font(size, bold=self._bold)
        painter.setFont(font)
        painter.setPen(theme.colour(self._colour))
        tall = theme.line_height(size)
        room = min(self._most, max(1, self.height() // tall))
        broken = lines(self._whole, font, self.width(), most=room) if room > 1 else ()
        shown = broken or (elided(self._whole, font, self.width()),)
        side = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        top = (self.height() - len(shown) * tall) // 2
        for row, line in enumerate(shown):
            painter.drawText(QRect(0, top + row * tall, self.width(), tall), side, line)
        more = tip(self._whole) if shown[-1].endswith("…") else ""
        if more != self.toolTip():
            self.setToolTip(more)


class Wrapped(QWidget):
    """Text in as many lines as it needs, or as there is room for, broken as Thai is."""

    def __init__(  # noqa: PLR0913 - how it looks, each with its usual value
        self,
        *,
        size: int = tokens.READ,
        bold: bool = False,
        colour: str = "ink",
        most: int = 99,
        centred: bool = False,
        middle: bool = False,
    ) -> None:
        super().__init__()
        self._size, self._bold, self._colour, self._most = size, bold, colour, most
        self._middle = middle
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

    def allow(self, most: int) -> None:
        """Draw at most so many lines from now on."""
        if most != self._most:
            self._most = most
            self.break_anew()

    def colour(self, token: str) -> None:
        """Draw in another token's colour."""
        self._colour = token
        self.update()

    def break_anew(self) -> None:
        """Break its lines again: there is a better breaker, or another size of type."""
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self._text:
            return 0
        broken = lines(self._text, self._font(), width, most=self._most)
        return len(broken) * theme.line_height(self._size)

    def sizeHint(self) -> QSize:
        width = max(self.width(), 160)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(48, theme.line_height(self._size) if self._text else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(theme.colour(self._colour))
        tall = min(self.heightForWidth(self.width()), self.height())
        place = self.rect().adjusted(0, (self.height() - tall) // 2 if self._middle else 0, 0, 0)
        draw_lines(painter, self._text, place, size=self._size, most=self._most, side=self._side)

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
