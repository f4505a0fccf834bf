"""The chosen product's picture and story: what staff tell, and what of its price the makers get."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tofan_pos.domain.catalogue import Product
from tofan_pos.domain.money import baht
from tofan_pos.ui.counter.pictures import Pictures
from tofan_pos.ui.kit import icons, theme, tokens
from tofan_pos.ui.kit.keys import IconButton
from tofan_pos.ui.kit.money import MoneyLabel
from tofan_pos.ui.kit.text import Elided, Wrapped
from tofan_pos.ui.kit.tiles import picture_height
from tofan_pos.words import Words

_LINES = 4


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

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
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
        self._name = Elided(role="heading")
        self._words = Wrapped(most=_LINES)
        self._makers = Elided(role="makers")
        self._price = MoneyLabel(size=tokens.LEAD, bold=True)
        self._more = IconButton("story", colour="indigo", quiet=True)
        self._more.clicked.connect(self.resized)
        pictures.ready.connect(self._picture_came)
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._more)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._makers, 1)
        foot.addWidget(self._price)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._words, 1)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(16)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    @property
    def large(self) -> bool:
        """Whether the whole story is shown."""
        return self._large

    def show_large(self, large: bool) -> None:  # noqa: FBT001 - the one thing it sets
        """Show the whole story, or as much as the strip holds."""
        self._large = large
        self.dress()

    def show_line(self, product: Product | None, *, share: int, told: bool, say: Words) -> None:
        """Show a product with its share in satang; its story only where it may be told."""
        if product != self._product:
            self._product = product
            self._picture.show_product(product)
        self._more.setVisible(product is not None)
        if product is None:
            self._name.show_text("")
            self._words.show_text(
                say(
                    "The story of what you scan is told here: show the picture, tell how it is made."
                )
            )
            self._makers.show_text("")
            self._price.show_text("")
            return
        self._name.show_text(product.name.get(say.language))
        self._words.show_text(_story(product, told=told, say=say))
        self._makers.show_text(say("{amount} goes to the makers", amount=baht(share)))
        self._price.show_money(product.price)

    def reword(self, say: Words) -> None:
        """Say everything in a language."""
        self._more.put(say("The whole story"), hint="F5")
        self.setAccessibleName(say("Story"))

    def dress(self) -> None:
        """Take colours and sizes from the look in force."""
        self._more.dress()
        if self._large:
            width = 320
            self._picture.setFixedSize(QSize(width, picture_height(width)))
            self.setMaximumHeight(16_777_215)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        else:
            lines = _LINES * theme.line_height(tokens.READ)
            height = theme.target() + lines + theme.line_height(tokens.LEAD) + 26
            self._picture.setFixedSize(QSize(184, height - 24))
            self.setFixedHeight(height)
            return
        self.setMinimumHeight(0)

    def _picture_came(self, sha256: str) -> None:
        if self._product is not None and self._product.picture == sha256:
            self._picture.update()


def _story(product: Product, *, told: bool, say: Words) -> str:
    if product.story is None or not told:
        return say("There is no story for this piece yet. Its picture and price are here.")
    parts = (product.story.short.get(say.language), product.story.long.get(say.language))
    return "\n".join(part for part in parts if part)
