"""What is missing of each till's journal after an import, by name."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from tofan_pos import sentences
from tofan_pos.office.gaps import Gap
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.words import Words


class MissingCard(QFrame):
    """Names what is missing of each till's journal."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.gaps: tuple[Gap, ...] = ()
        self._title, self._names = Wrapped(bold=True, colour="wrong"), Wrapped()
        self._do = Wrapped(colour="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        for part in (self._title, self._names, self._do):
            column.addWidget(part)
        self.hide()

    @property
    def said(self) -> str:
        """What it names."""
        return self._names.text

    def show_gaps(self, gaps: Sequence[Gap], say: Words) -> None:
        """Name these; hidden where nothing is missing."""
        self.gaps = tuple(gaps)
        self.setVisible(bool(gaps))
        self._title.show_text(say("Something is missing"))
        self.setAccessibleName(say("Something is missing"))
        self._names.show_text("\n".join(sentences.gap(gap, say) for gap in gaps))
        come, lost = (any(gap.lost is gone for gap in gaps) for gone in (False, True))
        sends = say("The till sends it by itself next time, or export there to a stick once more.")
        gone = say("What was lost with a file may be on a stick, or in the file from before.")
        self._do.show_text("\n".join([sends] * come + [gone] * lost))

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        for part in (self._title, self._names, self._do):
            part.break_anew()
