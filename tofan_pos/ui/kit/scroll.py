"""Lets what is too tall for its place be scrolled, by finger, wheel or key."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSlider, QFrame, QScrollArea, QScroller, QWidget

_STEP = QAbstractSlider.SliderAction
_TURNS = {
    Qt.Key.Key_Up: _STEP.SliderSingleStepSub,
    Qt.Key.Key_Down: _STEP.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: _STEP.SliderPageStepSub,
    Qt.Key.Key_PageDown: _STEP.SliderPageStepAdd,
    Qt.Key.Key_Home: _STEP.SliderToMinimum,
    Qt.Key.Key_End: _STEP.SliderToMaximum,
}


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


def turned_by(key: Qt.Key, area: QScrollArea) -> bool:
    """Turn what scrolls by a key; tell whether it is one that turns pages."""
    turn = _TURNS.get(key)
    if turn is None or not area.verticalScrollBar().maximum():
        return False
    area.verticalScrollBar().triggerAction(turn)
    return True


def reveal(inside: QWidget) -> None:
    """Scroll whatever holds a widget until it is in sight."""
    around = inside.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        around.ensureWidgetVisible(inside)


def by_finger(area: QWidget) -> None:
    """Let a finger drag what scrolls."""
    QScroller.grabGesture(area, QScroller.ScrollerGestureType.TouchGesture)
