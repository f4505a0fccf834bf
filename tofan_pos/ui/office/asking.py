"""A deed that is hard to take back: asked about in place, with what it means, before it is done."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.flow import Flow
from tofan_pos.ui.kit.keys import KeyButton, QuietButton
from tofan_pos.ui.kit.text import Wrapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What can be done: its key's word, what it means, and the word that does it."""

    code: str
    icon: str
    word: str
    means: str
    do: str


class Asking(QWidget):
    """Offers deeds as quiet keys; pressing one asks once more. `wanted` carries its code."""

    wanted = Signal(str)
    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._deeds: tuple[Deed, ...] = ()
        self._leave = ""
        self._asked: str = ""
        self._offer = QWidget()
        self._flow = Flow(self._offer, gap=8)
        self.keys: list[QuietButton] = []
        self._card = QFrame()
        self._card.setObjectName("notice")
        self._card.setProperty("kind", "wrong")
        self._means = Wrapped()
        self.do_key = KeyButton(size=tokens.READ, icon="warning", least=56)
        self.leave_key = KeyButton(size=tokens.READ, icon="back", least=56)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(16, 12, 16, 16)
        inside.setSpacing(8)
        for part in (self._means, self.do_key, self.leave_key):
            inside.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._offer)
        column.addWidget(self._card)
        self.do_key.clicked.connect(self._do)
        self.leave_key.clicked.connect(self.leave)
        self._card.hide()

    @property
    def asking(self) -> str:
        """The code of the deed that is asked about, empty where none is."""
        return self._asked

    @property
    def said(self) -> str:
        """What the deed asked about means."""
        return self._means.text if self._asked else ""

    def offer(self, deeds: tuple[Deed, ...], *, leave: str) -> None:
        """Offer these; what is asked about stays asked while it is still offered."""
        if (deeds, leave) == (self._deeds, self._leave):
            return
        self._deeds, self._leave = deeds, leave
        while len(self.keys) < len(deeds):
            key = QuietButton("warning")
            place = len(self.keys)
            key.clicked.connect(lambda _=False, place=place: self._ask(place))
            self._flow.addWidget(key)
            self.keys.append(key)
        for place, key in enumerate(self.keys):
            key.setVisible(place < len(deeds))
            if place < len(deeds):
                key.put(deeds[place].word)
        self.leave_key.put(leave)
        if deeds and not self._asked:
            self.do_key.put(deeds[0].do)
        if self._asked not in {deed.code for deed in deeds}:
            self._asked = ""
        self._refresh()

    def forget(self) -> None:
        """Ask no longer; the keyboard stays where it is."""
        self._asked = ""
        self._refresh()

    def leave(self) -> None:
        """Ask no longer; nothing was done."""
        before, self._asked = self._asked, ""
        self._refresh()
        for deed, key in zip(self._deeds, self.keys, strict=False):
            if deed.code == before:
                key.setFocus()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        for key in self.keys:
            key.dress()
        self.do_key.updateGeometry()
        self._means.break_anew()
        self._offer.setMinimumHeight(theme.target() if self._deeds else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._asked:
            self.leave()
            return
        super().keyPressEvent(event)

    def _ask(self, place: int) -> None:
        self._asked = self._deeds[place].code
        self._refresh()
        self.asked.emit()
        # Whoever presses Enter once too often leaves it as it is.
        self.leave_key.setFocus()

    def _do(self) -> None:
        asked, self._asked = self._asked, ""
        self._refresh()
        if asked:
            self.wanted.emit(asked)

    def _refresh(self) -> None:
        deed = next((one for one in self._deeds if one.code == self._asked), None)
        self._card.setVisible(deed is not None)
        self._offer.setVisible(deed is None and bool(self._deeds))
        if deed is not None:
            self._means.show_text(deed.means)
            self._card.setAccessibleName(deed.means)
            self.do_key.put(deed.do)
