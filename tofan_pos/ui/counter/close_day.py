"""Closing the day, blind: count first, then see over and short, then the Z."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tofan_pos.counter.day import Counted, StoredZ
from tofan_pos.counter.parking import Parked
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.money import baht
from tofan_pos.thai.dates import format_time
from tofan_pos.ui.counter.closed import Closed
from tofan_pos.ui.counter.counting import CountGrid
from tofan_pos.ui.counter.evidence import Evidence
from tofan_pos.ui.counter.page import Headed, MainKey
from tofan_pos.ui.counter.settling import Settling
from tofan_pos.ui.kit import tokens
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.receipt.document import Document


class Step(StrEnum):
    """How far the closing is."""

    COUNT = "count"
    SETTLE = "settle"
    CLOSED = "closed"


class ClosePage(Headed):
    """Emits `counted(Count, {tender: satang})`, `close_wanted(reason, bag)` and `pack_wanted`.

    Until a count has been taken down it is given no figure that tells what should be there.
    """

    counted = Signal(object, object)
    close_wanted = Signal(str, str)
    pack_wanted = Signal()
    refused = Signal(object)
    scanned = Signal(str)

    has_main_key = True

    def __init__(self, worker: Worker, *, paper_mm: int) -> None:
        super().__init__()
        self._say: Words | None = None
        self._names: Mapping[str, Text] = {}
        self._keys: tuple[str, ...] = ()
        self._parked: tuple[Parked, ...] = ()
        self._asked = False
        self._packing = self._packed = False
        self.step = Step.COUNT
        self.grid, self.settling = CountGrid(), Settling()
        self.closed = Closed(worker, paper_mm=paper_mm)
        self._ask = Wrapped(size=tokens.LEAD, bold=True, colour="wrong")
        self._waiting = Wrapped(colour="muted", bold=True)
        self._baskets = Wrapped(colour="muted")
        self._wire()
        counting = QWidget()
        column = QVBoxLayout(counting)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self._ask, self._waiting, self.grid, self._baskets):
            column.addWidget(part)
        column.addStretch(1)
        self._steps: dict[Step, QWidget] = {
            Step.COUNT: counting,
            Step.SETTLE: self.settling,
            Step.CLOSED: self.closed,
        }
        for widget in self._steps.values():
            self.body.addWidget(widget, 1)
        self._turn(Step.COUNT)

    def _wire(self) -> None:
        self.grid.changed.connect(self._changed)
        self.grid.finished.connect(self.press)
        self.grid.scanned.connect(self.scanned)
        self.grid.escaped.connect(self.left)
        self.settling.done.connect(self.press)
        self.settling.recount.connect(self.count_again)
        self.settling.scanned.connect(self.scanned)
        self.settling.escaped.connect(self.left)
        self.settling.reasons.field.textChanged.connect(self.key_changed)
        self.closed.paper.failed.connect(self.refused)

    # --- what it is told ------------------------------------------------------------------------

    def ask_count(
        self, tenders: Sequence[str], *, names: Mapping[str, Text], parked: Sequence[Parked] = ()
    ) -> None:
        """Ask for a count: by note and coin, one sum for each tender; what was counted is kept."""
        if self.step is Step.CLOSED:
            self.forget()
        self._keys, self._names, self._parked = tuple(tenders), names, tuple(parked)
        self._asked = False
        self._turn(Step.COUNT)

    def show_settled(self, found: Counted, *, evidence: Evidence, needs_reason: bool) -> None:
        """Show what the count came to, and what may explain it."""
        self.settling.show_settled(
            found.settled,
            names=self._named(),
            evidence=evidence,
            may_recount=found.may_recount,
            needs_reason=needs_reason,
        )
        self._turn(Step.SETTLE)

    def show_closed(self, stored: StoredZ, build: Callable[[], "Document"]) -> None:
        """Show that the session is closed; `build` makes the Z's paper, on the worker."""
        self._packing = self._packed = False
        self.closed.show_z(stored, build)
        self.forget()
        self._turn(Step.CLOSED)

    def show_pack(self, lines: Sequence[str], *, busy: bool = False, failed: bool = False) -> None:
        """Say how the day's pack goes: `busy` while it does; after `failed` it can be tried again.

        The lines are worded already.
        """
        self._packing, self._packed = busy, not (busy or failed)
        self.closed.show_lines(lines, busy=busy, failed=failed)
        self.key_changed.emit()

    def call_tenders(self, names: Mapping[str, Text]) -> None:
        """Take the names of the tenders, for the closing that is under way."""
        self._names = names
        self.settling.rename(self._named())

    def forget(self) -> None:
        """Have counted nothing and given no reason."""
        self.grid.clear()
        self.settling.clear()
        self._keys = ()
        self.grid.ask_tenders({})

    def count_again(self) -> None:
        """Go back to the count, as it was entered."""
        self._asked = False
        self._turn(Step.COUNT)
        self.take_keyboard()

    def ask_reason(self) -> None:
        """Take the keyboard to where a reason is missing."""
        self.settling.ask_reason()

    @property
    def asks(self) -> str:
        """What it asks before a count of nothing is taken down, empty otherwise."""
        return self._ask.text if self._asked else ""

    @property
    def parked_said(self) -> str:
        """What it says of baskets that still wait."""
        return f"{self._waiting.text}\n{self._baskets.text}" if self._parked else ""

    # --- a page ---------------------------------------------------------------------------------

    def take_keyboard(self) -> bool:
        match self.step:
            case Step.COUNT:
                self.grid.take_keyboard()
            case Step.SETTLE:
                self.settling.take_keyboard()
            case Step.CLOSED:
                self.closed.paper.setFocus()
        return True

    def main_key(self, say: Words) -> MainKey | None:
        match self.step:
            case Step.COUNT:
                below = say("Cash {amount}", amount=self.grid.total_shown)
                text = say("Count done: nothing in it") if self._asked else say("Count done")
                return MainKey(text=text, below=below, hint="F12")
            case Step.SETTLE:
                ready = self.settling.is_explained
                below = say("Prints the Z report") if ready else say("Give a reason first")
                return MainKey(text=say("Close the session"), below=below, hint="F12")
            case _ if self._packed:
                return MainKey(text=say("Done"), hint="F12")
            case _:
                below = say("Papers, files and a backup")
                key = say("The day's pack")
                return MainKey(text=key, below=below, hint="F12", enabled=not self._packing)

    def invitation(self, say: Words) -> str:
        if self.step is not Step.CLOSED:
            return ""
        return say("The session is closed.\nThe next sale begins with a new session.")

    def press(self) -> None:
        """Do what the step asks for."""
        match self.step:
            case Step.COUNT:
                self._hand_in()
            case Step.SETTLE:
                self.close_wanted.emit(self.settling.reason, self.settling.bag.text().strip())
            case _ if self._packed:
                self.left.emit()
            case _ if not self._packing:
                self.pack_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.step is Step.SETTLE and self.settling.key(event):
            return
        super().keyPressEvent(event)

    def reword(self, say: Words) -> None:
        super().reword(say)
        self._say = say
        self.grid.reword(say)
        self.settling.reword(say)
        self.closed.reword(say)
        self._refresh()

    def dress(self) -> None:
        super().dress()
        for part in (self.grid, self.settling, self.closed):
            part.dress()
        for words in (self._ask, self._waiting, self._baskets):
            words.break_anew()

    # --- inside ---------------------------------------------------------------------------------

    def _hand_in(self) -> None:
        try:
            cash, tenders = self.grid.count(), self.grid.tenders()
        except Refusal as refusal:
            self.refused.emit(refusal)
            return
        missing = self.grid.missing()
        if not self._asked and (self.grid.is_untouched or missing is not None):
            self._asked = True
            self._refresh()
            if missing is not None and not self.grid.is_untouched:
                missing.take()
            return
        self.counted.emit(cash, tenders)

    def _changed(self) -> None:
        if self._asked:
            self._asked = False
            self._refresh()
        self.key_changed.emit()

    def _turn(self, step: Step) -> None:
        self.step = step
        for one, widget in self._steps.items():
            widget.setVisible(one is step)
        self._refresh()

    def _named(self) -> dict[str, str]:
        language = self._say.language if self._say is not None else "th"
        return {key: name.get(language) for key, name in self._names.items()}

    def _refresh(self) -> None:
        say = self._say
        if say is None:
            return
        self.heading.show_text(
            {
                Step.COUNT: say("Closing: count the drawer"),
                Step.SETTLE: say("Closing: over or short"),
                Step.CLOSED: say("The session is closed"),
            }[self.step]
        )
        named = self._named()
        self.grid.ask_tenders({key: named.get(key, key) for key in self._keys})
        if self.step is Step.SETTLE:
            self.settling.rename(named)
        self._ask.show_text(
            say("Nothing has been counted. Press once more if there is nothing.")
            if self.grid.is_untouched
            else say("A sum is missing. Press once more if there is none.")
        )
        self._ask.setVisible(self._asked)
        self._waiting.show_text(
            say(
                "Parked baskets that still wait: {n}. They stay for the next session.",
                n=len(self._parked),
            )
        )
        self._baskets.show_text("\n".join(_parked_said(one, say) for one in self._parked))
        for words in (self._waiting, self._baskets):
            words.setVisible(bool(self._parked))
        self.key_changed.emit()


def _parked_said(one: Parked, say: Words) -> str:
    pieces = say("Pieces: {n}", n=f"{one.pieces:,}")
    name = one.name or say("No name")
    return " · ".join((format_time(one.at), name, pieces, baht(one.total)))
