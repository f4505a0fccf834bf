"""The inbox: what came from the tills is dropped here, and what became of it is told in place."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QVBoxLayout, QWidget

from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.office.intake import Outcome, Result, gaps_after
from tofan_pos.sync.enrolment import Request
from tofan_pos.sync.request_code import LONGEST, request_letter
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.keys import QuietButton
from tofan_pos.ui.kit.scroll import scrolled
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.ui.kit.tones import Tone
from tofan_pos.ui.office.drop_card import DropCard
from tofan_pos.ui.office.figures import Figures
from tofan_pos.ui.office.inbox_words import answered_said, entry_of, figures_of
from tofan_pos.ui.office.missing_card import MissingCard
from tofan_pos.ui.office.request_card import TRUST_KEY, Answer, Asked, RequestCard
from tofan_pos.ui.office.result_list import ResultList
from tofan_pos.ui.office.room import GAP, Room, Seat
from tofan_pos.ui.office.scanning import code_in
from tofan_pos.ui.office.taking import Taking, Took, grant
from tofan_pos.words import Words

if TYPE_CHECKING:
    from datetime import datetime

_ASIDE = 376
_NARROW = 960
"""Below this width, in pixels at 100 %, what waits stands above the results, not beside them."""
_ANY = 16_777_215
"""Qt's own word for no limit of a size."""
_MOST = 2_000
"""So many results are shown; older ones are in the database all the same."""


class InboxRoom(Room):
    """Takes files in, and asks about tills that want to be enrolled."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._say: Words | None = None
        self._results: list[tuple[Result, datetime]] = []
        self._last: tuple[Result, ...] = ()
        self._summed: tuple[Result, ...] = ()
        """What the next sums go on from."""
        self._looking = False
        self.taking = Taking(seat, self)
        self.cards: list[RequestCard] = []
        self.drop_card, self.figures, self.results = DropCard(), Figures(), ResultList()
        self.answered = Wrapped(colour="good", most=3)
        self.copy_key = QuietButton("copy")
        self.missing = MissingCard()
        self._wire()
        self._build()
        self._arrange()

    def _wire(self) -> None:
        self.drop_card.files_wanted.connect(self._choose_files)
        self.drop_card.folder_wanted.connect(self._choose_folder)
        self.drop_card.cancel_wanted.connect(self._cancel)
        self.taking.begun.connect(self._begun)
        self.taking.progressed.connect(self.drop_card.show_progress)
        self.taking.ended.connect(self._ended)
        self.taking.failed.connect(self._failed)
        self.copy_key.clicked.connect(
            lambda: QApplication.clipboard().setText(self.results.as_text)
        )

    def _build(self) -> None:
        self.head.addWidget(self.copy_key, 0, Qt.AlignmentFlag.AlignTop)
        self._told = QFrame()
        self._told.setObjectName("card")
        inside = QVBoxLayout(self._told)
        inside.setContentsMargins(2, 12, 2, 2)
        inside.setSpacing(8)
        figures = QVBoxLayout()
        figures.setContentsMargins(16, 0, 16, 0)
        figures.addWidget(self.figures)
        figures.addWidget(self.answered)
        inside.addLayout(figures)
        inside.addWidget(self.results, 1)
        aside = QWidget()
        self._asking = QVBoxLayout(aside)
        self._asking.setContentsMargins(0, 0, 8, 0)
        self._asking.setSpacing(GAP)
        self._asking.addWidget(self.missing)
        self._asking.addStretch(1)
        self._aside = scrolled(aside)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.drop_card)
        left.addWidget(self._told, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(GAP)
        self._row.addLayout(left, 1)
        self._row.addWidget(self._aside)
        page = QWidget()
        self._row.setContentsMargins(0, 0, 0, 0)
        page.setLayout(self._row)
        self._page = scrolled(page)
        self.body.addWidget(self._page, 1)

    @property
    def at_rest(self) -> bool:
        return not self.taking.running and not self._looking

    # --- taking in ------------------------------------------------------------------------------

    def take(self, paths: Iterable[Path]) -> None:
        """Take files and folders in."""
        self.taking.begin(paths)

    def take_code(self, code: str) -> None:
        """Bring a request whose code was scanned to reception; a person then compares it."""
        self._seat.worker.run(
            lambda: self._seat.reception.ask(request_letter(code)),
            lambda _grant: self.look(),
            failed=self.problem.emit,
        )

    def drop(self, dropped: QMimeData) -> bool:
        if code := code_in(dropped.text()[: LONGEST + 1]):
            self.take_code(code)
            return True
        paths = paths_in(dropped)
        self.take(paths)
        return bool(paths)

    def _choose_files(self) -> None:
        if self._say is not None:
            self.take(self._seat.choosing.files(self, self._say("Files from the tills")))

    def _choose_folder(self) -> None:
        if self._say is not None:
            folder = self._seat.choosing.folder(self, self._say("A folder or a stick"))
            self.take([folder] if folder else [])

    def _cancel(self) -> None:
        self.taking.cancel()
        self.drop_card.stopping()

    def _begun(self) -> None:
        here = self.drop_card.isAncestorOf(self.window().focusWidget())
        self.drop_card.start()
        # What was safe to remove is not while something is written there.
        self.answered.hide()
        self._arrange()
        self._page.verticalScrollBar().setValue(0)
        if here:
            self.drop_card.cancel.setFocus()

    def _ended(self, took: Took) -> None:
        now = self._seat.clock()
        again = {result.path for result in took.results}
        before = [
            one for one in self._results if not (_is_refused(one[0]) and one[0].path in again)
        ]
        fresh = [(result, now) for result in reversed(took.results)]
        self._results = (fresh + before)[:_MOST]
        self._last = (*(one for one in self._summed if one.path not in again), *took.results)
        self._summed = ()
        here = self.window().focusWidget() is self.drop_card.cancel
        self._ask(took.asked)
        self.drop_card.stop()
        refused = any(_is_refused(result) for result in took.results)
        self._seat.sounds.play(Tone.UNKNOWN if refused else Tone.DONE)
        self._refresh()
        if here:
            self.take_keyboard()
        self._page.verticalScrollBar().setValue(0)
        self.changed.emit()

    def _failed(self, problem: Refusal | Trouble) -> None:
        self.drop_card.stop()
        self._seat.sounds.play(Tone.UNKNOWN)
        self._arrange()
        self.problem.emit(problem)

    # --- tills that ask -------------------------------------------------------------------------

    @property
    def _asks(self) -> list[RequestCard]:
        """The cards that wait for an answer, the first bears the key for it."""
        return [card for card in self.cards if card.answer is Answer.OPEN]

    def look(self) -> None:
        """Look whether tills asked over the network."""
        if self._looking or self.taking.running:
            return
        self._looking = True
        self._seat.worker.run(self._seat.reception.pending, self._looked, failed=self._not_looked)

    def _looked(self, pending: Sequence[Request]) -> None:
        self._looking = False
        self._ask([Asked(request) for request in pending])

    def _not_looked(self, problem: Refusal | Trouble) -> None:
        self._looking = False
        self.problem.emit(problem)

    def _ask(self, asked: Iterable[Asked]) -> None:
        """Show a card for each request that is not asked about already."""
        shown = {card.asked.key for card in self.cards if card.answer is Answer.OPEN}
        for one in asked:
            if one.key in shown:
                continue
            shown.add(one.key)
            card = RequestCard(one)
            card.same.connect(partial(self._same, card))
            card.differs.connect(partial(self._differs, card))
            card.done.connect(partial(self._put_away, card))
            if self._say is not None:
                card.reword(self._say)
            # What is missing stands above those who ask.
            self._asking.insertWidget(1 + len(self.cards), card)
            self.cards.append(card)
        self._arrange()

    def _same(self, card: RequestCard) -> None:
        """Trust the till; what it sent and could not be taken in before is taken in now."""
        card.setEnabled(False)

        def granted(path: Path | None) -> None:
            card.setEnabled(True)
            card.granted(path)
            card.done_key.setFocus()
            self._arrange()
            self.changed.emit()
            till = card.asked.request.till
            waits = [one.path for one, _ in self._results if _waits_for(one, till)]
            # The sums go on with what came in beside them.
            self._summed = self._last if waits else ()
            self.take(waits)

        def refused(problem: Refusal | Trouble) -> None:
            card.setEnabled(True)
            card.refuse(problem)
            self._arrange()

        self._seat.worker.run(lambda: grant(self._seat, card.asked), granted, failed=refused)

    def _differs(self, card: RequestCard) -> None:
        """Put the request aside: it is asked about no more, and nothing is trusted."""
        request = card.asked.request
        self._seat.worker.run(
            lambda: self._seat.reception.forget(request), failed=self.problem.emit
        )
        self._arrange()

    def _put_away(self, card: RequestCard) -> None:
        self.cards.remove(card)
        self._asking.removeWidget(card)
        card.deleteLater()
        self._arrange()
        self.take_keyboard()

    # --- showing --------------------------------------------------------------------------------

    def reword(self, say: Words) -> None:
        self._say = say
        self.heading.setText(say("Inbox"))
        self.copy_key.put(say("Copy the list"))
        self.results.setAccessibleName(say("What became of each file"))
        self.drop_card.reword(say)
        for card in self.cards:
            card.reword(say)
        self._refresh()

    def dress(self) -> None:
        self.drop_card.dress()
        self.results.dress()
        self.copy_key.dress()
        self.missing.dress()
        for card in self.cards:
            card.dress()
        self._arrange()

    def take_keyboard(self) -> None:
        if asks := self._asks:
            # On the card and not on its keys: one Enter too many trusts nobody.
            asks[0].setFocus()
        elif self.taking.running:
            self.drop_card.cancel.setFocus()
        else:
            self.drop_card.files.setFocus()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Escape and self.taking.running:
            self._cancel()
        elif key == TRUST_KEY and self._asks:
            self._asks[0].same_key.click()
        elif control and key == Qt.Key.Key_V:
            return self.drop(QGuiApplication.clipboard().mimeData())
        elif control and key == Qt.Key.Key_O and not self.taking.running:
            self._choose_files()
        else:
            return False
        return True

    def close_room(self) -> None:
        self.taking.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _refresh(self) -> None:
        say = self._say
        if say is None:
            return
        self.results.show_entries([entry_of(result, at, say) for result, at in self._results])
        self.figures.show_figures(figures_of(self._last, say))
        self.answered.show_text(answered_said(self._last, say))
        self.answered.setVisible(bool(self.answered.text) and not self.taking.running)
        self.missing.show_gaps(gaps_after(self._last), say)
        self._arrange()

    def _arrange(self) -> None:
        """Show what there is, in the room there is."""
        have = bool(self._results)
        asks = self._asks
        aside = bool(self.cards) or bool(self.missing.gaps)
        narrow = self.width() < _NARROW * theme.look().px(16) // 16
        direction = QBoxLayout.Direction
        # What waits stands above, but for as long as one watches how far it is.
        column = direction.TopToBottom if self.drop_card.running else direction.BottomToTop
        self._row.setDirection(column if narrow else direction.LeftToRight)
        self._asking.setContentsMargins(0, 0, 0 if narrow else 8, 0)
        self._aside.setVisible(aside)
        bars = Qt.ScrollBarPolicy
        self._aside.setVerticalScrollBarPolicy(
            bars.ScrollBarAlwaysOff if narrow else bars.ScrollBarAsNeeded
        )
        if narrow:
            # One column that scrolls as a whole: nothing is read through a slit.
            self._aside.setMinimumWidth(0)
            self._aside.setMaximumWidth(_ANY)
            wide = self._page.viewport().width() - 2 * GAP
            self._aside.setFixedHeight(max(self._asking.heightForWidth(wide), 0))
        else:
            self._aside.setFixedWidth(min(_ASIDE * theme.look().px(16) // 16, self.width() // 2))
            self._aside.setMinimumHeight(0)
            self._aside.setMaximumHeight(_ANY)
        self.results.setMinimumHeight(theme.target() * 4)
        self.drop_card.be_large(not have and not (narrow and aside))
        self.drop_card.accent(not asks)
        for place, card in enumerate(asks):
            card.accent(place == 0)
        self._told.setVisible(have)
        self.copy_key.setVisible(have)
        self.waiting.emit(len(asks))


def paths_in(dropped: QMimeData) -> list[Path]:
    """Return the files and folders that were dropped or copied; a copied text may name some."""
    if dropped.hasUrls():
        return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
    named = [Path(line.strip().strip('"')) for line in dropped.text().splitlines()[:100]]
    return [path for path in named if path.is_absolute() and path.exists()]


def _is_refused(result: Result) -> bool:
    return result.outcome is Outcome.REFUSED


def _waits_for(result: Result, till: str) -> bool:
    problem = result.problem
    return (
        isinstance(problem, Refusal)
        and problem.why is Why.NOT_ENROLLED
        and problem.facts.get("till") == till
    )
