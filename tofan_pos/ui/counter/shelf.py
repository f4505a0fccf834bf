"""The page one sells from: categories, tiles, search results, and the story of the chosen line."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tofan_pos.counter.shelf import Category, Shelf
from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.money import baht
from tofan_pos.ui.counter.page import MainKey, Page
from tofan_pos.ui.counter.pictures import Pictures
from tofan_pos.ui.counter.rail import Rail
from tofan_pos.ui.counter.story import StoryPanel
from tofan_pos.ui.kit.text import Wrapped
from tofan_pos.ui.kit.tiles import Tile, TileView
from tofan_pos.words import Words


class ShelfPage(Page):
    """Emits `taken` with a product that was pressed or entered.

    The large key asks for the payment; where no session is open, to open one.
    """

    taken = Signal(object)
    opening_wanted = Signal()
    paying_wanted = Signal()
    looked_at = Signal(object)

    has_main_key = True

    def __init__(
        self, shelf: Shelf, pictures: Pictures, *, is_shut: Callable[[], bool] = lambda: False
    ) -> None:
        super().__init__()
        self._shelf, self._is_shut = shelf, is_shut
        self._say: Words | None = None
        self._categories: list[Category] | None = None
        self._shown: list[Product] = []
        self.searching = ""
        self.rail = Rail()
        self.tiles = TileView(pictures.get)
        self.story = StoryPanel(pictures)
        self._none = Wrapped(colour="muted")
        pictures.ready.connect(self.tiles.redraw)
        self.tiles.chosen.connect(self.taken)
        self.tiles.left.connect(self.left)
        self.tiles.lit.connect(self._look_at)
        self.rail.chosen.connect(self._show_category)
        self.rail.entered_tiles.connect(self._enter_tiles)
        self.rail.left.connect(self.left)
        self.story.resized.connect(self.turn_story)
        self._build()

    def _build(self) -> None:
        none = QWidget()
        inside = QVBoxLayout(none)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.addWidget(self._none)
        inside.addStretch(1)
        self._wall = QWidget()
        self._stack = QStackedLayout(self._wall)
        self._stack.addWidget(self.tiles)
        self._stack.addWidget(none)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._wall, 1)
        column.addWidget(self.story)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.rail)
        row.addLayout(column, 1)

    def load(self) -> None:
        """Read the shelf: after the first paint, since selling by scan needs none of it."""
        self._categories = self._shelf.categories()
        if self._say:
            self.rail.fill(self._categories, self._say)
        self._show_category(None)

    def search(self, text: str) -> None:
        """Show what a text finds; an empty one shows the chosen category again."""
        wanted = text.strip()
        if wanted == self.searching and self._categories is not None:
            return  # it is what is shown
        self.searching = wanted
        if not self.searching:
            self._show_category(self.rail.current())
            return
        self._show(self._shelf.search(self.searching), highlight=True)

    def with_code(self, text: str) -> Product | None:
        """Return the product shown whose whole code a text is."""
        code = text.strip().upper()
        return next((product for product in self._shown if product.code == code), None)

    def steer(self, event: QKeyEvent, *, sideways: bool) -> bool:
        """Move the highlight with an arrow key; tell whether it was one."""
        step = self.tiles.step_of(event)
        if step is None or (abs(step) == 1 and not sideways):
            return False
        if step == -1 and self.tiles.currentIndex().row() == 0:
            return False
        self.tiles.move(step)
        return True

    def turn_story(self) -> None:
        """Give the whole story the place of the tiles, or give it back."""
        self.story.show_large(not self.story.large)
        self._wall.setVisible(not self.story.large)

    def fold_story(self) -> bool:
        """Bring the tiles back; tell whether they were away."""
        if not self.story.large:
            return False
        self.turn_story()
        return True

    def main_key(self, say: Words) -> MainKey | None:
        return MainKey(text=say("Open the session"), hint="F12") if self._is_shut() else None

    def invitation(self, say: Words) -> str:
        return say("No session is open.\nPress F12 and count the float.") if self._is_shut() else ""

    def press(self) -> None:
        (self.opening_wanted if self._is_shut() else self.paying_wanted).emit()

    def reword(self, say: Words) -> None:
        self._say = say
        self.tiles.setAccessibleName(say("Products"))
        self.story.reword(say)
        self._none.show_text(
            say("Nothing is called that. Try fewer letters, or the code on the label.")
        )
        if self._categories is not None:
            self.rail.fill(self._categories, say)
            self._show(self._shown, highlight=bool(self.searching))

    def dress(self) -> None:
        self.rail.dress()
        self.tiles.dress()
        self.story.dress()

    def _show_category(self, category: Category | None) -> None:
        self.searching = ""
        products = self._shelf.in_category(category) if category else self._shelf.favourites()
        self._show(products, highlight=False)

    def _show(self, products: list[Product], *, highlight: bool) -> None:
        if self._say is None:
            return
        self._shown = products
        self.rail.rest(resting=bool(self.searching))
        language = self._say.language
        tiles = [Tile(p, p.name.get(language), baht(p.price), p.picture) for p in products]
        self.tiles.show_tiles(tiles, highlight=highlight)
        self._stack.setCurrentIndex(1 if self.searching and not tiles else 0)

    def _look_at(self, product: Product | None) -> None:
        self.looked_at.emit(product if self.searching or self.tiles.hasFocus() else None)

    def _enter_tiles(self) -> None:
        self.tiles.setFocus()
        self.tiles.move(0)
