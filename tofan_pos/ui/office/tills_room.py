"""The tills: how each stands, in a table to sort and search; the chosen one in full beside it."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.office.listing import table_pdf, table_sheet
from tofan_pos.office.tasks import Task, settle, tasks
from tofan_pos.office.tills import tills
from tofan_pos.sync.folder import write_durably
from tofan_pos.ui.kit import theme, tokens
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keys import QuietButton
from tofan_pos.ui.kit.scroll import scrolled
from tofan_pos.ui.kit.table import Table
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.ui.office.empty_tills import EmptyTills
from tofan_pos.ui.office.room import GAP, Room, Seat
from tofan_pos.ui.office.till_pane import TillPane
from tofan_pos.ui.office.tills_rows import (
    REVOKE,
    REVOKE_EARLIER,
    Whole,
    headings,
    paper_of,
    rows,
    shown_of,
    wholes_of,
)
from tofan_pos.words import Words

_PANE = 376
_NARROW = 1000
"""Below this width, in pixels at 100 %, the chosen till stands under the table, not beside it."""
_ANY = 16_777_215


@dataclass(frozen=True, slots=True)
class Known:
    """What was found out off the window's thread."""

    wholes: tuple[Whole, ...] = ()
    tasks: tuple[Task, ...] = ()


class TillsRoom(Room):
    """Shows every till, and does what people decide about one."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._say: Words | None = None
        self._known: Known | None = None
        self._under_way = 0
        self._looking = False
        self.table, self.pane, self.filter = Table(), TillPane(), EntryField()
        self.copy_key, self.sheet_key, self.pdf_key = (
            QuietButton(icon) for icon in ("copy", "sheet", "printer")
        )
        self.written = Wrapped(colour="good", most=2)
        self.empty = EmptyTills()
        self._wire()
        self._build()

    def _wire(self) -> None:
        self.filter.show_icon("search")
        self.filter.textChanged.connect(self.table.grid.narrow)
        self.filter.escaped.connect(self._escaped)
        self.filter.entered.connect(lambda *_: self.table.setFocus())
        self.table.chosen.connect(lambda _: self._show_pane())
        self.copy_key.clicked.connect(self.table.copy_all)
        self.sheet_key.clicked.connect(lambda: self._write(".xlsx", table_sheet))
        self.pdf_key.clicked.connect(lambda: self._write(".pdf", table_pdf))
        self.empty.inbox_key.clicked.connect(lambda: self.room_wanted.emit("inbox"))
        self.pane.settled.connect(self._settle)
        self.pane.wanted.connect(self._decide)
        self.pane.who.setText(str(self._seat.memory.value("who", "")))

    def _build(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.filter, 1)
        for key in (self.copy_key, self.sheet_key, self.pdf_key):
            tools.addWidget(key)
        self._card = QFrame()
        self._card.setObjectName("card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(2, 2, 2, 2)
        inside.addWidget(self.table)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addWidget(self._card, 1)
        self._row.addWidget(self.pane)
        whole = QWidget()
        self._page = scrolled(whole)
        page = QVBoxLayout(whole)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(8)
        page.addLayout(tools)
        page.addWidget(self.written)
        page.addLayout(self._row, 1)
        self.body.addWidget(self._page, 1)
        self.body.addWidget(self.empty, 1)
        self.written.hide()

    @property
    def at_rest(self) -> bool:
        return not self._looking and not self._under_way

    # --- finding out ----------------------------------------------------------------------------

    def look(self) -> None:
        if self._looking:
            return
        self._looking = True
        self._seat.worker.run(self._find_out, self._found, failed=self._not_found)

    def _find_out(self) -> Known:
        store, now = self._seat.store, self._seat.clock()
        found = tasks(store, now=now)
        return Known(tuple(wholes_of(tills(store, now=now), found)), found)

    def _found(self, known: Known) -> None:
        self._looking = False
        # Who came before anything was known gets the keyboard where it is of use.
        waits = self.window().focusWidget() in {self, self.empty.inbox_key}
        self._known = known
        self._refresh()
        if waits:
            self.take_keyboard()

    def _not_found(self, problem: Refusal | Trouble) -> None:
        self._looking = False
        self.problem.emit(problem)

    # --- deciding -------------------------------------------------------------------------------

    def _settle(self, task: str, who: str, note: str) -> None:
        self._seat.memory.setValue("who", who)
        store, clock = self._seat.store, self._seat.clock
        self._do(lambda: settle(store, task, by=who, note=note, clock=clock))

    def _decide(self, deed: str) -> None:
        code, reception = self.table.key, self._seat.reception
        one = next((one for one in self._wholes if one.code == code), None)
        if one is None:
            return
        if deed == REVOKE:
            self._do(lambda: reception.revoke(code, one.newest.epoch))
        elif deed == REVOKE_EARLIER and one.trusted_before:
            # Those that were shown: without any named, every one would be meant.
            self._do(lambda: reception.revoke(code, *one.trusted_before))
        else:
            self._do(lambda: reception.retire(code))

    def _do(self, verb: Callable[[], object]) -> None:
        """Do a verb on the worker, then show how things stand."""
        self._under_way += 1

        def done(_: object) -> None:
            self._under_way -= 1
            self.look()
            self.changed.emit()

        def failed(problem: Refusal | Trouble) -> None:
            self._under_way -= 1
            self.problem.emit(problem)
            self.look()

        self._seat.worker.run(verb, done, failed=failed)

    # --- writing down ---------------------------------------------------------------------------

    def _write(self, suffix: str, make: Callable[..., bytes]) -> None:
        say = self._say
        if say is None:
            return
        now = self._seat.clock()
        name = f"tills-{now:%Y-%m-%d}{suffix}"
        target = self._seat.choosing.target(self, say("Where to write it"), name)
        if target is None:
            return
        path = target if target.suffix else target.with_suffix(suffix)
        by_code = {one.code: one for one in self._wholes}
        shown = [by_code[line.key] for line in self.table.grid.lines if line.key in by_code]
        paper = paper_of(shown, self._tasks, now=now, say=say)
        self._under_way += 1

        def write() -> None:
            write_durably(path, make(paper, say))

        def done(_: object) -> None:
            self._under_way -= 1
            self.written.show_text(say("Written: {path}", path=str(path)))
            self.written.show()

        def failed(problem: Refusal | Trouble) -> None:
            self._under_way -= 1
            self.problem.emit(problem)

        self._seat.worker.run(write, done, failed=failed)

    # --- showing --------------------------------------------------------------------------------

    @property
    def _wholes(self) -> tuple[Whole, ...]:
        return self._known.wholes if self._known else ()

    @property
    def _tasks(self) -> tuple[Task, ...]:
        return self._known.tasks if self._known else ()

    def reword(self, say: Words) -> None:
        self._say = say
        self.heading.setText(say("Tills"))
        self.table.setAccessibleName(say("Tills"))
        self.table.setAccessibleDescription(
            say("Shift with the arrows puts the rows in another order; Ctrl C copies the row.")
        )
        self.filter.setPlaceholderText(say("Search in the table"))
        self.filter.setAccessibleName(say("Search in the table"))
        self.copy_key.put(say("Copy"))
        self.sheet_key.put(say("Workbook"))
        self.pdf_key.put(say("PDF"))
        self.empty.reword(say)
        self.written.hide()
        self.pane.reword(say)
        self._refresh()

    def dress(self) -> None:
        self.table.dress()
        self.pane.dress()
        self.empty.dress()
        self.filter.setFixedHeight(theme.target())
        for key in (self.copy_key, self.sheet_key, self.pdf_key):
            key.dress()
        self._arrange()

    def take_keyboard(self) -> None:
        if self.table.grid.of:
            self.table.setFocus()
        else:
            (self.empty.inbox_key if self._known else self).setFocus()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        if control and key == Qt.Key.Key_F:
            self.filter.setFocus()
            self.filter.selectAll()
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _escaped(self) -> None:
        self.filter.clear()
        self.table.setFocus()

    def _refresh(self) -> None:
        say, known = self._say, self._known
        if say is None or known is None:
            return
        now = self._seat.clock()
        self.table.fill(headings(say), rows(known.wholes, known.tasks, now=now, say=say))
        self._show_pane()
        self.waiting.emit(len(known.tasks))
        self._arrange()

    def _show_pane(self) -> None:
        one = next((one for one in self._wholes if one.code == self.table.key), None)
        self.pane.setVisible(one is not None)
        if one is not None and self._say is not None:
            now = self._seat.clock()
            self.pane.show_till(shown_of(one, self._tasks, now=now, say=self._say))

    def _arrange(self) -> None:
        """Show what there is, in the room there is."""
        have = self._known is None or bool(self._wholes)
        self._page.setVisible(have)
        self.empty.setVisible(not have)
        scale = theme.look().px(tokens.READ)
        narrow = self.width() < _NARROW * scale // tokens.READ
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self.pane.stand(whole=narrow)
        if narrow:
            self.pane.setMinimumWidth(0)
            self.pane.setMaximumWidth(_ANY)
            # One column that scrolls as a whole: some rows, then the till.
            self._card.setMinimumHeight(theme.target() * 5)
        else:
            self._card.setMinimumHeight(0)
            self.pane.setFixedWidth(_PANE * scale // tokens.READ)
