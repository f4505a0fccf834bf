"""Icons by name, each an SVG drawn in one colour that a token gives."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tofan_pos import resources
from tofan_pos.ui.kit import theme


def pixmap(name: str, *, colour: str = "ink", size: int = 24) -> QPixmap:
    """Return an icon of `resources/icons` as a picture, sharp at the screen's own density."""
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen else 1.0
    return _drawn(name, theme.colour(colour).name(), size, ratio)


def icon(name: str, *, colour: str = "ink", size: int = 24) -> QIcon:
    """Return an icon for a button; disabled, it is muted."""
    made = QIcon(pixmap(name, colour=colour, size=size))
    made.addPixmap(pixmap(name, colour="muted", size=size), QIcon.Mode.Disabled)
    made.addPixmap(pixmap(name, colour="on_indigo", size=size), QIcon.Mode.Normal, QIcon.State.On)
    return made


@lru_cache(maxsize=128)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    text = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, drawn.width(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
