"""The second step of closing: over or short, what happened that may explain it, why, the bag."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: FBT001

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.domain.money import baht
from tofan_pos.domain.report import CASH, Settled
from tofan_pos.domain.session import LONGEST_WORDS
from tofan_pos.sentences.day import over_or_short
from tofan_pos.thai.dates import format_time
from tofan_pos.ui.counter import evidence as happened
from tofan_pos.ui.counter.evidence import Evidence, Happening
from tofan_pos.ui.counter.reasons import Reasons
from tofan_pos.ui.counter.wording import TIMES
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keypad import ERASE, Keypad
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.money import MoneyLabel
from tofan_pos.ui.kit.scroll import reveal
from tofan_pos.ui.kit.text import Elided, Wrapped
from tofan_pos.words import Words

_LARGE = 125
"""Up to this size of type, in percent, two tenders stand side by side."""
_MOST_ROWS = 200


def shade(difference: int) -> str:
    """Return the colour a difference is written in."""
    return "wrong" if difference else "good"


def happening_said(what: str, say: Words) -> str:
    """Name what happened."""
    return {
        "paid_in": say("Cash paid in"),
        "paid_out": say("Cash paid out"),
        "pickup": say("Cash to the safe"),
        "change_drawer": say("Change of drawer"),
        happened.REFUND: say("Return"),
        happened.VOID: say("Voided receipt"),
        happened.NO_SALE: say("Drawer opened without a sale"),
        happened.BASKET_VOIDED: say("Voided basket"),
    }.get(what, what)


class Settling(QWidget):
    """Emits `recount` to count once more, `done` for Enter in a field that has something in it."""

    recount = Signal()
    done = Signal()
    scanned = Signal(str)
    escaped = Signal()
    _asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._say: Words | None = None
        self._settled: tuple[Settled, ...] = ()
        self._names: Mapping[str, str] = {}
        self._evidence = Evidence()
        self._may_recount = self._needs_reason = False
        self._rows: list[_Tender] = []
        self._events: list[_Event] = []
        self._need = Wrapped(middle=True)
        self._happened_word, self._bag_word = Elided(role="heading"), Elided(role="muted")
        self._tallies, self._nothing = list[_Tally](), Wrapped(colour="muted")
        self.reasons, self.bag = Reasons(), EntryField()
        self.again = KeyButton(icon="cash", size=tokens.READ, least=theme.target())
        self.again.clicked.connect(self.recount)
        self.keypad = Keypad()
        self.keypad.typed.connect(self._type)
        self.reasons.entered.connect(self._entered_reason)
        self.reasons.scanned.connect(self.scanned)
        self.reasons.escaped.connect(self.escaped)
        self.bag.setMaxLength(LONGEST_WORDS)
        self.bag.entered.connect(self._entered)
        self.bag.escaped.connect(self.escaped)
        self._asked.connect(lambda: reveal(self.reasons), Qt.ConnectionType.QueuedConnection)
        self._build()

    def _build(self) -> None:
        self._tenders = QGridLayout()
        self._tenders.setSpacing(8)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._sums = QVBoxLayout()
        self._sums.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._happened_word)
        left.addWidget(self._nothing)
        left.addLayout(self._sums)
        left.addLayout(self._list)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.reasons)
        right.addSpacing(8)
        right.addWidget(self._bag_word)
        right.addWidget(self.bag)
        right.addWidget(self.keypad)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._tenders)
        verdict = QHBoxLayout()
        verdict.setSpacing(16)
        verdict.addWidget(self._need, 1)
        verdict.addWidget(self.again, 1)
        column.addLayout(verdict)
        column.addLayout(row, 1)

    # --- what it shows --------------------------------------------------------------------------

    def show_settled(
        self,
        settled: Sequence[Settled],
        *,
        names: Mapping[str, str],
        evidence: Evidence,
        may_recount: bool,
        needs_reason: bool,
    ) -> None:
        """Show what a count came to; `names` are the tenders' by key."""
        self._settled, self._names = tuple(settled), names
        self._evidence = evidence
        self._may_recount, self._needs_reason = may_recount, needs_reason
        self._refresh()

    @property
    def reason(self) -> str:
        """The reason as it stands; none where nothing differs."""
        return self.reasons.reason if self._differs else ""

    @property
    def is_explained(self) -> bool:
        """Whether no reason is needed, or one is given."""
        return not self._needs_reason or bool(self.reasons.reason)

    @property
    def _differs(self) -> bool:
        return any(one.difference for one in self._settled)

    @property
    def differences_shown(self) -> list[str]:
        """What it says of each tender, cash first."""
        return [row.difference.shown for row in self._rows if not row.isHidden()]

    @property
    def events_shown(self) -> list[str]:
        """What it says happened, newest first."""
        return [event.words.whole for event in self._events if not event.isHidden()]

    def rename(self, names: Mapping[str, str]) -> None:
        """Call the tenders something else: the language has changed."""
        self._names = names
        self._refresh()

    def clear(self) -> None:
        """Have neither reason nor bag."""
        self.reasons.clear()
        self.bag.clear()

    def take_keyboard(self) -> None:
        """Take the keyboard: at the reason where one is needed."""
        if self.is_explained:
            self.bag.setFocus()
        else:
            self.ask_reason()

    def ask_reason(self) -> None:
        """Take the keyboard to where the reason is given, in sight once all is laid out."""
        self.reasons.field.setFocus()
        self._asked.emit()

    def key(self, event: QKeyEvent) -> bool:
        """Take the reason a key stands for, where there is anything to explain; tell whether so."""
        return self._differs and self.reasons.key(event)

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        self._happened_word.show_text(say("What happened in this session"))
        self._bag_word.show_text(say("Number of the sealed bag"))
        self.bag.setAccessibleName(say("Number of the sealed bag"))
        self.bag.setPlaceholderText(say("Where there is one"))
        self.again.put(say("Count once more"))
        self.keypad.name_erase(say("Take back the last digit"))
        self.reasons.reword(
            (
                say("Change given wrong"),
                say("Payment entered wrong"),
                say("Float was wrong"),
                say("Not known"),
            ),
            say,
        )
        self._refresh()

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self.reasons.dress()
        self.bag.setMinimumHeight(theme.target() + 4)
        self.again.updateGeometry()
        self._lay_out()
        for words in (self._need, self._nothing):
            words.break_anew()

    # --- inside ---------------------------------------------------------------------------------

    def _refresh(self) -> None:
        say = self._say
        if say is None:
            return
        while len(self._rows) < len(self._settled):
            self._rows.append(_Tender(large=not self._rows))
            self._rows[-1].setParent(self)
        self._lay_out()
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(self._settled))
            if place < len(self._settled):
                one = self._settled[place]
                name = say("Cash") if one.key == CASH else self._names.get(one.key, one.key)
                row.show_settled(one, name=name, say=say)
        self._need.colour("wrong" if self._needs_reason else "muted")
        self._need.show_text(
            say("More than the limit: give a reason, and a supervisor approves it.")
            if self._needs_reason
            else say("What was counted is written down. Closing signs it.")
        )
        self.reasons.setVisible(self._differs)
        self.again.setVisible(self._differs and self._may_recount)
        self._show_events(say)

    def _lay_out(self) -> None:
        """Let cash have a row of its own, and the rest share rows while the type is small."""
        others = len(self._settled) - 1
        columns = 2 if theme.look().text_percent <= _LARGE else 1
        for place, row in enumerate(self._rows):
            self._tenders.removeWidget(row)
            if place > others:
                continue
            y, x = divmod(place - 1, columns) if place else (-1, 0)
            wide = not place or columns == 1 or (not x and place == others)
            self._tenders.addWidget(row, y + 1, x, 1, 2 if wide else 1)
        for column in range(2):
            self._tenders.setColumnStretch(column, 1)

    def _show_events(self, say: Words) -> None:
        newest = self._evidence.happenings[::-1][:_MOST_ROWS]
        while len(self._events) < len(newest):
            event = _Event()
            self._list.addWidget(event)
            self._events.append(event)
        for place, event in enumerate(self._events):
            event.setVisible(place < len(newest))
            if place < len(newest):
                event.show_happening(newest[place], say)
        self._show_tallies(say)

    def _show_tallies(self, say: Words) -> None:
        tallies = tuple(self._evidence.tallies().items())
        while len(self._tallies) < len(tallies):
            self._tallies.append(_Tally())
            self._sums.addWidget(self._tallies[-1])
        for place, row in enumerate(self._tallies):
            row.setVisible(place < len(tallies))
            if place < len(tallies):
                what, (count, amount) = tallies[place]
                row.show_tally(f"{happening_said(what, say)}  {TIMES} {count:,}", amount)
        self._nothing.show_text(say("Nothing but sales: no cash moved, nothing came back."))
        self._nothing.setVisible(not tallies)

    def _type(self, mark: str) -> None:
        if mark == ERASE:
            self.bag.backspace()
        else:
            self.bag.insert(mark)

    def _entered_reason(self) -> None:
        # An Enter that bounced from the count must not close the day.
        if self.reasons.reason:
            self.done.emit()

    def _entered(self, text: str, scanned: bool) -> None:
        # A bag's number is a barcode too: what is scanned here is the bag's.
        if text and not scanned:
            self.done.emit()


class _Tender(QFrame):
    """One tender: its name, what was counted and should be, and the difference in large type."""

    def __init__(self, *, large: bool) -> None:
        super().__init__()
        self.setObjectName("card")
        self._name = Elided(role="lead")
        self._sums = Wrapped(colour="muted", most=3)
        size = tokens.TOTAL if large else tokens.BIG
        self.difference = MoneyLabel(size=size, bold=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 8, 16, 8)
        grid.setVerticalSpacing(0)
        grid.setHorizontalSpacing(16)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._sums, 1, 0)
        grid.addWidget(self.difference, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 1)

    def show_settled(self, one: Settled, *, name: str, say: Words) -> None:
        """Show a tender held against its count."""
        self._name.show_text(name)
        self._sums.show_text(
            say(
                "Counted {counted}, should be {expected}",
                counted=baht(one.counted),
                expected=baht(one.expected),
            )
        )
        said = over_or_short(one.difference, say)
        self.difference.show_text(said, colour=shade(one.difference))
        self.setAccessibleName(f"{name}: {said}")


class _Tally(QWidget):
    """How many of one kind of happening, and what they come to."""

    def __init__(self) -> None:
        super().__init__()
        self._words, self._amount = Elided(role="muted"), MoneyLabel(colour="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self._amount)

    def show_tally(self, said: str, amount: int) -> None:
        """Show what there was, in satang; no amount where none was moved."""
        self._words.show_text(said)
        self._amount.show_text(baht(amount) if amount else "")


class _Event(QWidget):
    """One happening: when, what and why, how much."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self._more = Elided(), Elided(role="small")
        self._amount = MoneyLabel()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setVerticalSpacing(0)
        grid.addWidget(self.words, 0, 0)
        grid.addWidget(self._amount, 0, 1)
        grid.addWidget(self._more, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    def show_happening(self, one: Happening, say: Words) -> None:
        """Show what happened."""
        self.words.show_text(f"{format_time(one.at)}  {happening_said(one.what, say)}")
        self._amount.show_text(baht(one.amount) if one.amount else "")
        who = f"{one.by} + {one.approved_by}" if one.approved_by else one.by
        self._more.show_text(" · ".join(filter(None, (one.reason, one.number, who))))
