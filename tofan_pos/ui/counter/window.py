"""The counter's one window: the basket at the right, what one does with it at the left."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tofan_pos.counter.desk import Desk
from tofan_pos.domain.basket import Basket, BasketLine
from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sentences import sentence
from tofan_pos.store.counter import StoredSale
from tofan_pos.ui.counter.basket import BasketPanel
from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.done import DonePage
from tofan_pos.ui.counter.export import ExportPage
from tofan_pos.ui.counter.facts import facts_of, printing_said
from tofan_pos.ui.counter.help import HelpPage
from tofan_pos.ui.counter.menu import MenuPage
from tofan_pos.ui.counter.page import MainKey, Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.pictures import Pictures
from tofan_pos.ui.counter.printing import Printing
from tofan_pos.ui.counter.receipt import ReceiptPage
from tofan_pos.ui.counter.sale import OpenSale
from tofan_pos.ui.counter.serving import Serving
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.counter.status import StatusLine
from tofan_pos.ui.counter.wording import clock_said
from tofan_pos.ui.kit import icons, theme
from tofan_pos.ui.kit.band import Band
from tofan_pos.ui.kit.field import EntryField
from tofan_pos.ui.kit.keys import IconButton
from tofan_pos.ui.kit.notice import Notice
from tofan_pos.ui.kit.sounds import Sounds
from tofan_pos.ui.kit.worker import Worker
from tofan_pos.words import Words

_REST_MS = 60
"""A search waits for the keys to rest this long, so that no scan is ever searched for."""
_TICK_MS = 15_000
_TOO_SOON_MS = 400
"""A finger that bounces on the large key must not pay: presses this soon after a page turned."""
_BASKET_SHARE, _BASKET_LEAST, _BASKET_MOST = 0.41, 400, 640
_SIZES = (100, 125, 150, 200)


def _now_ms() -> int:
    return int(monotonic() * 1000)


class CounterWindow(QWidget):
    """The window of one open till. `ready` when it is painted and can take a scan."""

    ready = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        words: Mapping[str, Words],
        language: str,
        dark: bool,
        sounds: Sounds,
        now: Callable[[], int] = _now_ms,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self._desk, self._words, self._sounds, self._now = desk, words, sounds, now
        self.language, self.dark = language, dark
        self._worker, self._drawing = Worker(self), Worker(self)
        self._remembered = QSettings(
            str(desk.store.path.with_name("window.ini")), QSettings.Format.IniFormat
        )
        self.field, self.notice, self.band = EntryField(now=now), Notice(), Band()
        self.menu_key = IconButton("menu")
        self._search = QAction(self)
        self.field.addAction(self._search, EntryField.ActionPosition.LeadingPosition)
        self.basket, self.status = BasketPanel(), StatusLine()
        self.pictures = Pictures(desk.shelf, self)
        self.printing = Printing(desk.spool, self._worker, self)
        self.sale = OpenSale(desk.register, self)
        self.pages = Pages(self._makers())
        self.serving = Serving(
            self.sale,
            field=self.field,
            pages=self.pages,
            sounds=sounds,
            last_sale=partial(desk.papers.find, "last"),
        )
        self.serving.exported_to = str(self._remembered.value("export_folder", ""))
        self._told: Callable[[Words], str] | None = None
        self._painted = False
        self._turned_at = 0
        self._looked_at: Product | None = None
        self._last: StoredSale | None = None
        self._rest, self._tick = QTimer(self), QTimer(self)
        self._wire()
        self._build()
        self.pages.turn_to(ShelfPage)
        self._dress()
        self._reword()
        self.field.setFocus()

    # --- putting it together --------------------------------------------------------------------

    def _makers(self) -> dict[type[Page], Callable[[], Page]]:
        desk = self._desk
        return {
            ShelfPage: lambda: ShelfPage(desk.shelf, self.pictures),
            PayPage: PayPage,
            DonePage: lambda: DonePage(desk.papers, self._drawing),
            DiscountPage: DiscountPage,
            ExportPage: lambda: ExportPage(desk.outbox, self._worker),
            HelpPage: HelpPage,
            MenuPage: MenuPage,
            ReceiptPage: lambda: ReceiptPage(desk.papers, self._drawing),
        }

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.field, 1)
        top.addWidget(self.menu_key)
        left = QVBoxLayout()
        left.setContentsMargins(16, 12, 16, 12)
        left.setSpacing(12)
        left.addLayout(top)
        left.addWidget(self.notice)
        left.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(left, 1)
        middle.addWidget(self.basket)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setMinimumSize(960, 640)

    def _wire(self) -> None:
        serving, basket = self.serving, self.basket
        self.pages.made.connect(self._listen)
        self.pages.turned.connect(self._turned)
        self.sale.changed.connect(self._show_basket)
        serving.problem.connect(self._tell_problem)
        serving.all_well.connect(self._hush)
        serving.sold.connect(self._sold)
        serving.void_asked.connect(lambda asked: basket.ask_again(asking=asked, say=self.say))
        serving.language_wanted.connect(self.turn_language)
        basket.line_chosen.connect(self.sale.choose)
        basket.stepped.connect(self.sale.step)
        basket.line_removed.connect(self.sale.remove)
        basket.line_discount.connect(partial(serving.do, Deed.DISCOUNT_LINE))
        basket.basket_discount.connect(partial(serving.do, Deed.DISCOUNT_BASKET))
        basket.emptied.connect(partial(serving.do, Deed.VOID_BASKET))
        basket.pressed.connect(self._press_main)
        self.menu_key.clicked.connect(partial(serving.do, Deed.MENU))
        self.notice.dismissed.connect(self._hush)
        self.printing.changed.connect(self._show_status)
        self.printing.doubtful.connect(self._tell_doubtful)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(lambda: serving.look_up(self.field.text()))
        self.field.textEdited.connect(lambda _: self._rest.start())
        self.field.installEventFilter(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_status)

    def _listen(self, page: Page) -> None:
        page.key_changed.connect(self._show_main_key)
        if isinstance(page, ShelfPage):
            page.looked_at.connect(self._look_at)
        elif isinstance(page, MenuPage):
            page.look_wanted.connect(self.turn_look)
            page.text_wanted.connect(self.turn_text_size)
        elif isinstance(page, ExportPage):
            page.exported.connect(self._exported)

    @property
    def at_rest(self) -> bool:
        """Whether it is painted and every drawing and writing it began has come back."""
        workers = (self._worker, self._drawing, self.pictures)
        return self._painted and not any(worker.under_way for worker in workers)

    def tell_crash(self, path: Path) -> None:
        """Say that the program made a mistake, and where its report is; selling goes on."""
        self._tell(
            lambda say: say(
                "The program made a mistake; completed sales are safe. Please send {path} to support.",
                path=path,
            )
        )

    @property
    def busy(self) -> bool:
        """Whether anything is still being fetched, drawn, printed or written."""
        under_way = self._worker.under_way + self._drawing.under_way + self.pictures.under_way
        return not self._painted or bool(under_way)

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

    def turn_look(self) -> None:
        """Go from light to dark or back."""
        self.dark = not self.dark
        self._apply(theme.look().text_percent)

    def turn_text_size(self) -> None:
        """Make the text a size larger, from the largest back to the one it is designed in."""
        sizes = [size for size in _SIZES if size > theme.look().text_percent]
        self._apply(sizes[0] if sizes else _SIZES[0])

    def _apply(self, text_percent: int) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.dark, text_percent=text_percent)
        self._dress()
        self._reword()

    def _dress(self) -> None:
        self.menu_key.dress()
        self._search.setIcon(icons.icon("search", colour="muted"))
        self.menu_key.setFixedSize(theme.target() + 8, theme.target() + 8)
        self.field.setFixedHeight(theme.target() + 8)
        self.basket.dress()
        self.pages.dress()
        self.status.dress()
        self.update()

    def _reword(self) -> None:
        say = self.say
        self.setWindowTitle(say("Tofan counter {till}", till=self._desk.profile.till))
        self.field.setAccessibleName(say("Scan or search"))
        self.menu_key.put(say("More"))
        self.notice.name_close(say("Dismiss"))
        self.basket.reword(say)
        self.pages.reword(say)
        if self._told:
            self.notice.tell(self._told(say), kind=str(self.notice.property("kind")))
        self._turned()
        self._show_basket()
        if self._painted:
            self._show_status()

    # --- showing --------------------------------------------------------------------------------

    def _show_basket(self) -> None:
        register, say = self._desk.register, self.say
        reckoning = register.reckoning()
        self.basket.show_basket(register.basket, reckoning, chosen=self.sale.chosen, say=say)
        if self.pages.shows(PayPage):
            if register.basket.lines:
                self.pages.of(PayPage).show_due(register.basket.total)
            else:
                self.serving.back()
        self._show_story()
        self._show_main_key()

    def _show_story(self) -> None:
        register, line = self._desk.register, self.sale.line
        product = self._looked_at or (line.product if line else None)
        share = 0
        if self._looked_at is not None:
            one = Basket(lines=(BasketLine(product=self._looked_at),))
            share = register.terms.reckon(one).share
        elif line is not None:
            share = register.reckoning().lines[self.sale.chosen].share
        told = bool(product and product.story and product.story.may_be_told(register.today))
        self.pages.of(ShelfPage).story.show_line(product, share=share, told=told, say=self.say)

    def _look_at(self, product: Product | None) -> None:
        if product is not self._looked_at:
            self._looked_at = product
            self._show_story()

    def _show_main_key(self) -> None:
        key = self.pages.shown.main_key(self.say) or MainKey(
            text=self.say("Pay"), hint="F12", enabled=bool(self.sale.basket.lines)
        )
        self.basket.pay.put(key.text, below=key.below, hint=key.hint)
        self.basket.pay.setEnabled(key.enabled)

    def _show_status(self) -> None:
        desk = self._desk
        try:
            unsent, unprinted = desk.outbox.waiting(), desk.spool.waiting()
        except Trouble as trouble:
            self._tell_problem(trouble)
            return
        trouble = self.printing.trouble
        self.status.show_facts(
            facts_of(desk, unsent=unsent, unprinted=unprinted, trouble=trouble, say=self.say)
        )
        self.status.show_clock(clock_said(desk.clock(), self.language))
        if self.pages.shows(DonePage) and self._last is not None:
            printed = not unprinted and self._last.printed and not self.printing.trouble
            state = "printed" if printed else self._last.printed
            self.pages.of(DonePage).show_printing(printing_said(state, trouble, self.say))

    def _turned(self) -> None:
        self._turned_at = self._now()
        paying = self.pages.shows(PayPage)
        text = (
            self.say("Amount handed over") if paying else self.say("Scan, or type a name or code")
        )
        self.field.setPlaceholderText(text)
        self._show_main_key()

    # --- what is told ---------------------------------------------------------------------------

    def _tell(self, told: Callable[[Words], str], *, kind: str = "wrong") -> None:
        self._told = told
        self.notice.tell(told(self.say), kind=kind)

    def _tell_problem(self, problem: Refusal | Trouble) -> None:
        self._tell(partial(sentence, problem))

    def _tell_doubtful(self, seqs: list[int]) -> None:
        count = len(seqs)
        self._tell(
            lambda say: say(
                "Receipts that may not have been printed when the till stopped: {n}. Look at the paper.",
                n=count,
            ),
            kind="ask",
        )

    def _hush(self) -> None:
        self._told = None
        self.notice.hide()

    def _sold(self, stored: StoredSale) -> None:
        self._last = stored
        self._looked_at = None
        self._show_basket()
        self._show_status()
        self.printing.kick()

    def _exported(self, folder: str) -> None:
        self.serving.exported_to = folder
        self._remembered.setValue("export_folder", folder)
        self._show_status()

    def _press_main(self) -> None:
        if self._now() - self._turned_at >= _TOO_SOON_MS:
            self.serving.press_main()

    # --- Qt's own -------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and self.serving.key(event):
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self.serving.key(event):
            return
        if event.text().isprintable() and event.text() and not self.field.hasFocus():
            # A scan, or typing, while a key or a list had the keyboard.
            self.field.setFocus()
            self.field.keyPressEvent(event)
            return
        if event.key() == Qt.Key.Key_Escape:
            self.serving.escape()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        wide = min(max(int(self.width() * _BASKET_SHARE), _BASKET_LEAST), _BASKET_MOST)
        self.basket.setFixedWidth(wide)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._begin)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._tick.stop()
        self._rest.stop()
        self.printing.close()
        self.pictures.close()
        self._drawing.close()
        self._worker.close()
        self._sounds.close()
        super().closeEvent(event)

    def _begin(self) -> None:
        """Do what need not be done before the first scan."""
        self.ready.emit()
        self.pages.of(ShelfPage).load()
        self._show_status()
        self._tick.start()
        self._drawing.run(_warm)
        self.printing.begin()
        self.pages.of(PayPage)
        self.pages.of(DonePage)


def _warm() -> None:
    """Load what breaks Thai lines and draws receipts, before either is first needed."""
    from tofan_pos.printing.compose import compose  # noqa: F401, PLC0415
    from tofan_pos.printing.raster import raster  # noqa: F401, PLC0415
    from tofan_pos.thai.breaks import warm  # noqa: PLC0415

    warm()
