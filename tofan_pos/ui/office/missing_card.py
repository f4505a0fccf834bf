"""What is missing of each till's journal after an import, by name."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from tofan_pos import sentences
from tofan_pos.office.gaps import Gap
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.words import Words


class MissingCard(QFrame):
    """Names what is missing of each till's journal: what is to come, and what went with a file."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.gaps: tuple[Gap, ...] = ()
        self._title = Wrapped(bold=True, colour="wrong")
        self._to_come, self._sends = Wrapped(), Wrapped(colour="muted")
        self._lost, self._look = Wrapped(), Wrapped(colour="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._title)
        for names, do in ((self._to_come, self._sends), (self._lost, self._look)):
            group = QVBoxLayout()
            group.setSpacing(0)
            group.addWidget(names)
            group.addWidget(do)
            column.addLayout(group)
        self.hide()

    @property
    def said(self) -> str:
        """What it names."""
        return "\n".join(filter(None, (self._to_come.text, self._lost.text)))

    def show_gaps(self, gaps: Sequence[Gap], say: Words) -> None:
        """Name these; hidden where nothing is missing."""
        self.gaps = tuple(gaps)
        self.setVisible(bool(gaps))
        self._title.show_text(say("Something is missing"))
        self.setAccessibleName(say("Something is missing"))
        sends = say("The till sends it by itself next time, or export there to a stick once more.")
        look = say("What was lost with a file may be on a stick, or in the file from before.")
        for is_lost, names, do, what in (
            (False, self._to_come, self._sends, sends),
            (True, self._lost, self._look, look),
        ):
            said = (sentences.gap(gap, say) for gap in gaps if gap.lost is is_lost)
            named = [f"{one[:1].upper()}{one[1:]}" for one in said]
            names.show_text("\n".join(named))
            do.show_text(what if named else "")
            for part in (names, do):
                part.setVisible(bool(named))

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        for part in (self._title, self._to_come, self._sends, self._lost, self._look):
            part.break_anew()
