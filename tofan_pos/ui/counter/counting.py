"""Cash counted by note and coin, with other tenders as one sum each; reused wherever one counts."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, FBT001, N802

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.domain.count import PIECES, Count
from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.money import COINS, NOTES, SATANG, baht
from tofan_pos.ui.counter.count_field import CountField
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.keypad import ERASE, Keypad
from tofan_pos.ui.kit.keys import QuietButton
from tofan_pos.ui.kit.money import MoneyLabel
from tofan_pos.ui.kit.text import Elided, Line, Wrapped
from tofan_pos.words import Words

_GAP, _BETWEEN = 8, 16
_KEYPAD_LEAST = 160


def piece_said(piece: int) -> str:
    """Write a note or coin: ฿1,000, ฿0.50."""
    whole, part = divmod(piece, SATANG)
    return baht(piece) if part else f"฿{whole:,}"


class CountGrid(QWidget):
    """Takes a count. `changed` with every key; `finished` when Enter leaves the last field.

    Enter, ↓ and Tab go on, ↑ goes back, + and − count a piece more or less; the keypad types into
    the field that had the keyboard last. A scan is handed on by `scanned` and leaves no trace.
    """

    changed = Signal()
    finished = Signal()
    scanned = Signal(str)
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._say: Words | None = None
        self._fields = {piece: self._field() for piece in PIECES}
        self.loose = self._field(money=True)
        self._tenders: dict[str, tuple[Elided, CountField]] = {}
        self._last = self._fields[PIECES[0]]
        self._labels = {piece: Line(piece_said(piece), role="lead") for piece in PIECES}
        self._loose_word, self._tenders_word = Line(), Wrapped(colour="muted")
        self._total = MoneyLabel(size=tokens.TOTAL, bold=True)
        self._total_word = Line(role="lead")
        self.keypad = Keypad()
        self.keypad.typed.connect(self._type)
        self._clear = QuietButton("erase")
        self._clear.clicked.connect(self._begin_anew)
        self._build()

    def _build(self) -> None:
        self._pieces = QGridLayout()
        self._pieces.setSpacing(_GAP)
        for side, pieces in enumerate((NOTES, COINS)):
            for row, piece in enumerate(pieces):
                self._put(row, side, self._labels[piece], self._fields[piece])
        sum_row = QHBoxLayout()
        sum_row.setSpacing(_GAP)
        sum_row.addWidget(self._loose_word)
        sum_row.addWidget(self.loose)
        right_side = Qt.AlignmentFlag.AlignRight
        self._pieces.addLayout(sum_row, len(NOTES), 0, 1, 2, right_side)
        self._pieces.setColumnStretch(5, 1)
        self._sums = QGridLayout()
        self._sums.setSpacing(_GAP)
        self._sums.setColumnStretch(0, 1)
        self._sums.addWidget(self._tenders_word, 0, 0, 1, 2)
        self._tenders_word.hide()
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addLayout(self._pieces)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.keypad, 1)
        right.addLayout(self._sums)
        right.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(_BETWEEN)
        self._row.addLayout(left)
        self._row.addLayout(right, 1)
        top = QHBoxLayout()
        top.setSpacing(_BETWEEN)
        top.addWidget(self._total_word)
        top.addWidget(self._clear)
        top.addWidget(self._total, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addLayout(top)
        column.addLayout(self._row)

    def _put(self, row: int, side: int, label: Line, field: CountField) -> None:
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._pieces.addWidget(label, row, 3 * side)
        self._pieces.addWidget(field, row, 3 * side + 1, Qt.AlignmentFlag.AlignRight)

    # --- what is counted ------------------------------------------------------------------------

    def count(self) -> Count:
        """Return the cash as it stands. Raises `Refusal(AMOUNT_UNREADABLE|AMOUNT_OUT_OF_RANGE)`."""
        counted = {piece: field.pieces for piece, field in self._fields.items()}
        return Count.of(counted, loose=self.loose.satang)

    def tenders(self) -> dict[str, int]:
        """Return the sums of the other tenders, in satang. Raises `Refusal` as `count` does."""
        return {key: field.satang for key, (_, field) in self._tenders.items()}

    @property
    def is_untouched(self) -> bool:
        """Whether no cash was entered at all, not even a nought."""
        return not any(field.text() for field in (*self._fields.values(), self.loose))

    @property
    def total_shown(self) -> str:
        """The running total it shows."""
        return self._total.shown

    def missing(self) -> CountField | None:
        """Return the first tender's field with nothing in it, if there is one."""
        found = (field for _, field in self._tenders.values() if not field.text().strip())
        return next(found, None)

    def field(self, key: int | str) -> CountField:
        """Return the field of a note or coin (satang), or of another tender (its key)."""
        return self._fields[key] if isinstance(key, int) else self._tenders[key][1]

    def ask_tenders(self, names: Mapping[str, str]) -> None:
        """Ask for one sum for each of these tenders beside cash, by key; sums given are kept."""
        for key in [key for key in self._tenders if key not in names]:
            for widget in self._tenders.pop(key):
                self._sums.removeWidget(widget)
                widget.deleteLater()
        for key, name in names.items():
            if key not in self._tenders:
                self._tenders[key] = Elided(role="lead"), self._field(money=True)
            self._tenders[key][0].show_text(name)
            self._tenders[key][1].setAccessibleName(name)
        self._tenders_word.setVisible(bool(names))
        self._turn()
        self._chain()

    def clear(self) -> None:
        """Begin the count anew."""
        for field in self._all():
            field.clear()

    def take_keyboard(self) -> None:
        """Take the keyboard at the first note."""
        self._fields[PIECES[0]].take()

    # --- how it looks ---------------------------------------------------------------------------

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        for piece, field in self._fields.items():
            field.setAccessibleName(say("How many of {piece}", piece=piece_said(piece)))
        self._loose_word.setText(say("Or one sum"))
        self.loose.setAccessibleName(say("Cash counted as a sum"))
        self.loose.setToolTip(say("Cash counted as a sum"))
        self._tenders_word.show_text(say("Other ways of paying: the sum of the slips"))
        self._total_word.setText(say("Cash counted"))
        self.keypad.name_erase(say("Take back the last digit"))
        self._clear.put(say("Clear the count"))
        self._refresh()

    def name_total(self, text: str) -> None:
        """Call the total something else than the cash counted."""
        self._total_word.setText(text)

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        for field in self._all():
            field.dress()
        self._tenders_word.break_anew()
        self._clear.dress()
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    # --- inside ---------------------------------------------------------------------------------

    def _turn(self) -> None:
        """Put the keypad, and the tenders' fields, below where there is no room at the right."""
        pieces = self._pieces.minimumSize().width() + _BETWEEN
        wide = self.width() >= pieces + theme.icon_size(_KEYPAD_LEAST)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(across if wide else down)
        room = self.width() - pieces if wide else self.width()
        need = max((label.whole_width for label, _ in self._tenders.values()), default=0)
        self._place_sums(below=need + _GAP + self.loose.width() > room)

    def _place_sums(self, *, below: bool) -> None:
        for place, (label, field) in enumerate(self._tenders.values()):
            row = 2 * place + 1
            for widget in (label, field):
                self._sums.removeWidget(widget)
            self._sums.addWidget(label, row, 0, 1, 2 if below else 1)
            self._sums.addWidget(field, row + below, 1)

    def _field(self, *, money: bool = False) -> CountField:
        field = CountField(money=money)
        field.textChanged.connect(self._refresh)
        field.entered.connect(lambda text, scanned: self._entered(field, text, scanned))
        field.moved.connect(lambda by: self._move(field, by))
        field.reached.connect(lambda: self._reached(field))
        field.escaped.connect(self.escaped)
        return field

    def _chain(self) -> None:
        """Let Tab go the way of Enter; the sum comes last, being instead of all the rest."""
        chain = self._all()
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _walk(self) -> list[CountField]:
        return [*self._fields.values(), *(field for _, field in self._tenders.values())]

    def _all(self) -> list[CountField]:
        return [*self._walk(), self.loose]

    def _move(self, field: CountField, by: int) -> None:
        chain = self._all()
        chain[(chain.index(field) + by) % len(chain)].take()

    def _entered(self, field: CountField, text: str, scanned: bool) -> None:
        if scanned:
            self.scanned.emit(text)
            return
        walk = self._walk()
        # The sum stands for all the notes: after it come the other tenders.
        after = len(PIECES) if field is self.loose else walk.index(field) + 1
        if after < len(walk):
            walk[after].take()
        else:
            self.finished.emit()

    def _begin_anew(self) -> None:
        self.clear()
        self.take_keyboard()

    def _reached(self, field: CountField) -> None:
        self._last = field

    def _type(self, mark: str) -> None:
        if not self._last.hasFocus():
            self._last.take()
        if mark == ERASE:
            self._last.backspace()
        else:
            self._last.type(mark)

    def _refresh(self) -> None:
        if self._say is None:
            return
        try:
            self._total.show_money(self.count().total, colour="ink")
        except Refusal:
            self._total.show_text("–", colour="wrong")
        self.changed.emit()
