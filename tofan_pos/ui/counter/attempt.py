"""Doing a verb that may need a supervisor's word: asked for in place, then the verb once more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tofan_pos.counter.access import Access, Approval
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.people import Right
from tofan_pos.sentences.people import Act
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """What waits for an approval, and the page it was asked from."""

    right: Right
    about: str | Act
    verb: Callable[[Approval | None], Any]
    done: Callable[[Any], None]
    before: type[Page]


class Attempt(QObject):
    """Does verbs. `problem` carries a `Refusal` or `Trouble`; `all_well` follows what was done.

    `still` says the last problem anew while it lessens, as a wait does: no news, so no sound.

    One verb waits at a time: when another page is turned to, it is given up and nothing changes.
    """

    problem = Signal(object)
    still = Signal(object)
    all_well = Signal()

    def __init__(
        self, access: Access, *, pages: Pages, field: QWidget, parent: QObject | None = None
    ) -> None:
        """Wait for verbs; `field` gets the keyboard back on pages that have no field of theirs."""
        super().__init__(parent)
        self._access, self._pages, self._field = access, pages, field
        self._waiting: _Waiting | None = None
        pages.made.connect(self._listen)
        pages.turned.connect(self._turned)

    @property
    def asking(self) -> bool:
        """Whether a supervisor's word is being waited for."""
        return self._waiting is not None

    def run(
        self,
        verb: Callable[[Approval | None], T],
        done: Callable[[T], None],
        *,
        about: str | Act = "",
    ) -> None:
        """Do a verb; where it needs an approval, ask a supervisor's PIN in place and do it again.

        `done` gets what the verb returned, on the page it was asked from. `about` is what the act
        is done to, such as a document's number or a product's name, or else words the act itself:
        the supervisor reads it.
        """
        self._do(verb, done, about=about, approval=None)

    def _do(
        self,
        verb: Callable[[Approval | None], T],
        done: Callable[[T], None],
        *,
        about: str | Act,
        approval: Approval | None,
    ) -> None:
        try:
            result = verb(approval)
        except Refusal as refusal:
            if refusal.why is Why.APPROVAL_NEEDED:
                self._ask(Right(str(refusal.facts["right"])), verb, done, about=about)
            else:
                self.problem.emit(refusal)
            return
        except Trouble as trouble:
            self.problem.emit(trouble)
            return
        self.all_well.emit()
        done(result)

    def _ask(
        self,
        right: Right,
        verb: Callable[[Approval | None], Any],
        done: Callable[[Any], None],
        *,
        about: str | Act,
    ) -> None:
        before = self._waiting.before if self._waiting else type(self._pages.shown)
        self._waiting = _Waiting(right=right, about=about, verb=verb, done=done, before=before)
        who = self._access.who
        page = self._pages.of(ApprovePage)
        page.ask(right, about=about, staff=self._access.staff(), asker=who.code if who else "")
        self.all_well.emit()
        self._pages.turn_to(ApprovePage)
        page.take_keyboard()

    def _given(self, code: str, pin: str) -> None:
        waiting = self._waiting
        if waiting is None:
            return
        try:
            approval = self._access.approve(waiting.right, code, pin)
        except (Refusal, Trouble) as problem:
            self._pages.of(ApprovePage).refuse(problem)
            self.problem.emit(problem)
            return
        self._back(waiting)
        self._do(waiting.verb, waiting.done, about=waiting.about, approval=approval)

    def _cancelled(self) -> None:
        if self._waiting is not None:
            self.all_well.emit()
            self._back(self._waiting)

    def _back(self, waiting: _Waiting) -> None:
        self._waiting = None
        self._pages.of(ApprovePage).forget()
        if not self._pages.turn_to(waiting.before).take_keyboard():
            self._field.setFocus()

    def _turned(self) -> None:
        """Give up what waits once another page is shown: nobody would see what a PIN is for."""
        if self._waiting is not None and not self._pages.shows(ApprovePage):
            self._waiting = None
            self._pages.of(ApprovePage).forget()

    def _listen(self, page: Page) -> None:
        if isinstance(page, ApprovePage):
            page.given.connect(self._given)
            page.cancelled.connect(self._cancelled)
            page.waited.connect(self.all_well)
            page.refused.connect(self.problem)
            page.still.connect(self.still)
