"""A receipt on screen: the very picture of dots that the printer gets."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tofan_pos.counter.papers import Papers
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.store.facts import StoredSale
from tofan_pos.ui.kit.scroll import by_finger
from tofan_pos.ui.kit.worker import Worker

_MARGIN = 20


class ReceiptPreview(QScrollArea):
    """Draws a receipt off the window's thread, then shows it as wide as there is room."""

    def __init__(self, papers: Papers, worker: Worker) -> None:
        super().__init__()
        self._papers, self._worker = papers, worker
        self._wanted = 0
        self._image = QImage()
        self._paper = QLabel()
        # The paper is white in either look, as it will be in the hand.
        self._paper.setObjectName("paper")
        self._paper.setMargin(_MARGIN)
        self._paper.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        inside.addWidget(self._paper, 0, centre)
        self.setWidget(holder)
        self.setWidgetResizable(True)
        self._paper.hide()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def shown(self) -> int:
        """The entry of the sale whose receipt is drawn, 0 until it is."""
        return self._wanted if not self._image.isNull() else 0

    def show_sale(self, stored: StoredSale) -> None:
        """Draw a sale's receipt; until it is there, nothing is shown."""
        self._wanted = stored.seq
        self._image = QImage()
        self._paper.hide()
        self._paper.setAccessibleName(stored.sale.number)
        self._worker.run(
            lambda: (stored.seq, _drawn(self._papers, stored)), self._came, failed=self._failed
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _came(self, drawn: tuple[int, QImage]) -> None:
        seq, image = drawn
        if seq == self._wanted:
            self._image = image
            self._paper.show()
            self.verticalScrollBar().setValue(0)
            self._fit()

    def _failed(self, _: Refusal | Trouble) -> None:
        self._paper.hide()
        by_finger(self.viewport())

    def _fit(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = self.viewport().width() - 2 * _MARGIN - 2
        width = round(min(self._image.width(), room) * ratio)
        if width <= 0:
            return
        scaled = self._image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        scaled.setDevicePixelRatio(ratio)
        self._paper.setPixmap(QPixmap.fromImage(scaled))


def _drawn(papers: Papers, stored: StoredSale) -> QImage:
    # Imported here: drawing receipts is not needed to take the first scan.
    from tofan_pos.printing.compose import compose  # noqa: PLC0415
    from tofan_pos.printing.raster import raster  # noqa: PLC0415
    from tofan_pos.receipt.paper import paper_of  # noqa: PLC0415

    bitmap = raster(compose(papers.receipt(stored), paper_of(papers.profile.paper_mm)))
    image = QImage(
        bitmap.data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_Mono
    )
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    return image.convertToFormat(QImage.Format.Format_RGB32)
