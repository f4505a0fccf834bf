"""The left side's pages: built when first wanted, one shown at a time, never one over another."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from tofan_pos.ui.counter.page import Page
from tofan_pos.words import Words

P = TypeVar("P", bound=Page)


class Pages(QStackedWidget):
    """Keeps one page of each kind; `turned` after another one is shown."""

    turned = Signal()
    made = Signal(object)

    def __init__(self, makers: Mapping[type[Page], Callable[[], Page]]) -> None:
        super().__init__()
        self._makers = makers
        self._pages: dict[type[Page], Page] = {}
        self._say: Words | None = None

    def of(self, kind: type[P]) -> P:
        """Return the page of a kind, built and worded."""
        page = self._pages.get(kind)
        if page is None:
            page = self._makers[kind]()
            self._pages[kind] = page
            page.dress()
            if self._say is not None:
                page.reword(self._say)
            self.addWidget(page)
            self.made.emit(page)
        if not isinstance(page, kind):
            raise TypeError(kind)
        return page

    def shows(self, kind: type[Page]) -> bool:
        """Tell whether the page of a kind is the one shown."""
        return isinstance(self.currentWidget(), kind)

    @property
    def shown(self) -> Page:
        """The page shown."""
        page = self.currentWidget()
        if not isinstance(page, Page):
            raise TypeError(page)
        return page

    def turn_to(self, kind: type[P]) -> P:
        """Show the page of a kind."""
        page = self.of(kind)
        if self.currentWidget() is not page:
            self.setCurrentWidget(page)
            self.turned.emit()
        return page

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._say = say
        for page in self._pages.values():
            page.reword(say)

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        for page in self._pages.values():
            page.dress()
