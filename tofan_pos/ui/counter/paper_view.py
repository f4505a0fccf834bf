"""Any paper on screen: the very picture of dots that the printer gets, drawn on the worker."""

# Qt names, documents and calls what it has us override.
# ruff: noqa: D102, N802

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.ui.kit.scroll import by_finger
from tofan_pos.ui.kit.worker import Worker

if TYPE_CHECKING:
    from tofan_pos.receipt.document import Document

_MARGIN = 20


class PaperView(QScrollArea):
    """Draws a document off the window's thread, then shows it as wide as there is room.

    `failed` carries the `Refusal` or `Trouble` that kept it from being built.
    """

    failed = Signal(object)

    def __init__(self, worker: Worker, *, paper_mm: int) -> None:
        super().__init__()
        self._worker, self._paper_mm = worker, paper_mm
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
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        by_finger(self.viewport())

    @property
    def drawn(self) -> bool:
        """Whether the paper wanted last is there to be seen."""
        return not self._image.isNull()

    def show_paper(self, build: Callable[[], "Document"], *, name: str) -> None:
        """Draw what `build` returns; it is called on the worker. Nothing is shown until then."""
        self._wanted += 1
        wanted = self._wanted
        self._image = QImage()
        self._paper.hide()
        self.setAccessibleName(name)
        self._paper.setAccessibleName(name)
        self._worker.run(
            lambda: (wanted, _drawn(build(), self._paper_mm)), self._came, failed=self._went_wrong
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _came(self, drawn: tuple[int, QImage]) -> None:
        wanted, image = drawn
        if wanted == self._wanted:
            self._image = image
            self._paper.show()
            self.verticalScrollBar().setValue(0)
            self._fit()

    def _went_wrong(self, problem: Refusal | Trouble) -> None:
        self._paper.hide()
        self.failed.emit(problem)

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


def _drawn(document: "Document", paper_mm: int) -> QImage:
    # Imported here: drawing papers is not needed to take the first scan.
    from tofan_pos.printing.compose import compose  # noqa: PLC0415
    from tofan_pos.printing.raster import raster  # noqa: PLC0415
    from tofan_pos.receipt.paper import paper_of  # noqa: PLC0415

    bitmap = raster(compose(document, paper_of(paper_mm)))
    image = QImage(
        bitmap.data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_Mono
    )
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    return image.convertToFormat(QImage.Format.Format_RGB32)
