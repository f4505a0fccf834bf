"""Asking for places on the disk with the system's own windows, as people know them."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from tofan_pos.ui.office.room import Choosing


def asked_of_the_system() -> Choosing:
    """Return how a person is asked for files, a folder, or where to write."""
    return Choosing(files=_files, folder=_folder, target=_target)


def _files(parent: QWidget, title: str) -> list[Path]:
    names, _ = QFileDialog.getOpenFileNames(parent, title)
    return [Path(name) for name in names]


def _folder(parent: QWidget, title: str) -> Path | None:
    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None


def _target(parent: QWidget, title: str, name: str) -> Path | None:
    chosen, _ = QFileDialog.getSaveFileName(parent, title, name)
    return Path(chosen) if chosen else None
