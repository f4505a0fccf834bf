"""Hears from the operating system when a connection appears, where it tells at all."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInformation


class Reach(QObject):
    """`online` whenever the computer can reach more than itself again."""

    online = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Listen to nothing yet."""
        super().__init__(parent)
        self._system: QNetworkInformation | None = None

    def begin(self) -> None:
        """Listen, if the system has something to say."""
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415 - after the first paint

        if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            return
        self._system = QNetworkInformation.instance()
        self._system.reachabilityChanged.connect(self._changed)

    def close(self) -> None:
        """Listen no more."""
        if self._system is not None:
            self._system.reachabilityChanged.disconnect(self._changed)
            self._system = None

    def _changed(self, reachability: object) -> None:
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415 - as above

        kinds = QNetworkInformation.Reachability
        if reachability in {kinds.Online, kinds.Site, kinds.Local}:
            self.online.emit()
