"""What the Tills room shows before the first till is enrolled: what to do, and the key to it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from tofan_pos.ui.kit import icons, theme, tokens
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.words import Words


class EmptyTills(QWidget):
    """Says how a first till comes here."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel()
        self._title = Wrapped(size=tokens.LEAD, bold=True, centred=True)
        self._do = Wrapped(colour="muted", centred=True)
        self.inbox_key = KeyButton(accent=True, size=tokens.READ, icon="inbox", least=56)
        self.inbox_key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._title)
        column.addWidget(self._do)
        column.addWidget(self.inbox_key, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)

    @property
    def said(self) -> str:
        """What it says is to be done."""
        return self._do.text

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._title.show_text(say("No till is enrolled yet."))
        self._do.show_text(
            say("Have a till write its enrolment request to a stick, and drop it into the inbox.")
        )
        self.inbox_key.put(say("Open the inbox"), hint="Ctrl 1")

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self._icon.setPixmap(icons.pixmap("till", colour="indigo", size=theme.icon_size(64)))
        self.inbox_key.updateGeometry()
