"""The counter's one window: the basket at the right, what one does with it at the left."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.counter.desk import Desk
from tofan_pos.store.facts import StoredReversal, StoredSale
from tofan_pos.ui.counter.basket import BasketPanel
from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.book import makers
from tofan_pos.ui.counter.cover import Cover, Covers
from tofan_pos.ui.counter.done import DonePage
from tofan_pos.ui.counter.export import ExportPage
from tofan_pos.ui.counter.guard import Guard
from tofan_pos.ui.counter.menu import MenuPage
from tofan_pos.ui.counter.packing import Packing
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.paying import Paying
from tofan_pos.ui.counter.pictures import Pictures
from tofan_pos.ui.counter.printing import Printing
from tofan_pos.ui.counter.rooms import Rooms
from tofan_pos.ui.counter.sale import OpenSale
from tofan_pos.ui.counter.sending import Carriage
from tofan_pos.ui.counter.serving import Serving
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.counter.showing import Showing
from tofan_pos.ui.counter.telling import Telling
from tofan_pos.ui.counter.trainer import Trainer
from tofan_pos.ui.counter.watch import Watch
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.band import Band
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keys import IconButton
from tofan_pos.ui.kit.looks import Looks
from tofan_pos.ui.kit.notice import Notice
from tofan_pos.ui.kit.sounds import Sounds
from tofan_pos.ui.kit.status import StatusLine
from tofan_pos.ui.kit.ticks import now_ms
from tofan_pos.ui.kit.warming import settle, warm_up
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.ui.kit.parts import Dressed, Ending, Worded

_REST_MS = 60
"""A search waits for the keys to rest this long, so that no scan is ever searched for."""
_TOO_SOON_MS = 400
"""A finger that bounces on the large key must not pay: presses this soon after a page turned."""
_BASKET_SHARE, _BASKET_LEAST, _BASKET_MOST = 0.41, 400, 640


class CounterWindow(QWidget):
    """The window of one open till. `ready` when it is painted and can take a scan."""

    ready = Signal()
    training_wanted = Signal()
    closed = Signal()

    def __init__(  # noqa: PLR0913 - what only the composition root can bring
        self,
        desk: Desk,
        *,
        words: Mapping[str, Words],
        language: str,
        dark: bool,
        sounds: Sounds,
        now: Callable[[], int] = now_ms,
        carriage: Carriage | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self._desk, self._words, self._sounds, self._now = desk, words, sounds, now
        self.language = language
        self.looks = Looks(dark=dark, parent=self)
        self.looks.changed.connect(self._look_anew)
        self._worker, self._drawing = Worker(self), Worker(self)
        self._remembered = QSettings(
            str(desk.store.path.with_name("window.ini")), QSettings.Format.IniFormat
        )
        self.field, self.notice, self.band = EntryField(now=now), Notice(), Band()
        self.menu_key = IconButton("menu")
        self.basket, self.status = BasketPanel(), StatusLine()
        self.pictures = Pictures(desk.shelf, self)
        self.printing = Printing(desk.spool, self._worker, self)
        self.sale = OpenSale(desk.register, self)
        self.pages = Pages(
            makers(desk, pictures=self.pictures, worker=self._worker, drawing=self._drawing)
        )
        self.rooms = Rooms(
            desk,
            pages=self.pages,
            field=self.field,
            worker=self._worker,
            carriage=carriage,
            parent=self,
        )
        self.watch = Watch(
            desk, self.status, printing=self.printing, office=self.rooms.office, parent=self
        )
        self.guard = Guard(desk, now=now, parent=self)
        self._packing = Packing(desk, pages=self.pages, worker=self._worker, parent=self)
        self.paying = Paying(self.sale, field=self.field, pages=self.pages, parent=self)
        self.sale.attempt = self.rooms.attempt
        self.serving = Serving(
            self.sale,
            field=self.field,
            pages=self.pages,
            sounds=sounds,
            others={**self.rooms.deeds, **self.guard.deeds},
            receipts=self.rooms.returning,
            paying=self.paying,
        )
        self.serving.doing.exported_to = str(self._remembered.value("export_folder", ""))
        self.trainer: Trainer | None = None
        if desk.profile.training:
            self.trainer = Trainer(desk, pages=self.pages, sale=self.sale, parent=self)
            self.trainer.stopped.connect(self.close)
        self._painted = self._begun = False
        self._turned_at = -_TOO_SOON_MS
        self.telling = Telling(self.notice, self.say, self)
        self.showing = Showing(desk.register, self.sale, basket=self.basket, pages=self.pages)
        self._rest = QTimer(self)
        self._wire()
        self._build()
        self.pages.turn_to(ShelfPage)
        self._dress()
        self._reword()
        self.field.setFocus()

    # --- putting it together --------------------------------------------------------------------

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.field, 1)
        top.addWidget(self.menu_key)
        left = QVBoxLayout()
        left.setContentsMargins(16, 8, 16, 8)
        left.setSpacing(10)
        left.addLayout(top)
        left.addWidget(self.notice)
        left.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(left, 1)
        middle.addWidget(self.basket)
        self._covers = Covers(self)
        column = QVBoxLayout(self._covers.under)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        if self.trainer:
            column.insertWidget(0, self.trainer.strip)
        self.setMinimumSize(960, 640)

    def _wire(self) -> None:
        serving, doing, basket = self.serving, self.serving.doing, self.basket
        self.pages.made.connect(self._listen)
        self.pages.turned.connect(self._turned)
        serving.problem.connect(self.telling.problem)
        serving.all_well.connect(self.telling.hush)
        serving.sold.connect(self._sold)
        doing.void_asked.connect(self.showing.ask_void)
        doing.language_wanted.connect(self.turn_language)
        basket.line_chosen.connect(self.sale.choose)
        basket.stepped.connect(self.sale.step)
        basket.line_removed.connect(self.sale.remove)
        basket.line_discount.connect(partial(doing.do, Deed.DISCOUNT_LINE))
        basket.basket_discount.connect(partial(doing.do, Deed.DISCOUNT_BASKET))
        basket.emptied.connect(partial(doing.do, Deed.VOID_BASKET))
        basket.pressed.connect(self._press_main)
        basket.exchange_dropped.connect(self.sale.drop_exchange)
        self.paying.purpose_changed.connect(self._turned)
        self.menu_key.clicked.connect(partial(doing.do, Deed.MENU))
        self._wire_rooms()
        self.watch.problem.connect(self.telling.problem)
        self.watch.printing_said.connect(self.showing.show_printing)
        self.printing.doubtful.connect(self.telling.doubtful)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(lambda: serving.look_up(self.field.text()))
        self.field.textEdited.connect(lambda _: self._rest.start())
        self.field.entered.connect(lambda *_: self._rest.stop())
        self.field.installEventFilter(self)

    def _wire_rooms(self) -> None:
        rooms, guard = self.rooms, self.guard
        rooms.join(serving=self.serving, telling=self.telling)
        rooms.changed.connect(self.written)
        rooms.sale_changed.connect(self.sale.settle)
        self._packing.changed.connect(self.watch.look)
        rooms.returned.connect(self._sold)
        rooms.pack_wanted.connect(
            lambda z: self._packing.make(z, chosen=self.serving.doing.exported_to, say=self.say)
        )
        rooms.keeping.opened.connect(lambda _: self.sale.settle())
        guard.covered.connect(self._cover)
        guard.uncovered.connect(self._uncover)
        guard.problem.connect(self.telling.problem)
        guard.changed.connect(self.written)
        guard.training_wanted.connect(self.training_wanted)
        guard.language_wanted.connect(self.turn_language)

    def _listen(self, page: Page) -> None:
        page.key_changed.connect(self.showing.show_main_key)
        if isinstance(page, ShelfPage):
            page.looked_at.connect(self.showing.look_at)
        elif isinstance(page, MenuPage):
            page.look_wanted.connect(self.looks.turn_look)
            page.text_wanted.connect(self.looks.turn_text_size)
        elif isinstance(page, ExportPage):
            page.exported.connect(self._exported)

    @property
    def _trainers(self) -> tuple[Trainer, ...]:
        """Return the one who teaches, on a till to learn on."""
        return (self.trainer,) if self.trainer else ()

    @property
    def at_rest(self) -> bool:
        """Whether it is painted and every drawing and writing it began has come back."""
        workers = (self._worker, self._drawing, self.pictures)
        busy = any(worker.under_way for worker in workers)
        taught = all(trainer.at_rest for trainer in self._trainers)
        return self._begun and self.showing.told and taught and not busy

    # --- language and look ----------------------------------------------------------------------

    @property
    def say(self) -> Words:
        """The words of the language in force."""
        return self._words[self.language]

    def turn_language(self) -> None:
        """Go over to the other language; the basket and the page stay."""
        languages = list(self._words)
        self.language = languages[(languages.index(self.language) + 1) % len(languages)]
        self._reword()

    @property
    def dark(self) -> bool:
        """Whether it looks dark."""
        return self.looks.dark

    def _look_anew(self) -> None:
        self._dress()
        self._reword()

    def _dress(self) -> None:
        dressed: list[Dressed] = [self.menu_key, self.basket, self.pages, self.status, self.guard]
        for part in (*dressed, *self._trainers):
            part.dress()
        self.menu_key.setFixedSize(theme.target() + 8, theme.target() + 8)
        self.field.setFixedHeight(theme.target() + 8)
        self.update()

    def _reword(self) -> None:
        say = self.say
        self.setWindowTitle(say("Tofan counter {till}", till=self._desk.profile.till))
        self.field.setAccessibleName(say("Scan or search"))
        self.menu_key.put(say("More"))
        worded: list[Worded] = [self.pages, self.telling, self.showing, self.guard]
        for part in (*worded, *self._trainers):
            part.reword(say)
        self._show_purpose()
        if self._painted:
            self.watch.begin(say)

    # --- showing --------------------------------------------------------------------------------

    def _turned(self) -> None:
        self._turned_at = self._now()
        self._show_purpose()
        self.showing.show_main_key()

    def _show_purpose(self) -> None:
        text, icon = self.say("Scan, or type a name or code"), "search"
        if self.paying.shown:
            text, icon = self.pages.of(PayPage).purpose(self.say)
        self.field.setPlaceholderText(text)
        self.field.show_icon(icon)

    def _sold(self, stored: StoredSale | StoredReversal) -> None:
        self.showing.look_at(None)
        self.showing.show_sale()
        self.watch.sold(stored)
        self.printing.kick()

    def _exported(self, folder: str) -> None:
        self.serving.doing.exported_to = folder
        self._remembered.setValue("export_folder", folder)
        self.watch.look()

    def written(self) -> None:
        """Look at how things stand, and print what waits: something was written."""
        self.watch.look()
        self.printing.kick()
        for trainer in self._trainers:
            trainer.look()

    # --- covers ---------------------------------------------------------------------------------

    @property
    def covered(self) -> bool:
        """Whether a cover lies over the counter: it is locked, or not set up yet."""
        return self._covers.cover is not None

    def _cover(self, cover: Cover) -> None:
        self.telling.hush()
        # Whoever comes next finds the basket, and neither a page nor a question of somebody else's.
        self.serving.doing.back()
        self._covers.put_over(cover)

    def _uncover(self) -> None:
        self._covers.take_away()
        self.watch.look()
        self.field.setFocus()
        if self._desk.day.session is None:
            self.rooms.keeping.open_session()
        elif not self.sale.basket.lines:
            self.rooms.keeping.remind_date()
        self.rooms.office.greet()

    def _press_main(self) -> None:
        if self._now() - self._turned_at >= _TOO_SOON_MS:
            self.serving.doing.press_main()

    # --- Qt's own -------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = watched is self.field and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and self.serving.key(event):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cover = self._covers.cover
        if cover is not None:
            cover.covers_key(Qt.Key(event.key()))
        elif self.serving.key(event):
            return
        elif event.text().isprintable() and event.text() and not self.field.hasFocus():
            # A scan, or typing, while a key or a list had the keyboard.
            self.field.setFocus()
            self.field.keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.serving.escape()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = min(max(int(self.width() * _BASKET_SHARE), _BASKET_LEAST), _BASKET_MOST)
        self.basket.setFixedWidth(wide)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._begin)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.hide()  # Gone at once: what was begun, as a line half open, ends out of sight.
        self._rest.stop()
        looking: list[Ending] = [self.watch, self.guard, *self._trainers, self.printing]
        working: list[Ending] = [self.pictures, self._drawing, self._worker, self._sounds]
        for part in (*looking, *working):
            part.close()
        super().closeEvent(event)
        self.closed.emit()

    def _warmed(self, _: None) -> None:
        settle(self)
        self.pages.of(ShelfPage).dress()

    def _begin(self) -> None:
        """Do what need not be done before the first scan."""
        self.ready.emit()
        self.pages.of(ShelfPage).load()
        self.watch.begin(self.say)
        self._drawing.run(warm_up, self._warmed)
        self.printing.begin()
        self.pages.of(PayPage)
        self.pages.of(DonePage)
        self._worker.run(self._desk.shelf.prepare_search)
        self._begun = True
        self.guard.begin()
