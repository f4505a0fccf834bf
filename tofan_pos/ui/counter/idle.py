"""Locks a till that nobody touches: keys, mouse and fingers, counted wherever they land."""

# Qt names and calls what it has us override.
# ruff: noqa: N802

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from tofan_pos.ui.kit.ticks import now_ms

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
    }
)


class IdleLock(QObject):
    """Emits `idle` once nobody has touched anything for `after_s` seconds; nought is never.

    The timer only reminds it to look: what counts is `now`, in milliseconds of a clock that
    nobody can set, so a computer that slept is found idle when it wakes.
    """

    idle = Signal()

    def __init__(
        self,
        after_s: int,
        *,
        now: Callable[[], int] = now_ms,
        parent: QObject | None = None,
    ) -> None:
        """Wait to be begun."""
        super().__init__(parent)
        self._after_ms, self._now = after_s * 1000, now
        self._touched_at = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    @property
    def watching(self) -> bool:
        """Whether it will say so when nobody touches anything."""
        return self._timer.isActive()

    def begin(self) -> None:
        """Watch from now on, as after somebody signed in."""
        app = QCoreApplication.instance()
        if self._after_ms <= 0 or app is None:
            return
        self._touched_at = self._now()
        app.installEventFilter(self)
        self._timer.start(self._after_ms)

    def stop(self) -> None:
        """Watch no more, as while the till is locked."""
        self._timer.stop()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def look(self) -> None:
        """Say so if nobody has touched anything for long enough, else look again in time."""
        left = self._touched_at + self._after_ms - self._now()
        if left > 0:
            self._timer.start(left)
            return
        self.stop()
        self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a touch and let it pass, unless it is the one that wakes a till left alone."""
        if event.type() not in _TOUCHES:
            return False
        now = self._now()
        if now - self._touched_at >= self._after_ms:
            self.look()
            return True
        self._touched_at = now
        return False
