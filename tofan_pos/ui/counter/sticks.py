"""Sticks: which are in, and one that has just been plugged in, where the system tells."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QStandardPaths, QStorageInfo, QTimer, Signal

from tofan_pos.ui.kit.worker import Worker

FOLDER = "tofan-export"
"""The folder on a stick that a till writes into and takes from."""

_LOOK_MS = 3_000
_MEDIA = ("/media", "/run/media", "/Volumes")


def sticks_in() -> tuple[str, ...]:
    """Return where the sticks that are in are mounted; a drive that hangs may keep it long."""
    return tuple(
        volume.rootPath()
        for volume in QStorageInfo.mountedVolumes()
        if volume.isReady()
        and not volume.isReadOnly()
        and not volume.isRoot()
        and _is_stick(volume.rootPath())
    )


def _is_stick(path: str) -> bool:
    return path.startswith(tuple(f"{place}/" for place in _MEDIA)) or path[1:3] == ":/"


def places(sticks: tuple[str, ...]) -> list[str]:
    """Return the folders to offer: on sticks first, then among the person's own documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    home = Path(documents or Path.home()) / FOLDER
    return [*(str(Path(stick) / FOLDER) for stick in sticks), str(home)]


class Sticks(QObject):
    """Looks every few seconds, and when something is mounted where sticks are.

    `changed` when the sticks that are in are others; `came` with one that was plugged in since it
    began.
    """

    changed = Signal()
    came = Signal(str)

    def __init__(
        self, parent: QObject | None = None, *, find: Callable[[], tuple[str, ...]] = sticks_in
    ) -> None:
        """Look at nothing yet; `find` tells what is in, on a thread of its own."""
        super().__init__(parent)
        self.find = find
        self.there: tuple[str, ...] = ()
        self._seen = False
        self._worker = Worker(self)
        self._tick = QTimer(self)
        self._tick.setInterval(_LOOK_MS)
        self._tick.timeout.connect(self.look)
        self._mounted = QFileSystemWatcher(self)
        self._mounted.directoryChanged.connect(self.look)

    @property
    def busy(self) -> bool:
        """Whether it is looking at this moment."""
        return bool(self._worker.under_way)

    def begin(self) -> None:
        """Look, and go on looking."""
        users = [Path(place) / (os.environ.get("USER") or "-") for place in _MEDIA]
        there = [str(path) for path in (*map(Path, _MEDIA), *users) if path.is_dir()]
        if there:
            self._mounted.addPaths(there)
        self._tick.start()
        self.look()

    def look(self) -> None:
        """Look which sticks are in, unless that is being done."""
        if not self._worker.under_way:
            self._worker.run(lambda: self.find(), self._found)  # noqa: PLW0108 - it may be exchanged

    def close(self) -> None:
        """Look no more."""
        self._tick.stop()
        if self._mounted.directories():
            self._mounted.removePaths(self._mounted.directories())
        self._worker.close()

    def _found(self, there: tuple[str, ...]) -> None:
        before, self.there = self.there, there
        seen, self._seen = self._seen, True
        if there == before and seen:
            return
        self.changed.emit()
        for stick in there if seen else ():
            if stick not in before:
                self.came.emit(stick)
