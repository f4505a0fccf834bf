"""Lets what is too tall for its place be scrolled, by finger, wheel or key."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QWidget


def scrolled(inside: QWidget) -> QScrollArea:
    """Return an area as wide as its place that scrolls down where its content is taller."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    by_finger(area)
    return area


def by_finger(area: QWidget) -> None:
    """Let a finger drag what scrolls."""
    QScroller.grabGesture(area, QScroller.ScrollerGestureType.TouchGesture)
