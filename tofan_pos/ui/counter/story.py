"""The chosen product's picture and story: what staff tell, and what of its price the makers get."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: ARG002, D102, FBT001, N802

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.money import baht
from tofan_pos.ui.counter.pictures import Pictures
from tofan_pos.ui.kit import icons, theme, tokens
from tofan_pos.ui.kit.keys import IconButton
from tofan_pos.ui.kit.money import MoneyLabel
from tofan_pos.ui.kit.scroll import scrolled
from tofan_pos.ui.kit.text import Elided, Wrapped
from tofan_pos.ui.kit.tiles import picture_height
from tofan_pos.words import Words

_LINES, _ALL = 4, 999
_STRIP, _SMALLEST, _LARGE = 184, 112, 480
"""How wide the picture is: in the strip, in a narrow one, and above the whole story."""
_LEAST_TALL = 96


class _Picture(QWidget):
    """A picture with round corners, or a quiet mark where there is none."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._product: Product | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_product(self, product: Product | None) -> None:
        self._product = product
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.fillPath(shape, theme.colour("sunken"))
        picture = self._pictures.get(self._product, self.size()) if self._product else None
        painter.save()
        painter.setClipPath(shape)
        if picture is not None:
            painter.drawPixmap(0, 0, picture)
        else:
            self._mark(painter, icons.pixmap("story", colour="line", size=48))
        painter.restore()
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawPath(shape)

    def _mark(self, painter: QPainter, mark: QPixmap) -> None:
        place = QRect(0, 0, 48, 48)
        place.moveCenter(self.rect().center())
        painter.drawPixmap(place, mark)


class StoryPanel(QFrame):
    """A strip under the tiles; larger, it takes their place. `resized` asks for the other size."""

    resized = Signal()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self.setObjectName("card")
        self._large = False
        self._product: Product | None = None
        self._picture = _Picture(pictures)
        self._name = Elided(role="heading", most=2)
        self._words = Wrapped(most=_LINES)
        self._told = scrolled(self._words)
        self._told.setObjectName("told")
        # Else it keeps three lines to itself, whatever there is room for.
        self._told.setMinimumHeight(1)
        self._makers = Elided(role="makers", shrinks=True)
        self._price = MoneyLabel(size=tokens.LEAD, bold=True)
        self._more = IconButton("story", colour="indigo", quiet=True)
        self._more.clicked.connect(self.resized)
        pictures.ready.connect(self._picture_came)
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._makers, 1)
        foot.addWidget(self._price)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._told, 1)
        column.addLayout(foot)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 12, 8)
        row.setSpacing(16)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    @property
    def large(self) -> bool:
        """Whether the whole story is shown."""
        return self._large

    @property
    def told(self) -> str:
        """The story it tells, or what it says where there is none."""
        return self._words.text

    @property
    def makers_shown(self) -> str:
        """What it says goes to the makers."""
        return self._makers.whole

    @property
    def name_shown(self) -> str:
        """The name, cleaned and whole."""
        return self._name.whole

    def show_large(self, large: bool) -> None:
        """Show the whole story, or as much as the strip holds."""
        self._large = large
        self.dress()

    def show_line(self, product: Product | None, *, share: int, told: bool, say: Words) -> None:
        """Show a product with its share in satang; its story only where it may be told."""
        if product != self._product:
            self._product = product
            self._picture.show_product(product)
            self._told.verticalScrollBar().setValue(0)
        for part in (self._name, self._more, self._makers):
            part.setVisible(product is not None)
        self._words.colour("muted" if product is None else "ink")
        if product is None:
            self._name.show_text("")
            self._words.show_text(
                say(
                    "The story of what you scan is told here: show the picture,"
                    " tell how it is made."
                )
            )
            self._makers.show_text("")
            self._price.show_text("")
        else:
            self._name.show_text(product.name.get(say.language))
            self._words.show_text(_story(product, told=told, say=say))
            self._makers.show_text(say("{amount} goes to the makers", amount=baht(share)))
            self._price.show_money(product.price)
        self._fit()

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._more.put(say("The whole story"), hint="F5")
        self.setAccessibleName(say("Story"))

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self._more.dress()
        self._words.break_anew()
        bar = Qt.ScrollBarPolicy
        self._told.setVerticalScrollBarPolicy(
            bar.ScrollBarAsNeeded if self._large else bar.ScrollBarAlwaysOff
        )
        way = QBoxLayout.Direction.TopToBottom if self._large else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        if self._large:
            self.setMinimumHeight(0)
            self.setMaximumHeight(16_777_215)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        else:
            lines = self._most() * theme.line_height(tokens.READ)
            height = theme.target() + lines + theme.line_height(tokens.LEAD) + 18
            self.setFixedHeight(height)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the picture, the name and the story what room there is, in whole lines."""
        wide, inside = self.width() - 20, self.height() - 16
        if not self._large:
            most = _STRIP if self._most() == _LINES else _SMALLEST
            picture = min(max(self.width() * 3 // 10, _SMALLEST), most)
            inside = min(self.height(), self.maximumHeight()) - 16
            self._picture.setFixedSize(QSize(picture, inside - 2))
            wide -= picture + 16
        told, rest = theme.line_height(tokens.READ), inside
        if self._product is not None:
            name = self._name.height_at(wide - self._more.sizeHint().width() - 8)
            self._name.setFixedHeight(max(name, theme.target()))
            # The basket and the tile tell the price too; what the makers get is told whole.
            beside = self._makers.whole_width + 16 + self._price.sizeHint().width()
            self._price.setVisible(beside <= wide)
            foot = self._price if beside <= wide else self._makers
            rest -= self._name.height() + foot.sizeHint().height()
        else:
            self._price.hide()
        if not self._large:
            self._words.allow(max(rest // told, 1))
            return
        self._words.allow(_ALL)
        needed = -(-self._words.heightForWidth(wide - 12) // told)
        rest -= 16
        lines = min(needed, max((rest - picture_height(_LARGE)) // told, _LINES))
        tall = min(max(rest - lines * told, _LEAST_TALL), picture_height(min(_LARGE + 40, wide)))
        self._picture.setFixedSize(QSize(tall * _LARGE // picture_height(_LARGE), tall))

    @staticmethod
    def _most() -> int:
        """How many lines the strip holds: fewer of large type, or no tile would be left."""
        return _LINES if theme.look().text_percent <= 125 else _LINES // 2

    def _picture_came(self, sha256: str, size: QSize) -> None:
        if (
            size == self._picture.size()
            and self._product is not None
            and self._product.picture == sha256
        ):
            self._picture.update()


def _story(product: Product, *, told: bool, say: Words) -> str:
    if product.story is None or not told:
        return say("There is no story for this piece yet. Its picture and price are here.")
    parts = (product.story.short.get(say.language), product.story.long.get(say.language))
    return "\n".join(part for part in parts if part)
