"""Makes a closed day's pack on the worker, and tells the page of the closing how it goes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from tofan_pos.counter.day import StoredZ
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.pack import Packed
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sentences import sentence
from tofan_pos.sentences.standing import onward
from tofan_pos.ui.counter.close_day import ClosePage
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

BESIDE = "packs"
"""Where packs go, beside the till, until somebody has chosen a folder for exports."""


class Packing(QObject):
    """`changed` after a pack was made: a backup and an export are entries of their own."""

    changed = Signal()

    def __init__(self, desk: Desk, *, pages: Pages, worker: Worker, parent: QObject) -> None:
        """Wait for a pack to be wanted."""
        super().__init__(parent)
        self._desk, self._pages, self._worker = desk, pages, worker

    def make(self, stored: StoredZ, *, chosen: str, say: Words) -> None:
        """Make the pack of a closed day in the folder that was chosen last, or beside the till."""
        page, desk = self._pages.of(ClosePage), self._desk
        folder = Path(chosen) if chosen else desk.store.path.parent / BESIDE
        page.show_pack([str(folder)], busy=True)
        self._worker.run(
            lambda: desk.pack.make(stored, folder, say),
            lambda packed: self._made(packed, page, say),
            failed=_failed(page, say),
        )

    def _made(self, packed: Packed, page: ClosePage, say: Words) -> None:
        QApplication.clipboard().setText(packed.words)
        copied = say("The day's figures are on the clipboard, to paste in a chat.")
        safe = say("All of it is written and read back: it is safe to remove the stick.")
        page.show_pack([*(str(path) for path in packed.files), copied, safe, onward(say)])
        self.changed.emit()


def _failed(page: ClosePage, say: Words) -> Callable[[Refusal | Trouble], None]:
    def failed(problem: Refusal | Trouble) -> None:
        again = say("Press F12 to try again. Another folder is chosen under Export (Shift F11).")
        page.show_pack([sentence(problem, say), again], failed=True)

    return failed
