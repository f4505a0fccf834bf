"""Pictures of products: read and decoded off the window's thread, kept at the size shown."""

from collections import OrderedDict

from PySide6.QtCore import QBuffer, QByteArray, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QPixmap

from tofan_pos.counter.shelf import Shelf
from tofan_pos.domain.catalogue import Product
from tofan_pos.ui.kit.worker import Worker

_KEPT_BYTES = 12 * 1024 * 1024
"""All favourites and a day's stories at the size of a strip; a whole story's picture is 0.5 MiB."""
_NONE_BYTES = 256
_LARGEST_PIXELS = 40_000_000
"""More than any camera's picture shown here needs; a larger one is not decoded."""

Key = tuple[str, int, int]


class Pictures(QObject):
    """Gives pictures that are there, fetches those that are not, and says when one has come."""

    ready = Signal(str, QSize)

    def __init__(self, shelf: Shelf, parent: QObject | None = None) -> None:
        """Fetch nothing yet."""
        super().__init__(parent)
        self._shelf = shelf
        self._worker = Worker(self)
        self._kept: OrderedDict[Key, QPixmap | None] = OrderedDict()
        self._asked: set[Key] = set()
        self._bytes = 0

    def get(self, product: Product, size: QSize) -> QPixmap | None:
        """Return a picture filling a size in pixels, or None until `ready` tells of it."""
        if not product.picture:
            return None
        key = (product.picture, size.width(), size.height())
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._asked:
            self._asked.add(key)
            ratio = _ratio()
            self._worker.run(
                lambda: _decoded(self._shelf.picture(product), size * ratio),
                lambda image: self._keep(key, image, ratio),
                failed=lambda _: self._asked.discard(key),
            )
        return None

    @property
    def under_way(self) -> int:
        """How many are being fetched."""
        return self._worker.under_way

    def close(self) -> None:
        """Stop fetching."""
        self._worker.close()

    def _keep(self, key: Key, image: QImage, ratio: float) -> None:
        pixmap = None
        if not image.isNull():
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
        self._asked.discard(key)
        self._kept[key] = pixmap
        self._bytes += _size(pixmap)
        while self._bytes > _KEPT_BYTES:
            self._bytes -= _size(self._kept.popitem(last=False)[1])
        self.ready.emit(key[0], QSize(key[1], key[2]))


def _size(pixmap: QPixmap | None) -> int:
    """Return how many bytes a picture takes, at four a dot; a little for one that is not there."""
    return pixmap.width() * pixmap.height() * 4 if pixmap else _NONE_BYTES


def _ratio() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.devicePixelRatio() if screen else 1.0


def _decoded(content: bytes | None, size: QSize) -> QImage:
    """Return the middle of a picture that fills the size; a null image where it cannot be read."""
    if not content:
        return QImage()
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    whole = reader.size()
    if not whole.isValid() or whole.width() * whole.height() > _LARGEST_PIXELS:
        return QImage()
    image = reader.read()
    if image.isNull():
        return image
    filled = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied).scaled(
        size,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left = (filled.width() - size.width()) // 2
    top = (filled.height() - size.height()) // 2
    return filled.copy(QRect(left, top, size.width(), size.height()))
