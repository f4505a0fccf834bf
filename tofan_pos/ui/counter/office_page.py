"""Head office, as the till sees it: how it stands, one question at a time, and the stick."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from tofan_pos.sync.contact import Standing
from tofan_pos.ui.counter.office_overview import Overview, Wish
from tofan_pos.ui.counter.office_question import Question, QuestionCard
from tofan_pos.ui.counter.office_stick import StickCard
from tofan_pos.ui.counter.office_view import OfficeView
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.kit.scroll import turned_by
from tofan_pos.words import Words

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HELD = Qt.KeyboardModifier.KeypadModifier


class OfficePage(Headed):
    """Emits `wished` with a `Wish`, `addressed` with an address, `carry_wanted` with a folder.

    A question's answers are the question's own affair. `scanned` with what was scanned in a field.
    """

    wished = Signal(object)
    addressed = Signal(str)
    carry_wanted = Signal(str)
    scanned = Signal(str)

    has_main_key = True

    def __init__(self) -> None:
        super().__init__()
        self._say: Words | None = None
        self.view: OfficeView | None = None
        self._stick = ""
        self.overview, self.asked, self.stick = Overview(), QuestionCard(), StickCard()
        self._cards = (self.overview, self.asked, self.stick)
        for card in self._cards:
            self.body.addWidget(card, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._wire()
        self._show(self.overview)

    def _wire(self) -> None:
        overview, asked, stick = self.overview, self.asked, self.stick
        overview.wished.connect(self.wished)
        overview.addressed.connect(self.addressed)
        overview.entered.connect(self.press)
        overview.escaped.connect(self.left)
        overview.scanned.connect(self.scanned)
        asked.yes.connect(self._yes)
        asked.no.connect(self._no)
        stick.entered.connect(self.press)
        stick.escaped.connect(self.show_overview)
        stick.scanned.connect(self.scanned)
        stick.changed.connect(self.key_changed)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return not self.asked.isHidden()

    @property
    def carrying(self) -> bool:
        """Whether it is about a stick."""
        return not self.stick.isHidden()

    def show_view(self, view: OfficeView, *, code: tuple[str, ...], stick: str) -> None:
        """Show how things stand; `stick` is the folder on one that is in, or empty."""
        self.view, self._stick = view, stick
        self.overview.show_view(view, code=code)
        self.key_changed.emit()

    def ask(self, question: Question) -> None:
        """Ask a question in place."""
        self.asked.ask(question)
        self._show(self.asked)

    def show_stick(self) -> None:
        """Turn to the stick."""
        self._show(self.stick)

    def show_overview(self) -> None:
        """Turn back to how things stand."""
        self._show(self.overview)

    def take_keyboard(self) -> bool:
        if self.carrying:
            self.stick.folder.setFocus()
            self.stick.folder.selectAll()
        else:
            self.setFocus()
        return True

    # --- the one key ----------------------------------------------------------------------------

    def main_key(self, say: Words) -> MainKey | None:
        question = self.asked.question
        if self.asking and question is not None:
            return MainKey(text=question.yes(say), hint="F12")
        if self.carrying:
            text = say("Done") if self.stick.is_done else say("Write, and take answers")
            return MainKey(text=text, hint="Enter", enabled=not self.stick.busy)
        match self._deed:
            case Wish.STICK:
                return MainKey(text=say("By stick"), below=self._stick, hint="Enter")
            case Wish.EPOCH:
                return MainKey(text=say("Begin a new epoch"), hint="Enter")
            case _:
                can = self.overview.can(Wish.SEND)
                return MainKey(text=say("Send now"), hint="Enter", enabled=can)

    @property
    def _deed(self) -> Wish:
        """What is most likely wanted as things stand."""
        view = self.view
        if self._stick or view is None:
            return Wish.STICK
        if view.standing is Standing.REVOKED:
            return Wish.EPOCH
        return Wish.SEND if view.sends else Wish.STICK

    def press(self) -> None:
        """Do what the main key says."""
        if self.asking:
            self._yes()
        elif self.carrying:
            self._press_stick()
        elif self._deed is not Wish.SEND or self.overview.can(Wish.SEND):
            self.wished.emit(self._deed)
            if self._stick:
                self.carry_wanted.emit(self._stick)

    def _press_stick(self) -> None:
        folder = self.stick.folder.text().strip()
        if self.stick.busy:
            return
        if self.stick.is_done:
            self.show_overview()
        elif folder:
            self.carry_wanted.emit(folder)

    # --- keys -----------------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key does on this page; tell whether it does anything here."""
        if event.modifiers() & ~_HELD:
            return False
        key = Qt.Key(event.key())
        wish = next((wish for wish in Wish if wish.value == key), None)
        if wish is None and key != Qt.Key.Key_F2:
            return False
        if self.asking or self.carrying or event.isAutoRepeat():
            return True
        if wish is None:
            self.overview.server.setFocus()
            self.overview.server.selectAll()
        elif self.overview.can(wish):
            self.wished.emit(wish)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.overview.ring(shown=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.overview.ring(shown=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ENTERS and not event.isAutoRepeat() and not self.asking:
            # A question is answered by its own key: nobody says yes with an Enter too many.
            self.press()
        elif key == Qt.Key.Key_Escape and self.asking:
            self._no()
        elif key == Qt.Key.Key_Escape and self.carrying:
            self.show_overview()
        elif not (self.key(event) or turned_by(key, self.area)):
            super().keyPressEvent(event)

    # --- words and looks ------------------------------------------------------------------------

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.heading.show_text(say("Head office"))
        for card in self._cards:
            card.reword(say)
        self.key_changed.emit()

    def dress(self) -> None:
        super().dress()
        for card in self._cards:
            card.dress()

    # --- inside ---------------------------------------------------------------------------------

    def _show(self, shown: object) -> None:
        for card in self._cards:
            card.setVisible(card is shown)
        if self.isVisible():
            self.take_keyboard()
        self.key_changed.emit()

    def _yes(self) -> None:
        question = self.asked.question
        self.show_overview()
        if question is not None:
            question.then()

    def _no(self) -> None:
        question = self.asked.question
        self.show_overview()
        if question is not None and question.otherwise is not None:
            question.otherwise()
