"""The look in force: tokens poured into one stylesheet, the face, and sizes at the chosen scale."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: FBT001

from dataclasses import dataclass, replace
from functools import lru_cache
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from tofan_pos import resources
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.tokens import DARK, LIGHT, Colours


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Which colours, and how large the type: 100 is as designed, 200 is twice."""

    dark: bool = False
    text_percent: int = 100

    @property
    def colours(self) -> Colours:
        """The tokens of this look."""
        return DARK if self.dark else LIGHT

    def px(self, size: int) -> int:
        """Return a type size in pixels; what is large already grows half as fast."""
        more = self.text_percent - 100
        if size > tokens.LEAD:
            more //= 2
        return size * (100 + more) // 100


_look = Look()


def look() -> Look:
    """Return the look in force."""
    return _look


def colour(name: str) -> QColor:
    """Return a colour of the look in force by its token."""
    return QColor(getattr(_look.colours, name))


def target() -> int:
    """Return the least side of what a finger presses, in pixels, at the scale in force."""
    return max(tokens.TARGET, line_height(tokens.READ) + 2 * tokens.GRID)


def line_height(size: int) -> int:
    """Return a line's height in pixels: 1.6 times the type, so that no stacked mark is cut."""
    return _look.px(size) * 8 // 5


def icon_size(size: int) -> int:
    """Return an icon's side in pixels; icons grow half as fast as the type beside them."""
    return size * (100 + (_look.text_percent - 100) // 2) // 100


def font(size: int, *, bold: bool = False) -> QFont:
    """Return the face at a size in pixels at 100 %."""
    return QFont(_font(_look.px(size), bold))


@lru_cache(maxsize=64)
def _font(pixels: int, bold: bool) -> QFont:
    face = QFont(_families())
    face.setPixelSize(pixels)
    face.setBold(bold)
    face.setFeature(QFont.Tag("tnum"), 1)
    return face


@lru_cache(maxsize=1)
def _families() -> list[str]:
    found: list[str] = []
    for bold in (False, True):
        number = QFontDatabase.addApplicationFont(str(resources.font(bold=bold)))
        found += QFontDatabase.applicationFontFamilies(number)
    return list(dict.fromkeys(found))


def apply(app: QApplication, dark: bool, *, text_percent: int = 100) -> None:
    """Dress the whole application; may be called again at any time."""
    global _look  # noqa: PLW0603 - Qt keeps one application, and it wears one look
    _look = replace(_look, dark=dark, text_percent=text_percent)
    app.setFont(font(tokens.READ))
    app.setPalette(_palette())
    app.setStyleSheet(_sheet(_look))


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, name in (
        (role.Window, "ground"),
        (role.WindowText, "ink"),
        (role.Base, "raised"),
        (role.AlternateBase, "sunken"),
        (role.Text, "ink"),
        (role.PlaceholderText, "muted"),
        (role.Button, "raised"),
        (role.ButtonText, "ink"),
        (role.Highlight, "indigo"),
        (role.HighlightedText, "on_indigo"),
        (role.ToolTipBase, "ink"),
        (role.ToolTipText, "ground"),
    ):
        palette.setColor(which, colour(name))
    return palette


@lru_cache(maxsize=4)
def _sheet(wanted: Look) -> str:
    colours = {name: getattr(wanted.colours, name) for name in Colours.__slots__}
    half = replace(wanted, text_percent=100 + (wanted.text_percent - 100) // 2)
    names = ("small", "read", "lead", "big", "total", "change")
    sizes = (tokens.SMALL, tokens.READ, tokens.LEAD, tokens.BIG, tokens.TOTAL, tokens.CHANGE)
    pixels = {name: f"{wanted.px(size)}px" for name, size in zip(names, sizes, strict=True)}
    # The status line is read at leisure; at full size it would take two lines from the tiles.
    pixels["status"] = f"{half.px(tokens.SMALL)}px"
    text = resources.path("theme", "window.qss").read_text(encoding="utf-8")
    return Template(text).substitute(colours | pixels)
