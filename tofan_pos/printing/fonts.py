"""Sarabun for every renderer: measured by HarfBuzz, drawn by Qt, one face for screen and paper."""

from functools import cache, lru_cache
from typing import Any, cast

import uharfbuzz
from PySide6.QtGui import QFont, QFontDatabase

from tofan_pos import resources

_hb = cast("Any", uharfbuzz)  # a compiled module that tells nothing of its types


@cache
def _face(*, bold: bool) -> tuple[Any, int]:
    face = _hb.Face(_hb.Blob.from_file_path(str(resources.font(bold=bold))))
    return _hb.Font(face), int(face.upem)


@lru_cache(maxsize=8192)
def _ems(text: str, *, bold: bool) -> float:
    font, upem = _face(bold=bold)
    buffer = _hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    _hb.shape(font, buffer)
    advances = (int(place.x_advance) for place in buffer.glyph_positions)
    return sum(advances) / upem


def measure(text: str, size: int, bold: bool) -> float:  # noqa: FBT001 - the shape of a Measure
    """Return how wide a text is when shaped, in dots, at a size in dots."""
    return _ems(text, bold=bold) * size if text else 0.0


@cache
def _family(*, bold: bool) -> str:
    number = QFontDatabase.addApplicationFont(str(resources.font(bold=bold)))
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def qt_font(size: int, *, bold: bool) -> QFont:
    """Return the face for Qt at a size in pixels; needs a QGuiApplication.

    Nothing is hinted, so that widths agree with `measure`, and no other face steps in for a
    missing letter: another machine would choose another one.
    """
    font = QFont(_family(bold=bold))
    font.setPixelSize(size)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    return font
