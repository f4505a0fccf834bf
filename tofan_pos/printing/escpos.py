"""A picture of dots as bytes for an ESC/POS printer: raster strips, trimmed, and nothing else.

Text never reaches the printer as text, so nothing in a product's name can become a command. The
only commands are: initialise (ESC @), raster strip (GS v 0), feed lines (ESC d), partial cut
(GS V 1) and, only where asked, the drawer's pulse (ESC p).
"""

from collections.abc import Iterator
from itertools import groupby

from tofan_pos.printing.raster import Bitmap

INITIALISE = b"\x1b@"
FEED_TO_CUTTER = b"\x1bd\x05"
PARTIAL_CUT = b"\x1dV\x01"
OPEN_DRAWER = b"\x1bp\x00\x19\xfa"
"""A pulse of 50 ms on pin 2, and half a second of rest."""

MOST_ROWS = 128
"""Rows of one strip: the buffers of small printers hold little more than that."""

STRIP_COST = 8
"""What one more strip costs, in bytes: its header."""


def receipt_bytes(bitmap: Bitmap, *, cut: bool = True, drawer: bool = False) -> bytes:
    """Return the printer's bytes for a picture; `drawer` opens the drawer first.

    Blank paper is a strip one byte wide rather than a feed (ESC J): feeds count in units that
    differ from printer to printer, rows of a raster are dots everywhere.
    """
    parts = [INITIALISE]
    if drawer:
        parts.append(OPEN_DRAWER)
    parts.extend(_strips(bitmap))
    parts.append(FEED_TO_CUTTER)
    if cut:
        parts.append(PARTIAL_CUT)
    return b"".join(parts)


def _strips(bitmap: Bitmap) -> Iterator[bytes]:
    data, stride = bitmap.data, bitmap.stride
    top = 0
    for rows, width in _segments(bitmap):
        for first in range(top, top + rows, MOST_ROWS):
            last = min(first + MOST_ROWS, top + rows)
            yield b"\x1dv0\x00" + width.to_bytes(2, "little") + (last - first).to_bytes(2, "little")
            if width == stride:
                yield data[first * stride : last * stride]
            else:
                yield b"".join(data[y * stride : y * stride + width] for y in range(first, last))
        top += rows


def _segments(bitmap: Bitmap) -> list[tuple[int, int]]:
    """Return runs of rows as (how many, bytes wide), joined where apart would cost more bytes."""
    data, stride = bitmap.data, bitmap.stride
    widths = [len(data[at : at + stride].rstrip(b"\0")) or 1 for at in range(0, len(data), stride)]
    segments: list[tuple[int, int]] = []
    for width_of_run, run in groupby(widths):
        rows, width = len(tuple(run)), width_of_run
        while segments:
            above, wide = segments[-1]
            joined = max(width, wide)
            if (above + rows) * joined > above * wide + rows * width + STRIP_COST:
                break
            rows, width = above + rows, joined
            segments.pop()
        segments.append((rows, width))
    return segments
